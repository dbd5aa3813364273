//! Edits of a draft, and the journal that takes them back.

use super::super::insertion::{Insertion, NONE};
use super::{Change, Draft, Saved};
use crate::model::cost::Cost;
use crate::rules::{BreakAt, Penalty, Proposal, Stop, StopKind};

impl Draft<'_> {
    /// Forgets the journal: what was done stays done.
    pub(crate) fn commit(&mut self) {
        for saved in self.saved.drain(..) {
            self.touched[saved.shift as usize] = false;
            self.spare.tours.push(saved.tour);
        }
        self.changes.clear();
        if self.cache.is_full() {
            self.cache.forget();
        }
        self.cost_before = self.cost;
    }

    /// Sets the price of [excess](Self::excess). Nothing may have changed since the last commit.
    pub(crate) fn set_penalty(&mut self, penalty: Penalty) {
        debug_assert!(self.saved.is_empty(), "a price changes between steps only");
        self.penalty = penalty;
        self.cost += self.ledgers.set_penalty(&self.evaluator.ledgers, penalty);
        self.cost_before = self.cost;
    }

    /// The price of [excess](Self::excess).
    pub(crate) fn penalty(&self) -> Penalty {
        self.penalty
    }

    /// Takes back everything since the last commit.
    pub(crate) fn roll_back(&mut self) {
        while let Some(change) = self.changes.pop() {
            match change {
                Change::Assigned { visit } => {
                    let one = self.assignment(self.option_of(visit), self.shift_of[visit as usize]);
                    self.ledgers.unassign(&self.evaluator.ledgers, &one);
                    self.shift_of[visit as usize] = NONE;
                    self.put_out(visit);
                }
                Change::Unassigned { visit, option, shift } => {
                    let one = self.assignment(option, shift);
                    self.ledgers.assign(&self.evaluator.ledgers, &one);
                    self.option_of[visit as usize] = option;
                    self.shift_of[visit as usize] = shift;
                    self.take_in(visit);
                }
                Change::Chose { visit, option } => self.option_of[visit as usize] = option,
                Change::ReservedNurse { client, before } => self.reserved[client as usize] = before,
            }
        }
        while let Some(Saved { shift, tour, version }) = self.saved.pop() {
            let at = shift as usize;
            self.cache.restore(shift, version);
            let facts = &self.problem.shifts[at];
            if self.evaluator.counts_work() && tour.paid != self.tours[at].paid {
                self.ledgers.work(&self.evaluator.ledgers, facts, tour.paid - self.tours[at].paid);
            }
            self.spare.tours.push(std::mem::replace(&mut self.tours[at], tour));
            self.touched[at] = false;
            self.tell_starts(at);
        }
        self.cost = self.cost_before;
    }

    /// Chooses the day of an unplanned visit.
    pub(crate) fn choose(&mut self, visit: u32, option: u32) {
        debug_assert!(!self.is_planned(visit), "the day of a planned visit is that of its tour");
        let old = std::mem::replace(&mut self.option_of[visit as usize], option);
        if old != option {
            self.changes.push(Change::Chose { visit, option: old });
        }
    }

    /// Puts a visit into a tour.
    pub(crate) fn insert(&mut self, insertion: &Insertion) {
        let at = insertion.shift as usize;
        self.save(insertion.shift);
        let facts = &self.problem.shifts[at];
        let stop = Stop::of_option(self.problem, insertion.option);
        let visit = self.problem.options[insertion.option as usize].visit;
        debug_assert_eq!(
            insertion.option,
            self.option_of(visit),
            "a visit is inserted on the day chosen for it"
        );
        let before = self.tour_costs(at);
        let (priced, counted) = (
            self.evaluator.prices_start_of(self.problem, insertion.option),
            self.evaluator.counts_start_of(visit),
        );
        let tour = &mut self.tours[at];
        let position = insertion.after as usize + 1;
        tour.stops.insert(position, stop);
        let feasible = if let Some(break_at) = insertion.break_at {
            tour.set_break(facts, break_at);
            if let (BreakAt::Inside, Some(facts)) = (break_at, facts.break_facts) {
                tour.stops.insert(position + 1, Stop::of_break(facts));
            }
            tour.refresh(self.problem, self.evaluator, facts)
        } else {
            tour.care += stop.own.duration;
            tour.load += self.problem.visits[visit as usize].load;
            tour.priced_starts += u32::from(priced);
            tour.counted_starts += u32::from(counted);
            tour.refresh_between(self.problem, self.evaluator, facts, position, position)
        };
        debug_assert!(feasible, "insertion {insertion:?} breaks a window");
        let delta = self.settle(at, before) + self.assign(insertion.option, insertion.shift);
        let unplanned = self.problem.visits[visit as usize].unplanned;
        debug_assert_eq!(
            delta + unplanned,
            insertion.cost,
            "cost before + delta = cost after of {insertion:?}"
        );
        self.cost += delta;
    }

    /// Takes the stops at some positions, given in rising order, out of a tour. Breaks among them stay. Returns false,
    /// with the draft to be rolled back, where the rest of the tour cannot keep its windows. This happens in two cases:
    /// the direct way is longer than the detour; or no visit is left before the break, and the way from home is longer
    /// than the way from the visit at which the break was.
    pub(crate) fn remove(&mut self, shift: u32, positions: &[usize]) -> bool {
        let at = shift as usize;
        self.save(shift);
        let before = self.tour_costs(at);
        let mut delta = 0;
        for &position in positions {
            if let Some(visit) = self.tours[at].stops[position].visit() {
                delta += self.unassign(visit);
            }
        }
        if !self.take_stops(at, positions) {
            return false;
        }
        self.cost += delta + self.settle(at, before);
        true
    }

    /// Takes visits at some positions out of the stops; true if the rest keeps its windows.
    fn take_stops(&mut self, at: usize, positions: &[usize]) -> bool {
        let facts = &self.problem.shifts[at];
        let (problem, evaluator) = (self.problem, self.evaluator);
        let tour = &mut self.tours[at];
        let Some(&first) = positions.first() else { return true };
        let (mut written, mut kept_until) = (first, first - 1);
        let mut next = positions.iter().copied().peekable();
        let (some_priced, some_counted) = (tour.priced_starts > 0, tour.counted_starts > 0);
        for read in first..tour.stops.len() {
            let stop = tour.stops[read];
            if next.next_if_eq(&read).is_some()
                && let StopKind::Visit { visit, option } = stop.kind
            {
                tour.care -= stop.own.duration;
                tour.load -= problem.visits[visit as usize].load;
                tour.priced_starts -= u32::from(some_priced && evaluator.prices_start_of(problem, option));
                tour.counted_starts -= u32::from(some_counted && evaluator.counts_start_of(visit));
                kept_until = written - 1;
            } else {
                tour.stops[written] = stop;
                written += 1;
            }
        }
        tour.stops.truncate(written);
        if tour.break_at == BreakAt::Inside && tour.stops[1].is_break() {
            return tour.refresh(problem, evaluator, facts);
        }
        tour.refresh_between(problem, evaluator, facts, first, kept_until)
    }

    /// Changes some tours as a proposal says. Returns the change of cost, or `None`, with the draft as it was, if that
    /// is not feasible.
    pub(crate) fn apply(&mut self, proposal: &Proposal) -> Option<Cost> {
        self.apply_below(proposal, Cost::MAX)
    }

    /// The same if the change of cost is below `limit`.
    pub(crate) fn apply_below(&mut self, proposal: &Proposal, limit: Cost) -> Option<Cost> {
        let delta = self.delta(proposal, limit)?;
        let cost = self.cost;
        let mut moves = std::mem::take(&mut self.spare.moves);
        moves.clear();
        for at in 0..proposal.len() {
            let shift = proposal.shift(at);
            proposal.each_arrival(&self.tours, at, |option| {
                moves.push((self.problem.options[option as usize].visit, option, shift));
            });
        }
        // All moved visits are unassigned before any is assigned, so that hard bounds never count both nurses of a
        // visit.
        for &(visit, ..) in &moves {
            if self.is_planned(visit) {
                self.cost += self.unassign(visit);
            }
        }
        // All new tours are read from the old ones, so none is replaced before all are made.
        let mut made = std::mem::take(&mut self.spare.made);
        for at in 0..proposal.len() {
            let shift = proposal.shift(at);
            let break_at = proposal.make_pieces(self.problem, &self.tours, at, &mut self.spare.pieces);
            let now = &self.tours[shift as usize];
            let mut tour = self.spare.tours.pop().unwrap_or_else(|| now.clone());
            tour.stops.clear();
            tour.stops.extend(self.spare.pieces.iter(&self.tours).flat_map(|piece| piece.stops()).copied());
            // A feasible proposal has the break of the shift.
            tour.break_at = break_at.unwrap_or(now.break_at);
            made.push(tour);
        }
        for (at, mut tour) in made.drain(..).enumerate() {
            let shift = proposal.shift(at);
            let facts = &self.problem.shifts[shift as usize];
            self.save(shift);
            let before = self.tour_costs(shift as usize);
            let feasible = tour.refresh(self.problem, self.evaluator, facts);
            debug_assert!(feasible, "a proposal that was found feasible breaks a window");
            self.spare.tours.push(std::mem::replace(&mut self.tours[shift as usize], tour));
            self.cost += self.settle(shift as usize, before);
        }
        for &(visit, option, shift) in &moves {
            self.choose(visit, option);
            self.cost += self.assign(option, shift);
        }
        (self.spare.moves, self.spare.made) = (moves, made);
        debug_assert_eq!(self.cost, cost + delta, "cost before + delta = cost after of {proposal:?}");
        Some(delta)
    }

    /// Books a visit as made by the nurse of a shift; returns the change of cost, without that of the tour.
    fn assign(&mut self, option: u32, shift: u32) -> Cost {
        let visit = self.problem.options[option as usize].visit;
        let one = self.assignment(option, shift);
        self.shift_of[visit as usize] = shift;
        self.take_in(visit);
        self.changes.push(Change::Assigned { visit });
        self.evaluator.pair(option, one.nurse) + self.ledgers.assign(&self.evaluator.ledgers, &one)
            - self.problem.visits[visit as usize].unplanned
    }

    /// The opposite of [`Self::assign`].
    fn unassign(&mut self, visit: u32) -> Cost {
        let (option, shift) = (self.option_of(visit), self.shift_of[visit as usize]);
        let one = self.assignment(option, shift);
        let delta = self.ledgers.unassign(&self.evaluator.ledgers, &one);
        self.forget_nurse(one.client);
        self.shift_of[visit as usize] = NONE;
        self.put_out(visit);
        self.changes.push(Change::Unassigned { visit, option, shift });
        delta - self.evaluator.pair(option, one.nurse) + self.problem.visits[visit as usize].unplanned
    }

    fn tour_costs(&self, at: usize) -> (Cost, i64) {
        (self.tours[at].cost(), self.tours[at].paid)
    }

    /// Books the change of a tour's state, cost and hours; returns the change of cost.
    fn settle(&mut self, at: usize, (cost, paid): (Cost, i64)) -> Cost {
        let tour = &self.tours[at];
        self.cache.renew(at as u32, tour.is_empty());
        let mut delta = tour.cost() - cost;
        if self.evaluator.counts_work() && tour.paid != paid {
            let facts = &self.problem.shifts[at];
            delta += self.ledgers.work(&self.evaluator.ledgers, facts, tour.paid - paid);
        }
        delta + self.tell_starts(at)
    }

    /// Tells the ledgers the starts of a tour; returns the change of cost.
    fn tell_starts(&mut self, at: usize) -> Cost {
        let (facts, tour) = (&self.problem.shifts[at], &self.tours[at]);
        self.evaluator.tell_starts_of(self.problem, &mut self.ledgers, facts, tour)
    }

    fn save(&mut self, shift: u32) {
        let at = shift as usize;
        if !self.touched[at] {
            self.touched[at] = true;
            let mut copy = self.spare.tours.pop().unwrap_or_else(|| self.tours[at].clone());
            copy.copy_from(&self.tours[at]);
            self.saved.push(Saved { shift, tour: copy, version: self.cache.version(shift) });
        }
    }

    /// Ends the reservation of a nurse for a client who has no face any more.
    fn forget_nurse(&mut self, client: u32) {
        if self.counts().faces(client) == 0 {
            self.reserve_nurse(client, None);
        }
    }

    fn put_out(&mut self, visit: u32) {
        self.unplanned_at[visit as usize] = self.unplanned.len() as u32;
        self.unplanned.push(visit);
    }

    fn take_in(&mut self, visit: u32) {
        let at = self.unplanned_at[visit as usize] as usize;
        self.unplanned.swap_remove(at);
        if let Some(&moved) = self.unplanned.get(at) {
            self.unplanned_at[moved as usize] = at as u32;
        }
    }
}
