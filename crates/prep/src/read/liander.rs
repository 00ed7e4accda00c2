//! Yearly use of small connections by postcode range, as the network company (Liander) publishes it: gas and electricity,
//! both generations of headers. Only as an aggregate of ten or more, never of one home.

use std::collections::BTreeMap;
use std::io::Read;

use super::columns::{Column, Table};
use super::delimited::Values;
use super::values::{self, Bad, Checked, Postcode, Rule};
use super::{Options, Origin, Part};
use crate::fault::Result;
use crate::model::{MeterProduct, MeterRange};
use crate::report::Place;

/// Figures about fewer are not kept.
pub const FEWEST: f64 = 10.0;

const FROM: Column = Column { name: "POSTCODE_VAN", names: &["postcode_van"] };
const TO: Column = Column { name: "POSTCODE_TOT", names: &["postcode_tot"] };
const PRODUCT: Column = Column { name: "PRODUCTSOORT", names: &["productsoort"] };
const COUNT: Column = Column {
    name: "AANSLUITINGEN_AANTAL",
    names: &["aansluitingen_aantal", "aantal_aansluitingen", "aansluiting_aantal"],
};
const ACTIVE: Column = Column { name: "FYSIEKE_STATUS_PERC", names: &["fysieke_status_perc", "%fysieke_status"] };
const USE: Column = Column { name: "SJV_GEMIDDELD", names: &["sjv_gemiddeld", "sjv", "sja_gemiddeld", "sja"] };

/// What a row says.
struct Range {
    from: Postcode,
    to: Postcode,
    product: MeterProduct,
    count: f64,
    active: f64,
    mean: f64,
}

/// What the rows of one range say together.
#[derive(Default)]
struct Sum {
    count: f64,
    active: f64,
    used: f64,
    rows: u64,
    /// Where the first of its rows stands.
    first: Option<Place>,
}

/// Whether a header is of this form.
pub fn is_it(header: &[String]) -> bool {
    [FROM, TO, PRODUCT, COUNT].iter().filter(|c| c.place(header).is_some()).count() > 1
}

/// Reads all rows; keeps the ranges in which a dwelling was read.
pub fn read<R: Read>(table: Table<R>, origin: &Origin, options: &Options, part: &mut Part) -> Result<()> {
    "kleinverbruik (CSV)".clone_into(&mut part.report.form);
    let header = &table.header;
    let [from, to, product, count, active, mean] =
        [FROM, TO, PRODUCT, COUNT, ACTIVE, USE].map(|column| column.needed(header));
    let places = [from?, to?, product?, count?, active?, mean?];
    let file = part.report.file.clone();
    let tally = part.report.layer("postcodegebied");
    let mut found: BTreeMap<(MeterProduct, Postcode, Postcode), Sum> = BTreeMap::new();
    table.each(&file, tally, |place, row, tally| match range(row, places) {
        Ok(range) if !options.known.any_with(range.from..=range.to) => {
            tally.reject("no dwelling with these postcodes was read", || &place);
        }
        Ok(range) => {
            let sum = found.entry((range.product, range.from, range.to)).or_default();
            sum.count += range.count;
            sum.active += range.active;
            sum.used += range.active * range.mean;
            sum.rows += 1;
            sum.first.get_or_insert(place);
        }
        Err(bad) => bad.reject(tally, &place),
    })?;
    for ((product, from, to), sum) in found {
        let shown = || format!("{from} to {to}");
        if sum.active < FEWEST {
            let advice = "Nothing is to be done: this protects the residents.";
            let expected = "at least ten connections in use";
            let reason = format!("{} `{}`: {expected} is expected; not kept. {advice}", Rule::TooFew, COUNT.name);
            tally.reject_all(sum.rows, &reason, || (sum.first.as_ref(), shown()));
            continue;
        }
        tally.keep();
        tally.reject_all(sum.rows - 1, "another row of the same postcodes: taken together", shown);
        part.town.meters.push(MeterRange {
            from: from.to_string(),
            to: to.to_string(),
            // Rows of one range are of several streets.
            street: String::new(),
            product,
            connections: sum.count.round() as u32,
            active_pct: Some(100.0 * sum.active / sum.count),
            average: sum.used / sum.active,
            source: origin.id.clone(),
        });
    }
    Ok(())
}

fn range(row: &Values, [from, to, product, count, active, mean]: [usize; 6]) -> Checked<Range> {
    let first = values::postcode("POSTCODE_VAN", row.get(from))?;
    let last = values::postcode("POSTCODE_TOT", row.get(to))?;
    if last < first {
        let advice = "Put the two in order.";
        return Err(Bad::new(Rule::Address, "POSTCODE_TOT", row.get(to), "a postcode not before POSTCODE_VAN", advice));
    }
    let product = match row.get(product) {
        b"GAS" | b"gas" => MeterProduct::Gas,
        b"ELK" | b"elk" => MeterProduct::Electricity,
        other => return Err(Bad::new(Rule::Code, "PRODUCTSOORT", other, "GAS or ELK", "Fetch the file again.")),
    };
    let needed = |field, place: usize, bounds, expected| {
        let bad = || Bad::new(Rule::Number, field, b"", expected, "Without it the row cannot be used.");
        values::number(field, row.get(place), bounds, expected)?.ok_or_else(bad)
    };
    let count = needed("AANSLUITINGEN_AANTAL", count, 0.0..=1e6, "a count of connections")?;
    let percent = needed("FYSIEKE_STATUS_PERC", active, 0.0..=100.0, "a percentage from 0 to 100")?;
    let mean = needed("SJV_GEMIDDELD", mean, 0.0..=1e6, "m3 or kWh a year, from 0 to 1000000")?;
    Ok(Range { from: first, to: last, product, count, active: count * percent / 100.0, mean })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::read::dwellings::tests::zijlweg;

    const NEW: &str = "NETBEHEERDER\tNETGEBIED\tSTRAATNAAM\tPOSTCODE_VAN\tPOSTCODE_TOT\tWOONPLAATS\tLANDCODE\tPRODUCTSOORT\t\
        VERBRUIKSSEGMENT\tAANSLUITINGEN_AANTAL\tLEVERINGSRICHTING_PERC\tFYSIEKE_STATUS_PERC\tSOORT_AANSLUITING_PERC\t\
        SOORT_AANSLUITING\tSJV_GEMIDDELD\tSJV_LAAG_TARIEF_PERC\tSLIMME_METER_PERC\n";
    const OLD: &str = "NETBEHEERDER;NETGEBIED;STRAATNAAM;POSTCODE_VAN;POSTCODE_TOT;WOONPLAATS;LANDCODE;PRODUCTSOORT;\
        VERBRUIKSSEGMENT;Aantal Aansluitingen;%Leveringsrichting;%Fysieke status;%Defintieve aansl (NRM);\
        %Soort aansluiting;Soort aansluiting Naam;SJV;%SJV laag tarief;%Slimme Meter\n";

    fn read_part(text: &str) -> Result<Part> {
        let options = Options { known: Arc::new(zijlweg()), ..Options::default() };
        let mut part = Part::default();
        read(Table::open(text.as_bytes())?, &Origin::default(), &options, &mut part)?;
        let tally = &part.report.layers[0];
        assert_eq!(tally.read, tally.kept + tally.rejections(), "{tally}");
        Ok(part)
    }

    fn new(from: &str, to: &str, product: &str, rest: &str) -> String {
        format!("Liander N.V.\tLiander NB\tZijlweg\t{from}\t{to}\tHAARLEM\tNL\t{product}\tKVB\t{rest}\n")
    }

    #[test]
    fn only_connections_in_use_count_and_fewer_than_ten_are_not_kept() {
        let text = NEW.to_owned()
            + &new("2013AA", "2013AC", "GAS", "20\t100,00\t95,00\t75\tG4\t1.234,50\t0\t80")
            + &new("2013AB", "2013AB", "GAS", "11\t100\t90\t75\tG4\t5000\t0\t80")
            + &new("2013AB", "2013AB", "ELK", "12\t100\t100\t75\t1x25\t2100\t40\t80")
            + &new("2014AA", "2014ZZ", "GAS", "50\t100\t100\t75\tG4\t900\t0\t80");
        let part = read_part(&text).unwrap();
        let of = |m: &MeterRange| (m.from.clone(), m.to.clone(), m.product, m.connections, m.active_pct, m.average);
        let kept: Vec<_> = part.town.meters.iter().map(of).collect();
        assert_eq!(
            kept,
            [
                ("2013AA".into(), "2013AC".into(), MeterProduct::Gas, 20, Some(95.0), 1234.5),
                ("2013AB".into(), "2013AB".into(), MeterProduct::Electricity, 12, Some(100.0), 2100.0),
            ]
        );
        let told = part.report.layers[0].to_string();
        assert!(told.contains("this protects the residents. (for example row 3: 2013AB to 2013AB)"), "{told}");
        assert!(!told.contains("5000"), "what is not kept is not told");
    }

    #[test]
    fn the_old_header_is_read_and_rows_of_one_range_are_taken_together() {
        let row = "Liander;NB;Zijlweg;2013AB;2013AB;HAARLEM;NL;GAS;KVB;";
        let part = read_part(&format!("{OLD}{row}8;100;100;100;75;G4;1000;0;10\n{row}4;100;50;100;75;G4;2000;0;10\n"))
            .unwrap();
        let meter = &part.town.meters[0];
        assert_eq!((meter.connections, meter.average), (12, 1200.0));
    }

    #[test]
    fn what_is_wrong_is_told_with_row_and_field() {
        let good = new("2013AB", "2013AB", "GAS", "20\t100\t95\t75\tG4\t1200\t0\t80");
        let text = NEW.to_owned()
            + &good.replace("\tGAS\t", "\tGAZ\t")
            + &good.replace("\t95\t", "\t950\t")
            + &good.replace("2013AB\t2013AB", "2013AB\t2013AA")
            + &good.replace("\t1200\t", "\t\t");
        let told = read_part(&text).unwrap().report.layers[0].to_string();
        for part in [
            "V15 `PRODUCTSOORT`: GAS or ELK is expected",
            "row 2: `GAZ`",
            "V16 `FYSIEKE_STATUS_PERC`: a percentage from 0 to 100",
            "row 3: `950`",
            "V17 `POSTCODE_TOT`: a postcode not before POSTCODE_VAN",
            "V16 `SJV_GEMIDDELD`",
        ] {
            assert!(told.contains(part), "`{part}` is not in\n{told}");
        }
        let sentence = read_part(&NEW.replace("SJV_GEMIDDELD", "SJV_GEMIDELD")).unwrap_err().to_string();
        assert!(sentence.contains("`SJV_GEMIDDELD` is missing. Perhaps it is `sjv_gemideld`"), "{sentence}");
    }

    proptest! {
        #[test]
        fn no_rows_stop_the_reader(rest in "[0-9A-Z\t,.\"\n%]{0,300}") {
            let text = NEW.to_owned() + &rest;
            prop_assert!(read_part(&text).is_ok());
        }
    }
}
