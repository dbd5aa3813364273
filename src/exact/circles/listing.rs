//! The circles to choose from: those that are cheapest for each client while the time of full shifts gets dearer, round
//! by round.

use super::demand::{Demand, TOO_FULL};
use crate::model::cost::Cost;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Rounds of prices.
const ROUNDS: u64 = 60;

/// Sets of nurses looked at for a client in a round.
const MOST_SETS: u32 = 2_000;

/// Most visits looked at, over all sets and rounds. Problems much larger than a neighbourhood get fewer rounds.
const MOST_WORK: u64 = 4_000_000_000;

/// The first step of a price, as a share of [`TOO_FULL`].
const FIRST_STEP: f64 = 0.3;

/// Most circles of a client.
const MOST: usize = 24;

/// A way to look after a client.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Circle {
    pub(super) client: u32,
    /// Cost of faces, visits, travel, and visits left out.
    pub(super) cost: Cost,
    /// Who makes which visit.
    pub(super) slots: Vec<u32>,
    /// Visits for which it has nobody.
    pub(super) left_out: u32,
    /// Seconds that it takes of parts of shifts.
    pub(super) load: Vec<(u32, i32)>,
}

/// The circles of all clients, by client.
pub(super) struct Listed {
    pub(super) circles: Vec<Circle>,
    /// No choice of circles, listed or not, costs less.
    pub(super) bound: Cost,
}

/// The circles of all clients, and what no choice of circles costs less than.
///
/// # References
/// Lagrangian relaxation with subgradient steps: M. L. Fisher (1981), "The Lagrangian relaxation method for
/// solving integer programming problems", Management Science 27(1).
pub(super) fn list(demand: &Demand, stop: &dyn Fn() -> bool) -> Listed {
    let mut prices = Prices::new(demand);
    let mut known: Vec<FxHashMap<Vec<u32>, Circle>> = vec![FxHashMap::default(); demand.clients.len()];
    let mut bound = Cost::MIN;
    let days: usize = demand.clients.iter().map(|client| client.days.len()).sum();
    let rounds = (MOST_WORK / (days.max(1) as u64 * u64::from(MOST_SETS))).clamp(1, ROUNDS);
    for round in 0..rounds {
        let (groups, mut value) = (prices.of_groups(), prices.of_parts());
        let asked: Vec<Cost> = groups.iter().map(|&(cost, _)| cost).collect();
        let mut load = vec![0; demand.capacity.len()];
        for (number, client) in (0..).zip(&demand.clients) {
            if round > 0 && stop() {
                return Listed { circles: worth_choosing(known, &prices), bound };
            }
            // Each client needs a circle: after `stop` it is found among very few sets.
            let found = client.cheapest_of(&asked, if stop() { 1 } else { MOST_SETS });
            value += found.least;
            let prices = found.choice.prices.iter();
            let mut slots: Vec<u32> = prices.map(|&group| groups[group as usize].1).collect();
            slots.sort_unstable();
            let circle = circle(demand, number, found.choice.cost, slots.clone());
            circle.load.iter().for_each(|&(part, seconds)| load[part as usize] += i64::from(seconds));
            // The same slots may have been found with a face too many among very few sets: the lower cost counts.
            let cheaper = |known: &mut Circle| known.cost = known.cost.min(circle.cost);
            known[number as usize].entry(slots).and_modify(cheaper).or_insert(circle);
        }
        bound = bound.max(value);
        prices.follow(&load, round);
    }
    Listed { circles: worth_choosing(known, &prices), bound }
}

/// What a second of each part of a shift costs.
struct Prices<'a> {
    demand: &'a Demand,
    now: Vec<f64>,
    /// The sum over all rounds, and their number: the mean price is steadier than that of the last round.
    sum: Vec<f64>,
    rounds: u32,
}

impl<'a> Prices<'a> {
    fn new(demand: &'a Demand) -> Self {
        Self {
            demand,
            now: vec![0.0; demand.capacity.len()],
            sum: vec![0.0; demand.capacity.len()],
            rounds: 0,
        }
    }

    /// The least cost of each group, the price of its time included, and the slot that costs this.
    fn of_groups(&self) -> Vec<(Cost, u32)> {
        let of_pair = |at: u32| {
            let slot = &self.demand.slots[at as usize];
            let a_second: f64 = slot.shift_parts().map(|part| self.now[part as usize]).sum();
            (slot.cost + (a_second * f64::from(slot.seconds)) as Cost, at)
        };
        let cheapest = |group: &Range<u32>| group.clone().map(of_pair).min().unwrap_or((Cost::MAX, 0));
        self.demand.groups.iter().map(cheapest).collect()
    }

    /// The price of the time that the parts of shifts have, as a negative figure: the constant of the Lagrangian
    /// relaxation.
    fn of_parts(&self) -> Cost {
        let parts = self.demand.capacity.iter().zip(&self.now);
        -parts.map(|(&capacity, price)| (price * f64::from(capacity)).ceil() as Cost).sum::<Cost>()
    }

    fn mean(&self, part: u32) -> f64 {
        self.sum[part as usize] / f64::from(self.rounds.max(1))
    }

    /// Parts of shifts that are too full get dearer, others cheaper: by less in each round.
    fn follow(&mut self, load: &[i64], round: u64) {
        self.rounds += 1;
        let most = TOO_FULL as f64;
        let step = most * FIRST_STEP / (1.0 + round as f64 / 10.0);
        for (at, &load) in load.iter().enumerate() {
            let capacity = f64::from(self.demand.capacity[at].max(1));
            self.now[at] = (self.now[at] + step * (load as f64 - capacity) / capacity).clamp(0.0, most);
            self.sum[at] += self.now[at];
        }
    }
}

/// Of the circles of each client, those that are cheapest at the mean prices.
fn worth_choosing(known: Vec<FxHashMap<Vec<u32>, Circle>>, prices: &Prices) -> Vec<Circle> {
    let mut worth = Vec::new();
    for circles in known {
        let priced = |circle: Circle| {
            let hours = circle.load.iter().map(|&(part, seconds)| prices.mean(part) * f64::from(seconds));
            (circle.cost + hours.sum::<f64>() as Cost, circle)
        };
        let mut circles: Vec<(Cost, Circle)> = circles.into_values().map(priced).collect();
        circles.sort_by(|a, b| (a.0, &a.1.slots).cmp(&(b.0, &b.1.slots)));
        circles.truncate(MOST);
        worth.extend(circles.into_iter().map(|(_, circle)| circle));
    }
    worth
}

fn circle(demand: &Demand, client: u32, cost: Cost, slots: Vec<u32>) -> Circle {
    let of_slots: Cost = slots.iter().map(|&slot| demand.slots[slot as usize].cost).sum();
    let mut load: Vec<(u32, i32)> = Vec::new();
    for slot in slots.iter().map(|&slot| &demand.slots[slot as usize]) {
        for part in slot.shift_parts() {
            match load.iter_mut().find(|(other, _)| *other == part) {
                Some((_, seconds)) => *seconds += slot.seconds,
                None => load.push((part, slot.seconds)),
            }
        }
    }
    let visits: usize =
        demand.clients[client as usize].choices.iter().map(|days| days.first().map_or(0, Vec::len)).sum();
    let left_out = visits.saturating_sub(slots.len()) as u32;
    Circle { client, cost: cost + of_slots, slots, left_out, load }
}
