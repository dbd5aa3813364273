//! Makes a document from spreadsheets saved as CSV: clients, their care, nurses and their shifts; optionally absences
//! of nurses and days on which clients are away.
//!
//! ```text
//! bytes ── text ──> rows ── table ──> cells by their heading ── cells, days ──> Document (validated)
//!                                                                  └─ origin: its parts by file, row and column
//! ```
//! It accepts what spreadsheets really write: commas, semicolons or tabs; UTF-8 with or without a byte order mark,
//! UTF-16 with one, or Windows-1252; a title above the headings; columns in any order, in English or Dutch; blank rows;
//! and, in the first column, the blank cells that merged cells leave behind. Mistakes and warnings name sheet, row and
//! column; all of them are reported at once.

mod cells;
mod columns;
mod days;
mod known;
mod origin;
mod reader;
mod sheets;
mod table;
mod text;

pub use columns::{Column, SHEETS, Sheet, guide, template};
pub use sheets::Files;

use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::Horizon;
use crate::model::{Document, Warning};
use rustc_hash::FxHashSet;

/// What was read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ImportedSheets {
    /// The document, validated.
    pub document: Document,
    /// Headings of columns that were ignored, each with its file.
    pub ignored: Vec<String>,
    /// What was assumed or left out, a sentence each.
    pub notes: Vec<String>,
    /// What is probably wrong ([`Document::warnings`]), by file, row and column.
    pub warnings: Vec<Warning>,
}

/// At most this many mistakes are reported.
const MOST_TOLD: usize = 100;

/// Longest file, in bytes: 8 MiB.
pub const LONGEST: usize = 8 << 20;

/// Makes a document of the sheets for the days of `horizon`. `label` is the name of the document. Travel is by straight lines with
/// the default detour, unless a known document says otherwise.
///
/// `known` is a document that gives what sheets do not say. Its history, agreements, prices and travel are kept. Of
/// people and care lines that the sheets name by the same ids, what no column of the sheets says is kept. People whom
/// the sheets do not name are dropped, and so is, with a note, what the known document says of people, care or days
/// that are dropped. Shifts outside the horizon are left out, with a note.
///
/// # Errors
/// `TooLarge` beyond [`LONGEST`]; `Format` with every mistake, by file, row and column, including those that
/// [`Document::validate`] finds in the whole document; the error of [`Document::validate`] if only that found mistakes.
pub fn read(
    files: &Files,
    horizon: Horizon,
    label: Option<String>,
    known: Option<&Document>,
) -> Result<ImportedSheets> {
    let needed = [files.clients, files.care, files.nurses, files.shifts];
    for (name, bytes) in needed.into_iter().chain(files.absences).chain(files.away) {
        if bytes.len() > LONGEST {
            let mistake =
                Mistake::new(name, format!("{} bytes", bytes.len()), format!("give at most {LONGEST} bytes"));
            return Err(Error::new(ErrorKind::TooLarge, mistake));
        }
    }
    let sheets::Sheets { document, origins, mut mistakes, ignored, notes, is_whole, .. } =
        sheets::read(files, horizon, label, known);
    // If a sheet lacks a needed column, every reference to its rows would be a mistake.
    let whole = if is_whole { document.validate() } else { Ok(()) };
    let whole = whole.map_err(|error| error.map_mistakes(|mistake| origins.translate(mistake)));
    match whole {
        Err(error) if mistakes.is_empty() => return Err(error),
        Err(error) => {
            let told: FxHashSet<String> = mistakes.iter().map(|mistake| row_of(mistake).to_owned()).collect();
            let more = error.mistakes().iter().filter(|mistake| !told.contains(row_of(mistake)));
            mistakes.extend(more.cloned());
        }
        Ok(()) => {}
    }
    if let Some(more) = mistakes.len().checked_sub(MOST_TOLD).filter(|&more| more > 0) {
        mistakes.truncate(MOST_TOLD);
        mistakes.push(Mistake::new("sheets", format!("{more} more mistakes"), "mend those above first"));
    }
    Error::from_mistakes(ErrorKind::Format, mistakes)?;
    let mut warnings = document.warnings();
    warnings.iter_mut().for_each(|warning| origins.translate(&mut warning.said));
    Ok(ImportedSheets { document, ignored, notes, warnings })
}

/// The file and row of a mistake.
fn row_of(mistake: &Mistake) -> &str {
    mistake.path.split(", column ").next().unwrap_or_default()
}
