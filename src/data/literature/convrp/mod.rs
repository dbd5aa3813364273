//! The Consistent Vehicle Routing Problem (ConVRP): the text format of Groër, Golden and Wasil (2009).
//!
//! Several days; a customer wants service on some of them, always by the same driver and at about the same time of day.
//! Every route starts at the single depot at time 0 and never waits, and a driver has at most one route a day. Each
//! route has a maximum load and a maximum duration; the number of drivers is free. Distances are Euclidean in double
//! precision and are travel times. The objective is the total travel time.
//!
//! ```text
//! instance ── read ──> Instance ── problem ──> RoutingProblem ── solve_routes ──> routes ── Plan::new ──┐
//!                         └── evaluate (from the definition) <── Plan <── read_plan ── text <────── write
//! ```
//!
//! # References
//! - C. Groër, B. Golden, E. Wasil (2009), "The consistent vehicle routing problem", Manufacturing & Service
//!   Operations Management 11(4).
//! - A. A. Kovacs, S. N. Parragh, R. F. Hartl (2014), "A template-based adaptive large neighborhood search for
//!   the consistent vehicle routing problem", Networks 63(1).
//! - A. A. Kovacs, B. L. Golden, R. F. Hartl, S. N. Parragh (2015), "The generalized consistent vehicle routing
//!   problem", Transportation Science 49(4): several drivers of a customer.

mod drivers;
mod evaluate;
mod instance;
mod problem;
mod read;
mod sections;
mod solution;

#[cfg(test)]
mod tests;

pub use evaluate::{Evaluation, evaluate};
pub use instance::{Consistency, Customer, Instance, Service};
pub use read::{LARGEST, looks_like, read};
pub use sections::MOST_CUSTOMERS;
pub use solution::{Day, Driver, Plan, Route, read_plan, write};
