//! The front door: problem, limits and seed in; outcome out.
//!
//! ```text
//! Document ── prepare ──> Problem ──> Planner ── solve, fits, explain, bound, circles, attainable
//!                                        ├────── alternatives: other plans
//!                                        └────── replan ──> another Planner
//! ```
//! [`solve()`] is enough for one plan. A program that plans again, shows progress, stops or shares threads makes a [`Planner`].
//! Instances of vehicle routing have [`solve_routes`] and [`bound_routes`].

mod alternatives;
mod attainable;
mod bound;
mod cancel;
mod checking;
mod circles;
mod explain;
mod fits;
mod guided;
mod options;
mod outcome;
mod places;
mod planner;
mod prepared;
mod replan;
mod routes;
mod run;

pub use alternatives::{Alternative, Alternatives, Without, Worth};
pub use attainable::{Attainable, ClientAttainable, Regret, attainable};
pub use bound::{Bound, BoundOptions, bound_routes};
pub use cancel::Cancel;
pub use checking::check;
pub use circles::{Circles, ClientCircle, NurseLoad};
pub use fits::{Fit, MovedVisit};
pub use options::{Objective, Options};
pub use outcome::{Outcome, Progress, Routes, Run, StopReason};
pub use planner::{Planner, solve};
pub use prepared::prepare;
pub use replan::Replanned;
pub use routes::solve_routes;
