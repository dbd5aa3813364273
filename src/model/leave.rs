//! Planned leave as a client sees it: days on which somebody it counts on is away.

use super::acquaintance::Acquaintance;
use super::calendar::Calendar;
use super::document::{Client, Document};
use rustc_hash::FxHashMap;

/// Days in a row on which nurses that a client counts on are away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leave {
    pub(crate) client: u32,
    /// The first and the last day, within the horizon.
    pub(crate) from: u16,
    pub(crate) until: u16,
    /// The nurses whom the client counts on, in the order of the document. None of them is a stranger.
    pub(crate) counts_on: Vec<u32>,
    /// Those of them who are away on some of these days.
    pub(crate) away: Vec<u32>,
}

/// The leaves of all clients, by client and first day. A client counts on its first nurse and its circle; where it has
/// neither, on the nurses met in the history window. Absences that overlap or follow each other are one leave.
///
/// # Complexity
/// Absences times days, and for each client the days times those it counts on.
pub(super) fn leaves(document: &Document, calendar: &Calendar, acquaintance: &Acquaintance) -> Vec<Leave> {
    let number_of: FxHashMap<&str, u32> =
        (0..).zip(&document.nurses).map(|(number, nurse)| (nurse.id.as_str(), number)).collect();
    let days = i64::from(calendar.days());
    let mut away: Vec<Vec<bool>> = vec![vec![false; days as usize]; document.nurses.len()];
    for absence in &document.agreements.absences {
        let Some(&nurse) = number_of.get(absence.nurse.as_str()) else { continue };
        let [from, until] = [absence.from, absence.until].map(|date| calendar.days_from_first(date));
        for day in from.max(0)..=until.min(days - 1) {
            away[nurse as usize][day as usize] = true;
        }
    }
    let mut leaves = Vec::new();
    if !away.iter().flatten().any(|&away| away) {
        return leaves;
    }
    for (number, client) in (0..).zip(&document.clients) {
        let counts_on = counted_on(client, number, &number_of, acquaintance);
        let is_away = |day: u16| counts_on.iter().any(|&nurse| away[nurse as usize][usize::from(day)]);
        let away_days: Vec<u16> = (0..days as u16).filter(|&day| is_away(day)).collect();
        for run in away_days.chunk_by(|&day, &next| next == day + 1) {
            let (Some(&from), Some(&until)) = (run.first(), run.last()) else { continue };
            let in_run = |&&nurse: &&u32| run.iter().any(|&day| away[nurse as usize][usize::from(day)]);
            let away = counts_on.iter().filter(in_run).copied().collect();
            leaves.push(Leave { client: number, from, until, counts_on: counts_on.clone(), away });
        }
    }
    leaves
}

/// Whom a client counts on, in the order of the document.
fn counted_on(
    client: &Client,
    number: u32,
    number_of: &FxHashMap<&str, u32>,
    acquaintance: &Acquaintance,
) -> Vec<u32> {
    let named = client.first_nurse.iter().chain(&client.circle);
    let mut nurses: Vec<u32> = named.filter_map(|id| number_of.get(id.as_str()).copied()).collect();
    if nurses.is_empty() {
        nurses = (0..number_of.len() as u32).filter(|&nurse| acquaintance.has_met(number, nurse)).collect();
    }
    nurses.sort_unstable();
    nurses.dedup();
    nurses
}
