//! Small pieces of the pages: safe text, columns, clocks and durations.

use crate::model::{Calendar, Document};
use jiff::civil::Date;

/// Width in characters that the pages aim at; tables of long names may grow to 120.
pub(super) const WIDTH: usize = 96;

/// Most characters of a label beside an id.
const LABEL: usize = 40;

/// Free text made safe for a terminal: every character for which [`hides`] holds becomes `?`, which also breaks escape
/// sequences.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|c| if hides(c) { '?' } else { c }).collect()
}

/// Whether a character could hide the text around it, turn its direction, or steer a terminal: control characters,
/// marks of direction, tags, and invisible characters. The joiners of emoji and of scripts that need them are not among
/// these.
///
/// # Example
/// ```
/// use kring::report::hides;
///
/// assert!(hides('\u{1b}') && hides('\u{202e}') && !hides('é'));
/// ```
pub fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A nurse's id with her label.
pub(super) fn nurse_name(document: &Document, id: &str) -> String {
    let nurse = document.nurses.iter().find(|nurse| nurse.id == id);
    name(id, nurse.and_then(|nurse| nurse.label.as_deref()))
}

/// A client's id with the label.
pub(super) fn client_name(document: &Document, id: &str) -> String {
    let client = document.clients.iter().find(|client| client.id == id);
    name(id, client.and_then(|client| client.label.as_deref()))
}

/// A cost in tenths of a minute.
pub(super) fn tenths(cost: i64) -> i64 {
    (cost.abs() + 3_000) / 6_000 * cost.signum()
}

/// A cost in minutes with one decimal.
pub(super) fn cost_minutes(cost: i64) -> String {
    let tenths = tenths(cost);
    format!("{}{}.{}", if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10)
}

/// A paragraph with a hanging indent: its first line starts further to the left than the others.
pub(super) fn entry(text: &str) -> String {
    filled("      ", text).replacen("      ", "  ", 1)
}

/// An id with its label, if any; a long label is cut.
pub(super) fn name(id: &str, label: Option<&str>) -> String {
    match label {
        Some(label) if label != id => format!("{} ({})", clean(id), cut(&clean(label), LABEL)),
        _ => clean(id),
    }
}

/// Number of characters.
pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

/// The text in at most `columns` characters, cut with `..`.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let kept: String = text.chars().take(columns.saturating_sub(2)).collect();
    format!("{kept:.<columns$}")
}

/// The text in exactly `columns` characters: padded, or cut.
pub(super) fn fit(text: &str, columns: usize) -> String {
    format!("{:<columns$}", cut(text, columns))
}

/// The widest of some texts, between two bounds.
pub(super) fn column<'t>(texts: impl Iterator<Item = &'t str>, least: usize, most: usize) -> usize {
    texts.map(width).max().unwrap_or(0).clamp(least, most)
}

/// A horizontal line.
pub(super) fn rule(columns: usize) -> String {
    "─".repeat(columns)
}

/// A heading with a line under it.
pub(super) fn heading(text: &str) -> String {
    format!("{text}\n{}\n", rule(WIDTH))
}

/// The page without blanks at the ends of its lines and without empty lines at its end.
pub(super) fn trimmed(page: &str) -> String {
    let mut out: String = page.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// Words filled into lines of at most [`WIDTH`] characters, each after `indent`.
pub(super) fn filled(indent: &str, text: &str) -> String {
    let mut out = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && width(indent) + width(&line) + 1 + width(word) > WIDTH {
            out.push_str(&format!("{indent}{line}\n"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if line.is_empty() { out } else { out + &format!("{indent}{line}\n") }
}

/// Entries side by side in columns of equal width.
pub(super) fn in_columns(indent: &str, entries: &[String]) -> String {
    let widest = column(entries.iter().map(String::as_str), 1, WIDTH) + 3;
    let per_line = ((WIDTH - width(indent)) / widest).max(1);
    let line = |chunk: &[String]| {
        let cells: String = chunk.iter().map(|entry| format!("{entry:<widest$}")).collect();
        format!("{indent}{}\n", cells.trim_end())
    };
    entries.chunks(per_line).map(line).collect()
}

/// `1 visit`, `2 visits`.
pub(super) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// Hours and minutes, rounded to the minute: `4:10`, `-0:05`.
pub(super) fn hours(seconds: i64) -> String {
    let minutes = rounded_minutes(seconds);
    let sign = if minutes < 0 { "-" } else { "" };
    format!("{sign}{}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// As [`hours`], with a plus sign if the rounded value is above 0.
pub(super) fn signed_hours(seconds: i64) -> String {
    let text = hours(seconds);
    if rounded_minutes(seconds) > 0 { format!("+{text}") } else { text }
}

/// Seconds as whole minutes, halves away from 0.
pub(super) fn rounded_minutes(seconds: i64) -> i64 {
    (seconds.abs() + 30) / 60 * seconds.signum()
}

/// Minutes with their unit: `6 min`; `<1 min` for less than half a minute; empty for 0.
pub(super) fn minutes(seconds: i64) -> String {
    match seconds {
        0 => String::new(),
        1..30 => "<1 min".to_owned(),
        _ => format!("{} min", rounded_minutes(seconds)),
    }
}

/// `Monday 2 March 2026`.
pub(super) fn long_date(date: Date) -> String {
    date.strftime("%A %-d %B %Y").to_string()
}

/// `Mon 2`.
pub(super) fn short_date(date: Date) -> String {
    date.strftime("%a %-d").to_string()
}

/// Local time of elapsed seconds, rounded down to the minute, as seen from a date: `07:30`, `00:15+1`.
pub(super) fn clock(calendar: &Calendar, seconds: i64, seen_from: Date) -> String {
    let moment = calendar.moment(seconds);
    let later = moment.date().duration_since(seen_from).as_hours() / 24;
    let time = moment.time();
    let text = format!("{:02}:{:02}", time.hour(), time.minute());
    if later == 0 { text } else { format!("{text}{later:+}") }
}

/// From one time to another; a day that both share is named once: `23:50-00:20+1`, `00:40-01:10+1`.
pub(super) fn clocks(calendar: &Calendar, from: i64, to: i64, seen_from: Date) -> String {
    let (from, to) = (clock(calendar, from, seen_from), clock(calendar, to, seen_from));
    match (from.split_once('+'), to.split_once('+')) {
        (Some((time, day)), Some((_, same))) if day == same => format!("{time}-{to}"),
        _ => format!("{from}-{to}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_and_padded_to_the_column() {
        assert_eq!(fit("wash", 6), "wash  ");
        assert_eq!(fit("washing", 7), "washing");
        assert_eq!(fit("medication", 7), "medic..");
        assert_eq!(fit("été", 5), "été  ");
    }

    #[test]
    fn escape_sequences_do_not_reach_the_terminal() {
        assert_eq!(name("n1", Some("\u{1b}[2Jx\u{202e}")), "n1 (?[2Jx?)");
    }

    #[test]
    fn durations_round_to_the_minute() {
        assert_eq!([hours(15_000), hours(-300), hours(29), hours(30)], ["4:10", "-0:05", "0:00", "0:01"]);
        assert_eq!([signed_hours(300), signed_hours(0), signed_hours(-300)], ["+0:05", "0:00", "-0:05"]);
        assert_eq!([minutes(0), minutes(20), minutes(90), minutes(-90)], ["", "<1 min", "2 min", "-2 min"]);
    }

    #[test]
    fn long_sentences_are_filled() {
        let text = "word ".repeat(40);
        let filled = filled("  ", &text);
        assert!(filled.lines().all(|line| line.len() <= WIDTH && line.starts_with("  word")));
        assert_eq!(filled.split_whitespace().count(), 40);
    }
}
