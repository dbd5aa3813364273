//! Recombination of tours seen: set partitioning over the visits of a few tours of the best plan.

pub(crate) mod partition;

use crate::model::cost::Cost;
use crate::rules::pairing::FORBIDDEN;
use crate::search::dice::Dice;
use crate::search::draft::Draft;
use crate::search::insertion::NOT_IN;
use crate::search::snapshot::Snapshot;
use crate::search::pool::{Pool, Seen};
use crate::search::tour::{PauseAt, Stop};
use crate::search::worker::Worker;
use partition::{Column, Effort, Partition};
use rustc_hash::FxHashMap;

/// Most visits and tours of a neighbourhood.
const MOST_ROWS: usize = 100;

fn env(name: &str, default: f64) -> f64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

#[derive(Debug, Default)]
pub(crate) struct Stats {
    pub(crate) solves: u64,
    pub(crate) columns: u64,
    pub(crate) rows: u64,
    pub(crate) most_columns: usize,
    pub(crate) bounded: u64,
    pub(crate) nodes: u64,
    pub(crate) unproved: u64,
    pub(crate) found: u64,
    pub(crate) taken: u64,
    pub(crate) gain: Cost,
    pub(crate) wall: std::time::Duration,
    pub(crate) scan: std::time::Duration,
}

/// Recombines around some visits; adopts what is better.
pub(crate) fn recombine(worker: &mut Worker<'_>, dice: &mut Dice, round: u64) {
    let begin = std::time::Instant::now();
    let mut stats = Stats::default();
    let tours = worker.best.tours.iter().filter(|tour| tour.visits() > 0).count();
    let times = ((tours as f64 * env("RC_TIMES", 0.5)).ceil() as usize).clamp(4, 1000);
    let mut draft = worker.draft.clone();
    draft.load(&worker.best);
    let before = draft.cost;
    for _ in 0..times {
        around(&mut draft, &worker.pool, dice, &mut stats);
    }
    stats.wall = begin.elapsed();
    if std::env::var_os("RC_STATS").is_some() {
        eprintln!(
            "RC round {round} pool {} best {before} solves {} rows {:.0} columns {:.0} (most {}) bounded {} nodes {} unproved {} found {} taken {} gain {} ({:.4} %) in {:?} scan {:?}",
            worker.pool.tours().len(), stats.solves,
            stats.rows as f64 / stats.solves.max(1) as f64,
            stats.columns as f64 / stats.solves.max(1) as f64,
            stats.most_columns, stats.bounded, stats.nodes, stats.unproved, stats.found, stats.taken,
            stats.gain, stats.gain as f64 * 100.0 / before as f64, stats.wall, stats.scan,
        );
    }
    if draft.cost < worker.best.cost {
        let best = Snapshot::of(&draft);
        worker.adopt(&best);
    }
}

/// Tours of the plan near a visit, on its day.
fn near(draft: &Draft<'_>, dice: &mut Dice) -> Vec<u32> {
    let Some(seed) = (0..32).map(|_| dice.below(draft.shift_of.len())).find(|&v| draft.shift_of[v] != NOT_IN) else {
        return Vec::new();
    };
    let option = draft.chosen[seed];
    let mut shifts = vec![draft.shift_of[seed]];
    let mut rows = draft.tours[shifts[0] as usize].visits();
    let most = env("RC_TOURS", 10.0) as usize;
    for &other in draft.candidates.near(option) {
        let visit = draft.problem.options[other as usize].visit as usize;
        let shift = draft.shift_of[visit];
        if draft.chosen[visit] == other && shift != NOT_IN && !shifts.contains(&shift) {
            rows += draft.tours[shift as usize].visits();
            if shifts.len() == most || rows > MOST_ROWS {
                break;
            }
            shifts.push(shift);
        }
    }
    shifts
}

fn around(draft: &mut Draft<'_>, pool: &Pool, dice: &mut Dice, stats: &mut Stats) {
    let shifts = near(draft, dice);
    if shifts.len() < 2 {
        return;
    }
    let problem = draft.problem;
    let before = draft.cost;
    // Rows.
    let mut row_of: FxHashMap<u32, u32> = FxHashMap::default();
    let mut partition = Partition::default();
    let day = problem.shifts[shifts[0] as usize].day;
    let now: Vec<Seen> = shifts.iter().map(|&s| Seen::of(draft.candidates, s, &draft.tours[s as usize])).collect();
    let mut add_row = |option: u32, partition: &mut Partition| {
        row_of.insert(option, partition.left_out.len() as u32);
        partition.left_out.push(problem.visits[problem.options[option as usize].visit as usize].unplanned);
    };
    for seen in &now {
        for &option in seen.stops.iter().filter(|&&o| o != u32::MAX) {
            add_row(option, &mut partition);
        }
    }
    let out: Vec<u32> = draft.out.iter().map(|&v| draft.chosen[v as usize])
        .filter(|&o| problem.options[o as usize].day == day).collect();
    for option in out {
        if partition.left_out.len() < 128 {
            add_row(option, &mut partition);
        }
    }
    if partition.left_out.len() > 128 {
        return;
    }
    // Shifts that are or become free.
    for &shift in &shifts {
        let positions: Vec<usize> = (1..draft.tours[shift as usize].stops.len() - 1).collect();
        if !draft.remove(shift, &positions) {
            draft.roll_back();
            return;
        }
    }
    let mut class_of: FxHashMap<u32, u32> = FxHashMap::default();
    let mut free: Vec<Vec<u32>> = Vec::new();
    for &shift in draft.candidates.shifts_of_day(day) {
        if draft.tours[shift as usize].visits() == 0 {
            let kin = draft.candidates.kin(shift);
            let class = *class_of.entry(kin).or_insert_with(|| {
                free.push(Vec::new());
                free.len() as u32 - 1
            });
            free[class as usize].push(shift);
        }
    }
    partition.most = free.iter().map(|shifts| shifts.len() as u32).collect();
    // Columns.
    let scan = std::time::Instant::now();
    let mut column_of = |seen: &Seen| -> Option<Column> {
        let &class = class_of.get(&seen.kin)?;
        let mut rows = 0u128;
        for option in seen.stops.iter().filter(|&&o| o != u32::MAX) {
            rows |= 1u128 << row_of.get(option)?;
        }
        let nurse = problem.shifts[seen.kin as usize].nurse;
        let mut cost = seen.cost;
        let mut met: Vec<u32> = Vec::new();
        for &option in seen.stops.iter().filter(|&&o| o != u32::MAX) {
            let pairing = draft.evaluator.pairing.row(option)[nurse as usize];
            if pairing == FORBIDDEN {
                return None;
            }
            let client = problem.visits[problem.options[option as usize].visit as usize].client;
            cost += pairing;
            if draft.continuity.visits(client, nurse) == 0 && !met.contains(&client) {
                met.push(client);
                cost += draft.continuity.further_face(&draft.evaluator.continuity, client)?
                    + draft.continuity.new_faces(&draft.evaluator.continuity, client)[nurse as usize];
            }
        }
        Some(Column { rows, class, cost })
    };
    let mut source: Vec<&Seen> = Vec::new();
    for seen in now.iter().chain(pool.tours()) {
        if let Some(column) = column_of(seen) {
            partition.columns.push(column);
            source.push(seen);
        }
    }
    stats.scan += scan.elapsed();
    stats.solves += 1;
    stats.columns += partition.columns.len() as u64;
    stats.rows += partition.left_out.len() as u64;
    stats.most_columns = stats.most_columns.max(partition.columns.len());
    let like: Vec<u32> = (0..now.len() as u32).collect();
    let covered = like.iter().fold(0u128, |all, &at| all | partition.columns[at as usize].rows);
    let known: Cost = like.iter().map(|&at| partition.columns[at as usize].cost).sum::<Cost>()
        + (0..partition.left_out.len()).filter(|r| covered >> r & 1 == 0).map(|r| partition.left_out[r]).sum::<Cost>();
    let mut effort = Effort::default();
    let found = partition.better_than(known, &like, &mut effort);
    stats.nodes += effort.nodes as u64;
    stats.bounded += u64::from(effort.nodes == 0);
    stats.unproved += u64::from(effort.nodes > 0 && !effort.proved);
    let Some(chosen) = found else {
        draft.roll_back();
        return;
    };
    stats.found += 1;
    for at in chosen {
        let seen = source[at as usize];
        let Some(shift) = free[partition.columns[at as usize].class as usize].pop() else {
            draft.roll_back();
            return;
        };
        if !put(draft, shift, seen) {
            draft.roll_back();
            return;
        }
    }
    if draft.cost < before {
        stats.taken += 1;
        stats.gain += before - draft.cost;
        draft.commit();
    } else {
        draft.roll_back();
    }
}

fn put(draft: &mut Draft<'_>, shift: u32, seen: &Seen) -> bool {
    let facts = &draft.problem.shifts[shift as usize];
    for &option in seen.stops.iter().filter(|&&o| o != u32::MAX) {
        let client = draft.problem.visits[draft.problem.options[option as usize].visit as usize].client;
        if draft.continuity.visits(client, facts.nurse) == 0
            && draft.continuity.further_face(&draft.evaluator.continuity, client).is_none()
        {
            return false;
        }
        let booked = draft.book(option, shift);
        draft.cost += booked;
    }
    let mut sound = true;
    draft.edit_tour(shift, |problem, evaluator, tour| {
        tour.drop_break();
        tour.set_pause(facts, seen.pause);
        let inner: Vec<Stop> = seen.stops.iter().map(|&option| match (option, facts.pause) {
            (u32::MAX, Some(pause)) if seen.pause == PauseAt::Inside => Stop::of_break(pause),
            _ => Stop::of_option(problem, option),
        }).collect();
        tour.stops.splice(1..1, inner);
        sound = tour.refresh(problem, evaluator, facts);
    });
    sound
}
