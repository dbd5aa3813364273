//! Whether a plan was made for a given document. Nurses and clients change from one day to the next, so a changed
//! document does not count as another document.
//!
//! ```text
//! the ids of both are given and differ ............................ another document: an error
//! the digests are the same ........................................ the same horizon and people
//! the digests differ, and the ids are the same .................... changed since: a warning
//! the digests differ, an id is missing, no client in common ....... another document: an error
//!                                       some clients in common .... changed since, or another: a warning
//! the plan does not say ........................................... nothing to compare
//! ```

use super::document::{Document, Horizon};
use super::plan::{MadeFor, Plan};
use super::warnings::{Warning, WarningKind};
use crate::error::{Error, ErrorKind, Mistake, Result};
use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};

/// Bytes of the digest that are kept: enough against accidents, and no protection against forgery.
const BYTES: usize = 8;

impl Document {
    /// The entry with which a plan states that it was made for this document.
    ///
    /// The digest is the first 8 bytes of SHA-256 over the first day, the number of days, the time zone and the sorted ids of nurses
    /// and of clients, each text after its length; it is the same on every platform.
    ///
    /// # Complexity
    /// O(n log n) in nurses and clients.
    pub fn made_for(&self) -> MadeFor {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        };
        add(&self.horizon.first_day.to_string());
        add(&self.horizon.days.to_string());
        add(self.horizon.time_zone.as_deref().unwrap_or_default());
        let nurses: Vec<&str> = self.nurses.iter().map(|nurse| nurse.id.as_str()).collect();
        let clients = self.clients.iter().map(|client| client.id.as_str()).collect();
        for mut ids in [nurses, clients] {
            ids.sort_unstable();
            add(&ids.len().to_string());
            ids.iter().for_each(|id| add(id));
        }
        let digest = hash.finalize().iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect();
        MadeFor { id: self.id.clone(), digest }
    }

    /// Whether a plan may have been made for this document: a warning where the document has changed since. Every
    /// function that takes a plan and its document makes this check, except those that cannot fail:
    /// [`with_published`](crate::Problem::with_published) takes any plan, and [`check`](crate::check()) then checks the
    /// published one; [`priced`](crate::report::changes::priced) takes plans of the problem.
    ///
    /// # Errors
    /// Kind `Plan` for a plan of another document: the ids of both are given and differ; or an id is missing, the
    /// digests differ, and the plan has visits, none of them to a client of this document.
    ///
    /// # Complexity
    /// O(n log n) in nurses and clients, and linear in the plan.
    ///
    /// # Example
    /// ```
    /// use kring::{Options, prepare, read_document, solve};
    ///
    /// let mut document = read_document(&std::fs::read_to_string("examples/neighbourhoods/village.json")?)?;
    /// document.id = Some("village".to_owned());
    /// let plan = solve(&prepare(&document, ".".as_ref())?, &Options::default().with_iterations(1))?.plan;
    /// assert!(document.accept(&plan)?.is_none());
    ///
    /// document.clients.pop();
    /// assert!(document.accept(&plan)?.is_some());
    /// document.id = Some("town".to_owned());
    /// assert!(document.accept(&plan).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn accept(&self, plan: &Plan) -> Result<Option<Warning>> {
        let (Some(then), now) = (&plan.document, self.made_for()) else { return Ok(None) };
        let is_same = then.id.as_ref().zip(now.id.as_ref()).map(|(then, now)| then == now);
        let is_ours = is_same.unwrap_or_else(|| then.digest == now.digest || self.knows_client_of(plan));
        if is_ours && then.digest == now.digest {
            return Ok(None);
        }
        let problem = match self.other_days(plan) {
            Some((from, until)) => {
                let Horizon { first_day, days, .. } = &self.horizon;
                format!(
                    "this plan is for {from} to {until}, and the document for {days} days from {first_day}"
                )
            }
            None => format!("this plan was made for {then}; what is given is {now}"),
        };
        let mistake = |mend: &str| Mistake::new("document", problem, mend);
        if !is_ours {
            return Err(Error::new(ErrorKind::Plan, mistake("give the plan of this document")));
        }
        let mend = "the same team, whose people or days have changed since, needs nothing; for another team give its own plan";
        Ok(Some(Warning { kind: WarningKind::ChangedDocument, said: mistake(mend) }))
    }

    /// The first and the last day of a plan, if one of them lies outside the horizon.
    fn other_days(&self, plan: &Plan) -> Option<(Date, Date)> {
        let (from, until) = plan.days()?;
        let end = self.horizon.first_day.checked_add(i64::from(self.horizon.days).days()).ok()?;
        (from < self.horizon.first_day || until >= end).then_some((from, until))
    }

    /// Whether the plan has a visit to a client of the document, or none at all.
    fn knows_client_of(&self, plan: &Plan) -> bool {
        let known: FxHashSet<&str> = self.clients.iter().map(|client| client.id.as_str()).collect();
        let mut visits = plan.tours.iter().flat_map(|tour| tour.visits()).peekable();
        visits.peek().is_none() || visits.any(|visit| known.contains(visit.client.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{Client, Horizon, Nurse, Place, Travel};
    use crate::model::plan::{PlannedVisit, Stop, Tour};
    use jiff::civil::date;

    fn document(clients: &[&str]) -> Document {
        let place = || Place::at(52.1, 5.1);
        let clients = clients.iter().map(|id| Client::new(*id, place(), Vec::new())).collect();
        let horizon = Horizon::new(date(2026, 3, 2), 7);
        Document::new(horizon, Travel::straight(), vec![Nurse::new("n", place())], clients)
    }

    fn plan(document: &Document, client: &str) -> Plan {
        let at = "2026-03-02T08:00:00Z".parse().unwrap();
        let visit = PlannedVisit {
            client: client.to_owned(),
            care: "a".to_owned(),
            date: date(2026, 3, 2),
            travel_seconds: 0,
            start: at,
            end: at,
        };
        let tour = Tour {
            nurse: "n".to_owned(),
            shift: at,
            leave: at,
            back: at,
            travel_seconds: 0,
            waiting_seconds: 0,
            stops: vec![Stop::Visit(visit)],
        };
        Plan { document: Some(document.made_for()), tours: vec![tour], ..Plan::default() }
    }

    // Computed with another implementation of SHA-256 over the text that the description of the digest gives.
    #[test]
    fn the_digest_is_of_people_and_horizon_and_the_same_everywhere() {
        let of = document(&["a", "b"]);
        let mut other = document(&["b", "a"]);
        other.prices.face = 1.0;
        other.label = Some("town".to_owned());
        assert_eq!(of.made_for(), other.made_for());
        assert_eq!(of.made_for().digest, "39019a3c6d107435");
        // No id can be taken for two.
        assert_ne!(document(&["ab"]).made_for(), document(&["a", "b"]).made_for());
        other.horizon.days = 8;
        assert_ne!(of.made_for(), other.made_for());
    }

    #[test]
    fn ids_decide_where_both_have_one() {
        let mut of = document(&["a", "b"]);
        of.id = Some("town".to_owned());
        let plan = plan(&of, "a");
        let mut other = of.clone();
        assert_eq!(other.accept(&plan), Ok(None));
        other.clients.pop();
        assert_eq!(other.accept(&plan).unwrap().unwrap().kind, WarningKind::ChangedDocument);
        other.clients.clear();
        assert!(other.accept(&plan).unwrap().is_some());
        other = of.clone();
        other.id = Some("village".to_owned());
        let error = other.accept(&plan).unwrap_err();
        assert_eq!((error.kind(), error.mistakes()[0].path.as_str()), (ErrorKind::Plan, "document"));
        assert!(error.to_string().contains("made for document \"town\" of digest"), "{error}");
    }

    #[test]
    fn clients_decide_where_an_id_is_missing() {
        let of = document(&["a", "b"]);
        let made = plan(&of, "a");
        assert_eq!(of.accept(&made), Ok(None));
        assert!(document(&["a", "c"]).accept(&made).unwrap().is_some());
        assert!(document(&["c", "d"]).accept(&made).is_err());
        // A document that is given an id is still the same; an older plan says nothing.
        let mut named = of.clone();
        named.id = Some("town".to_owned());
        assert_eq!(named.accept(&made), Ok(None));
        assert_eq!(document(&["c"]).accept(&Plan { document: None, ..made }), Ok(None));
    }
}
