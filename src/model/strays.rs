//! Places so far from all others, or from where the clocks of the document are right, that their coordinates are probably wrong.

use super::document::Document;
use super::places::places;

/// A place nearer to the middle than this is never a stray, in kilometres.
const NEAR: f64 = 50.0;

/// A place within this multiple of the median distance from the middle is never a stray either.
const TIMES_USUAL: f64 = 10.0;

/// Fewest places that say where the middle is.
const FEWEST: usize = 4;

/// A place far from all others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stray {
    /// Path in the document.
    pub(crate) path: String,
    /// Kilometres from the middle of the neighbourhood.
    pub(crate) kilometres: f64,
    /// Whether it would lie near the others with latitude and longitude exchanged.
    pub(crate) swapped: bool,
}

impl Stray {
    /// What is wrong, and the mend.
    pub(crate) fn words(&self) -> (String, &'static str) {
        let problem = format!("{:.0} km from the middle of the neighbourhood", self.kilometres);
        let mend = match self.swapped {
            true => "lat and lon are probably exchanged",
            false => "check the coordinates",
        };
        (problem, mend)
    }
}

/// Largest difference between clock time and solar time that is plausible, in hours: the west of Spain has 1.6.
const MOST_FROM_SUN: f64 = 1.8;

/// The middle of the places, if latitude and longitude are probably exchanged in all of them: the middle lies far from
/// the meridian of the time zone, and would lie near it if they were exchanged. `zone` is the offset from UTC without
/// daylight saving time, in hours.
///
/// # Complexity
/// O(n log n) for n places.
pub(crate) fn all_exchanged(document: &Document, zone: f64) -> Option<(f64, f64)> {
    /// Degrees of longitude to an hour of solar time.
    const PER_HOUR: f64 = 15.0;
    let (lat, lon) = middle(&coordinates(document))?;
    let from_sun = |degrees: f64| (zone - degrees / PER_HOUR).abs();
    (from_sun(lon) > MOST_FROM_SUN && from_sun(lat) < MOST_FROM_SUN).then_some((lat, lon))
}

/// The places that have coordinates, with their paths.
fn coordinates(document: &Document) -> Vec<(String, (f64, f64))> {
    places(document)
        .into_iter()
        .filter_map(|(name, place)| Some((name.to_string(), place.coordinates()?)))
        .filter(|(_, (lat, lon))| lat.is_finite() && lon.is_finite())
        .collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The median of latitudes and of longitudes, so that a few wrong places do not move it; `None` for fewer than
/// [`FEWEST`] places.
fn middle(places: &[(String, (f64, f64))]) -> Option<(f64, f64)> {
    (places.len() >= FEWEST).then(|| {
        (
            median(places.iter().map(|(_, (lat, _))| *lat).collect()),
            median(places.iter().map(|(_, (_, lon))| *lon).collect()),
        )
    })
}

/// The strays of a document, in its order. Distances are from the median of latitudes and of longitudes.
///
/// # Complexity
/// O(n log n) for n places.
pub(crate) fn strays(document: &Document) -> Vec<Stray> {
    let places = coordinates(document);
    let Some(middle) = middle(&places) else { return Vec::new() };
    let usual = median(places.iter().map(|&(_, place)| kilometres(middle, place)).collect());
    let limit = NEAR.max(TIMES_USUAL * usual);
    let far = |place| kilometres(middle, place) > limit;
    places
        .into_iter()
        .filter(|&(_, place)| far(place))
        .map(|(path, (lat, lon))| Stray {
            path,
            kilometres: kilometres(middle, (lat, lon)),
            swapped: !far((lon, lat)),
        })
        .collect()
}

/// The distance in a flat picture of the earth: good enough to tell near from far.
fn kilometres((lat, lon): (f64, f64), (other_lat, other_lon): (f64, f64)) -> f64 {
    const PER_DEGREE: f64 = 111.2;
    let width = libm::cos(((lat + other_lat) / 2.0).to_radians());
    PER_DEGREE * libm::hypot(lat - other_lat, (lon - other_lon) * width)
}
