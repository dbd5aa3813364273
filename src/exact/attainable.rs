//! The fewest faces of each client, and the least that faces cost: set cover by nurses.
//!
//! A nurse *covers* a visit on a day if no pairing rule forbids the pair and one of her shifts could hold the visit
//! alone. In a plan every visit is made by a nurse who covers it, so the faces of a client are a set of nurses that
//! covers what is planned. The cheapest such set, day patterns chosen with it, is found by the branch and bound of
//! [`ClientPart`], in which the visits of a nurse have no price; where it has too many sets to look at, by the integer
//! programme of [`covering`]. The integer programme does not come first because it is slower: for the 152 clients of
//! the three made-up neighbourhoods both find the same, in 4 to 11 microseconds a client by sets, 0.8 to 2.0 ms by
//! microlp, 12 to 21 ms by HiGHS.
//!
//! What is relaxed: that shifts are shared with other clients, that two visits of the client may overlap, breaks,
//! contract hours, regular hours. Rest between shifts is as the roster gives it.

use super::client::{ClientPart, DayPart, NOBODY};
use super::covering;
use super::programme::{Limits, UNIT};
use crate::model::attainable::{Attainable, ClientAttainable};
use crate::model::cost::Cost;
use crate::model::facts::{DayChoice, Facts};
use crate::model::problem::Problem;
use crate::rules::{Evaluator, FORBIDDEN};
use crate::search::candidates::ShiftsByStart;
use rustc_hash::FxHashMap;
use std::time::{Duration, Instant};

/// Most nodes of the integer programme of a client.
const NODES: u64 = 300;

/// Longest time of all integer programmes together: what they have not proven by then stays unproven.
const LONGEST: Duration = Duration::from_secs(5);

/// What no plan of the problem can beat, client by client. Clients that are reached after `stop` get figures that hold
/// for any client. An integer programme looks at `stop` only now and then, and ends at `end` at once.
///
/// # Complexity
/// Day options times the shifts of a day, and for each client the sets of its nurses, 20,000 of them at most.
pub(crate) fn attainable(problem: &Problem, stop: &dyn Fn() -> bool, end: Option<Instant>) -> Attainable {
    let facts = &problem.facts;
    let (evaluator, shifts) = (Evaluator::new(facts), ShiftsByStart::new(facts));
    let longest = Instant::now() + LONGEST;
    let limits = Limits { nodes: NODES, end: end.map_or(longest, |end| end.min(longest)), stop };
    let mut all = Attainable::default();
    // Behind the clients of the document come the meetings of nurses, which have no faces to count.
    let clients = problem.document().clients.len();
    for (number, visits) in (0..).zip(facts.visits_by_client()).take(clients) {
        let client = if stop() {
            ClientAttainable {
                client: problem.client_id(number).to_owned(),
                visits: visits.len() as u32,
                faces: (!visits.is_empty()).then_some(1),
                ..ClientAttainable::default()
            }
        } else {
            Needs::new(facts, &evaluator, &shifts, &visits).attainable(problem, &evaluator, number, &limits)
        };
        all.face_cost = all.face_cost.saturating_add(client.face_cost);
        all.left_out = all.left_out.saturating_add(client.left_out);
        all.clients.push(client);
    }
    all
}

/// Visits of a client that the same nurses cover.
struct Row {
    nurses: Vec<u32>,
    visits: u32,
    /// Cost of leaving them all out.
    unplanned: Cost,
}

/// The visits of a client with the nurses who cover them, and the choices of their days.
#[derive(Default)]
struct Needs {
    rows: Vec<Row>,
    /// Choices to make, each of several sets of rows.
    choices: Vec<Vec<Vec<u32>>>,
    /// The most visits that can be made, and the number of those that nobody can make.
    visits: u32,
    impossible: u32,
    /// The least cost of what nobody can make.
    left_out: Cost,
}

impl Needs {
    fn new(problem: &Facts, evaluator: &Evaluator, shifts: &ShiftsByStart, visits: &[u32]) -> Self {
        let mut needs = Self::default();
        let mut row_of: FxHashMap<Vec<u32>, usize> = FxHashMap::default();
        for choice in problem.day_choices(visits) {
            match choice {
                DayChoice::Fixed(visit) => {
                    let nurses = covering(problem, evaluator, shifts, visit.options.start);
                    if nurses.is_empty() {
                        needs.impossible += 1;
                        needs.left_out = needs.left_out.saturating_add(visit.unplanned);
                    } else {
                        needs.visits += 1;
                    }
                    // Visits on fixed days that the same nurses cover share a row.
                    let next = needs.rows.len();
                    let row = *row_of.entry(nurses.clone()).or_insert(next);
                    if row == next {
                        needs.choices.push(vec![vec![next as u32]]);
                        needs.rows.push(Row { nurses, visits: 0, unplanned: 0 });
                    }
                    needs.rows[row].visits += 1;
                    needs.rows[row].unplanned = needs.rows[row].unplanned.saturating_add(visit.unplanned);
                }
                DayChoice::Patterns(patterns) => needs.add_block(problem, evaluator, shifts, patterns),
            }
        }
        needs
    }

    /// Visits whose days are chosen together: a row for each visit on each day.
    fn add_block(
        &mut self,
        problem: &Facts,
        evaluator: &Evaluator,
        shifts: &ShiftsByStart,
        patterns: &[Vec<u32>],
    ) {
        let mut row_of: FxHashMap<u32, u32> = FxHashMap::default();
        for &option in patterns.iter().flatten() {
            row_of.entry(option).or_insert_with(|| {
                let visit = &problem.visits[problem.options[option as usize].visit as usize];
                let nurses = covering(problem, evaluator, shifts, option);
                self.rows.push(Row { nurses, visits: 1, unplanned: visit.unplanned });
                self.rows.len() as u32 - 1
            });
        }
        let choice: Vec<Vec<u32>> =
            patterns.iter().map(|options| options.iter().map(|option| row_of[option]).collect()).collect();
        let nobody = |&&row: &&u32| self.rows[row as usize].nurses.is_empty();
        let impossible = |pattern: &Vec<u32>| pattern.iter().filter(nobody).count() as u32;
        let left_out = |pattern: &Vec<u32>| -> Cost {
            pattern.iter().filter(nobody).map(|&row| self.rows[row as usize].unplanned).sum()
        };
        let fewest = choice.iter().map(impossible).min().unwrap_or(0);
        let least = choice.iter().map(left_out).min().unwrap_or(0);
        self.visits += choice.first().map_or(0, Vec::len) as u32 - fewest;
        self.impossible += fewest;
        self.left_out += least;
        self.choices.push(choice);
    }

    fn attainable(
        &self,
        problem: &Problem,
        evaluator: &Evaluator,
        client: u32,
        limits: &Limits<'_>,
    ) -> ClientAttainable {
        let mut nurses: Vec<u32> = self.rows.iter().flat_map(|row| row.nurses.iter().copied()).collect();
        nurses.sort_unstable();
        nurses.dedup();
        let mut found = ClientAttainable {
            client: problem.client_id(client).to_owned(),
            visits: self.visits,
            impossible: self.impossible,
            left_out: self.left_out,
            proven: true,
            ..ClientAttainable::default()
        };
        if self.visits == 0 {
            return found;
        }
        // To leave out one more visit costs more than all nurses as faces.
        let visit = nurses.len() as Cost + 1;
        let useful = self.useful(&nurses, &|_| 0);
        let further = vec![1; useful.len()];
        let counted = self.part(&useful, &|_| 0, further, |row| visit * Cost::from(row.visits));
        let (least, proven) = least_of(&counted, 1.0, limits);
        // Visits that nobody can make are left out in every choice: their cost is subtracted.
        found.faces = Some((least - visit * Cost::from(self.impossible)).max(1) as u32);
        found.proven = proven;
        let prices = evaluator.face_prices(client);
        let new = |nurse| prices.new_face(nurse);
        let useful = self.useful(&nurses, &new);
        let priced = self.part(&useful, &new, prices.further(useful.len()), |row| row.unplanned);
        found.face_cost = (least_of(&priced, UNIT, limits).0 - self.left_out).max(0);
        found
    }

    /// The nurses without those who are dominated: by another who costs no more as a new face and covers at least the
    /// same rows.
    fn useful(&self, nurses: &[u32], new_face: &dyn Fn(u32) -> Cost) -> Vec<u32> {
        let covers: Vec<Vec<bool>> = nurses
            .iter()
            .map(|nurse| self.rows.iter().map(|row| row.nurses.binary_search(nurse).is_ok()).collect())
            .collect();
        let all = |a: usize, b: usize| covers[a].iter().zip(&covers[b]).all(|(&a, &b)| a <= b);
        let replaces = |b: usize, a: usize| {
            let (mine, other) = (new_face(nurses[a]), new_face(nurses[b]));
            // Of two that are alike the first stays.
            other <= mine && all(a, b) && (b < a || other < mine || !all(b, a))
        };
        let stays = |&a: &usize| (0..nurses.len()).all(|b| a == b || !replaces(b, a));
        (0..nurses.len()).filter(stays).map(|at| nurses[at]).collect()
    }

    fn part(
        &self,
        nurses: &[u32],
        new_face: &dyn Fn(u32) -> Cost,
        further: Vec<Cost>,
        unplanned: impl Fn(&Row) -> Cost,
    ) -> ClientPart {
        let mut part = ClientPart::new(nurses.iter().map(|&nurse| new_face(nurse)).collect(), further);
        for row in &self.rows {
            // The only price is 0: a nurse who covers a visit makes it for nothing.
            let price = |nurse: &u32| if row.nurses.binary_search(nurse).is_ok() { 0 } else { NOBODY };
            part.days.push(DayPart { unplanned: unplanned(row), prices: nurses.iter().map(price).collect() });
        }
        part.choices.clone_from(&self.choices);
        part
    }
}

/// A lower bound on the cost of every choice of a client, and whether some choice attains it.
fn least_of(part: &ClientPart, unit: f64, limits: &Limits<'_>) -> (Cost, bool) {
    let looked_at = part.cheapest(&[0]);
    if looked_at.least == looked_at.choice.cost {
        return (looked_at.least, true);
    }
    match covering::cheapest(part, unit, limits) {
        // The solver rounds: a choice cheaper by less than a millionth may have escaped it.
        Some(cost) => (looked_at.least.max(cost - (cost / 1_000_000)), true),
        None => (looked_at.least, false),
    }
}

/// The nurses who cover a visit on a day, in order.
fn covering(problem: &Facts, evaluator: &Evaluator, shifts: &ShiftsByStart, option: u32) -> Vec<u32> {
    let row = evaluator.pairs(option);
    let holding = shifts.that_hold(problem, option, |nurse| row[nurse as usize] != FORBIDDEN);
    let mut nurses: Vec<u32> = holding.iter().map(|&shift| problem.shifts[shift as usize].nurse).collect();
    nurses.dedup();
    nurses
}
