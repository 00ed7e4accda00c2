//! From the drawing board to the land: the plan is drawn straight, then bent so that river and streets curve.

use serde::Deserialize;

use super::geometry::{P, add, along, dot, polar, scale};
use super::rng::Rng;

/// A wave that bends the plan.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wave {
    /// How far it pushes, metres.
    amplitude: f64,
    /// From crest to crest, metres.
    length: f64,
    /// The direction in which it runs, degrees.
    runs: f64,
    /// The direction in which it pushes, degrees.
    pushes: f64,
    /// It only works around the middle of the plan: the distance at which little is left, metres.
    within: Option<f64>,
}

/// The bending of a plan. Its slopes together stay well under one, so that no two points meet.
#[derive(Clone, Debug)]
pub struct Warp {
    middle: P,
    turn: (f64, f64),
    waves: Vec<(Wave, f64)>,
}

impl Warp {
    pub fn new(middle: P, rotation_deg: f64, waves: &[Wave], rng: &mut Rng) -> Self {
        let waves = waves.iter().map(|w| (w.clone(), rng.within([-0.6, 0.6]))).collect();
        Self { middle, turn: rotation_deg.to_radians().sin_cos(), waves }
    }

    /// Where a point of the plan comes to lie: RD metres, to the millimetre.
    pub fn at(&self, p: P) -> P {
        let mut q = p;
        for (wave, phase) in &self.waves {
            let run = dot(p, polar(1.0, wave.runs.to_radians())) / wave.length;
            let fade = wave.within.map_or(1.0, |r| (-dot(p, p) / (r * r)).exp());
            let push = wave.amplitude * fade * (std::f64::consts::TAU * run + phase).sin();
            q = along(q, polar(1.0, wave.pushes.to_radians()), push);
        }
        let (sin, cos) = self.turn;
        let turned = [q[0] * cos - q[1] * sin, q[0] * sin + q[1] * cos];
        scale(add(turned, self.middle), 1000.0).map(|v| v.round() / 1000.0)
    }

    pub fn line(&self, points: &[P]) -> Vec<P> {
        points.iter().map(|&p| self.at(p)).collect()
    }
}
