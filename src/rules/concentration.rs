//! Ledger: how the visits of a client are divided among nurses; prices dispersion (COC), visits by others than
//! the usual nurse (UPC), and hand-overs (SECON).
//!
//! With N visits to plan, n_i of them in tours of nurse i, and M = sum of n_i:
//!
//! | term | costs, at the price times the client's weight | all planned |
//! | --- | --- | --- |
//! | COC | pairs of planned visits by two nurses, of the N (N - 1) / 2 pairs: sum over i < j of n_i n_j | 1 - COC |
//! | UPC | planned visits by others than the usual nurse, of N: M - max n_i | 1 - UPC |
//! | hand-over | each two successive planned visits by two nurses | (1 - SECON) (N - 1) |
//!
//! Each is rounded down once for each client. N does not change while visits are out, so that a visit more never costs
//! less than nothing. Successive is by day, start of the window and care line: an order that no start of care
//! changes. Clients with fewer than two visits have no such costs.
//!
//! # References
//! COC: T. Bice and S. Boxerman (1977). UPC: N. Breslau and K. Reeb (1975). SECON: D. Steinwachs (1979). Their
//! changes by one visit: `sum n_i²` grows by `2 n + 1`, so the pairs by two nurses grow by `M - n`.

use super::assignments::{Assignment, Assignments};
use super::ledger::{Bearer, Ledger, LedgerRule};
use crate::model::cost::{Cost, Term, cost_of_minutes};
use crate::model::facts::Facts;

/// What does not change during a search.
#[derive(Debug, Clone)]
pub(crate) struct ConcentrationRule {
    /// Whether anything here has a price.
    is_used: bool,
    clients: Vec<ClientPrices>,
    /// The place of each day option among those of its client, where hand-overs have a price.
    rank: Vec<u32>,
}

/// Prices of one client, 0 where too few visits are to be planned.
#[derive(Debug, Clone, Copy)]
struct ClientPrices {
    coc: Cost,
    upc: Cost,
    handover: Cost,
    visits: i64,
}

impl ClientPrices {
    fn new(problem: &Facts, client: usize, visits: i64) -> Self {
        let prices = &problem.prices;
        let weight = if visits < 2 { 0.0 } else { problem.clients[client].weight };
        let weighted = |price: f64| cost_of_minutes(price * weight);
        let (coc, upc, handover) = (weighted(prices.coc), weighted(prices.upc), weighted(prices.handover));
        Self { coc, upc, handover, visits }
    }

    fn coc(&self, state: &Concentration) -> Cost {
        part(self.coc, state.mixed_pairs, self.visits * (self.visits - 1) / 2)
    }

    fn upc(&self, state: &Concentration) -> Cost {
        part(self.upc, state.planned - state.most, self.visits)
    }
}

/// A price times the share `some / all`, rounded down; 0 without a price, even if `all` is 0.
#[inline]
fn part(price: Cost, some: i64, all: i64) -> Cost {
    if price == 0 {
        return 0;
    }
    (i128::from(price) * i128::from(some) / i128::from(all)) as Cost
}

impl LedgerRule for ConcentrationRule {
    fn new(problem: &Facts) -> Self {
        let mut visits = vec![0; problem.clients.len()];
        problem.visits.iter().for_each(|visit| visits[visit.client as usize] += 1);
        let clients: Vec<ClientPrices> =
            visits.iter().enumerate().map(|(client, &n)| ClientPrices::new(problem, client, n)).collect();
        let ranked = clients.iter().any(|client| client.handover != 0);
        let is_used = ranked || clients.iter().any(|client| client.coc != 0 || client.upc != 0);
        Self { is_used, clients, rank: if ranked { ranks(problem) } else { Vec::new() } }
    }

    #[inline]
    fn is_used(&self) -> bool {
        self.is_used
    }
}

/// The place of each option among all options: within a client by day, start of the window and care line.
fn ranks(problem: &Facts) -> Vec<u32> {
    let mut order: Vec<u32> = (0..problem.options.len() as u32).collect();
    // (Options follow each other by client, care line and visit, and the sort is stable.)
    order.sort_by_key(|&option| {
        let option = &problem.options[option as usize];
        (option.day, option.hour, problem.visits[option.visit as usize].line)
    });
    let mut rank = vec![0; order.len()];
    (0..).zip(order).for_each(|(place, option)| rank[option as usize] = place);
    rank
}

/// How the visits of one client are divided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Concentration {
    /// Visits in tours.
    planned: i64,
    /// Pairs of them by two nurses.
    mixed_pairs: i64,
    /// Visits of the nurse who makes most.
    most: i64,
}

impl Concentration {
    /// How they are divided after one more visit by a nurse who makes `visits` of them.
    #[inline]
    fn with(&self, visits: u16) -> Self {
        let visits = i64::from(visits);
        Self {
            planned: self.planned + 1,
            mixed_pairs: self.mixed_pairs + self.planned - visits,
            most: self.most.max(visits + 1),
        }
    }

    /// From the visits of each nurse.
    fn of(row: &[u16]) -> Self {
        let visits = row.iter().map(|&visits| i64::from(visits));
        let planned: i64 = visits.clone().sum();
        let squares: i64 = visits.clone().map(|visits| visits * visits).sum();
        Self { planned, mixed_pairs: (planned * planned - squares) / 2, most: visits.max().unwrap_or(0) }
    }
}

/// How visits are divided in the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConcentrationLedger {
    clients: Vec<Concentration>,
    /// Rank and nurse of each client's visits in tours, in order; where hand-overs have a price.
    order: Vec<Vec<(u32, u32)>>,
}

impl Ledger for ConcentrationLedger {
    type Rule = ConcentrationRule;
    const COUNTS_ASSIGNMENTS: bool = true;

    fn empty(rule: &ConcentrationRule, _: &Facts) -> Self {
        Self::new(rule)
    }

    /// # Complexity
    /// Constant; the logarithm of the client's visits where hand-overs have a price.
    #[inline(never)]
    fn assign_delta(&self, rule: &ConcentrationRule, counts: &Assignments, one: &Assignment) -> Option<Cost> {
        let prices = &rule.clients[one.client as usize];
        let now = &self.clients[one.client as usize];
        let then = now.with(counts.visits(one.client, one.nurse));
        let mut cost = prices.coc(&then) - prices.coc(now) + prices.upc(&then) - prices.upc(now);
        if prices.handover != 0 {
            let order = &self.order[one.client as usize];
            let at = place(order, rule.rank[one.option as usize]);
            cost += prices.handover * more_handovers(&order[..at], one.nurse, &order[at..]);
        }
        Some(cost)
    }

    #[inline(never)]
    fn assign(&mut self, rule: &ConcentrationRule, counts: &Assignments, one: &Assignment) -> Cost {
        let cost = self.assign_delta(rule, counts, one).unwrap_or(0);
        let state = &mut self.clients[one.client as usize];
        *state = state.with(counts.visits(one.client, one.nurse));
        if rule.clients[one.client as usize].handover != 0 {
            let (order, rank) = (&mut self.order[one.client as usize], rule.rank[one.option as usize]);
            order.insert(place(order, rank), (rank, one.nurse));
        }
        cost
    }

    /// # Complexity
    /// As [`Self::assign`], and linear in the nurses where the usual one loses a visit.
    #[inline(never)]
    fn unassign(&mut self, rule: &ConcentrationRule, counts: &Assignments, one: &Assignment) -> Cost {
        let row = counts.of_client(one.client);
        let visits = row[one.nurse as usize];
        let state = &mut self.clients[one.client as usize];
        state.planned -= 1;
        state.mixed_pairs -= state.planned - i64::from(visits);
        if state.most == i64::from(visits) + 1 {
            state.most = row.iter().copied().max().map_or(0, i64::from);
        }
        if rule.clients[one.client as usize].handover != 0 {
            let order = &mut self.order[one.client as usize];
            let at = place(order, rule.rank[one.option as usize]);
            debug_assert_eq!(order.get(at), Some(&(rule.rank[one.option as usize], one.nurse)));
            order.remove(at);
        }
        -self.assign_delta(rule, counts, one).unwrap_or(0)
    }

    fn shares(
        &self,
        rule: &ConcentrationRule,
        counts: &Assignments,
        add: &mut dyn FnMut(Bearer, Term, Cost),
    ) {
        let clients = rule.clients.iter().zip(&self.order).zip(counts.by_client());
        for (client, ((prices, order), row)) in (0..).zip(clients) {
            let (bearer, state) = (Bearer::Client(client), Concentration::of(row));
            add(bearer, Term::Coc, prices.coc(&state));
            add(bearer, Term::Upc, prices.upc(&state));
            let handovers = order.windows(2).filter(|pair| pair[0].1 != pair[1].1).count() as i64;
            add(bearer, Term::Handovers, prices.handover * handovers);
        }
    }
}

impl ConcentrationLedger {
    fn new(rule: &ConcentrationRule) -> Self {
        let empty_list = |client: &ClientPrices| {
            Vec::with_capacity(if client.handover != 0 { client.visits as usize } else { 0 })
        };
        Self {
            clients: vec![Concentration::default(); rule.clients.len()],
            order: rule.clients.iter().map(empty_list).collect(),
        }
    }
}

/// Where a rank stands or would stand.
#[inline]
fn place(order: &[(u32, u32)], rank: u32) -> usize {
    order.partition_point(|&(other, _)| other < rank)
}

/// Hand-overs that a visit of a nurse between others adds.
#[inline]
fn more_handovers(before: &[(u32, u32)], nurse: u32, after: &[(u32, u32)]) -> i64 {
    let (before, after) = (before.last().map(|&(_, n)| n), after.first().map(|&(_, n)| n));
    let differ = |a: Option<u32>, b: Option<u32>| i64::from(a.is_some() && b.is_some() && a != b);
    differ(before, Some(nurse)) + differ(Some(nurse), after) - differ(before, after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cost::CostByTerm;
    use proptest::prelude::*;

    /// Two clients of five visits each at the same prices, and ten options in order.
    fn rule(coc: Cost, upc: Cost, handover: Cost) -> ConcentrationRule {
        let client = ClientPrices { coc, upc, handover, visits: 5 };
        ConcentrationRule { is_used: true, clients: vec![client; 2], rank: (0..10).collect() }
    }

    /// A ledger, and who makes each of the ten visits.
    struct Counted {
        rule: ConcentrationRule,
        ledger: ConcentrationLedger,
        counts: Assignments,
        by: [Option<u32>; 10],
    }

    impl Counted {
        fn new(rule: ConcentrationRule) -> Self {
            let ledger = ConcentrationLedger::new(&rule);
            Self { rule, ledger, counts: Assignments::empty(3, 2), by: [None; 10] }
        }

        /// Gives an option to a nurse, or takes it back from the one who has it.
        fn turn(&mut self, option: usize, nurse: u32) -> Cost {
            let client = option as u32 / 5;
            let one = Assignment { option: option as u32, client, nurse: self.by[option].unwrap_or(nurse) };
            match self.by[option] {
                None => {
                    self.by[option] = Some(nurse);
                    let cost = self.ledger.assign(&self.rule, &self.counts, &one);
                    self.counts.add(client, nurse);
                    cost
                }
                Some(nurse) => {
                    self.by[option] = None;
                    self.counts.remove(client, nurse);
                    self.ledger.unassign(&self.rule, &self.counts, &one)
                }
            }
        }

        fn terms(&self) -> CostByTerm {
            let mut terms = CostByTerm::default();
            self.ledger.terms(&self.rule, &self.counts, &mut terms);
            terms
        }

        /// From the definitions: pairs of visits, one by one.
        fn slow(&self) -> [Cost; 3] {
            let mut costs = [0; 3];
            for (client, prices) in self.rule.clients.iter().enumerate() {
                let by: Vec<u32> = self.by[5 * client..][..5].iter().flatten().copied().collect();
                let pairs = (0..by.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
                let mixed = pairs.filter(|&(i, j)| by[i] != by[j]).count() as i64;
                let others = |nurse: &u32| by.iter().filter(|&other| other != nurse).count() as i64;
                costs[0] += prices.coc * mixed / 10;
                costs[1] += prices.upc * by.iter().map(others).min().unwrap_or(0) / 5;
                costs[2] += prices.handover * by.windows(2).filter(|pair| pair[0] != pair[1]).count() as i64;
            }
            costs
        }
    }

    #[test]
    fn a_full_plan_costs_what_its_indices_lack() {
        // A A B A C: COC 0.3, UPC 0.6, three hand-overs.
        let mut counted = Counted::new(rule(1000, 100, 7));
        let nurses = [0, 0, 1, 0, 2];
        let sum: Cost =
            nurses.into_iter().enumerate().map(|(option, nurse)| counted.turn(option, nurse)).sum();
        let terms = counted.terms();
        assert_eq!([Term::Coc, Term::Upc, Term::Handovers].map(|term| terms[term]), [700, 40, 21]);
        assert_eq!(sum, 761);
        // Without B: 3 of 10 pairs are mixed, one of five visits is by another, A A A C has one hand-over.
        assert_eq!(counted.turn(2, 1), 300 + 20 + 7 - 761);
    }

    #[test]
    fn the_largest_prices_do_not_overflow() {
        let price = cost_of_minutes(1e8);
        assert_eq!(part(price, 449_985_000, 449_985_000), price);
        assert_eq!((part(7, 2, 3), part(0, 1, 0)), (4, 0));
    }

    proptest! {
        #[test]
        fn deltas_add_up_to_the_cost_and_are_undone_exactly(
            prices in (0i64..1000, 0i64..1000, prop::sample::select(vec![0i64, 13])),
            steps in prop::collection::vec((0usize..10, 0u32..3), 0..60),
        ) {
            let mut counted = Counted::new(rule(prices.0, prices.1, prices.2));
            let mut sum = 0;
            for (option, nurse) in steps {
                let (before, was) = (counted.ledger.clone(), counted.by[option]);
                let change = counted.turn(option, nurse);
                prop_assert!(if was.is_none() { change >= 0 } else { change <= 0 }, "a visit is no gift");
                sum += change;
                let terms = counted.terms();
                prop_assert_eq!([Term::Coc, Term::Upc, Term::Handovers].map(|term| terms[term]), counted.slow());
                prop_assert_eq!(sum, terms.total());
                // There and back.
                let back = counted.turn(option, was.unwrap_or(nurse));
                prop_assert_eq!(back, -change);
                prop_assert_eq!(&counted.ledger, &before);
                prop_assert_eq!(counted.turn(option, nurse), change);
            }
        }
    }
}
