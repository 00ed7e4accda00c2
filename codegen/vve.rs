//! `data/vve.toml` → `vve.rs`: what a board can fill in, with its bounds, and what each option asks of it.

use std::fmt::Write as _;

use toml::{Table, Value};

use super::texts::capital;

/// The source of the tables.
pub fn tables(file: &Table) -> Result<String, String> {
    let mut out = fields(file)?;
    out.push_str(&decisions(file)?);
    out.push_str(&options(file)?);
    let trial = table(file, "proef")?.get("prijs");
    let _ = writeln!(out, "/// How far a price goes down and up in a trial, a share.");
    let _ = writeln!(out, "pub const PROEF_PRIJS: f64 = {:?};", number(trial, "[proef] prijs")?);
    Ok(out)
}

fn fields(file: &Table) -> Result<String, String> {
    let list = file.get("veld").and_then(Value::as_array).ok_or(fault("has no [[veld]]"))?;
    let (mut variants, mut rows) = <(String, String)>::default();
    for field in list {
        let code = text(field, "code", "[[veld]]")?;
        let at = format!("[[veld]] {code}");
        let whole = field.get("decimalen").and_then(Value::as_integer).unwrap_or(-1);
        let decimals = u32::try_from(whole).ok().filter(|d| *d <= 4);
        let decimals = decimals.ok_or(fault(&format!("{at}: `decimalen` is 0 to 4")))?;
        let units = |key: &str| -> Result<i64, String> {
            Ok((number(field.get(key), &format!("{at}: `{key}`"))? * 10_f64.powi(decimals as i32)).round() as i64)
        };
        let (least, most, step) = (units("laagst")?, units("hoogst")?, units("stap")?);
        if least > most || step < 1 {
            return Err(fault(&format!("{at}: `laagst` is at most `hoogst`, and `stap` is at least one unit")));
        }
        let start = if let Some(figure) = field.get("cijfer").and_then(Value::as_str) {
            format!("Start::Figure(Cijfer::{})", variant(figure))
        } else {
            let start = units("begin")?;
            if !(least..=most).contains(&start) {
                return Err(fault(&format!("{at}: `begin` lies outside its bounds")));
            }
            format!("Start::Own({start})")
        };
        let (group, unit) = (text(field, "groep", &at)?, text(field, "eenheid", &at)?);
        let _ = writeln!(variants, "        /// `{code}`, {unit}.\n        {} = {code:?},", variant(code));
        let _ = writeln!(
            rows,
            "    Limits {{ group: Group::{}, unit: {unit:?}, decimals: {decimals}, least: {least}, most: {most}, \
             step: {step}, start: {start} }},",
            capital(group)
        );
    }
    Ok(format!(
        "codes! {{\n    /// A number that can be filled in.\n    Field {{\n{variants}    }}\n}}\n\n\
         #[allow(clippy::unreadable_literal)]\nstatic LIMITS: [Limits; {}] = [\n{rows}];\n",
        list.len()
    ))
}

fn decisions(file: &Table) -> Result<String, String> {
    let sources = table(file, "bron")?;
    let mut rows = String::new();
    for (key, value) in sources {
        let at = format!("[bron.{key}]");
        let year = value.get("jaar").and_then(Value::as_integer).ok_or(fault(&format!("{at} has no `jaar`")))?;
        let read = value.get("nagelezen").and_then(Value::as_bool);
        let read = read.ok_or(fault(&format!("{at} has no `nagelezen`")))?;
        let name = text(value, "naam", &at)?;
        let _ = writeln!(rows, "    Source {{ code: {key:?}, name: {name:?}, year: {year}, read: {read} }},");
    }
    let mut out = format!(
        "/// Where rules about decisions come from.\npub static SOURCES: [Source; {}] = [\n{rows}];\n",
        sources.len()
    );
    let (mut variants, mut rows) = <(String, String)>::default();
    let all = table(file, "besluit")?;
    for (key, value) in all {
        let at = format!("[besluit.{key}]");
        let part = |name: &str| -> Result<String, String> {
            match value.get(name).and_then(Value::as_array).map(Vec::as_slice) {
                Some([Value::Integer(a), Value::Integer(b)]) if (0..=*b).contains(a) && *b > 0 => {
                    Ok(format!("({a}, {b})"))
                }
                _ => Err(fault(&format!("{at}: `{name}` is a share as [2, 3]"))),
            }
        };
        let source = text(value, "bron", &at)?;
        let source = sources.keys().position(|known| known == source);
        let source = source.ok_or(fault(&format!("{at}: its `bron` is not in [bron]")))?;
        let _ = writeln!(variants, "        {} = {key:?},", variant(key));
        let _ = writeln!(
            rows,
            "    Majority {{ votes: {}, present: {}, source: {source} }},",
            part("stemmen")?,
            part("aanwezig")?
        );
    }
    let _ = write!(
        out,
        "codes! {{\n    /// A kind of decision.\n    Decision {{\n{variants}    }}\n}}\n\n\
         static MAJORITIES: [Majority; {}] = [\n{rows}];\n",
        all.len()
    );
    Ok(out)
}

fn options(file: &Table) -> Result<String, String> {
    let decisions = table(file, "besluit")?;
    let mut rows = String::new();
    let all = table(file, "optie")?;
    for (key, value) in all {
        let at = format!("[optie.{key}]");
        let decision = text(value, "besluit", &at)?;
        if !decisions.contains_key(decision) {
            return Err(fault(&format!("{at}: `besluit = \"{decision}\"` is not in [besluit]")));
        }
        let list = |name: &str| -> Result<String, String> {
            let items =
                value.get(name).and_then(Value::as_array).ok_or(fault(&format!("{at} has no list `{name}`")))?;
            Ok(format!("&{:?}", items.iter().filter_map(Value::as_str).collect::<Vec<_>>()))
        };
        let _ = writeln!(
            rows,
            "    Ask {{ option: HeatOption::{}, decision: Decision::{}, deed: {:?}, cooking: {:?}, depends: {}, steps: {} }},",
            key.split('_').map(capital).collect::<String>(),
            variant(decision),
            text(value, "akte", &at)?,
            text(value, "koken", &at)?,
            list("hangt_af")?,
            list("stappen")?
        );
    }
    Ok(format!("/// What each option asks of a board.\npub static ASKS: [Ask; {}] = [\n{rows}];\n", all.len()))
}

fn variant(code: &str) -> String {
    code.split('-').map(capital).collect()
}

fn fault(what: &str) -> String {
    format!("data/vve.toml: {what}")
}

fn table<'a>(file: &'a Table, key: &str) -> Result<&'a Table, String> {
    file.get(key).and_then(Value::as_table).ok_or(fault(&format!("has no table `{key}`")))
}

fn text<'a>(value: &'a Value, key: &str, at: &str) -> Result<&'a str, String> {
    let found = value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    found.ok_or(fault(&format!("{at} has no text `{key}`")))
}

fn number(value: Option<&Value>, at: &str) -> Result<f64, String> {
    let number = value.and_then(|v| v.as_float().or(v.as_integer().map(|whole| whole as f64)));
    number.filter(|n| n.is_finite()).ok_or(fault(&format!("{at}: a number is expected")))
}
