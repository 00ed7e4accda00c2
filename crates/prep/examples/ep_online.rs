//! Measures the reader of energy labels on a file of the size of the national register. All rows are made up.
//!
//! ```sh
//! cargo run --profile quick -p prep --example ep_online -- make 5000000 /tmp/labels.csv
//! cargo run --profile quick -p prep --example ep_online -- read /tmp/labels.csv    # also a .zip with that file in it
//! ```

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use gasvrij3d::home::VboId;
use prep::model::Dwelling;
use prep::read::dwellings::Dwellings;
use prep::read::{Options, Origin, read_file};

/// The municipality whose dwellings are kept has this code, which no municipality has, and so many dwellings.
const HERE: u64 = 9_999;
const DWELLINGS: u64 = 76_000;

const HEADER: &str = "Registratiedatum;Opnamedatum;GeldigTot;Certificaathouder;SoortOpname;Status;Berekeningstype;\
    OpBasisVanReferentiegebouw;Gebouwklasse;Gebouwtype;Gebouwsubtype;SBICode;Postcode;Huisnummer;Huisletter;\
    Huisnummertoevoeging;BAGVerblijfsobjectID;Energieklasse;Bouwjaar;GebruiksoppervlakteThermischeZone;Compactheid;\
    EnergieIndex;EnergieIndexEMGForfaitair;Energiebehoefte;Warmtebehoefte;PrimaireFossieleEnergie;\
    PrimaireFossieleEnergieEMGForfaitair;AandeelHernieuwbareEnergie;AandeelHernieuwbareEnergieEMGForfaitair;\
    BerekendeCO2Emissie;BerekendeEnergieverbruik;Temperatuuroverschrijding;EisEnergiebehoefte;\
    EisPrimaireFossieleEnergie;EisAandeelHernieuwbareEnergie;EisTemperatuuroverschrijding;BAGLigplaatsID;\
    BAGStandplaatsID;BAGPandIDs;Projectnaam;Projectobject;Detailaanduiding";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", rows, path] => make(rows.parse()?, Path::new(path)),
        ["read", path] => read(Path::new(path)),
        _ => Err("`make ROWS FILE` or `read FILE` is expected".into()),
    }
}

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u64) as usize]
    }
}

fn make(rows: u64, path: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut dice = Dice(1);
    write!(out, "\u{feff}PublicatieDatum;01-04-2026\r\nLaatstVerwerkteMutatievolgnummer;{rows}\r\n{HEADER}\r\n")?;
    for row in 0..rows {
        let municipality = if dice.below(60) == 0 { HERE } else { 14 + dice.below(1980) };
        let serial = if municipality == HERE { dice.below(DWELLINGS) } else { dice.below(300_000) };
        let (year, month, day) = (2016 + dice.below(10), 1 + dice.below(12), 1 + dice.below(28));
        let date = format!("{year}{month:02}{day:02}");
        let by_nta = year > 2020;
        let method = if by_nta {
            dice.one(&["NTA 8800:2024 (basisopname woningbouw)", "NTA 8800:2022 (detailopname woningbouw)"])
        } else {
            dice.one(&[
                "Rekenmethodiek Definitief Energielabel, versie 1.2, 16 september 2014",
                "ISSO82.3, versie 3.0, oktober 2011",
            ])
        };
        let class = if dice.below(20) == 0 { "U" } else { "W" };
        let kind =
            dice.one(&["Rijwoning tussen", "Rijwoning hoek", "Appartement", "Vrijstaande woning", "Galerijwoning"]);
        let subkind = if kind == "Appartement" { dice.one(&["Hoekdak", "Tussenmidden", "Hoekvloer"]) } else { "" };
        let postcode = format!("{}{}", 1000 + dice.below(9000), dice.one(&["AB", "CD", "XZ", "GH"]));
        let letter = dice.one(&["A+++", "A+", "A", "B", "C", "D", "E", "F", "G"]);
        let number = 1 + dice.below(300);
        let addition = if dice.below(8) == 0 { "A" } else { "" };
        write!(
            out,
            "{date};{date};{}{month:02}{day:02};Energieadvies {} B.V.;Basisopname;Bestaand;{method};Nee;{class};{kind};{subkind};;\
             {postcode};{number};{addition};;{municipality:04}01{serial:010};{letter};{};",
            year + 10,
            dice.below(4000),
            1900 + dice.below(125)
        )?;
        let mut number = |below: u64| format!("{},{:02}", dice.below(below), dice.below(100));
        if by_nta {
            let figures: Vec<String> = [200, 3].map(&mut number).into();
            write!(out, "{};;;", figures.join(";"))?;
            let figures: Vec<String> = [300, 250, 400, 400, 60, 60, 50, 200].map(&mut number).into();
            write!(out, "{};;;;;;", figures.join(";"))?;
        } else {
            write!(out, ";;{};;;;;;;;;{};;;;;;", number(3), number(90_000))?;
        }
        writeln!(
            out,
            ";;{municipality:04}10{serial:010};;;{}\r",
            if row % 50 == 0 { "\"hoek; begane grond\"" } else { "" }
        )?;
    }
    out.flush()?;
    println!("{} rows, {} MB", rows, out.get_ref().metadata()?.len() / 1_000_000);
    Ok(())
}

fn read(path: &Path) -> Result<(), Box<dyn Error>> {
    let all: Vec<Dwelling> = (0..DWELLINGS)
        .map(|serial| Dwelling { id: VboId(HERE * 1_000_000_000_000 + 10_000_000_000 + serial), ..Dwelling::default() })
        .collect();
    let options = Options { known: Arc::new(Dwellings::new(all.iter())), ..Options::default() };
    drop(all);
    let before = peak_kb();
    let start = Instant::now();
    let part = read_file(path, &Origin::default(), &options)?;
    let seconds = start.elapsed().as_secs_f64();
    for layer in &part.report.layers {
        print!("{layer}");
    }
    let bytes = fs::metadata(path)?.len();
    println!(
        "{} MB in {seconds:.2} s: {:.1} MB/s; peak memory {} MB, of which {} MB before reading",
        bytes / 1_000_000,
        bytes as f64 / 1e6 / seconds,
        peak_kb() / 1000,
        before / 1000
    );
    Ok(())
}

/// The largest part of the memory this process has had, kB; 0 where the system does not say.
fn peak_kb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
