//! One home as the pages show it: what is registered, what the resident filled in, and what follows.

use gasvrij3d::cijfers::Cijfer;
use gasvrij3d::corrections::{Corrections, Mark};
use gasvrij3d::flip::{Flips, flips};
use gasvrij3d::home::{FactKey, Home};
use gasvrij3d::kosten::{Missing, OptionCost, Prices, costs, first_step, reference};
use gasvrij3d::link::{HomePage, Link, View, version};
use gasvrij3d::manifest::{Manifest, Source};
use gasvrij3d::peers::{Peers, peers};
use gasvrij3d::ranking::{Ranked, ranking};
use gasvrij3d::rules::{Advice, rules};
use gasvrij3d::tile::{PlanArea, Tile, Woning};
use gasvrij3d::town::advised;
use gasvrij3d::verdict::{HeatOption, Verdict};

/// A home and the advice for it.
pub struct Case<'a> {
    /// As it is registered.
    pub woning: &'a Woning,
    /// What lies around it.
    pub tile: &'a Tile,
    /// The data set.
    pub manifest: &'a Manifest,
    /// What the resident filled in.
    pub corrections: &'a Corrections,
    /// As it is judged: with the corrections.
    pub home: Home,
    /// What the rules say.
    pub advice: Advice,
    /// What is advised first.
    pub best: Option<(HeatOption, Verdict)>,
    /// The prices that are counted with.
    pub prices: Prices,
}

impl<'a> Case<'a> {
    /// Judges a home with what the resident filled in.
    pub fn of(woning: &'a Woning, tile: &'a Tile, manifest: &'a Manifest, corrections: &'a Corrections) -> Self {
        let scenario = corrections.scenario();
        let home = scenario.home(&woning.home);
        let advice = rules().evaluate(&home, scenario.year);
        let prices = Prices::of_year(scenario.year);
        let best = advised(&home, &advice, &prices);
        Self { woning, tile, manifest, corrections, home, advice, best, prices }
    }

    /// Whether it is a home at all: where the register says nothing it is taken for one, as the rules do.
    pub fn is_home(&self) -> bool {
        self.woning.home.woonfunctie != Some(false)
    }

    /// The ways to heat, good before bad.
    pub fn ranking(&self) -> Vec<Ranked> {
        ranking(&self.home, &self.advice, &self.prices)
    }

    /// What an option costs, insulated first where that is needed.
    pub fn cost(&self, option: HeatOption) -> Result<OptionCost, Missing> {
        costs(&self.home, option, first_step(&self.home, option, &self.prices)?, &self.prices)
    }

    /// What the home costs as it is, on gas.
    pub fn on_gas(&self) -> Result<OptionCost, Missing> {
        reference(&self.home, &self.prices)
    }

    /// What would change the advice.
    pub fn flips(&self) -> Flips {
        flips(&self.woning.home, &self.corrections.scenario(), &self.prices)
    }

    /// The plans for this place.
    pub fn plans(&self) -> Vec<&'a PlanArea> {
        self.tile.plans_at(self.woning.at).collect()
    }

    /// Homes like this one.
    pub fn peers(&self) -> Option<Peers> {
        peers(self.woning, &self.home, &self.tile.woningen, &self.prices)
    }

    /// What became of a fact.
    pub fn mark(&self, key: FactKey) -> Mark {
        self.corrections.mark(&self.woning.home, key)
    }

    /// The source of a fact, as the manifest has it.
    pub fn source_of(&self, key: FactKey) -> Option<&'a Source> {
        let origin = self.woning.origins.0.get(&key)?;
        self.manifest.sources.iter().find(|source| source.id == origin.source)
    }

    /// The version of data and rules, as in a link.
    pub fn version(&self) -> String {
        version(&self.manifest.data_version, rules().version())
    }

    /// The address of a page of this home; `open` is what it opens or shows.
    pub fn page(&self, page: HomePage, open: &str) -> String {
        Link { view: View::House(self.woning.id, page), open: open.to_owned(), ..Link::default() }.hash()
    }

    /// A link to pass on, with the versions, and with what the resident filled in if that is wanted.
    pub fn link(&self, with_corrections: bool) -> String {
        // What stands out for who opens it: without the corrections it is what the registers give.
        let said = if with_corrections || self.corrections.is_empty() {
            self.best
        } else {
            Case::of(self.woning, self.tile, self.manifest, &Corrections::default()).best
        };
        Link {
            view: View::House(self.woning.id, HomePage::Card),
            version: self.version(),
            said,
            corrections: if with_corrections { self.corrections.to_link() } else { String::new() },
            ..Link::default()
        }
        .hash()
    }
}

/// What an option asks in one respect (`ruimte`, `geluid`, `werk`, `tijd`), in words with a source.
pub fn asks(aspect: &str, option: HeatOption) -> Option<Cijfer> {
    let name = format!("{aspect}-{}", option.code().to_ascii_lowercase());
    Cijfer::ALL.iter().copied().find(|figure| figure.code() == name)
}
