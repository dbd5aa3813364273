//! Ledger: how evenly the paid hours of a week are spread over the team, measured against contracts.
//!
//! In each week, a nurse's fair share of the team's paid hours is in proportion to her contract. What she is paid beyond her share
//! costs `fair_load`, second by second:
//!
//! ```text
//! beyond = sum over nurses of max(0, p_n - c_n P / C)        p_n, c_n: paid and contract seconds of nurse n; P, C: their sums
//! ```
//! rounded down to whole seconds once a week. It is 0 where everybody works the same part of the contract, whether the
//! team is busy or not; this distinguishes it from `over_contract`. Nurses without a contract do not count. `beyond` is
//! half of the sum of absolute deviations, the usual measure of workload balance: P. Matl, R. Hartl and T. Vidal
//! (2018), "Workload equity in vehicle routing problems", Transportation Science 52(2).

use super::assignments::Assignments;
use super::hours::HoursRule;
use super::ledger::{Bearer, Ledger, LedgerRule};
use crate::model::cost::{Cost, Term, cost_per_second};
use crate::model::facts::{Facts, ShiftFacts};
use crate::model::weeks::{week_of, weeks_in};

/// Contracts and the price.
#[derive(Debug, Clone)]
pub(crate) struct FairLoadRule {
    price: Cost,
    /// By week.
    contracts: Vec<Contracts>,
    hours: HoursRule,
}

/// The contracts of a week.
#[derive(Debug, Clone)]
struct Contracts {
    /// Contract seconds of each nurse, 0 without a contract.
    of: Vec<i64>,
    /// Their sum.
    all: i64,
}

impl LedgerRule for FairLoadRule {
    fn new(problem: &Facts) -> Self {
        let of = |week: usize| {
            let nurses = problem.nurses.iter();
            Contracts::new(
                nurses.map(|nurse| nurse.contract.as_ref().map_or(0, |contract| contract[week])).collect(),
            )
        };
        Self {
            price: cost_per_second(problem.prices.fair_load),
            contracts: (0..usize::from(weeks_in(problem.days))).map(of).collect(),
            hours: HoursRule::new(problem),
        }
    }

    #[inline]
    fn is_used(&self) -> bool {
        self.price != 0
    }
}

impl Contracts {
    fn new(of: Vec<i64>) -> Self {
        Self { all: of.iter().sum(), of }
    }
}

/// The paid seconds of a week.
#[derive(Debug, Clone, PartialEq)]
struct Week {
    /// Paid seconds of each nurse times the sum of all contracts; 0 without a contract.
    scaled: Vec<i64>,
    /// Paid seconds of all nurses with a contract.
    team: i64,
    /// Seconds beyond fair shares.
    beyond: i64,
}

impl Week {
    fn new(nurses: usize) -> Self {
        Self { scaled: vec![0; nurses], team: 0, beyond: 0 }
    }

    /// Seconds beyond fair shares if a nurse were paid so many seconds more: the team's sum changes, and with it the
    /// fair share of every nurse.
    ///
    /// # Complexity
    /// One pass over the nurses.
    fn beyond_with(&self, contracts: &Contracts, nurse: usize, seconds: i64) -> i64 {
        let contract = contracts.of[nurse];
        if contract == 0 {
            return self.beyond;
        }
        let team = self.team + seconds;
        let beyond = |scaled: i64, contract: i64| (scaled - contract * team).max(0);
        let as_now: i64 = self.scaled.iter().zip(&contracts.of).map(|(&s, &c)| beyond(s, c)).sum();
        let now = self.scaled[nurse];
        let then = now + seconds * contracts.all;
        (as_now - beyond(now, contract) + beyond(then, contract)) / contracts.all
    }

    /// Seconds beyond fair shares, from the seconds of each nurse.
    fn counted(&self, contracts: &Contracts) -> i64 {
        let team = self.team;
        let beyond = self.scaled.iter().zip(&contracts.of).map(|(s, c)| (s - c * team).max(0));
        beyond.sum::<i64>() / contracts.all.max(1)
    }

    fn add(&mut self, contracts: &Contracts, nurse: usize, seconds: i64) {
        self.beyond = self.beyond_with(contracts, nurse, seconds);
        self.pay(contracts, nurse, seconds);
    }

    /// Adds seconds without updating `beyond`.
    fn pay(&mut self, contracts: &Contracts, nurse: usize, seconds: i64) {
        if contracts.of[nurse] > 0 {
            self.team += seconds;
            self.scaled[nurse] += seconds * contracts.all;
        }
    }
}

/// Paid seconds of every nurse in every week of the draft.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FairLoadLedger {
    weeks: Vec<Week>,
}

impl Ledger for FairLoadLedger {
    type Rule = FairLoadRule;
    const COUNTS_WORK: bool = true;

    fn empty(rule: &FairLoadRule, problem: &Facts) -> Self {
        if !rule.is_used() {
            return Self { weeks: Vec::new() };
        }
        let mut weeks = vec![Week::new(problem.nurses.len()); rule.contracts.len()];
        for shift in &problem.shifts {
            let at = usize::from(week_of(shift.day));
            weeks[at].pay(&rule.contracts[at], shift.nurse as usize, rule.hours.paid_without_visits(shift));
        }
        for (week, contracts) in weeks.iter_mut().zip(&rule.contracts) {
            week.beyond = week.counted(contracts);
        }
        Self { weeks }
    }

    /// Not inlined, so that the question to all ledgers is small enough to be inlined where this ledger is not used.
    ///
    /// # Complexity
    /// The nurses.
    #[inline(never)]
    fn work_delta(&self, rule: &FairLoadRule, shift: &ShiftFacts, seconds: i64) -> Cost {
        let at = usize::from(week_of(shift.day));
        let week = &self.weeks[at];
        let then = week.beyond_with(&rule.contracts[at], shift.nurse as usize, seconds);
        rule.price * (then - week.beyond)
    }

    fn work(&mut self, rule: &FairLoadRule, shift: &ShiftFacts, seconds: i64) -> Cost {
        let at = usize::from(week_of(shift.day));
        let before = self.weeks[at].beyond;
        self.weeks[at].add(&rule.contracts[at], shift.nurse as usize, seconds);
        rule.price * (self.weeks[at].beyond - before)
    }

    fn shares(&self, rule: &FairLoadRule, _: &Assignments, add: &mut dyn FnMut(Bearer, Term, Cost)) {
        for (week, contracts) in self.weeks.iter().zip(&rule.contracts) {
            add(Bearer::Team, Term::FairLoad, rule.price * week.counted(contracts));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// From the definition: seconds beyond fair shares, rounded down.
    fn slow(contract: &[i64], paid: &[i64]) -> i64 {
        let nurses = || contract.iter().zip(paid).filter(|(contract, _)| **contract > 0);
        let all: i64 = nurses().map(|(contract, _)| contract).sum();
        let team: i64 = nurses().map(|(_, paid)| paid).sum();
        nurses().map(|(contract, paid)| (paid * all - contract * team).max(0)).sum::<i64>() / all.max(1)
    }

    fn beyond(contract: &[i64], paid: &[i64]) -> i64 {
        let contracts = Contracts::new(contract.to_vec());
        let mut week = Week::new(contract.len());
        for (nurse, &seconds) in paid.iter().enumerate() {
            week.add(&contracts, nurse, seconds);
        }
        week.beyond
    }

    #[test]
    fn shares_are_in_proportion_to_contracts() {
        // Contracts of 20 and 10 hours: of 15 hours, 10 and 5 are fair.
        assert_eq!(beyond(&[20, 10], &[10, 5]), 0);
        // The same part of the contract, whatever it is.
        assert_eq!(beyond(&[20, 10], &[40, 20]), 0);
        // 12 and 3: the first has 2 beyond the share. The third has no contract and does not count.
        assert_eq!(beyond(&[20, 10, 0], &[12, 3, 50]), 2);
        assert_eq!(beyond(&[0, 0], &[12, 3]), 0);
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
            let found = beyond(&contract, &paid) as f64;
            prop_assert!((found - half).abs() < 1.0 + 1e-6, "{} and {}", found, half);
        }

        #[test]
        fn what_is_kept_is_what_the_definition_says_and_undone_exactly(
            contract in prop::collection::vec(prop_oneof![Just(0i64), 1i64..200_000], 1..9),
            steps in prop::collection::vec((0usize..8, -20_000i64..20_000), 0..40)
        ) {
            let contracts = Contracts::new(contract.clone());
            let mut week = Week::new(contract.len());
            let mut paid = vec![0; contract.len()];
            for &(nurse, seconds) in &steps {
                let nurse = nurse % contract.len();
                let due = week.beyond_with(&contracts, nurse, seconds);
                week.add(&contracts, nurse, seconds);
                paid[nurse] += seconds;
                prop_assert_eq!([week.beyond, due, week.counted(&contracts)], [slow(&contract, &paid); 3]);
            }
            for &(nurse, seconds) in steps.iter().rev() {
                week.add(&contracts, nurse % contract.len(), -seconds);
            }
            prop_assert_eq!(week, Week::new(contract.len()));
        }
    }
}
