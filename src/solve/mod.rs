//! The front door: problem, limits and seed in; outcome out.
//!
//! ```text
//! Document ── prepare ──> Problem ──> Planner ── solve, fits, explain, bound, circles, attainable
//!                                        ├────── alternatives, standins: other plans
//!                                        └────── replan ──> another Planner
//! ```
//! [`solve()`] is enough for one plan. A program that plans again, shows progress, stops or shares threads makes a [`Planner`].
//! Instances of vehicle routing have [`solve_routes`] and [`bound_routes`].
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let outcome = kring::solve(&problem, &kring::Options::default().with_iterations(200))?;
//! use kring::{BoundOptions, Cancel, Planner};
//!
//! // No plan of these visits can be cheaper than the bound.
//! let bound = Planner::new(problem).bound(&BoundOptions::default().with_rounds(5), &Cancel::new(), |_| {})?;
//! assert!(bound.value <= outcome.cost.total());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
mod standins;

pub use alternatives::{Alternative, Alternatives, NoAlternative, Worth};
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
pub use standins::{Fallback, FallbackNurse, Familiarity, StandInDay, StandInVisit, StandIns};
