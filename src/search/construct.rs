//! Construction of the first plan by regret insertion: the visit that would lose most by waiting is inserted next.

use super::candidates::Candidates;
use super::draft::Draft;
use super::insertion::{Blinks, NONE};
use super::insertion_cache::EMPTY;
use super::joint_insertion::decide_together;
use super::repair_bias::RepairBias;
use super::rng::Rng;
use crate::model::cost::Cost;

/// Visits for each tour that is opened before the first plan is built.
const VISITS_EACH: usize = 10;

/// Where it costs nothing who makes a visit: opens a tour for every tenth visit, with a visit drawn at random as its
/// seed, until `stop`. The search closes superfluous tours more easily than it opens missing ones: a single visit does
/// not pay for a tour.
pub(crate) fn open_tours(draft: &mut Draft<'_>, seed: u64, stop: &mut dyn FnMut(&Draft<'_>) -> bool) {
    if draft.evaluator.counts_assignments() {
        return;
    }
    let mut rng = Rng::new(seed ^ 0x5EED, 0);
    for _ in 0..draft.visit_count() / VISITS_EACH {
        if stop(draft) {
            break;
        }
        let Some(&visit) = draft.unplanned().get(rng.below(draft.unplanned().len())) else { break };
        decide_together(draft, &mut Blinks::never(), &RepairBias::NONE, visit);
        let unplanned = draft.problem.visits[visit as usize].unplanned;
        let found = draft.best_insertion(draft.option_of(visit), &mut Blinks::never(), &RepairBias::OPEN);
        if let Some(insertion) = found.filter(|found| found.cost < unplanned) {
            draft.insert(&insertion);
            draft.commit();
        }
    }
}

/// Whether a visit is the first of those decided together with it.
fn is_first_of_group(draft: &Draft<'_>, visit: u32) -> bool {
    let client = draft.client_of(visit);
    if draft.awaits_nurse(client) {
        return draft.candidates.visits_of(client).first() == Some(&visit);
    }
    draft.problem.block_begun_by(visit).is_some()
}

/// From so many visits on, the cost of each visit in each shift is stored, and computed again only where a tour
/// changed. (Contract hours couple the tours of a nurse, so a stored cost may be outdated. It decides only the order of
/// insertion.)
const MANY_VISITS: usize = 3_000;

/// Builds a first plan, until `stop`.
///
/// The regret of a visit is the difference between its cheapest shift and its second cheapest;
/// J.-Y. Potvin and J.-M. Rousseau (1993), "A parallel route building algorithm for the vehicle
/// routing and scheduling problem with time windows".
///
/// Empty shifts of one class count as one: where a visit is cheapest in such a shift, its second cheapest is of another
/// class. If each counted by itself, that regret would be 0, and the visit would wait for those that have no choice.
/// Tried on 18 instances of the literature, three seeds each: after 1,500 to 5,000 iterations PVRP +0.4 %,
/// MDVRPTW +0.4 %, VRPTW -0.2 %, MDPVRP -0.5 %; after 20,000 to 60,000, on six of them, +0.4 % on average.
///
/// # Complexity
/// After an insertion, only visits that could be in the changed tour are evaluated again; where there are many tours,
/// only the neighbours of the inserted visit and the visits whose cheapest shift it was.
pub(crate) fn construct(draft: &mut Draft<'_>, stop: &mut dyn FnMut(&Draft<'_>) -> bool) {
    for visit in 0..draft.visit_count() as u32 {
        if is_first_of_group(draft, visit) {
            if stop(draft) {
                break;
            }
            decide_together(draft, &mut Blinks::never(), &RepairBias::NONE, visit);
        }
    }
    let mut construction = Construction::of(draft);
    for place in 0..construction.queue.visits.len() {
        if stop(draft) {
            break;
        }
        construction.evaluate(draft, construction.queue.visits[place]);
    }
    while !stop(draft) && construction.step(draft) {}
    draft.commit();
}

/// The visits without a tour, and what is known of each.
struct Construction {
    queue: Queue,
    /// The shift where each visit is cheapest, or [`NONE`].
    cheapest: Vec<u32>,
    /// By slot: what the visit costs there. Empty unless there are many visits.
    costs: Vec<Cost>,
    options_of: OptionsByShift,
    /// The last step in which each visit was evaluated.
    evaluated_in: Vec<u32>,
    steps: u32,
}

impl Construction {
    fn of(draft: &Draft<'_>) -> Self {
        let visits = draft.visit_count();
        let mut unplanned = draft.unplanned().to_vec();
        unplanned.sort_unstable();
        let slots = if visits >= MANY_VISITS { draft.candidates.slots() } else { 0 };
        Self {
            queue: Queue::of(unplanned, visits),
            cheapest: vec![NONE; visits],
            costs: vec![Cost::MAX; slots],
            options_of: OptionsByShift::of(draft.candidates, draft.problem.options.len() as u32),
            evaluated_in: vec![0; visits],
            steps: 0,
        }
    }

    /// Plans the visit that would lose most by waiting; false where none is left.
    fn step(&mut self, draft: &mut Draft<'_>) -> bool {
        let mut blinks = Blinks::never();
        let problem = draft.problem;
        self.queue.drop_hopeless();
        let Some(visit) = self.queue.first() else { return false };
        self.steps += 1;
        let facts = &problem.visits[visit as usize];
        let of_client = draft.candidates.visits_of(facts.client);
        // Asked before the decision, which is about all visits of the client while none of them is planned.
        let whole = draft.awaits_nurse(facts.client);
        let decision = decide_together(draft, &mut blinks, &RepairBias::NONE, visit);
        if let Some(insertions) = decision.insertions {
            insertions.iter().for_each(|insertion| draft.insert_again(insertion));
            draft.commit();
            self.queue.leave(visit);
            of_client
                .iter()
                .filter(|&&other| draft.is_planned(other))
                .for_each(|&other| self.queue.leave(other));
            of_client.iter().for_each(|&other| self.evaluate_once(draft, other));
            for insertion in &insertions {
                for at in self.options_of.range(insertion.shift) {
                    let (option, _) = self.options_of.slots[at];
                    self.evaluate_if_chosen(draft, option);
                }
            }
            return true;
        }
        if decision.changed_days {
            for &other in of_client {
                if whole || problem.visits[other as usize].block == facts.block {
                    self.evaluate(draft, other);
                }
            }
        }
        self.queue.take(visit);
        // Contract hours couple the tours of a nurse, and households the visits of a couple: the shift that was
        // cheapest when last evaluated may not be now.
        let option = draft.option_of(visit);
        let Some(insertion) = draft.best_insertion(option, &mut blinks, &RepairBias::NONE) else {
            return true;
        };
        if insertion.cost >= facts.unplanned {
            return true;
        }
        draft.insert(&insertion);
        // A new face changes what every nurse costs for that client.
        of_client.iter().for_each(|&other| self.evaluate_once(draft, other));
        for &near in draft.candidates.near_visits(option) {
            if draft.candidates.wide(draft.option_of(near)).is_some() {
                self.evaluate_once(draft, near);
            }
        }
        for at in self.options_of.range(insertion.shift) {
            let (option, slot) = self.options_of.slots[at];
            let other = problem.options[option as usize].visit;
            if draft.candidates.wide(option).is_some() {
                if self.cheapest[other as usize] == insertion.shift {
                    self.evaluate_if_chosen(draft, option);
                }
            } else if self.costs.is_empty() {
                self.evaluate_if_chosen(draft, option);
            } else if self.queue.has(other)
                && draft.option_of(other) == option
                && self.evaluated_in[other as usize] != self.steps
            {
                self.costs[slot as usize] = draft.insertion_cost(option, slot as usize);
                self.compare(draft, other);
            }
        }
        draft.commit();
        true
    }

    fn evaluate_if_chosen(&mut self, draft: &mut Draft<'_>, option: u32) {
        let visit = draft.problem.options[option as usize].visit;
        if draft.option_of(visit) == option {
            self.evaluate_once(draft, visit);
        }
    }

    /// Evaluates a visit unless that was done in this step already.
    fn evaluate_once(&mut self, draft: &mut Draft<'_>, visit: u32) {
        if std::mem::replace(&mut self.evaluated_in[visit as usize], self.steps) != self.steps {
            self.evaluate(draft, visit);
        }
    }

    /// Computes the cheapest shift of a visit, and its regret.
    fn evaluate(&mut self, draft: &mut Draft<'_>, visit: u32) {
        if !self.queue.has(visit) {
            return;
        }
        let option = draft.option_of(visit);
        if !self.costs.is_empty() && draft.candidates.wide(option).is_none() {
            draft.insertion_costs(option, &mut self.costs);
            return self.compare(draft, visit);
        }
        let mut blinks = Blinks::never();
        let worth = draft.problem.visits[visit as usize].unplanned;
        let best =
            draft.best_insertion(option, &mut blinks, &RepairBias::NONE).filter(|best| best.cost < worth);
        self.cheapest[visit as usize] = best.map_or(NONE, |best| best.shift);
        let regret = best.map(|best| {
            let second = draft.best_insertion_outside(option, best.shift, &mut blinks);
            second.map_or(worth, |second| second.cost) - best.cost
        });
        self.queue.set(visit, regret);
    }

    /// The same by the stored costs.
    fn compare(&mut self, draft: &Draft<'_>, visit: u32) {
        let option = draft.option_of(visit);
        let worth = draft.problem.visits[visit as usize].unplanned;
        let (mut best, mut second, mut cheapest) = (Cost::MAX, Cost::MAX, NONE);
        let mut opened = NONE;
        for (slot, &shift) in draft.candidates.slots_of(option).zip(draft.candidates.shifts(option)) {
            if draft.cache.version(shift) == EMPTY && draft.candidates.repeats_class(shift, &mut opened) {
                continue;
            }
            let cost = self.costs[slot];
            if cost < best {
                (second, best, cheapest) = (best, cost, shift);
            } else {
                second = second.min(cost);
            }
        }
        let second = if second == Cost::MAX { worth } else { second };
        self.cheapest[visit as usize] = if best < worth { cheapest } else { NONE };
        self.queue.set(visit, (best < worth).then(|| second - best));
    }
}

/// By shift: the day options that have it as a candidate, each with its slot.
struct OptionsByShift {
    start: Vec<u32>,
    slots: Vec<(u32, u32)>,
}

impl OptionsByShift {
    fn of(candidates: &Candidates, options: u32) -> Self {
        let mut start = vec![0; candidates.shift_count() + 1];
        let mut count = |shift: u32| start[shift as usize + 1] += 1;
        (0..options).for_each(|option| candidates.shifts(option).iter().for_each(|&shift| count(shift)));
        for shift in 1..start.len() {
            start[shift] += start[shift - 1];
        }
        let (mut next, mut slots) = (start.clone(), vec![(0, 0); candidates.slots()]);
        for option in 0..options {
            for (slot, &shift) in candidates.slots_of(option).zip(candidates.shifts(option)) {
                slots[next[shift as usize] as usize] = (option, slot as u32);
                next[shift as usize] += 1;
            }
        }
        Self { start, slots }
    }

    fn range(&self, shift: u32) -> std::ops::Range<usize> {
        self.start[shift as usize] as usize..self.start[shift as usize + 1] as usize
    }
}

/// Priority queue of visits: numbered places with a tournament tree of their regrets. The greatest regret comes first;
/// of equals, the one in the lowest place.
struct Queue {
    /// The visit in each place, or [`NONE`].
    visits: Vec<u32>,
    /// The place of each visit, or [`NONE`].
    place_of: Vec<u32>,
    /// The greatest regret below each node; places are the leaves. `None` where no visit there has a regret.
    tree: Vec<Option<Cost>>,
    /// No place behind this one has a visit.
    end: usize,
    /// Visits without a regret: they leave before the next step.
    hopeless: Vec<u32>,
}

impl Queue {
    fn of(visits: Vec<u32>, all: usize) -> Self {
        let mut place_of = vec![NONE; all];
        (0..).zip(&visits).for_each(|(place, &visit)| place_of[visit as usize] = place);
        let tree = vec![None; 2 * visits.len().next_power_of_two()];
        // (Where construction is stopped early, visits that were not evaluated count as hopeless.)
        let hopeless = visits.clone();
        Self { end: visits.len(), visits, place_of, tree, hopeless }
    }

    fn has(&self, visit: u32) -> bool {
        self.place_of[visit as usize] != NONE
    }

    fn set(&mut self, visit: u32, regret: Option<Cost>) {
        if regret.is_none() {
            self.hopeless.push(visit);
        }
        self.set_place(self.place_of[visit as usize] as usize, regret);
    }

    fn set_place(&mut self, place: usize, regret: Option<Cost>) {
        let mut node = self.tree.len() / 2 + place;
        self.tree[node] = regret;
        while node > 1 {
            node /= 2;
            let greatest = self.tree[2 * node].max(self.tree[2 * node + 1]);
            if self.tree[node] == greatest {
                break;
            }
            self.tree[node] = greatest;
        }
    }

    fn regret(&self, visit: u32) -> Option<Cost> {
        self.tree[self.tree.len() / 2 + self.place_of[visit as usize] as usize]
    }

    /// The visit with the greatest regret.
    fn first(&self) -> Option<u32> {
        let greatest = self.tree[1]?;
        let mut node = 1;
        while node < self.tree.len() / 2 {
            node = 2 * node + usize::from(self.tree[2 * node] != Some(greatest));
        }
        Some(self.visits[node - self.tree.len() / 2])
    }

    /// A visit leaves its place free.
    fn leave(&mut self, visit: u32) {
        let place = std::mem::replace(&mut self.place_of[visit as usize], NONE);
        if place != NONE {
            self.visits[place as usize] = NONE;
            self.set_place(place as usize, None);
        }
    }

    /// Removes a visit; the last one moves to its place.
    fn take(&mut self, visit: u32) {
        let place = self.place_of[visit as usize] as usize;
        self.leave(visit);
        while self.end > 0 && self.visits[self.end - 1] == NONE {
            self.end -= 1;
        }
        if self.end > place {
            let last = self.visits[self.end - 1];
            let regret = self.regret(last);
            self.leave(last);
            (self.visits[place], self.place_of[last as usize]) = (last, place as u32);
            self.set_place(place, regret);
        }
    }

    /// Visits without a regret leave.
    fn drop_hopeless(&mut self) {
        for visit in std::mem::take(&mut self.hopeless) {
            if self.has(visit) && self.regret(visit).is_none() {
                self.leave(visit);
            }
        }
    }
}
