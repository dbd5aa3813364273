//! The places of a document in the order of the matrices, with their paths for messages.

use super::geometry::LatLon;
use crate::model::document::{Document, Mode, Place};
use crate::model::places::{PlaceName, places};

/// Places as [`crate::model::TravelTimes`] counts them.
pub(super) struct Places<'a> {
    document: &'a Document,
    all: Vec<(PlaceName, &'a Place)>,
}

impl<'a> Places<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        Self { document, all: places(document) }
    }

    pub(super) fn document(&self) -> &'a Document {
        self.document
    }

    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// Every place with its number.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &'a Place)> {
        self.all.iter().map(|&(_, place)| place).enumerate()
    }

    /// The path of a place in the document.
    pub(super) fn path(&self, place: usize) -> String {
        self.all.get(place).map(|(name, _)| name.to_string()).unwrap_or_default()
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
