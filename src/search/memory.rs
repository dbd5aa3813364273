//! Where a visit fits best in each tour, kept until that tour changes.
//!
//! A step changes a handful of tours and looks at many: most answers are still right. Every state of a
//! tour has a stamp of its own; taking a change back brings the old stamp back, and with it the answers.

use super::candidates::{Candidates, NEIGHBOURS};
use crate::model::cost::Cost;
use std::ops::Range;

/// Most answers kept, 16 bytes each; a problem that would need more keeps none.
const MOST_KEPT: usize = 4 << 20;

/// Stamp of a tour without visits: those are looked at anew.
pub(crate) const EMPTY: u32 = 0;

/// The cheapest place for a visit in one state of a tour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kept {
    stamp: u32,
    /// Position of the stop before it.
    pub(crate) after: u32,
    /// Change of the tour's cost; `Cost::MAX` where the visit fits nowhere.
    pub(crate) cost: Cost,
}

/// Stamps of all tours, and an answer for each option and candidate shift.
#[derive(Debug, Clone)]
pub(crate) struct Memory {
    stamps: Vec<u32>,
    /// Number of tours with visits.
    used: usize,
    next: u32,
    /// Allocated with the first answer; `pairs` long.
    kept: Vec<Kept>,
    pairs: usize,
    /// The last look at which each tour was gathered.
    looked: Vec<u32>,
    look: u32,
    /// The tours of a look, and room for one more.
    gathered: Vec<u32>,
    /// The state of each tour in which its break was placed last.
    settled: Vec<u32>,
    /// The first of the shifts that each one does not differ from.
    kin: Vec<u32>,
    /// For the first shift of those: all before this one, of the same kind, have visits.
    lowest: Vec<u32>,
}

impl Memory {
    const NOTHING: Kept = Kept { stamp: EMPTY, after: 0, cost: Cost::MAX };

    /// Nothing known; all tours without visits.
    pub(crate) fn new(candidates: &Candidates) -> Self {
        let pairs = Some(candidates.pairs()).filter(|&pairs| pairs <= MOST_KEPT).unwrap_or(0);
        let shifts = candidates.shift_count();
        Self {
            stamps: vec![EMPTY; shifts],
            used: 0,
            next: EMPTY,
            kept: Vec::new(),
            pairs,
            looked: vec![0; shifts],
            look: 0,
            settled: vec![EMPTY; shifts],
            gathered: vec![0; NEIGHBOURS + 1],
            kin: (0..shifts as u32).map(|shift| candidates.kin(shift)).collect(),
            lowest: (0..shifts as u32).collect(),
        }
    }

    /// The stamp of a tour's state.
    #[inline]
    pub(crate) fn stamp(&self, shift: u32) -> u32 {
        self.stamps[shift as usize]
    }

    /// Number of tours with visits.
    #[inline]
    pub(crate) fn used(&self) -> usize {
        self.used
    }

    /// A tour has a new state.
    #[inline]
    pub(crate) fn renew(&mut self, shift: u32, empty: bool) {
        self.next += u32::from(!empty);
        self.restore(shift, if empty { EMPTY } else { self.next });
    }

    /// A tour has a state that it had before.
    #[inline]
    pub(crate) fn restore(&mut self, shift: u32, stamp: u32) {
        let old = std::mem::replace(&mut self.stamps[shift as usize], stamp);
        self.used = self.used + usize::from(stamp != EMPTY) - usize::from(old != EMPTY);
        if stamp == EMPTY {
            let lowest = &mut self.lowest[self.kin[shift as usize] as usize];
            *lowest = shift.min(*lowest);
        }
    }

    /// The first of some tours that has no visits. They do not differ, and the first of them is the first of
    /// its kind.
    ///
    /// # Complexity
    /// Constant on average: tours seen with visits are not seen again until one of them loses its visits.
    #[inline]
    pub(crate) fn first_empty(&mut self, shifts: Range<u32>) -> Option<u32> {
        debug_assert_eq!(self.kin[shifts.start as usize], shifts.start, "the first of its kind");
        let lowest = &mut self.lowest[shifts.start as usize];
        let stamps = &self.stamps[(*lowest).min(shifts.end) as usize..shifts.end as usize];
        let found = stamps.iter().position(|&stamp| stamp == EMPTY);
        *lowest = found.map_or(shifts.end, |at| *lowest + at as u32);
        found.map(|_| *lowest)
    }

    /// Gathers the tours, among some shifts, of some visits, at most [`NEIGHBOURS`]: each once, in the order of
    /// the visits. Returns their number.
    #[inline]
    pub(crate) fn gather(&mut self, visits: &[u32], shift_of: &[u32], among: Range<u32>) -> usize {
        self.look = self.look.wrapping_add(1);
        if self.look == 0 {
            self.looked.fill(0);
            self.look = 1;
        }
        let Self { looked, gathered, look, .. } = self;
        let (looked, look) = (&mut looked[among.start as usize..among.end as usize], *look);
        let mut count = 0;
        for &visit in visits {
            let shift = shift_of[visit as usize];
            if let Some(seen) = looked.get_mut(shift.wrapping_sub(among.start) as usize) {
                // Written where it does not count, too: whether a tour is new cannot be predicted.
                gathered[count] = shift;
                count += usize::from(std::mem::replace(seen, look) != look);
            }
        }
        count
    }

    /// One of the tours gathered last.
    #[inline]
    pub(crate) fn gathered(&self, at: usize) -> u32 {
        self.gathered[at]
    }

    /// The break of a tour is where it belongs.
    pub(crate) fn settle(&mut self, shift: u32) {
        self.settled[shift as usize] = self.stamp(shift);
    }

    /// Whether the break of a tour was placed in the state that the tour has.
    pub(crate) fn has_settled(&self, shift: u32) -> bool {
        self.settled[shift as usize] == self.stamp(shift)
    }

    /// No tour has visits.
    pub(crate) fn empty_all(&mut self) {
        self.stamps.fill(EMPTY);
        self.used = 0;
        self.lowest = (0..self.stamps.len() as u32).collect();
    }

    /// Whether stamps run out: time to [forget](Self::forget) when no older state can come back.
    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        self.next > u32::MAX / 2
    }

    /// Starts anew: every tour with visits has a new state.
    pub(crate) fn forget(&mut self) {
        self.kept.fill(Self::NOTHING);
        self.settled.fill(EMPTY);
        self.next = EMPTY;
        for shift in 0..self.stamps.len() {
            let empty = self.stamps[shift] == EMPTY;
            self.renew(shift as u32, empty);
        }
    }

    /// The answer for a pair of an option and a candidate shift, if it is still right.
    #[inline]
    pub(crate) fn recall(&self, pair: usize, stamp: u32) -> Option<Kept> {
        self.kept.get(pair).filter(|kept| kept.stamp == stamp).copied()
    }

    /// Keeps an answer.
    #[inline]
    pub(crate) fn keep(&mut self, pair: usize, stamp: u32, after: u32, cost: Cost) -> Kept {
        let kept = Kept { stamp, after, cost };
        if self.kept.is_empty() {
            self.kept = vec![Self::NOTHING; self.pairs];
        }
        if let Some(slot) = self.kept.get_mut(pair) {
            *slot = kept;
        }
        kept
    }
}
