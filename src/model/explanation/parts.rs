//! What several explanations are made of.

use crate::model::calendar::Moment;
use crate::model::cost::{Cost, CostByTerm, Term};
use crate::model::reason::Why;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// For whom an explanation is. It decides what the explanation holds, not only what is printed of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Audience {
    /// The team that plans together: everything.
    #[default]
    Team,
    /// The client whom the question is about: nothing of other clients, and no reasons of nurses.
    Client,
    /// The nurse whom the question is about, or who makes the visit: nothing of other clients, and no reasons of colleagues.
    Nurse,
}

/// By how much the cost of a plan changes, as the cost after the change less the cost before it. All costs are in milliseconds of a
/// nurse's time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The sum of all terms; `None` where the audience may not know all of them.
    pub total: Option<Cost>,
    /// The terms that change and that the audience may know, in the order of the price list.
    #[serde(serialize_with = "by_name")]
    pub terms: Vec<(Term, Cost)>,
    /// Seconds on the road after the change less those before; `None` where the audience may not know them.
    pub road_seconds: Option<i64>,
}

impl Difference {
    /// The difference of two costs by term.
    pub(crate) fn new(before: &CostByTerm, after: &CostByTerm, road_seconds: i64) -> Self {
        let terms = after.iter().map(|(term, cost)| (term, cost - before[term]));
        Self {
            total: Some(after.total() - before.total()),
            terms: terms.filter(|(_, cost)| *cost != 0).collect(),
            road_seconds: Some(road_seconds),
        }
    }

    /// The change of one term; 0 where the audience may not know it.
    pub fn of(&self, term: Term) -> Cost {
        self.terms.iter().find(|(one, _)| *one == term).map_or(0, |(_, cost)| *cost)
    }

    /// The total without the price of leaving visits out; `None` where the total is `None`.
    pub fn price(&self) -> Option<Cost> {
        Some(self.total? - self.of(Term::Unplanned) - self.of(Term::Withdrawn))
    }
}

fn by_name<S: Serializer>(terms: &[(Term, Cost)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(terms.iter().map(|(term, cost)| (term.name(), cost)))
}

/// Who makes a visit, and when care starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NurseAndStart {
    /// Nurse id.
    pub nurse: String,
    /// Start of care.
    pub start: Moment,
}

/// Why a visit is with its nurse.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VisitExplained {
    /// For whom.
    pub audience: Audience,
    /// Client id.
    pub client: String,
    /// Care line id.
    pub care: String,
    /// The day.
    pub date: Date,
    /// Who makes it; `None` where the plan leaves it out.
    pub made: Option<NurseAndStart>,
    /// Number of nurses who come to the client in the plan.
    pub faces: u32,
    /// Number of days of the plan.
    pub days: u16,
    /// What the visit costs where it is: the plan with it minus the plan without it, the price of leaving it out aside.
    /// `None` where it is left out, or cannot be taken out of its tour by itself.
    pub cost: Option<Difference>,
    /// Each other nurse, the cheapest first; those with whom there is no place last. For audiences that may not know the
    /// costs the nurses are in the order of their ids.
    pub others: Vec<OtherNurse>,
    /// Whether the question was cancelled before everything was tried: there may be cheaper places, and ways out that are not
    /// named.
    pub stopped: bool,
}

/// Another nurse for a visit.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OtherNurse {
    /// Nurse id.
    pub nurse: String,
    /// Her cheapest place, or why there is none.
    #[serde(flatten)]
    pub placement: Placement,
}

/// Whether there is a place.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Placement {
    /// There is a place.
    Place(Insertion),
    /// There is no place.
    Why(Why),
    /// There is no place, for a reason that the audience may not know.
    Untold,
    /// The visit cannot be taken out of its tour by itself: the direct way between the stops before and after it takes longer
    /// than the way by it.
    Tied,
    /// The question was cancelled before this was known.
    Unknown,
}

/// A place for a visit, and what the plan would cost more with the visit there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Insertion {
    /// When care would start.
    pub start: Moment,
    /// The plan with the visit there minus the plan as it is.
    pub cost: Difference,
    /// Number of nurses who would come to the client.
    pub faces: u32,
    /// Whether she does not come to the client in the plan as it is.
    pub is_further_face: bool,
    /// Number of other visits that would go to another place.
    pub moves: usize,
    /// Those visits, where the audience may know them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<MovedVisit>,
}

/// Another visit that would go to another place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MovedVisit {
    /// Client id.
    pub client: String,
    /// Care line id.
    pub care: String,
    /// The day.
    pub date: Date,
    /// Its nurse and start in the plan as it is.
    pub before: NurseAndStart,
    /// Its nurse and start as they would be; `None`: it would be left out.
    pub after: Option<NurseAndStart>,
}

/// What a plan costs, and how many visits it leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PlanCost {
    /// The cost by term. In milliseconds of a nurse's time.
    pub cost: CostByTerm,
    /// Visits left out.
    pub left_out: u32,
}

/// A part of the cost of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CostPart {
    /// Whom it is about.
    #[serde(flatten)]
    pub of: CostBearer,
    /// The sum of its terms. In milliseconds of a nurse's time.
    pub total: Cost,
    /// The terms that cost something, in the order of the price list.
    #[serde(serialize_with = "by_name")]
    pub terms: Vec<(Term, Cost)>,
}

impl CostPart {
    /// The part of somebody with these terms.
    pub(crate) fn new(of: CostBearer, cost: &CostByTerm) -> Self {
        Self { of, total: cost.total(), terms: cost.iter().filter(|(_, cost)| *cost != 0).collect() }
    }
}

/// Whom a part of the cost is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "of", rename_all = "snake_case")]
#[non_exhaustive]
pub enum CostBearer {
    /// One visit: who makes it and when it starts, or that it is left out.
    Visit {
        /// Client id.
        client: String,
        /// Care line id.
        care: String,
        /// The day.
        date: Date,
        /// Nurse id; `None` where it is left out.
        nurse: Option<String>,
    },
    /// All visits of a client together: faces, and a regular hour. In [`ClientExplained`](super::ClientExplained) the
    /// costs of the single visits are included.
    Client {
        /// Client id.
        client: String,
    },
    /// The tours and hours of a nurse, and her meetings.
    Nurse {
        /// Nurse id.
        nurse: String,
    },
    /// Several clients or nurses: households, a fair load.
    Team,
}
