//! Warnings about who may come: competences that nobody has, pins and locks to nurses who are away or somewhere else.

use super::found::{Found, WarningKind};
use crate::model::Document;
use crate::model::calendar::Calendar;
use crate::model::document::{Agreements, Kept};
use crate::model::roster::shifts_of;
use crate::model::spelling::distance;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// Shortest word that is compared, in letters: shorter words often differ by one letter and mean something else.
const SHORTEST_ALIKE: usize = 4;

/// Most different competences that are compared with one another.
const MOST_COMPARED: usize = 200;

/// Competences and levels that care asks for and nobody has; competences of nurses that are nearly those that care asks for.
pub(super) fn competences(document: &Document, found: &mut Found) {
    let had: BTreeSet<&str> = names(document.nurses.iter().map(|nurse| &nurse.competences));
    let lines = || document.clients.iter().flat_map(|client| &client.care);
    let needed: BTreeSet<&str> = names(lines().map(|care| &care.competences));
    let highest = document.nurses.iter().map(|nurse| nurse.level).max().unwrap_or(0);
    let mut told = FxHashSet::default();
    for (i, client) in document.clients.iter().enumerate() {
        for (j, care) in client.care.iter().enumerate() {
            let path = format!("clients[{i}].care[{j}]");
            for (k, name) in care.competences.iter().enumerate() {
                if !had.contains(name.as_str()) && told.insert(name.as_str()) {
                    let mend = match alike(name, &had) {
                        Some(near) => format!("did you mean {near:?}?"),
                        None => "its visits stay unplanned; add it to a nurse who has it".to_owned(),
                    };
                    let path = format!("{path}.competences[{k}]");
                    found.add(
                        WarningKind::Competence,
                        path,
                        format!("no nurse has the competence {name:?}"),
                        mend,
                    );
                }
            }
            if let Some(level) = care.level.filter(|&level| level > highest) {
                let problem = format!("no nurse has level {level}; the highest is {highest}");
                found.add(WarningKind::Competence, path + ".level", problem, "its visits stay unplanned");
            }
        }
    }
    let mut told = FxHashSet::default();
    let in_use: BTreeSet<&str> = needed.intersection(&had).copied().collect();
    for (i, nurse) in document.nurses.iter().enumerate() {
        for (k, name) in nurse.competences.iter().enumerate() {
            if needed.contains(name.as_str()) || !told.insert(name.as_str()) {
                continue;
            }
            if let Some(near) = alike(name, &in_use) {
                let problem = format!("no care asks for {name:?}");
                let mend = format!("did you mean {near:?}?");
                found.add(WarningKind::Competence, format!("nurses[{i}].competences[{k}]"), problem, mend);
            }
        }
    }
}

/// One warning about the nurses of past visits who are not in the team, and whose ids are nearly those of nurses who
/// are. Other unknown nurses are taken to have left.
pub(super) fn history(document: &Document, found: &mut Found) {
    /// Largest number of ids that are named.
    const MOST_TOLD: usize = 10;
    let team: FxHashSet<&str> = document.nurses.iter().map(|nurse| nurse.id.as_str()).collect();
    let visits = &document.history.visits;
    let mut unknown: BTreeSet<&str> =
        visits.iter().map(|visit| visit.nurse.as_str()).filter(|nurse| !team.contains(nurse)).collect();
    // (A bound on the work: a team has 12 nurses, and few of them leave.)
    let compared = team.len().saturating_mul(unknown.len()) <= MOST_COMPARED * MOST_COMPARED;
    unknown.retain(|nurse| compared && team.iter().any(|known| distance(nurse, known) <= 1));
    let Some(first) = visits.iter().position(|visit| unknown.contains(visit.nurse.as_str())) else { return };
    let told: Vec<String> = unknown.iter().take(MOST_TOLD).map(|nurse| format!("{nurse:?}")).collect();
    let more = if unknown.len() > MOST_TOLD { ", ..." } else { "" };
    let problem = format!("past visits by nurses who are not in the team: {}{more}", told.join(", "));
    let mend = "right for those who have left; else mend the ids";
    found.add(WarningKind::UnknownPastNurse, format!("history.visits[{first}].nurse"), problem, mend);
}

fn names<'a>(lists: impl Iterator<Item = &'a Vec<String>>) -> BTreeSet<&'a str> {
    lists.flatten().map(String::as_str).collect()
}

/// The known word that differs least from the name: by at most one letter, and one more for every eight letters of the
/// name.
fn alike<'a>(name: &str, known: &BTreeSet<&'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    if length < SHORTEST_ALIKE {
        return None;
    }
    let near = known.iter().take(MOST_COMPARED).map(|known| (distance(name, known), *known)).min()?;
    (near.0 <= 1 + length / 8).then_some(near.1)
}

/// Locks of days that are not planned, hard locks to a nurse who has no shift on their days, and hard locks of a visit
/// that is pinned to another nurse.
pub(super) fn locks(document: &Document, calendar: &Calendar, found: &mut Found) {
    let agreements = &document.agreements;
    let Agreements { locks, pins, .. } = agreements;
    let named: FxHashSet<&str> = locks.iter().filter_map(|lock| lock.nurse.as_deref()).collect();
    let mut worked: FxHashMap<&str, Vec<Date>> = FxHashMap::default();
    for nurse in document.nurses.iter().filter(|nurse| named.contains(nurse.id.as_str())) {
        let dates = shifts_of(nurse, calendar).into_iter().map(|rostered| rostered.shift.date);
        worked.insert(&nurse.id, dates.filter(|&date| !agreements.is_away(&nurse.id, date)).collect());
    }
    for (i, lock) in locks.iter().enumerate() {
        let horizon = &document.horizon;
        let days = (0..i32::from(horizon.days)).map(|day| calendar.date(day));
        if lock.date.is_some() && !days.into_iter().any(|date| lock.is_of_day(date)) {
            found.add(
                WarningKind::LockCannotHold,
                format_args!("agreements.locks[{i}].date"),
                format!("no day of the lock lies in the {} days from {}", horizon.days, horizon.first_day),
                "mend the day, or leave the lock out",
            );
            continue;
        }
        let Some(id) = &lock.nurse else { continue };
        if lock.factor.is_some() || !lock.kept().contains(&Kept::Nurse) {
            continue;
        }
        let mut dates = worked.get(id.as_str()).into_iter().flatten();
        if !dates.any(|&date| lock.is_of_day(date)) {
            found.add(
                WarningKind::LockCannotHold,
                format_args!("agreements.locks[{i}].nurse"),
                format!("{id:?} has no shift on the days of the lock"),
                "lift the lock, or lock the hour only",
            );
        }
        let other = pins.iter().position(|pin| {
            lock.client.as_ref() == Some(&pin.client)
                && lock.care.as_ref().is_none_or(|care| *care == pin.care)
                && lock.is_of_day(pin.date)
                && pin.nurse.as_ref().is_some_and(|nurse| nurse != id)
        });
        if let Some(pin) = other {
            found.add(
                WarningKind::LockCannotHold,
                format_args!("agreements.locks[{i}]"),
                format!(
                    "agreements.pins[{pin}] names another nurse than {id:?}: the visit would be left out"
                ),
                "lift the lock or the pin",
            );
        }
    }
}

/// Visits pinned to a nurse who is on leave, or has no shift that begins on the day or goes on into it.
pub(super) fn pins(document: &Document, calendar: &Calendar, found: &mut Found) {
    let mut days: FxHashMap<&str, FxHashSet<Date>> = FxHashMap::default();
    if document.agreements.pins.iter().any(|pin| pin.nurse.is_some()) {
        for nurse in &document.nurses {
            let own = days.entry(&nurse.id).or_default();
            for shift in shifts_of(nurse, calendar).into_iter().map(|rostered| rostered.shift) {
                own.insert(shift.date);
                if shift.end <= shift.start {
                    own.extend(shift.date.tomorrow().ok());
                }
            }
        }
    }
    for (i, pin) in document.agreements.pins.iter().enumerate() {
        let Some(nurse) = &pin.nurse else { continue };
        let on_leave = document.agreements.is_away(nurse, pin.date);
        let works = days.get(nurse.as_str()).is_some_and(|days| days.contains(&pin.date));
        let problem = match (on_leave, works) {
            (true, _) => format!("{nurse:?} is on leave on {}", pin.date),
            (false, false) => format!("{nurse:?} has no shift on {}", pin.date),
            (false, true) => continue,
        };
        let path = format!("agreements.pins[{i}].nurse");
        found.add(
            WarningKind::PinnedNurseAway,
            path,
            problem,
            "pin the visit to somebody else, or lift the pin",
        );
    }
}

/// Pinned visits that one nurse would have to make at the same time.
pub(super) fn pins_at_once(document: &Document, found: &mut Found) {
    /// Start and end in seconds of the day, and the number of the pin.
    type Pinned = (u32, f64, usize);
    let minutes: FxHashMap<(&str, &str), f64> = document
        .clients
        .iter()
        .flat_map(|client| {
            client.care.iter().map(|line| ((client.id.as_str(), line.id.as_str()), line.minutes))
        })
        .collect();
    let mut of_nurse: BTreeMap<(&str, Date), Vec<Pinned>> = BTreeMap::new();
    for (i, pin) in document.agreements.pins.iter().enumerate() {
        let (Some(nurse), Some(start)) = (&pin.nurse, pin.start) else { continue };
        let Some(minutes) = minutes.get(&(pin.client.as_str(), pin.care.as_str())) else { continue };
        let start = start.seconds();
        let end = f64::from(start) + 60.0 * minutes;
        of_nurse.entry((nurse, pin.date)).or_default().push((start, end, i));
    }
    for ((nurse, date), mut pins) in of_nurse {
        pins.sort_unstable_by_key(|&(start, _, i)| (start, i));
        // Of the pins so far, the one whose visit ends last.
        let mut last: Option<(f64, usize)> = None;
        for (start, end, second) in pins {
            let before = last.filter(|&(until, _)| f64::from(start) < until);
            if last.is_none_or(|(until, _)| end > until) {
                last = Some((end, second));
            }
            if let Some((_, first)) = before {
                found.add(
                    WarningKind::PinsAtOnce,
                    format_args!("agreements.pins[{second}].start"),
                    format!("agreements.pins[{first}] is another visit of {nurse:?} at that time on {date}"),
                    "pin one of the two to another nurse or hour",
                );
            }
        }
    }
}

/// Households that only one client names.
pub(super) fn households(document: &Document, found: &mut Found) {
    for (i, client) in document.clients.iter().enumerate() {
        let Some(household) = &client.household else { continue };
        let of = document.clients.iter().filter(|other| other.household.as_ref() == Some(household));
        if of.count() == 1 {
            let problem = format!("no other client is of household {household:?}");
            let mend = "write it alike for each of them, or leave it out";
            found.add(WarningKind::LonelyHousehold, format!("clients[{i}].household"), problem, mend);
        }
    }
}
