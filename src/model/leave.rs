//! Planned leave as a client sees it: days on which somebody it counts on is away.

use super::acquaintance::Acquaintance;
use super::calendar::Calendar;
use super::document::Document;

/// Days in a row on which nurses that a client counts on are away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leave {
    pub(crate) client: u32,
    /// The first and the last day, within the horizon.
    pub(crate) from: u16,
    pub(crate) until: u16,
    /// Who is away on some of these days, in the order of the document.
    pub(crate) away: Vec<u32>,
}

/// The leaves of all clients, by client and first day. A client counts on its first nurse and its circle; where it has
/// neither, on the nurses met in the history window. Absences that overlap or follow each other are one leave.
///
/// # Complexity
/// Clients times absences.
pub(super) fn leaves(document: &Document, calendar: &Calendar, acquaintance: &Acquaintance) -> Vec<Leave> {
    let last = i64::from(calendar.days()) - 1;
    let mut absences: Vec<(i64, i64, u32)> = Vec::new();
    for absence in &document.agreements.absences {
        let [from, until] = [absence.from, absence.until].map(|date| calendar.days_from_first(date));
        let nurse = document.nurses.iter().position(|nurse| nurse.id == absence.nurse);
        if let Some(nurse) = nurse.filter(|_| from <= until && until >= 0 && from <= last) {
            absences.push((from.max(0), until.min(last), nurse as u32));
        }
    }
    absences.sort_unstable();
    let mut leaves: Vec<Leave> = Vec::new();
    for (number, client) in (0..).zip(&document.clients) {
        let named = client.first_nurse.is_some() || !client.circle.is_empty();
        let counts_on = |nurse: u32| {
            let id = &document.nurses[nurse as usize].id;
            client.first_nurse.as_ref() == Some(id)
                || client.circle.contains(id)
                || (!named && acquaintance.has_met(number, nurse))
        };
        let first = leaves.len();
        for &(from, until, nurse) in absences.iter().filter(|&&(.., nurse)| counts_on(nurse)) {
            match leaves[first..].last_mut().filter(|leave| from <= i64::from(leave.until) + 1) {
                Some(leave) => {
                    leave.until = leave.until.max(until as u16);
                    leave.away.push(nurse);
                }
                None => {
                    let (from, until) = (from as u16, until as u16);
                    leaves.push(Leave { client: number, from, until, away: vec![nurse] });
                }
            }
        }
        for leave in &mut leaves[first..] {
            leave.away.sort_unstable();
            leave.away.dedup();
        }
    }
    leaves
}
