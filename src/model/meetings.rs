//! Who takes part in which meeting, and on which days.

use super::Calendar;
use super::document::{Base, Document, Meeting, Nurse};
use super::places::PlaceName;
use super::recurrence::{Block, day_patterns};
use super::roster::shifts_of;
use crate::error::Result;
use jiff::civil::Date;

/// A nurse who takes part in a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attendance {
    /// Position in the document.
    pub(crate) nurse: usize,
    /// Position in the document.
    pub(crate) meeting: usize,
    /// The days on which she may take part, as blocks like those of a care line.
    pub(crate) blocks: Vec<Block>,
    /// Days of the meeting on which none of her shifts has room for it, except days of absence. For `per_week`: the
    /// first possible day of each week in which no pattern of days is left.
    pub(crate) not_on: Vec<Date>,
}

/// Who takes part, by nurse and then by meeting. A nurse who takes part on no day is listed only if she has days to
/// warn of (`not_on`).
///
/// # Errors
/// Mistakes in the days of a meeting, with paths relative to it; a valid document has none.
///
/// # Complexity
/// Nurses times meetings times the day patterns of each, times the shifts of a nurse.
pub(crate) fn attendances(document: &Document, calendar: &Calendar) -> Result<Vec<Attendance>> {
    let mut all = Vec::new();
    if document.meetings.is_empty() {
        return Ok(all);
    }
    let days: Vec<(Vec<Block>, &Meeting)> = document
        .meetings
        .iter()
        .map(|meeting| Ok((day_patterns(&meeting.as_care(), &[], calendar)?, meeting)))
        .collect::<Result<_>>()?;
    for (nurse, person) in document.nurses.iter().enumerate() {
        let shifts = worked_shifts(document, person, calendar);
        for (number, (blocks, meeting)) in days.iter().enumerate() {
            if !meeting.is_for(&person.id) {
                continue;
            }
            let has_room = |day: u16| {
                let (open, close) = starts(meeting, calendar, day);
                let length = seconds(meeting);
                shifts.iter().any(|&(start, end)| {
                    let first = open.max(start);
                    first <= close && first + length <= end
                })
            };
            let mut found = Attendance { nurse, meeting: number, blocks: Vec::new(), not_on: Vec::new() };
            let date = |day: u16| calendar.date(i32::from(day));
            for block in blocks {
                let mut patterns = block.patterns.clone();
                let first = patterns.iter().flatten().copied().min();
                if let [days] = patterns.as_mut_slice() {
                    found.not_on.extend(days.iter().copied().filter(|&day| !has_room(day)).map(date));
                    days.retain(|&day| has_room(day));
                    patterns.retain(|days| !days.is_empty());
                } else {
                    patterns.retain(|days| days.iter().all(|&day| has_room(day)));
                    found.not_on.extend(first.filter(|_| patterns.is_empty()).map(date));
                }
                if !patterns.is_empty() {
                    found.blocks.push(Block { patterns });
                }
            }
            found.not_on.retain(|&date| !document.agreements.is_away(&person.id, date));
            if !found.blocks.is_empty() || !found.not_on.is_empty() {
                all.push(found);
            }
        }
    }
    Ok(all)
}

/// Start and latest end of the shifts that a nurse works, in elapsed seconds.
fn worked_shifts(document: &Document, nurse: &Nurse, calendar: &Calendar) -> Vec<(i64, i64)> {
    let shifts = shifts_of(nurse, calendar).into_iter().map(|rostered| rostered.shift);
    let worked = shifts.filter(|shift| !document.agreements.is_away(&nurse.id, shift.date));
    worked
        .filter_map(|shift| {
            let day = i32::from(calendar.day(shift.date)?);
            let until = |time| calendar.end_seconds(day, shift.start, time);
            let end = until(shift.end);
            Some((calendar.seconds(day, shift.start), shift.latest_end.map_or(end, until).max(end)))
        })
        .collect()
}

/// Earliest and latest start on a day, in elapsed seconds.
pub(crate) fn starts(meeting: &Meeting, calendar: &Calendar, day: u16) -> (i64, i64) {
    let (window, day) = (meeting.starts(), i32::from(day));
    let last = if window.to < window.from { day + 1 } else { day };
    (calendar.seconds(day, window.from), calendar.seconds(last, window.to))
}

/// Length in seconds.
pub(crate) fn seconds(meeting: &Meeting) -> i64 {
    (meeting.minutes * 60.0).round() as i64
}

/// Where a nurse goes for a meeting.
pub(crate) fn place_of(document: &Document, number: usize, nurse: usize) -> PlaceName {
    let meeting = &document.meetings[number];
    match (&meeting.location, meeting.at) {
        (Some(_), None) => PlaceName::Meeting(number),
        (_, Some(Base::Home)) => PlaceName::Home(nurse),
        _ if document.office.is_some() => PlaceName::Office,
        _ => PlaceName::Home(nurse),
    }
}
