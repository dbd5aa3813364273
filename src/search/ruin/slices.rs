//! Slices: what several tours do around a time, or one tour all day.

use super::{MOST_AIMED, Scratch, random_planned};
use crate::search::aim::Aim;
use crate::search::dice::Dice;
use crate::search::draft::Draft;
use crate::search::tour::HOME;

/// What several tours of one day do around the same time.
pub(super) fn time_slice(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Aim> {
    let Some(seed) = random_planned(draft, dice) else { return Some(Aim::NONE) };
    let shift = draft.shift_of[seed as usize];
    let day = draft.problem.shifts[shift as usize].day;
    let tour = &draft.tours[shift as usize];
    let Some(at) = tour.position(seed) else { return Some(Aim::NONE) };
    let from = tour.stops[at].begin();
    let until = from + 1800 + dice.below(3600) as i32;
    let mut left = MOST_AIMED;
    for &other in draft.candidates.shifts_of_day(day) {
        scratch.positions.clear();
        for (position, stop) in draft.tours[other as usize].stops.iter().enumerate() {
            if stop.visit < HOME && (from..until).contains(&stop.begin()) && left > 0 {
                scratch.positions.push(position);
                left -= 1;
            }
        }
        if !scratch.positions.is_empty() && !draft.remove(other, &scratch.positions) {
            return None;
        }
    }
    Some(Aim::NONE)
}

/// Everything that one shift does, or a long run of it; half of the time another tour may take its place at a
/// discount.
pub(super) fn shift(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Aim> {
    let Some(seed) = random_planned(draft, dice) else { return Some(Aim::NONE) };
    let shift = draft.shift_of[seed as usize];
    let stops = draft.tours[shift as usize].stops.len() - 2;
    let length = stops.min(MOST_AIMED);
    let first = 1 + dice.below(stops - length + 1);
    scratch.positions.clear();
    scratch.positions.extend(first..first + length);
    let aim = if dice.chance(0.5) { Aim::OPEN } else { Aim::NONE };
    draft.remove(shift, &scratch.positions).then_some(aim)
}
