//! Exact models beside the search: [`bound`] proves what every plan costs at least, [`attainable`] how few faces a
//! client can have, [`circles`] chooses which nurses look after which client, [`recombine`] combines tours that the
//! search has seen into a better plan. Integer programmes are written with `good_lp` and solved through [`programme`].

pub(crate) mod attainable;
pub(crate) mod bound;
pub(crate) mod circles;
mod client;
mod covering;
mod programme;
pub(crate) mod recombine;
