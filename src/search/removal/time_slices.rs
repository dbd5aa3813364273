//! Removal of what several tours do around a time, or of what one tour does all day.

use super::visits::{MOST_AIMED, Scratch, random_planned};
use crate::search::draft::Draft;
use crate::search::repair_bias::RepairBias;
use crate::search::rng::Rng;

/// What all tours of one day do within some half an hour to an hour and a half.
pub(super) fn time_slice(draft: &mut Draft<'_>, rng: &mut Rng, scratch: &mut Scratch) -> Option<RepairBias> {
    let Some((seed, shift)) = random_planned(draft, rng) else { return Some(RepairBias::NONE) };
    let day = draft.problem.shifts[shift as usize].day;
    let tour = draft.tour(shift);
    let Some(at) = tour.position(seed) else { return Some(RepairBias::NONE) };
    let from = tour.stops[at].begin();
    let until = from + 1800 + rng.below(3600) as i32;
    let mut left = MOST_AIMED;
    for &other in draft.candidates.shifts_of_day(day) {
        scratch.positions.clear();
        for (position, stop) in draft.tour(other).stops.iter().enumerate() {
            if stop.is_visit() && (from..until).contains(&stop.begin()) && left > 0 {
                scratch.positions.push(position);
                left -= 1;
            }
        }
        if !scratch.positions.is_empty() && !draft.remove(other, &scratch.positions) {
            return None;
        }
    }
    Some(RepairBias::NONE)
}

/// Everything that one tour does, or a long run of it; half of the time another tour may take its place at a
/// discount.
pub(super) fn tour(draft: &mut Draft<'_>, rng: &mut Rng, scratch: &mut Scratch) -> Option<RepairBias> {
    let Some((_, shift)) = random_planned(draft, rng) else { return Some(RepairBias::NONE) };
    let stops = draft.tour(shift).stops.len() - 2;
    let length = stops.min(MOST_AIMED);
    let first = 1 + rng.below(stops - length + 1);
    scratch.positions.clear();
    scratch.positions.extend(first..first + length);
    let bias = if rng.chance(0.5) { RepairBias::OPEN } else { RepairBias::NONE };
    draft.remove(shift, &scratch.positions).then_some(bias)
}
