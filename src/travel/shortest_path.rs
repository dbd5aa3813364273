//! Many-to-many shortest paths: one bounded search per source, sources in parallel.
//!
//! Each search is Dijkstra's on flat arrays with whole milliseconds. It begins at the two ends of the road of its
//! source and stops as soon as no unsettled crossing can improve a target: once every target has some way, it goes no
//! further than the longest of these ways.
//!
//! # References
//! E. W. Dijkstra (1959): A note on two problems in connexion with graphs. Numerische Mathematik 1,
//! 269-271. DOI 10.1007/BF01386390. Many-to-many by settling the targets of each source: S. Knopp,
//! P. Sanders, D. Schultes, F. Schulz, D. Wagner (2007): Computing many-to-many shortest paths using
//! highway hierarchies. ALENEX, 36-45. DOI 10.1137/1.9781611972870.4.

use super::road::{Arc, RoadGraph};
use super::snap::Snap;
use super::stretches::{FAR, Stretch};
use crate::error::{GO_ON, Stop};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Longest time that is searched, in milliseconds. The sum of two such times still fits in 32 bits.
const LONGEST: u32 = Stretch::LONGEST;

impl RoadGraph {
    /// Milliseconds from each point to each other, row by row, including the ways off the road at both ends; 0 between
    /// equal points, [`FAR`] beyond a day.
    ///
    /// The points must come from [`RoadGraph::snap`] of this graph; for others the times mean nothing.
    ///
    /// # Complexity
    /// For n points and a graph of c crossings and a arcs: at most O(n (n + (a + c) log c)) time, where a
    /// search settles only the crossings nearer than its furthest target; O(n² + c) space a thread.
    pub fn matrix(&self, points: &[Snap]) -> Vec<u32> {
        self.matrix_until(points, GO_ON)
    }

    /// [`RoadGraph::matrix`] with rows left out once `stop` says so.
    pub(super) fn matrix_until(&self, points: &[Snap], stop: Stop<'_>) -> Vec<u32> {
        let mut times = vec![FAR; points.len() * points.len()];
        if points.is_empty() {
            return times;
        }
        let targets = Targets::of(self, points);
        let rows = times.par_chunks_mut(points.len()).zip(points.par_iter());
        rows.for_each_init(
            || Workspace::of(self.crossings()),
            |workspace, (row, from)| {
                if stop() {
                    return;
                }
                self.search(from, points, &targets, workspace, row);
                for (time, to) in row.iter_mut().zip(points) {
                    *time = door_to_door(from, to, *time);
                }
            },
        );
        times
    }

    /// Fills `times` with the milliseconds on the road from a source to every target.
    fn search(
        &self,
        from: &Snap,
        points: &[Snap],
        targets: &Targets,
        workspace: &mut Workspace,
        times: &mut [u32],
    ) {
        for (time, to) in times.iter_mut().zip(points) {
            *time = self.along_one_road(from, to);
        }
        let mut pending = times.iter().filter(|&&time| time == FAR).count();
        let longest = |times: &[u32]| times.iter().copied().max().unwrap_or(0);
        let mut bound = if pending == 0 { longest(times) } else { LONGEST };
        workspace.clear();
        if let Some(road) = self.roads.get(from.road as usize) {
            for (crossing, time) in road.ends.into_iter().zip(from.leave) {
                workspace.reach(crossing, time);
            }
        }
        while let Some((crossing, time)) = workspace.settle() {
            if time >= bound {
                break;
            }
            for target in targets.at(crossing) {
                let best = &mut times[target.point as usize];
                let found = time.saturating_add(target.time).min(FAR - 1);
                if *best == FAR {
                    pending -= 1;
                    *best = found;
                    if pending == 0 {
                        // From here on the bound could only fall; it is not lowered again, as that would
                        // cost a look at all targets each time.
                        bound = longest(times).min(LONGEST);
                    }
                } else {
                    *best = found.min(*best);
                }
            }
            for arc in self.arcs_from(crossing) {
                workspace.reach(arc.to, time.saturating_add(arc.time));
            }
        }
    }

    fn arcs_from(&self, crossing: u32) -> &[Arc] {
        let first = self.first_arc[crossing as usize] as usize;
        &self.arcs[first..self.first_arc[crossing as usize + 1] as usize]
    }

    /// The time between two points of one road without leaving it; `FAR` where there is no such way. A way over the
    /// ends of the road may still be shorter.
    pub(super) fn along_one_road(&self, from: &Snap, to: &Snap) -> u32 {
        let Some(road) = self.roads.get(from.road as usize).filter(|_| from.road == to.road) else {
            return FAR;
        };
        if from.along == to.along {
            0
        } else if from.along < to.along && road.ahead != FAR {
            to.ahead.saturating_sub(from.ahead)
        } else if from.along > to.along && road.back != FAR {
            from.back.saturating_sub(to.back)
        } else {
            FAR
        }
    }
}

/// Adds the times between the points and the road to the time on the road.
fn door_to_door(from: &Snap, to: &Snap, on_road: u32) -> u32 {
    if from.point == to.point {
        return 0;
    }
    let whole = u64::from(from.off_road) + u64::from(on_road) + u64::from(to.off_road);
    if whole <= u64::from(LONGEST) { whole as u32 } else { FAR }
}

/// Which targets are reached from a crossing, and how long it takes from there.
struct Targets {
    /// `all[first[crossing]..first[crossing + 1]]`
    first: Vec<u32>,
    all: Vec<Target>,
}

#[derive(Clone, Copy)]
struct Target {
    point: u32,
    time: u32,
}

impl Targets {
    fn of(graph: &RoadGraph, points: &[Snap]) -> Self {
        let mut reached: Vec<(u32, Target)> = Vec::with_capacity(2 * points.len());
        for (to, point) in points.iter().zip(0u32..) {
            let Some(road) = graph.roads.get(to.road as usize) else { continue };
            let ways = road.ends.into_iter().zip(to.reach).filter(|&(_, time)| time != FAR);
            reached.extend(ways.map(|(crossing, time)| (crossing, Target { point, time })));
        }
        reached.sort_unstable_by_key(|&(crossing, target)| (crossing, target.point, target.time));
        let mut first = vec![0u32; graph.crossings() + 1];
        for &(crossing, _) in &reached {
            first[crossing as usize + 1] += 1;
        }
        for crossing in 1..first.len() {
            first[crossing] += first[crossing - 1];
        }
        Self { first, all: reached.into_iter().map(|(_, target)| target).collect() }
    }

    fn at(&self, crossing: u32) -> &[Target] {
        let first = self.first[crossing as usize] as usize;
        &self.all[first..self.first[crossing as usize + 1] as usize]
    }
}

/// Buffers of one search. The next search uses them again; only the entries that were touched are cleared.
struct Workspace {
    /// Least time found so far to each crossing, or `FAR`.
    time: Vec<u32>,
    touched: Vec<u32>,
    /// Time and crossing in one word, least first.
    queue: BinaryHeap<Reverse<u64>>,
}

impl Workspace {
    fn of(crossings: usize) -> Self {
        Self { time: vec![FAR; crossings], touched: Vec::new(), queue: BinaryHeap::new() }
    }

    fn clear(&mut self) {
        for &crossing in &self.touched {
            self.time[crossing as usize] = FAR;
        }
        self.touched.clear();
        self.queue.clear();
    }

    fn reach(&mut self, crossing: u32, time: u32) {
        let known = &mut self.time[crossing as usize];
        if time < *known && time <= LONGEST {
            if *known == FAR {
                self.touched.push(crossing);
            }
            *known = time;
            self.queue.push(Reverse(u64::from(time) << 32 | u64::from(crossing)));
        }
    }

    /// The nearest crossing not settled yet, and its time.
    fn settle(&mut self) -> Option<(u32, u32)> {
        while let Some(Reverse(entry)) = self.queue.pop() {
            let (time, crossing) = ((entry >> 32) as u32, entry as u32);
            if time == self.time[crossing as usize] {
                return Some((crossing, time));
            }
        }
        None
    }
}
