//! Exact models beside the search: [`bound`] proves how far from the best a plan can be, [`recombine`] puts
//! together tours that were seen.

pub(crate) mod bound;
pub(crate) mod recombine;
