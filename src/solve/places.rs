//! The cheapest place for a visit with a nurse, as the evaluator prices it.

use crate::search::candidates::can_hold;
use crate::search::draft::Draft;
use crate::search::insertion::Insertion;

/// The cheapest place of a day option of an unplanned visit with a nurse; no other visit moves. It may break bounds that the
/// search may pass through: see [`Draft::excess`].
///
/// # Complexity
/// The stops of her tours on the day.
pub(super) fn cheapest(draft: &mut Draft<'_>, option: u32, nurse: u32) -> Option<Insertion> {
    draft.best_with(option, nurse)
}

/// The same in some shifts of hers.
pub(super) fn cheapest_in(
    draft: &mut Draft<'_>,
    option: u32,
    nurse: u32,
    shifts: impl Iterator<Item = u32>,
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
