//! Ledger: clients of one household, who should have the same nurse on a day.
//!
//! On each day, count the nurses who come to any client of a household, and subtract the number of nurses who come to
//! the client with most nurses. Each nurse of the difference costs `household`:
//!
//! | a couple's visits on a day | nurses | cost |
//! | --- | --- | --- |
//! | both by Ann | 1 - 1 | 0 |
//! | one by Ann, one by Bea | 2 - 1 | 1 |
//! | both in the morning by Ann and in the evening by Bea | 2 - 2 | 0 |
//!
//! Visits one right after the other need no price, because between two clients at one address there is no travel.

use super::assignments::{Assignment, Assignments};
use super::ledger::{Bearer, Ledger, LedgerRule};
use crate::model::cost::{Cost, Term, cost_of_minutes};
use crate::model::facts::Facts;
use std::ops::Range;

/// What does not change during a search.
#[derive(Debug, Clone)]
pub(crate) struct HouseholdRule {
    price: Cost,
    nurses: usize,
    /// By client: the household and the place in it; `None` for a client who shares no household with another.
    member: Vec<Option<(u32, u32)>>,
    /// The households of more than one client.
    households: Vec<Household>,
    /// The day of each day option; empty where nothing is used.
    day: Vec<u16>,
    days: usize,
}

/// Where the counts of a household begin.
#[derive(Debug, Clone, Copy)]
struct Household {
    clients: usize,
    /// The clients of the households before it.
    first_client: usize,
}

impl LedgerRule for HouseholdRule {
    fn new(problem: &Facts) -> Self {
        let price = cost_of_minutes(problem.prices.household);
        let named = problem.clients.iter().filter_map(|client| client.household);
        let mut sizes = vec![0u32; named.max().map_or(0, |last| last as usize + 1)];
        let mut rule = Self {
            price,
            nurses: problem.nurses.len(),
            member: Vec::new(),
            households: Vec::new(),
            day: Vec::new(),
            days: usize::from(problem.days),
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
        // (A household of one has nobody to share a nurse with.)
        let (mut number, mut first_client) = (vec![None; sizes.len()], 0);
        for (household, &size) in sizes.iter().enumerate().filter(|(_, size)| **size > 1) {
            number[household] = Some(rule.households.len() as u32);
            rule.households.push(Household { clients: size as usize, first_client });
            first_client += size as usize;
        }
        for member in &mut rule.member {
            *member = member.and_then(|(household, at)| Some((number[household as usize]?, at)));
        }
        rule.day = problem.options.iter().map(|option| option.day).collect();
        rule
    }

    #[inline]
    fn is_used(&self) -> bool {
        !self.households.is_empty()
    }
}

/// Positions of the counts that an assignment changes.
struct Counted {
    /// The household on the day.
    day: usize,
    /// Its clients on the day, and the one of the assignment.
    clients: Range<usize>,
    client: usize,
    /// The nurse in the household, and with the client.
    nurse: usize,
    with_client: usize,
}

impl HouseholdRule {
    /// Where an assignment is counted; `None` where it is not.
    fn at(&self, one: &Assignment) -> Option<Counted> {
        let (number, member) = self.member[one.client as usize]?;
        let Household { clients, first_client } = self.households[number as usize];
        let date = usize::from(self.day[one.option as usize]);
        let day = number as usize * self.days + date;
        let first = first_client * self.days + date * clients;
        let (client, nurse) = (first + member as usize, one.nurse as usize);
        Some(Counted {
            day,
            clients: first..first + clients,
            client,
            nurse: day * self.nurses + nurse,
            with_client: client * self.nurses + nurse,
        })
    }

    /// Number of pairs of a day and a client in a household.
    fn client_days(&self) -> usize {
        self.households.iter().map(|household| household.clients).sum::<usize>() * self.days
    }
}

/// Visits of each nurse to each client of each household on each day, and how many nurses that makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HouseholdLedger {
    /// By household, day, client and nurse.
    visits: Vec<u16>,
    /// Nurses with visits, by household, day and client.
    of_client: Vec<u16>,
    /// Clients whom she visits, by household, day and nurse.
    of_nurse: Vec<u16>,
    /// Nurses of the client with most nurses, by household and day.
    most: Vec<u16>,
}

impl Ledger for HouseholdLedger {
    type Rule = HouseholdRule;
    const COUNTS_ASSIGNMENTS: bool = true;

    fn empty(rule: &HouseholdRule, _: &Facts) -> Self {
        Self::new(rule)
    }

    /// Negative where a nurse who comes to the household anyway now comes to the client with most nurses as well.
    #[inline(never)]
    fn assign_delta(&self, rule: &HouseholdRule, _: &Assignments, one: &Assignment) -> Option<Cost> {
        Some(rule.at(one).map_or(0, |at| self.cost_of_more(rule, &at)))
    }

    #[inline(never)]
    fn assign(&mut self, rule: &HouseholdRule, _: &Assignments, one: &Assignment) -> Cost {
        let Some(at) = rule.at(one) else { return 0 };
        let cost = self.cost_of_more(rule, &at);
        self.visits[at.with_client] += 1;
        if self.visits[at.with_client] == 1 {
            self.of_client[at.client] += 1;
            self.of_nurse[at.nurse] += 1;
            self.most[at.day] = self.most[at.day].max(self.of_client[at.client]);
        }
        cost
    }

    /// # Complexity
    /// Constant; linear in the clients of the household where the nurse no longer comes to the client.
    #[inline(never)]
    fn unassign(&mut self, rule: &HouseholdRule, _: &Assignments, one: &Assignment) -> Cost {
        let Some(at) = rule.at(one) else { return 0 };
        self.visits[at.with_client] -= 1;
        if self.visits[at.with_client] == 0 {
            self.of_client[at.client] -= 1;
            self.of_nurse[at.nurse] -= 1;
            let of_clients = &self.of_client[at.clients.clone()];
            self.most[at.day] = of_clients.iter().copied().max().unwrap_or(0);
        }
        -self.cost_of_more(rule, &at)
    }

    fn shares(&self, rule: &HouseholdRule, _: &Assignments, add: &mut dyn FnMut(Bearer, Term, Cost)) {
        for household in &rule.households {
            let first = household.first_client * rule.days * rule.nurses;
            let of_day = household.clients * rule.nurses;
            for visits in self.visits[first..first + rule.days * of_day].chunks(of_day.max(1)) {
                add(Bearer::Team, Term::Households, extra_nurses(visits, rule.nurses) * rule.price);
            }
        }
    }
}

impl HouseholdLedger {
    fn new(rule: &HouseholdRule) -> Self {
        let (client_days, days) = (rule.client_days(), rule.households.len() * rule.days);
        Self {
            visits: vec![0; client_days * rule.nurses],
            of_client: vec![0; client_days],
            of_nurse: vec![0; days * rule.nurses],
            most: vec![0; days],
        }
    }

    /// Change of cost if the nurse made one visit more there.
    fn cost_of_more(&self, rule: &HouseholdRule, at: &Counted) -> Cost {
        if self.visits[at.with_client] > 0 {
            return 0;
        }
        let more = Cost::from(self.of_nurse[at.nurse] == 0);
        let most = Cost::from(self.of_client[at.client] == self.most[at.day]);
        (more - most) * rule.price
    }
}

/// Number of nurses who come to a household on a day, less those of the client with most nurses; computed from the
/// visits.
fn extra_nurses(visits: &[u16], nurses: usize) -> Cost {
    let of_clients = || visits.chunks(nurses.max(1));
    let any = (0..nurses).filter(|&nurse| of_clients().any(|visits| visits[nurse] > 0)).count();
    let most = of_clients().map(|visits| visits.iter().filter(|&&visits| visits > 0).count()).max();
    (any - most.unwrap_or(0)) as Cost
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cost::CostByTerm;
    use proptest::prelude::*;

    /// Three nurses; clients 0 and 1 are a couple, client 2 lives alone, clients 3 to 5 share a house; an option for each day.
    fn rule() -> HouseholdRule {
        HouseholdRule {
            price: 10,
            nurses: 3,
            member: vec![Some((0, 0)), Some((0, 1)), None, Some((1, 0)), Some((1, 1)), Some((1, 2))],
            households: vec![
                Household { clients: 2, first_client: 0 },
                Household { clients: 3, first_client: 2 },
            ],
            day: vec![0, 1],
            days: 2,
        }
    }

    fn on(client: u32, nurse: u32, day: u32) -> Assignment {
        Assignment { option: day, client, nurse }
    }

    fn counts() -> Assignments {
        Assignments::empty(3, 3)
    }

    fn ledger() -> HouseholdLedger {
        HouseholdLedger::new(&rule())
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
            steps in prop::collection::vec((0u32..6, 0u32..3, 0u32..2), 0..60)
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
