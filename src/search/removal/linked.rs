//! Linked removal: removes visits together whose days, or whose only nurse, are chosen together.

use super::room::remove_visits;
use super::visits::{MOST_AIMED, Scratch, take_out};
use crate::search::draft::Draft;
use crate::search::repair_bias::RepairBias;
use crate::search::rng::Rng;

/// All visits of a block, so that another day pattern can be tried.
pub(super) fn day_pattern(draft: &mut Draft<'_>, rng: &mut Rng, scratch: &mut Scratch) -> Option<RepairBias> {
    let blocks = &draft.problem.blocks;
    let block = &blocks[rng.below(blocks.len())];
    scratch.visits.clear();
    scratch.visits.extend(block.visits.clone());
    remove_visits(draft, rng, scratch, 0.3).then_some(RepairBias::NONE)
}

/// Takes out what is linked to unplanned visits: the other visits of their blocks, so that their days can be chosen
/// anew, and all visits of clients who may meet one nurse only, so that this nurse can be chosen anew. Returns false
/// where the draft must be rolled back.
pub(super) fn remove_linked(draft: &mut Draft<'_>) -> bool {
    let problem = draft.problem;
    for i in 0..draft.unplanned().len().min(MOST_AIMED) {
        let visit = &problem.visits[draft.unplanned()[i] as usize];
        let sound = if draft.evaluator.has_single_nurse(visit.client) {
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
