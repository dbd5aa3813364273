//! The parts of the relaxation: shift classes, clients, and a constant.

use super::shift_class::{ShiftClass, Stop};
use crate::exact::client::{ClientPart, DayPart, NOBODY};
use crate::model::Term;
use crate::model::cost::Cost;
use crate::model::document::Paid;
use crate::model::facts::{Facts, ShiftFacts};
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
    /// # Complexity
    /// Options times shifts, and the cube of the visits that a shift could hold.
    pub(super) fn new(problem: &Facts, evaluator: &Evaluator) -> Self {
        let (constant, overtime) = hours(problem, evaluator);
        let mut of_facts: FxHashMap<ShiftClassKey, usize> = FxHashMap::default();
        let mut classes: Vec<ShiftClass> = Vec::new();
        let mut dual_of: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let faceless: Vec<bool> =
            (0..problem.clients.len() as u32).map(|c| is_faceless(problem, evaluator, c)).collect();
        for (number, shift) in problem.shifts.iter().enumerate() {
            if let Some(&class) = of_facts.get(&shift_class_key(shift)) {
                classes[class].count += 1;
                continue;
            }
            let stops = stops(problem, evaluator, number as u32, &faceless, &mut dual_of);
            if !stops.is_empty() {
                of_facts.insert(shift_class_key(shift), classes.len());
                classes.push(ShiftClass::new(problem, evaluator, number as u32, overtime[number], stops));
            }
        }
        let clients = clients(problem, evaluator, &faceless, &dual_of);
        Self { classes, clients, duals: dual_of.len(), constant, unit: unit(problem, evaluator) }
    }
}

type ShiftClassKey = (u32, [i32; 7]);

/// What the possible tours of a shift depend on: equal for all shifts of a class.
fn shift_class_key(shift: &ShiftFacts) -> ShiftClassKey {
    // The break follows from start, end and its seconds.
    let break_seconds = shift.break_facts.map_or(0, |facts| facts.seconds);
    let ShiftFacts { start, leave, end, latest_end, longest, capacity, .. } = *shift;
    (shift.nurse, [start, leave, end, latest_end, break_seconds, longest, capacity])
}

/// Whether it makes no difference to a client how many come, and who is new.
fn is_faceless(problem: &Facts, evaluator: &Evaluator, client: u32) -> bool {
    let nurses = problem.nurses.len() as u32;
    (0..nurses).all(|faces| evaluator.continuity().further_face(client, faces) == Some(0))
        && (0..nurses).all(|nurse| evaluator.continuity().new_face(client, nurse) == 0)
}

/// The visits that a shift could hold, each with the index of its dual value.
fn stops(
    problem: &Facts,
    evaluator: &Evaluator,
    number: u32,
    faceless: &[bool],
    dual_of: &mut FxHashMap<(u32, u32), u32>,
) -> Vec<Stop> {
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
        stops.push(Stop {
            #[cfg(test)]
            option: option as u32,
            dual,
            place: facts.place,
            open: facts.open,
            close: facts.close,
            duration: visit.duration,
            load: visit.load,
            pair,
            preferred: facts.preferred.filter(|_| evaluator.starts_matter()),
        });
    }
    stops
}

fn clients(
    problem: &Facts,
    evaluator: &Evaluator,
    faceless: &[bool],
    dual_of: &FxHashMap<(u32, u32), u32>,
) -> Vec<ClientPart> {
    let mut visits_of: Vec<Vec<u32>> = vec![Vec::new(); faceless.len()];
    for (visit, facts) in problem.visits.iter().enumerate() {
        visits_of[facts.client as usize].push(visit as u32);
    }
    let mut parts = Vec::with_capacity(faceless.len());
    for (client, visits) in visits_of.iter().enumerate() {
        let options = visits.iter().flat_map(|&visit| problem.visits[visit as usize].options.clone());
        let mut nurses: Vec<u32> = if faceless[client] {
            vec![NOBODY]
        } else {
            let could = |nurse: &u32| options.clone().any(|o| dual_of.contains_key(&(o, *nurse)));
            (0..problem.nurses.len() as u32).filter(could).collect()
        };
        nurses.dedup();
        let mut part = ClientPart::new(
            nurses
                .iter()
                .map(|&n| if n == NOBODY { 0 } else { evaluator.continuity().new_face(client as u32, n) })
                .collect(),
            (0..nurses.len() as u32)
                .map_while(|faces| evaluator.continuity().further_face(client as u32, faces))
                .collect(),
        );
        let mut first_of: FxHashMap<u32, u32> = FxHashMap::default();
        for option in options {
            let visit = &problem.visits[problem.options[option as usize].visit as usize];
            let duals = nurses.iter().map(|&nurse| dual_of.get(&(option, nurse)).copied().unwrap_or(NOBODY));
            first_of.insert(option, part.days.len() as u32);
            part.days.push(DayPart { unplanned: visit.unplanned, prices: duals.collect() });
        }
        let mut seen = None;
        for &visit in visits {
            match problem.visits[visit as usize].block {
                None => {
                    part.choices.push(vec![vec![first_of[&problem.visits[visit as usize].options.start]]])
                }
                Some(block) if seen == Some(block) => {}
                Some(block) => {
                    seen = Some(block);
                    let patterns = &problem.blocks[block as usize].patterns;
                    part.choices.push(
                        patterns
                            .iter()
                            .map(|options| options.iter().map(|o| first_of[o]).collect())
                            .collect(),
                    );
                }
            }
        }
        parts.push(part);
    }
    parts
}

/// The least that hours against contracts cost, and the price of a second of overtime that this leaves for
/// the tours of each shift.
///
/// Where a shift is paid whole, a second of overtime brings a nurse at most the price of a second under
/// contract nearer to it: the cost of hours is at least that without overtime, less that price for each
/// second. Where a tour is paid from leaving to return, the cost of hours is convex in the paid seconds
/// of a week, which lie between none and all of its shifts.
fn hours(problem: &Facts, evaluator: &Evaluator) -> (Cost, Vec<Cost>) {
    let rule = &evaluator.hours();
    let mut weeks: FxHashMap<usize, (i64, i64)> = FxHashMap::default();
    for shift in &problem.shifts {
        let base = rule.paid(shift, None);
        let week = weeks.entry(rule.week_of(shift)).or_default();
        let most = match problem.working_time.paid {
            Paid::Shift => base + i64::from(shift.latest_end - shift.end),
            Paid::Span => i64::from(shift.latest_end - shift.start),
        };
        *week = (week.0 + base, week.1 + most);
    }
    let full = evaluator.overtime_price();
    let is_whole = problem.working_time.paid == Paid::Shift;
    let mut constant = 0;
    for at in 0..rule.week_count() {
        let (base, most) = weeks.get(&at).copied().unwrap_or_default();
        let discounted = is_whole && full >= rule.under_price(at);
        constant += rule.least(at, base, if discounted { base } else { most });
    }
    let price = |shift: &ShiftFacts| {
        let under = rule.under_price(rule.week_of(shift));
        match is_whole {
            false => full,
            true if full >= under => full - under,
            true => 0,
        }
    };
    // Where overtime is cheaper than hours missing, the whole range of hours was counted above.
    (constant, problem.shifts.iter().map(price).collect())
}

/// The greatest common divisor of all prices: times are whole seconds, the rest are counts.
fn unit(problem: &Facts, evaluator: &Evaluator) -> Cost {
    let priced = Term::ALL.iter().filter(|term| match term {
        // By visit and by client, from the problem and the rule.
        Term::Unplanned | Term::Withdrawn | Term::Faces | Term::NewFaces | Term::FacesOverMax => false,
        // Not in the bound: they add at least 0.
        Term::Unintroduced | Term::Coc | Term::Upc | Term::Handovers => false,
        Term::WishedOff => problem.shifts.iter().any(|shift| shift.wished_off),
        _ => true,
    });
    let prices = priced.map(|term| term.unit().cost(problem.prices.of(*term).highest()));
    let prices = prices.chain(evaluator.continuity().costs());
    let prices = prices.chain(problem.visits.iter().map(|visit| visit.unplanned));
    prices.fold(0, gcd).max(1)
}

fn gcd(a: Cost, b: Cost) -> Cost {
    if b == 0 { a } else { gcd(b, a % b) }
}
