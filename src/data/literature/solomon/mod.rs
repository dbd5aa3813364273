//! VRPTW: the text form of Solomon (1987) and of Gehring and Homberger (1999).
//!
//! One depot, vehicles that do not differ, a load and a time window a customer; a vehicle that is early
//! waits. Two conventions that never mix: [`Rounding`].
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
