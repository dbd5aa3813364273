//! Pricing: the tours of a shift class with the least reduced cost, by forward labelling.
//!
//! A label is a path from home. Labels are extended in the order of time. A label is dropped where another at the same
//! stop dominates it: the other ends no later, costs no more however late the tour goes on, carries no more, and may
//! visit at least the same stops.
//!
//! # References
//! Feillet, Dejax, Gendreau, Gueguen (2004), "An exact algorithm for the elementary shortest path problem
//! with resource constraints", Networks 44(3): labels, and stops out of reach counted as visited.
//! Baldacci, Mingozzi, Roberti (2011), "New route relaxation and pricing strategies for the vehicle
//! routing problem", Operations Research 59(5): paths that forget what is far off (ng-routes).

use super::class_triples::bits;
use super::completion::Completion;
use super::shift_class::{MEMORABLE, ShiftClass};
use crate::model::cost::Cost;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// No label before this one: home.
const HOME: u32 = u32::MAX;

/// The answer of pricing.
#[derive(Debug, Default)]
pub(super) struct Priced {
    /// Least reduced cost of any tour; 0, that of an unused shift, if none is below.
    pub(super) least: Cost,
    /// Cheap tours, the cheapest first.
    pub(super) tours: Vec<Tour>,
}

/// A tour with a negative reduced cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tour {
    /// Reduced cost: the cost less the dual values of the visits.
    pub(super) reduced: Cost,
    /// Cost without dual values of visits and without what it pays for triples.
    pub(super) cost: Cost,
    pub(super) stops: Vec<u32>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failed {
    Stopped,
    /// More labels than allowed.
    TooMany,
}

/// Bounds of an effort.
pub(super) struct Effort<'a> {
    /// Tours wanted.
    pub(super) tours: usize,
    pub(super) labels: usize,
    /// Only tours of a lower reduced cost are wanted; at most 0, that of an unused shift.
    pub(super) below: Cost,
    /// Whether to drop labels that are merely no earlier and no cheaper than another: much faster, and
    /// the least found is then no bound.
    pub(super) is_rough: bool,
    pub(super) stop: &'a (dyn Fn() -> bool + Sync),
}

/// The tours of a shift class with the least reduced cost, given the dual values of its stops and triples. `completion`
/// must be computed from the same dual values of the stops.
///
/// # Errors
/// Stopped, or more labels than allowed.
pub(super) fn cheapest_tours(
    class: &ShiftClass,
    values: Values<'_>,
    completion: &Completion,
    effort: &Effort<'_>,
) -> Result<Priced, Failed> {
    match class.words {
        1 => Labelling::<1>::new(class, values, completion, effort).run(),
        2 => Labelling::<2>::new(class, values, completion, effort).run(),
        3..=4 => Labelling::<4>::new(class, values, completion, effort).run(),
        5..=8 => Labelling::<8>::new(class, values, completion, effort).run(),
        _ => Labelling::<{ MEMORABLE / 64 }>::new(class, values, completion, effort).run(),
    }
}

/// What tours earn, and what they pay.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    /// For each stop, what a visit there earns.
    pub(super) duals: &'a [Cost],
    /// For each triple of the class, what every second visit of it pays; never negative.
    pub(super) triples: &'a [Cost],
}

impl Values<'_> {
    /// What some triples pay.
    #[inline]
    fn of_triples(&self, triples: u128) -> Cost {
        bits(triples).map(|triple| self.triples[triple]).sum()
    }
}

/// A path from home to a stop, care there included.
#[derive(Debug, Clone, Copy)]
struct Label<const W: usize> {
    /// Reduced cost if the tour goes on at once.
    cost: Cost,
    /// Earliest end of care.
    end: i32,
    /// Least seconds from leaving home to the end of care.
    duration: i32,
    /// Latest time to leave home with which the path lasts no longer.
    latest: i32,
    load: i32,
    stop: u32,
    before: u32,
    /// Whether the break, if the shift has one, has been taken.
    rested: bool,
    /// Triples of which it made an odd number of visits: the next pays.
    odd: u128,
    /// Stops that it may not visit: remembered, or out of reach.
    barred: [u64; W],
}

impl<const W: usize> Label<W> {
    /// The cost by the end of care is level up to the end after leaving at `latest`, and then rises by the price of
    /// waiting. This is the value at time 0 of that rising line, which compares labels at every late end.
    fn line(&self, waiting: Cost) -> Cost {
        self.cost - waiting * (Cost::from(self.duration) + Cost::from(self.latest))
    }
}

struct Labelling<'a, const W: usize> {
    class: &'a ShiftClass,
    values: Values<'a>,
    effort: &'a Effort<'a>,
    completion: &'a Completion,
    labels: Vec<Label<W>>,
    /// Labels to extend, by end.
    open: BinaryHeap<Reverse<(i32, u32)>>,
    /// Labels that nothing dominates, by stop and rest, the cheapest first.
    settled: Vec<Vec<u32>>,
    /// The cheapest ways home: cost, label.
    best: Vec<(Cost, u32)>,
}

impl<'a, const W: usize> Labelling<'a, W> {
    fn new(
        class: &'a ShiftClass,
        values: Values<'a>,
        completion: &'a Completion,
        effort: &'a Effort<'a>,
    ) -> Self {
        Self {
            class,
            values,
            effort,
            completion,
            labels: Vec::new(),
            open: BinaryHeap::new(),
            settled: vec![Vec::new(); 2 * class.stops.len()],
            best: Vec::new(),
        }
    }

    fn run(mut self) -> Result<Priced, Failed> {
        let facts = &self.class.facts;
        let home = self.class.home() as u32;
        let leave = |open: i32, rested: bool| Label {
            cost: 0,
            end: open,
            duration: 0,
            latest: facts.latest_end,
            load: 0,
            stop: home,
            before: HOME,
            rested,
            odd: 0,
            barred: [0; W],
        };
        self.extend(HOME, &leave(facts.leave, facts.break_facts.is_none()))?;
        if let Some(break_facts) = facts.break_facts {
            self.extend(HOME, &leave(facts.leave.max(break_facts.earliest + break_facts.seconds), true))?;
        }
        let mut steps = 0u32;
        while let Some(Reverse((_, number))) = self.open.pop() {
            steps = steps.wrapping_add(1);
            if steps.is_multiple_of(1024) && (self.effort.stop)() {
                return Err(Failed::Stopped);
            }
            let label = self.labels[number as usize];
            if !self.may_pay(&label) || self.is_dominated(&label) {
                continue;
            }
            self.settle(number, &label);
            self.finish(number, &label);
            self.extend(number, &label)?;
            self.rest(number, &label)?;
        }
        Ok(self.tours())
    }

    /// Whether it may yet be among the cheapest.
    fn may_pay(&self, label: &Label<W>) -> bool {
        let rest = self.completion.least(label.stop as usize, label.rested, label.end);
        rest < Cost::MAX && label.cost + rest < self.limit()
    }

    /// What a tour must be cheaper than.
    fn limit(&self) -> Cost {
        let full = self.best.len() == self.effort.tours;
        if full { self.best[self.best.len() - 1].0 } else { self.effort.below }
    }

    fn list_of(label: &Label<W>) -> usize {
        2 * label.stop as usize + usize::from(label.rested)
    }

    fn is_dominated(&self, label: &Label<W>) -> bool {
        let class = self.class;
        let line = label.line(class.waiting);
        let is_long = class.facts.bounds_length();
        for &number in &self.settled[Self::list_of(label)] {
            let other = &self.labels[number as usize];
            if other.cost > label.cost {
                return false;
            }
            if other.end > label.end {
                continue;
            }
            // What the other may have to pay for triples that this label need not pay.
            let owed = self.values.of_triples(other.odd & !label.odd);
            if other.cost + owed > label.cost {
                continue;
            }
            if self.effort.is_rough {
                return true;
            }
            if (!class.is_loaded || other.load <= label.load)
                && other.barred.iter().zip(&label.barred).all(|(a, b)| a & !b == 0)
                && (class.waiting == 0 || other.line(class.waiting) + owed <= line)
                && (!class.is_timed || other.latest + other.duration >= label.latest + label.duration)
                && (!is_long || (other.duration <= label.duration && other.latest >= label.latest))
            {
                return true;
            }
        }
        false
    }

    fn settle(&mut self, number: u32, label: &Label<W>) {
        let labels = &self.labels;
        let list = &mut self.settled[Self::list_of(label)];
        let at = list.partition_point(|&other| labels[other as usize].cost <= label.cost);
        list.insert(at, number);
    }

    /// Goes home.
    fn finish(&mut self, number: u32, label: &Label<W>) {
        let class = self.class;
        let facts = &class.facts;
        let leg = class.leg(label.stop as usize, class.home());
        let close = match facts.break_facts {
            Some(break_facts) if !label.rested => break_facts.latest,
            _ => facts.latest_end,
        };
        let back = label.end + leg;
        if back > close || !facts.may_last(label.duration + leg) {
            return;
        }
        let overtime = Cost::from((back - facts.end).max(0));
        let cost = label.cost + Cost::from(leg) * class.travel + overtime * class.overtime;
        if cost < self.limit() {
            let at = self.best.partition_point(|&(other, _)| other <= cost);
            self.best.insert(at, (cost, number));
            self.best.truncate(self.effort.tours);
        }
    }

    /// Takes the break where it is.
    fn rest(&mut self, number: u32, label: &Label<W>) -> Result<(), Failed> {
        let Some(break_facts) = self.class.facts.break_facts.filter(|_| !label.rested) else { return Ok(()) };
        if label.end > break_facts.latest {
            return Ok(());
        }
        let waiting = (break_facts.earliest - label.duration - label.latest).max(0);
        let end = label.end.max(break_facts.earliest) + break_facts.seconds;
        let mut barred = label.barred;
        bar(&mut barred, self.class.out_of_reach(label.stop as usize, end));
        self.push(Label {
            cost: label.cost + Cost::from(waiting) * self.class.waiting,
            end,
            duration: label.duration + waiting + break_facts.seconds,
            latest: (break_facts.latest - label.duration).min(label.latest),
            before: number,
            rested: true,
            barred,
            ..*label
        })
    }

    /// Visits one more stop. The times are those of `Schedule::merge`, but with the earliest end in place of the
    /// earliest start.
    fn extend(&mut self, number: u32, label: &Label<W>) -> Result<(), Failed> {
        let class = self.class;
        let from = label.stop as usize;
        for &next in &class.next[from] {
            let at = next as usize;
            let stop = &class.stops[at];
            let leg = class.leg(from, at);
            let arrival = label.end + leg;
            if at < MEMORABLE && label.barred[at / 64] >> (at % 64) & 1 == 1 || arrival > stop.close {
                continue;
            }
            let load = label.load + stop.load;
            let start = arrival.max(stop.open);
            let end = start + stop.duration;
            let before = label.duration + leg;
            let waiting = (stop.open - before - label.latest).max(0);
            let duration = before + waiting + stop.duration;
            let to_home = class.to_home[at];
            if class.is_loaded && load > class.facts.capacity
                || end + to_home > class.facts.latest_end
                || !class.facts.may_last(duration + to_home)
            {
                continue;
            }
            let latest = (stop.close - before).min(label.latest);
            let (odd, paying) = class.triples.after(label.odd, at);
            // In the whole tour, care here starts at `start` or later, since the tour leaves no sooner than the shift
            // begins, and no later than if it leaves at `latest`.
            let start_cost = stop.start.least(start, latest + duration - stop.duration);
            let cost = label.cost
                + Cost::from(leg) * class.travel
                + Cost::from(waiting) * class.waiting
                + stop.pair
                + start_cost
                - self.values.duals[at]
                + self.values.of_triples(paying);
            let mut barred = [0; W];
            for (word, (old, kept)) in barred
                .iter_mut()
                .zip(label.barred.iter().zip(&class.memory[at * class.words..][..class.words]))
            {
                *word = old & kept;
            }
            if at < MEMORABLE {
                barred[at / 64] |= 1 << (at % 64);
            }
            bar(&mut barred, class.out_of_reach(at, end));
            let rested = label.rested;
            self.push(Label {
                cost,
                end,
                duration,
                latest,
                load,
                stop: next,
                before: number,
                rested,
                odd,
                barred,
            })?;
        }
        Ok(())
    }

    fn push(&mut self, label: Label<W>) -> Result<(), Failed> {
        if !self.may_pay(&label) || self.is_dominated(&label) {
            return Ok(());
        }
        if self.labels.len() >= self.effort.labels {
            return Err(Failed::TooMany);
        }
        self.open.push(Reverse((label.end, self.labels.len() as u32)));
        self.labels.push(label);
        Ok(())
    }

    /// The tours found.
    fn tours(&self) -> Priced {
        let tour = |&(reduced, last): &(Cost, u32)| {
            let mut stops = Vec::new();
            let mut number = last;
            while number != HOME {
                let label = &self.labels[number as usize];
                let is_rest =
                    label.before != HOME && self.labels[label.before as usize].rested != label.rested;
                if !is_rest {
                    stops.push(label.stop);
                }
                number = label.before;
            }
            stops.reverse();
            let duals: Cost = stops.iter().map(|&stop| self.values.duals[stop as usize]).sum();
            let mut odd = 0;
            let mut paid = 0;
            for &stop in &stops {
                let paying;
                (odd, paying) = self.class.triples.after(odd, stop as usize);
                paid += self.values.of_triples(paying);
            }
            Tour { reduced, cost: reduced + duals - paid, stops }
        };
        let tours: Vec<Tour> = self.best.iter().map(tour).collect();
        let least = tours.first().map_or(self.effort.below, |tour| tour.reduced);
        Priced { least, tours }
    }
}

fn bar(barred: &mut [u64], more: &[u64]) {
    barred.iter_mut().zip(more).for_each(|(word, more)| *word |= more);
}
