//! Where the hours go: paid time, hours against the contract, and the breakdown of the shifts.

use super::expand::Expanded;
use super::tours::Worked;
use crate::model::document::Paid;
use crate::model::indicators::{NurseHours, TimeUse};

/// Seconds of overtime of a tour; 0 where it has no shift.
pub(super) fn overtime(expanded: &Expanded<'_>, work: &Worked) -> i64 {
    work.shift.map_or(0, |shift| work.back.saturating_sub(expanded.shifts[shift].end).max(0))
}

/// Paid seconds of every given shift, in the order of [`Expanded::shifts`]; 0 where the nurse is away.
pub(super) fn paid(expanded: &Expanded<'_>, worked: &[Worked]) -> Vec<i64> {
    let rules = &expanded.document.working_time;
    let mut paid: Vec<i64> = expanded
        .shifts
        .iter()
        .map(|shift| match rules.paid {
            Paid::Shift if !shift.absent => {
                shift.end - shift.start - if rules.breaks_paid { 0 } else { shift.break_seconds }
            }
            _ => 0,
        })
        .collect();
    for work in worked {
        let Some(seconds) = work.shift.and_then(|shift| paid.get_mut(shift)) else { continue };
        let more = match rules.paid {
            Paid::Shift => overtime(expanded, work),
            Paid::Span => {
                let breaks = if rules.breaks_paid { 0 } else { work.breaks };
                let home = if rules.home_legs_unpaid { work.home_legs } else { 0 };
                work.back.saturating_sub(work.leave).saturating_sub(breaks).saturating_sub(home)
            }
        };
        *seconds = seconds.saturating_add(more);
    }
    paid
}

/// Paid hours of every nurse in every week, by the date of the shift, against the contract.
pub(super) fn hours(expanded: &Expanded<'_>, paid: &[i64]) -> Vec<NurseHours> {
    let days = expanded.calendar.days();
    let weeks = days.div_ceil(7);
    let nurses = expanded.document.nurses.iter();
    let mut hours: Vec<NurseHours> = nurses
        .flat_map(|nurse| (0..weeks).map(move |week| (nurse, week)))
        .map(|(nurse, week)| NurseHours {
            nurse: nurse.id.clone(),
            week: week + 1,
            paid: 0,
            contract: nurse.contract_hours.map(|hours| {
                let block = (days - 7 * week).min(7);
                (hours * 3600.0 * f64::from(block) / 7.0).round() as i64
            }),
        })
        .collect();
    for (shift, &seconds) in expanded.shifts.iter().zip(paid) {
        let row = shift.nurse * usize::from(weeks) + usize::from(shift.day / 7);
        if let Some(row) = hours.get_mut(row) {
            row.paid = row.paid.saturating_add(seconds);
        }
    }
    hours
}

/// The breakdown of the shifts.
pub(super) fn time_use(expanded: &Expanded<'_>, worked: &[Worked], paid: &[i64]) -> TimeUse {
    let total = |seconds: &dyn Fn(&Worked) -> i64| worked.iter().map(seconds).fold(0, i64::saturating_add);
    let care = total(&|work| work.care);
    let travel = total(&|work| work.travel);
    let waiting = total(&|work| work.waiting);
    let breaks = total(&|work| work.breaks);
    let meetings = total(&|work| work.meetings);
    let overtime = total(&|work| overtime(expanded, work));
    let given = expanded.shifts.iter().filter(|shift| !shift.absent).map(|shift| shift.end - shift.start);
    let shift = given.sum::<i64>().saturating_add(overtime);
    let other = [care, travel, waiting, breaks, meetings].into_iter().fold(shift, i64::saturating_sub);
    let paid = paid.iter().copied().fold(0, i64::saturating_add);
    let percent = |of: i64| (of > 0).then(|| 100.0 * care as f64 / of as f64);
    TimeUse {
        care,
        travel,
        waiting,
        breaks,
        meetings,
        other,
        overtime,
        shift,
        paid,
        client_facing_paid: percent(paid),
        client_facing_shift: percent(shift),
    }
}
