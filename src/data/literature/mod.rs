//! Benchmark forms of the literature, read into the same documents and solved by the same search.

pub mod homecare;
pub mod solomon;
