//! The times of every tour, recomputed leg by leg from the plan's own starts; and the tours of one
//! nurse against each other.

use super::breaks::{self, Taken};
use super::expand::{Expanded, Given};
use super::meetings;
use super::read::{ReadMeeting, ReadStop, ReadTour, ReadVisit, stop_place};
use super::violation::{Findings, Rule, apart};
use crate::model::Moment;
use crate::model::document::Window;
use std::collections::HashSet;

/// The times of a tour and how its time is spent, in seconds.
#[derive(Debug)]
pub(super) struct Worked {
    /// Number in the plan.
    pub tour: usize,
    pub nurse: usize,
    /// Number of the shift; `None` if the document has no such shift or the nurse is away.
    pub shift: Option<usize>,
    pub leave: i64,
    /// The return, as it follows from the last stop.
    pub back: i64,
    pub care: i64,
    pub travel: i64,
    /// The part of `travel` that starts or ends at home; travel from and to the office is no part of it.
    pub home_legs: i64,
    /// At least 0, whatever the plan says.
    pub waiting: i64,
    /// Breaks between leaving and being back.
    pub breaks: i64,
    /// Meetings, training and role time.
    pub meetings: i64,
}

/// Checks every tour that has a known nurse and a visit or a meeting.
pub(super) fn check(expanded: &Expanded<'_>, tours: &[ReadTour<'_>], found: &mut Findings) -> Vec<Worked> {
    let mut used = HashSet::new();
    let mut worked = Vec::new();
    for (number, tour) in tours.iter().enumerate() {
        let (Some(nurse), false) = (tour.nurse, tour.is_empty()) else { continue };
        let shift = tour.shift.and_then(|shift| expanded.shifts.get(shift));
        let mut work = walk(expanded, tour, number, nurse, found);
        if let Some(shift) = shift {
            check_shift(tour, number, shift, &work, found);
            breaks::check(tour, number, shift, work.back, found);
        }
        if tour.shift.is_some_and(|shift| !used.insert(shift)) {
            let message = format!(
                "nurse {} has another tour in the shift of {}",
                tour.printed.nurse, tour.printed.shift
            );
            found.add(Rule::ShiftTwice, format!("tours[{number}].shift"), 1, message);
        }
        work.shift = tour.shift.filter(|_| shift.is_some_and(|shift| !shift.absent));
        worked.push(work);
    }
    check_together(expanded, tours, &worked, found);
    worked
}

/// Follows a tour from its start to its end, each at home or at the office.
fn walk(
    expanded: &Expanded<'_>,
    tour: &ReadTour<'_>,
    number: usize,
    nurse: usize,
    found: &mut Findings,
) -> Worked {
    let shift = tour.shift.and_then(|shift| expanded.shifts.get(shift));
    let [start, end] = shift.map_or([nurse; 2], |shift| shift.bases);
    let (mut place, mut ready) = (Some(start), tour.leave);
    let (mut care, mut breaks, mut attended) = (0i64, 0i64, 0i64);
    let mut legs = Vec::with_capacity(tour.stops.len() + 1);
    for (position, stop) in tour.stops.iter().enumerate() {
        match stop {
            ReadStop::Visit(visit) => {
                let to = visit.client.map(|client| expanded.place(client, visit.printed.date));
                let leg = expanded.leg(nurse, place, to);
                let timed = timed_visit(expanded, visit, stop_place(number, position));
                check_times(expanded, &timed, leg.map(|leg| (ready, leg)), found);
                care = care.saturating_add(visit.end - visit.start);
                legs.push(leg);
                (place, ready) = (to, visit.end);
            }
            ReadStop::Meeting(at) => {
                let to = at.meeting.map(|meeting| meetings::place(expanded, meeting, nurse));
                let leg = expanded.leg(nurse, place, to);
                let timed = timed_meeting(expanded, at, stop_place(number, position));
                check_times(expanded, &timed, leg.map(|leg| (ready, leg)), found);
                attended = attended.saturating_add(at.end - at.start);
                legs.push(leg);
                (place, ready) = (to, at.end);
            }
            ReadStop::Break { start, end } if breaks::taken(tour, position, *start) == Taken::OnTheWay => {
                let length = breaks::length(tour, shift, *start, *end);
                breaks = breaks.saturating_add(length);
                ready = ready.max(start.saturating_add(length));
            }
            ReadStop::Break { .. } => {}
        }
    }
    let last = expanded.leg(nurse, place, Some(end));
    let back = last.map_or(tour.back, |last| ready.saturating_add(last));
    legs.push(last);
    let path = format!("tours[{number}]");
    if back != tour.back {
        let due = expanded.calendar.moment(back);
        let message = format!("nurse {} is back at {due}, not {}", tour.printed.nurse, tour.printed.back);
        found.add(Rule::Return, format!("{path}.back"), apart(back, tour.back), message);
    }
    let travel: i64 = legs.iter().flatten().sum();
    // Saturating: a hostile plan may name millions of breaks of thousands of years.
    let waiting = [travel, care, breaks, attended]
        .into_iter()
        .fold(back.saturating_sub(tour.leave), i64::saturating_sub);
    // If the tour has an unknown place, neither travel nor waiting is known.
    if legs.iter().all(Option::is_some) {
        let mut compare = |rule: Rule, field: &str, printed: i64, due: i64| {
            if printed != due {
                let message = format!("nurse {}: {printed} s printed, {due} s it is", tour.printed.nurse);
                found.add(rule, format!("{path}.{field}"), apart(printed, due), message);
            }
        };
        compare(Rule::TravelSeconds, "travel_seconds", tour.printed.travel_seconds, travel);
        compare(Rule::WaitingSeconds, "waiting_seconds", tour.printed.waiting_seconds, waiting);
    }
    let of_home = |base: usize, leg: Option<&Option<i64>>| leg.copied().flatten().filter(|_| base == nurse);
    let home_legs = [of_home(start, legs.first()), of_home(end, legs.last())].into_iter().flatten().sum();
    let (leave, waiting) = (tour.leave, waiting.max(0));
    Worked {
        tour: number,
        nurse,
        shift: None,
        leave,
        back,
        care,
        travel,
        home_legs,
        waiting,
        breaks,
        meetings: attended,
    }
}

/// What a visit and a meeting have in common.
struct Timed {
    /// Its name in messages.
    name: String,
    /// Where it stands in the plan.
    place: String,
    printed_start: Moment,
    printed_travel: i64,
    printed_end: Moment,
    /// Start, printed end and the end that follows from the length, in elapsed seconds.
    start: i64,
    read_end: i64,
    end: i64,
    /// Earliest and latest start in elapsed seconds, and the window as the document has it; `None` for an unknown
    /// visit, meeting or day.
    window: Option<((i64, i64), Window)>,
}

/// Checks the times of one visit or meeting. `from` is the time at which the nurse was ready to leave the place before,
/// and the travel seconds from there; `None` if one of the places is unknown.
fn check_times(expanded: &Expanded<'_>, timed: &Timed, from: Option<(i64, i64)>, found: &mut Findings) {
    let Timed { name, place, .. } = timed;
    if let Some((ready, leg)) = from {
        let printed = timed.printed_travel;
        if printed != leg {
            let message = format!("{name}: {printed} s of travel printed, {leg} s it is");
            found.add(Rule::TravelSeconds, format!("{place}.travel_seconds"), apart(printed, leg), message);
        }
        let arrival = ready.saturating_add(leg);
        let early = arrival.saturating_sub(timed.start);
        if early > 0 {
            let (arrival, start) = (expanded.calendar.moment(arrival), timed.printed_start);
            let message = format!("{name}: starts at {start}, {early} s before arrival at {arrival}");
            found.add(Rule::Arrival, place, early, message);
        }
    }
    if timed.read_end != timed.end {
        let wrong = apart(timed.read_end, timed.end);
        let message = format!("{name}: ends at {}, {wrong} s from start and length", timed.printed_end);
        found.add(Rule::Duration, format!("{place}.end"), wrong, message);
    }
    let Some(((from, to), window)) = timed.window else { return };
    let outside = (from - timed.start).max(timed.start - to);
    if outside > 0 {
        let start = timed.printed_start;
        let message =
            format!("{name}: starts at {start}, {outside} s outside {} to {}", window.from, window.to);
        found.add(Rule::Window, format!("{place}.start"), outside, message);
    }
}

fn timed_visit(expanded: &Expanded<'_>, visit: &ReadVisit<'_>, place: String) -> Timed {
    let window = visit.line.zip(visit.day).map(|(line, day)| {
        let line = &expanded.lines[line];
        (line.window(&expanded.calendar, day), line.care.window)
    });
    Timed {
        name: format!("client {}, care {}", visit.printed.client, visit.printed.care),
        place,
        printed_start: visit.printed.start,
        printed_travel: visit.printed.travel_seconds,
        printed_end: visit.printed.end,
        start: visit.start,
        read_end: visit.printed_end,
        end: visit.end,
        window,
    }
}

fn timed_meeting(expanded: &Expanded<'_>, at: &ReadMeeting<'_>, place: String) -> Timed {
    let window = at.meeting.zip(at.day).map(|(meeting, day)| {
        let meeting = &expanded.document.meetings[meeting];
        (meetings::starts(expanded, meeting, day), meetings::window(meeting))
    });
    Timed {
        name: format!("meeting {}", at.printed.meeting),
        place,
        printed_start: at.printed.start,
        printed_travel: at.printed.travel_seconds,
        printed_end: at.printed.end,
        start: at.start,
        read_end: at.printed_end,
        end: at.end,
        window,
    }
}

/// Checks a tour against its shift.
fn check_shift(tour: &ReadTour<'_>, number: usize, shift: &Given, work: &Worked, found: &mut Findings) {
    let nurse = &tour.printed.nurse;
    let path = format!("tours[{number}]");
    if shift.absent {
        let message = format!("nurse {nurse} is away on {}", shift.date);
        found.add(Rule::Absence, format!("{path}.shift"), 1, message);
    }
    let early = shift.start - work.leave;
    if early > 0 {
        let message = format!("nurse {nurse} leaves at {}, {early} s before the shift", tour.printed.leave);
        found.add(Rule::ShiftStart, format!("{path}.leave"), early, message);
    }
    let late = work.back.saturating_sub(shift.latest_end);
    if late > 0 {
        let message = format!(
            "nurse {nurse} is back {late} s after the latest end of the shift of {}",
            tour.printed.shift
        );
        found.add(Rule::LatestEnd, format!("{path}.back"), late, message);
    }
}

/// The tours of each nurse: one after the other, with the law's rest between the dates of shifts.
fn check_together(expanded: &Expanded<'_>, tours: &[ReadTour<'_>], worked: &[Worked], found: &mut Findings) {
    let date = |work: &Worked| tours[work.tour].shift.map(|shift| expanded.shifts[shift].date);
    let mut order: Vec<&Worked> = worked.iter().collect();
    order.sort_by_key(|work| (work.nurse, work.leave, work.tour));
    for nurse in order.chunk_by(|a, b| a.nurse == b.nurse) {
        // The latest return of all earlier tours counts, not only the return of the previous tour.
        let mut latest = i64::MIN;
        for work in nurse {
            let overlap = latest.saturating_sub(work.leave);
            if overlap > 0 {
                let (id, at) = (&tours[work.tour].printed.nurse, tours[work.tour].printed.leave);
                let message = format!("nurse {id} leaves at {at}, {overlap} s before being back");
                found.add(Rule::Overlap, format!("tours[{}]", work.tour), overlap, message);
            }
            latest = latest.max(work.back);
        }
    }
    let rest = expanded.document.working_time.law.rest_seconds();
    order.retain(|work| date(work).is_some());
    order.sort_by_key(|work| (work.nurse, date(work), work.leave, work.tour));
    let dates: Vec<&[&Worked]> = order.chunk_by(|a, b| (a.nurse, date(a)) == (b.nurse, date(b))).collect();
    for (before, after) in dates.iter().zip(dates.iter().skip(1)) {
        let (Some(end), Some(first)) = (before.iter().map(|work| work.back).max(), after.first()) else {
            continue;
        };
        let same = before.first().is_some_and(|work| work.nurse == first.nurse);
        let short = end.saturating_add(rest).saturating_sub(first.leave);
        if same && rest > 0 && short > 0 {
            let tour = &tours[first.tour].printed;
            let message =
                format!("nurse {} leaves at {}, {short} s short of {rest} s of rest", tour.nurse, tour.leave);
            found.add(Rule::Rest, format!("tours[{}].leave", first.tour), short, message);
        }
    }
}
