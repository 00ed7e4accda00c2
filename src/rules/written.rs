//! The rules as they are written in `data/rules`, for the rule book. Judging a home needs none of it, so a program that
//! does not ask for it does not carry it.

use super::table::Kind;
use crate::verdict::{HeatOption, Verdict};

/// What is written about a rule besides its texts.
#[derive(Debug)]
pub struct Written {
    /// The condition as it stands in the table.
    pub when: &'static str,
    /// Base rules above this one that may hold as well, and then come first.
    pub after: &'static [&'static str],
    /// What it does, in the order in which it is written.
    pub effects: &'static [WrittenEffect],
}

/// One of the things a rule does.
#[derive(Debug)]
pub struct WrittenEffect {
    /// What it does to a verdict.
    pub kind: Kind,
    /// The options it speaks of.
    pub options: &'static [HeatOption],
    /// The condition that has to hold as well.
    pub when: Option<&'static str>,
    /// The verdict it sets or raises to.
    pub verdict: Option<Verdict>,
    /// The option whose base verdict it takes over.
    pub copies: Option<HeatOption>,
    /// The badge it gives, a key of the texts.
    pub badge: Option<&'static str>,
}

/// A word that rules use for a condition.
#[derive(Debug)]
pub struct Named {
    /// The word.
    pub name: &'static str,
    /// The condition.
    pub when: &'static str,
}

// `static WRITTEN: [Written; N]` and `static NAMED: [Named; N]`, made by build.rs.
include!(concat!(env!("OUT_DIR"), "/rules_written.rs"));

/// What is written about each rule, in the order of [`super::Rules::rules`].
pub const fn written() -> &'static [Written] {
    &WRITTEN
}

/// The words that rules use for a condition, by name.
pub const fn named() -> &'static [Named] {
    &NAMED
}
