//! Chooses one circle for each client: first by local search, which changes the circles of one or two clients at a
//! time, then by an integer programme.

use super::demand::{Demand, TOO_FULL};
use super::listing::Circle;
use crate::exact::programme::{Limits, Programme, UNIT};
use crate::model::cost::Cost;
use good_lp::{Expression, Variable};
use std::ops::Range;

/// Most pairs of clients that the local search looks at, repeats included.
const MOST_PAIRS: u32 = 100_000;

/// With more circles than this, those of about a hundred clients, no integer programme is solved.
const MOST_VARIABLES: usize = 2_500;

/// The cheapest choice found. Never dearer than that of the local search.
pub(super) fn choose<'a>(demand: &'a Demand, circles: &'a [Circle], limits: &Limits<'_>) -> Choice<'a> {
    let mut agreed = Choice::of_first(demand, circles);
    agreed.agree(limits.stop);
    if circles.is_empty() || circles.len() > MOST_VARIABLES || (limits.stop)() {
        return agreed;
    }
    match Model::new(demand, circles).solve(&agreed, limits) {
        Some(found) if found.cost() < agreed.cost() => found,
        _ => agreed,
    }
}

/// The model: a variable for each circle, taken or not, and for the minutes by which each part of a shift is too full.
struct Model<'a> {
    circles: &'a [Circle],
    programme: Programme,
    taken: Vec<Variable>,
}

impl<'a> Model<'a> {
    fn new(demand: &Demand, circles: &'a [Circle]) -> Self {
        let mut programme = Programme::default();
        // The objective, in minutes: what the circles cost, and minutes too many.
        let taken = circles.iter().map(|circle| programme.binary(circle.cost as f64 / UNIT)).collect();
        let mut model = Self { circles, programme, taken };
        model.one_each(demand);
        model.hours(demand);
        model
    }

    /// Each client has one circle.
    fn one_each(&mut self, demand: &Demand) {
        let mut each = vec![Expression::default(); demand.clients.len()];
        for (circle, &taken) in self.circles.iter().zip(&self.taken) {
            each[circle.client as usize] += taken;
        }
        each.into_iter().for_each(|circles| self.programme.require(circles.eq(1.0)));
    }

    /// No part of a shift holds more time than it has, except for the excess, which costs.
    fn hours(&mut self, demand: &Demand) {
        let mut hours = vec![Expression::default(); demand.capacity.len()];
        for (circle, &taken) in self.circles.iter().zip(&self.taken) {
            for &(part, seconds) in &circle.load {
                hours[part as usize].add_mul(f64::from(seconds) / 60.0, taken);
            }
        }
        let parts = hours.into_iter().zip(&demand.capacity).zip(most_in_each(demand, self.circles));
        for ((hours, &capacity), most) in parts {
            // What cannot be too full needs no row.
            if most > i64::from(capacity) {
                // The excess is in minutes, as the hours are.
                let too_full = self.programme.amount((60 * TOO_FULL) as f64 / UNIT);
                self.programme.require((hours - too_full).leq(f64::from(capacity) / 60.0));
            }
        }
    }

    /// The cheapest choice found; `None` where there is none.
    fn solve(mut self, begin: &Choice<'a>, limits: &Limits<'_>) -> Option<Choice<'a>> {
        for (at, (circle, &taken)) in self.circles.iter().zip(&self.taken).enumerate() {
            self.programme.begin_with(taken, begin.taken[circle.client as usize] == at);
        }
        let answer = self.programme.solve(limits)?;
        let mut taken: Vec<Option<usize>> = vec![None; begin.taken.len()];
        for (at, (circle, &variable)) in self.circles.iter().zip(&self.taken).enumerate() {
            if answer.takes(variable) {
                taken[circle.client as usize] = Some(at);
            }
        }
        // If the solver leaves a client without a circle, there is no choice.
        let taken: Vec<usize> = taken.into_iter().collect::<Option<_>>()?;
        Some(Choice::new(begin.demand, self.circles, taken))
    }
}

/// Seconds of each part of a shift if every client had the circle that takes most of it.
fn most_in_each(demand: &Demand, circles: &[Circle]) -> Vec<i64> {
    let mut most = vec![0; demand.capacity.len()];
    for of_client in circles.chunk_by(|a, b| a.client == b.client) {
        let mut of_part: Vec<(u32, i32)> = of_client.iter().flat_map(|circle| circle.load.clone()).collect();
        of_part.sort_unstable_by_key(|&(part, load)| (part, std::cmp::Reverse(load)));
        of_part.dedup_by_key(|&mut (part, _)| part);
        of_part.iter().for_each(|&(part, load)| most[part as usize] += i64::from(load));
    }
    most
}

/// A circle for each client.
pub(super) struct Choice<'a> {
    demand: &'a Demand,
    circles: &'a [Circle],
    /// By client: the position of its circle in `circles`.
    taken: Vec<usize>,
    /// Seconds of each part of a shift.
    load: Vec<i64>,
}

impl<'a> Choice<'a> {
    pub(super) fn new(demand: &'a Demand, circles: &'a [Circle], taken: Vec<usize>) -> Self {
        let mut choice = Self { demand, circles, taken, load: vec![0; demand.capacity.len()] };
        (0..choice.taken.len()).for_each(|client| choice.enter(choice.taken[client], 1));
        choice
    }

    /// The first circle of each client; each has one at least.
    fn of_first(demand: &'a Demand, circles: &'a [Circle]) -> Self {
        Self::new(demand, circles, ranges(circles).map(|circles| circles.start).collect())
    }

    /// The circle of a client.
    pub(super) fn of_client(&self, client: usize) -> &'a Circle {
        &self.circles[self.taken[client]]
    }

    /// What they cost, the excess of parts that are too full included.
    pub(super) fn cost(&self) -> Cost {
        let circles = self.taken.iter().map(|&at| self.circles[at].cost).sum::<Cost>();
        let too_full = |(&load, &capacity): (&i64, &i32)| TOO_FULL * (load - i64::from(capacity)).max(0);
        circles + self.load.iter().zip(&self.demand.capacity).map(too_full).sum::<Cost>()
    }

    /// Adds the load of a circle so many times.
    fn enter(&mut self, at: usize, times: i64) {
        for &(part, seconds) in &self.circles[at].load {
            self.load[part as usize] += times * i64::from(seconds);
        }
    }

    /// What one more circle costs.
    fn more(&self, circle: &Circle) -> Cost {
        let too_full = |&(part, seconds): &(u32, i32)| {
            let over = |load: i64| (load - i64::from(self.demand.capacity[part as usize])).max(0);
            let load = self.load[part as usize];
            over(load + i64::from(seconds)) - over(load)
        };
        circle.cost + TOO_FULL * circle.load.iter().map(too_full).sum::<i64>()
    }

    /// The cheapest of some circles, given those that are entered, and what it costs.
    fn cheapest(&self, circles: &Range<usize>) -> (Cost, usize) {
        circles.clone().map(|at| (self.more(&self.circles[at]), at)).min().unwrap_or((0, circles.start))
    }

    /// Local search: gives each client, then each pair of clients, the cheapest circles given those of all others,
    /// until the cost falls no more, after [`MOST_PAIRS`] pairs, or at `stop`.
    fn agree(&mut self, stop: &dyn Fn() -> bool) {
        let ranges: Vec<Range<usize>> = ranges(self.circles).collect();
        let mut left = MOST_PAIRS;
        loop {
            let before = self.cost();
            for (client, circles) in ranges.iter().enumerate() {
                self.enter(self.taken[client], -1);
                self.taken[client] = self.cheapest(circles).1;
                self.enter(self.taken[client], 1);
            }
            if self.cost() < before {
                continue;
            }
            for first in 0..ranges.len() {
                for second in first + 1..ranges.len() {
                    if left == 0 || stop() {
                        return;
                    }
                    left -= 1;
                    self.ask_two([first, second], &ranges);
                }
            }
            if self.cost() == before {
                return;
            }
        }
    }

    fn ask_two(&mut self, clients: [usize; 2], ranges: &[Range<usize>]) {
        clients.iter().for_each(|&client| self.enter(self.taken[client], -1));
        let mut best = (Cost::MAX, clients.map(|client| self.taken[client]));
        for at in ranges[clients[0]].clone() {
            let cost = self.more(&self.circles[at]);
            self.enter(at, 1);
            let (more, other) = self.cheapest(&ranges[clients[1]]);
            self.enter(at, -1);
            best = best.min((cost + more, [at, other]));
        }
        for (client, at) in clients.into_iter().zip(best.1) {
            self.taken[client] = at;
            self.enter(at, 1);
        }
    }
}

/// The circles of each client.
fn ranges(circles: &[Circle]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut next = 0;
    circles.chunk_by(|a, b| a.client == b.client).map(move |of_client| {
        let first = next;
        next += of_client.len();
        first..next
    })
}
