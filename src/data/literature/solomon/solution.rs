//! Reads, writes and evaluates solutions. The evaluation follows the definition and shares no code with the search.

use super::Evaluation;
use super::instance::{Instance, Rounding};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::plan::Route;

/// Lateness below this does not count, because sums of doubles with six digits are inexact.
const EPSILON: f64 = 1e-6;

/// Reads the routes of a solution in the usual text: a line such as `Route #1: 3 5 7` for each route. Other lines are
/// ignored.
///
/// Customers are numbered from 0 in [`Route`], from 1 in the text; the depot (0) at either end is left out.
///
/// # Errors
/// `Plan` for a route that is not numbers, or a customer that the instance does not have.
pub fn read_routes(instance: &Instance, text: &str) -> Result<Vec<Route>> {
    let mut routes = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        let Some(rest) = line.strip_prefix("Route").or_else(|| line.strip_prefix("route")) else { continue };
        let wrong = |problem: String, mend: &str| {
            Error::new(ErrorKind::Plan, Mistake::new(format!("line {}", at + 1), problem, mend))
        };
        let Some((_, stops)) = rest.split_once(':') else {
            return Err(wrong("no colon".to_owned(), "write routes as: Route #1: 3 5 7"));
        };
        let mut customers = Vec::new();
        for word in stops.split_whitespace() {
            match word.parse::<usize>() {
                Ok(0) => {}
                Ok(number) if number <= instance.customers() => customers.push(number as u32 - 1),
                _ => {
                    let mend = "check a solution against its own instance";
                    let shown: String = word.chars().take(40).collect();
                    return Err(wrong(format!("there is no customer {shown}"), mend));
                }
            }
        }
        routes.push(Route { depot: 0, driver: 0, day: 0, customers });
    }
    Ok(routes)
}

/// Writes routes in the usual text: a line such as `Route #1: 3 5 7` for each route that serves anyone, with customers from 1, then
/// `Cost 1234.5`. The cost is the total distance in units of the file, by the convention of rounding. [`read_routes`] reads it again.
pub fn write(instance: &Instance, rounding: Rounding, routes: &[Route]) -> String {
    let mut text = String::new();
    for (number, route) in routes.iter().enumerate() {
        text += &format!("Route #{}:", number + 1);
        for customer in &route.customers {
            text += &format!(" {}", customer + 1);
        }
        text.push('\n');
    }
    let distance = evaluate(instance, rounding, routes).distance;
    text + &match rounding {
        Rounding::Dimacs => format!("Cost {distance:.1}\n"),
        Rounding::Double => format!("Cost {distance:.6}\n"),
    }
}

/// Evaluates routes by the definition: every customer once, load, windows, the depot's hours, number of
/// vehicles; travel time is distance.
///
/// Source: Solomon (1987), "Algorithms for the vehicle routing and scheduling problems with time window
/// constraints", Operations Research 35(2).
pub fn evaluate(instance: &Instance, rounding: Rounding, routes: &[Route]) -> Evaluation {
    // In tenths, all distances are whole numbers, and so the sums are exact.
    let (unit, epsilon) = match rounding {
        Rounding::Dimacs => (10.0, 0.0),
        Rounding::Double => (1.0, EPSILON),
    };
    let leg = |a: usize, b: usize| match rounding {
        Rounding::Dimacs => {
            let (a, b) = (&instance.nodes[a], &instance.nodes[b]);
            (10.0 * libm::hypot(a.x - b.x, a.y - b.y)).floor()
        }
        Rounding::Double => instance.distance(rounding, a, b),
    };
    let mut violations = Vec::new();
    let mut served = vec![0u32; instance.nodes.len()];
    let (mut distance, mut vehicles) = (0.0, 0);
    for (number, route) in (1..).zip(routes).filter(|(_, route)| !route.customers.is_empty()) {
        vehicles += 1;
        let (mut time, mut load, mut at) = (instance.nodes[0].ready * unit, 0i64, 0);
        for &customer in &route.customers {
            let next = customer as usize + 1;
            let Some(node) = instance.nodes.get(next) else {
                violations.push(format!("route {number}: there is no customer {next}"));
                continue;
            };
            served[next] += 1;
            load += i64::from(node.demand);
            distance += leg(at, next);
            time = (time + leg(at, next)).max(node.ready * unit);
            if time > node.due * unit + epsilon {
                let late = (time - node.due * unit) / unit;
                violations.push(format!("route {number}: {late:.4} late at customer {next}"));
            }
            time += node.service * unit;
            at = next;
        }
        distance += leg(at, 0);
        time += leg(at, 0);
        if time > instance.nodes[0].due * unit + epsilon {
            let late = (time - instance.nodes[0].due * unit) / unit;
            violations.push(format!("route {number}: {late:.4} late at the depot"));
        }
        if load > i64::from(instance.capacity) {
            violations.push(format!("route {number}: load {load} of {}", instance.capacity));
        }
    }
    if vehicles > instance.vehicles as usize {
        violations.push(format!("{vehicles} vehicles of {}", instance.vehicles));
    }
    for (customer, times) in served.iter().enumerate().skip(1).filter(|(_, times)| **times != 1) {
        violations.push(match times {
            0 => format!("customer {customer} is not served"),
            _ => format!("customer {customer} is served {times} times"),
        });
    }
    let unplanned = served[1..].iter().filter(|times| **times == 0).count();
    Evaluation { distance: distance / unit, vehicles, unplanned, violations }
}
