//! Reads and writes solutions.

use super::evaluate::{evaluate, stops, walk};
use super::instance::Instance;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::plan::Route;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Writes routes: a line with the total distance, then a line `slot vehicle duration load 0 stops 0` for each route that serves
/// anyone. Distance and duration are in units of the file. Slots, and vehicles within a slot, count from 1; customers have the
/// numbers of the file. [`read_routes`] reads it again.
pub fn write(instance: &Instance, routes: &[Route]) -> String {
    let mut text = format!("{:.6}\n", evaluate(instance, routes).distance);
    let mut vehicles: BTreeMap<usize, u32> = BTreeMap::new();
    for route in routes.iter().filter(|route| !route.customers.is_empty()) {
        let (Some(slot), Some(stops)) = (instance.slot(route.day, route.depot), stops(instance, route))
        else {
            continue;
        };
        let vehicle = vehicles.entry(slot).or_insert(0);
        *vehicle += 1;
        let walk = walk(instance, route.depot, &stops);
        text += &format!("{} {vehicle} {:.6} {} 0", slot + 1, walk.duration, walk.load);
        for stop in stops {
            text += &format!(" {}", stop.number);
        }
        text += " 0\n";
    }
    text
}

/// Reads the routes of a solution: a line `slot vehicle duration load stops` for each, after a first line with the
/// cost, which may be missing. Numbers of depots, 0, parts in parentheses (times of service) and a start time with a
/// decimal point before the first stop are ignored.
///
/// # Errors
/// `Plan` with the line for a slot or customer that the instance does not have, and for lines that are too
/// short or not numbers.
pub fn read_routes(instance: &Instance, text: &str) -> Result<Vec<Route>> {
    let customers: HashMap<u32, u32> = (0..).zip(&instance.customers).map(|(i, c)| (c.number, i)).collect();
    let depots: HashSet<u32> = instance.depots.iter().map(|depot| depot.number).collect();
    let mut routes = Vec::new();
    let mut first = true;
    for (at, line) in text.lines().enumerate() {
        let line = without_parentheses(line);
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.is_empty() {
            continue;
        }
        let wrong = |problem: String, mend: &str| {
            Error::new(ErrorKind::Plan, Mistake::new(format!("line {}", at + 1), problem, mend))
        };
        if std::mem::take(&mut first) && words.len() == 1 {
            if words[0].parse::<f64>().is_err() {
                return Err(wrong("no cost".to_owned(), "start with the cost, a number, or with a route"));
            }
            continue;
        }
        let Some((&[slot, _, _, _], rest)) = words.split_first_chunk::<4>() else {
            let mend = "give slot, vehicle, duration and load, then the stops";
            return Err(wrong(format!("{} numbers", words.len()), mend));
        };
        let slots = instance.limits.len();
        let slot = slot.parse().ok().filter(|slot| (1..=slots).contains(slot)).ok_or_else(|| {
            wrong(format!("there is no slot {}", short(slot)), &format!("give a slot from 1 to {slots}"))
        })? - 1;
        let start = rest.first().is_some_and(|word| word.contains('.') && word.parse::<f64>().is_ok());
        let mut served = Vec::with_capacity(rest.len());
        for word in &rest[usize::from(start)..] {
            let number: Option<u32> = word.parse().ok();
            match number.map(|number| (number, customers.get(&number))) {
                Some((_, Some(&customer))) => served.push(customer),
                Some((number, None)) if number == 0 || depots.contains(&number) => {}
                _ => {
                    let mend = "check a solution against its own instance";
                    return Err(wrong(format!("there is no customer {}", short(word)), mend));
                }
            }
        }
        let (day, depot) = (slot / instance.depots.len(), (slot % instance.depots.len()) as u32);
        routes.push(Route { depot, driver: depot, day: day as u16, customers: served });
    }
    Ok(routes)
}

/// The line with a space for each part in parentheses.
fn without_parentheses(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('(') {
        out.push_str(before);
        out.push(' ');
        rest = after.split_once(')').map_or("", |(_, behind)| behind);
    }
    out + rest
}

/// The start of a word, for a message.
fn short(word: &str) -> String {
    word.chars().take(40).collect()
}
