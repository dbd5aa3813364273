//! Documents built in code. The constructor of a type takes the fields that every document must give. The other fields
//! have the defaults of the JSON form and are public: assign them afterwards, or within the same expression by the
//! method `with`. Later versions may add fields. For this reason, types with a constructor are `non_exhaustive`: code
//! outside this crate cannot list all their fields.
//!
//! ```
//! use kring::model::document::{Nurse, Place};
//!
//! let nurse = Nurse::new("n1", Place::at(52.09, 5.12)).with(|nurse| {
//!     nurse.level = 3;
//!     nurse.contract_hours = Some(24.0);
//! });
//! assert_eq!(nurse.contract_hours, Some(24.0));
//! ```

use super::client::every_week;
use super::{
    Absence, Agreements, Away, Care, Client, Days, Document, Elsewhere, History, Horizon, Meeting, Nurse,
    PastVisit, PerWeek, Pin, Place, Prices, Priority, RecurringShift, Shift, TimeOfDay, Travel, Weekday,
    Window, WorkingTime,
};
use jiff::civil::Date;

/// The method `with` of every type that has a constructor.
macro_rules! with {
    ($($type:ident)*) => {
        $(impl $type {
            /// Assigns some fields and returns the value, so that it can be made in one expression. Nothing is checked here.
            #[must_use]
            pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
                change(&mut self);
                self
            }
        })*
    };
}

pub(in crate::model) use with;

with! { Document Horizon Nurse Shift RecurringShift Client Care Meeting Pin PerWeek }

impl Document {
    /// A document of the present version, with the given team and clients and with defaults for all else.
    ///
    /// Nothing is checked here: [`Document::validate`] and [`prepare`](crate::prepare) report every mistake.
    ///
    /// # Example
    /// ```
    #[doc = include_str!("../../../examples/common/team.rs")]
    /// assert!(team()?.validate().is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(horizon: Horizon, travel: Travel, nurses: Vec<Nurse>, clients: Vec<Client>) -> Self {
        Self {
            kring: Self::VERSION,
            id: None,
            label: None,
            horizon,
            working_time: WorkingTime::default(),
            prices: Prices::default(),
            office: None,
            nurses,
            clients,
            meetings: Vec::new(),
            agreements: Agreements::default(),
            history: History::default(),
            travel,
        }
    }
}

impl Horizon {
    /// `days` days from `first_day`, without a time zone.
    pub fn new(first_day: Date, days: u16) -> Self {
        Self { first_day, days, time_zone: None }
    }
}

impl Nurse {
    /// A nurse of the lowest level who travels by bicycle and has no shifts yet.
    pub fn new(id: impl Into<String>, home: Place) -> Self {
        Self {
            id: id.into(),
            label: None,
            home,
            leaves_from: super::Base::Home,
            returns_to: super::Base::Home,
            level: super::nurse::lowest_level(),
            competences: Vec::new(),
            mode: super::Mode::default(),
            contract_hours: None,
            first_day: None,
            forbidden_clients: Vec::new(),
            shifts: Vec::new(),
            recurring: Vec::new(),
            wished_off: super::WishedOff::default(),
        }
    }
}

impl Shift {
    /// A shift whose latest end is its end, with the break that the law asks for.
    pub fn new(date: Date, start: TimeOfDay, end: TimeOfDay) -> Self {
        Self { date, start, end, latest_end: None, break_minutes: None, leaves_from: None, returns_to: None }
    }
}

impl RecurringShift {
    /// A shift on these days of every week.
    pub fn new(weekdays: Vec<Weekday>, start: TimeOfDay, end: TimeOfDay) -> Self {
        Self {
            weekdays,
            every_weeks: every_week(),
            from: None,
            until: None,
            except: Vec::new(),
            start,
            end,
            latest_end: None,
            break_minutes: None,
            leaves_from: None,
            returns_to: None,
        }
    }
}

impl Client {
    /// A client with this care plan and without wishes about nurses.
    pub fn new(id: impl Into<String>, location: Place, care: Vec<Care>) -> Self {
        Self {
            id: id.into(),
            label: None,
            location,
            care,
            away: Vec::new(),
            elsewhere: Vec::new(),
            household: None,
            first_nurse: None,
            circle: Vec::new(),
            preferred_nurses: Vec::new(),
            forbidden_nurses: Vec::new(),
            max_faces: None,
            known_faces_under_minutes: None,
            weight: super::client::one(),
        }
    }
}

impl Care {
    /// Care that any nurse may give, for the whole horizon, of priority `needed`. `minutes` is the time with the client.
    pub fn new(id: impl Into<String>, days: Days, window: Window, minutes: f64) -> Self {
        Self {
            id: id.into(),
            days,
            from: None,
            until: None,
            every_weeks: every_week(),
            window,
            preferred_start: None,
            regular_hour: None,
            minutes,
            level: None,
            competences: Vec::new(),
            priority: Priority::default(),
        }
    }
}

impl Window {
    /// Care starts between `from` and `to`, both included.
    pub fn new(from: TimeOfDay, to: TimeOfDay) -> Self {
        Self { from, to }
    }
}

impl PerWeek {
    /// `times` visits in each block of seven days from the first day of the horizon, on any days.
    pub fn new(times: u8) -> Self {
        Self { times, min_gap: super::client::one_day(), weekdays: Vec::new() }
    }
}

impl Absence {
    /// A nurse is away from one day to another, both included.
    pub fn new(nurse: impl Into<String>, from: Date, until: Date) -> Self {
        Self { nurse: nurse.into(), from, until }
    }
}

impl Away {
    /// A client is away from one day to another, both included.
    pub fn new(from: Date, until: Date) -> Self {
        Self { from, until }
    }
}

impl Elsewhere {
    /// A client is at another address from one day to another, both included.
    pub fn new(from: Date, until: Date, location: Place) -> Self {
        Self { from, until, location }
    }
}

impl Pin {
    /// A pin of the visit on this day: assign `nurse`, `start` or both.
    pub fn new(client: impl Into<String>, care: impl Into<String>, date: Date) -> Self {
        Self { client: client.into(), care: care.into(), date, nurse: None, start: None }
    }
}

impl PastVisit {
    /// A nurse visited a client.
    pub fn new(client: impl Into<String>, nurse: impl Into<String>, date: Date) -> Self {
        Self { client: client.into(), nurse: nurse.into(), date }
    }
}
