//! Circles: which nurses look after which client for the days ahead, before any tour is made.
//!
//! For each client a *circle* says who makes each visit and what that costs: faces, new faces, visits by others than
//! the first nurse, an estimate of the travel. Only the hours of each shift tie clients together:
//!
//! ```text
//! demand: visits, who could make them, what each slot is estimated to cost and take
//!    │
//! listing: hours of a shift that is too full get a price; each client answers with its cheapest circle;
//!    │     prices follow (a Lagrangian relaxation). The circles named on the way are the columns.
//! choice:  an integer programme takes one circle for each client; hours beyond a shift cost
//! ```
//!
//! References: tour lengths, C. F. Daganzo (1984), "The distance traveled to visit N points with a maximum of C
//! stops per vehicle", Transportation Science 18(4); clients to nurses before routes, M. L. Fisher and R.
//! Jaikumar (1981), "A generalized assignment heuristic for vehicle routing", Networks 11(2).

mod choice;
mod demand;
mod listing;
#[cfg(test)]
mod tests;

use super::programme::Limits;
use crate::model::circles::{Circles, ClientCircle, NurseLoad};
use crate::model::problem::Problem;
use crate::rules::Evaluator;
use demand::Demand;
use listing::Circle;
use std::cmp::Reverse;
use std::time::{Duration, Instant};

/// Nodes of the integer programme where no time is given: the same on every machine.
const NODES: u64 = 300;

/// Longest time of the integer programme.
const LONGEST: Duration = Duration::from_secs(20);

/// Plans a circle for each client, within so many seconds or as long as it takes.
pub(crate) fn circles(problem: &Problem, seconds: Option<f64>, cancel: &dyn Fn() -> bool) -> Circles {
    let end = seconds.map(|seconds| Instant::now() + Duration::from_secs_f64(seconds.min(1e7)));
    let stop = || cancel() || end.is_some_and(|end| Instant::now() >= end);
    let demand = Demand::new(&problem.facts, &Evaluator::new(&problem.facts));
    let listed = listing::list(&demand, &stop);
    let limits = Limits {
        end: Instant::now() + end.map_or(LONGEST, |end| (end - Instant::now()).min(LONGEST)),
        nodes: if end.is_some() { u64::MAX } else { NODES },
        stop: &stop,
    };
    let chosen = choice::choose(&demand, &listed.circles, &limits);
    let mut found = Circles {
        cost: chosen.cost(),
        bound: listed.bound.min(chosen.cost()),
        nurses: nurses(problem),
        ..Circles::default()
    };
    for client in 0..problem.facts.clients.len() {
        let circle = chosen.of_client(client);
        // (Behind the clients of the document come the meetings of nurses, which take time only.)
        if client >= problem.document().clients.len() {
            for slot in circle.slots.iter().map(|&slot| &demand.slots[slot as usize]) {
                found.nurses[slot.nurse as usize].seconds += i64::from(slot.seconds);
            }
            continue;
        }
        found.left_out += circle.left_out;
        let visits = visits(&demand, circle, &mut found.nurses);
        found.clients.push(client_circle(problem, client as u32, &visits));
    }
    found
}

/// The nurses with the hours of their shifts, before any circle is counted.
fn nurses(problem: &Problem) -> Vec<NurseLoad> {
    let facts = &problem.facts;
    let capacity = |shift: u32| i64::from(demand::capacity(&facts.shifts[shift as usize]));
    let load = |number: u32| NurseLoad {
        nurse: problem.nurse_id(number).to_owned(),
        capacity: facts.nurses[number as usize].shifts.clone().map(capacity).sum(),
        ..NurseLoad::default()
    };
    (0..facts.nurses.len() as u32).map(load).collect()
}

/// The visits that each nurse makes in a circle. Adds them to the loads of the nurses.
fn visits(demand: &Demand, circle: &Circle, loads: &mut [NurseLoad]) -> Vec<u32> {
    let mut visits = vec![0; loads.len()];
    for slot in circle.slots.iter().map(|&slot| &demand.slots[slot as usize]) {
        visits[slot.nurse as usize] += 1;
        loads[slot.nurse as usize].seconds += i64::from(slot.seconds);
    }
    loads.iter_mut().zip(&visits).for_each(|(load, &visits)| load.clients += u32::from(visits > 0));
    visits
}

/// The circle that the document names; without one, the nurses who were chosen to come. The members of a circle count
/// as known to the client. So only known nurses are named for a client who wants short visits by known faces only.
fn client_circle(problem: &Problem, number: u32, visits: &[u32]) -> ClientCircle {
    let client = &problem.facts.clients[number as usize];
    let is_known = |nurse: u32| {
        client.known_faces_under_minutes.is_none()
            || problem.facts.acquaintance.has_met(number, nurse)
            || client.first_nurse == Some(nurse)
    };
    let visits_of = |nurse: u32| visits[nurse as usize];
    let mut members = client.circle.clone();
    if members.is_empty() {
        members = (0..visits.len() as u32).filter(|&nurse| visits_of(nurse) > 0 && is_known(nurse)).collect();
        members.sort_by_key(|&nurse| (Reverse(visits_of(nurse)), nurse));
    }
    let usual = members.iter().copied().max_by_key(|&nurse| (visits_of(nurse), Reverse(nurse)));
    let id = |nurse: u32| problem.nurse_id(nurse).to_owned();
    ClientCircle {
        client: problem.client_id(number).to_owned(),
        first_nurse: usual.map(|usual| id(client.first_nurse.unwrap_or(usual))),
        nurses: members.iter().map(|&nurse| id(nurse)).collect(),
        visits: members.iter().map(|&nurse| visits_of(nurse)).collect(),
    }
}
