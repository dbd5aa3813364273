//! Takes back what a search changed of a published plan and nobody needs: of two plans that cost the same, the one that people were
//! told is the better.

use super::draft::Draft;
use crate::model::facts::Facts;
use std::collections::BTreeMap;

/// Most times that every change is tried: one that was needed may not be once another is taken back.
const PASSES: usize = 10;

/// A visit as it was published.
#[derive(Debug, Clone, Copy)]
struct Told {
    option: u32,
    nurse: u32,
    start: i32,
}

/// Takes changed visits back to the nurse and the day that were published, at the cheapest hour there, where the plan does not
/// become dearer: each alone, those of a client, those of a nurse's day, and those of a tour. Nothing where nothing was published.
///
/// # Complexity
/// The changed visits times the stops of the tours of a nurse's day, a few times over.
pub(crate) fn revert(draft: &mut Draft<'_>) {
    if draft.problem.published.is_empty() {
        return;
    }
    draft.commit();
    let told = told(draft.problem);
    for _ in 0..PASSES {
        let mut better = false;
        for group in groups(draft, &told, &changed(draft, &told)) {
            better |= take_back(draft, &told, group);
        }
        if !better {
            return;
        }
    }
}

/// Every visit as it was published; of visits whose days are chosen together, in the day pattern with most of the published days.
fn told(facts: &Facts) -> Vec<Option<Told>> {
    let is_told = |&&option: &&u32| facts.published[option as usize].visit.is_some();
    let fixed = facts.visits.iter().filter(|visit| visit.block.is_none());
    let mut options: Vec<u32> = fixed.flat_map(|visit| visit.options.clone()).collect();
    for block in &facts.blocks {
        let most = block.patterns.iter().rev().max_by_key(|pattern| pattern.iter().filter(is_told).count());
        options.extend(most.into_iter().flatten());
    }
    let mut told = vec![None; facts.visits.len()];
    for option in options {
        if let Some((nurse, start)) = facts.published[option as usize].visit
            && (nurse as usize) < facts.nurses.len()
        {
            told[facts.options[option as usize].visit as usize] = Some(Told { option, nurse, start });
        }
    }
    told
}

/// The visits that are with another nurse, on another day, or further from the published hour than the tolerance, and those that were
/// published and are left out.
fn changed(draft: &Draft<'_>, told: &[Option<Told>]) -> Vec<u32> {
    let facts = draft.problem;
    let mut starts = vec![0; facts.visits.len()];
    for (tour, shift) in draft.tours().iter().zip(&facts.shifts).filter(|(tour, _)| !tour.is_empty()) {
        tour.each_start(facts.roads_of(shift), |visit, _, start| starts[visit as usize] = start);
    }
    let tolerance = (facts.prices.changed_hour_tolerance * 60.0).round() as i32;
    let differs = |visit: &u32, one: &Told| match draft.shift_of_option(one.option) {
        Some(shift) => {
            draft.candidates.nurse(shift) != one.nurse
                || (starts[*visit as usize] - one.start).abs() > tolerance
        }
        None => true,
    };
    (0..told.len() as u32)
        .filter(|visit| told[*visit as usize].is_some_and(|one| differs(visit, &one)))
        .collect()
}

/// What is tried together, from single visits to tours. Visits whose days are chosen together go back together.
fn groups(draft: &Draft<'_>, told: &[Option<Told>], changed: &[u32]) -> Vec<Vec<u32>> {
    let facts = draft.problem;
    let mut together: BTreeMap<(u8, u32, u32), Vec<u32>> = BTreeMap::new();
    for &visit in changed {
        let Some(one) = told[visit as usize] else { continue };
        let of_visit = &facts.visits[visit as usize];
        let mut put = |key| together.entry(key).or_default().push(visit);
        put((0, visit, 0));
        if let Some(block) = of_visit.block {
            put((1, block, 0));
        }
        put((2, of_visit.client, 0));
        put((3, one.nurse, u32::from(facts.options[one.option as usize].day)));
        if let Some(shift) = draft.shift_of(visit) {
            put((4, shift, 0));
        }
    }
    together.into_values().collect()
}

/// Takes the visits of a group back; returns whether that was kept.
fn take_back(draft: &mut Draft<'_>, told: &[Option<Told>], group: Vec<u32>) -> bool {
    let (excess, count) = (draft.excess(), changed(draft, told).len());
    let done = put_back(draft, told, group).is_some()
        && draft.excess() <= excess
        && (draft.cost() < draft.cost_before()
            || (draft.cost() == draft.cost_before() && changed(draft, told).len() < count));
    if done {
        draft.commit();
    } else {
        draft.roll_back();
    }
    done
}

/// Puts the visits of a group where they were published. `None`, with the draft to be rolled back, where one has no place there.
fn put_back(draft: &mut Draft<'_>, told: &[Option<Told>], mut group: Vec<u32>) -> Option<()> {
    let facts = draft.problem;
    for at in 0..group.len() {
        let visit = group[at];
        let moved = told[visit as usize].is_some_and(|one| draft.option_of(visit) != one.option);
        if let Some(block) = facts.visits[visit as usize].block.filter(|_| moved) {
            group.extend(facts.blocks[block as usize].visits.clone());
        }
    }
    group.sort_unstable();
    group.dedup();
    let mut back = Vec::with_capacity(group.len());
    for visit in group {
        back.push((told[visit as usize]?, visit));
    }
    back.sort_by_key(|(one, visit)| (one.start, *visit));
    let mut places: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for &(_, visit) in &back {
        if let Some(shift) = draft.shift_of(visit) {
            let stops = &draft.tour(shift).stops;
            let at = stops.iter().position(|stop| stop.visit() == Some(visit))?;
            places.entry(shift).or_default().push(at);
        }
    }
    for (&shift, positions) in &mut places {
        positions.sort_unstable();
        if !draft.remove(shift, positions) {
            return None;
        }
    }
    for &(one, visit) in &back {
        draft.choose(visit, one.option);
    }
    for &(one, _) in &back {
        let best = draft.best_with(one.option, one.nurse)?;
        draft.insert(&best);
    }
    let touched: Vec<u32> = draft.touched().collect();
    touched.into_iter().for_each(|shift| draft.place_break(shift));
    Some(())
}

#[cfg(test)]
#[path = "revert_tests.rs"]
mod tests;
