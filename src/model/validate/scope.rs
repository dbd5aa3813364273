//! What every check may look up: the document, its calendar, and who is meant by an id.

use super::findings::{Findings, quoted};
use crate::model::document::{Client, Nurse, TimeOfDay};
use crate::model::spelling::meant;
use crate::model::{Calendar, Document};
use std::collections::BTreeMap;

/// The document with its calendar and its ids.
pub(super) struct Scope<'a> {
    pub(super) document: &'a Document,
    /// `None` where the horizon is a mistake: what depends on days is then not checked.
    pub(super) calendar: Option<Calendar>,
    clock_changes: Vec<u16>,
    nurses: BTreeMap<&'a str, usize>,
    clients: BTreeMap<&'a str, usize>,
}

impl<'a> Scope<'a> {
    /// Checks version, horizon and ids on the way.
    pub(super) fn new(document: &'a Document, findings: &mut Findings) -> Self {
        if document.kring != Document::VERSION {
            let mend = format_args!("this kring reads version {}", Document::VERSION);
            findings.add("kring", format_args!("version {}", document.kring), mend);
        }
        if let Some(id) = &document.id {
            findings.id("id", id);
        }
        findings.label("label", document.label.as_deref());
        numbers("meetings", document.meetings.iter().map(|m| m.id.as_str()), findings);
        let calendar = match Calendar::new(&document.horizon) {
            Ok(calendar) => Some(calendar),
            Err(error) => {
                error.mistakes().iter().for_each(|m| findings.add(&m.path, &m.problem, &m.mend));
                None
            }
        };
        Self {
            document,
            clock_changes: calendar.as_ref().map(clock_changes).unwrap_or_default(),
            calendar,
            nurses: numbers("nurses", document.nurses.iter().map(|n| n.id.as_str()), findings),
            clients: numbers("clients", document.clients.iter().map(|c| c.id.as_str()), findings),
        }
    }

    /// The nurse of an id.
    pub(super) fn nurse(&self, id: &str) -> Option<&'a Nurse> {
        self.nurses.get(id).map(|&i| &self.document.nurses[i])
    }

    /// The client of an id, with the number.
    pub(super) fn client(&self, id: &str) -> Option<(usize, &'a Client)> {
        self.clients.get(id).map(|&i| (i, &self.document.clients[i]))
    }

    /// The nurse of an id; a mistake where there is none.
    pub(super) fn find_nurse(&self, path: &str, id: &str, findings: &mut Findings) -> Option<&'a Nurse> {
        let found = self.nurse(id);
        if found.is_none() {
            let mend = did_you_mean(id, self.nurses.keys().copied(), "name an id of nurses", findings);
            findings.add(path, format_args!("no nurse has the id {}", quoted(id)), mend);
        }
        found
    }

    /// The client of an id, with the number; a mistake where there is none.
    pub(super) fn find_client(
        &self,
        path: &str,
        id: &str,
        findings: &mut Findings,
    ) -> Option<(usize, &'a Client)> {
        let found = self.client(id);
        if found.is_none() {
            let mend = did_you_mean(id, self.clients.keys().copied(), "name an id of clients", findings);
            findings.add(path, format_args!("no client has the id {}", quoted(id)), mend);
        }
        found
    }

    /// The number of a client's care line of an id; a mistake where there is none.
    pub(super) fn find_care(
        &self,
        path: &str,
        client: &Client,
        id: &str,
        findings: &mut Findings,
    ) -> Option<usize> {
        let found = client.care.iter().position(|line| line.id == id);
        if found.is_none() {
            let ids = client.care.iter().map(|line| line.id.as_str());
            let mend = did_you_mean(id, ids, "name an id of the client's care lines", findings);
            let problem = format_args!("client {} has no care line {}", quoted(&client.id), quoted(id));
            findings.add(path, problem, mend);
        }
        found
    }

    /// Whether the two must not meet, whoever said so.
    pub(super) fn forbids(&self, client: &Client, nurse: &Nurse) -> bool {
        client.forbidden_nurses.contains(&nurse.id) || nurse.forbidden_clients.contains(&client.id)
    }

    /// The days on which local times are not what they seem: the clock is changed on them or on the
    /// day after, into which a window may reach.
    pub(super) fn clock_changes(&self) -> &[u16] {
        &self.clock_changes
    }
}

/// Asks for the id that was probably meant, or else to name one.
pub(super) fn did_you_mean<'k>(
    id: &str,
    known: impl IntoIterator<Item = &'k str>,
    otherwise: &str,
    findings: &Findings,
) -> String {
    let near = if findings.are_few() { meant(id, known) } else { None };
    near.map_or_else(|| otherwise.to_owned(), |near| format!("did you mean {}?", quoted(near)))
}

/// Ids of a list with their numbers; repeated ones are a mistake, and stand for the first.
fn numbers<'a>(
    list: &str,
    ids: impl Iterator<Item = &'a str>,
    findings: &mut Findings,
) -> BTreeMap<&'a str, usize> {
    let mut numbers = BTreeMap::new();
    for (i, id) in ids.enumerate() {
        let path = format_args!("{list}[{i}].id");
        findings.id(path, id);
        if let Some(first) = numbers.get(id) {
            let problem = format_args!("{} is the id of {list}[{first}] already", quoted(id));
            findings.add(path, problem, "give each its own id");
        } else {
            numbers.insert(id, i);
        }
    }
    numbers
}

/// The days on which, or on whose next day, some full hour is not as far from the day's midnight as
/// the wall clock says.
fn clock_changes(calendar: &Calendar) -> Vec<u16> {
    let changes = |day: i32| {
        let midnight = calendar.seconds(day, hour(0));
        (1..=24).any(|h| calendar.seconds(day, hour(h)) - midnight != i64::from(h) * 3600)
    };
    (0..calendar.days()).filter(|&day| changes(day.into()) || changes(i32::from(day) + 1)).collect()
}

/// A full hour, 0 to 24.
fn hour(hour: u32) -> TimeOfDay {
    TimeOfDay::from_seconds(hour * 3600).unwrap_or(TimeOfDay::MIDNIGHT)
}
