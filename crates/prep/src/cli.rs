//! The command line of prep.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand, ValueEnum};

use gasvrij3d::manifest::Notice;

use crate::derive::Estimated;
use crate::fault::{Fault, Result};
use crate::fetch;
use crate::geometry::{bounds_of, meet};
use crate::kind::SourceKind;
use crate::model::{Date, Town};
use crate::pipeline::{self, Input};
use crate::progress::Progress;
use crate::publish::Publisher;
use crate::read::dwellings::Dwellings;
use crate::read::{self, Crs, Options, Part, file_name};
use crate::report::Report;
use crate::sources::Said;
use crate::town::{self, Size};

/// Makes a data set for the Gasvrij3D map from files a municipality has.
#[derive(Debug, Parser)]
#[command(name = "prep", version, about, long_about = LONG, after_long_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const LONG: &str = "\
Makes a data set for the Gasvrij3D map from files a municipality has: tiles, a search index, a manifest with counts, \
sources and SHA-256, and a report of what was read, kept and rejected.

The output folder is replaced as a whole at the end. On any fault the previous data set is untouched.
Exit code 0: done. 2: something in the input is not right, and the message says what to do. 1: prep itself failed.";

const EXAMPLES: &str = "\
Forms that are read (each also as a .zip with that one file in it):
  GeoPackage   BAG light, 3DBAG, or layers called pand, verblijfsobject, buurt, gemeente, water, groen, weg, spoor,
               warmtenet, plangebied; RD New (EPSG:28992)
               TOP10NL, NWB (wegvakken) and OpenStreetMap (gis_osm_*) for water, green, roads; monumenten, stadsgezichten
  GeoJSON      panden, addresses, buurten; heat networks (lines) and plan areas (polygons) with net_soort, net_status,
               start, eind, techniek, besluit (docs/data.md); monuments and townscapes; water, groen, weg, spoor by `soort`; WGS 84 or RD New
  XML          the BAG extract: a file, a zip, or the national delivery with zips in a zip
  GML          the BGT (also the zip with all its files); monuments, townscapes and other features of a service
  CityJSON     1.1 and 2.0, also as a sequence (.jsonl): 3DBAG and city models, with roofs; RD New
  CSV          addresses (identificatie, huisnummer, ...; x and y in RD if there are points), or facts by dwelling (id or
               vbo_id, and keys of the interchange record: lab, own, q, std, mon, block, garage, area_m2, ...)
               energy labels: the total file of EP-Online, old and new names; the newest label that is valid on
               --reference-date (else the file's PublicatieDatum); private labels are dropped
               use by postcode: POSTCODE_VAN, POSTCODE_TOT, PRODUCTSOORT, AANSLUITINGEN_AANTAL, FYSIEKE_STATUS_PERC,
               SJV_GEMIDDELD; ten connections or more
               lists of the municipality: verblijfsobject, pand, or postcode, huisnummer, huisletter, toevoeging; and one
               or more of eigendom (corp, vve, part_huur), vve, blokverwarming (ja, nee, onb), parkeergarage (onder,
               boven, ja, nee, onb), monument (gm, rm, bsg, geen); opmerking is not read
  Figures of CBS: layers buurten, wijken, gemeenten and postcode areas, as GeoPackage or GeoJSON.

The first file that has a pand or an address gives it; later files fill what is missing, such as the heights of 3DBAG.

Examples:
  The model town, no real addresses:
    prep town --size quarter --out data

  Haarlem from the reconstruction of 2021, whole, with what every screen must say about it:
    prep build --out data --name Haarlem --code GM0392 \\
      --notice-nl 'Reconstructie uit open kaarten (2021). Geen advies over echte adressen.' \\
      --notice-en 'Reconstruction from open maps (2021). No advice about real addresses.' \\
      --source 'haarlem.gpkg.zip: id=reconstructie; name=Reconstructie Haarlem; licence=ODbL-1.0; date=2021-08;
                attribution=(c) OpenStreetMap contributors, PBL, CBS, Kadaster, RWS; estimated=bj' \\
      haarlem.gpkg.zip

  BAG with the heights of 3DBAG, energy labels, and the heat plan:
    prep build --out data --name Delft --code GM0503 bag-light.gpkg delft.city.jsonl.zip labels.csv plan.geojson

  What --source says can also stand in a file beside the data, haarlem.gpkg.zip.bron.toml:
    id = \"reconstructie\"
    licence = \"ODbL-1.0\"
    attribution = \"(c) OpenStreetMap contributors\"
    estimated = [\"bj\"]";

#[derive(Debug, Subcommand)]
enum Command {
    /// From files to a data set.
    #[command(after_long_help = EXAMPLES)]
    Build(Build),
    /// The model town: made up, in two sizes, always the same for the same seed.
    Town(TownArgs),
    /// Downloads the open sources that the table [ophalen] of a file asks for.
    #[command(after_long_help = FETCH)]
    Fetch(FetchArgs),
}

const FETCH: &str = "\
Example of the file:
  [ophalen]
  map = \"bronnen\"                                 # folder for the files, beside this file
  gebied = [101000, 483300, 108300, 493800]         # [min x, min y, max x, max y], RD metres
  bronnen = [\"bag-pand\", \"bag-verblijfsobject\", \"3dbag\", \"cbs-buurten\"]
  contact = \"geodata@gemeente.example\"            # so that a service knows whom to reach

A fetch that was stopped goes on where it was. Beside each file stands <file>.bron.toml: source, licence, date, address,
SHA-256. A key stands in an environment variable only; data/diensten.toml says in which.";

#[derive(Debug, Args)]
struct FetchArgs {
    /// File with a table [ophalen].
    config: PathBuf,
    /// Only this source. May be given more than once.
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
    /// Say what would be fetched, and ask nobody anything.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Args)]
struct Build {
    /// Folder for the data set. It is made, or replaced if prep made it.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Name of the municipality; otherwise the one in the layer gemeente.
    #[arg(long)]
    name: Option<String>,
    /// Code of the municipality, such as GM0392. From a layer with more municipalities only this one is taken.
    #[arg(long)]
    code: Option<String>,
    /// File with the border of the municipality: buildings outside it are left out.
    #[arg(long, value_name = "FILE")]
    border: Option<PathBuf>,
    /// Coordinate system of files that do not say it: 28992 or 4326.
    #[arg(long, value_parser = parse_crs)]
    crs: Option<Crs>,
    /// Day on which energy labels must be valid, such as 2026-04-01; otherwise the day the file was published.
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    reference_date: Option<Date>,
    /// Sentence that must stand on every screen with this data, in Dutch.
    #[arg(long, value_name = "TEXT", requires = "notice_en")]
    notice_nl: Option<String>,
    /// The same sentence in English.
    #[arg(long, value_name = "TEXT", requires = "notice_nl")]
    notice_en: Option<String>,
    /// About a file: 'FILE: id=...; name=...; licence=...; attribution=...; date=...; estimated=bj'. `estimated` lists
    /// facts that this source guesses. May be given once a file.
    #[arg(long, value_name = "ABOUT", value_parser = Said::parse)]
    source: Vec<(String, Said)>,
    /// Write downloads too (GeoPackage, GeoJSON, CSV, `PMTiles`, metadata); the table [uitgever] in this file says who
    /// publishes them: naam, uri, email, adres, licentie, datum.
    #[arg(long, value_name = "FILE")]
    downloads: Option<PathBuf>,
    /// Files to read. The order counts: earlier files go first.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
struct TownArgs {
    /// About 2,000 homes, or about 76,000.
    #[arg(long, value_enum, default_value_t = TownSize::Quarter)]
    size: TownSize,
    /// Another number is another town.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder for the data set. It is made, or replaced if prep made it.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Write downloads too, with the table [uitgever] in this file.
    #[arg(long, value_name = "FILE")]
    downloads: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TownSize {
    Quarter,
    Whole,
}

fn parse_crs(text: &str) -> std::result::Result<Crs, String> {
    Crs::parse(text).ok_or_else(|| "28992 (RD New) or 4326 (WGS 84) is expected".to_owned())
}

fn parse_day(text: &str) -> std::result::Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a day such as 2026-04-01 is expected".to_owned())
}

/// Does what the command line says.
pub fn run(cli: Cli, progress: &Progress) -> Result<Report> {
    match cli.command {
        Command::Build(build) => build_files(build, progress),
        Command::Fetch(args) => fetch::run(&args.config, &args.only, args.dry_run, progress),
        Command::Town(args) => {
            progress.expect(1 + pipeline::STEPS);
            progress.step("making the model town");
            let size = match args.size {
                TownSize::Quarter => Size::Quarter,
                TownSize::Whole => Size::Whole,
            };
            let town = town::generate(size, args.seed).map_err(Fault::Own)?;
            let input = Input {
                town,
                facts: Vec::new(),
                estimated: Estimated::new(),
                report: Report::default(),
                downloads: args.downloads.as_deref().map(Publisher::read).transpose()?,
            };
            pipeline::run(input, &args.out, progress)
        }
    }
}

fn build_files(build: Build, progress: &Progress) -> Result<Report> {
    for (file, _) in &build.source {
        if !build.files.iter().any(|path| file_name(path) == *file) {
            return Err(Fault::input(format!(
                "--source speaks of `{file}`, which is none of the files. Put the name right."
            )));
        }
    }
    let code = build.code.clone().unwrap_or_default();
    let mut options = Options { crs: build.crs, code, reference: build.reference_date, ..Options::default() };
    let mut input = Input {
        town: Town::default(),
        facts: Vec::new(),
        estimated: Estimated::new(),
        report: Report::default(),
        downloads: build.downloads.as_deref().map(Publisher::read).transpose()?,
    };
    progress.expect(build.files.len() + usize::from(build.border.is_some()) + pipeline::STEPS);
    let (last, first): (Vec<usize>, Vec<usize>) =
        (0..build.files.len()).partition(|&i| read::comes_last(&build.files[i]));
    let mut parts: Vec<Option<Part>> = build.files.iter().map(|_| None).collect();
    for (n, &i) in first.iter().chain(&last).enumerate() {
        if n == first.len() {
            let dwellings = parts.iter().flatten().flat_map(|part| &part.town.dwellings);
            options.known = Arc::new(Dwellings::new(dwellings));
        }
        let path = &build.files[i];
        progress.step(&format!("reading {}", file_name(path)));
        let on_line = build.source.iter().find(|(file, _)| *file == file_name(path)).map(|(_, said)| said.clone());
        let said = match on_line {
            Some(said) => said,
            None => Said::beside(path)?.unwrap_or_default(),
        };
        let origin = said.origin(path)?;
        let mut part = read::read_file(path, &origin, &options)?;
        let source = said.source(&origin, path, read::sha256_of(path)?, part.about.known_as);
        input.estimated.entry(origin.id).or_default().extend(origin.estimated);
        part.town.sources.push(source);
        parts[i] = Some(part);
    }
    for part in parts.into_iter().flatten() {
        append(&mut input, part);
    }
    if let Some(path) = &build.border {
        progress.step(&format!("reading {}", file_name(path)));
        let origin = Said::default().origin(path)?;
        let part = read::read_file(path, &origin, &Options { kind: Some(SourceKind::Border), ..options })?;
        if part.town.border.is_empty() {
            return Err(Fault::input(format!("{}: there is no polygon to be the border in it.", file_name(path))));
        }
        input.report.files.push(part.report);
        input.town.border = part.town.border;
    }
    let town = &mut input.town;
    if let Some(name) = build.name {
        town.name = name;
    }
    if let Some(code) = build.code {
        town.code = code;
    }
    if town.name.is_empty() {
        return Err(Fault::input("no file says whose data this is. Give the name of the municipality with --name."));
    }
    town.notice = Notice { nl: build.notice_nl.unwrap_or_default(), en: build.notice_en.unwrap_or_default() };
    if town.buildings.is_empty() {
        return Err(Fault::input(format!("there is no building in these files.\n{}", input.report)));
    }
    let buildings = town.buildings.iter().map(|b| bounds_of(&b.footprint));
    let border = bounds_of(&town.border);
    if !town.border.is_empty() && !buildings.into_iter().any(|b| meet(b, border)) {
        return Err(Fault::input(
            "all buildings lie outside the border of the municipality. Check that the files are of the same place, or \
             leave out the border.",
        ));
    }
    pipeline::run(input, &build.out, progress)
}

fn append(input: &mut Input, part: Part) {
    let Part { town, facts, report, .. } = part;
    input.town.append(town);
    input.facts.extend(facts);
    input.report.files.push(report);
}
