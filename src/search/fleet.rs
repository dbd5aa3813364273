//! Fleet reduction: as few tours as make all visits, before the search for the cheapest of such plans.
//!
//! A tour is closed, and its visits go out. The same ruin and recreate tries to bring them in, without a tour
//! more than are left. What counts is not how many visits are out but how hard they are: a visit that was out
//! often should be in, an easy one may wait in its place. Once all are in, the plan is kept and the next
//! tour closed.
//!
//! J. Christiaens and G. Vanden Berghe (2020), "Slack induction by string removals for vehicle routing
//! problems", Transportation Science 54(2), the section on fleet minimization.

use super::annealing::Annealing;
use super::dice::Dice;
use super::draft::Draft;
use super::portfolio::{self, Limits};
use super::worker::Worker;
use crate::model::problem::Problem;

/// Most of the search, in time or iterations, that goes to having fewer tours.
const SHARE: f64 = 0.4;

/// How hard it was to have each visit in.
#[derive(Debug, Clone)]
pub(crate) struct Reduction {
    /// Steps after which each visit was out.
    absences: Vec<u32>,
    /// The sum of those of the visits that are out.
    sum: u64,
    /// No plan with all visits has fewer tours.
    least: usize,
    /// Whether there is nothing left to close.
    over: bool,
}

impl Reduction {
    fn new(problem: &Problem) -> Self {
        Self { absences: vec![0; problem.visits.len()], sum: 0, least: least_tours(problem), over: false }
    }

    /// Whether there is nothing left to close.
    pub(crate) fn is_over(&self) -> bool {
        self.over
    }

    /// Whether the visits that are out now may be out instead of those before the step: where they were out
    /// less often, or as often in a plan that annealing accepts.
    pub(crate) fn accepts(&mut self, draft: &Draft<'_>, annealing: &Annealing, dice: &mut Dice) -> bool {
        let sum = self.sum_of(&draft.out);
        for &visit in &draft.out {
            let count = &mut self.absences[visit as usize];
            *count = count.saturating_add(1);
        }
        sum < self.sum || (sum == self.sum && annealing.accepts(draft.cost_before(), draft.cost, dice))
    }

    /// Notes which visits are out after a step that was accepted or taken back.
    pub(crate) fn note(&mut self, draft: &Draft<'_>) {
        self.sum = self.sum_of(&draft.out);
    }

    /// Closes the tour whose visits were out least, if a plan with fewer tours is thinkable. The change is
    /// left to be committed.
    pub(crate) fn close_one(&mut self, draft: &mut Draft<'_>) {
        let used = draft.memory.used();
        self.over = used <= self.least || !self.try_to_close(draft);
        if !self.over {
            draft.most_tours = used - 1;
            self.sum = self.sum_of(&draft.out);
        }
    }

    fn try_to_close(&self, draft: &mut Draft<'_>) -> bool {
        let hardness = |shift: usize| {
            let visits = draft.tours[shift].stops.iter().filter(|stop| stop.is_visit());
            visits.map(|stop| u64::from(self.absences[stop.visit as usize])).sum::<u64>()
        };
        let used = (0..draft.tours.len()).filter(|&shift| draft.tours[shift].visits() > 0);
        let Some(shift) = used.min_by_key(|&shift| (hardness(shift), draft.tours[shift].visits())) else {
            return false;
        };
        let stops = &draft.tours[shift].stops;
        let positions: Vec<usize> = (0..stops.len()).filter(|&at| stops[at].is_visit()).collect();
        let closed = draft.remove(shift as u32, &positions);
        if !closed {
            draft.roll_back();
        }
        closed
    }

    fn sum_of(&self, visits: &[u32]) -> u64 {
        visits.iter().map(|&visit| u64::from(self.absences[visit as usize])).sum()
    }
}

/// No plan that makes all visits has fewer tours than this: what there is to carry, by what a tour can carry.
fn least_tours(problem: &Problem) -> usize {
    let load: i64 = problem.visits.iter().map(|visit| i64::from(visit.load)).sum();
    let capacity = problem.shifts.iter().map(|shift| i64::from(shift.capacity)).max().unwrap_or(0).max(1);
    let tours = (load.max(0) as u64).div_ceil(capacity as u64) as usize;
    tours.max(usize::from(!problem.visits.is_empty()))
}

/// Reduces the number of tours; then every worker stands at the plan with the fewest, and opens no tour more
/// than it has. Where visits stay out, having them in comes first, and the number of tours is not bounded.
/// Returns the limits of the search that is to follow.
pub(crate) fn reduce(
    workers: &mut [Worker<'_>],
    threads: &rayon::ThreadPool,
    limits: Limits,
    stop: &(dyn Fn() -> bool + Sync),
    watch: &mut dyn FnMut(&[Worker<'_>]),
) -> Limits {
    for worker in workers.iter_mut() {
        worker.reduction = Some(Reduction::new(worker.draft.problem));
    }
    portfolio::run(workers, threads, limits.part(SHARE), stop, watch);
    let used = workers.iter().map(|worker| worker.iterations).max().unwrap_or(0);
    if let Some(fewest) = portfolio::best(workers).cloned() {
        let most_tours = if fewest.left_out == 0 { fewest.tours_used } else { usize::MAX };
        for worker in workers {
            worker.draft.most_tours = most_tours;
            worker.begin(&fewest);
        }
    }
    Limits { iterations: limits.iterations.map(|n| n.saturating_sub(used)), ..limits }
}
