//! What a search reports while it runs, and what it found.

use super::prepared::Core;
use crate::error::{GO_ON, Mistake};
use crate::model::Plan;
use crate::model::cost::CostByTerm;
use crate::model::plan::Route;
use crate::search::output;
use crate::search::snapshot::Snapshot;
use serde::{Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// Where a search stands. It can be kept, and sent to another thread.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Progress {
    /// Seconds since the call, preparation not included.
    pub seconds: f64,
    /// Iterations of all workers together; 0 while the first plan is built.
    pub iterations: u64,
    /// Iterations a second, over the whole search so far.
    pub iterations_per_second: f64,
    /// Cost of the best plan, by term, in milliseconds of a nurse's time. Where the plan does not keep a hard regular
    /// hour yet, the penalty of the search for that is included.
    pub best: CostByTerm,
    /// Visits left out of the best plan.
    pub unplanned: usize,
    /// Tours of the best plan.
    pub tours: usize,
    /// Data from which [`Progress::plan`] makes the best plan.
    #[serde(skip)]
    pub(super) kept: Option<Kept>,
}

/// Why a search ended. None of these is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum StopReason {
    /// The time limit.
    Time,
    /// The iteration limit.
    Iterations,
    /// The token was cancelled, or its time was over.
    Cancelled,
    /// There was nothing to search: no visit, or no shift.
    Nothing,
}

impl StopReason {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            StopReason::Time => "time",
            StopReason::Iterations => "iterations",
            StopReason::Cancelled => "cancelled",
            StopReason::Nothing => "nothing to plan",
        }
    }
}

impl Serialize for StopReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// How a search went.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Run {
    /// Why the search ended.
    pub stop: StopReason,
    /// Seconds from the call to its answer, preparation not included.
    pub seconds: f64,
    /// Iterations of all workers together.
    pub iterations: u64,
    /// Insertion positions evaluated by all workers together.
    pub evaluations: u64,
    /// The seed.
    pub seed: u64,
    /// Number of workers.
    pub workers: usize,
    /// Number of threads.
    pub threads: usize,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Outcome {
    /// The best plan. It breaks no hard rule; visits left out are listed with their reasons.
    pub plan: Plan,
    /// Its cost, by term. In milliseconds of a nurse's time.
    pub cost: CostByTerm,
    /// How the search went.
    pub run: Run,
    /// Parts of the plan to start from that could not be kept or broke a rule, with their places in it: 1,000 at most;
    /// a last entry counts the others.
    pub broken: Vec<Mistake>,
}

/// Routes for an instance of vehicle routing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Routes {
    /// The routes that serve anyone, by driver and day.
    pub routes: Vec<Route>,
    /// Visits left out: the customer of each.
    pub unplanned: Vec<u32>,
    /// Cost of the routes, by term: 1,000 for each tick of travel, in the ticks of the instance.
    pub cost: CostByTerm,
    /// How the search went.
    pub run: Run,
}

/// The best plan at the moment of a progress report, as a snapshot.
#[derive(Clone)]
pub(super) struct Kept {
    /// Data of the planner whose plan the snapshot is.
    pub(super) core: Arc<Core>,
    pub(super) snapshot: Arc<Snapshot>,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.core)
    }
}

impl Progress {
    /// The best plan so far, with its cost at the prices of the document (a search that circles guide has prices of its own
    /// for a while). `None` where no plan has been found yet that keeps every hard rule, and for instances of the literature.
    ///
    /// The plan is built when this method is called, in the thread that calls it: a progress that is kept or sent to
    /// another thread can be asked there, while the search goes on.
    ///
    /// # Complexity
    /// Linear in the visits, and in the reasons for those left out.
    pub fn plan(&self) -> Option<(Plan, CostByTerm)> {
        let Kept { core, snapshot } = self.kept.as_ref()?;
        if snapshot.excess > 0 {
            return None;
        }
        let mut draft = core.parts().draft();
        draft.load(snapshot);
        let cost = draft.terms();
        Some((output::plan(&mut draft, &core.problem, GO_ON), cost))
    }
}
