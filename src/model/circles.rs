//! Circles planned before tours: plain data; computed in `exact`, a guide for the search, compared in `report`.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! let mut document = team()?;
//! let planner = kring::Planner::prepare(&document, ".".as_ref(), &kring::Cancel::new())?;
//! let circles = planner.circles(None, &kring::Cancel::new())?;
//!
//! circles.name_in(&mut document);
//! assert_eq!(document.clients[0].circle, circles.clients[0].nurses);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::cost::Cost;
use super::document::Document;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A circle for each client: the few nurses meant to look after it in the days ahead.
///
/// Costs are estimates in milliseconds of a nurse's time, made before there are tours. They can be compared with the
/// costs of other circles, not with those of plans.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Circles {
    /// Client by client, in the order of the document.
    pub clients: Vec<ClientCircle>,
    /// The estimated cost of the circles: faces, pairs of client and nurse, travel, visits left out, and shifts that are too full.
    pub cost: Cost,
    /// A lower bound: by the same estimates, no circles cost less.
    pub bound: Cost,
    /// Number of visits for which the circles have no nurse, because no nurse may or can make them or because leaving them out is
    /// cheaper.
    pub left_out: u32,
    /// Hours of the nurses, in the order of the document.
    pub nurses: Vec<NurseLoad>,
}

/// The circle of a client as it was planned: the nurses meant to come, and how often each is meant to come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClientCircle {
    /// Client id.
    pub client: String,
    /// Nurse id of the first nurse: the one that the document names, otherwise the one who is meant to come most often. `None` for an
    /// empty circle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_nurse: Option<String>,
    /// Nurse ids. Where the document names a circle, these are its nurses in the same order; otherwise they are the nurses
    /// planned, in falling order of their visits. The list is empty where nobody is meant to come. It is empty as well where the
    /// client accepts only nurses it knows for short visits (`known_faces_under_minutes`) and knows none of those who would come.
    pub nurses: Vec<String>,
    /// `visits[i]` is the number of visits that `nurses[i]` is meant to make. Where the document names the circle, further visits may
    /// be meant for nurses outside it.
    pub visits: Vec<u32>,
}

/// What circles ask of a nurse.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NurseLoad {
    /// Nurse id.
    pub nurse: String,
    /// Clients in whose circle she is.
    pub clients: u32,
    /// Seconds of care and of estimated travel.
    pub seconds: i64,
    /// Seconds of her shifts without their breaks.
    pub capacity: i64,
}

impl Circles {
    /// The largest possible distance from the best circles, by the estimates, as a share of the cost of these circles.
    /// `None` where nothing costs anything.
    pub fn gap(&self) -> Option<f64> {
        (self.cost > 0).then(|| (self.cost - self.bound).max(0) as f64 / self.cost as f64)
    }

    /// Names the circles in a document: `circle` of each client that has none there and one here, and `first_nurse` where
    /// the document names none. Prices stay as they are: where
    /// [`Prices::not_circle`](super::document::Prices::not_circle) is 0, tours are not held to circles.
    /// Clients are found by their ids.
    ///
    /// # Complexity
    /// Linear in the clients.
    pub fn name_in(&self, document: &mut Document) {
        let circles: FxHashMap<&str, &ClientCircle> =
            self.clients.iter().map(|circle| (circle.client.as_str(), circle)).collect();
        for client in &mut document.clients {
            let Some(circle) = circles.get(client.id.as_str()) else { continue };
            if client.circle.is_empty() && !circle.nurses.is_empty() {
                client.circle.clone_from(&circle.nurses);
                client.first_nurse = client.first_nurse.take().or_else(|| circle.first_nurse.clone());
            }
        }
    }
}
