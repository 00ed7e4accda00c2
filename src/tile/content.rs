//! Between the typed tile and its layers. What is not named here does not get published.

use super::mvt::{Feature, Geometry, Layer, LayerWriter, Value, layers};
use super::{
    Area, Decision, GreenClass, HeightKind, Pand, Path, Pipe, PlanArea, PlanStage, Polygon, RailClass, RoadClass, Roof,
    RoofKind, Technique, Tile, WaterClass, Woning,
};
use crate::error::{Error, Result};
use crate::geo::EXTENT;
use crate::home::{
    Address, FactKey, FactValue, Home, JaNee, Label, Monument, NetKind, NetStatus, Ownership, PandId, Typology, VboId,
};

type Tags = Vec<(&'static str, Value)>;

fn whole(number: impl Into<u64>) -> Value {
    Value::Uint(number.into())
}

fn text(tags: &mut Tags, key: &'static str, value: &str) {
    if !value.is_empty() {
        tags.push((key, Value::Text(value.to_owned())));
    }
}

/// The bytes of a tile. The same tile always gives the same bytes.
pub fn encode(tile: &Tile) -> Vec<u8> {
    let mut out = Vec::new();
    // Ground first, so that a reader that draws in file order gets a sensible picture.
    let mut layer = LayerWriter::new("groen");
    for area in &tile.groen {
        push_area(&mut layer, area.class.code(), &area.polygon);
    }
    layer.finish(&mut out);
    let mut layer = LayerWriter::new("water");
    for area in &tile.water {
        push_area(&mut layer, area.class.code(), &area.polygon);
    }
    layer.finish(&mut out);
    let mut layer = LayerWriter::new("weg");
    for path in &tile.weg {
        push_path(&mut layer, path.class.code(), path);
    }
    layer.finish(&mut out);
    let mut layer = LayerWriter::new("spoor");
    for path in &tile.spoor {
        push_path(&mut layer, path.class.code(), path);
    }
    layer.finish(&mut out);
    let mut layer = LayerWriter::new("plangebied");
    for plan in &tile.plangebied {
        let mut tags = net_tags(&plan.name, plan.kind, plan.status, plan.start);
        if let Some(year) = plan.gas_ends {
            tags.push(("aangewezen_jaar", whole(year)));
        }
        text(&mut tags, "techniek", plan.technique.map_or("", Technique::code));
        text(&mut tags, "fase", plan.stage.map_or("", PlanStage::code));
        if let Some(year) = plan.end {
            tags.push(("eind", whole(year)));
        }
        text(&mut tags, "besluit", &plan.decision.title);
        text(&mut tags, "besluit_url", &plan.decision.url);
        text(&mut tags, "besluit_datum", &plan.decision.date);
        text(&mut tags, "onzeker", &plan.uncertain);
        text(&mut tags, "onzeker_en", &plan.uncertain_en);
        text(&mut tags, "bron", &plan.source);
        layer.push(None, &tags, &Geometry::Polygons(vec![plan.polygon.clone()]));
    }
    layer.finish(&mut out);
    let mut layer = LayerWriter::new("warmtenet");
    for pipe in &tile.warmtenet {
        let tags = net_tags(&pipe.name, pipe.kind, pipe.status, pipe.start);
        layer.push(None, &tags, &Geometry::Line(pipe.line.clone()));
    }
    layer.finish(&mut out);
    let mut layer = LayerWriter::new("pand");
    for pand in &tile.panden {
        let mut tags = vec![
            ("hoogte_dm", whole(pand.height_dm)),
            ("hoogte_bron", Value::Text(pand.height.code().to_owned())),
            ("nvbo", whole(pand.homes)),
        ];
        if let Some(year) = pand.year {
            tags.push(("bouwjaar", whole(year)));
        }
        push_roof(&mut tags, pand.roof);
        layer.push(Some(pand.id.0), &tags, &Geometry::Polygons(pand.footprint.clone()));
    }
    layer.finish(&mut out);
    let mut layer = LayerWriter::new("woning");
    for woning in &tile.woningen {
        layer.push(Some(woning.id.0), &woning_tags(woning), &Geometry::Point(woning.at));
    }
    layer.finish(&mut out);
    out
}

fn push_roof(tags: &mut Tags, roof: Option<Roof>) {
    let kind = match roof {
        None => return,
        Some(Roof::Flat) => RoofKind::Flat,
        Some(Roof::SeveralFlat) => RoofKind::SeveralFlat,
        Some(Roof::Sloped { eaves_dm, ridge_dm }) => {
            tags.push(("goot_dm", whole(eaves_dm)));
            tags.push(("nok_dm", whole(ridge_dm)));
            RoofKind::Sloped
        }
    };
    text(tags, "dak", kind.code());
}

fn push_area(layer: &mut LayerWriter, class: &str, polygon: &Polygon) {
    let tags = [("soort", Value::Text(class.to_owned()))];
    layer.push(None, &tags, &Geometry::Polygons(vec![polygon.clone()]));
}

fn push_path<C>(layer: &mut LayerWriter, class: &str, path: &Path<C>) {
    let mut tags = vec![("soort", Value::Text(class.to_owned()))];
    text(&mut tags, "naam", &path.name);
    layer.push(None, &tags, &Geometry::Line(path.line.clone()));
}

fn net_tags(name: &str, kind: Option<NetKind>, status: NetStatus, start: Option<u16>) -> Tags {
    let mut tags = vec![("net_status", Value::Text(status.code().to_owned()))];
    text(&mut tags, "naam", name);
    if let Some(kind) = kind {
        tags.push(("net_soort", Value::Text(kind.code().to_owned())));
    }
    if let Some(year) = start {
        tags.push(("net_start", whole(year)));
    }
    tags
}

fn woning_tags(woning: &Woning) -> Tags {
    let a = &woning.address;
    let mut tags = Tags::new();
    if let Some(pand) = woning.pand {
        tags.push(("pand", whole(pand.0)));
    }
    text(&mut tags, "straat", &a.street);
    tags.push(("nummer", whole(a.number)));
    text(&mut tags, "letter", &a.letter);
    text(&mut tags, "toevoeging", &a.addition);
    text(&mut tags, "postcode", &a.postcode);
    text(&mut tags, "plaats", &a.place);
    text(&mut tags, "buurt", &woning.buurt);
    for &key in FactKey::ALL {
        let value = match (key, woning.home.fact(key)) {
            (_, None) => continue,
            // The rules know one kind of flat, the tile keeps low and high apart.
            (FactKey::Typ, _) => Value::Text(woning.home.typ.map_or("", Typology::code).to_owned()),
            (_, Some(FactValue::Code(code))) => Value::Text(code.to_owned()),
            (_, Some(FactValue::Bool(yes))) => Value::Bool(yes),
            (_, Some(FactValue::Number(n))) if n >= 0.0 && n.fract() == 0.0 => whole(n as u64),
            (_, Some(FactValue::Number(n))) => Value::Double(n),
        };
        tags.push((key.code(), value));
    }
    text(&mut tags, "bron", &woning.origins.to_string());
    tags
}

/// Reads a tile. A fault anywhere is a fault of the whole tile: half a tile would show homes without their facts.
pub fn decode(bytes: &[u8]) -> Result<Tile> {
    let mut reading = Reading::new(bytes, |_| true)?;
    while !reading.go_on(usize::MAX)? {}
    Ok(reading.tile)
}

/// A tile that is read in pieces, so that other things can be done between them.
pub struct Reading<'a> {
    layers: std::vec::IntoIter<Layer<'a>>,
    /// The layer that is being read, and how many of its features are.
    layer: Option<(Layer<'a>, usize)>,
    tile: Tile,
}

impl<'a> Reading<'a> {
    /// Begins with what is asked about a home: the panden, the dwellings and the plans.
    pub fn of_homes(bytes: &'a [u8]) -> Result<Self> {
        Self::new(bytes, |layer| matches!(layer, "pand" | "woning" | "plangebied"))
    }

    fn new(bytes: &'a [u8], is_wanted: fn(&str) -> bool) -> Result<Self> {
        let wanted: Vec<Layer> = layers(bytes)?.into_iter().filter(|layer| is_wanted(layer.name)).collect();
        if let Some(Layer { name, extent, .. }) = wanted.iter().find(|layer| layer.extent != EXTENT) {
            return Err(Error::new(format!("layer `{name}` has extent {extent}, {EXTENT} is expected")));
        }
        Ok(Self { layers: wanted.into_iter(), layer: None, tile: Tile::default() })
    }

    /// Reads so many features more, at most; whether all have been read.
    pub fn go_on(&mut self, most: usize) -> Result<bool> {
        for _ in 0..most {
            let Some((layer, done)) = &mut self.layer else {
                self.layer = self.layers.next().map(|layer| (layer, 0));
                if self.layer.is_none() {
                    return Ok(true);
                }
                continue;
            };
            match layer.feature(*done) {
                None => self.layer = None,
                Some(feature) => {
                    *done += 1;
                    take(&mut self.tile, layer.name, &feature?)
                        .map_err(|e| e.at(format_args!("layer `{}`", layer.name)))?;
                }
            }
        }
        Ok(false)
    }

    /// What has been read.
    pub fn tile(self) -> Tile {
        self.tile
    }
}

fn take(tile: &mut Tile, layer: &str, f: &Feature<'_>) -> Result<()> {
    match layer {
        "pand" => tile.panden.push(read_pand(f)?),
        "woning" => tile.woningen.push(read_woning(f)?),
        "water" => tile.water.extend(areas(f, WaterClass::from_code)?),
        "groen" => tile.groen.extend(areas(f, GreenClass::from_code)?),
        "weg" => tile.weg.push(path(f, RoadClass::from_code)?),
        "spoor" => tile.spoor.push(path(f, RailClass::from_code)?),
        "warmtenet" => tile.warmtenet.push(read_pipe(f)?),
        "plangebied" => tile.plangebied.extend(read_plans(f)?),
        _ => {}
    }
    Ok(())
}

fn missing(what: &str) -> Error {
    Error::new(format!("a feature has no valid `{what}`"))
}

fn code<T>(f: &Feature<'_>, key: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
    f.tag(key).map(|v| v.text().and_then(&parse).ok_or_else(|| missing(key))).transpose()
}

fn polygons(f: &Feature<'_>) -> Result<Vec<Polygon>> {
    match &f.geometry {
        Geometry::Polygons(polygons) => Ok(polygons.clone()),
        _ => Err(missing("polygon")),
    }
}

fn line(f: &Feature<'_>) -> Result<Vec<super::Point>> {
    match &f.geometry {
        Geometry::Line(line) if line.len() > 1 => Ok(line.clone()),
        _ => Err(missing("line")),
    }
}

fn string(f: &Feature<'_>, key: &str) -> String {
    f.tag(key).and_then(super::mvt::ValueRef::text).unwrap_or_default().to_owned()
}

fn number<T: TryFrom<i64>>(f: &Feature<'_>, key: &str) -> Option<T> {
    f.tag(key).and_then(super::mvt::ValueRef::whole)
}

fn areas<C: Copy>(f: &Feature<'_>, class: impl Fn(&str) -> Option<C>) -> Result<Vec<Area<C>>> {
    let class = code(f, "soort", class)?.ok_or_else(|| missing("soort"))?;
    Ok(polygons(f)?.into_iter().map(|polygon| Area { class, polygon }).collect())
}

fn path<C>(f: &Feature<'_>, class: impl Fn(&str) -> Option<C>) -> Result<Path<C>> {
    let class = code(f, "soort", class)?.ok_or_else(|| missing("soort"))?;
    Ok(Path { class, name: string(f, "naam"), line: line(f)? })
}

fn read_pipe(f: &Feature<'_>) -> Result<Pipe> {
    Ok(Pipe {
        kind: code(f, "net_soort", NetKind::from_code)?,
        status: code(f, "net_status", NetStatus::from_code)?.ok_or_else(|| missing("net_status"))?,
        start: number(f, "net_start"),
        name: string(f, "naam"),
        line: line(f)?,
    })
}

fn read_plans(f: &Feature<'_>) -> Result<Vec<PlanArea>> {
    let kind = code(f, "net_soort", NetKind::from_code)?;
    let status = code(f, "net_status", NetStatus::from_code)?.ok_or_else(|| missing("net_status"))?;
    let technique = code(f, "techniek", Technique::from_code)?;
    let stage = code(f, "fase", PlanStage::from_code)?;
    let areas = polygons(f)?.into_iter().map(|polygon| PlanArea {
        name: string(f, "naam"),
        kind,
        status,
        start: number(f, "net_start"),
        gas_ends: number(f, "aangewezen_jaar"),
        technique,
        stage,
        end: number(f, "eind"),
        decision: Decision {
            title: string(f, "besluit"),
            url: string(f, "besluit_url"),
            date: string(f, "besluit_datum"),
        },
        uncertain: string(f, "onzeker"),
        uncertain_en: string(f, "onzeker_en"),
        source: string(f, "bron"),
        polygon,
    });
    Ok(areas.collect())
}

fn read_pand(f: &Feature<'_>) -> Result<Pand> {
    Ok(Pand {
        id: PandId(f.id.ok_or_else(|| missing("id"))?),
        footprint: polygons(f)?,
        height_dm: number(f, "hoogte_dm").filter(|h| *h > 0).ok_or_else(|| missing("hoogte_dm"))?,
        height: code(f, "hoogte_bron", HeightKind::from_code)?.ok_or_else(|| missing("hoogte_bron"))?,
        year: number(f, "bouwjaar"),
        homes: number(f, "nvbo").ok_or_else(|| missing("nvbo"))?,
        roof: read_roof(f)?,
    })
}

fn read_roof(f: &Feature<'_>) -> Result<Option<Roof>> {
    Ok(match code(f, "dak", RoofKind::from_code)? {
        None => None,
        Some(RoofKind::Flat) => Some(Roof::Flat),
        Some(RoofKind::SeveralFlat) => Some(Roof::SeveralFlat),
        Some(RoofKind::Sloped) => {
            let eaves_dm: u16 = number(f, "goot_dm").ok_or_else(|| missing("goot_dm"))?;
            let ridge_dm = number(f, "nok_dm").filter(|nok| *nok > eaves_dm).ok_or_else(|| missing("nok_dm"))?;
            Some(Roof::Sloped { eaves_dm, ridge_dm })
        }
    })
}

fn read_woning(f: &Feature<'_>) -> Result<Woning> {
    let Geometry::Point(at) = f.geometry else { return Err(missing("point")) };
    let double = |key: FactKey| f.tag(key.code()).and_then(super::mvt::ValueRef::number);
    let boolean = |key: FactKey| match f.tag(key.code()) {
        Some(super::mvt::ValueRef::Bool(yes)) => Some(yes),
        _ => None,
    };
    let home = Home {
        bj: number(f, "bj"),
        typ: code(f, "typ", Typology::from_code)?,
        own: code(f, "own", Ownership::from_code)?,
        lab: code(f, "lab", Label::from_code)?,
        q: double(FactKey::Q),
        std: double(FactKey::Std),
        mon: code(f, "mon", Monument::from_code)?,
        nvbo: number(f, "nvbo"),
        block: code(f, "block", JaNee::from_code)?,
        garage: code(f, "garage", JaNee::from_code)?,
        net_soort: code(f, "net_soort", NetKind::from_code)?,
        net_status: code(f, "net_status", NetStatus::from_code)?,
        net_start: number(f, "net_start"),
        d_net: double(FactKey::DNet),
        dens: double(FactKey::Dens),
        space_ground: double(FactKey::SpaceGround),
        d_rear: double(FactKey::DRear),
        aangewezen_jaar: number(f, "aangewezen_jaar"),
        area_m2: double(FactKey::AreaM2),
        gw_bescherming: boolean(FactKey::GwBescherming),
        archeologie_hoog: boolean(FactKey::ArcheologieHoog),
        cluster_gj: double(FactKey::ClusterGj),
        cluster_homes: number(f, "cluster_homes"),
        woonfunctie: boolean(FactKey::Woonfunctie),
    };
    Ok(Woning {
        id: VboId(f.id.ok_or_else(|| missing("id"))?),
        pand: number::<u64>(f, "pand").map(PandId),
        at,
        address: Address {
            street: string(f, "straat"),
            number: number(f, "nummer").ok_or_else(|| missing("nummer"))?,
            letter: string(f, "letter"),
            addition: string(f, "toevoeging"),
            postcode: string(f, "postcode"),
            place: string(f, "plaats"),
        },
        buurt: string(f, "buurt"),
        home,
        origins: string(f, "bron").parse()?,
    })
}
