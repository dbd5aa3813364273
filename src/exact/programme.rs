//! Integer programmes: a model in the words of `good_lp` goes in, a choice comes out.
//!
//! A model is a list of variables with their costs, and linear constraints on them. It is solved by branch and bound over the
//! simplex method: by `microlp` (pure Rust), or by HiGHS where the feature `highs` is on. Either has the same optimum;
//! of several optimal choices they may name different ones.
//!
//! What the callers rely on:
//! - *The same on every machine.* The limit is a number of nodes. The time limit only makes sure that a hard model
//!   ends; where it is reached, the answer depends on the machine.
//! - *Limits.* `microlp` ended at most 40 ms beyond its deadline (set partitioning with 2,471 and 10,794 columns, limits of 50,
//!   200 and 1,000 ms, a busy machine), and is asked to stop every [`SLICE`] nodes. HiGHS cannot be interrupted through
//!   `good_lp`: `stop` is asked before it begins; it ended at most 17 ms late with 2,471 columns, but up to 411 ms late with
//!   10,794, since its presolve does not look at the clock.
//! - *Whole costs.* A solver counts in floating point. Callers read from it which variables are taken and nothing else, and
//!   compute the cost of that choice themselves, in whole numbers.
//! - *No failure.* A solver that gives up, or panics, is a warning in the log (crate `log`) and no choice: callers keep the
//!   choice that they began with. If HiGHS fails, `microlp` is asked.

use good_lp::{Constraint, Expression, ProblemVariables, SolverModel, Variable, variable};
use rustc_hash::FxHashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Costs are in thousandths of a second; the objective counts in minutes, so that its figures are near 1.
pub(super) const UNIT: f64 = 60_000.0;

/// Nodes between two looks at `stop`.
const SLICE: u64 = 20;

/// Values above are taken. Binary variables are 0 or 1 up to some millionths.
const HALF: f64 = 0.5;

/// How long a solver may take.
pub(super) struct Limits<'a> {
    /// Most nodes of the branch and bound.
    pub(super) nodes: u64,
    pub(super) end: Instant,
    pub(super) stop: &'a dyn Fn() -> bool,
}

impl Limits<'_> {
    fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    fn is_over(&self) -> bool {
        self.left().is_zero() || (self.stop)()
    }
}

/// A model: variables with costs, and constraints on them. [`Self::solve`] looks for the cheapest values that keep the
/// constraints.
#[derive(Default)]
pub(super) struct Programme {
    variables: ProblemVariables,
    objective: Expression,
    constraints: Vec<Constraint>,
    /// Binary variables, each with its value in a choice known before. Empty where none is known.
    known: Vec<(Variable, f64)>,
}

/// A choice that keeps the constraints.
pub(super) struct Answer {
    taken: FxHashSet<Variable>,
    /// Whether no other is cheaper, up to the rounding of the solver.
    pub(super) is_optimal: bool,
}

impl Answer {
    /// Whether a binary variable is 1.
    pub(super) fn takes(&self, variable: Variable) -> bool {
        self.taken.contains(&variable)
    }
}

impl Programme {
    /// A variable that is 0 or 1, with its cost at 1.
    pub(super) fn binary(&mut self, cost: f64) -> Variable {
        let new = self.variables.add(variable().binary());
        self.objective.add_mul(cost, new);
        new
    }

    /// A variable of 0 or more, with its cost for each unit.
    pub(super) fn amount(&mut self, cost: f64) -> Variable {
        let new = self.variables.add(variable().min(0.0));
        self.objective.add_mul(cost, new);
        new
    }

    pub(super) fn require(&mut self, constraint: Constraint) {
        self.constraints.push(constraint);
    }

    /// Says what a binary variable is in a choice known before, which the solver may begin with.
    pub(super) fn begin_with(&mut self, variable: Variable, is_taken: bool) {
        self.known.push((variable, f64::from(u8::from(is_taken))));
    }

    /// The cheapest choice found within the limits; `None` where none was found.
    pub(super) fn solve(self, limits: &Limits<'_>) -> Option<Answer> {
        if limits.is_over() {
            return None;
        }
        #[cfg(feature = "highs")]
        if let Some(answer) = heard("HiGHS", || self.by_highs(limits)) {
            return Some(answer);
        }
        heard("microlp", || self.by_microlp(limits))
    }

    /// Solved by `microlp`. `good_lp` hands on a time limit and no node limit, so that the model which it built is solved
    /// directly, in slices of nodes.
    fn by_microlp(&self, limits: &Limits<'_>) -> Result<Answer, String> {
        let model = self.variables.clone().minimise(&self.objective).using(good_lp::microlp);
        let model = model.with_all(self.constraints.iter().cloned());
        let variables: Vec<Variable> = self.variables.iter_variables_with_def().map(|(v, _)| v).collect();
        // Both number variables from 0 on, in the order in which they were made. `microlp` gives out a number only with
        // a new variable, so as many variables are made in a model that is empty otherwise.
        let mut blank = microlp::Problem::new(microlp::OptimizationDirection::Minimize);
        let numbered: Vec<microlp::Variable> =
            variables.iter().map(|_| blank.add_var(0.0, (0.0, 1.0))).collect();
        let known: rustc_hash::FxHashMap<Variable, f64> = self.known.iter().copied().collect();
        let start =
            variables.iter().zip(&numbered).filter_map(|(v, &n)| known.get(v).map(|&value| (n, value)));
        let mut options = microlp::SolveOptions::default();
        options.warm_start = (!known.is_empty()).then(|| start.collect());
        options.time_limit = Some(limits.left());
        options.node_limit = Some(SLICE.min(limits.nodes));
        let mut outcome = model.as_inner().solve_with(options).map_err(|error| error.to_string())?;
        let mut nodes = SLICE;
        while !outcome.is_optimal() && nodes < limits.nodes && !limits.is_over() {
            let mut more = microlp::ResumeOptions::default();
            more.time_limit = Some(limits.left());
            more.node_limit = Some(SLICE.min(limits.nodes - nodes));
            outcome = outcome.resume_with(more).map_err(|error| error.to_string())?;
            nodes += SLICE;
        }
        let is_optimal = outcome.is_optimal();
        let solution = outcome.solution().ok_or("no choice was found within the limits")?;
        // `value` of good_lp asserts that binary variables are whole.
        let is_taken =
            |&(_, &number): &(&Variable, &microlp::Variable)| solution.var_value_raw(number) > HALF;
        let taken = variables.iter().zip(&numbered).filter(is_taken).map(|(&variable, _)| variable);
        Ok(Answer { taken: taken.collect(), is_optimal })
    }

    /// Solved by HiGHS on one thread.
    #[cfg(feature = "highs")]
    fn by_highs(&self, limits: &Limits<'_>) -> Result<Answer, String> {
        use good_lp::solvers::highs::HighsParallelType;
        use good_lp::solvers::{Solution, SolutionStatus, WithInitialSolution, WithTimeLimit};
        let model = self.variables.clone().minimise(&self.objective).using(good_lp::highs);
        let mut model = model
            .set_parallel(HighsParallelType::Off)
            .set_threads(1)
            .set_mip_rel_gap(0.0)
            .and_then(|model| model.set_mip_abs_gap(0.0))
            .map_err(|error| error.to_string())?
            .with_time_limit(limits.left().as_secs_f64())
            .with_all(self.constraints.iter().cloned());
        model = model.set_option("mip_max_nodes", i32::try_from(limits.nodes).unwrap_or(i32::MAX));
        if !self.known.is_empty() {
            model = model.with_initial_solution(self.known.iter().copied());
        }
        let solution = model.solve().map_err(|error| error.to_string())?;
        let variables = self.variables.iter_variables_with_def().map(|(variable, _)| variable);
        let taken = variables.filter(|&variable| solution.value(variable) > HALF).collect();
        // A gap limit counts as optimal: HiGHS ends with a relative gap above 0 by rounding alone.
        let is_optimal = !matches!(solution.status(), SolutionStatus::TimeLimit);
        Ok(Answer { taken, is_optimal })
    }
}

/// Asks a solver. If it gives up or panics, that is a warning in the log and no answer.
fn heard(solver: &str, solve: impl FnOnce() -> Result<Answer, String>) -> Option<Answer> {
    // Nothing that a panic may have left half done is looked at afterwards.
    let answer = catch_unwind(AssertUnwindSafe(solve))
        .unwrap_or_else(|_| Err("it broke off with an error of its own".to_owned()));
    answer.map_err(|trouble| log::warn!("{solver} has no answer to an integer programme: {trouble}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn limits(nodes: u64) -> Limits<'static> {
        Limits { nodes, end: Instant::now() + Duration::from_secs(60), stop: &|| false }
    }

    /// Sets of the rows, each with a cost; each row in one set, or left out at a cost.
    #[derive(Debug, Clone)]
    struct Sets {
        sets: Vec<(u32, u32)>,
        left_out: Vec<u32>,
    }

    impl Sets {
        fn programme(&self) -> (Programme, Vec<Variable>) {
            let mut programme = Programme::default();
            let of = |&(_, cost): &(u32, u32)| f64::from(cost);
            let taken: Vec<Variable> = self.sets.iter().map(|set| programme.binary(of(set))).collect();
            for (row, &cost) in self.left_out.iter().enumerate() {
                let mut covered = Expression::from(programme.amount(f64::from(cost)));
                let with = self.sets.iter().zip(&taken).filter(|((rows, _), _)| rows >> row & 1 == 1);
                with.for_each(|(_, &set)| covered += set);
                programme.require(covered.eq(1.0));
            }
            (programme, taken)
        }

        /// The cost of some sets; `None` where a row is in two of them.
        fn cost(&self, is_taken: impl Fn(usize) -> bool) -> Option<u32> {
            let (mut covered, mut cost) = (0u32, 0);
            for (_, &(rows, price)) in self.sets.iter().enumerate().filter(|&(at, _)| is_taken(at)) {
                (covered & rows == 0).then_some(())?;
                (covered, cost) = (covered | rows, cost + price);
            }
            let open = self.left_out.iter().enumerate().filter(|&(row, _)| covered >> row & 1 == 0);
            Some(cost + open.map(|(_, &price)| price).sum::<u32>())
        }

        fn least(&self) -> u32 {
            let all = 0u32..1 << self.sets.len();
            all.filter_map(|set| self.cost(|at| set >> at & 1 == 1)).min().unwrap()
        }
    }

    fn sets() -> impl Strategy<Value = Sets> {
        let sets = prop::collection::vec((1u32..1 << 6, 0u32..100), 1..10);
        (sets, prop::collection::vec(0u32..200, 6)).prop_map(|(sets, left_out)| Sets { sets, left_out })
    }

    proptest! {
        #[test]
        fn the_choice_is_the_cheapest_of_all(sets in sets()) {
            let (programme, taken) = sets.programme();
            let answer = programme.solve(&limits(u64::MAX)).unwrap();
            prop_assert!(answer.is_optimal);
            prop_assert_eq!(sets.cost(|at| answer.takes(taken[at])), Some(sets.least()));
        }
    }

    #[cfg(feature = "highs")]
    proptest! {
        #[test]
        fn both_solvers_find_the_same_cost(sets in sets()) {
            let (programme, taken) = sets.programme();
            let cost = |answer: Answer| sets.cost(|at| answer.takes(taken[at]));
            let (one, other) = (programme.by_microlp(&limits(300)), programme.by_highs(&limits(300)));
            prop_assert_eq!(cost(one.unwrap()), cost(other.unwrap()));
        }
    }

    /// Many sets of equal cost that overlap: the relaxation says little.
    fn hard() -> Sets {
        let rows = 31;
        let sets = (0..rows).flat_map(|a| (a + 1..rows).map(move |b| (1 << a | 1 << b, 10))).collect();
        Sets { sets, left_out: vec![9; rows] }
    }

    #[test]
    fn so_many_nodes_give_the_same_choice_each_time() {
        let ask = || {
            let (mut programme, taken) = hard().programme();
            taken.iter().for_each(|&set| programme.begin_with(set, false));
            let answer = programme.by_microlp(&limits(30)).unwrap();
            taken.into_iter().filter(|&set| answer.takes(set)).count()
        };
        assert_eq!(ask(), ask());
    }

    #[test]
    fn a_choice_known_before_is_not_lost() {
        let sets = Sets { sets: vec![(0b11, 5), (0b01, 1), (0b10, 1)], left_out: vec![50, 50] };
        let (mut programme, taken) = sets.programme();
        taken.iter().enumerate().for_each(|(at, &set)| programme.begin_with(set, at == 0));
        let answer = programme.by_microlp(&limits(1)).unwrap();
        assert!(sets.cost(|at| answer.takes(taken[at])) <= Some(5));
    }

    #[test]
    fn no_time_or_a_stop_is_no_choice() {
        let (programme, _) = hard().programme();
        assert!(programme.solve(&Limits { end: Instant::now(), ..limits(30) }).is_none());
        let (programme, _) = hard().programme();
        assert!(programme.solve(&Limits { stop: &|| true, ..limits(30) }).is_none());
    }

    #[test]
    fn what_cannot_be_kept_is_no_choice() {
        let mut programme = Programme::default();
        let one = programme.binary(1.0);
        programme.require(Expression::from(one).geq(2.0));
        assert!(programme.solve(&limits(30)).is_none());
    }

    #[test]
    fn a_solver_that_panics_is_no_choice() {
        assert!(heard("a solver", || panic!("of its own")).is_none());
    }
}
