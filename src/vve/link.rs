//! A calculation ⇄ text: all that its figures follow from, so that a link opens the same figures elsewhere. Read strictly: a
//! text that is not whole, or holds a value that could not be filled in, is refused and changes nothing.

use std::fmt::Write as _;

use super::{Calc, Choice, Field};
use crate::error::{Error, Result};
use crate::verdict::HeatOption;

/// The form of the text.
const FORM: &str = "1";
/// Longer is no calculation of ours.
const LONGEST: usize = 40_000;

impl Calc {
    /// The text: `1,naam=De_20Linden,woningen=24,…`, each key once.
    pub fn to_link(&self) -> String {
        let mut text = format!("{FORM},naam={}", escape(self.name()));
        // A String takes all that is written to it.
        for field in Field::ALL {
            let _ = write!(text, ",{}={}", field.code(), self.units(*field));
        }
        for choice in Choice::ALL {
            let _ = write!(text, ",{}={}", choice.code(), self.choice(*choice));
        }
        let shown: Vec<&str> = self.shown().iter().map(|option| option.code()).collect();
        let _ = write!(text, ",opties={},delen={}", shown.join("."), runs(self.shares()));
        text
    }

    /// Reads such a text.
    ///
    /// ```
    /// use gasvrij3d::vve::Calc;
    /// let calc = Calc::default();
    /// assert_eq!(Calc::of_link(&calc.to_link()), Ok(calc));
    /// assert!(Calc::of_link("1,woningen=24").is_err());
    /// ```
    pub fn of_link(text: &str) -> Result<Self> {
        if text.len() > LONGEST {
            return Err(Error::new(format!("the link is longer than {LONGEST} characters; make it again on the page")));
        }
        // Some programs that pass a link on write more signs as `%2C`.
        let text = text.replace("%2C", ",").replace("%2c", ",").replace("%3D", "=").replace("%3d", "=");
        let mut parts = text.split(',');
        if parts.next() != Some(FORM) {
            return Err(Error::new(format!(
                "the link does not start with `{FORM},`; open it in the version that made it"
            )));
        }
        let mut pairs = Vec::new();
        for part in parts {
            let (key, value) = part.split_once('=').ok_or_else(|| wrong(part, "a name and a value with `=`"))?;
            if pairs.iter().any(|(known, _)| *known == key) {
                return Err(wrong(key, "each name once"));
            }
            pairs.push((key, value));
        }
        let wanted = 3 + Field::ALL.len() + Choice::ALL.len();
        if pairs.len() != wanted {
            return Err(Error::new(format!(
                "the link has {} values, and {wanted} are expected; copy it whole",
                pairs.len()
            )));
        }
        let find = |key: &str| {
            let found = pairs.iter().find(|(known, _)| *known == key).map(|(_, value)| *value);
            found.ok_or_else(|| Error::new(format!("the link has no `{key}`; copy it whole")))
        };
        let mut calc = Self::default();
        calc.set_name(&unescape(find("naam")?)?);
        for choice in Choice::ALL {
            let code = find(choice.code())?;
            calc.choose(*choice, code).map_err(|_| wrong(choice.code(), "one of its codes"))?;
        }
        // The gas that was measured is held against the rest, so it comes last.
        let (last, others): (Vec<Field>, Vec<Field>) = Field::ALL.iter().partition(|field| **field == Field::GasMeting);
        for field in others.into_iter().chain(last) {
            let units = find(field.code())?.parse().map_err(|_| wrong(field.code(), "a whole number"))?;
            calc.set_units(field, units).map_err(|_| wrong(field.code(), "a number within its bounds"))?;
        }
        let shown: Option<Vec<HeatOption>> = find("opties")?.split('.').map(HeatOption::from_code).collect();
        let shown = shown.ok_or_else(|| wrong("opties", "codes of options"))?;
        calc.show(&shown).map_err(|_| wrong("opties", "one to four options of the table"))?;
        let shares = of_runs(find("delen")?).ok_or_else(|| wrong("delen", "shares as `12x40.8x55`"))?;
        calc.set_shares(shares).map_err(|_| wrong("delen", "a share for each home, not all 0"))?;
        Ok(calc)
    }
}

fn wrong(what: &str, expected: &str) -> Error {
    let what: String = what.chars().take(40).collect();
    Error::new(format!("`{what}` in the link does not fit: {expected} is expected"))
}

/// Letters and digits as they are, each other byte as `_` and two digits: such a text passes through any program whole.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "_{byte:02x}");
        }
    }
    out
}

fn unescape(text: &str) -> Result<String> {
    let bad = || wrong("naam", "letters, digits and `_` with two digits");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '_' {
            let digits = rest.get(1..3).ok_or_else(bad)?;
            bytes.push(u8::from_str_radix(digits, 16).map_err(|_| bad())?);
            rest = rest.get(3..).unwrap_or_default();
        } else if first.is_ascii_alphanumeric() {
            bytes.push(first as u8);
            rest = &rest[1..];
        } else {
            return Err(bad());
        }
    }
    String::from_utf8(bytes).map_err(|_| bad())
}

/// Shares that repeat as one: `12x40.8x55`.
fn runs(shares: &[u32]) -> String {
    let runs: Vec<String> = shares.chunk_by(|a, b| a == b).map(|run| format!("{}x{}", run.len(), run[0])).collect();
    runs.join(".")
}

fn of_runs(text: &str) -> Option<Vec<u32>> {
    let mut shares = Vec::new();
    for run in text.split('.').filter(|run| !run.is_empty()) {
        let (times, share) = run.split_once('x')?;
        let (times, share): (usize, u32) = (times.parse().ok()?, share.parse().ok()?);
        if times > Field::Woningen.limits().most as usize - shares.len() {
            return None;
        }
        shares.resize(shares.len() + times, share);
    }
    Some(shares)
}
