//! The front door: problem, limits and seed in; outcome out.
//!
//! ```text
//! Document ── prepare ──> Problem ──> Planner ── solve, fits, bound, circles, attainable
//!                                        └────── replan ──> another Planner
//! ```
//! [`solve()`] is enough for one plan. A program that plans again, shows progress, stops or shares threads makes a [`Planner`].
//! Instances of vehicle routing have [`solve_routes`] and [`bound_routes`].

mod attainable;
mod bound;
mod cancel;
mod circles;
mod fits;
mod guided;
mod options;
mod outcome;
mod planner;
mod prepared;
mod replan;
mod routes;
mod run;

pub use attainable::{Attainable, ClientAttainable, Regret, attainable};
pub use bound::{Bound, BoundOptions, bound_routes};
pub use cancel::Cancel;
pub use circles::{Circles, ClientCircle, NurseLoad};
pub use fits::{Fit, MovedVisit};
pub use options::{Objective, Options};
pub use outcome::{Outcome, Progress, Routes, Run, StopReason};
pub use planner::{Planner, solve};
pub use prepared::prepare;
pub use replan::Replanned;
pub use routes::solve_routes;
