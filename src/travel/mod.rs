//! How long it takes from A to B: dense matrices of seconds between the places of a document, one per mode.
//!
//! ```text
//! Straight ── great-circle distances ──────────────────────────────────────────┐
//! Matrix ──── rows and columns by index ───────────────────────────────────────┤
//! Streets ─┐                                                                   ├─> TravelTimes
//! Osm ─────┴> Stretches ─> RoadGraph ── snap ──> Snap ── one search a source ──┘
//! ```
//! [`times()`] is the front door and fills the modes that some nurse uses. The road graph can be used
//! alone: build a [`RoadGraph`], [`RoadGraph::snap`] points to it, ask for a [`RoadGraph::matrix`].
//! [`RoadLines`] draws the ways on a map.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! use kring::model::document::Mode;
//!
//! let times = kring::travel::times(&team()?, ".".as_ref())?;
//! // From the first nurse's home to the first client, in seconds.
//! assert!(times.seconds(Mode::Bicycle, 0, 3).is_some_and(|seconds| seconds > 0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod addresses;
mod extract;
mod geometry;
mod join;
mod lines;
mod osm;
mod parts;
mod places;
mod road;
mod shortest_path;
mod snap;
mod straight;
mod streets;
mod stretches;
mod times;
mod ways;

pub use lines::{Drawer, RoadLines};
#[cfg(feature = "osm")]
pub use osm::locate;
pub use osm::{Located, MOST_ASKED, NamedPlace, OsmRoads, locate_in, read_osm};
pub use road::RoadGraph;
pub use snap::Snap;
pub use stretches::{FAR, Stretch, Stretches};
pub(crate) use times::located_times;
pub use times::times;
