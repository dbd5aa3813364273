//! The document as the second opinion understands it: ids to numbers, care lines to sets of days,
//! shifts to seconds. Written from the definitions, not from the engine.

use super::days::{self, Block, DaySet};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::{
    Base, Care, Client, Document, Meeting, Nurse, Pin, RecurringShift, Shift, TimeOfDay, Weekday,
};
use crate::model::{Calendar, TravelTimes};
use jiff::civil::Date;
use std::collections::HashMap;
use std::ops::Range;

/// A care line with its days.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub client: usize,
    pub care: &'a Care,
    /// Seconds of care.
    pub duration: i64,
    pub blocks: Vec<Block>,
}

impl Line<'_> {
    /// Every day on which the line may have a visit.
    pub fn possible(&self) -> DaySet {
        self.blocks.iter().fold(0, |all, block| all | block.possible())
    }

    /// Earliest and latest start on a day, in elapsed seconds.
    pub fn window(&self, calendar: &Calendar, day: u16) -> (i64, i64) {
        let window = &self.care.window;
        let day = i32::from(day);
        let last = if window.to < window.from { day + 1 } else { day };
        (calendar.seconds(day, window.from), calendar.seconds(last, window.to))
    }

    /// A time of day on the day of the visit, in elapsed seconds. If the window goes on past midnight, a time before
    /// its start belongs to the next day.
    pub fn moment(&self, calendar: &Calendar, day: u16, time: TimeOfDay) -> i64 {
        let window = &self.care.window;
        let past_midnight = window.to < window.from && time < window.from;
        calendar.seconds(i32::from(day) + i32::from(past_midnight), time)
    }
}

/// A shift in elapsed seconds.
#[derive(Debug)]
pub(super) struct Given {
    pub nurse: usize,
    pub date: Date,
    pub day: u16,
    pub start: i64,
    pub end: i64,
    pub latest_end: i64,
    /// Length of the break; 0 for none.
    pub break_seconds: i64,
    /// Numbers of the places where the tour starts and ends.
    pub bases: [usize; 2],
    /// Whether the nurse is away on the date of the shift.
    pub absent: bool,
}

impl Given {
    /// Earliest and latest start of the break, which has to lie in the middle half of the shift.
    pub fn break_window(&self) -> (i64, i64) {
        let quarter = (self.end - self.start) / 4;
        (self.start + quarter, self.end - quarter - self.break_seconds)
    }
}

/// The document with everything looked up.
#[derive(Debug)]
pub(super) struct Expanded<'a> {
    pub document: &'a Document,
    pub times: &'a TravelTimes,
    pub calendar: Calendar,
    pub lines: Vec<Line<'a>>,
    pub shifts: Vec<Given>,
    nurses: HashMap<&'a str, usize>,
    clients: HashMap<&'a str, usize>,
    meetings: HashMap<&'a str, usize>,
    /// `stays_before[client]`: number of other addresses of all clients before this one.
    stays_before: Vec<usize>,
    /// `shifts_of[nurse]`: the numbers of her shifts.
    shifts_of: Vec<Range<usize>>,
    line_of: HashMap<(usize, &'a str), usize>,
    shift_of: HashMap<(usize, i64), usize>,
    pins: HashMap<(usize, u16), Vec<&'a Pin>>,
}

impl<'a> Expanded<'a> {
    /// # Errors
    /// Kind `Document` for a document that cannot be expanded, `Travel` for times of another one.
    pub fn new(document: &'a Document, times: &'a TravelTimes) -> Result<Self> {
        if document.kring != Document::VERSION {
            return Err(wrong("kring", format!("version {}", document.kring), "give version 1"));
        }
        let calendar = Calendar::new(&document.horizon)?;
        check_times(document, times)?;
        let nurses = numbered(document.nurses.iter().map(|nurse| nurse.id.as_str()), "nurses")?;
        let clients = numbered(document.clients.iter().map(|client| client.id.as_str()), "clients")?;
        let meetings = numbered(document.meetings.iter().map(|meeting| meeting.id.as_str()), "meetings")?;
        let stays_before = document.clients.iter().scan(0, |sum, client| {
            let before = *sum;
            *sum += client.elsewhere.len();
            Some(before)
        });
        let mut expanded = Self {
            document,
            times,
            calendar,
            lines: Vec::new(),
            shifts: Vec::new(),
            nurses,
            clients,
            meetings,
            stays_before: stays_before.collect(),
            shifts_of: Vec::new(),
            line_of: HashMap::new(),
            shift_of: HashMap::new(),
            pins: HashMap::new(),
        };
        for (number, client) in document.clients.iter().enumerate() {
            expanded.add_lines(number, client)?;
        }
        for (number, nurse) in document.nurses.iter().enumerate() {
            expanded.add_shifts(number, nurse)?;
        }
        for (number, absence) in document.agreements.absences.iter().enumerate() {
            let Some(nurse) = expanded.nurse(&absence.nurse) else {
                let path = format!("agreements.absences[{number}].nurse");
                return Err(wrong(path, format!("{:?} is not a nurse", absence.nurse), "name a nurse"));
            };
            let own = expanded.shifts_of[nurse].clone();
            for shift in &mut expanded.shifts[own] {
                shift.absent |= absence.from <= shift.date && shift.date <= absence.until;
            }
        }
        for (number, pin) in document.agreements.pins.iter().enumerate() {
            expanded.add_pin(pin, &format!("agreements.pins[{number}]"))?;
        }
        Ok(expanded)
    }

    fn add_lines(&mut self, number: usize, client: &'a Client) -> Result<()> {
        for (i, care) in client.care.iter().enumerate() {
            let path = format!("clients[{number}].care[{i}]");
            if !(care.minutes > 0.0 && care.minutes <= 1440.0) {
                return Err(wrong(
                    path + ".minutes",
                    care.minutes.to_string(),
                    "give minutes above 0, at most 1440",
                ));
            }
            let blocks = days::blocks(care, &client.away, &self.calendar)
                .map_err(|(problem, mend)| wrong(format!("{path}.days"), problem, mend))?;
            if self.line_of.insert((number, &care.id), self.lines.len()).is_some() {
                return Err(wrong(path + ".id", format!("{:?} occurs twice", care.id), "give another id"));
            }
            let duration = (care.minutes * 60.0).round() as i64;
            self.lines.push(Line { client: number, care, duration, blocks });
        }
        Ok(())
    }

    fn add_shifts(&mut self, number: usize, nurse: &Nurse) -> Result<()> {
        let dated = nurse.shifts.iter().cloned().enumerate();
        let mut shifts: Vec<(String, Shift)> = dated.map(|(i, s)| (format!("shifts[{i}]"), s)).collect();
        for (i, recurring) in nurse.recurring.iter().enumerate() {
            let on = self.dates().filter(|&date| recurs(nurse, recurring, date));
            shifts.extend(on.map(|date| {
                let RecurringShift { start, end, latest_end, break_minutes, .. } = *recurring;
                let RecurringShift { leaves_from, returns_to, .. } = *recurring;
                let shift = Shift { date, start, end, latest_end, break_minutes, leaves_from, returns_to };
                (format!("recurring[{i}]"), shift)
            }));
        }
        let first = self.shifts.len();
        for (place, shift) in shifts {
            let path = format!("nurses[{number}].{place}");
            let given =
                self.given(number, &shift).map_err(|(problem, mend)| wrong(path.clone(), problem, mend))?;
            if self.shift_of.insert((number, given.start), self.shifts.len()).is_some() {
                return Err(wrong(path, "a second shift with this start".to_owned(), "leave one out"));
            }
            self.shifts.push(given);
        }
        self.shifts_of.push(first..self.shifts.len());
        Ok(())
    }

    /// Every date of the horizon.
    fn dates(&self) -> impl Iterator<Item = Date> + '_ {
        (0..self.calendar.days()).map(|day| self.calendar.date(i32::from(day)))
    }

    fn given(&self, nurse: usize, shift: &Shift) -> std::result::Result<Given, (String, &'static str)> {
        let Some(day) = self.calendar.day(shift.date) else {
            return Err((format!("{} is outside the horizon", shift.date), "leave the shift out"));
        };
        // A time at or before the start of the shift belongs to the next day.
        let later =
            |time: TimeOfDay| self.calendar.seconds(i32::from(day) + i32::from(time <= shift.start), time);
        let start = self.calendar.seconds(i32::from(day), shift.start);
        let end = later(shift.end);
        let latest_end = shift.latest_end.map_or(end, later);
        if latest_end < end {
            return Err(("latest_end is before end".to_owned(), "give a later one, or none"));
        }
        let break_seconds = match shift.break_minutes {
            Some(minutes) => i64::from(minutes) * 60,
            None => self.document.working_time.law.break_seconds(end - start),
        };
        let owner = &self.document.nurses[nurse];
        let base = |own: Option<Base>, usual: Base| match own.unwrap_or(usual) {
            Base::Home => nurse,
            Base::Office => self.office(),
        };
        let bases = [base(shift.leaves_from, owner.leaves_from), base(shift.returns_to, owner.returns_to)];
        let date = shift.date;
        Ok(Given { nurse, date, day, start, end, latest_end, break_seconds, bases, absent: false })
    }

    fn add_pin(&mut self, pin: &'a Pin, path: &str) -> Result<()> {
        let line = self.client(&pin.client).and_then(|client| self.line(client, &pin.care));
        let Some(line) = line else {
            let problem = format!("{:?} has no care {:?}", pin.client, pin.care);
            return Err(wrong(path, problem, "name a client and one of its care lines"));
        };
        if pin.nurse.as_ref().is_some_and(|nurse| self.nurse(nurse).is_none()) {
            return Err(wrong(format!("{path}.nurse"), "not a nurse".to_owned(), "name a nurse"));
        }
        let day =
            self.calendar.day(pin.date).filter(|&day| self.lines[line].possible() & days::single(day) != 0);
        let Some(day) = day else {
            let problem = format!("no visit is possible on {} (or another pin forbids it)", pin.date);
            return Err(wrong(format!("{path}.date"), problem, "pin a visit of the care plan"));
        };
        let (from, to) = self.lines[line].window(&self.calendar, day);
        if let Some(time) = pin.start {
            let start = self.lines[line].moment(&self.calendar, day, time);
            if !(from..=to).contains(&start) {
                return Err(wrong(
                    format!("{path}.start"),
                    format!("{time} is outside the window"),
                    "pin within it",
                ));
            }
        }
        for block in &mut self.lines[line].blocks {
            if block.possible() & days::single(day) != 0 {
                block.choices.retain(|choice| choice & days::single(day) != 0);
            }
        }
        self.pins.entry((line, day)).or_default().push(pin);
        Ok(())
    }

    pub fn nurse(&self, id: &str) -> Option<usize> {
        self.nurses.get(id).copied()
    }

    pub fn client(&self, id: &str) -> Option<usize> {
        self.clients.get(id).copied()
    }

    pub fn meeting(&self, id: &str) -> Option<usize> {
        self.meetings.get(id).copied()
    }

    /// The shifts that a nurse works.
    pub fn worked_shifts(&self, nurse: usize) -> impl Iterator<Item = &Given> {
        self.worked(nurse).map(|shift| &self.shifts[shift])
    }

    /// The numbers of the shifts that a nurse works.
    pub fn worked(&self, nurse: usize) -> impl Iterator<Item = usize> {
        self.shifts_of[nurse].clone().filter(|&shift| !self.shifts[shift].absent)
    }

    pub fn line(&self, client: usize, care: &str) -> Option<usize> {
        self.line_of.get(&(client, care)).copied()
    }

    /// The shift of a nurse that starts at a moment, whether she is away or not.
    pub fn shift(&self, nurse: usize, start: i64) -> Option<usize> {
        self.shift_of.get(&(nurse, start)).copied()
    }

    pub fn pins(&self, line: usize, day: u16) -> &[&'a Pin] {
        self.pins.get(&(line, day)).map_or(&[], Vec::as_slice)
    }

    /// Travel seconds of a nurse between two places; `None` if one of them is unknown.
    pub fn leg(&self, nurse: usize, from: Option<usize>, to: Option<usize>) -> Option<i64> {
        let mode = self.document.nurses.get(nurse)?.mode;
        self.times.seconds(mode, from?, to?).map(i64::from)
    }

    /// The place number of the office, which follows all addresses of clients.
    pub fn office(&self) -> usize {
        self.document.nurses.len() + addresses(self.document)
    }

    /// The place number of a client on a date: that of another address in force on it, otherwise of the location. Other
    /// addresses are numbered after all locations, client by client.
    pub fn place(&self, client: usize, date: Date) -> usize {
        let all = &self.document.clients;
        let mut stays = all[client].elsewhere.iter().enumerate();
        match stays.find(|(_, stay)| stay.from <= date && date <= stay.until) {
            Some((stay, _)) => self.document.nurses.len() + all.len() + self.stays_before[client] + stay,
            None => self.document.nurses.len() + client,
        }
    }
}

/// Seconds that a meeting takes.
pub(super) fn seconds(meeting: &Meeting) -> i64 {
    (meeting.minutes * 60.0).round() as i64
}

#[cold]
pub(super) fn wrong(path: impl Into<String>, problem: String, mend: &str) -> Error {
    Error::new(ErrorKind::Document, Mistake::new(path, problem, mend))
}

/// Whether a recurring shift of a nurse takes place on a date. The date must be on one of its weekdays, within its
/// dates, not before the nurse's first day, in a week whose turn it is, and no exception.
fn recurs(nurse: &Nurse, shift: &RecurringShift, date: Date) -> bool {
    let begins = shift.from.into_iter().chain(nurse.first_day).all(|first| date >= first);
    let ended = shift.until.is_some_and(|last| date > last);
    let named = shift.weekdays.iter().any(|&day| day == Weekday::of(date));
    let excepted = shift.except.contains(&date);
    named && begins && !ended && !excepted && days::in_turn(date, shift.from, shift.every_weeks)
}

/// Number of locations and other addresses of all clients.
fn addresses(document: &Document) -> usize {
    document.clients.iter().map(|client| 1 + client.elsewhere.len()).sum()
}

fn check_times(document: &Document, times: &TravelTimes) -> Result<()> {
    let places = document.nurses.len() + addresses(document) + usize::from(document.office.is_some());
    let places = places + document.meetings.iter().filter(|meeting| meeting.location.is_some()).count();
    let missing = document.nurses.iter().find(|nurse| times.matrix(nurse.mode).is_none());
    let problem = if times.places() != places {
        format!("travel times of {} places for a document of {places}", times.places())
    } else if let Some(nurse) = missing {
        format!("no travel times for mode {}", nurse.mode.name())
    } else {
        return Ok(());
    };
    Err(Error::new(ErrorKind::Travel, Mistake::new("travel", problem, "compute them from this document")))
}

fn numbered<'a>(ids: impl Iterator<Item = &'a str>, list: &str) -> Result<HashMap<&'a str, usize>> {
    let mut numbers = HashMap::new();
    for (number, id) in ids.enumerate() {
        if numbers.insert(id, number).is_some() {
            return Err(wrong(
                format!("{list}[{number}].id"),
                format!("{id:?} occurs twice"),
                "give another id",
            ));
        }
    }
    Ok(numbers)
}
