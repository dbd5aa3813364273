#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! kring

pub mod check;
pub mod data;
pub mod error;
pub mod model;
pub mod report;
pub mod travel;
