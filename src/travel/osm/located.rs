//! What was found of an address.

/// Most addresses that are asked for at a time; the others are not found.
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

/// What an extract has of an address.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Located {
    /// The places of exactly this address or name, at most 8; those within some 300 metres count as one. One is found; several
    /// are ambiguous.
    pub places: Vec<NamedPlace>,
    /// Where there is none: at most 8 of the same street or of a street spelled alike, the nearest first.
    pub near: Vec<NamedPlace>,
}
