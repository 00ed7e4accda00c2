//! WGS 84 to RD New by the polynomial of Schreutelkamp and Strang van Hees (2001).
//!
//! Its error is at most about 0.25 m within the Netherlands: enough to find a building, not to measure one. Data that is
//! in RD already is never converted.

use crate::geo::Rd;

/// Amersfoort, degrees, and in RD.
const PHI0: f64 = 52.155_174_40;
const LAM0: f64 = 5.387_206_21;

/// Powers of latitude and longitude with their coefficient, for x.
const X: [(i32, i32, f64); 9] = [
    (0, 1, 190_094.945),
    (1, 1, -11_832.228),
    (2, 1, -114.221),
    (0, 3, -32.391),
    (1, 0, -0.705),
    (3, 1, -2.340),
    (1, 3, -0.608),
    (0, 2, -0.008),
    (2, 3, 0.148),
];
/// The same for y.
const Y: [(i32, i32, f64); 10] = [
    (1, 0, 309_056.544),
    (0, 2, 3_638.893),
    (2, 0, 73.077),
    (1, 2, -157.984),
    (3, 0, 59.788),
    (0, 1, 0.433),
    (2, 2, -6.439),
    (1, 1, -0.032),
    (0, 4, 0.092),
    (1, 4, -0.054),
];

/// Longitude and latitude in degrees to RD New in metres.
pub fn from_wgs84([longitude, latitude]: [f64; 2]) -> Rd {
    let (p, l) = (0.36 * (latitude - PHI0), 0.36 * (longitude - LAM0));
    let sum = |terms: &[(i32, i32, f64)]| terms.iter().map(|(i, j, c)| c * p.powi(*i) * l.powi(*j)).sum::<f64>();
    [155_000.0 + sum(&X), 463_000.0 + sum(&Y)]
}

/// RD New in metres to longitude and latitude in degrees: what [`from_wgs84`] makes this point of. So a point that goes
/// there and back is the same point, to less than a millimetre.
pub fn to_wgs84(p: Rd) -> [f64; 2] {
    let (east, north) = (0.36 * X[0].2, 0.36 * Y[0].2);
    let mut at = [LAM0 + (p[0] - 155_000.0) / east, PHI0 + (p[1] - 463_000.0) / north];
    // Each round leaves at most a twentieth of the error, in the whole country.
    for _ in 0..10 {
        let there = from_wgs84(at);
        at = [at[0] + (p[0] - there[0]) / east, at[1] + (p[1] - there[1]) / north];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_is_the_same_point_in_the_whole_country() {
        for x in (10_000..=280_000).step_by(30_000) {
            for y in (306_000..=620_000).step_by(30_000) {
                let p = [f64::from(x), f64::from(y)];
                let [bx, by] = from_wgs84(to_wgs84(p));
                assert!((bx - p[0]).hypot(by - p[1]) < 0.001, "{p:?} {bx} {by}");
            }
        }
    }

    #[test]
    fn riouwstraat_1_in_haarlem_lies_within_half_a_metre_in_degrees() {
        let [lon, lat] = to_wgs84([104_647.676, 490_206.575]);
        let metres = ((lon - 4.647_399_41) * 68_000.0).hypot((lat - 52.397_387_62) * 111_300.0);
        assert!(metres < 0.5, "{lon} {lat}: {metres} m");
    }

    #[test]
    fn riouwstraat_1_in_haarlem_is_found_within_three_decimetres() {
        let [x, y] = from_wgs84([4.647_399_41, 52.397_387_62]);
        assert!((x - 104_647.676).hypot(y - 490_206.575) < 0.3, "{x} {y}");
    }

    #[test]
    fn amersfoort_is_the_middle_and_east_is_right() {
        let middle = from_wgs84([LAM0, PHI0]);
        assert!((middle[0] - 155_000.0).abs() < 1e-6 && (middle[1] - 463_000.0).abs() < 1e-6);
        // A thousandth of a degree is 68 m to the east there, and 111 m to the north.
        let [east, _] = from_wgs84([LAM0 + 0.001, PHI0]);
        let [_, north] = from_wgs84([LAM0, PHI0 + 0.001]);
        assert!((east - 155_068.4).abs() < 0.5 && (north - 463_111.3).abs() < 0.5, "{east} {north}");
    }
}
