//! Pins, absences, locks and history.

use super::care::holds;
use super::findings::{Findings, quoted};
use super::scope::Scope;
use crate::model::document::{Care, Client, Nurse, Pin};
use crate::model::recurrence::{Block, day_patterns};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(scope: &Scope, findings: &mut Findings) {
    check_pins(scope, findings);
    check_absences(scope, findings);
    check_locks(scope, findings);
    check_history(scope, findings);
}

/// What the pins so far determine, by number of client and of care line.
#[derive(Default)]
struct Pinned<'a> {
    visits: BTreeMap<(usize, usize, Date), usize>,
    /// The blocks of a line, narrowed by the pins so far; `None` where its days are a mistake.
    blocks: BTreeMap<(usize, usize), Option<Vec<Block>>>,
    faces: BTreeMap<usize, BTreeSet<&'a str>>,
}

fn check_pins(scope: &Scope, findings: &mut Findings) {
    let mut pinned = Pinned::default();
    for (i, pin) in scope.document.agreements.pins.iter().enumerate() {
        let path = format!("agreements.pins[{i}]");
        let nurse =
            pin.nurse.as_ref().and_then(|id| scope.find_nurse(&format!("{path}.nurse"), id, findings));
        let Some((number, client)) = scope.find_client(&format!("{path}.client"), &pin.client, findings)
        else {
            continue;
        };
        let Some(line) = scope.find_care(&format!("{path}.care"), client, &pin.care, findings) else {
            continue;
        };
        let care = &client.care[line];
        if let Some(first) = pinned.visits.insert((number, line, pin.date), i) {
            let problem = format_args!("agreements.pins[{first}] pins the same visit");
            findings.add(&path, problem, "pin each visit once");
            continue;
        }
        check_day(scope, &path, pin, (client, care), (number, line), &mut pinned, findings);
        if let Some(start) = pin.start.filter(|&start| !holds(care.window, start)) {
            let mend = format_args!("give a time from {} to {}", care.window.from, care.window.to);
            findings.add(format_args!("{path}.start"), format_args!("{start} lies outside the window"), mend);
        }
        if let Some(nurse) = nurse {
            check_nurse(scope, &path, nurse, client, care, findings);
            let faces = pinned.faces.entry(number).or_default();
            let most = client.max_faces.filter(|max| max.hard).map_or(usize::MAX, |max| max.count as usize);
            if faces.insert(&nurse.id) && faces.len() > most {
                let problem = format_args!("the pins bring {} faces, max_faces allows {most}", faces.len());
                findings.add(
                    format_args!("{path}.nurse"),
                    problem,
                    "pin to fewer nurses or allow more faces",
                );
            }
        }
    }
}

/// The line must have a visit on the day, together with the days pinned before.
fn check_day(
    scope: &Scope,
    path: &str,
    pin: &Pin,
    (client, care): (&Client, &Care),
    line: (usize, usize),
    pinned: &mut Pinned,
    findings: &mut Findings,
) {
    let Some(calendar) = &scope.calendar else { return };
    // Mistakes of the line itself are reported with the line.
    let blocks = pinned.blocks.entry(line).or_insert_with(|| day_patterns(care, &client.away, calendar).ok());
    let Some(blocks) = blocks else { return };
    let choice = blocks.iter().any(|block| !block.is_fixed());
    let possible =
        calendar.day(pin.date).is_some_and(|day| blocks.iter_mut().any(|block| block.keep_with(day)));
    if calendar.day(pin.date).is_none() {
        let last = calendar.date(i32::from(calendar.days()) - 1);
        let problem =
            format_args!("{} is outside the days to plan, {} to {last}", pin.date, calendar.date(0));
        findings.add(format_args!("{path}.date"), problem, "pin a day within them, or drop the pin");
    } else if !possible {
        let problem = format_args!("no visit of {} can be on {}", quoted(&pin.care), pin.date);
        let mend = "pin a day on which the line has a visit, together with the other pins";
        findings.add(format_args!("{path}.date"), problem, mend);
    } else if !choice && pin.nurse.is_none() && pin.start.is_none() {
        findings.add(path, "the pin fixes nothing", "give a nurse, a start or both");
    }
}

fn check_nurse(
    scope: &Scope,
    path: &str,
    nurse: &Nurse,
    client: &Client,
    care: &Care,
    findings: &mut Findings,
) {
    let mut add = |problem: String| {
        findings.add(format_args!("{path}.nurse"), problem, "pin the visit to another nurse");
    };
    if scope.forbids(client, nurse) {
        add(format!("{} must not visit client {}", quoted(&nurse.id), quoted(&client.id)));
    }
    if let Some(level) = care.level.filter(|&level| level > nurse.level) {
        add(format!("{} has level {}, the care asks for {level}", quoted(&nurse.id), nurse.level));
    }
    for competence in care.competences.iter().filter(|&needed| !nurse.competences.contains(needed)) {
        add(format!("{} lacks the competence {}", quoted(&nurse.id), quoted(competence)));
    }
}

fn check_absences(scope: &Scope, findings: &mut Findings) {
    for (i, absence) in scope.document.agreements.absences.iter().enumerate() {
        let path = format!("agreements.absences[{i}]");
        scope.find_nurse(&format!("{path}.nurse"), &absence.nurse, findings);
        if absence.until < absence.from {
            let problem = format_args!("{} is before from, {}", absence.until, absence.from);
            findings.add(format_args!("{path}.until"), problem, "give a last day on or after the first");
        }
    }
}

fn check_locks(scope: &Scope, findings: &mut Findings) {
    for (i, lock) in scope.document.agreements.locks.iter().enumerate() {
        let path = format!("agreements.locks[{i}]");
        if let Some(nurse) = &lock.nurse {
            scope.find_nurse(&format!("{path}.nurse"), nurse, findings);
        }
        let client =
            lock.client.as_ref().and_then(|id| scope.find_client(&format!("{path}.client"), id, findings));
        match (&lock.care, client) {
            (Some(care), Some((_, client))) => {
                scope.find_care(&format!("{path}.care"), client, care, findings);
            }
            (Some(_), None) if lock.client.is_none() => {
                findings.add(format_args!("{path}.care"), "a care line of no client", "name its client, too");
            }
            _ => {}
        }
        if lock.client.is_none() && lock.nurse.is_none() && lock.date.is_none() && lock.before.is_none() {
            findings.add(&path, "the lock holds every visit", "name a client, a nurse, a date or a time");
        }
        match (lock.date, lock.until) {
            (None, Some(until)) => {
                let problem = format_args!("until {until} without a first day");
                findings.add(format_args!("{path}.until"), problem, "give the date from which it holds, too");
            }
            (Some(date), Some(until)) if until < date => {
                let problem = format_args!("{until} is before date, {date}");
                findings.add(format_args!("{path}.until"), problem, "give a last day on or after the first");
            }
            _ => {}
        }
        if let Some(factor) = lock.factor {
            findings.number(format_args!("{path}.factor"), factor, 0.0..=100.0);
        }
    }
}

fn check_history(scope: &Scope, findings: &mut Findings) {
    let history = &scope.document.history;
    findings.whole("history.weeks", history.weeks.into(), 0..=520);
    if let Some(days) = history.half_life_days {
        findings.number("history.half_life_days", days, 0.1..=3650.0);
    }
    let first_day = scope.document.horizon.first_day;
    for (i, visit) in history.visits.iter().enumerate() {
        let path = format!("history.visits[{i}]");
        // The nurse may have left the team, so that only the form of the id can be wrong.
        findings.id(format_args!("{path}.nurse"), &visit.nurse);
        scope.find_client(&format!("{path}.client"), &visit.client, findings);
        if visit.date >= first_day {
            let problem = format_args!("{} is not before the first day, {first_day}", visit.date);
            findings.add(format_args!("{path}.date"), problem, "name only visits that took place");
        }
    }
}
