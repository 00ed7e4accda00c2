//! The model town "Modelstad": made up, plausible, and the same for the same seed.
//!
//! A plan of rings and spokes is drawn straight, cut into quarters and blocks, bent so that river and streets curve, and
//! built up block by block in the manner of its time. All numbers and names are in `data/modelstad.toml`.

mod closed;
mod facts;
mod fill;
mod flats;
mod geometry;
mod green;
mod heat;
mod line;
mod names;
mod params;
mod plan;
mod rng;
mod rows;
mod site;
mod streets;
#[cfg(test)]
mod tests;
mod villas;
mod warp;
mod works;

use gasvrij3d::error::{Error, Result};
use gasvrij3d::manifest::{Notice, Source};

use crate::model::{Neighbourhood, Town};

use names::Namer;
use params::{Layout, Params};
use plan::Planner;
use rng::Rng;
use site::{SOURCE, Site};
use warp::Warp;

/// How large a town.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// About 2,000 homes: a little of everything.
    Quarter,
    /// About 76,000 homes.
    Whole,
}

/// Makes the model town. The same size and seed give the same town.
pub fn generate(size: Size, seed: u64) -> Result<Town> {
    let params = params::built_in()
        .map_err(|e| Error::new(format!("data/modelstad.toml, which is built into this program: {e}")))?;
    let name = match size {
        Size::Quarter => "quarter",
        Size::Whole => "whole",
    };
    let layout = params
        .sizes
        .get(name)
        .ok_or_else(|| Error::new(format!("data/modelstad.toml has no [sizes.{name}], which this program needs")))?;
    Ok(build(&params, layout, seed))
}

fn build(params: &Params, layout: &Layout, seed: u64) -> Town {
    let mut rng = Rng::part(seed, 0);
    let warp = Warp::new(params.centre, layout.rotation, &layout.waves, &mut rng);
    let mut site = Site::new(params, warp);
    let mut namer = Namer::new(&params.names, &mut rng);
    let parts = Planner::new(&mut site, &mut namer, layout, &mut rng).lay_out();
    for (part, number) in parts.iter().zip(1..) {
        fill::quarter(&mut site, &mut namer, part.kind, &part.cell, layout, &mut Rng::part(seed, number));
    }
    heat::lay(&mut site);
    describe(&mut site, layout);
    site.finish()
}

/// Name, border, neighbourhoods and source.
fn describe(site: &mut Site, layout: &Layout) {
    let params = site.params;
    let reach = layout.rings.last().copied().unwrap_or_default() * 1.08 + layout.river;
    let circle: Vec<_> = (0..48).map(|k| geometry::polar(reach, f64::from(k) / 48.0 * std::f64::consts::TAU)).collect();
    site.town.border = vec![vec![site.bend_ring(&circle)]];
    let neighbourhoods = site.quarters.iter().zip(1..).map(|(quarter, number)| Neighbourhood {
        code: format!("BU8999{number:04}"),
        name: quarter.name.clone(),
        area: vec![vec![site.bend_ring(&quarter.cell.corners)]],
    });
    site.town.neighbourhoods = neighbourhoods.collect();
    site.town.name = params.name.clone();
    site.town.code = params.code.clone();
    site.town.model_town = true;
    site.town.notice = Notice { nl: params.notice_nl.clone(), en: params.notice_en.clone() };
    site.town.sources = vec![Source {
        id: SOURCE.to_owned(),
        name: params.source_name.clone(),
        attribution: params.attribution.clone(),
        licence: params.licence.clone(),
        date: params.date.clone(),
        file: String::new(),
        sha256: String::new(),
    }];
}
