//! Why a visit is unplanned, nurse by nurse.

use super::candidates::can_hold;
use super::draft::Draft;
use super::insertion::Insertion;
use crate::model::cost::Cost;
use crate::model::problem::Problem;
use crate::model::reason::{Reason, Why};
use crate::rules::judge;

/// A reason for every nurse of the team.
pub(crate) fn reasons(draft: &mut Draft<'_>, problem: &Problem, visit: u32) -> Vec<Reason> {
    let nurses = 0..draft.problem.nurses.len() as u32;
    nurses
        .map(|nurse| Reason { nurse: problem.nurse_id(nurse).to_owned(), why: why_not(draft, visit, nurse) })
        .collect()
}

/// Why its nurse misses a meeting.
pub(crate) fn why_missed(draft: &mut Draft<'_>, visit: u32) -> String {
    let problem = draft.problem;
    let option = draft.option_of(visit);
    let Some(nurse) = problem.options[option as usize].pinned else { return String::new() };
    let mut shifts = problem.nurses[nurse as usize].shifts.clone();
    if shifts.any(|shift| can_hold(problem, &problem.shifts[shift as usize], option)) {
        return why_not(draft, visit, nurse).to_string();
    }
    "with the ways there and back it does not fit in her shift; let the shift begin earlier or end later (latest_end), or \
     let her tour start or end at the office"
        .to_owned()
}

/// Why a nurse cannot make an unplanned visit; [`Why::Dearer`] or [`Why::HasRoom`] where she can. The draft is left as it was.
pub(crate) fn why_not(draft: &mut Draft<'_>, visit: u32, nurse: u32) -> Why {
    let problem = draft.problem;
    let option = draft.option_of(visit);
    let facts = &problem.options[option as usize];
    if let Err(why) = judge(problem, option, nurse) {
        return why;
    }
    let shifts = problem.nurses[nurse as usize].shifts.clone();
    let possible: Vec<u32> =
        shifts.clone().filter(|&s| can_hold(problem, &problem.shifts[s as usize], option)).collect();
    if possible.is_empty() {
        let works = shifts.clone().any(|s| problem.shifts[s as usize].day == facts.day);
        return if works { Why::OutsideWindow } else { Why::NoShift };
    }
    if let Some(why) = draft.why_refused(option, nurse) {
        return why;
    }
    let base = draft.assign_delta(option, nurse).unwrap_or(0);
    let mut best = Insertion::nowhere(option);
    for shift in possible {
        draft.scan_all(shift, option, 0, &mut best);
    }
    let unplanned = problem.visits[visit as usize].unplanned;
    match best.found() {
        None => Why::NoGap { minutes: problem.visits[visit as usize].duration.unsigned_abs() / 60 },
        Some(best) => match why_exceeded(draft, &best, base) {
            Some(why) => why,
            None if best.cost.saturating_add(base) < unplanned => Why::HasRoom,
            None => Why::Dearer,
        },
    }
}

/// Which bound an insertion would break further. The draft is left as it was.
fn why_exceeded(draft: &mut Draft<'_>, insertion: &Insertion, base: Cost) -> Option<Why> {
    let before = draft.ledgers.excesses();
    draft.insert(&Insertion { cost: insertion.cost.saturating_add(base), ..*insertion });
    let mut both = before.zip(draft.ledgers.excesses());
    let why = both.find_map(|((before, _), (after, why))| (after > before).then_some(why));
    draft.roll_back();
    why
}
