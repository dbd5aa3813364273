//! The road graph of one mode: its largest connected part, with bends joined into roads.
//!
//! ```text
//! stretches   o──o──o──o        one search visits every bend
//! roads       o────────o        one search visits crossings and ends; bends stay for snapping
//! ```
//! A country's bicycle graph has ten bends for each crossing, so that joining them makes a search
//! about ten times shorter and changes no time by a millisecond ([`RoadGraph::unjoined`] is the slow twin).

use super::geometry::{LatLon, mercator};
use super::join::{Ends, Road, RoadPoint, Walk};
use super::parts::largest_part;
use super::stretches::{FAR, Stretches};
use rstar::RTree;
use rstar::primitives::{GeomWithData, Line};

/// Roads between crossings for one mode, ready for snapping and for many searches.
///
/// # Units
/// Milliseconds inside, whole numbers; one road takes at most a day.
#[derive(Debug)]
pub struct RoadGraph {
    /// Roads by number; each owns a run of `points`.
    pub(super) roads: Vec<Road>,
    pub(super) points: Vec<RoadPoint>,
    /// `arcs[first_arc[c]..first_arc[c + 1]]` leave crossing `c`.
    pub(super) first_arc: Vec<u32>,
    pub(super) arcs: Vec<Arc>,
    pub(super) pieces: RTree<Piece>,
    pub(super) seconds_per_metre: f64,
}

/// A way from a crossing to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arc {
    pub(super) to: u32,
    pub(super) time: u32,
}

/// One straight piece of a road, from one of its points to the next, in Mercator coordinates as the tree holds it.
pub(super) type Piece = GeomWithData<Line<[f64; 2]>, OnRoad>;

/// Which piece of which road: from point number `at` of the road to the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct OnRoad {
    pub(super) road: u32,
    pub(super) at: u32,
}

/// A piece between two places.
fn piece(from: LatLon, to: LatLon, road: u32, at: u32) -> Piece {
    GeomWithData::new(Line::new(mercator(from), mercator(to)), OnRoad { road, at })
}

impl RoadGraph {
    /// The graph of the largest part of these stretches in which every point can be reached from
    /// every other (of equal parts, the one with the lowest node); `None` where no stretch is left.
    ///
    /// # Complexity
    /// O(n log n) time and O(n) space for n stretches.
    pub fn new(stretches: &Stretches) -> Option<Self> {
        Self::build(stretches, true)
    }

    /// The same graph with every node as a crossing: the slow twin of [`RoadGraph::new`], which gives
    /// the same times.
    ///
    /// # Complexity
    /// As [`RoadGraph::new`].
    pub fn unjoined(stretches: &Stretches) -> Option<Self> {
        Self::build(stretches, false)
    }

    /// Number of crossings and ends.
    pub fn crossings(&self) -> usize {
        self.first_arc.len().saturating_sub(1)
    }

    /// Number of roads between them.
    pub fn roads(&self) -> usize {
        self.roads.len()
    }

    /// Number of straight pieces of road.
    pub fn pieces(&self) -> usize {
        self.points.len() - self.roads.len()
    }

    /// Every way from a crossing to another as (from, to, milliseconds), for use with other software.
    pub fn arcs(&self) -> impl Iterator<Item = (u32, u32, u32)> + '_ {
        self.first_arc.windows(2).zip(0u32..).flat_map(|(run, from)| {
            let arcs = self.arcs.get(run[0] as usize..run[1] as usize).unwrap_or_default();
            arcs.iter().map(move |arc| (from, arc.to, arc.time))
        })
    }

    /// The smallest box round all points: least and greatest latitude and longitude.
    pub fn bounds(&self) -> [[f64; 2]; 2] {
        let start = [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]];
        self.points.iter().fold(start, |[low, high], point| {
            let [lat, lon] = point.place;
            [[low[0].min(lat), low[1].min(lon)], [high[0].max(lat), high[1].max(lon)]]
        })
    }

    fn build(stretches: &Stretches, join: bool) -> Option<Self> {
        let (nodes, kept) = largest_part(stretches);
        let ends = Ends::of(nodes.len(), &kept);
        let Walk { roads, points, doors, crossings, .. } = Walk::all(&nodes, &kept, &ends, join);
        let pieces: Vec<Piece> = doors
            .into_iter()
            .filter_map(|(road, at)| {
                let first = (roads.get(road as usize)?.first + at) as usize;
                Some(piece(points.get(first)?.place, points.get(first + 1)?.place, road, at))
            })
            .collect();
        if pieces.is_empty() {
            return None;
        }
        let (first_arc, arcs) = arcs_of(crossings, &roads);
        let pieces = RTree::bulk_load(pieces);
        let seconds_per_metre = stretches.seconds_per_metre;
        Some(Self { roads, points, first_arc, arcs, pieces, seconds_per_metre })
    }
}

/// The ways from each crossing to others, as flat arrays. Loops are left out: they shorten nothing.
fn arcs_of(crossings: u32, roads: &[Road]) -> (Vec<u32>, Vec<Arc>) {
    let ways = |road: &Road| {
        let [a, b] = road.ends;
        [(a, b, road.ahead), (b, a, road.back)]
    };
    let open = |&(from, to, time): &(u32, u32, u32)| time != FAR && from != to;
    let all = || roads.iter().flat_map(ways).filter(open);
    let mut first = vec![0u32; crossings as usize + 1];
    for (from, _, _) in all() {
        first[from as usize + 1] += 1;
    }
    for crossing in 0..crossings as usize {
        first[crossing + 1] += first[crossing];
    }
    let mut next = first.clone();
    let mut arcs = vec![Arc { to: 0, time: 0 }; first[crossings as usize] as usize];
    for (from, to, time) in all() {
        arcs[next[from as usize] as usize] = Arc { to, time };
        next[from as usize] += 1;
    }
    (first, arcs)
}
