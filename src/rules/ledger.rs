//! Ledgers: what counts across tours. The list of all ledgers is in [`ledgers`](super::ledgers).
//!
//! A ledger is told of three kinds of change, and prices each exactly:
//!
//! | change | told by | example |
//! | --- | --- | --- |
//! | a visit gets a nurse, or loses her | [`Ledger::assign`], [`Ledger::unassign`] | faces of a client |
//! | the paid time of a shift changes | [`Ledger::work`] | hours against the contract |
//! | a visit starts at another moment, or has no start any more | [`Ledger::start`], [`Ledger::unassign`] | a regular hour |
//!
//! For each there is a question with the same arguments (`assign_delta`, …) that returns the cost and leaves the ledger
//! as it is: the search asks it before it decides. A ledger implements only what it counts; all other calls are
//! compiled away.

use super::assignments::{Assignment, Assignments};
#[cfg(test)]
use crate::model::cost::CostByTerm;
use crate::model::cost::{Cost, Term};
use crate::model::facts::{Facts, ShiftFacts};
use crate::model::reason::Why;
use std::ops::Range;

/// The price of breaking bounds that the search may pass through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Penalty {
    /// At least the price of any unplanned visit, unless sums could overflow at that price.
    Strict,
    /// So many sixteenths of the rule's initial penalty.
    Sixteenths(u32),
}

impl Penalty {
    /// What the rule begins with.
    pub(crate) const INITIAL: Self = Self::Sixteenths(Self::WHOLE);

    /// The whole initial penalty, in sixteenths.
    pub(crate) const WHOLE: u32 = 16;

    /// The price of a unit of excess, from the rule's strict and initial prices.
    pub(super) fn price(self, strict: Cost, initial: Cost) -> Cost {
        match self {
            Self::Strict => strict,
            Self::Sixteenths(sixteenths) => {
                (initial / Cost::from(Self::WHOLE)).saturating_mul(sixteenths.into()).clamp(1, strict)
            }
        }
    }
}

/// How far starts may lie apart, and what each second beyond that costs. The default span costs nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Span {
    pub(super) within: i32,
    pub(super) price: Cost,
}

impl Span {
    /// Cost of a start at `hour`, by its distance from the range `first..=first + within`.
    #[inline]
    pub(crate) fn outside(self, first: i32, hour: i32) -> Cost {
        let after = i64::from(hour) - i64::from(first);
        (-after).max(after - i64::from(self.within)).max(0) * self.price
    }
}

/// Whom a part of the cost of a plan is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bearer {
    /// A visit alone: who makes it, when it starts, that it is left out.
    Visit(u32),
    /// All visits of a client together.
    Client(u32),
    /// The tours and hours of a nurse.
    Nurse(u32),
    /// Several clients or nurses, none of whom bears it alone.
    Team,
}

/// What a ledger counts: prices and bounds, compiled from the problem and not changed by the search.
pub(crate) trait LedgerRule: Sized {
    fn new(problem: &Facts) -> Self;

    /// Whether anything that it counts can change the cost of a plan, or is bounded. If not, its ledger is neither asked nor
    /// told of changes.
    fn is_used(&self) -> bool;
}

/// Counts across tours, with the price of every change.
///
/// Invariant: after any sequence of changes the sum of the costs returned is the difference of the sums of
/// [`terms`](Self::terms); undoing a change returns the opposite cost and leaves the ledger as it was. (`Draft::assert_sound`
/// checks both in debug builds; the tests of each ledger compare it with a slow twin.)
pub(crate) trait Ledger: Sized {
    type Rule: LedgerRule;

    /// The ledger of an empty plan.
    fn empty(rule: &Self::Rule, problem: &Facts) -> Self;

    /// Whether this ledger counts who visits whom.
    const COUNTS_ASSIGNMENTS: bool = false;

    /// Change of cost if a nurse made one visit more, or `None` if she may not; `counts` are those without it. (A bound that
    /// the search may pass through at a price is an [excess](Self::excess) instead.)
    #[inline(always)]
    fn assign_delta(&self, _: &Self::Rule, _counts: &Assignments, _: &Assignment) -> Option<Cost> {
        Some(0)
    }

    /// A nurse makes one visit more; `counts` are those without it. Returns the change of cost.
    #[inline(always)]
    fn assign(&mut self, rule: &Self::Rule, counts: &Assignments, one: &Assignment) -> Cost {
        self.assign_delta(rule, counts, one).unwrap_or(0)
    }

    /// The opposite of [`Self::assign`]; `counts` are those without the visit. The visit then has no start any more.
    #[inline(always)]
    fn unassign(&mut self, rule: &Self::Rule, counts: &Assignments, one: &Assignment) -> Cost {
        -self.assign_delta(rule, counts, one).unwrap_or(0)
    }

    /// Why a nurse may not make a visit, where [`Self::assign_delta`] says so.
    const REFUSED: Why = Why::Bound;

    /// Whether this ledger implements `work`.
    const COUNTS_WORK: bool = false;

    /// Change of cost if the paid time of a shift changed by so many seconds.
    #[inline(always)]
    fn work_delta(&self, _: &Self::Rule, _: &ShiftFacts, _seconds: i64) -> Cost {
        0
    }

    /// The paid time of a shift changes by so many seconds. Returns the change of cost.
    #[inline(always)]
    fn work(&mut self, _: &Self::Rule, _: &ShiftFacts, _seconds: i64) -> Cost {
        0
    }

    /// Whether this ledger implements `start`.
    const COUNTS_STARTS: bool = false;

    /// Whether the start of a visit counts here.
    #[inline(always)]
    fn counts_start_of(_: &Self::Rule, _visit: u32) -> bool {
        false
    }

    /// The visits that must not share a tour with a visit whose start counts. Because of this, a change of one tour
    /// moves at most one start of each group that is counted together, and the sum of `start_delta` over the tour is
    /// exact.
    #[inline(always)]
    fn excluded(_: &Self::Rule, _visit: u32) -> Range<u32> {
        0..0
    }

    /// How near to each other the starts of a visit and those [excluded](Self::excluded) from it should be.
    #[inline(always)]
    fn start_span(&self, _: &Self::Rule, _visit: u32) -> Option<Span> {
        None
    }

    /// Change of cost if a visit started at a moment, counted from [`DayOption::hour`](crate::model::facts::DayOption).
    #[inline(always)]
    fn start_delta(&self, _: &Self::Rule, _visit: u32, _hour: i32) -> Cost {
        0
    }

    /// A visit starts at a moment. Returns the change of cost.
    #[inline(always)]
    fn start(&mut self, _: &Self::Rule, _visit: u32, _hour: i32) -> Cost {
        0
    }

    /// By how much the plan breaks those bounds that the search may break at a price, in the unit of the rule. A plan
    /// with excess is never returned.
    #[inline(always)]
    fn excess(&self) -> i64 {
        0
    }

    /// The reason given for an unplanned visit whose insertion would add to the [excess](Self::excess).
    const EXCEEDED: Why = Why::Bound;

    /// Sets the price of a unit of [excess](Self::excess); returns the change of cost.
    #[inline(always)]
    fn set_penalty(&mut self, _: &Self::Rule, _: Penalty) -> Cost {
        0
    }

    /// Shows the parts of the whole cost, computed from the counts: whom each part is about, its term and its cost.
    fn shares(&self, rule: &Self::Rule, counts: &Assignments, add: &mut dyn FnMut(Bearer, Term, Cost));

    /// The whole cost by term, from the counts.
    #[cfg(test)]
    fn terms(&self, rule: &Self::Rule, counts: &Assignments, terms: &mut CostByTerm) {
        self.shares(rule, counts, &mut |_, term, cost| terms[term] += cost);
    }
}
