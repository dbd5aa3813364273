//! Plots as SVG: one file each, for a browser, a document or a slide.
//!
//! | plot | what it shows |
//! | --- | --- |
//! | [`progress`] | what the best plan of a search cost, term by term, over time, and the bound |
//! | [`front`] | faces of a client against minutes on the road |
//! | [`hours`] | where the hours of the shifts go |
//! | [`continuity`] | how many clients see how many nurses |
//!
//! Each has a title and a description for those who hear rather than see it, patterns and words beside colours, and a light
//! and a dark look. Titles are escaped and cut; characters that hide or turn text are shown as �.

mod bars;
mod frame;
mod front;
mod progress;

pub use bars::{continuity, hours};
pub use front::{FrontPoint, front};
pub use progress::{ProgressPoint, progress};
