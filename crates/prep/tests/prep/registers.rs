//! Tables of registers through the whole program: what a home on the map then knows, and what its report says.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs::File;
use std::io::Write;

use crate::support::{Data, Place, adds_up, count, pand, vbo};
use gasvrij3d::home::{JaNee, Label, Monument, Ownership, Typology};

const HEADER: &str = "Registratiedatum;Opnamedatum;GeldigTot;Status;Berekeningstype;Gebouwklasse;Gebouwtype;\
    Gebouwsubtype;Postcode;Huisnummer;Huisletter;Huisnummertoevoeging;BAGVerblijfsobjectID;Energieklasse;Compactheid;\
    Warmtebehoefte\r\n";

fn label(about: &str, letter: &str, demand: &str) -> String {
    format!(
        "20240101;20231201;20340101;Bestaand;NTA 8800:2023 (basisopname woningbouw);W;Rijwoning hoek;;{about};{letter};1,4;\
         {demand}\r\n"
    )
}

/// Labels of the first home by its id, of the second by its address, and of one elsewhere.
fn labels() -> String {
    format!("\u{feff}PublicatieDatum;01-04-2026\r\nLaatstVerwerkteMutatievolgnummer;19345219\r\n{HEADER}")
        + &label(&format!(";;;;{}", vbo(0)), "C", "141,9")
        + &label("2013AB;3;;;", "A++", "40")
        + &label(";;;;0363010000000001", "G", "400")
}

#[test]
fn a_label_comes_to_its_home_wherever_the_file_stands_on_the_line() {
    let place = Place::new();
    let good = place.good();
    let labels = place.write("ep-online.csv", &labels());
    let report = place.build([labels.to_str().unwrap(), good.to_str().unwrap()]).unwrap();
    adds_up(&report);
    assert_eq!(count(&report, "a label of a dwelling that was not read"), 1);
    let data = Data::read(&place.out());
    let first = &data.woning(&vbo(0)).unwrap().home;
    assert_eq!((first.lab, first.q, first.typ), (Some(Label::C), Some(141.9), Some(Typology::Hoek)));
    assert_eq!(data.woning(&vbo(1)).unwrap().home.lab, Some(Label::A2));
    assert_eq!(data.woning(&vbo(2)).unwrap().home.lab, None);
}

#[test]
fn labels_in_a_zip_are_read_and_the_reference_date_decides() {
    let place = Place::new();
    let path = place.path("v20260401_csv.zip");
    let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
    zip.start_file("v20260401.csv", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(labels().as_bytes()).unwrap();
    zip.finish().unwrap();
    let good = place.good();
    let files = [good.to_str().unwrap(), path.to_str().unwrap()];
    place.build(files).unwrap();
    assert_eq!(Data::read(&place.out()).woning(&vbo(0)).unwrap().home.lab, Some(Label::C));
    let report = place.build(["--reference-date", "2034-01-02"].into_iter().chain(files)).unwrap();
    assert_eq!(count(&report, "not valid any more on the reference date"), 2);
    assert_eq!(Data::read(&place.out()).woning(&vbo(0)).unwrap().home.lab, None);
}

#[test]
fn lists_of_the_municipality_come_to_their_homes() {
    let place = Place::new();
    let good = place.good();
    let list = place.write(
        "lijst.csv",
        &format!(
            "Pand,Verblijfsobject,Postcode,Huisnummer,Eigendom,Blokverwarming,Parkeergarage,Monument\r\n\
             {},,,,vve,ja,onder,\r\n,{},,,corp,,,\r\n,,2013 AB,5,,,,gm\r\n,,2013AB,77,corp,,,\r\n",
            pand(0),
            vbo(1)
        ),
    );
    let report = place.build(["--show-ownership", good.to_str().unwrap(), list.to_str().unwrap()]).unwrap();
    adds_up(&report);
    assert_eq!(count(&report, "V31"), 1, "{report}");
    let data = Data::read(&place.out());
    let home = |i| &data.woning(&vbo(i)).unwrap().home;
    assert_eq!(home(0).own, Some(Ownership::Vve));
    assert_eq!((home(0).block, home(0).garage), (Some(JaNee::Ja), Some(JaNee::Ja)));
    assert_eq!((home(1).own, home(2).mon), (Some(Ownership::Corp), Some(Monument::Gemeentelijk)));
}

#[test]
fn a_header_that_is_wrong_stops_with_the_file_and_the_column() {
    let place = Place::new();
    let good = place.good();
    let refused = |name: &str, text: &str| {
        let path = place.write(name, text);
        place.build([good.to_str().unwrap(), path.to_str().unwrap()]).unwrap_err().to_string()
    };
    let told = refused("labels.csv", &HEADER.replace("GeldigTot", "Geldig_tot_en_met"));
    assert!(told.starts_with("labels.csv: V11: the column `GeldigTot` is missing. Perhaps it is"), "{told}");
    let told = refused("vve.csv", "pand;vve;bestuurder\n");
    assert!(told.starts_with("vve.csv: V11: the column `bestuurder` is not one of this form"), "{told}");
    let told = refused("gas.csv", "POSTCODE_VAN;POSTCODE_TOT;PRODUCTSOORT;AANSLUITINGEN_AANTAL;FYSIEKE_STATUS_PERC\n");
    assert!(told.starts_with("gas.csv: V11: the column `SJV_GEMIDDELD` is missing."), "{told}");
}
