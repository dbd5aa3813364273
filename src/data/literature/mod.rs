//! Benchmark forms of the literature, read into the same documents and solved by the same search.

pub mod convrp;
pub mod cordeau;
pub mod homecare;
mod routing;
pub mod solomon;

pub use routing::Evaluation;
