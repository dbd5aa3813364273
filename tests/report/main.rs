//! What people read: indices of continuity, the page for the browser, plots.

mod indices;
mod page;
mod plots;
