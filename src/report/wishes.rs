//! Days that nurses wished off, but on which they work all the same.

use super::reading::Reading;
use super::text::{filled, heading, short_date};
use crate::model::plan::Stop;

/// Wished days with a visit or a meeting, by nurse: day numbers in order, each once.
pub(super) fn not_kept(reading: &Reading) -> Vec<(usize, Vec<u16>)> {
    let mut all: Vec<(usize, Vec<u16>)> = Vec::new();
    // Shifts are in the order of nurses, then of their starts, so a nurse's days follow one another.
    for shift in &reading.shifts {
        let date = reading.calendar.date(shift.day.into());
        let is_work = |stop: &Stop| !matches!(stop, Stop::Break(_));
        let comes_in = shift.tour.as_ref().is_some_and(|read| read.tour.stops.iter().any(is_work));
        if !comes_in || !reading.document.nurses[shift.nurse].wished_off.has(date) {
            continue;
        }
        match all.last_mut() {
            Some((nurse, days)) if *nurse == shift.nurse => {
                if days.last() != Some(&shift.day) {
                    days.push(shift.day);
                }
            }
            _ => all.push((shift.nurse, vec![shift.day])),
        }
    }
    all
}

/// The block of the summary; nothing where every wish is kept.
pub(super) fn block(reading: &Reading) -> String {
    let all = not_kept(reading);
    if all.is_empty() {
        return String::new();
    }
    let mut out = heading("Wishes not kept: days off that were wished for");
    for (nurse, days) in all {
        let date = |&day: &u16| short_date(reading.calendar.date(day.into()));
        let days: Vec<String> = days.iter().map(date).collect();
        out += &filled("  ", &format!("{}: {}", reading.nurse_name(nurse), days.join(", ")));
    }
    out + "\n"
}
