//! A condition in Dutch. It says the tree that the rules were compiled from, so it cannot say something else than they do.

use std::collections::BTreeMap;

use gasvrij3d::home::{FactKey, Label};
use gasvrij3d::rules::condition::{Condition, parse};
use gasvrij3d::rules::{self, Addend, Order};
use gasvrij3d::verdict::HeatOption;

use super::words::{self, ConditionWords, Words, fill, named, small};

/// A condition as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// One test.
    Line(String),
    /// Several, after a line that says how they count together.
    List(String, Vec<Said>),
}

/// Says a condition of the table.
pub fn say(words: &Words, when: &str) -> Result<Said, String> {
    let terms: BTreeMap<String, String> =
        rules::named().iter().map(|term| (term.name.to_owned(), term.when.to_owned())).collect();
    let condition = parse(when, &terms).map_err(|e| e.to_string())?;
    Ok(Teller { words, own: &words.condition }.tell(&condition))
}

/// A fact and its value, as on the card.
pub fn fact(words: &Words, key: FactKey, place: usize, number: Option<f64>) -> String {
    let teller = Teller { words, own: &words.condition };
    let value = match number {
        Some(n) => teller.with_unit(key, n),
        None => code(key, place),
    };
    teller.fact(key, &value)
}

struct Teller<'a> {
    words: &'a Words,
    own: &'a ConditionWords,
}

impl Teller<'_> {
    fn tell(&self, condition: &Condition) -> Said {
        match condition {
            Condition::All(parts) => {
                if let Some(range) = self.range(parts) {
                    return Said::Line(range);
                }
                let flat = parts.iter().flat_map(|part| match part {
                    Condition::All(inner) if self.range(inner).is_none() => inner.as_slice(),
                    part => std::slice::from_ref(part),
                });
                self.list(&self.own.all, flat)
            }
            Condition::Any(parts) => self.list(&self.own.any, parts.iter()),
            Condition::Not(part) => self.not(part),
            Condition::Missing(key) => Said::Line(self.fact(*key, &self.own.missing)),
            Condition::Place(key, places) => Said::Line(self.fact(*key, &self.places(*key, places))),
            Condition::Number(key, order, bound) => Said::Line(self.fact(*key, &self.compared(*key, *order, *bound))),
            Condition::Sum(left, order, right) => {
                let value = fill(self.own.other.of(*order), &[("n", &self.sum(right))]);
                let left = self.sum(left);
                let mut letters = left.chars();
                let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
                Said::Line(fill(&self.own.fact, &[("fact", &capital), ("value", &value)]))
            }
            Condition::Verdict(option, verdict) => Said::Line(fill(
                &self.own.verdict,
                &[("option", &words::option(*option)), ("verdict", &small(&words::verdict(*option, *verdict, &[])))],
            )),
            Condition::BaseRule(option, rule) => Said::Line(base_rule(&self.own.base_rule, *option, rule)),
        }
    }

    fn list<'c>(&self, intro: &str, parts: impl Iterator<Item = &'c Condition>) -> Said {
        let mut said: Vec<Said> = parts.map(|part| self.tell(part)).collect();
        match said.len() {
            0 => Said::Line(self.own.always.clone()),
            1 => said.remove(0),
            _ => Said::List(intro.to_owned(), said),
        }
    }

    fn not(&self, part: &Condition) -> Said {
        match part {
            Condition::All(parts) => Said::List(self.own.not_all.clone(), parts.iter().map(|p| self.tell(p)).collect()),
            Condition::Any(parts) => Said::List(self.own.not_any.clone(), parts.iter().map(|p| self.tell(p)).collect()),
            Condition::Missing(key) => Said::Line(self.fact(*key, &self.own.known)),
            Condition::Place(key, places) => {
                let value = fill(&self.own.not, &[("value", &self.places(*key, places))]);
                Said::Line(self.fact(*key, &value))
            }
            Condition::BaseRule(option, rule) => Said::Line(base_rule(&self.own.base_rule_not, *option, rule)),
            other => Said::List(self.own.not_any.clone(), vec![self.tell(other)]),
        }
    }

    fn fact(&self, key: FactKey, value: &str) -> String {
        fill(&self.own.fact, &[("fact", &named("feit", key.code())), ("value", value)])
    }

    /// `1946 tot en met 1974`, where that is what the parts say.
    fn range(&self, parts: &[Condition]) -> Option<String> {
        match parts {
            [Condition::Number(key, Order::AtLeast, low), Condition::Number(other, Order::AtMost, high)]
                if key == other =>
            {
                let range =
                    fill(&self.own.range, &[("a", &self.number(*key, *low)), ("b", &self.with_unit(*key, *high))]);
                Some(self.fact(*key, &range))
            }
            _ => None,
        }
    }

    fn places(&self, key: FactKey, places: &[usize]) -> String {
        if key == FactKey::Lab {
            return self.labels(places);
        }
        let mut codes = places.iter().map(|place| code(key, *place));
        let first = codes.next().unwrap_or_default();
        codes.fold(first, |a, b| fill(&self.own.or, &[("a", &a), ("b", &b)]))
    }

    /// A range of labels: A+ to A++++ are there wherever A is.
    fn labels(&self, places: &[usize]) -> String {
        let letters =
            || places.iter().filter_map(|place| Label::ALL.get(place - 1)).filter(|label| **label >= Label::A);
        let (Some(best), Some(worst)) = (letters().min(), letters().max()) else { return String::new() };
        match (*best, *worst) {
            (best, worst) if best == worst && best != Label::A => best.code().to_owned(),
            (Label::A, worst) => fill(&self.own.label_best, &[("label", worst.code())]),
            (best, Label::G) => fill(&self.own.label_worst, &[("label", best.code())]),
            (best, worst) => fill(&self.own.range, &[("a", best.code()), ("b", worst.code())]),
        }
    }

    fn compared(&self, key: FactKey, order: Order, bound: f64) -> String {
        let orders = if self.is_year(key) { &self.own.year } else { &self.own.size };
        fill(orders.of(order), &[("n", &self.with_unit(key, bound))])
    }

    fn sum(&self, sum: &[(f64, Addend)]) -> String {
        let each = sum.iter().map(|(factor, addend)| {
            let what = match addend {
                Addend::One => return dutch(*factor),
                Addend::Year => self.own.evaluation_year.clone(),
                Addend::Fact(key) => self.phrase(*key),
            };
            match factor.abs() {
                1.0 => what,
                times => fill(&self.own.times, &[("n", &dutch(times)), ("what", &what)]),
            }
        });
        each.reduce(|a, b| fill(&self.own.minus, &[("a", &a), ("b", &b)])).unwrap_or_default()
    }

    fn phrase(&self, key: FactKey) -> String {
        self.words.facts.phrases.get(&key).cloned().unwrap_or_else(|| named("feit", key.code()))
    }

    fn is_year(&self, key: FactKey) -> bool {
        self.words.facts.years.contains(&key)
    }

    fn number(&self, key: FactKey, n: f64) -> String {
        if self.is_year(key) { n.to_string() } else { dutch(n) }
    }

    fn with_unit(&self, key: FactKey, n: f64) -> String {
        let unit = self.words.facts.units.get(&key).map(|unit| format!(" {unit}"));
        self.number(key, n) + &unit.unwrap_or_default()
    }
}

fn base_rule(text: &str, option: HeatOption, rule: &str) -> String {
    fill(text, &[("option", &words::option(option)), ("rule", rule)])
}

/// The text of a code, in the middle of a line.
fn code(key: FactKey, place: usize) -> String {
    let Some(code) = place.checked_sub(1).and_then(|at| key.codes().get(at)) else { return String::new() };
    let kind = match key {
        FactKey::Lab => return (*code).to_owned(),
        FactKey::Typ => "typ",
        FactKey::Own => "own",
        FactKey::Mon => "mon",
        FactKey::NetSoort => "net",
        FactKey::NetStatus => "netstatus",
        _ => "janee",
    };
    small(&named(kind, code))
}

/// A number with a decimal comma, and a dot between thousands.
fn dutch(n: f64) -> String {
    let text = n.to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        let left = whole.len() - i;
        if i > 0 && left % 3 == 0 && whole.len() > 3 {
            out.push('.');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push(',');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(when: &str) -> Said {
        say(&words::words().unwrap(), when).unwrap()
    }

    fn line(when: &str) -> String {
        match said(when) {
            Said::Line(line) => line,
            list @ Said::List(..) => panic!("one line is expected for `{when}`, not {list:?}"),
        }
    }

    #[test]
    fn a_test_is_one_line() {
        assert_eq!(line("bj in 1946..1974"), "Bouwjaar: 1946 tot en met 1974");
        assert_eq!(line("bj > 1945"), "Bouwjaar: na 1945");
        assert_eq!(line("lab >= B"), "Energielabel: B of beter");
        assert_eq!(line("lab in C..E"), "Energielabel: C tot en met E");
        assert_eq!(line("lab in F..G"), "Energielabel: F of slechter");
        assert_eq!(line("lab = B"), "Energielabel: B");
        assert_eq!(line("d_rear < 4"), "Diepte van de achtertuin: minder dan 4 m");
        assert_eq!(line("cluster_gj >= 2000"), "Warmtevraag van de huizen samen: 2.000 GJ per jaar of meer");
        assert_eq!(line("own in {corp, part_huur}"), "Eigendom: huur van een corporatie of huur van een particulier");
        assert_eq!(line("niet nvbo onbekend"), "Woningen in het gebouw: bekend");
        assert_eq!(line("niet block = ja"), "Blokverwarming: niet ja (of niet bekend)");
        assert_eq!(line("q > 1.5 * std"), "De warmtevraag: meer dan 1,5 keer de Standaard voor deze woning");
        assert_eq!(
            line("aangewezen_jaar - jaar <= 5"),
            "Het jaar waarin gas stopt min het jaar van het advies: niet meer dan 5"
        );
        assert_eq!(line("altijd"), "Altijd.");
    }

    #[test]
    fn and_of_and_not_are_lists() {
        let Said::List(intro, parts) = said("lab >= A en bj > 1945 of bj onbekend") else { panic!("a list") };
        assert!(intro.starts_with("Ten minste één") && parts.len() == 2);
        assert!(matches!(&parts[0], Said::List(all, two) if all.starts_with("Al deze") && two.len() == 2));
        let Said::List(intro, parts) = said("niet net_mt") else { panic!("a list") };
        assert!(intro.starts_with("Niet al deze") && parts.len() == 2);
    }
}
