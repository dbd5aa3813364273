//! Other plans that differ in kind: each is better at one thing, and none is worse than another at everything.

use super::cancel::Cancel;
use super::options::{DEFAULT_SECONDS, Options};
use super::outcome::{Progress, Run};
use super::planner::Planner;
use crate::check::{check_fitting, measures};
use crate::error::Result;
use crate::model::{Aim, CostByTerm, Document, Plan, Problem, Term, TravelTimes};
use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};

/// What a plan is worth: its cost at the prices of the document, and what it measures by every aim. All of it is the second
/// opinion's ([`check`](crate::check())).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    /// Cost by term.
    pub cost: CostByTerm,
    measures: [i64; Aim::ALL.len()],
}

impl Worth {
    fn of(document: &Document, times: &TravelTimes, plan: &Plan) -> Result<Self> {
        let cost = check_fitting(document, times, plan)?.cost;
        Ok(Self { cost, measures: measures(document, times, plan)? })
    }

    /// What the plan measures by an aim: a count, or minutes; less is better.
    pub fn measure(&self, aim: Aim) -> f64 {
        self.measures[aim as usize] as f64 / 60_000.0
    }

    /// Whether it is better than another at something and worse at nothing: cost in all, cost of visits left out, and each aim.
    pub fn dominates(&self, other: &Self) -> bool {
        self != other && self.all().zip(other.all()).all(|(own, others)| own <= others)
    }

    fn all(&self) -> impl Iterator<Item = i64> {
        [self.cost.total(), self.cost[Term::Unplanned]].into_iter().chain(self.measures)
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
pub enum Without {
    /// None was found that is better at it without leaving out more.
    NotBetter,
    /// The one that was found is no better at anything than the plan itself, or than the alternative for another aim, and worse at
    /// something; or just as good.
    Dominated,
    /// Somebody stopped the search before its turn.
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
    /// The other aims.
    pub without: Vec<(Aim, Without)>,
}

impl Planner {
    /// Looks for plans that differ in kind from a plan, one for each [`Aim`]: fewer faces, fewer new faces, care closer to the
    /// clients' hours, fairer hours, less road.
    ///
    /// For each aim it plans again from the plan at prices shifted towards it, and values what it finds at the prices of
    /// the document. An alternative is better at its aim than the plan, does not leave out dearer visits, and is not
    /// dominated ([`Worth::dominates`]). One may dominate the plan: then that was not searched for long enough.
    ///
    /// The seconds of `options` are for all searches together (default 30), the iterations for each; its circles are not asked.
    /// With iterations and without seconds the answer is the same whatever the number of threads.
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
        self.check(options)?;
        let (document, times) = (self.problem().document(), self.problem().times());
        let worth = Worth::of(document, times, plan)?;
        let mut options = Options { circles: None, ..options.clone() };
        let seconds = options.seconds.or(options.iterations.is_none().then_some(DEFAULT_SECONDS));
        options.seconds = seconds.map(|seconds| seconds / Aim::ALL.len() as f64);
        let mut without = Vec::new();
        let mut candidates = Vec::new();
        for aim in Aim::ALL {
            if cancel.is_cancelled() {
                without.push((aim, Without::Stopped));
                continue;
            }
            let problem = Problem::new(&aim.shifted(document), times.clone())?;
            let planner = self.of(problem, &|| cancel.is_cancelled())?;
            let outcome = planner.solve(&options, Some(plan), cancel, |now| progress(aim, now))?;
            let found = Worth::of(document, times, &outcome.plan)?;
            let better = found.measures[aim as usize] < worth.measures[aim as usize];
            if better && found.cost[Term::Unplanned] <= worth.cost[Term::Unplanned] {
                candidates.push(Alternative { aim, plan: outcome.plan, worth: found, run: outcome.run });
            } else {
                without.push((aim, Without::NotBetter));
            }
        }
        let all: Vec<Worth> = [worth].into_iter().chain(candidates.iter().map(|found| found.worth)).collect();
        let kept = undominated(&all, Worth::dominates);
        let mut found = Vec::new();
        for (candidate, kept) in candidates.into_iter().zip(&kept[1..]) {
            match kept {
                true => found.push(candidate),
                false => without.push((candidate.aim, Without::Dominated)),
            }
        }
        without.sort_unstable_by_key(|(aim, _)| *aim);
        Ok(Alternatives { worth, found, without })
    }
}

/// Which of some are dominated by none of them, and equal to none before them.
///
/// # Complexity
/// The square of their number.
fn undominated<T: PartialEq>(all: &[T], dominates: impl Fn(&T, &T) -> bool) -> Vec<bool> {
    let is_kept = |(number, one): (usize, &T)| {
        all.iter().all(|other| !dominates(other, one)) && all[..number].iter().all(|before| before != one)
    };
    all.iter().enumerate().map(is_kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn worth(values: [i64; 7]) -> Worth {
        let mut cost = CostByTerm::default();
        (cost[Term::Unplanned], cost[Term::Travel]) = (values[1], values[0] - values[1]);
        Worth { cost, measures: [values[2], values[3], values[4], values[5], values[6]] }
    }

    #[test]
    fn a_plan_that_is_worse_at_something_does_not_dominate() {
        let plan = worth([10, 0, 3, 3, 3, 3, 3]);
        assert!(worth([10, 0, 2, 3, 3, 3, 3]).dominates(&plan));
        assert!(!worth([9, 0, 2, 3, 3, 3, 4]).dominates(&plan));
        assert!(!plan.dominates(&plan));
    }

    proptest! {
        // Small numbers, so that many are equal or dominated.
        #[test]
        fn what_is_left_is_not_dominated_and_covers_what_is_not(
            all in prop::collection::vec(prop::array::uniform7(0..3i64), 0..12)
        ) {
            let all: Vec<Worth> = all.into_iter().map(worth).collect();
            let kept = undominated(&all, Worth::dominates);
            let left: Vec<&Worth> = all.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(one, _)| one).collect();
            prop_assert_eq!(left.is_empty(), all.is_empty());
            for (number, one) in left.iter().enumerate() {
                prop_assert!(all.iter().all(|other| !other.dominates(one)));
                prop_assert!(left[..number].iter().all(|other| other != one));
            }
            for (one, _) in all.iter().zip(&kept).filter(|(_, kept)| !**kept) {
                prop_assert!(left.iter().any(|other| other.dominates(one) || *other == one));
            }
        }
    }
}
