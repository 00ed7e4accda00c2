//! Draws the model town as an SVG map: `cargo run --profile quick -p prep --example town_svg -- quarter 1 town.svg`.

use std::fmt::Write as _;
use std::process::ExitCode;

use gasvrij3d::tile::{GreenClass, WaterClass};
use prep::model::{Polygon, Town};
use prep::town::{Size, generate};

/// Pixels of the picture's longer side.
const PIXELS: f64 = 1600.0;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let usage = "town_svg quarter|whole SEED FILE.svg [X Y WIDTH]   (metres from the middle, for a detail)";
    let [size, seed, file, detail @ ..] = args.as_slice() else {
        eprintln!("{usage}");
        return ExitCode::from(2);
    };
    let size = if size == "whole" { Size::Whole } else { Size::Quarter };
    let Ok(seed) = seed.parse() else {
        eprintln!("`{seed}` is no seed: a whole number is expected. {usage}");
        return ExitCode::from(2);
    };
    let started = std::time::Instant::now();
    let town = match generate(size, seed) {
        Ok(town) => town,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let homes = town.dwellings.iter().filter(|d| d.is_home).count();
    println!(
        "{} panden, {homes} homes, {} other addresses, {} streets and roads, {} neighbourhoods, {:.1} s",
        town.buildings.len(),
        town.dwellings.len() - homes,
        town.roads.len(),
        town.neighbourhoods.len(),
        started.elapsed().as_secs_f64()
    );
    let detail: Vec<f64> = detail.iter().filter_map(|a| a.parse().ok()).collect();
    if let Err(error) = std::fs::write(file, draw(&town, &detail)) {
        eprintln!("{file} cannot be written: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn draw(town: &Town, detail: &[f64]) -> String {
    let points = || town.border.iter().flatten().flatten();
    let span = |axis: usize| points().fold((f64::MAX, f64::MIN), |(a, b), p| (a.min(p[axis]), b.max(p[axis])));
    let ((x0, x1), (y0, y1)) = (span(0), span(1));
    let (cx, cy, width) = match detail {
        [x, y, width] => (f64::midpoint(x0, x1) + x, f64::midpoint(y0, y1) + y, *width),
        _ => (f64::midpoint(x0, x1), f64::midpoint(y0, y1), (x1 - x0).max(y1 - y0)),
    };
    let (left, top) = (cx - width / 2.0, cy + width / 2.0);
    let path = |polygon: &Polygon| {
        let mut d = String::new();
        for ring in polygon {
            for (i, p) in ring.iter().enumerate() {
                let _ = write!(d, "{}{:.2} {:.2}", if i == 0 { "M" } else { "L" }, p[0] - left, top - p[1]);
            }
            d.push('Z');
        }
        d
    };
    let line = |points: &[[f64; 2]]| {
        let text: Vec<String> = points.iter().map(|p| format!("{:.1},{:.1}", p[0] - left, top - p[1])).collect();
        text.join(" ")
    };
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{PIXELS}' height='{PIXELS}' viewBox='0 0 {width} {width}'>\
         <rect width='{width}' height='{width}' fill='#d9d5cc'/>\n"
    );
    for (class, polygon) in &town.green {
        let fill = match class {
            GreenClass::Park => "#b5cf9a",
            GreenClass::Grass => "#c6d8a6",
            GreenClass::Wood => "#8fb283",
            GreenClass::Garden => "#cfdcb8",
            GreenClass::Pitch => "#86bf78",
            GreenClass::Cemetery => "#a9bf9c",
            GreenClass::Farmland => "#dfe3b4",
            GreenClass::Sand => "#ead9a4",
            GreenClass::Paved => "#cfc8be",
            GreenClass::Quay => "#c4bdb0",
            GreenClass::Other => "#c0cfb0",
        };
        let _ = writeln!(svg, "<path d='{}' fill='{fill}'/>", path(polygon));
    }
    for (class, polygon) in &town.water {
        let fill = if *class == WaterClass::River { "#8db4d4" } else { "#97bcd9" };
        let _ = writeln!(svg, "<path d='{}' fill='{fill}'/>", path(polygon));
    }
    for road in &town.roads {
        let _ = writeln!(
            svg,
            "<polyline points='{}' fill='none' stroke='#fff' stroke-width='{}'/>",
            line(&road.line),
            road.class.width_m()
        );
    }
    for (_, rail) in &town.rails {
        let _ = writeln!(svg, "<polyline points='{}' fill='none' stroke='#666' stroke-width='1.6'/>", line(rail));
    }
    for building in &town.buildings {
        let fill = match building.year {
            None => "#888888",
            Some(..1800) => "#7a2f1d",
            Some(..1920) => "#a34a2a",
            Some(..1946) => "#c77b45",
            Some(..1965) => "#d9a860",
            Some(..1976) => "#b8a36a",
            Some(..1992) => "#8d8f6f",
            Some(..2006) => "#6f8fa0",
            Some(_) => "#5a6fa8",
        };
        for polygon in &building.footprint {
            let _ = writeln!(svg, "<path d='{}' fill='{fill}' stroke='#0003' stroke-width='.3'/>", path(polygon));
        }
    }
    for network in &town.networks {
        for main in &network.lines {
            let _ = writeln!(
                svg,
                "<polyline points='{}' fill='none' stroke='#d01c5b' stroke-width='1.5' stroke-opacity='.6'/>",
                line(main)
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}
