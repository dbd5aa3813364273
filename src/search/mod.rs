//! The search: ruin and recreate over the tours of all days at once, and local-search moves, accepted by simulated
//! annealing.
//!
//! ```text
//! construct ──> [ remove ──> recreate ──> accept? ──> commit or roll back ] × many ──> best
//!   regret        removal/     recreate.rs  annealing.rs    draft/            snapshot.rs
//!               [ propose ──> delta < limit? ──> apply ]
//!                 moves/        rules/delta.rs
//! ```
//! A [`worker`] runs this loop on a [`draft`] of its own; [`restarts`] says when it begins anew; a [`portfolio`] runs
//! several side by side and lets them exchange their best. Tours of good plans are kept in a [`pool`], for
//! `exact::recombine`. Where the number of tours comes before the cost, [`fleet`] reduces it first.
//!
//! [`best_insertion`] chooses the tours in which a visit is evaluated; [`scan`], the innermost loop, finds its cheapest
//! position in one of them. The [`insertion_cache`] keeps each result until the tour changes. A [`joint_insertion`]
//! decides what must be decided together (days of a pattern, one nurse, one hour). A [`repair_bias`] makes some
//! insertions look cheaper to the repair of one step, or forbids them. Hard bounds across tours have an adaptive
//! [`penalty`]. At the end, [`revert`] takes back needless changes of a published plan.
//!
//! No rule is named here: [`rules`](crate::rules) says what makes a plan good.

pub(crate) mod annealing;
pub(crate) mod best_insertion;
pub(crate) mod breaks;
pub(crate) mod candidates;
pub(crate) mod construct;
pub(crate) mod draft;
pub(crate) mod explain;
pub(crate) mod fleet;
pub(crate) mod insertion;
pub(crate) mod insertion_cache;
pub(crate) mod joint_insertion;
pub(crate) mod moves;
pub(crate) mod output;
pub(crate) mod penalty;
pub(crate) mod pool;
pub(crate) mod portfolio;
#[cfg(test)]
mod proposal_tests;
#[cfg(any(test, feature = "internals"))]
pub(crate) mod proposal_trial;
pub(crate) mod recreate;
pub(crate) mod reduction;
#[cfg(test)]
mod refusal_tests;
pub(crate) mod removal;
pub(crate) mod repair_bias;
pub(crate) mod restarts;
pub(crate) mod revert;
pub(crate) mod rng;
pub(crate) mod scan;
pub(crate) mod snapshot;
pub(crate) mod warm_start;
pub(crate) mod worker;
