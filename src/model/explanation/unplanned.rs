//! Why visits are left out, how they could be planned, and what a rule costs.

use super::parts::{Insertion, PlanCost, VisitExplained};
use crate::model::cost::Cost;
use serde::Serialize;

/// The visits left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UnplannedExplained {
    /// How many there are.
    pub left_out: u32,
    /// The visits, the dearest to leave out first: at most 100, and only those that were reached before the question
    /// was cancelled.
    pub visits: Vec<LeftOut>,
    /// Whether the question was cancelled before all of these were reached.
    pub stopped: bool,
}

/// A visit left out, and how it could be planned.
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
    /// Cost of the best plan that was found with the rule.
    pub with: PlanCost,
    /// Cost of the best plan that was found without the rule, at the prices of the problem without it.
    pub without: PlanCost,
    /// Whether the question was cancelled before the searches were done: the price then says little.
    pub stopped: bool,
}
