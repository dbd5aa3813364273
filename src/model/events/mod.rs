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

mod apply;
mod warnings;

use super::calendar::Moment;
use super::document::{Care, Client, DateText, TimeOfDay};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Events in the order in which they became known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Events {
    /// Version of the format of events: 1.
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
    /// A nurse is away, for whole days or for some hours of each day. If hours are given, the rest of her shift stays:
    /// it begins later, ends earlier, or is divided in two.
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
        /// From this time on, on each of the days; default: from the start of the shift, or from `now` if a shift of
        /// today has begun.
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
    /// A client gets a further care line: one urgent visit (`days: {dates: [...]}`), or many.
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
    /// The streets between two nodes of the street graph in the document are closed to everyone. Roads are the same on
    /// all days, so this event is possible only before the first visit of the plan has begun.
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

    /// Whether it is about the visits of a care line of a client. The line that is made for a visit that takes longer
    /// (`wash@2026-03-03`) counts as well.
    pub(crate) fn is_of_visit(&self, client: &str, care: &str) -> bool {
        let line = match self {
            Event::VisitAdded { care, .. } => Some(care.id.as_str()),
            Event::VisitCancelled { care, .. } | Event::VisitLength { care, .. } => Some(care.as_str()),
            _ => None,
        };
        let is_line =
            |line: &str| care.strip_prefix(line).is_some_and(|rest| rest.is_empty() || rest.starts_with('@'));
        self.client() == Some(client) && line.is_none_or(is_line)
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
    /// The version of the format of events that this crate reads and writes.
    pub const VERSION: u32 = 1;

    /// Events of the present version, and the moment from which on the plan may be changed; none: the first day, at midnight.
    pub fn new(now: Option<Moment>, events: Vec<Event>) -> Self {
        Self { kring_events: Self::VERSION, now, events }
    }

    /// Most events.
    pub const MOST: usize = 1_000;
}
