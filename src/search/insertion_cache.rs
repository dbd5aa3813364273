//! The insertion cache: the cheapest position of a visit in each tour, valid until that tour changes.
//!
//! A step changes a handful of tours and evaluates insertions into many: most answers are still right. Every state of a
//! tour has a version of its own; taking a change back brings the old version back, and with it the answers that were not overwritten.

use super::candidates::{Candidates, NEIGHBOURS};
use crate::model::cost::Cost;
use std::ops::Range;

/// Most entries, 16 bytes each; a problem that would need more is searched without entries.
const MOST_ENTRIES: usize = 4 << 20;

/// Version of a tour without visits: those are evaluated anew.
pub(crate) const EMPTY: u32 = 0;

/// The cheapest position for a visit in one version of a tour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    version: u32,
    /// Position of the stop before it.
    pub(crate) after: u32,
    /// Change of the tour's cost; `Cost::MAX` where the visit fits nowhere.
    pub(crate) cost: Cost,
}

/// Versions of all tours, and an entry for each slot.
#[derive(Debug, Clone)]
pub(crate) struct InsertionCache {
    versions: Vec<u32>,
    /// Number of tours with visits.
    used: usize,
    next: u32,
    /// Allocated with the first entry; `slots` long.
    entries: Vec<Entry>,
    slots: usize,
    /// The last call of [`Self::gather`] in which each tour was met.
    met_in: Vec<u32>,
    calls: u32,
    /// The tours gathered, and room for one more.
    gathered: Vec<u32>,
    /// The version of each tour in which its break was placed last.
    break_placed: Vec<u32>,
    /// The shift class of each shift.
    class: Vec<u32>,
    /// By shift class: all shifts of the class before this one have visits.
    lowest_empty: Vec<u32>,
}

impl InsertionCache {
    const NOTHING: Entry = Entry { version: EMPTY, after: 0, cost: Cost::MAX };

    /// No entries; all tours without visits.
    pub(crate) fn new(candidates: &Candidates) -> Self {
        let slots = Some(candidates.slots()).filter(|&slots| slots <= MOST_ENTRIES).unwrap_or(0);
        let shifts = candidates.shift_count();
        Self {
            versions: vec![EMPTY; shifts],
            used: 0,
            next: EMPTY,
            entries: Vec::new(),
            slots,
            met_in: vec![0; shifts],
            calls: 0,
            break_placed: vec![EMPTY; shifts],
            gathered: vec![0; NEIGHBOURS + 1],
            class: (0..shifts as u32).map(|shift| candidates.class_of(shift)).collect(),
            lowest_empty: (0..shifts as u32).collect(),
        }
    }

    /// The version of a tour.
    #[inline]
    pub(crate) fn version(&self, shift: u32) -> u32 {
        self.versions[shift as usize]
    }

    /// Number of tours with visits.
    #[inline]
    pub(crate) fn used(&self) -> usize {
        self.used
    }

    /// Gives a tour a new version.
    #[inline]
    pub(crate) fn renew(&mut self, shift: u32, empty: bool) {
        self.next += u32::from(!empty);
        self.restore(shift, if empty { EMPTY } else { self.next });
    }

    /// Gives a tour a version that it had before.
    #[inline]
    pub(crate) fn restore(&mut self, shift: u32, version: u32) {
        let old = std::mem::replace(&mut self.versions[shift as usize], version);
        self.used = self.used + usize::from(version != EMPTY) - usize::from(old != EMPTY);
        if version == EMPTY {
            let lowest = &mut self.lowest_empty[self.class[shift as usize] as usize];
            *lowest = shift.min(*lowest);
        }
    }

    /// The first tour without visits among some shifts of one class, which begin with the first of the class.
    ///
    /// # Complexity
    /// Constant on average: tours seen with visits are not seen again until one of them loses its visits.
    #[inline]
    pub(crate) fn first_empty(&mut self, shifts: Range<u32>) -> Option<u32> {
        debug_assert_eq!(self.class[shifts.start as usize], shifts.start, "the first of its class");
        let lowest = &mut self.lowest_empty[shifts.start as usize];
        let versions = &self.versions[(*lowest).min(shifts.end) as usize..shifts.end as usize];
        let found = versions.iter().position(|&version| version == EMPTY);
        *lowest = found.map_or(shifts.end, |at| *lowest + at as u32);
        found.map(|_| *lowest)
    }

    /// Gathers the tours of some visits, at most [`NEIGHBOURS`], that are among some shifts: each tour once, in the
    /// order of the visits. Returns the number of tours.
    #[inline]
    pub(crate) fn gather(&mut self, visits: &[u32], shift_of: &[u32], among: Range<u32>) -> usize {
        self.calls = self.calls.wrapping_add(1);
        if self.calls == 0 {
            self.met_in.fill(0);
            self.calls = 1;
        }
        let Self { met_in, gathered, calls, .. } = self;
        let (met_in, call) = (&mut met_in[among.start as usize..among.end as usize], *calls);
        let mut count = 0;
        for &visit in visits {
            let shift = shift_of[visit as usize];
            if let Some(met) = met_in.get_mut(shift.wrapping_sub(among.start) as usize) {
                // Written also where the tour is not new: a branch on that would be hard to predict.
                gathered[count] = shift;
                count += usize::from(std::mem::replace(met, call) != call);
            }
        }
        count
    }

    /// One of the tours gathered last.
    #[inline]
    pub(crate) fn gathered(&self, at: usize) -> u32 {
        self.gathered[at]
    }

    /// Notes that the break of a tour was placed in its present version.
    pub(crate) fn note_break_placed(&mut self, shift: u32) {
        self.break_placed[shift as usize] = self.version(shift);
    }

    /// Whether the break of a tour was placed in the version that the tour has.
    pub(crate) fn is_break_placed(&self, shift: u32) -> bool {
        self.break_placed[shift as usize] == self.version(shift)
    }

    /// Notes that no tour has visits.
    pub(crate) fn empty_all(&mut self) {
        self.versions.fill(EMPTY);
        self.used = 0;
        self.lowest_empty = (0..self.versions.len() as u32).collect();
    }

    /// Whether versions run out. Then the cache must [forget](Self::forget) them as soon as no older state can come
    /// back.
    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        self.next > u32::MAX / 2
    }

    /// Drops all entries, and gives every tour with visits a new version.
    pub(crate) fn forget(&mut self) {
        self.entries.fill(Self::NOTHING);
        self.break_placed.fill(EMPTY);
        self.next = EMPTY;
        for shift in 0..self.versions.len() {
            let empty = self.versions[shift] == EMPTY;
            self.renew(shift as u32, empty);
        }
    }

    /// The entry for a slot, if it is still valid.
    #[inline]
    pub(crate) fn get(&self, slot: usize, version: u32) -> Option<Entry> {
        self.entries.get(slot).filter(|entry| entry.version == version).copied()
    }

    /// Stores an entry.
    #[inline]
    pub(crate) fn store(&mut self, slot: usize, version: u32, after: u32, cost: Cost) -> Entry {
        let entry = Entry { version, after, cost };
        if self.entries.is_empty() {
            self.entries = vec![Self::NOTHING; self.slots];
        }
        if let Some(kept) = self.entries.get_mut(slot) {
            *kept = entry;
        }
        entry
    }
}
