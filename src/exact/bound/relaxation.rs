//! The parts of the relaxation: shift classes, clients, and a constant.

use super::shift_class::{self, ShiftClass};
use crate::error::Stop;
use crate::exact::client::{ClientPart, DayPart, NOBODY};
use crate::model::Term;
use crate::model::cost::Cost;
use crate::model::facts::Facts;
use crate::rules::{Evaluator, FORBIDDEN};
use rustc_hash::FxHashMap;

/// Shift classes and clients, linked only by dual values: one for each day option of a visit and each nurse.
pub(super) struct Relaxation {
    /// Shift classes, in the order of the first shift of each.
    pub(super) classes: Vec<ShiftClass>,
    pub(super) clients: Vec<ClientPart>,
    /// Number of dual values.
    pub(super) duals: usize,
    /// Cost that every plan has, whatever its tours.
    pub(super) constant: Cost,
    /// Every plan costs a multiple of this.
    pub(super) unit: Cost,
}

impl Relaxation {
    /// Paths remember the `remembered` stops nearest to each. `Err` with the cost that every plan has, where `stop` came first.
    ///
    /// # Complexity
    /// Options times shifts, and the cube of the visits that a shift could hold.
    pub(super) fn new(
        problem: &Facts,
        evaluator: &Evaluator,
        remembered: usize,
        stop: Stop<'_>,
    ) -> Result<Self, Cost> {
        let paid = evaluator.least_paid_time(problem);
        let class_of = problem.shift_classes();
        let mut classes: Vec<ShiftClass> = Vec::new();
        let mut dual_of: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let faceless: Vec<bool> = (0..problem.clients.len() as u32)
            .map(|c| evaluator.face_prices(c).are_free(problem.nurses.len()))
            .collect();
        for same in class_of.chunk_by(|a, b| a == b) {
            if stop() {
                return Err(paid.least);
            }
            let first = same[0];
            let stops = stops(problem, evaluator, first, &faceless, &mut dual_of);
            if !stops.is_empty() {
                let overtime = paid.overtime[first as usize];
                let mut class = ShiftClass::new(problem, evaluator, first, overtime, stops);
                class.count = same.len() as u32;
                class.remember_nearest(remembered, stop);
                classes.push(class);
            }
        }
        let clients = clients(problem, evaluator, &faceless, &dual_of, stop);
        // What was made until then is incomplete.
        if stop() {
            return Err(paid.least);
        }
        Ok(Self {
            classes,
            clients,
            duals: dual_of.len(),
            constant: paid.least,
            unit: unit(problem, evaluator),
        })
    }
}

/// The visits that a shift could hold, each with the index of its dual value.
fn stops(
    problem: &Facts,
    evaluator: &Evaluator,
    number: u32,
    faceless: &[bool],
    dual_of: &mut FxHashMap<(u32, u32), u32>,
) -> Vec<shift_class::Stop> {
    let shift = &problem.shifts[number as usize];
    let mut stops = Vec::new();
    for (option, facts) in problem.options.iter().enumerate() {
        let pair = evaluator.pairs(option as u32)[shift.nurse as usize];
        if pair == FORBIDDEN || !crate::search::candidates::can_hold(problem, shift, option as u32) {
            continue;
        }
        let visit = &problem.visits[facts.visit as usize];
        let nurse = if faceless[visit.client as usize] { NOBODY } else { shift.nurse };
        let next = dual_of.len() as u32;
        let dual = *dual_of.entry((option as u32, nurse)).or_insert(next);
        stops.push(shift_class::Stop {
            option: option as u32,
            dual,
            place: facts.place,
            open: facts.open,
            close: facts.close,
            duration: visit.duration,
            load: visit.load,
            pair,
            start: evaluator.least_start_price(problem, option as u32),
        });
    }
    stops
}

fn clients(
    problem: &Facts,
    evaluator: &Evaluator,
    faceless: &[bool],
    dual_of: &FxHashMap<(u32, u32), u32>,
    stop: Stop<'_>,
) -> Vec<ClientPart> {
    let mut parts = Vec::with_capacity(faceless.len());
    for (client, visits) in problem.visits_by_client().iter().enumerate() {
        if stop() {
            break;
        }
        let options = visits.iter().flat_map(|&visit| problem.visits[visit as usize].options.clone());
        let mut nurses: Vec<u32> = if faceless[client] {
            vec![NOBODY]
        } else {
            let could = |nurse: &u32| options.clone().any(|o| dual_of.contains_key(&(o, *nurse)));
            (0..problem.nurses.len() as u32).filter(could).collect()
        };
        nurses.dedup();
        let prices = evaluator.face_prices(client as u32);
        let new = |&nurse: &u32| if nurse == NOBODY { 0 } else { prices.new_face(nurse) };
        let mut part = ClientPart::new(nurses.iter().map(new).collect(), prices.further(nurses.len()));
        let mut first_of: FxHashMap<u32, u32> = FxHashMap::default();
        for option in options {
            let visit = &problem.visits[problem.options[option as usize].visit as usize];
            let duals = nurses.iter().map(|&nurse| dual_of.get(&(option, nurse)).copied().unwrap_or(NOBODY));
            first_of.insert(option, part.days.len() as u32);
            part.days.push(DayPart { unplanned: visit.unplanned, prices: duals.collect() });
        }
        part.add_choices(problem, visits, |option| first_of[&option]);
        parts.push(part);
    }
    parts
}

/// The greatest common divisor of the prices. What the bound counts of a plan is a multiple of it, because prices are
/// multiplied by whole seconds or by counts.
fn unit(problem: &Facts, evaluator: &Evaluator) -> Cost {
    let priced = Term::ALL.iter().filter(|term| match term {
        // These are added below, for each visit and each client.
        Term::Unplanned | Term::Withdrawn | Term::Faces | Term::NewFaces | Term::FacesOverMax => false,
        // Not in the bound: they add at least 0.
        Term::Unintroduced | Term::Coc | Term::Upc | Term::Handovers => false,
        Term::WishedOff => problem.shifts.iter().any(|shift| shift.wished_off),
        _ => true,
    });
    let prices = priced.map(|term| term.unit().cost(problem.prices.of(*term).highest()));
    // Pairs as they are: notice and locks multiply the price of another nurse or another day.
    let pairs = (0..problem.options.len() as u32).flat_map(|option| evaluator.pairs(option));
    let prices = prices.chain(pairs.copied().filter(|&pair| pair != FORBIDDEN));
    let prices = prices.chain(evaluator.all_face_prices());
    let prices = prices.chain(problem.visits.iter().map(|visit| visit.unplanned));
    prices.fold(0, gcd).max(1)
}

fn gcd(a: Cost, b: Cost) -> Cost {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Published;
    use crate::solve::{Options, prepare, solve};

    #[test]
    fn the_price_of_a_change_is_a_multiple_of_the_unit_whatever_its_notice() {
        let mut document = crate::random::document(3);
        let folder = std::path::Path::new(".");
        let plan = |document| {
            let problem = prepare(document, folder).unwrap();
            solve(&problem, &Options::default().with_iterations(50)).unwrap().plan
        };
        let published = Published::new(plan(&document), None);
        // An odd number of milliseconds, where all prices of the list are even.
        document.prices = Default::default();
        document.prices.notice_today = 1.3333705;
        let problem = prepare(&document, folder).unwrap().with_published(&published).facts;
        let evaluator = Evaluator::new(&problem);
        let unit = unit(&problem, &evaluator);
        let pairs = (0..problem.options.len() as u32).flat_map(|option| evaluator.pairs(option));
        assert!(pairs.filter(|&&pair| pair != FORBIDDEN).all(|pair| pair % unit == 0), "{unit}");
    }
}
