//! Why a plan is as it is: plain data; computed in `solve`, put into words in `report`.
//!
//! Costs are in thousandths of a second of a nurse's time; changes are after minus before.

use super::calendar::Moment;
use super::cost::{Cost, CostByTerm, Term};
use super::reason::Why;
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

/// What is to be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Question {
    /// Why a visit is with its nurse, and what each other nurse would cost.
    Visit {
        /// Client id.
        client: String,
        /// Care line id.
        care: String,
        /// The day.
        date: Date,
    },
}

/// An answer, with what its audience may know.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "about", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Explanation {
    /// To [`Question::Visit`].
    Visit(VisitExplained),
}

/// A change of cost: after minus before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The sum of all terms; `None` where the audience may not know all of them.
    pub total: Option<Cost>,
    /// The terms that change and that the audience may know, in the order of the price list.
    #[serde(serialize_with = "by_name")]
    pub terms: Vec<(Term, Cost)>,
    /// Seconds more on the road; `None` where the audience may not know them.
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

    /// The total without the price of leaving visits out; `None` as the total.
    pub fn price(&self) -> Option<Cost> {
        Some(self.total? - self.of(Term::Unplanned))
    }
}

fn by_name<S: Serializer>(terms: &[(Term, Cost)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(terms.iter().map(|(term, cost)| (term.name(), cost)))
}

/// Who makes a visit, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Made {
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
    pub made: Option<Made>,
    /// Number of nurses who come to the client in the plan.
    pub faces: u32,
    /// Number of days of the plan.
    pub days: u16,
    /// What the visit costs where it is: the plan with it minus the plan without it, the price of leaving it out aside.
    /// `None` where it is left out, or cannot be taken out of its tour by itself.
    pub cost: Option<Difference>,
    /// Each other nurse, the cheapest first; those with whom there is no place last. For audiences that may not know the
    /// costs the nurses are in the order of their ids.
    pub others: Vec<Other>,
}

/// Another nurse for a visit.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Other {
    /// Nurse id.
    pub nurse: String,
    /// Her cheapest place, or why there is none.
    #[serde(flatten)]
    pub way: Way,
}

/// Whether there is a place.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Way {
    /// There is.
    Place(Place),
    /// There is none.
    Why(Why),
    /// There is none, for a reason that the audience may not know.
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
pub struct Place {
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
    pub moved: Vec<Moved>,
}

/// Another visit that would go to another place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Moved {
    /// Client id.
    pub client: String,
    /// Care line id.
    pub care: String,
    /// The day.
    pub date: Date,
    /// As it is.
    pub before: Made,
    /// As it would be; `None`: it would be left out.
    pub after: Option<Made>,
}
