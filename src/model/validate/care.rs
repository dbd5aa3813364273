//! Care lines.

use super::findings::{Findings, quoted};
use super::scope::Scope;
use crate::model::document::{Care, Client, TimeOfDay, Window};
use crate::model::recurrence::{Block, day_patterns};
use std::collections::BTreeSet;

/// Checks every care line of a client; returns how many visits they have.
pub(super) fn check(scope: &Scope, client_path: &str, client: &Client, findings: &mut Findings) -> usize {
    let mut ids = BTreeSet::new();
    let mut visits = 0;
    for (i, care) in client.care.iter().enumerate() {
        let path = format!("{client_path}.care[{i}]");
        findings.id(format_args!("{path}.id"), &care.id);
        if !ids.insert(care.id.as_str()) {
            let problem = format_args!("{} is the id of an earlier care line", quoted(&care.id));
            findings.add(format_args!("{path}.id"), problem, "give each line of the client its own id");
        }
        check_line(&path, care, findings);
        if let Some(calendar) = &scope.calendar {
            match day_patterns(care, &client.away, calendar) {
                Ok(blocks) => {
                    visits += blocks.iter().map(Block::visits).sum::<usize>();
                    check_clock(scope, &path, care, &blocks, findings);
                }
                Err(error) => findings.add_error(&path, &error),
            }
        }
    }
    visits
}

fn check_line(path: &str, care: &Care, findings: &mut Findings) {
    let minutes = care.minutes;
    // Half a second is rounded up to the shortest visit, of one second.
    if !(minutes <= 1440.0 && (minutes * 60.0).round() >= 1.0) {
        findings.add(format_args!("{path}.minutes"), minutes, "give minutes above 0 and at most 1,440");
    }
    if let Some(level) = care.level {
        findings.whole(format_args!("{path}.level"), level.into(), 1..=9);
    }
    findings.names(format_args!("{path}.competences"), &care.competences);
    if let Some(regular) = care.regular_hour {
        findings.number(
            format_args!("{path}.regular_hour.within_minutes"),
            regular.within_minutes,
            0.0..=1440.0,
        );
    }
    if let Some(preferred) = care.preferred_start.filter(|&preferred| !holds(care.window, preferred)) {
        let problem = format_args!("{preferred} lies outside the window");
        let mend = format_args!("give a time from {} to {}", care.window.from, care.window.to);
        findings.add(format_args!("{path}.preferred_start"), problem, mend);
    }
}

/// Whether a time of day lies within a window, on the visit's date or, where the window goes past
/// midnight, on the next.
pub(super) fn holds(window: Window, time: TimeOfDay) -> bool {
    if window.from <= window.to {
        (window.from..=window.to).contains(&time)
    } else {
        time >= window.from || time <= window.to
    }
}

/// Where the clock is put forward, a window can end before it begins.
fn check_clock(scope: &Scope, path: &str, care: &Care, blocks: &[Block], findings: &mut Findings) {
    let Some(calendar) = &scope.calendar else { return };
    let Window { from, to } = care.window;
    for &day in scope.clock_changes() {
        let number = i32::from(day);
        let opens = calendar.seconds(number, from);
        let closes = calendar.seconds(if to < from { number + 1 } else { number }, to);
        if closes < opens && blocks.iter().any(|block| block.can_have(day)) {
            let problem = format_args!("on {} the clock skips from {from} to {to}", calendar.date(number));
            findings.add(format_args!("{path}.window"), problem, "widen the window or leave the day out");
        }
    }
}
