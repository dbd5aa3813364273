//! VRPTW: the text format of Solomon (1987) and of Gehring and Homberger (1999).
//!
//! One depot, identical vehicles, and a load and a time window for each customer; a vehicle that is early waits. There
//! are two conventions of rounding, which must never be mixed: [`Rounding`].
//!
//! ```text
//! instance ── read ──> Instance ── problem ──> RoutingProblem       routes ── write ──> solution
//!                         └── evaluate (from the definition) <─────── read_routes ──┘
//! ```

mod instance;
mod solution;

#[cfg(test)]
mod tests;

pub use super::routing::Evaluation;
pub use instance::{Instance, MOST_CUSTOMERS, Node, Rounding, looks_like, read};
pub use solution::{evaluate, read_routes, write};
