//! Access to the search for benchmarks and fuzzing (feature `internals`): not part of the public API.

use crate::model::facts::Facts;
use crate::model::{Problem, RoutingProblem};
use crate::rules::{Evaluator, Schedule, TourSegment};
use crate::search::annealing::Annealing;
use crate::search::candidates::Candidates;
use crate::search::draft::Draft;
use crate::search::insertion::{Blinks, Insertion};
use crate::search::joint_insertion::decide_together;
use crate::search::moves::Moves;
use crate::search::proposal_trial::try_proposal;
use crate::search::repair_bias::RepairBias;
use crate::search::rng::Rng;
use crate::search::worker::Worker;
use std::collections::BTreeMap;

/// Most pairs of a removed visit and a shift that [`Lab::scan`] evaluates.
const MOST_SLOTS: usize = 2_000;

/// A worker of the search on a plan.
pub struct Lab<'p> {
    worker: Worker<'p>,
    taken: Vec<u32>,
    /// Pairs of a removed visit, by its day option, and a candidate shift whose tour has a neighbour of the visit.
    slots: Vec<(u32, u32)>,
}

// Each measured piece of work is a function that is not inlined, because instructions are counted by function name.
impl Lab<'_> {
    /// Inserts every visit at its cheapest place, one after the other, runs `warm_up` iterations, and hands the plan to
    /// `work`.
    pub fn with<T>(problem: &Problem, warm_up: u64, work: impl FnOnce(&mut Lab<'_>) -> T) -> T {
        Self::of_facts(&problem.facts, warm_up, work)
    }

    /// The same for an instance of vehicle routing.
    pub fn with_routes<T>(problem: &RoutingProblem, warm_up: u64, work: impl FnOnce(&mut Lab<'_>) -> T) -> T {
        Self::of_facts(&problem.facts, warm_up, work)
    }

    fn of_facts<T>(problem: &Facts, warm_up: u64, work: impl FnOnce(&mut Lab<'_>) -> T) -> T {
        let evaluator = Evaluator::new(problem);
        let candidates = Candidates::new(problem, &evaluator);
        work(&mut Lab::of_draft(Draft::empty(problem, &evaluator, &candidates), warm_up))
    }
}

impl<'p> Lab<'p> {
    /// A worker on a first plan made from an empty draft.
    fn of_draft(mut draft: Draft<'p>, warm_up: u64) -> Self {
        let problem = draft.problem;
        let mut blinks = Blinks::never();
        for visit in 0..draft.visit_count() as u32 {
            decide_together(&mut draft, &mut blinks, &RepairBias::NONE, visit);
            let found = draft.best_insertion(draft.option_of(visit), &mut blinks, &RepairBias::NONE);
            if let Some(found) = found.filter(|found| found.cost < problem.visits[visit as usize].unplanned) {
                draft.insert(&found);
            }
            draft.commit();
        }
        draft.evaluations = 0;
        let annealing = Annealing::from(&draft, true);
        let mut worker = Worker::new(draft, annealing, 1, 0);
        worker.run(warm_up, &|iterations| Some(iterations as f64 / warm_up.max(1) as f64));
        Self { worker, taken: Vec::new(), slots: Vec::new() }
    }

    /// Number of visits to plan.
    pub fn visits(&self) -> usize {
        self.worker.draft.visit_count()
    }

    /// Average number of visits of a tour that has any, and number of such tours.
    pub fn tours(&self) -> (f64, usize) {
        let draft = &self.worker.draft;
        let used = draft.used_tours();
        ((draft.visit_count() - draft.unplanned().len()) as f64 / used.max(1) as f64, used)
    }

    /// Cost of the plan. A change of the code that should not change the search must not change this cost.
    pub fn cost(&self) -> i64 {
        self.worker.draft.cost()
    }

    /// Runs iterations of the worker. Returns the number of positions evaluated.
    #[inline(never)]
    pub fn steps(&mut self, steps: u64) -> u64 {
        let before = self.worker.draft.evaluations;
        for _ in 0..steps {
            self.worker.step();
        }
        self.worker.draft.evaluations - before
    }

    /// Takes every 20th visit out for good, so that [`Lab::scan`] and [`Lab::best_insertion`] have something to place.
    /// Returns the number of visits taken out.
    #[inline(never)]
    pub fn take_out(&mut self) -> usize {
        let draft = &mut self.worker.draft;
        for visit in (0..draft.visit_count() as u32).step_by(20) {
            let Some(shift) = draft.shift_of(visit) else { continue };
            if let Some(position) = draft.tour(shift).position(visit) {
                if draft.remove(shift, &[position]) {
                    draft.commit();
                    self.taken.push(visit);
                } else {
                    draft.roll_back();
                }
            }
        }
        for &visit in &self.taken {
            let option = draft.option_of(visit);
            let near = draft.candidates.near_visits(option).iter();
            let mut shifts: Vec<u32> = near
                .filter_map(|&near| draft.shift_of(near))
                .filter(|shift| draft.candidates.shifts(option).contains(shift))
                .collect();
            shifts.sort_unstable();
            shifts.dedup();
            self.slots.extend(shifts.into_iter().map(|shift| (option, shift)));
        }
        let every = self.slots.len().div_ceil(MOST_SLOTS).max(1);
        self.slots = self.slots.iter().copied().step_by(every).collect();
        self.taken.len()
    }

    /// Evaluates every position of the removed visits in the tours near them, without the insertion cache. Returns the
    /// number of positions evaluated.
    #[inline(never)]
    pub fn scan(&mut self) -> u64 {
        let draft = &mut self.worker.draft;
        let before = draft.evaluations;
        for &(option, shift) in &self.slots {
            let mut best = Insertion::nowhere(option);
            draft.scan(shift, option, 0, &mut Blinks::never(), &mut best);
            std::hint::black_box(best);
        }
        draft.evaluations - before
    }

    /// Finds the best insertion of every removed visit, as the search does: the insertion cache answers for a tour that
    /// has not changed.
    #[inline(never)]
    pub fn best_insertion(&mut self) {
        let draft = &mut self.worker.draft;
        for &visit in &self.taken {
            let option = draft.option_of(visit);
            std::hint::black_box(draft.best_insertion(option, &mut Blinks::never(), &RepairBias::NONE));
        }
    }

    /// Edits a copy of the draft as a string of bytes says, two bytes for each edit (insertions, removals, breaks,
    /// proposals of all kinds), and compares it with full recomputation each time. Counts the edits in `seen`.
    ///
    /// # Panics
    /// Where the draft and full recomputation disagree.
    pub fn edit(&self, bytes: &[u8], seen: &mut Edits) {
        let draft = &mut self.worker.draft.clone();
        let visits = draft.visit_count() as u32;
        if visits == 0 {
            return;
        }
        let moves = Moves::new(draft);
        draft.assert_sound();
        for (nth, pair) in bytes.chunks_exact(2).enumerate() {
            let visit = u32::from(pair[1]) % visits;
            let shift = draft.shift_of(visit);
            let done = match (pair[0] % 8, shift) {
                (0 | 1, None) => {
                    let option = draft.option_of(visit);
                    let found = draft.best_insertion(option, &mut Blinks::never(), &RepairBias::NONE);
                    if let Some(insertion) = found {
                        draft.insert(&insertion);
                    }
                    ("insertion", found.is_some())
                }
                (0..=2, Some(shift)) => {
                    let position = draft.tour(shift).position(visit).unwrap_or_default();
                    let until =
                        (position + 1 + usize::from(pair[0] / 64)).min(draft.tour(shift).stops.len() - 1);
                    let positions: Vec<usize> = (position..until).collect();
                    let removed = draft.remove(shift, &positions);
                    if !removed {
                        draft.roll_back();
                    }
                    ("removal", removed)
                }
                (3, Some(shift)) => {
                    draft.place_break(shift);
                    ("break", true)
                }
                (4, _) => {
                    draft.commit();
                    ("commit", true)
                }
                (5, _) => {
                    draft.roll_back();
                    ("roll-back", true)
                }
                (kind @ (6 | 7), _) => {
                    let mut rng = Rng::new(u64::from(pair[0]) << 8 | u64::from(pair[1]), nth);
                    match try_proposal(draft, &moves, &mut rng, kind == 6) {
                        Some(tried) => tried,
                        None => continue,
                    }
                }
                _ => continue,
            };
            *seen.entry(done).or_default() += 1;
            draft.assert_sound();
        }
    }
}

impl Lab<'static> {
    /// A worker on a first plan of a problem. The problem is leaked, so that it lives for the rest of the program.
    pub fn kept(problem: Problem) -> Self {
        let problem: &'static Facts = &Box::leak(Box::new(problem)).facts;
        let evaluator = Box::leak(Box::new(Evaluator::new(problem)));
        let candidates = Box::leak(Box::new(Candidates::new(problem, evaluator)));
        Self::of_draft(Draft::empty(problem, evaluator, candidates), 0)
    }
}

/// How often each kind of edit was feasible (or not).
pub type Edits = BTreeMap<(&'static str, bool), u64>;

/// A row of segments to be merged, as in a tour.
pub struct Runs([TourSegment; 16]);

impl Runs {
    /// Plausible segments of one visit each: half an hour of care, with windows that open an hour and a half apart.
    pub fn new() -> Self {
        let run = |i: usize| {
            let open = 25_200 + 5_400 * i as i32;
            TourSegment::single(Schedule::visit(1_800, open, open + 10_800))
        };
        Self(std::array::from_fn(run))
    }

    /// Merges them from first to last, several times. Returns the number of merges.
    #[inline(never)]
    pub fn merge(&self, times: u64) -> u64 {
        for _ in 0..times {
            let [first, others @ ..] = std::hint::black_box(&self.0);
            std::hint::black_box(others.iter().fold(*first, |run, next| run.merge(300, *next)));
        }
        times * (self.0.len() as u64 - 1)
    }
}

impl Default for Runs {
    fn default() -> Self {
        Self::new()
    }
}
