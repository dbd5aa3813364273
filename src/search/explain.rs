//! Why a visit is unplanned, nurse by nurse.

use super::candidates::can_hold;
use super::draft::Draft;
use super::insertion::Insertion;
use crate::model::cost::Cost;
use crate::model::facts::ShiftFacts;
use crate::model::problem::Problem;
use crate::model::reason::{Reason, Why};
use crate::rules::{Stop, judge, whole_tour};

/// Up to so many seconds after the latest end of a shift, a late return is given as the reason. (With more, nearly
/// every tour would have room.)
const MOST_LATE: i32 = 30 * 60;

/// Most days on which a visit is looked at.
const MOST_DAYS: usize = 14;

/// A reason for every nurse of the team: that of the day on which she came nearest to making the visit.
pub(crate) fn reasons(draft: &mut Draft<'_>, problem: &Problem, visit: u32) -> Vec<Reason> {
    let own = draft.option_of(visit);
    let options = days_left(draft, visit, MOST_DAYS);
    let day = |option: u32| problem.facts.options[option as usize].day;
    let nurses = 0..draft.problem.nurses.len() as u32;
    nurses
        .map(|nurse| {
            let each = options.iter().map(|&option| (why_not(draft, problem, option, nurse), option));
            let (why, option) = each
                .min_by_key(|(why, option)| (why.effort(), *option != own))
                .unwrap_or((Why::NoShift, own));
            let date = (day(option) != day(own)).then(|| problem.calendar().date(i32::from(day(option))));
            Reason { nurse: problem.nurse_id(nurse).to_owned(), why, date }
        })
        .collect()
}

/// The day options that the planned visits of its care line leave to an unplanned visit: its own first, at most `most`.
pub(crate) fn days_left(draft: &Draft<'_>, visit: u32, most: usize) -> Vec<u32> {
    let mut all = vec![draft.option_of(visit)];
    let Some(block) = draft.problem.visits[visit as usize].block else { return all };
    let block = &draft.problem.blocks[block as usize];
    let at = (visit - block.visits.start) as usize;
    for pattern in &block.patterns {
        if all.len() == most {
            break;
        }
        let mut others = block.visits.clone().zip(pattern).filter(|(other, _)| draft.is_planned(*other));
        if others.all(|(other, &option)| draft.option_of(other) == option) && !all.contains(&pattern[at]) {
            all.push(pattern[at]);
        }
    }
    all
}

/// Why its nurse misses a meeting.
pub(crate) fn why_missed(draft: &mut Draft<'_>, problem: &Problem, visit: u32) -> String {
    let facts = draft.problem;
    let option = draft.option_of(visit);
    let Some(nurse) = facts.options[option as usize].pinned else { return String::new() };
    let mut shifts = facts.nurses[nurse as usize].shifts.clone();
    if shifts.any(|shift| can_hold(facts, &facts.shifts[shift as usize], option)) {
        return why_not(draft, problem, option, nurse).to_string();
    }
    "with the ways there and back it does not fit in her shift; let the shift begin earlier or end later (latest_end), or \
     let her tour start or end at the office"
        .to_owned()
}

/// Why a nurse cannot make an unplanned visit; [`Why::Dearer`] or [`Why::HasRoom`] where she can. The draft is left as it was.
pub(crate) fn why_not(draft: &mut Draft<'_>, names: &Problem, option: u32, nurse: u32) -> Why {
    let problem = draft.problem;
    let facts = &problem.options[option as usize];
    let visit = &problem.visits[facts.visit as usize];
    if let Err(why) = judge(problem, option, nurse) {
        return why;
    }
    let shifts = problem.nurses[nurse as usize].shifts.clone();
    let of_day = shifts.clone().any(|shift| problem.shifts[shift as usize].day == facts.day);
    let is_possible = |shift: &u32| can_hold(problem, &problem.shifts[*shift as usize], option);
    let possible: Vec<u32> = shifts.clone().filter(is_possible).collect();
    if possible.is_empty() {
        return match late(draft, shifts, option) {
            Some(why) => why,
            None if of_day => Why::OutsideWindow,
            None => names.why_no_shift(nurse, facts.day),
        };
    }
    if let Some(why) = draft.why_refused(option, nurse) {
        return why;
    }
    let base = draft.assign_delta(option, nurse).unwrap_or(0);
    let mut best = Insertion::nowhere(option);
    for shift in possible {
        draft.scan_all(shift, option, 0, &mut best);
    }
    match best.found() {
        None => {
            late(draft, shifts, option).unwrap_or(Why::NoGap { minutes: visit.duration.unsigned_abs() / 60 })
        }
        Some(best) => match why_exceeded(draft, &best, base) {
            Some(why) => why,
            None if best.cost.saturating_add(base) < visit.unplanned => Why::HasRoom,
            None => Why::Dearer,
        },
    }
}

/// How late she would be home with the visit in the best of her tours, where that is at most [`MOST_LATE`].
///
/// # Complexity
/// For each shift in question a copy of its tour, and a fold of three pieces for each of its stops.
fn late(draft: &Draft<'_>, shifts: std::ops::Range<u32>, option: u32) -> Option<Why> {
    let problem = draft.problem;
    let load = problem.visits[problem.options[option as usize].visit as usize].load;
    let stop = Stop::of_option(problem, option);
    let late = shifts.filter_map(|shift| {
        let facts = &problem.shifts[shift as usize];
        let longer = ShiftFacts { latest_end: facts.latest_end.saturating_add(MOST_LATE), ..facts.clone() };
        if !can_hold(problem, &longer, option) {
            return None;
        }
        let mut tour = draft.tour(shift).clone();
        tour.set_break(&longer, tour.break_at);
        if !tour.refresh(problem, draft.evaluator, &longer) {
            return None;
        }
        let back = (0..tour.stops.len() - 1).filter_map(|i| {
            let pieces = draft.pieces_behind(&tour, &stop, i);
            let whole = whole_tour(problem, &longer, pieces, tour.load + load)?;
            Some(whole.schedule.finish())
        });
        back.min().map(|back| back - facts.latest_end)
    });
    // A tour that would not be late fails for another reason.
    let late = late.filter(|&late| late > 0).min()?;
    Some(Why::HomeLate { minutes: late.unsigned_abs().div_ceil(60) })
}

/// Which bound an insertion would break further. The draft is left as it was.
fn why_exceeded(draft: &mut Draft<'_>, insertion: &Insertion, base: Cost) -> Option<Why> {
    let before = draft.ledgers.excesses();
    draft.choose(draft.problem.options[insertion.option as usize].visit, insertion.option);
    draft.insert(&Insertion { cost: insertion.cost.saturating_add(base), ..*insertion });
    let mut both = before.zip(draft.ledgers.excesses());
    let why = both.find_map(|((before, _), (after, why))| (after > before).then_some(why));
    draft.roll_back();
    why
}
