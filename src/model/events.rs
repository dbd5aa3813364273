//! What happens to a published plan: a nurse is ill, a client comes home, a visit is cancelled.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let outcome = kring::solve(&problem, &kring::Options::default().with_iterations(200))?;
//! use kring::model::{Event, Events};
//!
//! let cancelled = Event::VisitCancelled {
//!     client: "client-1".to_owned(), care: "wash".to_owned(), date: "2026-03-03".parse()?,
//! };
//! let events = Events::new(None, vec![cancelled]);
//! let (document, _) = events.apply(problem.document(), &outcome.plan)?;
//! assert_eq!(kring::prepare(&document, ".".as_ref())?.visit_count(), 29);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::calendar::{Calendar, Moment};
use super::document::{
    Absence, Agreements, Away, Care, Client, DateText, Days, Document, Lock, Nurse, Pin, Shift, TimeOfDay,
    Travel,
};
use super::plan::{Plan, Stop};
use super::recurrence::day_patterns;
use super::roster::shifts_of;
use crate::error::{Error, ErrorKind, Mistake, Result};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Events in the order in which they became known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Events {
    /// Version of the form: 1.
    pub kring_events: u32,
    /// The moment from which on the plan may be changed: `2026-03-02T06:30:00+01:00`. Default: the first day, at midnight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Moment>,
    /// What happened, at most 1,000 events.
    pub events: Vec<Event>,
}

/// One event. Dates are those of the horizon, and times of day those of the wall clock of the team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Event {
    /// A nurse is away. On one day she may be away for some hours: her shift then begins or ends with them, or is divided.
    NurseAbsent {
        /// Nurse id.
        nurse: String,
        /// First day.
        #[schemars(with = "DateText")]
        date: Date,
        /// Last day, included; default: the first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<DateText>")]
        until: Option<Date>,
        /// From this time on, on each of the days; default: from the start of the shift.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from_time: Option<TimeOfDay>,
        /// Until this time; default: to the end of the shift.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to_time: Option<TimeOfDay>,
    },
    /// The shifts of a nurse on a day begin later.
    NurseLate {
        /// Nurse id.
        nurse: String,
        /// The day.
        #[schemars(with = "DateText")]
        date: Date,
        /// The time of day from which on she can leave home.
        start: TimeOfDay,
    },
    /// A nurse who was absent is back: her absences end the day before.
    NurseBack {
        /// Nurse id.
        nurse: String,
        /// First day back.
        #[schemars(with = "DateText")]
        date: Date,
    },
    /// A client gets a care line more: one urgent visit (`days: {dates: [...]}`), or many.
    VisitAdded {
        /// Client id.
        client: String,
        /// The care line, as in the document.
        care: Care,
    },
    /// A client comes into care.
    ClientAdded(Box<Client>),
    /// A visit is cancelled. Where kring chooses the days of its care line, the other days stay as they were published.
    VisitCancelled {
        /// Client id.
        client: String,
        /// Care line id.
        care: String,
        /// The day.
        #[schemars(with = "DateText")]
        date: Date,
    },
    /// A visit takes longer or shorter on one day. It becomes a care line of its own, `care@date`.
    VisitLength {
        /// Client id.
        client: String,
        /// Care line id.
        care: String,
        /// The day.
        #[schemars(with = "DateText")]
        date: Date,
        /// Minutes with the client, above 0 and at most 1,440; rounded to whole seconds.
        minutes: f64,
    },
    /// A client is away.
    ClientAway {
        /// Client id.
        client: String,
        /// First day away.
        #[schemars(with = "DateText")]
        from: Date,
        /// Last day away, included.
        #[schemars(with = "DateText")]
        until: Date,
    },
    /// The streets between two nodes of the street graph in the document are closed to everyone. Roads are the same on all days, so
    /// this is for a plan of which no visit has begun.
    StreetClosed {
        /// One end: the number of a node of the document, from 0.
        from: u32,
        /// The other end: the number of a node of the document, from 0.
        to: u32,
    },
}

impl Event {
    /// Whether it is about a nurse on a day.
    pub fn is_of_nurse(&self, nurse: &str, on: Date) -> bool {
        match self {
            Event::NurseAbsent { nurse: id, date, until, .. } => {
                id == nurse && (*date..=until.unwrap_or(*date)).contains(&on)
            }
            Event::NurseLate { nurse: id, date, .. } => id == nurse && *date == on,
            Event::NurseBack { nurse: id, date } => id == nurse && *date <= on,
            _ => false,
        }
    }

    /// Id of the client that it is about; `None` for events of nurses and streets.
    pub fn client(&self) -> Option<&str> {
        match self {
            Event::VisitAdded { client, .. }
            | Event::VisitCancelled { client, .. }
            | Event::VisitLength { client, .. }
            | Event::ClientAway { client, .. } => Some(client),
            Event::ClientAdded(client) => Some(&client.id),
            _ => None,
        }
    }

    /// Whether it concerns a day.
    pub fn is_on(&self, on: Date) -> bool {
        match self {
            Event::NurseAbsent { nurse, .. }
            | Event::NurseLate { nurse, .. }
            | Event::NurseBack { nurse, .. } => self.is_of_nurse(nurse, on),
            Event::VisitCancelled { date, .. } | Event::VisitLength { date, .. } => *date == on,
            Event::ClientAway { from, until, .. } => (*from..=*until).contains(&on),
            Event::VisitAdded { .. } | Event::ClientAdded(_) | Event::StreetClosed { .. } => true,
        }
    }
}

impl Events {
    /// The version of the form that this crate reads and writes.
    pub const VERSION: u32 = 1;

    /// Events of the present version, and the moment from which on the plan may be changed; none: the first day, at midnight.
    pub fn new(now: Option<Moment>, events: Vec<Event>) -> Self {
        Self { kring_events: Self::VERSION, now, events }
    }

    /// Most events.
    pub const MOST: usize = 1_000;

    /// The document as the events make it, and the published plan in its words.
    ///
    /// # Errors
    /// Kind `Events`: an event that names what does not exist, with its path, or a *now* after the horizon and its last shift.
    /// (What contradicts the document otherwise is found when it is validated.) Kind `Plan` for a plan of [another document](Document::accept).
    ///
    /// # Complexity
    /// Linear in document and plan for each event.
    pub fn apply(&self, document: &Document, published: &Plan) -> Result<(Document, Plan)> {
        document.accept(published)?;
        let calendar = Calendar::new(&document.horizon)?;
        let mut made = Made {
            document: document.clone(),
            plan: published.clone(),
            // The days and hours of the team, whatever the offset it is written with.
            now: self.now.map(|now| calendar.moment(calendar.elapsed(now))),
            calendar,
        };
        let mut mistakes = Vec::new();
        if self.kring_events != Self::VERSION {
            let problem = format!("version {} is unknown", self.kring_events);
            mistakes.push(Mistake::new("kring_events", problem, "write 1"));
        }
        if self.events.len() > Self::MOST {
            mistakes.push(Mistake::new(
                "events",
                format!("{} events", self.events.len()),
                "give 1,000 at most",
            ));
        }
        if let Some(now) = made.now.filter(|&now| made.is_over(now)) {
            mistakes.push(Mistake::new(
                "now",
                format!("{now} is after the horizon, which is {}", made.horizon()),
                "give a moment of these days, or begin the document at a later day: kring roll",
            ));
        }
        Error::from_mistakes(ErrorKind::Events, std::mem::take(&mut mistakes))?;
        for (number, event) in self.events.iter().enumerate() {
            if let Err((problem, mend)) = made.take(event) {
                mistakes.push(Mistake::new(format!("events[{number}]"), problem, mend));
            }
        }
        Error::from_mistakes(ErrorKind::Events, mistakes)?;
        made.plan.document = Some(made.document.made_for());
        Ok((made.document, made.plan))
    }
}

type Wrong = (String, &'static str);

/// Document and plan in the making.
struct Made {
    calendar: Calendar,
    document: Document,
    plan: Plan,
    now: Option<Moment>,
}

impl Made {
    fn take(&mut self, event: &Event) -> std::result::Result<(), Wrong> {
        match event {
            Event::NurseAbsent { nurse, date, until, from_time, to_time } => {
                let until = until.unwrap_or(*date);
                let number = self.nurse(nurse)?;
                self.day(*date)?;
                if until < *date {
                    return Err((format!("until {until} is before date {date}"), "give a later day"));
                }
                for day in 0..self.calendar.days() {
                    let on = self.calendar.date(i32::from(day));
                    if !(*date..=until).contains(&on) {
                        continue;
                    }
                    // What she has begun today stays hers.
                    let begun = self.now.filter(|now| now.date() == on).map(|now| TimeOfDay::of(now.time()));
                    let since = begun.filter(|&now| self.has_shift_before(number, on, now));
                    let (from, to) = (from_time.or(since), *to_time);
                    if from.is_none() && to.is_none() {
                        let absences = &mut self.document.agreements.absences;
                        absences.push(Absence { nurse: nurse.clone(), from: on, until: on });
                    } else {
                        self.change_shifts(number, on, |shift| without(shift, from, to));
                    }
                }
            }
            Event::NurseLate { nurse, date, start } => {
                let number = self.nurse(nurse)?;
                self.day(*date)?;
                self.change_shifts(number, *date, |shift| without(shift, None, Some(*start)));
            }
            Event::NurseBack { nurse, date } => {
                self.nurse(nurse)?;
                self.day(*date)?;
                let Agreements { absences, .. } = &mut self.document.agreements;
                let before =
                    date.yesterday().map_err(|why| (why.to_string(), "give a day of the horizon"))?;
                for absence in absences.iter_mut().filter(|a| a.nurse == *nurse && a.until >= *date) {
                    absence.until = before;
                }
                absences.retain(|absence| absence.from <= absence.until);
            }
            Event::VisitAdded { client, care } => {
                let care = self.since_now(care.clone());
                self.client(client)?.care.push(care);
            }
            Event::ClientAdded(client) => {
                let mut client = (**client).clone();
                client.care = client.care.into_iter().map(|care| self.since_now(care)).collect();
                self.document.clients.push(client);
            }
            Event::VisitCancelled { client, care, date } => {
                self.take_out(client, care, *date)?;
            }
            Event::VisitLength { client, care, date, minutes } => {
                let is_pin = |pin: &&Pin| (&pin.client, &pin.care, pin.date) == (client, care, *date);
                let mut pin = self.document.agreements.pins.iter().find(is_pin).cloned();
                let mut locks = self.locks_of(client, care, *date);
                let mut own = self.take_out(client, care, *date)?;
                own.id = format!("{care}@{date}");
                own.minutes = *minutes;
                own.days = Days::Dates(vec![*date]);
                let name = own.id.clone();
                if let Some(pin) = &mut pin {
                    pin.care.clone_from(&name);
                }
                self.document.agreements.pins.extend(pin);
                locks.iter_mut().for_each(|lock| lock.care = Some(name.clone()));
                self.document.agreements.locks.extend(locks);
                self.client(client)?.care.push(own);
                let stops = self.plan.tours.iter_mut().flat_map(|tour| &mut tour.stops);
                for stop in stops {
                    if let Stop::Visit(visit) = stop
                        && (&visit.client, &visit.care, visit.date) == (client, care, *date)
                    {
                        visit.care.clone_from(&name);
                    }
                }
            }
            Event::ClientAway { client, from, until } => {
                self.client(client)?.away.push(Away { from: *from, until: *until });
                let pins = &mut self.document.agreements.pins;
                pins.retain(|pin| pin.client != *client || !(*from..=*until).contains(&pin.date));
            }
            Event::StreetClosed { from, to } => self.close_street(*from, *to)?,
        }
        Ok(())
    }

    fn nurse(&self, id: &str) -> std::result::Result<usize, Wrong> {
        let found = self.document.nurses.iter().position(|nurse| nurse.id == id);
        found.ok_or_else(|| (format!("{id:?} is not a nurse of the document"), "name one"))
    }

    fn client(&mut self, id: &str) -> std::result::Result<&mut Client, Wrong> {
        let found = self.document.clients.iter_mut().find(|client| client.id == id);
        found.ok_or_else(|| (format!("{id:?} is not a client of the document"), "name one"))
    }

    fn day(&self, date: Date) -> std::result::Result<(), Wrong> {
        let outside = || {
            let problem = format!("{date} is outside the horizon, which is {}", self.horizon());
            (problem, "give a day of the horizon")
        };
        self.calendar.day(date).map(|_| ()).ok_or_else(outside)
    }

    /// `from 2026-03-02 to 2026-03-15`.
    fn horizon(&self) -> String {
        let last = self.calendar.date(i32::from(self.calendar.days()) - 1);
        format!("from {} to {last}", self.calendar.date(0))
    }

    /// A care line that begins when it becomes known: nobody is asked for visits of days that have passed.
    fn since_now(&self, mut care: Care) -> Care {
        let today = self.now.map(|now| now.date()).filter(|&today| today > self.calendar.date(0));
        // (Weeks are counted from the first day, and so are patterns.)
        let counts = care.every_weeks > 1 || matches!(care.days, Days::Patterns(_));
        let is_over = care.until.zip(today).is_some_and(|(until, today)| until < today);
        if !counts && !is_over {
            care.from = care.from.max(today);
        }
        care
    }

    /// Whether the horizon has ended by a moment, and every shift that goes on past midnight of its last day.
    fn is_over(&self, now: Moment) -> bool {
        let (calendar, now) = (&self.calendar, self.calendar.elapsed(now));
        let ends = |Shift { date, start, end, latest_end, .. }: Shift| {
            calendar.end_seconds(calendar.days_from_first(date) as i32, start, latest_end.unwrap_or(end))
        };
        let goes_on = |nurse: &Nurse| {
            let mut shifts = shifts_of(nurse, calendar).into_iter().map(|rostered| rostered.shift);
            shifts.any(|shift| calendar.day(shift.date).is_some() && ends(shift) > now)
        };
        now >= calendar.seconds(i32::from(calendar.days()), TimeOfDay::MIDNIGHT)
            && !self.document.nurses.iter().any(goes_on)
    }

    /// The locks that name a care line and hold one of its days, for that day alone.
    fn locks_of(&self, client: &str, care: &str, date: Date) -> Vec<Lock> {
        let is_of_line =
            |lock: &&Lock| lock.client.as_deref() == Some(client) && lock.care.as_deref() == Some(care);
        let of_line = self.document.agreements.locks.iter().filter(is_of_line);
        let of_day = of_line.filter(|lock| lock.is_of_day(date));
        of_day.map(|lock| Lock { date: Some(date), until: None, ..lock.clone() }).collect()
    }

    /// Takes the streets between two nodes out of the street graph.
    fn close_street(&mut self, from: u32, to: u32) -> std::result::Result<(), Wrong> {
        let Travel::Streets(graph) = &mut self.document.travel else {
            return Err((
                "the document has no street graph of its own".to_owned(),
                "change its matrix or its road extract, and plan again",
            ));
        };
        let mut visits = self.plan.tours.iter().flat_map(|tour| tour.visits());
        if let Some(now) = self.now.map(|now| self.calendar.elapsed(now))
            && visits.any(|visit| self.calendar.elapsed(visit.start) < now)
        {
            let problem = "visits have begun, and the way to them would change, too".to_owned();
            return Err((
                problem,
                "give a now before the first visit, or begin the document today: kring roll",
            ));
        }
        let streets = graph.streets.len();
        graph.streets.retain(|street| ![(from, to), (to, from)].contains(&(street.from, street.to)));
        if graph.streets.len() == streets {
            return Err((
                format!("no street between the nodes {from} and {to}"),
                "name the ends of a street",
            ));
        }
        Ok(())
    }

    /// Whether a shift of a nurse on a day begins before a time.
    fn has_shift_before(&self, number: usize, on: Date, time: TimeOfDay) -> bool {
        let shifts = shifts_of(&self.document.nurses[number], &self.calendar);
        shifts.iter().any(|rostered| rostered.shift.date == on && rostered.shift.start < time)
    }

    /// Replaces each shift of a nurse on a day by others.
    fn change_shifts(&mut self, number: usize, on: Date, change: impl Fn(&Shift) -> Vec<Shift>) {
        let nurse: &mut Nurse = &mut self.document.nurses[number];
        let all = shifts_of(nurse, &self.calendar).into_iter().map(|rostered| rostered.shift);
        let of_day: Vec<Shift> = all.filter(|shift| shift.date == on).collect();
        nurse.shifts.retain(|shift| shift.date != on);
        for recurring in &mut nurse.recurring {
            if !recurring.except.contains(&on) {
                recurring.except.push(on);
            }
        }
        for shift in of_day {
            let left = change(&shift);
            // The tour of a shift that begins later is still the tour of that shift.
            if let [only] = left.as_slice() {
                for tour in self.plan.tours.iter_mut().filter(|tour| tour.nurse == nurse.id) {
                    let start = |time| self.calendar.seconds(self.calendar.days_from_first(on) as i32, time);
                    if self.calendar.elapsed(tour.shift) == start(shift.start) {
                        tour.shift = self.calendar.moment(start(only.start));
                    }
                }
            }
            nurse.shifts.extend(left);
        }
    }

    /// Takes one day out of a care line, whose other days stay; returns the line as it was.
    fn take_out(&mut self, client: &str, care: &str, date: Date) -> std::result::Result<Care, Wrong> {
        let calendar = self.calendar.clone();
        let tours = self.plan.tours.iter().flat_map(|tour| tour.visits());
        let published: Vec<Date> = tours
            .filter(|visit| visit.client == client && visit.care == care)
            .map(|visit| visit.date)
            .collect();
        let found = self.document.clients.iter_mut().find(|one| one.id == client);
        let found =
            found.ok_or_else(|| (format!("{client:?} is not a client of the document"), "name one"))?;
        let away = found.away.clone();
        let line = found.care.iter_mut().find(|line| line.id == care);
        let line = line.ok_or_else(|| (format!("client {client:?} has no care {care:?}"), "name one"))?;
        let blocks =
            day_patterns(line, &away, &calendar).map_err(|why| (why.to_string(), "mend the document"))?;
        let fixed = blocks.iter().all(|block| block.patterns.len() == 1);
        let mut dates: Vec<Date> = if fixed {
            let days = blocks.iter().flat_map(|block| &block.patterns[0]);
            days.map(|&day| calendar.date(i32::from(day))).collect()
        } else {
            published
        };
        if !dates.contains(&date) {
            return Err((
                format!("care {care:?} of {client:?} has no visit on {date}"),
                "give a day with one",
            ));
        }
        dates.retain(|&day| day != date);
        dates.sort_unstable();
        let mut before = line.clone();
        (before.from, before.until, before.every_weeks) = (None, None, 1);
        (line.from, line.until, line.every_weeks) = (None, None, 1);
        line.days = Days::Dates(dates);
        let agreements = &mut self.document.agreements;
        agreements
            .pins
            .retain(|pin| (pin.client.as_str(), pin.care.as_str(), pin.date) != (client, care, date));
        if matches!(&line.days, Days::Dates(dates) if dates.is_empty()) {
            found.care.retain(|line| line.id != care);
            let is_of_line =
                |lock: &Lock| lock.client.as_deref() == Some(client) && lock.care.as_deref() == Some(care);
            agreements.locks.retain(|lock| !is_of_line(lock));
        }
        Ok(before)
    }
}

/// What is left of a shift without the hours from a time to a time.
fn without(shift: &Shift, from: Option<TimeOfDay>, to: Option<TimeOfDay>) -> Vec<Shift> {
    // Seconds from midnight of the shift's day.
    let after = |time: TimeOfDay, first: TimeOfDay| {
        i64::from(time.seconds()) + if time <= first { i64::from(TimeOfDay::DAY) } else { 0 }
    };
    let (start, end) = (i64::from(shift.start.seconds()), after(shift.end, shift.start));
    let (from, to) = (
        from.map_or(start, |time| i64::from(time.seconds())).max(start),
        to.map_or(end, |time| i64::from(time.seconds())).min(end),
    );
    if to <= from {
        return vec![shift.clone()];
    }
    let mut left = Vec::new();
    let part = |first: i64, last: i64, latest_end| {
        let time = |seconds: i64| TimeOfDay::from_seconds((seconds % i64::from(TimeOfDay::DAY)) as u32);
        let (start, end) = (time(first)?, time(last)?);
        // A break of the whole shift belongs to the whole shift.
        Some(Shift { start, end, latest_end, break_minutes: None, ..shift.clone() })
    };
    if from > start {
        left.extend(part(start, from, None));
    }
    if to < end {
        left.extend(part(to, end, shift.latest_end));
    }
    left
}
