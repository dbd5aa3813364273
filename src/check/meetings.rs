//! Meetings: which nurses have to attend on which days, and which of them do.

use super::days::{self, DaySet, days_of, single};
use super::expand::{Expanded, seconds, wrong};
use super::read::{ReadTour, stop_place};
use super::violation::{Findings, Rule};
use crate::error::Result;
use crate::model::document::{Base, Care, Days, Meeting, Prices, TimeOfDay, UnplannedPrices, Window};
use crate::model::plan::Plan;
use std::collections::HashMap;

/// One nurse who takes part in one meeting.
#[derive(Debug)]
pub(super) struct Part {
    /// `choices[stretch]`: the allowed sets of days of a stretch of days. At least one stretch.
    choices: Vec<Vec<DaySet>>,
}

impl Part {
    /// Every day on which the nurse may take part.
    fn possible(&self) -> DaySet {
        self.choices.iter().flatten().fold(0, |all, set| all | set)
    }
}

/// The nurses who take part in meetings, by the numbers of nurse and meeting.
#[derive(Debug, Default)]
pub(super) struct Parts(HashMap<(usize, usize), Part>);

impl Parts {
    /// Whether a nurse may take part in a meeting on a day.
    fn may(&self, nurse: usize, meeting: usize, day: u16) -> bool {
        self.0.get(&(nurse, meeting)).is_some_and(|part| part.possible() & single(day) != 0)
    }

    /// Pairs of nurse and meeting in order, each with the allowed sets of days of every stretch.
    pub fn in_order(&self) -> impl Iterator<Item = ((usize, usize), &[Vec<DaySet>])> {
        let mut order: Vec<_> = self.0.iter().map(|(&pair, part)| (pair, part.choices.as_slice())).collect();
        order.sort_by_key(|(pair, _)| *pair);
        order.into_iter()
    }

    /// # Errors
    /// Kind `Document` for days that allow no choice, and for patterns of days.
    pub fn new(expanded: &Expanded<'_>) -> Result<Self> {
        let mut all = HashMap::new();
        for (number, meeting) in expanded.document.meetings.iter().enumerate() {
            let path = format!("meetings[{number}]");
            if matches!(meeting.days, Days::Patterns(_)) {
                return Err(wrong(path + ".days", "patterns".to_owned(), "name the days in another way"));
            }
            let blocks = days::blocks(&line(meeting), &[], &expanded.calendar)
                .map_err(|(problem, mend)| wrong(format!("{path}.days"), problem, mend))?;
            for (nurse, person) in expanded.document.nurses.iter().enumerate() {
                if !meeting.nurses.is_empty() && !meeting.nurses.contains(&person.id) {
                    continue;
                }
                let present = |set: DaySet| {
                    days_of(set)
                        .filter(|&day| has_room(expanded, nurse, meeting, day))
                        .map(single)
                        .sum::<DaySet>()
                };
                // Of fixed days the nurse attends those on which a shift has room. A set of days that may be chosen
                // counts only if all its days have room.
                let choices = blocks.iter().map(|block| match block.choices.as_slice() {
                    [only] => vec![present(*only)],
                    many => many.iter().copied().filter(|&set| present(set) == set).collect(),
                });
                let choices: Vec<Vec<DaySet>> =
                    choices.filter(|sets| sets.iter().any(|&set| set != 0)).collect();
                if !choices.is_empty() {
                    all.insert((nurse, number), Part { choices });
                }
            }
        }
        Ok(Self(all))
    }
}

/// A care line with the days and hours of a meeting.
fn line(meeting: &Meeting) -> Care {
    let Window { from, to } = window(meeting);
    let mut line = Care::new("", meeting.days.clone(), Window::new(from, to), meeting.minutes);
    (line.from, line.until, line.every_weeks) = (meeting.from, meeting.until, meeting.every_weeks);
    line
}

/// The time window of a meeting. A fixed start is a window of one moment.
pub(super) fn window(meeting: &Meeting) -> Window {
    let at = |start| Window::new(start, start);
    meeting.start.map(at).or(meeting.window).unwrap_or_else(|| at(TimeOfDay::MIDNIGHT))
}

/// Earliest and latest start on a day, in elapsed seconds.
pub(super) fn starts(expanded: &Expanded<'_>, meeting: &Meeting, day: u16) -> (i64, i64) {
    let window = window(meeting);
    let past_midnight = i32::from(window.to < window.from);
    let at = |day: i32, time| expanded.calendar.seconds(day, time);
    (at(i32::from(day), window.from), at(i32::from(day) + past_midnight, window.to))
}

/// The place number of a meeting for a nurse: its own place, the office, or her home.
pub(super) fn place(expanded: &Expanded<'_>, number: usize, nurse: usize) -> usize {
    let document = expanded.document;
    let meeting = &document.meetings[number];
    let has_own = |meeting: &Meeting| meeting.location.is_some();
    let office = usize::from(document.office.is_some());
    let own =
        || expanded.office() + office + document.meetings[..number].iter().filter(|m| has_own(m)).count();
    match meeting.at {
        Some(Base::Home) => nurse,
        None if has_own(meeting) => own(),
        _ if office == 1 => expanded.office(),
        _ => nurse,
    }
}

/// Whether a meeting on a day fits into a shift that the nurse works: it starts within its window and ends by the
/// latest end.
fn has_room(expanded: &Expanded<'_>, nurse: usize, meeting: &Meeting, day: u16) -> bool {
    let (from, to) = starts(expanded, meeting, day);
    expanded.worked_shifts(nurse).any(|shift| {
        let begin = shift.start.max(from);
        begin <= to && begin + seconds(meeting) <= shift.latest_end
    })
}

/// What a missed meeting costs, in minutes: ten times the dearest visit left out, at least 60,000.
pub(super) fn price(prices: &Prices) -> f64 {
    let UnplannedPrices { vital, needed, wished } = prices.unplanned;
    (10.0 * vital.max(needed).max(wished)).max(60_000.0)
}

/// Checks that nurses attend their meetings; returns how many meetings they miss.
pub(super) fn check(
    expanded: &Expanded<'_>,
    parts: &Parts,
    plan: &Plan,
    tours: &[ReadTour<'_>],
    found: &mut Findings,
) -> i64 {
    let mut attended: HashMap<(usize, usize), DaySet> = HashMap::new();
    for (number, tour) in tours.iter().enumerate() {
        let Some(nurse) = tour.nurse else { continue };
        for (position, at) in tour.meetings() {
            let Some(meeting) = at.meeting else { continue };
            let place = stop_place(number, position);
            let name = format!("meeting {} of nurse {}", at.printed.meeting, tour.printed.nurse);
            let Some(day) = at.day.filter(|&day| parts.may(nurse, meeting, day)) else {
                found.add(Rule::Day, place, 1, format!("{name} is not on {}", at.printed.date));
                continue;
            };
            let days = attended.entry((nurse, meeting)).or_default();
            if *days & single(day) != 0 {
                found.add(Rule::VisitTwice, place, 1, format!("{name} is held twice on {}", at.printed.date));
            }
            *days |= single(day);
        }
    }
    let listed = listed(expanded, parts, plan, found);
    let mut missed_in_all = 0;
    for ((nurse, meeting), choices) in parts.in_order() {
        let done = attended.get(&(nurse, meeting)).copied().unwrap_or_default();
        let listed = listed.get(&(nurse, meeting)).copied().unwrap_or_default();
        let who = &expanded.document.nurses[nurse].id;
        let what = &expanded.document.meetings[meeting].id;
        for sets in choices {
            let all = sets.iter().fold(0, |all, set| all | set);
            let here = done & all;
            // The allowed set that has most days in common with the days attended.
            let Some(&due) =
                sets.iter().max_by_key(|&&set| ((set & here).count_ones(), std::cmp::Reverse(set)))
            else {
                continue;
            };
            let (missing, beyond) = (due & !here, here & !due);
            if missing != 0 {
                let message = format!(
                    "nurse {who} misses meeting {what} on {}",
                    days::dates(missing, &expanded.calendar)
                );
                found.add(
                    Rule::MissedMeeting,
                    format!("document.meetings[{meeting}]"),
                    missing.count_ones().into(),
                    message,
                );
                missed_in_all += i64::from(missing.count_ones());
            }
            if beyond != 0 {
                let message = format!(
                    "nurse {who} has meeting {what} on {} as well",
                    days::dates(beyond, &expanded.calendar)
                );
                found.add(
                    Rule::DayPattern,
                    format!("document.meetings[{meeting}]"),
                    beyond.count_ones().into(),
                    message,
                );
            }
            // Where several sets have as many in common, the list may name the missing days of any of them.
            let said = listed & all;
            let is_as_near = |set: DaySet| (set & here).count_ones() == (due & here).count_ones();
            if !sets.iter().any(|&set| is_as_near(set) && set & !here == said) {
                let message = format!(
                    "nurse {who}, meeting {what}: listed as missed on {}, it is {}",
                    days::dates(said, &expanded.calendar),
                    days::dates(missing, &expanded.calendar)
                );
                found.add(Rule::UnplannedList, "missed", 1, message);
            }
        }
    }
    missed_in_all
}

/// The days on which the plan lists meetings as missed, by nurse and meeting. An entry for a day on which the nurse
/// could not attend is a violation.
fn listed(
    expanded: &Expanded<'_>,
    parts: &Parts,
    plan: &Plan,
    found: &mut Findings,
) -> HashMap<(usize, usize), DaySet> {
    let mut all: HashMap<(usize, usize), DaySet> = HashMap::new();
    for (number, missed) in plan.missed.iter().enumerate() {
        let pair = expanded.nurse(&missed.nurse).zip(expanded.meeting(&missed.meeting));
        let entry = pair.zip(expanded.calendar.day(missed.date));
        let problem = match entry {
            None => "is unknown",
            Some(((nurse, meeting), day)) if !parts.may(nurse, meeting, day) => {
                "is none that she could attend"
            }
            Some((pair, day)) => {
                let days = all.entry(pair).or_default();
                let is_new = *days & single(day) == 0;
                *days |= single(day);
                if is_new {
                    continue;
                }
                "is listed twice"
            }
        };
        let what = format!("meeting {} of nurse {} on {}", missed.meeting, missed.nurse, missed.date);
        found.add(Rule::UnplannedList, format!("missed[{number}]"), 1, format!("{what} {problem}"));
    }
    all
}
