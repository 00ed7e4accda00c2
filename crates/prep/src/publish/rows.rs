//! What the downloads are made of: the panden and woningen of the tiles, so that the allow-list of the tiles is theirs.

use std::collections::HashMap;

use gasvrij3d::geo::Rd;
use gasvrij3d::home::{FactKey, FactValue, Home, PandId, VboId};
use gasvrij3d::rules::rules;
use gasvrij3d::tile::mvt::Value;
use gasvrij3d::tile::{self, Pand, Woning};
use gasvrij3d::verdict::{HeatOption, Verdict};
use rayon::prelude::*;

use crate::config::Allowed;
use crate::fault::Result;
use crate::join::Joined;
use crate::model::{Polygon, Town};
use crate::publisher::Publisher;
use crate::tiles::Built;

/// What every download says of itself.
pub struct Notice<'a> {
    /// Who publishes.
    pub publisher: &'a Publisher,
    /// Whose data it is.
    pub town: &'a Town,
    /// Version of the data set.
    pub version: &'a str,
}

impl Notice<'_> {
    /// For people.
    pub fn title(&self) -> String {
        format!("Gasvrij3D {}: woningen en hun aardgasvrije opties", self.town.name)
    }

    /// One text: what it is, licence, sources and the sentence that must stand beside this data.
    pub fn text(&self) -> String {
        let sources: Vec<&str> = self.town.sources.iter().map(|s| s.attribution.as_str()).collect();
        let mut text = format!(
            "Feiten over woningen en wat de regels van Gasvrij3D over elke optie zeggen. Advies, geen besluit. Versie {}. \
             Licentie {}. Bronnen: {}.",
            self.version.get(..16).unwrap_or(self.version),
            self.publisher.licentie,
            sources.join("; ")
        );
        if !self.town.notice.nl.is_empty() {
            text.push(' ');
            text.push_str(&self.town.notice.nl);
        }
        text
    }
}

/// A building.
pub struct PandRow<'a> {
    pand: Pand,
    /// Its footprint, RD metres.
    pub footprint: &'a [Polygon],
}

/// A home.
pub struct WoningRow {
    woning: Woning,
    /// Its place, RD metres.
    pub at: Rd,
    /// In the order of [`HeatOption::INTERCHANGE`].
    verdicts: Vec<(HeatOption, Verdict)>,
}

/// All rows, by id.
pub struct Rows<'a> {
    /// Buildings.
    pub panden: Vec<PandRow<'a>>,
    /// Homes.
    pub woningen: Vec<WoningRow>,
    /// The facts that have a column.
    facts: Vec<FactKey>,
}

/// The columns of a building.
pub const PAND: [&str; 5] = ["identificatie", "bouwjaar", "hoogte_m", "hoogte_bron", "woningen"];

/// The first columns of a home; its facts, their origin and the options follow.
const WONING: [&str; 8] =
    ["identificatie", "pand", "straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats"];

/// What the rules say about a home. The one place where the downloads ask them.
fn verdicts(home: &Home) -> Vec<(HeatOption, Verdict)> {
    let table = rules();
    let advice = table.evaluate(home, table.year());
    HeatOption::INTERCHANGE.iter().map(|option| (*option, advice.verdict(*option))).collect()
}

impl<'a> Rows<'a> {
    /// Reads the tiles as they are published.
    pub fn read(joined: &'a Joined, tiles: &[Built], allowed: Allowed) -> Result<Self> {
        let footprints: HashMap<PandId, &[Polygon]> =
            joined.town.buildings.iter().map(|b| (b.id, b.footprint.as_slice())).collect();
        let places: HashMap<VboId, Rd> = joined.town.dwellings.iter().map(|d| (d.id, d.at)).collect();
        let mut panden = Vec::new();
        let mut homes = Vec::new();
        for built in tiles {
            let read = tile::decode(&built.bytes)?;
            panden.extend(read.panden.into_iter().filter_map(|pand| {
                let footprint = *footprints.get(&pand.id)?;
                Some(PandRow { pand, footprint })
            }));
            homes.extend(read.woningen.into_iter().filter(|w| w.home.woonfunctie != Some(false)));
        }
        let mut woningen: Vec<WoningRow> = homes
            .into_par_iter()
            .filter_map(|woning| {
                let at = *places.get(&woning.id)?;
                Some(WoningRow { at, verdicts: verdicts(&woning.home), woning })
            })
            .collect();
        panden.sort_by_key(|row| row.pand.id);
        woningen.sort_by_key(|row| row.woning.id);
        let facts = FactKey::ALL.iter().copied().filter(|key| allowed.ownership || *key != FactKey::Own).collect();
        Ok(Self { panden, woningen, facts })
    }

    /// The columns of a home.
    pub fn woning_columns(&self) -> impl Iterator<Item = &'static str> {
        let facts = self.facts.iter().map(|key| key.code());
        let options = HeatOption::INTERCHANGE.iter().map(|option| option.code());
        WONING.into_iter().chain(facts).chain(["bron"]).chain(options)
    }

    /// What stands in those columns for a home.
    pub fn values(&self, row: &WoningRow) -> Vec<Option<Value>> {
        let Woning { id, pand, address, home, origins, .. } = &row.woning;
        let mut values = vec![
            text(&id.to_string()),
            pand.and_then(|pand| text(&pand.to_string())),
            text(&address.street),
            Some(Value::Uint(address.number.into())),
            text(&address.letter),
            text(&address.addition),
            text(&address.postcode),
            text(&address.place),
        ];
        values.extend(self.facts.iter().map(|key| fact(home, *key)));
        values.push(text(&origins.to_string()));
        values.extend(row.verdicts().map(|(_, verdict)| Some(verdict)));
        values
    }
}

fn text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::Text(text.to_owned()))
}

fn fact(home: &Home, key: FactKey) -> Option<Value> {
    // The rules know one kind of flat; people want to see which.
    if let (FactKey::Typ, Some(typ)) = (key, home.typ) {
        return text(typ.code());
    }
    Some(match home.fact(key)? {
        FactValue::Code(code) => Value::Text(code.to_owned()),
        FactValue::Bool(yes) => Value::Bool(yes),
        FactValue::Number(n) if n >= 0.0 && n.fract() == 0.0 => Value::Uint(n as u64),
        FactValue::Number(n) => Value::Double(n),
    })
}

impl PandRow<'_> {
    /// A number for it that is always the same.
    pub const fn id(&self) -> u64 {
        self.pand.id.0
    }

    /// What stands in the columns [`PAND`].
    pub fn values(&self) -> [Option<Value>; 5] {
        let pand = &self.pand;
        [
            text(&pand.id.to_string()),
            pand.year.map(|year| Value::Uint(year.into())),
            Some(Value::Double(f64::from(pand.height_dm) / 10.0)),
            text(pand.height.code()),
            Some(Value::Uint(pand.homes.into())),
        ]
    }
}

impl WoningRow {
    /// A number for it that is always the same.
    pub const fn id(&self) -> u64 {
        self.woning.id.0
    }

    /// Its address on one line.
    pub fn address(&self) -> String {
        self.woning.address.to_string()
    }

    /// What the rules say of each option.
    pub fn verdicts(&self) -> impl Iterator<Item = (&'static str, Value)> + '_ {
        self.verdicts.iter().map(|(option, verdict)| (option.code(), Value::Text(verdict.code().to_owned())))
    }
}
