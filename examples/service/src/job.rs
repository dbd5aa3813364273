//! A job as it is kept and shown.

use crate::problem::{Problem, Warning};
use kring::Outcome;
use kring::jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What a job plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// A document, from nothing.
    Solve,
    /// The plan of another job, after events.
    Replan,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Accepted and stored; waits for its turn.
    Queued,
    /// Being planned. After a crash it is planned again from the start.
    Running,
    /// Has a plan.
    Finished,
    /// Cannot be planned; `failure` says why.
    Failed,
    /// Was cancelled before it had a plan. (A search that is cancelled keeps its best plan and is finished.)
    Cancelled,
}

impl State {
    /// Whether nothing more will happen to the job.
    pub fn is_end(self) -> bool {
        matches!(self, State::Finished | State::Failed | State::Cancelled)
    }

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Running => "running",
            State::Finished => "finished",
            State::Failed => "failed",
            State::Cancelled => "cancelled",
        }
    }
}

/// How long and how to search.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Limits {
    /// Longest search in seconds, above 0 and at most the longest that the service allows. Default: 30.
    #[serde(default = "Limits::seconds")]
    pub seconds: f64,
    /// Most iterations of each worker, at least 1. Default: as many as the time allows.
    pub iterations: Option<u64>,
    /// Start of the random streams. Default: 1.
    #[serde(default = "Limits::seed")]
    pub seed: u64,
}

impl Limits {
    /// The limits as a repeated request is recognised by: the same in every version.
    pub fn name(&self) -> String {
        format!("seconds {} iterations {:?} seed {}", self.seconds, self.iterations, self.seed)
    }

    fn seconds() -> f64 {
        30.0
    }

    fn seed() -> u64 {
        1
    }
}

/// What a search found. The plan itself: `GET /v1/jobs/{id}/plan`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Found {
    /// Why the search ended: `time`, `iterations`, `cancelled`, `nothing to plan`, or `service stopped`.
    pub stop: String,
    /// Cost of the plan: `total` and `terms` in thousandths of a second of a nurse's time.
    #[schema(value_type = Object)]
    pub cost: serde_json::Value,
    /// Tours of the plan.
    pub tours: usize,
    /// Visits left out of the plan.
    pub unplanned: usize,
    /// What of the published plan could not be kept (replanning only).
    pub broken: usize,
    /// Seconds of the search.
    pub seconds: f64,
    /// Iterations of all workers together.
    pub iterations: u64,
}

impl Found {
    pub fn new(outcome: &Outcome, stop: &str) -> Self {
        Self {
            stop: stop.to_owned(),
            cost: serde_json::to_value(outcome.cost).unwrap_or_default(),
            tours: outcome.plan.tours.len(),
            unplanned: outcome.plan.unplanned.len(),
            broken: outcome.broken.len(),
            seconds: outcome.run.seconds,
            iterations: outcome.run.iterations,
        }
    }
}

/// A job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Job {
    /// Its id. Ids are in the order in which jobs were accepted.
    pub id: Uuid,
    pub task: Task,
    /// The job whose plan is planned again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Uuid>,
    pub state: State,
    pub limits: Limits,
    /// What the events say and probably do not mean, the first 100 of it (replanning only).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    #[schema(value_type = String, format = DateTime)]
    pub accepted: Timestamp,
    /// How often the search was begun: more than once after a crash.
    pub begun: u32,
    /// When it came to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<Found>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Problem>,
}

impl Job {
    /// A job that is accepted now.
    pub fn new(task: Task, of: Option<Uuid>, limits: Limits) -> Self {
        Self {
            id: Uuid::now_v7(),
            task,
            of,
            state: State::Queued,
            limits,
            warnings: Vec::new(),
            accepted: Timestamp::now(),
            begun: 0,
            ended: None,
            found: None,
            failure: None,
        }
    }
}
