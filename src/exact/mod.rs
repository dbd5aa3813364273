//! How far from the best: what exact methods say of a problem.

pub(crate) mod bound;
pub(crate) mod recombine;
