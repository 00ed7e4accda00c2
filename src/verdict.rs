//! The options a home has, and what is said about each.

use crate::home::codes;

codes! {
    /// A way to heat a home, or a step that is always good. Codes as in the rule table.
    HeatOption {
        /// Air-source heat pump, all-electric.
        Ael = "AEL",
        /// Ground-source heat pump.
        Aeg = "AEG",
        /// Hybrid heat pump: an intermediate step.
        Hyb = "HYB",
        /// Heat network, medium temperature (70 °C).
        Nmt = "NMT",
        /// Heat network, low temperature (40-55 °C).
        Nlt = "NLT",
        /// Source network, very low temperature (10-30 °C).
        Nzlt = "NZLT",
        /// One installation for the whole building.
        Col = "COL",
        /// Green gas or hydrogen.
        Gas2 = "GAS2",
        /// Wood or pellets.
        Bio = "BIO",
        /// Infrared panels.
        Ir = "IR",
        /// Air-air heat pump.
        Air = "AIR",
        /// No-regret: insulation.
        NrIso = "NR_ISO",
        /// No-regret: electric cooking.
        NrKoken = "NR_KOKEN",
        /// Nu nog niet: waiting with a step that cannot be undone, as an option in its own right.
        Wacht = "WACHT",
    }
}

codes! {
    /// What is said about an option, in order of severity. Advice, never a decision.
    Verdict {
        /// Geschikt: suitable.
        Geschikt = "G",
        /// Geschikt na een stap: suitable after a step.
        NaStap = "N",
        /// Mogelijk maar lastig, or with the badge "niet nodig": possible but not needed.
        Mogelijk = "M",
        /// Ongeschikt: unsuitable.
        Ongeschikt = "O",
        /// Niet beschikbaar hier of nu: not available here or now.
        NietBeschikbaar = "X",
        /// Onbekend: not enough is known.
        Onbekend = "?",
    }
}

impl HeatOption {
    /// The options of the interchange record: all but waiting, which is advice about time and not about heat.
    pub const INTERCHANGE: &'static [Self] = {
        let (options, _) = Self::ALL.split_at(Self::Wacht as usize);
        options
    };

    /// Whether a home with this option uses no gas and does not need another one for the heating: only such an option
    /// can carry the badge of the most promising one.
    pub const fn ends_gas(self) -> bool {
        matches!(self, Self::Ael | Self::Aeg | Self::Nmt | Self::Nlt | Self::Nzlt | Self::Col)
    }
}
