//! The rule table: what follows from the facts of a home for each option, and why.
//!
//! The rules are data (`data/rules/*.toml`); this module only interprets them, exactly as `docs/rules.md` says.

use crate::verdict::{HeatOption, Verdict};

/// What is said about one home.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Advice {
    /// For each option that the rules cover, in the order of [`HeatOption::ALL`].
    pub options: Vec<OptionAdvice>,
}

/// What is said about one option, and by which rules.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionAdvice {
    /// The option.
    pub option: HeatOption,
    /// The verdict.
    pub verdict: Verdict,
    /// The base rule, then the modifiers by id, then the infos by id: places in [`Rules::rules`].
    pub rules: Vec<usize>,
}

impl Advice {
    /// The verdict of an option, if the rules cover it.
    pub fn verdict(&self, option: HeatOption) -> Option<Verdict> {
        self.options.iter().find(|o| o.option == option).map(|o| o.verdict)
    }

    /// The option with the badge: the best verdict among those that end the use of gas, where any is possible.
    pub fn best(&self) -> Option<(HeatOption, Verdict)> {
        const CANDIDATES: [HeatOption; 6] =
            [HeatOption::Ael, HeatOption::Aeg, HeatOption::Nmt, HeatOption::Nlt, HeatOption::Nzlt, HeatOption::Col];
        CANDIDATES
            .iter()
            .filter_map(|&option| Some((option, self.verdict(option)?)))
            .filter(|(_, verdict)| *verdict <= Verdict::Mogelijk)
            .min_by_key(|(_, verdict)| *verdict)
    }
}
