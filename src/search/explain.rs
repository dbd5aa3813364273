//! Why a visit is unplanned, nurse by nurse.

use super::candidates::can_hold;
use super::draft::Draft;
use super::insertion::{Blinks, Insertion};
use crate::model::plan::Reason;
use crate::model::problem::Problem;
use crate::rules::judge;

/// A sentence for every nurse of the team.
pub(crate) fn reasons(draft: &mut Draft<'_>, problem: &Problem, visit: u32) -> Vec<Reason> {
    let nurses = 0..draft.problem.nurses.len() as u32;
    nurses
        .map(|nurse| Reason { nurse: problem.nurse_id(nurse).to_owned(), why: why_not(draft, visit, nurse) })
        .collect()
}

fn why_not(draft: &mut Draft<'_>, visit: u32, nurse: u32) -> String {
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
        let why =
            if works { "no shift that day reaches into the time window" } else { "has no shift that day" };
        return why.to_owned();
    }
    let Some(base) = draft.assign_delta(option, nurse) else {
        return "would be one face more than the client accepts".to_owned();
    };
    let mut best = Insertion::nowhere(option);
    for shift in possible {
        draft.scan(shift, option, 0, &mut Blinks::never(), &mut best);
    }
    let irregular = problem.lines[problem.visits[visit as usize].line as usize]
        .regular
        .is_some_and(|regular| regular.hard);
    match best.found() {
        None => {
            let minutes = problem.visits[visit as usize].duration / 60;
            format!("no gap of {minutes} minutes and the way there in the time window")
        }
        Some(best) if irregular && would_exceed(draft, &best) => {
            "no gap at about the hour of the other days".to_owned()
        }
        Some(best) if best.cost.saturating_add(base) < problem.visits[visit as usize].unplanned => {
            "has room for it; the search ended before that was used".to_owned()
        }
        _ => "would cost more than leaving the visit out".to_owned(),
    }
}

/// Whether an insertion would bring starts further beyond a hard bound. The draft is left as it was.
fn would_exceed(draft: &mut Draft<'_>, insertion: &Insertion) -> bool {
    let before = draft.excess();
    let Some(base) = draft.assign_delta(insertion.option, draft.candidates.nurse(insertion.shift)) else {
        return false;
    };
    draft.insert(&Insertion { cost: insertion.cost.saturating_add(base), ..*insertion });
    let worse = draft.excess() > before;
    draft.roll_back();
    worse
}
