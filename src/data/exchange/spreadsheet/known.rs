//! Keeps the parts of a known document that fit the people and the days of the sheets.

use crate::model::Document;
use jiff::ToSpan;
use rustc_hash::FxHashSet;

/// Which parts the sheets give themselves. What is wrong in these is a mistake, reported by row and column, and is not
/// dropped.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Said {
    pub(super) absences: bool,
    pub(super) first_nurse: bool,
    pub(super) circle: bool,
    pub(super) forbidden: bool,
}

/// Drops what a known document says of people or care that the sheets do not have, or of days outside the horizon. Returns a
/// note for each kind of thing that was dropped.
pub(super) fn keep_what_fits(document: &mut Document, said: Said) -> Vec<String> {
    let Document { nurses, clients, meetings, agreements, history, horizon, .. } = document;
    let nurse_ids: FxHashSet<String> = nurses.iter().map(|nurse| nurse.id.clone()).collect();
    let client_ids: FxHashSet<String> = clients.iter().map(|client| client.id.clone()).collect();
    let care = clients.iter().flat_map(|client| client.care.iter().map(|care| (&*client.id, &*care.id)));
    let care: FxHashSet<(&str, &str)> = care.collect();
    let is_nurse = |id: &String| nurse_ids.contains(id);
    let first_day = horizon.first_day;
    let last_day = first_day.saturating_add((i64::from(horizon.days) - 1).days());
    let mut notes = Vec::new();
    let mut dropped = |what: &str, before: usize, after: usize| {
        if after < before {
            let of = "of people, care or days that are no longer those of the sheets";
            notes.push(format!("{} {what} {of}, left out", before - after));
        }
    };

    if !said.absences {
        let before = agreements.absences.len();
        agreements.absences.retain(|absence| is_nurse(&absence.nurse) && absence.until >= first_day);
        dropped("absences", before, agreements.absences.len());
    }
    let before = agreements.pins.len();
    agreements.pins.retain(|pin| {
        let has_care = care.contains(&(pin.client.as_str(), pin.care.as_str()));
        has_care && pin.nurse.as_ref().is_none_or(is_nurse) && (first_day..=last_day).contains(&pin.date)
    });
    dropped("pins", before, agreements.pins.len());
    let before = agreements.locks.len();
    agreements.locks.retain(|lock| {
        let has_care = match (&lock.client, &lock.care) {
            (Some(client), Some(line)) => care.contains(&(client.as_str(), line.as_str())),
            (client, _) => client.as_ref().is_none_or(|client| client_ids.contains(client)),
        };
        has_care
            && lock.nurse.as_ref().is_none_or(is_nurse)
            && lock.until.or(lock.date).is_none_or(|until| until >= first_day)
    });
    dropped("locks", before, agreements.locks.len());
    let before = history.visits.len();
    history.visits.retain(|visit| visit.date < first_day && client_ids.contains(&visit.client));
    dropped("past visits", before, history.visits.len());

    // A meeting without names is for everybody. If all nurses whom it names have left, it must not become one for
    // everybody.
    let before = meetings.len();
    meetings.retain_mut(|meeting| {
        let was_for_all = meeting.nurses.is_empty();
        meeting.nurses.retain(is_nurse);
        was_for_all || !meeting.nurses.is_empty()
    });
    dropped("meetings", before, meetings.len());
    let (mut before, mut after) = (0, 0);
    let mut keep = |ids: &mut Vec<String>, known: &FxHashSet<String>| {
        before += ids.len();
        ids.retain(|id| known.contains(id));
        after += ids.len();
    };
    nurses.iter_mut().for_each(|nurse| keep(&mut nurse.forbidden_clients, &client_ids));
    for client in clients.iter_mut() {
        keep(&mut client.preferred_nurses, &nurse_ids);
        if !said.circle {
            keep(&mut client.circle, &nurse_ids);
        }
        if !said.forbidden {
            keep(&mut client.forbidden_nurses, &nurse_ids);
        }
        if !said.first_nurse {
            let mut first: Vec<String> = client.first_nurse.take().into_iter().collect();
            keep(&mut first, &nurse_ids);
            client.first_nurse = first.pop();
        }
    }
    dropped("wishes and circles", before, after);
    notes
}
