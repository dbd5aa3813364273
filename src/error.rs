//! The one public error: what is wrong, where in the input, and how to mend it.
//!
//! # Example
//! ```
//! let error = kring::read_document(r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 700}, "nurses": [],
//!     "clients": [], "travel": {"straight": {}}}"#).unwrap_err();
//! assert_eq!(error.kind(), kring::error::ErrorKind::Document);
//! let mistake = &error.mistakes()[0];
//! assert_eq!((mistake.path.as_str(), mistake.mend.as_str()), ("horizon.days", "give 1 to 60 days"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use serde::Serialize;
use std::fmt;

/// One mistake in the input: its place, the value found there and the mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Mistake {
    /// Path in the document, such as `clients[12].care[0].window`.
    pub path: String,
    /// What is wrong, with the offending value (only the beginning of a long one).
    pub problem: String,
    /// What would be right.
    pub mend: String,
    /// Ids of the persons and things that the place belongs to: `client "c12", care "wash"`. `None` where nothing along
    /// the path has an id.
    pub of: Option<String>,
    /// The line of the text, counted from 1, where the text is known.
    pub line: Option<u32>,
}

impl Mistake {
    /// A mistake at `path`. A number of more than 64 digits in `problem` is shortened to its first digits and their count.
    pub fn new(path: impl Into<String>, problem: impl Into<String>, mend: impl Into<String>) -> Self {
        let problem = short_numbers(problem.into());
        Self { path: path.into(), problem, mend: mend.into(), of: None, line: None }
    }

    /// Adds the line of the text, counted from 1.
    #[must_use]
    pub fn on_line(mut self, line: usize) -> Self {
        self.line = u32::try_from(line).ok();
        self
    }

    /// The ids along the path, in the form of [`Mistake::of`]. `id_of` returns the id of the list entry at a path such
    /// as `clients[12]`.
    pub(crate) fn whose(path: &str, mut id_of: impl FnMut(&str) -> Option<String>) -> Option<String> {
        let mut named = Vec::new();
        for (end, _) in path.char_indices().filter(|&(_, c)| c == ']') {
            let so_far = &path[..=end];
            let list = so_far.rsplit('.').next().and_then(|step| step.split('[').next()).unwrap_or_default();
            let one = match list {
                "nurses" => "nurse",
                "clients" => "client",
                "care" => "care",
                "meetings" => "meeting",
                _ => continue,
            };
            if let Some(id) = id_of(so_far) {
                named.push(format!("{one} {id:?}"));
            }
        }
        (!named.is_empty()).then(|| named.join(", "))
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some(of) = &self.of {
            write!(f, " ({of})")?;
        }
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}; {}", self.problem, self.mend)
    }
}

/// Shortens each number of more than 64 digits in a text to its first digits and their count. A careless `1e300` is a
/// number of 301 digits, which nobody reads. An id may be a number as well: it has 64 characters at most and stays
/// whole.
pub(crate) fn short_numbers(text: String) -> String {
    const MOST: usize = 64;
    const SHOWN: usize = 12;
    if text.len() <= MOST {
        return text;
    }
    let (mut short, mut rest) = (String::new(), text.as_str());
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        short.push_str(before);
        if digits > MOST {
            short.push_str(&format!("{}... ({digits} digits)", &number[..SHOWN]));
        } else {
            short.push_str(&number[..digits]);
        }
        rest = &number[digits..];
    }
    short + rest
}

/// What kind of thing went wrong; more kinds may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is not JSON, or not of the documented form.
    Syntax,
    /// The input is larger than kring accepts.
    TooLarge,
    /// The document is well-formed but contradicts itself.
    Document,
    /// A place cannot be reached, or roads are missing.
    Travel,
    /// A plan does not belong to the document.
    Plan,
    /// Events name what the document does not have.
    Events,
    /// A literature file is not of its documented form.
    Format,
    /// An option has a value outside its range.
    Options,
    /// A file could not be read or written.
    File,
    /// The feature that this needs was not compiled in.
    Feature,
    /// Someone stopped the preparation before it had an answer.
    Cancelled,
}

/// The caller's input or environment is wrong. Holds *all* mistakes found, not the first only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Error {
    kind: ErrorKind,
    mistakes: Vec<Mistake>,
}

impl Error {
    /// An error of one mistake.
    #[cold]
    pub fn new(kind: ErrorKind, mistake: Mistake) -> Self {
        Self { kind, mistakes: vec![mistake] }
    }

    /// `Ok` where the list is empty.
    ///
    /// # Errors
    /// The error of every mistake in the list.
    pub fn from_mistakes(kind: ErrorKind, mistakes: Vec<Mistake>) -> std::result::Result<(), Self> {
        if mistakes.is_empty() { Ok(()) } else { Err(Self { kind, mistakes }) }
    }

    /// Appends the mistakes of another error.
    #[must_use]
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.mistakes.extend(other.mistakes);
        self
    }

    /// Applies `change` to each mistake.
    #[must_use]
    pub(crate) fn map_mistakes(mut self, change: impl FnMut(&mut Mistake)) -> Self {
        self.mistakes.iter_mut().for_each(change);
        self
    }

    /// The kind of error.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Every mistake, in the order of the input; never empty.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, mistake) in self.mistakes.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{mistake}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// Whether work that takes long should stop; asked every few milliseconds.
pub(crate) type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// Never stops.
pub(crate) const GO_ON: Stop<'static> = &|| false;

/// An error of kind `Cancelled` if work should stop.
pub(crate) fn unless_stopped(stop: Stop<'_>) -> Result<()> {
    if stop() { Err(stopped()) } else { Ok(()) }
}

/// The error of work that was stopped before it had any answer.
pub(crate) fn stopped() -> Error {
    let problem = "stopped before there was an answer";
    let mend = "ask again with another cancel token, more time, or a smaller document";
    Error::new(ErrorKind::Cancelled, Mistake::new("document", problem, mend))
}

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_shortened_and_ids_are_not() {
        let problem = |text: String| Mistake::new("prices.face", text, "give less").problem;
        assert_eq!(problem(format!("{} minutes", 1e300)), "100000000000... (301 digits) minutes");
        assert_eq!(problem(format!("-{}é", 1e-300)), "-0.000000000000... (300 digits)é");
        let id = format!("client {:?} and {:?}", "7".repeat(64), "8".repeat(64));
        assert_eq!(problem(id.clone()), id);
    }
}
