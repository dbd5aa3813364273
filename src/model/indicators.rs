//! What a plan is worth to people: continuity per client and for the team, and where the hours go.
//! Plain data; computed in `report`, and a second time, from the definitions, in `check`.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let outcome = kring::solve(&problem, &kring::Options::default().with_iterations(200))?;
//! let indicators = kring::check(&problem, &outcome.plan)?.indicators;
//! assert_eq!(indicators.visits.planned, 30);
//! assert_eq!(indicators.time.care, 30 * 30 * 60);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use serde::Serialize;

/// All indicators of a plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Indicators {
    /// Continuity for the team: one vote for each client with a value.
    pub continuity: TeamContinuity,
    /// Continuity client by client, in the order of the document; clients without a visit as well.
    pub clients: Vec<ClientContinuity>,
    /// Where the hours go.
    pub time: TimeUse,
    /// Paid hours against the contract, nurse by nurse and week by week.
    pub hours: Vec<NurseHours>,
    /// Visits by priority.
    pub visits: VisitCounts,
}

/// Mean, bad tenth and worst over the clients that have a value; `None` where none has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Spread {
    /// Mean over clients.
    pub mean: Option<f64>,
    /// Nearest-rank 10th percentile counted from the bad side: with values sorted worst first, the
    /// one at position `ceil(n / 10)`, counted from 1.
    pub tenth: Option<f64>,
    /// The value of the worst client.
    pub worst: Option<f64>,
    /// Number of clients with a value.
    pub clients: usize,
}

/// Spreads over clients. More faces and more entropy are worse; of the other indices less is worse.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TeamContinuity {
    /// Distinct nurses.
    pub faces: Spread,
    /// Faces not met in the history window.
    pub new_faces: Spread,
    /// Usual provider continuity.
    pub upc: Spread,
    /// Bice-Boxerman continuity of care.
    pub coc: Spread,
    /// Sequential continuity.
    pub secon: Spread,
    /// K index.
    pub k: Spread,
    /// Modified modified continuity index.
    pub mmci: Spread,
    /// Herfindahl-Hirschman index.
    pub hhi: Spread,
    /// Entropy, normalised; more is worse.
    pub entropy: Spread,
    /// Share of visits by the circle.
    pub circle_share: Spread,
    /// Share of visits by the first nurse.
    pub first_nurse_share: Spread,
}

/// Continuity of one client.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ClientContinuity {
    /// Client id.
    pub client: String,
    /// Over the plan alone.
    pub plan: Indices,
    /// Over the history window and the plan together.
    pub rolling: Indices,
    /// Faces of the plan not met in the history window; `None` without visits in the plan.
    pub new_faces: Option<u32>,
    /// Share of the plan's visits by the circle; `None` without a circle or visits.
    pub circle_share: Option<f64>,
    /// Share of the plan's visits by the first nurse; `None` without one or without visits.
    pub first_nurse_share: Option<f64>,
}

/// Indices over one sequence of visits; `None` where undefined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Indices {
    /// Number of visits.
    pub visits: u32,
    /// Distinct nurses; `None` without visits.
    pub faces: Option<u32>,
    /// Largest share of one nurse; `None` for fewer than 2 visits.
    pub upc: Option<f64>,
    /// Chance that two visits share a nurse; `None` for fewer than 2 visits.
    pub coc: Option<f64>,
    /// Share of successive visits by the same nurse; `None` for fewer than 2 visits.
    pub secon: Option<f64>,
    /// (visits - faces) / (visits - 1); `None` for fewer than 2 visits.
    pub k: Option<f64>,
    /// K, damped: (1 - faces / (visits + 0.1)) / (1 - 1 / (visits + 0.1)); `None` for fewer than 2 visits.
    pub mmci: Option<f64>,
    /// Chance that a visit and any visit, itself included, share a nurse; `None` for fewer than 2 visits.
    pub hhi: Option<f64>,
    /// Disorder, from 0 for one nurse to 1 for a different nurse at each visit; `None` for fewer than 2 visits.
    pub entropy: Option<f64>,
}

/// Where the hours go, in seconds over the whole plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TimeUse {
    /// With clients.
    pub care: i64,
    /// On the road, home legs included.
    pub travel: i64,
    /// Waiting between leaving home and being back.
    pub waiting: i64,
    /// Breaks between leaving home and being back.
    pub breaks: i64,
    /// Meetings, training and role time.
    #[serde(skip_serializing_if = "is_zero")]
    pub meetings: i64,
    /// The rest of the given shifts (overtime included): at home or in the office, breaks at home too.
    pub other: i64,
    /// Time from the end of the shift to being home, where that is later.
    pub overtime: i64,
    /// All given shifts from start to end, and overtime; = care + travel + waiting + breaks + meetings + other.
    pub shift: i64,
    /// Paid time, as the document defines it.
    pub paid: i64,
    /// care / paid, in percent; `None` without paid time. Reference: Buurtzorg 61 %, Dutch mean 51 %
    /// (KPMG), of *all* paid hours, those outside the planned shifts included.
    pub client_facing_paid: Option<f64>,
    /// care / shift, in percent; never to be compared with 61 %.
    pub client_facing_shift: Option<f64>,
}

/// Takes a reference because serde's `skip_serializing_if` passes one.
fn is_zero(seconds: &i64) -> bool {
    *seconds == 0
}

/// Paid hours of a nurse in one week (a block of seven days from the first day).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NurseHours {
    /// Nurse id.
    pub nurse: String,
    /// Number of the week, from 1.
    pub week: u16,
    /// Paid seconds.
    pub paid: i64,
    /// Contract seconds of the block (a short last week counts by its days); `None` without a contract.
    pub contract: Option<i64>,
}

/// Visits by priority.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VisitCounts {
    /// In the plan.
    pub planned: u32,
    /// Left out, vital.
    pub unplanned_vital: u32,
    /// Left out, needed.
    pub unplanned_needed: u32,
    /// Left out, wished.
    pub unplanned_wished: u32,
}
