//! Instances of the literature, planned by the same search.

mod convrp;
mod fleet;
mod literature;
#[allow(dead_code)]
#[path = "../common/random.rs"]
mod random;
#[allow(dead_code)]
#[path = "../common/routing.rs"]
mod routing;
