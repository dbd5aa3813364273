//! The places of a document in the order of the matrices, with their paths for messages.

use super::geometry::LatLon;
use crate::model::document::{Document, Mode, Place};

/// Homes of nurses, then locations of clients, as [`crate::model::TravelTimes`] counts them.
pub(super) struct Places<'a> {
    document: &'a Document,
}

impl<'a> Places<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        Self { document }
    }

    pub(super) fn document(&self) -> &'a Document {
        self.document
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

    /// Latitude and longitude of every place, in a document whose places were checked.
    pub(super) fn coordinates(&self) -> Vec<LatLon> {
        let points = self.iter().map(|(_, place)| place.coordinates().map(|(lat, lon)| [lat, lon]));
        points.map(Option::unwrap_or_default).collect()
    }
}

/// Whether a point has a latitude within 90 and a longitude within 180 degrees.
pub(super) fn is_on_earth(point: LatLon) -> bool {
    point[0].abs() <= 90.0 && point[1].abs() <= 180.0
}
