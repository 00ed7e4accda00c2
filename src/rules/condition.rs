//! The `when` of a rule: read once, evaluated for every home.
//!
//! ```text
//! condition  = and { "of" and }
//! and        = part { "en" part }
//! part       = "niet" part | "(" condition ")" | "altijd" | term-name | test
//! test       = fact "onbekend" | fact "in" "{" code { "," code } "}" | fact "in" low ".." high
//!            | sum ( "=" | "<" | "<=" | ">" | ">=" ) ( sum | code )
//!            | "oordeel." option "=" verdict | "basisregel." option "=" rule
//! sum        = product { "-" product },  product = [ number "*" ] ( number | fact | "jaar" )
//! ```
//! A test on a fact that is not known is false. Labels compare by class: `lab >= B` is "B or better", and A+ to A++++
//! count as A.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::home::{FactKey, FactValue, Home, JaNee, Label, Monument, NetKind, NetStatus, Ownership};
use crate::verdict::{HeatOption, Verdict};

/// A condition, ready to evaluate.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition {
    Always,
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Missing(FactKey),
    /// The fact is one of these codes.
    Code(FactKey, Vec<&'static str>),
    /// The fact is yes (true) or no (false).
    Bool(FactKey, bool),
    /// The label's class lies in this range, A = 0 to G = 6.
    Label(u8, u8),
    Compare(Sum, Order, Sum),
    Verdict(HeatOption, Verdict),
    BaseRule(HeatOption, String),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Order {
    Equal,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// A sum of products: `1.5 * std`, `aangewezen_jaar - jaar`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sum(Vec<(f64, Atom)>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Atom {
    One,
    Year,
    Fact(FactKey),
}

/// What a condition looks at.
pub(super) struct Facts<'a> {
    pub home: &'a Home,
    pub year: u16,
    /// The verdict so far of an option that comes earlier.
    pub verdict: &'a dyn Fn(HeatOption) -> Option<Verdict>,
    /// The id of an option's base rule.
    pub base_rule: &'a dyn Fn(HeatOption) -> Option<&'a str>,
}

/// The class of label G.
const WORST_CLASS: u8 = Label::G as u8 - Label::A as u8;

fn class(label: Label) -> u8 {
    (label as u8).saturating_sub(Label::A as u8)
}

impl Condition {
    pub(super) fn holds(&self, facts: &Facts<'_>) -> bool {
        match self {
            Self::Always => true,
            Self::All(parts) => parts.iter().all(|p| p.holds(facts)),
            Self::Any(parts) => parts.iter().any(|p| p.holds(facts)),
            Self::Not(part) => !part.holds(facts),
            Self::Missing(key) => facts.home.fact(*key).is_none(),
            Self::Code(key, codes) => {
                matches!(facts.home.fact(*key), Some(FactValue::Code(code)) if codes.contains(&code))
            }
            Self::Bool(key, yes) => facts.home.fact(*key) == Some(FactValue::Bool(*yes)),
            Self::Label(best, worst) => facts.home.lab.is_some_and(|l| (*best..=*worst).contains(&class(l))),
            Self::Compare(left, order, right) => {
                let (Some(l), Some(r)) = (left.value(facts), right.value(facts)) else { return false };
                match order {
                    Order::Equal => (l - r).abs() < f64::EPSILON,
                    Order::Less => l < r,
                    Order::AtMost => l <= r,
                    Order::More => l > r,
                    Order::AtLeast => l >= r,
                }
            }
            Self::Verdict(option, verdict) => (facts.verdict)(*option) == Some(*verdict),
            Self::BaseRule(option, rule) => (facts.base_rule)(*option) == Some(rule.as_str()),
        }
    }

    /// The facts that the condition looks at, each once, in order of appearance.
    pub(super) fn facts(&self, found: &mut Vec<FactKey>) {
        let mut add = |key: FactKey| {
            if !found.contains(&key) {
                found.push(key);
            }
        };
        match self {
            Self::Always | Self::Verdict(..) | Self::BaseRule(..) => {}
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|p| p.facts(found)),
            Self::Not(part) => part.facts(found),
            Self::Missing(key) | Self::Code(key, _) | Self::Bool(key, _) => add(*key),
            Self::Label(..) => add(FactKey::Lab),
            Self::Compare(left, _, right) => left.0.iter().chain(&right.0).for_each(|(_, atom)| {
                if let Atom::Fact(key) = atom {
                    add(*key);
                }
            }),
        }
    }

    /// The options whose verdict the condition looks at.
    pub(super) fn verdicts(&self) -> Vec<HeatOption> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::verdicts).collect(),
            Self::Not(part) => part.verdicts(),
            Self::Verdict(option, _) => vec![*option],
            _ => Vec::new(),
        }
    }
}

impl Sum {
    fn value(&self, facts: &Facts<'_>) -> Option<f64> {
        self.0.iter().try_fold(0.0, |sum, (factor, atom)| {
            let value = match atom {
                Atom::One => 1.0,
                Atom::Year => f64::from(facts.year),
                Atom::Fact(key) => match facts.home.fact(*key) {
                    Some(FactValue::Number(n)) => n,
                    _ => return None,
                },
            };
            Some(sum + factor * value)
        })
    }
}

/// Reads a condition; `terms` are the named ones.
pub(super) fn parse(text: &str, terms: &BTreeMap<String, String>) -> Result<Condition> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, terms, depth: 0 };
    let condition = parser.any()?;
    match parser.tokens.get(parser.at) {
        None => Ok(condition),
        Some(token) => Err(Error::new(format!("`{token}` is not expected here in `{text}`"))),
    }
}

fn tokens(text: &str) -> Result<Vec<String>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() {
            // A word or a number; `..` ends it, one `.` does not (`oordeel.AEL`, `1.5`).
            let end = rest.find(|c: char| !(c.is_alphanumeric() || "_+.".contains(c))).unwrap_or(rest.len());
            rest[..end].find("..").unwrap_or(end)
        } else if ["..", "<=", ">="].iter().any(|two| rest.starts_with(two)) {
            2
        } else if "(){},=<>*-".contains(first) {
            1
        } else {
            return Err(Error::new(format!("`{first}` cannot be read in `{text}`")));
        };
        tokens.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

struct Parser<'a> {
    tokens: Vec<String>,
    at: usize,
    terms: &'a BTreeMap<String, String>,
    depth: u8,
}

impl Parser<'_> {
    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", String::as_str)
    }

    fn take(&mut self) -> String {
        let token = self.peek().to_owned();
        self.at += 1;
        token
    }

    fn skip(&mut self, token: &str) -> bool {
        let found = self.peek() == token;
        if found {
            self.at += 1;
        }
        found
    }

    fn expect(&mut self, token: &str) -> Result<()> {
        if self.skip(token) { Ok(()) } else { Err(self.unexpected(&format!("`{token}`"))) }
    }

    fn unexpected(&self, expected: &str) -> Error {
        let found = if self.peek().is_empty() { "the end" } else { self.peek() };
        Error::new(format!("{expected} is expected in `{}`, not `{found}`", self.tokens.join(" ")))
    }

    fn any(&mut self) -> Result<Condition> {
        let mut parts = vec![self.all()?];
        while self.skip("of") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::Any(parts) })
    }

    fn all(&mut self) -> Result<Condition> {
        let mut parts = vec![self.part()?];
        while self.skip("en") {
            parts.push(self.part()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::All(parts) })
    }

    fn part(&mut self) -> Result<Condition> {
        if self.skip("niet") {
            return Ok(Condition::Not(Box::new(self.part()?)));
        }
        if self.skip("(") {
            self.depth += 1;
            if self.depth > 20 {
                return Err(Error::new("a condition may not nest more than 20 brackets deep"));
            }
            let inner = self.any()?;
            self.depth -= 1;
            self.expect(")")?;
            return Ok(inner);
        }
        if self.skip("altijd") {
            return Ok(Condition::Always);
        }
        if let Some(term) = self.terms.get(self.peek()) {
            self.at += 1;
            // A named condition knows no others: so it cannot go round in circles.
            return parse(term, &BTreeMap::new());
        }
        self.test()
    }

    fn test(&mut self) -> Result<Condition> {
        if let Some(option) = self.peek().strip_prefix("oordeel.") {
            let option = heat_option(option)?;
            self.at += 1;
            self.expect("=")?;
            let code = self.take();
            let verdict = Verdict::from_code(&code)
                .ok_or_else(|| Error::new(format!("`{code}` is not a verdict: one of G, N, M, O, X is expected")))?;
            return Ok(Condition::Verdict(option, verdict));
        }
        if let Some(option) = self.peek().strip_prefix("basisregel.") {
            let option = heat_option(option)?;
            self.at += 1;
            self.expect("=")?;
            return Ok(Condition::BaseRule(option, self.take()));
        }
        if let Some(key) = FactKey::from_code(self.peek()) {
            match self.tokens.get(self.at + 1).map(String::as_str) {
                Some("onbekend") => {
                    self.at += 2;
                    return Ok(Condition::Missing(key));
                }
                Some("in") => {
                    self.at += 2;
                    return self.membership(key);
                }
                _ => {}
            }
            if key == FactKey::Lab {
                self.at += 1;
                return self.label();
            }
            if is_coded(key) {
                self.at += 1;
                self.expect("=")?;
                return self.code(key);
            }
        }
        let left = self.sum()?;
        let order = self.order()?;
        Ok(Condition::Compare(left, order, self.sum()?))
    }

    fn membership(&mut self, key: FactKey) -> Result<Condition> {
        if self.skip("{") {
            let mut codes = Vec::new();
            loop {
                let code = self.take();
                codes.push(known_code(key, &code)?);
                if self.skip("}") {
                    return Ok(Condition::Code(key, codes));
                }
                self.expect(",")?;
            }
        }
        let low = self.take();
        self.expect("..")?;
        let high = self.take();
        if key == FactKey::Lab {
            return Ok(Condition::Label(class(label(&low)?), class(label(&high)?)));
        }
        let bound = |n: f64| Sum(vec![(n, Atom::One)]);
        let fact = || Sum(vec![(1.0, Atom::Fact(key))]);
        Ok(Condition::All(vec![
            Condition::Compare(fact(), Order::AtLeast, bound(number(&low)?)),
            Condition::Compare(fact(), Order::AtMost, bound(number(&high)?)),
        ]))
    }

    fn label(&mut self) -> Result<Condition> {
        let order = self.order()?;
        let class = class(label(&self.take())?);
        Ok(match order {
            Order::Equal => Condition::Label(class, class),
            Order::AtLeast => Condition::Label(0, class),
            Order::AtMost => Condition::Label(class, WORST_CLASS),
            Order::More | Order::Less => return Err(Error::new("a label is compared with `=`, `>=`, `<=` or `in`")),
        })
    }

    fn code(&mut self, key: FactKey) -> Result<Condition> {
        let code = self.take();
        if is_bool(key) {
            return match code.as_str() {
                "ja" => Ok(Condition::Bool(key, true)),
                "nee" => Ok(Condition::Bool(key, false)),
                _ => Err(Error::new(format!("`{}` is `ja` or `nee`, not `{code}`", key.code()))),
            };
        }
        Ok(Condition::Code(key, vec![known_code(key, &code)?]))
    }

    fn order(&mut self) -> Result<Order> {
        let order = match self.peek() {
            "=" => Order::Equal,
            "<" => Order::Less,
            "<=" => Order::AtMost,
            ">" => Order::More,
            ">=" => Order::AtLeast,
            _ => return Err(self.unexpected("a comparison (=, <, <=, >, >=)")),
        };
        self.at += 1;
        Ok(order)
    }

    fn sum(&mut self) -> Result<Sum> {
        let mut terms = vec![self.product(1.0)?];
        while self.skip("-") {
            terms.push(self.product(-1.0)?);
        }
        Ok(Sum(terms))
    }

    fn product(&mut self, sign: f64) -> Result<(f64, Atom)> {
        let token = self.take();
        if let Ok(factor) = number(&token) {
            if self.skip("*") {
                let (more, atom) = self.product(sign)?;
                return Ok((factor * more, atom));
            }
            return Ok((sign * factor, Atom::One));
        }
        if token == "jaar" {
            return Ok((sign, Atom::Year));
        }
        match FactKey::from_code(&token) {
            Some(key) if !is_coded(key) => Ok((sign, Atom::Fact(key))),
            _ => Err(Error::new(format!("`{token}` is not a number, a fact or a named condition"))),
        }
    }
}

fn number(token: &str) -> Result<f64> {
    token.parse().map_err(|_| Error::new(format!("`{token}` is not a number")))
}

fn label(code: &str) -> Result<Label> {
    Label::from_code(code).ok_or_else(|| Error::new(format!("`{code}` is not an energy label")))
}

fn heat_option(code: &str) -> Result<HeatOption> {
    HeatOption::from_code(code).ok_or_else(|| Error::new(format!("`{code}` is not an option")))
}

const fn is_bool(key: FactKey) -> bool {
    matches!(key, FactKey::GwBescherming | FactKey::ArcheologieHoog | FactKey::Woonfunctie)
}

const fn is_coded(key: FactKey) -> bool {
    use FactKey::{Block, Garage, Lab, Mon, NetSoort, NetStatus, Own, Typ};
    is_bool(key) || matches!(key, Block | Garage | Lab | Mon | NetSoort | NetStatus | Own | Typ)
}

fn known_code(key: FactKey, code: &str) -> Result<&'static str> {
    let known = match key {
        FactKey::Typ => ["VRIJ", "2KAP", "HOEK", "TUSSEN", "FLAT"].into_iter().find(|c| *c == code),
        FactKey::Own => Ownership::from_code(code).map(Ownership::code),
        FactKey::Mon => Monument::from_code(code).map(Monument::code),
        FactKey::Block | FactKey::Garage => JaNee::from_code(code).map(JaNee::code),
        FactKey::NetSoort => NetKind::from_code(code).map(NetKind::code),
        FactKey::NetStatus => NetStatus::from_code(code).map(NetStatus::code),
        _ => None,
    };
    known.ok_or_else(|| Error::new(format!("`{code}` is not a code of `{}`", key.code())))
}
