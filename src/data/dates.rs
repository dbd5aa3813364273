//! Dates as people and spreadsheets write them.

use jiff::civil::Date;

/// Months by their first three letters, in English and Dutch.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb"],
    &["mar", "maa", "mrt"],
    &["apr"],
    &["may", "mei"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec"],
];

/// Reads a civil date, without a time zone: `2026-03-02`, or the day first with `-` or `.` as separator: `2-3-2026`,
/// `2-3-26` (of this century), `2-mar-26`.
///
/// # Errors
/// What is wrong and what would be right, in a few words. A date with `/` is refused rather than guessed: nobody knows
/// whether the day or the month comes first.
///
/// # Example
/// ```
/// use kring::data::dates::read_date;
///
/// assert_eq!(read_date("2-3-2026"), read_date("2026-03-02"));
/// assert!(read_date("02/03/2026").is_err_and(|why| why.contains("day or the month")));
/// ```
pub fn read_date(text: &str) -> Result<Date, String> {
    // Some spreadsheets write midnight behind a date.
    let date = text.trim().split([' ', 'T']).next().unwrap_or_default();
    if date.split('/').count() == 3 {
        return Err(
            "does not say whether the day or the month comes first; write 2026-03-02 or 2-3-2026".to_owned()
        );
    }
    parts(date).ok_or_else(|| "is not a date; write 2026-03-02, or the day first: 2-3-2026".to_owned())
}

fn parts(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['-', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    let is_number = |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(year) || !is_number(day) {
        return None;
    }
    let year: i16 = match year.len() {
        4 => year.parse().ok()?,
        2 => 2000 + year.parse::<i16>().ok()?,
        _ => return None,
    };
    let month = if is_number(month) { month.parse().ok()? } else { month_of(month)? };
    Date::new(year, month, day.parse().ok()?).ok()
}

fn month_of(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    let start = name.get(..3)?;
    let month = MONTHS.iter().position(|names| names.contains(&start))?;
    name.chars().all(char::is_alphabetic).then_some(month as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_in_many_forms() {
        let day = Date::new(2026, 3, 2).ok();
        for text in [
            "2026-03-02",
            "2-3-2026",
            "02.03.2026",
            "2-3-26",
            "2-mar-26",
            "2-mrt-2026",
            "2-March-2026",
            "2026-03-02 00:00:00",
        ] {
            assert_eq!(read_date(text).ok(), day, "{text}");
        }
    }

    #[test]
    fn what_could_be_another_day_is_refused() {
        assert!(read_date("02/03/2026").is_err_and(|why| why.starts_with("does not say whether")));
        for text in ["2026-13-02", "2-3", "", "2-3-026", "+2-3-2026", "2-mäx-2026", "2--3-2026", "31-2-2026"]
        {
            assert!(read_date(text).is_err_and(|why| why.starts_with("is not a date")), "{text}");
        }
    }
}
