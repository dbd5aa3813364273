//! Room for removed visits: short strings are removed from the tours in which these visits could be next, so that
//! another nurse can come.

use super::strings::remove_string;
use super::visits::{Scratch, take_out_each};
use crate::search::draft::Draft;
use crate::search::rng::{Reservoir, Rng};

/// Longest string that makes room.
const LONGEST: usize = 3;

/// Removes the single visits of `scratch.visits`, wherever they are; with probability `room` each, also makes room near it. Returns false
/// where the draft must be rolled back.
pub(super) fn remove_visits(draft: &mut Draft<'_>, rng: &mut Rng, scratch: &mut Scratch, room: f64) -> bool {
    take_out_each(draft, scratch, |draft, scratch, visit, shift| {
        !rng.chance(room) || make_room_near(draft, rng, scratch, visit, shift)
    })
}

/// Removes a short string near a visit from another tour than its own. Returns false where the draft must be rolled back.
fn make_room_near(
    draft: &mut Draft<'_>,
    rng: &mut Rng,
    scratch: &mut Scratch,
    visit: u32,
    shift: Option<u32>,
) -> bool {
    let candidates = draft.candidates;
    let start = rng.below(4);
    for &near in candidates.near(draft.option_of(visit)).iter().skip(start) {
        if let Some(at) = draft.shift_of_option(near).filter(|&at| Some(at) != shift) {
            let other = draft.problem.options[near as usize].visit;
            return remove_string(draft, rng, scratch, at, other, LONGEST);
        }
    }
    true
}

/// Removes a short string from the tours in which a nurse could make a visit, at about the time of the visit. Returns
/// false where the draft must be rolled back.
pub(super) fn make_room_with(
    draft: &mut Draft<'_>,
    rng: &mut Rng,
    scratch: &mut Scratch,
    visit: u32,
    nurse: u32,
) -> bool {
    let option = draft.option_of(visit);
    let facts = &draft.problem.options[option as usize];
    let candidates = draft.candidates;
    for &shift in candidates.shifts(option).iter().filter(|&&shift| candidates.nurse(shift) == nurse) {
        let mut at_the_time = Reservoir::empty();
        for stop in &draft.tour(shift).stops {
            if let Some(visit) = stop.visit()
                && stop.prefix.schedule.finish() >= facts.open
                && stop.begin() <= facts.close
            {
                at_the_time.show(visit, rng);
            }
        }
        if let Some(chosen) = at_the_time.chosen()
            && !remove_string(draft, rng, scratch, shift, chosen, LONGEST)
        {
            return false;
        }
    }
    true
}
