//! The places of a document in the order of the matrices, with their paths for messages.

use super::geometry::LatLon;
use crate::error::Mistake;
use crate::model::document::{Document, Mode, Place};

/// Homes of nurses, then locations of clients, as [`crate::model::TravelTimes`] counts them.
pub(super) struct Places<'a> {
    document: &'a Document,
}

impl<'a> Places<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        Self { document }
    }

    pub(super) fn count(&self) -> usize {
        self.document.nurses.len() + self.document.clients.len()
    }

    /// Every place with its number.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &'a Place)> {
        let homes = self.document.nurses.iter().map(|nurse| &nurse.home);
        homes.chain(self.document.clients.iter().map(|client| &client.location)).enumerate()
    }

    /// Path in the document of a place.
    pub(super) fn path(&self, place: usize) -> String {
        match place.checked_sub(self.document.nurses.len()) {
            None => format!("nurses[{place}].home"),
            Some(client) => format!("clients[{client}].location"),
        }
    }

    /// The modes that some nurse uses.
    pub(super) fn modes(&self) -> impl Iterator<Item = Mode> {
        Mode::ALL.into_iter().filter(|&mode| self.document.nurses.iter().any(|nurse| nurse.mode == mode))
    }

    /// Whether someone may travel to this place in this mode: a client's place, or the home of a nurse
    /// who uses the mode.
    pub(super) fn serves(&self, mode: Mode, place: usize) -> bool {
        self.document.nurses.get(place).is_none_or(|nurse| nurse.mode == mode)
    }

    /// Whether someone may travel between these places in this mode; nobody goes from home to home.
    pub(super) fn needs(&self, mode: Mode, from: usize, to: usize) -> bool {
        let homes = self.document.nurses.len();
        (from >= homes || to >= homes) && self.serves(mode, from) && self.serves(mode, to)
    }

    /// Latitude and longitude of every place.
    pub(super) fn coordinates(&self) -> Result<Vec<LatLon>, Vec<Mistake>> {
        let mut wrong = Vec::new();
        let mut points = Vec::with_capacity(self.count());
        for (i, place) in self.iter() {
            match place.coordinates() {
                Some((lat, lon)) if is_on_earth([lat, lon]) => points.push([lat, lon]),
                _ => wrong.extend(coordinate_mistake(&self.path(i), place, true)),
            }
        }
        if wrong.is_empty() { Ok(points) } else { Err(wrong) }
    }
}

/// Whether a point has a latitude within 90 and a longitude within 180 degrees.
pub(super) fn is_on_earth(point: LatLon) -> bool {
    point[0].abs() <= 90.0 && point[1].abs() <= 180.0
}

/// What is wrong with the coordinates of a place, if anything.
pub(super) fn coordinate_mistake(path: &str, place: &Place, needed: bool) -> Option<Mistake> {
    match (place.lat, place.lon) {
        (None, None) if needed => Some(Mistake::new(
            path,
            "no coordinates",
            "give lat and lon in degrees (index is for travel by matrix only)",
        )),
        (None, None) => None,
        (Some(lat), Some(lon)) if is_on_earth([lat, lon]) => None,
        (Some(lat), Some(lon)) => Some(Mistake::new(
            path,
            format!("lat {lat} and lon {lon} are no place on earth"),
            "give lat from -90 to 90 and lon from -180 to 180, in degrees",
        )),
        (Some(_), None) => Some(Mistake::new(path, "lat without lon", "give both lat and lon")),
        (None, Some(_)) => Some(Mistake::new(path, "lon without lat", "give both lat and lon")),
    }
}
