//! Meetings, training and role time.

use super::findings::{Findings, quoted};
use super::scope::Scope;
use super::{sizes, travel};
use crate::model::document::{Base, Days, Meeting};
use crate::model::meetings::{Attendance, attendances, seconds, starts};
use crate::model::recurrence::{Block, day_patterns};
use std::collections::BTreeSet;

pub(super) fn check(scope: &Scope, findings: &mut Findings) {
    let mut found = Findings::default();
    for (i, meeting) in scope.document.meetings.iter().enumerate() {
        check_one(scope, &format!("meetings[{i}]"), meeting, &mut found);
    }
    if found.is_empty() {
        check_all(scope, &mut found);
    }
    findings.append(found);
}

fn check_one(scope: &Scope, path: &str, meeting: &Meeting, findings: &mut Findings) {
    findings.label(format_args!("{path}.label"), meeting.label.as_deref());
    findings.names(format_args!("{path}.nurses"), &meeting.nurses);
    for (j, nurse) in meeting.nurses.iter().enumerate() {
        scope.find_nurse(&format!("{path}.nurses[{j}]"), nurse, findings);
    }
    let minutes = meeting.minutes;
    if !(minutes <= 1440.0 && (minutes * 60.0).round() >= 1.0) {
        findings.add(format_args!("{path}.minutes"), minutes, "give minutes above 0 and at most 1,440");
    }
    match (meeting.start, meeting.window) {
        (None, None) => {
            let mend = "give start, for a meeting at a fixed time, or window";
            findings.add(format_args!("{path}.start"), "no time is given", mend);
        }
        (Some(_), Some(_)) => {
            let mend =
                "give start for a meeting at a fixed time, window for one at a time of each nurse's own";
            findings.add(format_args!("{path}.window"), "both start and window are given", mend);
        }
        _ => {}
    }
    let several = meeting.nurses.len() > 1 || (meeting.nurses.is_empty() && scope.document.nurses.len() > 1);
    match meeting.days {
        Days::Patterns(_) => {
            findings.add(format_args!("{path}.days"), "patterns", "name the days in another way");
        }
        Days::PerWeek(_) if several && meeting.start.is_some() => {
            let mend = "name the days, or give a window: each nurse then has her own day and time";
            findings.add(format_args!("{path}.days"), "several nurses meet, on days to be chosen", mend);
        }
        _ => {}
    }
    match (&meeting.location, meeting.at) {
        (Some(_), Some(_)) => {
            findings.add(format_args!("{path}.at"), "both location and at are given", "give one of them");
        }
        (Some(location), None) => {
            travel::check_place(scope.document, &format!("{path}.location"), location, findings);
        }
        (None, Some(Base::Office)) if scope.document.office.is_none() => {
            let mend = "give its place as office, or say home";
            findings.add(format_args!("{path}.at"), "the document has no office", mend);
        }
        _ => {}
    }
    if let Some(calendar) = &scope.calendar
        && let Err(error) = day_patterns(&meeting.as_care(), &[], calendar)
    {
        findings.add_error(path, &error);
    }
}

/// Checks of all meetings together, once each is valid by itself: how many there are, and that nobody is in two at
/// once.
fn check_all(scope: &Scope, findings: &mut Findings) {
    let Some(calendar) = &scope.calendar else { return };
    let Ok(all) = attendances(scope.document, calendar) else { return };
    let count: usize = all.iter().flat_map(|one| one.blocks.iter().map(Block::visits)).sum();
    if count > sizes::VISITS {
        let mend = format_args!("plan fewer days or meetings, at most {} in all", sizes::VISITS);
        findings.add("meetings", format_args!("{count} times that a nurse takes part"), mend);
        return;
    }
    // For each pair of meetings only the first clash is reported.
    let mut told = BTreeSet::new();
    for of_nurse in all.chunk_by(|a, b| a.nurse == b.nurse) {
        let mut busy: Vec<(i64, i64, usize, u16)> = of_nurse
            .iter()
            .filter(|one| scope.document.meetings[one.meeting].start.is_some())
            .flat_map(|one| days(one).map(|day| (one.meeting, day)))
            .map(|(number, day)| {
                let meeting = &scope.document.meetings[number];
                let (start, _) = starts(meeting, calendar, day);
                (start, start + seconds(meeting), number, day)
            })
            .collect();
        busy.sort_unstable();
        for pair in busy.windows(2) {
            let [(_, end, first, _), (start, _, second, day)] = pair else { continue };
            if start < end && told.insert((*first, *second)) {
                let nurse = &scope.document.nurses[of_nurse[0].nurse].id;
                let other = &scope.document.meetings[*first].id;
                let problem = format_args!(
                    "on {} nurse {} is still in meeting {}",
                    calendar.date(i32::from(*day)),
                    quoted(nurse),
                    quoted(other)
                );
                findings.add(format_args!("meetings[{second}].start"), problem, "move one of the two");
            }
        }
    }
}

/// The days of a meeting that are fixed.
fn days(one: &Attendance) -> impl Iterator<Item = u16> + '_ {
    let fixed = one.blocks.iter().filter(|block| block.is_fixed());
    fixed.flat_map(|block| block.patterns.iter().flatten().copied())
}
