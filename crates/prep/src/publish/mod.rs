//! Downloads beside the tiles, for people who make maps and sums of their own: GeoPackage, GeoJSON, CSV, `PMTiles`, and
//! metadata by DCAT-AP-NL 3.0. They hold what the tiles hold and nothing else; two equal data sets give equal bytes.

mod csv;
mod dcat;
mod geojson;
mod geopackage;
mod pmtiles;
mod rows;

use gasvrij3d::geo::Rd;
use gasvrij3d::manifest::Download;

use crate::config::Allowed;
use crate::fault::Result;
use crate::geometry::ring_area;
use crate::join::Joined;
use crate::output::Output;
use crate::publisher::Publisher;
use crate::tiles::Built;

use rows::Rows;

/// What a download is, for people and for the metadata.
struct Kind {
    /// The end of its name.
    end: &'static str,
    title: &'static str,
    media_type: &'static str,
}

const GEOPACKAGE: Kind = Kind { end: ".gpkg", title: "GeoPackage", media_type: "application/geopackage+sqlite3" };
const PANDEN: Kind = Kind { end: "-pand.geojson", title: "GeoJSON, panden", media_type: "application/geo+json" };
const WONINGEN: Kind = Kind { end: "-woning.geojson", title: "GeoJSON, woningen", media_type: "application/geo+json" };
const TABLE: Kind = Kind { end: "-woning.csv", title: "CSV, woningen", media_type: "text/csv" };
const TILES: Kind = Kind { end: ".pmtiles", title: "PMTiles", media_type: "application/vnd.pmtiles" };

/// Writes the downloads and says what they are.
pub fn write(
    output: &mut Output,
    joined: &Joined,
    tiles: &[Built],
    publisher: &Publisher,
    allowed: Allowed,
) -> Result<Vec<Download>> {
    let rows = Rows::read(joined, tiles, allowed)?;
    let version = output.version();
    let town = &joined.town;
    let notice = rows::Notice { publisher, town, version: &version };
    let stem = format!("download/{}", slug(&town.name));
    let mut downloads = Vec::new();
    let mut add = |kind: &Kind, bytes: &[u8]| -> Result<()> {
        let file = output.add_named(&format!("{stem}{}", kind.end), bytes)?;
        downloads.push(Download {
            file,
            title: kind.title.to_owned(),
            media_type: kind.media_type.to_owned(),
            licence: publisher.licentie.clone(),
        });
        Ok(())
    };
    add(&GEOPACKAGE, &geopackage::write(&rows, &notice)?)?;
    add(&PANDEN, &geojson::panden(&rows, &notice))?;
    add(&WONINGEN, &geojson::woningen(&rows, &notice))?;
    add(&TABLE, &csv::woningen(&rows)?)?;
    add(&TILES, &pmtiles::write(&rows, &notice)?)?;
    let metadata = dcat::write(&notice, &downloads)?;
    let file = output.add_named(&format!("{stem}.dcat.jsonld"), &metadata)?;
    downloads.push(Download {
        file,
        title: "Metadata, DCAT-AP-NL 3.0".to_owned(),
        media_type: "application/ld+json".to_owned(),
        licence: "CC0-1.0".to_owned(),
    });
    Ok(downloads)
}

/// A name for files: `Den Haag` is `den-haag`.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "gemeente".to_owned() } else { slug }
}

/// A ring with its closing point, outer rings counter-clockwise and holes clockwise.
fn closed(ring: &[Rd], outer: bool) -> Vec<Rd> {
    let mut points = ring.to_vec();
    if (ring_area(ring) > 0.0) != outer {
        points.reverse();
    }
    points.extend(points.first().copied());
    points
}
