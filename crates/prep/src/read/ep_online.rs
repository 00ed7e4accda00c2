//! The national register of energy labels (EP-Online), total file as CSV: of each dwelling the newest label that is valid
//! on the reference date. Both generations of column names; a private label is counted and not kept.

use std::collections::HashMap;
use std::io::Read;
use std::sync::Arc;

use gasvrij3d::home::{Home, Label, Method, Typology, VboId};

use super::columns::{Column, Table};
use super::delimited::Values;
use super::dwellings::{AddressKey, Dwellings};
use super::values::{self, Bad, Checked, Rule, text};
use super::{Options, Origin, Part};
use crate::fault::{Fault, Result};
use crate::model::{Date, Facts, LabelRecord, Subject};
use crate::report::{Place, Tally};

const LETTER: Column = Column { name: "Energieklasse", names: &["energieklasse", "pand_energieklasse"] };
const CLASS: Column = Column { name: "Gebouwklasse", names: &["gebouwklasse", "pand_gebouwklasse"] };
const REGISTERED: Column = Column { name: "Registratiedatum", names: &["registratiedatum", "pand_registratiedatum"] };
const SURVEYED: Column = Column { name: "Opnamedatum", names: &["opnamedatum", "pand_opnamedatum"] };
const VALID_UNTIL: Column =
    Column { name: "GeldigTot", names: &["geldigtot", "geldig_tot", "meting_geldig_tot", "pand_geldig_tot"] };
const YEAR: Column = Column { name: "Bouwjaar", names: &["bouwjaar", "pand_bouwjaar"] };
const METHOD: Column = Column { name: "Berekeningstype", names: &["berekeningstype", "pand_berekeningstype"] };
const STATUS: Column = Column { name: "Status", names: &["status", "pand_status"] };
const PRIVATE: Column =
    Column { name: "EnergielabelIsPrive", names: &["energielabelisprive", "pand_energielabel_is_prive"] };
const KIND: Column = Column { name: "Gebouwtype", names: &["gebouwtype", "pand_gebouwtype"] };
const SUBKIND: Column = Column { name: "Gebouwsubtype", names: &["gebouwsubtype", "pand_gebouwsubtype"] };
const ID: Column = Column {
    name: "BAGVerblijfsobjectID",
    names: &["bagverblijfsobjectid", "pand_bagverblijfsobjectid", "bag_verblijfsobject_id"],
};
const POSTCODE: Column = Column { name: "Postcode", names: &["postcode", "pand_postcode"] };
const NUMBER: Column = Column { name: "Huisnummer", names: &["huisnummer", "pand_huisnummer"] };
const HOUSE_LETTER: Column = Column { name: "Huisletter", names: &["huisletter", "pand_huisletter"] };
const ADDITION: Column = Column {
    name: "Huisnummertoevoeging",
    names: &["huisnummertoevoeging", "pand_huisnummertoevoeging", "pand_huisnummer_toev"],
};
const DEMAND: Column = Column { name: "Warmtebehoefte", names: &["warmtebehoefte", "pand_warmtebehoefte"] };
const SHAPE: Column = Column { name: "Compactheid", names: &["compactheid", "pand_compactheid"] };
const AREA: Column = Column {
    name: "GebruiksoppervlakteThermischeZone",
    names: &[
        "gebruiksoppervlaktethermischezone",
        "pand_gebruiksoppervlakte_thermische_zone",
        "pand_gebruiksoppervlakte",
    ],
};

/// Whether a header is of this register: no other table has two of these columns.
pub fn is_it(header: &[String], preamble: &[(String, String)]) -> bool {
    let own = [LETTER, CLASS, METHOD, ID, VALID_UNTIL];
    !preamble.is_empty() || own.iter().filter(|c| c.place(header).is_some()).count() > 1
}

/// Where the columns are in this file.
struct Places {
    letter: usize,
    class: usize,
    registered: usize,
    surveyed: Option<usize>,
    valid_until: usize,
    method: usize,
    status: Option<usize>,
    private: Option<usize>,
    kind: Option<usize>,
    subkind: Option<usize>,
    year: Option<usize>,
    id: usize,
    address: [Option<usize>; 4],
    demand: Option<usize>,
    shape: Option<usize>,
    area: Option<usize>,
}

impl Places {
    fn find(header: &[String]) -> Result<Self> {
        Ok(Self {
            letter: LETTER.needed(header)?,
            class: CLASS.needed(header)?,
            registered: REGISTERED.needed(header)?,
            surveyed: SURVEYED.place(header),
            valid_until: VALID_UNTIL.needed(header)?,
            method: METHOD.needed(header)?,
            status: STATUS.place(header),
            private: PRIVATE.place(header),
            kind: KIND.place(header),
            subkind: SUBKIND.place(header),
            year: YEAR.place(header),
            id: ID.needed(header)?,
            address: [POSTCODE, NUMBER, HOUSE_LETTER, ADDITION].map(|c| c.place(header)),
            demand: DEMAND.place(header),
            shape: SHAPE.place(header),
            area: AREA.place(header),
        })
    }
}

fn at(row: &Values, place: Option<usize>) -> &[u8] {
    place.map_or(&[], |place| row.get(place))
}

/// A record of a dwelling that is valid on the reference date.
#[derive(Clone, Debug)]
struct Record {
    /// Later ones go first: day of registration, day of the survey, by NTA 8800, row.
    order: (Date, Option<Date>, bool, Place),
    /// What it says; `None` where it is private.
    says: Option<(Home, Box<LabelRecord>)>,
}

/// Why a row is not used, where nothing is wrong with it.
mod reason {
    pub const OTHER_PLACE: &str = "a label of a dwelling that was not read";
    pub const NOT_A_HOME: &str = "the label is not of a home (Gebouwklasse is not W)";
    pub const PERMIT: &str = "a calculation for a permit, not a label";
    pub const EXPIRED: &str = "the label is not valid any more on the reference date";
    pub const LATER: &str = "the label was registered after the reference date";
    pub const OLDER: &str = "an older label of the same dwelling";
    pub const PRIVATE: &str = "the label is private: counted, not kept";
}

/// Reads all rows; keeps those of the dwellings that were read before.
pub fn read<R: Read>(table: Table<R>, origin: &Origin, options: &Options, part: &mut Part) -> Result<()> {
    "EP-Online (CSV)".clone_into(&mut part.report.form);
    part.about.known_as = Some("ep-online");
    let places = Places::find(&table.header)?;
    let published = table.preamble.iter().find(|(name, _)| name == "publicatiedatum");
    let published = published.and_then(|(_, day)| Date::parse(day));
    let Some(reference) = options.reference.or(published) else {
        return Err(Fault::input(
            "V14: the file does not say on which day it was published, so that it is not known which labels are valid. \
             Give the day with --reference-date, such as 2026-04-01.",
        ));
    };
    let file = part.report.file.clone();
    let tally = part.report.layer("energielabel");
    let mut newest: HashMap<VboId, Record> = HashMap::new();
    // Of millions of rows nearly all are of other places: these are counted here, and told once.
    let mut elsewhere = 0;
    table.each(&file, tally, |place, row, tally| {
        let found = match dwelling(&places, row, &options.known) {
            Ok(Some(id)) => id,
            Ok(None) => {
                elsewhere += 1;
                return;
            }
            Err(bad) => return bad.reject(tally, &place),
        };
        match record(&places, row, &place, reference, tally) {
            Ok(record) => keep_newest(&mut newest, found, record, tally),
            Err(Refused::Bad(bad)) => bad.reject(tally, &place),
            Err(Refused::Reason(reason)) => tally.reject(reason, || (&place, found)),
        }
    })?;
    tally.reject_all(elsewhere, reason::OTHER_PLACE, String::new);
    let mut newest: Vec<(VboId, Record)> = newest.into_iter().collect();
    newest.sort_by_key(|(id, _)| *id);
    let estimated = Arc::new(origin.estimated.clone());
    for (id, Record { order, says }) in newest {
        let Some((home, label)) = says else { continue };
        tally.keep();
        part.facts.push(Facts {
            subject: Subject::Vbo(id),
            home,
            method: Method::Registered,
            estimated: Arc::clone(&estimated),
            label: Some(label),
            source: origin.id.as_str().into(),
            place: order.3,
        });
    }
    Ok(())
}

/// The dwelling a row is about: by its id, else by its address.
fn dwelling(places: &Places, row: &Values, known: &Dwellings) -> Checked<Option<VboId>> {
    let id = row.get(places.id);
    if !id.is_empty() {
        let id = values::vbo_id("BAGVerblijfsobjectID", id)?;
        return Ok(known.has(id).then_some(id));
    }
    let [code, number, letter, addition] = places.address.map(|place| at(row, place));
    if code.is_empty() {
        // Berths and pitches have no verblijfsobject, and some have no postcode.
        return Ok(None);
    }
    AddressKey::read(code, number, letter, addition).map(|key| known.at(&key))
}

enum Refused {
    Bad(Bad),
    Reason(&'static str),
}

impl From<Bad> for Refused {
    fn from(bad: Bad) -> Self {
        Self::Bad(bad)
    }
}

fn record(
    places: &Places,
    row: &Values,
    place: &Place,
    reference: Date,
    tally: &mut Tally,
) -> std::result::Result<Record, Refused> {
    if !matches!(row.get(places.class), b"W" | b"w" | b"Woningbouw") {
        return Err(Refused::Reason(reason::NOT_A_HOME));
    }
    if at(row, places.status).eq_ignore_ascii_case(b"vergunningsaanvraag") {
        return Err(Refused::Reason(reason::PERMIT));
    }
    let needed = |field, found: &[u8]| {
        let bad = || Bad::new(Rule::Date, field, found, "a date as 20260401", "Without it the label cannot be used.");
        values::day(field, found)?.ok_or_else(bad)
    };
    let registered = needed("Registratiedatum", row.get(places.registered))?;
    let valid_until = needed("GeldigTot", row.get(places.valid_until))?;
    if registered > reference {
        return Err(Refused::Reason(reason::LATER));
    }
    if valid_until < reference {
        return Err(Refused::Reason(reason::EXPIRED));
    }
    let surveyed = or_remark(values::day("Opnamedatum", at(row, places.surveyed)), tally, place);
    let method = text(row.get(places.method));
    let by_nta = method.contains("NTA 8800");
    let order = (registered, surveyed, by_nta, place.clone());
    if is_private(at(row, places.private))? {
        return Ok(Record { order, says: None });
    }
    let letter = letter(row.get(places.letter))?;
    if row.get(places.letter) == b"A+++++" {
        tally.remark("A+++++ is taken as A++++, the best letter of a home", || place);
    }
    let mut figure = |field, column, bounds, expected| {
        let found = if by_nta { at(row, column) } else { &[] };
        or_remark(values::number(field, found, bounds, expected), tally, place)
    };
    let demand = figure("Warmtebehoefte", places.demand, 0.0..=1500.0, "0 to 1500 kWh/m2 a year");
    let shape = figure("Compactheid", places.shape, 0.05..=10.0, "0,05 to 10 (loss area per floor area)");
    let area = figure("GebruiksoppervlakteThermischeZone", places.area, 1.0..=100_000.0, "1 to 100000 m2");
    let kind = or_remark(kind(at(row, places.kind), at(row, places.subkind)), tally, place);
    let label = LabelRecord {
        registered: Some(registered),
        valid_until: Some(valid_until),
        year: text(at(row, places.year)).parse().ok(),
        kind: text(at(row, places.kind)).into_owned(),
        subkind: text(at(row, places.subkind)).into_owned(),
        method: method.into_owned(),
        compactness: shape,
        area_m2: area,
    };
    let home = Home { lab: Some(letter), q: demand, typ: kind, ..Home::default() };
    Ok(Record { order, says: Some((home, Box::new(label))) })
}

fn or_remark<T>(checked: Checked<Option<T>>, tally: &mut Tally, place: &Place) -> Option<T> {
    checked.unwrap_or_else(|bad| {
        bad.remark(tally, place);
        None
    })
}

fn is_private(found: &[u8]) -> Checked<bool> {
    match found.to_ascii_lowercase().as_slice() {
        b"" | b"0" | b"false" | b"nee" | b"n" => Ok(false),
        b"1" | b"true" | b"ja" | b"j" => Ok(true),
        _ => {
            let advice = "The row is not used: it is not known whether it may be shown.";
            Err(Bad::new(Rule::Code, "EnergielabelIsPrive", found, "true, false, 1, 0, ja or nee", advice))
        }
    }
}

fn letter(found: &[u8]) -> Checked<Label> {
    let code = text(found);
    // Homes end at A++++; some records say one plus more.
    let code = if code == "A+++++" { "A++++" } else { &code };
    Label::from_code(code).ok_or_else(|| {
        let advice = "The row is not used. Fetch the file again.";
        Bad::new(Rule::Code, "Energieklasse", found, "A++++ to G", advice)
    })
}

/// The kind of home in the register's words, and what it is here; `None` for what is no kind of its own.
fn kind(found: &[u8], subkind: &[u8]) -> Checked<Option<Typology>> {
    let words = |found: &[u8]| text(found).to_lowercase().replace('é', "e");
    Ok(match words(found).as_str() {
        "" | "woonwagen" | "woonboot bestaande ligplaats" | "woonboot nieuwe ligplaats" | "logieswoning" => None,
        "vrijstaande woning" => Some(Typology::Vrij),
        "twee-onder-een-kap" => Some(Typology::TweeKap),
        "rijwoning hoek" => Some(Typology::Hoek),
        "rijwoning tussen" => Some(Typology::Tussen),
        "twee-onder-een-kap / rijwoning hoek" => match words(subkind).as_str() {
            "twee-onder-een-kap" => Some(Typology::TweeKap),
            "rijwoning" | "rijwoning hoek" => Some(Typology::Hoek),
            _ => None,
        },
        "appartement"
        | "flatwoning (overig)"
        | "galerijwoning"
        | "portiekwoning"
        | "maisonnette"
        | "woongebouw met niet-zelfstandige woonruimte" => Some(Typology::Flat),
        _ => {
            let advice = "The kind is left out; the rest of the row is used.";
            return Err(Bad::new(Rule::Code, "Gebouwtype", found, "a kind of home that EP-Online has", advice));
        }
    })
}

/// Keeps the later of two records of one dwelling. A private one counts: it replaced what was public before.
fn keep_newest(newest: &mut HashMap<VboId, Record>, id: VboId, record: Record, tally: &mut Tally) {
    if record.says.is_none() {
        tally.reject(reason::PRIVATE, String::new);
    }
    let left = match newest.get_mut(&id) {
        None => {
            newest.insert(id, record);
            return;
        }
        Some(first) if first.order < record.order => std::mem::replace(first, record),
        Some(_) => record,
    };
    if left.says.is_some() {
        tally.reject(reason::OLDER, || (&left.order.3, id));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::read::dwellings::tests::zijlweg;
    use crate::report::Report;

    const NEW: &str = "Registratiedatum;Opnamedatum;GeldigTot;Certificaathouder;SoortOpname;Status;Berekeningstype;\
        OpBasisVanReferentiegebouw;Gebouwklasse;Gebouwtype;Gebouwsubtype;SBICode;Postcode;Huisnummer;Huisletter;\
        Huisnummertoevoeging;BAGVerblijfsobjectID;Energieklasse;Bouwjaar;GebruiksoppervlakteThermischeZone;Compactheid;\
        Energiebehoefte;Warmtebehoefte\r\n";
    const OLD: &str = "Pand_opnamedatum;Pand_opnametype;Pand_status;Pand_berekeningstype;Pand_energieindex;\
        Pand_energieklasse;Pand_energielabel_is_prive;Pand_gebouwklasse;Meting_geldig_tot;Pand_registratiedatum;\
        Pand_postcode;Pand_huisnummer;Pand_huisnummer_toev;Pand_bagverblijfsobjectid;Pand_gebouwtype;\
        Pand_gebouwsubtype;Pand_warmtebehoefte\n";

    fn options(reference: Option<&str>) -> Options {
        let reference = reference.map(|day| Date::parse(day).unwrap());
        Options { known: Arc::new(zijlweg()), reference, ..Options::default() }
    }

    fn read_part(text: &str, reference: Option<&str>) -> Result<Part> {
        let mut part = Part::default();
        let origin = Origin { id: "ep-online".into(), ..Origin::default() };
        read(Table::open(text.as_bytes())?, &origin, &options(reference), &mut part)?;
        let tally = &part.report.layers[0];
        assert_eq!(tally.read, tally.kept + tally.rejections(), "{tally}");
        Ok(part)
    }

    fn labels(text: &str) -> (Vec<(u64, Home)>, String) {
        let part = read_part(text, Some("2026-04-01")).unwrap();
        let serial = |f: &Facts| match f.subject {
            Subject::Vbo(id) => id.0 % 10,
            _ => 0,
        };
        let homes = part.facts.iter().map(|f| (serial(f), f.home.clone())).collect();
        let report = Report { files: vec![part.report], ..Report::default() };
        (homes, report.to_string())
    }

    /// A row of the new form about dwelling 1 of the Zijlweg.
    fn row(registered: &str, until: &str, method: &str, letter: &str, demand: &str) -> String {
        format!(
            "{registered};{registered};{until};X BV;Basisopname;Bestaand;{method};Nee;W;Rijwoning tussen;;;2013AB;12;;;\
             0392010000000001;{letter};1930;105,0;1,36;180,5;{demand}\r\n"
        )
    }

    #[test]
    fn the_newest_valid_label_of_a_dwelling_counts() {
        let nta = "NTA 8800:2024 (basisopname woningbouw)";
        let text = NEW.to_owned()
            + &row("20220101", "20320101", nta, "C", "141,9")
            + &row("20240101", "20340101", nta, "B", "80,2")
            + &row("20150101", "20250101", "Nader Voorschrift, versie 1.0", "A", "")
            + &row("20260801", "20360801", nta, "A", "20")
            + &row("20160701", "20260701", "ISSO82.3, versie 3.0, oktober 2011", "F", "999");
        let (homes, told) = labels(&text);
        let home = Home { lab: Some(Label::B), q: Some(80.2), typ: Some(Typology::Tussen), ..Home::default() };
        assert_eq!(homes, [(1, home)]);
        for (reason, line) in [(reason::OLDER, "row 2"), (reason::EXPIRED, "row 4"), (reason::LATER, "row 5")] {
            let of_it = told.lines().find(|l| l.contains(reason)).unwrap();
            assert!(of_it.contains(line), "{told}");
        }
    }

    #[test]
    fn a_label_by_an_older_method_gives_its_letter_only() {
        let (homes, _) = labels(&(NEW.to_owned() + &row("20180101", "20280101", "Nader Voorschrift", "D", "141,9")));
        assert_eq!((homes[0].1.lab, homes[0].1.q), (Some(Label::D), None));
    }

    #[test]
    fn the_old_names_are_read_and_a_private_label_hides_the_older_public_one() {
        let old = |date: &str, letter: &str, private: &str, rest: &str| {
            format!(
                "{date};Detail;Bestaand;NTA 8800:2020;;{letter};{private};W;20330101;{date};{rest};Maisonnette;;77,5\n"
            )
        };
        let text = OLD.to_owned()
            + &old("20210101", "A+", "0", "2013AB;12;;0392010000000001")
            + &old("20230101", "G", "1", "2013AB;12;;0392010000000001")
            + &old("20230101", "A+", "0", "2013AB;12;A-RD;");
        let (homes, told) = labels(&text);
        let flat = Home { lab: Some(Label::A1), q: Some(77.5), typ: Some(Typology::Flat), ..Home::default() };
        assert_eq!(homes, [(3, flat)], "by the address, where there is no id");
        assert!(told.contains("1  the label is private: counted, not kept"), "{told}");
        assert!(told.contains("1  an older label of the same dwelling"), "{told}");
        assert!(!told.contains("`G`"), "nothing of a private label is told");
    }

    #[test]
    fn what_is_no_label_of_a_home_here_is_counted() {
        let good = row("20240101", "20340101", "NTA 8800:2024", "B", "80");
        let text = NEW.to_owned()
            + &good.replace(";W;", ";U;")
            + &good.replace("Bestaand", "Vergunningsaanvraag")
            + &good.replace("0392010000000001", "0363010000000001")
            + &good.replace("2013AB;12;;;0392010000000001", ";;;;");
        let (homes, told) = labels(&text);
        assert!(homes.is_empty());
        for reason in [reason::NOT_A_HOME, reason::PERMIT] {
            assert!(told.contains(&format!("1  {reason}")), "{told}");
        }
        assert!(told.contains(&format!("2  {}", reason::OTHER_PLACE)), "{told}");
    }

    #[test]
    fn a_row_with_a_bad_value_is_told_with_field_and_remedy() {
        let good = row("20240101", "20340101", "NTA 8800:2024", "B", "80");
        let text = NEW.to_owned()
            + &good.replace("0392010000000001", "3,9201E+14")
            + &good.replace(";B;", ";Z;")
            + &good.replace("20340101", "gauw")
            + &good.replace("2013AB;12;;;0392010000000001", "2013;12;;;")
            + &good.replace(";80", ";8000").replace("Rijwoning tussen", "Boomhut").replace(";B;", ";A+++++;");
        let (homes, told) = labels(&text);
        assert_eq!(homes, [(1, Home { lab: Some(Label::A4), ..Home::default() })]);
        for part in [
            "V13 `BAGVerblijfsobjectID`: the id of a verblijfsobject",
            "row 2: `3,9201E+14`",
            "V15 `Energieklasse`: A++++ to G is expected",
            "row 3: `Z`",
            "V14 `GeldigTot`: a date as 20260401 or 2026-04-01 is expected",
            "row 4: `gauw`",
            "V17 `postcode`",
            "row 5: `2013`",
            "V16 `Warmtebehoefte`: 0 to 1500 kWh/m2 a year is expected",
            "row 6: `8000`",
            "V15 `Gebouwtype`",
            "row 6: `Boomhut`",
            "A+++++ is taken as A++++",
        ] {
            assert!(told.contains(part), "`{part}` is not in\n{told}");
        }
    }

    #[test]
    fn a_house_of_two_kinds_in_one_word_is_told_apart_by_its_subkind() {
        let both = "Twee-onder-een-kap / rijwoning hoek".as_bytes();
        assert_eq!(kind(both, b"Twee-onder-een-kap").unwrap(), Some(Typology::TweeKap));
        assert_eq!(kind(both, b"Rijwoning").unwrap(), Some(Typology::Hoek));
        assert_eq!(kind(both, b"").unwrap(), None);
        assert_eq!(kind("Twee-onder-één-kap".as_bytes(), b"").unwrap(), Some(Typology::TweeKap));
        assert_eq!(kind(b"Galerijwoning", b"Hoekdak").unwrap(), Some(Typology::Flat));
        assert_eq!(kind(b"Woonwagen", b"").unwrap(), None);
    }

    #[test]
    fn the_reference_date_is_that_of_the_build_else_of_the_file() {
        let label = row("20160701", "20260701", "NTA 8800", "F", "9");
        let with = |day: &str| format!("PublicatieDatum;{day}\nLaatstVerwerkteMutatievolgnummer;1\n{NEW}{label}");
        let kept = |text: &str, day: Option<&str>| read_part(text, day).map(|p| p.facts.len());
        assert_eq!(kept(&with("01-04-2026"), None).unwrap(), 1);
        assert_eq!(kept(&with("01-08-2026"), None).unwrap(), 0);
        assert_eq!(kept(&with("01-08-2026"), Some("2026-04-01")).unwrap(), 1);
        let told = kept(&format!("{NEW}{label}"), None).unwrap_err().to_string();
        assert!(told.contains("--reference-date"), "{told}");
    }

    #[test]
    fn a_header_without_a_column_stops_with_its_name() {
        let told = |text: &str| read_part(text, Some("2026-04-01")).unwrap_err().to_string();
        let sentence = told(&NEW.replace("GeldigTot", "Geldig_tm"));
        assert!(sentence.contains("`GeldigTot` is missing") && sentence.contains("`geldig_tm`"), "{sentence}");
    }

    proptest! {
        #[test]
        fn no_rows_stop_the_reader(rows in proptest::collection::vec(any::<u8>(), 0..600), fields in "[0-9A-Z;,\"\n]{0,300}") {
            for rest in [rows, fields.into_bytes()] {
                let text = [NEW.as_bytes(), &rest].concat();
                let mut part = Part::default();
                let table = Table::open(text.as_slice()).unwrap();
                read(table, &Origin::default(), &options(Some("20260401")), &mut part).unwrap();
                let tally = &part.report.layers[0];
                prop_assert_eq!(tally.read, tally.kept + tally.rejections());
            }
        }
    }
}
