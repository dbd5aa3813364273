//! Places for all visits of a care line with a regular hour at once: one nurse, about the same hour every day.
//!
//! The cheapest places day by day lie at different hours; the first would decide for all. So the places of every
//! day are listed, and of all hours that of the cheapest list is taken.

use super::draft::Draft;
use super::insertion::{Blinks, Guest, Insertion, NOT_IN, start_of_last};
use super::tour::{BREAK, Stop, ends};
use crate::model::cost::Cost;
use crate::rules::segment::{Segment, TourSegment};

/// A place for a visit, and when care would start there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Its cost leaves out how far its own line spreads.
    insertion: Insertion,
    hour: i32,
    /// The visit's place among those looked for together.
    of: usize,
}

impl Draft<'_> {
    /// The cheapest places of some visits of one line with a nurse, about the same hour; those of visits that
    /// she has no place for, or none worth it, are missing. Returns about what they cost, visits left out included and
    /// the face aside; `room` and no places where that is as much or more. (Each pays for its own distance from the
    /// hour; what is booked is the spread.)
    ///
    /// # Complexity
    /// The tour's length for each place, and the square of the number of places.
    pub(crate) fn places_at_one_hour(
        &mut self,
        visits: &[u32],
        nurse: u32,
        room: Cost,
        found: &mut Vec<Insertion>,
    ) -> Cost {
        let problem = self.problem;
        let worth = |at: usize| problem.visits[visits[at] as usize].unplanned;
        let mut places = std::mem::take(&mut self.places);
        places.clear();
        // What they cost at the hour that suits each best.
        let mut least = 0;
        for (at, &visit) in visits.iter().enumerate() {
            let first = places.len();
            self.list_places(at, self.chosen[visit as usize], nurse, &mut places);
            let costs = places[first..].iter().map(|place| place.insertion.cost);
            least += costs.fold(worth(at), Cost::min);
            if least >= room {
                break;
            }
        }
        // At worst all are left out.
        let mut best = (room.min((0..visits.len()).map(worth).sum()), 0);
        if least < room {
            let span =
                visits.first().and_then(|&visit| self.evaluator.regular.span(visit)).unwrap_or_default();
            let cost = |place: &Place, from: i32| {
                place.insertion.cost.saturating_add(span.outside(from, place.hour))
            };
            let of_visits = || places.chunk_by(|a, b| a.of == b.of);
            let placed: Cost = of_visits().map(|places| worth(places[0].of)).sum();
            let unplaced = (0..visits.len()).map(worth).sum::<Cost>() - placed;
            for from in places.iter().map(|place| place.hour) {
                let mut total = unplaced;
                for places in of_visits() {
                    total +=
                        places.iter().map(|place| cost(place, from)).fold(worth(places[0].of), Cost::min);
                    if total >= best.0 {
                        break;
                    }
                }
                best = best.min((total, from));
            }
            if best.0 < room && !places.is_empty() {
                found.extend(of_visits().filter_map(|places| {
                    let cheapest = places.iter().min_by_key(|place| cost(place, best.1))?;
                    (cost(cheapest, best.1) < worth(cheapest.of)).then_some(cheapest.insertion)
                }));
            }
        }
        self.places = places;
        best.0
    }

    /// Puts a visit in a place found before, if it is still worth it: tours of other days have changed since, and
    /// with them what hours cost.
    pub(crate) fn insert_again(&mut self, insertion: &Insertion) {
        let facts = &self.problem.shifts[insertion.shift as usize];
        let visit = self.problem.options[insertion.option as usize].visit;
        let base = self.booking_cost(insertion.option, facts.nurse);
        let client = self.problem.visits[visit as usize].client;
        let tour = &self.tours[insertion.shift as usize];
        let is_of_client =
            |stop: &Stop| stop.is_visit() && self.problem.visits[stop.visit as usize].client == client;
        // Another line of the client is there since: the places have moved.
        let now = if tour.visits() == 0 || tour.stops.iter().any(is_of_client) {
            let mut best = Insertion::nowhere(insertion.option);
            self.scan(insertion.shift, insertion.option, base, &mut Blinks::never(), &mut best);
            (best.shift != NOT_IN).then_some(best)
        } else {
            let guest = self.guest(insertion.option);
            self.place_behind(&guest, insertion.shift, insertion.after as usize).map(|place| {
                let own = self.regular.delta(&self.evaluator.regular, visit, place.hour);
                Insertion { cost: base + place.insertion.cost + own, ..place.insertion }
            })
        };
        if let Some(now) = now.filter(|now| now.cost < self.problem.visits[visit as usize].unplanned) {
            self.insert(&now);
        }
    }

    /// Every place for an option in the tours of a nurse.
    fn list_places(&mut self, of: usize, option: u32, nurse: u32, places: &mut Vec<Place>) {
        let candidates = self.candidates;
        let guest = self.guest(option);
        let base = self.evaluator.pairing.row(option)[nurse as usize];
        for &shift in candidates.shifts(option).iter().filter(|&&shift| candidates.nurse(shift) == nurse) {
            let tour = &self.tours[shift as usize];
            if self.holds_line(shift, guest.stop.visit) {
                continue;
            }
            let first = places.len();
            if tour.visits() == 0 {
                places.extend(self.place_alone(&guest, shift));
            } else {
                places
                    .extend((0..tour.stops.len() - 1).filter_map(|at| self.place_behind(&guest, shift, at)));
            }
            self.evaluations += (places.len() - first) as u64;
            for place in &mut places[first..] {
                place.insertion.cost += base;
                place.of = of;
            }
        }
    }

    /// The place behind a stop of a tour with visits.
    fn place_behind(&self, guest: &Guest, shift: u32, at: usize) -> Option<Place> {
        let facts = &self.problem.shifts[shift as usize];
        let roads = self.problem.roads_of(facts);
        let tour = &self.tours[shift as usize];
        if tour.load + guest.load > facts.capacity {
            return None;
        }
        let own = guest.stop.own;
        let (before, next) = (&tour.stops[at], &tour.stops[at + 1]);
        let leg_in = roads.leg(before.place, guest.stop.place);
        if !before.prefix.schedule.fits(leg_in, own) {
            return None;
        }
        let mut head = before.prefix.merge(leg_in, TourSegment::single(own));
        let mut after = next;
        if next.visit == BREAK {
            if !head.schedule.fits(0, next.own) {
                return None;
            }
            head = head.merge(0, TourSegment::single(next.own));
            after = &tour.stops[at + 2];
        }
        let leg_out = roads.leg(guest.stop.place, after.place);
        if !head.schedule.fits(leg_out, after.suffix.schedule) {
            return None;
        }
        let whole = head.merge(leg_out, after.suffix);
        if whole.schedule.duration > facts.longest {
            return None;
        }
        let hours = &self.evaluator.hours;
        let week = if hours.matters { self.hours.week(hours, facts) } else { Default::default() };
        let delta = self.timed_delta(facts, tour, guest, &week, at, (leg_in, leg_out), whole, Cost::MAX);
        let ready = start_of_last(whole.schedule.earliest, &tour.stops[..=at]) + before.own.duration;
        let hour = (ready + leg_in).max(own.earliest) - guest.hour;
        let cost = delta - self.regular.delta(&self.evaluator.regular, guest.stop.visit, hour);
        let insertion = Insertion { cost, shift, after: at as u32, option: guest.stop.option, pause: None };
        Some(Place { insertion, hour, of: 0 })
    }

    /// The cheapest place in a tour without visits.
    fn place_alone(&self, guest: &Guest, shift: u32) -> Option<Place> {
        let facts = &self.problem.shifts[shift as usize];
        let mut best = Insertion::nowhere(guest.stop.option);
        let alone = Guest { hours: false, ..*guest };
        self.open_tour(shift, facts, &alone, 0, &mut best);
        if best.shift == NOT_IN {
            return None;
        }
        let out = self.problem.roads_of(facts).leg(facts.home, guest.stop.place);
        let (home, _) = ends(facts, best.pause.unwrap_or(self.tours[shift as usize].pause));
        // (A break behind it may make it start later; what is booked is right in any case.)
        let hour = (home.earliest + out).max(guest.stop.own.earliest) - guest.hour;
        Some(Place { insertion: best, hour, of: 0 })
    }
}
