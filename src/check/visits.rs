//! Checks that each visit is made once, on a possible day and by a nurse who may come, and that the list of unplanned
//! visits is right.

use super::days::{DaySet, dates, single, span};
use super::expand::Expanded;
use super::read::{ReadTour, ReadVisit, look_up, stop_place};
use super::violation::{Findings, Rule, apart};
use crate::model::document::Priority;
use crate::model::plan::Plan;
use std::collections::HashMap;

/// How many visits of the care plans the tours make, and how many they leave out.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// Visits of the care plans that the tours make.
    pub planned: u32,
    /// Number of visits left out, with their priority. Counted from the tours, not from the plan's list.
    pub missing: Vec<(Priority, u32)>,
}

impl Made {
    pub fn missing_of(&self, priority: Priority) -> u32 {
        self.missing.iter().filter(|(p, _)| *p == priority).map(|(_, count)| count).sum()
    }
}

/// Checks the visits of the tours against nurses, pins, care lines and the list of unplanned ones.
pub(super) fn check(
    expanded: &Expanded<'_>,
    plan: &Plan,
    tours: &[ReadTour<'_>],
    found: &mut Findings,
) -> Made {
    let mut made = Made::default();
    let mut planned = vec![DaySet::default(); expanded.lines.len()];
    let mut first_seen: HashMap<(usize, u16), (usize, usize)> = HashMap::new();
    for (number, tour) in tours.iter().enumerate() {
        for (position, visit) in tour.visits() {
            let Some(line) = visit.line else { continue };
            let place = stop_place(number, position);
            check_pair(expanded, tour, visit, line, &place, found);
            let possible = expanded.lines[line].possible();
            let Some(day) = visit.day.filter(|&day| possible & single(day) != 0) else {
                let message = format!("{} never has a visit on {}", name(visit), visit.printed.date);
                found.add(Rule::Day, place, 1, message);
                continue;
            };
            check_pins(expanded, tour, visit, (line, day), &place, found);
            if let Some(&(tour, position)) = first_seen.get(&(line, day)) {
                let message = format!(
                    "{} on {} is made by {} already",
                    name(visit),
                    visit.printed.date,
                    stop_place(tour, position)
                );
                found.add(Rule::VisitTwice, place, 1, message);
                continue;
            }
            first_seen.insert((line, day), (number, position));
            planned[line] |= single(day);
            made.planned += 1;
        }
    }
    let unplanned = read_unplanned(expanded, plan, found);
    for (number, line) in expanded.lines.iter().enumerate() {
        for block in &line.blocks {
            let possible = block.possible();
            let (done, listed) = (planned[number] & possible, unplanned[number] & possible);
            let kept = block.most_kept(done);
            let missing = block.visits() - kept;
            made.missing.push((line.care.priority, missing));
            let client = &expanded.document.clients[line.client].id;
            let mut who = format!("care {} of client {client}", line.care.id);
            if line.blocks.len() > 1 {
                who += &span(possible, &expanded.calendar);
            }
            let best = || block.choices.iter().filter(|&choice| (choice & done).count_ones() == kept);
            if done.count_ones() > kept {
                let spare = best().next().map_or(0, |choice| done & !choice);
                let stop = super::days::days_of(spare).find_map(|day| first_seen.get(&(number, day)));
                let place = stop.map_or("tours".to_owned(), |&(tour, position)| stop_place(tour, position));
                let message =
                    format!("{who}: no allowed pattern has all of {}", dates(done, &expanded.calendar));
                found.add(Rule::DayPattern, place, i64::from(done.count_ones() - kept), message);
            }
            if !best().any(|choice| choice & !done == listed) {
                let message = format!(
                    "{who}: planned on {}, {missing} left out, but listed as unplanned: {}",
                    dates(done, &expanded.calendar),
                    dates(listed, &expanded.calendar),
                );
                found.add(
                    Rule::UnplannedList,
                    "unplanned",
                    apart(listed.count_ones().into(), missing.into()),
                    message,
                );
            }
        }
    }
    made
}

fn name(visit: &ReadVisit<'_>) -> String {
    format!("care {} of client {}", visit.printed.care, visit.printed.client)
}

/// The days listed as unplanned, by care line.
fn read_unplanned(expanded: &Expanded<'_>, plan: &Plan, found: &mut Findings) -> Vec<DaySet> {
    let mut listed = vec![DaySet::default(); expanded.lines.len()];
    for (number, entry) in plan.unplanned.iter().enumerate() {
        let place = format!("unplanned[{number}]");
        let (_, line, day) = look_up(expanded, &entry.client, &entry.care, entry.date, &place, found);
        let Some(line) = line else { continue };
        let possible = expanded.lines[line].possible();
        let what = format!("care {} of client {} on {}", entry.care, entry.client, entry.date);
        match day.filter(|&day| possible & single(day) != 0) {
            None => {
                found.add(Rule::UnplannedList, place, 1, format!("{what} is not a visit of the care plan"))
            }
            Some(day) if listed[line] & single(day) != 0 => {
                found.add(Rule::UnplannedList, place, 1, format!("{what} is listed twice"));
            }
            Some(day) => listed[line] |= single(day),
        }
    }
    listed
}

/// May this nurse come to this client for this care?
fn check_pair(
    expanded: &Expanded<'_>,
    tour: &ReadTour<'_>,
    visit: &ReadVisit<'_>,
    line: usize,
    place: &str,
    found: &mut Findings,
) {
    let Some(nurse) = tour.nurse else { return };
    let nurse = &expanded.document.nurses[nurse];
    let client = &expanded.document.clients[expanded.lines[line].client];
    let care = expanded.lines[line].care;
    if let Some(level) = care.level.filter(|&level| nurse.level < level) {
        let message =
            format!("nurse {} has level {}, {} asks for {level}", nurse.id, nurse.level, name(visit));
        found.add(Rule::Level, place, i64::from(level - nurse.level), message);
    }
    let lacking: Vec<&str> =
        care.competences.iter().filter(|&c| !nurse.competences.contains(c)).map(String::as_str).collect();
    if !lacking.is_empty() {
        let message = format!("nurse {} lacks {} for {}", nurse.id, lacking.join(", "), name(visit));
        found.add(Rule::Competence, place, lacking.len() as i64, message);
    }
    if client.forbidden_nurses.contains(&nurse.id) || nurse.forbidden_clients.contains(&client.id) {
        let message = format!("nurse {} must not visit client {}", nurse.id, client.id);
        found.add(Rule::ForbiddenPair, place, 1, message);
    }
}

/// Does the visit keep its pins?
fn check_pins(
    expanded: &Expanded<'_>,
    tour: &ReadTour<'_>,
    visit: &ReadVisit<'_>,
    (line, day): (usize, u16),
    place: &str,
    found: &mut Findings,
) {
    for pin in expanded.pins(line, day) {
        if let Some(nurse) = pin.nurse.as_ref().filter(|&nurse| *nurse != tour.printed.nurse) {
            let message = format!("{} is pinned to nurse {nurse}, not {}", name(visit), tour.printed.nurse);
            found.add(Rule::PinnedNurse, place, 1, message);
        }
        let Some(time) = pin.start else { continue };
        let start = expanded.lines[line].moment(&expanded.calendar, day, time);
        if start != visit.start {
            let message = format!("{} is pinned to {time}, not {}", name(visit), visit.printed.start);
            found.add(Rule::PinnedStart, place, apart(visit.start, start), message);
        }
    }
}
