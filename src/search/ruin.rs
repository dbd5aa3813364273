//! Ruin: takes visits that have to do with each other out of their tours.
//!
//! Strings of neighbouring tours after J. Christiaens and G. Vanden Berghe (2020), "Slack induction
//! by string removals for vehicle routing problems", Transportation Science 54(2), section 4; the
//! others aim at faces, which strings of one day cannot see.

use super::dice::Dice;
use super::draft::Draft;
use super::insertion::{NOT_IN, Taboo};
use super::tour::HOME;

/// Visits that a step of strings removes on average, in the paper's sense (its c-bar). More makes
/// steps slower and bolder. Measured on `homecare` standard and month: 15 against 10 and 20.
const AVERAGE_REMOVED: f64 = 15.0;
/// Longest string removed from one tour.
const LONGEST_STRING: usize = 10;
/// Most visits that an aimed removal takes out. 30 against 16 and 40 on `homecare` standard.
const MOST_AIMED: usize = 30;
/// Chance to keep some visits in the middle of a string, and to keep one more of them.
const SPLIT: (f64, f64) = (0.5, 0.01);

/// Lists that a worker reuses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scratch {
    positions: Vec<usize>,
    visits: Vec<u32>,
}

/// A way to ruin. Returns the pair not to be put back at once, or `None` if the draft must be
/// rolled back.
type Ruin = fn(&mut Draft<'_>, &mut Dice, &mut Scratch) -> Option<Taboo>;

/// Every way to ruin, with the share of steps that it gets.
const RUINS: [(f64, Ruin); 7] = [
    (0.70, strings),
    (0.14, rare_pair),
    (0.05, client),
    (0.08, swap_clients),
    (0.02, time_slice),
    (0.005, shift),
    (0.005, day_pattern),
];

/// Ruins in a way chosen by chance.
pub(crate) fn ruin(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Taboo> {
    let mut roll = dice.unit();
    for (share, ruin) in &RUINS {
        if roll < *share {
            return ruin(draft, dice, scratch);
        }
        roll -= share;
    }
    strings(draft, dice, scratch)
}

fn random_planned(draft: &Draft<'_>, dice: &mut Dice) -> Option<u32> {
    (0..32)
        .map(|_| dice.below(draft.shift_of.len()) as u32)
        .find(|&visit| draft.shift_of.get(visit as usize).is_some_and(|&shift| shift != NOT_IN))
}

/// Adjacent strings: from tours near a visit, a run of stops each.
fn strings(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Taboo> {
    let seed = match draft.out.is_empty() || dice.chance(0.5) {
        true => random_planned(draft, dice),
        // Make room where something is missing.
        false => Some(draft.out[dice.below(draft.out.len())]),
    };
    let Some(seed) = seed else { return Some(None) };
    strings_near(draft, dice, scratch, seed).then_some(None)
}

/// Returns false where the draft must be rolled back.
fn strings_near(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch, seed: u32) -> bool {
    let option = draft.chosen[seed as usize];
    let planned = draft.shift_of.len() - draft.out.len();
    let tours = draft.candidates.shift_count().max(1);
    let longest = LONGEST_STRING.min((planned / tours).max(1));
    let most_strings = 4.0 * AVERAGE_REMOVED / (1.0 + longest as f64) - 1.0;
    let strings = (dice.unit() * most_strings + 1.0) as usize;
    let candidates = draft.candidates;
    let mut ruined = 0;
    for &near in std::iter::once(&option).chain(candidates.near(option)) {
        let visit = draft.problem.options[near as usize].visit;
        let shift = draft.shift_of[visit as usize];
        if shift == NOT_IN || draft.chosen[visit as usize] != near || draft.is_touched(shift) {
            continue;
        }
        if !remove_string(draft, dice, scratch, shift, visit, longest) {
            return false;
        }
        ruined += 1;
        if ruined >= strings.max(1) {
            break;
        }
    }
    true
}

/// Removes a run of stops that holds a visit. Returns false where the draft must be rolled back.
fn remove_string(
    draft: &mut Draft<'_>,
    dice: &mut Dice,
    scratch: &mut Scratch,
    shift: u32,
    visit: u32,
    longest: usize,
) -> bool {
    let tour = &draft.tours[shift as usize];
    let stops = tour.stops.len() - 2;
    let Some(position) = tour.position(visit) else { return true };
    let length = 1 + dice.below(longest.min(stops));
    let mut kept = 0;
    if length < stops && length > 1 && dice.chance(SPLIT.0) {
        kept = 1;
        while length + kept < stops && dice.chance(SPLIT.1) {
            kept += 1;
        }
    }
    let window = length + kept;
    let lowest = (position + 1).saturating_sub(window).max(1);
    let highest = position.min(stops + 1 - window);
    let first = lowest + dice.below(highest + 1 - lowest);
    let keep_from = if kept > 0 { first + 1 + dice.below(length - 1) } else { 0 };
    scratch.positions.clear();
    scratch.positions.extend(
        (first..first + window)
            .filter(|&p| kept == 0 || p == position || !(keep_from..keep_from + kept).contains(&p)),
    );
    draft.remove(shift, &scratch.positions)
}

/// Removes single visits, wherever they are; with `room`, also a short string near each, from
/// another tour, so that someone else can come. Returns false where the draft must be rolled back.
fn remove_visits(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch, room: f64) -> bool {
    let visits = std::mem::take(&mut scratch.visits);
    let sound = visits.iter().all(|&visit| {
        let shift = draft.shift_of[visit as usize];
        let position = (shift != NOT_IN).then(|| draft.tours[shift as usize].position(visit)).flatten();
        let removed = position.is_none_or(|position| draft.remove(shift, &[position]));
        removed && (!dice.chance(room) || make_room(draft, dice, scratch, visit, shift))
    });
    scratch.visits = visits;
    sound
}

/// Removes a short string near a visit from another tour than its own.
fn make_room(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch, visit: u32, shift: u32) -> bool {
    let candidates = draft.candidates;
    let option = draft.chosen[visit as usize];
    let start = dice.below(4);
    for &near in candidates.near(option).iter().skip(start) {
        let other = draft.problem.options[near as usize].visit;
        let at = draft.shift_of[other as usize];
        if at != NOT_IN && at != shift && draft.chosen[other as usize] == near {
            return remove_string(draft, dice, scratch, at, other, 3);
        }
    }
    true
}

/// Puts into `scratch.visits` those visits of a client that `wanted` accepts by the nurse, a run
/// of at most [`MOST_AIMED`] in the order of the problem.
fn collect(
    draft: &Draft<'_>,
    dice: &mut Dice,
    scratch: &mut Scratch,
    client: u32,
    wanted: impl Fn(u32) -> bool,
) {
    let start = scratch.visits.len();
    for &visit in draft.candidates.visits_of(client) {
        let shift = draft.shift_of[visit as usize];
        if shift != NOT_IN && wanted(draft.candidates.nurse(shift)) {
            scratch.visits.push(visit);
        }
    }
    let found = scratch.visits.len() - start;
    if found > MOST_AIMED {
        let skip = dice.below(found - MOST_AIMED + 1);
        scratch.visits.drain(start..start + skip);
        scratch.visits.truncate(start + MOST_AIMED);
    }
}

/// A nurse who rarely comes to a client: her visits to that client go to others.
fn rare_pair(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Taboo> {
    let Some(seed) = random_planned(draft, dice) else { return Some(None) };
    let client = draft.problem.visits[seed as usize].client;
    let Some(nurse) = rare_nurse(draft, dice, client) else { return strings(draft, dice, scratch) };
    scratch.visits.clear();
    collect(draft, dice, scratch, client, |by| by == nurse);
    let taboo = (draft.continuity.faces(client) > 1).then_some((client, nurse));
    remove_visits(draft, dice, scratch, 0.2).then_some(taboo)
}

/// A nurse of the client, the rarer the likelier.
fn rare_nurse(draft: &Draft<'_>, dice: &mut Dice, client: u32) -> Option<u32> {
    let weight = |n: u16| if n == 0 { 0.0 } else { 1.0 / f64::from(n) };
    let row = draft.continuity.row(client);
    let mut roll = dice.unit() * row.iter().map(|&n| weight(n)).sum::<f64>();
    row.iter()
        .position(|&n| {
            roll -= weight(n);
            n > 0 && roll <= 0.0
        })
        .map(|nurse| nurse as u32)
}

/// Visits of one client, all nurses.
fn client(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Taboo> {
    let Some(seed) = random_planned(draft, dice) else { return Some(None) };
    let client = draft.problem.visits[seed as usize].client;
    scratch.visits.clear();
    collect(draft, dice, scratch, client, |_| true);
    remove_visits(draft, dice, scratch, 0.3).then_some(None)
}

/// Two clients who are near each other one day: each one's visits by the nurse of that day.
fn swap_clients(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Taboo> {
    let Some(seed) = random_planned(draft, dice) else { return Some(None) };
    let problem = draft.problem;
    let nurse = draft.candidates.nurse(draft.shift_of[seed as usize]);
    let near = draft.candidates.near(draft.chosen[seed as usize]);
    let start = dice.below(near.len().min(12));
    let other = near.iter().skip(start).map(|&o| problem.options[o as usize].visit).find(|&visit| {
        let shift = draft.shift_of[visit as usize];
        shift != NOT_IN && draft.candidates.nurse(shift) != nurse
    });
    let Some(other) = other else { return strings(draft, dice, scratch) };
    let other_nurse = draft.candidates.nurse(draft.shift_of[other as usize]);
    scratch.visits.clear();
    let (one, two) = (problem.visits[seed as usize].client, problem.visits[other as usize].client);
    collect(draft, dice, scratch, one, |by| by == nurse);
    collect(draft, dice, scratch, two, |by| by == other_nurse);
    scratch.visits.sort_unstable();
    scratch.visits.dedup();
    let taboo = dice.chance(0.5).then_some((one, nurse));
    remove_visits(draft, dice, scratch, 0.0).then_some(taboo)
}

/// What several tours of one day do around the same time.
fn time_slice(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Taboo> {
    let Some(seed) = random_planned(draft, dice) else { return Some(None) };
    let shift = draft.shift_of[seed as usize];
    let day = draft.problem.shifts[shift as usize].day;
    let tour = &draft.tours[shift as usize];
    let Some(at) = tour.position(seed) else { return Some(None) };
    let from = tour.stops[at].prefix.schedule.finish() - tour.stops[at].own.duration;
    let until = from + 1800 + dice.below(3600) as i32;
    let mut left = MOST_AIMED;
    for &other in draft.candidates.shifts_of_day(day) {
        scratch.positions.clear();
        for (position, stop) in draft.tours[other as usize].stops.iter().enumerate() {
            let start = stop.prefix.schedule.finish() - stop.own.duration;
            if stop.visit < HOME && (from..until).contains(&start) && left > 0 {
                scratch.positions.push(position);
                left -= 1;
            }
        }
        if !scratch.positions.is_empty() && !draft.remove(other, &scratch.positions) {
            return None;
        }
    }
    Some(None)
}

/// Everything that one shift does, or a long run of it.
fn shift(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Taboo> {
    let Some(seed) = random_planned(draft, dice) else { return Some(None) };
    let shift = draft.shift_of[seed as usize];
    let stops = draft.tours[shift as usize].stops.len() - 2;
    let length = stops.min(MOST_AIMED);
    let first = 1 + dice.below(stops - length + 1);
    scratch.positions.clear();
    scratch.positions.extend(first..first + length);
    draft.remove(shift, &scratch.positions).then_some(None)
}

/// All visits whose days are chosen together, so that another pattern can be tried.
fn day_pattern(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Taboo> {
    let blocks = &draft.problem.blocks;
    if blocks.is_empty() {
        return strings(draft, dice, scratch);
    }
    let block = &blocks[dice.below(blocks.len())];
    scratch.visits.clear();
    scratch.visits.extend(block.visits.clone());
    remove_visits(draft, dice, scratch, 0.3).then_some(None)
}
