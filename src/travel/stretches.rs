//! What a road graph is built from: stretches of road between numbered nodes, for one mode.

/// The time of a pair that cannot be travelled within a day, in milliseconds.
pub const FAR: u32 = u32::MAX;

/// A stretch of road between two nodes, with the time it takes each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// One end: the number of a node, from 0.
    pub from: u32,
    /// The other end: the number of a node, from 0.
    pub to: u32,
    /// Milliseconds from `from` to `to`; `None` where that way is closed.
    pub ahead: Option<u32>,
    /// Milliseconds from `to` to `from`; `None` where that way is closed.
    pub back: Option<u32>,
    /// Whether a place may lie on it. False for motorways and tunnels: one passes through only.
    pub has_doors: bool,
}

impl Stretch {
    /// Longest time of one stretch in milliseconds: a day. A longer one counts as closed.
    pub const LONGEST: u32 = 86_400_000;
}

/// The stretches of road that one mode may use.
///
/// # Units
/// `nodes[i]` is `[latitude, longitude]` in degrees (WGS 84); times are milliseconds; `seconds_per_metre` is above 0 and finite.
/// When a graph is built, stretches are left out that name a node beyond the list or a node whose latitude is not within -90 to
/// 90 or longitude within -180 to 180. Nodes without a stretch are left out as well.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stretches {
    /// `[latitude, longitude]` of each node, in degrees.
    pub nodes: Vec<[f64; 2]>,
    /// The stretches, in any order. Several may join the same nodes.
    pub stretches: Vec<Stretch>,
    /// Seconds for a metre between a place and the nearest point of a road. One walks there, or goes at the speed of the mode where
    /// that is slower than walking.
    pub seconds_per_metre: f64,
}
