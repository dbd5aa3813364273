//! What comes out: indicators, the cost term by term, and pages for the terminal.
//!
//! ```text
//! Document + Plan ──> Reading ──> Indicators ──> Report ──> day, week, summary; JSON
//!                     ids joined, times elapsed
//! ```
//! Uses [`crate::model`] only: no search, no rules, no roads. Travel is what the plan says.

mod circles;
mod day;
mod indicators;
mod indices;
mod leave;
mod names;
mod reading;
mod regret;
mod summary;
mod text;
mod view;
mod week;

#[cfg(test)]
mod golden;

pub use circles::{CircleKept, CirclesView};
pub use day::DayView;
pub use indicators::indicators;
pub use indices::indices;
pub use summary::SummaryView;
pub use view::Report;
pub use week::WeekView;
