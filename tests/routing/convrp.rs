//! The ConVRP: what the search finds on small random instances breaks no rule of the definition and is worth
//! what the search says; reference plans of the literature's files are worth what they are said to be.
//!
//! Files are found through `KRING_INSTANCES` (default `../shared`); without them the tests say so and pass.

// Tests compare with what the platform computes.
#![allow(clippy::disallowed_methods)]

use crate::routing;
use kring::data::literature::convrp::{self, Consistency, Plan};
use kring::data::literature::{cordeau, homecare, solomon};
use kring::model::cost::Term;
use kring::{Cancel, Options, solve_routes};
use std::fs::read_to_string;
use std::path::{Path, PathBuf};

/// Whether routes of a search break nothing but leaving visits out, and cost as much as they are long. Returns
/// the number of visits left out.
fn assert_sound(name: &str, text: &str, most_drivers: u32, iterations: u64) -> usize {
    let asked = Consistency { most_drivers, arrival_spread: None };
    let instance = convrp::read(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let problem = instance.problem(&asked).expect("not too large");
    let options = Options::default().with_iterations(iterations).with_threads(1);
    let found = solve_routes(&problem, &options, &Cancel::new(), |_| {}).expect("options in their ranges");
    let plan = Plan::new(&instance, &found.routes);
    let worth = convrp::evaluate(&instance, &plan, &asked);
    let wrong: Vec<_> =
        worth.violations.iter().filter(|found| !found.contains("is not served on day")).collect();
    assert!(wrong.is_empty(), "{name}: {wrong:?}");
    assert_eq!(worth.violations.len(), worth.unplanned, "{name}: {worth:?}");
    assert_eq!(worth.unplanned, found.unplanned.len(), "{name}");
    assert_eq!(worth.vehicles, found.routes.len(), "{name}");
    // A tick is rounded away for each leg.
    let legs: usize = found.routes.iter().map(|route| route.customers.len() + 1).sum();
    let more = found.cost[Term::Travel] as f64 / 1000.0 - worth.travel * instance.ticks_per_unit();
    assert!((-1e-3..legs as f64 + 1e-3).contains(&more), "{name}: {more} ticks more than {}", worth.travel);
    assert_eq!(convrp::read_plan(&convrp::write(&plan)).expect("its own solution"), plan, "{name}");
    worth.unplanned
}

/// Visits that do not fit a route of their own.
fn impossible(instance: &convrp::Instance) -> usize {
    let visits = instance.customers.iter().flat_map(|customer| {
        let way = 2.0 * (customer.x - instance.depot.0).hypot(customer.y - instance.depot.1);
        customer.visits().map(move |(_, service)| (way + service.duration, service.demand))
    });
    let limit = instance.limit.unwrap_or(f64::INFINITY);
    // A margin for what is rounded up.
    visits.filter(|(duration, load)| duration + 1e-3 > limit || *load > instance.capacity).count()
}

#[test]
fn small_instances_are_planned_by_the_definition() {
    let (mut whole, mut waiting, mut needless) = (0, 0, 0);
    for seed in 0..100 {
        let text = routing::convrp(seed);
        let instance = convrp::read(&text).expect("an instance");
        for most_drivers in [1, 2, 3] {
            let name = format!("{most_drivers} drivers, {seed}:\n{text}");
            let left_out = assert_sound(&name, &text, most_drivers, 60);
            let impossible = impossible(&instance);
            assert!(left_out >= impossible, "{name}");
            whole += usize::from(left_out == 0);
            waiting += usize::from(left_out > 0);
            needless += usize::from(left_out > impossible);
        }
    }
    // Drivers are not wanting: what fits a route of its own is served, but for a short search now and then.
    assert!(whole >= 100 && waiting >= 30, "{whole} planned whole, {waiting} not");
    assert!(needless <= 15, "{needless} leave out more than they must");
}

/// The folder of instances; `None` where it is not there.
fn folder() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let root = std::env::var_os("KRING_INSTANCES").map_or(default, PathBuf::from).join("instances/convrp");
    if root.is_dir() {
        return Some(root);
    }
    eprintln!("skipped: {} is not there (set KRING_INSTANCES)", root.display());
    None
}

/// The text of an instance of a list.
fn instance(folder: &Path, name: &str) -> String {
    let read = |ending: &str| read_to_string(folder.join(format!("{name}.{ending}")));
    read("vrp").or_else(|_| read("txt")).expect("an instance")
}

#[test]
fn reference_plans_are_worth_what_they_are_said_to_be() {
    let Some(folder) = folder() else { return };
    let list = read_to_string(folder.join("best_known.csv")).expect("a list");
    let mut checked = 0;
    for line in list.lines().skip(1) {
        let first: Vec<&str> = line.split(',').take(3).collect();
        let last: Vec<&str> = line.rsplit(',').take(3).collect();
        let (&[name, total, convention], &[apart, drivers, travel]) = (&first[..], &last[..]) else {
            panic!("{line}");
        };
        let Some(limit) = convention.strip_prefix("L=") else { continue };
        let file = Path::new(name).file_name().expect("a name").to_string_lossy().into_owned();
        let instance =
            convrp::read(&instance(&folder, name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let plan = folder.join(format!("solutions/{file}_L{limit}.json"));
        let plan = convrp::read_plan(&read_to_string(plan).expect("a plan")).expect("a plan");
        let asked = Consistency {
            most_drivers: 1,
            arrival_spread: limit.parse().ok().filter(|l: &f64| l.is_finite()),
        };
        let worth = convrp::evaluate(&instance, &plan, &asked);
        assert_eq!((worth.violations.as_slice(), worth.unplanned), (&[][..], 0), "{line}");
        let said = |text: &str| text.parse::<f64>().expect("a number");
        assert!((worth.travel - said(travel)).abs() < 0.0051, "{line}: {}", worth.travel);
        assert!((worth.total() - said(total)).abs() < 0.0051, "{line}: {}", worth.total());
        assert!(
            (worth.arrival_difference - said(apart)).abs() < 0.0051,
            "{line}: {}",
            worth.arrival_difference
        );
        assert_eq!(worth.drivers, said(drivers) as usize, "{line}");
        // As many drivers are there for the search.
        let drivers = instance.problem(&asked).expect("not too large").driver_count();
        assert!(drivers >= worth.drivers, "{line}: {drivers} drivers");
        checked += 1;
    }
    assert!(checked > 0);
}

#[test]
fn files_are_known_by_their_look_and_planned() {
    let Some(folder) = folder() else { return };
    let mut seen = 0;
    for part in ["small", "p05", "p07", "p09"] {
        let Ok(entries) = std::fs::read_dir(folder.join(part)) else { continue };
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            let (name, text) = (path.display().to_string(), read_to_string(&path).expect("text"));
            assert!(convrp::looks_like(&text), "{name}");
            assert!(!solomon::looks_like(&text) && !cordeau::looks_like(&text), "{name}");
            assert!(!homecare::looks_like(&text), "{name}");
            let instance = convrp::read(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(instance.ticks_per_unit() >= 10_000.0, "{name}: {}", instance.ticks_per_unit());
            // Larger ones only cost time.
            if instance.customers.len() <= 100 {
                assert_sound(&name, &text, 1, 50);
            }
            seen += 1;
        }
    }
    assert!(seen > 0);
}
