//! The roads of an extract, with what each mode may do on them.

use crate::model::document::{Mode, ModeTable};
use crate::travel::geometry::{metres, milliseconds};
use crate::travel::streets::off_road;
use crate::travel::stretches::{Stretch, Stretches};

/// The path of the extract in a document.
pub(super) const PATH: &str = "travel.osm.file";

/// The roads of an OpenStreetMap extract, ready to become the [`Stretches`] of any mode.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OsmRoads {
    /// Latitude and longitude of each node, in degrees.
    pub(super) nodes: Vec<[f64; 2]>,
    /// One bit per mode (by [`Mode::index`]), set if a barrier at this node lets nobody of the mode pass.
    pub(super) barriers: Vec<u8>,
    pub(super) ways: Vec<Way>,
    /// Node numbers of all ways. A node that is missing, because the extract was cut, has a number beyond those of
    /// `nodes`.
    pub(super) refs: Vec<u32>,
}

/// One way: its run of `refs`, and what each mode may do on it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way {
    pub(super) first: u32,
    pub(super) end: u32,
    pub(super) passages: [Option<Passage>; 3],
    /// Whether a place may lie on it.
    pub(super) has_doors: bool,
}

/// What a mode may do on a way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Passage {
    /// Open in the order of the way's nodes.
    pub(super) ahead: bool,
    /// Open against the order of the way's nodes.
    pub(super) back: bool,
    /// Highest speed, from limit or kind of road; infinite where only the mode's own speed counts.
    pub(super) kmh: f64,
    /// Whether the speed is at most that of walking, because a bicycle is pushed.
    pub(super) on_foot: bool,
}

impl OsmRoads {
    /// Number of nodes on some way that some mode may use.
    pub fn nodes(&self) -> usize {
        self.nodes.len()
    }

    /// Number of ways that some mode may use.
    pub fn ways(&self) -> usize {
        self.ways.len()
    }

    /// The stretches that a mode may use. Its speed in the table is a maximum, which roads may lower.
    ///
    /// # Complexity
    /// O(n) for n nodes of ways.
    pub fn stretches(&self, mode: Mode, modes: &ModeTable) -> Stretches {
        let mut nodes = self.nodes.clone();
        let mut stretches = Vec::new();
        let own = modes.of(mode).kmh;
        for way in &self.ways {
            let Some(passage) = way.passages[mode.index()] else { continue };
            let kmh = if passage.on_foot { own.min(modes.walk.kmh) } else { own }.min(passage.kmh);
            let refs = self.refs.get(way.first as usize..way.end as usize).unwrap_or_default();
            for pair in refs.windows(2) {
                let (Some(&a), Some(&b)) =
                    (self.nodes.get(pair[0] as usize), self.nodes.get(pair[1] as usize))
                else {
                    continue;
                };
                let time = milliseconds(metres(a, b), kmh, Stretch::LONGEST);
                // A barrier ends the road on either side: each side gets a node of its own there.
                let [from, to] = [pair[0], pair[1]].map(|node| {
                    if !self.bars(mode, node) {
                        return node;
                    }
                    nodes.push(self.nodes[node as usize]);
                    nodes.len() as u32 - 1
                });
                stretches.push(Stretch {
                    from,
                    to,
                    ahead: time.filter(|_| passage.ahead),
                    back: time.filter(|_| passage.back),
                    has_doors: way.has_doors,
                });
            }
        }
        Stretches { nodes, stretches, seconds_per_metre: off_road(modes, mode) }
    }

    fn bars(&self, mode: Mode, node: u32) -> bool {
        self.barriers.get(node as usize).is_some_and(|bits| bits & (1 << mode.index()) != 0)
    }
}
