//! **kring** plans neighbourhood nursing: a self-managing team of at most 12 nurses looks after the
//! 40 to 60 clients of one neighbourhood, and every client should meet *the same few faces*, while
//! the nurses spend their hours with clients instead of on the road.
//!
//! A document says who the nurses and clients are, what care is needed when, how the streets run and what has been agreed.
//! kring answers with a plan: who visits whom, when and in which order, and what that is worth.
//!
//! # A tour
//!
//! **The document** is plain data. It is read from JSON, YAML or TOML ([`data`]), or built in code: constructors take
//! the required values; everything else is a public field with a default. Prices are minutes of a nurse's time.
//!
//! ```
#![doc = include_str!("../examples/common/team.rs")]
//! assert_eq!(team()?.warnings(), []);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **The plan.** [`prepare`] validates the document, reports all its mistakes at once, and makes a [`Problem`] of it;
//! [`solve`](solve()) searches within the limits of [`Options`]. Programs that show progress, stop a search, or plan
//! again make a [`Planner`]. Costs are whole milliseconds of a nurse's time ([`model::cost::Cost`]): 60,000 of them are
//! one minute in the price list.
//!
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! use kring::{Options, prepare, solve};
//!
//! let problem = prepare(&team()?, ".".as_ref())?;
//! let outcome = solve(&problem, &Options::default().with_iterations(500))?;
//! assert!(outcome.plan.unplanned.is_empty());
//! // Six clients, and each of them always has the same nurse.
//! assert!(outcome.plan.faces.iter().all(|client| client.faces.len() == 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **The check.** [`check`](check()) recomputes every rule, price and indicator from the definitions, without the
//! search's code. It judges plans changed by hand, too. Here somebody moves a visit to five minutes before its time
//! window; the violation amounts to 300 seconds.
//!
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # use kring::{Options, prepare, solve};
//! use kring::check;
//! use kring::check::Rule;
//! use kring::model::plan::Stop;
//!
//! # let problem = prepare(&team()?, ".".as_ref())?;
//! # let outcome = solve(&problem, &Options::default().with_iterations(500))?;
//! assert_eq!(check(&problem, &outcome.plan)?.cost, outcome.cost);
//!
//! let mut plan = outcome.plan;
//! let Some(Stop::Visit(visit)) = plan.tours[0].stops.first_mut() else { panic!("a tour starts with a visit") };
//! visit.start = "2026-03-02T07:25:00+01:00".parse()?;
//! let checked = check(&problem, &plan)?;
//! assert!(checked.violations.iter().any(|broken| broken.rule == Rule::Window && broken.amount == 300));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Planning again.** When something happens after the plan was published, [`Planner::replan`] keeps what has begun
//! and puts a price on every change of the rest.
//!
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # use kring::{Options, prepare, solve};
//! use kring::model::{Event, Events};
//! use kring::{Cancel, Planner};
//!
//! # let problem = prepare(&team()?, ".".as_ref())?;
//! let options = Options::default().with_iterations(500);
//! # let plan = solve(&problem, &options)?.plan;
//! let ill = kring::jiff::civil::date(2026, 3, 3);
//! let absent = Event::NurseAbsent {
//!     nurse: plan.tours[0].nurse.clone(), date: ill, until: None, from_time: None, to_time: None,
//! };
//! let events = Events::new(None, vec![absent]);
//! let again = Planner::new(problem).replan(&plan, &events, ".".as_ref(), &options, &Cancel::new(), |_| {})?;
//! assert!(again.outcome.plan.unplanned.is_empty());
//! let changes = kring::report::changes::changes(&again.published.plan, &again.outcome.plan);
//! assert!(!changes.is_empty() && changes.iter().all(|change| change.date == ill));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **The report** shows a plan to people: by day, by week and in figures for a terminal, as JSON for programs, and as a page
//! for the browser (`report::page`, feature `page`).
//!
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # use kring::{Options, Report, prepare, solve};
//! # let problem = prepare(&team()?, ".".as_ref())?;
//! # let plan = solve(&problem, &Options::default().with_iterations(500))?.plan;
//! let report = Report::new(&problem, &plan)?;
//! assert!(report.checked().is_clean());
//! assert_eq!(report.indicators().visits.planned, 30);
//! println!("{}\n{}", report.week_view(1).ok_or("no week")?, report.summary_view());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//! More in `examples/`: `embed.rs` has progress, stopping, and two searches at once.
//!
//! # The rooms
//! - [`model`]: the question (document, problem) and the answer (plan), as plain data.
//! - [`travel`]: how long from A to B, from straight lines, matrices, streets or a road extract.
//! - [`check`](mod@check): the second opinion, from the definitions, sharing no code with the search.
//! - `rules`: what makes a plan good; the price list. `search`: how plans are found. `exact`: how far from the best:
//!   lower bounds and integer programmes.
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
// Tests may call the functions that `clippy.toml` disallows, to compare with what the platform computes.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

#[cfg(test)]
extern crate self as kring;

// Random neighbourhoods for the tests of several modules.
#[cfg(test)]
#[path = "../tests/common/random.rs"]
mod random;

// Types that services move between threads must stay movable. A compile error here names the type that no longer is.
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
    moves::<StandIns>();
    moves::<model::Explanation>();
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
    Outcome, Planner, Progress, Replanned, Routes, Run, StandIns, StopReason, attainable, bound_routes,
    check, prepare, solve, solve_routes,
};
