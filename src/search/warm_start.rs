//! From a plan to a draft: what still fits is kept; what does not is reported and stays unplanned.

use super::draft::Draft;
use super::insertion::{Blinks, Insertion};
use crate::error::Mistake;
use crate::model::plan::{Plan, Stop as PlanStop, Tour as PlanTour};
use crate::model::problem::{Problem, Task};
use crate::rules::{BreakAt, Part, Proposal};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

impl Draft<'_> {
    /// Starts from a plan. Returns what of it could not be kept. `problem` is what the facts of the draft were made from.
    ///
    /// # Complexity
    /// Linear in the plan.
    pub(crate) fn start_from(&mut self, plan: &Plan, problem: &Problem) -> Vec<Mistake> {
        let mut broken = Vec::new();
        let index = Index::new(problem);
        self.take_patterns(plan, problem);
        for (i, tour) in plan.tours.iter().enumerate() {
            self.take_tour(&index, &format!("tours[{i}]"), tour, &mut broken);
        }
        self.commit();
        broken
    }

    /// Chooses for each block of visits a day pattern with the days that the plan uses, if there is
    /// one.
    fn take_patterns(&mut self, plan: &Plan, problem: &Problem) {
        let used: FxHashSet<_> = plan
            .tours
            .iter()
            .flat_map(|tour| tour.stops.iter().filter_map(|stop| Some(Task::in_plan(tour, stop)?.0)))
            .collect();
        for option in self.problem.options_with_most(|option| used.contains(&problem.name_of(option))) {
            self.choose(self.problem.options[option as usize].visit, option);
        }
    }

    fn take_tour(&mut self, index: &Index<'_>, path: &str, tour: &PlanTour, broken: &mut Vec<Mistake>) {
        let mut say = |path: String, problem: String| {
            broken.push(Mistake::new(path, problem, "its visits are planned anew"));
        };
        let start = index.problem.calendar().elapsed(tour.shift);
        let Some(&shift) = index.shifts.get(&(tour.nurse.as_str(), start)) else {
            say(
                path.to_owned(),
                format!("nurse {:?} has no shift that starts at {}", tour.nurse, tour.shift),
            );
            return;
        };
        let facts = &self.problem.shifts[shift as usize];
        if !self.tour(shift).is_empty() {
            say(
                path.to_owned(),
                format!("a second tour for the shift of {:?} at {}", tour.nurse, tour.shift),
            );
            return;
        }
        let (mut parts, mut options) = (Vec::new(), Vec::new());
        let back = index.problem.calendar().elapsed(tour.back);
        let mut break_at = if facts.break_facts.is_some() { BreakAt::After } else { BreakAt::Nowhere };
        for (j, stop) in tour.stops.iter().enumerate() {
            let path = format!("{path}.stops[{j}]");
            match stop {
                PlanStop::Break(on_break) => match facts.break_facts {
                    Some(_) if options.is_empty() => break_at = BreakAt::Before,
                    Some(_) if index.problem.calendar().elapsed(on_break.start) >= back => {}
                    Some(_) if break_at != BreakAt::Inside => {
                        break_at = BreakAt::Inside;
                        parts.push(Part::Break);
                    }
                    _ => {}
                },
                PlanStop::Visit(_) | PlanStop::Meeting(_) => {
                    let Some((key, _)) = Task::in_plan(tour, stop) else { continue };
                    match index
                        .find(self, key)
                        .ok_or_else(|| "no such visit, or it is planned twice".to_owned())
                        .and_then(|option| self.admits(option, facts.nurse, &options).map(|()| option))
                    {
                        Ok(option) => {
                            options.push(option);
                            parts.push(Part::Visit(option));
                        }
                        Err(why) => say(path, format!("{} on {}: {why}", key.0, key.1)),
                    }
                }
            }
        }
        if options.is_empty() {
            return;
        }
        let mut proposal = Proposal::default();
        proposal.tour(shift, break_at);
        for part in parts {
            proposal.part(part);
        }
        if self.apply(&proposal).is_some() {
            return;
        }
        // As it stands the tour breaks a window: keep what can be inserted, in order. All places are of
        // one nurse, so what the visit costs with her is added to the best only.
        for option in options {
            let mut best = Insertion::nowhere(option);
            self.scan(shift, option, 0, &mut Blinks::never(), &mut best);
            let base = self.assign_delta(option, facts.nurse);
            let Some((mut best, base)) = best.found().zip(base) else {
                let visit = self.problem.options[option as usize].visit;
                let what = match index.problem.task(visit) {
                    Task::Care { care, .. } => format!("care {care:?}"),
                    Task::Meeting { meeting, .. } => format!("meeting {meeting:?}"),
                };
                say(path.to_owned(), format!("{what} does not fit its window in this tour"));
                continue;
            };
            best.cost += base;
            self.insert(&best);
            self.place_break(shift);
        }
    }

    /// Whether a nurse may make a visit, given the faces so far and those of the tour being read.
    fn admits(&self, option: u32, nurse: u32, so_far: &[u32]) -> Result<(), String> {
        let visit = self.problem.options[option as usize].visit;
        let client = self.problem.visits[visit as usize].client;
        if so_far.iter().any(|&o| self.problem.options[o as usize].visit == visit) {
            return Err("planned twice".to_owned());
        }
        if !self.evaluator.pairs_up(option, nurse) {
            return Err("this nurse may not make the visit".to_owned());
        }
        let is_in = |other: u32| so_far.iter().any(|&o| self.problem.options[o as usize].visit == other);
        if self.evaluator.any_excluded(visit, is_in) {
            return Err("must not be in one tour with a visit before it".to_owned());
        }
        let is_of_client =
            |&option: &u32| self.client_of(self.problem.options[option as usize].visit) == client;
        match self.why_refused(option, nurse) {
            Some(why) if !so_far.iter().any(is_of_client) => Err(format!("the nurse {why}")),
            _ => Ok(()),
        }
    }
}

/// The shifts and day options to which the ids of a plan refer.
struct Index<'p> {
    problem: &'p Problem,
    shifts: FxHashMap<(&'p str, i64), u32>,
    options: FxHashMap<(Task<'p>, Date), Vec<u32>>,
}

impl<'p> Index<'p> {
    fn new(problem: &'p Problem) -> Self {
        let mut shifts = FxHashMap::default();
        for (i, shift) in problem.facts.shifts.iter().enumerate() {
            shifts.insert((problem.nurse_id(shift.nurse), i64::from(shift.start)), i as u32);
        }
        let mut options: FxHashMap<_, Vec<u32>> = FxHashMap::default();
        for option in 0..problem.facts.options.len() as u32 {
            options.entry(problem.name_of(option)).or_default().push(option);
        }
        Self { problem, shifts, options }
    }

    /// The option of a visit that is not planned yet.
    fn find(&self, draft: &Draft<'_>, key: (Task<'_>, Date)) -> Option<u32> {
        let options = self.options.get(&key)?;
        options.iter().copied().find(|&o| {
            let visit = draft.problem.options[o as usize].visit;
            draft.option_of(visit) == o && !draft.is_planned(visit)
        })
    }
}
