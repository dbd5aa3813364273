//! One face: the nurse of a client who may meet one only, chosen for all visits of the client together.
//!
//! What is cheapest for each visit on its own may be of several nurses, and the first visit put in would decide
//! for all.

use super::aim::Aim;
use super::draft::Draft;
use super::insertion::{Blinks, Insertion};
use crate::model::cost::Cost;
use crate::model::facts::{Block, Facts};

impl Draft<'_> {
    /// Whether a client who may meet one nurse only has met none yet: all visits are out.
    #[inline]
    pub(crate) fn awaits_nurse(&self, client: u32) -> bool {
        self.evaluator.continuity.has_one_face(client) && self.continuity.faces(client) == 0
    }

    /// Chooses the nurse of a client who [awaits](Self::awaits_nurse) one, and the days of the visits: those
    /// whose visits, each on its own, cost least. Returns whether that changed a day.
    ///
    /// # Complexity
    /// An insertion for each day option of the client into the tours of all nurses.
    pub(crate) fn choose_nurse(&mut self, blinks: &mut Blinks, aim: &Aim, client: u32) -> bool {
        let Some(mut choice) = Choice::new(self, blinks, aim, client) else { return false };
        let best =
            (0..choice.nurses).map(|nurse| (choice.cost(nurse), nurse)).filter(|_| !blinks.now()).min();
        let changed = best.is_some_and(|(_, nurse)| choice.take_days(self, nurse));
        self.option_costs = std::mem::take(&mut choice.costs);
        if let Some((_, nurse)) = best {
            self.only[client as usize] = nurse as u32;
        }
        changed
    }

    /// Where lines have a regular hour: the places of all visits of a client who awaits a nurse, with the nurse
    /// with whom they are cheapest. In place of [`Self::choose_nurse`].
    ///
    /// # Complexity
    /// The same, and [`Self::places_at_one_hour`] for the few nurses whose tours alone do not cost more.
    pub(crate) fn choose_places(&mut self, blinks: &mut Blinks, aim: &Aim, client: u32) -> Vec<Insertion> {
        let Some(mut choice) = Choice::new(self, blinks, aim, client) else { return Vec::new() };
        let mut nurses: Vec<(Cost, usize)> = (0..choice.nurses).map(|n| (choice.cost(n), n)).collect();
        nurses.retain(|_| !blinks.now());
        nurses.sort_unstable();
        let (mut best, mut best_places, mut best_nurse) = (Cost::MAX, Vec::new(), None);
        let mut places = Vec::new();
        for (at_least, nurse) in nurses {
            // (Where a visit more brings hours together this may be too much; the next step may find that.)
            if at_least >= best {
                break;
            }
            places.clear();
            let mut cost = 0;
            for visits in
                choice.visits.chunk_by(|&a, &b| line_of(choice.problem, a) == line_of(choice.problem, b))
            {
                cost += self.places_at_one_hour(visits, nurse as u32, best.saturating_sub(cost), &mut places);
                if cost >= best {
                    break;
                }
            }
            if cost < best {
                (best, best_nurse) = (cost, Some(nurse));
                std::mem::swap(&mut best_places, &mut places);
            }
        }
        self.option_costs = std::mem::take(&mut choice.costs);
        if let Some(nurse) = best_nurse {
            self.only[client as usize] = nurse as u32;
        }
        best_places
    }
}

fn line_of(problem: &Facts, visit: u32) -> u32 {
    problem.visits[visit as usize].line
}

/// What each visit of a client would cost with each nurse, regular hours aside.
struct Choice<'p> {
    problem: &'p Facts,
    visits: &'p [u32],
    nurses: usize,
    /// By option of the client, from the first on, and nurse.
    costs: Vec<Cost>,
    first: u32,
}

impl<'p> Choice<'p> {
    /// `None` for a client without visits.
    fn new(draft: &mut Draft<'p>, blinks: &mut Blinks, aim: &Aim, client: u32) -> Option<Self> {
        let (problem, candidates) = (draft.problem, draft.candidates);
        let visits = candidates.visits_of(client);
        let first = problem.visits[*visits.first()? as usize].options.start;
        let last = problem.visits[*visits.last()? as usize].options.end;
        let nurses = problem.nurses.len();
        let mut costs = std::mem::take(&mut draft.option_costs);
        costs.clear();
        costs.resize((last - first) as usize * nurses, 0);
        for (option, costs) in (first..last).zip(costs.chunks_mut(nurses)) {
            draft.cheapest_by_nurse(option, blinks, aim, costs);
            let worth = problem.visits[problem.options[option as usize].visit as usize].unplanned;
            costs.iter_mut().for_each(|cost| *cost = worth.min(*cost));
        }
        Some(Self { problem, visits, nurses, costs, first })
    }

    fn cost_of(&self, option: u32, nurse: usize) -> Cost {
        self.costs[(option - self.first) as usize * self.nurses + nurse]
    }

    /// All visits by a nurse.
    fn cost(&self, nurse: usize) -> Cost {
        let fixed = self.visits.iter().map(|&visit| &self.problem.visits[visit as usize]);
        let fixed =
            fixed.filter(|visit| visit.block.is_none()).map(|visit| self.cost_of(visit.options.start, nurse));
        let chosen =
            self.blocks().filter_map(|block| self.cheapest_pattern(block, nurse)).map(|(cost, _)| cost);
        fixed.chain(chosen).sum()
    }

    /// Takes over the cheapest days with a nurse; returns whether that changed one.
    fn take_days(&self, draft: &mut Draft<'p>, nurse: usize) -> bool {
        let mut changed = false;
        for block in self.blocks() {
            let Some((_, pattern)) = self.cheapest_pattern(block, nurse) else { continue };
            for (visit, &option) in block.visits.clone().zip(pattern) {
                changed |= draft.chosen[visit as usize] != option;
                draft.choose(visit, option);
            }
        }
        changed
    }

    fn blocks(&self) -> impl Iterator<Item = &'p Block> + use<'p> {
        let problem = self.problem;
        self.visits.iter().filter_map(|&visit| {
            let block = &problem.blocks[problem.visits[visit as usize].block? as usize];
            (block.visits.start == visit).then_some(block)
        })
    }

    fn cheapest_pattern(&self, block: &'p Block, nurse: usize) -> Option<(Cost, &'p Vec<u32>)> {
        let cost = |pattern: &Vec<u32>| pattern.iter().map(|&option| self.cost_of(option, nurse)).sum();
        block.patterns.iter().map(|pattern| (cost(pattern), pattern)).min_by_key(|&(cost, _)| cost)
    }
}
