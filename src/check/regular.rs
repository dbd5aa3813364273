//! Regular hour: how far the starts of a care line spread over the days of the plan.

use super::expand::Expanded;
use super::read::ReadTour;
use super::violation::{Findings, Rule};

/// Seconds between the earliest and the latest start of each care line, each start counted from the start of the
/// window of its day; 0 for fewer than two visits.
pub(super) fn spreads(expanded: &Expanded<'_>, tours: &[ReadTour<'_>]) -> Vec<i64> {
    let mut ends: Vec<Option<(i64, i64)>> = vec![None; expanded.lines.len()];
    for tour in tours.iter().filter(|tour| tour.nurse.is_some()) {
        for (_, visit) in tour.visits() {
            let (Some(line), Some(day)) = (visit.line, visit.day) else { continue };
            let (opens, _) = expanded.lines[line].window(&expanded.calendar, day);
            let hour = visit.start.saturating_sub(opens);
            let (first, last) = ends[line].unwrap_or((hour, hour));
            ends[line] = Some((first.min(hour), last.max(hour)));
        }
    }
    ends.into_iter().map(|ends| ends.map_or(0, |(first, last)| last.saturating_sub(first))).collect()
}

/// Seconds by which a spread exceeds what a care line allows, and whether that limit is hard; `None` if the line asks
/// for no regular hour.
pub(super) fn beyond(expanded: &Expanded<'_>, line: usize, spread: i64) -> Option<(i64, bool)> {
    let regular = expanded.lines[line].care.regular_hour?;
    let within = (regular.within_minutes * 60.0).round() as i64;
    Some((spread.saturating_sub(within).max(0), regular.hard))
}

/// Checks hard regular hours.
pub(super) fn check(expanded: &Expanded<'_>, spreads: &[i64], found: &mut Findings) {
    for (number, line) in expanded.lines.iter().enumerate() {
        if let Some((beyond @ 1.., true)) = self::beyond(expanded, number, spreads[number]) {
            let client = &expanded.document.clients[line.client].id;
            let message = format!(
                "care {} of client {client} starts at hours {} s apart, {beyond} s more than agreed",
                line.care.id, spreads[number]
            );
            found.add(Rule::RegularHour, format!("document.clients[{}]", line.client), beyond, message);
        }
    }
}
