//! Where in a tour a visit could go, and what that would cost: the innermost loop. Which tours: [`look`].
//!
//! [`look`]: super::look

use super::draft::Draft;
use super::tour::{BREAK, PauseAt, Stop, Tour, ends, tour_time};
use crate::model::cost::Cost;
use crate::model::facts::ShiftFacts;
use crate::rules::hours::Week;
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
    pub(super) fn now(&mut self) -> bool {
        if self.left > 0 {
            self.left -= 1;
            return false;
        }
        self.left = self.every;
        true
    }
}

/// The visit to insert, with all that does not depend on the tour.
pub(super) struct Guest {
    pub(super) stop: Stop,
    /// A guess at the least change of a tour's cost, for early exits: waiting that care takes the place
    /// of. (Hours below the contract or better start times may save more; the next step may find that.)
    pub(super) floor: Cost,
    /// Earliest end of care.
    pub(super) ready: i32,
    pub(super) load: i32,
    /// Whether it has a regular hour, and where that counts from.
    pub(super) regular: bool,
    pub(super) hour: i32,
    /// Whether regular hours count at all.
    pub(super) hours: bool,
}

impl Draft<'_> {
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

    pub(super) fn guest(&self, option: u32) -> Guest {
        let stop = Stop::of_option(self.problem, option);
        Guest {
            floor: -self.evaluator.tour.waiting * Cost::from(stop.own.duration),
            ready: stop.own.earliest + stop.own.duration,
            load: self.problem.visits[stop.visit as usize].load,
            regular: self.evaluator.regular.has(stop.visit),
            hour: self.problem.options[option as usize].hour,
            hours: self.evaluator.regular.matters(),
            stop,
        }
    }

    #[inline]
    pub(super) fn scan_for(
        &mut self,
        guest: &Guest,
        shift: u32,
        base: Cost,
        blinks: &mut Blinks,
        best: &mut Insertion,
    ) {
        if base + guest.floor >= best.cost {
            return;
        }
        let facts = &self.problem.shifts[shift as usize];
        let tour = &self.tours[shift as usize];
        if tour.load + guest.load > facts.capacity {
            return;
        }
        if guest.regular && self.holds_line(shift, guest.stop.visit) {
            return;
        }
        if tour.visits() == 0 {
            self.evaluations += 1;
            self.open_tour(shift, facts, guest, base, best);
        } else if self.evaluator.spans_matter
            || facts.longest < i32::MAX
            || (self.evaluator.starts_matter && (tour.timed > 0 || guest.stop.preferred != ANY_TIME))
            || is_tied(guest, tour)
        {
            self.evaluations += self.scan_stops::<true>(shift, facts, tour, guest, base, blinks, best);
        } else {
            self.evaluations += self.scan_stops::<false>(shift, facts, tour, guest, base, blinks, best);
        }
    }

    /// Scans the positions of a tour with visits. `TIMED`: the cost is more than that of
    /// travel, or the tour's duration is bounded.
    #[inline(always)]
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
        let hours = &self.evaluator.hours;
        let week = if TIMED && hours.matters { self.hours.week(hours, facts) } else { Week::default() };
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
                let room = best.cost.saturating_sub(base);
                cost = base + self.timed_delta(facts, tour, guest, &week, i, (leg_in, leg_out), whole, room);
                if cost >= best.cost {
                    continue;
                }
            }
            *best = Insertion { cost, shift, after: i as u32, option: guest.stop.option, pause: None };
        }
        evaluations
    }

    /// Change of everything that depends on the tour's times, if the guest came behind stop `i`; where that is
    /// `room` or more, anything from `room` up. The dearest to ask, start times, is asked last.
    #[inline]
    #[allow(clippy::too_many_arguments)]
    pub(super) fn timed_delta(
        &self,
        facts: &ShiftFacts,
        tour: &Tour,
        guest: &Guest,
        week: &Week,
        i: usize,
        (leg_in, leg_out): (i32, i32),
        whole: TourSegment,
        room: Cost,
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
            delta += hours.change(week, paid - tour.paid);
        }
        // (May be below 0, so not after what is left unfinished from `room` up.)
        if is_tied(guest, tour) {
            delta += self.regular_delta(tour, guest, i, (leg_in, leg_out), whole.schedule.earliest);
        }
        if self.evaluator.starts_matter && (tour.timed > 0 || guest.stop.preferred != ANY_TIME) {
            delta -= tour.start_cost;
            if delta < room {
                let leave = whole.schedule.earliest;
                delta +=
                    self.start_cost(tour, guest, i, (leg_in, leg_out), leave, room.saturating_sub(delta));
            }
        }
        delta
    }

    /// Whether a tour has a visit of the same line as one with a regular hour. (Two of a line in one tour are of
    /// two days. Nobody plans that, and without it the line changes in one start at a time.)
    pub(super) fn holds_line(&self, shift: u32, visit: u32) -> bool {
        self.evaluator.regular.line(visit).any(|other| self.shift_of[other as usize] == shift)
    }

    /// Change of what irregular hours cost, with the guest behind stop `i`. Rarely asked: not inlined, so that the
    /// scan stays short.
    #[inline(never)]
    fn regular_delta(
        &self,
        tour: &Tour,
        guest: &Guest,
        i: usize,
        (leg_in, leg_out): (i32, i32),
        leave: i32,
    ) -> Cost {
        let rule = &self.evaluator.regular;
        let mut delta = 0;
        let mut visit = |time: i32, leg: i32, stop: &Stop| {
            let start = (time + leg).max(stop.own.earliest);
            if stop.is_visit() {
                let hour = start - self.problem.options[stop.option as usize].hour;
                delta += self.regular.delta(rule, stop.visit, hour);
            }
            start + stop.own.duration
        };
        let (before, mut rest) = tour.stops.split_at(i + 1);
        let mut time = if leave == tour.stops[0].suffix.schedule.earliest {
            // They start when they do.
            start_of_last(leave, before) + before[i].own.duration
        } else {
            before.windows(2).fold(leave, |time, pair| visit(time, pair[0].leg, &pair[1]))
        };
        time = visit(time, leg_in, &guest.stop);
        if let [pause, after @ ..] = rest
            && pause.visit == BREAK
        {
            time = visit(time, 0, pause);
            rest = after;
        }
        let mut leg = leg_out;
        for stop in rest {
            time = visit(time, leg, stop);
            leg = stop.leg;
        }
        delta
    }

    /// Distance from preferred starts of the tour with the guest behind stop `i`; where that is `room` or more,
    /// anything from `room` up.
    fn start_cost(
        &self,
        tour: &Tour,
        guest: &Guest,
        i: usize,
        (leg_in, leg_out): (i32, i32),
        leave: i32,
        room: Cost,
    ) -> Cost {
        let rule = &self.evaluator.preferred;
        let (mut time, mut cost) = (leave, 0);
        let mut visit = |leg: i32, own: Schedule, preferred: i32| {
            let start = (time + leg).max(own.earliest);
            cost += rule.cost(start, preferred);
            time = start + own.duration;
            cost
        };
        let mut leg = tour.stops[0].leg;
        for stop in &tour.stops[1..=i] {
            if visit(leg, stop.own, stop.preferred) >= room {
                return room;
            }
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
            if visit(leg, stop.own, stop.preferred) >= room {
                return room;
            }
            leg = stop.leg;
        }
        cost
    }

    /// The guest alone in a tour: the break may be before, after or behind the visit.
    pub(super) fn open_tour(
        &self,
        shift: u32,
        facts: &ShiftFacts,
        guest: &Guest,
        base: Cost,
        best: &mut Insertion,
    ) {
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
                }
                + if guest.hours {
                    self.regular.delta(&self.evaluator.regular, guest.stop.visit, start - guest.hour)
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

/// Whether what a guest costs in a tour depends on other tours, by the hours of clients.
#[inline]
pub(super) fn is_tied(guest: &Guest, tour: &Tour) -> bool {
    guest.hours && (guest.regular || tour.regular > 0)
}

/// When the last of some stops begins, in a tour that leaves at `leave`.
pub(super) fn start_of_last(leave: i32, stops: &[Stop]) -> i32 {
    let mut start = leave;
    for pair in stops.windows(2) {
        start = (start + pair[0].own.duration + pair[0].leg).max(pair[1].own.earliest);
    }
    start
}
