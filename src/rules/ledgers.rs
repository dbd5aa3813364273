//! The list of all ledgers. Each question is put to every ledger in use.

use super::assignments::{Assignment, Assignments};
use super::concentration::ConcentrationLedger;
use super::continuity::ContinuityLedger;
use super::fair_load::FairLoadLedger;
use super::hours::HoursLedger;
use super::household::HouseholdLedger;
use super::introduction::IntroductionLedger;
use super::ledger::{Bearer, Ledger, LedgerRule, Penalty, Span};
use super::regular_hour::RegularHourLedger;
use crate::model::cost::{Cost, Term};
use crate::model::facts::{Facts, ShiftFacts};
use crate::model::reason::Why;
use std::ops::Range;

/// Generates `LedgerRules`, `Ledgers`, and for each question a method that asks every ledger in use and adds the answers.
macro_rules! ledgers {
    ($($name:ident: $ledger:ident,)+) => {
        /// The rules of every ledger.
        #[derive(Debug, Clone)]
        pub(crate) struct LedgerRules {
            $(pub(super) $name: <$ledger as Ledger>::Rule,)+
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

            /// Whether `holds` is true of one of the ranges of visits that must not share a tour with `visit`; a range
            /// may include `visit` itself.
            #[inline]
            pub(super) fn any_excluded(&self, visit: u32, mut holds: impl FnMut(Range<u32>) -> bool) -> bool {
                false $(|| holds($ledger::excluded(&self.$name, visit)))+
            }
        }

        /// Every ledger of one draft.
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct Ledgers {
            counts: Assignments,
            $($name: $ledger,)+
        }

        impl Ledgers {
            /// The ledgers of an empty plan.
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

            /// See [`Ledger::assign_delta`].
            #[inline]
            pub(crate) fn assign_delta(&self, rules: &LedgerRules, one: &Assignment) -> Option<Cost> {
                let mut cost = 0;
                $(if $ledger::COUNTS_ASSIGNMENTS && rules.$name.is_used() {
                    cost += self.$name.assign_delta(&rules.$name, &self.counts, one)?;
                })+
                Some(cost)
            }

            /// Why a nurse may not make a visit; `None` if she may.
            pub(crate) fn why_refused(&self, rules: &LedgerRules, one: &Assignment) -> Option<Why> {
                $(if $ledger::COUNTS_ASSIGNMENTS
                    && rules.$name.is_used()
                    && self.$name.assign_delta(&rules.$name, &self.counts, one).is_none()
                {
                    return Some($ledger::REFUSED);
                })+
                None
            }

            /// See [`Ledger::assign`].
            #[inline]
            pub(crate) fn assign(&mut self, rules: &LedgerRules, one: &Assignment) -> Cost {
                let mut cost = 0;
                $(if ($ledger::COUNTS_ASSIGNMENTS || $ledger::COUNTS_STARTS) && rules.$name.is_used() {
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
                $(if ($ledger::COUNTS_ASSIGNMENTS || $ledger::COUNTS_STARTS) && rules.$name.is_used() {
                    cost += self.$name.unassign(&rules.$name, &self.counts, one);
                })+
                cost
            }

            /// See [`Ledger::work_delta`].
            #[inline]
            pub(crate) fn work_delta(&self, rules: &LedgerRules, shift: &ShiftFacts, seconds: i64) -> Cost {
                0 $(+ if $ledger::COUNTS_WORK && rules.$name.is_used() {
                    self.$name.work_delta(&rules.$name, shift, seconds)
                } else {
                    0
                })+
            }

            /// See [`Ledger::work`].
            #[inline]
            pub(crate) fn work(&mut self, rules: &LedgerRules, shift: &ShiftFacts, seconds: i64) -> Cost {
                0 $(+ if $ledger::COUNTS_WORK && rules.$name.is_used() {
                    self.$name.work(&rules.$name, shift, seconds)
                } else {
                    0
                })+
            }

            /// See [`Ledger::start_delta`].
            #[inline]
            pub(crate) fn start_delta(&self, rules: &LedgerRules, visit: u32, hour: i32) -> Cost {
                0 $(+ if $ledger::COUNTS_STARTS && rules.$name.is_used() {
                    self.$name.start_delta(&rules.$name, visit, hour)
                } else {
                    0
                })+
            }

            /// See [`Ledger::start`].
            #[inline]
            pub(crate) fn start(&mut self, rules: &LedgerRules, visit: u32, hour: i32) -> Cost {
                0 $(+ if $ledger::COUNTS_STARTS && rules.$name.is_used() {
                    self.$name.start(&rules.$name, visit, hour)
                } else {
                    0
                })+
            }

            /// See [`Ledger::excess`].
            #[inline]
            pub(crate) fn excess(&self) -> i64 {
                self.excesses().map(|(excess, _)| excess).sum()
            }

            /// The excess of each ledger, with the reason given for a visit whose insertion would add to it.
            pub(crate) fn excesses(&self) -> impl Iterator<Item = (i64, Why)> + use<> {
                [$((self.$name.excess(), $ledger::EXCEEDED)),+].into_iter()
            }

            /// See [`Ledger::start_span`].
            pub(crate) fn start_span(&self, rules: &LedgerRules, visit: u32) -> Option<Span> {
                None$(.or_else(|| self.$name.start_span(&rules.$name, visit)))+
            }

            /// See [`Ledger::set_penalty`].
            pub(crate) fn set_penalty(&mut self, rules: &LedgerRules, penalty: Penalty) -> Cost {
                0 $(+ self.$name.set_penalty(&rules.$name, penalty))+
            }

            /// See [`Ledger::shares`].
            pub(crate) fn shares(&self, rules: &LedgerRules, add: &mut dyn FnMut(Bearer, Term, Cost)) {
                $(self.$name.shares(&rules.$name, &self.counts, add);)+
            }
        }
    };
}

// The list. Its order decides nothing.
ledgers! {
    continuity: ContinuityLedger,
    concentration: ConcentrationLedger,
    introduction: IntroductionLedger,
    household: HouseholdLedger,
    hours: HoursLedger,
    fair_load: FairLoadLedger,
    regular_hour: RegularHourLedger,
}
