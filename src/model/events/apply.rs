//! What events make of a document and of the plan that was published for it.

use super::{Event, Events};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::calendar::{Calendar, Moment};
use crate::model::document::{
    Absence, Agreements, Away, Care, Client, Days, Document, Lock, Nurse, Pin, Shift, TimeOfDay, Travel,
};
use crate::model::plan::{Plan, Stop};
use crate::model::recurrence::day_patterns;
use crate::model::roster::shifts_of;
use crate::model::spelling::question;
use jiff::civil::Date;

impl Events {
    /// The document after the events, and the published plan with the ids and shifts of that document.
    ///
    /// # Errors
    /// Kind `Events`: an event that names what does not exist, with its path, or a *now* after the horizon and its last
    /// shift. (Other contradictions are found when the resulting document is validated.) Kind `Plan` for a plan of
    /// [another document](Document::accept).
    ///
    /// # Complexity
    /// Linear in document and plan for each event.
    pub fn apply(&self, document: &Document, published: &Plan) -> Result<(Document, Plan)> {
        document.accept(published)?;
        let mut made = Made::new(document, published, self.now)?;
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
        made.divide_shifts_of_those_at_home();
        made.plan.document = Some(made.document.made_for());
        Ok((made.document, made.plan))
    }
}

type Wrong = (String, &'static str);

/// Longest visit in minutes.
const MOST_MINUTES: f64 = 1_440.0;

/// An id that nobody has.
fn unknown<'i>(id: &str, who: &str, known: impl Iterator<Item = &'i str>) -> Wrong {
    (format!("{id:?} is not a {who} of the document{}", question(id, known)), "name one")
}

/// Document and plan while events are applied to them.
pub(super) struct Made {
    pub(super) calendar: Calendar,
    pub(super) document: Document,
    plan: Plan,
    pub(super) now: Option<Moment>,
}

impl Made {
    pub(super) fn new(document: &Document, published: &Plan, now: Option<Moment>) -> Result<Self> {
        let calendar = Calendar::new(&document.horizon)?;
        Ok(Self {
            document: document.clone(),
            plan: published.clone(),
            // In the time zone of the team, whatever the offset with which it is written.
            now: now.map(|now| calendar.moment(calendar.elapsed(now))),
            calendar,
        })
    }

    pub(super) fn take(&mut self, event: &Event) -> std::result::Result<(), Wrong> {
        match event {
            Event::NurseAbsent { nurse, date, until, from_time, to_time } => {
                let until = until.unwrap_or(*date);
                let number = self.nurse(nurse)?;
                self.day(*date)?;
                if until < *date {
                    return Err((format!("until {until} is before date {date}"), "give a later day"));
                }
                if let (Some(from), Some(to)) = (from_time, to_time)
                    && to <= from
                {
                    let problem = format!("to_time {to} is not after from_time {from}");
                    return Err((
                        problem,
                        "give a later time, or leave to_time out: then it is the end of the shift",
                    ));
                }
                for day in 0..self.calendar.days() {
                    let on = self.calendar.date(i32::from(day));
                    if !(*date..=until).contains(&on) {
                        continue;
                    }
                    // A shift that has begun today stays hers up to now.
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
                if !(*minutes > 0.0 && *minutes <= MOST_MINUTES) {
                    return Err((format!("{minutes} minutes"), "give minutes above 0 and at most 1,440"));
                }
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
                if until < from {
                    return Err((format!("until {until} is before from {from}"), "give a later day"));
                }
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
        found.ok_or_else(|| unknown(id, "nurse", self.document.nurses.iter().map(|nurse| nurse.id.as_str())))
    }

    fn client_at(&self, id: &str) -> std::result::Result<usize, Wrong> {
        let clients = &self.document.clients;
        let found = clients.iter().position(|client| client.id == id);
        found.ok_or_else(|| unknown(id, "client", clients.iter().map(|client| client.id.as_str())))
    }

    fn client(&mut self, id: &str) -> std::result::Result<&mut Client, Wrong> {
        let at = self.client_at(id)?;
        Ok(&mut self.document.clients[at])
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

    /// The care line, beginning today at the earliest, so that it asks for no visits on days that have passed. It is
    /// unchanged where the first day matters, or where it is over.
    fn since_now(&self, mut care: Care) -> Care {
        let today = self.now.map(|now| now.date()).filter(|&today| today > self.calendar.date(0));
        // Another first day would change the weeks that count, and leave days of patterns outside the line.
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

    /// Copies of the locks that name a care line and hold one of its days, for that day alone.
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

    /// A nurse who is home again before her shift is over can set out again, from home and from now on: the rest of her
    /// shift becomes a shift of its own, with a tour of its own. Between the two lies her break, or the time since she
    /// came home if that is shorter.
    ///
    /// A shift stays whole in two cases. The law asks for a break in the part that is behind her: that break may lie
    /// where a shift of this length may not have it. Or midnight has passed since the shift began: a shift on another
    /// day would break the rule of daily rest.
    fn divide_shifts_of_those_at_home(&mut self) {
        let Some(now) = self.now else { return };
        let (on, law) = (now.date(), self.document.working_time.law);
        let of_team = |moment: Moment| self.calendar.moment(self.calendar.elapsed(moment));
        let tours = self.plan.tours.iter();
        let times = tours.map(|tour| (tour.nurse.clone(), of_team(tour.shift), of_team(tour.back)));
        let is_home = |shift: Moment, back: Moment| {
            shift.date() == on
                && back.date() == on
                && self.calendar.elapsed(back) <= self.calendar.elapsed(now)
        };
        let home: Vec<_> = times.filter(|(_, shift, back)| is_home(*shift, *back)).collect();
        for (nurse, begins, back) in home {
            let Ok(number) = self.nurse(&nurse) else { continue };
            let [begins, back, now] = [begins, back, now].map(|moment| TimeOfDay::of(moment.time()));
            self.change_shifts(number, on, |shift| {
                let start = i64::from(shift.start.seconds());
                let (back, now) = (i64::from(back.seconds()), i64::from(now.seconds()));
                let length = seconds_after(shift.end, shift.start) - start;
                let by_law = || law.break_seconds(length);
                let rest = shift.break_minutes.map_or_else(by_law, |minutes| i64::from(minutes) * 60);
                let ends = [(now - rest).max(back), back];
                let end = ends.into_iter().find(|&end| law.break_seconds(end - start) == 0);
                match end.map(|end| parts(shift, (start, end), (now, start + length))) {
                    Some(two) if shift.start == begins && start < back && two.len() == 2 => two,
                    _ => vec![shift.clone()],
                }
            });
        }
    }

    /// Replaces each shift of a nurse on a day by others.
    fn change_shifts(&mut self, number: usize, on: Date, change: impl Fn(&Shift) -> Vec<Shift>) {
        let nurse: &mut Nurse = &mut self.document.nurses[number];
        let all = shifts_of(nurse, &self.calendar).into_iter().map(|rostered| rostered.shift);
        let of_day = all.filter(|shift| shift.date == on);
        let of_day: Vec<(Shift, Vec<Shift>)> = of_day.map(|shift| (shift.clone(), change(&shift))).collect();
        if of_day.iter().all(|(shift, left)| std::slice::from_ref(shift) == left) {
            return;
        }
        nurse.shifts.retain(|shift| shift.date != on);
        for recurring in &mut nurse.recurring {
            if !recurring.except.contains(&on) {
                recurring.except.push(on);
            }
        }
        for (shift, left) in of_day {
            // If one shift replaces another, the tour is moved to the start of the new one.
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

    /// Takes one day out of a care line and keeps the other days. Returns the line as it was, but without `from`,
    /// `until` and `every_weeks`.
    fn take_out(&mut self, client: &str, care: &str, date: Date) -> std::result::Result<Care, Wrong> {
        let calendar = self.calendar.clone();
        let tours = self.plan.tours.iter().flat_map(|tour| tour.visits());
        let published: Vec<Date> = tours
            .filter(|visit| visit.client == client && visit.care == care)
            .map(|visit| visit.date)
            .collect();
        let at = self.client_at(client)?;
        let found = &mut self.document.clients[at];
        let away = found.away.clone();
        let known = found.care.iter().map(|line| line.id.as_str());
        let at = found.care.iter().position(|line| line.id == care);
        let at = at.ok_or_else(|| {
            (format!("client {client:?} has no care {care:?}{}", question(care, known)), "name one")
        })?;
        let line = &mut found.care[at];
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

/// Seconds from midnight of the day of a shift that starts at `first` to a time in it.
fn seconds_after(time: TimeOfDay, first: TimeOfDay) -> i64 {
    i64::from(time.seconds()) + if time <= first { i64::from(TimeOfDay::DAY) } else { 0 }
}

/// What is left of a shift without the hours between two times; `None` is its start or its end.
fn without(shift: &Shift, from: Option<TimeOfDay>, to: Option<TimeOfDay>) -> Vec<Shift> {
    let (start, end) = (i64::from(shift.start.seconds()), seconds_after(shift.end, shift.start));
    let (from, to) = (
        from.map_or(start, |time| i64::from(time.seconds())).max(start),
        to.map_or(end, |time| i64::from(time.seconds())).min(end),
    );
    if to <= from {
        return vec![shift.clone()];
    }
    parts(shift, (start, from), (to, end))
}

/// Two parts of a shift, each from a second to a second of its day. Empty parts are dropped. The second part keeps the
/// latest end of the shift.
fn parts(shift: &Shift, first: (i64, i64), second: (i64, i64)) -> Vec<Shift> {
    let time = |seconds: i64| TimeOfDay::from_seconds((seconds % i64::from(TimeOfDay::DAY)) as u32);
    let part = |(start, end): (i64, i64), latest_end| {
        // The break length that is given for the whole shift does not hold for a part of it.
        let of = |start, end| Shift { start, end, latest_end, break_minutes: None, ..shift.clone() };
        if start < end { Some(of(time(start)?, time(end)?)) } else { None }
    };
    part(first, None).into_iter().chain(part(second, shift.latest_end)).collect()
}
