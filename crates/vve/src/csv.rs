//! The calculation as a file for a spreadsheet: rows of text and numbers, with a semicolon between, as Dutch spreadsheets
//! read it. Amounts are in euros with two decimals.

use gasvrij3d::kosten::share_cents;
use gasvrij3d::text::Key;
use gasvrij3d::vve::{Amounts, Choice, Field};

use crate::say;
use crate::sheet::Sheet;

/// The file, with a mark in front by which a spreadsheet knows its letters.
pub fn csv(sheet: &Sheet) -> String {
    let lang = sheet.lang;
    let mut rows: Vec<Vec<String>> = vec![
        vec![Key::VveVulNaam.text(lang).to_owned(), sheet.calc.name().to_owned()],
        vec![Key::VveBronIngevuld.text(lang).to_owned()],
    ];
    for field in Field::ALL {
        let unit = say::word("vve-eenheid", unit_code(*field), lang);
        rows.push(vec![say::field(*field, lang).to_owned(), plain(*field, sheet.calc.units(*field)), unit.to_owned()]);
    }
    for choice in Choice::ALL {
        let chosen = say::chosen(*choice, sheet.calc.choice(*choice), lang);
        rows.push(vec![say::word("vve-veld", choice.code(), lang).to_owned(), chosen.to_owned()]);
    }
    rows.push(vec![]);
    amounts(sheet, &mut rows);
    rows.push(vec![]);
    shares(sheet, &mut rows);
    rows.push(vec![]);
    rows.push(vec![Key::VveSchatting.text(lang).to_owned()]);
    kit::csv::file(&rows)
}

fn amounts(sheet: &Sheet, rows: &mut Vec<Vec<String>>) {
    type Get = fn(&Amounts) -> [i64; 3];
    let lang = sheet.lang;
    let parts: [(Key, Get); 11] = [
        (Key::VveRijInvestering, |a| a.investment),
        (Key::VveRijSubsidie, |a| [a.subsidy; 3]),
        (Key::VveRijKas, |a| a.fund),
        (Key::VveRijLening, |a| a.loan),
        (Key::VveStukLeningMaand, |a| a.month.loan),
        (Key::VveStukEnergieMaand, |a| [a.month.energy; 3]),
        (Key::VveRijVast, |a| a.month.maintenance.map(|m| m + a.month.fixed)),
        (Key::VveStukSamenMaand, |a| a.month.total()),
        (Key::VveRijEac15, |a| a.eac[0]),
        (Key::VveRijEac30, |a| a.eac[1]),
        (Key::VveStukCo2, |a| [(a.co2_kg * 100.0).round() as i64; 3]),
    ];
    let whole = Key::VveStukHele.text(lang);
    let mut head = vec![format!("{} ({whole})", Key::VveTabelKop.text(lang))];
    let band = [Key::VveStukLaag, Key::VveStukMidden, Key::VveStukHoog];
    for column in sheet.shown() {
        head.extend(band.map(|key| format!("{}: {}", say::way(column.way, lang), key.text(lang))));
    }
    rows.push(head);
    for (name, get) in parts {
        let mut row = vec![name.text(lang).to_owned()];
        for column in sheet.shown() {
            match &column.amounts {
                Ok(found) => row.extend(get(found).map(money)),
                Err(_) => row.extend([const { String::new() }; 3]),
            }
        }
        rows.push(row);
    }
}

fn shares(sheet: &Sheet, rows: &mut Vec<Vec<String>>) {
    let lang = sheet.lang;
    let shares = sheet.calc.all_shares();
    let mut head = vec![Key::VveStukAppartementnr.text(lang).to_owned(), Key::VveDelenKolom.text(lang).to_owned()];
    let mut split: Vec<Vec<i64>> = Vec::new();
    for (option, column) in sheet.options() {
        let Ok(found) = &column.amounts else { continue };
        let name = say::way(gasvrij3d::vve::Way::Option(option), lang);
        for (what, total) in [(Key::VveDelenKosten, found.cost()[1]), (Key::VveDelenLening, found.month.loan[1])] {
            head.push(format!("{name}: {}", what.text(lang)));
            split.push(share_cents(total, &shares));
        }
    }
    rows.push(head);
    for (place, share) in shares.iter().enumerate() {
        let mut row = vec![(place + 1).to_string(), share.to_string()];
        row.extend(split.iter().map(|column| money(column[place])));
        rows.push(row);
    }
}

fn unit_code(field: Field) -> &'static str {
    match field.limits().unit {
        "EUR" => "eur",
        "EUR/m3" => "eur-m3",
        "EUR/kWh" => "eur-kwh",
        "EUR/GJ" => "eur-gj",
        other => other,
    }
}

/// A number with a comma: this is how a Dutch spreadsheet reads one.
fn plain(field: Field, units: i64) -> String {
    let decimals = field.limits().decimals;
    let scale = 10_i64.pow(decimals);
    let sign = if units < 0 { "-" } else { "" };
    let (whole, part) = (units.abs() / scale, units.abs() % scale);
    if decimals == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole},{part:0width$}", width = decimals as usize)
    }
}

fn money(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{},{:02}", cents.abs() / 100, cents.abs() % 100)
}
