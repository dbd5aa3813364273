//! One face: the nurse of a client who may meet one only, chosen for all visits of the client together.
//!
//! What is cheapest for each visit on its own may be of several nurses, and the first visit put in would decide
//! for all.

use super::aim::Aim;
use super::draft::Draft;
use super::insertion::Blinks;
use crate::model::cost::Cost;
use crate::model::problem::{Block, Problem};

impl Draft<'_> {
    /// Whether a client who may meet one nurse only has met none yet: all visits are out.
    #[inline]
    pub(crate) fn awaits_nurse(&self, client: u32) -> bool {
        self.evaluator.continuity.has_one_face(client) && self.continuity.faces(client) == 0
    }

    /// Chooses the nurse of a client who [awaits](Self::awaits_nurse) one, and the days of the visits: those
    /// whose visits, each on its own, cost least. Returns whether that changed a day.
    ///
    /// # Complexity
    /// An insertion for each day option of the client into the tours of all nurses.
    pub(crate) fn choose_nurse(&mut self, blinks: &mut Blinks, aim: &Aim, client: u32) -> bool {
        let (problem, candidates) = (self.problem, self.candidates);
        let visits = candidates.visits_of(client);
        let (Some(&first), Some(&last)) = (visits.first(), visits.last()) else { return false };
        let first = problem.visits[first as usize].options.start;
        let last = problem.visits[last as usize].options.end;
        let nurses = problem.document.nurses.len();
        let mut costs = std::mem::take(&mut self.option_costs);
        costs.clear();
        costs.resize((last - first) as usize * nurses, 0);
        for (option, costs) in (first..last).zip(costs.chunks_mut(nurses)) {
            self.cheapest_by_nurse(option, blinks, aim, costs);
            let worth = problem.visits[problem.options[option as usize].visit as usize].unplanned;
            costs.iter_mut().for_each(|cost| *cost = worth.min(*cost));
        }
        let mut best = (Cost::MAX, None);
        for nurse in 0..nurses {
            let cost_of = |option: u32| costs[(option - first) as usize * nurses + nurse];
            let cost = visits
                .iter()
                .map(|&visit| match begins_block(problem, visit) {
                    _ if problem.visits[visit as usize].block.is_none() => {
                        cost_of(problem.visits[visit as usize].options.start)
                    }
                    Some(block) => cheapest_pattern(block, &cost_of).map_or(0, |(cost, _)| cost),
                    None => 0,
                })
                .sum();
            if cost < best.0 && !blinks.now() {
                best = (cost, Some(nurse));
            }
        }
        let mut changed = false;
        if let (_, Some(nurse)) = best {
            let cost_of = |option: u32| costs[(option - first) as usize * nurses + nurse];
            for block in visits.iter().filter_map(|&visit| begins_block(problem, visit)) {
                let Some((_, pattern)) = cheapest_pattern(block, &cost_of) else { continue };
                for (visit, &option) in block.visits.clone().zip(pattern) {
                    changed |= self.chosen[visit as usize] != option;
                    self.choose(visit, option);
                }
            }
            self.only[client as usize] = nurse as u32;
        }
        self.option_costs = costs;
        changed
    }
}

/// The block that begins with a visit.
fn begins_block(problem: &Problem, visit: u32) -> Option<&Block> {
    let block = &problem.blocks[problem.visits[visit as usize].block? as usize];
    (block.visits.start == visit).then_some(block)
}

fn cheapest_pattern<'b>(block: &'b Block, cost_of: &impl Fn(u32) -> Cost) -> Option<(Cost, &'b Vec<u32>)> {
    let costs =
        block.patterns.iter().map(|pattern| (pattern.iter().map(|&option| cost_of(option)).sum(), pattern));
    costs.min_by_key(|&(cost, _)| cost)
}
