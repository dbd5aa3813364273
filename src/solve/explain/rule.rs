//! The price of a rule: what plans cost with it and without it.

use super::super::bound::BoundOptions;
use super::super::cancel::Cancel;
use super::super::options::{DEFAULT_SECONDS, Options};
use super::super::outcome::Progress;
use super::super::planner::Planner;
use super::relax::relax_all;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::Plan;
use crate::model::explanation::{PlanCost, Relaxation, RulePriced};
use std::time::Instant;

impl Planner {
    /// What a rule costs: the plan is improved with it and without it, and the two are compared.
    ///
    /// First the plan is improved with the rule, so that gains that the rule does not prevent are not attributed to it.
    /// From there, two searches of equal length continue, one with the rule and one without it. The seconds of
    /// `options` are for these three searches together (default 30), the iterations for each. The price is the
    /// difference between the plans that the last two found. It is no proof: longer searches may find another. With
    /// `bound`, a bound on plans without the rule is looked for as well, and [`RulePriced::at_most`] is proven for the
    /// plan with the rule.
    ///
    /// # Errors
    /// As [`Planner::solve`] and [`Planner::bound`]; kind `Options` for windows and pins if the planner has planned
    /// again after events: there, they keep the past as it was.
    ///
    /// # Complexity
    /// Three searches, then as long as the limits of the bound allow.
    pub fn price_of_rule(
        &self,
        plan: &Plan,
        rule: Relaxation,
        options: &Options,
        bound: Option<&BoundOptions>,
        cancel: &Cancel,
        mut progress: impl FnMut(&Progress),
    ) -> Result<RulePriced> {
        let begin = Instant::now();
        let options = &self.with_threads_of_pool(options);
        options.check()?;
        let seconds = options.seconds.or(options.iterations.is_none().then_some(DEFAULT_SECONDS));
        let mut problem = self.problem().clone();
        let keeps_past = matches!(rule, Relaxation::Window { .. } | Relaxation::Pins);
        if keeps_past && !problem.facts.published.is_empty() {
            let mistake =
                Mistake::new("rule", "windows and pins keep the past as it was", "ask before the events");
            return Err(Error::new(ErrorKind::Options, mistake));
        }
        let clients = problem.document().clients.len();
        relax_all(&mut problem.facts, clients, rule);
        let without = self.of(problem);
        // Made ready before the time is divided, so that the searches with and without the rule last equally long.
        let gone = || begin.elapsed().as_secs_f64();
        let _ =
            without.core.parts_until(&|| cancel.is_cancelled() || seconds.is_some_and(|most| gone() >= most));
        // An equal part of the time that is left for so many searches, less the time `beside` that each needs after its
        // limit.
        let part = |searches: f64, beside: f64| {
            let left = seconds.map(|seconds| (seconds - gone()) / searches - beside);
            Options { seconds: left.map(|left| left.max(f64::MIN_POSITIVE)), ..options.clone() }
        };
        let (of_first, turn) = (part(3.0, 0.0), Instant::now());
        let first = self.solve(&of_first, Some(plan), cancel, &mut progress)?;
        let beside = turn.elapsed().as_secs_f64() - of_first.seconds.unwrap_or_default();
        let options = &part(2.0, beside.max(0.0));
        let kept = self.solve(options, Some(&first.plan), cancel, &mut progress)?;
        let mut found = without.solve(options, Some(&first.plan), cancel, &mut progress)?;
        if found.cost.total() > kept.cost.total() {
            // A plan that keeps the rule is a plan without it as well.
            let shortest = options.clone().with_iterations(1);
            found = without.solve(&shortest, Some(&kept.plan), cancel, &mut progress)?;
        }
        let bound = match bound {
            Some(bound) => Some(without.bound(bound, cancel, |_| {})?.value),
            None => None,
        };
        let [with, without] = [&kept, &found]
            .map(|outcome| PlanCost { cost: outcome.cost, left_out: outcome.plan.unplanned.len() as u32 });
        let total = with.cost.total();
        Ok(RulePriced {
            rule,
            price: (total - without.cost.total()).max(0),
            at_most: bound.map(|bound| (total - bound).max(0)),
            with,
            without,
            stopped: cancel.is_cancelled(),
        })
    }
}
