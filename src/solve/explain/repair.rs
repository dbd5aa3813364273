//! A place for a visit with a nurse, and what moves for it: nothing, or one or two of her other visits.

use super::super::places::{cheapest, movable, put_anywhere, put_in_without};
use crate::error::Stop;
use crate::model::cost::Cost;
use crate::search::draft::Draft;

/// Most pairs of visits of a nurse that are tried. (A day of 40 visits has 780.)
const MOST_PAIRS: usize = 1_000;

/// A place for a visit in a shift of a nurse, and the other visits that leave the shift for it and go to their cheapest places after.
#[derive(Debug, Clone)]
pub(super) struct Placement {
    pub(super) option: u32,
    pub(super) shift: u32,
    pub(super) others: Vec<u32>,
}

/// The cheapest way to put a visit in with a nurse: without moving others or with one other visit in another place, whichever is
/// cheaper; where there is none of these, with two. The draft is left as it was.
///
/// Each visit that moves goes to its cheapest place on the same day, with any nurse; the visits that stay keep their
/// order. `excess` is the largest excess that the draft may have then.
///
/// # Complexity
/// The visits in her tours of the day, or the pairs of them, times the stops of all tours of the day.
pub(super) fn cheapest_way(
    draft: &mut Draft<'_>,
    option: u32,
    nurse: u32,
    excess: i64,
    stop: Stop<'_>,
) -> Option<Placement> {
    // Where she may not come at all, no move helps.
    draft.assign_delta(option, nurse).filter(|_| draft.evaluator.pairs_up(option, nurse))?;
    let mut best: Option<(Cost, Placement)> = None;
    let mut consider = |draft: &mut Draft<'_>, placement: Placement| {
        if apply(draft, &placement, excess) && best.as_ref().is_none_or(|(cost, _)| draft.cost() < *cost) {
            best = Some((draft.cost(), placement));
        }
        draft.roll_back();
        best.is_some()
    };
    let mut found = false;
    if let Some(place) = cheapest(draft, option, nurse) {
        found = consider(draft, Placement { option, shift: place.shift, others: Vec::new() });
    }
    let day = draft.problem.options[option as usize].day;
    let shifts = draft.candidates.shifts_of_day(day);
    let own: Vec<u32> = shifts.iter().copied().filter(|&s| draft.candidates.nurse(s) == nurse).collect();
    let tours: Vec<(u32, Vec<u32>)> = own.iter().map(|&shift| (shift, movable(draft, shift))).collect();
    for (shift, visits) in &tours {
        for &other in visits {
            if stop() {
                return best.map(|(_, placement)| placement);
            }
            found |= consider(draft, Placement { option, shift: *shift, others: vec![other] });
        }
    }
    if !found {
        let pairs = tours.iter().flat_map(|(shift, visits)| {
            let pairs =
                visits.iter().enumerate().flat_map(|(at, &a)| visits[..at].iter().map(move |&b| [b, a]));
            pairs.map(|pair| (*shift, pair))
        });
        for (shift, pair) in pairs.take(MOST_PAIRS).take_while(|_| !stop()) {
            consider(draft, Placement { option, shift, others: pair.to_vec() });
        }
    }
    best.map(|(_, placement)| placement)
}

/// Makes a placement in the draft. False, with the draft to be rolled back, where that is infeasible.
pub(super) fn apply(draft: &mut Draft<'_>, placement: &Placement, excess: i64) -> bool {
    put_in_without(draft, placement.option, placement.shift, &placement.others, i64::MAX)
        && placement.others.iter().all(|&visit| put_anywhere(draft, visit))
        && draft.excess() <= excess
}
