//! What is known of a home: drawn by kind of quarter and year of construction, some of it honestly missing.

use gasvrij3d::home::{FactKey, Home, JaNee, Label, Method, Monument, Ownership};

use super::params::{KindSpec, Params};
use super::rng::Rng;
use super::site::SOURCE;

/// The shape of a home as far as heat loss goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Detached,
    SemiDetached,
    Corner,
    Terraced,
    Flat,
}

/// What holds for a whole pand.
#[derive(Clone, Copy, Debug)]
pub struct Shared {
    pub year: u16,
    own: Ownership,
    block: JaNee,
    garage: JaNee,
    monument: Monument,
}

/// What is different for each home.
#[derive(Clone, Copy, Debug)]
pub struct Plot {
    pub shape: Shape,
    pub area: f64,
    /// Free ground of its own, m², and how deep it is at the rear.
    pub ground: f64,
    pub rear: f64,
}

impl Shared {
    /// Draws what holds for a pand, or for a row that one owner built.
    pub fn draw(params: &Params, spec: &KindSpec, year: u16, flat: bool, rng: &mut Rng) -> Self {
        let shares: Vec<f64> = spec.own.values().copied().collect();
        let drawn = spec.own.keys().nth(rng.weighted(&shares)).copied().unwrap_or(Ownership::Onbekend);
        // An owner of a home in a flat is a member of its vve; nobody is in one with a house.
        let own = match drawn {
            Ownership::Koop if flat => Ownership::Vve,
            Ownership::Vve if !flat => Ownership::Koop,
            other => other,
        };
        let monument = match rng.weighted(&[spec.listed[0], spec.listed[1], 1.0 - spec.listed[0] - spec.listed[1]]) {
            0 => Monument::Rijks,
            1 => Monument::Gemeentelijk,
            _ if spec.townscape => Monument::Stadsgezicht,
            _ => Monument::Geen,
        };
        let yes_no = |share: f64, rng: &mut Rng| {
            if !flat {
                JaNee::Nee
            } else if rng.chance(params.missing) {
                JaNee::Onbekend
            } else if rng.chance(share) {
                JaNee::Ja
            } else {
                JaNee::Nee
            }
        };
        let (block, garage) = (yes_no(spec.block_heating, rng), yes_no(spec.garage, rng));
        Self { year, own, block, garage, monument }
    }

    /// The same for a house, which has no vve, no block heating and no garage below.
    pub fn as_house(self) -> Self {
        let own = if self.own == Ownership::Vve { Ownership::Koop } else { self.own };
        Self { own, block: JaNee::Nee, garage: JaNee::Nee, ..self }
    }
}

/// Draws what is known of one home.
pub fn home(params: &Params, spec: &KindSpec, shared: Shared, plot: Plot, rng: &mut Rng) -> Home {
    let standard = standard(params, shared.year, plot.shape);
    let (label, demand) = energy(params, shared.year, standard, rng);
    let mut known = |share: f64| !rng.chance(share);
    let missing = params.missing;
    Home {
        own: known(missing).then_some(shared.own),
        lab: label,
        q: demand,
        // The Standaard comes from the same certificate as the heat demand.
        std: demand.map(|_| standard),
        mon: known(missing / 4.0).then_some(shared.monument),
        block: known(missing).then_some(shared.block),
        garage: known(missing).then_some(shared.garage),
        space_ground: known(missing).then_some(plot.ground.round()),
        d_rear: (plot.shape != Shape::Flat && known(missing)).then_some((plot.rear * 10.0).round() / 10.0),
        area_m2: known(missing / 8.0).then_some(plot.area.round()),
        gw_bescherming: known(missing / 4.0).then_some(spec.groundwater),
        archeologie_hoog: known(missing / 4.0).then_some(spec.archaeology),
        ..Home::default()
    }
}

/// The Standaard for a home, kWh/m² a year: the national formula on an assumed compactness.
fn standard(params: &Params, year: u16, shape: Shape) -> f64 {
    let x = params.demand.compactness[shape as usize];
    let (least, slope) = match (shape == Shape::Flat, year <= 1945) {
        (false, true) => (60.0, 105.0),
        (false, false) => (43.0, 40.0),
        (true, true) => (95.0, 70.0),
        (true, false) => (45.0, 45.0),
    };
    let standard: f64 = least + slope * (x - 1.0).max(0.0);
    standard.round()
}

fn energy(params: &Params, year: u16, standard: f64, rng: &mut Rng) -> (Option<Label>, Option<f64>) {
    let period = params.periods.iter().find(|p| year <= p.until).or(params.periods.last());
    let Some(period) = period.filter(|p| rng.chance(p.registered)) else { return (None, None) };
    let shares: Vec<f64> = period.labels.values().copied().collect();
    let label = period.labels.keys().nth(rng.weighted(&shares)).copied();
    let ratio = label.and_then(|l| params.demand.ratio.get(&l)).filter(|_| rng.chance(period.nta));
    (label, ratio.map(|&r| (standard * rng.within(r)).round()))
}

/// The origin of each known fact: all of them were made up.
pub fn origins(home: &Home) -> Vec<(FactKey, String, Method)> {
    let known = FactKey::ALL.iter().filter(|key| home.fact(**key).is_some());
    known.map(|&key| (key, SOURCE.to_owned(), Method::Invented)).collect()
}
