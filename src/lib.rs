#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! kring

pub mod check;
pub mod data;
pub mod error;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals;
pub mod model;
pub mod report;
mod rules;
mod search;
pub mod solve;
pub mod travel;

pub use check::check;
pub use data::json::{read_document, read_plan, write_document, write_plan};
pub use error::{Error, Result};
pub use model::{Document, Plan, Problem};
pub use report::Report;
pub use solve::{Cancel, Options, Outcome, Progress, StopReason, prepare, solve, solve_with};
