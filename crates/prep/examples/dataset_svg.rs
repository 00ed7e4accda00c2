//! Draws a prepared data set as an SVG map, to look at what prep made:
//! `cargo run --profile quick -p prep --example dataset_svg -- DATA OUT.svg [MINX,MINY,MAXX,MAXY]`.
//! Buildings are tinted by height; with an outline where they hold homes.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use gasvrij3d::geo::TileId;
use gasvrij3d::manifest::Manifest;
use gasvrij3d::tile::{self, Point, Polygon};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [data, out, window @ ..] = args.as_slice() else {
        return Err("DATA OUT.svg [MINX,MINY,MAXX,MAXY] are expected".into());
    };
    let data = Path::new(data);
    let manifest = Manifest::parse(&std::fs::read_to_string(data.join("manifest.json"))?)?;
    let window: Vec<f64> = match window.first() {
        Some(text) => text.split(',').map(str::parse).collect::<Result<_, _>>()?,
        None => manifest.bounds.to_vec(),
    };
    let &[x0, y0, x1, y1] = window.as_slice() else { return Err("four numbers are expected".into()) };
    let (w, h) = (x1 - x0, y1 - y0);
    let mut layers: [String; 6] = Default::default();
    for entry in &manifest.tiles {
        let b = entry.id.bounds();
        if b[2] < x0 || b[0] > x1 || b[3] < y0 || b[1] > y1 {
            continue;
        }
        let tile = tile::decode(&std::fs::read(data.join(&entry.file.file))?)?;
        let at = |p: &Point| to_page(entry.id, *p, x0, y1);
        for area in &tile.groen {
            let colour = match area.class.code() {
                "bos" => "#b9cfa9",
                "sportveld" => "#bfe0b4",
                "zand" => "#eee3c4",
                "akker" => "#e9e6cf",
                _ => "#d3e4c2",
            };
            fill(&mut layers[0], std::slice::from_ref(&area.polygon), at, colour, "")?;
        }
        for area in &tile.water {
            fill(&mut layers[1], std::slice::from_ref(&area.polygon), at, "#a9c8dc", "")?;
        }
        for area in &tile.plangebied {
            fill(&mut layers[2], std::slice::from_ref(&area.polygon), at, "#d33", " fill-opacity='.12'")?;
        }
        for path in &tile.weg {
            stroke(&mut layers[3], &path.line, at, "#fff", f64::from(path.class.width_m()))?;
        }
        for path in &tile.spoor {
            stroke(&mut layers[3], &path.line, at, "#777", 2.5)?;
        }
        for pand in &tile.panden {
            let grey = 200_u16.saturating_sub(pand.height_dm);
            let colour = if pand.homes > 0 {
                format!("rgb({},{grey},{})", 220, grey / 2 + 40)
            } else {
                format!("rgb({grey},{grey},{grey})")
            };
            fill(&mut layers[4], &pand.footprint, at, &colour, "")?;
        }
        for pipe in &tile.warmtenet {
            stroke(&mut layers[5], &pipe.line, at, "#c0f", 4.0)?;
        }
    }
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {w:.0} {h:.0}' width='1600' height='{:.0}'>\
         <rect width='100%' height='100%' fill='#f4f1ea'/>{}</svg>",
        1600.0 * h / w,
        layers.concat()
    );
    std::fs::write(out, svg)?;
    Ok(())
}

fn to_page(id: TileId, p: Point, x0: f64, y1: f64) -> [f64; 2] {
    let [x, y] = id.to_rd(p);
    [x - x0, y1 - y]
}

fn fill(
    out: &mut String,
    polygons: &[Polygon],
    at: impl Fn(&Point) -> [f64; 2],
    colour: &str,
    more: &str,
) -> std::fmt::Result {
    out.push_str("<path fill-rule='evenodd' d='");
    for ring in polygons.iter().flatten() {
        path(out, ring, &at)?;
        out.push('Z');
    }
    write!(out, "' fill='{colour}'{more}/>")
}

fn stroke(
    out: &mut String,
    line: &[Point],
    at: impl Fn(&Point) -> [f64; 2],
    colour: &str,
    width: f64,
) -> std::fmt::Result {
    out.push_str("<path fill='none' d='");
    path(out, line, &at)?;
    write!(out, "' stroke='{colour}' stroke-width='{width}'/>")
}

fn path(out: &mut String, points: &[Point], at: impl Fn(&Point) -> [f64; 2]) -> std::fmt::Result {
    for (i, p) in points.iter().enumerate() {
        let [x, y] = at(p);
        write!(out, "{}{x:.1},{y:.1}", if i == 0 { 'M' } else { 'L' })?;
    }
    Ok(())
}
