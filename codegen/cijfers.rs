//! `data/kentallen.toml`, `prijzen.toml`, `opties.toml`, `tekenen.toml` and `standaard.toml` → `cijfers.rs`: static tables, so that the
//! browser reads nothing at all. The key of a figure becomes a variant: `[cijfer.gas-prijs]` is `Cijfer::GasPrijs`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml::{Table, Value};

/// The files with figures, in the folder `data`.
pub const FILES: [&str; 7] = [
    "cijferbronnen.toml",
    "kentallen.toml",
    "opties.toml",
    "prijzen.toml",
    "tekenen.toml",
    "standaard.toml",
    "kleine-netten.toml",
];

/// The limits of `kleine-netten.toml` that the page needs too.
const LIMITS: [&str; 9] = [
    "afstand_m",
    "minste_woningen",
    "minste_gj",
    "lijn_goed",
    "lijn_mogelijk",
    "omweg",
    "aansluiting_m",
    "flat_zonder_eigendom",
    "minst_gepubliceerd",
];

/// The classes of the tables, in order: `kentallen::Klasse`.
const CLASSES: [&str; 6] = ["VRIJ", "2KAP", "HOEK", "TUSSEN", "FLAT-L", "FLAT-H"];

/// The source of all tables. `files`: the parsed files, in the order of [`FILES`].
pub fn tables(files: &[Table]) -> Result<String, String> {
    let [sources, typology, options, prices, drawing, standard, networks] = files else {
        return Err(format!("data: {} files with figures are expected", FILES.len()));
    };
    let mut out = source_table(sources)?;
    let mut figures: BTreeMap<&str, (&str, &Value)> = BTreeMap::new();
    let with_figures = [(typology, FILES[1]), (options, FILES[2]), (prices, FILES[3]), (drawing, FILES[4])];
    for (table, file) in with_figures {
        for (key, value) in sub(table, "cijfer", file)? {
            if let Some((earlier, _)) = figures.insert(key, (file, value)) {
                return Err(format!("data/{file}: [cijfer.{key}] stands in data/{earlier} too; give it one place"));
            }
        }
    }
    out.push_str(&figure_table(&figures, sub(sources, "bron", "cijferbronnen.toml")?)?);
    out.push_str(&typology_tables(typology)?);
    out.push_str(&standard_tables(standard)?);
    out.push_str(&limits(networks)?);
    Ok(out)
}

/// The limits for small heat networks, each as a constant.
fn limits(file: &Table) -> Result<String, String> {
    let mut out =
        String::from("/// Limits for small heat networks, of `data/kleine-netten.toml`.\npub mod grenzen {\n");
    let mut rows = String::new();
    for key in LIMITS {
        let at = format!("data/kleine-netten.toml: [{key}]");
        let limit = file.get(key).ok_or_else(|| format!("{at} is missing"))?;
        let value = number(limit.get("waarde").unwrap_or(&Value::Boolean(false)), &at)?;
        let (unit, source) = (text(limit, "eenheid", &at)?, text(limit, "bron", &at)?);
        let is_national = match text(limit, "status", &at)? {
            "NAT" => true,
            "ASM" => false,
            other => return Err(format!("{at}: `status` is `{other}`; it is `NAT` or `ASM`")),
        };
        let name = key.to_uppercase();
        let _ = writeln!(out, "    /// `{key}`, in {unit}.\n    pub const {name}: f64 = {value:?};");
        let _ = writeln!(rows, "        ({key:?}, super::Grens {{ landelijk: {is_national}, bron: {source:?} }}),");
    }
    let day = file.get("datum").and_then(Value::as_str).ok_or("data/kleine-netten.toml has no `datum`")?;
    let count = LIMITS.len();
    let _ = writeln!(out, "    /// The day of the file.\n    pub const DATUM: &str = {day:?};");
    let _ = writeln!(
        out,
        "    /// Each by its key.\n    pub static BRONNEN: [(&str, super::Grens); {count}] = [\n{rows}    ];\n}}"
    );
    Ok(out)
}

fn source_table(file: &Table) -> Result<String, String> {
    let sources = sub(file, "bron", "cijferbronnen.toml")?;
    let mut rows = String::new();
    for (key, value) in sources {
        let at = format!("data/cijferbronnen.toml: [bron.{key}]");
        let (name, year) = (text(value, "naam", &at)?, whole(value, "jaar", &at)?);
        let checked = value.get("nagelezen").and_then(Value::as_bool).ok_or(format!("{at} has no `nagelezen`"))?;
        let licence = value.get("licentie").and_then(Value::as_str);
        let _ = writeln!(
            rows,
            "    Bron {{ code: {key:?}, naam: {name:?}, jaar: {year}, nagelezen: {checked}, licentie: {licence:?} }},"
        );
    }
    Ok(format!("static BRONNEN: [Bron; {}] = [\n{rows}];\n", sources.len()))
}

fn figure_table(figures: &BTreeMap<&str, (&str, &Value)>, sources: &Table) -> Result<String, String> {
    let (mut variants, mut all, mut rows) = <(String, String, String)>::default();
    let (mut values, mut years, mut of_2018) = <(String, String, String)>::default();
    for (key, (file, value)) in figures {
        let at = format!("data/{file}: [cijfer.{key}]");
        let (nl, unit) = (text(value, "nl", &at)?, text(value, "eenheid", &at)?);
        let year = whole(value, "jaar", &at)?;
        let source = text(value, "bron", &at)?;
        let source = sources
            .keys()
            .position(|known| known == source)
            .ok_or(format!("{at}: `bron = \"{source}\"` is not in data/cijferbronnen.toml; add it there"))?;
        let status = match text(value, "status", &at)? {
            "gevonden" => "Gevonden",
            "afgeleid" => "Afgeleid",
            "nakijken" => "Nakijken",
            "aanname" => "Aanname",
            other => {
                return Err(format!(
                    "{at}: `status = \"{other}\"`; gevonden, afgeleid, nakijken or aanname is expected"
                ));
            }
        };
        let (band, by_year) = figure_values(value, &at)?;
        let variant: String = key.split('-').map(super::texts::capital).collect();
        let _ = writeln!(variants, "    /// `{nl}` ({unit})\n    {variant},");
        let _ = writeln!(all, "        Self::{variant},");
        let _ = writeln!(values, "    {},", band.map_or("None".into(), |b| format!("Some({b:?})")));
        let _ = write!(of_2018, "{}, ", unit.starts_with("EUR2018"));
        let _ = writeln!(years, "    &{by_year:?},");
        let _ = writeln!(
            rows,
            "    Rij {{ code: {key:?}, tekst: Key::Cijfer{variant}, eenheid: {unit:?}, bron: {source}, jaar: {year}, status: Status::{status} }},"
        );
    }
    let n = figures.len();
    Ok(format!(
        "/// A figure of `data`, by its key.\n#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]\n\
         pub enum Cijfer {{\n{variants}}}\n\nimpl Cijfer {{\n    /// Every figure.\n    \
         pub const ALL: &'static [Self] = &[\n{all}    ];\n}}\n\n\
         #[allow(clippy::unreadable_literal)]\nstatic WAARDEN: [Option<[f64; 3]>; {n}] = [\n{values}];\nstatic JAREN: [&[(u16, f64)]; {n}] = [\n{years}];\n\
         static PRIJSPEIL_2018: [bool; {n}] = [{of_2018}];\nstatic RIJEN: [Rij; {n}] = [\n{rows}];\n"
    ))
}

/// Low, middle and high of a figure, and its values by year.
type Values = (Option<[f64; 3]>, Vec<(u16, f64)>);

fn figure_values(figure: &Value, at: &str) -> Result<Values, String> {
    if let Some(value) = figure.get("waarde") {
        let value = number(value, at)?;
        return Ok((Some([value; 3]), Vec::new()));
    }
    if let Some(band) = figure.get("band").and_then(Value::as_array) {
        let band = band.iter().map(|value| number(value, at)).collect::<Result<Vec<_>, _>>()?;
        let band = match band[..] {
            [low, high] => [low, f64::midpoint(low, high), high],
            [low, mid, high] => [low, mid, high],
            _ => return Err(format!("{at}: `band` is two or three numbers")),
        };
        return if band.is_sorted() { Ok((Some(band), Vec::new())) } else { Err(format!("{at}: `band` goes up")) };
    }
    let Some(by_year) = figure.get("per_jaar").and_then(Value::as_table) else { return Ok((None, Vec::new())) };
    let by_year = by_year
        .iter()
        .map(|(year, value)| {
            Ok((year.parse().map_err(|_| format!("{at}: `{year}` is not a year"))?, number(value, at)?))
        })
        .collect::<Result<Vec<(u16, f64)>, String>>()?;
    if by_year.is_empty() { Err(format!("{at}: `per_jaar` has no year")) } else { Ok((None, by_year)) }
}

fn typology_tables(file: &Table) -> Result<String, String> {
    let at = "data/kentallen.toml";
    let areas = sub(file, "referentie_m2", "kentallen.toml")?;
    let tap = sub(file, "tapwater", "kentallen.toml")?;
    let rows = file.get("klasse").and_then(Value::as_array).ok_or(format!("{at} has no [[klasse]]"))?;
    let mut periods: Vec<(i64, i64)> = Vec::new();
    let (mut table, mut area_row, mut tap_rows) = <(String, String, String)>::default();
    for class in CLASSES {
        let area = areas.get(class).ok_or(format!("{at}: [referentie_m2] has no {class}"))?;
        let _ = write!(area_row, "{:?}, ", number(area, at)?);
        let _ = writeln!(tap_rows, "    {:?},", numbers(tap.get(class), &format!("{at}: [tapwater] {class}"))?);
        let mut own = Vec::new();
        table.push_str("    [\n");
        for row in rows.iter().filter(|row| row.get("typ").and_then(Value::as_str) == Some(class)) {
            let at = format!("{at}: [[klasse]] {class}");
            own.push((whole(row, "van", &at)?, whole(row, "tot", &at)?));
            let label = text(row, "label", &at)?;
            let field = |key: &str| number(row.get(key).unwrap_or(&Value::Boolean(false)), &format!("{at}: `{key}`"));
            let cost = match row.get("naar_b_keur") {
                None => "None".to_owned(),
                list => match numbers(list, &at)?[..] {
                    [low, high] if low <= high => format!("Some({:?})", [low * 1000.0, high * 1000.0]),
                    _ => return Err(format!("{at}: `naar_b_keur` is two numbers, low and high")),
                },
            };
            let _ = writeln!(
                table,
                "        Rij {{ label: Label::{label}, a: {:?}, b: {:?}, kwh_m2_b: {:?}, naar_b: {cost} }},",
                field("a")?,
                field("b")?,
                field("kwh_m2_b")?
            );
        }
        table.push_str("    ],\n");
        if !periods.is_empty() && periods != own {
            return Err(format!("{at}: the periods of {class} are not those of {}", CLASSES[0]));
        }
        periods = own;
    }
    let tap_ends = numbers(tap.get("tot"), &format!("{at}: [tapwater] tot"))?;
    let ends = |list: &mut dyn Iterator<Item = i64>| list.map(|end| end.to_string()).collect::<Vec<_>>().join(", ");
    let unknown = sub(file, "flat_onbekend", "kentallen.toml")?.get("klasse").and_then(Value::as_str);
    let unknown = CLASSES
        .iter()
        .position(|class| Some(*class) == unknown)
        .ok_or(format!("{at}: [flat_onbekend] names a class of the table"))?;
    Ok(format!(
        "/// The tables of homes: `data/kentallen.toml`.\npub(crate) mod klassen {{\n\
         use crate::home::Label;\n\
         /// One row: class and period.\npub struct Rij {{ pub label: Label, pub a: f64, pub b: f64, pub kwh_m2_b: f64, \
         pub naar_b: Option<[f64; 2]> }}\n\
         /// The last year of each period.\npub static TOT: [u16; {p}] = [{}];\n\
         /// By class and period.\npub static KLASSEN: [[Rij; {p}]; {c}] = [\n{table}];\n\
         /// Reference area of each class, m².\npub static REFERENTIE_M2: [f64; {c}] = [{area_row}];\n\
         /// The last year of each column of hot water.\npub static TAP_TOT: [u16; {t}] = [{}];\n\
         /// Hot water by class, GJ a year.\npub static TAPWATER: [[f64; {t}]; {c}] = [\n{tap_rows}];\n\
         /// The class of a flat of unknown height.\npub const FLAT_ONBEKEND: usize = {unknown};\n}}\n",
        ends(&mut periods.iter().map(|(_, end)| *end)),
        ends(&mut tap_ends.iter().map(|end| *end as i64)),
        p = periods.len(),
        c = CLASSES.len(),
        t = tap_ends.len(),
    ))
}

fn standard_tables(file: &Table) -> Result<String, String> {
    let at = "data/standaard.toml";
    let mut rows = String::new();
    for kind in ["grondgebonden", "woongebouw"] {
        for era in ["oud", "nieuw"] {
            let row = sub(file, kind, "standaard.toml")?.get(era).ok_or(format!("{at}: [{kind}] has no `{era}`"))?;
            let at = format!("{at}: [{kind}] {era}");
            let (base, slope) = (whole(row, "basis", &at)?, whole(row, "helling", &at)?);
            let _ = writeln!(rows, "    ({base}.0, {slope}.0),");
        }
    }
    let weights = sub(file, "gewicht", "standaard.toml")?;
    let weight =
        |key: &str| number(weights.get(key).unwrap_or(&Value::Boolean(false)), &format!("{at}: [gewicht] {key}"));
    let year = file.get("tot_en_met").and_then(Value::as_integer).ok_or(format!("{at} has no `tot_en_met`"))?;
    Ok(format!(
        "/// The Standaard: `data/standaard.toml`.\npub(crate) mod standaard {{\n\
         /// Base and slope: ground-bound old and new, residential building old and new.\n\
         pub static REGELS: [(f64, f64); 4] = [\n{rows}];\n\
         /// The last year of the old group.\npub const TOT_EN_MET: u16 = {year};\n\
         /// Weight of a surface to the outside air, the ground and the neighbour.\n\
         pub const GEWICHT: [f64; 3] = [{:?}, {:?}, {:?}];\n}}\n",
        weight("buiten")?,
        weight("grond")?,
        weight("buren")?
    ))
}

fn sub<'a>(table: &'a Table, key: &str, file: &str) -> Result<&'a Table, String> {
    table.get(key).and_then(Value::as_table).ok_or(format!("data/{file} has no table `{key}`"))
}

fn text<'a>(value: &'a Value, key: &str, at: &str) -> Result<&'a str, String> {
    let text = value.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    text.ok_or(format!("{at} has no text `{key}`"))
}

fn whole(value: &Value, key: &str, at: &str) -> Result<i64, String> {
    value.get(key).and_then(Value::as_integer).ok_or(format!("{at} has no whole number `{key}`"))
}

fn number(value: &Value, at: &str) -> Result<f64, String> {
    let number = value.as_float().or(value.as_integer().map(|whole| whole as f64));
    number.filter(|number| number.is_finite()).ok_or(format!("{at}: a number is expected"))
}

fn numbers(value: Option<&Value>, at: &str) -> Result<Vec<f64>, String> {
    value.and_then(Value::as_array).ok_or(format!("{at}: a list is expected"))?.iter().map(|v| number(v, at)).collect()
}
