//! What clients ask for and who could do it: a visit on a day in a shift is a slot, with estimates of its cost and its
//! time.

use crate::exact::client::{ClientPart, DayPart, NOBODY};
use crate::model::cost::{Cost, cost_of_minutes};
use crate::model::facts::{Facts, ShiftFacts};
use crate::rules::{Evaluator, FORBIDDEN};
use crate::search::candidates::ShiftsByStart;
use std::ops::Range;

/// Cost of a second of visits beyond what a part of a shift holds: that of three seconds of a nurse's time.
pub(super) const TOO_FULL: Cost = 3_000;

/// Number of nearest other clients whose mean leg estimates the travel from one visit to the next.
const NEAREST: usize = 3;

/// Number of parts of a shift whose time is limited: the whole, from its start to each cut, and from each cut to its
/// end.
pub(super) const PARTS: u32 = 7;

/// Cuts of a shift, in quarters of it.
const CUTS: [i32; 3] = [1, 2, 3];

/// Price, in minutes, of a visit by a nurse outside the circle that the document names.
const OUTSIDE: f64 = 20.0;

/// A visit on a day in a shift.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) nurse: u32,
    pub(super) shift: u32,
    /// The parts of the shift that it must lie in: a bit each.
    pub(super) parts: u8,
    /// Seconds that it takes of the shift, travel to it included.
    pub(super) seconds: i32,
    /// What it costs without faces.
    pub(super) cost: Cost,
}

/// The problem of choosing circles, as the next steps see it.
pub(super) struct Demand {
    pub(super) slots: Vec<Slot>,
    /// The slots of a visit on a day with a nurse: one for each of her shifts that could hold it.
    pub(super) groups: Vec<Range<u32>>,
    /// Each client, with the number of a group for each price.
    pub(super) clients: Vec<ClientPart>,
    /// Seconds of each part of each shift.
    pub(super) capacity: Vec<i32>,
}

/// What a demand is made from.
struct Source<'p> {
    problem: &'p Facts,
    evaluator: &'p Evaluator,
    legs: Legs,
    shifts: ShiftsByStart,
}

impl Demand {
    pub(super) fn new(problem: &Facts, evaluator: &Evaluator) -> Self {
        let capacity = problem.shifts.iter().flat_map(capacities).collect();
        let mut demand = Self { slots: Vec::new(), groups: Vec::new(), clients: Vec::new(), capacity };
        let source =
            Source { problem, evaluator, legs: Legs::new(problem), shifts: ShiftsByStart::new(problem) };
        for (client, visits) in (0..).zip(problem.visits_by_client()) {
            let part = demand.client(&source, client, &visits);
            demand.clients.push(part);
        }
        demand
    }

    fn client(&mut self, source: &Source<'_>, client: u32, visits: &[u32]) -> ClientPart {
        let Source { problem, evaluator, .. } = *source;
        let options: Vec<u32> =
            visits.iter().flat_map(|&visit| problem.visits[visit as usize].options.clone()).collect();
        let first = self.groups.len();
        let groups: Vec<usize> = options
            .iter()
            .map(|&option| {
                self.add_groups(source, client, option);
                self.groups.len()
            })
            .collect();
        let nurse_of = |group: &Range<u32>| self.slots[group.start as usize].nurse;
        let mut nurses: Vec<u32> = self.groups[first..].iter().map(nurse_of).collect();
        nurses.sort_unstable();
        nurses.dedup();
        let faces = evaluator.face_prices(client);
        let new_face = nurses.iter().map(|&nurse| faces.new_face(nurse)).collect();
        let mut part = ClientPart::new(new_face, faces.further(nurses.len()));
        let mut next = first;
        for (&option, &end) in options.iter().zip(&groups) {
            let visit = &problem.visits[problem.options[option as usize].visit as usize];
            let mut prices = vec![NOBODY; nurses.len()];
            for group in next..end {
                let nurse = nurse_of(&self.groups[group]);
                if let Ok(at) = nurses.binary_search(&nurse) {
                    prices[at] = group as u32;
                }
            }
            next = end;
            part.days.push(DayPart { unplanned: visit.unplanned, prices });
        }
        let at = |option: u32| options.binary_search(&option).unwrap_or(0) as u32;
        part.add_choices(problem, visits, at);
        part
    }

    /// The groups of an option, by nurse.
    fn add_groups(&mut self, source: &Source<'_>, client: u32, option: u32) {
        let Source { problem, evaluator, legs, shifts } = source;
        let visit = &problem.visits[problem.options[option as usize].visit as usize];
        let row = evaluator.pairs(option);
        let circle = &problem.clients[client as usize].circle;
        let nurse_of = |shift: u32| problem.shifts[shift as usize].nurse;
        let holding = shifts.that_hold(problem, option, |nurse| row[nurse as usize] != FORBIDDEN);
        for of_nurse in holding.chunk_by(|&a, &b| nurse_of(a) == nurse_of(b)) {
            let nurse = nurse_of(of_nurse[0]);
            let outside =
                if circle.is_empty() || circle.contains(&nurse) { 0 } else { cost_of_minutes(OUTSIDE) };
            let first = self.slots.len() as u32;
            for &shift in of_nurse {
                let travel = legs.to(problem, client, shift);
                self.slots.push(Slot {
                    nurse,
                    shift,
                    parts: parts(problem, &problem.shifts[shift as usize], option),
                    seconds: visit.duration + travel as i32,
                    cost: row[nurse as usize] + outside + (travel * evaluator.travel_price() as f64) as Cost,
                });
            }
            self.groups.push(first..self.slots.len() as u32);
        }
    }
}

impl Slot {
    /// The parts of shifts that it takes time of.
    pub(super) fn shift_parts(self) -> impl Iterator<Item = u32> {
        (0..PARTS).filter(move |part| self.parts >> part & 1 == 1).map(move |part| self.shift * PARTS + part)
    }
}

/// A moment of a shift, in quarters of it.
fn cut(shift: &ShiftFacts, quarters: i32) -> i32 {
    shift.start + (shift.end - shift.start) / 4 * quarters
}

/// Seconds of a shift without its break.
pub(super) fn capacity(shift: &ShiftFacts) -> i32 {
    shift.end - shift.start - shift.break_facts.map_or(0, |break_facts| break_facts.seconds)
}

/// Seconds of the parts of a shift.
fn capacities(shift: &ShiftFacts) -> [i32; PARTS as usize] {
    let whole = capacity(shift);
    let before = CUTS.map(|quarters| (cut(shift, quarters) - shift.start).min(whole));
    let after = CUTS.map(|quarters| (shift.end - cut(shift, quarters)).min(whole));
    [whole, before[0], before[1], before[2], after[0], after[1], after[2]]
}

/// The parts of a shift in which a visit must lie.
fn parts(problem: &Facts, shift: &ShiftFacts, option: u32) -> u8 {
    let facts = &problem.options[option as usize];
    let end = facts.close + problem.visits[facts.visit as usize].duration;
    let mut parts = 1;
    for (at, &quarters) in CUTS.iter().enumerate() {
        parts |= u8::from(end <= cut(shift, quarters)) << (1 + at);
        parts |= u8::from(facts.open >= cut(shift, quarters)) << (4 + at);
    }
    parts
}

/// Estimates of the travel to a visit.
struct Legs {
    /// Visits of a shift on average.
    visits: f64,
    /// By client and mode of travel: mean seconds of a leg to its nearest other clients.
    near: Vec<Vec<f64>>,
}

impl Legs {
    fn new(problem: &Facts) -> Self {
        let clients = problem.clients.len();
        let place_of = |client: usize| problem.clients[client].place;
        let near = |client: usize| {
            let by_mode = problem.roads.iter().map(|roads| {
                let place = place_of(client);
                let mut legs: Vec<i32> = (0..clients)
                    .filter(|&other| other != client)
                    .map(|other| roads.leg(place, place_of(other)))
                    .collect();
                legs.sort_unstable();
                legs.truncate(NEAREST);
                legs.iter().map(|&leg| f64::from(leg)).sum::<f64>() / legs.len().max(1) as f64
            });
            by_mode.collect()
        };
        let visits = problem.visits.len() as f64 / problem.shifts.len().max(1) as f64;
        Self { visits: visits.max(1.0), near: (0..clients).map(near).collect() }
    }

    /// Seconds of travel to a client in a shift: its part of the legs from and to home, and the leg from the
    /// visit before.
    fn to(&self, problem: &Facts, client: u32, shift: u32) -> f64 {
        let shift = &problem.shifts[shift as usize];
        let roads = problem.roads_of(shift);
        let place = problem.clients[client as usize].place;
        let home = roads.leg(shift.leaves_from, place) + roads.leg(place, shift.returns_to);
        f64::from(home) / self.visits + self.near[client as usize][shift.roads as usize]
    }
}
