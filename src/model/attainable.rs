//! What no plan can beat: the fewest faces of each client and what they cost at least. Plain data; computed
//! in `exact`, printed in `report`.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! let problem = kring::prepare(&team()?, ".".as_ref())?;
//! let attainable = kring::solve::attainable(&problem);
//!
//! let fewest = attainable.clients[0].faces;
//! assert!(fewest.is_some_and(|faces| faces >= 1), "{fewest:?}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::cost::Cost;
use serde::Serialize;

/// What no plan of a problem can beat, client by client and in all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Attainable {
    /// Client by client, in the order of the document.
    pub clients: Vec<ClientAttainable>,
    /// Sum of [`ClientAttainable::face_cost`], in thousandths of a second of nurse time.
    ///
    /// In every plan the terms faces, new faces, faces over the most and unplanned cost `face_cost + left_out`
    /// at least. Where nothing is left out that could be made, the three terms of faces cost `face_cost` at least.
    pub face_cost: Cost,
    /// Sum of [`ClientAttainable::left_out`]: what every plan pays for visits that nobody can make.
    pub left_out: Cost,
}

/// What no plan can beat for one client, whatever the others ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ClientAttainable {
    /// Client id.
    pub client: String,
    /// The most visits that a plan can make: those for which some nurse has a shift.
    pub visits: u32,
    /// Visits that nobody can make: no shift could hold them, or no nurse may. Left out of the question.
    pub impossible: u32,
    /// Fewest nurses with whom `visits` visits can be made; `None` where that is none.
    pub faces: Option<u32>,
    /// Whether `faces` nurses are enough for rosters and rules. Always where at most 14 nurses could come; with
    /// more, the work is bounded, and where it did not suffice `faces` is still a bound: no fewer are enough.
    pub proven: bool,
    /// Least cost of faces beyond the first, of new faces, of faces over the most, and of leaving out visits
    /// that could be made, where that is cheaper or a hard bound of faces asks for it. In thousandths of a
    /// second of nurse time.
    pub face_cost: Cost,
    /// Cost of the visits that nobody can make, in thousandths of a second of nurse time.
    pub left_out: Cost,
}

/// How far the faces of a plan are from what is attainable.
///
/// Compared are clients with visits of whom everything is planned that can be made: with visits left out
/// fewer faces are no merit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Regret {
    /// Clients compared.
    pub clients: usize,
    /// Their faces in the plan, on average; `None` without such a client.
    pub faces: Option<f64>,
    /// Their fewest possible faces, on average.
    pub possible: Option<f64>,
    /// Clients compared whose faces are the fewest possible.
    pub at_least: usize,
    /// Clients with a visit left out that could be made: not compared.
    pub with_visits_left_out: usize,
    /// What faces, new faces, faces over the most and visits left out cost in the plan, without the visits that
    /// nobody can make, in thousandths of a second of nurse time. Never below `least_cost` in a plan that breaks no rule,
    /// unless one made elsewhere has shorter ways by another place.
    pub cost: Cost,
    /// [`Attainable::face_cost`].
    pub least_cost: Cost,
}
