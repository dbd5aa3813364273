//! The whole of a draft from scratch: the cost by term, and a proof in debug builds that nothing kept up to date is wrong.

use super::Draft;
use crate::model::cost::{Cost, CostByTerm, Term};
use crate::rules::{Bearer, judge};
#[cfg(any(debug_assertions, test, feature = "internals"))]
use crate::rules::{BreakAt, Ledgers, Tour};

impl Draft<'_> {
    /// The full cost by term, from scratch.
    ///
    /// # Complexity
    /// Linear in visits, shifts, and clients times nurses.
    pub(crate) fn terms(&self) -> CostByTerm {
        let mut terms = CostByTerm::default();
        self.shares(&mut |_, term, cost| terms[term] += cost);
        terms
    }

    /// Shows the full cost in parts, from scratch: the bearer of each part, its term, and its cost, which may be 0.
    pub(crate) fn shares(&self, add: &mut dyn FnMut(Bearer, Term, Cost)) {
        for &visit in &self.unplanned {
            let facts = &self.problem.visits[visit as usize];
            add(Bearer::Visit(visit), Term::Unplanned, facts.unplanned - facts.withdrawn);
            add(Bearer::Visit(visit), Term::Withdrawn, facts.withdrawn);
        }
        for visit in 0..self.visit_count() as u32 {
            let Some(shift) = self.shift_of(visit) else { continue };
            let nurse = self.candidates.nurse(shift);
            if let Ok(pair) = judge(self.problem, self.option_of(visit), nurse) {
                pair.iter().for_each(|(term, cost)| add(Bearer::Visit(visit), term, cost));
            }
        }
        for (tour, shift) in self.tours.iter().zip(&self.problem.shifts) {
            if !tour.is_empty() {
                let mut terms = CostByTerm::default();
                self.evaluator.add_tour_terms(shift, &tour.totals(shift), &mut terms);
                terms.iter().for_each(|(term, cost)| add(Bearer::Nurse(shift.nurse), term, cost));
                if self.evaluator.starts_matter() {
                    tour.each_start(self.problem.roads_of(shift), |visit, option, start| {
                        let mut terms = CostByTerm::default();
                        self.evaluator.add_start_terms(self.problem, option, start, &mut terms);
                        terms.iter().for_each(|(term, cost)| add(Bearer::Visit(visit), term, cost));
                    });
                }
            }
        }
        self.ledgers.shares(&self.evaluator.ledgers, add);
    }

    /// Rebuilds everything derived and compares; for debug builds and tests.
    #[cfg(any(debug_assertions, test, feature = "internals"))]
    pub(crate) fn assert_sound(&self) {
        let rules = &self.evaluator.ledgers;
        assert_eq!(self.cost, self.terms().total(), "the running cost is not the full cost");
        let mut again = Ledgers::empty(rules, self.problem);
        again.set_penalty(rules, self.penalty);
        for (shift, (tour, facts)) in (0..).zip(self.tours.iter().zip(&self.problem.shifts)) {
            let mut fresh = tour.clone();
            assert!(fresh.refresh(self.problem, self.evaluator, facts), "tour {shift} is infeasible");
            assert_eq!(
                (fresh.leave, fresh.time_cost, fresh.start_cost, fresh.paid),
                (tour.leave, tour.time_cost, tour.start_cost, tour.paid)
            );
            assert_eq!(facts.break_facts.is_none(), tour.break_at == BreakAt::Nowhere);
            for (visit, option) in tour.visits_and_options() {
                assert_eq!(self.shift_of(visit), Some(shift));
                assert_eq!(self.option_of(visit), option);
                assert!(self.evaluator.pairs_up(option, facts.nurse), "a pair that is forbidden");
                again.assign(rules, &self.assignment(option, shift));
            }
            if self.evaluator.counts_work() {
                again.work(rules, facts, tour.paid - Tour::empty(self.evaluator, facts).paid);
            }
            tour.each_start(self.problem.roads_of(facts), |visit, option, start| {
                again.start(rules, visit, self.problem.hour_of(option, start));
            });
        }
        assert!(again == self.ledgers, "the ledgers are not what the tours say");
        for (at, &visit) in self.unplanned.iter().enumerate() {
            assert!(!self.is_planned(visit));
            assert_eq!(self.unplanned_at[visit as usize] as usize, at);
        }
        let planned: usize = self.tours.iter().map(Tour::visits).sum();
        assert_eq!(planned + self.unplanned.len(), self.visit_count());
    }
}
