//! Recreate: puts visits back, one after the other, each at its cheapest place, but for blinks and the bias of the step.

use super::draft::Draft;
use super::insertion::Blinks;
use super::joint_insertion::decide_together;
use super::repair_bias::RepairBias;
use super::rng::Rng;
use crate::model::cost::Cost;

/// One evaluation in so many is overlooked on purpose: the 1 % of Christiaens and Vanden Berghe.
pub(crate) const BLINK_EVERY: u32 = 100;

/// Most unplanned visits that are tried again in one step.
const MOST_TRIED: usize = 64;

/// Share of the steps with a repair bias in which the visits of its clients are put back first.
const BIAS_FIRST: f64 = 0.5;

/// Orders in which visits are put back, with the share of steps that each gets.
const ORDERS: [(f64, Order); 8] = [
    (0.25, Order::Random),
    (0.25, Order::Largest),
    (0.14, Order::Farthest),
    (0.07, Order::Nearest),
    (0.13, Order::Tightest),
    (0.06, Order::Earliest),
    (0.06, Order::Latest),
    (0.04, Order::FewestShifts),
];

#[derive(Debug, Clone, Copy)]
enum Order {
    Random,
    Largest,
    Farthest,
    Nearest,
    Tightest,
    Earliest,
    Latest,
    FewestShifts,
}

/// Sort key of an unplanned visit: whether it belongs to the second pass, its key in the chosen order, the visit itself. The
/// second value of the key is random, for visits whose first is equal.
pub(crate) type Listed = (bool, (i64, u32), u32);

/// Puts back what can be put back. Visits that fit nowhere stay unplanned.
///
/// Returns false, with the repair unfinished, as soon as the cost cannot end below `limit` any more, assuming that no insertion makes
/// the plan cheaper: most steps are not accepted, and half of the insertions of a bad one are enough to know. (Less waiting, better starts or a
/// break elsewhere can make a plan cheaper after all: on the made-up neighbourhoods the steps gained are worth more, 45 % at
/// equal time.)
pub(crate) fn recreate(
    draft: &mut Draft<'_>,
    rng: &mut Rng,
    blinks: &mut Blinks,
    mut bias: RepairBias,
    limit: Cost,
    list: &mut Vec<Listed>,
) -> bool {
    let order = rng.pick(&ORDERS).unwrap_or(Order::Random);
    list.clear();
    let bias_first = bias != RepairBias::NONE && rng.chance(BIAS_FIRST);
    let skip = if draft.unplanned().len() > MOST_TRIED {
        rng.below(draft.unplanned().len() - MOST_TRIED + 1)
    } else {
        0
    };
    // The newest stand last. When too many visits are unplanned, half of those tried are the newest.
    let newest = draft.unplanned().len().saturating_sub(MOST_TRIED / 2);
    for (at, &visit) in draft.unplanned().iter().enumerate() {
        if at < newest && draft.unplanned().len() > MOST_TRIED && !(skip..skip + MOST_TRIED / 2).contains(&at)
        {
            continue;
        }
        let client = draft.problem.visits[visit as usize].client;
        // Now and then the visits of the client whom the step is about go first, before others take the room made for
        // them.
        let first = bias_first && !bias.leaves_free(client);
        list.push((!first, key(draft, rng, order, visit), visit));
    }
    list.sort_unstable();
    // What is saved at most by visits still to be put back.
    let price = |visit: u32| draft.problem.visits[visit as usize].unplanned;
    let mut left: Cost = list.iter().map(|&(_, _, visit)| price(visit)).fold(0, Cost::saturating_add);
    for &(_, _, visit) in list.iter() {
        if draft.is_planned(visit) {
            left = left.saturating_sub(draft.problem.visits[visit as usize].unplanned);
            continue;
        }
        // The cost if all of them are planned at no cost.
        let least = draft.cost().saturating_sub(left);
        if least >= limit {
            return false;
        }
        put_back(draft, blinks, &mut bias, limit.saturating_sub(least), visit);
        left = left.saturating_sub(draft.problem.visits[visit as usize].unplanned);
    }
    draft.cost() < limit
}

/// Puts a visit back, with those decided together with it. An insertion that costs `limit` or more need not be found.
fn put_back(draft: &mut Draft<'_>, blinks: &mut Blinks, bias: &mut RepairBias, limit: Cost, visit: u32) {
    let client = draft.client_of(visit);
    let whole = draft.awaits_nurse(client);
    let decision = decide_together(draft, blinks, bias, visit);
    if let Some(insertions) = decision.insertions {
        insertions.iter().for_each(|insertion| draft.insert_again(insertion));
    } else if whole {
        for &visit in draft.candidates.visits_of(client) {
            put_in(draft, blinks, bias, Cost::MAX, visit);
        }
    } else {
        put_in(draft, blinks, bias, limit, visit);
    }
}

#[inline]
fn put_in(draft: &mut Draft<'_>, blinks: &mut Blinks, bias: &mut RepairBias, limit: Cost, visit: u32) {
    let option = draft.option_of(visit);
    let facts = &draft.problem.visits[visit as usize];
    let worth = facts.unplanned;
    let limit = limit.min(worth);
    let mut found = draft.best_insertion_below(option, blinks, bias, limit);
    if found.is_none() && !bias.leaves_free(facts.client) {
        found = draft.best_insertion_below(option, blinks, &RepairBias::NONE, limit);
    }
    if let Some(insertion) = found.filter(|insertion| insertion.cost < worth) {
        if draft.tour(insertion.shift).is_empty() {
            bias.opened(draft.problem.options[option as usize].day);
        }
        draft.insert(&insertion);
    }
}

fn key(draft: &Draft<'_>, rng: &mut Rng, order: Order, visit: u32) -> (i64, u32) {
    let option = &draft.problem.options[draft.option_of(visit) as usize];
    let facts = &draft.problem.visits[visit as usize];
    let chance = rng.below(1 << 20) as u32;
    let key = match order {
        Order::Random => 0,
        Order::Largest => -(i64::from(facts.load) << 20) - i64::from(facts.duration),
        Order::Farthest => -i64::from(way(draft, visit)),
        Order::Nearest => i64::from(way(draft, visit)),
        Order::Tightest => i64::from(option.close - option.open),
        Order::Earliest => i64::from(option.open),
        Order::Latest => -i64::from(option.close),
        Order::FewestShifts => draft.candidates.shifts(draft.option_of(visit)).len() as i64,
    };
    (key, chance)
}

/// Travel time to a visit from the place where its first candidate shift starts.
fn way(draft: &Draft<'_>, visit: u32) -> i32 {
    let problem = draft.problem;
    draft.candidates.shifts(draft.option_of(visit)).first().map_or(0, |&shift| {
        let shift = &problem.shifts[shift as usize];
        problem.roads_of(shift).leg(shift.leaves_from, problem.options[draft.option_of(visit) as usize].place)
    })
}
