//! A whole town under the rules: the same code natively and in the browser, so that times compare and answers are equal.

use gasvrij3d::home::Home;
use gasvrij3d::kosten::Insulation;
use gasvrij3d::scenario::{Plan, Scenario};
use gasvrij3d::tile::decode;
use gasvrij3d::town::{self, digest};
use wasm_bindgen::prelude::wasm_bindgen;

/// A town under measurement.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Meter {
    homes: Vec<Home>,
    town: town::Town,
    digest: u64,
}

#[wasm_bindgen]
impl Meter {
    /// Without homes.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the homes of a tile; shops and offices are no homes. The error is a sentence.
    pub fn add(&mut self, tile: &[u8]) -> Result<(), String> {
        let tile = decode(tile).map_err(|e| e.to_string())?;
        let homes = tile.woningen.into_iter().map(|woning| woning.home);
        self.homes.extend(homes.filter(|home| home.woonfunctie != Some(false)));
        Ok(())
    }

    /// Begins anew with all homes that were added, with nothing kept from before.
    pub fn begin(&mut self) {
        self.town = town::Town::new(self.homes.clone());
    }

    /// How many homes there are.
    pub fn homes(&self) -> usize {
        self.homes.len()
    }

    /// Judges every home for every option in this year, as it is.
    pub fn evaluate(&mut self, year: u16) -> usize {
        self.town.evaluate(&Scenario { year, ..Scenario::default() }).len()
    }

    /// The same where nothing is left as it was: every home insulated to label B, and no heat network.
    pub fn evaluate_changed(&mut self, year: u16) -> usize {
        self.town.evaluate(&changed(year)).len()
    }

    /// Keeps the digest of both ways in this year.
    pub fn note(&mut self, year: u16) {
        let as_is = digest(self.town.evaluate(&Scenario { year, ..Scenario::default() }));
        self.digest = as_is.rotate_left(1) ^ digest(self.town.evaluate(&changed(year)));
    }

    /// One number for all verdicts and for what stands out of every home, as noted.
    pub fn digest(&self) -> String {
        format!("{:016x}", self.digest)
    }

    /// The least that a loop over all homes can do: count those built before 1946 with a label.
    pub fn trivial(&self) -> usize {
        self.homes.iter().filter(|home| home.bj.is_some_and(|bj| bj < 1946) && home.lab.is_some()).count()
    }
}

fn changed(year: u16) -> Scenario {
    Scenario { year, plan: Plan::WithoutNetworks, step: Insulation::LabelB, ..Scenario::default() }
}
