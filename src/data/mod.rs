//! Reads and writes documents and plans as text, and makes up documents of neighbourhoods.
//!
//! ```text
//! text ── text::read_document (JSON, YAML, TOML) ──> Document (validated) ── json::write_document ──> text
//! scenario::generate ─────────────────────────────────^
//! ```

pub mod dates;
#[cfg(feature = "exchange")]
pub mod exchange;
mod forms;
pub mod json;
pub mod literature;
pub mod scenario;
pub mod starter;
pub mod text;
pub mod visits;
