//! `data/palette.toml` → tables of constants: the look of each category and its sign, and the colour of each surface on a light
//! and on a dark map.

use std::fmt::Write as _;

use kurbo::{BezPath, Cap, Join, PathEl, Point, Stroke, StrokeOpts, stroke};
use toml::{Table, Value};

use super::texts::capital;

/// How wide the lines of a sign are, and how far its outline may be beside them, on a square of 24.
const LINE: f64 = 2.2;
const TOLERANCE: f64 = 0.05;

/// `static CATEGORIES`, `static SIGNS`, `static SURFACES` and `static DARK`, for a module that has `Style`, `Hatch` and `Rgb`.
pub fn source(palette: &Table) -> Result<String, String> {
    for name in ["source", "date"] {
        text(palette, name, "the palette")?;
    }
    let (categories, surfaces) = (table(palette, "category")?, table(palette, "surface")?);
    let mut out = format!("static CATEGORIES: [(&str, Style); {}] = [\n", categories.len());
    for (name, style) in categories {
        let style = style.as_table().ok_or(format!("`category.{name}` is not a table"))?;
        let outline = match style.get("outline") {
            None => "None".to_owned(),
            Some(_) => format!("Some({:?})", colour(text(style, "outline", name)?)?),
        };
        let _ = writeln!(
            out,
            "    ({name:?}, Style {{ colour: {:?}, outline: {outline}, hatch: Hatch::{} }}),",
            colour(text(style, "colour", name)?)?,
            capital(text(style, "hatch", name)?)
        );
    }
    out.push_str("];\n");
    let _ = writeln!(out, "\nstatic SIGNS: [(&str, &str); {}] = [", categories.len());
    for (name, style) in categories {
        let style = style.as_table().ok_or(format!("`category.{name}` is not a table"))?;
        let sign = outline(text(style, "sign", name)?).map_err(|e| format!("`sign` of `{name}`: {e}"))?;
        let _ = writeln!(out, "    ({name:?}, {sign:?}),");
    }
    out.push_str("];\n");
    for (constant, name, surfaces) in [("SURFACES", "surface", surfaces), ("DARK", "dark", table(palette, "dark")?)] {
        let _ = writeln!(out, "\nstatic {constant}: [(&str, Rgb); {}] = [", surfaces.len());
        for (surface, value) in surfaces {
            let value = value.as_str().ok_or(format!("`{name}.{surface}` is not a colour in quotes"))?;
            let _ = writeln!(out, "    ({surface:?}, {:?}),", colour(value)?);
        }
        out.push_str("];\n");
    }
    Ok(out)
}

fn table<'a>(palette: &'a Table, name: &str) -> Result<&'a Table, String> {
    palette.get(name).and_then(Value::as_table).ok_or(format!("has no tables `[{name}.…]`"))
}

fn text<'a>(table: &'a Table, name: &str, of: &str) -> Result<&'a str, String> {
    table.get(name).and_then(Value::as_str).ok_or(format!("`{of}` has no text `{name}`"))
}

/// The outline of lines that are drawn as an SVG path, as another. A browser that draws with the processor takes a tenth of a second
/// for a few curved lines between squares, and nothing worth speaking of for areas.
fn outline(sign: &str) -> Result<String, String> {
    let lines = BezPath::from_svg(sign).map_err(|e| format!("`{sign}` is not an SVG path ({e})"))?;
    let pen = Stroke::new(LINE).with_caps(Cap::Round).with_join(Join::Round);
    let (mut last, mut begin) = (Point::ZERO, Point::ZERO);
    let mut out = String::new();
    for part in stroke(lines, &pen, &StrokeOpts::default(), TOLERANCE) {
        // Each number from where the one before ended, in tenths: then they do not add up to more than that beside it.
        let mut write = |letter: char, points: &[Point]| {
            let from = last;
            out.push(letter);
            for (i, point) in points.iter().enumerate() {
                let round = |v: f64| (v * 10.0).round() / 10.0;
                last = Point::new(round(point.x), round(point.y));
                for (k, v) in [round(last.x - from.x), round(last.y - from.y)].into_iter().enumerate() {
                    let is_first = i == 0 && k == 0;
                    let text = format!("{}", if v == 0.0 { 0.0 } else { v });
                    let text = text.replacen("0.", ".", usize::from(v != 0.0 && v.abs() < 1.0));
                    if !is_first && !text.starts_with('-') {
                        out.push(' ');
                    }
                    out.push_str(&text);
                }
            }
        };
        match part {
            PathEl::MoveTo(p) => {
                write('m', &[p]);
                begin = last;
            }
            PathEl::LineTo(p) => write('l', &[p]),
            PathEl::QuadTo(a, p) => write('q', &[a, p]),
            PathEl::CurveTo(a, b, p) => write('c', &[a, b, p]),
            PathEl::ClosePath => {
                out.push('z');
                last = begin;
            }
        }
    }
    Ok(out)
}

/// `#A81D00`.
fn colour(text: &str) -> Result<[u8; 3], String> {
    let channel = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    let rgb = || Some([channel(1)?, channel(3)?, channel(5)?]);
    rgb()
        .filter(|_| text.starts_with('#') && text.len() == 7)
        .ok_or(format!("`{text}` is not a colour: `#RRGGBB` is expected"))
}
