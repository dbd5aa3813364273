//! What a document may say and probably does not mean: nothing of it is a mistake, a plan is made all the same.
//!
//! ```text
//! Document ── validate ──> mistakes: it cannot be planned
//!          └─ warnings ──> it can be planned; look here first if the plan surprises you
//! ```

mod people;
mod reach;

use super::Document;
use super::calendar::Calendar;
use super::strays::strays;
use crate::error::Mistake;
use serde::{Serialize, Serializer};
use std::fmt;

/// Most warnings that are told.
pub const MOST: usize = 1_000;

/// Largest team that looks after one neighbourhood.
const LARGEST_TEAM: usize = 12;

/// What kind of thing is probably wrong; more kinds may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WarningKind {
    /// Care asks for a competence or a level that nobody has, or a competence differs from another by a letter.
    Competence,
    /// A care line whose dates lie outside the horizon.
    CareOutsideHorizon,
    /// A client without any care.
    ClientWithoutCare,
    /// A visit is pinned to a nurse who is on leave, or has no shift that day.
    PinnedNurseAway,
    /// A team of more than 12 nurses.
    LargeTeam,
    /// A shift that no time window of a visit reaches.
    IdleShift,
    /// A nurse without a shift in the horizon.
    NurseWithoutShift,
    /// A place far from all others, or with latitude and longitude exchanged.
    FarPlace,
}

/// What is probably wrong, with its place and what would mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The kind.
    pub kind: WarningKind,
    /// Place, ids, what it is and what would be right; said as a mistake is.
    pub said: Mistake,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said.fmt(f)
    }
}

impl Serialize for Warning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("Warning", 5)?;
        fields.serialize_field("kind", &self.kind)?;
        fields.serialize_field("path", &self.said.path)?;
        fields.serialize_field("of", &self.said.of)?;
        fields.serialize_field("problem", &self.said.problem)?;
        fields.serialize_field("mend", &self.said.mend)?;
        fields.end()
    }
}

/// The warnings so far.
#[derive(Default)]
struct Found(Vec<Warning>);

impl Found {
    fn add(&mut self, kind: WarningKind, path: impl fmt::Display, problem: String, mend: impl Into<String>) {
        if self.0.len() < MOST {
            self.0.push(Warning { kind, said: Mistake::new(path.to_string(), problem, mend) });
        }
    }
}

impl Document {
    /// What is legal and probably wrong, for a valid document, in the order of its parts; at most [`MOST`].
    ///
    /// # Complexity
    /// O(n log n) in the length of the document, times the days of the horizon for care lines.
    ///
    /// # Example
    /// ```
    /// use kring::model::warnings::WarningKind;
    ///
    /// let text = r#"{
    ///     "kring": 1, "horizon": {"first_day": "2026-03-02", "days": 7}, "travel": {"straight": {}},
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
        if self.nurses.len() > LARGEST_TEAM {
            let problem = format!("a team of {}, more than {LARGEST_TEAM}", self.nurses.len());
            found.add(WarningKind::LargeTeam, "nurses", problem, "plan two teams, each with its clients");
        }
        for stray in strays(self) {
            let (problem, mend) = stray.words();
            found.add(WarningKind::FarPlace, &stray.path, problem, mend);
        }
        people::competences(self, &mut found);
        if let Ok(calendar) = Calendar::new(&self.horizon) {
            people::pins(self, &calendar, &mut found);
            reach::care(self, &calendar, &mut found);
            reach::shifts(self, &calendar, &mut found);
        }
        for warning in &mut found.0 {
            warning.said.of = self.whose(&warning.said.path);
        }
        found.0
    }
}
