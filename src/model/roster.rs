//! The shifts of a nurse within a horizon: those with a date, and recurring ones.
//!
//! # Example
//! ```
//! use kring::model::Calendar;
//! use kring::model::document::{Horizon, Nurse, Place, RecurringShift, Weekday};
//! use kring::model::roster::shifts_of;
//!
//! let mondays = RecurringShift::new(vec![Weekday::Monday], "07:00".parse()?, "12:00".parse()?);
//! let nurse = Nurse::new("n1", Place::at(52.1, 5.1)).with(|nurse| nurse.recurring = vec![mondays]);
//! let calendar = Calendar::new(&Horizon::new("2026-03-02".parse()?, 14))?;
//! let shifts = shifts_of(&nurse, &calendar);
//! assert_eq!(shifts.len(), 2);
//! assert_eq!(shifts[1].shift.date.to_string(), "2026-03-09");
//! assert_eq!(shifts[1].place.to_string(), "recurring[0]");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::Calendar;
use super::document::{Nurse, RecurringShift, Shift, Weekday};
use super::recurrence::is_in_turn;
use std::fmt;

/// A shift, with its position in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rostered {
    /// The shift on its date.
    pub shift: Shift,
    /// Its position in the document.
    pub place: RosterPlace,
}

/// The position of a shift in the document. Displayed as a path within the nurse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RosterPlace {
    /// A position in [`Nurse::shifts`].
    Dated(usize),
    /// A position in [`Nurse::recurring`].
    Recurring(usize),
}

impl fmt::Display for RosterPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RosterPlace::Dated(at) => write!(f, "shifts[{at}]"),
            RosterPlace::Recurring(at) => write!(f, "recurring[{at}]"),
        }
    }
}

/// The shifts of a nurse: all those with a date, whether or not it lies within the horizon, then for each recurring
/// shift those within the horizon and from the nurse's first day on, by date. Absences are not considered.
///
/// # Complexity
/// O(dated shifts + recurring shifts x days of the horizon x exceptions).
pub fn shifts_of(nurse: &Nurse, calendar: &Calendar) -> Vec<Rostered> {
    let dated = nurse.shifts.iter().cloned().enumerate();
    let mut shifts: Vec<Rostered> =
        dated.map(|(at, shift)| Rostered { shift, place: RosterPlace::Dated(at) }).collect();
    for (at, recurring) in nurse.recurring.iter().enumerate() {
        for day in 0..calendar.days() {
            let date = calendar.date(i32::from(day));
            if takes_place(recurring, date) && nurse.first_day.is_none_or(|first| first <= date) {
                let RecurringShift { start, end, latest_end, break_minutes, .. } = *recurring;
                let RecurringShift { leaves_from, returns_to, .. } = *recurring;
                let shift = Shift { date, start, end, latest_end, break_minutes, leaves_from, returns_to };
                shifts.push(Rostered { shift, place: RosterPlace::Recurring(at) });
            }
        }
    }
    shifts
}

fn takes_place(shift: &RecurringShift, date: jiff::civil::Date) -> bool {
    shift.weekdays.contains(&Weekday::of(date))
        && shift.from.is_none_or(|from| from <= date)
        && shift.until.is_none_or(|until| date <= until)
        && !shift.except.contains(&date)
        && is_in_turn(shift.from, shift.every_weeks, date)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dates of March 2026 on which a shift takes place.
    fn days(fields: &str) -> Vec<i8> {
        let text = format!(
            r#"{{"id": "n", "home": {{}}, "first_day": "2026-03-03",
                "recurring": [{{"start": "07:00", "end": "12:00", {fields}}}]}}"#
        );
        let nurse: Nurse = serde_json::from_str(&text).unwrap();
        let horizon = serde_json::from_str(r#"{"first_day": "2026-03-02", "days": 28}"#).unwrap();
        let shifts = shifts_of(&nurse, &Calendar::new(&horizon).unwrap());
        shifts.iter().map(|rostered| rostered.shift.date.day()).collect()
    }

    #[test]
    fn weekdays_come_back_within_their_dates_but_for_exceptions() {
        // 2 March is a Monday, and before the nurse's first day.
        assert_eq!(days(r#""weekdays": ["monday"]"#), [9, 16, 23]);
        assert_eq!(days(r#""weekdays": ["sunday", "tuesday"], "until": "2026-03-15""#), [3, 8, 10, 15]);
        let except =
            r#""weekdays": ["tuesday"], "from": "2026-03-04", "except": ["2026-03-17", "2026-03-18"]"#;
        assert_eq!(days(except), [10, 24]);
    }

    #[test]
    fn weeks_are_counted_from_monday_of_the_first() {
        // Wednesday 4 March: the weeks of 2 and 16 March count; Monday 2 March itself is before it.
        let second = r#""weekdays": ["monday", "sunday"], "every_weeks": 2, "from": "2026-03-04""#;
        assert_eq!(days(second), [8, 16, 22]);
        // Long before the horizon: 5 January 2026 is a Monday; every third week from it: 26 Jan, 16 Feb, 9 March.
        let third = r#""weekdays": ["monday"], "every_weeks": 3, "from": "2026-01-05""#;
        assert_eq!(days(third), [9]);
    }
}
