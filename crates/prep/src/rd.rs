//! WGS 84 to RD New by the polynomial of Schreutelkamp and Strang van Hees (2001).
//!
//! Its error is at most about 0.25 m within the Netherlands: enough to find a building, not to measure one. Data that is
//! in RD already is never converted.

use gasvrij3d::geo::Rd;

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

#[cfg(test)]
mod tests {
    use super::*;

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
