//! Warnings: what events may say but probably do not mean. Each event is applied all the same.

use super::apply::Made;
use super::{Event, Events};
use crate::error::{Mistake, Result};
use crate::model::calendar::{Calendar, Moment};
use crate::model::document::{Away, Care, Client, Document, Shift};
use crate::model::plan::Plan;
use crate::model::recurrence::day_patterns;
use crate::model::roster::shifts_of;
use crate::model::warnings::{MOST, OpenTimes, Warning, WarningKind};
use jiff::civil::Date;

impl Events {
    /// What is possible and probably wrong: a *now* whose offset is not the team's, events that change nothing or lie
    /// before *now*, a nurse who is so late that nothing is left of her shift, and shifts that events made and no visit
    /// can use. Warnings are in the order of the events, those about *now* first; at most [`MOST`].
    ///
    /// # Errors
    /// As [`Events::apply`].
    ///
    /// # Complexity
    /// As [`Events::apply`].
    pub fn warnings(&self, document: &Document, published: &Plan) -> Result<Vec<Warning>> {
        self.apply(document, published)?;
        let mut made = Made::new(document, published, self.now)?;
        let mut found: Vec<(usize, Warning)> = Vec::new();
        found
            .extend(self.now.and_then(|now| other_offset(document, &made.calendar, now)).map(|one| (0, one)));
        found.extend(self.now.and_then(|now| long_before(&made.calendar, now)).map(|one| (0, one)));
        let mut new_shifts: Vec<(usize, Shift)> = Vec::new();
        self.each(&mut made, |number, event, before, after, made| {
            let warn = |kind, problem, mend: &str| {
                let said = Mistake::new(format!("events[{number}]"), problem, mend);
                (number, Warning { kind, said: Mistake { of: whose(event), ..said } })
            };
            if let Some((problem, mend)) = changes_nothing(event, before, after, made) {
                found.push(warn(WarningKind::EventWithoutEffect, problem, mend));
            } else if let Some(problem) = whole_shift_gone(event, before, after) {
                let mend = "mend its start, or say it as nurse_absent";
                found.push(warn(WarningKind::LateBeyondShift, problem, mend));
            } else if let (Some(day), Some(now)) = (last_day(event), made.now)
                && day < now.date()
            {
                let problem =
                    format!("{day} is before now, {now}: what was published for it counts as not made");
                found.push(warn(WarningKind::EventBeforeNow, problem, "mend its day, or now"));
            }
            if let (Subject::Nurse(before), Subject::Nurse(after)) = (before, after) {
                let is_new = |shift: &&Shift| !before.contains(shift);
                new_shifts.extend(after.iter().filter(is_new).map(|shift| (number, shift.clone())));
            }
        });
        let open = OpenTimes::new(&made.document, &made.calendar);
        for (number, shift) in new_shifts {
            let event = &self.events[number];
            let is_left = matches!(Subject::of(event, &made), Subject::Nurse(all) if all.contains(&shift));
            if is_left && !open.reach(&shift, &made.calendar) {
                let Shift { date, start, end, .. } = &shift;
                let problem = format!(
                    "it makes a shift on {date} from {start} to {end} that no time window of a visit reaches"
                );
                let mend = "mend the hours of the event, or let the nurse be absent for the whole shift";
                let said = Mistake::new(format!("events[{number}]"), problem, mend);
                found.push((
                    number,
                    Warning { kind: WarningKind::IdleShift, said: Mistake { of: whose(event), ..said } },
                ));
            }
        }
        found.sort_by_key(|(number, _)| *number);
        found.truncate(MOST);
        Ok(found.into_iter().map(|(_, warning)| warning).collect())
    }

    /// Positions of the events that change nothing; [`Events::warnings`] says why. They cause no change of the plan, so
    /// that [`causes_beside`](crate::report::causes::causes_beside) ignores them.
    ///
    /// # Errors
    /// As [`Events::apply`].
    ///
    /// # Complexity
    /// As [`Events::apply`].
    pub fn without_effect(&self, document: &Document, published: &Plan) -> Result<Vec<usize>> {
        self.apply(document, published)?;
        let mut made = Made::new(document, published, self.now)?;
        let mut found = Vec::new();
        self.each(&mut made, |number, event, before, after, made| {
            if changes_nothing(event, before, after, made).is_some() {
                found.push(number);
            }
        });
        Ok(found)
    }

    /// Applies the events one after the other, and calls `look` for each, with what it may change as it was before and
    /// is after it.
    fn each(&self, made: &mut Made, mut look: impl FnMut(usize, &Event, &Subject, &Subject, &Made)) {
        for (number, event) in self.events.iter().enumerate() {
            let before = Subject::of(event, made);
            // Mistakes of an event are reported by `Events::apply`.
            let _ = made.take(event);
            let after = Subject::of(event, made);
            look(number, event, &before, &after, made);
        }
    }
}

/// Why an event changes nothing, and the mend.
fn changes_nothing(
    event: &Event,
    before: &Subject,
    after: &Subject,
    made: &Made,
) -> Option<(String, &'static str)> {
    let added = || Some((nothing_added(event, made)?, "mend its days, or now, or leave the event out"));
    let mend = "mend its day, its hours or its id, or leave the event out";
    no_effect(event, before, after).map(|problem| (problem, mend)).or_else(added)
}

/// Warns of a *now* whose offset is not that of the team. UTC is accepted: programs write it, and it is right
/// everywhere.
fn other_offset(document: &Document, calendar: &Calendar, now: Moment) -> Option<Warning> {
    let here = calendar.moment(calendar.elapsed(now));
    if here.offset() == now.offset() || now.offset() == jiff::tz::Offset::UTC {
        return None;
    }
    // The moment at which the team's clocks show the time that was written: what was probably meant.
    let apart = i64::from(now.offset().seconds()) - i64::from(here.offset().seconds());
    let meant = calendar.moment(calendar.elapsed(now) + apart);
    let (zone, mend) = match document.horizon.time_zone.as_deref() {
        Some(zone) => (zone.to_owned(), format!("write {meant} if that hour is meant")),
        None => (
            "UTC, which counts where the document has no time zone".to_owned(),
            "write the time_zone of the document's horizon".to_owned(),
        ),
    };
    let problem = format!("{now} is {here} in {zone}");
    Some(Warning { kind: WarningKind::OtherOffset, said: Mistake::new("now", problem, mend) })
}

/// Warns of a *now* so long before the plan that another month is probably meant.
fn long_before(calendar: &Calendar, now: Moment) -> Option<Warning> {
    /// Largest number of days by which a plan is usually published ahead.
    const MOST_AHEAD: i32 = 21;
    let first = calendar.date(0);
    let day = calendar.moment(calendar.elapsed(now)).date();
    let ahead = (first - day).get_days();
    let problem = format!("{day} is {ahead} days before the plan, which begins on {first}");
    let said = Mistake::new("now", problem, "mend it, if another day is meant");
    (ahead > MOST_AHEAD).then_some(Warning { kind: WarningKind::NowLongBefore, said })
}

/// The ids of those whom an event is about.
fn whose(event: &Event) -> Option<String> {
    let client = |id: &str| format!("client {id:?}");
    match event {
        Event::NurseAbsent { nurse, .. }
        | Event::NurseLate { nurse, .. }
        | Event::NurseBack { nurse, .. } => Some(format!("nurse {nurse:?}")),
        Event::VisitCancelled { client: id, care, .. } | Event::VisitLength { client: id, care, .. } => {
            Some(format!("{}, care {care:?}", client(id)))
        }
        Event::VisitAdded { client: id, care } => Some(format!("{}, care {:?}", client(id), care.id)),
        _ => event.client().map(client),
    }
}

/// The last day that an event is about, where it is about days that have an end.
fn last_day(event: &Event) -> Option<Date> {
    match event {
        Event::NurseAbsent { date, until, .. } => Some(until.unwrap_or(*date)),
        Event::NurseLate { date, .. }
        | Event::VisitCancelled { date, .. }
        | Event::VisitLength { date, .. } => Some(*date),
        Event::ClientAway { until, .. } => Some(*until),
        _ => None,
    }
}

/// Why an event changes nothing.
fn no_effect(event: &Event, before: &Subject, after: &Subject) -> Option<String> {
    let is_same = before == after && *before != Subject::Other;
    let problem = match event {
        Event::NurseAbsent { date, until: Some(until), .. } if until > date => {
            format!("the nurse has no shift from {date} to {until}: nothing changes")
        }
        Event::NurseAbsent { date, from_time: None, to_time: None, .. } => {
            format!("the nurse has no shift on {date}: nothing changes")
        }
        Event::NurseAbsent { date, .. } => {
            format!("the nurse has no shift on {date} in those hours: nothing changes")
        }
        Event::NurseLate { date, start, .. } => {
            format!(
                "no shift of the nurse on {date} begins before {start} and ends after it: nothing changes"
            )
        }
        Event::NurseBack { date, .. } => {
            format!("the nurse is not absent on {date} or later on a day with a shift: nothing changes")
        }
        Event::ClientAway { from, until, .. } => {
            format!("the client has no visit from {from} to {until}: nothing changes")
        }
        Event::VisitLength { minutes, .. } => format!("it takes {minutes} minutes already: nothing changes"),
        _ => return None,
    };
    is_same.then_some(problem)
}

/// Why an event that adds care adds nothing: none of its days lies ahead.
fn nothing_added(event: &Event, made: &Made) -> Option<String> {
    let client = made.document.clients.iter().find(|client| event.client() == Some(client.id.as_str()))?;
    let added: Vec<&Care> = match event {
        Event::VisitAdded { care, .. } => client.care.iter().filter(|line| line.id == care.id).collect(),
        Event::ClientAdded(_) => client.care.iter().collect(),
        _ => return None,
    };
    // Mistakes of the care line are reported when the document is validated.
    let has_days = |away: &[Away]| {
        added.iter().any(|line| match day_patterns(line, away, &made.calendar) {
            Ok(blocks) => blocks.iter().any(|block| block.patterns.iter().any(|days| !days.is_empty())),
            Err(_) => true,
        })
    };
    if added.is_empty() || has_days(&client.away) {
        return None;
    }
    if has_days(&[]) {
        return Some("the client is away on all days of this care: nothing is added".to_owned());
    }
    let from = made.now.map(|now| now.date()).filter(|&day| day > made.calendar.date(0));
    let (first, last) = (made.calendar.date(0), made.calendar.date(i32::from(made.calendar.days()) - 1));
    let problem = match from {
        Some(day) => {
            format!("no day of this care lies from {day}, the day of now, to {last}: nothing is added")
        }
        None => format!("no day of this care lies from {first} to {last}: nothing is added"),
    };
    Some(problem)
}

/// A nurse who is so late that nothing is left of her shift.
fn whole_shift_gone(event: &Event, before: &Subject, after: &Subject) -> Option<String> {
    let (Event::NurseLate { date, start, .. }, Subject::Nurse(before), Subject::Nurse(after)) =
        (event, before, after)
    else {
        return None;
    };
    let ended = before.iter().filter(|shift| shift.date == *date).map(|shift| shift.end).next_back()?;
    let is_left = after.iter().any(|shift| shift.date == *date);
    (!is_left).then(|| {
        format!(
            "her last shift on {date} ends at {ended} and she begins at {start}: she does not come at all"
        )
    })
}

/// What an event may change.
#[derive(PartialEq)]
enum Subject {
    /// The shifts of a nurse in the horizon that no absence cancels.
    Nurse(Vec<Shift>),
    /// The days of each care line of a client, and how long a visit takes.
    Client(Vec<(Vec<Vec<u16>>, f64)>),
    Other,
}

impl Subject {
    fn of(event: &Event, made: &Made) -> Self {
        let Made { document, calendar, .. } = made;
        match event {
            Event::NurseAbsent { nurse: id, .. }
            | Event::NurseLate { nurse: id, .. }
            | Event::NurseBack { nurse: id, .. } => {
                let Some(nurse) = document.nurses.iter().find(|nurse| nurse.id == *id) else {
                    return Subject::Other;
                };
                let all = shifts_of(nurse, calendar).into_iter().map(|rostered| rostered.shift);
                let here = |shift: &Shift| {
                    calendar.day(shift.date).is_some() && !document.agreements.is_away(id, shift.date)
                };
                let mut shifts: Vec<Shift> = all.filter(here).collect();
                shifts.sort_by_key(|shift| (shift.date, shift.start.seconds()));
                Subject::Nurse(shifts)
            }
            Event::ClientAway { client: id, .. } | Event::VisitLength { client: id, .. } => {
                let client = document.clients.iter().find(|client| client.id == *id);
                client.map_or(Subject::Other, |client| Subject::of_client(client, event, calendar))
            }
            _ => Subject::Other,
        }
    }

    fn of_client(client: &Client, event: &Event, calendar: &Calendar) -> Self {
        if let Event::VisitLength { care, date, .. } = event {
            // After the event, the visit is a care line of its own.
            let own = format!("{care}@{date}");
            let mut lines = client.care.iter().filter(|line| line.id == own || line.id == *care);
            let minutes = lines.clone().find(|line| line.id == own).or_else(|| lines.next());
            return Subject::Client(minutes.map(|line| (Vec::new(), line.minutes)).into_iter().collect());
        }
        let days = client.care.iter().map(|line| {
            let blocks = day_patterns(line, &client.away, calendar).unwrap_or_default();
            (blocks.into_iter().flat_map(|block| block.patterns).collect(), line.minutes)
        });
        Subject::Client(days.collect())
    }
}
