//! The plan with its ids looked up in the document and its moments in elapsed seconds. An id that the document does not
//! have is a violation; in later checks it is `None`.

use super::expand::{Expanded, seconds};
use super::violation::{Findings, Rule};
use crate::model::plan::{Plan, PlannedMeeting, PlannedVisit, Stop, Tour};
use crate::model::{Calendar, Moment};
use jiff::civil::Date;

/// A tour as read.
#[derive(Debug)]
pub(super) struct ReadTour<'a> {
    pub printed: &'a Tour,
    pub nurse: Option<usize>,
    /// Number of the shift, even if the nurse is away.
    pub shift: Option<usize>,
    pub leave: i64,
    pub back: i64,
    pub stops: Vec<ReadStop<'a>>,
}

/// A stop as read.
#[derive(Debug)]
pub(super) enum ReadStop<'a> {
    Visit(ReadVisit<'a>),
    Break { start: i64, end: i64 },
    Meeting(ReadMeeting<'a>),
}

/// A visit as read.
#[derive(Debug)]
pub(super) struct ReadVisit<'a> {
    pub printed: &'a PlannedVisit,
    pub client: Option<usize>,
    pub line: Option<usize>,
    /// Day number, where the date is within the horizon.
    pub day: Option<u16>,
    pub start: i64,
    /// The printed end, as it stands.
    pub printed_end: i64,
    /// Start plus duration; the printed end where the care line is unknown.
    pub end: i64,
}

/// A meeting as read.
#[derive(Debug)]
pub(super) struct ReadMeeting<'a> {
    pub printed: &'a PlannedMeeting,
    pub meeting: Option<usize>,
    /// Day number, where the date is within the horizon.
    pub day: Option<u16>,
    pub start: i64,
    /// The printed end, as it stands.
    pub printed_end: i64,
    /// Start plus length; the printed end where the meeting is unknown.
    pub end: i64,
}

impl<'a> ReadTour<'a> {
    /// Meetings with their position among the stops.
    pub fn meetings(&self) -> impl Iterator<Item = (usize, &ReadMeeting<'a>)> {
        self.stops.iter().enumerate().filter_map(|(position, stop)| match stop {
            ReadStop::Meeting(meeting) => Some((position, meeting)),
            ReadStop::Visit(_) | ReadStop::Break { .. } => None,
        })
    }

    /// Visits with their position among the stops.
    pub fn visits(&self) -> impl Iterator<Item = (usize, &ReadVisit<'a>)> {
        self.stops.iter().enumerate().filter_map(|(position, stop)| match stop {
            ReadStop::Visit(visit) => Some((position, visit)),
            ReadStop::Break { .. } | ReadStop::Meeting(_) => None,
        })
    }

    pub fn is_empty(&self) -> bool {
        self.visits().next().is_none() && self.meetings().next().is_none()
    }
}

/// Where a stop stands in the plan.
pub(super) fn stop_place(tour: usize, position: usize) -> String {
    format!("tours[{tour}].stops[{position}]")
}

/// Reads every tour of the plan.
pub(super) fn read<'a>(expanded: &Expanded<'_>, plan: &'a Plan, found: &mut Findings) -> Vec<ReadTour<'a>> {
    let tours = plan.tours.iter().enumerate();
    tours.map(|(number, tour)| read_tour(expanded, tour, number, found)).collect()
}

fn read_tour<'a>(
    expanded: &Expanded<'_>,
    tour: &'a Tour,
    number: usize,
    found: &mut Findings,
) -> ReadTour<'a> {
    let calendar = &expanded.calendar;
    let path = format!("tours[{number}]");
    let mut time = |moment: Moment, field: &str| elapsed(calendar, moment, &format!("{path}.{field}"), found);
    let (start, leave, back) =
        (time(tour.shift, "shift"), time(tour.leave, "leave"), time(tour.back, "back"));
    let nurse = expanded.nurse(&tour.nurse);
    let shift = nurse.and_then(|nurse| expanded.shift(nurse, start));
    if nurse.is_none() {
        let message = format!("{:?} is not a nurse of the document", tour.nurse);
        found.add(Rule::UnknownNurse, format!("{path}.nurse"), 1, message);
    } else if shift.is_none() {
        let message = format!("nurse {} has no shift that starts at {}", tour.nurse, tour.shift);
        found.add(Rule::UnknownShift, format!("{path}.shift"), 1, message);
    }
    let mut stops = Vec::with_capacity(tour.stops.len());
    for (position, stop) in tour.stops.iter().enumerate() {
        let place = stop_place(number, position);
        stops.push(match stop {
            Stop::Visit(visit) => ReadStop::Visit(read_visit(expanded, visit, &place, found)),
            Stop::Meeting(meeting) => ReadStop::Meeting(read_meeting(expanded, meeting, &place, found)),
            Stop::Break(printed) => ReadStop::Break {
                start: elapsed(calendar, printed.start, &format!("{place}.start"), found),
                end: elapsed(calendar, printed.end, &format!("{place}.end"), found),
            },
        });
    }
    let read = ReadTour { printed: tour, nurse, shift, leave, back, stops };
    if read.is_empty() {
        let message = format!("a tour of nurse {} at {} without a visit", tour.nurse, tour.shift);
        found.add(Rule::Form, format!("{path}.stops"), 1, message);
    }
    read
}

fn read_visit<'a>(
    expanded: &Expanded<'_>,
    visit: &'a PlannedVisit,
    place: &str,
    found: &mut Findings,
) -> ReadVisit<'a> {
    let (client, line, day) = look_up(expanded, &visit.client, &visit.care, visit.date, place, found);
    let start = elapsed(&expanded.calendar, visit.start, &format!("{place}.start"), found);
    let printed_end = elapsed(&expanded.calendar, visit.end, &format!("{place}.end"), found);
    let end = line.map_or(printed_end, |line| start + expanded.lines[line].duration);
    ReadVisit { printed: visit, client, line, day, start, printed_end, end }
}

fn read_meeting<'a>(
    expanded: &Expanded<'_>,
    printed: &'a PlannedMeeting,
    place: &str,
    found: &mut Findings,
) -> ReadMeeting<'a> {
    let all = &expanded.document.meetings;
    let meeting = expanded.meeting(&printed.meeting);
    if meeting.is_none() {
        let message = format!("{:?} is not a meeting of the document", printed.meeting);
        found.add(Rule::UnknownMeeting, format!("{place}.meeting"), 1, message);
    }
    let start = elapsed(&expanded.calendar, printed.start, &format!("{place}.start"), found);
    let printed_end = elapsed(&expanded.calendar, printed.end, &format!("{place}.end"), found);
    let end = meeting.map_or(printed_end, |meeting| start + seconds(&all[meeting]));
    let day = expanded.calendar.day(printed.date);
    ReadMeeting { printed, meeting, day, start, printed_end, end }
}

/// Client, care line and day of a visit named in the plan.
pub(super) fn look_up(
    expanded: &Expanded<'_>,
    client: &str,
    care: &str,
    date: Date,
    place: &str,
    found: &mut Findings,
) -> (Option<usize>, Option<usize>, Option<u16>) {
    let number = expanded.client(client);
    let line = number.and_then(|number| expanded.line(number, care));
    if number.is_none() {
        let message = format!("{client:?} is not a client of the document");
        found.add(Rule::UnknownClient, format!("{place}.client"), 1, message);
    } else if line.is_none() {
        let message = format!("client {client} has no care {care:?}");
        found.add(Rule::UnknownCare, format!("{place}.care"), 1, message);
    }
    (number, line, expanded.calendar.day(date))
}

/// Elapsed seconds of a moment in the plan, which must be a whole second.
fn elapsed(calendar: &Calendar, moment: Moment, place: &str, found: &mut Findings) -> i64 {
    if moment.time().subsec_nanosecond() != 0 {
        found.add(Rule::Form, place, 1, format!("{moment} is not a whole second"));
    }
    calendar.elapsed(moment)
}
