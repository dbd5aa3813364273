//! How we look: ruin and recreate over the tours of all days at once, and local-search moves, under simulated annealing.
//!
//! ```text
//! construct ──> [ remove ──> recreate ──> accept? ──> commit or roll back ] × many ──> best
//!   regret        removal/     recreate.rs  annealing.rs    draft/            snapshot.rs
//!               [ propose ──> delta < limit? ──> apply ]
//!                 moves/        rules/delta.rs
//! ```
//! A [`worker`] runs this loop on a [`draft`] of its own; [`restarts`] says when it begins anew; a [`portfolio`] runs several
//! side by side and lets them exchange their best. Good tours passed stay in a [`pool`], for `exact::recombine`. Where fewer
//! tours come before the cost, [`fleet`] reduces their number first.
//!
//! [`best_insertion`] says which tours a visit is evaluated in, [`scan`] where in one it fits best: the innermost loop. Answers
//! stay in the [`insertion_cache`] until their tour changes. What must be decided together (days of a pattern, one nurse, one
//! hour) is a [`joint_insertion`]. A [`repair_bias`] says what the repair of a step prefers beside the cost. Hard bounds across
//! tours have an adaptive [`penalty`]. Changes of a published plan that nobody needs are taken back at the end, by [`revert`].
//!
//! No rule is named here: what is good stands in [`rules`](crate::rules).

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
