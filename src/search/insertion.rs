//! Where a visit could go, and what that would cost: the innermost loop.

use super::aim::Aim;
use super::draft::Draft;
use super::memory::EMPTY;
use super::tour::{BREAK, PauseAt, Stop, Tour, ends, tour_time};
use crate::model::cost::Cost;
use crate::model::problem::ShiftFacts;
use crate::rules::pairing::FORBIDDEN;
use crate::rules::preferred_start::ANY_TIME;
use crate::rules::schedule::Schedule;
use crate::rules::segment::{Segment, TourSegment};
use crate::rules::tour_cost::TourTotals;

/// No shift.
pub(crate) const NOT_IN: u32 = u32::MAX;

/// A visit put behind a stop of a tour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Insertion {
    /// Change of all costs but that of the visit being unplanned.
    pub(crate) cost: Cost,
    pub(crate) shift: u32,
    /// Position of the stop before it.
    pub(crate) after: u32,
    pub(crate) option: u32,
    /// Where the break of an empty tour goes; `None`: as it is.
    pub(crate) pause: Option<PauseAt>,
}

impl Insertion {
    /// No place for an option yet: worse than any.
    pub(crate) fn nowhere(option: u32) -> Self {
        Self { cost: Cost::MAX, shift: NOT_IN, after: 0, option, pause: None }
    }
}

/// Makes a search overlook good places now and then, as in Christiaens and Vanden Berghe (2020).
#[derive(Debug, Clone)]
pub(crate) struct Blinks {
    /// Evaluations until the next one is overlooked.
    pub(crate) left: u32,
    /// Evaluations between two blinks.
    pub(crate) every: u32,
}

impl Blinks {
    /// Eyes wide open, but for one blink in 2^32 evaluations.
    pub(crate) fn never() -> Self {
        Self { left: u32::MAX, every: u32::MAX }
    }

    #[inline]
    fn now(&mut self) -> bool {
        if self.left > 0 {
            self.left -= 1;
            return false;
        }
        self.left = self.every;
        true
    }
}

/// The visit to insert, with all that does not depend on the tour.
struct Guest {
    stop: Stop,
    /// A guess at the least change of a tour's cost, for early exits: waiting that care takes the place
    /// of. (Hours below the contract or better start times may save more; the next step may find that.)
    floor: Cost,
    /// Earliest end of care.
    ready: i32,
    load: i32,
}

/// A visit looking for its place.
struct Look {
    option: u32,
    client: u32,
    /// Cost of a further face; `None` where it is forbidden.
    further: Option<Cost>,
    /// The nurse who must not come back in this step, and the one looked at as if the client knew her.
    barred: u32,
    favoured: u32,
    /// Whether opening a tour is looked at as if its travel were free.
    opens: bool,
    /// The shift not to look into.
    outside: u32,
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
        let (problem, candidates) = (self.problem, self.candidates);
        let client = problem.visits[problem.options[option as usize].visit as usize].client;
        let (barred, favoured) = aim.of(client);
        let mut look = Look {
            option,
            client,
            further: self.continuity.further_face(&self.evaluator.continuity, client),
            barred,
            favoured,
            opens: aim.opens,
            outside,
            guest: self.guest(option),
            best: Insertion::nowhere(option),
            discount: 0,
        };
        if let Some(first) = candidates.wide(option) {
            self.look_near(&mut look, first, blinks);
            if look.best.shift != NOT_IN {
                return look.found();
            }
        }
        let mut opened = NOT_IN;
        for (pair, &shift) in candidates.pairs_of(option).zip(candidates.shifts(option)) {
            let stamp = self.memory.stamp(shift);
            // Of tours without visits that do not differ, one will do.
            if stamp == EMPTY
                && std::mem::replace(&mut opened, candidates.kin(shift)) == candidates.kin(shift)
            {
                continue;
            }
            self.look_into(&mut look, pair, shift, stamp, blinks);
        }
        look.found()
    }

    /// Looks into the tours of near visits and into one tour without visits of each kind: what is enough where
    /// there are many tours. `first`: the first of the candidate shifts, which stand side by side.
    fn look_near(&mut self, look: &mut Look, first: u32, blinks: &mut Blinks) {
        let (problem, candidates) = (self.problem, self.candidates);
        let pairs = candidates.pairs_of(look.option);
        let end = first + pairs.len() as u32;
        self.memory.look_anew();
        for &near in candidates.near(look.option) {
            let shift = self.shift_of[problem.options[near as usize].visit as usize];
            if !(first..end).contains(&shift) || !self.memory.is_new(shift) {
                continue;
            }
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

    #[inline]
    fn look_into(&mut self, look: &mut Look, pair: usize, shift: u32, stamp: u32, blinks: &mut Blinks) {
        let evaluator = self.evaluator;
        let nurse = self.candidates.nurse(shift);
        if nurse == look.barred || shift == look.outside {
            return;
        }
        let mut base = evaluator.pairing.row(look.option)[nurse as usize];
        debug_assert_ne!(base, FORBIDDEN, "candidates hold allowed pairs only");
        let mut discount = 0;
        if self.continuity.visits(look.client, nurse) == 0 {
            let Some(further) = look.further else { return };
            let face =
                further + self.continuity.new_faces(&evaluator.continuity, look.client)[nurse as usize];
            if nurse == look.favoured {
                discount = face;
            } else {
                base += face;
            }
        }
        if base + look.guest.floor >= look.best.cost && !(look.opens && stamp == EMPTY) {
            return;
        }
        if stamp == EMPTY {
            self.evaluations += 1;
            let facts = &self.problem.shifts[shift as usize];
            if look.opens {
                let roads = self.problem.roads_of(facts);
                let place = look.guest.stop.place;
                let way = Cost::from(roads.leg(facts.home, place)) + Cost::from(roads.leg(place, facts.home));
                discount += way * evaluator.tour.travel;
                base -= way * evaluator.tour.travel;
            }
            let before = look.best.cost;
            self.open_tour(shift, facts, &look.guest, base, &mut look.best);
            if look.best.cost < before {
                look.discount = discount;
            }
            return;
        }
        if evaluator.hours.matters {
            // The hours of a nurse tie her tours together: what was found for one does not keep.
            let before = look.best.cost;
            self.scan_for(&look.guest, shift, base, blinks, &mut look.best);
            if look.best.cost < before {
                look.discount = discount;
            }
            return;
        }
        let kept = match self.memory.recall(pair, stamp) {
            Some(kept) => {
                #[cfg(debug_assertions)]
                {
                    let mut again = Insertion::nowhere(look.option);
                    self.scan_for(&look.guest, shift, 0, &mut Blinks::never(), &mut again);
                    assert_eq!((kept.cost, kept.after), (again.cost, again.after), "what was kept");
                }
                kept
            }
            None => {
                let mut here = Insertion::nowhere(look.option);
                self.scan_for(&look.guest, shift, 0, &mut Blinks::never(), &mut here);
                self.memory.keep(pair, stamp, here.after, here.cost)
            }
        };
        if kept.cost < look.best.cost.saturating_sub(base) && !blinks.now() {
            let cost = base + kept.cost;
            look.best = Insertion { cost, shift, after: kept.after, option: look.option, pause: None };
            look.discount = discount;
        }
    }

    /// The cheapest place in one tour, if it beats `best`. `base` is what the visit by this nurse costs
    /// wherever it stands: the pair and perhaps a face. A caller who compares places of one tour only may
    /// leave it out with 0.
    pub(crate) fn scan(
        &mut self,
        shift: u32,
        option: u32,
        base: Cost,
        blinks: &mut Blinks,
        best: &mut Insertion,
    ) {
        let guest = self.guest(option);
        self.scan_for(&guest, shift, base, blinks, best);
    }

    fn guest(&self, option: u32) -> Guest {
        let stop = Stop::of_option(self.problem, option);
        Guest {
            floor: -self.evaluator.tour.waiting * Cost::from(stop.own.duration),
            ready: stop.own.earliest + stop.own.duration,
            load: self.problem.visits[stop.visit as usize].load,
            stop,
        }
    }

    #[inline]
    fn scan_for(&mut self, guest: &Guest, shift: u32, base: Cost, blinks: &mut Blinks, best: &mut Insertion) {
        if base + guest.floor >= best.cost {
            return;
        }
        let facts = &self.problem.shifts[shift as usize];
        let tour = &self.tours[shift as usize];
        if tour.load + guest.load > facts.capacity {
            return;
        }
        if tour.visits() == 0 {
            self.evaluations += 1;
            self.open_tour(shift, facts, guest, base, best);
        } else if self.evaluator.spans_matter
            || facts.longest < i32::MAX
            || (self.evaluator.starts_matter && (tour.timed > 0 || guest.stop.preferred != ANY_TIME))
        {
            self.evaluations += self.scan_stops::<true>(shift, facts, tour, guest, base, blinks, best);
        } else {
            self.evaluations += self.scan_stops::<false>(shift, facts, tour, guest, base, blinks, best);
        }
    }

    /// Scans the positions of a tour with visits. `TIMED`: the cost is more than that of
    /// travel, or the tour's duration is bounded.
    #[inline]
    #[allow(clippy::too_many_arguments)]
    fn scan_stops<const TIMED: bool>(
        &self,
        shift: u32,
        facts: &ShiftFacts,
        tour: &Tour,
        guest: &Guest,
        base: Cost,
        blinks: &mut Blinks,
        best: &mut Insertion,
    ) -> u64 {
        let own = guest.stop.own;
        let roads = self.problem.roads_of(facts);
        let (to_guest, from_guest) = (roads.into(guest.stop.place), roads.out_of(guest.stop.place));
        let price = if TIMED {
            self.evaluator.tour.travel - self.evaluator.tour.waiting
        } else {
            self.evaluator.tour.travel
        };
        let mut evaluations = 0;
        for (i, pair) in tour.stops.windows(2).enumerate() {
            let (a, mut b) = (&pair[0], &pair[1]);
            // Too early in the tour: what follows would start too late.
            // (Not of a break: with the guest before it the way on is another, looked at below.)
            if b.suffix.schedule.latest < guest.ready && b.visit != BREAK {
                continue;
            }
            // Too late, and later positions are later still.
            let finish = a.prefix.schedule.finish();
            if finish > own.latest {
                break;
            }
            let leg_in = to_guest[a.place as usize];
            let start = (finish + leg_in).max(own.earliest);
            if start > own.latest {
                continue;
            }
            let mut ready = start + own.duration;
            let mut old_leg = a.leg;
            // A break behind the guest is taken at the guest's place; the way follows it.
            let behind_break = b.visit == BREAK;
            if behind_break {
                if ready > b.own.latest {
                    continue;
                }
                ready = ready.max(b.own.earliest) + b.own.duration;
                old_leg = b.leg;
                b = &tour.stops[i + 2];
            }
            let leg_out = from_guest[b.place as usize];
            if ready + leg_out > b.suffix.schedule.latest {
                continue;
            }
            evaluations += 1;
            let detour = leg_in + leg_out - old_leg;
            let mut cost = base + Cost::from(detour) * price;
            if cost + if TIMED { guest.floor } else { 0 } >= best.cost || blinks.now() {
                continue;
            }
            if TIMED {
                let mut head = a.prefix.merge(leg_in, TourSegment::single(own));
                if behind_break {
                    head = head.merge(0, TourSegment::single(pair[1].own));
                }
                let whole = head.merge(leg_out, b.suffix);
                if whole.schedule.duration > facts.longest {
                    continue;
                }
                cost = base + self.timed_delta(facts, tour, guest, i, leg_in, leg_out, whole);
                if cost >= best.cost {
                    continue;
                }
            }
            *best = Insertion { cost, shift, after: i as u32, option: guest.stop.option, pause: None };
        }
        evaluations
    }

    /// Change of everything that depends on the tour's times, if the guest came behind stop `i`.
    #[allow(clippy::too_many_arguments)]
    fn timed_delta(
        &self,
        facts: &ShiftFacts,
        tour: &Tour,
        guest: &Guest,
        i: usize,
        leg_in: i32,
        leg_out: i32,
        whole: TourSegment,
    ) -> Cost {
        let totals = TourTotals {
            segment: whole,
            care: tour.care + guest.stop.own.duration,
            inner_break: tour.inner_break(facts),
        };
        let mut delta = self.evaluator.tour.cost(facts, &totals) - tour.time_cost;
        let hours = &self.evaluator.hours;
        if hours.matters {
            let last = tour.stops.len() - 2;
            let mut legs = tour.home_legs();
            if i == 0 {
                legs += leg_in - tour.stops[0].leg;
            }
            if i == last || (i + 1 == last && tour.stops[last].visit == BREAK) {
                legs += leg_out - tour.stops[last].leg;
            }
            let paid = hours.paid(facts, Some(tour_time(facts, &totals, legs)));
            delta += self.hours.delta(hours, facts, paid - tour.paid);
        }
        if self.evaluator.starts_matter && (tour.timed > 0 || guest.stop.preferred != ANY_TIME) {
            delta +=
                self.start_cost(tour, guest, i, leg_in, leg_out, whole.schedule.earliest) - tour.start_cost;
        }
        delta
    }

    /// Distance from preferred starts of the tour with the guest behind stop `i`.
    fn start_cost(
        &self,
        tour: &Tour,
        guest: &Guest,
        i: usize,
        leg_in: i32,
        leg_out: i32,
        leave: i32,
    ) -> Cost {
        let rule = &self.evaluator.preferred;
        let (mut time, mut cost) = (leave, 0);
        let mut visit = |leg: i32, own: Schedule, preferred: i32| {
            let start = (time + leg).max(own.earliest);
            cost += rule.cost(start, preferred);
            time = start + own.duration;
        };
        let mut leg = tour.stops[0].leg;
        for stop in &tour.stops[1..=i] {
            visit(leg, stop.own, stop.preferred);
            leg = stop.leg;
        }
        visit(leg_in, guest.stop.own, guest.stop.preferred);
        let mut rest = &tour.stops[i + 1..];
        if let [pause, after @ ..] = rest
            && pause.visit == BREAK
        {
            // Taken at the guest's place; the way out follows it.
            visit(0, pause.own, pause.preferred);
            rest = after;
        }
        leg = leg_out;
        for stop in rest {
            visit(leg, stop.own, stop.preferred);
            leg = stop.leg;
        }
        cost
    }

    /// The guest alone in a tour: the break may be before, after or behind the visit.
    fn open_tour(&self, shift: u32, facts: &ShiftFacts, guest: &Guest, base: Cost, best: &mut Insertion) {
        if self.memory.used() >= self.most_tours {
            return;
        }
        let tour = &self.tours[shift as usize];
        let choices: &[PauseAt] = match facts.pause {
            None => &[PauseAt::Nowhere],
            // Of equals the earlier: a break inside leaves the hours after it free for other visits.
            Some(_) => &[PauseAt::Before, PauseAt::Inside, PauseAt::After],
        };
        let roads = self.problem.roads_of(facts);
        let (out, back) = (roads.leg(facts.home, guest.stop.place), roads.leg(guest.stop.place, facts.home));
        for &pause in choices {
            let (home, end) = ends(facts, pause);
            let own = guest.stop.own;
            if !home.fits(out, own) {
                continue;
            }
            let mut head = TourSegment::single(home).merge(out, TourSegment::single(own));
            let mut inner_break = 0;
            if let (PauseAt::Inside, Some(pause)) = (pause, facts.pause) {
                let stop = Stop::of_break(pause);
                if !head.schedule.fits(0, stop.own) {
                    continue;
                }
                head = head.merge(0, TourSegment::single(stop.own));
                inner_break = pause.seconds;
            }
            if !head.schedule.fits(back, end) {
                continue;
            }
            let whole = head.merge(back, TourSegment::single(end));
            if whole.schedule.duration > facts.longest {
                continue;
            }
            let totals = TourTotals { segment: whole, care: own.duration, inner_break };
            let paid = self.evaluator.hours.paid(facts, Some(tour_time(facts, &totals, out + back)));
            let start = (whole.schedule.earliest + out).max(own.earliest);
            let cost = base
                + self.evaluator.tour.cost(facts, &totals)
                + self.hours.delta(&self.evaluator.hours, facts, paid - tour.paid)
                + if self.evaluator.starts_matter {
                    self.evaluator.preferred.cost(start, guest.stop.preferred)
                } else {
                    0
                };
            if cost < best.cost {
                let pause = facts.pause.map(|_| pause);
                *best = Insertion { cost, shift, after: 0, option: guest.stop.option, pause };
            }
        }
    }
}
