//! Values of cells, as people write them.

use crate::model::document::{Days, Mode, PerWeek, Priority, TimeOfDay, Weekday};
use jiff::civil::Date;

/// A number with a point or a comma.
pub(super) fn number(cell: &str) -> Option<f64> {
    let text = cell.replace(',', ".");
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    text.parse().ok().filter(|_| is_plain)
}

/// `08:30`, `8:30`, `8.30`, `8h30`, `08:30:00`; a whole number is an hour.
pub(super) fn time(cell: &str) -> Option<TimeOfDay> {
    let parts: Vec<&str> = cell.split([':', '.', 'h', 'u']).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() || parts.len() > 3 || parts.iter().skip(1).any(|part| part.len() != 2) {
        return None;
    }
    let value = |at: usize| parts.get(at).map_or(Some(0), |part| part.parse::<u32>().ok());
    let (hours, minutes, seconds) = (value(0)?, value(1)?, value(2)?);
    if hours > 24 || minutes > 59 || seconds > 59 {
        return None;
    }
    TimeOfDay::from_seconds(hours * 3600 + minutes * 60 + seconds)
}

/// `2026-03-02`, or the day first with `-` or `.`: `2-3-2026`. With `/` nobody knows which is the month.
pub(super) fn date(cell: &str) -> Option<Date> {
    // Some spreadsheets write midnight behind a date.
    let cell = cell.split([' ', 'T']).next().unwrap_or(cell);
    let parts: Vec<&str> = cell.split(['-', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Ids or names with `+`, `;`, `,`, `/` or `|` between them.
pub(super) fn list(cell: &str) -> Vec<String> {
    let parts = cell.split(['+', ';', ',', '/', '|', '&']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

pub(super) fn mode(cell: &str) -> Option<Mode> {
    match cell.to_lowercase().as_str() {
        "" | "bicycle" | "bike" | "fiets" | "e-bike" => Some(Mode::Bicycle),
        "walk" | "on foot" | "lopend" | "te voet" => Some(Mode::Walk),
        "car" | "auto" => Some(Mode::Car),
        _ => None,
    }
}

pub(super) fn priority(cell: &str) -> Option<Priority> {
    match cell.to_lowercase().as_str() {
        "" | "needed" | "nodig" => Some(Priority::Needed),
        "vital" | "onmisbaar" => Some(Priority::Vital),
        "wished" | "gewenst" => Some(Priority::Wished),
        _ => None,
    }
}

/// `daily`, `mon wed fri`, `mon-fri`, `3 a week`, or dates.
pub(super) fn days(cell: &str) -> Option<Days> {
    let text = cell.to_lowercase();
    if matches!(text.as_str(), "daily" | "every day" | "dagelijks" | "elke dag") {
        return Some(Days::Daily);
    }
    if let Some(times) = per_week(&text) {
        return (1..=7)
            .contains(&times)
            .then(|| Days::PerWeek(PerWeek { times, min_gap: 1, weekdays: Vec::new() }));
    }
    let parts: Vec<&str> =
        text.split([' ', ',', ';', '+', '/', '&']).filter(|part| !part.is_empty()).collect();
    let dates: Option<Vec<Date>> = parts.iter().map(|part| date(part)).collect();
    if let Some(dates) = dates.filter(|dates| !dates.is_empty()) {
        return Some(Days::Dates(dates));
    }
    let mut days = Vec::new();
    for part in parts {
        match part.split_once(['-', '–']) {
            Some((from, to)) => {
                let (from, to) = (weekday(from)?, weekday(to)?);
                days.extend(WEEK.iter().filter(|(day, ..)| (from..=to).contains(day)).map(|(day, ..)| *day));
            }
            None => days.push(weekday(part)?),
        }
    }
    days.sort_unstable();
    days.dedup();
    (!days.is_empty()).then_some(Days::Weekdays(days))
}

/// `3 a week`, `3x`, `3 per week`, `3x per week`.
fn per_week(text: &str) -> Option<u8> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest: String = text.chars().skip(digits.len()).filter(|c| *c != ' ').collect();
    let is_week =
        ["aweek", "x", "perweek", "xperweek", "timesaweek", "keerperweek", "xaweek"].contains(&rest.as_str());
    digits.parse().ok().filter(|_| is_week)
}

const WEEK: [(Weekday, [&str; 4]); 7] = [
    (Weekday::Monday, ["mon", "monday", "ma", "maandag"]),
    (Weekday::Tuesday, ["tue", "tuesday", "di", "dinsdag"]),
    (Weekday::Wednesday, ["wed", "wednesday", "wo", "woensdag"]),
    (Weekday::Thursday, ["thu", "thursday", "do", "donderdag"]),
    (Weekday::Friday, ["fri", "friday", "vr", "vrijdag"]),
    (Weekday::Saturday, ["sat", "saturday", "za", "zaterdag"]),
    (Weekday::Sunday, ["sun", "sunday", "zo", "zondag"]),
];

fn weekday(word: &str) -> Option<Weekday> {
    WEEK.iter().find(|(_, names)| names.contains(&word.trim_end_matches('.'))).map(|(day, _)| *day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let read = |cell| time(cell).map(|time| time.to_string());
        for cell in ["08:30", "8:30", "8.30", "8u30", "8h30", "08:30:00"] {
            assert_eq!(read(cell).as_deref(), Some("08:30"), "{cell}");
        }
        assert_eq!(read("7").as_deref(), Some("07:00"));
        for cell in ["", "25:00", "8:3", "half nine", "8:30 pm", "-8:30", "24:01"] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn dates_with_strokes_are_not_guessed() {
        let march = Date::new(2026, 3, 2).ok();
        for cell in ["2026-03-02", "2-3-2026", "02.03.2026", "2026-03-02 00:00:00"] {
            assert_eq!(date(cell), march, "{cell}");
        }
        for cell in ["02/03/2026", "2026-13-02", "2-3-26", ""] {
            assert_eq!(date(cell), None, "{cell}");
        }
    }

    #[test]
    fn days_are_read_in_both_languages() {
        use Weekday::{Friday, Monday, Tuesday, Wednesday};
        assert_eq!(days("Dagelijks"), Some(Days::Daily));
        assert_eq!(days("mon, wed fri"), Some(Days::Weekdays(vec![Monday, Wednesday, Friday])));
        assert_eq!(days("ma-wo"), Some(Days::Weekdays(vec![Monday, Tuesday, Wednesday])));
        assert!(matches!(days("3x per week"), Some(Days::PerWeek(PerWeek { times: 3, .. }))));
        assert!(matches!(days("2026-03-02 2026-03-09"), Some(Days::Dates(dates)) if dates.len() == 2));
        for cell in ["", "8 a week", "sometimes", "mon-", "fri-mon"] {
            assert_eq!(days(cell), None, "{cell}");
        }
    }

    #[test]
    fn numbers_may_have_a_decimal_comma() {
        assert_eq!([number("52,1023"), number("-5.2")], [Some(52.1023), Some(-5.2)]);
        assert_eq!([number("1.000,5"), number("inf"), number("1e9"), number("")], [None; 4]);
    }
}
