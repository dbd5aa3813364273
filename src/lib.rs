//! **kring** plans neighbourhood nursing: a self-managing team of at most 12 nurses looks after the
//! 40 to 60 clients of one neighbourhood, and every client should meet *the same few faces*, while
//! the nurses spend their hours with clients instead of on the road.
//!
//! One JSON document says who the nurses and clients are, what care is needed when, how the streets
//! run and what has been agreed; kring answers with a plan: who visits whom, when and in which
//! order, and what that is worth.
//!
//! ```
#![doc = include_str!("../examples/first_plan.rs")]
//! ```
//!
//! # The rooms
//! - [`model`]: the question (document, problem) and the answer (plan), as plain data.
//! - [`travel`]: how long from A to B, from straight lines, matrices, streets or a road extract.
//! - [`check`](mod@check): the second opinion, from the definitions, sharing no code with the search.
//! - `rules`: what is good; the price list. `search`: how we look. `exact`: how far from the best.
//! - [`solve`](mod@solve): the front door.
//! - [`report`]: indicators and pages for people.
//! - [`data`]: reading, writing, benchmark forms, made-up neighbourhoods.
//!
//! # Promises
//! No input makes the library panic; errors name the place, the value and the mend. A plan breaks no
//! hard rule. The same document, seed, workers and iterations give the same plan with any number of
//! threads. No global state.

#![forbid(unsafe_code)]
#![warn(missing_docs)]
// Tests compare with what the platform computes.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

#[cfg(test)]
extern crate self as kring;

// What services move between threads stays movable: an error here says which type no longer is.
const _: () = {
    const fn moves<T: Send + Sync + 'static>() {}
    moves::<Document>();
    moves::<Problem>();
    moves::<RoutingProblem>();
    moves::<Plan>();
    moves::<Planner>();
    moves::<Options>();
    moves::<BoundOptions>();
    moves::<Cancel>();
    moves::<Progress>();
    moves::<Outcome>();
    moves::<Replanned>();
    moves::<Routes>();
    moves::<Bound>();
    moves::<Circles>();
    moves::<Attainable>();
    moves::<Fit>();
    moves::<Alternatives>();
    moves::<Error>();
    moves::<check::Checked>();
    moves::<Report<'static>>();
    moves::<report::Comparison<'static>>();
};

pub mod check;
pub mod data;
pub mod error;
mod exact;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals;
pub mod model;
pub mod report;
mod rules;
mod search;
pub mod solve;
pub mod travel;

pub use data::json::{read_document, read_plan, write_document, write_plan};
pub use error::{Error, Result};
/// The crate of the dates in documents and plans, in the version that kring uses.
pub use jiff;
pub use model::{Document, Plan, Problem, RoutingProblem};
/// The crate of the thread pools that planners share, in the version that kring uses.
pub use rayon;
pub use report::Report;
pub use solve::{
    Alternatives, Attainable, Bound, BoundOptions, Cancel, Circles, Fit, MovedVisit, Objective, Options,
    Outcome, Planner, Progress, Replanned, Routes, Run, StopReason, attainable, bound_routes, check, prepare,
    solve, solve_routes,
};
