//! Removal of visits of a client, so that another nurse can come. Strings of one day cannot remove the client's visits
//! on other days.

use super::room::{make_room_with, remove_visits};
use super::strings::strings;
use super::visits::{MOST_AIMED, Scratch, random_planned, take_out_each};
use crate::search::draft::Draft;
use crate::search::repair_bias::RepairBias;
use crate::search::rng::Rng;

/// Puts into `scratch.visits` those visits of a client whose nurse `wanted` accepts, a run
/// of at most [`MOST_AIMED`] in the order of the problem.
fn collect(
    draft: &Draft<'_>,
    rng: &mut Rng,
    scratch: &mut Scratch,
    client: u32,
    wanted: impl Fn(u32) -> bool,
) {
    let start = scratch.visits.len();
    for &visit in draft.candidates.visits_of(client) {
        if draft.shift_of(visit).is_some_and(|shift| wanted(draft.candidates.nurse(shift))) {
            scratch.visits.push(visit);
        }
    }
    let found = scratch.visits.len() - start;
    if found > MOST_AIMED {
        let skip = rng.below(found - MOST_AIMED + 1);
        scratch.visits.drain(start..start + skip);
        scratch.visits.truncate(start + MOST_AIMED);
    }
}

/// A nurse who rarely comes to a client: her visits to that client go to others.
pub(super) fn rare_face(draft: &mut Draft<'_>, rng: &mut Rng, scratch: &mut Scratch) -> Option<RepairBias> {
    let Some((seed, _)) = random_planned(draft, rng) else { return Some(RepairBias::NONE) };
    let client = draft.client_of(seed);
    let Some(nurse) = rare_nurse(draft, rng, client) else { return strings(draft, rng, scratch) };
    scratch.visits.clear();
    collect(draft, rng, scratch, client, |by| by == nurse);
    let bias = match draft.counts().faces(client) > 1 {
        true => RepairBias::reassign(client, nurse, None),
        false => RepairBias::NONE,
    };
    remove_visits(draft, rng, scratch, 0.2).then_some(bias)
}

/// A client's visits by one nurse go to another, in whose tours room is made for them.
pub(super) fn reassign(draft: &mut Draft<'_>, rng: &mut Rng, scratch: &mut Scratch) -> Option<RepairBias> {
    let Some((seed, _)) = random_planned(draft, rng) else { return Some(RepairBias::NONE) };
    let client = draft.client_of(seed);
    let Some(from) = rare_nurse(draft, rng, client) else { return Some(RepairBias::NONE) };
    scratch.visits.clear();
    collect(draft, rng, scratch, client, |by| by == from);
    // The other nurse is one who could make one of these visits.
    let Some(&one) = scratch.visits.get(rng.below(scratch.visits.len())) else {
        return Some(RepairBias::NONE);
    };
    let shifts = draft.candidates.shifts(draft.option_of(one));
    let start = rng.below(shifts.len());
    let to = (0..shifts.len())
        .map(|i| draft.candidates.nurse(shifts[(start + i) % shifts.len()]))
        .find(|&nurse| nurse != from);
    let Some(to) = to else { return Some(RepairBias::NONE) };
    let sound = take_out_each(draft, scratch, |draft, scratch, visit, _| {
        make_room_with(draft, rng, scratch, visit, to)
    });
    sound.then_some(RepairBias::reassign(client, from, Some(to)))
}

/// A nurse of the client, drawn with a probability inversely proportional to her visits.
fn rare_nurse(draft: &Draft<'_>, rng: &mut Rng, client: u32) -> Option<u32> {
    let weight = |n: u16| if n == 0 { 0.0 } else { 1.0 / f64::from(n) };
    let visits = draft.counts().of_client(client);
    let mut roll = rng.unit() * visits.iter().map(|&n| weight(n)).sum::<f64>();
    let chosen = visits.iter().position(|&n| {
        roll -= weight(n);
        n > 0 && roll <= 0.0
    });
    chosen.map(|nurse| nurse as u32)
}

/// Removes visits of one client, by all nurses.
pub(super) fn client(draft: &mut Draft<'_>, rng: &mut Rng, scratch: &mut Scratch) -> Option<RepairBias> {
    let Some((seed, _)) = random_planned(draft, rng) else { return Some(RepairBias::NONE) };
    let client = draft.client_of(seed);
    scratch.visits.clear();
    collect(draft, rng, scratch, client, |_| true);
    remove_visits(draft, rng, scratch, 0.3).then_some(RepairBias::NONE)
}

/// Two clients with visits near each other on one day: of each, the visits by the nurse of that day are removed.
pub(super) fn swap_clients(
    draft: &mut Draft<'_>,
    rng: &mut Rng,
    scratch: &mut Scratch,
) -> Option<RepairBias> {
    let Some((seed, shift)) = random_planned(draft, rng) else { return Some(RepairBias::NONE) };
    let nurse = draft.candidates.nurse(shift);
    let near = draft.candidates.near_visits(draft.option_of(seed));
    let start = rng.below(near.len().min(12));
    let other = near.iter().skip(start).find_map(|&visit| {
        let by = draft.candidates.nurse(draft.shift_of(visit)?);
        (by != nurse).then_some((visit, by))
    });
    let Some((other, other_nurse)) = other else { return strings(draft, rng, scratch) };
    scratch.visits.clear();
    let (one, two) = (draft.client_of(seed), draft.client_of(other));
    collect(draft, rng, scratch, one, |by| by == nurse);
    collect(draft, rng, scratch, two, |by| by == other_nurse);
    scratch.visits.sort_unstable();
    scratch.visits.dedup();
    let bias = match rng.chance(0.5) {
        true => RepairBias::reassign(one, nurse, None),
        false => RepairBias::NONE,
    };
    remove_visits(draft, rng, scratch, 0.0).then_some(bias)
}
