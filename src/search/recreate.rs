//! Recreate: puts visits back, one after the other, each at its cheapest place.

use super::dice::Dice;
use super::draft::Draft;
use super::insertion::{Blinks, NOT_IN, Taboo};
use crate::model::cost::Cost;

/// One evaluation in so many is overlooked on purpose: the 1 % of Christiaens and Vanden Berghe.
pub(crate) const BLINK_EVERY: u32 = 100;

/// Most unplanned visits that are tried again in one step.
const MOST_TRIED: usize = 64;

/// Orders in which visits are put back, with the share of steps that each gets.
const ORDERS: [(f64, Order); 6] = [
    (0.3, Order::Random),
    (0.2, Order::Longest),
    (0.15, Order::Tightest),
    (0.15, Order::Earliest),
    (0.1, Order::FewestShifts),
    (0.1, Order::Latest),
];

#[derive(Debug, Clone, Copy)]
enum Order {
    Random,
    Longest,
    Tightest,
    Earliest,
    Latest,
    FewestShifts,
}

/// Puts back what can be put back. Visits that fit nowhere stay out.
pub(crate) fn recreate(
    draft: &mut Draft<'_>,
    dice: &mut Dice,
    blinks: &mut Blinks,
    taboo: Taboo,
    list: &mut Vec<(i64, u32)>,
) {
    choose_patterns(draft, blinks);
    let roll = dice.unit();
    let mut sum = 0.0;
    let order = ORDERS.iter().find(|(share, _)| {
        sum += share;
        roll < sum
    });
    let order = order.map_or(Order::Random, |(_, order)| *order);
    list.clear();
    let skip = if draft.out.len() > MOST_TRIED { dice.below(draft.out.len() - MOST_TRIED + 1) } else { 0 };
    // The newest stand last in `out`; when too many are out, those go first.
    let newest = draft.out.len().saturating_sub(MOST_TRIED / 2);
    for (at, &visit) in draft.out.iter().enumerate() {
        if at < newest && draft.out.len() > MOST_TRIED && !(skip..skip + MOST_TRIED / 2).contains(&at) {
            continue;
        }
        list.push((key(draft, dice, order, visit), visit));
    }
    list.sort_unstable();
    for &(_, visit) in list.iter() {
        put_back(draft, blinks, taboo, visit);
    }
}

fn put_back(draft: &mut Draft<'_>, blinks: &mut Blinks, taboo: Taboo, visit: u32) {
    let option = draft.chosen[visit as usize];
    let mut found = draft.best_insertion(option, blinks, taboo);
    if found.is_none() && taboo.is_some() {
        found = draft.best_insertion(option, blinks, None);
    }
    let worth = draft.problem.visits[visit as usize].unplanned;
    if let Some(insertion) = found.filter(|insertion| insertion.cost < worth) {
        draft.insert(&insertion);
    }
}

fn key(draft: &Draft<'_>, dice: &mut Dice, order: Order, visit: u32) -> i64 {
    let option = &draft.problem.options[draft.chosen[visit as usize] as usize];
    let chance = dice.below(1 << 20) as i64;
    let key = match order {
        Order::Random => 0,
        Order::Longest => -i64::from(draft.problem.visits[visit as usize].duration),
        Order::Tightest => i64::from(option.close - option.open),
        Order::Earliest => i64::from(option.open),
        Order::Latest => -i64::from(option.close),
        Order::FewestShifts => draft.candidates.shifts(draft.chosen[visit as usize]).len() as i64,
    };
    (key << 20) + chance
}

/// Chooses a day pattern for every block of which no visit is planned: the one whose visits,
/// each on its own, cost least.
fn choose_patterns(draft: &mut Draft<'_>, blinks: &mut Blinks) {
    let problem = draft.problem;
    if problem.blocks.is_empty() {
        return;
    }
    for i in 0..draft.out.len() {
        let visit = draft.out[i];
        let Some(block) = problem.visits[visit as usize].block else { continue };
        let block = &problem.blocks[block as usize];
        // Once per block: when its first visit comes by.
        if visit != block.visits.start || block.visits.clone().any(|v| draft.shift_of[v as usize] != NOT_IN) {
            continue;
        }
        let first = problem.visits[block.visits.start as usize].options.start;
        let last = problem.visits[block.visits.end as usize - 1].options.end;
        let costs: Vec<Cost> = (first..last)
            .map(|option| {
                let worth = problem.visits[problem.options[option as usize].visit as usize].unplanned;
                draft
                    .best_insertion(option, blinks, None)
                    .map_or(worth, |insertion| insertion.cost.min(worth))
            })
            .collect();
        let cost = |pattern: &Vec<u32>| pattern.iter().map(|&o| costs[(o - first) as usize]).sum::<Cost>();
        if let Some(best) = block.patterns.iter().min_by_key(|pattern| cost(pattern)) {
            for (visit, &option) in block.visits.clone().zip(best) {
                draft.choose(visit, option);
            }
        }
    }
}

/// Builds a first plan: among the visits left, the one that would lose most by waiting comes next.
///
/// The regret of a visit is the difference between its cheapest shift and its second cheapest;
/// J.-Y. Potvin and J.-M. Rousseau (1993), "A parallel route building algorithm for the vehicle
/// routing and scheduling problem with time windows".
///
/// # Complexity
/// A tour changed makes only those visits look again that could be in it.
pub(crate) fn construct(draft: &mut Draft<'_>, stop: &mut dyn FnMut() -> bool) {
    let mut blinks = Blinks::never();
    choose_patterns(draft, &mut blinks);
    let mut waiting: Vec<(u32, Option<Cost>)> = draft.out.iter().map(|&visit| (visit, None)).collect();
    waiting.sort_unstable_by_key(|(visit, _)| *visit);
    for (visit, regret) in &mut waiting {
        if stop() {
            break;
        }
        *regret = regret_of(draft, &mut blinks, *visit);
    }
    while !stop() {
        waiting.retain(|(_, regret)| regret.is_some());
        let next =
            waiting.iter().enumerate().max_by_key(|(at, (_, regret))| (*regret, std::cmp::Reverse(*at)));
        let Some((at, &(visit, _))) = next else { break };
        waiting.swap_remove(at);
        // Hours tie tours of a nurse together: what was cheapest when last looked at may not be now.
        let option = draft.chosen[visit as usize];
        let Some(insertion) = draft.best_insertion(option, &mut blinks, None) else { continue };
        if insertion.cost >= draft.problem.visits[visit as usize].unplanned {
            continue;
        }
        draft.insert(&insertion);
        let shift = insertion.shift;
        let client = draft.problem.visits[visit as usize].client;
        for (visit, regret) in &mut waiting {
            let facts = &draft.problem.visits[*visit as usize];
            let option = draft.chosen[*visit as usize];
            // A new face changes what every nurse costs for that client.
            if facts.client == client || draft.candidates.shifts(option).contains(&shift) {
                *regret = regret_of(draft, &mut blinks, *visit);
            }
        }
        draft.commit();
    }
    draft.commit();
}

/// What the second cheapest shift for a visit costs more than the cheapest; `None` where there is
/// no place worth it.
fn regret_of(draft: &mut Draft<'_>, blinks: &mut Blinks, visit: u32) -> Option<Cost> {
    let option = draft.chosen[visit as usize];
    let best = draft.best_insertion(option, blinks, None)?;
    let worth = draft.problem.visits[visit as usize].unplanned;
    if best.cost >= worth {
        return None;
    }
    let second = draft.best_insertion_outside(option, best.shift, blinks);
    Some(second.map_or(worth, |second| second.cost) - best.cost)
}
