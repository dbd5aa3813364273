//! Hard regular hours, kept now and then on the way and at the end: what starts too far from the rest is left out.
//!
//! A search passes through plans whose hours spread more than agreed, at a price. What it ends with is mended here;
//! a plan beyond a hard bound is never returned.

use super::draft::Draft;
use super::insertion::{Blinks, Insertion};
use super::repair_bias::RepairBias;
use crate::model::cost::Cost;
use std::cmp::Reverse;

impl Draft<'_> {
    /// Takes visits out until every hard regular hour is kept, and puts back what can be; whole clients until `stop`.
    ///
    /// # Complexity
    /// A removal and an insertion for each visit at most.
    pub(crate) fn keep_hard_hours(&mut self, stop: &dyn Fn() -> bool) {
        if self.excess() == 0 {
            return;
        }
        while let Some(visits) = self.ledgers.too_far(&self.evaluator.ledgers) {
            for visit in visits {
                let Some(shift) = self.shift_of(visit) else { continue };
                let position = self.tour(shift).position(visit);
                if !position.is_none_or(|position| self.remove(shift, &[position])) {
                    // The way past the visit is longer than by it: the whole tour goes.
                    self.roll_back();
                    let positions: Vec<usize> = (1..self.tour(shift).stops.len() - 1).collect();
                    let emptied = self.remove(shift, &positions);
                    debug_assert!(emptied, "a tour without visits keeps its windows");
                }
                self.commit();
            }
        }
        self.refill();
        self.place_whole_clients(stop);
    }

    /// Places clients who may meet one nurse only and of whom visits are out anew, with the nurse with whom all visits
    /// are cheapest, the farthest first, until `stop`; those for whom there is none stay as they are.
    ///
    /// # Complexity
    /// Two insertions for each visit of such a client and each nurse.
    pub(crate) fn place_whole_clients(&mut self, stop: &dyn Fn() -> bool) {
        let mut clients: Vec<u32> =
            self.unplanned().iter().map(|&visit| self.problem.visits[visit as usize].client).collect();
        clients.retain(|&client| self.evaluator.has_single_nurse(client));
        clients.sort_unstable();
        clients.dedup();
        clients.sort_by_key(|&client| Reverse(self.way_to(client)));
        for client in clients {
            if stop() {
                return;
            }
            let before = self.clone();
            if !self.take_out_client(client) || !self.place_whole_client(client) {
                *self = before;
            }
        }
    }

    /// The way from the home of the first nurse who could come.
    fn way_to(&self, client: u32) -> i32 {
        let Some(&visit) = self.candidates.visits_of(client).first() else { return 0 };
        let shifts = self.candidates.shifts(self.option_of(visit));
        shifts.first().map_or(0, |&shift| {
            let shift = &self.problem.shifts[shift as usize];
            self.problem.roads_of(shift).leg(shift.home, self.problem.visits[visit as usize].place)
        })
    }

    /// Takes all visits of a client out; false where that cannot be.
    fn take_out_client(&mut self, client: u32) -> bool {
        for &visit in self.candidates.visits_of(client) {
            let Some(shift) = self.shift_of(visit) else { continue };
            if !self.tour(shift).position(visit).is_some_and(|position| self.remove(shift, &[position])) {
                self.roll_back();
                return false;
            }
        }
        self.commit();
        // Taking a visit out moves others of its tour.
        self.excess() == 0
    }

    /// Places all visits of a client who has none; false where no nurse can make them all.
    fn place_whole_client(&mut self, client: u32) -> bool {
        let mut best: Option<(Cost, u32)> = None;
        for nurse in 0..self.problem.nurses.len() as u32 {
            if self.put_in_all(client, nurse) && best.is_none_or(|(cost, _)| self.cost() < cost) {
                best = Some((self.cost(), nurse));
            }
            self.roll_back();
        }
        let placed = best.is_some_and(|(_, nurse)| self.put_in_all(client, nurse));
        self.commit();
        placed
    }

    /// Puts all visits of a client in the tours of a nurse; whether that worked and keeps every hard hour.
    fn put_in_all(&mut self, client: u32, nurse: u32) -> bool {
        self.commit_nurse(client, Some(nurse));
        for &visit in self.candidates.visits_of(client) {
            let option = self.option_of(visit);
            match self.best_insertion(option, &mut Blinks::never(), &RepairBias::NONE) {
                Some(insertion) => self.insert(&insertion),
                None => break,
            }
        }
        self.commit_nurse(client, None);
        let all_in = |&visit: &u32| self.is_planned(visit);
        self.excess() == 0 && self.candidates.visits_of(client).iter().all(all_in)
    }

    /// Puts visits back that are out, where that keeps every hard regular hour.
    fn refill(&mut self) {
        let mut out = self.unplanned().to_vec();
        out.sort_unstable_by_key(|&visit| (Reverse(self.problem.visits[visit as usize].unplanned), visit));
        for visit in out {
            let option = self.option_of(visit);
            let found = self.best_insertion(option, &mut Blinks::never(), &RepairBias::NONE);
            let worth = self.problem.visits[visit as usize].unplanned;
            if let Some(insertion) = found.filter(|insertion| insertion.cost < worth) {
                self.insert(&insertion);
                if self.excess() > 0 {
                    self.roll_back();
                }
                self.commit();
            }
        }
    }

    /// Whether an insertion would bring the hours of a line further beyond a hard bound. The draft is left as it was.
    pub(crate) fn would_be_irregular(&mut self, insertion: &Insertion) -> bool {
        let nurse = self.problem.shifts[insertion.shift as usize].nurse;
        let before = self.excess();
        let Some(base) = self.assign_delta(insertion.option, nurse) else { return false };
        let cost = insertion.cost.saturating_add(base);
        self.insert(&Insertion { cost, ..*insertion });
        let worse = self.excess() > before;
        self.roll_back();
        worse
    }
}
