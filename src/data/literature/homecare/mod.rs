//! The neutral home-care format: nurses with shifts on given days, clients, dated visits, a travel matrix.
//!
//! Its score is the sum of 100,000 s for each visit left out, the seconds of travel, and 600 s for each nurse of a
//! client beyond the first. Waiting costs nothing; there are no breaks, contracts, history or rest.
//!
//! ```text
//! instance ── read ──> Document        solution ── read_plan ──> Plan ── write ──> solution
//! ```

mod instance;
mod parse;
mod solution;

#[cfg(test)]
mod tests;

pub use instance::{looks_like, read};
pub use parse::LARGEST;
pub use solution::{read_plan, score, write};
