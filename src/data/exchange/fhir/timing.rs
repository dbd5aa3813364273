//! The days and times of care: converts a care line to a Timing of FHIR, and back.

use super::ids::WINDOW;
use super::resources::{Extension, Period, Repeat, Timing};
use crate::error::{Error, ErrorKind, Mistake};
use crate::model::document::{Care, Days, Monthly, PerWeek, Priority, TimeOfDay, Weekday, Window};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The error for a document without a time zone. It is needed because resources have points in time, and documents have
/// local times.
#[cold]
pub(super) fn no_time_zone() -> Error {
    let problem = "not given; appointments are moments on the clock of the world";
    let mend = "write time_zone: Europe/Amsterdam, or your own; for an import give --time-zone";
    Error::new(ErrorKind::Document, Mistake::new("horizon.time_zone", problem, mend))
}

/// Days of the week as FHIR codes them.
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// Earliest and latest start of care for the parts of the day of FHIR (value set EventTiming). FHIR gives them no
/// hours: these are kring's reading. Meals: C(M, D, V) at, A before, P after breakfast, lunch and supper.
const PARTS_OF_DAY: [(&str, &str, &str); 22] = [
    ("MORN", "07:00", "12:00"),
    ("MORN.early", "07:00", "09:00"),
    ("MORN.late", "10:00", "12:00"),
    ("NOON", "11:30", "13:30"),
    ("AFT", "12:00", "18:00"),
    ("AFT.early", "12:00", "15:00"),
    ("AFT.late", "15:00", "18:00"),
    ("EVE", "18:00", "22:00"),
    ("EVE.early", "18:00", "20:00"),
    ("EVE.late", "20:00", "22:00"),
    ("NIGHT", "22:00", "06:00"),
    ("HS", "21:00", "23:00"),
    ("WAKE", "07:00", "09:00"),
    ("CM", "07:00", "10:00"),
    ("ACM", "07:00", "10:00"),
    ("PCM", "07:00", "10:00"),
    ("CD", "11:30", "13:30"),
    ("ACD", "11:30", "13:30"),
    ("PCD", "11:30", "13:30"),
    ("CV", "17:00", "19:00"),
    ("ACV", "17:00", "19:00"),
    ("PCV", "17:00", "19:00"),
];

/// Window of care for which no time is given: the hours in which most teams work.
const ANY_TIME: (&str, &str) = ("07:00", "22:00");

/// Days of the week by their codes, each once; `field` is the field of the codes, for messages.
pub(super) fn weekdays(codes: &[String], field: &'static str) -> Result<Vec<Weekday>, Wrong> {
    let mut all = Vec::new();
    for code in codes {
        let Some((_, day)) = WEEKDAYS.iter().find(|(name, _)| name == code) else {
            return Err((field, format!("{} is not understood", shown(code)), "write mon, tue and so on"));
        };
        if !all.contains(day) {
            all.push(*day);
        }
    }
    Ok(all)
}

fn code(day: Weekday) -> String {
    WEEKDAYS.iter().find(|(_, of)| *of == day).map_or("", |(name, _)| name).to_owned()
}

/// A time as FHIR writes it: with seconds, and before midnight.
pub(super) fn clock(time: TimeOfDay) -> String {
    let seconds = time.seconds().min(TimeOfDay::DAY - 1);
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The date of a `date` or `dateTime`. If it has a time, that time as well; both are then local.
pub(super) fn local(text: &str, zone: &TimeZone) -> Option<(Date, Option<TimeOfDay>)> {
    if !text.contains('T') {
        // Only a full date names a day: `2026` and `2026-03` do not.
        return text.parse::<Date>().ok().filter(|_| text.len() == 10).map(|date| (date, None));
    }
    let at = text.parse::<Timestamp>().ok()?.to_zoned_datetime(zone.clone());
    Some((at.date(), Some(TimeOfDay::of(at.time()))))
}

/// A care line as a timing; `dates` gives its days where FHIR cannot express the rule for them.
pub(super) fn of_care(care: &Care, dates: impl FnOnce() -> Vec<Date>) -> Timing {
    let mut repeat = Repeat {
        extension: vec![window_extension(care.window)],
        duration: Some(care.minutes),
        duration_unit: Some("min".to_owned()),
        time_of_day: care.preferred_start.map(clock).into_iter().collect(),
        ..Repeat::default()
    };
    let weeks = u32::from(care.every_weeks);
    let mut often = |frequency: u32, period: u32, unit: &str, days: &[Weekday]| {
        repeat.frequency = Some(frequency);
        repeat.period = Some(f64::from(period));
        repeat.period_unit = Some(unit.to_owned());
        repeat.day_of_week = days.iter().copied().map(code).collect();
    };
    let mut event = Vec::new();
    match &care.days {
        Days::Daily if weeks == 1 => often(1, 1, "d", &[]),
        Days::Daily => often(7, weeks, "wk", &WEEKDAYS.map(|(_, day)| day)),
        Days::Weekdays(days) if weeks == 1 => often(1, 1, "d", days),
        Days::Weekdays(days) => often(days.len() as u32, weeks, "wk", days),
        Days::PerWeek(PerWeek { times, weekdays, .. }) => often(u32::from(*times), weeks, "wk", weekdays),
        Days::Dates(_) | Days::Monthly(_) | Days::Patterns(_) => {
            event = dates().iter().map(Date::to_string).collect();
        }
    }
    if care.from.is_some() || care.until.is_some() {
        let text = |date: Option<Date>| date.map(|date| date.to_string());
        repeat.bounds_period = Some(Period { start: text(care.from), end: text(care.until) });
    }
    Timing { event, repeat: Some(repeat), code: None }
}

fn window_extension(window: Window) -> Extension {
    let part = |name: &str, time| Extension {
        url: Some(name.to_owned()),
        value_time: Some(clock(time)),
        ..Extension::default()
    };
    Extension {
        url: Some(WINDOW.to_owned()),
        extension: vec![part("from", window.from), part("to", window.to)],
        ..Extension::default()
    }
}

/// What is wrong with a timing: the field within it, the problem and the mend.
pub(super) type Wrong = (&'static str, String, &'static str);

/// How times are read.
pub(super) struct Reading<'a> {
    pub(super) zone: &'a TimeZone,
    /// First and last day of the horizon.
    pub(super) horizon: (Date, Date),
    /// Seconds that care may start before or after a time that is named.
    pub(super) around: u32,
}

/// The care lines of a timing, one for each time of the day.
pub(super) fn to_care(
    timing: &Timing,
    id: &str,
    priority: Priority,
    reading: &Reading,
) -> Result<Vec<Care>, Wrong> {
    let empty = Repeat::default();
    let repeat = timing.repeat.as_ref().unwrap_or(&empty);
    refuse(timing, repeat)?;
    let bounds = bounds(repeat, reading.zone)?;
    let (events, time) = events(timing, reading.zone)?;
    let mut times = times(repeat, reading.around)?;
    if let (Some(time), true) = (time, repeat.time_of_day.is_empty() && repeat.when.is_empty()) {
        times = vec![(around(time, reading.around), Some(time))];
    }
    let (days, every_weeks) = if events.is_empty() {
        days(repeat, times.len(), bounds, reading.horizon)?
    } else {
        (Days::Dates(events), 1)
    };
    let minutes = minutes(repeat)?;
    let many = times.len() > 1;
    let line = |(at, (window, preferred_start)): (usize, (Window, Option<TimeOfDay>))| {
        let id = if many { format!("{id}-{}", at + 1) } else { id.to_owned() };
        Care {
            from: bounds.0,
            until: bounds.1,
            every_weeks,
            preferred_start,
            priority,
            ..Care::new(id, days.clone(), window, minutes)
        }
    };
    Ok(times.into_iter().enumerate().map(line).collect())
}

/// Refuses fields that are not understood. They change the meaning of the timing, so they must not be ignored.
fn refuse(timing: &Timing, repeat: &Repeat) -> Result<(), Wrong> {
    let given = [
        ("repeat.boundsDuration", repeat.bounds_duration.is_some()),
        ("repeat.boundsRange", repeat.bounds_range.is_some()),
        ("repeat.count", repeat.count.is_some()),
        ("repeat.countMax", repeat.count_max.is_some()),
        ("repeat.durationMax", repeat.duration_max.is_some()),
        ("repeat.frequencyMax", repeat.frequency_max.is_some()),
        ("repeat.periodMax", repeat.period_max.is_some()),
        ("repeat.offset", repeat.offset.is_some()),
    ];
    if let Some((field, _)) = given.iter().find(|(_, given)| *given) {
        let mend = "give boundsPeriod, frequency, period, dayOfWeek, timeOfDay or when instead";
        return Err((field, "is not understood".to_owned(), mend));
    }
    if timing.code.is_some() && timing.repeat.is_none() {
        return Err(("code", "is a code alone".to_owned(), "say it as repeat: frequency, period, duration"));
    }
    Ok(())
}

fn bounds(repeat: &Repeat, zone: &TimeZone) -> Result<(Option<Date>, Option<Date>), Wrong> {
    let Some(period) = &repeat.bounds_period else { return Ok((None, None)) };
    let read = |field, text: &Option<String>| match text {
        None => Ok(None),
        Some(text) => match local(text, zone) {
            Some((date, _)) => Ok(Some(date)),
            None => Err((field, format!("{} is no day", shown(text)), "write 2026-03-02")),
        },
    };
    Ok((read("repeat.boundsPeriod.start", &period.start)?, read("repeat.boundsPeriod.end", &period.end)?))
}

/// The dates of single events, and the time of day that they have in common.
fn events(timing: &Timing, zone: &TimeZone) -> Result<(Vec<Date>, Option<TimeOfDay>), Wrong> {
    let mut dates = Vec::new();
    let mut times = Vec::new();
    for text in &timing.event {
        let Some((date, time)) = local(text, zone) else {
            return Err(("event", format!("{} is no day", shown(text)), "write 2026-03-02"));
        };
        dates.push(date);
        times.push(time);
    }
    times.dedup();
    dates.sort();
    dates.dedup();
    match times.as_slice() {
        [] => Ok((dates, None)),
        [time] => Ok((dates, *time)),
        _ => {
            let mend = "give a request for each time of the day";
            Err(("event", "events are at different times of the day".to_owned(), mend))
        }
    }
}

/// The windows in which care may start on a day, each with the client's own hour.
fn times(repeat: &Repeat, tolerance: u32) -> Result<Vec<(Window, Option<TimeOfDay>)>, Wrong> {
    let mut named = Vec::new();
    for text in &repeat.time_of_day {
        let Ok(time) = text.parse::<TimeOfDay>() else {
            return Err(("repeat.timeOfDay", format!("{} is no time", shown(text)), "write 08:30:00"));
        };
        named.push(time);
    }
    named.sort();
    named.dedup();
    if let Some(window) = repeat.extension.iter().find(|of| of.url.as_deref() == Some(WINDOW)) {
        let window = read_window(window)?;
        if named.len() > 1 || !repeat.when.is_empty() {
            let problem = "a window stands beside several times".to_owned();
            return Err(("repeat.extension", problem, "give a request for each time of the day"));
        }
        return Ok(vec![(window, named.first().copied())]);
    }
    if !named.is_empty() {
        return Ok(named.into_iter().map(|time| (around(time, tolerance), Some(time))).collect());
    }
    let mut parts = Vec::new();
    for code in &repeat.when {
        let Some((_, from, to)) = PARTS_OF_DAY.iter().find(|(name, ..)| name == code) else {
            let problem = format!("{} is not understood", shown(code));
            return Err(("repeat.when", problem, "write MORN, NOON, AFT, EVE, NIGHT, or give timeOfDay"));
        };
        parts.extend(window_of(from, to).map(|window| (window, None)));
    }
    if parts.is_empty() {
        parts.extend(window_of(ANY_TIME.0, ANY_TIME.1).map(|window| (window, None)));
    }
    Ok(parts)
}

fn window_of(from: &str, to: &str) -> Option<Window> {
    Some(Window { from: from.parse().ok()?, to: to.parse().ok()? })
}

fn read_window(extension: &Extension) -> Result<Window, Wrong> {
    let part = |name: &str| {
        let of = extension.extension.iter().find(|of| of.url.as_deref() == Some(name))?;
        of.value_time.as_deref()
    };
    part("from").zip(part("to")).and_then(|(from, to)| window_of(from, to)).ok_or((
        "repeat.extension",
        "the window has no times 'from' and 'to'".to_owned(),
        "give two extensions with valueTime",
    ))
}

/// The window from `tolerance` seconds before a time to as many after it. It does not begin before midnight of the day.
fn around(time: TimeOfDay, tolerance: u32) -> Window {
    let at = |seconds: u32| TimeOfDay::from_seconds(seconds % TimeOfDay::DAY).unwrap_or(TimeOfDay::MIDNIGHT);
    Window {
        from: at(time.seconds().saturating_sub(tolerance)),
        to: at(time.seconds().saturating_add(tolerance)),
    }
}

fn minutes(repeat: &Repeat) -> Result<f64, Wrong> {
    let in_minutes = match repeat.duration_unit.as_deref() {
        Some("s") => 1.0 / 60.0,
        Some("min") => 1.0,
        Some("h") => 60.0,
        _ if repeat.duration.is_none() => {
            return Err((
                "repeat.duration",
                "is missing".to_owned(),
                "say how long the visit is, with durationUnit min",
            ));
        }
        _ => return Err(("repeat.durationUnit", "is not s, min or h".to_owned(), "write min")),
    };
    let minutes = repeat.duration.unwrap_or_default() * in_minutes;
    let problem = format!("{minutes} minutes");
    let is_fine = minutes > 0.0 && minutes <= 1440.0;
    if is_fine { Ok(minutes) } else { Err(("repeat.duration", problem, "give more than 0, at most a day")) }
}

/// The days of the timing, and the number of weeks after which they recur. `times` is the number of visits on a day.
fn days(
    repeat: &Repeat,
    times: usize,
    (from, until): (Option<Date>, Option<Date>),
    (first, last): (Date, Date),
) -> Result<(Days, u8), Wrong> {
    let weekdays = weekdays(&repeat.day_of_week, "repeat.dayOfWeek")?;
    let on_weekdays =
        |weekdays: Vec<Weekday>| if weekdays.is_empty() { Days::Daily } else { Days::Weekdays(weekdays) };
    let says_times = !repeat.time_of_day.is_empty() || !repeat.when.is_empty();
    let Some(unit) = repeat.period_unit.as_deref() else {
        if repeat.frequency.is_none() && (!weekdays.is_empty() || says_times) {
            return Ok((on_weekdays(weekdays), 1));
        }
        return Err((
            "repeat.periodUnit",
            "on which days is not said".to_owned(),
            "give frequency, period and periodUnit, dayOfWeek, or events",
        ));
    };
    let period = repeat.period.unwrap_or(1.0);
    let whole = (1.0..=366.0).contains(&period) && period.fract() == 0.0;
    if !whole {
        let mend = "give a whole number of days, weeks or months";
        return Err(("repeat.period", format!("{period} is not understood"), mend));
    }
    let period = period as u32;
    match unit {
        // Whole weeks, given in days.
        "d" if period.is_multiple_of(7) => weekly(repeat.frequency, period / 7, weekdays, from),
        "d" if period == 1 => {
            let frequency = repeat.frequency.unwrap_or(1) as usize;
            if frequency != times && frequency != 1 {
                let problem = format!("{frequency} a day, at {times} times");
                return Err(("repeat.frequency", problem, "name each time in timeOfDay or when"));
            }
            Ok((on_weekdays(weekdays), 1))
        }
        "d" if weekdays.is_empty() && repeat.frequency.unwrap_or(1) == 1 => {
            let start = from.ok_or_else(|| needs_start(format!("every {period} days")))?;
            let ahead = (first.duration_since(start).as_hours() / 24).max(0);
            // Days from the start of the rhythm to its first date in the horizon.
            let skipped = (ahead + i64::from(period) - 1) / i64::from(period) * i64::from(period);
            let last = until.map_or(last, |until| until.min(last));
            let mut date = start.saturating_add(skipped.days());
            let mut dates = Vec::new();
            while date <= last {
                dates.push(date);
                date = date.saturating_add(i64::from(period).days());
            }
            Ok((Days::Dates(dates), 1))
        }
        "wk" => weekly(repeat.frequency, period, weekdays, from),
        "mo" if period == 1 && repeat.frequency.unwrap_or(1) == 1 && weekdays.is_empty() => {
            let start = from.ok_or_else(|| needs_start("every month".to_owned()))?;
            let day = u8::try_from(start.day()).unwrap_or(1);
            Ok((Days::Monthly(Monthly { day: Some(day), weekday: None, nth: None }), 1))
        }
        _ => Err((
            "repeat.periodUnit",
            format!("{} every {period} {} is not understood", repeat.frequency.unwrap_or(1), shown(unit)),
            "give days, weeks, once a month, or events",
        )),
    }
}

fn weekly(
    frequency: Option<u32>,
    weeks: u32,
    weekdays: Vec<Weekday>,
    from: Option<Date>,
) -> Result<(Days, u8), Wrong> {
    let every_weeks = u8::try_from(weeks).unwrap_or(u8::MAX);
    if every_weeks > 1 && from.is_none() {
        return Err(needs_start(format!("every {weeks} weeks")));
    }
    let frequency = match frequency {
        None if weekdays.is_empty() => 1,
        None => weekdays.len() as u32,
        Some(frequency) => frequency,
    };
    if !weekdays.is_empty() && frequency as usize == weekdays.len() {
        let days = if weekdays.len() == 7 { Days::Daily } else { Days::Weekdays(weekdays) };
        return Ok((days, every_weeks));
    }
    match u8::try_from(frequency) {
        Ok(times @ 1..=7) => Ok((Days::PerWeek(PerWeek { times, min_gap: 1, weekdays }), every_weeks)),
        _ => {
            let mend = "give 1 to 7, or name the times of the day";
            Err(("repeat.frequency", format!("{frequency} a week"), mend))
        }
    }
}

fn needs_start(rhythm: String) -> Wrong {
    let problem = format!("{rhythm} has no beginning");
    ("repeat.boundsPeriod.start", problem, "say from which day it is counted")
}

/// A value as a message quotes it, cut to 40 characters.
pub(super) fn shown(text: &str) -> String {
    let cut: String = text.chars().take(40).collect();
    format!("{cut:?}")
}
