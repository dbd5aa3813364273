//! A document from four spreadsheets saved as CSV: clients, their care, nurses, their shifts.
//!
//! ```text
//! bytes ── text ──> rows ── columns by their heading ──> cells ── values ──> Document (validated)
//! ```
//! It takes what spreadsheets really write: commas, semicolons or tabs; UTF-8 with or without a mark, UTF-16 with
//! one, or Windows-1252; a title above the headings; columns in any order, in English or Dutch; rows left blank; the
//! blank cells that merged ones leave behind. Mistakes name sheet, row and column, all at once.

mod cells;
mod columns;
mod sheets;
mod text;

pub use columns::{Column, SHEETS, Sheet, guide, template};
pub use sheets::Files;

use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::Document;
use crate::model::document::Horizon;

/// What was read.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The document, validated.
    pub document: Document,
    /// Headings of columns that were passed over, each with its file.
    pub ignored: Vec<String>,
}

/// Most bytes of one file.
pub const LONGEST: usize = 8 << 20;

/// Reads the four files. Ways are straight lines with the usual detour until the document says otherwise.
///
/// # Errors
/// `TooLarge` beyond [`LONGEST`]; `Format` with every mistake, by file, row and column; what
/// [`Document::validate`] says of the whole.
pub fn read(files: &Files, horizon: Horizon, label: Option<String>) -> Result<Imported> {
    for (name, bytes) in [files.clients, files.care, files.nurses, files.shifts] {
        if bytes.len() > LONGEST {
            let mistake =
                Mistake::new(name, format!("{} bytes", bytes.len()), format!("give at most {LONGEST} bytes"));
            return Err(Error::new(ErrorKind::TooLarge, mistake));
        }
    }
    let mut mistakes = Vec::new();
    let mut ignored = Vec::new();
    let document = sheets::document(files, horizon, label, &mut mistakes, &mut ignored);
    Error::from_mistakes(ErrorKind::Format, mistakes)?;
    document.validate()?;
    Ok(Imported { document, ignored })
}
