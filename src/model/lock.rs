//! Which visits of a published plan a lock holds, and how.

use super::calendar::Calendar;
use super::document::{Kept, Lock};
use jiff::civil::Date;

/// Upper bound on the factor by which notice and lock together multiply the price of a change.
pub(super) const MOST: f64 = 100.0;

/// A visit as it was published, with the fields that locks refer to.
pub(super) struct Locked<'a> {
    pub(super) client: &'a str,
    pub(super) care: &'a str,
    pub(super) nurse: &'a str,
    pub(super) date: Date,
    /// Elapsed seconds.
    pub(super) start: i64,
}

/// The combined effect of all locks of a visit, indexed by [`Kept`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Held {
    /// Whether it may not change.
    pub(super) hard: [bool; 3],
    /// Factor of the price of its change: the largest of the factors of the locks.
    pub(super) factor: [f64; 3],
}

impl Held {
    /// No lock.
    pub(super) const FREE: Self = Self { hard: [false; 3], factor: [1.0; 3] };

    /// Combines all locks that hold a visit.
    ///
    /// # Complexity
    /// Linear in the locks.
    pub(super) fn of(locks: &[Lock], visit: &Locked<'_>, calendar: &Calendar) -> Self {
        let mut held = Self::FREE;
        let mut factors: [Option<f64>; 3] = [None; 3];
        for lock in locks.iter().filter(|lock| lock.holds(visit, calendar)) {
            for &kept in lock.kept() {
                let of_kept = &mut factors[kept as usize];
                match lock.factor {
                    None => held.hard[kept as usize] = true,
                    Some(factor) => *of_kept = Some(of_kept.map_or(factor, |other| other.max(factor))),
                }
            }
        }
        for (factor, found) in held.factor.iter_mut().zip(factors) {
            *factor = found.unwrap_or(1.0);
        }
        held
    }

    /// Whether something may not change.
    pub(super) fn is_hard(&self, kept: Kept) -> bool {
        self.hard[kept as usize]
    }

    /// Factor of the price of a change.
    pub(super) fn factor(&self, kept: Kept) -> f64 {
        self.factor[kept as usize]
    }

    /// Factor of the price of leaving the visit out: the largest factor of its changes, at least 1; [`MOST`] where any
    /// change is forbidden.
    pub(super) fn factor_left_out(&self) -> f64 {
        let hard = self.hard.iter().any(|&is| is);
        if hard { MOST } else { self.factor.into_iter().fold(1.0, f64::max) }
    }
}

impl Lock {
    /// Whether the lock holds visits of a day.
    pub(super) fn is_of_day(&self, date: Date) -> bool {
        self.date.is_none_or(|first| (first..=self.until.unwrap_or(first)).contains(&date))
    }

    /// Whether the lock holds a visit.
    fn holds(&self, visit: &Locked<'_>, calendar: &Calendar) -> bool {
        let is = |named: &Option<String>, id: &str| named.as_ref().is_none_or(|named| named == id);
        let day = calendar.days_from_first(visit.date) as i32;
        is(&self.client, visit.client)
            && is(&self.care, visit.care)
            && is(&self.nurse, visit.nurse)
            && self.is_of_day(visit.date)
            && self.before.is_none_or(|time| visit.start < calendar.seconds(day, time))
    }
}
