//! Distances on the sphere, and a flat projection of it on which "nearest" stays right.

/// A point as latitude and longitude in degrees.
pub(super) type LatLon = [f64; 2];

/// Mean radius of the Earth in metres: H. Moritz (2000), "Geodetic Reference System 1980", Journal of Geodesy 74(1),
/// p. 131.
const EARTH: f64 = 6_371_008.8;

/// Great-circle distance in metres on a sphere, by the haversine formula:
/// `sin²(d / 2r) = sin²(Δlat / 2) + cos(lat a) · cos(lat b) · sin²(Δlon / 2)`.
///
/// # References
/// R. W. Sinnott (1984), "Virtues of the haversine", Sky and Telescope 68(2), p. 159.
pub(super) fn metres(a: LatLon, b: LatLon) -> f64 {
    if a == b {
        return 0.0;
    }
    let [half_north, half_east] = [0, 1].map(|axis| libm::sin((b[axis] - a[axis]).to_radians() / 2.0));
    let across = libm::cos(a[0].to_radians()) * libm::cos(b[0].to_radians()) * (half_east * half_east);
    EARTH * (2.0 * libm::asin((half_north * half_north + across).clamp(0.0, 1.0).sqrt()))
}

/// Mercator coordinates in radians. The projection is conformal, so that the nearest of several close points on the map
/// is the nearest on the ground at every latitude; the poles are cut off at 89 degrees, and the 180th meridian is an
/// edge of the map.
pub(super) fn mercator(point: LatLon) -> [f64; 2] {
    let latitude = point[0].clamp(-89.0, 89.0).to_radians();
    [point[1].to_radians(), libm::log(libm::tan(std::f64::consts::FRAC_PI_4 + latitude / 2.0))]
}

/// Latitude and longitude of a point of the map: the inverse of [`mercator`].
pub(super) fn from_mercator(point: [f64; 2]) -> LatLon {
    let latitude = 2.0 * libm::atan(libm::exp(point[1])) - std::f64::consts::FRAC_PI_2;
    [latitude.to_degrees(), point[0].to_degrees()]
}

/// The share of the straight line from `a` to `b` at which the point nearest to `p` lies, from 0 to 1. (The line of the
/// crate rstar gives the point but not the share, from which times along the road are computed.)
pub(super) fn nearest_share(a: [f64; 2], b: [f64; 2], p: [f64; 2]) -> f64 {
    let (x, y) = (b[0] - a[0], b[1] - a[1]);
    let squared = x * x + y * y;
    if squared == 0.0 {
        return 0.0;
    }
    (((p[0] - a[0]) * x + (p[1] - a[1]) * y) / squared).clamp(0.0, 1.0)
}

/// Milliseconds over a length at a speed, rounded; `None` beyond `longest` or where undefined.
pub(super) fn milliseconds(metres: f64, kmh: f64, longest: u32) -> Option<u32> {
    let value = (metres * 3600.0 / kmh).round();
    (value >= 0.0 && value <= f64::from(longest)).then_some(value as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Distance, Haversine, Point};
    use proptest::prelude::*;

    /// Somewhere on the Earth, often near a place in the Netherlands.
    fn somewhere() -> impl Strategy<Value = LatLon> {
        prop_oneof![[-90.0..90.0, -180.0..180.0], [51.9..52.1, 4.2..4.4],]
    }

    proptest! {
        #[test]
        fn distances_are_those_of_the_crate_geo(a in somewhere(), b in somewhere()) {
            let due = Haversine.distance(Point::new(a[1], a[0]), Point::new(b[1], b[0]));
            // Between opposite points of the Earth the arc sine magnifies rounding.
            let slack = if due > 19_000_000.0 { 1.0 } else { 1e-6 };
            prop_assert!((metres(a, b) - due).abs() < slack, "{} instead of {due}", metres(a, b));
        }
    }

    #[test]
    fn one_degree_of_latitude_is_a_360th_of_the_circle() {
        // 2 * pi * 6,371,008.8 m / 360 = 111,195.08 m
        assert!((metres([47.0, 9.0], [48.0, 9.0]) - 111_195.08).abs() < 0.01);
    }

    #[test]
    fn the_map_leads_back_to_the_ground() {
        for point in [[52.0, 4.36], [-47.1, -179.9], [0.0, 0.0], [88.9, 90.0]] {
            assert!(metres(from_mercator(mercator(point)), point) < 1e-6, "{point:?}");
        }
    }

    #[test]
    fn nearest_share_stays_on_the_line() {
        let (a, b) = ([0.0, 0.0], [4.0, 0.0]);
        assert_eq!(nearest_share(a, b, [1.0, 3.0]), 0.25);
        assert_eq!(nearest_share(a, b, [-1.0, 3.0]), 0.0);
        assert_eq!(nearest_share(a, b, [9.0, 3.0]), 1.0);
        assert_eq!(nearest_share(a, a, [9.0, 3.0]), 0.0);
    }

    #[test]
    fn milliseconds_refuse_what_takes_too_long_or_is_no_number() {
        // 100 m at 36 km/h = 10 m/s: 10 s.
        assert_eq!(milliseconds(100.0, 36.0, 10_000), Some(10_000));
        assert_eq!(milliseconds(100.1, 36.0, 10_000), None);
        assert_eq!(milliseconds(f64::NAN, 36.0, 10_000), None);
        assert_eq!(milliseconds(1.0, 0.0, 10_000), None);
    }
}
