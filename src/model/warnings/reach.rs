//! Warnings about time: care outside the horizon, shifts that no visit can use, clocks of somewhere else.

use super::found::{Found, WarningKind};
use crate::model::Document;
use crate::model::calendar::Calendar;
use crate::model::document::{Care, Days, Shift};
use crate::model::meetings::{attendances, starts};
use crate::model::recurrence::day_patterns;
use crate::model::roster::{RosterPlace, shifts_of};
use crate::model::strays::all_exchanged;
use std::collections::BTreeMap;

/// Clients without care, and care lines whose dates lie outside the horizon.
pub(super) fn care(document: &Document, calendar: &Calendar, found: &mut Found) {
    let (first, last) = (calendar.date(0), calendar.date(i32::from(calendar.days()) - 1));
    for (i, client) in document.clients.iter().enumerate() {
        if client.care.is_empty() {
            let mend = "add a care line, or leave the client out";
            found.add(
                WarningKind::ClientWithoutCare,
                format!("clients[{i}].care"),
                "no care".to_owned(),
                mend,
            );
        }
        for (j, care) in client.care.iter().enumerate() {
            let problem = match care {
                Care { until: Some(until), .. } if *until < first => {
                    format!("the care ended on {until}, before the first day, {first}")
                }
                Care { from: Some(from), .. } if *from > last => {
                    format!("the care begins on {from}, after the last day, {last}")
                }
                Care { days: Days::Dates(dates), .. }
                    if !dates.iter().any(|date| (first..=last).contains(date)) =>
                {
                    format!("none of its dates lies within {first} to {last}")
                }
                _ => continue,
            };
            let mend = "mend the dates, or leave the line out";
            found.add(WarningKind::CareOutsideHorizon, format!("clients[{i}].care[{j}]"), problem, mend);
        }
    }
}

/// Nurses who cannot take part in a meeting on some of its days, absences aside; and meetings in which nobody takes part.
pub(super) fn meetings(document: &Document, calendar: &Calendar, found: &mut Found) {
    /// Largest number of dates that are named.
    const NAMED: usize = 3;
    let Ok(all) = attendances(document, calendar) else { return };
    for (number, meeting) in document.meetings.iter().enumerate() {
        let path = format!("meetings[{number}]");
        let mut of_meeting = all.iter().filter(|one| one.meeting == number);
        if of_meeting.all(|one| one.blocks.is_empty()) {
            let problem = "nobody takes part in it within the days to plan".to_owned();
            let mend = "mend its days and hours, or the shifts of those who should";
            found.add(WarningKind::NotAtMeeting, path, problem, mend);
            continue;
        }
        for one in all.iter().filter(|one| one.meeting == number && !one.not_on.is_empty()) {
            let nurse = &document.nurses[one.nurse].id;
            let mut dates: Vec<String> = one.not_on.iter().take(NAMED).map(ToString::to_string).collect();
            if let Some(more) = one.not_on.len().checked_sub(NAMED).filter(|&more| more > 0) {
                dates.push(format!("and {more} more"));
            }
            let problem = format!("{nurse:?} has no shift with room for it on {}", dates.join(", "));
            let mend = match meeting.nurses.is_empty() {
                true => {
                    "she does not take part then; give her a shift, or name those who take part as nurses"
                }
                false => "she does not take part then; give her a shift, or leave her out",
            };
            found.add(WarningKind::NotAtMeeting, &path, problem, mend);
        }
    }
}

/// Absences, and days on which clients are away, that lie wholly outside the horizon.
pub(super) fn leave(document: &Document, calendar: &Calendar, found: &mut Found) {
    let (first, last) = (calendar.date(0), calendar.date(i32::from(calendar.days()) - 1));
    let absences = document.agreements.absences.iter().enumerate();
    let absences = absences.map(|(i, away)| (format!("agreements.absences[{i}]"), away.from, away.until));
    let away = document.clients.iter().enumerate().flat_map(|(i, client)| {
        let away = client.away.iter().enumerate();
        away.map(move |(k, away)| (format!("clients[{i}].away[{k}]"), away.from, away.until))
    });
    for (path, from, until) in absences.chain(away).filter(|(_, from, until)| *until < first || *from > last)
    {
        let problem = format!("{from} to {until} lies outside the days to plan, {first} to {last}");
        let mend = "right if it is meant for other days; else mend the dates";
        found.add(WarningKind::LeaveOutsideHorizon, path, problem, mend);
    }
}

/// Shifts during which no visit may start, and nurses without shifts. A recurring shift is reported only if that holds
/// on all of its dates.
pub(super) fn shifts(document: &Document, calendar: &Calendar, found: &mut Found) {
    let open = OpenTimes::new(document, calendar);
    for (i, nurse) in document.nurses.iter().enumerate() {
        let mut reached: BTreeMap<RosterPlace, bool> = BTreeMap::new();
        for rostered in shifts_of(nurse, calendar) {
            if calendar.day(rostered.shift.date).is_some() {
                *reached.entry(rostered.place).or_default() |= open.reach(&rostered.shift, calendar);
            }
        }
        if reached.is_empty() {
            let problem = "no shift within the days to plan".to_owned();
            found.add(
                WarningKind::NurseWithoutShift,
                format!("nurses[{i}]"),
                problem,
                "add shifts or recurring",
            );
        }
        if open.0.is_empty() {
            continue;
        }
        for (place, _) in reached.iter().filter(|(_, reached)| !**reached) {
            let problem = "no time window of a visit reaches into the shift".to_owned();
            let path = format!("nurses[{i}].{place}");
            found.add(
                WarningKind::IdleShift,
                path,
                problem,
                "mend its date and hours, or the windows of care",
            );
        }
    }
}

/// The intervals of elapsed seconds in which some visit or meeting may start: disjoint, and in order.
pub(crate) struct OpenTimes(Vec<(i64, i64)>);

impl OpenTimes {
    pub(crate) fn new(document: &Document, calendar: &Calendar) -> Self {
        Self(open_times(document, calendar))
    }

    /// Whether something may start in a shift.
    pub(crate) fn reach(&self, shift: &Shift, calendar: &Calendar) -> bool {
        let day = calendar.days_from_first(shift.date) as i32;
        let start = calendar.seconds(day, shift.start);
        let end = calendar.end_seconds(day, shift.start, shift.latest_end.unwrap_or(shift.end));
        let next = self.0.partition_point(|&(_, close)| close < start);
        self.0.get(next).is_some_and(|&(opens, _)| opens <= end)
    }
}

fn open_times(document: &Document, calendar: &Calendar) -> Vec<(i64, i64)> {
    let mut windows = Vec::new();
    for client in &document.clients {
        for care in &client.care {
            let Ok(blocks) = day_patterns(care, &client.away, calendar) else { continue };
            let mut days: Vec<u16> =
                blocks.iter().flat_map(|block| block.patterns.iter().flatten()).copied().collect();
            days.sort_unstable();
            days.dedup();
            let closes_on = i32::from(care.window.to < care.window.from);
            windows.extend(days.into_iter().map(i32::from).map(|day| {
                (calendar.seconds(day, care.window.from), calendar.seconds(day + closes_on, care.window.to))
            }));
        }
    }
    for one in attendances(document, calendar).unwrap_or_default() {
        let days = one.blocks.iter().flat_map(|block| block.patterns.iter().flatten());
        windows.extend(days.map(|&day| starts(&document.meetings[one.meeting], calendar, day)));
    }
    windows.sort_unstable();
    let mut open: Vec<(i64, i64)> = Vec::new();
    for (opens, closes) in windows {
        match open.last_mut() {
            Some(last) if opens <= last.1 => last.1 = last.1.max(closes),
            _ => open.push((opens, closes)),
        }
    }
    open
}

/// Warns where the time zone of the document suggests that latitude and longitude are exchanged in all places.
pub(super) fn clocks(document: &Document, calendar: &Calendar, found: &mut Found) {
    /// Half a year, in seconds.
    const HALF: i64 = 182 * 86_400;
    let Some(zone) = &document.horizon.time_zone else { return };
    // The smaller of the two offsets is the one without daylight saving time.
    let offset = [0, HALF].map(|at| calendar.moment(at).offset().seconds()).into_iter().min().unwrap_or(0);
    let Some((lat, lon)) = all_exchanged(document, f64::from(offset) / 3600.0) else { return };
    let problem =
        format!("the places lie around lat {lat:.1}, lon {lon:.1}, far from where clocks show {zone} time");
    let mend = "lat and lon are probably exchanged in all places; else mend the time zone";
    found.add(WarningKind::FarPlace, "clients", problem, mend);
}
