//! Whether a document makes sense as a whole: every mistake at once, each with its path, the value
//! found and the mend.
//!
//! ```text
//! sizes ─> horizon ─> prices, team (shifts), clients (care), agreements, history, travel
//!   └ too large: nothing else is read       └ each a file, none stops the others
//! ```
//! What a plan cannot keep (a visit that no nurse may make, a pin on a nurse who is away) is no
//! mistake: the visit stays unplanned, with its reason.

mod agreements;
mod care;
mod clients;
mod findings;
mod meetings;
mod prices;
mod scope;
mod shifts;
pub mod sizes;
mod team;
mod travel;

#[cfg(test)]
mod tests;

use super::Document;
use super::places::places;
use crate::error::{Error, ErrorKind, Mistake, Result};
use findings::Findings;
use scope::Scope;

impl Document {
    /// Whether the document can be planned.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] where a list is longer than [`sizes`] allow; otherwise
    /// [`ErrorKind::Document`] with every mistake, those beyond the first thousand only counted.
    ///
    /// # Complexity
    /// O(n log n) in the length of the document, times the days of the horizon for care lines.
    ///
    /// # Example
    /// ```
    /// let text = r#"{
    ///     "kring": 1,
    ///     "horizon": {"first_day": "2026-03-02", "days": 7},
    ///     "nurses": [{"id": "n01", "home": {"lat": 52.1, "lon": 5.1}, "shifts": []}],
    ///     "clients": [{"id": "c01", "location": {"lat": 52.1}, "first_nurse": "n02", "care": []}],
    ///     "travel": {"straight": {}}
    /// }"#;
    /// let document: kring::model::Document = serde_json::from_str(text)?;
    /// let error = document.validate().unwrap_err();
    /// let paths: Vec<&str> = error.mistakes().iter().map(|m| m.path.as_str()).collect();
    /// assert_eq!(paths, ["clients[0].location", "clients[0].first_nurse"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn validate(&self) -> Result<()> {
        Error::from_mistakes(ErrorKind::TooLarge, sizes::mistakes(self))?;
        let mut mistakes = mistakes(self);
        for mistake in &mut mistakes {
            mistake.of = self.whose(&mistake.path);
        }
        Error::from_mistakes(ErrorKind::Document, mistakes)
    }

    /// The ids on the way to a path: `client "c12", care "wash"`.
    pub(crate) fn whose(&self, path: &str) -> Option<String> {
        Mistake::whose(path, |place| id_at(self, place).map(findings::short))
    }
}

/// The id at a place such as `nurses[3]`, `clients[12]` or `clients[12].care[0]`.
fn id_at<'a>(document: &'a Document, place: &str) -> Option<&'a str> {
    let mut steps = place.split('.').filter_map(|step| step.strip_suffix(']')?.split_once('['));
    let (list, at) = steps.next()?;
    let at: usize = at.parse().ok()?;
    match (list, steps.next()) {
        ("nurses", None) => document.nurses.get(at).map(|nurse| nurse.id.as_str()),
        ("meetings", None) => document.meetings.get(at).map(|meeting| meeting.id.as_str()),
        ("clients", None) => document.clients.get(at).map(|client| client.id.as_str()),
        ("clients", Some(("care", line))) => {
            let care = document.clients.get(at)?.care.get(line.parse::<usize>().ok()?)?;
            Some(care.id.as_str())
        }
        _ => None,
    }
}

/// The part of [`Document::validate`] on which travel times depend: lengths of lists, places and travel.
pub(crate) fn places_and_travel(document: &Document) -> Result<()> {
    Error::from_mistakes(ErrorKind::TooLarge, sizes::mistakes(document))?;
    let mut findings = Findings::default();
    for (name, place) in places(document) {
        travel::check_place(document, &name.to_string(), place, &mut findings);
    }
    travel::check(document, &mut findings);
    Error::from_mistakes(ErrorKind::Document, findings.into_mistakes())
}

/// Every mistake of a document whose lists are not too long.
fn mistakes(document: &Document) -> Vec<Mistake> {
    let mut findings = Findings::default();
    let scope = Scope::new(document, &mut findings);
    prices::check(&scope, &mut findings);
    team::check(&scope, &mut findings);
    clients::check(&scope, &mut findings);
    meetings::check(&scope, &mut findings);
    agreements::check(&scope, &mut findings);
    travel::check(document, &mut findings);
    findings.into_mistakes()
}
