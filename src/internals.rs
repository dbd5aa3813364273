//! A door for benches and fuzzing (feature `internals`): not part of the public promise.

use crate::model::problem::Problem;
use crate::rules::Evaluator;
use crate::rules::schedule::Schedule;
use crate::rules::segment::{Segment, TourSegment};
use crate::search::annealing::Annealing;
use crate::search::candidates::Candidates;
use crate::search::draft::Draft;
use crate::search::insertion::{Blinks, NOT_IN};
use crate::search::recreate::construct;
use crate::search::worker::Worker;

/// A worker on a constructed plan.
pub struct Lab<'p> {
    worker: Worker<'p>,
    taken: Vec<u32>,
}

impl Lab<'_> {
    /// Constructs a plan, iterates `warm_up` times, and hands it over.
    pub fn with<T>(problem: &Problem, warm_up: u64, work: impl FnOnce(&mut Lab<'_>) -> T) -> T {
        let evaluator = Evaluator::new(problem);
        let candidates = Candidates::new(problem, &evaluator);
        let mut draft = Draft::empty(problem, &evaluator, &candidates);
        construct(&mut draft, &mut || false);
        draft.evaluations = 0;
        let annealing = Annealing::from(&draft, true);
        let mut worker = Worker::new(draft, annealing, 1, 0);
        worker.run(warm_up, &|iterations| Some(iterations as f64 / warm_up.max(1) as f64));
        work(&mut Lab { worker, taken: Vec::new() })
    }

    /// One step of ruin and recreate. Returns the positions evaluated.
    pub fn step(&mut self) -> u64 {
        let before = self.worker.draft.evaluations;
        self.worker.step();
        self.worker.draft.evaluations - before
    }

    /// Takes every 20th visit out for good, so that [`Lab::evaluate`] has something to place.
    pub fn take_out(&mut self) {
        let draft = &mut self.worker.draft;
        for visit in (0..draft.shift_of.len() as u32).step_by(20) {
            let shift = draft.shift_of[visit as usize];
            let position = (shift != NOT_IN).then(|| draft.tours[shift as usize].position(visit)).flatten();
            if let Some(position) = position {
                draft.remove(shift, &[position]);
                draft.commit();
                self.taken.push(visit);
            }
        }
    }

    /// Looks for the best place of every visit taken out. Returns the positions evaluated.
    pub fn evaluate(&mut self) -> u64 {
        let draft = &mut self.worker.draft;
        let before = draft.evaluations;
        for &visit in &self.taken {
            std::hint::black_box(draft.best_insertion(
                draft.chosen[visit as usize],
                &mut Blinks::never(),
                &crate::search::aim::Aim::NONE,
            ));
        }
        draft.evaluations - before
    }

    /// Does to a draft what a string of bytes says, and compares with full recomputation each time.
    pub fn edit(&mut self, bytes: &[u8]) {
        let draft = &mut self.worker.draft;
        let visits = draft.shift_of.len() as u32;
        if visits == 0 {
            return;
        }
        draft.assert_sound();
        for pair in bytes.chunks_exact(2) {
            let visit = u32::from(pair[1]) % visits;
            let shift = draft.shift_of[visit as usize];
            match pair[0] % 6 {
                0 | 1 if shift == NOT_IN => {
                    let found = draft.best_insertion(
                        draft.chosen[visit as usize],
                        &mut Blinks::never(),
                        &crate::search::aim::Aim::NONE,
                    );
                    if let Some(insertion) = found {
                        draft.insert(&insertion);
                    }
                }
                0..=2 if shift != NOT_IN => {
                    let position = draft.tours[shift as usize].position(visit).unwrap_or_default();
                    let until = (position + 1 + usize::from(pair[0] / 64))
                        .min(draft.tours[shift as usize].stops.len() - 1);
                    let positions: Vec<usize> = (position..until).collect();
                    if !draft.remove(shift, &positions) {
                        draft.roll_back();
                    }
                }
                3 if shift != NOT_IN => draft.place_break(shift),
                4 => draft.commit(),
                5 => draft.roll_back(),
                _ => {}
            }
            draft.assert_sound();
        }
    }
}

/// Two runs of visits to be merged, as a bench does.
#[derive(Clone, Copy)]
pub struct Runs(TourSegment, TourSegment);

impl Runs {
    /// Two plausible runs.
    pub fn new() -> Self {
        Self(
            TourSegment::single(Schedule::visit(1800, 25_200, 36_000)),
            TourSegment::single(Schedule::visit(2400, 28_800, 39_600)),
        )
    }

    /// Merges them; returns the duration.
    pub fn merge(self, leg: i32) -> i32 {
        self.0.merge(leg, self.1).schedule.duration
    }
}

impl Default for Runs {
    fn default() -> Self {
        Self::new()
    }
}
