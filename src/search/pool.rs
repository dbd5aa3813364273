//! Tours of good plans seen on the way, for recombination: the cheapest order of each set of visits.

use super::candidates::Candidates;
use super::draft::Draft;
use super::tour::{PauseAt, Tour};
use crate::model::cost::Cost;
use rustc_hash::FxHashMap;

/// Most tours kept; then the half seen longest ago is forgotten.
const MOST: usize = 20_000;

/// A tour seen.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    key: u64,
    /// The first of the shifts that do not differ from its own.
    pub(crate) kin: u32,
    /// The option of each stop between home and home, in order; [`u32::MAX`] for a break.
    pub(crate) stops: Box<[u32]>,
    pub(crate) pause: PauseAt,
    /// Of its time and its starts.
    pub(crate) cost: Cost,
    last: u64,
}

/// Tours seen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pool {
    tours: Vec<Seen>,
    at: FxHashMap<u64, u32>,
    clock: u64,
    pub(crate) looked: u64,
    pub(crate) added: u64,
}

/// The number of a set of stops: a sum, so that their order does not matter.
fn key(kin: u32, options: impl Iterator<Item = u32>) -> u64 {
    fn mix(value: u64) -> u64 {
        let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }
    let set = options.fold(0u64, |sum, option| {
        sum.wrapping_add(mix(u64::from(option).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    });
    mix(set ^ (u64::from(kin) << 32))
}

impl Seen {
    /// A tour of a shift.
    pub(crate) fn of(candidates: &Candidates, shift: u32, tour: &Tour) -> Self {
        let inner = &tour.stops[1..tour.stops.len() - 1];
        let stops = inner.iter().map(|s| if s.is_visit() { s.option } else { u32::MAX }).collect();
        let cost = tour.time_cost + tour.start_cost;
        Self { key: 0, kin: candidates.kin(shift), stops, pause: tour.pause, cost, last: 0 }
    }
}

impl Pool {
    pub(crate) fn tours(&self) -> &[Seen] {
        &self.tours
    }

    /// Notes the tours that changed in a draft since its last commit.
    pub(crate) fn note(&mut self, draft: &Draft<'_>) {
        self.clock += 1;
        for shift in draft.touched() {
            self.see(draft.candidates, shift, &draft.tours[shift as usize]);
        }
    }

    fn see(&mut self, candidates: &Candidates, shift: u32, tour: &Tour) {
        if tour.visits() == 0 {
            return;
        }
        self.looked += 1;
        let kin = candidates.kin(shift);
        let visits = || tour.stops.iter().filter(|stop| stop.is_visit());
        let key = key(kin, visits().map(|stop| stop.option));
        let cost = tour.time_cost + tour.start_cost;
        let known = self.at.get(&key).copied();
        if let Some(seen) = known.and_then(|at| self.tours.get_mut(at as usize)) {
            seen.last = self.clock;
            if seen.cost <= cost {
                return;
            }
        }
        self.added += 1;
        let inner = &tour.stops[1..tour.stops.len() - 1];
        let stops = inner.iter().map(|s| if s.is_visit() { s.option } else { u32::MAX }).collect();
        let seen = Seen { key, kin, stops, pause: tour.pause, cost, last: self.clock };
        match known {
            Some(at) => self.tours[at as usize] = seen,
            None => {
                if self.tours.len() >= MOST {
                    self.forget();
                }
                self.at.insert(key, self.tours.len() as u32);
                self.tours.push(seen);
            }
        }
    }

    fn forget(&mut self) {
        let mut when: Vec<u64> = self.tours.iter().map(|seen| seen.last).collect();
        let (_, &mut median, _) = when.select_nth_unstable(MOST / 2);
        self.tours.retain(|seen| seen.last > median);
        self.at = (0..).zip(&self.tours).map(|(at, seen)| (seen.key, at)).collect();
    }
}
