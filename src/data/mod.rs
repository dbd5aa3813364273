//! From text to documents and plans and back, and documents of made-up neighbourhoods.
//!
//! ```text
//! text ── json::read_document ──> Document (validated) ── json::write_document ──> text
//! scenario::generate ──────────────^
//! ```

#[cfg(feature = "exchange")]
pub mod exchange;
pub mod json;
pub mod literature;
pub mod scenario;
