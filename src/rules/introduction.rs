//! Ledger: stand-ins during planned leave; prices those whom the client did not meet before the leave began.
//!
//! A nurse who makes a visit during a [leave](crate::model::leave) of somebody the client counts on costs
//! `unintroduced`, times the client's weight and her strangeness, once for each leave; nothing if the client counts on
//! her as well, or if she made a visit to the client earlier in the plan. So an earlier visit by her is worthwhile as
//! soon as its travel costs less than that: it introduces her while the others are still there. A leave that begins on
//! the first day leaves no time for this; then history alone decides.

use super::assignments::{Assignment, Assignments};
use super::ledger::{Bearer, Ledger, LedgerRule};
use crate::model::cost::{Cost, Term, cost_of_minutes};
use crate::model::facts::Facts;
use crate::model::leave::Leave;
use std::ops::Range;

/// What does not change during a search.
#[derive(Debug, Clone)]
pub(crate) struct IntroductionRule {
    /// Whether a stranger can cost anything.
    is_used: bool,
    nurses: usize,
    leaves: Vec<Leave>,
    of_client: Vec<Range<u32>>,
    /// `[leave * nurses + nurse]`: her cost as a stranger.
    stranger: Vec<Cost>,
    /// The day of each day option; empty where nothing is used.
    day: Vec<u16>,
}

impl LedgerRule for IntroductionRule {
    fn new(problem: &Facts) -> Self {
        let mut rule = Self {
            is_used: false,
            day: Vec::new(),
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
        rule.is_used = rule.stranger.iter().any(|&cost| cost != 0);
        if rule.is_used {
            rule.day = problem.options.iter().map(|option| option.day).collect();
        }
        let mut next = 0;
        for client in 0..problem.clients.len() as u32 {
            let first = next;
            next += rule.leaves[first as usize..].iter().take_while(|leave| leave.client == client).count()
                as u32;
            rule.of_client.push(first..next);
        }
        rule
    }

    #[inline]
    fn is_used(&self) -> bool {
        self.is_used
    }
}

/// Visits of a nurse to a client with a leave: before it begins, and during it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Visits {
    before: u16,
    during: u16,
}

impl Visits {
    /// The count to which a visit on a day belongs; `None` after the leave.
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

impl Ledger for IntroductionLedger {
    type Rule = IntroductionRule;
    const COUNTS_ASSIGNMENTS: bool = true;

    fn empty(rule: &IntroductionRule, _: &Facts) -> Self {
        Self::new(rule)
    }

    /// The change is negative where the visit introduces the nurse.
    ///
    /// # Complexity
    /// The leaves of the client.
    #[inline(never)]
    fn assign_delta(&self, rule: &IntroductionRule, _: &Assignments, one: &Assignment) -> Option<Cost> {
        let mut cost = 0;
        for leave in rule.of_client[one.client as usize].clone() {
            let at = leave as usize * rule.nurses + one.nurse as usize;
            let now = self.visits[at];
            let mut then = now;
            if let Some(count) = then.of_day(&rule.leaves[leave as usize], rule.day[one.option as usize]) {
                *count += 1;
                cost += rule.stranger[at] * (Cost::from(then.strange()) - Cost::from(now.strange()));
            }
        }
        Some(cost)
    }

    #[inline(never)]
    fn assign(&mut self, rule: &IntroductionRule, counts: &Assignments, one: &Assignment) -> Cost {
        let cost = self.assign_delta(rule, counts, one).unwrap_or(0);
        self.change(rule, one, |count| *count += 1);
        cost
    }

    #[inline(never)]
    fn unassign(&mut self, rule: &IntroductionRule, counts: &Assignments, one: &Assignment) -> Cost {
        self.change(rule, one, |count| *count -= 1);
        -self.assign_delta(rule, counts, one).unwrap_or(0)
    }

    fn shares(&self, rule: &IntroductionRule, _: &Assignments, add: &mut dyn FnMut(Bearer, Term, Cost)) {
        let by_leave = self.visits.chunks(rule.nurses.max(1)).zip(rule.stranger.chunks(rule.nurses.max(1)));
        for (leave, (visits, stranger)) in rule.leaves.iter().zip(by_leave) {
            let strange = visits.iter().zip(stranger).filter(|(visits, _)| visits.strange());
            let cost = strange.map(|(_, &cost)| cost).sum::<Cost>();
            add(Bearer::Client(leave.client), Term::Unintroduced, cost);
        }
    }
}

impl IntroductionLedger {
    fn new(rule: &IntroductionRule) -> Self {
        Self { visits: vec![Visits::default(); rule.stranger.len()] }
    }

    fn change(&mut self, rule: &IntroductionRule, one: &Assignment, change: impl Fn(&mut u16)) {
        for leave in rule.of_client[one.client as usize].clone() {
            let visits = &mut self.visits[leave as usize * rule.nurses + one.nurse as usize];
            if let Some(count) = visits.of_day(&rule.leaves[leave as usize], rule.day[one.option as usize]) {
                change(count);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cost::CostByTerm;
    use proptest::prelude::*;

    /// Two nurses; a client with leaves on days 2 to 3 and 6 to 6, and one without.
    fn rule() -> IntroductionRule {
        let leave = |from, until| Leave { client: 0, from, until, counts_on: Vec::new(), away: Vec::new() };
        IntroductionRule {
            is_used: true,
            nurses: 2,
            leaves: vec![leave(2, 3), leave(6, 6)],
            of_client: vec![0..2, 2..2],
            stranger: vec![7, 11, 7, 11],
            // An option for each day.
            day: (0..10).collect(),
        }
    }

    fn on(client: u32, nurse: u32, day: u32) -> Assignment {
        Assignment { option: day, client, nurse }
    }

    /// The ledger does not read them.
    fn counts() -> Assignments {
        Assignments::empty(2, 2)
    }

    fn total(ledger: &IntroductionLedger, rule: &IntroductionRule) -> Cost {
        let mut terms = CostByTerm::default();
        ledger.terms(rule, &counts(), &mut terms);
        terms.total()
    }

    #[test]
    fn an_earlier_visit_introduces_a_stand_in() {
        let (rule, mut ledger) = (rule(), IntroductionLedger::new(&rule()));
        // A stranger in the first leave; again there costs nothing more.
        assert_eq!([2, 3].map(|day| ledger.assign(&rule, &counts(), &on(0, 1, day))), [11, 0]);
        // By then the client knows her in the second.
        assert_eq!(ledger.assign(&rule, &counts(), &on(0, 1, 6)), 0);
        // Afterwards is too late, before is in time, of another client is nothing.
        assert_eq!(
            [9, 1].map(|day| ledger.assign_delta(&rule, &counts(), &on(0, 1, day))),
            [Some(0), Some(-11)]
        );
        assert_eq!([1, 0].map(|client| ledger.assign(&rule, &counts(), &on(client, 1, 1))), [0, -11]);
        assert_eq!(ledger.assign(&rule, &counts(), &on(0, 0, 6)), 7);
        assert_eq!(total(&ledger, &rule), 7);
        // Without the introduction she is a stranger again.
        assert_eq!(ledger.unassign(&rule, &counts(), &on(0, 1, 1)), 11);
    }

    proptest! {
        #[test]
        fn deltas_add_up_to_the_cost_and_are_undone_exactly(
            steps in prop::collection::vec((0u32..2, 0u32..2, 0u32..9), 0..40)
        ) {
            let (rule, mut ledger) = (rule(), IntroductionLedger::new(&rule()));
            let mut sum = 0;
            for &(client, nurse, day) in &steps {
                sum += ledger.assign(&rule, &counts(), &on(client, nurse, day));
                prop_assert_eq!(sum, total(&ledger, &rule));
            }
            for (client, nurse, day) in steps.into_iter().rev() {
                sum += ledger.unassign(&rule, &counts(), &on(client, nurse, day));
                prop_assert_eq!(sum, total(&ledger, &rule));
            }
            prop_assert_eq!(sum, 0);
            prop_assert_eq!(&ledger, &IntroductionLedger::new(&rule));
        }
    }
}
