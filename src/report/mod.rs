//! What comes out: indicators, the cost term by term, pages for the terminal, a page for the browser, and plots.
//!
//! ```text
//! Document + Plan ──> Reading ──> Indicators ──> Report ──> day, week, summary; JSON
//!                     ids joined, times elapsed
//! ```
//! Uses [`crate::model`] only: no search, no rules. Travel is what the plan says; the page for the browser
//! draws the roads of [`crate::travel`] and shows what [`crate::check`](mod@crate::check) found.

pub mod causes;
pub mod changes;
mod circles;
mod circles_kept;
pub mod compare;
mod compare_view;
mod day;
#[cfg(feature = "explain")]
mod explain;
mod indicators;
mod indices;
mod language;
mod leave;
mod names;
#[cfg(feature = "page")]
pub mod page;
#[cfg(feature = "page")]
pub mod plot;
mod reading;
mod regret;
mod summary;
mod text;
mod view;
mod week;
mod wishes;

#[cfg(test)]
mod golden;

pub use circles::CirclesView;
pub use circles_kept::CircleKept;
pub use compare::Comparison;
pub use day::DayView;
#[cfg(feature = "explain")]
pub use explain::ExplainView;
pub use indicators::indicators;
pub use indices::indices;
pub use language::Language;
pub use summary::SummaryView;
pub use text::hides;
pub use view::Report;
pub use week::WeekView;
