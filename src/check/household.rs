//! Households: the nurses who come to the clients of a household on a day, compared with those who come to one of them.

use super::expand::Expanded;
use super::read::ReadTour;
use std::collections::{BTreeMap, BTreeSet};

/// Summed over households and days: the number of nurses who come, less the number who come to the client who sees most
/// of them.
pub(super) fn extra_nurses(expanded: &Expanded<'_>, tours: &[ReadTour<'_>]) -> i64 {
    let mut seen: BTreeMap<(&str, u16), BTreeMap<usize, BTreeSet<usize>>> = BTreeMap::new();
    for tour in tours {
        let Some(nurse) = tour.nurse else { continue };
        for (_, visit) in tour.visits() {
            let (Some(line), Some(day)) = (visit.line, visit.day) else { continue };
            let client = expanded.lines[line].client;
            if let Some(household) = expanded.document.clients[client].household.as_deref() {
                seen.entry((household, day)).or_default().entry(client).or_default().insert(nurse);
            }
        }
    }
    seen.values()
        .map(|clients| {
            let all: BTreeSet<usize> = clients.values().flatten().copied().collect();
            let most = clients.values().map(BTreeSet::len).max().unwrap_or(0);
            (all.len() - most) as i64
        })
        .sum()
}
