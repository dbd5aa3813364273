//! Ledger: how evenly the paid hours of a week are spread over the team, measured against contracts.
//!
//! In each week, a nurse's fair share of the team's paid hours is in proportion to her contract. What she is paid beyond her share
//! costs `fair_load`, second by second:
//!
//! ```text
//! beyond = sum over nurses of max(0, p_n - c_n P / C)        p_n, c_n: paid and contract seconds of nurse n; P, C: their sums
//! ```
//! rounded down to whole seconds once a week. It is 0 where everybody works the same part of the contract, whether the team
//! is busy or not; that is what tells it from `over_contract`. Nurses without a contract do not count. Half of the sum of absolute deviations, the
//! usual measure of workload balance: P. Matl, R. Hartl and T. Vidal (2018), "Workload equity in vehicle routing problems",
//! Transportation Science 52(2).

use super::assignments::Assignments;
use super::hours::HoursRule;
use super::ledger::{Bearer, Ledger, LedgerRule};
use crate::model::cost::{Cost, Term, cost_per_second};
use crate::model::facts::{Facts, ShiftFacts};

/// Contracts and the price.
#[derive(Debug, Clone)]
pub(crate) struct FairLoadRule {
    price: Cost,
    weeks: usize,
    /// Contract seconds `[week][nurse]`, 0 without a contract.
    contract: Vec<Vec<i64>>,
    hours: HoursRule,
}

impl LedgerRule for FairLoadRule {
    fn new(problem: &Facts) -> Self {
        let weeks = usize::from(problem.days).div_ceil(7);
        let of = |week: usize| {
            let nurses = problem.nurses.iter();
            nurses.map(|nurse| nurse.contract.as_ref().map_or(0, |contract| contract[week])).collect()
        };
        Self {
            price: cost_per_second(problem.prices.fair_load),
            weeks,
            contract: (0..weeks).map(of).collect(),
            hours: HoursRule::new(problem),
        }
    }

    #[inline]
    fn is_used(&self) -> bool {
        self.price != 0
    }
}

impl FairLoadRule {
    /// Cost of a week in which nurses are paid so many seconds.
    fn cost(&self, week: usize, paid: &[i64]) -> Cost {
        self.price * beyond(&self.contract[week], paid.iter().copied())
    }
}

/// Seconds beyond fair shares.
#[inline]
fn beyond(contract: &[i64], paid: impl Iterator<Item = i64> + Clone) -> i64 {
    let with_contract = || contract.iter().zip(paid.clone()).filter(|(contract, _)| **contract > 0);
    let (all, team) =
        with_contract().fold((0, 0), |(all, team), (contract, paid)| (all + contract, team + paid));
    if all == 0 {
        return 0;
    }
    with_contract().map(|(contract, paid)| (paid * all - contract * team).max(0)).sum::<i64>() / all
}

/// Paid seconds of every nurse in every week of the draft.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FairLoadLedger {
    /// `[week][nurse]`.
    paid: Vec<Vec<i64>>,
}

impl Ledger for FairLoadLedger {
    type Rule = FairLoadRule;
    const COUNTS_WORK: bool = true;

    fn empty(rule: &FairLoadRule, problem: &Facts) -> Self {
        let mut paid = vec![vec![0; problem.nurses.len()]; rule.weeks];
        for shift in &problem.shifts {
            paid[usize::from(shift.day) / 7][shift.nurse as usize] += rule.hours.paid(shift, None);
        }
        Self { paid }
    }

    /// # Complexity
    /// The nurses.
    fn work_delta(&self, rule: &FairLoadRule, shift: &ShiftFacts, seconds: i64) -> Cost {
        let (week, nurse) = (usize::from(shift.day) / 7, shift.nurse as usize);
        let then = self.paid[week].iter().enumerate();
        let then = then.map(|(other, paid)| if other == nurse { paid + seconds } else { *paid });
        rule.price * beyond(&rule.contract[week], then) - rule.cost(week, &self.paid[week])
    }

    fn work(&mut self, rule: &FairLoadRule, shift: &ShiftFacts, seconds: i64) -> Cost {
        let delta = self.work_delta(rule, shift, seconds);
        self.paid[usize::from(shift.day) / 7][shift.nurse as usize] += seconds;
        delta
    }

    fn shares(&self, rule: &FairLoadRule, _: &Assignments, add: &mut dyn FnMut(Bearer, Term, Cost)) {
        for (week, paid) in self.paid.iter().enumerate() {
            add(Bearer::Team, Term::FairLoad, rule.cost(week, paid));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shares_are_in_proportion_to_contracts() {
        // Contracts of 20 and 10 hours: of 15 hours, 10 and 5 are fair.
        assert_eq!(beyond(&[20, 10], [10, 5].into_iter()), 0);
        // The same part of the contract, whatever it is.
        assert_eq!(beyond(&[20, 10], [40, 20].into_iter()), 0);
        // 12 and 3: the first has 2 beyond the share. The third has no contract and does not count.
        assert_eq!(beyond(&[20, 10, 0], [12, 3, 50].into_iter()), 2);
        assert_eq!(beyond(&[0, 0], [12, 3].into_iter()), 0);
    }

    proptest! {
        #[test]
        fn it_is_half_of_the_absolute_deviations(
            nurses in prop::collection::vec((1i64..200_000, 0i64..250_000), 1..13)
        ) {
            let (contract, paid): (Vec<i64>, Vec<i64>) = nurses.into_iter().unzip();
            let (all, team) = (contract.iter().sum::<i64>() as f64, paid.iter().sum::<i64>() as f64);
            let away = |(c, p): (&i64, &i64)| (*p as f64 - *c as f64 * team / all).abs();
            let half = contract.iter().zip(&paid).map(away).sum::<f64>() / 2.0;
            let found = beyond(&contract, paid.iter().copied()) as f64;
            prop_assert!((found - half).abs() < 1.0 + 1e-6, "{} and {}", found, half);
        }
    }
}
