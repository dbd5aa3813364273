//! Swap of tails: two tours of a day swap their tails from some stop on, or an empty tour takes a tail over.
//!
//! The 2-opt* move of J.-Y. Potvin and J.-M. Rousseau (1995), "An exchange heuristic for routing problems with time
//! windows", Journal of the Operational Research Society 46(12).

use super::visits::{any, end, near, without_break};
use crate::rules::Proposal;
use crate::search::draft::Draft;
use crate::search::rng::Rng;

/// Share of moves in which a tour without visits takes the tail over, and share of those that take the whole tour.
const TO_EMPTY: f64 = 0.2;
const WHOLE: f64 = 0.5;

/// ```text
/// A: … v │ n …   B: … u │ x …      ->      A: … v x …   B: … u n …
/// ```
pub(super) fn swap_tails(draft: &Draft<'_>, rng: &mut Rng, proposal: &mut Proposal) -> Option<()> {
    let visit = any(draft, rng)?;
    let tour = draft.tour(visit.shift);
    let (shift, from) = (visit.shift, visit.at + rng.below(2));
    if rng.chance(TO_EMPTY) {
        let from = if rng.chance(WHOLE) { 1 } else { from };
        let shifts = draft.candidates.shifts(visit.option);
        let &empty = shifts.get(rng.below(shifts.len())).filter(|&&other| draft.tour(other).is_empty())?;
        let day = |shift: u32| draft.problem.shifts[shift as usize].day;
        if draft.used_tours() >= draft.most_tours || day(empty) != day(shift) {
            return None;
        }
        // The break stays with the old tour, at home if no visit is left before it.
        let (breaks, last) = (tour.break_position().filter(|&at| at >= from), end(tour));
        proposal.tour(empty, draft.tour(empty).break_at);
        let cut = breaks.unwrap_or(last);
        proposal.stops(shift, from..cut).stops(shift, (cut + 1).min(last)..last);
        proposal.tour(shift, tour.break_at).stops(shift, 1..from);
        if breaks.is_some() {
            proposal.part(crate::rules::Part::Break);
        }
        return Some(());
    }
    let other = near(draft, rng, &visit).filter(|other| other.shift != shift)?;
    let (two, from_two) = (draft.tour(other.shift), other.at + rng.below(2));
    if !without_break(tour, from, end(tour)) || !without_break(two, from_two, end(two)) {
        return None;
    }
    proposal.tour(shift, tour.break_at).stops(shift, 1..from).stops(other.shift, from_two..end(two));
    proposal.tour(other.shift, two.break_at).stops(other.shift, 1..from_two).stops(shift, from..end(tour));
    Some(())
}
