//! The question and the answer, as plain immutable data.
//!
//! ```text
//! Document ── validate, compile ──> Problem ────────── (search) ──> Plan
//! what the user wrote               document and Facts              tours, unplanned visits
//!
//! (instance of the literature) ───> RoutingProblem ─── (search) ──> Routes
//!                                   Facts
//! ```
//! Rules, search and exact models read `Facts` only: indices, flat arrays, prices.
//! Everything else in the crate may use this room; this room uses nothing but [`crate::error`].
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! let document = team()?;
//! let problem = kring::prepare(&document, ".".as_ref())?;
//! assert_eq!((problem.document(), problem.visit_count(), problem.shift_count()), (&document, 30, 15));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod acquaintance;
pub mod aim;
pub mod attainable;
pub mod calendar;
pub mod circles;
mod compile;
pub mod cost;
pub mod document;
pub mod events;
pub mod explanation;
pub(crate) mod facts;
pub(crate) mod fleet;
pub mod indicators;
pub(crate) mod leave;
mod lock;
mod made_for;
pub(crate) mod meetings;
pub(crate) mod notice;
mod one_day;
pub(crate) mod places;
pub mod plan;
mod price_list;
pub mod problem;
pub mod published;
pub mod reason;
pub mod recurrence;
pub mod roll;
pub mod roster;
pub(crate) mod spelling;
pub(crate) mod strays;
pub mod terms;
pub mod times;
mod units;
pub mod validate;
pub mod warnings;
pub(crate) mod weeks;

pub use aim::Aim;
pub use calendar::{Calendar, Moment};
pub use cost::CostByTerm;
pub use document::Document;
pub use events::{Event, Events};
pub use explanation::{Audience, Explanation, Question};
pub use fleet::RoutingProblem;
pub use indicators::Indicators;
pub use notice::Notice;
pub use plan::{MadeFor, Plan};
pub use problem::Problem;
pub use published::Published;
pub use terms::{Intention, Price, Prices, Term, Unit};
pub use times::TravelTimes;
pub use warnings::{Warning, WarningKind};
