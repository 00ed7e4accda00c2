//! Context from the layers of TOP10NL, the NWB and OpenStreetMap, by their own names and words (made-up rows: no such file
//! is at hand).
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use crate::support::{Place, X, Y, adds_up, count, house, polygon};
use gasvrij3d::geo::Rd;
use gasvrij3d::tile::{GreenClass, RailClass, RoadClass, WaterClass};
use prep::read::{Options, Origin, read_file};
use rusqlite::{Connection, params};

/// A line as a GeoPackage stores it.
fn line(points: &[Rd]) -> Vec<u8> {
    let mut b = vec![b'G', b'P', 0, 1];
    b.extend(28992_i32.to_le_bytes());
    b.push(1);
    b.extend(2_u32.to_le_bytes());
    b.extend((points.len() as u32).to_le_bytes());
    for p in points {
        b.extend(p[0].to_le_bytes());
        b.extend(p[1].to_le_bytes());
    }
    b
}

/// A layer with text columns and one row.
fn layer(db: &Connection, name: &str, shape: &[u8], columns: &[(&str, &str)]) {
    let names: Vec<String> = columns.iter().map(|(name, _)| format!("{name} TEXT")).collect();
    db.execute(
        &format!("CREATE TABLE IF NOT EXISTS {name} (fid INTEGER PRIMARY KEY, geom BLOB, {})", names.join(", ")),
        [],
    )
    .unwrap();
    db.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 28992)", params![name]).unwrap();
    let values: Vec<String> = columns.iter().map(|(_, value)| format!("'{value}'")).collect();
    db.execute(&format!("INSERT INTO {name} VALUES (NULL, ?, {})", values.join(", ")), params![shape]).unwrap();
}

#[test]
fn roads_water_green_and_rails_by_the_names_of_their_registers() {
    let place = Place::new();
    let path = place.path("omgeving.gpkg");
    let db = Connection::open(&path).unwrap();
    db.execute_batch(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
         INSERT INTO gpkg_spatial_ref_sys VALUES (28992, 'EPSG', 28992);
         CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);",
    )
    .unwrap();
    let street = line(&[[X, Y], [X + 90.0, Y]]);
    let field = polygon(28992, &house(0.0, 20.0, 60.0, 40.0));
    layer(&db, "wegvakken", &street, &[("stt_naam", "Zijlweg"), ("wegbehsrt", "G"), ("bst_code", ""), ("wvk_id", "7")]);
    layer(&db, "top10nl_wegdeel_hartlijn", &street, &[("typeweg", "autosnelweg"), ("hoogteniveau", "0")]);
    layer(&db, "top10nl_spoorbaandeel_lijn", &street, &[("typespoorbaan", "trein"), ("hoogteniveau", "-1")]);
    layer(&db, "gis_osm_railways_free", &street, &[("fclass", "tram"), ("tunnel", "F")]);
    layer(&db, "gis_osm_roads_free", &street, &[("fclass", "cycleway"), ("tunnel", "T")]);
    layer(&db, "top10nl_waterdeel_vlak", &field, &[("typewater", "meer, plas")]);
    layer(&db, "top10nl_terrein_vlak", &field, &[("typelandgebruik", "akkerland")]);
    layer(&db, "gis_osm_landuse_a_free", &field, &[("fclass", "cemetery")]);
    layer(&db, "top10nl_gebouw_vlak", &field, &[("typegebouw", "overig")]);
    drop(db);
    let part = read_file(&path, &Origin::default(), &Options::default()).unwrap();
    let roads: Vec<_> = part.town.roads.iter().map(|r| (r.class, r.name.as_str())).collect();
    assert_eq!(roads, [(RoadClass::Motorway, ""), (RoadClass::Street, "Zijlweg")]);
    assert_eq!(part.town.rails.iter().map(|(class, _)| *class).collect::<Vec<_>>(), [RailClass::Tram]);
    assert_eq!(part.town.water.iter().map(|(class, _)| *class).collect::<Vec<_>>(), [WaterClass::Lake]);
    let green: Vec<_> = part.town.green.iter().map(|(class, _)| *class).collect();
    assert_eq!(green, [GreenClass::Cemetery, GreenClass::Farmland]);
    // A tunnel and a railway below ground are not to be seen, and buildings without a BAG id are not needed.
    let report = prep::report::Report { files: vec![part.report], ..Default::default() };
    adds_up(&report);
    assert_eq!((count(&report, "a tunnel"), count(&report, "not needed")), (2, 1));
}
