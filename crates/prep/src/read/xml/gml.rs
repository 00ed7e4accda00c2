//! Shapes in GML 2 to 3.2: points, lines, polygons and collections of them, in two or three dimensions. Arcs and circles
//! become straight pieces.

use gasvrij3d::geo::{Rd, is_rd};

use super::Element;
use crate::read::Crs;
use crate::read::wkb::{Shape, open_ring};
use gasvrij3d::wgs84;

/// Elements whose text is coordinates.
pub const COORDINATES: [&str; 4] = ["posList", "pos", "coordinates", "lowerCorner"];

/// What a geometry may be called.
const GEOMETRIES: [&str; 14] = [
    "Point",
    "MultiPoint",
    "LineString",
    "Curve",
    "CompositeCurve",
    "OrientableCurve",
    "MultiCurve",
    "MultiLineString",
    "Polygon",
    "Surface",
    "CompositeSurface",
    "MultiSurface",
    "MultiPolygon",
    "MultiGeometry",
];

/// A straight piece of an arc stays this close to it, metres.
const SAGITTA: f64 = 0.05;
/// No arc needs more pieces.
const MOST_PIECES: f64 = 180.0;

/// Why a geometry cannot be read.
#[derive(Debug, PartialEq)]
pub enum Unread {
    /// This one cannot: a part of a sentence.
    This(String),
    /// It is in a coordinate system that is not read: no use to go on.
    System(String),
}

type Read<T> = Result<T, Unread>;

fn this<T>(what: impl Into<String>) -> Read<T> {
    Err(Unread::This(what.into()))
}

/// The first geometry in an object, in RD metres. `told` is the system of files that do not say it.
pub fn shape(object: &Element, told: Option<Crs>) -> Read<Shape> {
    let Some(geometry) = object.all().find(|e| GEOMETRIES.contains(&e.name.as_str())) else { return Ok(Shape::Empty) };
    let named = geometry.all().find_map(|e| e.attribute("srsName"));
    let mut shape = read(geometry, None)?;
    let crs = match named {
        Some(name) => Crs::parse(name).ok_or_else(|| Unread::System(name.to_owned()))?,
        None => told.unwrap_or(Crs::Rd),
    };
    if crs == Crs::Wgs84 {
        // The registry's own form of the name puts latitude first, as does a URN; the short form and CRS84 do not.
        let latitude_first =
            named.is_some_and(|n| !n.contains("CRS84") && (n.starts_with("urn:") || n.contains("/def/crs/")));
        for p in shape.points_mut() {
            *p = wgs84::from_wgs84(if latitude_first { [p[1], p[0]] } else { *p });
        }
    }
    Ok(shape)
}

fn read(e: &Element, dimension: Option<usize>) -> Read<Shape> {
    let dimension = own_dimension(e)?.or(dimension);
    match e.name.as_str() {
        "Point" => match points(e, dimension)?.first() {
            Some(p) => Ok(Shape::Point(*p)),
            None => Ok(Shape::Empty),
        },
        "LineString" | "Curve" | "CompositeCurve" | "OrientableCurve" => Ok(Shape::Lines(vec![line(e, dimension)?])),
        "Polygon" | "PolygonPatch" | "Rectangle" | "Triangle" => Ok(Shape::Polygons(vec![polygon(e, dimension)?])),
        // Collections, and the elements that hold their members.
        _ => {
            let mut all = Shape::Empty;
            for child in e.children.iter().filter(|c| !c.name.contains("boundedBy") && c.name != "metaDataProperty") {
                match (&mut all, read(child, dimension)?) {
                    (_, Shape::Empty) | (Shape::Point(_), Shape::Point(_)) => {}
                    (all @ Shape::Empty, part) => *all = part,
                    (Shape::Lines(lines), Shape::Lines(more)) => lines.extend(more),
                    (Shape::Polygons(polygons), Shape::Polygons(more)) => polygons.extend(more),
                    _ => return this("a geometry that mixes points, lines and polygons"),
                }
            }
            Ok(all)
        }
    }
}

fn own_dimension(e: &Element) -> Read<Option<usize>> {
    match e.attribute("srsDimension").or(e.attribute("dimension")) {
        None => Ok(None),
        Some("2") => Ok(Some(2)),
        Some("3") => Ok(Some(3)),
        Some(other) => this(format!("coordinates of dimension {other} (2 or 3 is expected)")),
    }
}

fn polygon(e: &Element, dimension: Option<usize>) -> Read<Vec<Vec<Rd>>> {
    let mut rings = Vec::new();
    for (outer, names) in [(true, ["exterior", "outerBoundaryIs"]), (false, ["interior", "innerBoundaryIs"])] {
        for boundary in e.children.iter().filter(|c| names.contains(&c.name.as_str())) {
            rings.push(open_ring(line(boundary, dimension)?));
        }
        if outer && rings.len() != 1 {
            return this("a polygon without one outer ring");
        }
    }
    Ok(rings)
}

/// A line of one or more pieces, each of which begins where the one before it ends.
fn line(e: &Element, dimension: Option<usize>) -> Read<Vec<Rd>> {
    let dimension = own_dimension(e)?.or(dimension);
    match e.name.as_str() {
        "LinearRing" | "LineString" | "LineStringSegment" => points(e, dimension),
        "Arc" | "ArcString" => arcs(&points(e, dimension)?),
        "Circle" => circle(&points(e, dimension)?),
        "exterior" | "interior" | "outerBoundaryIs" | "innerBoundaryIs" | "Ring" | "curveMember" | "curveMembers"
        | "Curve" | "CompositeCurve" | "OrientableCurve" | "baseCurve" | "segments" => {
            let reversed = e.attribute("orientation") == Some("-");
            let mut all: Vec<Rd> = Vec::new();
            for child in &e.children {
                for p in line(child, dimension)? {
                    if all.last() != Some(&p) {
                        all.push(p);
                    }
                }
            }
            if reversed {
                all.reverse();
            }
            Ok(all)
        }
        other => this(format!("a curve of a kind that is not read (`{other}`)")),
    }
}

fn points(e: &Element, dimension: Option<usize>) -> Read<Vec<Rd>> {
    let mut all = Vec::new();
    for child in e.children.iter().filter(|c| COORDINATES.contains(&c.name.as_str())) {
        let own = own_dimension(child)?.or(dimension);
        if child.name == "coordinates" {
            for tuple in child.text.split_ascii_whitespace() {
                let mut numbers = tuple.split(',').map(number);
                match (numbers.next(), numbers.next()) {
                    (Some(x), Some(y)) => all.push([x?, y?]),
                    _ => return this("a position with fewer than two numbers"),
                }
            }
            continue;
        }
        let count = child.text.split_ascii_whitespace().count();
        // What is declared only tells the dimension where nothing else does, and is held against what is there.
        let declared = child.attribute("count").and_then(|n| n.parse::<usize>().ok()).filter(|n| *n > 0);
        let each = match (own, declared) {
            (Some(own), _) => own,
            (None, Some(n)) if count == n.saturating_mul(3) => 3,
            (None, _) if child.name == "pos" && count == 3 => 3,
            (None, _) => 2,
        };
        if !count.is_multiple_of(each) {
            return this(format!("{count} numbers, which are no positions of {each}"));
        }
        if declared.is_some_and(|n| n != count / each) {
            return this("a list of positions that is shorter or longer than it says");
        }
        all.reserve_exact(count / each);
        let mut numbers = child.text.split_ascii_whitespace().map(number);
        while let (Some(x), Some(y)) = (numbers.next(), numbers.next()) {
            all.push([x?, y?]);
            if each == 3 {
                numbers.next().transpose()?;
            }
        }
    }
    Ok(all)
}

fn number(text: &str) -> Read<f64> {
    match text.parse::<f64>() {
        Ok(n) if n.is_finite() => Ok(n),
        _ => this(format!("`{}`, which is no coordinate", text.chars().take(40).collect::<String>())),
    }
}

/// Arcs through three points each, every one beginning where the one before it ends.
fn arcs(points: &[Rd]) -> Read<Vec<Rd>> {
    if points.len() < 3 || points.len().is_multiple_of(2) {
        return this(format!("an arc of {} points", points.len()));
    }
    let mut all = vec![points[0]];
    for at in (0..points.len() - 2).step_by(2) {
        arc([points[at], points[at + 1], points[at + 2]], false, &mut all);
    }
    Ok(all)
}

fn circle(points: &[Rd]) -> Read<Vec<Rd>> {
    let [a, b, c] = *points else { return this(format!("a circle of {} points", points.len())) };
    let mut all = vec![a];
    arc([a, b, c], true, &mut all);
    Ok(all)
}

/// Adds the points of an arc after its first one.
fn arc([a, b, c]: [Rd; 3], whole: bool, out: &mut Vec<Rd>) {
    use std::f64::consts::TAU;
    // Relative to the first point, so that no digits get lost.
    let ([bx, by], [cx, cy]) = ([b[0] - a[0], b[1] - a[1]], [c[0] - a[0], c[1] - a[1]]);
    let d = 2.0 * (bx * cy - by * cx);
    let (b2, c2) = (bx * bx + by * by, cx * cx + cy * cy);
    let centre = [(cy * b2 - by * c2) / d, (bx * c2 - cx * b2) / d];
    let radius = centre[0].hypot(centre[1]);
    // Three points on a line, or nearly: a circle larger than the country.
    if !(1e-6..=1e6).contains(&radius) || !is_rd(a) {
        out.extend([b, c]);
        return;
    }
    let angle = |[x, y]: [f64; 2]| (y - centre[1]).atan2(x - centre[0]);
    let begin = angle([0.0, 0.0]);
    // d > 0: the points turn to the left.
    let turn = |to: f64| if d > 0.0 { (to - begin).rem_euclid(TAU) } else { -(begin - to).rem_euclid(TAU) };
    let sweep = if whole { TAU.copysign(d) } else { turn(angle([cx, cy])) };
    let step = 2.0 * (1.0 - (SAGITTA / radius).min(0.5)).acos();
    let pieces = (sweep.abs() / step).ceil().clamp(2.0, MOST_PIECES);
    for i in 1..pieces as u32 {
        let (sin, cos) = (begin + sweep * f64::from(i) / pieces).sin_cos();
        out.push([a[0] + centre[0] + radius * cos, a[1] + centre[1] + radius * sin]);
    }
    out.push(if whole { a } else { c });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::geometry::ring_area;
    use crate::read::xml::objects;

    fn parse(gml: &str, told: Option<Crs>) -> Read<Shape> {
        let mut found = None;
        let text = format!("<m><o>{gml}</o></m>");
        objects(
            text.as_bytes(),
            |parent, _| parent == "m",
            |_, e| {
                found = Some(shape(&e, told));
                Ok(())
            },
        )
        .unwrap();
        found.unwrap()
    }

    const SQUARE: [Rd; 4] =
        [[104_000.0, 488_000.0], [104_010.0, 488_000.0], [104_010.0, 488_010.0], [104_000.0, 488_010.0]];

    fn ring(dimension: usize) -> String {
        let height = if dimension == 3 { " 0.0" } else { "" };
        let all: Vec<String> =
            SQUARE.iter().chain(SQUARE.first()).map(|p| format!("{} {}{height}", p[0], p[1])).collect();
        all.join(" ")
    }

    #[test]
    fn a_footprint_is_read_in_two_and_three_dimensions() {
        let want = Ok(Shape::Polygons(vec![vec![SQUARE.to_vec()]]));
        for (list, dimension) in [
            (r#"<posList srsDimension="3">"#, 3),
            (r#"<posList count="5">"#, 3),
            (r#"<posList count="5">"#, 2),
            ("<posList>", 2),
        ] {
            let gml = format!(
                "<Polygon><exterior><LinearRing>{list}{}</posList></LinearRing></exterior></Polygon>",
                ring(dimension)
            );
            assert_eq!(parse(&gml, None), want, "{list}");
        }
        let old = "<Polygon><outerBoundaryIs><LinearRing><coordinates>104000,488000 104010,488000,3 104010,488010 104000,488010 104000,488000</coordinates></LinearRing></outerBoundaryIs></Polygon>";
        assert_eq!(parse(old, None), want);
    }

    #[test]
    fn an_arc_keeps_the_area_of_its_circle() {
        // A ring of two half circles of 20 m radius, and the same as one circle.
        let halves = "<Polygon><exterior><Ring><curveMember><Curve><segments><Arc><posList>104000 488000 104020 488020 104040 488000</posList></Arc><Arc><posList>104040 488000 104020 487980 104000 488000</posList></Arc></segments></Curve></curveMember></Ring></exterior></Polygon>";
        let whole = "<Polygon><exterior><Ring><curveMember><Curve><segments><Circle><posList>104000 488000 104020 488020 104040 488000</posList></Circle></segments></Curve></curveMember></Ring></exterior></Polygon>";
        for gml in [halves, whole] {
            let Shape::Polygons(p) = parse(gml, None).unwrap() else { panic!("no polygon") };
            let area = ring_area(&p[0][0]).abs();
            let circle = std::f64::consts::PI * 400.0;
            assert!(area < circle && area > circle * 0.99, "{area} of {circle}");
            for q in &p[0][0] {
                assert!(((q[0] - 104_020.0).hypot(q[1] - 488_000.0) - 20.0).abs() < 1e-6);
            }
        }
        // An arc that is a straight line.
        let flat = "<Curve><segments><Arc><posList>104000 488000 104010 488000 104020 488000</posList></Arc></segments></Curve>";
        assert_eq!(
            parse(flat, None).unwrap(),
            Shape::Lines(vec![vec![[104_000.0, 488_000.0], [104_010.0, 488_000.0], [104_020.0, 488_000.0]]])
        );
    }

    #[test]
    fn a_list_that_lies_about_its_length_is_refused_and_reserves_nothing() {
        let gml = r#"<LineString><posList srsDimension="2" count="1000000000">104000 488000 104001 488001</posList></LineString>"#;
        assert!(matches!(parse(gml, None), Err(Unread::This(what)) if what.contains("than it says")));
        let odd = "<LineString><posList>104000 488000 104001</posList></LineString>";
        assert!(matches!(parse(odd, None), Err(Unread::This(_))));
        let nan = "<Point><pos>NaN 488000</pos></Point>";
        assert!(matches!(parse(nan, None), Err(Unread::This(_))));
    }

    #[test]
    fn degrees_are_moved_to_the_grid_with_their_own_order_of_axes() {
        let want = [104_647.676, 490_206.575];
        for (system, text) in [
            ("urn:ogc:def:crs:EPSG::4326", "52.39738762 4.64739941"),
            ("http://www.opengis.net/def/crs/EPSG/0/4258", "52.39738762 4.64739941"),
            ("EPSG:4326", "4.64739941 52.39738762"),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", "4.64739941 52.39738762"),
        ] {
            let gml = format!(r#"<Point srsName="{system}"><pos>{text}</pos></Point>"#);
            let Shape::Point(p) = parse(&gml, None).unwrap() else { panic!("no point") };
            assert!((p[0] - want[0]).hypot(p[1] - want[1]) < 0.3, "{system} {p:?}");
        }
        let belgium = r#"<Point srsName="urn:ogc:def:crs:EPSG::31370"><pos>1 2</pos></Point>"#;
        assert_eq!(parse(belgium, None), Err(Unread::System("urn:ogc:def:crs:EPSG::31370".to_owned())));
    }
}
