//! Ledger: stand-ins during planned leave; prices those whom the client did not meet before the leave began.
//!
//! A nurse who makes a visit during a [leave](crate::model::leave) of somebody the client counts on costs
//! `unintroduced`, times the client's weight and her strangeness, once for each leave; nothing if the client counts on her as
//! well, or if she made a visit to the client earlier in the plan. So an earlier visit by her is worth its way as soon as that is shorter: it introduces her
//! while the others are still there. A leave that begins on the first day leaves no time for that; then history decides.

use crate::model::cost::{Cost, CostByTerm, Term, cost_of_minutes};
use crate::model::facts::Facts;
use crate::model::leave::Leave;
use std::ops::Range;

/// What does not change during a search.
#[derive(Debug, Clone)]
pub(crate) struct IntroductionRule {
    /// Whether a stranger can cost anything.
    pub(crate) matters: bool,
    nurses: usize,
    leaves: Vec<Leave>,
    of_client: Vec<Range<u32>>,
    /// `[leave * nurses + nurse]`: her cost as a stranger.
    stranger: Vec<Cost>,
}

impl IntroductionRule {
    pub(crate) fn new(problem: &Facts) -> Self {
        let mut rule = Self {
            matters: false,
            nurses: problem.nurses.len(),
            leaves: problem.leaves.clone(),
            of_client: Vec::with_capacity(problem.clients.len()),
            stranger: Vec::new(),
        };
        for leave in &rule.leaves {
            let price = problem.prices.unintroduced * problem.clients[leave.client as usize].weight;
            let strangeness = (0..).zip(problem.acquaintance.strangeness(leave.client));
            let cost = |(nurse, &strange): (u32, &f64)| match leave.counts_on.contains(&nurse) {
                true => 0,
                false => cost_of_minutes(price * strange),
            };
            rule.stranger.extend(strangeness.map(cost));
        }
        rule.matters = rule.stranger.iter().any(|&cost| cost != 0);
        let mut next = 0;
        for client in 0..problem.clients.len() as u32 {
            let first = next;
            next += rule.leaves[first as usize..].iter().take_while(|leave| leave.client == client).count()
                as u32;
            rule.of_client.push(first..next);
        }
        rule
    }
}

/// Visits of a nurse to a client with a leave: before it begins, and during it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Visits {
    before: u16,
    during: u16,
}

impl Visits {
    /// The count to which a visit on a day belongs; none for one afterwards.
    #[inline]
    fn of_day(&mut self, leave: &Leave, day: u16) -> Option<&mut u16> {
        if day < leave.from {
            Some(&mut self.before)
        } else if day <= leave.until {
            Some(&mut self.during)
        } else {
            None
        }
    }

    /// Whether she stands in unintroduced.
    #[inline]
    fn strange(self) -> bool {
        self.during > 0 && self.before == 0
    }
}

/// Who stands in, and who was introduced, in the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IntroductionLedger {
    /// `[leave * nurses + nurse]`.
    visits: Vec<Visits>,
}

impl IntroductionLedger {
    pub(crate) fn new(rule: &IntroductionRule) -> Self {
        Self { visits: vec![Visits::default(); rule.stranger.len()] }
    }

    /// Cost of one visit more by a nurse on a day; below 0 where it introduces her.
    ///
    /// # Complexity
    /// The leaves of the client.
    #[inline(never)]
    pub(crate) fn asked(&self, rule: &IntroductionRule, client: u32, nurse: u32, day: u16) -> Cost {
        let mut cost = 0;
        for leave in rule.of_client[client as usize].clone() {
            let at = leave as usize * rule.nurses + nurse as usize;
            let now = self.visits[at];
            let mut then = now;
            if let Some(count) = then.of_day(&rule.leaves[leave as usize], day) {
                *count += 1;
                cost += rule.stranger[at] * (Cost::from(then.strange()) - Cost::from(now.strange()));
            }
        }
        cost
    }

    /// Adds a visit; returns the change of cost.
    #[inline(never)]
    pub(crate) fn add(&mut self, rule: &IntroductionRule, client: u32, nurse: u32, day: u16) -> Cost {
        let cost = self.asked(rule, client, nurse, day);
        self.change(rule, client, nurse, day, |count| *count += 1);
        cost
    }

    /// Removes a visit; returns the change of cost: the opposite of [`Self::add`].
    #[inline(never)]
    pub(crate) fn remove(&mut self, rule: &IntroductionRule, client: u32, nurse: u32, day: u16) -> Cost {
        self.change(rule, client, nurse, day, |count| *count -= 1);
        -self.asked(rule, client, nurse, day)
    }

    fn change(
        &mut self,
        rule: &IntroductionRule,
        client: u32,
        nurse: u32,
        day: u16,
        change: impl Fn(&mut u16),
    ) {
        for leave in rule.of_client[client as usize].clone() {
            let visits = &mut self.visits[leave as usize * rule.nurses + nurse as usize];
            if let Some(count) = visits.of_day(&rule.leaves[leave as usize], day) {
                change(count);
            }
        }
    }

    /// The whole cost, from the counts.
    pub(crate) fn cost(&self, rule: &IntroductionRule, terms: &mut CostByTerm) {
        let strange = self.visits.iter().zip(&rule.stranger).filter(|(visits, _)| visits.strange());
        terms[Term::Unintroduced] += strange.map(|(_, &cost)| cost).sum::<Cost>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Two nurses; a client with leaves on days 2 to 3 and 6 to 6, and one without.
    fn rule() -> IntroductionRule {
        let leave = |from, until| Leave { client: 0, from, until, counts_on: Vec::new(), away: Vec::new() };
        IntroductionRule {
            matters: true,
            nurses: 2,
            leaves: vec![leave(2, 3), leave(6, 6)],
            of_client: vec![0..2, 2..2],
            stranger: vec![7, 11, 7, 11],
        }
    }

    fn total(ledger: &IntroductionLedger, rule: &IntroductionRule) -> Cost {
        let mut terms = CostByTerm::default();
        ledger.cost(rule, &mut terms);
        terms.total()
    }

    #[test]
    fn an_earlier_visit_introduces_a_stand_in() {
        let (rule, mut ledger) = (rule(), IntroductionLedger::new(&rule()));
        // A stranger in the first leave; again there costs nothing more.
        assert_eq!([2, 3].map(|day| ledger.add(&rule, 0, 1, day)), [11, 0]);
        // By then the client knows her in the second.
        assert_eq!(ledger.add(&rule, 0, 1, 6), 0);
        // Afterwards is too late, before is in time, of another client is nothing.
        assert_eq!([9, 1].map(|day| ledger.asked(&rule, 0, 1, day)), [0, -11]);
        assert_eq!((ledger.add(&rule, 1, 1, 1), ledger.add(&rule, 0, 1, 1)), (0, -11));
        assert_eq!(ledger.add(&rule, 0, 0, 6), 7);
        assert_eq!(total(&ledger, &rule), 7);
        // Without the introduction she is a stranger again.
        assert_eq!(ledger.remove(&rule, 0, 1, 1), 11);
    }

    proptest! {
        #[test]
        fn deltas_add_up_to_the_cost_and_are_undone_exactly(
            steps in prop::collection::vec((0u32..2, 0u32..2, 0u16..9), 0..40)
        ) {
            let (rule, mut ledger) = (rule(), IntroductionLedger::new(&rule()));
            let mut sum = 0;
            for &(client, nurse, day) in &steps {
                sum += ledger.add(&rule, client, nurse, day);
                prop_assert_eq!(sum, total(&ledger, &rule));
            }
            for (client, nurse, day) in steps.into_iter().rev() {
                sum += ledger.remove(&rule, client, nurse, day);
                prop_assert_eq!(sum, total(&ledger, &rule));
            }
            prop_assert_eq!(sum, 0);
            prop_assert_eq!(&ledger, &IntroductionLedger::new(&rule));
        }
    }
}
