//! A shift class: interchangeable shifts, and the visits that each of them could hold.

use super::class_triples::ClassTriples;
use crate::model::cost::Cost;
use crate::model::facts::{Facts, ShiftFacts};
use crate::rules::{Evaluator, StartPrice};

/// Largest number of visits for which shortest paths are computed (cubic time) and sets of unreachable visits kept
/// (quadratic space).
const MOST_REACH: usize = 300;

/// Number of stops of a class that a path can remember: the first so many. It forgets the others at once.
pub(super) const MEMORABLE: usize = 1024;

/// A visit on a day as a shift sees it.
#[derive(Debug, Clone)]
pub(super) struct Stop {
    /// The day option of the visit.
    pub(super) option: u32,
    /// Index of its dual value.
    pub(super) dual: u32,
    pub(super) place: u32,
    pub(super) open: i32,
    pub(super) close: i32,
    pub(super) duration: i32,
    pub(super) load: i32,
    /// Cost of the nurse for this visit.
    pub(super) pair: Cost,
    /// The price of its start.
    pub(super) start: StartPrice,
}

/// Interchangeable shifts: the same nurse, times, break and limits.
///
/// Home is the place of number `stops.len()` in `legs`.
pub(super) struct ShiftClass {
    /// Number of shifts.
    pub(super) count: u32,
    pub(super) facts: ShiftFacts,
    pub(super) stops: Vec<Stop>,
    /// Prices per second: travel, waiting, overtime.
    pub(super) travel: Cost,
    pub(super) waiting: Cost,
    pub(super) overtime: Cost,
    /// `[from * (stops + 1) + to]`.
    legs: Vec<i32>,
    /// Seconds at least from the end of a stop to being home, whatever comes between.
    pub(super) to_home: Vec<i32>,
    /// Stops that can follow each stop directly, or home.
    pub(super) next: Vec<Vec<u32>>,
    /// Number of 64-bit words of a set of stops.
    pub(super) words: usize,
    /// The stops that a path remembers at each stop: `[stop * words..]`.
    pub(super) memory: Vec<u64>,
    /// Ends of care at each stop, in rising order, after which one more stop is out of reach.
    lost_at: Vec<Vec<i32>>,
    /// The sets of stops that are out of reach after each of these ends, `[(position + 1) * words..]`.
    lost: Vec<Vec<u64>>,
    /// Whether a path must remember all stops, because some follow one another in no time.
    pub(super) is_timeless: bool,
    /// Whether the load bounds a tour.
    pub(super) is_loaded: bool,
    /// Whether some start is priced.
    pub(super) is_timed: bool,
    /// Subset-row cuts.
    pub(super) triples: ClassTriples,
}

impl ShiftClass {
    pub(super) fn new(
        problem: &Facts,
        evaluator: &Evaluator,
        shift: u32,
        overtime: Cost,
        stops: Vec<Stop>,
    ) -> Self {
        let facts = problem.shifts[shift as usize].clone();
        let roads = problem.roads_of(&facts);
        let n = stops.len();
        let from = |at: usize| stops.get(at).map_or(facts.leaves_from, |stop| stop.place);
        let to = |at: usize| stops.get(at).map_or(facts.returns_to, |stop| stop.place);
        let legs: Vec<i32> = (0..=n)
            .flat_map(|a| (0..=n).map(move |b| (a, b)))
            .map(|(a, b)| roads.leg(from(a), to(b)))
            .collect();
        let leg = |a: usize, b: usize| legs[a * (n + 1) + b];
        let follows = |a: usize, b: usize| {
            let ready = stops.get(a).map_or(facts.leave, |stop| stop.open + stop.duration);
            a != b && ready + leg(a, b) <= stops[b].close
        };
        let next = (0..=n).map(|a| (0..n as u32).filter(|&b| follows(a, b as usize)).collect()).collect();
        let is_timeless =
            (0..n).any(|a| (0..n).any(|b| a != b && follows(a, b) && leg(a, b) + stops[b].duration == 0));
        let is_loaded =
            stops.iter().map(|stop| i64::from(stop.load)).sum::<i64>() > i64::from(facts.capacity);
        let mut class = Self {
            count: 1,
            travel: evaluator.travel_price(),
            waiting: evaluator.waiting_price(),
            overtime,
            legs,
            to_home: Vec::new(),
            next,
            words: n.min(MEMORABLE).div_ceil(64).max(1),
            memory: Vec::new(),
            lost_at: Vec::new(),
            lost: Vec::new(),
            is_timeless,
            is_loaded,
            is_timed: stops.iter().any(|stop| stop.start.is_priced()),
            triples: ClassTriples::default(),
            facts,
            stops,
        };
        class.find_reach();
        class
    }

    /// Seconds from a stop to another; home is the last.
    #[inline]
    pub(super) fn leg(&self, from: usize, to: usize) -> i32 {
        self.legs[from * (self.stops.len() + 1) + to]
    }

    /// The number of home among the stops.
    pub(super) fn home(&self) -> usize {
        self.stops.len()
    }

    /// Finds what can no longer be reached from each stop as time goes on. It may be quicker to go by way of other
    /// stops, care there included, so that only shortest paths tell (Floyd and Warshall).
    fn find_reach(&mut self) {
        let n = self.stops.len();
        let home = n;
        self.to_home = (0..n).map(|a| self.leg(a, home)).collect();
        if n > MOST_REACH {
            // The shortest last leg from any stop, alone.
            let least = self.to_home.iter().copied().min().unwrap_or(0);
            self.to_home.fill(least);
            return;
        }
        let mut way = self.legs.clone();
        let at = |a: usize, b: usize| a * (n + 1) + b;
        for k in 0..n {
            for a in 0..n {
                let first = way[at(a, k)].saturating_add(self.stops[k].duration);
                for b in 0..=n {
                    let by = first.saturating_add(way[at(k, b)]);
                    way[at(a, b)] = way[at(a, b)].min(by);
                }
            }
        }
        self.to_home = (0..n).map(|a| way[at(a, home)]).collect();
        for a in 0..n {
            let mut last: Vec<(i32, usize)> = (0..n.min(MEMORABLE))
                .filter(|&b| b != a)
                .map(|b| (self.stops[b].close.saturating_sub(way[at(a, b)]), b))
                .collect();
            last.sort_unstable();
            let mut sets = vec![0; self.words];
            for &(_, b) in &last {
                sets.extend_from_within(sets.len() - self.words..);
                let top = sets.len() - self.words;
                sets[top + b / 64] |= 1 << (b % 64);
            }
            self.lost_at.push(last.into_iter().map(|(time, _)| time).collect());
            self.lost.push(sets);
        }
    }

    /// The stops that cannot be reached from a stop that ends at a time.
    #[inline]
    pub(super) fn out_of_reach(&self, stop: usize, end: i32) -> &[u64] {
        let Some(times) = self.lost_at.get(stop) else { return &[] };
        let lost = times.partition_point(|&time| time < end);
        &self.lost[stop][lost * self.words..][..self.words]
    }

    /// Lets a path at each stop remember the `size` stops nearest to it, or all stops where some take no time. It
    /// remembers fewer where `stopped` comes first; the bound is valid with them too.
    pub(super) fn remember_nearest(&mut self, size: usize, stopped: crate::error::Stop<'_>) {
        let n = self.stops.len().min(MEMORABLE);
        let size = if self.is_timeless { n } else { size };
        self.memory = vec![0; self.stops.len() * self.words];
        for stop in 0..self.stops.len() {
            if stopped() {
                break;
            }
            let mut near: Vec<usize> = (0..n).collect();
            near.sort_by_key(|&other| (self.leg(other, stop) + self.leg(stop, other), other));
            if stop < n {
                self.remember(stop, stop);
            }
            for other in near.into_iter().take(size) {
                self.remember(stop, other);
            }
        }
    }

    /// Lets a path at a stop remember another.
    pub(super) fn remember(&mut self, stop: usize, other: usize) {
        self.memory[stop * self.words + other / 64] |= 1 << (other % 64);
    }

    /// Whether a path at a stop remembers another.
    pub(super) fn remembers(&self, stop: usize, other: usize) -> bool {
        other < MEMORABLE && self.memory[stop * self.words + other / 64] >> (other % 64) & 1 == 1
    }

    /// Whether a path may visit these stops in this order: whether it has forgotten each that comes twice.
    pub(super) fn forgets_enough(&self, path: &[u32]) -> bool {
        path.iter().enumerate().all(|(at, &stop)| {
            let before = path[..at].iter().rposition(|&other| other == stop);
            before.is_none_or(|from| {
                path[from..at].iter().any(|&between| !self.remembers(between as usize, stop as usize))
            })
        })
    }
}
