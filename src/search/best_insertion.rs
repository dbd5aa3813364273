//! The best insertion of a visit: which tours are evaluated, and which answers the insertion cache still has.

use super::draft::Draft;
use super::insertion::{Blinks, Insertion, NONE};
use super::insertion_cache::{EMPTY, Entry};
use super::repair_bias::RepairBias;
use super::scan::InsertedVisit;
use crate::model::cost::Cost;
use crate::rules::Assignment;

/// The state of the evaluation of one visit over its tours.
struct Candidate<'p> {
    option: u32,
    /// The cost of each nurse for the day option.
    pairs: &'p [Cost],
    client: u32,
    /// The nurse of the tour evaluated last, and whether she may make the visit.
    nurse: u32,
    allowed: bool,
    /// Cost of assigning her that does not depend on the position in a tour: pairing prices, and ledgers of who visits whom.
    base: Cost,
    /// The part of that cost which the repair ignores on purpose in this step.
    favour: Cost,
    /// The nurse who must not get the visit in this step, and the one evaluated as if the client knew her; [`NONE`] for nobody.
    barred: u32,
    favoured: u32,
    /// The nurse reserved for the client, or [`NONE`].
    reserved: u32,
    /// Whether opening a tour is evaluated as if its travel were free.
    opens: bool,
    /// The shift not to evaluate.
    outside: u32,
    /// The class of the shift without visits evaluated last.
    opened: u32,
    visit: InsertedVisit,
    /// The best insertion so far, less its discount.
    best: Insertion,
    /// What the repair ignores on purpose in the cost of the best insertion.
    discount: Cost,
}

impl Candidate<'_> {
    /// The best insertion at its full cost.
    fn found(self) -> Option<Insertion> {
        let cost = self.best.cost.saturating_add(self.discount);
        Insertion { cost, ..self.best }.found()
    }
}

impl<'p> Draft<'p> {
    /// The cheapest insertion of a visit on its chosen day, or `None` where it fits nowhere. (Tours are skipped in
    /// which it would have to save more than most insertions do:
    /// [`InsertedVisit::floor`](super::scan::InsertedVisit::floor).)
    ///
    /// # Complexity
    /// Constant for each stop of each shift that the visit could be in; the tour's length where
    /// start times are priced.
    pub(crate) fn best_insertion(
        &mut self,
        option: u32,
        blinks: &mut Blinks,
        bias: &RepairBias,
    ) -> Option<Insertion> {
        self.best_of(option, blinks, bias, NONE, Cost::MAX)
    }

    /// The same, if it costs less than `limit` at the discounts of the bias.
    #[inline]
    pub(crate) fn best_insertion_below(
        &mut self,
        option: u32,
        blinks: &mut Blinks,
        bias: &RepairBias,
        limit: Cost,
    ) -> Option<Insertion> {
        self.best_of(option, blinks, bias, NONE, limit)
    }

    /// The cheapest insertion into any shift but one: what a visit would lose if that one were full.
    pub(crate) fn best_insertion_outside(
        &mut self,
        option: u32,
        shift: u32,
        blinks: &mut Blinks,
    ) -> Option<Insertion> {
        self.best_of(option, blinks, &RepairBias::NONE, shift, Cost::MAX)
    }

    fn best_of(
        &mut self,
        option: u32,
        blinks: &mut Blinks,
        bias: &RepairBias,
        outside: u32,
        limit: Cost,
    ) -> Option<Insertion> {
        let candidates = self.candidates;
        let mut candidate = self.begin_candidate(option, bias);
        candidate.best.cost = limit;
        candidate.outside = outside;
        candidate.reserved = self.reserved(candidate.client).unwrap_or(NONE);
        if let Some(first) = candidates.wide(option) {
            self.evaluate_near(&mut candidate, first, blinks);
            if candidate.best.shift != NONE {
                return candidate.found();
            }
        }
        for (slot, &shift) in candidates.slots_of(option).zip(candidates.shifts(option)) {
            let version = self.cache.version(shift);
            if version == EMPTY && candidates.repeats_class(shift, &mut candidate.opened) {
                continue;
            }
            self.evaluate(&mut candidate, slot, shift, version, blinks);
        }
        candidate.found()
    }

    /// The cost of the cheapest insertion into the tours of each nurse, by number; [`Cost::MAX`] where there is none.
    /// Costs are at the discounts of the bias, so that nurse and days can be chosen for the tours to be opened. They
    /// are without the cost of starts that count across tours, which depends on all visits together.
    ///
    /// # Complexity
    /// As [`Self::best_insertion`], but of all candidate shifts, near or not.
    pub(crate) fn cheapest_by_nurse(
        &mut self,
        option: u32,
        blinks: &mut Blinks,
        bias: &RepairBias,
        costs: &mut [Cost],
    ) {
        costs.fill(Cost::MAX);
        let candidates = self.candidates;
        let mut candidate = self.begin_candidate(option, bias);
        candidate.visit.asks_ledgers = false;
        for (slot, &shift) in candidates.slots_of(option).zip(candidates.shifts(option)) {
            let version = self.cache.version(shift);
            if version == EMPTY && candidates.repeats_class(shift, &mut candidate.opened) {
                continue;
            }
            let cost = &mut costs[candidates.nurse(shift) as usize];
            candidate.best.cost = *cost;
            self.evaluate(&mut candidate, slot, shift, version, blinks);
            *cost = candidate.best.cost;
        }
    }

    /// What the cheapest insertion into each candidate shift costs, by slot; [`Cost::MAX`] where there is none.
    pub(crate) fn insertion_costs(&mut self, option: u32, costs: &mut [Cost]) {
        let mut candidate = self.begin_candidate(option, &RepairBias::NONE);
        candidate.reserved = self.reserved(candidate.client).unwrap_or(NONE);
        for slot in self.candidates.slots_of(option) {
            costs[slot] = self.cost_of_slot(&mut candidate, slot);
        }
    }

    /// The same of one candidate shift.
    pub(crate) fn insertion_cost(&mut self, option: u32, slot: usize) -> Cost {
        let mut candidate = self.begin_candidate(option, &RepairBias::NONE);
        candidate.reserved = self.reserved(candidate.client).unwrap_or(NONE);
        self.cost_of_slot(&mut candidate, slot)
    }

    fn cost_of_slot(&mut self, candidate: &mut Candidate<'p>, slot: usize) -> Cost {
        let shift = self.candidates.shift_of_slot(slot);
        candidate.best.cost = Cost::MAX;
        let version = self.cache.version(shift);
        self.evaluate(candidate, slot, shift, version, &mut Blinks::never());
        candidate.best.cost
    }

    fn begin_candidate(&self, option: u32, bias: &RepairBias) -> Candidate<'p> {
        let facts = &self.problem.options[option as usize];
        let client = self.client_of(facts.visit);
        let (barred, favoured) = bias.of(client);
        Candidate {
            option,
            pairs: self.evaluator.pairs(option),
            client,
            nurse: NONE,
            allowed: false,
            base: 0,
            favour: 0,
            barred: barred.unwrap_or(NONE),
            favoured: favoured.unwrap_or(NONE),
            reserved: NONE,
            opens: bias.opens(facts.day),
            outside: NONE,
            opened: NONE,
            visit: self.inserted_visit(option),
            best: Insertion::nowhere(option),
            discount: 0,
        }
    }

    /// Evaluates only the tours of near visits and one empty tour of each class, which is enough where there are many
    /// tours. `first` is the first of the candidate shifts, whose numbers are consecutive.
    fn evaluate_near(&mut self, candidate: &mut Candidate<'_>, first: u32, blinks: &mut Blinks) {
        let candidates = self.candidates;
        let slots = candidates.slots_of(candidate.option);
        let end = first + slots.len() as u32;
        let near = candidates.near_visits(candidate.option);
        for at in 0..self.cache.gather(near, &self.shift_of, first..end) {
            let shift = self.cache.gathered(at);
            let version = self.cache.version(shift);
            self.evaluate(candidate, slots.start + (shift - first) as usize, shift, version, blinks);
        }
        let mut class = first;
        while class < end {
            let next = candidates.end_of_class(class).min(end);
            if let Some(shift) = self.cache.first_empty(class..next) {
                self.evaluate(candidate, slots.start + (shift - first) as usize, shift, EMPTY, blinks);
            }
            class = next;
        }
    }

    /// Evaluates a nurse: whether she may make the visit, and what that costs. Tours of one nurse mostly follow each other.
    #[inline]
    fn evaluate_nurse(&self, candidate: &mut Candidate<'_>, nurse: u32) {
        let rules = &self.evaluator.ledgers;
        let one = Assignment { option: candidate.option, client: candidate.client, nurse };
        candidate.nurse = nurse;
        candidate.allowed = false;
        if nurse == candidate.barred || (candidate.reserved != NONE && candidate.reserved != nurse) {
            return;
        }
        let Some(cost) = self.ledgers.assign_delta(rules, &one) else { return };
        candidate.allowed = true;
        candidate.base = candidate.pairs[nurse as usize];
        if nurse == candidate.favoured {
            // A cost below 0 is a gain, and is not ignored.
            candidate.favour = cost.max(0);
            candidate.base += cost.min(0);
        } else {
            candidate.favour = 0;
            candidate.base += cost;
        }
    }

    /// Evaluates one tour. Work that is rare or not cached is in functions of its own, so that the rest is short enough
    /// to be inlined in the loops around it.
    #[inline(always)]
    fn evaluate(
        &mut self,
        candidate: &mut Candidate<'_>,
        slot: usize,
        shift: u32,
        version: u32,
        blinks: &mut Blinks,
    ) {
        let nurse = self.candidates.nurse(shift);
        if nurse != candidate.nurse {
            self.evaluate_nurse(candidate, nurse);
        }
        if !candidate.allowed || shift == candidate.outside {
            return;
        }
        if candidate.base + candidate.visit.floor >= candidate.best.cost
            && !(candidate.opens && version == EMPTY)
        {
            return;
        }
        if version == EMPTY {
            return self.open(candidate, shift);
        }
        if self.evaluator.counts_work() {
            // Paid time couples tours, of one nurse or of the team, so a cached cost is not valid for long.
            return self.scan_anew(candidate, shift, blinks);
        }
        let entry = match self.cache.get(slot, version) {
            Some(entry) => {
                #[cfg(debug_assertions)]
                {
                    let again = self.find_alone(candidate, shift);
                    assert_eq!((entry.cost, entry.after), (again.cost, again.after), "the cache is wrong");
                }
                entry
            }
            None => self.find(candidate, slot, shift, version),
        };
        if candidate.visit.asks_ledgers_in(self.tour(shift)) {
            // The cache holds what the tour alone costs, without starts that count across tours. Only where that may be
            // cheap enough is the full cost computed.
            if entry.cost < candidate.best.cost.saturating_sub(candidate.base) {
                self.scan_anew(candidate, shift, blinks);
            }
            return;
        }
        if entry.cost < candidate.best.cost.saturating_sub(candidate.base) && !blinks.now() {
            let cost = candidate.base + entry.cost;
            let option = candidate.option;
            candidate.best = Insertion { cost, shift, after: entry.after, option, break_at: None };
            candidate.discount = candidate.favour;
        }
    }

    /// Evaluates a tour without visits.
    #[inline(never)]
    fn open(&mut self, candidate: &mut Candidate<'_>, shift: u32) {
        self.evaluations += 1;
        let facts = &self.problem.shifts[shift as usize];
        let (mut base, mut discount) = (candidate.base, candidate.favour);
        if candidate.opens {
            let roads = self.problem.roads_of(facts);
            let place = candidate.visit.place;
            let (out, back) = (roads.leg(facts.leaves_from, place), roads.leg(place, facts.returns_to));
            let legs = Cost::from(out) + Cost::from(back);
            discount += legs * self.evaluator.travel_price();
            base -= legs * self.evaluator.travel_price();
        }
        let before = candidate.best.cost;
        self.open_tour(shift, facts, &candidate.visit, base, &mut candidate.best);
        if candidate.best.cost < before {
            candidate.discount = discount;
        }
    }

    /// Evaluates a tour for the first time since it changed, and stores the answer.
    #[inline(never)]
    fn find(&mut self, candidate: &mut Candidate<'_>, slot: usize, shift: u32, version: u32) -> Entry {
        let here = self.find_alone(candidate, shift);
        self.cache.store(slot, version, here.after, here.cost)
    }

    /// The cheapest position in a tour, without the cost of starts that count across tours.
    fn find_alone(&mut self, candidate: &mut Candidate<'_>, shift: u32) -> Insertion {
        let mut here = Insertion::nowhere(candidate.option);
        let asked = std::mem::replace(&mut candidate.visit.asks_ledgers, false);
        self.scan_for(&candidate.visit, shift, 0, &mut Blinks::never(), &mut here);
        candidate.visit.asks_ledgers = asked;
        here
    }

    /// Evaluates a tour without the cache.
    #[inline(never)]
    fn scan_anew(&mut self, candidate: &mut Candidate<'_>, shift: u32, blinks: &mut Blinks) {
        let before = candidate.best.cost;
        self.scan_for(&candidate.visit, shift, candidate.base, blinks, &mut candidate.best);
        if candidate.best.cost < before {
            candidate.discount = candidate.favour;
        }
    }
}
