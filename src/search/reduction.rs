//! State of a search for fewer tours: which visits are hard to plan, and which tour to close next.
//!
//! J. Christiaens and G. Vanden Berghe (2020), "Slack induction by string removals for vehicle routing
//! problems", Transportation Science 54(2), the section on fleet minimization.

use super::annealing::Annealing;
use super::draft::Draft;
use super::rng::Rng;
use crate::model::facts::Facts;
use crate::rules::Tour;

/// The search ends when no tour was closed for this part of its time: the first number, plus the second times the part
/// that had passed when the last tour was closed.
const PATIENCE: (f64, f64) = (0.25, 2.0);

/// State of a search for fewer tours.
#[derive(Debug, Clone)]
pub(crate) struct Reduction {
    /// For each visit the number of steps after which it was unplanned.
    absences: Vec<u32>,
    /// The sum of these numbers over the visits that are unplanned now.
    sum: u64,
    /// Lower bound on the number of tours of a plan with all visits.
    least: usize,
    /// Whether the search is over: fewer tours are impossible, or no longer expected.
    over: bool,
    /// The part of the time that has passed, and that had passed when the last tour was closed, if one was.
    gone: f64,
    closed_at: Option<f64>,
}

impl Reduction {
    pub(super) fn new(problem: &Facts) -> Self {
        let absences = vec![0; problem.visits.len()];
        let least = least_tours(problem);
        Self { absences, sum: 0, least, over: false, gone: 0.0, closed_at: None }
    }

    /// Whether fewer tours are impossible, or no longer expected.
    pub(crate) fn is_over(&self) -> bool {
        self.over
    }

    /// Notes the part of the time that has passed, 0 to 1.
    pub(crate) fn set_progress(&mut self, gone: f64) {
        self.gone = gone;
        self.over |= self.closed_at.is_some_and(|at| gone - at > PATIENCE.0 + PATIENCE.1 * at);
    }

    /// Whether a step is accepted: the visits that are unplanned now have been unplanned less often than those before
    /// the step, or as often, and annealing accepts the cost. Counts one absence more for each of the former.
    pub(crate) fn accepts(&mut self, draft: &Draft<'_>, annealing: &Annealing, rng: &mut Rng) -> bool {
        let sum = self.sum_of(draft.unplanned());
        for &visit in draft.unplanned() {
            let count = &mut self.absences[visit as usize];
            *count = count.saturating_add(1);
        }
        sum < self.sum || (sum == self.sum && draft.cost() < annealing.limit(draft.cost_before(), rng))
    }

    /// Notes which visits are unplanned after a step that was accepted or taken back.
    pub(crate) fn note(&mut self, draft: &Draft<'_>) {
        self.sum = self.sum_of(draft.unplanned());
    }

    /// Closes the tour whose visits were unplanned least often, if a plan with fewer tours is possible. The change is
    /// left to be committed.
    pub(crate) fn close_one(&mut self, draft: &mut Draft<'_>) {
        let used = draft.used_tours();
        // If patience had ended the search, a plan taken over from another worker is worth another try.
        self.over = used <= self.least || !self.try_to_close(draft);
        if !self.over {
            draft.most_tours = used - 1;
            self.closed_at = Some(self.gone);
            self.sum = self.sum_of(draft.unplanned());
        }
    }

    fn try_to_close(&self, draft: &mut Draft<'_>) -> bool {
        let hardness = |tour: &Tour| {
            let visits = tour.visits_and_options();
            visits.map(|(visit, _)| u64::from(self.absences[visit as usize])).sum::<u64>()
        };
        let used = (0..).zip(draft.tours()).filter(|(_, tour)| !tour.is_empty());
        let Some((shift, tour)) = used.min_by_key(|(_, tour)| (hardness(tour), tour.visits())) else {
            return false;
        };
        let positions: Vec<usize> = (0..tour.stops.len()).filter(|&at| tour.stops[at].is_visit()).collect();
        let closed = draft.remove(shift, &positions);
        if !closed {
            draft.roll_back();
        }
        closed
    }

    fn sum_of(&self, visits: &[u32]) -> u64 {
        visits.iter().map(|&visit| u64::from(self.absences[visit as usize])).sum()
    }
}

/// Lower bound on the number of tours of a plan that makes all visits: the total load divided by the largest capacity.
pub(super) fn least_tours(problem: &Facts) -> usize {
    let load: i64 = problem.visits.iter().map(|visit| i64::from(visit.load)).sum();
    let capacity = problem.shifts.iter().map(|shift| i64::from(shift.capacity)).max().unwrap_or(0).max(1);
    let tours = (load.max(0) as u64).div_ceil(capacity as u64) as usize;
    tours.max(usize::from(!problem.visits.is_empty()))
}
