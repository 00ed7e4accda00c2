//! The header of a table: which column is which in every generation of a register's file, and what to say where one is
//! missing (rule V11); and the loop over its rows (rule V12).

use std::io::Read;

use super::delimited::{Flaw, LONGEST_ROW, Rows, Values};
use super::values::{Rule, text};
use crate::fault::{Fault, Result};
use crate::report::{Place, Scope, Tally};

/// As many lines may come before the header.
const MOST_PREAMBLE: usize = 20;
/// From this likeness on a column is named as the one that may be meant.
const ALIKE: f64 = 0.85;

/// A column of a form.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the documentation.
    pub name: &'static str,
    /// Its names in files, as [`normal`] writes them.
    pub names: &'static [&'static str],
}

impl Column {
    /// Where it is, in a header of normal names.
    pub fn place(&self, header: &[String]) -> Option<usize> {
        header.iter().position(|name| self.names.contains(&name.as_str()))
    }

    /// Where it is, or a sentence that it is missing.
    pub fn needed(&self, header: &[String]) -> Result<usize> {
        self.place(header).ok_or_else(|| self.missing(header))
    }

    /// How much a name is like one of its own, from 0 to 1.
    pub fn likeness(&self, name: &str) -> f64 {
        self.names.iter().map(|known| strsim::jaro_winkler(known, name)).fold(0.0, f64::max)
    }

    /// The sentence that it is missing, and what it might be called instead.
    pub fn missing(&self, header: &[String]) -> Fault {
        let nearest = header.iter().max_by(|a, b| self.likeness(a).total_cmp(&self.likeness(b)));
        let hint = match nearest.filter(|name| self.likeness(name) >= ALIKE) {
            Some(name) => format!("Perhaps it is `{name}`: call that `{}`.", self.names[0]),
            None => format!("Known names for it: {}. Give the column that name.", self.names.join(", ")),
        };
        Fault::input(format!(
            "{}: the column `{}` is missing. {hint} The header has: {}.",
            Rule::Header,
            self.name,
            listed(header)
        ))
    }
}

fn listed(header: &[String]) -> String {
    const MOST: usize = 50;
    let more = if header.len() > MOST { format!(" and {} more", header.len() - MOST) } else { String::new() };
    let names: Vec<String> = header.iter().take(MOST).map(|n| n.chars().take(40).collect()).collect();
    names.join(", ") + &more
}

/// A column's name as it is compared: lower case, without quotes, spaces as `_`.
pub fn normal(name: &[u8]) -> String {
    text(name).trim().trim_matches('"').trim().to_lowercase().replace([' ', '-'], "_")
}

/// Refuses columns that a form does not have.
pub fn only(header: &[String], form: &[Column]) -> Result<()> {
    let known = |name: &String| form.iter().any(|c| c.names.contains(&name.as_str()));
    let Some(unknown) = header.iter().find(|name| !name.is_empty() && !known(name)) else { return Ok(()) };
    let allowed: Vec<&str> = form.iter().map(|c| c.names[0]).collect();
    Err(Fault::input(format!(
        "{}: the column `{}` is not one of this form: {} are. Take it out, or rename it.",
        Rule::Header,
        listed(std::slice::from_ref(unknown)),
        allowed.join(", ")
    )))
}

/// A table of which the header was read.
pub struct Table<R> {
    rows: Rows<R>,
    /// The names of its columns, as [`normal`] writes them.
    pub header: Vec<String>,
    /// What stands before the header: name and value.
    pub preamble: Vec<(String, String)>,
}

impl<R: Read> Table<R> {
    /// Reads up to the header. `;`, `,` or tab; with or without a byte order mark.
    pub fn open(input: R) -> Result<Self> {
        let unreadable = |e: &std::io::Error| super::unreadable(e);
        let mut rows = Rows::new(input).map_err(|e| unreadable(&e))?;
        let head = rows.ahead();
        let head = head.split(|b| b"\r\n".contains(b)).next().unwrap_or_default();
        let head = &head[..head.len().min(4096)];
        if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || head.contains(&0) {
            return Err(Fault::input(format!(
                "{}: this is no CSV in UTF-8 or Windows-1252 (there are zero bytes in it, as in UTF-16). Save it as CSV \
                 UTF-8.",
                Rule::Header
            )));
        }
        let mut preamble = Vec::new();
        let header = loop {
            let Some((_, line)) = rows.line().map_err(|e| unreadable(&e))? else {
                return Err(Fault::input(format!("{}: there is no header in it. Fetch it again.", Rule::Header)));
            };
            if line.is_empty() {
                return Err(Fault::input(format!(
                    "{}: the first line is longer than {} kB: this is no CSV. Fetch it again.",
                    Rule::Header,
                    LONGEST_ROW / 1000
                )));
            }
            match PREAMBLE.iter().find(|name| normal(&line).starts_with(*name)) {
                Some(_) if preamble.len() < MOST_PREAMBLE => {
                    let mut parts = line.splitn(2, |b| b";,\t:".contains(b));
                    let mut next = || text(parts.next().unwrap_or_default()).trim().trim_matches(['"', ';']).to_owned();
                    preamble.push((next().to_lowercase(), next()));
                }
                _ => break line,
            }
        };
        let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, &header).count();
        let delimiter = [b';', b'\t', b','].into_iter().rev().max_by_key(count).unwrap_or(b';');
        rows.set_delimiter(delimiter);
        let header: Vec<String> = header.split(|b| *b == delimiter).map(normal).collect();
        let twice = header.iter().enumerate().find(|(i, name)| !name.is_empty() && header[..*i].contains(name));
        if let Some((_, name)) = twice {
            let name: String = name.chars().take(40).collect();
            return Err(Fault::input(format!(
                "{}: the column `{name}` is there twice. Take one of them out.",
                Rule::Header
            )));
        }
        Ok(Self { rows, header, preamble })
    }

    /// Hands each row on that can be split and is as wide as the header; counts the others.
    pub fn each(
        mut self,
        file: &str,
        tally: &mut Tally,
        mut take: impl FnMut(Place, &Values, &mut Tally),
    ) -> Result<()> {
        let scope = Scope::new(file, "row");
        let mut values = Values::default();
        while let Some(row) = self.rows.next_row(&mut values).map_err(|e| super::unreadable(&e))? {
            let place = Place::new(&scope, row.line);
            if let Some(flaw) = row.flaw {
                tally.reject(&format!("{} `rij`: {}.", Rule::Row, sentence(flaw)), || &place);
                continue;
            }
            if values.all_empty() {
                continue;
            }
            let wide = self.header.len();
            let fits =
                values.len() == wide || values.len() > wide && (wide..values.len()).all(|i| values.get(i).is_empty());
            if fits {
                take(place, &values, tally);
            } else {
                let reason = "a row with another number of columns than the header: check its separators and quotes";
                tally.reject(&format!("{} `rij`: {reason}.", Rule::Row), || {
                    (&place, format!("{} of {wide}", values.len()))
                });
            }
        }
        Ok(())
    }
}

/// What EP-Online writes before its header.
const PREAMBLE: [&str; 2] = ["publicatiedatum", "laatstverwerktemutatievolgnummer"];

const fn sentence(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::TooLong => "a row longer than 1 MB: a line end is missing there",
        Flaw::Unclosed => "a value begins with a quote that does not close: take the quote out",
        Flaw::Zero => "a row with a zero byte in it: the file is damaged there. Fetch it again",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const LETTER: Column = Column { name: "Energieklasse", names: &["energieklasse", "pand_energieklasse"] };
    const FREE: Column = Column { name: "opmerking", names: &["opmerking"] };

    #[test]
    fn a_missing_column_is_named_with_what_may_be_meant() {
        let header = |text: &str| Table::open(text.as_bytes()).unwrap().header;
        assert_eq!(LETTER.needed(&header("Postcode;Pand_energieklasse\n")).unwrap(), 1);
        let told = LETTER.needed(&header("Postcode;Energie klasse\n")).unwrap_err().to_string();
        assert_eq!(
            told,
            "V11: the column `Energieklasse` is missing. Perhaps it is `energie_klasse`: call that `energieklasse`. The \
             header has: postcode, energie_klasse."
        );
        let told = LETTER.needed(&header("Postcode;Huisnummer\n")).unwrap_err().to_string();
        assert!(told.contains("Known names for it: energieklasse, pand_energieklasse."), "{told}");
    }

    #[test]
    fn a_column_that_no_form_has_is_refused_with_those_that_are_allowed() {
        let header = Table::open(&b"OPMERKING,eigenaar\n"[..]).unwrap().header;
        let told = only(&header, &[LETTER, FREE]).unwrap_err().to_string();
        assert!(told.contains("`eigenaar`") && told.contains("energieklasse, opmerking are"), "{told}");
        assert!(only(&header[..1], &[FREE]).is_ok());
    }

    #[test]
    fn what_stands_before_the_header_is_kept() {
        let text = "\u{feff}PublicatieDatum;01-04-2026\r\nLaatstVerwerkteMutatievolgnummer;19345219\r\nPostcode;Huisnummer\r\n";
        let table = Table::open(text.as_bytes()).unwrap();
        assert_eq!(table.header, ["postcode", "huisnummer"]);
        assert_eq!(table.preamble[0], ("publicatiedatum".to_owned(), "01-04-2026".to_owned()));
    }

    #[test]
    fn a_file_that_is_no_table_is_refused_at_its_header() {
        let told = |text: &[u8]| Table::open(text).err().unwrap().to_string();
        assert!(told(b"").contains("no header"));
        assert!(told(b"\xff\xfea\0;\0").contains("UTF-16"));
        assert!(told(b"a;b;a\n").contains("`a` is there twice"));
        assert!(told(&vec![b'x'; 3 << 20]).contains("no CSV"));
    }

    #[test]
    fn rows_that_do_not_fit_are_counted_with_their_line() {
        let table = Table::open(&b"a;b\n1;2\n\n3\n4;5;\n;;\n\"6;7\n"[..]).unwrap();
        let mut tally = Tally::new("x");
        let mut lines = Vec::new();
        table
            .each("a.csv", &mut tally, |place, _, tally| {
                lines.push(place.to_string());
                tally.keep();
            })
            .unwrap();
        assert_eq!(lines, ["row 2", "row 5"]);
        let told = tally.to_string();
        assert!(told.contains("row 4: 1 of 2") && told.contains("row 7"), "{told}");
        assert_eq!((tally.read, tally.kept), (4, 2));
    }
}
