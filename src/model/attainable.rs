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
    /// Sum of [`ClientAttainable::face_cost`], in milliseconds of a nurse's time.
    ///
    /// In every plan, the terms faces, new faces, faces over `max_faces` and unplanned together cost at least
    /// `face_cost + left_out`. Where every visit that can be made is made, the three terms of faces cost at least
    /// `face_cost`.
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
    /// Visits that nobody can make, because no shift could hold them or no nurse may make them. They do not count in
    /// `visits`, `faces` and `face_cost`.
    pub impossible: u32,
    /// Fewest nurses with whom `visits` visits can be made; `None` where `visits` is 0.
    pub faces: Option<u32>,
    /// Whether `faces` nurses are proven to be enough under the rosters and rules. This is always so where at most 14
    /// nurses could come. With more, the work is bounded; where the bound was reached, `faces` is still a lower bound:
    /// fewer nurses are not enough.
    pub proven: bool,
    /// Least cost of faces beyond the first, of new faces, of faces over `max_faces`, and of leaving out visits that
    /// could be made, where that is cheaper or a hard bound of faces asks for it. In milliseconds of a nurse's time.
    pub face_cost: Cost,
    /// Cost of the visits that nobody can make, in milliseconds of a nurse's time.
    pub left_out: Cost,
}

/// How far the faces of a plan are from what is attainable.
///
/// A client is compared if it has visits and the plan makes all of them that can be made. (With visits left out, having fewer faces is
/// no merit.)
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Regret {
    /// Number of clients compared.
    pub clients: usize,
    /// Their faces in the plan, on average; `None` without such a client.
    pub faces: Option<f64>,
    /// Their fewest possible faces, on average; `None` without such a client.
    pub possible: Option<f64>,
    /// Number of clients compared who have the fewest faces possible.
    pub at_least: usize,
    /// Number of clients who are not compared because a visit is left out that could be made.
    pub with_visits_left_out: usize,
    /// What the plan pays for faces, new faces, faces over `max_faces`, and visits left out, in milliseconds of a
    /// nurse's time. Visits that nobody can make do not count. A plan that breaks no rule pays at least `least_cost`.
    /// (There is one exception. `least_cost` supposes that no way becomes shorter by passing another place. Where the
    /// travel times allow that, a plan that kring did not make may cost less.)
    pub cost: Cost,
    /// The least that any plan pays for the same: [`Attainable::face_cost`], in milliseconds of a nurse's time.
    pub least_cost: Cost,
}
