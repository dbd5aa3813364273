//! Removal operators: each takes related visits out of their tours; two of them also put tails of tours together anew.
//!
//! Each has a file of its subject: [`strings`] near each other on one day or on two, [`client_visits`] of a client with
//! some nurses, [`linked`] visits, [`time_slices`], [`swap_tails`]. This file is the list.

mod client_visits;
mod linked;
mod room;
mod strings;
mod swap_tails;
mod time_slices;
mod visits;

use super::draft::Draft;
use super::repair_bias::RepairBias;
use super::rng::Rng;
pub(crate) use visits::{Scratch, random_planned};

/// A removal operator. Returns the bias of the repair that follows, or `None` if the draft must be rolled back.
type Removal = fn(&mut Draft<'_>, &mut Rng, &mut Scratch) -> Option<RepairBias>;

/// What an operator can improve: it gets no steps where that has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Concern {
    /// Every problem.
    Tours,
    /// Problems in which it matters who comes.
    Assignments,
    /// Problems in which it costs nothing who comes.
    Road,
    /// Problems in which days are chosen.
    Days,
}

/// Every removal operator, with the share of steps that it gets among those that apply.
const OPERATORS: [(f64, Concern, Removal); 12] = [
    (0.55, Concern::Tours, strings::strings),
    (0.01, Concern::Tours, strings::strings_and_a_new_tour),
    (0.01, Concern::Tours, time_slices::tour),
    (0.11, Concern::Assignments, client_visits::rare_face),
    (0.15, Concern::Assignments, client_visits::reassign),
    (0.04, Concern::Assignments, client_visits::client),
    (0.06, Concern::Assignments, client_visits::swap_clients),
    (0.03, Concern::Assignments, swap_tails::swap_tails),
    (0.02, Concern::Assignments, time_slices::time_slice),
    (0.05, Concern::Road, swap_tails::swap_tails),
    (0.02, Concern::Road, swap_tails::split_tour),
    (0.01, Concern::Days, linked::day_pattern),
];

/// Share of the steps in which visits whose days, or whose nurse, are chosen together are removed together. 0.5 against
/// 0, 0.3, 0.7 and 1 on ConVRP of 100 to 199 customers.
const LINKED: f64 = 0.5;

/// The operators that apply to a problem.
#[derive(Debug, Clone)]
pub(crate) struct Operators(Vec<(f64, Removal)>);

impl Operators {
    pub(crate) fn new(draft: &Draft<'_>) -> Self {
        let applies = |concern| match concern {
            Concern::Tours => true,
            Concern::Assignments => draft.evaluator.counts_assignments(),
            Concern::Road => !draft.evaluator.counts_assignments(),
            Concern::Days => !draft.problem.blocks.is_empty(),
        };
        let operators = OPERATORS.iter().filter(|operator| applies(operator.1));
        Self(operators.map(|&(share, _, removal)| (share, removal)).collect())
    }

    /// Removes visits by an operator chosen at random. Returns the bias of the repair that follows, or `None` if the draft must
    /// be rolled back.
    pub(crate) fn remove(
        &self,
        draft: &mut Draft<'_>,
        rng: &mut Rng,
        scratch: &mut Scratch,
    ) -> Option<RepairBias> {
        let bias = rng.pick(&self.0)?(draft, rng, scratch)?;
        let some_linked = !draft.problem.blocks.is_empty() || draft.evaluator.some_single_nurse();
        let linked = some_linked && rng.chance(LINKED);
        (!linked || linked::remove_linked(draft)).then_some(bias)
    }
}
