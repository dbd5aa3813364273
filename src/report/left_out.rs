//! Visits left out, grouped by care line and reasons.

use super::reading::LeftOut;
use rustc_hash::FxHashMap;

/// Most days of a group that are named; the others are counted.
const MOST_DAYS: usize = 7;

/// Visits of one care line that are left out for the same reasons.
pub(super) struct Group<'a> {
    /// The first of them.
    pub(super) first: &'a LeftOut<'a>,
    /// The days of all of them.
    pub(super) days: Vec<u16>,
}

impl Group<'_> {
    /// The days by name. Of many days it names the first ones and counts the others.
    pub(super) fn dates(&self, name: impl Fn(u16) -> String) -> String {
        let named: Vec<String> = self.days.iter().take(MOST_DAYS).map(|&day| name(day)).collect();
        match self.days.len().saturating_sub(MOST_DAYS) {
            0 => named.join(", "),
            more => format!("{} and {more} more", named.join(", ")),
        }
    }

    /// The nurse who is nearest to making the visits, and what would have to change for that.
    pub(super) fn mend(&self) -> Option<(&str, String)> {
        let nearest = self.first.unplanned.nearest()?;
        Some((&nearest.nurse, nearest.why.mend()?))
    }
}

/// Groups the visits left out by care line and reasons. Groups are in the order of their first visits.
///
/// # Complexity
/// The visits times the different reasons of their care line.
pub(super) fn groups<'a>(all: &'a [LeftOut<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut of_line: FxHashMap<(usize, usize), Vec<usize>> = FxHashMap::default();
    for visit in all {
        let known = of_line.entry((visit.client, visit.care)).or_default();
        let same = |&&at: &&usize| groups[at].first.unplanned.reasons == visit.unplanned.reasons;
        match known.iter().find(same) {
            Some(&at) => groups[at].days.push(visit.day),
            None => {
                known.push(groups.len());
                groups.push(Group { first: visit, days: vec![visit.day] });
            }
        }
    }
    groups
}
