//! Small files that are right, made here, for each form that prep reads: what the changes begin with.

use std::io::{Cursor, Write};
use std::path::Path;

use gasvrij3d::geo::TileId;
use gasvrij3d::home::{Address, Home, Origins, PandId, VboId};
use gasvrij3d::search::{Entry, build};
use gasvrij3d::tile::{self, HeightKind, Pand, Tile, Woning};
use prep::model::Dwelling;
use rusqlite::Connection;
use serde_json::json;

const X: f64 = 104_000.0;
const Y: f64 = 488_000.0;

fn wkb_polygon() -> Vec<u8> {
    let mut b = vec![b'G', b'P', 0, 1];
    b.extend(28_992_i32.to_le_bytes());
    b.push(1);
    for n in [3_u32, 1, 5] {
        b.extend(n.to_le_bytes());
    }
    for (dx, dy) in [(0.0, 0.0), (6.0, 0.0), (6.0, 9.0), (0.0, 9.0), (0.0, 0.0)] {
        b.extend((X + dx).to_le_bytes());
        b.extend((Y + dy).to_le_bytes());
    }
    b
}

/// Geometries as a GeoPackage holds them: a polygon, a point, a line, a collection of two, an arc, one with a box.
pub fn wkb() -> Vec<Vec<u8>> {
    let polygon = wkb_polygon();
    let head = polygon[..8].to_vec();
    let with = |body: &[u8]| [head.as_slice(), body].concat();
    let floats = |list: &[f64]| list.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
    let body = |kind: u32, count: Option<u32>, rest: &[u8]| {
        let count = count.map(|n| n.to_le_bytes().to_vec()).unwrap_or_default();
        [&[1], kind.to_le_bytes().as_slice(), &count, rest].concat()
    };
    let line = floats(&[X, Y, X + 5.0, Y, X + 5.0, Y + 5.0]);
    let mut boxed = polygon.clone();
    boxed[3] = 3;
    boxed.splice(8..8, floats(&[X, X + 6.0, Y, Y + 9.0]));
    vec![
        with(&body(6, Some(2), &[&polygon[8..], &polygon[8..]].concat())),
        with(&body(1, None, &floats(&[X, Y]))),
        with(&body(1001, None, &floats(&[X, Y, 3.0]))),
        with(&body(2, Some(3), &line)),
        with(&body(8, Some(3), &line)),
        with(&body(10, Some(1), &body(9, Some(1), &body(8, Some(3), &line)))),
        boxed,
        polygon,
    ]
}

/// A GeoPackage with a pand, a home, a neighbourhood and a border.
pub fn geopackage(folder: &Path) -> rusqlite::Result<Vec<Vec<u8>>> {
    let path = folder.join("sample.gpkg");
    let db = Connection::open(&path)?;
    db.execute_batch(
        "PRAGMA page_size = 512; PRAGMA journal_mode = OFF;
         CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
         INSERT INTO gpkg_spatial_ref_sys VALUES (28992, 'EPSG', 28992);
         CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
         INSERT INTO gpkg_geometry_columns VALUES ('pand', 'geom', 28992), ('verblijfsobject', 'geom', 28992),
           ('buurt', 'geom', 28992);
         CREATE TABLE pand (fid INTEGER PRIMARY KEY, geom BLOB, identificatie TEXT, bouwjaar INTEGER, status TEXT);
         CREATE TABLE verblijfsobject (fid INTEGER PRIMARY KEY, geom BLOB, identificatie TEXT, pandidentificatie TEXT,
           openbare_ruimte TEXT, huisnummer INTEGER, postcode TEXT, oppervlakte INTEGER, gebruiksdoel TEXT);
         CREATE TABLE buurt (fid INTEGER PRIMARY KEY, geom BLOB, buurtcode TEXT, buurtnaam TEXT, woningen INTEGER);",
    )?;
    db.execute("INSERT INTO pand VALUES (1, ?, '0392100000000001', 1930, 'Pand in gebruik')", [wkb_polygon()])?;
    db.execute(
        "INSERT INTO verblijfsobject VALUES (1, ?, '0392010000000001', '0392100000000001', 'Zijlweg', 1, '2013AB', 80,
           'woonfunctie')",
        [&wkb()[1]],
    )?;
    db.execute("INSERT INTO buurt VALUES (1, ?, 'BU03920101', 'Oude Stad', 12)", [wkb_polygon()])?;
    db.close().map_err(|(_, e)| e)?;
    // What cannot be read is an empty sample, and the loop says so.
    Ok(vec![std::fs::read(&path).unwrap_or_default()])
}

fn square() -> serde_json::Value {
    json!([[X, Y], [X + 6.0, Y], [X + 6.0, Y + 9.0], [X, Y + 9.0], [X, Y]])
}

/// GeoJSON in both systems: a pand, an address, a neighbourhood, a plan, a network, a road.
pub fn geojson() -> Vec<Vec<u8>> {
    let rd = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}});
    let feature = |properties: serde_json::Value, geometry: serde_json::Value| {
        json!({"type": "FeatureCollection", "crs": rd,
            "features": [{"type": "Feature", "properties": properties, "geometry": geometry}]})
        .to_string()
        .into_bytes()
    };
    let area = || json!({"type": "Polygon", "coordinates": [square()]});
    let line = json!({"type": "LineString", "coordinates": [[X, Y], [X + 9.0, Y]]});
    vec![
        feature(json!({"identificatie": "0392100000000001", "bouwjaar": 1930, "status": "Pand in gebruik"}), area()),
        feature(
            json!({"identificatie": "0392010000000001", "huisnummer": 1, "openbare_ruimte": "Zijlweg",
                "postcode": "2013AB", "gebruiksdoel": "woonfunctie", "oppervlakte": 80}),
            json!({"type": "Point", "coordinates": [X, Y]}),
        ),
        feature(
            json!({"buurtcode": "BU03920101", "buurtnaam": "Oude Stad", "gemiddeld_gasverbruik_totaal": 1200}),
            area(),
        ),
        feature(json!({"net_soort": "MT", "net_status": "gepland", "net_start": 2030, "naam": "Net"}), line.clone()),
        feature(
            json!({"net_status": "onderzoek", "naam": "Plan", "aangewezen_jaar": 2035, "techniek": "warmtenet",
                "fase": "ontwerp", "besluit_datum": "2026-01-31"}),
            json!({"type": "MultiPolygon", "coordinates": [[square()]]}),
        ),
        feature(json!({"soort": "straat", "naam": "Zijlweg"}), line),
        feature(
            json!({"rijksmonument_nummer": 19168, "juridische_status": "rijksmonument", "aard_monument": "gebouwd"}),
            json!({"type": "Point", "coordinates": [X, Y]}),
        ),
        feature(json!({"soort": "gemeentelijk monument", "postcode": "2013AB", "huisnummer": 1}), json!(null)),
        feature(json!({"naam": "Centrum", "type": "beschermd stadsgezicht"}), area()),
        json!({"type": "FeatureCollection", "features": [{"type": "Feature",
            "properties": {"identificatie": "0392100000000002"}, "geometry": {"type": "Polygon", "coordinates":
            [[[4.64, 52.39], [4.641, 52.39], [4.641, 52.391], [4.64, 52.39]]]}}]})
        .to_string()
        .into_bytes(),
    ]
}

/// CityJSON, whole and as a sequence.
pub fn cityjson() -> Vec<Vec<u8>> {
    let transform = json!({"scale": [0.001, 0.001, 0.001], "translate": [X, Y, 0.0]});
    let vertices = json!([[0, 0, 0], [6000, 0, 0], [6000, 9000, 0], [0, 9000, 0], [0, 0, 7000], [6000, 0, 7000]]);
    let id = "NL.IMBAG.Pand.0392100000000001";
    let part = "NL.IMBAG.Pand.0392100000000001-0";
    let objects = json!({
        id: {"type": "Building", "children": [part], "attributes": {"identificatie": id, "oorspronkelijkbouwjaar": 1930,
            "b3_h_dak_50p": 7.5, "b3_h_maaiveld": 0.5, "b3_dak_type": "slanted", "b3_bouwlagen": 2,
            "b3_opp_buitenmuur": 44.5, "b3_volume_lod22": 128.2},
            "geometry": [{"type": "MultiSurface", "lod": "0", "boundaries": [[[0, 1, 2, 3]]]}]},
        part: {"type": "BuildingPart", "parents": [id], "geometry": [{"type": "Solid", "lod": "2.2",
            "boundaries": [[[[0, 1, 2, 3]], [[0, 1, 5, 4]]]]}]}
    });
    let metadata = json!({"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415", "title": "3DBAG"});
    let whole = json!({"type": "CityJSON", "version": "2.0", "metadata": metadata, "transform": transform,
        "CityObjects": objects, "vertices": vertices});
    vec![whole.to_string().into_bytes()]
}

/// A sequence: a header, then one building a line.
pub fn sequence() -> Vec<Vec<u8>> {
    cityjson()
        .into_iter()
        .filter_map(|whole| {
            let whole: serde_json::Value = serde_json::from_slice(&whole).ok()?;
            let header = json!({"type": "CityJSON", "version": "2.0", "metadata": whole["metadata"],
                "transform": whole["transform"], "CityObjects": {}, "vertices": []});
            let feature = json!({"type": "CityJSONFeature", "id": "NL.IMBAG.Pand.0392100000000001",
                "CityObjects": whole["CityObjects"], "vertices": whole["vertices"]});
            Some(format!("{header}\n{feature}\n").into_bytes())
        })
        .collect()
}

/// Tables: addresses, facts, labels as EP-Online writes them, use as Liander writes it.
pub fn tables() -> Vec<Vec<u8>> {
    [
        "identificatie,pandidentificatie,openbare_ruimte,huisnummer,huisletter,postcode,woonplaats,x,y,oppervlakte,gebruiksdoel\n\
         0392010000000001,0392100000000001,Zijlweg,1,A,2013AB,Modelstad,104000.5,488000.5,80,woonfunctie\n",
        "vbo_id,lab,own,q,std,mon,block,garage,area_m2\n0392010000000001,C,koop,120.5,60,geen,nee,onb,80\n",
        "\u{feff}PublicatieDatum;20261101\r\nLaatstVerwerkteMutatievolgnummer;123\r\nRegistratiedatum;Opnamedatum;GeldigTot;\
         SoortOpname;Status;Berekeningstype;Gebouwklasse;Gebouwtype;Gebouwsubtype;SBICode;Postcode;Huisnummer;Huisletter;\
         Huisnummertoevoeging;BAGVerblijfsobjectID;Energieklasse;Bouwjaar;GebruiksoppervlakteThermischeZone;Compactheid;\
         Energiebehoefte;Warmtebehoefte\r\n20240102;20240101;20340101;Basis;Bestaand;NTA 8800:2023;W;Rijwoning;Tussen;;2013AB;\
         1;;;0392010000000001;A+;1930;80,5;1,2;90,1;75,4\r\n",
        "Pand_bagverblijfsobjectid;Pand_energieklasse;Pand_energielabel_is_prive;Pand_gebouwklasse;Meting_geldig_tot;\
         Pand_berekeningstype;Pand_warmtebehoefte;Pand_registratiedatum\n\
         0392010000000001;B;0;W;2033-05-06;NTA 8800:2020;88,2;2023-05-06\n",
        "NETBEHEERDER\tNETGEBIED\tSTRAATNAAM\tPOSTCODE_VAN\tPOSTCODE_TOT\tWOONPLAATS\tLANDCODE\tPRODUCTSOORT\t\
         VERBRUIKSSEGMENT\tAANSLUITINGEN_AANTAL\tLEVERINGSRICHTING_PERC\tFYSIEKE_STATUS_PERC\tSOORT_AANSLUITING_PERC\t\
         SOORT_AANSLUITING\tSJV_GEMIDDELD\tSJV_LAAG_TARIEF_PERC\tSLIMME_METER_PERC\nLiander\tLIANDER\tZijlweg\t2013AB\t2013AD\t\
         HAARLEM\tNL\tGAS\tKVB\t24\t100,00\t98,5\t75\tG4\t1234,5\t0\t80\n",
        "pand;verblijfsobject;postcode;huisnummer;eigendom;vve;blokverwarming;parkeergarage;monument;opmerking\n\
         0392100000000001;;;;vve;VvE Zijlweg;ja;onder;gm;hoek\n;0392010000000001;;;corp;;nee;nee;;\n;;2013 AB;1;;;;;ja;\n",
        "\"id\",\"area_ground\",\"area_exterior_wall\",\"area_party_wall\",\"area_roof_flat\",\"area_roof_sloped\",\"identificatie\"\n\
         \"a-0\",\"50\",\"90\",\"40\",\"10\",\"55\",\"NL.IMBAG.Pand.0392100000000001\"\n",
    ]
    .into_iter()
    .map(|text| text.as_bytes().to_vec())
    .collect()
}

/// The register's XML and the GML of the BGT.
pub fn xml() -> Vec<Vec<u8>> {
    [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sl-bag-extract:bagStand \
         xmlns:Objecten=\"www.kadaster.nl/schemas/lvbag/imbag/objecten/v20200601\" xmlns:gml=\"http://www.opengis.net/gml/3.2\" \
         xmlns:Historie=\"www.kadaster.nl/schemas/lvbag/imbag/historie/v20200601\" \
         xmlns:sl-bag-extract=\"http://www.kadaster.nl/schemas/lvbag/extract-deelbestand-lvc/v20200601\" \
         xmlns:sl=\"http://www.kadaster.nl/schemas/standlevering-generiek/1.0\"><sl:standBestand><sl:stand>\
         <sl-bag-extract:bagObject><Objecten:Pand><Objecten:identificatie domein=\"NL.IMBAG.Pand\">0392100000000001\
         </Objecten:identificatie><Objecten:geometrie><gml:Polygon srsName=\"urn:ogc:def:crs:EPSG::28992\" srsDimension=\"3\">\
         <gml:exterior><gml:LinearRing><gml:posList>104000 488000 0 104006 488000 0 104006 488009 0 104000 488000 0</gml:posList>\
         </gml:LinearRing></gml:exterior></gml:Polygon></Objecten:geometrie><Objecten:oorspronkelijkBouwjaar>1930\
         </Objecten:oorspronkelijkBouwjaar><Objecten:status>Pand in gebruik</Objecten:status><Objecten:voorkomen>\
         <Historie:Voorkomen><Historie:voorkomenidentificatie>1</Historie:voorkomenidentificatie>\
         <Historie:beginGeldigheid>1930-01-01</Historie:beginGeldigheid></Historie:Voorkomen></Objecten:voorkomen>\
         </Objecten:Pand></sl-bag-extract:bagObject></sl:stand></sl:standBestand></sl-bag-extract:bagStand>",
        "<CityModel xmlns=\"http://www.opengis.net/citygml/2.0\" xmlns:gml=\"http://www.opengis.net/gml\" \
         xmlns:imgeo=\"http://www.geostandaarden.nl/imgeo/2.1\"><cityObjectMember><WaterBody \
         xmlns=\"http://www.opengis.net/citygml/waterbody/2.0\" gml:id=\"w1\"><imgeo:geometrie2dWaterdeel><gml:Polygon \
         srsName=\"urn:ogc:def:crs:EPSG::28992\"><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:Arc>\
         <gml:posList>104000 488000 104003 488003 104006 488000</gml:posList></gml:Arc><gml:LineStringSegment><gml:posList>104006 \
         488000 104000 488000</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve></gml:curveMember></gml:Ring>\
         </gml:exterior></gml:Polygon></imgeo:geometrie2dWaterdeel><class>waterloop</class></WaterBody></cityObjectMember></CityModel>",
    ]
    .into_iter()
    .map(|text| text.as_bytes().to_vec())
    .collect()
}

/// A zip with a table in it.
pub fn zipped() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for table in tables() {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        let written = out.start_file("tabel.csv", options).and_then(|()| Ok(out.write_all(&table)?));
        if let (Ok(()), Ok(bytes)) = (written, out.finish()) {
            all.push(bytes.into_inner());
        }
    }
    all
}

/// The objects of a delivery of the register, each kind in a file of its own.
pub fn delivery() -> Vec<Vec<u8>> {
    let times = "<h:Voorkomen><h:voorkomenidentificatie>1</h:voorkomenidentificatie><h:beginGeldigheid>2010-01-01\
        </h:beginGeldigheid></h:Voorkomen>";
    let point = format!("<gml:Point srsDimension='3'><gml:pos>{X} {Y} 0</gml:pos></gml:Point>");
    let objects = [
        (
            "WPL",
            format!(
                "<o:Woonplaats><o:identificatie>1245</o:identificatie><o:naam>Modelstad</o:naam>{times}</o:Woonplaats>"
            ),
        ),
        (
            "OPR",
            format!(
                "<o:OpenbareRuimte><o:identificatie>0392300000000001</o:identificatie><o:naam>Zijlweg</o:naam><o:ligtIn>\
                 <r:WoonplaatsRef>1245</r:WoonplaatsRef></o:ligtIn>{times}</o:OpenbareRuimte>"
            ),
        ),
        (
            "NUM",
            format!(
                "<o:Nummeraanduiding><o:identificatie>0392200000000001</o:identificatie><o:huisnummer>1</o:huisnummer>\
                 <o:postcode>2013AB</o:postcode><o:ligtAan><r:OpenbareRuimteRef>0392300000000001</r:OpenbareRuimteRef>\
                 </o:ligtAan>{times}</o:Nummeraanduiding>"
            ),
        ),
        (
            "VBO",
            format!(
                "<o:Verblijfsobject><o:heeftAlsHoofdadres><r:NummeraanduidingRef>0392200000000001</r:NummeraanduidingRef>\
                 </o:heeftAlsHoofdadres><o:identificatie>0392010000000001</o:identificatie><o:geometrie><o:punt>{point}\
                 </o:punt></o:geometrie><o:gebruiksdoel>woonfunctie</o:gebruiksdoel><o:oppervlakte>96</o:oppervlakte>\
                 <o:status>Verblijfsobject in gebruik</o:status><o:maaktDeelUitVan><r:PandRef>0392100000000001</r:PandRef>\
                 </o:maaktDeelUitVan>{times}</o:Verblijfsobject>"
            ),
        ),
    ];
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    // Stored: a change then hits the text and not only what is packed.
    let options = zip::write::SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .compression_method(zip::CompressionMethod::Stored);
    for (kind, object) in objects {
        let text = format!(
            "<x:bagStand xmlns:x='x' xmlns:s='s' xmlns:o='o' xmlns:h='h' xmlns:r='r' xmlns:gml='g'><x:bagInfo>\
             <s:StandTechnischeDatum>2026-01-01</s:StandTechnischeDatum></x:bagInfo><s:standBestand><s:stand>\
             <x:bagObject>{object}</x:bagObject></s:stand></s:standBestand></x:bagStand>"
        );
        let name = format!("9999{kind}01012026-000001.xml");
        if out.start_file(name, options).and_then(|()| Ok(out.write_all(text.as_bytes())?)).is_err() {
            return Vec::new();
        }
    }
    out.finish().map(|bytes| vec![bytes.into_inner()]).unwrap_or_default()
}

/// The home that every sample speaks of.
pub fn dwelling() -> Dwelling {
    let address = Address { street: "Zijlweg".into(), number: 1, postcode: "2013AB".into(), ..Address::default() };
    Dwelling { id: VboId(392_010_000_000_001), at: [X, Y], address, is_home: true, ..Dwelling::default() }
}

/// A configuration of a municipality; the file it names is there.
pub fn municipality() -> Vec<Vec<u8>> {
    let text = include_str!("../../../../data/voorbeeld.toml");
    let there = text.lines().map(|line| if line.starts_with("bestanden") { "bestanden = [\"f.toml\"]" } else { line });
    vec![there.collect::<Vec<_>>().join("\n").into_bytes()]
}

/// The files of a search index.
pub fn search() -> Vec<Vec<u8>> {
    let entry = Entry {
        id: VboId(392_010_000_000_001),
        address: dwelling().address,
        tile: TileId { col: 452, row: 482 },
        at: [X, Y],
    };
    let built = build(vec![entry]);
    [vec![built.streets], built.shards, built.ids].concat()
}

/// What stands behind the # of an address.
pub fn links() -> Vec<Vec<u8>> {
    [
        "#/huis/0392010000000001/waarom~v=abcdef01~g=AEL-G",
        "#/pand/452-482/0392100000000001",
        "#/buurt/BU03920101",
        "#/over",
    ]
    .map(|hash| hash.as_bytes().to_vec())
    .into()
}

/// A municipality's file.
pub fn config() -> Vec<Vec<u8>> {
    vec![
        b"[ophalen]\nmap = \"bronnen\"\ngebied = [101000, 483300, 108300, 493800]\nbronnen = [\"bag-pand\"]\n\
          contact = \"a@b.example\"\nper_seconde = 5\n\n[uitgever]\nnaam = \"Gemeente\"\nuri = \"https://a.example\"\n\
          email = \"a@b.example\"\nadres = \"https://a.example/\"\nlicentie = \"CC0-1.0\"\ndatum = \"2026-11-24\"\n"
            .to_vec(),
    ]
}

/// A tile.
pub fn tiles() -> Vec<Vec<u8>> {
    let square = vec![[10, 10], [60, 10], [60, 90], [10, 90]];
    let pand = Pand {
        id: PandId(392_100_000_000_001),
        footprint: vec![vec![square]],
        height_dm: 70,
        height: HeightKind::Measured,
        year: Some(1930),
        homes: 1,
        roof: None,
    };
    let woning = Woning {
        id: VboId(392_010_000_000_001),
        pand: Some(pand.id),
        at: [30, 40],
        address: Address { street: "Zijlweg".into(), number: 1, postcode: "2013AB".into(), ..Address::default() },
        buurt: "BU03920101".into(),
        home: Home { bj: Some(1930), q: Some(120.5), ..Home::default() },
        origins: "bj=bag.r".parse().unwrap_or_else(|_| Origins::default()),
    };
    vec![tile::encode(&Tile { panden: vec![pand], woningen: vec![woning], ..Tile::default() })]
}
