//! Why a plan is as it is: plain data; computed in `solve`, put into words in `report`.
//!
//! Costs are in milliseconds of a nurse's time; changes are after minus before.

mod client;
mod parts;
mod unplanned;

use super::cost::CostByTerm;
use jiff::civil::Date;
use serde::Serialize;

pub use client::{ClientExplained, FaceExplained, MissingFace, VisitAndPlace, WhyOfVisits, WithoutNurse};
pub use parts::{
    Audience, CostBearer, CostPart, Difference, Insertion, MovedVisit, NurseAndStart, OtherNurse, Placement,
    PlanCost, VisitExplained,
};
pub use unplanned::{Displacement, LeftOut, Relaxation, Relaxed, RulePriced, UnplannedExplained};

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
    /// Why visits are left out, and how they could be planned.
    Unplanned,
    /// What the plan costs, by term, visit, client and nurse.
    Plan,
}

/// An answer, with what its audience may know.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "about", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Explanation {
    /// The answer to [`Question::Visit`].
    Visit(VisitExplained),
    /// The answer to [`Question::Client`].
    Client(ClientExplained),
    /// The answer to [`Question::Nurse`].
    Nurse(NurseExplained),
    /// The answer to [`Question::Unplanned`].
    Unplanned(UnplannedExplained),
    /// The answer to [`Question::Plan`].
    Plan(PlanExplained),
    /// What a rule costs, by [`Planner::price_of_rule`](crate::Planner::price_of_rule).
    Rule(Box<RulePriced>),
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
    /// Those in which she makes a visit or attends a meeting.
    pub used_shifts: u32,
    /// Number of her visits, not counting meetings.
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
    /// The part of the cost that is about her tours and her hours alone. Faces belong to clients, and the fair load to
    /// the team.
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
