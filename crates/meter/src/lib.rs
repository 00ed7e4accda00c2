//! A whole town under the rules: the same code natively and in the browser, so that times compare and answers are equal.

use gasvrij3d::home::Home;
use gasvrij3d::kosten::Insulation;
use gasvrij3d::scenario::{Outcome, Plan, Scenario, digest};
use gasvrij3d::tile::decode;
use wasm_bindgen::prelude::wasm_bindgen;

/// The homes of a town, and what the rules last said of them.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Town {
    homes: Vec<Home>,
    outcomes: Vec<Outcome>,
}

#[wasm_bindgen]
impl Town {
    /// A town without homes.
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

    /// How many homes there are.
    pub fn homes(&self) -> usize {
        self.homes.len()
    }

    /// Judges every home for every option in this year, as it is.
    pub fn evaluate(&mut self, year: u16) {
        Scenario { year, ..Scenario::default() }.evaluate_all(&self.homes, &mut self.outcomes);
    }

    /// The same where nothing is left as it was: every home insulated to label B, and no heat network.
    pub fn evaluate_changed(&mut self, year: u16) {
        let scenario = Scenario { year, plan: Plan::WithoutNetworks, step: Insulation::LabelB, ..Scenario::default() };
        scenario.evaluate_all(&self.homes, &mut self.outcomes);
    }

    /// One number for all verdicts and for what stands out of every home.
    pub fn digest(&self) -> String {
        format!("{:016x}", digest(&self.outcomes))
    }

    /// The least that a loop over all homes can do: count those built before 1946 with a label.
    pub fn trivial(&self) -> usize {
        self.homes.iter().filter(|home| home.bj.is_some_and(|bj| bj < 1946) && home.lab.is_some()).count()
    }
}
