//! Evaluates a solution from the definition, in double precision; shares no code with the search.

use super::instance::{Consistency, Customer, Instance};
use super::solution::{Driver, Plan, Route};
use crate::error::short_numbers;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Excess below this does not count, because sums of doubles with six digits are inexact.
const EPSILON: f64 = 1e-6;

/// What a solution is worth, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// Travel time of all routes, in the unit of the file: the objective.
    pub travel: f64,
    /// Service time of all routes, in the unit of the file. With the travel time it is the total that the literature prints.
    pub service: f64,
    /// Drivers who serve anyone.
    pub drivers: usize,
    /// Routes that serve anyone.
    pub vehicles: usize,
    /// Longest time between the earliest and the latest arrival at the same customer, in the unit of the file; 0 where nobody is
    /// visited twice.
    pub arrival_difference: f64,
    /// Visits that no route makes.
    pub unplanned: usize,
    /// Everything that breaks the definition, customers left out included, a sentence each.
    pub violations: Vec<String>,
}

impl Evaluation {
    /// Travel and service time, as the literature prints it.
    pub fn total(&self) -> f64 {
        self.travel + self.service
    }
}

/// The visits of a customer.
#[derive(Default)]
struct Visits<'p> {
    /// The number on each day.
    times: BTreeMap<usize, usize>,
    drivers: BTreeSet<&'p Driver>,
    /// The earliest and the latest arrival.
    arrivals: Option<(f64, f64)>,
}

/// The totals of a route.
struct Walk {
    travel: f64,
    service: f64,
    load: i64,
}

/// Evaluates a solution by the definition: every customer is served once on each of its days and on no other, by at
/// most as many drivers and at times no further apart than `asked` says; every route keeps its limits on load and
/// duration and departs at 0; a driver has at most one route a day. Routes without stops do not count.
///
/// # Complexity
/// Linear in the number of stops and visits, times the logarithm of days and of drivers.
pub fn evaluate(instance: &Instance, plan: &Plan, asked: &Consistency) -> Evaluation {
    let mut worth = Evaluation {
        travel: 0.0,
        service: 0.0,
        drivers: 0,
        vehicles: 0,
        arrival_difference: 0.0,
        unplanned: 0,
        violations: Vec::new(),
    };
    let days = usize::from(instance.days);
    if plan.days.len() != days {
        worth.violations.push(format!("{} days of {days}", plan.days.len()));
    }
    let index: HashMap<u32, usize> = (0..).zip(&instance.customers).map(|(i, c)| (c.number, i)).collect();
    let mut visits: Vec<Visits<'_>> = instance.customers.iter().map(|_| Visits::default()).collect();
    let mut drivers = BTreeSet::new();
    for (day, routes) in plan.days.iter().take(days).enumerate() {
        let mut driven: BTreeMap<&Driver, usize> = BTreeMap::new();
        for route in routes.routes.iter().filter(|route| !route.stops.is_empty()) {
            *driven.entry(&route.driver).or_default() += 1;
            let name = format!("day {}, driver {}", day + 1, route.driver);
            let mut stops = Vec::with_capacity(route.stops.len());
            for number in &route.stops {
                match index.get(number) {
                    Some(&customer) => stops.push(customer),
                    None => worth.violations.push(format!("{name}: there is no customer {number}")),
                }
            }
            let walk = walk(instance, day, route, &stops, &mut visits);
            worth.violations.extend(broken(instance, route, &walk).map(|broken| format!("{name}: {broken}")));
            worth.travel += walk.travel;
            worth.service += walk.service;
            worth.vehicles += 1;
        }
        for (driver, count) in driven {
            if count > 1 {
                worth.violations.push(format!("day {}: driver {driver} has {count} routes", day + 1));
            }
            drivers.insert(driver);
        }
    }
    worth.drivers = drivers.len();
    for (customer, visits) in instance.customers.iter().zip(&visits) {
        judge(customer, visits, asked, &mut worth);
    }
    worth.violations = worth.violations.into_iter().map(short_numbers).collect();
    worth
}

/// Walks a route from the depot and back, and adds its visits to those of the customers.
fn walk<'p>(
    instance: &Instance,
    day: usize,
    route: &'p Route,
    stops: &[usize],
    visits: &mut [Visits<'p>],
) -> Walk {
    let mut walk = Walk { travel: 0.0, service: 0.0, load: 0 };
    let mut at = instance.depot;
    for &stop in stops {
        let customer = &instance.customers[stop];
        walk.travel += libm::hypot(customer.x - at.0, customer.y - at.1);
        at = (customer.x, customer.y);
        let arrival = route.depart + walk.travel + walk.service;
        let visits = &mut visits[stop];
        *visits.times.entry(day).or_default() += 1;
        visits.drivers.insert(&route.driver);
        let (first, last) = visits.arrivals.unwrap_or((arrival, arrival));
        visits.arrivals = Some((first.min(arrival), last.max(arrival)));
        if let Some(service) = customer.days[day] {
            walk.service += service.duration;
            walk.load += i64::from(service.demand);
        }
    }
    walk.travel += libm::hypot(instance.depot.0 - at.0, instance.depot.1 - at.1);
    walk
}

/// What is wrong with a route.
fn broken(instance: &Instance, route: &Route, walk: &Walk) -> impl Iterator<Item = String> {
    let duration = walk.travel + walk.service;
    let departure = (route.depart.abs() > EPSILON).then(|| format!("leaves at {}, not at 0", route.depart));
    let load = walk.load > i64::from(instance.capacity);
    let load = load.then(|| format!("load {} of {}", walk.load, instance.capacity));
    let limit = instance.limit.filter(|limit| duration > limit + EPSILON);
    let limit = limit.map(|limit| format!("takes {duration:.4} of {limit}"));
    [departure, load, limit].into_iter().flatten()
}

/// What is wrong with the visits of a customer.
fn judge(customer: &Customer, visits: &Visits<'_>, asked: &Consistency, worth: &mut Evaluation) {
    let number = customer.number;
    for (day, service) in customer.days.iter().enumerate() {
        let times = visits.times.get(&day).copied().unwrap_or(0);
        let name = day + 1;
        let wrong = match (service, times) {
            (Some(_), 1) | (None, 0) => continue,
            (Some(_), 0) => {
                worth.unplanned += 1;
                format!("customer {number} is not served on day {name}")
            }
            (Some(_), _) => format!("customer {number} is served {times} times on day {name}"),
            (None, _) => format!("customer {number} is served on day {name}, without a demand"),
        };
        worth.violations.push(wrong);
    }
    let drivers = visits.drivers.len();
    if drivers as u64 > u64::from(asked.most_drivers) {
        let most = asked.most_drivers;
        worth.violations.push(format!("customer {number} has {drivers} drivers of at most {most}"));
    }
    let (first, last) = visits.arrivals.unwrap_or_default();
    let apart = last - first;
    worth.arrival_difference = worth.arrival_difference.max(apart);
    if let Some(most) = asked.arrival_spread.filter(|most| apart > most + EPSILON) {
        worth.violations.push(format!("customer {number}: arrivals {apart:.4} apart of at most {most}"));
    }
}
