//! Plots as SVG: one file each, for a browser, a document or a slide.
//!
//! | plot | what it shows |
//! | --- | --- |
//! | [`progress`] | what the best plan of a search cost, term by term, over time, and the bound |
//! | [`front`] | faces of a client against minutes on the road |
//! | [`hours`] | where the hours of the shifts go |
//! | [`continuity`] | how many clients see how many nurses |
//!
//! Each has a title and a description for those who hear rather than see it, patterns and words beside colours, and a
//! light and a dark look. Titles are escaped and cut; characters that hide or turn text are shown as �.
//!
//! # Example
//! ```
//! use kring::report::plot::{FrontPoint, front};
//!
//! let point = |face: &str, faces, road| FrontPoint { label: face.to_owned(), faces, road };
//! let plans = [point("0 min", 5.2, 2_410.0), point("20 min", 3.1, 2_560.0), point("60 min", 2.7, 2_900.0)];
//! let svg = front("What a face costs on the road", &plans);
//! assert!(svg.starts_with("<svg") && svg.contains("20 min"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bars;
mod frame;
mod front;
mod progress;

pub use bars::{continuity, hours};
pub use front::{FrontPoint, front};
pub use progress::{ProgressPoint, progress};
