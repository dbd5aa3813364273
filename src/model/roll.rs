//! The rolling horizon: what was planned, or what happened, becomes history, and the horizon moves on.
//!
//! ```text
//!   first day             to                                       what stands before `to` and will not come back
//!      │ planned, happened │ planned before, not yet happened │    goes; what recurs stays; who came is history
//!      └───────────────────┴── the new horizon, as many days as before ──────>
//! ```
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let outcome = kring::solve(&problem, &kring::Options::default().with_iterations(200))?;
//! use kring::model::roll::roll;
//!
//! let next = roll(problem.document(), &outcome.plan, None, None)?;
//! assert_eq!((next.horizon.first_day.to_string().as_str(), next.history.visits.len()), ("2026-03-09", 30));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::document::{Client, Days, Document, PastVisit, TimeOfDay, Window};
use super::plan::Plan;
use crate::error::{Error, ErrorKind, Mistake, Result};
use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

/// The visits of a plan, as history has them.
pub fn visits_of(plan: &Plan) -> Vec<PastVisit> {
    let visits = plan.tours.iter().flat_map(|tour| tour.visits().map(|visit| (&tour.nurse, visit)));
    visits
        .map(|(nurse, visit)| PastVisit {
            client: visit.client.clone(),
            nurse: nurse.clone(),
            date: visit.date,
        })
        .collect()
}

/// The document of the days from `to` on, after a plan was carried out.
///
/// - The horizon begins on `to` (default: the day after its last) and has as many days as before.
/// - Visits before `to` become history: those of the plan, or `happened` where it is given. Past visits that no longer
///   lie in the history window are dropped.
/// - Shifts, pins, absences, locks, meetings, days away and elsewhere, exceptions, dates and care lines that lie before `to` are
///   dropped; what recurs stays, and so do clients whose care has ended.
/// - A client without a circle in the document gets the one that was planned before the tours. A care line with a
///   regular hour and no preferred start gets the middle of its planned starts as preferred start.
///
/// # Errors
/// [`ErrorKind::Options`] for a `to` that is not after the first day; or that is not the day after the horizon, where
/// the document has day patterns, which count from the first day; [`ErrorKind::Plan`] for a plan of
/// [another document](Document::accept) or of days before the first, and for visits to clients whom the document does
/// not have; [`ErrorKind::Document`] where the document that results is not valid.
///
/// # Complexity
/// Linear in document and plan, up to a logarithm.
pub fn roll(
    document: &Document,
    plan: &Plan,
    happened: Option<&[PastVisit]>,
    to: Option<Date>,
) -> Result<Document> {
    document.accept(plan)?;
    let first_day = document.horizon.first_day;
    let end = first_day.saturating_add(i64::from(document.horizon.days).days());
    let to = to.unwrap_or(end);
    check_date(document, first_day, end, to)?;
    check_days(plan, first_day)?;
    let visits = match happened {
        Some(visits) => visits.to_vec(),
        None => visits_of(plan),
    };
    check_visits(document, &visits, happened.is_some())?;

    let mut next = document.clone();
    next.horizon.first_day = to;
    let seen_from = to.saturating_sub((7 * i64::from(next.history.weeks)).days());
    next.history.visits.extend(visits.into_iter().filter(|visit| visit.date >= first_day));
    next.history.visits.retain(|visit| (seen_from..to).contains(&visit.date));
    next.agreements.pins.retain(|pin| pin.date >= to);
    next.agreements.absences.retain(|absence| absence.until >= to);
    for nurse in &mut next.nurses {
        nurse.shifts.retain(|shift| shift.date >= to);
        nurse.recurring.retain(|shift| shift.until.is_none_or(|until| until >= to));
        nurse.wished_off.dates.retain(|&date| date >= to);
        nurse.recurring.iter_mut().for_each(|shift| shift.except.retain(|&date| date >= to));
    }
    next.meetings.retain_mut(|meeting| {
        let is_over = meeting.until.is_some_and(|until| until < to);
        !is_over && keep_dates(&mut meeting.days, to)
    });
    keep_hours(&mut next, plan);
    for client in &mut next.clients {
        client.away.retain(|away| away.until >= to);
        client.elsewhere.retain(|stay| stay.until >= to);
        drop_past_care(client, to);
    }
    name_circles(&mut next, plan);
    drop_past_locks(&mut next, to);
    next.validate()?;
    Ok(next)
}

fn check_date(document: &Document, first_day: Date, end: Date, to: Date) -> Result<()> {
    let wrong =
        |problem: String, mend: &str| Err(Error::new(ErrorKind::Options, Mistake::new("to", problem, mend)));
    if to <= first_day {
        return wrong(format!("{to} is not after the first day, {first_day}"), "give a later day");
    }
    let lines = document.clients.iter().flat_map(|client| &client.care);
    if to != end && lines.into_iter().any(|care| matches!(care.days, Days::Patterns(_))) {
        let problem = "day patterns count from the first day of the horizon".to_owned();
        return wrong(problem, "leave the day out, so that the whole horizon passes");
    }
    Ok(())
}

/// Refuses a plan whose days all lie before the horizon: it was rolled already.
fn check_days(plan: &Plan, first_day: Date) -> Result<()> {
    match plan.days() {
        Some((from, until)) if until < first_day => {
            let problem =
                format!("the plan is for {from} to {until}, and the document begins on {first_day}");
            let mend = "plan the document first: these days are behind it, it was rolled already";
            Err(Error::new(ErrorKind::Plan, Mistake::new("tours", problem, mend)))
        }
        _ => Ok(()),
    }
}

fn check_visits(document: &Document, visits: &[PastVisit], happened: bool) -> Result<()> {
    /// Largest number of mistakes that are reported.
    const MOST: usize = 100;
    let known: FxHashSet<&str> = document.clients.iter().map(|client| client.id.as_str()).collect();
    let unknown = visits.iter().enumerate().filter(|(_, visit)| !known.contains(visit.client.as_str()));
    let mistakes = unknown.take(MOST).map(|(i, visit)| {
        let client: String = visit.client.chars().take(64).collect();
        let (list, mend) = match happened {
            true => ("visits", "name clients by their ids; for clients who have left, drop the visit"),
            false => ("plan", "give the plan of this document"),
        };
        Mistake::new(
            format!("{list}[{i}].client"),
            format!("no client has the id {client:?} (a visit on {})", visit.date),
            mend,
        )
    });
    Error::from_mistakes(ErrorKind::Plan, mistakes.collect())
}

/// Drops locks of days that have passed and of care lines that have ended.
fn drop_past_locks(next: &mut Document, to: Date) {
    let Document { agreements, clients, .. } = next;
    let lines = clients.iter().flat_map(|client| client.care.iter().map(|care| (&*client.id, &*care.id)));
    let lines: FxHashSet<(&str, &str)> = lines.collect();
    agreements.locks.retain(|lock| {
        let line = lock.client.as_deref().zip(lock.care.as_deref());
        lock.until.or(lock.date).is_none_or(|last| last >= to)
            && line.is_none_or(|line| lines.contains(&line))
    });
}

/// Drops care lines that have ended and dates that have passed.
fn drop_past_care(client: &mut Client, to: Date) {
    client.care.retain_mut(|care| {
        if care.until.is_some_and(|until| until < to) {
            return false;
        }
        keep_dates(&mut care.days, to)
    });
}

/// Drops dates that have passed; returns whether any day is left.
fn keep_dates(days: &mut Days, to: Date) -> bool {
    let Days::Dates(dates) = days else { return true };
    dates.retain(|&date| date >= to);
    !dates.is_empty()
}

/// Names the circles of a plan where the document names none.
fn name_circles(document: &mut Document, plan: &Plan) {
    let planned: FxHashMap<&str, _> =
        plan.circles.iter().map(|circle| (circle.client.as_str(), circle)).collect();
    let known: FxHashSet<String> = document.nurses.iter().map(|nurse| nurse.id.clone()).collect();
    for client in document.clients.iter_mut().filter(|client| client.circle.is_empty()) {
        let Some(circle) = planned.get(client.id.as_str()) else { continue };
        client.circle = circle.nurses.iter().filter(|&nurse| known.contains(nurse)).cloned().collect();
        if client.first_nurse.is_none() {
            client.first_nurse = circle.first_nurse.clone().filter(|nurse| known.contains(nurse));
        }
    }
}

/// Care lines with a regular hour and no preferred start get the middle of their planned starts as preferred start.
fn keep_hours(document: &mut Document, plan: &Plan) {
    let mut starts: FxHashMap<(&str, &str), Vec<u32>> = FxHashMap::default();
    for visit in plan.tours.iter().flat_map(|tour| tour.visits()) {
        let start = TimeOfDay::of(visit.start.time());
        starts.entry((&visit.client, &visit.care)).or_default().push(start.seconds());
    }
    for client in &mut document.clients {
        for care in &mut client.care {
            if care.regular_hour.is_some()
                && care.preferred_start.is_none()
                && let Some(starts) = starts.get(&(client.id.as_str(), care.id.as_str()))
            {
                care.preferred_start = middle(starts, care.window);
            }
        }
    }
}

/// The median of times of day, each counted from the start of a window, which may go on past midnight.
fn middle(times: &[u32], window: Window) -> Option<TimeOfDay> {
    let (from, day) = (window.from.seconds() % TimeOfDay::DAY, TimeOfDay::DAY);
    let mut after: Vec<u32> = times.iter().map(|time| (time + day - from) % day).collect();
    after.sort_unstable();
    let median = *after.get(after.len() / 2)?;
    let length = (window.to.seconds() + day - from) % day;
    // A clock change can bring a start out of the hours of the window.
    (median <= length).then(|| TimeOfDay::from_seconds((from + median) % day)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_starts_counts_from_the_window() {
        let at = |text: &str| text.parse::<TimeOfDay>().unwrap();
        let middle_of = |times: &[&str], from, to| {
            let times: Vec<u32> = times.iter().map(|time| at(time).seconds()).collect();
            middle(&times, Window { from: at(from), to: at(to) }).map(|time| time.to_string())
        };
        assert_eq!(middle_of(&["08:10", "08:00", "09:00"], "07:00", "10:00").as_deref(), Some("08:10"));
        // Past midnight: 23:50, 00:05 and 00:20 in this order.
        assert_eq!(middle_of(&["00:05", "23:50", "00:20"], "23:30", "00:30").as_deref(), Some("00:05"));
        assert_eq!(middle_of(&[], "07:00", "10:00"), None);
        assert_eq!(middle_of(&["06:00"], "07:00", "10:00"), None);
    }
}
