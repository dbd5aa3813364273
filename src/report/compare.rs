//! Two plans of one document beside each other: by intention, by client and by nurse.

use super::changes::{Change, changes};
use super::indicators::of_reading;
use super::reading::Reading;
use crate::check::{check_fitting, measures};
use crate::error::{Error, Result};
use crate::model::cost::Cost;
use crate::model::{Aim, CostByTerm, Document, Indicators, Intention, Plan, Problem, Term};
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::collections::BTreeSet;

/// What differs between two plans of a document, from the first to the second. Display it, or serialize it.
///
/// Cost, violations and measures are those of the second opinion ([`check`](crate::check())), so the plans may have
/// been made by anyone; visits, faces and hours are read from the plans. Pairs are `[first, second]`; costs are
/// thousandths of a second of nurse time, less is better.
#[derive(Debug, Serialize)]
#[non_exhaustive]
pub struct Comparison<'a> {
    /// The cost of each plan.
    pub cost: [CostByTerm; 2],
    /// How many rules each plan breaks; [`check`](crate::check()) says which.
    pub violations: [usize; 2],
    /// The three intentions, in order.
    pub intentions: Vec<IntentionDifference>,
    /// What each plan measures by every aim.
    pub measures: Vec<Measure>,
    /// How many visits differ.
    pub visits: VisitDifferences,
    /// Clients whose visits differ, in the order of the document.
    pub clients: Vec<ClientDifference>,
    /// Nurses whose visits or hours differ, in the order of the document.
    pub nurses: Vec<NurseDifference>,
    #[serde(skip)]
    pub(super) document: &'a Document,
    #[serde(skip)]
    pub(super) indicators: [Indicators; 2],
}

/// What the terms of an intention cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct IntentionDifference {
    /// The intention.
    pub intention: Intention,
    /// The sum of its terms.
    pub cost: [Cost; 2],
    /// The terms that differ.
    pub terms: Vec<TermDifference>,
}

/// What a term costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TermDifference {
    /// The term.
    pub term: Term,
    /// Its cost.
    pub cost: [Cost; 2],
}

/// The measure of an aim, which does not depend on prices.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Measure {
    /// The aim.
    pub aim: Aim,
    /// The measure of each plan, a count or minutes as [`Aim`] says; less is better.
    pub value: [f64; 2],
}

/// How many visits differ, and how. A visit may differ in several ways.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VisitDifferences {
    /// Number of visits planned in each plan.
    pub planned: [u32; 2],
    /// Number of visits in both plans, with another nurse.
    pub nurse: u32,
    /// Number of visits in both plans, on another day.
    pub day: u32,
    /// Number of visits in both plans on the same day whose starts are further apart than the price list's
    /// `changed_hour_tolerance` (15 minutes by default).
    pub hour: u32,
    /// Number of visits in the first plan only, and in the second only.
    pub only: [u32; 2],
}

impl VisitDifferences {
    /// Whether no visit differs in a way that people would notice.
    fn is_none(&self) -> bool {
        [self.nurse, self.day, self.hour, self.only[0], self.only[1]] == [0; 5]
    }
}

/// What differs for a client.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ClientDifference {
    /// Client id.
    pub client: String,
    /// Number of different nurses; `None` without a visit.
    pub faces: [Option<u32>; 2],
    /// Number of those nurses whom the client did not meet in the history window; `None` without a visit.
    pub new_faces: [Option<u32>; 2],
    /// Nurse ids: who no longer comes in the second plan.
    pub gone: Vec<String>,
    /// Nurse ids: who comes in the second plan only.
    pub come: Vec<String>,
    /// The client's visits that differ.
    pub visits: VisitDifferences,
}

/// What differs for a nurse. These numbers about a person are for the team, to be seen beside the contract; they are no
/// ranking.
///
/// # Units
/// Times are whole seconds over the horizon, as in all data; only what is shown to people
/// ([`FrontPoint`](super::plot::FrontPoint), the displayed comparison) has minutes or hours.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NurseDifference {
    /// Nurse id.
    pub nurse: String,
    /// Number of visits.
    pub visits: [u32; 2],
    /// Number of different clients.
    pub clients: [u32; 2],
    /// Seconds between leaving and being back, less the breaks on the way.
    pub worked: [i64; 2],
    /// Seconds on the road.
    pub road: [i64; 2],
    /// Paid seconds.
    pub paid: [i64; 2],
    /// Contract seconds of the horizon, the same for both plans; `None` without a contract.
    pub contract: Option<i64>,
    /// Client ids: whom the nurse no longer visits in the second plan.
    pub gone: Vec<String>,
    /// Client ids: whom the nurse visits in the second plan only.
    pub come: Vec<String>,
}

/// One of the two plans that are compared.
struct Side<'a> {
    reading: Reading<'a>,
    indicators: Indicators,
    cost: CostByTerm,
    violations: usize,
    measures: [i64; Aim::ALL.len()],
}

impl<'a> Side<'a> {
    /// # Errors
    /// Mistakes have paths below `plans[number]`.
    fn new(problem: &'a Problem, plan: &'a Plan, number: usize) -> Result<Self> {
        let (document, times) = (problem.document(), problem.times());
        let below = |error: Error| {
            error.map_mistakes(|mistake| mistake.path = format!("plans[{number}].{}", mistake.path))
        };
        // The check comes first, because it names in its own words what does not fit. After it, the reading fails only
        // for hostile figures.
        let checked = check_fitting(document, times, plan, None).map_err(below)?;
        let reading = Reading::new(document, plan).map_err(below)?;
        Ok(Self {
            indicators: of_reading(&reading),
            cost: checked.cost,
            violations: checked.violations.len(),
            measures: measures(document, times, plan)?,
            reading,
        })
    }

    /// Visits, seconds worked and seconds on the road of a nurse.
    fn work(&self, nurse: usize) -> (u32, i64, i64) {
        let tours = self.reading.tours().filter(|(shift, _)| shift.nurse == nurse);
        tours.fold((0, 0, 0), |(visits, worked, road), (_, tour)| {
            let away = tour.back - tour.leave - tour.inner_break;
            (visits + tour.tour.visits().count() as u32, worked + away, road + tour.travel)
        })
    }

    fn paid(&self, nurse: &str) -> (i64, Option<i64>) {
        let rows = self.indicators.hours.iter().filter(|row| row.nurse == nurse);
        rows.fold((0, None), |(paid, contract), row| {
            let more = row.contract.map(|seconds| contract.unwrap_or(0) + seconds);
            (paid + row.paid, more.or(contract))
        })
    }

    /// Numbers of the nurses who come to a client.
    fn nurses_of(&self, client: usize) -> BTreeSet<usize> {
        self.reading.visits[client].iter().map(|visit| visit.nurse).collect()
    }

    /// Numbers of the clients whom a nurse visits.
    fn clients_of(&self, nurse: usize) -> BTreeSet<usize> {
        let clients = 0..self.reading.visits.len();
        let goes = |client: &usize| self.reading.visits[*client].iter().any(|visit| visit.nurse == nurse);
        clients.filter(goes).collect()
    }
}

impl<'a> Comparison<'a> {
    /// Compares two plans of the document of a problem.
    ///
    /// # Errors
    /// As [`check`](crate::check()). Kind `Plan`, with its place below `plans[0]` or `plans[1]`, for a plan that is not
    /// of this document: it names what the document does not have, or does not account for every visit once. Mistakes
    /// of both plans are reported. A plan that breaks other rules is compared, and its violations are counted.
    ///
    /// # Complexity
    /// Six checks of each plan.
    pub fn new(problem: &'a Problem, first: &'a Plan, second: &'a Plan) -> Result<Self> {
        let sides = match (Side::new(problem, first, 0), Side::new(problem, second, 1)) {
            (Ok(first), Ok(second)) => [first, second],
            (Err(first), Err(second)) => return Err(first.and(second)),
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        let document = problem.document();
        let changed = changes(first, second);
        let tolerance = i64::from(document.prices.changed_hour_seconds());
        let [a, b] = &sides;
        let differences = |changed: &mut dyn Iterator<Item = &Change<'_>>| {
            let mut found = VisitDifferences::default();
            changed.for_each(|change| count(&mut found, change, tolerance, &a.reading));
            found
        };
        let cost = [a.cost, b.cost];
        let planned = [&a, &b].map(|side| side.indicators.visits.planned);
        let visits = VisitDifferences { planned, ..differences(&mut changed.iter()) };
        let of_client = |number: usize| {
            let client = &document.clients[number].id;
            let planned = [&a, &b].map(|side| side.reading.visits[number].len() as u32);
            let mut of = changed.iter().filter(|change| change.client == client);
            let visits = VisitDifferences { planned, ..differences(&mut of) };
            let of = |side: &Side<'_>| side.indicators.clients[number].clone();
            let (before, now) = (of(a), of(b));
            let nurses = [&a, &b].map(|side| side.nurses_of(number));
            let ids = |some: &BTreeSet<usize>, others: &BTreeSet<usize>| {
                some.difference(others).map(|&nurse| document.nurses[nurse].id.clone()).collect()
            };
            (!visits.is_none()).then(|| ClientDifference {
                client: client.clone(),
                faces: [before.plan.faces, now.plan.faces],
                new_faces: [before.new_faces, now.new_faces],
                gone: ids(&nurses[0], &nurses[1]),
                come: ids(&nurses[1], &nurses[0]),
                visits,
            })
        };
        let pairs = changed.iter().filter_map(|change| change.before.zip(change.now));
        let exchanged = pairs.filter(|(before, now)| before.nurse != now.nurse);
        let exchanged: FxHashSet<&str> =
            exchanged.flat_map(|(before, now)| [before.nurse, now.nurse]).collect();
        let of_nurse = |number: usize| {
            let nurse = &document.nurses[number].id;
            let [before, now] = [&a, &b].map(|side| side.work(number));
            let [(paid_before, contract), (paid_now, _)] = [&a, &b].map(|side| side.paid(nurse));
            let clients = [&a, &b].map(|side| side.clients_of(number));
            let ids = |some: &BTreeSet<usize>, others: &BTreeSet<usize>| -> Vec<String> {
                some.difference(others).map(|&client| document.clients[client].id.clone()).collect()
            };
            let (gone, come) = (ids(&clients[0], &clients[1]), ids(&clients[1], &clients[0]));
            let same = before == now && paid_before == paid_now && gone.is_empty() && come.is_empty();
            (!same || exchanged.contains(nurse.as_str())).then(|| NurseDifference {
                nurse: nurse.clone(),
                visits: [before.0, now.0],
                clients: clients.map(|all| all.len() as u32),
                worked: [before.1, now.1],
                road: [before.2, now.2],
                paid: [paid_before, paid_now],
                contract,
                gone,
                come,
            })
        };
        let measure = |(number, &aim): (usize, &Aim)| Measure {
            aim,
            value: [&a, &b].map(|side| side.measures[number] as f64 / 60_000.0),
        };
        Ok(Self {
            cost,
            violations: [a.violations, b.violations],
            intentions: Intention::ALL.iter().map(|&intention| of_intention(intention, &cost)).collect(),
            measures: Aim::ALL.iter().enumerate().map(measure).collect(),
            visits,
            clients: (0..document.clients.len()).filter_map(of_client).collect(),
            nurses: (0..document.nurses.len()).filter_map(of_nurse).collect(),
            document,
            indicators: sides.map(|side| side.indicators),
        })
    }

    /// Cost of the second plan less that of the first.
    pub fn difference(&self) -> Cost {
        self.cost[1].total() - self.cost[0].total()
    }
}

fn of_intention(intention: Intention, cost: &[CostByTerm; 2]) -> IntentionDifference {
    let of = |term: Term| cost.map(|cost| cost[term]);
    let terms = intention.terms().map(|term| TermDifference { term, cost: of(term) });
    let terms: Vec<TermDifference> = terms.filter(|term| term.cost[0] != term.cost[1]).collect();
    let sum = |cost: CostByTerm| intention.terms().map(|term| cost[term]).sum();
    IntentionDifference { intention, cost: cost.map(sum), terms }
}

/// Adds a visit that differs.
fn count(found: &mut VisitDifferences, change: &Change<'_>, tolerance: i64, reading: &Reading<'_>) {
    let (before, now) = match (change.before, change.now) {
        (Some(before), Some(now)) => (before, now),
        (Some(_), None) => return found.only[0] += 1,
        (None, _) => return found.only[1] += 1,
    };
    found.nurse += u32::from(before.nurse != now.nurse);
    let calendar = &reading.calendar;
    let apart = calendar.elapsed(now.start) - calendar.elapsed(before.start);
    if change.is_moved() {
        found.day += 1;
    } else if apart.abs() > tolerance {
        found.hour += 1;
    }
}
