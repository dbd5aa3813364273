//! The four ways to give travel times between places.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a nurse travels.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// On foot.
    Walk,
    /// By bicycle (default).
    #[default]
    Bicycle,
    /// By car.
    Car,
}

impl Mode {
    /// Every mode, in the order of [`Mode::index`].
    pub const ALL: [Mode; 3] = [Mode::Walk, Mode::Bicycle, Mode::Car];

    /// Position in [`Mode::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Walk => "walk",
            Mode::Bicycle => "bicycle",
            Mode::Car => "car",
        }
    }
}

/// Where the travel times between places come from. Travel between equal places takes no time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Travel {
    /// Straight lines with a detour factor.
    Straight(Straight),
    /// An explicit matrix per mode; places are written as `{"index": 3}`.
    Matrix(Matrices),
    /// A small street graph inside the document.
    Streets(Streets),
    /// A road graph from an OpenStreetMap extract.
    Osm(Osm),
}

impl Travel {
    /// Straight lines with the default detour factor (1.3) and the default speeds: enough to begin with, where every place has
    /// coordinates.
    ///
    /// ```
    /// use kring::model::document::{Straight, Travel};
    ///
    /// assert_eq!(Travel::straight(), Travel::Straight(Straight { detour: 1.3, ..Straight::default() }));
    /// ```
    pub fn straight() -> Self {
        Self::Straight(Straight::default())
    }
}

/// Great-circle distance times a detour factor, at a speed per mode.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Straight {
    /// Length of the way divided by the length of the straight line, 1 to 10; default 1.3.
    pub detour: f64,
    /// Speed and time per stop of each mode.
    pub modes: ModeTable,
}

impl Default for Straight {
    fn default() -> Self {
        Self { detour: 1.3, modes: ModeTable::default() }
    }
}

/// Speed and time per stop of each mode.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ModeTable {
    /// On foot: 4.8 km/h, no time per stop.
    pub walk: ModeSpeed,
    /// By bicycle: 14 km/h, 60 s per stop to lock it.
    pub bicycle: ModeSpeed,
    /// By car: 30 km/h, 180 s per stop to park.
    pub car: ModeSpeed,
}

impl Default for ModeTable {
    fn default() -> Self {
        Self {
            walk: ModeSpeed { kmh: 4.8, stop_seconds: 0 },
            bicycle: ModeSpeed { kmh: 14.0, stop_seconds: 60 },
            car: ModeSpeed { kmh: 30.0, stop_seconds: 180 },
        }
    }
}

impl ModeTable {
    /// The entry of a mode.
    pub fn of(&self, mode: Mode) -> &ModeSpeed {
        match mode {
            Mode::Walk => &self.walk,
            Mode::Bicycle => &self.bicycle,
            Mode::Car => &self.car,
        }
    }
}

/// Speed on the road and fixed time per stop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModeSpeed {
    /// Speed in kilometres an hour, 0.1 to 200. On a graph of streets or roads it is the highest speed: a road may
    /// allow less.
    pub kmh: f64,
    /// Seconds added to every way between two different places (locking, parking, stairs), 0 to 3,600.
    #[serde(default)]
    pub stop_seconds: u32,
}

/// Travel times given as square matrices: `walk[from][to]` is in whole seconds, 0 to 86,400, with 0 on the diagonal.
/// The rows and columns are the places of the document by their `index`. All matrices have the same number of rows, at most 2,000,
/// and each mode that a nurse uses needs one. The two directions of a way may differ.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Matrices {
    /// Seconds on foot; may be left out if no nurse walks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub walk: Option<Vec<Vec<u32>>>,
    /// Seconds by bicycle; may be left out if no nurse cycles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bicycle: Option<Vec<Vec<u32>>>,
    /// Seconds by car; may be left out if no nurse drives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub car: Option<Vec<Vec<u32>>>,
}

impl Matrices {
    /// The matrix of a mode, `[from][to]` in seconds; `None` where there is none.
    pub fn of(&self, mode: Mode) -> Option<&Vec<Vec<u32>>> {
        match mode {
            Mode::Walk => self.walk.as_ref(),
            Mode::Bicycle => self.bicycle.as_ref(),
            Mode::Car => self.car.as_ref(),
        }
    }
}

/// A small street graph inside the document, at most 20,000 nodes and 60,000 streets.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Streets {
    /// Crossings and ends of streets, each `[latitude, longitude]` in degrees (WGS 84). A node's number is its position in this
    /// list, from 0.
    pub nodes: Vec<[f64; 2]>,
    /// Stretches of street between two nodes.
    pub streets: Vec<Street>,
    /// Speed and time per stop of each mode.
    #[serde(default)]
    pub modes: ModeTable,
}

/// A stretch of street between two nodes, open in both directions (for cars, see `one_way`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Street {
    /// One end: the number of a node, from 0.
    pub from: u32,
    /// The other end: the number of a node, from 0.
    pub to: u32,
    /// Length in metres, 0.001 to 1,000,000; default: the straight line between its nodes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metres: Option<f64>,
    /// Speed limit in km/h for every mode, 0.1 to 200; default: none. A slower mode keeps its own speed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kmh: Option<f64>,
    /// True: cars drive from `from` to `to` only, while walkers and cyclists go both ways. False (default): everyone goes both ways.
    #[serde(default, skip_serializing_if = "is_false")]
    pub one_way: bool,
    /// Who may use it; default: everyone.
    #[serde(default, skip_serializing_if = "StreetUse::is_all")]
    pub use_by: StreetUse,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// Who may use a street.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StreetUse {
    /// Everyone.
    #[default]
    All,
    /// Walkers and cyclists.
    Cycleway,
    /// Walkers only.
    Footway,
}

impl StreetUse {
    fn is_all(&self) -> bool {
        *self == StreetUse::All
    }

    /// Whether a mode may use it.
    pub fn allows(self, mode: Mode) -> bool {
        match self {
            StreetUse::All => true,
            StreetUse::Cycleway => mode != Mode::Car,
            StreetUse::Footway => mode == Mode::Walk,
        }
    }
}

/// A road graph from an OpenStreetMap extract, with walk, bicycle and car profiles from the tags.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Osm {
    /// Path of the `.osm.pbf` file, relative to the document.
    pub file: String,
    /// Longest distance from a place to the nearest road, in metres, 1 to 10,000; default 500. A place further away is
    /// a mistake.
    #[serde(default = "snap_metres")]
    pub snap_metres: f64,
    /// Speed and time per stop of each mode.
    #[serde(default)]
    pub modes: ModeTable,
}

fn snap_metres() -> f64 {
    500.0
}
