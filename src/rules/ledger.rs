//! Ledgers: what counts across tours. The trait, and the one list of all ledgers.
//!
//! A ledger is told of three kinds of change, and prices each exactly:
//!
//! | change | told by | example |
//! | --- | --- | --- |
//! | a visit gets a nurse, or loses her | [`Ledger::assign`], [`Ledger::unassign`] | faces of a client |
//! | the paid time of a shift changes | [`Ledger::work`] | hours against the contract |
//! | a visit starts at another moment, or has no start any more | [`Ledger::start`], [`Ledger::unassign`] | a regular hour |
//!
//! Each has a question with the same arguments (`assign_delta`, …) that leaves the ledger as it is: the search asks it
//! before it decides. A ledger does not implement what it does not count; such calls vanish when the list is compiled.

use super::assignments::{Assignment, Assignments};
use super::concentration::ConcentrationLedger;
use super::continuity::ContinuityLedger;
use super::hours::HoursLedger;
use super::introduction::IntroductionLedger;
use super::regular_hour::RegularHourLedger;
use crate::model::cost::{Cost, CostByTerm};
use crate::model::facts::{Facts, ShiftFacts};
use std::ops::Range;

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

    /// Nothing is planned.
    fn empty(rule: &Self::Rule, problem: &Facts) -> Self;

    /// Whether this ledger counts who visits whom.
    const COUNTS_ASSIGNMENTS: bool = false;

    /// Whether a nurse may make one visit more at all; `counts` are those without it. A bound that the search may pass
    /// through at a price is an [excess](Self::excess) instead.
    #[inline(always)]
    fn allows(&self, _: &Self::Rule, _counts: &Assignments, _: &Assignment) -> bool {
        true
    }

    /// Change of cost if a nurse made one visit more; `counts` are those without it.
    #[inline(always)]
    fn assign_delta(&self, _: &Self::Rule, _counts: &Assignments, _: &Assignment) -> Cost {
        0
    }

    /// A nurse makes one visit more; `counts` are those without it. Returns the change of cost.
    #[inline(always)]
    fn assign(&mut self, rule: &Self::Rule, counts: &Assignments, one: &Assignment) -> Cost {
        self.assign_delta(rule, counts, one)
    }

    /// The opposite of [`Self::assign`]; `counts` are those without the visit. It has no start any more.
    #[inline(always)]
    fn unassign(&mut self, rule: &Self::Rule, counts: &Assignments, one: &Assignment) -> Cost {
        -self.assign_delta(rule, counts, one)
    }

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

    /// The visits that must not share a tour with a visit whose start counts: with that, a change of one tour moves at most
    /// one start of each group that is counted together, and the sum of `start_delta` over the tour is exact.
    #[inline(always)]
    fn apart(_: &Self::Rule, _visit: u32) -> Range<u32> {
        0..0
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

    /// By how much bounds are broken that the search may pass through at a price. A plan with excess is never returned.
    #[inline(always)]
    fn excess(&self) -> i64 {
        0
    }

    /// The whole cost by term, from the counts.
    fn terms(&self, rule: &Self::Rule, counts: &Assignments, terms: &mut CostByTerm);
}

/// Makes of the list of ledgers: the rules of all, the books of all, and each question put to all that are used.
macro_rules! ledgers {
    ($($name:ident: $ledger:ident,)+) => {
        /// The rules of every ledger.
        #[derive(Debug, Clone)]
        pub(crate) struct LedgerRules {
            $(pub(crate) $name: <$ledger as Ledger>::Rule,)+
            pub(super) counts_assignments: bool,
            pub(super) counts_work: bool,
            pub(super) counts_starts: bool,
        }

        impl LedgerRules {
            pub(super) fn new(problem: &Facts) -> Self {
                $(let $name = <<$ledger as Ledger>::Rule as LedgerRule>::new(problem);)+
                Self {
                    counts_assignments: false $(|| ($ledger::COUNTS_ASSIGNMENTS && $name.is_used()))+,
                    counts_work: false $(|| ($ledger::COUNTS_WORK && $name.is_used()))+,
                    counts_starts: false $(|| ($ledger::COUNTS_STARTS && $name.is_used()))+,
                    $($name,)+
                }
            }

            /// Whether the start of a visit counts in any ledger.
            #[inline]
            pub(super) fn counts_start_of(&self, visit: u32) -> bool {
                false $(|| $ledger::counts_start_of(&self.$name, visit))+
            }

            /// The visits that must not share a tour with a visit.
            #[inline]
            pub(super) fn apart(&self, visit: u32) -> Range<u32> {
                $(
                    let visits = $ledger::apart(&self.$name, visit);
                    if !visits.is_empty() {
                        return visits;
                    }
                )+
                0..0
            }
        }

        /// The books of every ledger, for one draft.
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct Ledgers {
            counts: Assignments,
            $($name: $ledger,)+
        }

        impl Ledgers {
            /// Nothing is planned.
            pub(crate) fn empty(rules: &LedgerRules, problem: &Facts) -> Self {
                Self {
                    counts: Assignments::new(problem),
                    $($name: $ledger::empty(&rules.$name, problem),)+
                }
            }

            /// Who visits whom, and how often.
            #[inline]
            pub(crate) fn counts(&self) -> &Assignments {
                &self.counts
            }

            /// See [`Ledger::allows`].
            #[inline]
            pub(crate) fn allows(&self, rules: &LedgerRules, one: &Assignment) -> bool {
                true $(&& (!rules.$name.is_used() || self.$name.allows(&rules.$name, &self.counts, one)))+
            }

            /// See [`Ledger::assign_delta`].
            #[inline]
            pub(crate) fn assign_delta(&self, rules: &LedgerRules, one: &Assignment) -> Cost {
                0 $(+ if rules.$name.is_used() {
                    self.$name.assign_delta(&rules.$name, &self.counts, one)
                } else {
                    0
                })+
            }

            /// See [`Ledger::assign`].
            #[inline]
            pub(crate) fn assign(&mut self, rules: &LedgerRules, one: &Assignment) -> Cost {
                let mut cost = 0;
                $(if rules.$name.is_used() {
                    cost += self.$name.assign(&rules.$name, &self.counts, one);
                })+
                self.counts.add(one.client, one.nurse);
                cost
            }

            /// See [`Ledger::unassign`].
            #[inline]
            pub(crate) fn unassign(&mut self, rules: &LedgerRules, one: &Assignment) -> Cost {
                self.counts.remove(one.client, one.nurse);
                let mut cost = 0;
                $(if rules.$name.is_used() {
                    cost += self.$name.unassign(&rules.$name, &self.counts, one);
                })+
                cost
            }

            /// See [`Ledger::work_delta`].
            #[inline]
            pub(crate) fn work_delta(&self, rules: &LedgerRules, shift: &ShiftFacts, seconds: i64) -> Cost {
                0 $(+ if rules.$name.is_used() {
                    self.$name.work_delta(&rules.$name, shift, seconds)
                } else {
                    0
                })+
            }

            /// See [`Ledger::work`].
            #[inline]
            pub(crate) fn work(&mut self, rules: &LedgerRules, shift: &ShiftFacts, seconds: i64) -> Cost {
                0 $(+ if rules.$name.is_used() {
                    self.$name.work(&rules.$name, shift, seconds)
                } else {
                    0
                })+
            }

            /// See [`Ledger::start_delta`].
            #[inline]
            pub(crate) fn start_delta(&self, rules: &LedgerRules, visit: u32, hour: i32) -> Cost {
                0 $(+ if rules.$name.is_used() {
                    self.$name.start_delta(&rules.$name, visit, hour)
                } else {
                    0
                })+
            }

            /// See [`Ledger::start`].
            #[inline]
            pub(crate) fn start(&mut self, rules: &LedgerRules, visit: u32, hour: i32) -> Cost {
                0 $(+ if rules.$name.is_used() {
                    self.$name.start(&rules.$name, visit, hour)
                } else {
                    0
                })+
            }

            /// See [`Ledger::excess`].
            #[inline]
            pub(crate) fn excess(&self) -> i64 {
                0 $(+ self.$name.excess())+
            }

            /// See `RegularHourLedger::too_far`.
            pub(crate) fn too_far(&self, rules: &LedgerRules) -> Option<Vec<u32>> {
                self.regular_hour.too_far(&rules.regular_hour)
            }

            /// The whole cost by term, from the counts.
            pub(crate) fn terms(&self, rules: &LedgerRules, terms: &mut CostByTerm) {
                $(self.$name.terms(&rules.$name, &self.counts, terms);)+
            }
        }
    };
}

// The list. The order is that of the intentions; it decides nothing.
ledgers! {
    continuity: ContinuityLedger,
    concentration: ConcentrationLedger,
    introduction: IntroductionLedger,
    hours: HoursLedger,
    regular_hour: RegularHourLedger,
}
