//! Restores published assignments where that does not make the plan dearer.

use super::draft::Draft;
use crate::error::Stop;
use crate::model::facts::Facts;
use std::collections::BTreeMap;

/// Most passes over all changes. A change that is necessary in one pass may be needless once another is taken back.
const PASSES: usize = 10;

/// A visit as it was published.
#[derive(Debug, Clone, Copy)]
struct PublishedVisit {
    option: u32,
    nurse: u32,
    start: i32,
}

/// Takes changed visits back to the nurse and the day that were published, at the cheapest hour there, where the plan does not
/// become dearer: each alone, those of a client, those of a nurse's day, and those of a tour. Nothing where nothing was published;
/// what `stop` leaves untried stays as it is.
///
/// # Complexity
/// The changed visits times the stops of the tours of a nurse's day, a few times over.
pub(crate) fn revert(draft: &mut Draft<'_>, stop: Stop<'_>) {
    if draft.problem.published.is_empty() {
        return;
    }
    draft.commit();
    let mut changes = Changes::of(draft);
    for _ in 0..PASSES {
        let mut better = false;
        for group in groups(draft, &changes) {
            if stop() {
                return;
            }
            better |= changes.take_back(draft, group);
        }
        if !better {
            return;
        }
    }
}

/// The visits that were published, and which of them a draft changes.
#[derive(Debug)]
struct Changes {
    /// By visit; `None` where it was not published.
    published: Vec<Option<PublishedVisit>>,
    /// By visit: whether it is with another nurse, on another day, or further from the published hour than the
    /// tolerance, or was published and is left out.
    is_changed: Vec<bool>,
}

/// Every visit as it was published; of visits whose days are chosen together, in the day pattern with most of the published days.
fn published(facts: &Facts) -> Vec<Option<PublishedVisit>> {
    let mut published = vec![None; facts.visits.len()];
    for option in facts.options_with_most(|option| facts.published[option as usize].visit.is_some()) {
        if let Some((nurse, start)) = facts.published[option as usize].visit
            && (nurse as usize) < facts.nurses.len()
        {
            let visit = facts.options[option as usize].visit;
            published[visit as usize] = Some(PublishedVisit { option, nurse, start });
        }
    }
    published
}

impl Changes {
    fn of(draft: &Draft<'_>) -> Self {
        let published = published(draft.problem);
        // Published visits that are in no tour are left out, and so changed.
        let is_changed = published.iter().map(Option::is_some).collect();
        let mut changes = Self { published, is_changed };
        for shift in 0..draft.tours().len() as u32 {
            for (visit, is_changed) in changes.in_tour(draft, shift) {
                changes.is_changed[visit as usize] = is_changed;
            }
        }
        changes
    }

    fn visits(&self) -> impl Iterator<Item = u32> + '_ {
        (0..).zip(&self.is_changed).filter(|(_, is_changed)| **is_changed).map(|(visit, _)| visit)
    }

    /// The visits of a tour, and whether each is changed.
    fn in_tour(&self, draft: &Draft<'_>, shift: u32) -> Vec<(u32, bool)> {
        let (tour, facts) = (draft.tour(shift), &draft.problem.shifts[shift as usize]);
        let mut found = Vec::new();
        if tour.is_empty() {
            return found;
        }
        tour.each_start(draft.problem.roads_of(facts), |visit, option, start| {
            let is_changed = self.published[visit as usize].is_some_and(|one| {
                (one.option, one.nurse) != (option, facts.nurse)
                    || !draft.evaluator.is_slight_change(start, one.start)
            });
            found.push((visit, is_changed));
        });
        found
    }

    /// Takes the visits of a group back; returns whether that was kept.
    fn take_back(&mut self, draft: &mut Draft<'_>, group: Vec<u32>) -> bool {
        let excess = draft.excess();
        let is_possible = put_back(draft, &self.published, group).is_some()
            && draft.excess() <= excess
            && draft.cost() <= draft.cost_before();
        if !is_possible {
            draft.roll_back();
            return false;
        }
        // Only visits in tours that changed can have changed, and no visit has left these tours.
        let now: Vec<(u32, bool)> = draft.touched().flat_map(|shift| self.in_tour(draft, shift)).collect();
        let after = now.iter().filter(|(_, is_changed)| *is_changed).count();
        let before = now.iter().filter(|(visit, _)| self.is_changed[*visit as usize]).count();
        let done = draft.cost() < draft.cost_before() || after < before;
        if done {
            draft.commit();
            now.iter().for_each(|&(visit, is_changed)| self.is_changed[visit as usize] = is_changed);
        } else {
            draft.roll_back();
        }
        done
    }
}

/// Groups of visits that are tried together, from single visits to tours. Visits whose days are chosen together go back
/// together.
fn groups(draft: &Draft<'_>, changes: &Changes) -> Vec<Vec<u32>> {
    let facts = draft.problem;
    let mut together: BTreeMap<(u8, u32, u32), Vec<u32>> = BTreeMap::new();
    for visit in changes.visits() {
        let Some(one) = changes.published[visit as usize] else { continue };
        let of_visit = &facts.visits[visit as usize];
        let mut add = |key| together.entry(key).or_default().push(visit);
        add((0, visit, 0));
        if let Some(block) = of_visit.block {
            add((1, block, 0));
        }
        add((2, of_visit.client, 0));
        add((3, one.nurse, u32::from(facts.options[one.option as usize].day)));
        if let Some(shift) = draft.shift_of(visit) {
            add((4, shift, 0));
        }
    }
    together.into_values().collect()
}

/// Puts the visits of a group where they were published. `None`, with the draft to be rolled back, where one has no place there.
fn put_back(draft: &mut Draft<'_>, published: &[Option<PublishedVisit>], mut group: Vec<u32>) -> Option<()> {
    let facts = draft.problem;
    for at in 0..group.len() {
        let visit = group[at];
        let moved = published[visit as usize].is_some_and(|one| draft.option_of(visit) != one.option);
        if let Some(block) = facts.visits[visit as usize].block.filter(|_| moved) {
            group.extend(facts.blocks[block as usize].visits.clone());
        }
    }
    group.sort_unstable();
    group.dedup();
    let mut back = Vec::with_capacity(group.len());
    for visit in group {
        back.push((published[visit as usize]?, visit));
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
    draft.place_breaks();
    Some(())
}

#[cfg(test)]
#[path = "revert_tests.rs"]
mod tests;
