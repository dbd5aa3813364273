//! The mistakes found so far, and the checks that occur everywhere.

use crate::error::{Error, Mistake};
use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::RangeInclusive;

/// Largest number of mistakes that are kept. Those beyond are only counted, so that a hostile document cannot blow up
/// the error to many times its own size.
const MOST_KEPT: usize = 1_000;

/// Number of mistakes up to which messages suggest the id that was probably meant: the search for it is slow among many
/// ids.
const MOST_SUGGESTED: usize = 20;

/// Longest id or competence, in characters.
const LONGEST_ID: usize = 64;

/// Longest label, in characters.
const LONGEST_LABEL: usize = 200;

/// The mistakes found so far, in the order of the checks.
#[derive(Default)]
pub(super) struct Findings {
    kept: Vec<Mistake>,
    not_kept: usize,
}

/// Whether a character is invisible but makes an id a different one: marks of writing direction, and spaces of no
/// width.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl Findings {
    /// Adds a mistake.
    #[cold]
    pub(super) fn add(&mut self, path: impl Display, problem: impl Display, mend: impl Display) {
        if self.kept.len() < MOST_KEPT {
            self.kept.push(Mistake::new(path.to_string(), problem.to_string(), mend.to_string()));
        } else {
            self.not_kept += 1;
        }
    }

    /// Whether there are few enough mistakes so far to suggest what was probably meant.
    pub(super) fn are_few(&self) -> bool {
        self.kept.len() < MOST_SUGGESTED
    }

    /// Adds every mistake of an error whose paths are relative to `path`.
    #[cold]
    pub(super) fn add_error(&mut self, path: impl Display, error: &Error) {
        for mistake in error.mistakes() {
            self.add(format_args!("{path}.{}", mistake.path), &mistake.problem, &mistake.mend);
        }
    }

    /// Whether nothing is wrong so far.
    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.not_kept == 0
    }

    /// Adds everything that was found elsewhere.
    pub(super) fn append(&mut self, other: Self) {
        self.not_kept += other.not_kept;
        for mistake in other.kept {
            if self.kept.len() < MOST_KEPT { self.kept.push(mistake) } else { self.not_kept += 1 }
        }
    }

    /// Everything found; a last entry counts what was not kept.
    pub(super) fn into_mistakes(mut self) -> Vec<Mistake> {
        if self.not_kept > 0 {
            let problem = format!("{} more mistakes", self.not_kept);
            self.kept.push(Mistake::new("document", problem, "mend those above first"));
        }
        self.kept
    }

    /// A number must be finite and within the range, both ends included.
    pub(super) fn number(&mut self, path: impl Display, value: f64, range: RangeInclusive<f64>) {
        // NaN lies in no range.
        if !range.contains(&value) {
            self.add(path, value, format_args!("give a number from {} to {}", range.start(), range.end()));
        }
    }

    /// A whole number must be within the range, both ends included. (The message omits an upper end that is only the
    /// limit of the type.)
    pub(super) fn whole(&mut self, path: impl Display, value: u64, range: RangeInclusive<u64>) {
        if !range.contains(&value) {
            match (range.start(), *range.end()) {
                (least, most) if most >= u32::MAX.into() => {
                    self.add(path, value, format_args!("give a whole number of at least {least}"));
                }
                (least, most) => {
                    self.add(path, value, format_args!("give a whole number from {least} to {most}"));
                }
            }
        }
    }

    /// An id or a competence: 1 to 64 characters, none of them a control character, at least one of them visible, and none that only
    /// changes the direction of the others or has no width.
    pub(super) fn id(&mut self, path: impl Display, id: &str) {
        let length = id.chars().take(LONGEST_ID + 1).count();
        if id.trim().is_empty() && !id.is_empty() || id.chars().any(is_hidden) {
            let start: String = id.chars().take(LONGEST_ID).collect();
            let shown = format!("{start:?}");
            self.add(path, shown, "give characters that can be seen");
        } else if !(1..=LONGEST_ID).contains(&length) || id.chars().any(char::is_control) {
            self.add(path, quoted(id), "give 1 to 64 characters without control characters");
        }
    }

    /// A name for people: at most 200 characters, none of them a control character.
    pub(super) fn label(&mut self, path: impl Display, label: Option<&str>) {
        let Some(label) = label else { return };
        if label.chars().take(LONGEST_LABEL + 1).count() > LONGEST_LABEL
            || label.chars().any(char::is_control)
        {
            self.add(path, quoted(label), "give at most 200 characters without control characters");
        }
    }

    /// Every entry of a list must be an id, and named once.
    pub(super) fn names(&mut self, path: impl Display, names: &[String]) {
        let mut seen = BTreeSet::new();
        for (i, name) in names.iter().enumerate() {
            self.id(format_args!("{path}[{i}]"), name);
            if !seen.insert(name) {
                let problem = format_args!("{} is named twice", quoted(name));
                self.add(format_args!("{path}[{i}]"), problem, "name each once");
            }
        }
    }
}

/// An id, cut to the longest length that ids may have.
pub(super) fn short(id: &str) -> String {
    id.chars().take(LONGEST_ID).collect()
}

/// Text of the document as it may stand in a message: escaped, and cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}...", &text[..end]),
        None => format!("{text:?}"),
    }
}
