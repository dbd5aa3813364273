//! What a road graph is built from: stretches of road between numbered nodes, for one mode.

/// The time of a pair that cannot be travelled within a day, in milliseconds.
pub const FAR: u32 = u32::MAX;

/// A stretch of road between two nodes, with the time it takes each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Node number of one end.
    pub from: u32,
    /// Node number of the other end.
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
/// `nodes[i]` is latitude and longitude in degrees. Stretches that name a node beyond the list or
/// one that is not on earth are left out when a graph is built, and so are nodes without a stretch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stretches {
    /// Latitude and longitude of each node, in degrees.
    pub nodes: Vec<[f64; 2]>,
    /// The stretches, in any order. Several may join the same nodes.
    pub stretches: Vec<Stretch>,
    /// Seconds per metre off the road, between a place and the nearest point of a road: on foot, or
    /// slower where the mode is slower than walking.
    pub seconds_per_metre: f64,
}
