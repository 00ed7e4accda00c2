//! From a configuration to what the pipeline starts from: every file read, in an order that does not depend on the order
//! in which they are named where their kinds say which goes first.

use std::sync::Arc;

use gasvrij3d::home::Method;
use gasvrij3d::manifest::Source;
use rayon::prelude::*;

use crate::config::{Config, SourceFile};
use crate::derive::Estimated;
use crate::earlier::Earlier;
use crate::fault::{Fault, Result};
use crate::geometry::{bounds_of, meet};
use crate::kind::SourceKind;
use crate::model::Town;
use crate::pipeline::Input;
use crate::progress::Progress;
use crate::read::dwellings::Dwellings;
use crate::read::{self, Options, Origin, Part, file_name};
use crate::report::Report;

/// A file that was read.
struct Done {
    place: usize,
    kind: Option<SourceKind>,
    origin: Origin,
    source: Source,
    part: Part,
}

/// Reads all files.
pub fn read_all(config: Config, progress: &Progress) -> Result<Input> {
    let Config { name, code, crs, notice, contact, allowed, reference, publisher, previous, mut files, .. } = config;
    // Where a kind is known it says which goes first; files of no known kind go in the order given.
    files.sort_by(|a, b| {
        let named = |f: &SourceFile| f.kind.map(|_| (f.said.id.clone(), file_name(&f.path), f.path.clone()));
        a.kind.cmp(&b.kind).then_with(|| named(a).cmp(&named(b)))
    });
    let mut options = Options { crs, code: code.clone().unwrap_or_default(), reference, ..Options::default() };
    let numbered = files.into_iter().enumerate();
    let (tables, others): (Vec<_>, Vec<_>) = numbered.partition(|(_, f)| is_about_homes(f));
    let mut done = read_side_by_side(&others, &options, progress)?;
    options.known = Arc::new(Dwellings::new(done.iter().flat_map(|d| &d.part.town.dwellings)));
    done.extend(read_side_by_side(&tables, &options, progress)?);
    done.sort_by_key(|d| d.place);
    let mut input = Input {
        town: Town::default(),
        facts: Vec::new(),
        estimated: Estimated::new(),
        report: Report::default(),
        allowed,
        reference,
        downloads: publisher,
        earlier: previous.as_deref().map(Earlier::read).transpose()?,
    };
    let mut border = Vec::new();
    for Done { place: _, kind, origin, source, part } in done {
        let Part { mut town, mut facts, report, .. } = part;
        if kind == Some(SourceKind::Border) {
            border.extend(std::mem::take(&mut town.border));
        } else {
            input.town.sources.push(source);
        }
        if kind == Some(SourceKind::Corrections) {
            for given in &mut facts {
                given.method = Method::Corrected;
            }
        }
        input.estimated.entry(origin.id).or_default().extend(origin.estimated);
        input.town.append(town);
        input.facts.extend(facts);
        input.report.files.push(report);
    }
    let town = &mut input.town;
    if !border.is_empty() {
        town.border = border;
    }
    if let Some(name) = name {
        town.name = name;
    }
    if let Some(code) = code {
        town.code = code;
    }
    town.notice = notice;
    town.contact = contact;
    check(&input)?;
    Ok(input)
}

/// What speaks of homes that another file must have named first.
fn is_about_homes(file: &SourceFile) -> bool {
    match file.kind {
        Some(kind) => matches!(
            kind,
            SourceKind::Labels
                | SourceKind::Lists
                | SourceKind::Corrections
                | SourceKind::Meters
                | SourceKind::Statistics
        ),
        None => read::comes_last(&file.path),
    }
}

fn read_side_by_side(files: &[(usize, SourceFile)], options: &Options, progress: &Progress) -> Result<Vec<Done>> {
    // The first fault in the order of the files, whichever was found first.
    files
        .par_iter()
        .map(|(place, file)| read_one(*place, file, options, progress))
        .collect::<Vec<_>>()
        .into_iter()
        .collect()
}

fn read_one(place: usize, file: &SourceFile, options: &Options, progress: &Progress) -> Result<Done> {
    progress.step(&format!("reading {}", file_name(&file.path)));
    let origin = file.said.origin(&file.path)?;
    let part = read::read_file(&file.path, &origin, &Options { kind: file.kind, ..options.clone() })?;
    if let Some(kind) = file.kind.filter(|kind| !kind.fits(&part.town, part.facts.len())) {
        let at =
            if file.at.is_empty() { file_name(&file.path) } else { format!("{}: {}", file.at, file_name(&file.path)) };
        return Err(Fault::input(format!(
            "{at}: this should be `{}` ({}), and nothing of that is in it. Put the kind right, or take another \
             file.\n{}",
            kind.code(),
            kind.name()[1],
            part.report.layers.iter().map(ToString::to_string).collect::<String>()
        )));
    }
    let source = file.said.source(&origin, &file.path, read::sha256_of(&file.path)?, part.about.known_as);
    Ok(Done { place, kind: file.kind, origin, source, part })
}

fn check(input: &Input) -> Result<()> {
    let town = &input.town;
    if town.name.is_empty() {
        return Err(Fault::input("no file says whose data this is. Give the name of the municipality with --name."));
    }
    if town.buildings.is_empty() {
        return Err(Fault::input(format!("there is no building in these files.\n{}", input.report)));
    }
    let border = bounds_of(&town.border);
    if !town.border.is_empty() && !town.buildings.iter().any(|b| meet(bounds_of(&b.footprint), border)) {
        return Err(Fault::input(
            "all buildings lie outside the border of the municipality. Check that the files are of the same place, or \
             leave out the border.",
        ));
    }
    Ok(())
}
