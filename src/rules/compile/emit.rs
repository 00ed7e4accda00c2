//! Writes a table as the source of a constant.

use std::fmt::Write as _;

use super::super::table::{Addend, OptionRows, Rules, Term};

/// `static TABLE: Rules = …;`, for a module that has the types of the table in `table`.
pub fn emit(rules: &Rules) -> String {
    let mut out = String::from(
        "#[allow(clippy::all, clippy::pedantic)]\nstatic TABLE: Rules = {\n    use crate::home::FactKey::*;\n    \
         use crate::verdict::{HeatOption, Verdict};\n    use table::{Addend, Basis, CodedTest, Order, SumTest};\n    Rules {\n",
    );
    let _ = writeln!(
        out,
        "version: {:?}, date: {:?}, hash: {:?}, year: {},",
        rules.version, rules.date, rules.hash, rules.year
    );
    let _ = writeln!(out, "list: &[");
    for r in rules.list {
        let basis: Vec<String> = r.basis.iter().map(|b| format!("Basis::{b:?}")).collect();
        let _ = writeln!(
            out,
            "Rule {{ id: {:?}, facts: &{:?}, basis: &[{}], sources: &{:?} }},",
            r.id,
            r.facts,
            basis.join(", "),
            r.sources
        );
    }
    let _ = writeln!(out, "], sources: &[");
    for s in rules.sources {
        let _ = writeln!(
            out,
            "RuleSource {{ id: {:?}, year: {}, date: {:?}, checked: {} }},",
            s.id, s.year, s.date, s.checked
        );
    }
    let _ = writeln!(out, "], coded: &[");
    for test in rules.coded {
        let _ = writeln!(out, "CodedTest {{ key: {:?}, atoms: &{:?} }},", test.key, test.atoms);
    }
    let _ = writeln!(out, "], numbers: &[");
    for test in rules.numbers {
        let _ =
            writeln!(out, "NumberTest {{ key: {:?}, cuts: &{:?}, atoms: &{:?} }},", test.key, test.cuts, test.atoms);
    }
    let _ = writeln!(out, "], sums: &[");
    for t in rules.sums {
        let (left, right) = (addends(t.left), addends(t.right));
        let _ = writeln!(
            out,
            "SumTest {{ left: &[{left}], order: Order::{:?}, right: &[{right}], yes: {}, no: {} }},",
            t.order, t.yes, t.no
        );
    }
    let _ = writeln!(out, "], terms: &[{}], effects: &[", terms(rules.terms));
    for e in rules.effects {
        let copies = e.copies.map_or("None".to_owned(), |option| format!("Some(HeatOption::{option:?})"));
        let _ = writeln!(
            out,
            "Effect {{ rule: {}, kind: Kind::{:?}, verdict: Verdict::{:?}, copies: {copies}, badge: {:?} }},",
            e.rule, e.kind, e.verdict, e.badge
        );
    }
    let _ = writeln!(out, "], options: &[");
    for rows in rules.options {
        option(&mut out, rows);
    }
    out.push_str("] } };\n");
    out
}

fn option(out: &mut String, rows: &OptionRows) {
    let verdicts: Vec<String> =
        rows.verdict_atoms.iter().map(|(v, yes, no)| format!("(Verdict::{v:?}, {yes}, {no})")).collect();
    let _ = writeln!(
        out,
        "OptionRows {{ base: {}, fallback: {}, floors: {:?}, rest: {}, late_base: &[{}], late_rest: &[{}], \
         base_atoms: &{:?}, verdict_atoms: &[{}] }},",
        rows.base,
        rows.fallback,
        rows.floors,
        rows.rest,
        terms(rows.late_base),
        terms(rows.late_rest),
        rows.base_atoms,
        verdicts.join(", ")
    );
}

fn terms(terms: &[Term]) -> String {
    let each: Vec<String> =
        terms.iter().map(|t| format!("Term {{ atoms: {}, effect: {} }}", t.atoms, t.effect)).collect();
    each.join(",\n")
}

fn addends(addends: &[(f64, Addend)]) -> String {
    let each = addends.iter().map(|(factor, addend)| format!("({factor:?}, Addend::{addend:?})"));
    each.collect::<Vec<_>>().join(", ")
}
