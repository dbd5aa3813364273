//! Calendars of a plan (iCalendar, RFC 5545): one for each nurse and for each client.

use super::ics::{self, Lines, Zone};
use super::{Names, safe_name};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::plan::Stop;
use crate::model::{Calendar, Document, Moment, Plan};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// Makes the calendars of a plan.
///
/// Every visit is an event. Its UID is made of the owner of the calendar, the client, the care line and the day, so
/// that a later calendar updates it: compared with the plan that was published before, a changed visit has a higher
/// SEQUENCE, and one that is no longer made is cancelled. Events are private (CLASS) and hold nothing about needs
/// beyond the id of the care line.
///
/// # Example
/// ```
/// # let document = kring::read_document(include_str!("../../../tests/golden/report/neighbourhood.json"))?;
/// # let plan = kring::read_plan(include_str!("../../../tests/golden/report/plan.json"))?;
/// use kring::data::exchange::calendar::Calendars;
///
/// let stamp = "2026-02-20T09:00:00Z".parse()?;
/// let calendar = Calendars::new(&document, &plan, stamp)?.of_nurse("nurse-1")?;
/// assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Calendars<'a> {
    document: &'a Document,
    plan: &'a Plan,
    names: Names<'a>,
    /// Without a zone, times are local (RFC 5545, 3.3.5, form 1).
    zone: Option<Zone<'a>>,
    from: Timestamp,
    to: Timestamp,
    stamp: Timestamp,
    published: Option<(&'a Plan, u32)>,
}

/// Visits and meetings as events, by what they are and their day.
type Events<'a> = BTreeMap<(What<'a>, Date), Event<'a>>;

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What<'a> {
    Visit { client: &'a str, care: &'a str },
    Meeting(&'a str),
}

#[derive(Clone, Copy, PartialEq)]
struct Event<'a> {
    nurse: &'a str,
    start: Moment,
    end: Moment,
}

/// Whose calendar it is.
#[derive(Clone, Copy)]
enum Owner<'a> {
    Nurse(&'a str),
    Client(&'a str),
}

impl<'a> Calendars<'a> {
    /// The calendars of a plan. `stamp` is the moment at which they are made (DTSTAMP, in UTC); nothing else reads a clock.
    ///
    /// # Errors
    /// `Document` for a horizon that cannot be read.
    pub fn new(document: &'a Document, plan: &'a Plan, stamp: Timestamp) -> Result<Self> {
        let calendar = Calendar::new(&document.horizon)?;
        let id = document.horizon.time_zone.as_deref();
        let zone = id.map(|id| Zone { id, zone: TimeZone::get(id).unwrap_or(TimeZone::UTC) });
        let at = |day: i32| timestamp(calendar.moment(i64::from(day) * 86_400));
        let (from, to) = (at(0), at(i32::from(calendar.days()) + 2));
        Ok(Self { document, plan, names: Names::of(document, true), zone, from, to, stamp, published: None })
    }

    /// Compares the plan with the plan that was published last, so that calendars which hold the events of that plan are updated:
    /// events of visits that changed get `sequence` as their SEQUENCE, and visits that are no longer made get an event with
    /// STATUS `CANCELLED`. Events that did not change keep SEQUENCE 0.
    ///
    /// `sequence` is the number of plans of this horizon that were published before: 1 for the first update, 2 for the second, and so
    /// on (0 counts as 1). A calendar program ignores an event whose SEQUENCE is lower than the one it has. Both plans must be of the
    /// document. Without this call there are no cancelled events, and every SEQUENCE is 0.
    #[must_use]
    pub fn since(mut self, published: &'a Plan, sequence: u32) -> Self {
        self.published = Some((published, sequence.max(1)));
        self
    }

    /// Names people by their ids instead of their labels.
    #[must_use]
    pub fn without_labels(mut self) -> Self {
        self.names = Names::of(self.document, false);
        self
    }

    /// The calendar of a nurse, by her id: which clients and which meetings, when. It is iCalendar text with CRLF line ends, with
    /// times in the time zone of the document.
    ///
    /// # Errors
    /// `Options` for a nurse whom the document does not have.
    pub fn of_nurse(&self, nurse: &str) -> Result<String> {
        let Some(nurse) = self.document.nurses.iter().find(|of| of.id == nurse) else {
            return Err(unknown("nurse", nurse));
        };
        Ok(self.write(Owner::Nurse(&nurse.id)))
    }

    /// The calendar of a client, by its id: which nurse, when. Its form is that of [`Self::of_nurse`].
    ///
    /// # Errors
    /// `Options` for a client whom the document does not have.
    pub fn of_client(&self, client: &str) -> Result<String> {
        let Some(client) = self.document.clients.iter().find(|of| of.id == client) else {
            return Err(unknown("client", client));
        };
        Ok(self.write(Owner::Client(&client.id)))
    }

    fn write(&self, owner: Owner) -> String {
        let name = match owner {
            Owner::Nurse(id) => self.names.nurse(id),
            Owner::Client(id) => self.names.client(id),
        };
        let now = events(self.plan, owner);
        let (before, sequence) = match self.published {
            Some((plan, sequence)) => (Some(events(plan, owner)), sequence),
            None => (None, 0),
        };
        let mut lines = Lines::default();
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//kring//plan//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
        ] {
            lines.line(line);
        }
        lines.text("X-WR-CALNAME", name);
        if let Some(zone) = &self.zone {
            zone.describe(&mut lines, self.from, self.to);
        }
        for (key, event) in &now {
            let is_same = before.as_ref().is_none_or(|before| before.get(key) == Some(event));
            self.event(&mut lines, owner, *key, event, if is_same { 0 } else { sequence }, false);
        }
        for (key, event) in before.iter().flatten().filter(|(key, _)| !now.contains_key(*key)) {
            self.event(&mut lines, owner, *key, event, sequence, true);
        }
        lines.line("END:VCALENDAR");
        lines.finish()
    }

    fn event(
        &self,
        lines: &mut Lines,
        owner: Owner,
        (what, date): (What<'_>, Date),
        event: &Event,
        sequence: u32,
        is_cancelled: bool,
    ) {
        let of = match owner {
            Owner::Nurse(nurse) => format!("nurse-{}", safe_name(nurse)),
            Owner::Client(_) => "client".to_owned(),
        };
        let (name, summary) = match (what, owner) {
            (What::Visit { client, care }, _) => {
                let with = match owner {
                    Owner::Nurse(_) => self.names.client(client),
                    Owner::Client(_) => self.names.nurse(event.nurse),
                };
                (format!("{}-{}", safe_name(client), safe_name(care)), format!("{with} ({care})"))
            }
            (What::Meeting(meeting), _) => {
                (format!("meeting-{}", safe_name(meeting)), self.names.meeting(meeting).to_owned())
            }
        };
        let zone = |name, moment: Moment| match &self.zone {
            Some(zone) => zone.moment(name, timestamp(moment)),
            None => format!("{name}:{}", ics::local(moment.date().to_datetime(moment.time()))),
        };
        lines.line("BEGIN:VEVENT");
        lines.text("UID", &format!("{of}-{name}-{date}@kring"));
        lines.line(&format!("DTSTAMP:{}", ics::utc(self.stamp)));
        lines.line(&zone("DTSTART", event.start));
        lines.line(&zone("DTEND", event.end));
        lines.text("SUMMARY", &summary);
        lines.line(&format!("SEQUENCE:{sequence}"));
        lines.line(if is_cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
        lines.line("CLASS:PRIVATE");
        lines.line("END:VEVENT");
    }
}

#[cold]
fn unknown(who: &str, id: &str) -> Error {
    let problem = format!("{id:?} is not a {who} of the document");
    Error::new(ErrorKind::Options, Mistake::new(who, problem, "name one of its ids"))
}

/// The visits of an owner, and the meetings if it is a nurse. They have unique keys: a nurse has a meeting, and a
/// client a care line, at most once a day.
fn events<'a>(plan: &'a Plan, owner: Owner) -> Events<'a> {
    let mut all = Events::new();
    for tour in &plan.tours {
        for visit in tour.visits() {
            let is_own = match owner {
                Owner::Nurse(nurse) => tour.nurse == nurse,
                Owner::Client(client) => visit.client == client,
            };
            if is_own {
                let event = Event { nurse: &tour.nurse, start: visit.start, end: visit.end };
                all.insert((What::Visit { client: &visit.client, care: &visit.care }, visit.date), event);
            }
        }
        for stop in &tour.stops {
            if let (Stop::Meeting(at), Owner::Nurse(nurse)) = (stop, owner)
                && tour.nurse == nurse
            {
                let event = Event { nurse: &tour.nurse, start: at.start, end: at.end };
                all.insert((What::Meeting(&at.meeting), at.date), event);
            }
        }
    }
    all
}

/// The moment as a point in time (UTC), to the second.
fn timestamp(moment: Moment) -> Timestamp {
    // A moment writes itself as RFC 3339, so that parsing never fails.
    let at: Timestamp = moment.to_string().parse().unwrap_or_default();
    at.checked_sub(SignedDuration::from_nanos(i64::from(at.subsec_nanosecond()))).unwrap_or(at)
}
