//! Which tours a visit looks into for its place, and what was found there before.

use super::aim::{Aim, NOBODY};
use super::draft::Draft;
use super::insertion::{Blinks, Guest, Insertion, NOT_IN, is_tied};
use super::memory::{EMPTY, Kept};
use crate::model::cost::Cost;
use crate::rules::pairing::FORBIDDEN;

/// A visit looking for its place.
struct Look {
    option: u32,
    client: u32,
    /// Cost of a further face; `None` where it is forbidden.
    further: Option<Cost>,
    /// The nurse of the tour looked into last, and whether she may come.
    nurse: u32,
    comes: bool,
    /// What she costs wherever the visit stands: the pair and perhaps a face. And what she is favoured by.
    base: Cost,
    favour: Cost,
    /// The nurse who must not come back in this step, and the one looked at as if the client knew her.
    barred: u32,
    favoured: u32,
    /// The one nurse chosen with the days of the client, if so.
    only: u32,
    /// Whether opening a tour is looked at as if its travel were free.
    opens: bool,
    /// The shift not to look into.
    outside: u32,
    /// The kind of the tour without visits looked into last.
    opened: u32,
    guest: Guest,
    /// The best place so far, at the discount of its nurse.
    best: Insertion,
    /// What the nurse of the best place was favoured by.
    discount: Cost,
}

impl Look {
    /// The best place at its full cost.
    fn found(self) -> Option<Insertion> {
        (self.best.shift != NOT_IN).then_some(Insertion { cost: self.best.cost + self.discount, ..self.best })
    }
}

impl Draft<'_> {
    /// The cheapest place for a visit on its chosen day, or `None` where it fits nowhere.
    ///
    /// # Complexity
    /// Constant for each stop of each shift that the visit could be in; the tour's length where
    /// start times are priced.
    pub(crate) fn best_insertion(
        &mut self,
        option: u32,
        blinks: &mut Blinks,
        aim: &Aim,
    ) -> Option<Insertion> {
        self.best_of(option, blinks, aim, NOT_IN)
    }

    /// The cheapest place in any shift but one: what a visit would lose if that one were full.
    pub(crate) fn best_insertion_outside(
        &mut self,
        option: u32,
        shift: u32,
        blinks: &mut Blinks,
    ) -> Option<Insertion> {
        self.best_of(option, blinks, &Aim::NONE, shift)
    }

    fn best_of(&mut self, option: u32, blinks: &mut Blinks, aim: &Aim, outside: u32) -> Option<Insertion> {
        let candidates = self.candidates;
        let mut look = self.begin_look(option, aim);
        look.outside = outside;
        look.only = self.only[look.client as usize];
        if let Some(first) = candidates.wide(option) {
            self.look_near(&mut look, first, blinks);
            if look.best.shift != NOT_IN {
                return look.found();
            }
        }
        for (pair, &shift) in candidates.pairs_of(option).zip(candidates.shifts(option)) {
            let stamp = self.memory.stamp(shift);
            if self.is_twin(&mut look, shift, stamp) {
                continue;
            }
            self.look_into(&mut look, pair, shift, stamp, blinks);
        }
        look.found()
    }

    /// The cost of the cheapest place in the tours of each nurse, by number; [`Cost::MAX`] where there is none.
    /// At the discounts of the aim, so that nurse and days can be chosen for the tours to be opened; regular hours
    /// aside, which are those of all visits together.
    ///
    /// # Complexity
    /// As [`Self::best_insertion`], but of all candidate shifts, near or not.
    pub(crate) fn cheapest_by_nurse(
        &mut self,
        option: u32,
        blinks: &mut Blinks,
        aim: &Aim,
        costs: &mut [Cost],
    ) {
        costs.fill(Cost::MAX);
        let candidates = self.candidates;
        let mut look = self.begin_look(option, aim);
        look.guest.hours = false;
        for (pair, &shift) in candidates.pairs_of(option).zip(candidates.shifts(option)) {
            let stamp = self.memory.stamp(shift);
            if self.is_twin(&mut look, shift, stamp) {
                continue;
            }
            let cost = &mut costs[candidates.nurse(shift) as usize];
            look.best.cost = *cost;
            self.look_into(&mut look, pair, shift, stamp, blinks);
            *cost = look.best.cost;
        }
    }

    /// Whether a tour without visits does not differ from the one looked into last: one will do.
    #[inline]
    fn is_twin(&self, look: &mut Look, shift: u32, stamp: u32) -> bool {
        stamp == EMPTY && {
            let kin = self.candidates.kin(shift);
            std::mem::replace(&mut look.opened, kin) == kin
        }
    }

    fn begin_look(&self, option: u32, aim: &Aim) -> Look {
        let problem = self.problem;
        let client = problem.visits[problem.options[option as usize].visit as usize].client;
        let (barred, favoured) = aim.of(client);
        Look {
            option,
            client,
            further: self.continuity.further_face(&self.evaluator.continuity, client),
            nurse: NOT_IN,
            comes: false,
            base: 0,
            favour: 0,
            barred,
            favoured,
            only: NOBODY,
            opens: aim.opens(problem.options[option as usize].day),
            outside: NOT_IN,
            opened: NOT_IN,
            guest: self.guest(option),
            best: Insertion::nowhere(option),
            discount: 0,
        }
    }

    /// Looks into the tours of near visits and into one tour without visits of each kind: what is enough where
    /// there are many tours. `first`: the first of the candidate shifts, which stand side by side.
    fn look_near(&mut self, look: &mut Look, first: u32, blinks: &mut Blinks) {
        let candidates = self.candidates;
        let pairs = candidates.pairs_of(look.option);
        let end = first + pairs.len() as u32;
        let near = candidates.near_visits(look.option);
        for at in 0..self.memory.gather(near, &self.shift_of, first..end) {
            let shift = self.memory.gathered(at);
            let stamp = self.memory.stamp(shift);
            self.look_into(look, pairs.start + (shift - first) as usize, shift, stamp, blinks);
        }
        let mut kin = first;
        while kin < end {
            let next = candidates.end_of_kin(kin).min(end);
            if let Some(shift) = self.memory.first_empty(kin..next) {
                self.look_into(look, pairs.start + (shift - first) as usize, shift, EMPTY, blinks);
            }
            kin = next;
        }
    }

    /// Whether a nurse may come, and what she costs. Tours of one nurse mostly follow each other.
    #[inline]
    fn ask(&self, look: &mut Look, nurse: u32) {
        look.nurse = nurse;
        look.comes = nurse != look.barred;
        look.base = self.evaluator.pairing.row(look.option)[nurse as usize];
        look.favour = 0;
        debug_assert_ne!(look.base, FORBIDDEN, "candidates hold allowed pairs only");
        let mut cost = 0;
        if self.evaluator.company_matters {
            cost = self.company_cost(look.option, look.client, nurse);
        }
        if self.continuity.visits(look.client, nurse) == 0 {
            look.comes &= look.only == NOBODY || look.only == nurse;
            let Some(further) = look.further else {
                look.comes = false;
                return;
            };
            let new_faces = self.continuity.new_faces(&self.evaluator.continuity, look.client);
            cost += further + new_faces[nurse as usize];
        }
        if nurse == look.favoured {
            // (What introduces her is no favour: it stays.)
            look.favour = cost.max(0);
            look.base += cost.min(0);
        } else {
            look.base += cost;
        }
    }

    /// Looks into one tour. What is rarely or never asked twice stands in functions of its own, so that the rest
    /// is short enough for the loops around it.
    #[inline(always)]
    fn look_into(&mut self, look: &mut Look, pair: usize, shift: u32, stamp: u32, blinks: &mut Blinks) {
        let nurse = self.candidates.nurse(shift);
        if nurse != look.nurse {
            self.ask(look, nurse);
        }
        if !look.comes || shift == look.outside {
            return;
        }
        if look.base + look.guest.floor >= look.best.cost && !(look.opens && stamp == EMPTY) {
            return;
        }
        if stamp == EMPTY {
            return self.open(look, shift);
        }
        if self.evaluator.hours.matters {
            // The hours of a nurse tie her tours together: what was found for one does not keep.
            return self.scan_again(look, shift, blinks);
        }
        let kept = match self.memory.recall(pair, stamp) {
            Some(kept) => {
                #[cfg(debug_assertions)]
                {
                    let again = self.find_alone(look, shift);
                    assert_eq!((kept.cost, kept.after), (again.cost, again.after), "what was kept");
                }
                kept
            }
            None => self.find(look, pair, shift, stamp),
        };
        if is_tied(&look.guest, &self.tours[shift as usize]) {
            // What the tour alone costs keeps; what regular hours cost does not, and is asked where that may do.
            if kept.cost < look.best.cost.saturating_sub(look.base) {
                self.scan_again(look, shift, blinks);
            }
            return;
        }
        if kept.cost < look.best.cost.saturating_sub(look.base) && !blinks.now() {
            let cost = look.base + kept.cost;
            look.best = Insertion { cost, shift, after: kept.after, option: look.option, pause: None };
            look.discount = look.favour;
        }
    }

    /// Looks into a tour without visits.
    #[inline(never)]
    fn open(&mut self, look: &mut Look, shift: u32) {
        self.evaluations += 1;
        let facts = &self.problem.shifts[shift as usize];
        let (mut base, mut discount) = (look.base, look.favour);
        if look.opens {
            let roads = self.problem.roads_of(facts);
            let place = look.guest.stop.place;
            let way = Cost::from(roads.leg(facts.home, place)) + Cost::from(roads.leg(place, facts.home));
            discount += way * self.evaluator.tour.travel;
            base -= way * self.evaluator.tour.travel;
        }
        let before = look.best.cost;
        self.open_tour(shift, facts, &look.guest, base, &mut look.best);
        if look.best.cost < before {
            look.discount = discount;
        }
    }

    /// Looks into a tour for the first time since it changed, and keeps what is found.
    #[inline(never)]
    fn find(&mut self, look: &mut Look, pair: usize, shift: u32, stamp: u32) -> Kept {
        let here = self.find_alone(look, shift);
        self.memory.keep(pair, stamp, here.after, here.cost)
    }

    /// The cheapest place in a tour, regular hours aside.
    fn find_alone(&mut self, look: &mut Look, shift: u32) -> Insertion {
        let mut here = Insertion::nowhere(look.option);
        let hours = std::mem::replace(&mut look.guest.hours, false);
        self.scan_for(&look.guest, shift, 0, &mut Blinks::never(), &mut here);
        look.guest.hours = hours;
        here
    }

    /// Looks into a tour for which nothing is kept.
    #[inline(never)]
    fn scan_again(&mut self, look: &mut Look, shift: u32, blinks: &mut Blinks) {
        let before = look.best.cost;
        self.scan_for(&look.guest, shift, look.base, blinks, &mut look.best);
        if look.best.cost < before {
            look.discount = look.favour;
        }
    }
}
