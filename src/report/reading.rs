//! A plan joined to its document: ids become numbers, and moments become elapsed seconds. The indicators and the views
//! are computed from this.

use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::{Base, Document, Paid, Shift};
use crate::model::plan::{Break, MissedMeeting, PlannedVisit, StandIn, Stop, Tour};
use crate::model::roster::{Rostered, shifts_of};
use crate::model::weeks::weeks_in;
use crate::model::{Calendar, Plan};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// The largest travel of a tour in seconds, above which the plan is refused: the longest horizon plus a day.
const LONGEST_TOUR: i64 = (Calendar::LONGEST as i64 + 1) * 86_400;

/// Plan and document, joined.
pub(super) struct Reading<'a> {
    pub document: &'a Document,
    pub calendar: Calendar,
    /// Given shifts except those during absences, by nurse, then by start.
    pub shifts: Vec<GivenShift<'a>>,
    /// `visits[client]`: planned visits by start, then by nurse.
    pub visits: Vec<Vec<ReadVisit>>,
    /// `past[client]`: nurses of the history window by date, then in the order of the document.
    pub past: Vec<Vec<&'a str>>,
    /// Visits left out, in the order of the plan.
    pub unplanned: Vec<LeftOut<'a>>,
    /// `left_out[client]`: positions of the client's visits in `unplanned`.
    left_out: Vec<Vec<usize>>,
    /// Who stands in during leave, as the plan says.
    pub stand_ins: &'a [StandIn],
    /// Meetings that nurses miss.
    pub missed: &'a [MissedMeeting],
}

/// A shift that can be worked, and the tour in it.
pub(super) struct GivenShift<'a> {
    pub nurse: usize,
    /// Day number of the shift's date.
    pub day: u16,
    /// Elapsed seconds.
    pub start: i64,
    /// Elapsed seconds.
    pub end: i64,
    /// Length of the break that the shift carries; 0 for none.
    pub break_seconds: i64,
    /// Where the tour starts and ends.
    pub bases: [Base; 2],
    pub tour: Option<ReadTour<'a>>,
}

/// A tour in elapsed seconds.
pub(super) struct ReadTour<'a> {
    pub tour: &'a Tour,
    pub leave: i64,
    pub back: i64,
    pub care: i64,
    pub travel: i64,
    pub waiting: i64,
    /// The part of the break between leaving and being back.
    pub inner_break: i64,
    /// Meetings, training and role time.
    pub meetings: i64,
    /// Travel from home to the first stop and from the last stop home; travel from or to the office does not count.
    pub home_legs: i64,
}

/// Where a break is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BreakPlace {
    BeforeLeaving,
    OnTour,
    AfterReturn,
}

/// A planned visit, by number.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReadVisit {
    pub nurse: usize,
    pub care: usize,
    pub day: u16,
    /// Elapsed seconds.
    pub start: i64,
}

/// A visit left out, by number.
pub(super) struct LeftOut<'a> {
    pub client: usize,
    pub care: usize,
    pub day: u16,
    pub unplanned: &'a crate::model::plan::Unplanned,
}

impl<'a> Reading<'a> {
    /// # Errors
    /// `Document` for a horizon or a shift that cannot be read. `Plan` where a tour names an unknown
    /// nurse or shift, a shift of an absence, a shift twice, or a visit that the document does not
    /// know; or has travel below 0. Times are not checked against the rules.
    pub fn new(document: &'a Document, plan: &'a Plan) -> Result<Self> {
        let calendar = Calendar::new(&document.horizon)?;
        let shifts = given_shifts(document, &calendar)?;
        let mut reader = Reader {
            nurse_numbers: document.nurses.iter().enumerate().map(|(i, n)| (n.id.as_str(), i)).collect(),
            client_numbers: document.clients.iter().enumerate().map(|(i, c)| (c.id.as_str(), i)).collect(),
            mistakes: Vec::new(),
            reading: Self {
                document,
                past: past(document, &calendar),
                calendar,
                shifts,
                visits: vec![Vec::new(); document.clients.len()],
                unplanned: Vec::new(),
                left_out: vec![Vec::new(); document.clients.len()],
                stand_ins: &plan.stand_ins,
                missed: &plan.missed,
            },
        };
        for (i, tour) in plan.tours.iter().enumerate() {
            reader.tour(i, tour);
        }
        for (i, unplanned) in plan.unplanned.iter().enumerate() {
            let at = || format!("unplanned[{i}]");
            if let Some((client, care, day)) =
                reader.visit(at, &unplanned.client, &unplanned.care, unplanned.date)
            {
                reader.reading.left_out[client].push(reader.reading.unplanned.len());
                reader.reading.unplanned.push(LeftOut { client, care, day, unplanned });
            }
        }
        Error::from_mistakes(ErrorKind::Plan, reader.mistakes)?;
        let mut reading = reader.reading;
        for visits in &mut reading.visits {
            visits.sort_by_key(|visit| (visit.start, visit.nurse, visit.care));
        }
        Ok(reading)
    }

    /// The tours, by nurse and then by time, each with its shift.
    pub fn tours(&self) -> impl Iterator<Item = (&GivenShift<'a>, &ReadTour<'a>)> {
        self.shifts.iter().filter_map(|shift| shift.tour.as_ref().map(|tour| (shift, tour)))
    }

    /// Visits of a client that are left out, in the order of the plan.
    pub fn left_out_of(&self, client: usize) -> impl Iterator<Item = &LeftOut<'a>> {
        self.left_out[client].iter().map(|&at| &self.unplanned[at])
    }

    /// Whether a client met a nurse in the history window.
    pub fn is_known(&self, client: usize, nurse: usize) -> bool {
        self.past[client].contains(&self.document.nurses[nurse].id.as_str())
    }

    /// Number of blocks of seven days; the last may be short.
    pub fn weeks(&self) -> u16 {
        weeks_in(self.calendar.days())
    }

    /// The client's id with its label.
    pub fn client_name(&self, client: usize) -> String {
        let client = &self.document.clients[client];
        super::text::name(&client.id, client.label.as_deref())
    }

    /// The meeting's id with its label.
    pub fn meeting_name(&self, id: &str) -> String {
        let found = self.document.meetings.iter().find(|meeting| meeting.id == id);
        super::text::name(id, found.and_then(|meeting| meeting.label.as_deref()))
    }

    /// The nurse's id with her label.
    pub fn nurse_name(&self, nurse: usize) -> String {
        let nurse = &self.document.nurses[nurse];
        super::text::name(&nurse.id, nurse.label.as_deref())
    }
}

impl GivenShift<'_> {
    /// Seconds from the end of the shift to the return; 0 if the return is earlier.
    pub fn overtime(&self) -> i64 {
        self.tour.as_ref().map_or(0, |tour| (tour.back - self.end).max(0))
    }

    /// Seconds from start to end, plus overtime.
    pub fn length(&self) -> i64 {
        self.end - self.start + self.overtime()
    }

    /// Paid seconds: of the whole shift, used or not, or of the tour alone.
    pub fn paid(&self, document: &Document) -> i64 {
        let time = &document.working_time;
        let unpaid_break = |seconds: i64| if time.breaks_paid { 0 } else { seconds };
        match (time.paid, &self.tour) {
            (Paid::Shift, _) => self.length() - unpaid_break(self.break_seconds),
            (Paid::Span, None) => 0,
            (Paid::Span, Some(tour)) => {
                let unpaid_legs = if time.home_legs_unpaid { tour.home_legs } else { 0 };
                tour.back - tour.leave - unpaid_break(tour.inner_break) - unpaid_legs
            }
        }
    }
}

impl<'a> ReadTour<'a> {
    fn new(tour: &'a Tour, [start, end]: [Base; 2], calendar: &Calendar) -> Self {
        let (leave, back) = (calendar.elapsed(tour.leave), calendar.elapsed(tour.back));
        let length = |from, to| calendar.elapsed(to) - calendar.elapsed(from);
        let care: i64 = tour.visits().map(|visit| length(visit.start, visit.end)).sum();
        let inner_break: i64 = tour
            .stops
            .iter()
            .enumerate()
            .filter_map(|(i, stop)| match stop {
                Stop::Break(b) if break_place(tour, i, b, calendar) == BreakPlace::OnTour => {
                    Some(length(b.start, b.end))
                }
                _ => None,
            })
            .sum();
        let travel = tour.travel_seconds;
        let on_the_way: i64 = tour.legs().sum();
        let first_leg = tour.legs().next().unwrap_or(0);
        let of_home = |base: Base, leg: i64| if base == Base::Home { leg } else { 0 };
        let meeting = |stop: &Stop| match stop {
            Stop::Meeting(meeting) => length(meeting.start, meeting.end),
            _ => 0,
        };
        let meetings: i64 = tour.stops.iter().map(meeting).sum();
        Self {
            tour,
            leave,
            back,
            care,
            travel,
            waiting: back - leave - travel - care - inner_break - meetings,
            inner_break,
            meetings,
            home_legs: of_home(start, first_leg) + of_home(end, travel - on_the_way),
        }
    }
}

/// Where the break listed as stop `i` of a tour is taken. A break that is listed first and is over before leaving is
/// taken at home, and so is one that is listed last and begins after the return.
pub(super) fn break_place(tour: &Tour, i: usize, b: &Break, calendar: &Calendar) -> BreakPlace {
    if i == 0 && calendar.elapsed(b.end) <= calendar.elapsed(tour.leave) {
        BreakPlace::BeforeLeaving
    } else if i + 1 == tour.stops.len() && calendar.elapsed(b.start) >= calendar.elapsed(tour.back) {
        BreakPlace::AfterReturn
    } else {
        BreakPlace::OnTour
    }
}

/// Collects mistakes while the tours are joined.
struct Reader<'a> {
    nurse_numbers: FxHashMap<&'a str, usize>,
    client_numbers: FxHashMap<&'a str, usize>,
    mistakes: Vec<Mistake>,
    reading: Reading<'a>,
}

impl<'a> Reader<'a> {
    fn wrong(&mut self, path: String, problem: String, mend: &str) {
        self.mistakes.push(Mistake::new(path, problem, mend));
    }

    fn tour(&mut self, i: usize, tour: &'a Tour) {
        let Some(&nurse) = self.nurse_numbers.get(tour.nurse.as_str()) else {
            let problem = format!("{:?} is not a nurse of the document", tour.nurse);
            return self.wrong(format!("tours[{i}].nurse"), problem, "name a nurse of the team");
        };
        for (s, stop) in tour.stops.iter().enumerate() {
            match stop {
                Stop::Visit(visit) => self.planned(i, s, visit, nurse),
                Stop::Meeting(of) if self.reading.document.meetings.iter().all(|m| m.id != of.meeting) => {
                    let problem = format!("{:?} is not a meeting of the document", of.meeting);
                    self.wrong(format!("tours[{i}].stops[{s}].meeting"), problem, "name one");
                }
                Stop::Meeting(_) | Stop::Break(_) => {}
            }
        }
        let mut travel = tour.legs().chain([tour.travel_seconds]);
        if !travel.all(|seconds| (0..=LONGEST_TOUR).contains(&seconds)) {
            let path = format!("tours[{i}].travel_seconds");
            let problem = format!("travel below 0 or above {LONGEST_TOUR} seconds");
            return self.wrong(path, problem, "give the seconds on the road");
        }
        let start = self.reading.calendar.elapsed(tour.shift);
        let shifts = &mut self.reading.shifts;
        let Ok(at) = shifts.binary_search_by_key(&(nurse, start), |s| (s.nurse, s.start)) else {
            let problem = format!("{} has no shift that starts at {} and is worked", tour.nurse, tour.shift);
            return self.wrong(format!("tours[{i}].shift"), problem, "give the start of a given shift");
        };
        if shifts[at].tour.is_some() {
            let problem = format!("the shift of {} at {} has a tour already", tour.nurse, tour.shift);
            return self.wrong(format!("tours[{i}].shift"), problem, "give one tour a shift");
        }
        shifts[at].tour = Some(ReadTour::new(tour, shifts[at].bases, &self.reading.calendar));
    }

    fn planned(&mut self, tour: usize, stop: usize, visit: &PlannedVisit, nurse: usize) {
        let at = || format!("tours[{tour}].stops[{stop}].visit");
        if let Some((client, care, day)) = self.visit(at, &visit.client, &visit.care, visit.date) {
            let start = self.reading.calendar.elapsed(visit.start);
            self.reading.visits[client].push(ReadVisit { nurse, care, day, start });
        }
    }

    /// Client, care line and day of a visit, by number.
    fn visit(
        &mut self,
        at: impl Fn() -> String,
        client: &str,
        care: &str,
        date: Date,
    ) -> Option<(usize, usize, u16)> {
        let Some(&number) = self.client_numbers.get(client) else {
            let problem = format!("{client:?} is not a client of the document");
            self.wrong(format!("{}.client", at()), problem, "name a client of the document");
            return None;
        };
        let Some(line) = self.reading.document.clients[number].care.iter().position(|c| c.id == care) else {
            let problem = format!("{care:?} is not a care line of {client}");
            self.wrong(format!("{}.care", at()), problem, "name a care line of the client");
            return None;
        };
        let Some(day) = self.reading.calendar.day(date) else {
            let problem = format!("{date} is outside the horizon");
            self.wrong(format!("{}.date", at()), problem, "give a day of the horizon");
            return None;
        };
        Some((number, line, day))
    }
}

/// The shifts that can be worked: by nurse, then by start.
fn given_shifts<'a>(document: &'a Document, calendar: &Calendar) -> Result<Vec<GivenShift<'a>>> {
    let mut shifts = Vec::new();
    let mut mistakes = Vec::new();
    for (nurse, person) in document.nurses.iter().enumerate() {
        let is_away = |date| document.agreements.is_away(&person.id, date);
        for Rostered { shift, place } in shifts_of(person, calendar) {
            let Some(day) = calendar.day(shift.date) else {
                let path = format!("nurses[{nurse}].{place}.date");
                let problem = format!("{} is outside the horizon", shift.date);
                mistakes.push(Mistake::new(path, problem, "give a day of the horizon"));
                continue;
            };
            if !is_away(shift.date) {
                shifts.push(given_shift(document, calendar, nurse, day, &shift));
            }
        }
    }
    Error::from_mistakes(ErrorKind::Document, mistakes)?;
    shifts.sort_by_key(|shift| (shift.nurse, shift.start));
    Ok(shifts)
}

fn given_shift<'a>(
    document: &Document,
    calendar: &Calendar,
    nurse: usize,
    day: u16,
    shift: &Shift,
) -> GivenShift<'a> {
    let start = calendar.seconds(i32::from(day), shift.start);
    let end = calendar.end_seconds(i32::from(day), shift.start, shift.end);
    let by_law = || document.working_time.law.break_seconds(end - start);
    let break_seconds = shift.break_minutes.map_or_else(by_law, |minutes| i64::from(minutes) * 60);
    let bases = document.nurses[nurse].bases_of(shift);
    GivenShift { nurse, day, start, end, break_seconds, bases, tour: None }
}

/// Nurses of the history window, client by client. Clients who are no longer there are left out.
fn past<'a>(document: &'a Document, calendar: &Calendar) -> Vec<Vec<&'a str>> {
    let window = -7 * i64::from(document.history.weeks)..0;
    let mut by_client: FxHashMap<&str, Vec<(Date, &str)>> = FxHashMap::default();
    for visit in &document.history.visits {
        if window.contains(&calendar.days_from_first(visit.date)) {
            by_client.entry(&visit.client).or_default().push((visit.date, &visit.nurse));
        }
    }
    let of_client = |id: &str| {
        let mut visits = by_client.remove(id).unwrap_or_default();
        visits.sort_by_key(|&(date, _)| date);
        visits.into_iter().map(|(_, nurse)| nurse).collect()
    };
    document.clients.iter().map(|client| client.id.as_str()).map(of_client).collect()
}
