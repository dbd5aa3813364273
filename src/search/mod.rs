//! How we look: ruin and recreate over the tours of all days at once, under simulated annealing.
//!
//! ```text
//! construct ──> [ ruin ──> recreate ──> accept? ──> commit or roll back ] × many ──> best
//!   regret         ruin/      recreate.rs  annealing.rs      draft.rs          snapshot.rs
//! ```
//! What a step is after (a hand-over, a tour more) is its [`bias`]; [`exchange`] swaps ends of tours;
//! [`patterns`] chooses days, [`one_face`] the nurse of a client who may meet one only, [`same_hour`] places about
//! the same hour; [`hard_hours`] mends what is beyond at the end. Where fewer tours come before the cost, [`fleet`]
//! reduces their number first.
//! A [`worker`] runs this loop on a [`draft`] of its own, and [`starts`] says when it begins anew; a
//! [`portfolio`] runs several side by side and lets them exchange their best. Good tours passed stay in a
//! [`pool`], for `exact::recombine`. [`look`] says which tours a visit looks into, [`insertion`] where in one
//! it fits best: the innermost loop. What was found for a tour stays in [`memory`] until that tour changes.

pub(crate) mod annealing;
pub(crate) mod best_insertion;
pub(crate) mod breaks;
pub(crate) mod candidates;
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
pub(crate) mod recreate;
pub(crate) mod reduction;
pub(crate) mod removal;
pub(crate) mod repair_bias;
pub(crate) mod restarts;
pub(crate) mod rng;
pub(crate) mod scan;
pub(crate) mod snapshot;
pub(crate) mod warm_start;
pub(crate) mod worker;
