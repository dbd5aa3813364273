//! Alternative plans that differ in kind: each serves one aim better than the given plan, and none dominates another.

use super::cancel::Cancel;
use super::options::{DEFAULT_SECONDS, Options};
use super::outcome::Outcome;
use super::outcome::{Progress, Run};
use super::planner::Planner;
use super::prepared::Parts;
use super::run::{Search, solve_plainly};
use crate::check::{check_fitting, measures};
use crate::error::{Result, Stop};
use crate::model::{Aim, CostByTerm, Plan, Problem};
use crate::rules::Evaluator;
use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};
use std::time::{Duration, Instant};

/// What a plan is worth: its cost at the prices of the document, and its measure by every aim. All figures are
/// recomputed by [`check`](crate::check()).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    /// Cost by term. In milliseconds of a nurse's time.
    pub cost: CostByTerm,
    measures: [i64; Aim::ALL.len()],
}

impl Worth {
    fn of(problem: &Problem, plan: &Plan) -> Result<Self> {
        let (document, times) = (problem.document(), problem.times());
        let cost = check_fitting(document, times, plan, problem.published())?.cost;
        Ok(Self { cost, measures: measures(document, times, plan)? })
    }

    /// What the plan measures by an aim; less is better, and 0 is the least.
    ///
    /// # Units
    /// A number of faces for [`Aim::FewerFaces`] and [`Aim::FewerNewFaces`]; minutes for the other aims. [`Aim::words`] says
    /// which in words.
    pub fn measure(&self, aim: Aim) -> f64 {
        self.measures[aim as usize] as f64 / 60_000.0
    }

    /// Whether it is better than another in at least one respect and worse in none. The respects are total cost, cost
    /// of visits left out, and each aim.
    pub fn dominates(&self, other: &Self) -> bool {
        !self.is_as_good_as(other) && self.all().zip(other.all()).all(|(own, others)| own <= others)
    }

    fn is_as_good_as(&self, other: &Self) -> bool {
        self.all().eq(other.all())
    }

    fn all(&self) -> impl Iterator<Item = i64> {
        [self.cost.total(), self.cost.left_out()].into_iter().chain(self.measures)
    }
}

impl Serialize for Worth {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Worth", 2)?;
        object.serialize_field("cost", &self.cost)?;
        object.serialize_field("measures", &Measures(self))?;
        object.end()
    }
}

struct Measures<'a>(&'a Worth);

impl Serialize for Measures<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(Aim::ALL.len()))?;
        for aim in Aim::ALL {
            object.serialize_entry(aim.name(), &self.0.measure(aim))?;
        }
        object.end()
    }
}

/// A plan that is better at one thing.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Alternative {
    /// What it is better at.
    pub aim: Aim,
    /// The plan. It breaks no hard rule.
    pub plan: Plan,
    /// What it is worth.
    pub worth: Worth,
    /// How the search went.
    pub run: Run,
}

/// Why there is no alternative for an aim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoAlternative {
    /// No plan was found that is better at it and whose visits left out cost no more.
    NotBetter,
    /// A plan was found that is better at it, but another plan is at least as good as that one in every respect: in total cost, in the
    /// cost of visits left out, and by every aim. The other plan is the alternative for another aim.
    Dominated,
    /// The search was cancelled, or its time was over, before the aim's turn came.
    Stopped,
}

/// Plans that differ in kind from a given one.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Alternatives {
    /// What the given plan is worth.
    pub worth: Worth,
    /// The alternatives, in the order of [`Aim::ALL`]: none dominates another, and the given plan dominates none.
    pub found: Vec<Alternative>,
    /// The aims for which there is no alternative, in the order of [`Aim::ALL`], and why.
    pub without: Vec<(Aim, NoAlternative)>,
}

impl Planner {
    /// Looks for plans that differ in kind from a plan, one for each [`Aim`]: fewer faces, fewer new faces, care closer to the
    /// clients' hours, fairer hours, less road.
    ///
    /// For each aim, it plans again from the plan at prices shifted towards the aim, and values the new plan at the
    /// prices of the document. An alternative is better at its aim than the plan, does not leave out dearer visits, and
    /// is not dominated ([`Worth::dominates`]). An alternative may dominate the plan: then the plan was not searched
    /// for long enough.
    ///
    /// Where the problem has [a published plan](Problem::with_published), changes of it are priced in all alternatives.
    ///
    /// The seconds of `options` are for the whole call (default 30), preparation included; the iterations are for each
    /// search. Its circles are ignored. With iterations and without seconds the answer is the same whatever the number
    /// of threads.
    ///
    /// # Errors
    /// As [`Planner::solve`]; kind `Plan` for a plan that is not of this document. (A plan that breaks a rule is mended by the search.)
    pub fn alternatives(
        &self,
        plan: &Plan,
        options: &Options,
        cancel: &Cancel,
        mut progress: impl FnMut(Aim, &Progress),
    ) -> Result<Alternatives> {
        let begin = Instant::now();
        let mut options = Options { circles: None, ..self.with_threads_of_pool(options) };
        options.check()?;
        let seconds = options.seconds.or(options.iterations.is_none().then_some(DEFAULT_SECONDS));
        let until = seconds.map(|seconds| begin + Duration::from_secs_f64(seconds));
        let worth = Worth::of(self.problem(), plan)?;
        // Longest time so far that a turn took beside its search, to find out what a plan is worth.
        let mut beside = begin.elapsed();
        let mut without = Vec::new();
        let mut candidates = Vec::new();
        for (at, aim) in Aim::ALL.into_iter().enumerate() {
            // Each aim gets an equal share of the time that is left, so that all aims gain the time that one search
            // does not need, and bear that of the preparation.
            let turn = Instant::now();
            let left = until.map(|until| until.saturating_duration_since(turn));
            let share = left.map(|left| (left / (Aim::ALL.len() - at) as u32).saturating_sub(beside));
            options.seconds = share.map(|share| share.as_secs_f64());
            let is_over = cancel.is_cancelled() || share.is_some_and(|share| share.is_zero());
            let over = || cancel.is_cancelled() || until.is_some_and(|until| Instant::now() >= until);
            let outcome = match is_over {
                true => None,
                false => {
                    self.plan_for(aim, plan, &options, (cancel, &over), &mut |now| progress(aim, now))?
                }
            };
            let Some(outcome) = outcome else {
                without.push((aim, NoAlternative::Stopped));
                continue;
            };
            let found = Worth::of(self.problem(), &outcome.plan)?;
            beside = beside.max(turn.elapsed().saturating_sub(share.unwrap_or_default()));
            let better = found.measures[aim as usize] < worth.measures[aim as usize];
            if better && found.cost.left_out() <= worth.cost.left_out() {
                candidates.push(Alternative { aim, plan: outcome.plan, worth: found, run: outcome.run });
            } else {
                without.push((aim, NoAlternative::NotBetter));
            }
        }
        let all: Vec<Worth> = [worth].into_iter().chain(candidates.iter().map(|found| found.worth)).collect();
        let kept = undominated(&all);
        let mut found = Vec::new();
        for (candidate, kept) in candidates.into_iter().zip(&kept[1..]) {
            match kept {
                true => found.push(candidate),
                false => without.push((candidate.aim, NoAlternative::Dominated)),
            }
        }
        without.sort_unstable_by_key(|(aim, _)| *aim);
        Ok(Alternatives { worth, found, without })
    }

    /// Searches from a plan, at prices shifted towards an aim; `None` where `over` said so before the search began.
    fn plan_for(
        &self,
        aim: Aim,
        plan: &Plan,
        options: &Options,
        (cancel, over): (&Cancel, Stop<'_>),
        progress: &mut dyn FnMut(&Progress),
    ) -> Result<Option<Outcome>> {
        let begin = Instant::now();
        let Some(own) = self.core.parts_until(over) else { return Ok(None) };
        let mut problem =
            Problem::new(&aim.shifted(self.problem().document()), self.problem().times().clone())?;
        if let Some(published) = self.problem().published() {
            problem = problem.with_published(published);
        }
        let evaluator = Evaluator::new(&problem.facts);
        // An aim changes prices and no hard rule, so the candidate lists stay valid.
        let parts = Parts { facts: &problem.facts, evaluator: &evaluator, candidates: own.candidates };
        let threads = self.threads(options.threads)?;
        let search = Search { begin, options, threads: &threads, cancel, core: Some(&self.core) };
        solve_plainly(&problem, parts, &search, Some(plan), progress).map(Some)
    }
}

/// Marks those that none of the others dominates and that are not merely as good as an earlier one.
///
/// # Complexity
/// The square of their number.
fn undominated(all: &[Worth]) -> Vec<bool> {
    let is_kept = |(number, one): (usize, &Worth)| {
        all.iter().all(|other| !other.dominates(one))
            && all[..number].iter().all(|before| !before.is_as_good_as(one))
    };
    all.iter().enumerate().map(is_kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Term;
    use proptest::prelude::*;

    /// The cost in all, that of visits left out, the measures, and how much of the rest of the cost is waiting.
    fn worth([total, left_out, faces, new_faces, hours, load, road, waiting]: [i64; 8]) -> Worth {
        let mut cost = CostByTerm::default();
        cost[Term::Unplanned] = left_out;
        cost[Term::Waiting] = waiting;
        cost[Term::Travel] = total - left_out - waiting;
        Worth { cost, measures: [faces, new_faces, hours, load, road] }
    }

    #[test]
    fn a_plan_that_is_worse_at_something_does_not_dominate() {
        let plan = worth([10, 0, 3, 3, 3, 3, 3, 0]);
        assert!(worth([10, 0, 2, 3, 3, 3, 3, 0]).dominates(&plan));
        assert!(!worth([9, 0, 2, 3, 3, 3, 4, 0]).dominates(&plan));
        assert!(!plan.dominates(&plan));
        // The same in other terms is no better.
        assert!(!worth([10, 0, 3, 3, 3, 3, 3, 2]).dominates(&plan));
    }

    proptest! {
        // Small numbers, so that many are equal or dominated.
        #[test]
        fn what_is_left_is_not_dominated_and_covers_what_is_not(
            all in prop::collection::vec(prop::array::uniform8(0..3i64), 0..12)
        ) {
            let all: Vec<Worth> = all.into_iter().map(worth).collect();
            let kept = undominated(&all);
            let left: Vec<&Worth> = all.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(one, _)| one).collect();
            prop_assert_eq!(left.is_empty(), all.is_empty());
            for (number, one) in left.iter().enumerate() {
                prop_assert!(all.iter().all(|other| !other.dominates(one)));
                prop_assert!(left[..number].iter().all(|other| !other.is_as_good_as(one)));
            }
            for (one, _) in all.iter().zip(&kept).filter(|(_, kept)| !**kept) {
                prop_assert!(left.iter().any(|other| other.dominates(one) || other.is_as_good_as(one)));
            }
        }
    }
}
