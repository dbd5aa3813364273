//! The days of a care line, as people write them in one cell.

use super::cells::Read;
use crate::data::dates::read_date;
use crate::model::document::{Days, PerWeek, Weekday, WishedOff};
use crate::model::spelling::distance;
use jiff::civil::Date;

/// The forms, for the guide to the column.
pub(super) const GUIDE: &str = "daily; mon wed fri; weekdays; 3 a week (on days apart); 3 a week gap 1; 3 a week on mon tue wed; or dates";

/// For up to this many visits a week, a day without a visit lies between two of them unless the cell says otherwise.
const MOST_APART: u8 = 3;

const WEEK: [(Weekday, [&str; 4]); 7] = [
    (Weekday::Monday, ["mon", "monday", "ma", "maandag"]),
    (Weekday::Tuesday, ["tue", "tuesday", "di", "dinsdag"]),
    (Weekday::Wednesday, ["wed", "wednesday", "wo", "woensdag"]),
    (Weekday::Thursday, ["thu", "thursday", "do", "donderdag"]),
    (Weekday::Friday, ["fri", "friday", "vr", "vrijdag"]),
    (Weekday::Saturday, ["sat", "saturday", "za", "zaterdag"]),
    (Weekday::Sunday, ["sun", "sunday", "zo", "zondag"]),
];

/// Words that follow a number of times a week, without blanks.
const A_WEEK: [&str; 8] =
    ["x", "aweek", "perweek", "xperweek", "xaweek", "timesaweek", "timesperweek", "keerperweek"];

/// Words that follow a number of times a day.
const A_DAY: [&str; 8] =
    ["daily", "aday", "perday", "timesaday", "timesdaily", "timesperday", "perdag", "keerperdag"];

/// Reads the days of a cell.
pub(super) fn days(cell: &str) -> Read<Days> {
    let text = cell.to_lowercase();
    let words: Vec<&str> =
        text.split([' ', ',', ';', '+', '/', '&']).filter(|word| !word.is_empty()).collect();
    match words.join(" ").as_str() {
        "daily" | "every day" | "dagelijks" | "elke dag" => return Ok(Days::Daily),
        "weekdays" | "workdays" | "working days" | "werkdagen" | "doordeweeks" => {
            return Ok(Days::Weekdays(WEEK[..5].iter().map(|(day, _)| *day).collect()));
        }
        "weekend" | "weekends" => return Ok(Days::Weekdays(vec![Weekday::Saturday, Weekday::Sunday])),
        _ => {}
    }
    if let Some(per_week) = per_week(&words) {
        return per_week.map(Days::PerWeek);
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        // Not split at `/`, which may stand within a date.
        let parts = text.split([' ', ',', ';', '+', '&']).filter(|part| !part.is_empty());
        return parts.map(read_date).collect::<Read<Vec<Date>>>().map(Days::Dates);
    }
    weekdays(&words).map(Days::Weekdays)
}

/// `3 a week`, `3x`, `3 per week`, possibly followed by `gap 2` and `on mon tue`; `None` for anything else.
fn per_week(words: &[&str]) -> Option<Read<PerWeek>> {
    let (first, others) = words.split_first()?;
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    let times: u8 = first[..digits].parse().ok()?;
    // `3x` may be written as one word or as two.
    let mut rest: Vec<&str> = vec![&first[digits..]];
    rest.extend(others);
    let phrase = |end: usize| rest[..end].concat();
    let all = phrase(rest.len());
    if A_DAY.contains(&all.as_str()) || A_DAY.contains(&all.trim_start_matches('x')) {
        let why =
            "is more than one visit a day; write a row for each of them, with another word for the care";
        return Some(Err(why.to_owned()));
    }
    let end = (1..=rest.len()).rev().find(|&end| A_WEEK.contains(&phrase(end).as_str()))?;
    if !(1..=7).contains(&times) {
        return Some(Err("is not 1 to 7 times a week".to_owned()));
    }
    Some(limits(&rest[end..]).map(|(gap, weekdays)| {
        let apart = if weekdays.is_empty() && times <= MOST_APART { 2 } else { 1 };
        PerWeek { times, min_gap: gap.unwrap_or(apart), weekdays }
    }))
}

/// The gap and the days of the week that follow a number of times.
fn limits(mut words: &[&str]) -> Read<(Option<u8>, Vec<Weekday>)> {
    const MEND: &str = "write 3 a week gap 2, or 3 a week on mon tue wed";
    let (mut gap, mut days) = (None, Vec::new());
    while let Some((first, rest)) = words.split_first() {
        match *first {
            "gap" => {
                let number = rest.first().and_then(|word| word.parse().ok());
                let number = number.filter(|gap| (1..=6).contains(gap));
                gap = Some(number.ok_or_else(|| format!("has no gap of 1 to 6 days; {MEND}"))?);
                words = &rest[1..];
            }
            "on" | "op" => {
                let end = rest.iter().position(|word| *word == "gap").unwrap_or(rest.len());
                days = weekdays(&rest[..end])?;
                words = &rest[end..];
            }
            other => return Err(format!("has {:?} behind the number of times; {MEND}", shown(other))),
        }
    }
    Ok((gap, days))
}

/// Days that a nurse wishes off: names of days and dates, in any order.
pub(super) fn wished_off(cell: &str) -> Read<WishedOff> {
    let text = cell.to_lowercase();
    let parts = text.split([' ', ',', ';', '+', '&']).filter(|part| !part.is_empty());
    let (dates, names): (Vec<&str>, Vec<&str>) =
        parts.partition(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    let dates = dates.into_iter().map(read_date).collect::<Read<Vec<Date>>>()?;
    let weekdays = if names.is_empty() && !dates.is_empty() { Vec::new() } else { weekdays(&names)? };
    Ok(WishedOff { weekdays, dates })
}

/// `mon wed fri`, `mon-fri`.
fn weekdays(words: &[&str]) -> Read<Vec<Weekday>> {
    let mut days = Vec::new();
    for word in words.iter().filter(|word| !["and", "en", "on", "op"].contains(word)) {
        match word.split_once(['-', '–']) {
            Some((from, to)) => {
                let (from, to) = (weekday(from, false)?, weekday(to, false)?);
                if to < from {
                    return Err(format!("has {:?}, which ends before it begins", shown(word)));
                }
                days.extend(WEEK.iter().filter(|(day, ..)| (from..=to).contains(day)).map(|(day, ..)| *day));
            }
            None => days.push(weekday(word, words.len() == 1)?),
        }
    }
    days.sort_unstable();
    days.dedup();
    if days.is_empty() { Err("names no day".to_owned()) } else { Ok(days) }
}

/// A day by its name, also `tuesdays` and `dinsdagen`. `is_all` says that nothing else stands in the cell.
fn weekday(word: &str, is_all: bool) -> Read<Weekday> {
    let bare = word.trim_end_matches('.');
    let one = bare.strip_suffix('s').or_else(|| bare.strip_suffix("en")).unwrap_or(bare);
    let named = |name: &str| WEEK.iter().find(|(_, names)| names.contains(&name)).map(|(day, _)| *day);
    if let Some(day) = named(bare).or_else(|| named(one)) {
        return Ok(day);
    }
    let shown = shown(word);
    let names = WEEK.iter().flat_map(|(_, names)| names).filter(|name| name.len() > 2);
    let near = names.map(|name| (distance(&shown, name), *name)).min().filter(|(edits, _)| *edits == 1);
    let problem = match is_all {
        true => "is no day of the week".to_owned(),
        false => format!("has {shown:?}, which is no day of the week"),
    };
    match near {
        Some((_, name)) => Err(format!("{problem}; did you mean {name:?}?")),
        None => Err(format!("{problem}; write {GUIDE}")),
    }
}

fn shown(word: &str) -> String {
    word.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Weekday::{Friday, Monday, Saturday, Sunday, Tuesday, Wednesday};

    #[test]
    fn days_are_read_in_both_languages() {
        assert_eq!(days("Dagelijks"), Ok(Days::Daily));
        for cell in ["mon, wed fri", "ma wo en vr", "Mondays, Wednesdays and Fridays", "maandagen wo vr."] {
            assert_eq!(days(cell), Ok(Days::Weekdays(vec![Monday, Wednesday, Friday])), "{cell}");
        }
        assert_eq!(days("ma-wo"), Ok(Days::Weekdays(vec![Monday, Tuesday, Wednesday])));
        assert_eq!(days("weekend"), Ok(Days::Weekdays(vec![Saturday, Sunday])));
        assert!(matches!(days("weekdays"), Ok(Days::Weekdays(days)) if days.len() == 5));
        assert!(matches!(days("2026-03-02 9-3-2026"), Ok(Days::Dates(dates)) if dates.len() == 2));
    }

    #[test]
    fn times_a_week_are_apart_unless_said_otherwise() {
        let read = |cell| match days(cell) {
            Ok(Days::PerWeek(PerWeek { times, min_gap, weekdays })) => (times, min_gap, weekdays),
            other => panic!("{cell}: {other:?}"),
        };
        for cell in ["3 a week", "3x", "3 x", "3x per week", "3 keer per week"] {
            assert_eq!(read(cell), (3, 2, vec![]), "{cell}");
        }
        assert_eq!(read("3 a week gap 1"), (3, 1, vec![]));
        assert_eq!(read("2x per week gap 3"), (2, 3, vec![]));
        assert_eq!(read("5 a week"), (5, 1, vec![]));
        let first = vec![Monday, Tuesday, Wednesday];
        assert_eq!(read("3 a week on mon, tue wed"), (3, 1, first.clone()));
        assert_eq!(read("2 a week on mon-wed gap 2"), (2, 2, first));
    }

    #[test]
    fn wished_days_are_names_and_dates() {
        let read = |cell| wished_off(cell).map(|wished| (wished.weekdays, wished.dates.len()));
        assert_eq!(read("wed"), Ok((vec![Wednesday], 0)));
        assert_eq!(read("2-3-2026, wo + vrijdag 2026-03-09"), Ok((vec![Wednesday, Friday], 2)));
        assert_eq!(read("2026-03-02"), Ok((vec![], 1)));
        assert!(read("sometimes").is_err() && read("02/03/2026").is_err() && read("+").is_err());
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (cell, part) in [
            ("mon, wen, fri", "\"wen\", which is no day of the week; did you mean \"wed\"?"),
            ("2x daily", "a row for each of them"),
            ("2 times a day", "a row for each of them"),
            ("8 a week", "not 1 to 7 times"),
            ("3 a week gap", "3 a week gap 2"),
            ("3 a week gap 9", "3 a week gap 2"),
            ("3 a week maybe", "\"maybe\" behind"),
            ("02/03/2026", "day or the month"),
            ("2026-13-01", "is not a date"),
            ("sometimes", "is no day of the week; write daily"),
            ("mon-", "no day"),
            ("fri-mon", "ends before it begins"),
            ("", "names no day"),
            (",", "names no day"),
        ] {
            assert!(days(cell).is_err_and(|why| why.contains(part)), "{cell}: {:?}", days(cell));
        }
    }
}
