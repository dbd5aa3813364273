//! Exact models beside the search: [`bound`] proves how far from the best a plan can be, [`attainable`] how
//! few faces a client can have, [`recombine`] puts together tours that were seen. Integer programmes are written
//! with `good_lp` and solved through [`programme`].

pub(crate) mod attainable;
pub(crate) mod bound;
pub(crate) mod circles;
mod client;
mod covering;
mod programme;
pub(crate) mod recombine;
