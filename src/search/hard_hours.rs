//! Hard regular hours, kept now and then on the way and at the end: what starts too far from the rest is left out.
//!
//! A search passes through plans whose hours spread more than agreed, at a price. What it ends with is mended here;
//! a plan beyond a hard bound is never returned.

use super::aim::Aim;
use super::draft::Draft;
use super::insertion::{Blinks, Insertion, NOT_IN};
use std::cmp::Reverse;

impl Draft<'_> {
    /// Takes visits out until every hard regular hour is kept, and puts back what can be.
    ///
    /// # Complexity
    /// A removal and an insertion for each visit at most.
    pub(crate) fn keep_hard_hours(&mut self) {
        if self.regular.beyond_hard() == 0 {
            return;
        }
        while let Some(visits) = self.regular.too_far(&self.evaluator.regular) {
            for visit in visits {
                let shift = self.shift_of[visit as usize];
                if shift == NOT_IN {
                    continue;
                }
                let position = self.tours[shift as usize].position(visit);
                if !position.is_none_or(|position| self.remove(shift, &[position])) {
                    // The way past the visit is longer than by it: the whole tour goes.
                    self.roll_back();
                    let positions: Vec<usize> = (1..self.tours[shift as usize].stops.len() - 1).collect();
                    let emptied = self.remove(shift, &positions);
                    debug_assert!(emptied, "a tour without visits keeps its windows");
                }
                self.commit();
            }
        }
        self.refill();
    }

    /// Puts visits back that are out, where that keeps every hard regular hour.
    fn refill(&mut self) {
        let mut out = self.out.clone();
        out.sort_unstable_by_key(|&visit| (Reverse(self.problem.visits[visit as usize].unplanned), visit));
        for visit in out {
            let option = self.chosen[visit as usize];
            let found = self.best_insertion(option, &mut Blinks::never(), &Aim::NONE);
            let worth = self.problem.visits[visit as usize].unplanned;
            if let Some(insertion) = found.filter(|insertion| insertion.cost < worth) {
                self.insert(&insertion);
                if self.regular.beyond_hard() > 0 {
                    self.roll_back();
                }
                self.commit();
            }
        }
    }

    /// Whether an insertion would bring the hours of a line further beyond a hard bound. The draft is left as it was.
    pub(crate) fn would_be_irregular(&mut self, insertion: &Insertion) -> bool {
        let nurse = self.problem.shifts[insertion.shift as usize].nurse;
        let before = self.regular.beyond_hard();
        let cost = insertion.cost.saturating_add(self.booking_cost(insertion.option, nurse));
        self.insert(&Insertion { cost, ..*insertion });
        let worse = self.regular.beyond_hard() > before;
        self.roll_back();
        worse
    }
}
