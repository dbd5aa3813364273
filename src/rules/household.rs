//! Ledger: clients of one household, who should have the same nurse on a day.
//!
//! On each day a household costs `household` for each nurse who comes to any of its clients, beyond the number of nurses who come
//! to that client of it who sees most:
//!
//! | a couple's visits on a day | nurses | cost |
//! | --- | --- | --- |
//! | both by Ann | 1 - 1 | 0 |
//! | one by Ann, one by Bea | 2 - 1 | 1 |
//! | both in the morning by Ann and in the evening by Bea | 2 - 2 | 0 |
//!
//! One right after the other needs no price: the way between two people at one address is none.

use super::assignments::{Assignment, Assignments};
use super::ledger::{Ledger, LedgerRule};
use crate::model::cost::{Cost, CostByTerm, Term, cost_of_minutes};
use crate::model::facts::Facts;

/// What does not change during a search.
#[derive(Debug, Clone)]
pub(crate) struct HouseholdRule {
    price: Cost,
    nurses: usize,
    /// By client: the household and the place in it; `None` for whoever shares none with another client.
    member: Vec<Option<(u32, u32)>>,
    /// By household: number of clients, and where its counts begin.
    households: Vec<(usize, usize)>,
    /// The day of each day option; empty where nothing is used.
    day: Vec<u16>,
    counts: usize,
}

impl LedgerRule for HouseholdRule {
    fn new(problem: &Facts) -> Self {
        let price = cost_of_minutes(problem.prices.household);
        let days = usize::from(problem.days);
        let named = problem.clients.iter().filter_map(|client| client.household);
        let mut sizes = vec![0; named.max().map_or(0, |last| last as usize + 1)];
        let mut rule = Self {
            price,
            nurses: problem.nurses.len(),
            member: Vec::new(),
            households: Vec::new(),
            day: Vec::new(),
            counts: 0,
        };
        if price == 0 || sizes.is_empty() {
            return rule;
        }
        for client in &problem.clients {
            rule.member.push(client.household.map(|household| {
                sizes[household as usize] += 1;
                (household, sizes[household as usize] - 1)
            }));
        }
        for &size in &sizes {
            rule.households.push((size as usize, rule.counts));
            // (A household of one has nobody to share a nurse with.)
            rule.counts += if size > 1 { size as usize * days * rule.nurses } else { 0 };
        }
        for member in &mut rule.member {
            *member = member.filter(|&(household, _)| sizes[household as usize] > 1);
        }
        rule.day = problem.options.iter().map(|option| option.day).collect();
        rule
    }

    #[inline]
    fn is_used(&self) -> bool {
        self.counts > 0
    }
}

impl HouseholdRule {
    /// Where the counts of a household on a day begin, and where in them that of an assignment is; `None` where it does not count.
    fn at(&self, one: &Assignment) -> Option<(usize, usize, usize)> {
        let (household, member) = self.member[one.client as usize]?;
        let (clients, first) = self.households[household as usize];
        let day = usize::from(self.day[one.option as usize]);
        let first = first + day * clients * self.nurses;
        Some((first, clients, member as usize * self.nurses + one.nurse as usize))
    }
}

/// Visits of each nurse to each client of each household on each day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HouseholdLedger {
    /// By household, day, client and nurse.
    visits: Vec<u16>,
}

impl Ledger for HouseholdLedger {
    type Rule = HouseholdRule;
    const COUNTS_ASSIGNMENTS: bool = true;

    fn empty(rule: &HouseholdRule, _: &Facts) -> Self {
        Self { visits: vec![0; rule.counts] }
    }

    /// Below 0 where a second nurse comes to the client who sees most.
    ///
    /// # Complexity
    /// Clients of the household times nurses.
    #[inline(never)]
    fn assign_delta(&self, rule: &HouseholdRule, _: &Assignments, one: &Assignment) -> Option<Cost> {
        let Some((first, clients, at)) = rule.at(one) else { return Some(0) };
        if self.visits[first + at] > 0 {
            return Some(0);
        }
        let of_day = &self.visits[first..first + clients * rule.nurses];
        let more = beyond(of_day, rule.nurses, Some(at)) - beyond(of_day, rule.nurses, None);
        Some(more * rule.price)
    }

    #[inline(never)]
    fn assign(&mut self, rule: &HouseholdRule, counts: &Assignments, one: &Assignment) -> Cost {
        let cost = self.assign_delta(rule, counts, one).unwrap_or(0);
        if let Some((first, _, at)) = rule.at(one) {
            self.visits[first + at] += 1;
        }
        cost
    }

    #[inline(never)]
    fn unassign(&mut self, rule: &HouseholdRule, counts: &Assignments, one: &Assignment) -> Cost {
        if let Some((first, _, at)) = rule.at(one) {
            self.visits[first + at] -= 1;
        }
        -self.assign_delta(rule, counts, one).unwrap_or(0)
    }

    fn terms(&self, rule: &HouseholdRule, _: &Assignments, terms: &mut CostByTerm) {
        for &(clients, first) in rule.households.iter().filter(|&&(clients, _)| clients > 1) {
            let of_day = clients * rule.nurses;
            let end = rule.households.iter().map(|&(_, next)| next).find(|&next| next > first);
            for visits in self.visits[first..end.unwrap_or(rule.counts)].chunks(of_day.max(1)) {
                terms[Term::Households] += beyond(visits, rule.nurses, None) * rule.price;
            }
        }
    }
}

/// Nurses who come to a household on a day beyond those who come to the client who sees most; `more`: with one visit more there.
fn beyond(visits: &[u16], nurses: usize, more: Option<usize>) -> Cost {
    let comes = |at: usize| visits[at] > 0 || more == Some(at);
    let firsts = || (0..visits.len()).step_by(nurses.max(1));
    let any = (0..nurses).filter(|&nurse| firsts().any(|first| comes(first + nurse))).count();
    let most = firsts().map(|first| (0..nurses).filter(|&nurse| comes(first + nurse)).count()).max();
    (any - most.unwrap_or(0)) as Cost
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Three nurses; clients 0 and 1 are a couple, client 2 lives alone; an option for each day.
    fn rule() -> HouseholdRule {
        HouseholdRule {
            price: 10,
            nurses: 3,
            member: vec![Some((0, 0)), Some((0, 1)), None],
            households: vec![(2, 0)],
            day: vec![0, 1],
            counts: 12,
        }
    }

    fn on(client: u32, nurse: u32, day: u32) -> Assignment {
        Assignment { option: day, client, nurse }
    }

    fn counts() -> Assignments {
        Assignments::empty(3, 3)
    }

    fn ledger() -> HouseholdLedger {
        HouseholdLedger { visits: vec![0; rule().counts] }
    }

    fn total(ledger: &HouseholdLedger) -> Cost {
        let mut terms = CostByTerm::default();
        ledger.terms(&rule(), &counts(), &mut terms);
        terms.total()
    }

    #[test]
    fn a_nurse_more_than_one_of_the_two_needs_costs() {
        let (rule, mut ledger) = (rule(), ledger());
        let mut come = |one| ledger.assign(&rule, &counts(), &one);
        assert_eq!(come(on(0, 0, 0)), 0);
        // Another nurse for the second: one more than either sees.
        assert_eq!(come(on(1, 1, 0)), 10);
        // She comes to the first as well, who then sees two: nobody is beyond.
        assert_eq!(come(on(0, 1, 0)), -10);
        assert_eq!(come(on(1, 0, 0)), 0);
        // Another day, and somebody who lives alone.
        assert_eq!(come(on(1, 2, 1)), 0);
        assert_eq!(come(on(2, 0, 1)), 0);
        assert_eq!(total(&ledger), 0);
    }

    proptest! {
        #[test]
        fn deltas_add_up_to_the_cost_and_are_undone_exactly(
            steps in prop::collection::vec((0u32..3, 0u32..3, 0u32..2), 0..40)
        ) {
            let (rule, mut now) = (rule(), ledger());
            let mut sum = 0;
            for &(client, nurse, day) in &steps {
                sum += now.assign(&rule, &counts(), &on(client, nurse, day));
                prop_assert_eq!(sum, total(&now));
            }
            for (client, nurse, day) in steps.into_iter().rev() {
                sum += now.unassign(&rule, &counts(), &on(client, nurse, day));
                prop_assert_eq!(sum, total(&now));
            }
            prop_assert_eq!(sum, 0);
            prop_assert_eq!(now, ledger());
        }
    }
}
