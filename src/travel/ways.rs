//! The way itself, not only its time: which roads lead from one point to another, for drawing.

use super::geometry::LatLon;
use super::join::Road;
use super::road::RoadGraph;
use super::snap::Snap;
use super::stretches::FAR;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Finds the fastest way between two points of a graph as a line on the map.
///
/// It answers one pair at a time; for many times without lines use [`RoadGraph::matrix`].
pub(super) struct Ways<'g> {
    graph: &'g RoadGraph,
    /// `exits[first[c]..first[c + 1]]` leave crossing `c`.
    first: Vec<u32>,
    exits: Vec<Exit>,
}

/// A road as it leaves a crossing.
#[derive(Clone, Copy)]
struct Exit {
    to: u32,
    time: u32,
    road: u32,
    is_ahead: bool,
}

/// How a crossing was reached: from which one, by which exit. `None` at the road of the source.
type Step = Option<(u32, Exit)>;

impl<'g> Ways<'g> {
    pub(super) fn of(graph: &'g RoadGraph) -> Self {
        let exits_of = |(road, number): (&Road, u32)| {
            let [a, b] = road.ends;
            let exit = |to, time, is_ahead| Exit { to, time, road: number, is_ahead };
            [(a, exit(b, road.ahead, true)), (b, exit(a, road.back, false))]
        };
        let mut all: Vec<(u32, Exit)> = graph.roads.iter().zip(0u32..).flat_map(exits_of).collect();
        all.retain(|(from, exit)| exit.time != FAR && *from != exit.to);
        all.sort_by_key(|(from, _)| *from);
        let mut first = vec![0u32; graph.crossings() + 1];
        for (from, _) in &all {
            first[*from as usize + 1] += 1;
        }
        for crossing in 1..first.len() {
            first[crossing] += first[crossing - 1];
        }
        Self { graph, first, exits: all.into_iter().map(|(_, exit)| exit).collect() }
    }

    /// The points of the fastest way on the road, both ends included; `None` where there is none
    /// within a day. Snaps must come from this graph.
    ///
    /// # Complexity
    /// O((a + c) log c) for c crossings and a arcs nearer than the target.
    pub(super) fn between(&self, from: &Snap, to: &Snap) -> Option<Vec<LatLon>> {
        let direct = self.graph.along_one_road(from, to);
        let (round, end, steps) = self.round(from, to, direct);
        if direct == FAR && round == FAR {
            return None;
        }
        let mut line = vec![from.on_road];
        if direct <= round {
            self.stretch(&mut line, from.road, from.along, to.along);
        } else {
            self.trace(&mut line, from, to, end?, &steps);
        }
        line.push(to.on_road);
        line.dedup();
        Some(line)
    }

    /// Searches the fastest way over the ends of the roads. Returns its time (`FAR` if it is not below `bound`), the
    /// end of the target's road at which it arrives, and how each crossing was reached.
    fn round(&self, from: &Snap, to: &Snap, bound: u32) -> (u32, Option<u32>, Vec<Step>) {
        let crossings = self.graph.crossings();
        let (mut times, mut steps) = (vec![FAR; crossings], vec![None; crossings]);
        let mut queue = BinaryHeap::new();
        let ends = |snap: &Snap| self.graph.roads.get(snap.road as usize).map(|road| road.ends);
        for (crossing, time) in ends(from).into_iter().flatten().zip(from.leave) {
            if time < times[crossing as usize] {
                times[crossing as usize] = time;
                queue.push(Reverse((time, crossing)));
            }
        }
        let (mut best, mut end) = (bound, None);
        while let Some(Reverse((time, crossing))) = queue.pop() {
            if time >= best {
                break;
            }
            if time > times[crossing as usize] {
                continue;
            }
            for (door, rest) in ends(to).into_iter().flatten().zip(to.reach) {
                if door == crossing && rest != FAR && time.saturating_add(rest) < best {
                    best = time + rest;
                    end = Some(crossing);
                }
            }
            let exits = self.first[crossing as usize] as usize..self.first[crossing as usize + 1] as usize;
            for exit in &self.exits[exits] {
                let reached = time.saturating_add(exit.time);
                if reached < times[exit.to as usize] {
                    times[exit.to as usize] = reached;
                    steps[exit.to as usize] = Some((crossing, *exit));
                    queue.push(Reverse((reached, exit.to)));
                }
            }
        }
        (if end.is_some() { best } else { FAR }, end, steps)
    }

    /// Appends the way from the source over the crossings to the target.
    fn trace(&self, line: &mut Vec<LatLon>, from: &Snap, to: &Snap, end: u32, steps: &[Step]) {
        let mut exits = Vec::new();
        let mut crossing = end;
        while let Some((before, exit)) = steps[crossing as usize] {
            exits.push(exit);
            crossing = before;
        }
        self.stretch(line, from.road, from.along, self.end_of(from.road, crossing, from.leave));
        for exit in exits.iter().rev() {
            let whole = self.graph.roads.get(exit.road as usize).map_or(0.0, |road| f64::from(road.pieces));
            let (start, stop) = if exit.is_ahead { (0.0, whole) } else { (whole, 0.0) };
            self.stretch(line, exit.road, start, stop);
        }
        self.stretch(line, to.road, self.end_of(to.road, end, to.reach), to.along);
    }

    /// How far along a road the end at a crossing lies; of a loop the end that is nearer in time.
    fn end_of(&self, road: u32, crossing: u32, times: [u32; 2]) -> f64 {
        let Some(road) = self.graph.roads.get(road as usize) else { return 0.0 };
        let is_loop = road.ends[0] == road.ends[1];
        let at_first = if is_loop { times[0] <= times[1] } else { road.ends[0] == crossing };
        if at_first { 0.0 } else { f64::from(road.pieces) }
    }

    /// Appends the points of a road that are passed between two places along it.
    fn stretch(&self, line: &mut Vec<LatLon>, road: u32, start: f64, stop: f64) {
        let Some(road) = self.graph.roads.get(road as usize) else { return };
        let (low, high) = (start.min(stop).ceil() as usize, start.max(stop).floor() as usize);
        let first = road.first as usize;
        let Some(points) = self.graph.points.get(first + low..(first + high + 1).max(first + low)) else {
            return;
        };
        if start <= stop {
            line.extend(points.iter().map(|point| point.place));
        } else {
            line.extend(points.iter().rev().map(|point| point.place));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::travel::geometry::metres;
    use crate::travel::{Stretch, Stretches};

    /// A ladder of streets, with a bend, a one-way rung and a dead end:
    ///
    /// ```text
    /// 0──1──2──3
    /// │     ↓  │
    /// 4──5──6──7──8
    /// ```
    fn ladder() -> RoadGraph {
        let nodes = (0..9).map(|i| {
            if i < 4 { [52.001, 5.0 + 0.002 * f64::from(i)] } else { [52.0, 5.0 + 0.002 * f64::from(i - 4)] }
        });
        let nodes: Vec<LatLon> = nodes.collect();
        let street = |from: u32, to: u32, both: bool| {
            // One millisecond a millimetre.
            let time = (1000.0 * metres(nodes[from as usize], nodes[to as usize])).round() as u32;
            Stretch { from, to, ahead: Some(time), back: both.then_some(time), has_doors: true }
        };
        let stretches = [(0, 1), (1, 2), (2, 3), (0, 4), (4, 5), (5, 6), (6, 7), (7, 8), (3, 7)];
        let mut stretches: Vec<Stretch> = stretches.map(|(a, b)| street(a, b, true)).to_vec();
        stretches.push(street(2, 6, false));
        RoadGraph::new(&Stretches { nodes, stretches, seconds_per_metre: 1.0 }).expect("a graph")
    }

    /// The length of a line in milliseconds of the ladder.
    fn length(line: &[LatLon]) -> f64 {
        line.windows(2).map(|pair| 1000.0 * metres(pair[0], pair[1])).sum()
    }

    // The time of the matrix less the ways off the road is the length of the line, on which every
    // millimetre takes a millisecond.
    #[test]
    fn a_way_is_as_long_as_its_time() {
        let graph = ladder();
        let ways = Ways::of(&graph);
        let points: Vec<Snap> = (0..40)
            .map(|i| {
                let (row, column) = (f64::from(i / 10), f64::from(i % 10));
                graph.snap(52.0 + 0.00033 * row, 5.0 + 0.0009 * column).expect("a road")
            })
            .collect();
        let times = graph.matrix(&points);
        for (row, from) in times.chunks(points.len()).zip(&points) {
            for (&time, to) in row.iter().zip(&points) {
                let line = ways.between(from, to).expect("a way");
                let expected = f64::from(time.saturating_sub(from.off_road + to.off_road));
                let expected = if from.point == to.point { 0.0 } else { expected };
                assert!(
                    (length(&line) - expected).abs() < 60.0,
                    "{line:?}: {} for {expected}",
                    length(&line)
                );
                assert_eq!((line.first(), line.last()), (Some(&from.on_road), Some(&to.on_road)));
            }
        }
    }
}
