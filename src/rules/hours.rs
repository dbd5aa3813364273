//! Ledger: paid seconds per nurse and week against the contract.

use crate::model::cost::{Cost, CostByTerm, Term, cost_per_second};
use crate::model::document::Paid;
use crate::model::problem::{Problem, ShiftFacts};

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
    pub(crate) matters: bool,
}

/// What of a tour the paid time depends on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TourTime {
    /// From leaving home to being back.
    pub(crate) span: i64,
    pub(crate) inner_break: i64,
    /// First and last leg.
    pub(crate) home_legs: i64,
    pub(crate) overtime: i64,
}

impl HoursRule {
    pub(crate) fn new(problem: &Problem) -> Self {
        let document = &problem.document;
        let weeks = usize::from(problem.calendar.days()).div_ceil(7);
        let mut contract = vec![None; problem.nurses.len() * weeks];
        for (nurse, facts) in problem.nurses.iter().enumerate() {
            for (week, seconds) in facts.contract.iter().flatten().enumerate() {
                contract[nurse * weeks + week] = Some(*seconds);
            }
        }
        let (over, under) =
            (cost_per_second(document.prices.over_contract), cost_per_second(document.prices.under_contract));
        let paid = document.working_time.paid;
        let can_change = paid == Paid::Span || problem.shifts.iter().any(|s| s.latest_end > s.end);
        Self {
            weeks,
            over,
            under,
            paid,
            home_legs_unpaid: document.working_time.home_legs_unpaid,
            breaks_paid: document.working_time.breaks_paid,
            matters: can_change && (over != 0 || under != 0) && contract.iter().any(Option::is_some),
            contract,
        }
    }

    /// Paid seconds of a shift; `None` for a shift without visits.
    pub(crate) fn paid(&self, shift: &ShiftFacts, tour: Option<TourTime>) -> i64 {
        let tour = tour.unwrap_or_default();
        match self.paid {
            Paid::Shift => {
                let pause =
                    if self.breaks_paid { 0 } else { shift.pause.map_or(0, |p| i64::from(p.seconds)) };
                i64::from(shift.end - shift.start) - pause + tour.overtime
            }
            Paid::Span => {
                let pause = if self.breaks_paid { 0 } else { tour.inner_break };
                let legs = if self.home_legs_unpaid { tour.home_legs } else { 0 };
                tour.span - pause - legs
            }
        }
    }

    fn cost_of(&self, at: usize, paid: i64) -> (Cost, Cost) {
        match self.contract[at] {
            Some(contract) => ((paid - contract).max(0) * self.over, (contract - paid).max(0) * self.under),
            None => (0, 0),
        }
    }
}

/// Paid seconds of every nurse and week, in the draft.
#[derive(Debug, Clone)]
pub(crate) struct HoursLedger {
    paid: Vec<i64>,
}

impl HoursLedger {
    /// All shifts without visits.
    pub(crate) fn new(problem: &Problem, rule: &HoursRule) -> Self {
        let mut paid = vec![0; problem.nurses.len() * rule.weeks];
        for shift in &problem.shifts {
            paid[Self::at(rule, shift)] += rule.paid(shift, None);
        }
        Self { paid }
    }

    fn at(rule: &HoursRule, shift: &ShiftFacts) -> usize {
        shift.nurse as usize * rule.weeks + usize::from(shift.day) / 7
    }

    /// Change of cost if the shift's paid time changed by so many seconds.
    #[inline]
    pub(crate) fn delta(&self, rule: &HoursRule, shift: &ShiftFacts, change: i64) -> Cost {
        let at = Self::at(rule, shift);
        let (over, under) = rule.cost_of(at, self.paid[at]);
        let (over_after, under_after) = rule.cost_of(at, self.paid[at] + change);
        over_after + under_after - over - under
    }

    /// Changes the shift's paid time; returns the change of cost.
    #[inline]
    pub(crate) fn change(&mut self, rule: &HoursRule, shift: &ShiftFacts, change: i64) -> Cost {
        let delta = self.delta(rule, shift, change);
        self.paid[Self::at(rule, shift)] += change;
        delta
    }

    /// The whole cost by term, from the sums.
    pub(crate) fn cost(&self, rule: &HoursRule, terms: &mut CostByTerm) {
        for (at, &paid) in self.paid.iter().enumerate() {
            let (over, under) = rule.cost_of(at, paid);
            terms[Term::OverContract] += over;
            terms[Term::UnderContract] += under;
        }
    }
}
