//! Plans for other programs, and documents from spreadsheets and record systems.
//!
//! ```text
//! Plan ──> calendar: one for each nurse and client (RFC 5545)
//!      ├─> table: one row for each visit (CSV)
//!      ├─> lines: tours and stops on a map (GeoJSON, RFC 7946)
//!      └─> fhir: appointments, circles and slots for a record system (HL7 FHIR R4)
//! spreadsheets, fhir ──> Document
//! ```
//! Exports hold ids, labels where they are wanted, places and times. They hold nothing about needs beyond the ids of
//! care lines, and no history.

pub mod calendar;
pub mod fhir;
mod ics;
pub mod lines;
pub mod spreadsheet;
pub mod table;

use crate::model::Document;

/// The names that exports use: labels where there are some and they are wanted, else ids.
pub(super) struct Names<'a> {
    document: &'a Document,
    has_labels: bool,
}

impl<'a> Names<'a> {
    pub(super) fn of(document: &'a Document, has_labels: bool) -> Self {
        Self { document, has_labels }
    }

    pub(super) fn nurse(&self, id: &'a str) -> &'a str {
        let found = self.document.nurses.iter().find(|nurse| nurse.id == id);
        self.choose(id, found.and_then(|nurse| nurse.label.as_deref()))
    }

    pub(super) fn client(&self, id: &'a str) -> &'a str {
        let found = self.document.clients.iter().find(|client| client.id == id);
        self.choose(id, found.and_then(|client| client.label.as_deref()))
    }

    pub(super) fn meeting(&self, id: &'a str) -> &'a str {
        let found = self.document.meetings.iter().find(|meeting| meeting.id == id);
        self.choose(id, found.and_then(|meeting| meeting.label.as_deref()))
    }

    fn choose(&self, id: &'a str, label: Option<&'a str>) -> &'a str {
        label.filter(|label| self.has_labels && !label.trim().is_empty()).unwrap_or(id)
    }
}

/// An id as a part of a file name or of a UID: letters, digits, `-`, `_` and `.` as they are (except a first `.`),
/// every other byte of its UTF-8 as `%XX`. Different ids stay different.
pub fn safe_name(id: &str) -> String {
    let mut out = String::new();
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => out.push(char::from(byte)),
            b'.' if !out.is_empty() => out.push('.'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
