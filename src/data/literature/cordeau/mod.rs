//! Several depots, several days, or both: the text format of Cordeau, Gendreau and Laporte (1997) and of Cordeau,
//! Laporte and Mercier (2001).
//!
//! | type | problem | slots |
//! | --- | --- | --- |
//! | 1 | PVRP: a customer is visited on one of its combinations of days | days |
//! | 2 | MDVRP: a customer is served from one of the depots | depots |
//! | 5, 6 | PVRPTW, MDVRPTW: the same with time windows | days, depots |
//! | 8 | MDPVRP: days and depots; a customer has one depot on all its days; its windows do not count | days x depots |
//!
//! Distances are Euclidean in double precision and are travel times. A slot (a day, a depot, a depot on a
//! day) has its own vehicles, its own limit on the duration of a route, and its own capacity. The
//! objective is the total distance.
//!
//! ```text
//! instance ── read ──> Instance ── problem ──> RoutingProblem       routes ── write ──> solution
//!                         └── evaluate (from the definition) <─────── read_routes ──┘
//! ```
//!
//! # References
//! - J.-F. Cordeau, M. Gendreau, G. Laporte (1997), "A tabu search heuristic for periodic and multi-depot
//!   vehicle routing problems", Networks 30(2).
//! - J.-F. Cordeau, G. Laporte, A. Mercier (2001), "A unified tabu search heuristic for vehicle routing
//!   problems with time windows", Journal of the Operational Research Society 52(8).
//! - T. Vidal, T. G. Crainic, M. Gendreau, N. Lahrichi, W. Rei (2012), "A hybrid genetic algorithm for
//!   multidepot and periodic vehicle routing problems", Operations Research 60(3): type 8.

mod evaluate;
mod instance;
mod problem;
mod read;
mod solution;

#[cfg(test)]
mod tests;

pub use super::routing::Evaluation;
pub use evaluate::evaluate;
pub use instance::{Customer, Depot, Instance, Kind, Limit};
pub use read::{LARGEST, MOST_CUSTOMERS, MOST_DEPOTS, looks_like, read};
pub use solution::{read_routes, write};
