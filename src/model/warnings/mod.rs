//! Warnings: what a document may say but probably does not mean. A warning is no mistake: a plan is made all the same.
//!
//! ```text
//! Document ── validate ──> mistakes: it cannot be planned
//!          └─ warnings ──> it can be planned; look here first if the plan surprises you
//! ```

mod care;
mod found;
mod people;
mod reach;

use super::Document;
use super::calendar::Calendar;
use super::strays::strays;
use found::Found;

pub use found::{MOST, Warning, WarningKind};
pub(crate) use reach::OpenTimes;

/// Largest team that looks after one neighbourhood.
const LARGEST_TEAM: usize = 12;

impl Document {
    /// Warnings about a valid document: what is legal but probably wrong, in the order of its parts; at most [`MOST`].
    ///
    /// # Complexity
    /// O(n log n) in the length of the document, times the days of the horizon for care lines.
    ///
    /// # Example
    /// ```
    /// use kring::model::warnings::WarningKind;
    ///
    /// let text = r#"{
    ///     "kring": 1, "horizon": {"first_day": "2026-03-02", "days": 7, "time_zone": "Europe/Amsterdam"}, "travel": {"straight": {}},
    ///     "nurses": [{"id": "n1", "home": {"lat": 52.1, "lon": 5.1}, "competences": ["wound"],
    ///                 "recurring": [{"weekdays": ["monday"], "start": "07:00", "end": "12:00"}]}],
    ///     "clients": [{"id": "c1", "location": {"lat": 52.1, "lon": 5.1}, "care": [
    ///         {"id": "leg", "days": "daily", "window": {"from": "08:00", "to": "10:00"}, "minutes": 20,
    ///          "competences": ["wuond"]}]}]
    /// }"#;
    /// let document = kring::read_document(text)?;
    /// let warnings = document.warnings();
    /// assert_eq!((warnings.len(), warnings[0].kind), (1, WarningKind::Competence));
    /// assert_eq!(
    ///     warnings[0].to_string(),
    ///     r#"clients[0].care[0].competences[0] (client "c1", care "leg"): no nurse has the competence "wuond"; did you mean "wound"?"#
    /// );
    /// # Ok::<(), kring::Error>(())
    /// ```
    pub fn warnings(&self) -> Vec<Warning> {
        let mut found = Found::default();
        if self.horizon.time_zone.is_none() {
            let problem =
                "not given; calendars have local times without a zone, and changes of the clock are not seen";
            found.add(
                WarningKind::NoTimeZone,
                "horizon.time_zone",
                problem.to_owned(),
                "write time_zone: Europe/Amsterdam, or your own",
            );
        }
        if self.nurses.len() > LARGEST_TEAM {
            let problem = format!("a team of {}, more than {LARGEST_TEAM}", self.nurses.len());
            found.add(WarningKind::LargeTeam, "nurses", problem, "plan two teams, each with its clients");
        }
        for stray in strays(self) {
            let (problem, mend) = stray.words();
            found.add(WarningKind::FarPlace, &stray.path, problem, mend);
        }
        people::competences(self, &mut found);
        people::history(self, &mut found);
        care::unusual(self, &mut found);
        care::prices(self, &mut found);
        people::households(self, &mut found);
        if let Ok(calendar) = Calendar::new(&self.horizon) {
            reach::clocks(self, &calendar, &mut found);
            people::pins(self, &calendar, &mut found);
            people::pins_at_once(self, &mut found);
            people::locks(self, &calendar, &mut found);
            reach::care(self, &calendar, &mut found);
            reach::leave(self, &calendar, &mut found);
            reach::meetings(self, &calendar, &mut found);
            reach::shifts(self, &calendar, &mut found);
        }
        for warning in &mut found.0 {
            warning.said.of = self.whose(&warning.said.path);
        }
        found.0
    }
}
