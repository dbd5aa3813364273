//! Reads slots and hours of availability as shifts.

use super::bundle::{Bundle, Entry, People, said};
use super::resources::{AvailableTime, PractitionerRole};
use super::timing::{Reading, Wrong, local, shown, weekdays};
use crate::error::Mistake;
use crate::model::Document;
use crate::model::document::{Absence, RecurringShift, Shift, TimeOfDay};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// Gives the nurses of the bundle the shifts of the bundle, where it has any for them.
pub(super) fn shifts(bundle: &mut Bundle, document: &mut Document, nurses: &People, reading: &Reading) {
    let spans = slots(bundle, document.nurses.len(), nurses);
    let has_slots: Vec<bool> = spans.iter().map(|spans| !spans.is_empty()).collect();
    for (nurse, spans) in document.nurses.iter_mut().zip(spans) {
        if spans.is_empty() {
            continue;
        }
        nurse.recurring.clear();
        nurse.shifts.clear();
        for (start, end) in merged(spans) {
            let start = start.to_zoned_datetime(reading.zone.clone());
            let end = end.to_zoned_datetime(reading.zone.clone());
            let (first, last) = reading.horizon;
            if !(first..=last).contains(&start.date()) {
                bundle.pass_over("shifts outside the days to plan");
            } else if end.timestamp().duration_since(start.timestamp()) > SignedDuration::from_hours(24) {
                let mistake = Mistake::new(
                    "Slot",
                    format!("those of {} leave no gap in more than 24 hours", shown(&nurse.id)),
                    "give slots for the hours of work",
                );
                bundle.mistakes.push(mistake);
            } else {
                let (from, to) = (TimeOfDay::of(start.time()), TimeOfDay::of(end.time()));
                nurse.shifts.push(Shift::new(start.date(), from, to));
            }
        }
    }
    let mut is_cleared = vec![false; document.nurses.len()];
    for entry in std::mem::take(&mut bundle.roles) {
        let role = &entry.resource;
        if role.active == Some(false) {
            bundle.pass_over("roles that are not active");
            continue;
        }
        let Some(at) = nurses.find(role.practitioner.as_ref()) else {
            let mend = "give the Practitioner as well";
            bundle.mistakes.push(entry.wrong(
                "practitioner.reference",
                said(role.practitioner.as_ref()),
                mend,
            ));
            continue;
        };
        let id = document.nurses[at].id.clone();
        absences(bundle, &entry, &id, document, reading);
        if role.available_time.is_empty() {
            continue;
        }
        let nurse = &mut document.nurses[at];
        if has_slots[at] {
            bundle.pass_over("hours of availability of nurses with slots");
            continue;
        }
        if !std::mem::replace(&mut is_cleared[at], true) {
            nurse.recurring.clear();
            nurse.shifts.clear();
        }
        for (i, time) in role.available_time.iter().enumerate() {
            match recurring(time, role, reading) {
                Ok(shift) => nurse.recurring.push(shift),
                Err((field, problem, mend)) => {
                    let field = format!("availableTime[{i}].{field}");
                    bundle.mistakes.push(entry.wrong(&field, problem, mend));
                }
            }
        }
    }
}

type Span = (Timestamp, Timestamp);

/// The slots of each nurse.
fn slots(bundle: &mut Bundle, number: usize, nurses: &People) -> Vec<Vec<Span>> {
    let mut schedules = People::new();
    for entry in std::mem::take(&mut bundle.schedules) {
        let nurse = entry.resource.actor.iter().find_map(|actor| nurses.find(Some(actor)));
        // Slots in a schedule of something else, such as a room, are ignored.
        if entry.resource.active != Some(false)
            && let Some(nurse) = nurse
        {
            schedules.add(&entry, nurse);
        }
    }
    let mut spans = vec![Vec::new(); number];
    for entry in std::mem::take(&mut bundle.slots) {
        let slot = &entry.resource;
        if !matches!(slot.status.as_deref(), Some("free" | "busy" | "busy-tentative")) {
            bundle.pass_over("slots at which nobody can work");
            continue;
        }
        // The export marks the overtime of a tour in this way.
        if slot.overbooked == Some(true) {
            bundle.pass_over("overbooked slots");
            continue;
        }
        let Some(nurse) = schedules.find(slot.schedule.as_ref()) else {
            bundle.pass_over("slots of no nurse of the bundle");
            continue;
        };
        let at = |field: &str, text: Option<&String>| {
            let problem =
                text.map_or("is missing".to_owned(), |text| format!("{} is no moment", shown(text)));
            let at = text.and_then(|text| text.parse::<Timestamp>().ok());
            at.ok_or_else(|| entry.wrong(field, problem, "write 2026-03-02T07:00:00+01:00"))
        };
        match (at("start", slot.start.as_ref()), at("end", slot.end.as_ref())) {
            (Ok(start), Ok(end)) if start < end => spans[nurse].push((start, end)),
            (Ok(_), Ok(_)) => {
                bundle.mistakes.push(entry.wrong("end", "is not after start", "give a later end"));
            }
            (start, end) => bundle.mistakes.extend([start, end].into_iter().filter_map(Result::err)),
        }
    }
    spans
}

/// Merges slots that touch or overlap into one period of work.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut all: Vec<Span> = Vec::new();
    for (start, end) in spans {
        match all.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => all.push((start, end)),
        }
    }
    all
}

fn recurring(
    time: &AvailableTime,
    role: &PractitionerRole,
    reading: &Reading,
) -> Result<RecurringShift, Wrong> {
    let weekdays = weekdays(&time.days_of_week, "daysOfWeek")?;
    if weekdays.is_empty() {
        return Err(("daysOfWeek", "is empty".to_owned(), "name the days of the week"));
    }
    if time.all_day == Some(true) {
        let mend = "give availableStartTime and availableEndTime";
        return Err(("allDay", "a day and a night are no shift".to_owned(), mend));
    }
    let read = |field, text: Option<&String>| {
        let problem = text.map_or("is missing".to_owned(), |text| format!("{} is no time", shown(text)));
        let time = text.and_then(|text| text.parse::<TimeOfDay>().ok());
        time.ok_or((field, problem, "write 07:00:00"))
    };
    let bound = |field, text: Option<&String>| -> Result<Option<Date>, Wrong> {
        let Some(text) = text else { return Ok(None) };
        let date = local(text, reading.zone).map(|(date, _)| Some(date));
        date.ok_or_else(|| (field, format!("{} is no day", shown(text)), "write 2026-03-02"))
    };
    let period = role.period.as_ref();
    let from = bound("period.start", period.and_then(|of| of.start.as_ref()))?;
    let until = bound("period.end", period.and_then(|of| of.end.as_ref()))?;
    let start = read("availableStartTime", time.available_start_time.as_ref())?;
    let end = read("availableEndTime", time.available_end_time.as_ref())?;
    Ok(RecurringShift { from, until, ..RecurringShift::new(weekdays, start, end) })
}

/// Adds the days on which a nurse is away, cut to the horizon.
fn absences(
    bundle: &mut Bundle,
    entry: &Entry<PractitionerRole>,
    nurse: &str,
    document: &mut Document,
    reading: &Reading,
) {
    let (first, last) = reading.horizon;
    for (i, away) in entry.resource.not_available.iter().enumerate() {
        let during = away.during.as_ref();
        let read = |field: &str, text: Option<&String>, open: Date| match text {
            None => Ok(open),
            Some(text) => local(text, reading.zone).map(|(date, _)| date).ok_or_else(|| {
                let field = format!("notAvailable[{i}].during.{field}");
                entry.wrong(&field, format!("{} is no day", shown(text)), "write 2026-03-02")
            }),
        };
        let from = read("start", during.and_then(|of| of.start.as_ref()), first);
        let until = read("end", during.and_then(|of| of.end.as_ref()), last);
        match (from, until) {
            (Ok(from), Ok(until)) => {
                let (from, until) = (from.max(first), until.min(last));
                let absence = Absence { nurse: nurse.to_owned(), from, until };
                if from <= until && !document.agreements.absences.contains(&absence) {
                    document.agreements.absences.push(absence);
                }
            }
            (from, until) => bundle.mistakes.extend([from, until].into_iter().filter_map(Result::err)),
        }
    }
}
