//! The plan being edited: tours, ledgers, unplanned visits, and a journal to take edits back.

use super::aim::NOBODY;
use super::candidates::Candidates;
use super::insertion::{Insertion, NOT_IN};
use super::memory::Memory;
use super::same_hour::Place;
use super::tour::{BREAK, PauseAt, Stop, Tour};
use crate::model::cost::{Cost, CostByTerm, Term};
use crate::model::facts::Facts;
use crate::rules::Evaluator;
use crate::rules::concentration::ConcentrationLedger;
use crate::rules::continuity::ContinuityLedger;
use crate::rules::hours::HoursLedger;
use crate::rules::introduction::IntroductionLedger;
use crate::rules::pairing::judge;
use crate::rules::preferred_start::ANY_TIME;
use crate::rules::regular_hour::RegularHourLedger;

/// One change of the ledgers, so that it can be undone.
#[derive(Debug, Clone, Copy)]
enum Change {
    Inserted { visit: u32, nurse: u32 },
    Removed { visit: u32, shift: u32 },
    Chose { visit: u32, option: u32 },
}

/// A tour as it was at the last commit.
#[derive(Debug, Clone)]
struct Saved {
    shift: u32,
    tour: Tour,
    /// Its stamp in the memory.
    stamp: u32,
}

/// A plan under construction.
///
/// Invariants (checked by `assert_sound` in debug builds): every tour is feasible; `cost` is the
/// full cost of tours, ledgers and unplanned visits; a visit is in one tour or in `out`.
#[derive(Debug, Clone)]
pub(crate) struct Draft<'p> {
    pub(crate) problem: &'p Facts,
    pub(crate) evaluator: &'p Evaluator,
    pub(crate) candidates: &'p Candidates,
    pub(crate) tours: Vec<Tour>,
    /// The shift of each visit, or [`NOT_IN`].
    pub(crate) shift_of: Vec<u32>,
    /// The day option of each visit.
    pub(crate) chosen: Vec<u32>,
    /// Of clients who may meet one nurse only and have met none, the one chosen with their days, if one was;
    /// else [`NOBODY`]. (Not asked of clients who have met one.)
    pub(super) only: Vec<u32>,
    /// Visits that are in no tour, in no particular order.
    pub(crate) out: Vec<u32>,
    out_at: Vec<u32>,
    pub(crate) continuity: ContinuityLedger,
    pub(crate) concentration: ConcentrationLedger,
    pub(crate) introduction: IntroductionLedger,
    pub(crate) hours: HoursLedger,
    pub(crate) regular: RegularHourLedger,
    pub(crate) memory: Memory,
    pub(crate) cost: Cost,
    /// No tour is opened where so many have visits.
    pub(crate) most_tours: usize,
    /// Insertion positions evaluated.
    pub(crate) evaluations: u64,
    // The journal since the last commit.
    changes: Vec<Change>,
    saved: Vec<Saved>,
    spare: Vec<Tour>,
    touched: Vec<bool>,
    /// Stops on their way to a tour; kept for its capacity.
    pub(super) appended: Vec<Stop>,
    /// Places for visits of one line; kept for its capacity.
    pub(super) places: Vec<Place>,
    /// What day options would cost, with one nurse or with each; kept for its capacity.
    pub(super) option_costs: Vec<Cost>,
    cost_before: Cost,
}

impl<'p> Draft<'p> {
    /// All visits unplanned.
    pub(crate) fn empty(problem: &'p Facts, evaluator: &'p Evaluator, candidates: &'p Candidates) -> Self {
        let visits = problem.visits.len();
        let mut draft = Self {
            problem,
            evaluator,
            candidates,
            tours: problem.shifts.iter().map(|shift| Tour::empty(evaluator, shift)).collect(),
            shift_of: vec![NOT_IN; visits],
            chosen: problem.visits.iter().map(|visit| visit.options.start).collect(),
            only: vec![NOBODY; problem.clients.len()],
            out: (0..visits as u32).collect(),
            out_at: (0..visits as u32).collect(),
            continuity: ContinuityLedger::new(problem),
            concentration: ConcentrationLedger::new(&evaluator.concentration),
            introduction: IntroductionLedger::new(&evaluator.introduction),
            hours: HoursLedger::new(problem, &evaluator.hours),
            regular: RegularHourLedger::new(&evaluator.regular),
            memory: Memory::new(candidates),
            cost: 0,
            most_tours: usize::MAX,
            evaluations: 0,
            changes: Vec::new(),
            saved: Vec::new(),
            spare: Vec::new(),
            touched: vec![false; problem.shifts.len()],
            appended: Vec::new(),
            places: Vec::new(),
            option_costs: Vec::new(),
            cost_before: 0,
        };
        draft.cost = draft.terms().total();
        draft.cost_before = draft.cost;
        draft
    }

    /// Forgets the journal: what was done stays done.
    pub(crate) fn commit(&mut self) {
        for saved in self.saved.drain(..) {
            self.touched[saved.shift as usize] = false;
            self.spare.push(saved.tour);
        }
        self.changes.clear();
        if self.memory.is_full() {
            self.memory.forget();
        }
        self.cost_before = self.cost;
    }

    /// Takes back everything since the last commit.
    pub(crate) fn roll_back(&mut self) {
        while let Some(change) = self.changes.pop() {
            match change {
                Change::Inserted { visit, nurse } => {
                    let client = self.problem.visits[visit as usize].client;
                    self.goes(self.chosen[visit as usize], client, nurse);
                    self.forget_only(client);
                    self.regular.take_out(&self.evaluator.regular, visit);
                    self.shift_of[visit as usize] = NOT_IN;
                    self.put_out(visit);
                }
                Change::Removed { visit, shift } => {
                    let client = self.problem.visits[visit as usize].client;
                    let nurse = self.problem.shifts[shift as usize].nurse;
                    self.comes(self.chosen[visit as usize], client, nurse);
                    self.shift_of[visit as usize] = shift;
                    self.take_in(visit);
                }
                Change::Chose { visit, option } => self.chosen[visit as usize] = option,
            }
        }
        while let Some(Saved { shift, tour, stamp }) = self.saved.pop() {
            let at = shift as usize;
            self.memory.restore(shift, stamp);
            let facts = &self.problem.shifts[at];
            self.hours.change(&self.evaluator.hours, facts, tour.paid - self.tours[at].paid);
            self.spare.push(std::mem::replace(&mut self.tours[at], tour));
            self.touched[at] = false;
            if self.tours[at].regular > 0 {
                self.note_starts(at);
            }
        }
        self.cost = self.cost_before;
    }

    /// Cost at the last commit.
    pub(crate) fn cost_before(&self) -> Cost {
        self.cost_before
    }

    /// Whether the tour of a shift changed since the last commit.
    pub(crate) fn is_touched(&self, shift: u32) -> bool {
        self.touched[shift as usize]
    }

    /// Shifts whose tours changed since the last commit.
    pub(crate) fn touched(&self) -> impl Iterator<Item = u32> + '_ {
        self.saved.iter().map(|saved| saved.shift)
    }

    /// Chooses the day of a visit that is in no tour.
    pub(crate) fn choose(&mut self, visit: u32, option: u32) {
        let old = std::mem::replace(&mut self.chosen[visit as usize], option);
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
        let visit = &self.problem.visits[stop.visit as usize];
        let before = self.tour_costs(at);
        let tour = &mut self.tours[at];
        let position = insertion.after as usize + 1;
        tour.stops.insert(position, stop);
        let feasible = if let Some(pause) = insertion.pause {
            tour.set_pause(facts, pause);
            if let (PauseAt::Inside, Some(facts)) = (pause, facts.pause) {
                tour.stops.insert(position + 1, Stop::of_break(facts));
            }
            tour.refresh(self.problem, self.evaluator, facts)
        } else {
            tour.care += stop.own.duration;
            tour.load += visit.load;
            tour.timed += u32::from(stop.preferred != ANY_TIME);
            tour.regular += u32::from(self.evaluator.regular.has(stop.visit));
            tour.refresh_between(self.problem, self.evaluator, facts, position, position)
        };
        debug_assert!(feasible, "insertion {insertion:?} breaks a window");
        let delta = self.settle(at, before) + self.book(insertion.option, insertion.shift);
        debug_assert_eq!(
            delta + visit.unplanned,
            insertion.cost,
            "cost before + delta = cost after of {insertion:?}"
        );
        self.cost += delta;
    }

    /// Books a visit as made by the nurse of a shift; returns the change of cost, the tour's aside.
    pub(crate) fn book(&mut self, option: u32, shift: u32) -> Cost {
        let visit = self.problem.options[option as usize].visit;
        let facts = &self.problem.visits[visit as usize];
        let nurse = self.candidates.nurse(shift);
        self.shift_of[visit as usize] = shift;
        self.take_in(visit);
        self.changes.push(Change::Inserted { visit, nurse });
        self.evaluator.pairing.row(option)[nurse as usize] + self.comes(option, facts.client, nurse)
            - facts.unplanned
    }

    /// Takes the stops at some positions, given in rising order, out of a tour. Breaks among them
    /// stay. Returns false, with the draft to be rolled back, where the rest of the tour cannot
    /// keep its windows: a detour is shorter than the direct way, or the break lost every visit before
    /// it and the way from home is longer than that from the visit where it was.
    pub(crate) fn remove(&mut self, shift: u32, positions: &[usize]) -> bool {
        let at = shift as usize;
        self.save(shift);
        let facts = &self.problem.shifts[at];
        let before = self.tour_costs(at);
        let mut delta = 0;
        for &position in positions {
            let stop = self.tours[at].stops[position];
            if !stop.is_visit() {
                continue;
            }
            let visit = &self.problem.visits[stop.visit as usize];
            delta += self.goes(stop.option, visit.client, facts.nurse);
            self.forget_only(visit.client);
            delta -= self.evaluator.pairing.row(stop.option)[facts.nurse as usize];
            delta += visit.unplanned;
            if self.evaluator.regular.matters() {
                let irregular = self.regular.cost();
                self.regular.take_out(&self.evaluator.regular, stop.visit);
                delta += self.regular.cost() - irregular;
            }
            self.shift_of[stop.visit as usize] = NOT_IN;
            self.put_out(stop.visit);
            self.changes.push(Change::Removed { visit: stop.visit, shift });
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
        let tour = &mut self.tours[at];
        let Some(&first) = positions.first() else { return true };
        let (mut read, mut kept_until) = (0, first - 1);
        let mut next = positions.iter().copied().peekable();
        let mut written = 0;
        let some_regular = tour.regular > 0;
        tour.stops.retain(|stop| {
            let taken = next.next_if_eq(&read).is_some() && stop.is_visit();
            if taken {
                tour.care -= stop.own.duration;
                tour.load -= self.problem.visits[stop.visit as usize].load;
                tour.timed -= u32::from(stop.preferred != ANY_TIME);
                tour.regular -= u32::from(some_regular && self.evaluator.regular.has(stop.visit));
                kept_until = written - 1;
            }
            read += 1;
            written += usize::from(!taken);
            !taken
        });
        if tour.pause == PauseAt::Inside && tour.stops[1].visit == BREAK {
            return tour.refresh(self.problem, self.evaluator, facts);
        }
        tour.refresh_between(self.problem, self.evaluator, facts, first, kept_until)
    }

    /// Changes a tour by `edit`, which must leave it feasible and refreshed. It may bring visits that
    /// the caller books ([`Self::book`]), and takes none out.
    pub(crate) fn edit_tour(&mut self, shift: u32, edit: impl FnOnce(&Facts, &Evaluator, &mut Tour)) {
        let at = shift as usize;
        self.save(shift);
        let before = self.tour_costs(at);
        edit(self.problem, self.evaluator, &mut self.tours[at]);
        self.cost += self.settle(at, before);
    }

    fn tour_costs(&self, at: usize) -> (Cost, i64) {
        let tour = &self.tours[at];
        (tour.time_cost + tour.start_cost, tour.paid)
    }

    /// Books the change of a tour's state, cost and hours; returns the change of cost.
    fn settle(&mut self, at: usize, (cost, paid): (Cost, i64)) -> Cost {
        let tour = &self.tours[at];
        self.memory.renew(at as u32, tour.visits() == 0);
        let hours = if tour.paid == paid {
            0
        } else {
            self.hours.change(&self.evaluator.hours, &self.problem.shifts[at], tour.paid - paid)
        };
        tour.time_cost + tour.start_cost - cost
            + hours
            + if tour.regular > 0 { self.note_starts(at) } else { 0 }
    }

    /// Notes the starts of a tour's visits that have a regular hour; returns the change of cost.
    fn note_starts(&mut self, at: usize) -> Cost {
        let tour = &self.tours[at];
        let before = self.regular.cost();
        tour.each_start(|stop, start| {
            let hour = start - self.problem.options[stop.option as usize].hour;
            self.regular.start(&self.evaluator.regular, stop.visit, hour);
        });
        self.regular.cost() - before
    }

    fn save(&mut self, shift: u32) {
        let at = shift as usize;
        if !self.touched[at] {
            self.touched[at] = true;
            let mut copy = self.spare.pop().unwrap_or_else(|| self.tours[at].clone());
            copy.copy_from(&self.tours[at]);
            self.saved.push(Saved { shift, tour: copy, stamp: self.memory.stamp(shift) });
        }
    }

    /// A client without a face may meet anyone again.
    fn forget_only(&mut self, client: u32) {
        if self.continuity.faces(client) == 0 {
            self.only[client as usize] = NOBODY;
        }
    }

    fn put_out(&mut self, visit: u32) {
        self.out_at[visit as usize] = self.out.len() as u32;
        self.out.push(visit);
    }

    fn take_in(&mut self, visit: u32) {
        let at = self.out_at[visit as usize] as usize;
        self.out.swap_remove(at);
        if let Some(&moved) = self.out.get(at) {
            self.out_at[moved as usize] = at as u32;
        }
    }

    /// The full cost by term, from scratch.
    ///
    /// # Complexity
    /// Linear in visits, shifts, and clients times nurses.
    pub(crate) fn terms(&self) -> CostByTerm {
        let mut terms = CostByTerm::default();
        for &visit in &self.out {
            terms[Term::Unplanned] += self.problem.visits[visit as usize].unplanned;
        }
        for visit in (0..self.problem.visits.len() as u32).filter(|&v| self.shift_of[v as usize] != NOT_IN) {
            let nurse = self.problem.shifts[self.shift_of[visit as usize] as usize].nurse;
            let pinned = self.problem.options[self.chosen[visit as usize] as usize].pinned;
            if let Ok(pair) = judge(self.problem, visit, pinned, nurse) {
                for (term, cost) in pair.iter() {
                    terms[term] += cost;
                }
            }
        }
        for (tour, shift) in self.tours.iter().zip(&self.problem.shifts) {
            if tour.visits() > 0 {
                let totals = tour.totals(tour.inner_break(shift));
                self.evaluator.tour.add_terms(shift, &totals, &mut terms);
                terms[Term::PreferredStart] += tour.start_cost;
            }
        }
        self.continuity.cost(&self.evaluator.continuity, &mut terms);
        self.concentration.cost(&self.evaluator.concentration, self.continuity.rows(), &mut terms);
        self.introduction.cost(&self.evaluator.introduction, &mut terms);
        self.hours.cost(&self.evaluator.hours, &mut terms);
        self.regular.add_terms(&self.evaluator.regular, &mut terms);
        terms
    }

    /// Rebuilds everything derived and compares; for debug builds and tests.
    #[cfg(any(debug_assertions, test, feature = "internals"))]
    pub(crate) fn assert_sound(&self) {
        assert_eq!(self.cost, self.terms().total(), "the running cost is not the full cost");
        let mut continuity = ContinuityLedger::new(self.problem);
        let mut concentration = ConcentrationLedger::new(&self.evaluator.concentration);
        let mut introduction = IntroductionLedger::new(&self.evaluator.introduction);
        let mut hours = HoursLedger::new(self.problem, &self.evaluator.hours);
        let mut regular = RegularHourLedger::new(&self.evaluator.regular);
        for (shift, (tour, facts)) in self.tours.iter().zip(&self.problem.shifts).enumerate() {
            let mut again = tour.clone();
            assert!(again.refresh(self.problem, self.evaluator, facts), "tour {shift} is infeasible");
            assert_eq!(
                (again.time_cost, again.start_cost, again.paid),
                (tour.time_cost, tour.start_cost, tour.paid)
            );
            assert_eq!(facts.pause.is_none(), tour.pause == PauseAt::Nowhere);
            let empty = Tour::empty(self.evaluator, facts);
            hours.change(&self.evaluator.hours, facts, tour.paid - empty.paid);
            tour.each_start(|stop, start| {
                let hour = start - self.problem.options[stop.option as usize].hour;
                regular.start(&self.evaluator.regular, stop.visit, hour);
            });
            for stop in tour.stops.iter().filter(|stop| stop.is_visit()) {
                assert_eq!(self.shift_of[stop.visit as usize] as usize, shift);
                assert_eq!(self.chosen[stop.visit as usize], stop.option);
                let (client, nurse) = (self.problem.visits[stop.visit as usize].client, facts.nurse);
                let visits = continuity.visits(client, nurse);
                if self.evaluator.concentration.matters {
                    concentration.add(&self.evaluator.concentration, stop.option, client, nurse, visits);
                }
                if self.evaluator.introduction.matters {
                    let day = self.problem.options[stop.option as usize].day;
                    introduction.add(&self.evaluator.introduction, client, nurse, day);
                }
                continuity.add(&self.evaluator.continuity, client, nurse);
            }
        }
        let (mut a, mut b) = (CostByTerm::default(), CostByTerm::default());
        self.continuity.cost(&self.evaluator.continuity, &mut a);
        self.hours.cost(&self.evaluator.hours, &mut a);
        continuity.cost(&self.evaluator.continuity, &mut b);
        hours.cost(&self.evaluator.hours, &mut b);
        assert_eq!(concentration, self.concentration, "how visits are divided is not what the tours say");
        assert_eq!(introduction, self.introduction, "who stands in is not what the tours say");
        assert_eq!(a, b, "a ledger is not what the tours say");
        assert_eq!(
            (self.regular.cost(), self.regular.beyond_hard()),
            (regular.cost(), regular.beyond_hard()),
            "the hours are not what the tours say"
        );
        for (at, &visit) in self.out.iter().enumerate() {
            assert_eq!(self.shift_of[visit as usize], NOT_IN);
            assert_eq!(self.out_at[visit as usize] as usize, at);
        }
        let planned: usize = self.tours.iter().map(Tour::visits).sum();
        assert_eq!(planned + self.out.len(), self.problem.visits.len());
    }
}
