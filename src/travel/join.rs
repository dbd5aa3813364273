//! Joins stretches into roads: follows them over bends from crossing to crossing.

use super::stretches::{FAR, Stretch};

/// A road between two crossings, without a crossing between them.
#[derive(Debug, Clone)]
pub(super) struct Road {
    /// Crossings at either end; equal for a loop.
    pub(super) ends: [u32; 2],
    /// First of its points, and how many pieces lie between them.
    pub(super) first: u32,
    pub(super) pieces: u32,
    /// Whole time each way; `FAR` where closed.
    pub(super) ahead: u32,
    pub(super) back: u32,
}

/// A point of a road, with the time from and to the first end (0 where that way is closed).
#[derive(Debug, Clone, Copy)]
pub(super) struct RoadPoint {
    pub(super) place: [f64; 2],
    pub(super) ahead: u32,
    pub(super) back: u32,
}

impl Road {
    /// Times from a point of the road to its ends. From a point exactly at an end, the time to this end is 0, even if
    /// the road is closed that way.
    pub(super) fn leave(&self, along: f64, ahead: u32, back: u32) -> [u32; 2] {
        let first = if self.back != FAR { back } else { self.at_first(along) };
        let last = if self.ahead != FAR { self.ahead.saturating_sub(ahead) } else { self.at_last(along) };
        [first, last]
    }

    /// Times to a point of the road from its ends.
    pub(super) fn reach(&self, along: f64, ahead: u32, back: u32) -> [u32; 2] {
        let first = if self.ahead != FAR { ahead } else { self.at_first(along) };
        let last = if self.back != FAR { self.back.saturating_sub(back) } else { self.at_last(along) };
        [first, last]
    }

    fn at_first(&self, along: f64) -> u32 {
        if along == 0.0 { 0 } else { FAR }
    }

    fn at_last(&self, along: f64) -> u32 {
        if along == f64::from(self.pieces) { 0 } else { FAR }
    }
}

/// For each node the stretches that end there: `at[first[node]..first[node + 1]]`.
pub(super) struct Ends {
    first: Vec<u32>,
    at: Vec<u32>,
}

impl Ends {
    pub(super) fn of(nodes: usize, stretches: &[Stretch]) -> Self {
        let mut first = vec![0u32; nodes + 1];
        for node in stretches.iter().flat_map(|stretch| [stretch.from, stretch.to]) {
            first[node as usize + 1] += 1;
        }
        for node in 0..nodes {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut at = vec![0; 2 * stretches.len()];
        for (stretch, number) in stretches.iter().zip(0u32..) {
            for node in [stretch.from, stretch.to] {
                at[next[node as usize] as usize] = number;
                next[node as usize] += 1;
            }
        }
        Self { first, at }
    }

    fn at(&self, node: u32) -> &[u32] {
        &self.at[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// Whether a node lies within a road: exactly two stretches meet there, and each direction is open on both or on
    /// neither. A node where a one-way road begins is no bend: places beyond it are reached by other ways than places
    /// before it.
    fn is_bend(&self, stretches: &[Stretch], node: u32) -> bool {
        let &[a, b] = self.at(node) else { return false };
        let (a, b) = (&stretches[a as usize], &stretches[b as usize]);
        let (a_in, a_out) = open_ways(a, node);
        let (b_in, b_out) = open_ways(b, node);
        a_in == b_out && a_out == b_in
    }
}

/// Whether a stretch can be used towards and away from one of its ends.
fn open_ways(stretch: &Stretch, node: u32) -> (bool, bool) {
    let (ahead, back) = (stretch.ahead.is_some(), stretch.back.is_some());
    if stretch.to == node { (ahead, back) } else { (back, ahead) }
}

/// Follows stretches from crossing to crossing and lays the roads down.
pub(super) struct Walk<'a> {
    nodes: &'a [[f64; 2]],
    stretches: &'a [Stretch],
    ends: &'a Ends,
    /// Stretches that are part of a road already.
    done: Vec<bool>,
    /// Number of each node as a crossing; `FAR` for a bend.
    crossing: Vec<u32>,
    pub(super) crossings: u32,
    pub(super) roads: Vec<Road>,
    pub(super) points: Vec<RoadPoint>,
    /// Pieces with doors as (road, piece).
    pub(super) doors: Vec<(u32, u32)>,
}

impl<'a> Walk<'a> {
    /// Lays down every stretch; without `join` each stretch is a road of its own.
    pub(super) fn all(nodes: &'a [[f64; 2]], stretches: &'a [Stretch], ends: &'a Ends, join: bool) -> Self {
        let mut walk = Self {
            nodes,
            stretches,
            ends,
            done: vec![false; stretches.len()],
            crossing: vec![FAR; nodes.len()],
            crossings: 0,
            roads: Vec::new(),
            points: Vec::new(),
            doors: Vec::new(),
        };
        let numbers = 0..nodes.len() as u32;
        for node in numbers.clone().filter(|&node| !join || !ends.is_bend(stretches, node)) {
            walk.number(node);
        }
        for node in numbers {
            if walk.is_crossing(node) {
                walk.roads_from(node);
            }
        }
        // What is left are rings without a crossing, and the rest of roads cut for their length. Any of their nodes may
        // become a crossing.
        for (number, stretch) in stretches.iter().enumerate() {
            if !walk.done[number] {
                walk.number(stretch.from);
                walk.roads_from(stretch.from);
            }
        }
        walk
    }

    fn is_crossing(&self, node: u32) -> bool {
        self.crossing[node as usize] != FAR
    }

    fn number(&mut self, node: u32) {
        if !self.is_crossing(node) {
            self.crossing[node as usize] = self.crossings;
            self.crossings += 1;
        }
    }

    fn roads_from(&mut self, crossing: u32) {
        for &stretch in self.ends.at(crossing) {
            if !self.done[stretch as usize] {
                self.road(crossing, stretch);
            }
        }
    }

    /// One road: from a crossing over a stretch and every bend behind it, to the next crossing.
    fn road(&mut self, crossing: u32, stretch: u32) {
        let (number, first) = (self.roads.len() as u32, self.points.len() as u32);
        let (mut node, mut stretch, mut pieces) = (crossing, stretch, 0);
        let (mut ahead, mut back) = (Some(0), Some(0));
        self.lay(node, ahead, back);
        loop {
            let here = &self.stretches[stretch as usize];
            self.done[stretch as usize] = true;
            (ahead, back) = longer(ahead, back, here, node);
            node = if here.from == node { here.to } else { here.from };
            if here.has_doors {
                self.doors.push((number, pieces));
            }
            self.lay(node, ahead, back);
            pieces += 1;
            if self.is_crossing(node) {
                break;
            }
            let onward = self.ends.at(node).iter().copied().find(|&next| !self.done[next as usize]);
            // A road stays within the longest time of a stretch, so that sums of two fit in 32 bits.
            let fits = |&next: &u32| {
                let (ahead, back) = longer(ahead, back, &self.stretches[next as usize], node);
                ahead.max(back).is_some_and(|time| time <= Stretch::LONGEST)
            };
            match onward.filter(fits) {
                Some(next) => stretch = next,
                None => {
                    self.number(node);
                    break;
                }
            }
        }
        let ends = [crossing, node].map(|node| self.crossing[node as usize]);
        let (ahead, back) = (ahead.unwrap_or(FAR), back.unwrap_or(FAR));
        self.roads.push(Road { ends, first, pieces, ahead, back });
    }

    fn lay(&mut self, node: u32, ahead: Option<u32>, back: Option<u32>) {
        let (ahead, back) = (ahead.unwrap_or(0), back.unwrap_or(0));
        self.points.push(RoadPoint { place: self.nodes[node as usize], ahead, back });
    }
}

/// Times along a road after one more stretch, which is entered at `node`.
fn longer(ahead: Option<u32>, back: Option<u32>, stretch: &Stretch, node: u32) -> (Option<u32>, Option<u32>) {
    let (there, here) =
        if stretch.from == node { (stretch.ahead, stretch.back) } else { (stretch.back, stretch.ahead) };
    let sum = |so_far: Option<u32>, time: Option<u32>| Some(so_far?.saturating_add(time?));
    (sum(ahead, there), sum(back, here))
}
