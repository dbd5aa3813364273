//! Faces: visits of a client, so that another nurse can come. Strings of one day cannot see those.

use super::strings::{remove_string, strings};
use super::{MOST_AIMED, Scratch, random_planned, take_out};
use crate::search::aim::Aim;
use crate::search::dice::Dice;
use crate::search::draft::Draft;
use crate::search::insertion::NOT_IN;

/// Puts into `scratch.visits` those visits of a client that `wanted` accepts by the nurse, a run
/// of at most [`MOST_AIMED`] in the order of the problem.
pub(super) fn collect(
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
pub(super) fn rare_pair(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Aim> {
    let Some(seed) = random_planned(draft, dice) else { return Some(Aim::NONE) };
    let client = draft.problem.visits[seed as usize].client;
    let Some(nurse) = rare_nurse(draft, dice, client) else { return strings(draft, dice, scratch) };
    scratch.visits.clear();
    collect(draft, dice, scratch, client, |by| by == nurse);
    let aim = if draft.continuity.faces(client) > 1 { Aim::one(client, nurse, None) } else { Aim::NONE };
    remove_visits(draft, dice, scratch, 0.2).then_some(aim)
}

/// A client's visits by one nurse go to another, in whose tours room is made for them.
pub(super) fn hand_over(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Aim> {
    let Some(seed) = random_planned(draft, dice) else { return Some(Aim::NONE) };
    let client = draft.problem.visits[seed as usize].client;
    let Some(from) = rare_nurse(draft, dice, client) else { return Some(Aim::NONE) };
    scratch.visits.clear();
    collect(draft, dice, scratch, client, |by| by == from);
    // To whom: one who could make one of these visits.
    let Some(&one) = scratch.visits.get(dice.below(scratch.visits.len())) else { return Some(Aim::NONE) };
    let shifts = draft.candidates.shifts(draft.chosen[one as usize]);
    let start = dice.below(shifts.len());
    let to = (0..shifts.len())
        .map(|i| draft.candidates.nurse(shifts[(start + i) % shifts.len()]))
        .find(|&nurse| nurse != from);
    let Some(to) = to else { return Some(Aim::NONE) };
    let visits = std::mem::take(&mut scratch.visits);
    let sound =
        visits.iter().all(|&visit| take_out(draft, visit) && make_room_of(draft, dice, scratch, visit, to));
    scratch.visits = visits;
    sound.then_some(Aim::one(client, from, Some(to)))
}

/// Removes a short string from the tours in which a nurse could make a visit, about when it would be.
pub(super) fn make_room_of(
    draft: &mut Draft<'_>,
    dice: &mut Dice,
    scratch: &mut Scratch,
    visit: u32,
    nurse: u32,
) -> bool {
    let option = draft.chosen[visit as usize];
    let facts = &draft.problem.options[option as usize];
    let candidates = draft.candidates;
    for &shift in candidates.shifts(option).iter().filter(|&&shift| candidates.nurse(shift) == nurse) {
        let stops = &draft.tours[shift as usize].stops;
        let (mut seen, mut chosen) = (0, None);
        for stop in stops.iter().filter(|stop| stop.is_visit()) {
            if stop.prefix.schedule.finish() >= facts.open && stop.begin() <= facts.close {
                seen += 1;
                if dice.below(seen) == 0 {
                    chosen = Some(stop.visit);
                }
            }
        }
        if let Some(chosen) = chosen
            && !remove_string(draft, dice, scratch, shift, chosen, 3)
        {
            return false;
        }
    }
    true
}

/// A nurse of the client, the rarer the likelier.
pub(super) fn rare_nurse(draft: &Draft<'_>, dice: &mut Dice, client: u32) -> Option<u32> {
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
pub(super) fn client(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Aim> {
    let Some(seed) = random_planned(draft, dice) else { return Some(Aim::NONE) };
    let client = draft.problem.visits[seed as usize].client;
    scratch.visits.clear();
    collect(draft, dice, scratch, client, |_| true);
    remove_visits(draft, dice, scratch, 0.3).then_some(Aim::NONE)
}

/// Two clients who are near each other one day: each one's visits by the nurse of that day.
pub(super) fn swap_clients(draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Aim> {
    let Some(seed) = random_planned(draft, dice) else { return Some(Aim::NONE) };
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
    let aim = if dice.chance(0.5) { Aim::one(one, nurse, None) } else { Aim::NONE };
    remove_visits(draft, dice, scratch, 0.0).then_some(aim)
}

/// Removes single visits, wherever they are; with `room`, also a short string near each, from
/// another tour, so that someone else can come. Returns false where the draft must be rolled back.
pub(super) fn remove_visits(
    draft: &mut Draft<'_>,
    dice: &mut Dice,
    scratch: &mut Scratch,
    room: f64,
) -> bool {
    let visits = std::mem::take(&mut scratch.visits);
    let sound = visits.iter().all(|&visit| {
        let shift = draft.shift_of[visit as usize];
        take_out(draft, visit) && (!dice.chance(room) || make_room(draft, dice, scratch, visit, shift))
    });
    scratch.visits = visits;
    sound
}

/// Removes a short string near a visit from another tour than its own.
pub(super) fn make_room(
    draft: &mut Draft<'_>,
    dice: &mut Dice,
    scratch: &mut Scratch,
    visit: u32,
    shift: u32,
) -> bool {
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
