//! From a town to a data set on disk.

use std::path::Path;

use gasvrij3d::figures::Changes;
use gasvrij3d::geo::{EXTENT, ZOOM};
use gasvrij3d::manifest::{
    self, Counts, FORM, FigureFiles, Manifest, Municipality, QualityFiles, SearchFiles, Source, TileEntry,
};
use gasvrij3d::search;
use gasvrij3d::tile::HeightKind;

use crate::cluster::publish::Layer as ClusterLayer;
use crate::config::Allowed;
use crate::date::Date;
use crate::derive::{Derived, Estimated};
use crate::earlier::Earlier;
use crate::fault::{Fault, Result};
use crate::geometry::{EMPTY, bounds_of, with_point};
use crate::join::{Joined, join};
use crate::kind::SourceKind;
use crate::model::{Facts, Town};
use crate::output::Output;
use crate::progress::Progress;
use crate::publish;
use crate::publisher::Publisher;
use crate::quality::{Quality, page};
use crate::report::{Report, Tally};
use crate::statistics::Neighbourhoods;
use crate::statistics::borders::borders;
use crate::statistics::density::Density;
use crate::statistics::plans::plans;
use crate::typology::{Confidence, Kinds};
use crate::{coherence, contradictions, derive, gate, protect, tiles, typology};

/// Steps that [`run`] tells the progress of.
pub const STEPS: usize = CHECK_STEPS + 2;
/// Steps that [`check`] tells the progress of.
pub const CHECK_STEPS: usize = 4;

/// What a preparation starts from.
pub struct Input {
    /// What was read or made up.
    pub town: Town,
    /// Facts that came in files of their own.
    pub facts: Vec<Facts>,
    /// Facts that are estimates, by source.
    pub estimated: Estimated,
    /// The account so far.
    pub report: Report,
    /// What may be shown of a home.
    pub allowed: Allowed,
    /// The day the data set speaks of, where it is said.
    pub reference: Option<Date>,
    /// Who publishes downloads, where they are asked for.
    pub downloads: Option<Publisher>,
    /// The plans of an earlier data set, where one is named.
    pub earlier: Option<Earlier>,
}

/// All that a data set is written from.
struct Prepared {
    joined: Joined,
    kinds: Kinds,
    derived: Derived,
    built: Vec<tiles::Built>,
    addresses: u32,
    index: search::Built,
    quality: Quality,
    report: Report,
    allowed: Allowed,
    downloads: Option<Publisher>,
    earlier: Option<Earlier>,
}

/// Prepares a data set at `out` and gives the account of it.
pub fn run(input: Input, out: &Path, progress: &Progress) -> Result<Report> {
    // Before the work: a folder that may not be replaced is told at once.
    let output = Output::new(out)?;
    let prepared = prepare(input, progress)?;
    write(prepared, output, progress)
}

/// Does all but the writing, and gives the account.
pub fn check(input: Input, progress: &Progress) -> Result<Report> {
    let Prepared { joined, kinds, derived, built, addresses, mut report, .. } = prepare(input, progress)?;
    let counts = counts(&joined, &derived, &built, addresses);
    results(&mut report, &joined, &kinds, &derived, &counts, built.iter().map(|t| t.bytes.len() as u64).sum());
    Ok(report)
}

fn prepare(input: Input, progress: &Progress) -> Result<Prepared> {
    let Input { town, facts, estimated, mut report, allowed, reference, downloads, earlier } = input;
    let gaps = SourceKind::gaps(&town, &facts);
    progress.step("joining buildings and dwellings");
    let mut joined = join(town, facts, &mut report.steps);
    protect::apply(&mut joined, &mut report.steps);
    if joined.town.buildings.is_empty() {
        return Err(Fault::input(format!("no building is left to put on the map.\n{report}")));
    }
    progress.step("deriving kinds of homes, heights and networks");
    let kinds = typology::derive(&joined);
    let mut derived = derive::derive(&joined, &kinds, &estimated);
    gate::keep_back(&mut derived, allowed);
    report.steps.push(coherence::check(&joined, &kinds, &derived.homes, &derived.place));
    report.steps.push(contradictions::check(&joined, &derived.homes, &derived.origins));
    progress.step("cutting tiles");
    let mut tally = Tally::new("panden in tiles");
    let (built, entries) = tiles::build(&joined, &kinds, &derived, &mut tally);
    report.steps.push(tally);
    progress.step("making the search index");
    let addresses = entries.len() as u32;
    let index = search::build(entries);
    let quality = Quality::of(&joined, &derived, gaps, reference);
    Ok(Prepared { joined, kinds, derived, built, addresses, index, quality, report, allowed, downloads, earlier })
}

fn write(prepared: Prepared, mut output: Output, progress: &Progress) -> Result<Report> {
    let Prepared { joined, kinds, derived, built, addresses, index, quality, mut report, allowed, downloads, earlier } =
        prepared;
    progress.step("writing files");
    let mut tile_entries = Vec::with_capacity(built.len());
    for tile in &built {
        let stem = format!("tiles/{ZOOM}-{}-{}", tile.id.col, tile.id.row);
        tile_entries.push(TileEntry {
            id: tile.id,
            file: output.add(&stem, "mvt", &tile.bytes)?,
            panden: tile.panden,
            woningen: tile.homes,
            top_dm: tile.top_dm,
            name: tile.name.clone(),
        });
    }
    let mut bundles = Vec::new();
    for block in manifest::blocks(&tile_entries) {
        let bytes: Vec<&[u8]> = block.iter().map(|&place| built[place].bytes.as_slice()).collect();
        bundles.push(match (&bytes[..], tile_entries[block[0]].id.block()) {
            ([] | [_], _) => String::new(),
            (bytes, [row, col]) => output.add(&format!("bundels/{ZOOM}-{col}-{row}"), "mvt", &bytes.concat())?.file,
        });
    }
    let streets = output.add("zoek/straten", "json", &index.streets)?;
    let mut numbered = |name: &str, files: &[Vec<u8>]| {
        let add = |(i, bytes): (usize, &Vec<u8>)| output.add(&format!("zoek/{name}-{i:02}"), "json", bytes);
        files.iter().enumerate().map(add).collect::<Result<Vec<_>>>()
    };
    let search =
        SearchFiles { streets, shards: numbered("adressen", &index.shards)?, ids: numbered("ids", &index.ids)? };

    let figures = figures(&joined, &derived, earlier.as_ref(), &mut output)?;

    let counts = counts(&joined, &derived, &built, addresses);
    results(&mut report, &joined, &kinds, &derived, &counts, output.bytes());
    let json = |e: serde_json::Error| Fault::Own(gasvrij3d::Error::new(format!("the report cannot be written: {e}.")));
    let report_file = output.add("rapport", "json", &serde_json::to_vec(&report).map_err(json)?)?;
    let quality_files = QualityFiles {
        page: output.add("kwaliteit", "html", page::page(&joined.town, &quality, &report).as_bytes())?,
        data: output.add("kwaliteit", "json", &serde_json::to_vec(&quality).map_err(json)?)?,
    };
    let data_version = output.version();
    let downloads = match &downloads {
        Some(publisher) => publish::write(&mut output, &joined, &built, publisher, allowed)?,
        None => Vec::new(),
    };
    let mut bounds = EMPTY;
    for building in &joined.town.buildings {
        let b = bounds_of(&building.footprint);
        bounds = with_point(with_point(bounds, [b[0], b[1]]), [b[2], b[3]]);
    }
    let town = &joined.town;
    let manifest = Manifest {
        form: FORM,
        data_version,
        municipality: Municipality {
            name: town.name.clone(),
            code: town.code.clone(),
            model_town: town.model_town,
            notice: town.notice.clone(),
            contact: town.contact.clone(),
        },
        crs: "EPSG:28992".to_owned(),
        matrix: "NetherlandsRDNewQuad".to_owned(),
        zoom: ZOOM,
        extent: EXTENT,
        bounds: bounds.map(to_centimetres),
        centre: centre(&joined),
        tiles: tile_entries,
        bundles,
        search,
        sources: used_sources(town),
        gaps: quality.gaps.iter().map(|kind| (*kind).to_owned()).collect(),
        counts,
        report: report_file,
        figures: Some(figures),
        quality: Some(quality_files),
        downloads,
    };
    progress.step("reading back what was written");
    gate::inspect(output.folder(), output.files(), allowed)?;
    output.finish(&serde_json::to_vec(&manifest).map_err(json)?)?;
    Ok(report)
}

/// Writes the files with figures about groups of homes.
fn figures(joined: &Joined, derived: &Derived, earlier: Option<&Earlier>, output: &mut Output) -> Result<FigureFiles> {
    let mut add = |name: &str, json: serde_json::Result<Vec<u8>>| {
        let json = json.map_err(|e| Fault::writing(Path::new(name), e))?;
        output.add(name, "json", &json)
    };
    let Derived { homes, place, heat, clusters, .. } = derived;
    let mut plans = plans(joined, place);
    plans.vorige = earlier.map(|earlier| Changes::between(&earlier.version, &earlier.plans, &plans));
    Ok(FigureFiles {
        buurten: add("buurten", serde_json::to_vec(&Neighbourhoods::of(joined, homes, heat, place)))?,
        plannen: Some(add("plannen", serde_json::to_vec(&plans))?),
        grenzen: Some(add("grenzen", serde_json::to_vec(&borders(&joined.town)))?),
        warmte: add("warmte", serde_json::to_vec(&Density::of(joined, heat)))?,
        clusters: add("clusters", serde_json::to_vec(&ClusterLayer::new(clusters, joined)))?,
    })
}

fn counts(joined: &Joined, derived: &Derived, built: &[tiles::Built], addresses: u32) -> Counts {
    let homes = || joined.town.dwellings.iter().zip(&derived.homes).filter(|(d, _)| d.is_home);
    Counts {
        panden: built.iter().map(|t| t.panden).sum(),
        woningen: homes().count() as u32,
        adressen: addresses,
        with_year: homes().filter(|(_, home)| home.bj.is_some()).count() as u32,
        with_height: derived.heights.iter().filter(|(_, kind)| *kind == HeightKind::Measured).count() as u32,
    }
}

fn results(report: &mut Report, joined: &Joined, kinds: &Kinds, derived: &Derived, counts: &Counts, bytes: u64) {
    let mut add = |name: String, count: u64| {
        report.result.insert(name, count);
    };
    add("panden on the map".into(), u64::from(counts.panden));
    add("panden with a measured height".into(), u64::from(counts.with_height));
    add("panden with an assumed height".into(), joined.town.buildings.len() as u64 - u64::from(counts.with_height));
    add("woningen".into(), u64::from(counts.woningen));
    add("woningen with a build year".into(), u64::from(counts.with_year));
    add("addresses that can be found".into(), u64::from(counts.adressen));
    add("files, kB".into(), bytes / 1000);
    for typ in gasvrij3d::home::Typology::ALL {
        let homes = derived.homes.iter().filter(|home| home.typ == Some(*typ)).count();
        add(format!("woningen of kind {}", typ.code()), homes as u64);
    }
    let homes = || joined.town.dwellings.iter().enumerate().filter(|(_, d)| d.is_home).map(|(i, _)| i);
    let count = |test: &dyn Fn(usize) -> bool| homes().filter(|&i| test(i)).count() as u64;
    add("woningen without a pand".into(), count(&|i| joined.home_of[i].is_none()));
    add("woningen with a Standaard".into(), count(&|i| derived.homes[i].std.is_some()));
    add("woningen with a heat demand".into(), count(&|i| derived.heat[i].is_some()));
    add("woningen in a cluster".into(), count(&|i| derived.homes[i].cluster_homes.is_some()));
    add("woningen upstairs or downstairs".into(), count(&|i| joined.home_of[i].is_some_and(|b| kinds.is_upstairs(b))));
    for i in homes() {
        let (sure, why) = match (joined.home_of[i].and_then(|b| kinds.sure[b]), joined.town.dwellings[i].facts.typ) {
            (_, Some(_)) => (Confidence::Hoog, "given by a source"),
            (Some((sure, why)), None) => (sure, why.reason()),
            (None, None) => continue,
        };
        *report.result.entry(format!("kind {}: {why}", sure.word())).or_default() += 1;
    }
}

/// The middle of the homes, or of the buildings where there are no homes.
fn centre(joined: &Joined) -> [f64; 2] {
    let homes: Vec<[f64; 2]> = joined.town.dwellings.iter().filter(|d| d.is_home).map(|d| d.at).collect();
    let points = if homes.is_empty() { &joined.inner } else { &homes };
    // The median: a few homes far out do not pull the first view off the town.
    [0, 1].map(|axis| {
        let mut values: Vec<f64> = points.iter().map(|p| p[axis]).collect();
        values.sort_by(f64::total_cmp);
        to_centimetres(values.get(values.len() / 2).copied().unwrap_or(0.0))
    })
}

fn to_centimetres(metres: f64) -> f64 {
    (metres * 100.0).round() / 100.0
}

/// Each source once, in the order of the files.
fn used_sources(town: &Town) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for source in &town.sources {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    sources
}
