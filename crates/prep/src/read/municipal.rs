//! Lists that a municipality keeps itself, in one form: ownership by legal persons, complexes of owners' associations,
//! block heating, parking garages and municipal monuments, by verblijfsobject, by pand or by address.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use gasvrij3d::home::{Address, Home, JaNee, Method, Monument, Ownership};

use super::columns::{Column, Table, only};
use super::facts;
use super::values::{self, Bad, Checked, Rule, text};
use super::{Origin, Part};
use crate::fault::{Fault, Result};
use crate::model::{Facts, Subject};
use crate::report::{Place, Tally};

/// Where a row says what it is about, and what it may say. The first name is the documented one.
const FORM: [Column; 12] = [
    Column {
        name: "verblijfsobject",
        names: &["verblijfsobject", "verblijfsobject_id", "verblijfsobjectid", "vbo_id", "bagverblijfsobjectid"],
    },
    Column { name: "pand", names: &["pand", "pand_id", "pandid", "pandidentificatie", "bagpandid"] },
    Column { name: "postcode", names: &["postcode"] },
    Column { name: "huisnummer", names: &["huisnummer"] },
    Column { name: "huisletter", names: &["huisletter"] },
    Column { name: "toevoeging", names: &["toevoeging", "huisnummertoevoeging"] },
    Column { name: "eigendom", names: &["eigendom"] },
    Column { name: "vve", names: &["vve", "vve_naam"] },
    Column { name: "blokverwarming", names: &["blokverwarming"] },
    Column { name: "parkeergarage", names: &["parkeergarage"] },
    Column { name: "monument", names: &["monument"] },
    Column { name: "opmerking", names: &["opmerking"] },
];
const VBO: usize = 0;
const PAND: usize = 1;
const ADDRESS: std::ops::Range<usize> = 2..6;
const SAYS: std::ops::Range<usize> = 6..11;

/// Whether a header is of this form, or is meant to be.
pub fn is_it(header: &[String]) -> bool {
    let says = |name: &String| FORM[SAYS].iter().any(|column| column.likeness(name) > 0.9);
    header.iter().any(says) && FORM[..ADDRESS.end].iter().any(|column| column.place(header).is_some())
}

/// What the rows say, by what they are about, and the row that said it first.
type Said = BTreeMap<Subject, (Home, Place)>;

/// Reads all rows.
pub fn read<R: Read>(table: Table<R>, origin: &Origin, part: &mut Part) -> Result<()> {
    "gemeentelijke lijst (CSV)".clone_into(&mut part.report.form);
    only(&table.header, &FORM)?;
    let places = FORM.map(|column| column.place(&table.header));
    if places[SAYS].iter().all(Option::is_none) {
        let names: Vec<&str> = FORM[SAYS].iter().map(|c| c.name).collect();
        return Err(Fault::input(format!(
            "{}: none of the columns {} is there. Give one of them.",
            Rule::Header,
            names.join(", ")
        )));
    }
    if places[VBO].is_none() && places[PAND].is_none() {
        for address in &FORM[ADDRESS.start..ADDRESS.start + 2] {
            address.needed(&table.header)?;
        }
    }
    let file = part.report.file.clone();
    let tally = part.report.layer("gemeentelijke lijst");
    let mut said = Said::new();
    table.each(&file, tally, |place, row, tally| {
        let at = |column: usize| places[column].map_or(&[][..], |place| row.get(place));
        match subject(at).and_then(|subject| Ok((subject, says(at)?))) {
            Ok((subject, home)) => take(&mut said, subject, &home, &place, tally),
            Err(bad) => bad.reject(tally, &place),
        }
    })?;
    let estimated = Arc::new(origin.estimated.clone());
    let facts = said.into_iter().map(|(subject, (home, place))| Facts {
        subject,
        home,
        method: Method::Registered,
        estimated: Arc::clone(&estimated),
        label: None,
        source: origin.id.as_str().into(),
        place,
    });
    // What is said first counts: a dwelling itself goes before its pand.
    let (of_pand, own): (Vec<Facts>, Vec<Facts>) = facts.partition(|f| matches!(f.subject, Subject::Pand(_)));
    part.facts.extend(own);
    part.facts.extend(of_pand);
    Ok(())
}

/// What a row is about.
fn subject<'a>(at: impl Fn(usize) -> &'a [u8]) -> Checked<Subject> {
    if !at(VBO).is_empty() {
        return values::vbo_id("verblijfsobject", at(VBO)).map(Subject::Vbo);
    }
    if !at(PAND).is_empty() {
        return values::pand_id("pand", at(PAND)).map(Subject::Pand);
    }
    let [code, number, letter, addition] = [2, 3, 4, 5].map(&at);
    Ok(Subject::Address(Address {
        postcode: values::postcode("postcode", code)?.to_string(),
        number: values::house_number("huisnummer", number)?,
        letter: text(letter).into_owned(),
        addition: text(addition).into_owned(),
        ..Address::default()
    }))
}

fn says<'a>(at: impl Fn(usize) -> &'a [u8]) -> Checked<Home> {
    let [own, complex, block, garage, monument] = [6, 7, 8, 9, 10].map(&at);
    let own = match (ownership(own)?, complex.is_empty()) {
        (None, false) => Some(Ownership::Vve),
        (Some(other), false) if other != Ownership::Vve => {
            let advice = "Empty one of the two columns.";
            return Err(Bad::new(Rule::Contradiction, "eigendom", own, "vve, where the column vve is filled", advice));
        }
        (own, _) => own,
    };
    let garage = match word(garage).as_str() {
        // Only a garage below the home stands in the way of pipes and drillings.
        "onder" => Some(JaNee::Ja),
        "boven" => Some(JaNee::Nee),
        _ => yes_no("parkeergarage", garage, "ja, nee, onb, onder or boven")?,
    };
    let mon = match word(monument).as_str() {
        "" => None,
        "ja" => Some(Monument::Gemeentelijk),
        "nee" => Some(Monument::Geen),
        code => Some(Monument::from_code(code).ok_or_else(|| {
            Bad::new(Rule::Code, "monument", monument, "gm, rm, bsg, geen, ja or nee", "Put the word right.")
        })?),
    };
    let home = Home { own, block: yes_no("blokverwarming", block, "ja, nee or onb")?, garage, mon, ..Home::default() };
    if home == Home::default() {
        let advice = "Fill one of eigendom, vve, blokverwarming, parkeergarage, monument, or take the row out.";
        return Err(Bad::new(Rule::Code, "eigendom", b"", "something about the dwelling", advice));
    }
    Ok(home)
}

fn word(found: &[u8]) -> String {
    text(found).to_lowercase()
}

fn ownership(found: &[u8]) -> Checked<Option<Ownership>> {
    let advice = match word(found).as_str() {
        "" => return Ok(None),
        "corp" | "woningcorporatie" => return Ok(Some(Ownership::Corp)),
        "vve" => return Ok(Some(Ownership::Vve)),
        "part_huur" => return Ok(Some(Ownership::PartHuur)),
        "koop" | "particulier" => {
            let (expected, advice) =
                ("an owner that is a legal person", "Who owns a home as a person is not shown: take the row out.");
            return Err(Bad::new(Rule::Privacy, "eigendom", found, expected, advice));
        }
        _ => "Put the word right.",
    };
    Err(Bad::new(Rule::Code, "eigendom", found, "corp, vve or part_huur (owners that are legal persons)", advice))
}

fn yes_no(field: &'static str, found: &[u8], expected: &'static str) -> Checked<Option<JaNee>> {
    match word(found).as_str() {
        "" => Ok(None),
        "j" => Ok(Some(JaNee::Ja)),
        "n" => Ok(Some(JaNee::Nee)),
        code => JaNee::from_code(code)
            .map(Some)
            .ok_or_else(|| Bad::new(Rule::Code, field, found, expected, "Put the word right.")),
    }
}

fn take(said: &mut Said, subject: Subject, home: &Home, place: &Place, tally: &mut Tally) {
    tally.keep();
    let (first, _) = said.entry(subject).or_insert_with(|| (Home::default(), place.clone()));
    if differ(first, home) {
        let reason =
            "`rij`: an earlier row says otherwise of the same pand or dwelling: that one counts. Take one out.";
        tally.remark(&format!("{} {reason}", Rule::Contradiction), || place);
    }
    facts::fill(first, home);
}

/// Whether two rows say something else about the same thing.
fn differ(a: &Home, b: &Home) -> bool {
    fn two<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
        a.zip(b).is_some_and(|(a, b)| a != b)
    }
    two(a.own, b.own) || two(a.block, b.block) || two(a.garage, b.garage) || two(a.mon, b.mon)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn read_part(text: &[u8]) -> Result<Part> {
        let mut part = Part::default();
        read(Table::open(text)?, &Origin::default(), &mut part)?;
        let tally = &part.report.layers[0];
        assert_eq!(tally.read, tally.kept + tally.rejections(), "{tally}");
        Ok(part)
    }

    fn said(part: &Part) -> Vec<(&Subject, &Home)> {
        part.facts.iter().map(|f| (&f.subject, &f.home)).collect()
    }

    #[test]
    fn what_is_said_of_a_dwelling_goes_before_what_is_said_of_its_pand() {
        let text = "PAND;Verblijfsobject;Eigendom;Blokverwarming\r\n\
            0392100000000001;;vve;ja\r\n;0392010000000002;corp;\r\n";
        let part = read_part(text.as_bytes()).unwrap();
        let home = |own, block| Home { own: Some(own), block, ..Home::default() };
        let (corp, vve) = (home(Ownership::Corp, None), home(Ownership::Vve, Some(JaNee::Ja)));
        let dwelling = Subject::Vbo("0392010000000002".parse().unwrap());
        let pand = Subject::Pand("0392100000000001".parse().unwrap());
        assert_eq!(said(&part), [(&dwelling, &corp), (&pand, &vve)]);
    }

    #[test]
    fn an_address_in_an_older_spreadsheet_is_read() {
        let text = b"\"Postcode\",\"Huisnummer\",\"Huisletter\",\"Toevoeging\",\"Monument\",\"Opmerking\"\r\n\
            \"2013 ab\",\"12\",\"A\",\"RD\",\"ja\",\"Caf\xe9, hoek\"\r\n";
        let part = read_part(text).unwrap();
        let address = Address {
            number: 12,
            letter: "A".into(),
            addition: "RD".into(),
            postcode: "2013AB".into(),
            ..Address::default()
        };
        let home = Home { mon: Some(Monument::Gemeentelijk), ..Home::default() };
        assert_eq!(said(&part), [(&Subject::Address(address), &home)]);
    }

    #[test]
    fn a_garage_counts_where_it_lies_below_the_home() {
        let text =
            "verblijfsobject;parkeergarage\n0392010000000001;onder\n0392010000000002;boven\n0392010000000003;nee\n";
        let part = read_part(text.as_bytes()).unwrap();
        let garages: Vec<_> = part.facts.iter().map(|f| f.home.garage.unwrap()).collect();
        assert_eq!(garages, [JaNee::Ja, JaNee::Nee, JaNee::Nee]);
    }

    #[test]
    fn a_named_association_owns_its_complex() {
        let text = "pand;vve;eigendom\n0392100000000001;VvE Zijlweg 12;\n0392100000000001;VvE Zijlweg 12;corp\n";
        let part = read_part(text.as_bytes()).unwrap();
        assert!(part.facts.iter().all(|f| f.home.own == Some(Ownership::Vve)));
        let told = part.report.layers[0].to_string();
        assert!(told.contains("V20 `eigendom`: vve, where the column vve is filled is expected"), "{told}");
    }

    #[test]
    fn what_is_wrong_is_told_with_row_field_and_remedy() {
        let text = "pand;verblijfsobject;postcode;huisnummer;eigendom;parkeergarage\n\
            ;0392010000000001;;;koop;\n;;2013AB;twaalf;corp;\n;;;;corp;\n0392010000000009;;;;vve;\n\
            ;0392010000000001;;;;misschien\n;0392010000000001;;;;\n;0392010000000002;;;corp;\n;0392010000000002;;;vve;\n";
        let part = read_part(text.as_bytes()).unwrap();
        let told = part.report.layers[0].to_string();
        for part in [
            "V19 `eigendom`: an owner that is a legal person is expected. Who owns a home as a person is not shown: take the \
             row out. (for example row 2: `koop`)",
            "V17 `huisnummer`: a house number from 1 to 99999 is expected",
            "row 3: `twaalf`",
            "V17 `postcode`: a postcode (four digits and two letters) is expected",
            "V13 `pand`",
            "row 6: `misschien`",
            "something about the dwelling is expected",
            "V20 `rij`: an earlier row says otherwise",
            "row 9",
        ] {
            assert!(told.contains(part), "`{part}` is not in\n{told}");
        }
        let [(_, home)] = said(&part)[..] else { unreachable!() };
        assert_eq!(home.own, Some(Ownership::Corp), "the first row counts");
    }

    #[test]
    fn a_column_that_the_form_does_not_have_stops_with_those_it_has() {
        let told = |text: &str| read_part(text.as_bytes()).unwrap_err().to_string();
        let sentence = told("pand;eigendom;eigenaar\n");
        assert!(
            sentence.contains("`eigenaar` is not one of this form: verblijfsobject, pand, postcode,"),
            "{sentence}"
        );
        assert!(told("postcode;eigendom\n").contains("`huisnummer` is missing"));
        assert!(told("pand;opmerking\n").contains("eigendom, vve, blokverwarming"));
        let header = |text: &str| Table::open(text.as_bytes()).unwrap().header;
        assert!(is_it(&header("pand;eigendomm\n")), "what is meant to be this form is refused as this form");
        assert!(!is_it(&header("id;lab;own\n")));
    }

    proptest! {
        #[test]
        fn no_rows_stop_the_reader(
            header in "(pand|verblijfsobject|postcode;huisnummer);(eigendom|vve|monument|parkeergarage)",
            rest in proptest::collection::vec(any::<u8>(), 0..300)
        ) {
            let text = [header.as_bytes(), b"\n", &rest].concat();
            prop_assert!(read_part(&text).is_ok());
        }
    }
}
