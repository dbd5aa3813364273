//! The best plan seen, kept up to date by copying only tours that changed since the last best.

use super::draft::Draft;
use super::tour::Tour;
use crate::model::cost::Cost;

/// Tours, day choices and cost of a draft.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    pub(crate) tours: Vec<Tour>,
    pub(crate) chosen: Vec<u32>,
    pub(crate) cost: Cost,
    stale: Vec<bool>,
    changed: Vec<u32>,
}

impl Snapshot {
    /// A copy of the draft as it stands.
    pub(crate) fn of(draft: &Draft<'_>) -> Self {
        Self {
            tours: draft.tours.clone(),
            chosen: draft.chosen.clone(),
            cost: draft.cost,
            stale: vec![false; draft.tours.len()],
            changed: Vec::new(),
        }
    }

    /// Notes that the draft's tour is no longer the one kept here.
    #[inline]
    pub(crate) fn mark(&mut self, shift: u32) {
        if !std::mem::replace(&mut self.stale[shift as usize], true) {
            self.changed.push(shift);
        }
    }

    /// Takes over a draft, of which only marked tours differ.
    pub(crate) fn catch_up(&mut self, draft: &Draft<'_>) {
        for shift in self.changed.drain(..) {
            let at = shift as usize;
            self.stale[at] = false;
            self.tours[at].copy_from(&draft.tours[at]);
            for stop in draft.tours[at].stops.iter().filter(|stop| stop.is_visit()) {
                self.chosen[stop.visit as usize] = stop.option;
            }
        }
        self.cost = draft.cost;
    }
}
