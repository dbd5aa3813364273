//! Joint insertion: visits that must be decided together, because what is cheapest for one would decide for all.
//!
//! | together | decided at once |
//! | --- | --- |
//! | the visits of a block whose days are chosen | the day pattern |
//! | all visits of a client who may meet one nurse only | the nurse, with the day patterns |
//! | the same where starts should lie near each other | the nurse, with the day patterns, and the hour |
//!
//! One procedure serves all. The cheapest insertions of the day options, each alone, give a lower bound on the cost of
//! each nurse with her best patterns, and the nurse with the lowest bound is tried first. Where an hour is to be agreed
//! on, every position of every visit with the nurse is listed, and the hour with the lowest total cost is taken. The
//! search ends when no bound is below the best cost.

use super::draft::Draft;
use super::insertion::{Blinks, Insertion, Position};
use super::repair_bias::RepairBias;
use super::scan::InsertedVisit;
use crate::model::cost::Cost;
use crate::model::facts::{Block, Facts, ShiftFacts};
use crate::rules::{Departure, Piece, Stop, ends, walk};

/// What was decided.
#[derive(Debug, Default)]
pub(crate) struct Decision {
    /// Whether the day of a visit has changed.
    pub(crate) changed_days: bool,
    /// Where an hour was agreed on: the insertions, to be made in this order by [`Draft::insert_again`].
    pub(crate) insertions: Option<Vec<Insertion>>,
}

/// Decides what must be decided together with an unplanned visit: chooses the days of the visits, and reserves a nurse for a client
/// who may meet only one. Nothing is inserted yet.
///
/// # Complexity
/// An insertion for each day option of the visits, into the tours of all nurses where one is to be chosen; where an hour is to be
/// agreed on, for the few nurses whose bound is below the best, the square of the number of positions.
#[inline]
pub(crate) fn decide_together(
    draft: &mut Draft<'_>,
    blinks: &mut Blinks,
    bias: &RepairBias,
    visit: u32,
) -> Decision {
    if draft.problem.visits[visit as usize].block.is_none() && !draft.awaits_nurse(draft.client_of(visit)) {
        return Decision::default();
    }
    decide_group(draft, blinks, bias, visit)
}

fn decide_group(draft: &mut Draft<'_>, blinks: &mut Blinks, bias: &RepairBias, visit: u32) -> Decision {
    let mut scratch = std::mem::take(&mut draft.joint);
    let group = Group::of(draft, visit, std::mem::take(&mut scratch.costs));
    let decision = group.map(|mut group| {
        group.evaluate(draft, blinks, bias);
        let decision = group.decide(draft, blinks, &mut scratch.positions);
        scratch.costs = group.costs;
        decision
    });
    draft.joint = scratch;
    decision.unwrap_or_default()
}

/// Visits decided together.
struct Group<'p> {
    problem: &'p Facts,
    client: u32,
    visits: &'p [u32],
    /// Whether one nurse is to make them all.
    single_nurse: bool,
    /// Whether their starts should lie near each other.
    agrees_on_hour: bool,
    /// Insertion cost of each day option from `first` on, evaluated alone: a row for each option, with one column for
    /// any nurse or one for each nurse.
    costs: Vec<Cost>,
    first: u32,
    columns: usize,
}

impl<'p> Group<'p> {
    /// The group of an unplanned visit; `None` where it is decided alone.
    fn of(draft: &Draft<'p>, visit: u32, costs: Vec<Cost>) -> Option<Self> {
        let (problem, candidates) = (draft.problem, draft.candidates);
        let client = draft.client_of(visit);
        let of_client = candidates.visits_of(client);
        let single_nurse = draft.awaits_nurse(client);
        let visits = if single_nurse {
            of_client
        } else {
            let block = &problem.blocks[problem.visits[visit as usize].block? as usize];
            if block.visits.clone().any(|visit| draft.is_planned(visit)) {
                return None;
            }
            let before = of_client.partition_point(|&visit| visit < block.visits.start);
            &of_client[before..][..block.visits.len()]
        };
        let first = problem.visits[*visits.first()? as usize].options.start;
        let columns = if single_nurse { problem.nurses.len() } else { 1 };
        let agrees_on_hour =
            single_nurse && visits.iter().any(|&visit| draft.evaluator.counts_start_of(visit));
        Some(Self { problem, client, visits, single_nurse, agrees_on_hour, costs, first, columns })
    }

    /// Fills the table of costs. A visit that is dearer than leaving it unplanned counts as unplanned.
    fn evaluate(&mut self, draft: &mut Draft<'p>, blinks: &mut Blinks, bias: &RepairBias) {
        let last = self.visits.last().map_or(self.first, |&v| self.problem.visits[v as usize].options.end);
        self.costs.clear();
        self.costs.resize((last - self.first) as usize * self.columns, Cost::MAX);
        for (option, costs) in (self.first..last).zip(self.costs.chunks_mut(self.columns)) {
            if self.single_nurse {
                draft.cheapest_by_nurse(option, blinks, bias, costs);
            } else if let Some(found) = draft.best_insertion(option, blinks, &RepairBias::NONE) {
                costs[0] = found.cost;
            }
            let visit = self.problem.options[option as usize].visit;
            let unplanned = self.problem.visits[visit as usize].unplanned;
            costs.iter_mut().for_each(|cost| *cost = unplanned.min(*cost));
        }
    }

    fn decide(&self, draft: &mut Draft<'p>, blinks: &mut Blinks, positions: &mut Vec<Position>) -> Decision {
        let mut bounds: Vec<(Cost, usize)> = (0..self.columns).map(|at| (self.bound(at), at)).collect();
        if self.single_nurse {
            bounds.retain(|_| !blinks.now());
            bounds.sort_unstable();
        }
        let Some(&(_, first)) = bounds.first() else {
            draft.reserve_nurse(self.client, None);
            return Decision::default();
        };
        if !self.agrees_on_hour {
            let changed_days = self.take_days(draft, first);
            if self.single_nurse {
                draft.reserve_nurse(self.client, Some(first as u32));
            }
            return Decision { changed_days, insertions: None };
        }
        let (mut best, mut chosen, mut insertions) = (Cost::MAX, None, Vec::new());
        let (mut options, mut found) = (Vec::new(), Vec::new());
        for (bound, nurse) in bounds {
            // (The bound may be too high where one more visit would bring hours closer together. A later step may find
            // a nurse who is missed here.)
            if bound >= best {
                break;
            }
            self.options(nurse, &mut options);
            found.clear();
            let mut cost = 0;
            let line = |option: &u32| {
                self.problem.visits[self.problem.options[*option as usize].visit as usize].line
            };
            for options in options.chunk_by(|a, b| line(a) == line(b)) {
                let limit = best.saturating_sub(cost);
                cost += positions_at_one_hour(draft, options, nurse as u32, limit, &mut found, positions);
                if cost >= best {
                    break;
                }
            }
            if cost < best {
                (best, chosen) = (cost, Some(nurse));
                std::mem::swap(&mut insertions, &mut found);
            }
        }
        let changed_days = chosen.is_some_and(|nurse| self.take_days(draft, nurse));
        if let Some(nurse) = chosen {
            draft.reserve_nurse(self.client, Some(nurse as u32));
        }
        Decision { changed_days, insertions: Some(insertions) }
    }

    fn cost_of(&self, option: u32, column: usize) -> Cost {
        self.costs[(option - self.first) as usize * self.columns + column]
    }

    /// What all visits cost at least with the best patterns of a column.
    fn bound(&self, column: usize) -> Cost {
        let fixed = self.visits.iter().map(|&visit| &self.problem.visits[visit as usize]);
        let fixed = fixed
            .filter(|visit| visit.block.is_none())
            .map(|visit| self.cost_of(visit.options.start, column));
        let chosen = self.best_patterns(column).map(|(cost, ..)| cost);
        fixed.chain(chosen).sum()
    }

    /// The day options of all visits with the best patterns of a column.
    fn options(&self, column: usize, options: &mut Vec<u32>) {
        options.clear();
        options.extend(self.visits.iter().map(|&visit| self.problem.visits[visit as usize].options.start));
        for (_, block, pattern) in self.best_patterns(column) {
            let at = self.visits.partition_point(|&visit| visit < block.visits.start);
            options[at..at + pattern.len()].copy_from_slice(pattern);
        }
    }

    /// Takes over the best patterns of a column; returns whether that changed a day.
    fn take_days(&self, draft: &mut Draft<'p>, column: usize) -> bool {
        let mut changed = false;
        for (_, block, pattern) in self.best_patterns(column) {
            for (visit, &option) in block.visits.clone().zip(pattern) {
                changed |= draft.option_of(visit) != option;
                draft.choose(visit, option);
            }
        }
        changed
    }

    /// The blocks, each with its best pattern of a column and what that costs.
    fn best_patterns(&self, column: usize) -> impl Iterator<Item = (Cost, &'p Block, &'p [u32])> {
        let problem = self.problem;
        let blocks = self.visits.iter().filter_map(move |&visit| problem.block_begun_by(visit));
        blocks.filter_map(move |block| {
            let cost = |pattern: &[u32]| pattern.iter().map(|&option| self.cost_of(option, column)).sum();
            let priced = block.patterns.iter().map(|pattern| (cost(pattern), block, pattern.as_slice()));
            priced.min_by_key(|&(cost, ..)| cost)
        })
    }
}

/// Finds the cheapest positions, at about the same hour, of some visits of one care line with a nurse. A visit gets
/// none where she has no position for it, or none cheaper than leaving it out. Returns about what they cost, with
/// unplanned visits and without the face; where that is `limit` or more, returns `limit` and finds no positions. (The
/// cost is approximate: each visit pays for its own distance from the hour, but the ledger books the spread.)
///
/// # Complexity
/// The tour's length for each position, and the square of the number of positions.
fn positions_at_one_hour(
    draft: &mut Draft<'_>,
    options: &[u32],
    nurse: u32,
    limit: Cost,
    found: &mut Vec<Insertion>,
    positions: &mut Vec<Position>,
) -> Cost {
    let problem = draft.problem;
    let visit_of = |at: usize| problem.options[options[at] as usize].visit;
    let worth = |at: usize| problem.visits[visit_of(at) as usize].unplanned;
    positions.clear();
    // What they cost if each has the hour that suits it best.
    let mut least = 0;
    for (at, &option) in options.iter().enumerate() {
        let first = positions.len();
        draft.list_positions(at, option, nurse, positions);
        let costs = positions[first..].iter().map(|position| position.insertion.cost);
        let cheapest = costs.fold(worth(at), Cost::min);
        positions[first..]
            .iter_mut()
            .for_each(|position| position.dearer = position.insertion.cost - cheapest);
        least += cheapest;
        if least >= limit {
            break;
        }
    }
    // At worst all stay unplanned.
    let mut best = (limit.min((0..options.len()).map(worth).sum()), 0);
    if least < limit {
        let span = (!options.is_empty())
            .then(|| draft.ledgers.start_span(&draft.evaluator.ledgers, visit_of(0)))
            .flatten();
        let span = span.unwrap_or_default();
        let cost = |position: &Position, from: i32| {
            position.insertion.cost.saturating_add(span.outside(from, position.hour))
        };
        let at_hour = |positions: &[Position], from: i32, limit: Cost| {
            // `least` already counts visits without a position as unplanned. What the others cost more at this hour is
            // added.
            let mut total = least;
            for positions in positions.chunk_by(|a, b| a.of == b.of) {
                let (of, cheapest) = (positions[0].of, positions[0].insertion.cost - positions[0].dearer);
                let costs = positions.iter().map(|position| cost(position, from));
                total += costs.fold(worth(of), Cost::min) - cheapest;
                if total >= limit {
                    break;
                }
            }
            total
        };
        // First the hours of each visit's cheapest position are tried. Then positions are dropped that are too dear at
        // any hour.
        for from in positions.iter().filter(|position| position.dearer == 0).map(|position| position.hour) {
            best = best.min((at_hour(positions, from, best.0), from));
        }
        positions.retain(|position| least + position.dearer <= best.0);
        for from in positions.iter().filter(|position| position.dearer > 0).map(|position| position.hour) {
            best = best.min((at_hour(positions, from, best.0), from));
        }
        let by_visit = || positions.chunk_by(|a, b| a.of == b.of);
        if best.0 < limit && !positions.is_empty() {
            found.extend(by_visit().filter_map(|positions| {
                let cheapest = positions.iter().min_by_key(|position| cost(position, best.1))?;
                (cost(cheapest, best.1) < worth(cheapest.of)).then_some(cheapest.insertion)
            }));
        }
    }
    best.0
}

impl Draft<'_> {
    /// Whether a client who may meet one nurse only has met none yet: all visits are unplanned.
    #[inline]
    pub(crate) fn awaits_nurse(&self, client: u32) -> bool {
        self.evaluator.has_single_nurse(client) && self.counts().faces(client) == 0
    }

    /// Makes an insertion that was found before, if it is still worth it: tours of other days have changed since, and
    /// with them what starts cost.
    pub(crate) fn insert_again(&mut self, insertion: &Insertion) {
        let option = insertion.option;
        let visit = self.problem.options[option as usize].visit;
        let Some(base) = self.assign_delta(option, self.candidates.nurse(insertion.shift)) else { return };
        let client = self.client_of(visit);
        let tour = self.tour(insertion.shift);
        let is_of_client = tour.visits_and_options().any(|(visit, _)| self.client_of(visit) == client);
        let now = if tour.is_empty() || is_of_client {
            // A visit of another care line of the client may have come here since, and moved the positions.
            let mut best = Insertion::nowhere(option);
            self.scan(insertion.shift, option, base, &mut Blinks::never(), &mut best);
            best.found()
        } else {
            let inserted = self.inserted_visit(option);
            self.position_behind(&inserted, insertion.shift, insertion.after as usize).map(|position| {
                let own = self.ledgers.start_delta(&self.evaluator.ledgers, visit, position.hour);
                Insertion { cost: base + position.insertion.cost + own, ..position.insertion }
            })
        };
        if let Some(now) = now.filter(|now| now.cost < self.problem.visits[visit as usize].unplanned) {
            self.insert(&now);
        }
    }

    /// Every position for a day option in the tours of a nurse.
    fn list_positions(&mut self, of: usize, option: u32, nurse: u32, positions: &mut Vec<Position>) {
        let candidates = self.candidates;
        let visit = self.inserted_visit(option);
        for &shift in candidates.shifts(option).iter().filter(|&&shift| candidates.nurse(shift) == nurse) {
            if self.holds_other(shift, visit.visit) {
                continue;
            }
            let first = positions.len();
            let stops = self.tour(shift).stops.len();
            if self.tour(shift).is_empty() {
                positions.extend(self.position_alone(&visit, shift));
            } else {
                positions.extend((0..stops - 1).filter_map(|at| self.position_behind(&visit, shift, at)));
            }
            self.evaluations += (positions.len() - first) as u64;
            let base = self.evaluator.pair(option, nurse);
            for position in &mut positions[first..] {
                position.insertion.cost += base;
                position.of = of;
            }
        }
    }

    /// The position behind a stop of a tour with visits.
    fn position_behind(&self, visit: &InsertedVisit, shift: u32, at: usize) -> Option<Position> {
        let facts = &self.problem.shifts[shift as usize];
        let (delta, leave) = self.delta_behind(visit, shift, at)?;
        let stop = Stop::of_option(self.problem, visit.option);
        let from = self.tour(shift).departure(at, leave);
        let hour = self.hour_of_last(facts, visit, from, [Piece::one(&stop)]);
        let cost = delta - self.ledgers.start_delta(&self.evaluator.ledgers, visit.visit, hour);
        let insertion = Insertion { cost, shift, after: at as u32, option: visit.option, break_at: None };
        Some(Position { insertion, hour, of: 0, dearer: 0 })
    }

    /// The cheapest position in a tour without visits.
    fn position_alone(&self, visit: &InsertedVisit, shift: u32) -> Option<Position> {
        let facts = &self.problem.shifts[shift as usize];
        let mut best = Insertion::nowhere(visit.option);
        let alone = InsertedVisit { asks_ledgers: false, ..*visit };
        self.open_tour(shift, facts, &alone, 0, &mut best);
        let best = best.found()?;
        let ends = ends(facts, best.break_at.unwrap_or(self.tour(shift).break_at));
        let ([home, _], stop) = (Stop::of_ends(facts, ends), Stop::of_option(self.problem, visit.option));
        // The hour is an estimate: a break behind the visit, or a departure chosen for the price of its start, may make
        // it start later. The ledger books the true start in any case.
        let from = Departure::home(home.own.earliest);
        let hour = self.hour_of_last(facts, visit, from, [Piece::one(&home), Piece::one(&stop)]);
        Some(Position { insertion: best, hour, of: 0, dearer: 0 })
    }

    /// The start of a visit, the last of some pieces that follow a departure, counted from the hour of its day option.
    fn hour_of_last<const N: usize>(
        &self,
        facts: &ShiftFacts,
        visit: &InsertedVisit,
        from: Departure,
        pieces: [Piece<'_>; N],
    ) -> i32 {
        let mut last = 0;
        walk(self.problem.roads_of(facts), from, pieces, |_, start| {
            last = start;
            true
        });
        self.problem.hour_of(visit.option, last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;
    use crate::rules::Evaluator;
    use crate::search::candidates::Candidates;
    use crate::search::construct::construct;

    #[test]
    fn a_nurse_chosen_in_vain_is_taken_back() {
        let document: Document = serde_json::from_str(
            r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 1},
                "nurses": [
                    {"id": "m", "home": {"index": 0},
                     "shifts": [{"date": "2026-03-02", "start": "07:00", "end": "15:00"}]},
                    {"id": "n", "home": {"index": 0},
                     "shifts": [{"date": "2026-03-02", "start": "07:00", "end": "15:00"}]}],
                "clients": [{"id": "c", "location": {"index": 1}, "max_faces": {"count": 1, "hard": true}, "care": [
                    {"id": "a", "days": "daily", "minutes": 30, "window": {"from": "08:00", "to": "10:00"}}]}],
                "travel": {"matrix": {"bicycle": [[0, 300], [300, 0]]}}}"#,
        )
        .unwrap();
        let problem = crate::solve::prepare(&document, std::path::Path::new(".")).unwrap().facts;
        let evaluator = Evaluator::new(&problem);
        let candidates = Candidates::new(&problem, &evaluator);
        let mut draft = Draft::empty(&problem, &evaluator, &candidates);
        construct(&mut draft, &mut |_| false);
        let shift = draft.shift_of(0).unwrap();
        let nurse = candidates.nurse(shift);
        assert_eq!(draft.reserved(0), Some(nurse));
        assert!(draft.remove(shift, &[draft.tour(shift).position(0).unwrap()]));
        assert_eq!(draft.reserved(0), None);
        draft.reserve_nurse(0, Some(1 - nurse));
        draft.roll_back();
        assert_eq!(draft.reserved(0), Some(nurse));
    }
}
