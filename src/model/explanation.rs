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
    /// Who comes to a client, what that costs, and what it would cost without each of them.
    Client(
        /// Client id.
        String,
    ),
    /// What a nurse does in the plan, and what that costs.
    Nurse(
        /// Nurse id.
        String,
    ),
    /// Why visits are left out, and the ways out.
    Unplanned,
    /// What the plan costs, by term, visit, client and nurse.
    Plan,
}

/// An answer, with what its audience may know.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "about", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Explanation {
    /// To [`Question::Visit`].
    Visit(VisitExplained),
    /// To [`Question::Client`].
    Client(ClientExplained),
    /// To [`Question::Nurse`].
    Nurse(NurseExplained),
    /// To [`Question::Unplanned`].
    Unplanned(UnplannedExplained),
    /// To [`Question::Plan`].
    Plan(PlanExplained),
    /// What a rule costs, by [`Planner::price_of_rule`](crate::Planner::price_of_rule).
    Rule(Box<RulePriced>),
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

    /// The total without the price of leaving visits out; `None` as the total.
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
    /// There is.
    Place(Insertion),
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
    /// As it is.
    pub before: NurseAndStart,
    /// As it would be; `None`: it would be left out.
    pub after: Option<NurseAndStart>,
}

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
    /// What is about this client alone: its faces, its hours, its visits; no tours and no hours of nurses.
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
    /// Why there is no place; never a place.
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

/// What a nurse does in the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NurseExplained {
    /// For whom.
    pub audience: Audience,
    /// Nurse id.
    pub nurse: String,
    /// Her shifts that no absence cancels.
    pub shifts: u32,
    /// Those in which she is somewhere.
    pub used_shifts: u32,
    /// Her visits; meetings are none.
    pub visits: u32,
    /// Clients to whom she comes.
    pub clients: u32,
    /// Seconds of care, and of meetings.
    pub care_seconds: i64,
    /// Seconds on the road.
    pub road_seconds: i64,
    /// Seconds of waiting.
    pub waiting_seconds: i64,
    /// Her paid hours, week by week.
    pub weeks: Vec<NurseWeek>,
    /// What is about her tours and her hours alone. Faces are of clients, and a fair load is of the team.
    pub cost: CostPart,
}

/// Paid hours of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NurseWeek {
    /// Number of the week, from 1: a block of seven days from the first day.
    pub week: u16,
    /// Paid seconds.
    pub paid_seconds: i64,
    /// Contract seconds of the block; `None` without a contract.
    pub contract_seconds: Option<i64>,
}

/// The visits left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UnplannedExplained {
    /// How many there are.
    pub left_out: u32,
    /// The dearest to leave out first: 100 at most, and those that were reached before a cancel.
    pub visits: Vec<LeftOut>,
    /// Whether the question was cancelled before all of these were reached.
    pub stopped: bool,
}

/// A visit left out, and the ways out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// The visit, and what each nurse would cost or why she cannot.
    #[serde(flatten)]
    pub visit: VisitExplained,
    /// What leaving it out costs, in milliseconds of a nurse's time.
    pub price: Cost,
    /// The fewest visits that would have to be left out instead of this one, all in the same tour, so that there is a place for it while
    /// nothing else changes. Of several such sets it is the one with the cheapest plan. Sets of up to three visits are tried.
    /// `None` where no such set makes room, which most often means that rules and rosters alone keep the visit out; and where the
    /// question was cancelled.
    pub conflict: Option<Displacement>,
    /// For each rule without which there is a place for the visit: the cheapest such place. The cheapest comes first.
    pub relaxed: Vec<Relaxed>,
}

/// A place for a visit that is left out, at the expense of other visits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Displacement {
    /// Nurse id.
    pub nurse: String,
    /// The place. The visits that are left out instead are listed in its `moved`, with `after` set to `None`.
    pub place: Insertion,
}

/// A place that a rule forbids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Relaxed {
    /// The rule.
    #[serde(flatten)]
    pub rule: Relaxation,
    /// Nurse id.
    pub nurse: String,
    /// The place. Its cost is that of the plan with the visit there, without the rule, minus the plan as it is.
    pub place: Insertion,
}

/// A rule taken away: for one visit and the shifts of its day, or for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Relaxation {
    /// Care may start outside the time window.
    Window {
        /// By so many minutes, at either end.
        minutes: u16,
    },
    /// Shifts of the day may end later.
    Overtime {
        /// By so many minutes.
        minutes: u16,
    },
    /// Anybody is competent.
    Competence,
    /// The client accepts any number of faces.
    Faces,
    /// The client accepts new faces in short visits.
    KnownFaces,
    /// The hour need not be that of the other days.
    RegularHour,
    /// Nobody has a contract.
    Contract,
    /// Every nurse may come to every client.
    ForbiddenPairs,
    /// No visit is pinned to a nurse.
    Pins,
}

/// What a rule costs. See [`Planner::price_of_rule`](crate::Planner::price_of_rule).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RulePriced {
    /// The rule.
    #[serde(flatten)]
    pub rule: Relaxation,
    /// The price of the rule in milliseconds of a nurse's time: the total of `with` less the total of `without`; 0 where the search
    /// without the rule found nothing cheaper.
    pub price: Cost,
    /// The most that the rule can cost, in milliseconds of a nurse's time: the total of `with` less a proven lower bound on the
    /// cost of every plan without the rule. `None` where no bound was asked for.
    pub at_most: Option<Cost>,
    /// What the best plan costs that was found while the rule holds.
    pub with: PlanCost,
    /// What the best plan costs that was found while the rule does not hold, at the prices of that question.
    pub without: PlanCost,
    /// Whether the question was cancelled before the searches were done: the price then says little.
    pub stopped: bool,
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

/// What the plan costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PlanExplained {
    /// Number of days.
    pub days: u16,
    /// Visits in the plan.
    pub visits: u32,
    /// Visits left out.
    pub left_out: u32,
    /// The cost by term. In milliseconds of a nurse's time.
    pub cost: CostByTerm,
    /// The same cost in parts. Every unit of it is in one part: the sum over the parts is `cost`, term by term.
    pub parts: Vec<CostPart>,
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
    /// All visits of a client together: faces, and a regular hour. In [`ClientExplained`] with each of them, too.
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
