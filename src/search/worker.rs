//! One worker: the loop of ruin, recreate and acceptance on a draft of its own.

use super::annealing::Annealing;
use super::draft::Draft;
use super::insertion::Blinks;
use super::moves::Moves;
use super::penalty::AdaptivePenalty;
use super::pool::Pool;
use super::recreate::{BLINK_EVERY, Listed, recreate};
use super::reduction::Reduction;
use super::removal::{Operators, Scratch};
use super::restarts::Restarts;
use super::rng::Rng;
use super::snapshot::Snapshot;
use crate::model::cost::Cost;
use crate::rules::{Penalty, Proposal};

/// Iterations between two looks at the clock.
const LOOK_EVERY: u64 = 64;

/// Share of steps that try one local-search move instead of ruin and recreate, where it costs something who makes a
/// visit. A move takes a tenth of the time. 0.4 against 0, 6 s, mean of 3 seeds: town -0.4 %, village -0.6 %, flats
/// +0.1 %; 0.5 on homecare standard -0.4 %. Where it costs nothing who makes a visit, moves did not pay (VRPTW of 400
/// customers +0.5 %, MDPVRP +0.4 %), nor did shares of 0.7 and 0.9.
const MOVES: f64 = 0.4;

/// Share of steps that move breaks to random places before visits are put back. A break that is always in its cheapest
/// place can lock out visits for which the tour has room.
const SHAKEN: f64 = 0.25;

/// A worker: its draft, its best plan, and the state of its loop.
pub(crate) struct Worker<'p> {
    pub(crate) draft: Draft<'p>,
    pub(crate) best: Snapshot,
    /// Tours of good plans seen.
    pub(crate) pool: Pool,
    /// Iterations since the search [began](Self::begin), and before that.
    pub(crate) iterations: u64,
    earlier: u64,
    /// The state of a search for fewer tours, where this is one.
    pub(crate) reduction: Option<Reduction>,
    /// The restarts, where the search may start more than once.
    pub(crate) restarts: Option<Restarts>,
    rng: Rng,
    blinks: Blinks,
    operators: Operators,
    scratch: Scratch,
    list: Vec<Listed>,
    annealing: Annealing,
    penalty: AdaptivePenalty,
    moves: Moves,
    proposal: Proposal,
    move_share: f64,
}

impl<'p> Worker<'p> {
    pub(crate) fn new(mut draft: Draft<'p>, annealing: Annealing, seed: u64, number: usize) -> Self {
        let best = Snapshot::of(&draft);
        let rules = draft.evaluator;
        let move_share = if rules.counts_assignments() && !rules.mostly_single_nurse() { MOVES } else { 0.0 };
        draft.set_penalty(Penalty::INITIAL);
        Self {
            best,
            pool: Pool::default(),
            operators: Operators::new(&draft),
            moves: Moves::new(&draft),
            draft,
            iterations: 0,
            earlier: 0,
            reduction: None,
            restarts: None,
            rng: Rng::new(seed, number),
            blinks: Blinks { left: BLINK_EVERY, every: BLINK_EVERY },
            scratch: Scratch::default(),
            list: Vec::new(),
            annealing,
            penalty: AdaptivePenalty::default(),
            proposal: Proposal::default(),
            move_share,
        }
    }

    /// Iterates until so many iterations of this search are done, or `done` returns `None`. `done` is asked now and
    /// then, with the iterations so far, which fraction of the search is over.
    pub(crate) fn run(&mut self, until: u64, done: &(dyn Fn(u64) -> Option<f64> + Sync)) {
        if self.draft.visit_count() == 0 {
            self.iterations = until;
        }
        if self.iterations < until && self.draft.unplanned().is_empty() {
            self.close_one();
        }
        while self.iterations < until && !self.is_over() {
            if self.iterations.is_multiple_of(LOOK_EVERY) {
                match done(self.iterations) {
                    Some(fraction) => self.set_progress(fraction),
                    None => return,
                }
            }
            self.step();
            self.iterations += 1;
            self.penalty.note(&mut self.draft);
        }
    }

    fn set_progress(&mut self, done: f64) {
        let mut progress = done;
        if let Some(restarts) = &mut self.restarts {
            let begins;
            (progress, begins) = restarts.progress(done, self.iterations);
            if begins {
                self.draft.load(if restarts.is_short() { &restarts.first } else { &self.best });
                self.best.mark_all();
            }
        }
        self.annealing.set_progress(progress);
        self.penalty.set_progress(progress);
        if let Some(reduction) = &mut self.reduction {
            reduction.set_progress(progress);
        }
    }

    /// Whether this is one of several short searches, which must not exchange plans with others.
    pub(crate) fn is_short(&self) -> bool {
        self.restarts.as_ref().is_some_and(Restarts::is_short)
    }

    /// One iteration.
    pub(crate) fn step(&mut self) {
        if self.reduction.is_none() && self.rng.chance(self.move_share) {
            return self.try_move();
        }
        self.ruin_and_recreate();
    }

    /// Tries one local-search move. It is accepted by the same criterion as any step.
    fn try_move(&mut self) {
        let mut proposal = std::mem::take(&mut self.proposal);
        if self.moves.propose(&self.draft, &mut self.rng, &mut proposal).is_some() {
            let before = self.draft.cost_before();
            let limit = self.annealing.limit(before, &mut self.rng) - before;
            if self.draft.apply_below(&proposal, limit).is_some() {
                self.draft.place_breaks();
                #[cfg(debug_assertions)]
                self.draft.assert_sound();
                self.commit();
                if self.best.is_worse_than(&self.draft) {
                    self.best.catch_up(&self.draft);
                }
            }
        }
        self.proposal = proposal;
    }

    fn ruin_and_recreate(&mut self) {
        let Some(bias) = self.operators.remove(&mut self.draft, &mut self.rng, &mut self.scratch) else {
            self.draft.roll_back();
            return;
        };
        self.move_breaks();
        let limit = match &self.reduction {
            None => self.annealing.limit(self.draft.cost_before(), &mut self.rng),
            // In a search for fewer tours, what counts is which visits are unplanned.
            Some(_) => Cost::MAX,
        };
        // Where starts count across tours, one more visit may bring their hours closer together, so a partial cost is
        // no bound on the final one.
        let bound = if self.draft.evaluator.counts_starts() { Cost::MAX } else { limit };
        let whole = recreate(&mut self.draft, &mut self.rng, &mut self.blinks, bias, bound, &mut self.list);
        if whole {
            self.draft.place_breaks();
        }
        #[cfg(debug_assertions)]
        self.draft.assert_sound();
        let accepted = whole
            && match &mut self.reduction {
                None => self.draft.cost() < limit,
                Some(reduction) => reduction.accepts(&self.draft, &self.annealing, &mut self.rng),
            };
        if !accepted {
            self.draft.roll_back();
            #[cfg(debug_assertions)]
            self.draft.assert_sound();
        } else {
            self.commit();
            let better = match &self.reduction {
                None => self.best.is_worse_than(&self.draft),
                Some(_) => {
                    self.draft.unplanned().is_empty() || self.draft.unplanned().len() < self.best.unplanned
                }
            };
            if better {
                self.best.catch_up(&self.draft);
            }
        }
        if let Some(reduction) = &mut self.reduction {
            reduction.note(&self.draft);
            if self.draft.unplanned().is_empty() {
                self.close_one();
            }
        }
    }

    fn commit(&mut self) {
        for shift in self.draft.touched() {
            self.best.mark(shift);
        }
        if self.reduction.is_none() && Pool::takes(self.draft.cost(), self.best.cost) {
            self.pool.note(&self.draft);
        }
        self.draft.commit();
    }

    /// Closes a tour, where this is a search for fewer tours.
    fn close_one(&mut self) {
        if let Some(reduction) = &mut self.reduction {
            reduction.close_one(&mut self.draft);
            self.commit();
        }
    }

    /// Whether there is nothing left to search for.
    pub(crate) fn is_over(&self) -> bool {
        self.reduction.as_ref().is_some_and(Reduction::is_over)
    }

    /// Takes over a plan as the best so far; the draft stays as it is.
    pub(crate) fn offer(&mut self, best: Snapshot) {
        self.best = best;
        self.best.mark_all();
    }

    /// How the best compares with that of other workers: less is better.
    pub(crate) fn rank(&self) -> (usize, usize, Cost) {
        match &self.reduction {
            None => (self.best.excess as usize, 0, self.best.cost),
            // The cost does not matter in a search for fewer tours.
            Some(_) => (self.best.unplanned, self.best.tours_used, 0),
        }
    }

    /// Iterations in all.
    pub(crate) fn iterations_in_all(&self) -> u64 {
        self.earlier + self.iterations
    }

    /// In a share [`SHAKEN`] of the calls, moves the breaks of the touched tours, and of one tour that an unplanned
    /// visit could be in, to random places. Otherwise places the breaks of the touched tours where they cost least.
    fn move_breaks(&mut self) {
        let Self { draft, rng, .. } = self;
        if draft.candidates.some_breaks() {
            match rng.chance(SHAKEN) {
                true => draft.shake_breaks(rng),
                false => draft.place_breaks(),
            }
        }
    }

    /// Goes on from another worker's best.
    pub(crate) fn adopt(&mut self, best: &Snapshot) {
        self.draft.load(best);
        self.best = best.clone();
        if let Some(reduction) = &mut self.reduction {
            reduction.note(&self.draft);
        }
    }

    /// Begins a search for the least cost, from a plan whose number of tours was reduced at any cost. (That plan sets
    /// the temperature at the start. The lower one that the constructed plan sets was worse on three VRPTW of 200 to
    /// 600 customers.)
    pub(crate) fn begin(&mut self, best: &Snapshot) {
        self.reduction = None;
        self.adopt(best);
        self.annealing = Annealing::from(&self.draft, false);
        self.earlier += std::mem::take(&mut self.iterations);
    }
}
