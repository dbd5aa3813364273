//! What was found for an address, and the message where it is not exactly one place.

use crate::error::Mistake;

/// At most this many addresses are looked up at a time; further ones are not found.
pub const MOST_ASKED: usize = 1_000;

/// A place of the extract with its coordinates in degrees (WGS 84).
#[derive(Debug, Clone, PartialEq)]
pub struct NamedPlace {
    /// Street and number, and the town where the extract has it; or the name.
    pub name: String,
    /// Latitude in degrees north (WGS 84).
    pub lat: f64,
    /// Longitude in degrees east (WGS 84).
    pub lon: f64,
}

/// What an extract has for an address.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Located {
    /// The places of exactly this address or name, at most 8; those within some 300 metres of each other count as one.
    /// With one place the address is found, with several it is ambiguous.
    pub places: Vec<NamedPlace>,
    /// If there is none: at most 8 places of the same street or of a street spelled alike, the nearest first.
    pub near: Vec<NamedPlace>,
}

impl Located {
    /// What is wrong with the `address` that was asked for, and the places that may be meant; `None` where one place was found. `path`
    /// is where the address stands.
    pub fn mistake(&self, path: &str, address: &str) -> Option<Mistake> {
        if self.places.len() == 1 {
            return None;
        }
        let address = shown(address);
        let (problem, mend) = match (&self.places[..], &self.near[..]) {
            ([], []) => (
                format!("\"{address}\" is not in the extract, nor anything like it"),
                "write a street and a number, or a name, or give lat and lon".to_owned(),
            ),
            ([], near) => (
                format!("\"{address}\" is not in the extract"),
                format!("one of these may be meant: {}", listed(near)),
            ),
            (places, _) => (
                format!("\"{address}\" is the name of {} places", places.len()),
                format!("put the town behind a comma, or give the coordinates of one: {}", listed(places)),
            ),
        };
        Some(Mistake::new(path, problem, mend))
    }
}

fn listed(places: &[NamedPlace]) -> String {
    let named = |place: &NamedPlace| format!("{} ({:.5}, {:.5})", shown(&place.name), place.lat, place.lon);
    places.iter().map(named).collect::<Vec<_>>().join("; ")
}

/// A text as messages show it: without control characters, and cut.
fn shown(text: &str) -> String {
    /// At most this many characters are shown.
    const MOST: usize = 80;
    text.chars().filter(|c| !c.is_control()).take(MOST).collect()
}
