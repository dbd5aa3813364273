//! Exchange: two tours of a day swap what they do from some moment on, the whole day at most.
//!
//! Ruin and recreate cannot do this: greedy insertion brings every visit back to a face that its client
//! knows, one by one. The 2-opt* move of J.-Y. Potvin and J.-M. Rousseau (1995), "An exchange heuristic for
//! routing problems with time windows", Journal of the Operational Research Society 46(12); visits that
//! the other nurse may not make are left to recreation.

use super::aim::Aim;
use super::dice::Dice;
use super::draft::Draft;
use super::insertion::NOT_IN;
use super::ruin::{Scratch, random_planned};
use super::tour::Stop;
use crate::rules::pairing::FORBIDDEN;
use crate::rules::schedule::Schedule;
use crate::rules::segment::{Segment, TourSegment};

/// Share of exchanges that swap whole tours.
const WHOLE: f64 = 0.3;

/// Swaps the ends of the tour of a visit and of one near it. Returns `None` if the draft must be rolled back.
pub(crate) fn exchange(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Aim> {
    let Some(seed) = random_planned(draft, dice) else { return Some(Aim::NONE) };
    let shift = draft.shift_of[seed as usize];
    let near = draft.candidates.near(draft.chosen[seed as usize]);
    let start = dice.below(near.len().min(12));
    let partner = near.iter().skip(start).find_map(|&option| {
        let visit = draft.problem.options[option as usize].visit;
        let other = draft.shift_of[visit as usize];
        let planned_so = other != NOT_IN && draft.chosen[visit as usize] == option;
        (planned_so && other != shift).then_some((visit, other))
    });
    let Some((visit, other)) = partner else { return Some(Aim::NONE) };
    let (Some(here), Some(there)) =
        (draft.tours[shift as usize].position(seed), draft.tours[other as usize].position(visit))
    else {
        return Some(Aim::NONE);
    };
    let (from, from_other) = match dice.chance(WHOLE) {
        true => (1, 1),
        // The earlier of the two stays and the later of them follows it.
        false
            if draft.tours[shift as usize].stops[here].begin()
                <= draft.tours[other as usize].stops[there].begin() =>
        {
            (here + 1, there)
        }
        false => (here, there + 1),
    };
    let visits = &mut scratch.visits;
    visits.clear();
    draft.cut(shift, from, &mut scratch.positions, visits).then_some(())?;
    let ours = visits.len();
    draft.cut(other, from_other, &mut scratch.positions, visits).then_some(())?;
    draft.append(shift, &visits[ours..]);
    draft.append(other, &visits[..ours]);
    Some(Aim::NONE)
}

impl Draft<'_> {
    /// Takes every visit from a position on out of a tour and adds them to a list. Returns false where the
    /// draft must be rolled back.
    fn cut(&mut self, shift: u32, from: usize, positions: &mut Vec<usize>, visits: &mut Vec<u32>) -> bool {
        positions.clear();
        let stops = &self.tours[shift as usize].stops;
        for (position, stop) in stops.iter().enumerate().skip(from).filter(|(_, stop)| stop.is_visit()) {
            positions.push(position);
            visits.push(stop.visit);
        }
        positions.is_empty() || self.remove(shift, positions)
    }

    /// Puts those of some visits that can follow at the end of a tour there, in their order.
    fn append(&mut self, shift: u32, visits: &[u32]) {
        let facts = &self.problem.shifts[shift as usize];
        let roads = self.problem.roads_of(facts);
        let tour = &self.tours[shift as usize];
        let Some([before, home]) = tour.stops.last_chunk() else { return };
        let (mut place, mut prefix, end, mut load) = (before.place, before.prefix, home.own, tour.load);
        let mut added = 0;
        let at = tour.stops.len() - 1;
        for &number in visits {
            let option = self.chosen[number as usize];
            let stop = Stop::of_option(self.problem, option);
            let visit = &self.problem.visits[number as usize];
            let fits = |prefix: TourSegment, leg: i32, next: Schedule| {
                prefix.schedule.fits(leg, next).then(|| prefix.merge(leg, TourSegment::single(next)))
            };
            let longer = fits(prefix, roads.leg(place, stop.place), stop.own);
            let whole = longer.and_then(|longer| fits(longer, roads.leg(stop.place, facts.home), end));
            let (Some(longer), Some(whole)) = (longer, whole) else { continue };
            let face = self.continuity.visits(visit.client, facts.nurse) > 0
                || self.continuity.further_face(&self.evaluator.continuity, visit.client).is_some();
            if whole.schedule.duration > facts.longest
                || load + visit.load > facts.capacity
                || self.evaluator.pairing.row(option)[facts.nurse as usize] == FORBIDDEN
                || !face
                || (self.evaluator.regular.has(number) && self.holds_line(shift, number))
            {
                continue;
            }
            (place, prefix, load) = (stop.place, longer, load + visit.load);
            self.cost += self.book(option, shift);
            self.appended.push(stop);
            added += 1;
        }
        if added == 0 {
            return;
        }
        let mut stops = std::mem::take(&mut self.appended);
        self.edit_tour(shift, |problem, evaluator, tour| {
            tour.stops.splice(at..at, stops.drain(..));
            let feasible = tour.refresh(problem, evaluator, facts);
            debug_assert!(feasible, "visits were appended that do not fit");
        });
        self.appended = stops;
    }
}
