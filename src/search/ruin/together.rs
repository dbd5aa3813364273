//! Together: visits of which the days, or the one nurse, are chosen together.

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

/// Takes out what belongs to the visits out: the other visits of their blocks, so that their days can be chosen
/// anew, and of clients who may meet one nurse only, so that she can. Returns false where the draft must be
/// rolled back.
pub(super) fn free(draft: &mut Draft<'_>) -> bool {
    let problem = draft.problem;
    for i in 0..draft.out.len().min(MOST_AIMED) {
        let visit = &problem.visits[draft.out[i] as usize];
        let sound = if draft.evaluator.continuity.has_one_face(visit.client) {
            draft.candidates.visits_of(visit.client).iter().all(|&visit| take_out(draft, visit))
        } else if let Some(block) = visit.block {
            problem.blocks[block as usize].visits.clone().all(|visit| take_out(draft, visit))
        } else {
            true
        };
        if !sound {
            return false;
        }
    }
    true
}
