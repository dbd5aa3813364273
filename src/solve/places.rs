//! Places for a visit in a draft, priced by the evaluator, and moves of other visits that make room.

use crate::search::candidates::can_hold;
use crate::search::draft::Draft;
use crate::search::insertion::Insertion;

/// The cheapest place of a day option of an unplanned visit in some shifts of one nurse; no other visit moves. It may
/// add excess: see [`Draft::excess`].
///
/// # Complexity
/// The stops of the tours of these shifts.
pub(super) fn best_in(
    draft: &mut Draft<'_>,
    option: u32,
    nurse: u32,
    shifts: impl IntoIterator<Item = u32>,
) -> Option<Insertion> {
    if !draft.evaluator.pairs_up(option, nurse) {
        return None;
    }
    let facts = draft.problem;
    let base = draft.assign_delta(option, nurse)?;
    let mut best = Insertion::nowhere(option);
    for shift in shifts {
        if can_hold(facts, &facts.shifts[shift as usize], option) {
            draft.scan_all(shift, option, base, &mut best);
        }
    }
    best.found()
}

/// The same in all shifts of a nurse.
pub(super) fn cheapest(draft: &mut Draft<'_>, option: u32, nurse: u32) -> Option<Insertion> {
    let shifts = draft.problem.nurses[nurse as usize].shifts.clone();
    best_in(draft, option, nurse, shifts)
}

/// Takes a planned visit out of its tour; false, with the draft to be rolled back, where the rest of the tour cannot keep its
/// windows.
pub(super) fn take_out(draft: &mut Draft<'_>, visit: u32) -> bool {
    let Some(shift) = draft.shift_of(visit) else { return false };
    draft.tour(shift).position(visit).is_some_and(|position| draft.remove(shift, &[position]))
}

/// Takes some visits out of their tours and puts another into a shift. False, with the draft to be rolled back, where
/// that is infeasible or leaves more than `excess`.
pub(super) fn put_in_without(
    draft: &mut Draft<'_>,
    option: u32,
    shift: u32,
    others: &[u32],
    excess: i64,
) -> bool {
    let nurse = draft.candidates.nurse(shift);
    if !others.iter().all(|&visit| take_out(draft, visit)) {
        return false;
    }
    let Some(place) = best_in(draft, option, nurse, [shift]) else { return false };
    draft.insert(&place);
    draft.excess() <= excess
}

/// Puts a visit into its cheapest place on its day; false where there is none.
pub(super) fn put_anywhere(draft: &mut Draft<'_>, visit: u32) -> bool {
    let option = draft.option_of(visit);
    let mut best = Insertion::nowhere(option);
    for &shift in draft.candidates.shifts(option) {
        if let Some(base) = draft.assign_delta(option, draft.candidates.nurse(shift)) {
            draft.scan_all(shift, option, base, &mut best);
        }
    }
    let found = best.found();
    found.iter().for_each(|best| draft.insert(best));
    found.is_some()
}

/// The visits of a tour that may move to other tours: neither meetings, which have their nurse and their time, nor
/// visits pinned to their nurse.
pub(super) fn movable(draft: &Draft<'_>, shift: u32) -> Vec<u32> {
    let is_pinned = |option: u32| draft.problem.options[option as usize].pinned.is_some();
    draft.tour(shift).visits_and_options().filter(|&(_, o)| !is_pinned(o)).map(|(visit, _)| visit).collect()
}

/// Seconds on the road in all tours.
pub(super) fn on_the_road(draft: &Draft<'_>) -> i64 {
    (0..draft.tours().len() as u32).map(|shift| road_seconds(draft, shift)).sum()
}

/// Seconds on the road in the tour of a shift.
pub(super) fn road_seconds(draft: &Draft<'_>, shift: u32) -> i64 {
    let tour = draft.tour(shift);
    if tour.is_empty() {
        return 0;
    }
    i64::from(tour.totals(&draft.problem.shifts[shift as usize]).segment.journey.travel)
}

/// When care of a planned visit starts, in seconds from the start of the horizon.
pub(super) fn start_of(draft: &Draft<'_>, visit: u32) -> Option<i64> {
    let shift = draft.shift_of(visit)?;
    let mut start = None;
    let roads = draft.problem.roads_of(&draft.problem.shifts[shift as usize]);
    draft.tour(shift).each_start(roads, |one, _, at| {
        if one == visit {
            start = Some(i64::from(at));
        }
    });
    start
}
