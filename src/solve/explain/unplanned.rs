//! Why visits are left out, and how they could be planned: other visits left out instead, or a rule relaxed.

use super::super::places::{cheapest, movable, put_in_without};
use super::relax::relax_for;
use super::scene::Scene;
use super::visit;
use crate::error::Stop;
use crate::model::cost::Cost;
use crate::model::explanation::{
    Displacement, LeftOut, Placement, Relaxation, Relaxed, UnplannedExplained, VisitExplained,
};
use crate::model::reason::Why;
use crate::rules::Evaluator;
use crate::search::draft::Draft;
use crate::search::insertion::Insertion;
use crate::search::snapshot::Snapshot;
use std::cmp::Reverse;

/// Minutes that a window or a shift is stretched by, one after the other, until there is a place.
const STRETCH: [u16; 4] = [15, 30, 60, 120];

/// Most visits that are explained.
const MOST_VISITS: usize = 100;

/// Most visits that are taken out of a tour together.
const LARGEST_SET: usize = 3;

/// Most sets of visits of a tour that are tried. (A tour of 20 visits has 1,350 of three or fewer.)
const MOST_SETS: usize = 2_000;

pub(super) fn explain(scene: &Scene<'_>, stop: Stop<'_>) -> UnplannedExplained {
    let plan = Snapshot::of(&scene.draft);
    let is_care = |visit: &u32| scene.name(*visit).is_some();
    let mut out: Vec<u32> = scene.draft.unplanned().iter().copied().filter(is_care).collect();
    let price = |visit: u32| scene.draft.problem.visits[visit as usize].unplanned;
    out.sort_by_key(|&visit| (Reverse(price(visit)), visit));
    let mut visits = Vec::new();
    for &visit in out.iter().take(MOST_VISITS).take_while(|_| !stop()) {
        let mut explained = visit::of(scene, visit, stop);
        let conflict = conflict(scene, visit, stop);
        let relaxed = relaxed(scene, &plan, visit, &explained, stop);
        explained.stopped = stop();
        visits.push(LeftOut { price: price(visit), conflict, relaxed, visit: explained });
    }
    UnplannedExplained { left_out: out.len() as u32, visits, stopped: stop() }
}

/// The smallest set of visits of one tour without which that tour has a place for the visit; of several such sets, the
/// one with the cheapest plan.
fn conflict(scene: &Scene<'_>, visit: u32, stop: Stop<'_>) -> Option<Displacement> {
    let mut draft = scene.draft.clone();
    draft.commit();
    let option = draft.option_of(visit);
    let excess = draft.excess();
    let day = draft.problem.options[option as usize].day;
    let may = |&shift: &u32| draft.evaluator.pairs_up(option, draft.candidates.nurse(shift));
    let shifts: Vec<u32> = draft.candidates.shifts_of_day(day).iter().copied().filter(may).collect();
    for size in 1..=LARGEST_SET {
        let mut best: Option<(Cost, u32, Vec<u32>)> = None;
        for &shift in &shifts {
            let mut sets = Vec::new();
            add_sets(&movable(&draft, shift), size, &mut Vec::new(), &mut sets);
            for set in sets {
                if stop() {
                    return None;
                }
                if put_in_without(&mut draft, option, shift, &set, excess)
                    && best.as_ref().is_none_or(|(cost, ..)| draft.cost() < *cost)
                {
                    best = Some((draft.cost(), shift, set));
                }
                draft.roll_back();
            }
        }
        if let Some((_, shift, set)) = best {
            let nurse = draft.candidates.nurse(shift);
            let again = put_in_without(&mut draft, option, shift, &set, excess);
            debug_assert!(again, "what was possible once is possible again");
            let place = scene.place(&draft, visit, nurse, &set);
            return Some(Displacement { nurse: scene.problem.nurse_id(nurse).to_owned(), place });
        }
    }
    None
}

/// Adds the sets of `size` visits, in their order, until there are [`MOST_SETS`].
fn add_sets(visits: &[u32], size: usize, begun: &mut Vec<u32>, sets: &mut Vec<Vec<u32>>) {
    if size == 0 {
        sets.push(begun.clone());
        return;
    }
    for (at, &visit) in visits.iter().enumerate() {
        if sets.len() >= MOST_SETS {
            return;
        }
        begun.push(visit);
        add_sets(&visits[at + 1..], size - 1, begun, sets);
        begun.pop();
    }
}

/// For each rule that stands in the way: the cheapest place for a visit without that rule, other visits staying as they are.
fn relaxed(
    scene: &Scene<'_>,
    plan: &Snapshot,
    visit: u32,
    explained: &VisitExplained,
    stop: Stop<'_>,
) -> Vec<Relaxed> {
    let why = |is: fn(&Why) -> bool| {
        explained.others.iter().any(|other| matches!(&other.placement, Placement::Why(why) if is(why)))
    };
    let mut asked: Vec<Vec<Relaxation>> = Vec::new();
    // A nurse who has a place only if other visits move has no gap, either.
    let is_full = explained
        .others
        .iter()
        .any(|other| matches!(&other.placement, Placement::Place(place) if place.moves > 0));
    if is_full || why(|why| matches!(why, Why::NoGap { .. } | Why::OutsideWindow)) {
        asked.push(STRETCH.map(|minutes| Relaxation::Window { minutes }).into());
        asked.push(STRETCH.map(|minutes| Relaxation::Overtime { minutes }).into());
    }
    if why(|why| matches!(why, Why::Level { .. } | Why::Competence { .. })) {
        asked.push(vec![Relaxation::Competence]);
    }
    if why(|why| matches!(why, Why::MaxFaces)) {
        asked.push(vec![Relaxation::Faces]);
    }
    if why(|why| matches!(why, Why::NewFace { .. })) {
        asked.push(vec![Relaxation::KnownFaces]);
    }
    if why(|why| matches!(why, Why::RegularHour)) {
        asked.push(vec![Relaxation::RegularHour]);
    }
    let without = |rule| if stop() { None } else { without_rule(scene, plan, visit, rule, stop) };
    let mut found: Vec<Relaxed> =
        asked.into_iter().filter_map(|rules| rules.into_iter().find_map(without)).collect();
    found.sort_by_key(|relaxed| relaxed.place.cost.total);
    found
}

/// The cheapest place for a visit with a rule relaxed. `plan` is the plan of the scene.
pub(super) fn without_rule(
    scene: &Scene<'_>,
    plan: &Snapshot,
    visit: u32,
    rule: Relaxation,
    stop: Stop<'_>,
) -> Option<Relaxed> {
    let option = scene.draft.option_of(visit);
    let mut facts = scene.draft.problem.clone();
    relax_for(&mut facts, option, rule);
    let made;
    let mut draft: Draft<'_>;
    if let Relaxation::Window { .. } = rule {
        // The window of a visit that the plan does not make changes nothing in the plan.
        draft = scene.draft.clone();
        draft.problem = &facts;
    } else {
        made = Evaluator::new(&facts);
        // Places are sought in all shifts, so the candidate lists made with the rule do no harm.
        draft = Draft::empty(&facts, &made, scene.draft.candidates);
        draft.load(plan);
        if draft.unplanned().len() != plan.unplanned {
            return None;
        }
    }
    cheapest_place(scene, draft, visit, rule, stop)
}

/// The cheapest place for a visit in a draft of the plan whose facts have the rule relaxed.
pub(super) fn cheapest_place(
    scene: &Scene<'_>,
    mut draft: Draft<'_>,
    visit: u32,
    rule: Relaxation,
    stop: Stop<'_>,
) -> Option<Relaxed> {
    let option = draft.option_of(visit);
    let excess = draft.excess();
    let mut best: Option<(Cost, u32, Insertion)> = None;
    for nurse in 0..draft.problem.nurses.len() as u32 {
        if stop() {
            return None;
        }
        let Some(place) = cheapest(&mut draft, option, nurse) else { continue };
        draft.insert(&place);
        if draft.excess() <= excess && best.is_none_or(|(cost, ..)| draft.cost() < cost) {
            best = Some((draft.cost(), nurse, place));
        }
        draft.roll_back();
    }
    let (_, nurse, place) = best?;
    draft.insert(&place);
    let place = scene.place(&draft, visit, nurse, &[]);
    Some(Relaxed { rule, nurse: scene.problem.nurse_id(nurse).to_owned(), place })
}
