//! Who comes to a client, who does not, and why.

use super::parts::{Audience, CostPart, Difference, Insertion, Placement};
use jiff::civil::Date;
use serde::Serialize;

/// Who comes to a client, and why; and who does not.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ClientExplained {
    /// For whom.
    pub audience: Audience,
    /// Client id.
    pub client: String,
    /// Number of days of the plan.
    pub days: u16,
    /// Visits in the plan.
    pub visits: u32,
    /// Visits left out.
    pub left_out: u32,
    /// The part of the cost that is about this client alone: its faces, its hours and its visits, but no tours and no
    /// hours of nurses.
    pub cost: CostPart,
    /// Each nurse who comes, most visits first.
    pub faces: Vec<FaceExplained>,
    /// Nurses who might be expected and do not come: the first nurse, those of the circle, those whom the client met in the history
    /// window; three at most, in this order.
    pub missing: Vec<MissingFace>,
}

/// A nurse whom a client might expect and who does not come.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MissingFace {
    /// Nurse id.
    pub nurse: String,
    /// Whether she is the client's first nurse.
    pub is_first_nurse: bool,
    /// Whether she is of the client's circle.
    pub is_of_circle: bool,
    /// Number of the planned visits for which she has a place, each by itself.
    pub places: u32,
    /// The cheapest of these places, where the audience may know it.
    pub cheapest: Option<VisitAndPlace>,
    /// Why she has no place for the others, the most frequent reason first.
    pub reasons: Vec<WhyOfVisits>,
}

/// A place for a visit of a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VisitAndPlace {
    /// Care line id.
    pub care: String,
    /// The day.
    pub date: Date,
    /// The place.
    pub place: Insertion,
}

/// A reason and the visits for which it holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WhyOfVisits {
    /// Why there is no place; never [`Placement::Place`].
    #[serde(flatten)]
    pub placement: Placement,
    /// Number of visits.
    pub visits: u32,
}

/// A nurse who comes to a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FaceExplained {
    /// Nurse id.
    pub nurse: String,
    /// Her visits to the client.
    pub visits: u32,
    /// Whether she is the client's first nurse.
    pub is_first_nurse: bool,
    /// Whether she is of the client's circle.
    pub is_of_circle: bool,
    /// Whether the client did not meet her in the history window.
    pub is_new: bool,
    /// What it would cost without her.
    pub without: WithoutNurse,
}

/// What happens to a client's visits if one of its nurses no longer comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WithoutNurse {
    /// The client's other nurses can take over all her visits. The visits are put one after the other at the cheapest place that the
    /// other nurses have; no other visit moves. The difference is the cost of that plan less the cost of the plan as it is. (A
    /// plan in which other visits move as well may be cheaper.)
    ByOthers(Difference),
    /// The client's other nurses have no place for some of her visits.
    NoPlace {
        /// Number of these visits.
        visits: u32,
    },
    /// No other nurse comes to the client.
    OnlyFace,
    /// Not known: a tour cannot do without one of her visits, or the question was cancelled.
    Unknown,
}
