//! Distances on the sphere, and a flat picture of it in which "nearest" stays right.

use geo::{Distance, Haversine, Point};

/// A point as latitude and longitude in degrees.
pub(super) type LatLon = [f64; 2];

/// Great-circle distance in metres on a sphere of 6,371,008.7714 m (IUGG mean radius).
pub(super) fn metres(a: LatLon, b: LatLon) -> f64 {
    if a == b {
        return 0.0;
    }
    Haversine.distance(Point::new(a[1], a[0]), Point::new(b[1], b[0]))
}

/// Mercator coordinates in radians. The picture is conformal, so that the nearest of several close
/// points on the map is the nearest on the ground at every latitude; the poles are cut off at 89
/// degrees, and the 180th meridian is an edge of the map.
pub(super) fn mercator(point: LatLon) -> [f64; 2] {
    let latitude = point[0].clamp(-89.0, 89.0).to_radians();
    [point[1].to_radians(), (std::f64::consts::FRAC_PI_4 + latitude / 2.0).tan().ln()]
}

/// Latitude and longitude of a point of the map: the inverse of [`mercator`].
pub(super) fn from_mercator(point: [f64; 2]) -> LatLon {
    let latitude = 2.0 * point[1].exp().atan() - std::f64::consts::FRAC_PI_2;
    [latitude.to_degrees(), point[0].to_degrees()]
}

/// The point at `share` (0 to 1) of the way from `a` to `b`.
pub(super) fn between(a: [f64; 2], b: [f64; 2], share: f64) -> [f64; 2] {
    [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
}

/// Where on the straight line from `a` to `b` the point nearest to `p` lies, from 0 to 1.
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

    #[test]
    fn one_degree_of_latitude_is_a_360th_of_the_circle() {
        // 2 * pi * 6,371,008.7714 m / 360 = 111,195.08 m
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
