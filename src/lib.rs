#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! kring

pub mod check;
pub mod data;
pub mod error;
pub mod model;
pub mod report;
mod rules;
mod search;
pub mod solve;
pub mod travel;

pub use error::{Error, Result};
pub use model::{Document, Plan, Problem};
pub use solve::{Cancel, Options, Outcome, Progress, StopReason, prepare, solve, solve_with};
