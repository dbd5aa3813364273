//! Evaluates a solution from the definition, in double precision; shares no code with the search.

use super::Evaluation;
use super::instance::{Customer, Instance};
use crate::model::plan::Route;
use std::collections::BTreeMap;

/// Excess below this does not count, because sums of doubles with six digits are inexact.
const EPSILON: f64 = 1e-6;

/// The totals of a route.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Walk {
    pub(super) distance: f64,
    pub(super) load: i64,
    /// The shortest time from departure to return over all departures. For a late route it does not include waiting.
    pub(super) duration: f64,
    /// The worst lateness and the customer at which it occurs; `None` for the depot.
    late: Option<(f64, Option<u32>)>,
}

/// Evaluates routes by the definition: every customer on the days of one combination (and from one depot on
/// all of them), load, windows and duration of every route, number of vehicles of every slot. Travel time is
/// distance; the duration counts from the best departure to the return, waiting included.
///
/// # Complexity
/// Linear in the number of stops, times the logarithm of a customer's combinations.
pub fn evaluate(instance: &Instance, routes: &[Route]) -> Evaluation {
    let mut violations = Vec::new();
    let mut visits: Vec<Vec<(u16, u32)>> = vec![Vec::new(); instance.customers.len()];
    let mut used = BTreeMap::new();
    let (mut distance, mut vehicles) = (0.0, 0);
    for (number, route) in (1..).zip(routes).filter(|(_, route)| !route.customers.is_empty()) {
        let Some(slot) = instance.slot(route.day, route.depot) else {
            let (day, depot) = (u32::from(route.day) + 1, u64::from(route.depot) + 1);
            violations.push(format!("route {number}: there is no depot {depot} on day {day}"));
            continue;
        };
        let Some(stops) = stops(instance, route) else {
            violations.push(format!("route {number}: serves a customer that does not exist"));
            continue;
        };
        for &customer in &route.customers {
            visits[customer as usize].push((route.day, route.depot));
        }
        vehicles += 1;
        *used.entry(slot).or_insert(0u32) += 1;
        let walk = walk(instance, route.depot, &stops);
        distance += walk.distance;
        let limit = &instance.limits[slot];
        if let Some((late, at)) = walk.late {
            let at = at.map_or("the depot".to_owned(), |customer| format!("customer {customer}"));
            violations.push(format!("route {number}: {late:.4} late at {at}"));
        }
        if walk.load > i64::from(limit.capacity) {
            violations.push(format!("route {number}: load {} of {}", walk.load, limit.capacity));
        }
        if let Some(most) = limit.duration.filter(|most| walk.duration > most + EPSILON) {
            violations.push(format!("route {number}: takes {:.4} of {most}", walk.duration));
        }
    }
    for (slot, count) in used.iter().filter(|(_, count)| **count > instance.vehicles) {
        violations.push(format!("{}: {count} vehicles of {}", slot_name(instance, *slot), instance.vehicles));
    }
    let mut unplanned = 0;
    for (customer, visits) in instance.customers.iter().zip(&visits) {
        unplanned += customer.visits().saturating_sub(visits.len());
        violations.extend(wrong_visits(instance, customer, visits));
    }
    Evaluation { distance, vehicles, unplanned, violations }
}

/// The customers of a route; `None` where one does not exist.
pub(super) fn stops<'i>(instance: &'i Instance, route: &Route) -> Option<Vec<&'i Customer>> {
    route.customers.iter().map(|&customer| instance.customers.get(customer as usize)).collect()
}

/// Walks a route from its depot and back: forward for the earliest return, backward for the latest departure that still
/// returns at that time. No other departure makes the route shorter.
pub(super) fn walk(instance: &Instance, depot: u32, stops: &[&Customer]) -> Walk {
    let depot = &instance.depots[depot as usize];
    let mut walk = Walk { distance: 0.0, load: 0, duration: 0.0, late: None };
    let mut late = |time: f64, close: f64, at: Option<u32>| {
        let excess = time - close;
        if excess > EPSILON && walk.late.is_none_or(|(worst, _)| excess > worst) {
            walk.late = Some((excess, at));
        }
    };
    let (mut at, mut time, mut service) = ((depot.x, depot.y), depot.open, 0.0);
    let mut legs = Vec::with_capacity(stops.len() + 1);
    for stop in stops {
        let leg = libm::hypot(stop.x - at.0, stop.y - at.1);
        legs.push(leg);
        time = (time + leg).max(stop.open);
        late(time, stop.close, Some(stop.number));
        time += stop.service;
        service += stop.service;
        walk.load += i64::from(stop.demand);
        at = (stop.x, stop.y);
    }
    let back = libm::hypot(depot.x - at.0, depot.y - at.1);
    time += back;
    late(time, depot.close, None);
    walk.distance = legs.iter().sum::<f64>() + back;
    if walk.late.is_some() {
        walk.duration = walk.distance + service;
        return walk;
    }
    let mut departure = time - back;
    for (stop, leg) in stops.iter().zip(&legs).rev() {
        departure = (departure - stop.service).min(stop.close) - leg;
    }
    walk.duration = time - departure.min(depot.close).max(depot.open);
    walk
}

/// What is wrong with the visits of a customer, each a day and a depot.
fn wrong_visits(instance: &Instance, customer: &Customer, visits: &[(u16, u32)]) -> Vec<String> {
    let number = customer.number;
    let mut wrong = Vec::new();
    let code = visits.iter().fold(0u64, |code, (day, _)| code | 1 << (instance.days - 1 - day));
    if visits.is_empty() {
        wrong.push(format!("customer {number} is not served"));
    } else if code.count_ones() as usize != visits.len() {
        wrong.push(match instance.kind.is_periodic() {
            true => format!("customer {number} is served twice on a day"),
            false => format!("customer {number} is served {} times", visits.len()),
        });
    } else if customer.combinations.binary_search(&code).is_err() {
        let mut days: Vec<u16> = visits.iter().map(|(day, _)| day + 1).collect();
        days.sort_unstable();
        let days: Vec<String> = days.iter().map(u16::to_string).collect();
        wrong.push(format!("customer {number} is served on days {}: not a combination", days.join(" ")));
    }
    if instance.kind.is_periodic() && visits.iter().any(|(_, depot)| *depot != visits[0].1) {
        wrong.push(format!("customer {number} is served from more than one depot"));
    }
    wrong
}

/// A slot in words.
fn slot_name(instance: &Instance, slot: usize) -> String {
    let (day, depot) = (slot / instance.depots.len() + 1, slot % instance.depots.len() + 1);
    match (instance.days > 1, instance.depots.len() > 1) {
        (true, true) => format!("depot {depot} on day {day}"),
        (false, true) => format!("depot {depot}"),
        _ => format!("day {day}"),
    }
}
