//! Writes the rules as they stand in the files as the source of constants.

use std::fmt::Write as _;

use super::{Result, options, read, says};
use crate::verdict::HeatOption;

/// `static WRITTEN` and `static NAMED`, for a module that has their types.
pub fn written(texts: &[(String, String)]) -> Result<String> {
    let files = read::files(texts)?;
    let mut out = String::from("#[allow(clippy::all, clippy::pedantic)]\n");
    let _ = writeln!(out, "static WRITTEN: [Written; {}] = [", files.rules.len());
    for rule in &files.rules {
        let _ = writeln!(out, "Written {{ when: {:?}, after: &{:?}, effects: &[", rule.value.when, rule.value.after);
        for effect in &rule.value.effect {
            let (verdict, copies) = says(effect)?;
            let spoken = effect.verdict.as_ref().filter(|_| copies.is_none()).map(|_| verdict);
            let _ = writeln!(
                out,
                "WrittenEffect {{ kind: Kind::{:?}, options: &[{}], when: {:?}, verdict: {}, copies: {}, badge: {:?} }},",
                effect.kind,
                options(effect)?.into_iter().map(path).collect::<Vec<_>>().join(", "),
                effect.when,
                spoken.map_or("None".to_owned(), |v| format!("Some(Verdict::{v:?})")),
                copies.map_or("None".to_owned(), |o| format!("Some({})", path(o))),
                effect.badge,
            );
        }
        out.push_str("] },\n");
    }
    let _ = writeln!(
        out,
        "];\n\n#[allow(clippy::all, clippy::pedantic)]\nstatic NAMED: [Named; {}] = [",
        files.terms.len()
    );
    for (name, when) in &files.terms {
        let _ = writeln!(out, "Named {{ name: {name:?}, when: {when:?} }},");
    }
    out.push_str("];\n");
    Ok(out)
}

fn path(option: HeatOption) -> String {
    format!("HeatOption::{option:?}")
}
