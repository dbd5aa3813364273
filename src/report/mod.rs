//! What comes out: indicators, the cost term by term, pages for the terminal, a page for the browser, and plots.
//!
//! ```text
//! Document + Plan ──> Reading ──> Indicators ──> Report ──> day, week, summary; JSON
//!                     ids joined, times elapsed
//! ```
//! It uses no search and no rules. Indicators come from [`crate::model`] alone, with the travel that the plan prints.
//! Cost and violations are those of [`crate::check`](mod@crate::check), and the page for the browser draws the roads of
//! [`crate::travel`].
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let outcome = kring::solve(&problem, &kring::Options::default().with_iterations(200))?;
//! let report = kring::Report::new(&problem, &outcome.plan)?;
//! println!("{}", report.summary_view());
//! assert!(report.to_json()["cost"]["total"].is_i64() || report.to_json()["cost"]["total"].is_u64());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
mod left_out;
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
