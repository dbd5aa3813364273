//! Planning instances of vehicle routing.

use super::cancel::Cancel;
use super::options::Options;
use super::outcome::{Progress, Routes};
use super::prepared::Parts;
use super::run::{Search, find, pool};
use crate::error::Result;
use crate::model::RoutingProblem;
use crate::rules::Evaluator;
use crate::search::candidates::Candidates;
use crate::search::draft::Draft;
use crate::search::output;
use std::time::Instant;

/// Plans an instance of vehicle routing; otherwise as [`Planner::solve`](super::Planner::solve).
///
/// # Errors
/// Options outside their ranges.
pub fn solve_routes(
    problem: &RoutingProblem,
    options: &Options,
    cancel: &Cancel,
    mut progress: impl FnMut(&Progress),
) -> Result<Routes> {
    let begin = Instant::now();
    options.check()?;
    let facts = &problem.facts;
    let evaluator = Evaluator::new(facts);
    let search = Search { begin, options, threads: &pool(options.threads)?, cancel, core: None };
    // If the lists are incomplete, the time is over, and every customer is left out.
    let candidates = Candidates::until(facts, &evaluator, &|| search.is_over());
    let parts = Parts { facts, evaluator: &evaluator, candidates: &candidates };
    let mut empty = |_: &mut Draft<'_>| false;
    let (((routes, unplanned), cost), run) =
        find(parts, &search, &mut progress, &mut empty, |best| (output::routes(best), best.terms()));
    Ok(Routes { routes, unplanned, cost, run })
}
