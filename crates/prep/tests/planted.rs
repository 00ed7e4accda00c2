//! One fault planted for each check on buildings, addresses and what does not fit together: each is reported with its
//! file, row and field, and with what to do.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use prep::checks;
use prep::report::{Example, Report};
use support::{Gpkg, Place, adds_up, house, pand, vbo};

/// Every case of a check, with the file it was found in.
fn cases(report: &Report, id: &str) -> Vec<(String, Example)> {
    let in_files = report.files.iter().flat_map(|f| f.layers.iter().map(|l| (f.file.clone(), l)));
    let all = in_files.chain(report.steps.iter().map(|s| (String::new(), s)));
    let told = all.flat_map(|(file, tally)| {
        let cases = tally.rejected.get(id).into_iter().chain(tally.remarks.get(id));
        cases
            .flat_map(move |c| {
                c.examples.clone().into_iter().map({
                    let file = file.clone();
                    move |e| (e.place.as_ref().map_or(file.clone(), |p| p.file().to_owned()), e)
                })
            })
            .collect::<Vec<_>>()
    });
    told.collect()
}

#[test]
fn each_planted_fault_is_told_with_file_row_field_and_advice() {
    let place = Place::new();
    let gpkg = Gpkg::new(&place.path("bag.gpkg"), 28992);
    for i in 0..3 {
        gpkg.pand(&pand(i), Some(2010), None, &house(f64::from(i) * 6.0, 0.0, 6.0, 9.0));
        gpkg.home(&vbo(i), Some(&pand(i)), i * 2 + 1, f64::from(i) * 6.0 + 3.0, 4.0);
    }
    gpkg.pand("", None, None, &house(100.0, 0.0, 8.0, 8.0))
        .pand("12", None, None, &house(120.0, 0.0, 8.0, 8.0))
        .pand(&pand(13), None, None, &[])
        .pand(&pand(14), None, None, &[[9e9, 1.0], [9e9, 5.0], [9e9, 3.0]])
        .pand(&pand(15), Some(9999), None, &house(140.0, 0.0, 8.0, 8.0));
    drop(gpkg);
    place.write(
        "hoogten.geojson",
        &format!(
            r#"{{"type":"FeatureCollection","features":[
               {{"type":"Feature","properties":{{"identificatie":"{}","bouwjaar":1990}},"geometry":{{"type":"Point","coordinates":[4.63,52.38]}}}},
               {{"type":"Feature","properties":{{"identificatie":"{}","bouwjaar":1990,"hoogte_m":900}},"geometry":{{"type":"Polygon","coordinates":[[[4.63,52.38],[4.6302,52.38],[4.6302,52.3802],[4.63,52.38]]]}}}}]}}"#,
            pand(20),
            pand(21)
        ),
    );
    place.write(
        "adressen.csv",
        &format!(
            "vbo_id,pand_id,straat,huisnummer,postcode,oppervlakte,gebruiksdoel,x,y\n{a},,Zijlweg,,2013AB,80,woonfunctie,104001,488001\n\
             {b},,Zijlweg,8,20A3,80,woonfunctie,104001,488001\n{c},,Zijlweg,9,2013AB,0,woonfunctie,104001,488001\n",
            a = vbo(30),
            b = vbo(31),
            c = vbo(32)
        ),
    );
    place.write("feiten.csv", &format!("id;q;mon\n{};90;\n{};;rm\n{};80;\n", vbo(0), vbo(1), vbo(999)));
    let files =
        ["bag.gpkg", "hoogten.geojson", "adressen.csv", "feiten.csv"].map(|f| place.path(f).display().to_string());
    let report = place.build(&files).unwrap();
    adds_up(&report);
    let planted = [
        ("V01", "bag.gpkg", "pand fid 4"),
        ("V02", "bag.gpkg", "pand fid 5: 12"),
        ("V03", "bag.gpkg", "pand fid 6"),
        ("V04", "bag.gpkg", "pand fid 7"),
        ("V05", "hoogten.geojson", "feature 1"),
        ("V06", "bag.gpkg", "pand fid 8"),
        ("V07", "hoogten.geojson", "feature 2"),
        ("V08", "adressen.csv", "row 2"),
        ("V09", "adressen.csv", "row 3"),
        ("V10", "adressen.csv", "row 4"),
        ("V31", "feiten.csv", "row 4"),
        // What does not fit together is told by the home, the value and the source that said it.
        ("V41", "", "0392010000000000: 90 (feiten)"),
        ("V42", "", "0392010000000001: 2010 (feiten)"),
    ];
    let told = report.to_string();
    for (id, file, row) in planted {
        let found = cases(&report, id);
        assert!(
            found.iter().any(|(in_file, e)| in_file == file && e.to_string().starts_with(row)),
            "{id}: {file} {row} is not among {found:?}"
        );
        let check = &checks::all()[id];
        let line = told.lines().find(|line| line.contains(&format!("{id} `{}`", check.field))).unwrap_or_default();
        assert!(line.contains(&check.en) && line.contains(&check.advice_en), "{id}: {line}");
    }
}

#[test]
fn the_table_in_the_documentation_names_every_check() {
    let table = include_str!("../../../docs/data.md");
    for (id, check) in checks::all() {
        assert!(table.contains(&format!("| {id} | {} | {} |", check.field, check.en)), "{id} is not in docs/data.md");
    }
}
