//! What if: another year, another plan, a better insulated home, or facts that the owner corrects.
//!
//! A scenario makes another [`Home`] of a home, and the rules judge that one as they judge any. So a corrected fact counts
//! exactly as a registered one of the same value; who shows it says that it is not from a register
//! ([`Scenario::changed`]).

use crate::home::{FactKey, FactValue, Home, Label, NetKind, NetStatus, Typology};
use crate::kosten::Insulation;
use crate::rules::{Advice, rules};
use crate::standaard::{LAATSTE_OUDE_JAAR, from_x};

/// The years that can be chosen.
pub const YEARS: std::ops::RangeInclusive<u16> = 2026..=2040;

/// What is supposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The year of evaluation, of [`YEARS`].
    pub year: u16,
    /// The plan for heat networks.
    pub plan: Plan,
    /// How well the home is insulated.
    pub step: Insulation,
    /// Facts that the owner gave: a value, or "not known".
    pub corrections: Vec<(FactKey, Option<FactValue>)>,
}

/// What is supposed of heat networks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Plan {
    /// As the municipality published it.
    #[default]
    Published,
    /// No network comes, and none is there.
    WithoutNetworks,
    /// What is being studied goes ahead, in a year that is not known.
    StudiesGoAhead,
    /// This network, for the homes that it is asked for: a route that somebody draws.
    Drawn {
        /// Its temperature.
        kind: NetKind,
        /// The year in which it starts.
        start: u16,
        /// Metres from the home to the route.
        distance_m: f64,
    },
}

impl Default for Scenario {
    fn default() -> Self {
        Self { year: rules().year(), plan: Plan::default(), step: Insulation::AsIs, corrections: Vec::new() }
    }
}

impl Scenario {
    /// The home as it would be. Corrections come first: a plan or an insulation step changes what the owner said too.
    pub fn home(&self, home: &Home) -> Home {
        let mut home = home.clone();
        for (key, value) in &self.corrections {
            // A value of another type than its fact is no value; `correct` refused it where it was typed in.
            let _ = home.set(*key, *value);
        }
        self.plan.apply(&mut home);
        match self.step {
            Insulation::AsIs => {}
            Insulation::LabelB => to_label_b(&mut home),
            Insulation::Standaard => to_standaard(&mut home),
        }
        home
    }

    /// The facts that are not what was known of the home.
    pub fn changed(&self, home: &Home) -> Vec<FactKey> {
        let supposed = self.home(home);
        FactKey::ALL.iter().copied().filter(|key| supposed.fact(*key) != home.fact(*key)).collect()
    }

    /// The advice for the home as it would be.
    pub fn evaluate(&self, home: &Home) -> Advice {
        if self.leaves_homes_alone() {
            return rules().evaluate(home, self.year);
        }
        rules().evaluate(&self.home(home), self.year)
    }

    /// Whether every home stays as it is.
    pub fn leaves_homes_alone(&self) -> bool {
        self.plan == Plan::Published && self.step == Insulation::AsIs && self.corrections.is_empty()
    }
}

impl Plan {
    fn apply(self, home: &mut Home) {
        match self {
            Self::Published => {}
            Self::WithoutNetworks => {
                home.net_status = Some(NetStatus::Geen);
                home.net_soort = None;
                home.net_start = None;
                home.d_net = None;
            }
            Self::StudiesGoAhead => {
                if home.net_status == Some(NetStatus::Onderzoek) {
                    home.net_status = Some(NetStatus::Gepland);
                    home.net_start = None;
                }
            }
            Self::Drawn { kind, start, distance_m } => {
                home.net_status = Some(NetStatus::Gepland);
                home.net_soort = Some(kind);
                home.net_start = Some(start);
                home.d_net = Some(distance_m);
            }
        }
    }
}

/// Whether the heat demand is known to be at the Standaard.
fn meets_standaard(home: &Home) -> bool {
    matches!((home.q, home.std), (Some(q), Some(std)) if q <= std)
}

/// The envelope of label B. What was measured of the envelope before no longer holds.
fn to_label_b(home: &mut Home) {
    if meets_standaard(home) {
        return;
    }
    home.q = None;
    at_least(home, Label::B);
}

/// The envelope of the Standaard: ready for 50 degrees after 1945, for 70 degrees before, about label B and D. Where the
/// Standaard of this home is not known, that of the most compact home of its kind stands for it (aanname).
fn to_standaard(home: &mut Home) {
    if meets_standaard(home) {
        return;
    }
    let (typ, bj) = (home.typ.unwrap_or(Typology::Tussen), home.bj.unwrap_or(LAATSTE_OUDE_JAAR + 1));
    home.std = home.std.or_else(|| from_x(typ, bj, 1.0).map(f64::from));
    home.q = home.std;
    let old = home.bj.is_none_or(|bj| bj <= LAATSTE_OUDE_JAAR);
    at_least(home, if old { Label::D } else { Label::B });
}

fn at_least(home: &mut Home, label: Label) {
    home.lab = Some(home.lab.map_or(label, |known| known.min(label)));
}
