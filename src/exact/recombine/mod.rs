//! Recombination: combines tours that the search has seen into a plan that is better than any it has seen.
//!
//! A few tours of the best plan near each other on one day are taken out. Their visits are the rows of a set
//! partitioning problem; its columns are the tours seen that hold only such visits ([`partition`]). The cost of a
//! column is that of its tour, its pairs of visit and nurse, and its faces, all other tours staying as they are. This
//! is exact where no client has two of the visits, and where paid hours, regular hours and the division of a client's
//! visits among nurses (COC, UPC, hand-overs) have no price. In any case the result is kept only if the full cost
//! falls, so that a plan never becomes worse.
//!
//! Iterations decide how often tours are recombined, not the clock, so that a plan depends on seed and iterations only.
//!
//! Set partitioning over routes seen: Y. Rochat and E. Taillard (1995), "Probabilistic diversification and
//! intensification in local search for vehicle routing", Journal of Heuristics 1, 147-167; A. Subramanian, E. Uchoa
//! and L. Ochi (2013), "A hybrid algorithm for a class of vehicle routing problems", Computers & Operations Research
//! 40(10).

mod partition;

use crate::model::cost::Cost;
use crate::rules::Proposal;
use crate::search::draft::Draft;
use crate::search::pool::{Pool, Seen};
use crate::search::removal::random_planned;
use crate::search::rng::Rng;
use crate::search::snapshot::Snapshot;
use crate::search::worker::Worker;
use partition::{Column, Partition};
use rustc_hash::{FxHashMap, FxHashSet};

/// Share of the search that passes before the first recombination. A search that is still hot takes apart what is
/// combined early.
const NOT_BEFORE: f64 = 0.5;

/// Iterations of the search for each group of tours that is recombined. One group took 0.4 to 0.8 ms and so many
/// iterations 10 to 40 ms: recombination takes some 2 to 4 % of the time at most.
const ITERATIONS_EACH: u64 = 2_000;

/// Most tours of a group.
const MOST_TOURS: usize = 6;

/// Most visits in the tours of a group; unplanned visits come on top.
const MOST_VISITS: usize = 100;

/// Most columns.
const MOST_COLUMNS: usize = 1_000;

/// Most groups remembered as tried.
const MOST_TRIED: usize = 10_000;

/// Recombines for one worker.
#[derive(Debug)]
pub(crate) struct Recombiner {
    rng: Rng,
    /// Iterations of the worker that are used up, [`ITERATIONS_EACH`] by each group; the rest counts the next time.
    spent: u64,
    /// Groups tried, by the keys of their tours and the number of columns: to try one again would find nothing new.
    tried: FxHashSet<(u64, usize)>,
}

impl Recombiner {
    /// For the worker of a number, with random numbers of its own.
    pub(crate) fn new(seed: u64, number: usize) -> Self {
        /// Sets its stream apart from that of the search.
        const APART: u64 = 0x7265_636f_6d62_696e;
        Self { rng: Rng::new(seed ^ APART, number), spent: 0, tried: FxHashSet::default() }
    }

    /// Recombines tours of the worker's best plan when the share `done` of the search has passed. If that plan becomes
    /// better, the worker goes on from it. `stop` ends it early.
    pub(crate) fn recombine(&mut self, worker: &mut Worker<'_>, done: f64, stop: &dyn Fn() -> bool) {
        let tours = worker.best.tours.iter().filter(|tour| tour.visits() > 0).count() as u64;
        let paid = (worker.iterations - self.spent) / ITERATIONS_EACH;
        // At most one group at a time for each tour of the plan.
        let times = paid.min(tours);
        if done < NOT_BEFORE || times == 0 || tours < 2 {
            return;
        }
        self.spent += times * ITERATIONS_EACH;
        let from = &worker.draft;
        let mut draft = Draft::empty(from.problem, from.evaluator, from.candidates);
        draft.most_tours = from.most_tours;
        draft.load(&worker.best);
        if self.tried.len() > MOST_TRIED {
            self.tried.clear();
        }
        for _ in 0..times {
            if stop() {
                break;
            }
            let (before, beyond) = (draft.cost(), draft.excess());
            let found = self.around(&mut draft, &worker.pool).is_some();
            let allowed = draft.used_tours() <= draft.most_tours && draft.excess() <= beyond;
            if found && draft.cost() < before && allowed {
                draft.commit();
            } else {
                draft.roll_back();
            }
        }
        if worker.best.is_worse_than(&draft) {
            worker.adopt(&Snapshot::of(&draft));
        }
    }

    /// Recombines the tours near a random visit of a draft; the caller commits the change or rolls it back. `None`
    /// where nothing was found.
    fn around(&mut self, draft: &mut Draft<'_>, pool: &Pool) -> Option<()> {
        let shifts = near(draft, &mut self.rng);
        let &[first, _, ..] = shifts.as_slice() else { return None };
        let now: Vec<Seen> =
            shifts.iter().map(|&shift| Seen::of(draft.candidates, shift, draft.tour(shift))).collect();
        let rows = Rows::new(draft, &now);
        let mut positions = Vec::new();
        for &shift in &shifts {
            positions.clear();
            positions.extend(1..draft.tour(shift).stops.len() - 1);
            draft.remove(shift, &positions).then_some(())?;
        }
        let mut free = Free::of_day(draft, draft.problem.shifts[first as usize].day);
        let mut sources: Vec<&Seen> = Vec::new();
        let mut columns: Vec<Column> = Vec::new();
        for (nth, seen) in now.iter().chain(pool.tours()).enumerate() {
            if let Some(column) = column(draft, &rows, &free, seen) {
                columns.push(column);
                sources.push(seen);
                if columns.len() == MOST_COLUMNS {
                    break;
                }
            } else if nth < now.len() {
                // The tours that were taken out must be the first columns: they are the known choice, with which others
                // are compared.
                return None;
            }
        }
        let signature = now.iter().fold(0u64, |sum, seen| sum.wrapping_add(seen.key));
        if columns.len() == now.len() || !self.tried.insert((signature, columns.len())) {
            return None;
        }
        let most = free.shifts.iter().map(Vec::len).collect();
        let partition = Partition { left_out: rows.left_out, most, columns };
        let known: Vec<u32> = (0..now.len() as u32).collect();
        let mut proposal = Proposal::default();
        for at in partition.better_than(&known)? {
            let column = partition.columns[at as usize];
            let shift = free.shifts[column.class as usize].pop()?;
            sources[at as usize].propose(shift, &mut proposal);
        }
        // Two tours together may bring a client one face more than is allowed; then the draft refuses the proposal.
        draft.apply(&proposal).map(|_| ())
    }
}

/// Shifts with tours near a random visit, on the day of the shift that makes it.
fn near(draft: &Draft<'_>, rng: &mut Rng) -> Vec<u32> {
    let mut shifts = Vec::with_capacity(MOST_TOURS);
    let Some((seed, _)) = random_planned(draft, rng) else { return shifts };
    let option = draft.option_of(seed);
    let mut visits = 0;
    for &other in std::iter::once(&option).chain(draft.candidates.near(option)) {
        let shift = draft.shift_of_option(other).filter(|shift| !shifts.contains(shift));
        let Some(shift) = shift else { continue };
        // A night shift of the day before may hold visits of this day, but its tour does not belong to this day.
        let day = |shift: u32| draft.problem.shifts[shift as usize].day;
        if shifts.first().is_some_and(|&first| day(first) != day(shift)) {
            continue;
        }
        visits += draft.tour(shift).visits();
        if visits > MOST_VISITS || shifts.len() == MOST_TOURS {
            break;
        }
        shifts.push(shift);
    }
    shifts
}

/// The visits that are to be in one tour each, or in none.
struct Rows {
    /// The row of each option, or [`NO_ROW`].
    of_option: Vec<u8>,
    /// The cost of leaving out each.
    left_out: Vec<Cost>,
}

const NO_ROW: u8 = u8::MAX;

impl Rows {
    /// The visits of some tours, and the unplanned visits of their day.
    fn new(draft: &Draft<'_>, tours: &[Seen]) -> Self {
        let mut rows = Self { of_option: vec![NO_ROW; draft.problem.options.len()], left_out: Vec::new() };
        let mut day = 0;
        for option in tours.iter().flat_map(Seen::options) {
            day = draft.problem.options[option as usize].day;
            rows.add(draft, option);
        }
        for &visit in draft.unplanned() {
            let option = draft.option_of(visit);
            if draft.problem.options[option as usize].day == day && rows.left_out.len() < partition::MOST_ROWS
            {
                rows.add(draft, option);
            }
        }
        rows
    }

    fn add(&mut self, draft: &Draft<'_>, option: u32) {
        let visit = draft.problem.options[option as usize].visit;
        self.of_option[option as usize] = self.left_out.len() as u8;
        self.left_out.push(draft.problem.visits[visit as usize].unplanned);
    }
}

/// Shifts without a tour.
struct Free {
    /// Number of the shift class, by the first shift of the class.
    class_of: FxHashMap<u32, u32>,
    /// Free shifts of each shift class.
    shifts: Vec<Vec<u32>>,
}

impl Free {
    fn of_day(draft: &Draft<'_>, day: u16) -> Self {
        let mut free = Self { class_of: FxHashMap::default(), shifts: Vec::new() };
        for &shift in draft.candidates.shifts_of_day(day) {
            if draft.tour(shift).visits() == 0 {
                let next = free.shifts.len() as u32;
                let class = *free.class_of.entry(draft.candidates.class_of(shift)).or_insert(next);
                if class == next {
                    free.shifts.push(Vec::new());
                }
                free.shifts[class as usize].push(shift);
            }
        }
        free
    }
}

/// A tour that was seen, as a column; `None` where it has other visits, where no shift of its class is free, or where
/// its nurse may not make one of the visits.
fn column(draft: &Draft<'_>, rows: &Rows, free: &Free, seen: &Seen) -> Option<Column> {
    let &class = free.class_of.get(&seen.class)?;
    let mut covered = 0u128;
    for option in seen.options() {
        let row = rows.of_option[option as usize];
        (row != NO_ROW).then(|| covered |= 1 << row)?;
    }
    let nurse = draft.candidates.nurse(seen.class);
    let mut cost = seen.cost;
    let client_of = |option: u32| {
        let visit = draft.problem.options[option as usize].visit;
        draft.problem.visits[visit as usize].client
    };
    for (nth, option) in seen.options().enumerate() {
        let client = client_of(option);
        let assigned = draft.assign_delta(option, nurse)?;
        let again =
            draft.evaluator.counts_assignments() && seen.options().take(nth).any(|o| client_of(o) == client);
        cost += match again {
            true => draft.evaluator.pair(option, nurse),
            false => assigned,
        };
    }
    Some(Column { rows: covered, class, cost })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;
    use crate::rules::{Evaluator, Part};
    use crate::search::annealing::Annealing;
    use crate::search::candidates::Candidates;
    use crate::search::construct::construct;

    /// Four nurses with one home; clients 0 and 1, 2 and 3, 4 and 5, 6 and 7 are neighbours, each
    /// pair far from the others.
    fn document() -> Document {
        let place = |client: usize| match client {
            0 => (0, 0),
            _ => [(-9, 0), (9, 0), (0, -9), (0, 9)][(client - 1) / 2],
        };
        let leg = |a: usize, b: usize| {
            let ((ax, ay), (bx, by)): ((i32, i32), (i32, i32)) = (place(a), place(b));
            ((ax - bx).abs() + (ay - by).abs()) * 60 + i32::from(a != b) * 30
        };
        let matrix: Vec<Vec<i32>> = (0..9).map(|a| (0..9).map(|b| leg(a, b)).collect()).collect();
        let nurses: Vec<String> = (0..4)
            .map(|n| {
                format!(
                    r#"{{"id": "n{n}", "home": {{"index": 0}}, "shifts": [
                        {{"date": "2026-03-02", "start": "07:00", "end": "12:00"}}]}}"#
                )
            })
            .collect();
        let clients: Vec<String> = (1..9)
            .map(|c| {
                format!(
                    r#"{{"id": "c{c}", "location": {{"index": {c}}}, "care": [{{"id": "a", "days": "daily",
                        "minutes": 30, "window": {{"from": "07:00", "to": "11:00"}}}}]}}"#
                )
            })
            .collect();
        let text = format!(
            r#"{{"kring": 1, "horizon": {{"first_day": "2026-03-02", "days": 1}}, "nurses": [{}],
                "clients": [{}], "travel": {{"matrix": {{"bicycle": {matrix:?}}}}}}}"#,
            nurses.join(", "),
            clients.join(", "),
        );
        serde_json::from_str(&text).unwrap()
    }

    fn give(draft: &mut Draft<'_>, shift: u32, visits: [u32; 2]) {
        let mut proposal = Proposal::default();
        proposal.tour(shift, draft.tour(shift).break_at);
        for visit in visits {
            proposal.part(Part::Visit(draft.option_of(visit)));
        }
        assert!(draft.apply(&proposal).is_some());
    }

    #[test]
    fn the_good_halves_of_two_plans_are_joined() {
        let problem = crate::solve::prepare(&document(), std::path::Path::new(".")).unwrap().facts;
        let evaluator = Evaluator::new(&problem);
        let candidates = Candidates::new(&problem, &evaluator);
        let mut draft = Draft::empty(&problem, &evaluator, &candidates);
        let mut pool = Pool::default();
        for (shift, visits) in (0..).zip([[0, 2], [1, 3], [4, 5], [6, 7]]) {
            give(&mut draft, shift, visits);
        }
        pool.note(&draft);
        draft.roll_back();
        for (shift, visits) in (0..).zip([[0, 1], [2, 3], [4, 6], [5, 7]]) {
            give(&mut draft, shift, visits);
        }
        draft.commit();
        let annealing = Annealing::from(&draft, true);
        let mut worker = Worker::new(draft, annealing, 1, 0);
        worker.pool = pool;
        worker.iterations = 100 * ITERATIONS_EACH;
        Recombiner::new(1, 0).recombine(&mut worker, 1.0, &|| false);
        let tours: Vec<Vec<u32>> = worker
            .best
            .tours
            .iter()
            .map(|tour| tour.visits_and_options().map(|(visit, _)| visit).collect())
            .collect();
        assert_eq!(tours, [[0, 1], [2, 3], [4, 5], [6, 7]]);
        assert_eq!(worker.best.cost, worker.draft.cost());
        worker.draft.assert_sound();
    }

    #[test]
    fn tours_of_a_night_and_of_the_morning_after_are_of_two_days() {
        // All three visits are in the morning of the second day, two of them within night shifts.
        let nurse = |id: &str, date: &str, start: &str, end: &str| {
            format!(
                r#"{{"id": "{id}", "home": {{"index": 0}}, "shifts": [
                    {{"date": "{date}", "start": "{start}", "end": "{end}"}}]}}"#
            )
        };
        let night = |id: &str| nurse(id, "2026-03-02", "22:00", "07:00");
        let nurses = [night("n"), night("m"), nurse("d", "2026-03-03", "05:00", "12:00")];
        let clients = [1, 2, 3].map(|c| {
            format!(
                r#"{{"id": "c{c}", "location": {{"index": {c}}}, "care": [{{"id": "a",
                    "days": {{"patterns": [[1]]}}, "minutes": 30, "window": {{"from": "05:30", "to": "05:40"}}}}]}}"#
            )
        });
        let matrix = [[0, 300, 300, 300], [300, 0, 300, 300], [300, 300, 0, 300], [300, 300, 300, 0]];
        let text = format!(
            r#"{{"kring": 1, "horizon": {{"first_day": "2026-03-02", "days": 2}}, "nurses": [{}],
                "clients": [{}], "travel": {{"matrix": {{"bicycle": {matrix:?}}}}}}}"#,
            nurses.join(", "),
            clients.join(", "),
        );
        let problem = crate::solve::prepare(&serde_json::from_str(&text).unwrap(), std::path::Path::new("."))
            .unwrap()
            .facts;
        let evaluator = Evaluator::new(&problem);
        let candidates = Candidates::new(&problem, &evaluator);
        let mut draft = Draft::empty(&problem, &evaluator, &candidates);
        construct(&mut draft, &mut |_| false);
        assert_eq!(draft.used_tours(), 3);
        let annealing = Annealing::from(&draft, true);
        let mut worker = Worker::new(draft, annealing, 1, 0);
        let cost = worker.best.cost;
        worker.iterations = 100 * ITERATIONS_EACH;
        for seed in 0..8 {
            Recombiner::new(seed, 0).recombine(&mut worker, 1.0, &|| false);
        }
        assert_eq!(worker.best.cost, cost);
        worker.draft.assert_sound();
    }

    #[test]
    fn nothing_is_recombined_without_iterations_or_early() {
        let problem = crate::solve::prepare(&document(), std::path::Path::new(".")).unwrap().facts;
        let evaluator = Evaluator::new(&problem);
        let candidates = Candidates::new(&problem, &evaluator);
        let mut draft = Draft::empty(&problem, &evaluator, &candidates);
        construct(&mut draft, &mut |_| false);
        let annealing = Annealing::from(&draft, true);
        let mut worker = Worker::new(draft, annealing, 1, 0);
        let mut recombiner = Recombiner::new(1, 0);
        recombiner.recombine(&mut worker, 1.0, &|| false);
        assert!(recombiner.tried.is_empty());
        worker.run(20 * ITERATIONS_EACH, &|_| Some(0.0));
        recombiner.recombine(&mut worker, NOT_BEFORE / 2.0, &|| false);
        assert!(recombiner.tried.is_empty());
        worker.run(40 * ITERATIONS_EACH, &|_| Some(1.0));
        recombiner.recombine(&mut worker, NOT_BEFORE, &|| false);
        assert!(!recombiner.tried.is_empty(), "late and paid for");
    }
}
