//! Recreate: puts visits back, one after the other, each at its cheapest place.

use super::aim::Aim;
use super::dice::Dice;
use super::draft::Draft;
use super::insertion::{Blinks, NOT_IN};
use super::patterns::choose_days;
use crate::model::cost::Cost;

/// One evaluation in so many is overlooked on purpose: the 1 % of Christiaens and Vanden Berghe.
pub(crate) const BLINK_EVERY: u32 = 100;

/// Most unplanned visits that are tried again in one step.
const MOST_TRIED: usize = 64;

/// Share of the steps after a hand-over in which the visits handed over are put back first.
const AIMED_FIRST: f64 = 0.5;

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

/// A visit to put back: not before those that come first, its key in the order, and itself.
pub(crate) type Listed = (bool, (i64, u32), u32);

/// Puts back what can be put back. Visits that fit nowhere stay out.
pub(crate) fn recreate(
    draft: &mut Draft<'_>,
    dice: &mut Dice,
    blinks: &mut Blinks,
    mut aim: Aim,
    list: &mut Vec<Listed>,
) {
    let roll = dice.unit();
    let mut sum = 0.0;
    let order = ORDERS.iter().find(|(share, _)| {
        sum += share;
        roll < sum
    });
    let order = order.map_or(Order::Random, |(_, order)| *order);
    list.clear();
    let aimed_first = aim != Aim::NONE && dice.chance(AIMED_FIRST);
    let skip = if draft.out.len() > MOST_TRIED { dice.below(draft.out.len() - MOST_TRIED + 1) } else { 0 };
    // The newest stand last in `out`; when too many are out, those go first.
    let newest = draft.out.len().saturating_sub(MOST_TRIED / 2);
    for (at, &visit) in draft.out.iter().enumerate() {
        if at < newest && draft.out.len() > MOST_TRIED && !(skip..skip + MOST_TRIED / 2).contains(&at) {
            continue;
        }
        let client = draft.problem.visits[visit as usize].client;
        // Now and then those first whom the step is about, before others take the room made for them.
        let first = aimed_first && !aim.leaves_free(client);
        list.push((!first, key(draft, dice, order, visit), visit));
    }
    list.sort_unstable();
    for &(_, _, visit) in list.iter() {
        put_back(draft, blinks, &mut aim, visit);
    }
}

fn put_back(draft: &mut Draft<'_>, blinks: &mut Blinks, aim: &mut Aim, visit: u32) {
    let client = draft.problem.visits[visit as usize].client;
    if draft.shift_of[visit as usize] != NOT_IN {
        return;
    }
    let whole = draft.awaits_nurse(client);
    if whole && draft.evaluator.regular.has(visit) && draft.problem.visits[visit as usize].block.is_none() {
        for place in draft.choose_places(blinks, aim, client) {
            draft.insert_again(&place);
        }
        return;
    }
    choose_days(draft, blinks, aim, visit);
    if !whole {
        return put_in(draft, blinks, aim, visit);
    }
    for &visit in draft.candidates.visits_of(client) {
        put_in(draft, blinks, aim, visit);
    }
}

#[inline]
fn put_in(draft: &mut Draft<'_>, blinks: &mut Blinks, aim: &mut Aim, visit: u32) {
    let option = draft.chosen[visit as usize];
    let mut found = draft.best_insertion(option, blinks, aim);
    if found.is_none() && !aim.leaves_free(draft.problem.visits[visit as usize].client) {
        found = draft.best_insertion(option, blinks, &Aim::NONE);
    }
    let worth = draft.problem.visits[visit as usize].unplanned;
    if let Some(insertion) = found.filter(|insertion| insertion.cost < worth) {
        if draft.tours[insertion.shift as usize].visits() == 0 {
            aim.opened(draft.problem.options[option as usize].day);
        }
        draft.insert(&insertion);
    }
}

fn key(draft: &Draft<'_>, dice: &mut Dice, order: Order, visit: u32) -> (i64, u32) {
    let option = &draft.problem.options[draft.chosen[visit as usize] as usize];
    let facts = &draft.problem.visits[visit as usize];
    let chance = dice.below(1 << 20) as u32;
    let key = match order {
        Order::Random => 0,
        Order::Largest => -(i64::from(facts.load) << 20) - i64::from(facts.duration),
        Order::Farthest => -i64::from(way(draft, visit)),
        Order::Nearest => i64::from(way(draft, visit)),
        Order::Tightest => i64::from(option.close - option.open),
        Order::Earliest => i64::from(option.open),
        Order::Latest => -i64::from(option.close),
        Order::FewestShifts => draft.candidates.shifts(draft.chosen[visit as usize]).len() as i64,
    };
    (key, chance)
}

/// The way from the home of the first shift that a visit could be in.
fn way(draft: &Draft<'_>, visit: u32) -> i32 {
    let problem = draft.problem;
    draft.candidates.shifts(draft.chosen[visit as usize]).first().map_or(0, |&shift| {
        let shift = &problem.shifts[shift as usize];
        problem.roads_of(shift).leg(shift.home, problem.visits[visit as usize].place)
    })
}

/// A visit without a tour while the first plan is built.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    visit: u32,
    /// What it would lose by waiting; `None` where there is no place worth it.
    regret: Option<Cost>,
    /// The shift where it is cheapest.
    shift: u32,
}

/// Builds a first plan: among the visits left, the one that would lose most by waiting comes next.
///
/// The regret of a visit is the difference between its cheapest shift and its second cheapest;
/// J.-Y. Potvin and J.-M. Rousseau (1993), "A parallel route building algorithm for the vehicle
/// routing and scheduling problem with time windows".
///
/// # Complexity
/// A tour changed makes only those visits look again that could be in it; where there are many tours, only
/// those near the visit that came to it and those that would have gone there.
pub(crate) fn construct(draft: &mut Draft<'_>, stop: &mut dyn FnMut() -> bool) {
    let mut blinks = Blinks::never();
    let (problem, candidates) = (draft.problem, draft.candidates);
    for visit in 0..draft.shift_of.len() as u32 {
        choose_days(draft, &mut blinks, &Aim::NONE, visit);
    }
    let mut waiting: Vec<Waiting> =
        draft.out.iter().map(|&visit| Waiting { visit, regret: None, shift: NOT_IN }).collect();
    waiting.sort_unstable_by_key(|waiting| waiting.visit);
    for waiting in &mut waiting {
        if stop() {
            break;
        }
        ask(draft, &mut blinks, waiting);
    }
    let mut is_near = vec![false; problem.visits.len()];
    while !stop() {
        waiting.retain(|waiting| waiting.regret.is_some());
        let next = waiting.iter().enumerate().max_by_key(|(at, next)| (next.regret, std::cmp::Reverse(*at)));
        let Some((at, &Waiting { visit, .. })) = next else { break };
        let facts = &problem.visits[visit as usize];
        // Since its days were chosen others have come to them.
        let whole = draft.awaits_nurse(facts.client);
        if choose_days(draft, &mut blinks, &Aim::NONE, visit) {
            for other in &mut waiting {
                let visit = &problem.visits[other.visit as usize];
                if if whole { visit.client == facts.client } else { visit.block == facts.block } {
                    ask(draft, &mut blinks, other);
                }
            }
        }
        waiting.swap_remove(at);
        // Hours tie tours of a nurse together: what was cheapest when last looked at may not be now.
        let option = draft.chosen[visit as usize];
        let Some(insertion) = draft.best_insertion(option, &mut blinks, &Aim::NONE) else { continue };
        if insertion.cost >= facts.unplanned {
            continue;
        }
        draft.insert(&insertion);
        let near = candidates.near_visits(option);
        near.iter().for_each(|&near| is_near[near as usize] = true);
        for other in &mut waiting {
            let option = draft.chosen[other.visit as usize];
            let changed = match candidates.wide(option) {
                Some(_) => is_near[other.visit as usize] || other.shift == insertion.shift,
                None => candidates.shifts(option).contains(&insertion.shift),
            };
            // A new face changes what every nurse costs for that client.
            if changed || problem.visits[other.visit as usize].client == facts.client {
                ask(draft, &mut blinks, other);
            }
        }
        near.iter().for_each(|&near| is_near[near as usize] = false);
        draft.commit();
    }
    draft.commit();
}

/// Asks again where a visit is cheapest, and what its second cheapest shift costs more.
fn ask(draft: &mut Draft<'_>, blinks: &mut Blinks, waiting: &mut Waiting) {
    let option = draft.chosen[waiting.visit as usize];
    let worth = draft.problem.visits[waiting.visit as usize].unplanned;
    let best = draft.best_insertion(option, blinks, &Aim::NONE).filter(|best| best.cost < worth);
    waiting.shift = best.map_or(NOT_IN, |best| best.shift);
    waiting.regret = best.map(|best| {
        let second = draft.best_insertion_outside(option, best.shift, blinks);
        second.map_or(worth, |second| second.cost) - best.cost
    });
}
