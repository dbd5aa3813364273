//! Reads values of cells, as people write them. A mistake in a cell is described in a few words, followed by a
//! semicolon and the mend unless the guide to the column already says it.

use crate::model::document::{Mode, Priority, TimeOfDay};

/// A value, or what is wrong with the cell.
pub(super) type Read<T> = Result<T, String>;

/// A number with a point or a comma.
pub(super) fn number(cell: &str) -> Option<f64> {
    let text = cell.replace(',', ".");
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    text.parse().ok().filter(|_| is_plain)
}

/// A latitude or longitude, at most `most` degrees from zero.
pub(super) fn degrees(cell: &str, most: f64) -> Read<f64> {
    let value = number(cell).ok_or("is not a number")?;
    if value.abs() <= most { Ok(value) } else { Err(format!("is more than {most} degrees")) }
}

/// Minutes that are not 0: `35`, `40 min`, or hours and minutes: `1:00`.
pub(super) fn minutes(cell: &str) -> Read<f64> {
    let value = duration(cell)?;
    if value > 0.0 { Ok(value) } else { Err("is no time at all; write minutes: 35".to_owned()) }
}

/// Minutes of any sign.
fn duration(cell: &str) -> Read<f64> {
    let wrong = || "is not a number of minutes; write 35, or hours and minutes: 0:35".to_owned();
    let text = cell.trim_end_matches(|c: char| c.is_alphabetic() || c == '.').trim_end();
    let unit = cell[text.len()..].trim_matches([' ', '.']).to_lowercase();
    if !["", "m", "min", "mins", "minutes", "minuten", "minuut"].contains(&unit.as_str()) {
        return Err(wrong());
    }
    match text.split_once(':') {
        Some((hours, rest)) => {
            let (hours, minutes): (u32, u32) = hours.parse().ok().zip(rest.parse().ok()).ok_or_else(wrong)?;
            if rest.len() != 2 || hours >= 24 || minutes >= 60 {
                return Err(wrong());
            }
            Ok(f64::from(hours * 60 + minutes))
        }
        None => number(text).ok_or_else(wrong),
    }
}

/// A time of day: `08:30`, `8:30`, `8.30`, `8h30`, `08:30:00`; a whole number is an hour.
pub(super) fn time(cell: &str) -> Read<TimeOfDay> {
    let wrong = || "is no time of day; write one from 0:00 to 24:00: 8:30".to_owned();
    let parts: Vec<&str> = cell.split([':', '.', 'h', 'u']).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() || parts.len() > 3 || parts.iter().skip(1).any(|part| part.len() != 2) {
        return Err(wrong());
    }
    let value = |at: usize| parts.get(at).map_or(Some(0), |part| part.parse::<u32>().ok()).ok_or_else(wrong);
    let (hours, minutes, seconds) = (value(0)?, value(1)?, value(2)?);
    if hours > 24 || minutes > 59 || seconds > 59 {
        return Err(wrong());
    }
    TimeOfDay::from_seconds(hours * 3600 + minutes * 60 + seconds).ok_or_else(wrong)
}

/// A level of training.
pub(super) fn level(cell: &str) -> Read<u8> {
    cell.parse().ok().filter(|level| (1..=9).contains(level)).ok_or_else(|| "is no level".to_owned())
}

/// A whole number that is not 0.
pub(super) fn count(cell: &str) -> Read<u32> {
    cell.parse().ok().filter(|count| *count > 0).ok_or_else(|| "is no whole number above 0".to_owned())
}

/// A number of weeks, for "every so many weeks": `2`, `every 2 weeks`, `fortnightly`, `om de week`.
pub(super) fn weeks(cell: &str) -> Read<u8> {
    let text = cell.to_lowercase();
    if ["fortnightly", "every other week", "every second week", "om de week", "tweewekelijks"]
        .contains(&text.trim())
    {
        return Ok(2);
    }
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let number =
        numbers.next().and_then(|number| number.parse().ok()).filter(|weeks| (1..=26).contains(weeks));
    number.filter(|_| numbers.next().is_none()).ok_or_else(|| "is no number of weeks, 1 to 26".to_owned())
}

/// Minutes up to a day, as in [`minutes`]; 0 is a number as well.
pub(super) fn within(cell: &str) -> Read<f64> {
    let is_within = |minutes: &f64| (0.0..=1_440.0).contains(minutes);
    duration(cell).ok().filter(is_within).ok_or_else(|| "is no number of minutes, 0 to 1440".to_owned())
}

/// Days from one visit to the next.
pub(super) fn gap(cell: &str) -> Read<u8> {
    cell.parse()
        .ok()
        .filter(|gap| (1..=6).contains(gap))
        .ok_or_else(|| "is no number of days, 1 to 6".to_owned())
}

/// Hours a week.
pub(super) fn hours(cell: &str) -> Read<f64> {
    number(cell).ok_or_else(|| "is not a number".to_owned())
}

/// Any text.
pub(super) fn word(cell: &str) -> Read<String> {
    Ok(cell.to_owned())
}

/// Ids or names with `+`, `;`, `,`, `/`, `|` or `&` between them.
pub(super) fn list(cell: &str) -> Vec<String> {
    let parts = cell.split(['+', ';', ',', '/', '|', '&']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

pub(super) fn mode(cell: &str) -> Read<Mode> {
    match cell.to_lowercase().as_str() {
        "bicycle" | "bike" | "fiets" | "e-bike" => Ok(Mode::Bicycle),
        "walk" | "on foot" | "lopend" | "te voet" => Ok(Mode::Walk),
        "car" | "auto" => Ok(Mode::Car),
        _ => Err("is no way to travel".to_owned()),
    }
}

pub(super) fn priority(cell: &str) -> Read<Priority> {
    match cell.to_lowercase().as_str() {
        "needed" | "nodig" => Ok(Priority::Needed),
        "vital" | "onmisbaar" => Ok(Priority::Vital),
        "wished" | "gewenst" => Ok(Priority::Wished),
        _ => Err("is no priority".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let read = |cell| time(cell).ok().map(|time| time.to_string());
        for cell in ["08:30", "8:30", "8.30", "8u30", "8h30", "08:30:00"] {
            assert_eq!(read(cell).as_deref(), Some("08:30"), "{cell}");
        }
        assert_eq!(read("7").as_deref(), Some("07:00"));
        for cell in ["", "25:00", "8:3", "half nine", "8:30 pm", "-8:30", "24:01"] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn weeks_are_read_as_people_write_them() {
        for (cell, expected) in [
            ("2", 2),
            ("every 2 weeks", 2),
            ("Om de week", 2),
            ("om de 3 weken", 3),
            ("fortnightly", 2),
            ("1", 1),
        ] {
            assert_eq!(weeks(cell), Ok(expected), "{cell}");
        }
        for cell in ["0", "27", "2 of 3", "often", ""] {
            assert!(weeks(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn minutes_are_read_as_people_write_them() {
        for (cell, expected) in
            [("35", 35.0), ("40 min", 40.0), ("40min.", 40.0), ("10,5", 10.5), ("1:00", 60.0), ("0:35", 35.0)]
        {
            assert_eq!(minutes(cell), Ok(expected), "{cell}");
        }
        for cell in ["0", "-5", "half an hour", "2 hours", "0:60", "1:5", "", "min"] {
            assert!(minutes(cell).is_err_and(|why| why.contains("; write")), "{cell}");
        }
        assert_eq!(["60", "60 min", "1:00", "0"].map(within), [60.0, 60.0, 60.0, 0.0].map(Ok));
        assert!(["-5", "1441", "often"].into_iter().all(|cell| within(cell).is_err()));
    }

    #[test]
    fn numbers_may_have_a_decimal_comma() {
        assert_eq!([number("52,1023"), number("-5.2")], [Some(52.1023), Some(-5.2)]);
        assert_eq!([number("1.000,5"), number("inf"), number("1e9"), number("")], [None; 4]);
    }
}
