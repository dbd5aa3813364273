//! Parses the text of an instance or of a solution.

use crate::error::{Error, ErrorKind, Mistake, Result};
use jiff::civil::Date;
use serde::de::DeserializeOwned;

/// Largest file accepted, in bytes.
pub const LARGEST: usize = 64 << 20;

/// Day 0 of every instance; a Monday.
pub(super) const FIRST_DAY: Date = jiff::civil::date(2026, 1, 5);

/// An instance or a solution from its text.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T> {
    if text.len() > LARGEST {
        let problem = format!("{} bytes", text.len());
        return Err(Error::new(ErrorKind::TooLarge, Mistake::new("file", problem, "give at most 64 MiB")));
    }
    let mut parser = serde_json::Deserializer::from_str(text);
    let wrong = |path: String, why: serde_json::Error| {
        Error::new(ErrorKind::Format, Mistake::new(path, why.to_string(), "see the home-care form"))
    };
    let parsed = serde_path_to_error::deserialize(&mut parser)
        .map_err(|e| wrong(e.path().to_string(), e.into_inner()))?;
    parser.end().map_err(|e| wrong("file".to_owned(), e))?;
    Ok(parsed)
}
