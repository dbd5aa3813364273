//! Day patterns: which days the visits of a block take place on.

use super::aim::{Aim, NOBODY};
use super::draft::Draft;
use super::insertion::{Blinks, NOT_IN};
use crate::model::cost::Cost;

/// Chooses the day pattern of a visit's block, if none of its visits is planned: the one whose visits, each
/// on its own, cost least. A client who may meet one nurse only gets a nurse and a pattern together, since what
/// is cheapest for each day on its own may be of several. Returns whether that changed a day.
///
/// # Complexity
/// An insertion for each day option of the block, and the patterns times their length, times the nurses where
/// one is chosen.
pub(crate) fn choose_days(draft: &mut Draft<'_>, blinks: &mut Blinks, aim: &Aim, visit: u32) -> bool {
    let problem = draft.problem;
    let Some(block) = problem.visits[visit as usize].block else { return false };
    let block = &problem.blocks[block as usize];
    if block.visits.clone().any(|v| draft.shift_of[v as usize] != NOT_IN) {
        return false;
    }
    let client = problem.visits[visit as usize].client;
    let one_face = draft.evaluator.continuity.further_face(client, 1).is_none();
    let by_nurse = one_face && draft.continuity.faces(client) == 0;
    let nurses = if by_nurse { problem.document.nurses.len() } else { 1 };
    let first = problem.visits[block.visits.start as usize].options.start;
    let last = problem.visits[block.visits.end as usize - 1].options.end;
    let mut costs = std::mem::take(&mut draft.option_costs);
    costs.clear();
    costs.resize((last - first) as usize * nurses, 0);
    for (option, costs) in (first..last).zip(costs.chunks_mut(nurses)) {
        if by_nurse {
            draft.cheapest_by_nurse(option, blinks, aim, costs);
        } else {
            let found = draft.best_insertion(option, blinks, &Aim::NONE);
            costs[0] = found.map_or(Cost::MAX, |insertion| insertion.cost);
        }
        let worth = problem.visits[problem.options[option as usize].visit as usize].unplanned;
        costs.iter_mut().for_each(|cost| *cost = worth.min(*cost));
    }
    let mut best = (Cost::MAX, 0, None);
    for pattern in &block.patterns {
        for nurse in 0..nurses {
            let cost = pattern.iter().map(|&o| costs[(o - first) as usize * nurses + nurse]).sum();
            if cost < best.0 && !(by_nurse && blinks.now()) {
                best = (cost, nurse, Some(pattern));
            }
        }
    }
    let mut changed = false;
    if let (_, nurse, Some(pattern)) = best {
        for (visit, &option) in block.visits.clone().zip(pattern) {
            changed |= draft.chosen[visit as usize] != option;
            draft.choose(visit, option);
        }
        draft.only[client as usize] = if by_nurse { nurse as u32 } else { NOBODY };
    }
    draft.option_costs = costs;
    changed
}
