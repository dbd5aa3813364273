//! One worker: the loop of ruin, recreate and acceptance on a draft of its own.

use super::annealing::Annealing;
use super::dice::Dice;
use super::draft::Draft;
use super::insertion::Blinks;
use super::pool::Pool;
use super::recreate::{BLINK_EVERY, Listed, recreate};
use super::ruin::{Scratch, Ways};
use super::snapshot::Snapshot;

/// Iterations between two looks at the clock.
const LOOK_EVERY: u64 = 64;

/// Share of steps that put breaks anywhere before visits are put back. In the cheapest place alone a break
/// can lock visits out that the same tour has room for.
const SHAKEN: f64 = 0.25;

/// A draft, its best, and what the loop needs.
pub(crate) struct Worker<'p> {
    pub(crate) draft: Draft<'p>,
    pub(crate) best: Snapshot,
    /// Tours of good plans passed.
    pub(crate) pool: Pool,
    pub(crate) iterations: u64,
    dice: Dice,
    blinks: Blinks,
    ways: Ways,
    scratch: Scratch,
    list: Vec<Listed>,
    annealing: Annealing,
}

impl<'p> Worker<'p> {
    pub(crate) fn new(draft: Draft<'p>, annealing: Annealing, seed: u64, number: usize) -> Self {
        Self {
            best: Snapshot::of(&draft),
            pool: Pool::default(),
            ways: Ways::new(&draft),
            draft,
            iterations: 0,
            dice: Dice::new(seed, number),
            blinks: Blinks { left: BLINK_EVERY, every: BLINK_EVERY },
            scratch: Scratch::default(),
            list: Vec::new(),
            annealing,
        }
    }

    /// Iterates until `iterations` in all are done or `done` (asked now and then, with the
    /// iterations so far) says that a fraction of 1 or more of the search is over.
    pub(crate) fn run(&mut self, until: u64, done: &(dyn Fn(u64) -> Option<f64> + Sync)) {
        if self.draft.shift_of.is_empty() {
            self.iterations = until;
        }
        while self.iterations < until {
            if self.iterations.is_multiple_of(LOOK_EVERY) {
                match done(self.iterations) {
                    Some(fraction) => self.annealing.set_progress(fraction),
                    None => return,
                }
            }
            self.step();
            self.iterations += 1;
        }
    }

    /// One iteration.
    pub(crate) fn step(&mut self) {
        let Some(aim) = self.ways.ruin(&mut self.draft, &mut self.dice, &mut self.scratch) else {
            self.draft.roll_back();
            return;
        };
        self.shake_breaks();
        recreate(&mut self.draft, &mut self.dice, &mut self.blinks, aim, &mut self.list);
        self.place_breaks();
        #[cfg(debug_assertions)]
        self.draft.assert_sound();
        let (before, after) = (self.draft.cost_before(), self.draft.cost);
        if !self.annealing.accepts(before, after, &mut self.dice) {
            self.draft.roll_back();
            #[cfg(debug_assertions)]
            self.draft.assert_sound();
            return;
        }
        for shift in self.draft.touched() {
            self.best.mark(shift);
        }
        if Pool::takes(after, self.best.cost) {
            self.pool.note(&self.draft);
        }
        self.draft.commit();
        if after < self.best.cost {
            self.best.catch_up(&self.draft);
        }
    }

    /// Puts the breaks of the tours touched, and of one that an unplanned visit could be in, anywhere; more
    /// often, puts those of the tours touched where they cost least.
    fn shake_breaks(&mut self) {
        let Self { draft, dice, list, .. } = self;
        if !draft.candidates.some_breaks() {
            return;
        }
        if !dice.chance(SHAKEN) {
            return self.place_breaks();
        }
        list.clear();
        list.extend(draft.touched().map(|shift| (false, (0, 0), shift)));
        if let Some(&visit) = draft.out.get(dice.below(draft.out.len())) {
            let shifts = draft.candidates.shifts(draft.chosen[visit as usize]);
            list.extend(shifts.get(dice.below(shifts.len())).map(|&shift| (false, (0, 0), shift)));
        }
        for &(_, _, shift) in list.iter() {
            draft.shake_break(shift, dice);
        }
    }

    fn place_breaks(&mut self) {
        if !self.draft.candidates.some_breaks() {
            return;
        }
        self.list.clear();
        self.list.extend(self.draft.touched().map(|shift| (false, (0, 0), shift)));
        for i in 0..self.list.len() {
            self.draft.place_break(self.list[i].2);
        }
    }

    /// Goes on from another worker's best.
    pub(crate) fn adopt(&mut self, best: &Snapshot) {
        self.draft.load(best);
        self.best = best.clone();
    }
}
