//! The `when` of a rule as a tree. Read when the program is built, and by whoever wants to say it in words.
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

use super::table::{Addend, Order};
use crate::error::{Error, Result};
use crate::home::{FactKey, Label};
use crate::verdict::{HeatOption, Verdict};

/// A condition as it was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All of these hold; none at all is "altijd".
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// The fact is not known.
    Missing(FactKey),
    /// A coded fact has one of these places among its codes, counted from 1.
    Place(FactKey, Vec<usize>),
    /// A number against a bound, in the unit of the fact.
    Number(FactKey, Order, f64),
    /// A comparison between facts, or of a fact with the year of evaluation.
    Sum(Sum, Order, Sum),
    /// The verdict of an earlier option, after its modifiers.
    Verdict(HeatOption, Verdict),
    /// The id of the base rule of an option.
    BaseRule(HeatOption, String),
}

/// A sum of products: `1.5 * std`, `aangewezen_jaar - jaar`.
pub type Sum = Vec<(f64, Addend)>;

/// The class of label G.
const WORST_CLASS: usize = Label::G as usize - Label::A as usize;

fn class(label: Label) -> usize {
    (label as usize).saturating_sub(Label::A as usize)
}

/// The label's class lies in this range, A (and better) = 0 to G = 6.
fn labels(best: usize, worst: usize) -> Condition {
    let fits = |label: &&Label| (best..=worst).contains(&class(**label));
    Condition::Place(FactKey::Lab, Label::ALL.iter().filter(fits).map(|label| 1 + *label as usize).collect())
}

impl Condition {
    /// Every part that is a test of its own.
    pub fn tests(&self) -> Vec<&Self> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::tests).collect(),
            Self::Not(part) => part.tests(),
            test => vec![test],
        }
    }

    /// The facts that the condition looks at, each once, in order of appearance.
    pub fn facts(&self) -> Vec<FactKey> {
        let mut found = Vec::new();
        for test in self.tests() {
            let keys = match test {
                Self::Missing(key) | Self::Place(key, _) | Self::Number(key, ..) => vec![*key],
                Self::Sum(left, _, right) => left.iter().chain(right).filter_map(|(_, a)| a.fact()).collect(),
                _ => Vec::new(),
            };
            for key in keys {
                if !found.contains(&key) {
                    found.push(key);
                }
            }
        }
        found
    }
}

impl Addend {
    fn fact(self) -> Option<FactKey> {
        if let Self::Fact(key) = self { Some(key) } else { None }
    }
}

/// Reads a condition; `terms` are the named ones.
///
/// ```
/// use std::collections::BTreeMap;
/// use gasvrij3d::home::FactKey;
/// use gasvrij3d::rules::condition::{Condition, parse};
///
/// assert_eq!(parse("bj onbekend", &BTreeMap::new()).unwrap(), Condition::Missing(FactKey::Bj));
/// assert!(parse("bj onbekend en", &BTreeMap::new()).is_err());
/// ```
pub fn parse(text: &str, terms: &BTreeMap<String, String>) -> Result<Condition> {
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
            return Ok(Condition::All(Vec::new()));
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
            if !key.codes().is_empty() {
                self.at += 1;
                self.expect("=")?;
                return Ok(Condition::Place(key, vec![self.place(key)?]));
            }
        }
        let left = self.sum()?;
        let order = self.order()?;
        let right = self.sum()?;
        Ok(match (left.as_slice(), right.as_slice()) {
            ([(1.0, Addend::Fact(key))], [(bound, Addend::One)]) => Condition::Number(*key, order, *bound),
            _ => Condition::Sum(left, order, right),
        })
    }

    fn membership(&mut self, key: FactKey) -> Result<Condition> {
        if self.skip("{") {
            let mut places = Vec::new();
            loop {
                places.push(self.place(key)?);
                if self.skip("}") {
                    return Ok(Condition::Place(key, places));
                }
                self.expect(",")?;
            }
        }
        let low = self.take();
        self.expect("..")?;
        let high = self.take();
        if key == FactKey::Lab {
            return Ok(labels(class(label(&low)?), class(label(&high)?)));
        }
        if !key.codes().is_empty() {
            return Err(Error::new(format!("`{}` has codes: name them as {{a, b}}", key.code())));
        }
        Ok(Condition::All(vec![
            Condition::Number(key, Order::AtLeast, number(&low)?),
            Condition::Number(key, Order::AtMost, number(&high)?),
        ]))
    }

    fn label(&mut self) -> Result<Condition> {
        let order = self.order()?;
        let class = class(label(&self.take())?);
        Ok(match order {
            Order::Equal => labels(class, class),
            Order::AtLeast => labels(0, class),
            Order::AtMost => labels(class, WORST_CLASS),
            Order::More | Order::Less => return Err(Error::new("a label is compared with `=`, `>=`, `<=` or `in`")),
        })
    }

    /// The place of the next word among the codes of a fact, counted from 1.
    fn place(&mut self, key: FactKey) -> Result<usize> {
        let code = self.take();
        let place = key.codes().iter().position(|known| *known == code);
        place.map(|place| place + 1).ok_or_else(|| {
            let known = key.codes().join(", ");
            Error::new(format!("`{code}` is not a code of `{}`: {known}", key.code()))
        })
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
        Ok(terms)
    }

    fn product(&mut self, sign: f64) -> Result<(f64, Addend)> {
        let token = self.take();
        if let Ok(factor) = number(&token) {
            if self.skip("*") {
                let (more, atom) = self.product(sign)?;
                return Ok((factor * more, atom));
            }
            return Ok((sign * factor, Addend::One));
        }
        if token == "jaar" {
            return Ok((sign, Addend::Year));
        }
        match FactKey::from_code(&token) {
            Some(key) if key.codes().is_empty() => Ok((sign, Addend::Fact(key))),
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
