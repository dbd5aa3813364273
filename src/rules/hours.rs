//! Ledger: paid seconds per nurse and week against the contract.

use super::assignments::Assignments;
use super::ledger::{Bearer, Ledger, LedgerRule};
use crate::model::cost::{Cost, Term, cost_per_second};
use crate::model::document::Paid;
use crate::model::facts::{Facts, ShiftFacts};
use crate::model::weeks::{week_of, weeks_in};

/// Prices, contracts, and how a tour becomes paid time.
#[derive(Debug, Clone)]
pub(crate) struct HoursRule {
    weeks: usize,
    over: Cost,
    under: Cost,
    paid: Paid,
    home_legs_unpaid: bool,
    breaks_paid: bool,
    /// Contract seconds `[nurse * weeks + week]`; `None` without a contract.
    contract: Vec<Option<i64>>,
    /// Whether any tour can change any cost here.
    is_used: bool,
}

/// The times of a tour on which its paid time depends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TourTime {
    /// From leaving home to being back.
    pub(crate) span: i64,
    pub(crate) inner_break: i64,
    pub(crate) overtime: i64,
}

impl LedgerRule for HoursRule {
    fn new(problem: &Facts) -> Self {
        let weeks = usize::from(weeks_in(problem.days));
        let mut contract = vec![None; problem.nurses.len() * weeks];
        for (nurse, facts) in problem.nurses.iter().enumerate() {
            for (week, seconds) in facts.contract.iter().flatten().enumerate() {
                contract[nurse * weeks + week] = Some(*seconds);
            }
        }
        let (over, under) =
            (cost_per_second(problem.prices.over_contract), cost_per_second(problem.prices.under_contract));
        let paid = problem.working_time.paid;
        let can_change = paid == Paid::Span || problem.shifts.iter().any(|s| s.latest_end > s.end);
        Self {
            weeks,
            over,
            under,
            paid,
            home_legs_unpaid: problem.working_time.home_legs_unpaid,
            breaks_paid: problem.working_time.breaks_paid,
            is_used: can_change && (over != 0 || under != 0) && contract.iter().any(Option::is_some),
            contract,
        }
    }

    #[inline]
    fn is_used(&self) -> bool {
        self.is_used
    }
}

impl HoursRule {
    /// Paid seconds of a shift without visits.
    #[inline]
    pub(crate) fn paid_without_visits(&self, shift: &ShiftFacts) -> i64 {
        self.paid(shift, TourTime::default(), || 0)
    }

    /// Paid seconds of a shift. `home_legs` returns the seconds of the first and the last leg of its tour, as far as
    /// these start or end at home; it is called only where they are unpaid.
    #[inline]
    pub(crate) fn paid(&self, shift: &ShiftFacts, tour: TourTime, home_legs: impl FnOnce() -> i64) -> i64 {
        match self.paid {
            Paid::Shift => {
                let unpaid_break =
                    if self.breaks_paid { 0 } else { shift.break_facts.map_or(0, |p| i64::from(p.seconds)) };
                i64::from(shift.end - shift.start) - unpaid_break + tour.overtime
            }
            Paid::Span => {
                let unpaid_break = if self.breaks_paid { 0 } else { tour.inner_break };
                let legs = if self.home_legs_unpaid { home_legs() } else { 0 };
                tour.span - unpaid_break - legs
            }
        }
    }

    /// Number of pairs of a nurse and a week.
    pub(super) fn week_count(&self) -> usize {
        self.contract.len()
    }

    /// The pair of nurse and week that a shift counts for.
    pub(super) fn week_of(&self, shift: &ShiftFacts) -> usize {
        self.at(shift)
    }

    /// The most that one more paid second saves.
    pub(super) fn under_price(&self, at: usize) -> Cost {
        if self.contract[at].is_some() { self.under } else { 0 }
    }

    /// The least cost of paid seconds from `low` to `high`: hours cost nothing at the contract, and more
    /// either side of it.
    pub(super) fn least(&self, at: usize, low: i64, high: i64) -> Cost {
        let nearest = self.contract[at].map_or(low, |contract| contract.clamp(low, high.max(low)));
        let (over, under) = self.cost_of(at, nearest);
        over + under
    }

    #[inline]
    fn cost_of(&self, at: usize, paid: i64) -> (Cost, Cost) {
        match self.contract[at] {
            Some(contract) => ((paid - contract).max(0) * self.over, (contract - paid).max(0) * self.under),
            None => (0, 0),
        }
    }

    fn at(&self, shift: &ShiftFacts) -> usize {
        shift.nurse as usize * self.weeks + usize::from(week_of(shift.day))
    }
}

/// Paid seconds of every nurse and week, in the draft.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HoursLedger {
    paid: Vec<i64>,
}

impl Ledger for HoursLedger {
    type Rule = HoursRule;
    const COUNTS_WORK: bool = true;

    /// All shifts are without visits.
    fn empty(rule: &HoursRule, problem: &Facts) -> Self {
        let mut paid = vec![0; problem.nurses.len() * rule.weeks];
        for shift in &problem.shifts {
            paid[rule.at(shift)] += rule.paid_without_visits(shift);
        }
        Self { paid }
    }

    #[inline]
    fn work_delta(&self, rule: &HoursRule, shift: &ShiftFacts, seconds: i64) -> Cost {
        let at = rule.at(shift);
        let paid = self.paid[at];
        let ((over, under), (over_then, under_then)) =
            (rule.cost_of(at, paid), rule.cost_of(at, paid + seconds));
        over_then + under_then - over - under
    }

    #[inline]
    fn work(&mut self, rule: &HoursRule, shift: &ShiftFacts, seconds: i64) -> Cost {
        let delta = self.work_delta(rule, shift, seconds);
        self.paid[rule.at(shift)] += seconds;
        delta
    }

    fn shares(&self, rule: &HoursRule, _: &Assignments, add: &mut dyn FnMut(Bearer, Term, Cost)) {
        for (at, &paid) in self.paid.iter().enumerate() {
            let (over, under) = rule.cost_of(at, paid);
            let bearer = Bearer::Nurse((at / rule.weeks.max(1)) as u32);
            add(bearer, Term::OverContract, over);
            add(bearer, Term::UnderContract, under);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cost::CostByTerm;
    use proptest::prelude::*;

    /// Two nurses and two weeks: the first with a contract of 10,000 s in the first week and 4,000 s in
    /// the second, the other without.
    fn rule(paid: Paid) -> HoursRule {
        HoursRule {
            weeks: 2,
            over: 5,
            under: 3,
            paid,
            home_legs_unpaid: true,
            breaks_paid: false,
            contract: vec![Some(10_000), Some(4_000), None, None],
            is_used: true,
        }
    }

    fn shift(nurse: u32, day: u16) -> ShiftFacts {
        let break_facts = crate::model::facts::BreakFacts { seconds: 1_800, earliest: 0, latest: 9_000 };
        ShiftFacts {
            nurse,
            leaves_from: nurse,
            returns_to: nurse,
            is_home: [true; 2],
            roads: 0,
            day,
            start: 0,
            leave: 0,
            end: 14_400,
            latest_end: 15_000,
            break_facts: Some(break_facts),
            longest: i32::MAX,
            capacity: i32::MAX,
            wished_off: false,
        }
    }

    #[test]
    fn paid_seconds_are_those_of_the_shift_or_of_the_tour() {
        let tour = TourTime { span: 9_000, inner_break: 1_800, overtime: 300 };
        let home_legs = || 500;
        let shift = shift(0, 0);
        // The shift without its break, and the overtime.
        assert_eq!(rule(Paid::Shift).paid(&shift, tour, home_legs), 14_400 - 1_800 + 300);
        assert_eq!(rule(Paid::Shift).paid_without_visits(&shift), 14_400 - 1_800);
        // The tour without its break and the ways from and to home.
        assert_eq!(rule(Paid::Span).paid(&shift, tour, home_legs), 9_000 - 1_800 - 500);
        assert_eq!(rule(Paid::Span).paid_without_visits(&shift), 0);
        let all_paid = HoursRule { breaks_paid: true, home_legs_unpaid: false, ..rule(Paid::Span) };
        assert_eq!(all_paid.paid(&shift, tour, home_legs), 9_000);
    }

    #[test]
    fn seconds_over_and_under_the_contract_have_their_prices() {
        let rule = rule(Paid::Span);
        let mut ledger = HoursLedger { paid: vec![9_000, 4_000, 0, 0] };
        // 1,000 s under at 3 become 500 s over at 5.
        assert_eq!(ledger.work(&rule, &shift(0, 6), 1_500), 500 * 5 - 1_000 * 3);
        // Another week has a contract of its own.
        assert_eq!(ledger.work(&rule, &shift(0, 7), -100), 100 * 3);
        // Without a contract nothing costs.
        assert_eq!(ledger.work(&rule, &shift(1, 0), 50_000), 0);
    }

    #[test]
    fn the_least_cost_of_hours_is_that_nearest_to_the_contract() {
        let rule = rule(Paid::Span);
        let slow = |at: usize, low: i64, high: i64| {
            (low..=high).map(|paid| rule.cost_of(at, paid)).map(|(over, under)| over + under).min()
        };
        for (at, low, high) in
            [(0, 9_000, 9_100), (0, 9_950, 10_050), (0, 10_010, 10_100), (1, 0, 9), (2, 5, 5)]
        {
            assert_eq!(Some(rule.least(at, low, high)), slow(at, low, high));
        }
        assert_eq!((rule.under_price(0), rule.under_price(2), rule.week_count()), (3, 0, 4));
        assert_eq!((rule.week_of(&shift(0, 6)), rule.week_of(&shift(1, 7))), (0, 3));
    }

    proptest! {
        #[test]
        fn deltas_add_up_to_the_cost_and_are_undone_exactly(
            steps in prop::collection::vec((0u32..2, 0u16..14, -20_000i64..20_000), 0..40)
        ) {
            let rule = rule(Paid::Span);
            let mut ledger = HoursLedger { paid: vec![0; 4] };
            let total = |ledger: &HoursLedger| {
                let mut terms = CostByTerm::default();
                ledger.terms(&rule, &Assignments::empty(0, 0), &mut terms);
                terms.total()
            };
            let begin = total(&ledger);
            let mut sum = begin;
            for &(nurse, day, change) in &steps {
                sum += ledger.work(&rule, &shift(nurse, day), change);
                prop_assert_eq!(sum, total(&ledger));
            }
            for &(nurse, day, change) in steps.iter().rev() {
                sum += ledger.work(&rule, &shift(nurse, day), -change);
            }
            prop_assert_eq!(sum, begin);
            prop_assert_eq!(ledger.paid, [0; 4]);
        }
    }
}
