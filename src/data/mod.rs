//! In the making.
pub mod literature;
