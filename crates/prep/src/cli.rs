//! The command line of prep.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use gasvrij3d::manifest::{Contact, Notice};

use crate::assemble;
use crate::config::{Allowed, Config, SourceFile};
use crate::date::Date;
use crate::derive::Estimated;
use crate::fault::{Fault, Result};
use crate::fetch;
use crate::kind::SourceKind;
use crate::pipeline::{self, Input};
use crate::progress::Progress;
use crate::publisher::Publisher;
use crate::read::{Crs, file_name};
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

The first file that has a pand or an address gives it; later files fill what is missing, such as the heights of 3DBAG.

Examples:
  The model town, no real addresses:
    prep town --size quarter --out data

  A municipality as its configuration says (data/voorbeeld.toml shows all of it), and only to see whether it is right:
    prep build data/haarlem.toml
    prep check data/haarlem.toml

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
    /// From a configuration, or from files, to a data set.
    #[command(after_long_help = EXAMPLES)]
    Build(Build),
    /// Reads everything that a configuration names, checks it, says what was found, and writes nothing.
    Check {
        /// The configuration: data/<municipality>.toml.
        config: PathBuf,
    },
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
    /// Folder for the data set. It is made, or replaced if prep made it. A configuration has its own, `uit`.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
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
    /// Day the data set speaks of, such as 2026-04-01: energy labels must be valid on it.
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    reference_date: Option<Date>,
    /// Sentence that must stand on every screen with this data, in Dutch.
    #[arg(long, value_name = "TEXT", requires = "notice_en")]
    notice_nl: Option<String>,
    /// The same sentence in English.
    #[arg(long, value_name = "TEXT", requires = "notice_nl")]
    notice_en: Option<String>,
    /// Show who owns a home, where a file says it. Ask the privacy officer first.
    #[arg(long)]
    show_ownership: bool,
    /// About a file: 'FILE: id=...; name=...; licence=...; attribution=...; date=...; estimated=bj'. `estimated` lists
    /// facts that this source guesses. May be given once a file.
    #[arg(long, value_name = "ABOUT", value_parser = Said::parse)]
    source: Vec<(String, Said)>,
    /// Write downloads too (GeoPackage, GeoJSON, CSV, `PMTiles`, metadata); the table [uitgever] in this file says who
    /// publishes them: naam, uri, email, adres, licentie, datum. A configuration has that table itself.
    #[arg(long, value_name = "FILE")]
    downloads: Option<PathBuf>,
    /// The folder of an earlier data set: the plans tell what changed since. A configuration has its own, `vorige`.
    #[arg(long, value_name = "DIR")]
    previous: Option<PathBuf>,
    /// A configuration (.toml), or files to read. The order of files counts: earlier files go first.
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
        Command::Build(build) => {
            let config = build.config()?;
            let out = config.out.clone();
            pipeline::run(read(config, pipeline::STEPS, progress)?, &out, progress)
        }
        Command::Check { config } => {
            let config = Config::read(&config)?;
            pipeline::check(read(config, pipeline::CHECK_STEPS, progress)?, progress)
        }
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
                // Nobody owns what is made up.
                allowed: Allowed { ownership: true },
                reference: None,
                downloads: args.downloads.as_deref().map(Publisher::read).transpose()?,
                earlier: None,
            };
            pipeline::run(input, &args.out, progress)
        }
    }
}

fn read(config: Config, steps: usize, progress: &Progress) -> Result<Input> {
    progress.expect(config.files.len() + steps);
    assemble::read_all(config, progress)
}

impl Build {
    /// What the command line says, in the form of a configuration.
    fn config(self) -> Result<Config> {
        if let [path] = self.files.as_slice()
            && path.extension().is_some_and(|e| e == "toml")
        {
            let mut config = Config::read(path)?;
            config.out = self.out.unwrap_or(config.out);
            config.previous = self.previous.or(config.previous);
            if let Some(path) = &self.downloads {
                config.publisher = Some(Publisher::read(path)?);
            }
            return Ok(config);
        }
        let Some(out) = self.out else {
            return Err(Fault::input(
                "there is no folder for the data set. Give one with --out, or give a configuration.",
            ));
        };
        for (file, _) in &self.source {
            if !self.files.iter().any(|path| file_name(path) == *file) {
                return Err(Fault::input(format!(
                    "--source speaks of `{file}`, which is none of the files. Put the name right."
                )));
            }
        }
        let mut files = Vec::with_capacity(self.files.len() + 1);
        for path in self.files {
            let on_line = self.source.iter().find(|(file, _)| *file == file_name(&path)).map(|(_, said)| said.clone());
            let said = match on_line {
                Some(said) => said,
                None => Said::beside(&path)?.unwrap_or_default(),
            };
            files.push(SourceFile { path, said, ..SourceFile::default() });
        }
        let border =
            self.border.map(|path| SourceFile { path, kind: Some(SourceKind::Border), ..SourceFile::default() });
        files.extend(border);
        Ok(Config {
            name: self.name,
            code: self.code,
            out,
            crs: self.crs,
            reference: self.reference_date,
            notice: Notice { nl: self.notice_nl.unwrap_or_default(), en: self.notice_en.unwrap_or_default() },
            contact: Contact::default(),
            allowed: Allowed { ownership: self.show_ownership },
            publisher: self.downloads.as_deref().map(Publisher::read).transpose()?,
            previous: self.previous,
            files,
        })
    }
}
