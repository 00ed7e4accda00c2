//! `data/palette.toml` → tables of constants: the look of each category, and the colour of each surface on a light
//! and on a dark map.

use std::fmt::Write as _;

use toml::{Table, Value};

use super::texts::capital;

/// `static CATEGORIES`, `static SURFACES` and `static DARK`, for a module that has `Style`, `Hatch` and `Rgb`.
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

/// `#A81D00`.
fn colour(text: &str) -> Result<[u8; 3], String> {
    let channel = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    let rgb = || Some([channel(1)?, channel(3)?, channel(5)?]);
    rgb()
        .filter(|_| text.starts_with('#') && text.len() == 7)
        .ok_or(format!("`{text}` is not a colour: `#RRGGBB` is expected"))
}
