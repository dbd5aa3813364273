//! The second opinion: every hard rule, every priced term and every indicator, recomputed from the
//! document and the plan alone.
//!
//! ```text
//! Document ─ expand (days, shifts, pins) ─┐
//!                                         ├─ visits, tours, breaks, continuity ─> violations
//! Plan ───── read (ids, moments) ─────────┘             └─ price, hours ───────> cost, indicators
//! ```
//! It is written from the definitions and shares no code with the engine: it uses the types of [`crate::model`]
//! (document, plan, calendar, price units) and the travel times it is given. A plan need not be kring's: any plan that
//! keeps the rules and prints its figures rightly is accepted, late departures and waiting on purpose included.
//! Mistakes of the document itself (a shift longer than the law allows, shifts that overlap) are found by its
//! validation, not here.
//!
//! For a plan with violations, cost and indicators cover what could be understood. A tour of an unknown nurse counts
//! only for the visits made. A tour outside the given shifts counts with its care, travel and waiting, but has no paid
//! time. The cost of a term stops at about 5.8e17, and times at the largest `i64`.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let outcome = kring::solve(&problem, &kring::Options::default().with_iterations(200))?;
//! let checked = kring::check(&problem, &outcome.plan)?;
//! assert!(checked.is_clean());
//! assert_eq!(checked.cost, outcome.cost);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod breaks;
mod changes;
mod concentration;
mod continuity;
mod days;
mod expand;
mod fitting;
mod hours;
mod household;
mod introduction;
mod meetings;
mod price;
mod read;
mod recompute;
mod regular;
mod told;
mod tours;
mod violation;
mod visits;

pub(crate) use fitting::{check_fitting, measures};
pub use recompute::{Checked, recompute};
pub use violation::{Rule, Violation};
