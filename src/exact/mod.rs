//! Exact models beside the search: [`bound`] proves how far from the best a plan can be, [`attainable`] how
//! few faces a client can have, [`recombine`] puts together tours that were seen.

pub(crate) mod attainable;
pub(crate) mod bound;
pub(crate) mod circles;
mod client;
pub(crate) mod recombine;
