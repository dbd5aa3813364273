//! Day patterns: which days the visits of a block take place on.

use super::aim::Aim;
use super::draft::Draft;
use super::insertion::{Blinks, NOT_IN};
use crate::model::cost::Cost;

/// Chooses the day pattern of a visit's block, if none of its visits is planned: the one whose visits, each
/// on its own, cost least. (With the nurse where a client may meet one only.) Returns whether that changed a day.
///
/// # Complexity
/// An insertion for each day option of the block, and the patterns times their length.
pub(crate) fn choose_days(draft: &mut Draft<'_>, blinks: &mut Blinks, aim: &Aim, visit: u32) -> bool {
    let problem = draft.problem;
    let client = problem.visits[visit as usize].client;
    if draft.awaits_nurse(client) {
        return draft.choose_nurse(blinks, aim, client);
    }
    let Some(block) = problem.visits[visit as usize].block else { return false };
    let block = &problem.blocks[block as usize];
    if block.visits.clone().any(|v| draft.shift_of[v as usize] != NOT_IN) {
        return false;
    }
    let first = problem.visits[block.visits.start as usize].options.start;
    let last = problem.visits[block.visits.end as usize - 1].options.end;
    let mut costs = std::mem::take(&mut draft.option_costs);
    costs.clear();
    costs.extend((first..last).map(|option| {
        let worth = problem.visits[problem.options[option as usize].visit as usize].unplanned;
        let found = draft.best_insertion(option, blinks, &Aim::NONE);
        worth.min(found.map_or(Cost::MAX, |insertion| insertion.cost))
    }));
    let cost_of = |pattern: &&Vec<u32>| pattern.iter().map(|&o| costs[(o - first) as usize]).sum::<Cost>();
    let mut changed = false;
    if let Some(pattern) = block.patterns.iter().min_by_key(cost_of) {
        for (visit, &option) in block.visits.clone().zip(pattern) {
            changed |= draft.chosen[visit as usize] != option;
            draft.choose(visit, option);
        }
    }
    draft.option_costs = costs;
    changed
}
