//! One circle for each client: an integer programme.

use super::TOO_FULL;
use super::demand::Demand;
use super::listing::Circle;
use crate::model::cost::Cost;
use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOptions, Variable};
use std::ops::Range;
use std::time::Duration;

/// Costs are in thousandths of a second; the programme counts in minutes.
const UNIT: f64 = 60_000.0;

/// Most times that two clients are asked together.
const MOST_PAIRS: u32 = 100_000;

/// Circles listed beyond which there is no integer programme.
const MOST_VARIABLES: usize = 5_000;

/// How long the integer programme may take.
pub(super) struct Effort {
    pub(super) time: Duration,
    /// Most nodes of its branch and bound.
    pub(super) nodes: Option<u64>,
}

/// The cheapest choice found. Never dearer than the one that clients agree on among themselves.
pub(super) fn choose<'a>(
    demand: &'a Demand,
    circles: &'a [Circle],
    effort: &dyn Fn() -> Effort,
    stop: &dyn Fn() -> bool,
) -> Choice<'a> {
    let mut agreed = Choice::new(demand, circles, vec![None; demand.clients.len()]);
    agreed.agree(stop);
    let effort = effort();
    if circles.is_empty() || circles.len() > MOST_VARIABLES || effort.time.is_zero() {
        return agreed;
    }
    match Programme::new(demand, circles).solve(&agreed, &effort) {
        Some(found) if found.cost() < agreed.cost() => found,
        _ => agreed,
    }
}

/// The programme: a variable for each circle, taken or not, and for the minutes by which each room is too full.
struct Programme<'a> {
    circles: &'a [Circle],
    problem: Problem,
    taken: Vec<Variable>,
}

impl<'a> Programme<'a> {
    fn new(demand: &Demand, circles: &'a [Circle]) -> Self {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        // The objective, in minutes: what the circles cost, and minutes too many.
        let taken: Vec<Variable> =
            circles.iter().map(|circle| problem.add_binary_var(circle.cost as f64 / UNIT)).collect();
        let mut programme = Self { circles, problem, taken };
        programme.one_each(demand);
        programme.hours(demand);
        programme
    }

    /// Each client has one circle.
    fn one_each(&mut self, demand: &Demand) {
        let mut each = vec![LinearExpr::empty(); demand.clients.len()];
        for (circle, &taken) in self.circles.iter().zip(&self.taken) {
            each[circle.client as usize].add(taken, 1.0);
        }
        for client in each {
            self.problem.add_constraint(client, ComparisonOp::Eq, 1.0);
        }
    }

    /// No room holds more than it has, what is too much apart.
    fn hours(&mut self, demand: &Demand) {
        let most = most_in_each(demand, self.circles);
        for (room, &seconds) in (0..).zip(&demand.room) {
            if most[room as usize] <= i64::from(seconds) {
                continue;
            }
            let too_full = self.problem.add_var(TOO_FULL as f64, (0.0, f64::INFINITY));
            let mut hours = LinearExpr::empty();
            hours.add(too_full, -1.0);
            for (circle, &taken) in self.circles.iter().zip(&self.taken) {
                if let Some(&(_, load)) = circle.load.iter().find(|&&(of, _)| of == room) {
                    hours.add(taken, f64::from(load) / 60.0);
                }
            }
            self.problem.add_constraint(hours, ComparisonOp::Le, f64::from(seconds) / 60.0);
        }
    }

    /// The cheapest choice found; `None` where there is none.
    fn solve(&self, begin: &Choice<'a>, effort: &Effort) -> Option<Choice<'a>> {
        let mut options = SolveOptions::default();
        let is_in = |at: usize| begin.taken[self.circles[at].client as usize] == Some(at);
        let start = self.taken.iter().enumerate().map(|(at, &taken)| (taken, f64::from(u8::from(is_in(at)))));
        options.warm_start = Some(start.collect());
        options.time_limit = Some(effort.time);
        options.node_limit = effort.nodes;
        let outcome = self.problem.solve_with(options).ok()?;
        let solution = outcome.solution()?;
        let mut taken = vec![None; begin.taken.len()];
        for (at, (circle, &variable)) in self.circles.iter().zip(&self.taken).enumerate() {
            if solution.var_value_raw(variable) > 0.5 {
                taken[circle.client as usize] = Some(at);
            }
        }
        // A client that the solver forgot is no choice.
        let complete =
            taken.iter().zip(&begin.taken).all(|(found, begin)| found.is_some() == begin.is_some());
        complete.then(|| Choice::new(begin.demand, self.circles, taken))
    }
}

/// Seconds of each room if every client had the circle that takes most of it.
fn most_in_each(demand: &Demand, circles: &[Circle]) -> Vec<i64> {
    let mut most = vec![0; demand.room.len()];
    for of_client in circles.chunk_by(|a, b| a.client == b.client) {
        let mut of_room: Vec<(u32, i32)> = of_client.iter().flat_map(|circle| circle.load.clone()).collect();
        of_room.sort_unstable_by_key(|&(room, load)| (room, std::cmp::Reverse(load)));
        of_room.dedup_by_key(|&mut (room, _)| room);
        of_room.iter().for_each(|&(room, load)| most[room as usize] += i64::from(load));
    }
    most
}

/// A circle for each client.
pub(super) struct Choice<'a> {
    demand: &'a Demand,
    circles: &'a [Circle],
    /// By client, among all circles; `None` without visits.
    taken: Vec<Option<usize>>,
    /// Seconds of each room.
    load: Vec<i64>,
}

impl<'a> Choice<'a> {
    pub(super) fn new(demand: &'a Demand, circles: &'a [Circle], taken: Vec<Option<usize>>) -> Self {
        let load = vec![0; demand.room.len()];
        let mut choice = Self { demand, circles, taken: vec![None; taken.len()], load };
        taken.into_iter().flatten().for_each(|at| choice.take(at));
        choice
    }

    /// The circle of a client.
    pub(super) fn of_client(&self, client: usize) -> Option<&'a Circle> {
        self.taken[client].map(|at| &self.circles[at])
    }

    /// What they cost, hours that are too many included.
    pub(super) fn cost(&self) -> Cost {
        let circles = self.taken.iter().flatten().map(|&at| self.circles[at].cost).sum::<Cost>();
        let too_full = |(&load, &room): (&i64, &i32)| TOO_FULL * 1000 * (load - i64::from(room)).max(0);
        circles + self.load.iter().zip(&self.demand.room).map(too_full).sum::<Cost>()
    }

    fn take(&mut self, at: usize) {
        let circle = &self.circles[at];
        circle.load.iter().for_each(|&(room, seconds)| self.load[room as usize] += i64::from(seconds));
        self.taken[circle.client as usize] = Some(at);
    }

    fn leave(&mut self, client: usize) -> Option<usize> {
        let at = self.taken[client].take()?;
        let circle = &self.circles[at];
        circle.load.iter().for_each(|&(room, seconds)| self.load[room as usize] -= i64::from(seconds));
        Some(at)
    }

    /// What one more circle costs.
    fn more(&self, circle: &Circle) -> Cost {
        let too_full = |&(room, seconds): &(u32, i32)| {
            let over = |load: i64| (load - i64::from(self.demand.room[room as usize])).max(0);
            let load = self.load[room as usize];
            over(load + i64::from(seconds)) - over(load)
        };
        circle.cost + TOO_FULL * 1000 * circle.load.iter().map(too_full).sum::<i64>()
    }

    /// The cheapest circle of a client among those listed, and what it costs more.
    fn cheapest(&self, of_client: &Range<usize>) -> Option<(Cost, usize)> {
        of_client.clone().map(|at| (self.more(&self.circles[at]), at)).min()
    }

    /// Asks each client, then each two together, until nobody would choose otherwise.
    fn agree(&mut self, stop: &dyn Fn() -> bool) {
        let mut of_client: Vec<Range<usize>> = Vec::new();
        for circles in self.circles.chunk_by(|a, b| a.client == b.client) {
            let from = of_client.last().map_or(0, |last| last.end);
            of_client.push(from..from + circles.len());
        }
        let mut pairs_left = MOST_PAIRS;
        loop {
            let before = (self.cost(), self.taken.iter().flatten().count());
            for mine in &of_client {
                self.leave(self.circles[mine.start].client as usize);
                if let Some((_, at)) = self.cheapest(mine) {
                    self.take(at);
                }
            }
            if (self.cost(), of_client.len()) == before {
                self.ask_each_two(&of_client, &mut pairs_left, stop);
                if self.cost() == before.0 {
                    return;
                }
            }
        }
    }

    /// Lets each two clients choose together.
    fn ask_each_two(&mut self, of_client: &[Range<usize>], left: &mut u32, stop: &dyn Fn() -> bool) {
        for (a, first) in of_client.iter().enumerate() {
            for second in &of_client[a + 1..] {
                if *left == 0 || stop() {
                    return;
                }
                *left -= 1;
                self.ask_two(first, second);
            }
        }
    }

    fn ask_two(&mut self, first: &Range<usize>, second: &Range<usize>) {
        let [one, other] = [first, second].map(|circles| self.circles[circles.start].client as usize);
        let (Some(old), Some(other_old)) = (self.leave(one), self.leave(other)) else { return };
        let mut best = (Cost::MAX, old, other_old);
        for at in first.clone() {
            let cost = self.more(&self.circles[at]);
            self.take(at);
            if let Some((more, other_at)) = self.cheapest(second) {
                best = best.min((cost + more, at, other_at));
            }
            self.leave(one);
        }
        self.take(best.1);
        self.take(best.2);
    }
}
