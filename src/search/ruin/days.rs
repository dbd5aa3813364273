//! Days: visits of which a day pattern is chosen together.

use super::faces::remove_visits;
use super::{MOST_AIMED, Scratch, take_out};
use crate::search::aim::Aim;
use crate::search::dice::Dice;
use crate::search::draft::Draft;

/// All visits whose days are chosen together, so that another pattern can be tried.
pub(super) fn day_pattern(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Aim> {
    let blocks = &draft.problem.blocks;
    let block = &blocks[dice.below(blocks.len())];
    scratch.visits.clear();
    scratch.visits.extend(block.visits.clone());
    remove_visits(draft, dice, scratch, 0.3).then_some(Aim::NONE)
}

/// Takes the other visits of the blocks that lost one out too, so that their days can be chosen anew. Returns
/// false where the draft must be rolled back.
pub(super) fn free_days(draft: &mut Draft<'_>) -> bool {
    let problem = draft.problem;
    for i in 0..draft.out.len().min(MOST_AIMED) {
        let Some(block) = problem.visits[draft.out[i] as usize].block else { continue };
        if !problem.blocks[block as usize].visits.clone().all(|visit| take_out(draft, visit)) {
            return false;
        }
    }
    true
}
