//! A small neighbourhood to start from, with comments, in each form of text: 3 nurses, 8 clients, two weeks.

use super::json::write_document;
use super::text::{Form, read_document};
use crate::error::Result;
use jiff::ToSpan;
use jiff::civil::{Date, date};

const YAML: &str = include_str!("starter/starter.yaml");
const TOML: &str = include_str!("starter/starter.toml");

/// The first day in the texts, a Monday.
const WRITTEN_FOR: Date = date(2026, 3, 2);

/// The starter document as text, with its first day moved to `first_day`. YAML and TOML have comments; JSON has none.
/// All dates keep their distance from the first day. Every visit can be planned if the first day is a Monday.
///
/// # Errors
/// A first day outside the years that a horizon may have.
///
/// # Example
/// ```
/// use kring::data::{starter::starter, text::{Form, read_document}};
///
/// let text = starter(Form::Yaml, jiff::civil::date(2026, 11, 30))?;
/// let document = read_document(&text, Form::Yaml)?;
/// assert_eq!((document.nurses.len(), document.clients.len()), (3, 8));
/// # Ok::<(), kring::Error>(())
/// ```
pub fn starter(form: Form, first_day: Date) -> Result<String> {
    let (text, written) = match form {
        Form::Toml => (TOML, Form::Toml),
        Form::Yaml | Form::Json => (YAML, Form::Yaml),
    };
    let text = moved(text, first_day);
    let document = read_document(&text, written)?;
    Ok(if form == Form::Json { write_document(&document) } else { text })
}

/// The text with each date as far from `first_day` as it was from [`WRITTEN_FOR`].
fn moved(text: &str, first_day: Date) -> String {
    // In two steps (dates to marks, marks to dates), later dates first, so that no date is moved twice.
    let days = |mark: &str| -> Vec<(String, i64)> {
        (0..14).rev().map(|day| (format!("{mark}{day}{mark}"), day)).collect()
    };
    let mut text = text.to_owned();
    for (mark, day) in days("@") {
        text = text.replace(&WRITTEN_FOR.saturating_add(day.days()).to_string(), &mark);
    }
    for (mark, day) in days("@") {
        text = text.replace(&mark, &first_day.saturating_add(day.days()).to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_say_the_same_and_dates_move_with_the_first_day() {
        for day in [date(2026, 3, 2), date(2026, 3, 9), date(2027, 12, 27)] {
            let [json, yaml, toml] = [Form::Json, Form::Yaml, Form::Toml]
                .map(|form| read_document(&starter(form, day).unwrap(), form).unwrap());
            assert_eq!(yaml, toml);
            assert_eq!(yaml, json);
            assert_eq!(yaml.horizon.first_day, day);
            assert_eq!(yaml.clients[7].away[0].until, day.saturating_add(13.days()));
        }
    }

    #[test]
    fn the_starter_is_one_page() {
        assert!(YAML.lines().count() <= 80 && YAML.lines().all(|line| line.len() <= 125), "one page");
    }
}
