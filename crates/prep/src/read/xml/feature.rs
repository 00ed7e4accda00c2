//! Features in GML: the BGT, and answers of services with features of any kind that the properties tell.

use std::collections::HashMap;

use gasvrij3d::home::PandId;

use super::archive::{Archive, Member};
use super::{Element, bgt, gml, objects};
use crate::fault::{Fault, Result};
use crate::read::geojson;
use crate::read::objects::{ID, Kind, Sink};
use crate::read::record::{Record, Value};
use crate::read::wkb::Shape;
use crate::read::{Options, Origin, Part};
use crate::report::{Place, Scope, Tally};

/// What holds a feature.
const MEMBERS: [&str; 4] = ["cityObjectMember", "featureMember", "featureMembers", "member"];
/// The BGT's own name for the id of a pand.
const BAG_ID: &str = "identificatiebagpnd";

/// A geometry; a coordinate system that is not read is a fault of the file, anything else one of the object.
pub fn shape(object: &Element, options: &Options) -> Result<std::result::Result<Shape, String>> {
    match gml::shape(object, options.crs) {
        Ok(shape) => Ok(Ok(shape)),
        Err(gml::Unread::This(what)) => Ok(Err(what)),
        Err(gml::Unread::System(system)) => Err(Fault::input(format!(
            "the coordinate system is {system}; RD New (EPSG:28992) or WGS 84 is expected. Convert the file first, for \
             example with `ogr2ogr -t_srs EPSG:28992 out.gpkg in.gml`."
        ))),
    }
}

/// Reads all features of these files.
pub fn read(archive: &Archive, files: &[&Member], origin: &Origin, options: &Options, part: &mut Part) -> Result<()> {
    let Part { town, facts, report, about } = part;
    let file = report.file.clone();
    let mut sink = Sink::new(town, facts, origin, options, &file);
    let mut parts: HashMap<PandId, usize> = HashMap::new();
    "GML".clone_into(&mut report.form);
    for member in files {
        let word = if files.len() > 1 { format!("{} feature", member.name) } else { "feature".to_owned() };
        let scope = Scope::new(&file, word);
        archive.read(member, |stream| {
            objects(
                stream,
                |parent, _| MEMBERS.contains(&parent),
                |number, object| {
                    let is_bgt = object.text_of("bgt-status").is_some();
                    let shape = shape(&object, options)?;
                    let mut record = object.record();
                    if is_bgt {
                        about.known_as = Some("bgt");
                        "BGT (GML)".clone_into(&mut report.form);
                        record = with_bag_id(&record);
                    }
                    let place = Place::new(&scope, number).named(record.text(&ID));
                    let (layer, kind) = match (&shape, is_bgt) {
                        (_, true) => bgt::kind(&object),
                        (Ok(shape), false) => match geojson::kind(&record, shape, options) {
                            Some(kind) => (kind.name(), kind),
                            None => (object.name.as_str(), Kind::NotShown),
                        },
                        (Err(_), false) => (object.name.as_str(), Kind::NotShown),
                    };
                    let tally = report.layer(layer);
                    if let Some((reason, found)) = bgt::absent(&object).filter(|_| is_bgt) {
                        tally.reject(reason, || (&place, found));
                        return Ok(());
                    }
                    match shape {
                        Ok(shape) => sink.take(kind, &record, shape, tally, &place),
                        Err(what) => tally.reject("V22", || (&place, what)),
                    }
                    if kind == Kind::Pand && is_bgt {
                        one_pand(&mut sink, &mut parts, tally, &place);
                    }
                    Ok(())
                },
            )
        })?;
    }
    Ok(())
}

/// The BGT numbers its objects itself; a pand goes by the number of the BAG.
fn with_bag_id(record: &Record) -> Record {
    let names = record.iter().map(|(name, _)| if name == BAG_ID { ID[0].to_owned() } else { name.to_owned() });
    let names: Vec<String> = names.collect();
    Record::new(names.into(), record.iter().map(|(_, value)| Value::clone(value)).collect())
}

/// A pand that the BGT has in parts is one building with more than one polygon.
fn one_pand(sink: &mut Sink<'_>, parts: &mut HashMap<PandId, usize>, tally: &mut Tally, place: &Place) {
    let buildings = &mut sink.town.buildings;
    let Some(last) = buildings.last() else { return };
    let (id, at) = (last.id, buildings.len() - 1);
    match parts.get(&id) {
        Some(&first) if first != at => {
            if let Some(part) = buildings.pop() {
                buildings[first].footprint.extend(part.footprint);
                tally.remark("a further part of a pand: added to it", || place);
            }
        }
        Some(_) => {}
        None => {
            parts.insert(id, at);
        }
    }
}
