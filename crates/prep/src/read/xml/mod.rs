//! XML of registers, one object at a time: a small tree of each object, within limits of depth, elements and bytes.
//!
//! Nothing that a file declares is believed: a document type (and with it every entity of its own) is refused, a
//! count in an attribute reserves nothing, and an object that is larger than any real one ends the reading.

pub mod archive;
pub mod bgt;
pub mod feature;
pub mod gml;
pub mod lvbag;

use std::collections::{HashMap, HashSet};
use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};

use archive::Archive;

use super::meter::Allowance;
use super::record::{Record, Value};
use super::{Options, Origin, Part, unreadable};
use crate::fault::{Fault, Result};

/// No object of a register is larger, bytes: the outline of a woonplaats takes some hundreds of kB.
const LARGEST_OBJECT: u64 = 3 << 20;
/// Nor has one more elements,
const MOST_ELEMENTS: usize = 50_000;
/// or lies deeper.
const DEEPEST: usize = 64;

/// Enough of a file to see what it is, bytes.
const HEAD: u64 = 64 << 10;

/// Reads all XML files of an input.
pub fn read(archive: &Archive, origin: &Origin, options: &Options, part: &mut Part) -> Result<()> {
    let mut delivery = Vec::new();
    let mut features = Vec::new();
    for member in archive.members() {
        let (root, head) = archive.read(member, sniff)?;
        if let Some(holds) = lvbag::Holds::of(&root, &head) {
            delivery.push((holds, member));
        } else if matches!(root.as_str(), "CityModel" | "FeatureCollection" | "FeatureCollectionT10NL") {
            features.push(member);
        } else if archive.members().len() > 1 {
            let tally = part.report.layer("bestand");
            tally.reject("XML of another form: not needed", || format!("{} (`{root}`)", member.name));
        } else {
            return Err(Fault::input(format!(
                "this is XML with `{root}` as its outermost element; the BAG extract (`bagStand`), the BGT (`CityModel`) or \
                 GML features (`FeatureCollection`) are expected. Convert it first, for example with \
                 `ogr2ogr -t_srs EPSG:28992 out.gpkg in.xml`."
            )));
        }
    }
    if delivery.is_empty() && features.is_empty() {
        return Err(Fault::input(
            "none of its XML files is a BAG extract, BGT or GML with features. Unpack it and name the files you need.",
        ));
    }
    if !delivery.is_empty() {
        lvbag::read(archive, delivery, origin, options, part)?;
    }
    if features.is_empty() { Ok(()) } else { feature::read(archive, &features, origin, options, part) }
}

/// The name of the outermost element, and the first lines.
fn sniff(stream: &mut dyn Read) -> Result<(String, String)> {
    let mut head = Vec::new();
    stream.take(HEAD).read_to_end(&mut head).map_err(|e| unreadable(&e))?;
    let text = String::from_utf8_lossy(&head).into_owned();
    let mut reader = Reader::from_reader(text.as_bytes());
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) => return Ok((start.local_name().as_ref().to_owned(), text)),
            Ok(Event::Eof) => return Err(Fault::input("there is no element in this XML file. Fetch it again.")),
            Ok(_) => {}
            Err(e) => return Err(Fault::input(format!("this is no valid XML: {e}. Fetch the file again."))),
        }
    }
}

/// An element with all that is in it. Names are without their prefix.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// Its name, without a prefix.
    pub name: String,
    /// Its attributes, names without a prefix.
    pub attributes: Vec<(String, String)>,
    /// Its own text, spaces around left out.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Element>,
}

impl Element {
    fn open(start: &BytesStart<'_>) -> std::result::Result<Self, String> {
        let mut element = Self { name: start.local_name().as_ref().to_owned(), ..Self::default() };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|e| e.to_string())?;
            let value = quick_xml::escape::unescape(&attribute.value).map_err(|e| e.to_string())?;
            element.attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
        Ok(element)
    }

    fn trim(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        self.text.drain(..self.text.len() - self.text.trim_start().len());
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The first child with this name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|c| c.name == name)
    }

    /// This element and all in it, in reading order.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        let mut stack = vec![self];
        std::iter::from_fn(move || {
            let next = stack.pop()?;
            stack.extend(next.children.iter().rev());
            Some(next)
        })
    }

    /// The text of the first element with this name, wherever it lies; `None` where it is empty.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.all().find(|e| e.name == name).map(|e| e.text.as_str()).filter(|t| !t.is_empty())
    }

    /// All texts as a record, by the name of their element in lower case; what occurs more than once becomes a list
    /// with commas. Coordinates are left out.
    pub fn record(&self) -> Record {
        let mut place: HashMap<String, usize> = HashMap::new();
        let mut seen: HashSet<(usize, &str)> = HashSet::new();
        let mut names: Vec<String> = Vec::new();
        let mut values: Vec<String> = Vec::new();
        for leaf in self.all().filter(|e| e.children.is_empty() && !gml::COORDINATES.contains(&e.name.as_str())) {
            let at = *place.entry(leaf.name.to_lowercase()).or_insert_with_key(|name| {
                names.push(name.clone());
                values.push(String::new());
                names.len() - 1
            });
            if leaf.text.is_empty() || !seen.insert((at, &leaf.text)) {
                continue;
            }
            if !values[at].is_empty() {
                values[at].push(',');
            }
            values[at].push_str(&leaf.text);
        }
        Record::new(names.into(), values.into_iter().map(Value::Text).collect())
    }
}

/// Gives each object of a document with its number, from 1. `is_object` tells by the names of an element's parent and
/// of the element itself whether it is one.
pub fn objects<R: Read>(
    inner: R,
    is_object: impl Fn(&str, &str) -> bool,
    mut each: impl FnMut(u64, Element) -> Result<()>,
) -> Result<()> {
    let allowance = Allowance::new(LARGEST_OBJECT);
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, allowance.over(inner)));
    let mut buffer = Vec::new();
    // The elements outside any object, and the ones that the present object consists of so far.
    let mut outside: Vec<String> = Vec::new();
    let mut open: Vec<Element> = Vec::new();
    let mut elements = 0;
    let mut number = 0;
    loop {
        buffer.clear();
        let place = reader.buffer_position();
        let wrong = |what: &dyn std::fmt::Display| {
            Fault::input(format!(
                "this is no valid XML at byte {place}, after object {number}: {what}. Fetch the file again, or check it with \
                 `xmllint --stream`."
            ))
        };
        let event = reader.read_event_into(&mut buffer).map_err(|e| wrong(&e))?;
        let (start, closed) = match event {
            Event::Start(start) => (Some(start), false),
            Event::Empty(start) => (Some(start), true),
            Event::End(_) => (None, true),
            Event::Text(text) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text.xml10_content());
                }
                continue;
            }
            Event::CData(text) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text.xml10_content());
                }
                continue;
            }
            Event::GeneralRef(entity) => {
                let character =
                    character(&entity).ok_or_else(|| wrong(&format!("the entity `&{};`", &*entity.xml10_content())))?;
                if let Some(element) = open.last_mut() {
                    element.text.push(character);
                }
                continue;
            }
            Event::Decl(decl) => {
                check_encoding(&decl)?;
                continue;
            }
            Event::DocType(_) => {
                return Err(Fault::input(
                    "the file has a document type (`<!DOCTYPE`), which registers do not write and which can make a file \
                     without end. Remove it, or fetch the file again.",
                ));
            }
            Event::Comment(_) | Event::PI(_) => continue,
            Event::Eof if outside.is_empty() && open.is_empty() => return Ok(()),
            Event::Eof => {
                let last = open.last().map(|e| &e.name).or(outside.last()).map_or("", |name| name.as_str());
                return Err(Fault::input(format!(
                    "the file is cut off after object {number}, within `{last}`. Fetch it again."
                )));
            }
        };
        if let Some(start) = start {
            if outside.len() + open.len() >= DEEPEST {
                return Err(wrong(&format!("elements lie more than {DEEPEST} deep")));
            }
            let local = start.local_name();
            let parent = outside.last().map_or("", String::as_str);
            if !open.is_empty() || is_object(parent, local.as_ref()) {
                elements += 1;
                if elements > MOST_ELEMENTS {
                    return Err(wrong(&format!("one object has more than {MOST_ELEMENTS} elements")));
                }
                open.push(Element::open(&start).map_err(|e| wrong(&e))?);
            } else {
                outside.push(local.as_ref().to_owned());
            }
        }
        if !closed {
            continue;
        }
        match open.pop() {
            None => {
                outside.pop();
                // What lies outside every object is not kept, however much of it there is.
                allowance.renew();
            }
            Some(mut element) => {
                element.trim();
                if let Some(parent) = open.last_mut() {
                    parent.children.push(element);
                } else {
                    number += 1;
                    elements = 0;
                    allowance.renew();
                    each(number, element)?;
                }
            }
        }
    }
}

fn check_encoding(decl: &BytesDecl<'_>) -> Result<()> {
    match decl.encoding() {
        Some(Ok(encoding)) if !["utf-8", "us-ascii"].contains(&encoding.to_lowercase().as_str()) => {
            Err(Fault::input(format!(
                "the file is in the encoding {encoding}; UTF-8 is expected. Convert it first, for example with \
                 `iconv -f {encoding} -t UTF-8`, and put the first line right."
            )))
        }
        _ => Ok(()),
    }
}

/// What an entity stands for: only those of XML itself, and characters by their number.
fn character(entity: &BytesRef<'_>) -> Option<char> {
    match entity.resolve_char_ref() {
        Ok(Some(c)) => Some(c),
        Ok(None) => match &*entity.xml10_content() {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "apos" => Some('\''),
            "quot" => Some('"'),
            _ => None,
        },
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: &str) -> Result<Vec<Element>> {
        let mut all = Vec::new();
        objects(
            text.as_bytes(),
            |parent, _| parent == "member",
            |_, e| {
                all.push(e);
                Ok(())
            },
        )?;
        Ok(all)
    }

    #[test]
    fn an_object_is_a_tree_without_prefixes() {
        let all = read("<c xmlns:x='u'><member><x:Pand x:id='7'><naam> Bavo &amp; &#233;&#x65; <![CDATA[<i>]]> </naam><leeg/></x:Pand></member></c>").unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].name.as_str(), all[0].attribute("id")), ("Pand", Some("7")));
        assert_eq!(all[0].text_of("naam"), Some("Bavo & ée <i>"));
        assert_eq!(all[0].text_of("leeg"), None);
    }

    #[test]
    fn a_list_becomes_text_with_commas() {
        let all = read("<c><member><v><doel>woonfunctie</doel><doel>kantoorfunctie</doel><doel>woonfunctie</doel></v></member></c>").unwrap();
        assert_eq!(all[0].record().text(&["doel"]).as_deref(), Some("woonfunctie,kantoorfunctie"));
    }

    #[test]
    fn entities_of_its_own_deep_nesting_and_an_endless_object_are_refused() {
        let bomb = "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><c><member><l>&b;</l></member></c>";
        assert!(read(bomb).unwrap_err().to_string().contains("DOCTYPE"));
        assert!(read("<c><member><l>&b;</l></member></c>").unwrap_err().to_string().contains("`&b;`"));
        let deep = format!("<c><member>{}{}</member></c>", "<g>".repeat(5000), "</g>".repeat(5000));
        assert!(read(&deep).unwrap_err().to_string().contains("64 deep"));
        let wide = format!("<c><member><l>{}</l></member></c>", "<g/>".repeat(MOST_ELEMENTS));
        assert!(read(&wide).unwrap_err().to_string().contains("elements"));
        // Text without end, which no machine could hold.
        let endless = std::io::Read::chain("<c><member><l>".as_bytes(), std::io::repeat(b'9'));
        let fault = objects(endless, |parent, _| parent == "member", |_, _| Ok(())).unwrap_err().to_string();
        assert!(fault.contains("larger than 3 MB"), "{fault}");
    }

    #[test]
    fn a_cut_file_is_not_taken_for_a_whole_one() {
        let text = "<c><member><p>1</p></member><member><p>2</p></member></c>";
        assert_eq!(read(text).unwrap().len(), 2);
        for length in 0..text.len() {
            let cut = read(&text[..length]);
            assert!(cut.is_err() || length == 0, "{length}");
        }
        assert!(read("<c><member><p>1</q></member></c>").is_err());
        assert!(read("<?xml version='1.0' encoding='windows-1252'?><c/>").unwrap_err().to_string().contains("iconv"));
    }
}
