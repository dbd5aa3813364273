//! Vehicles first: on small random instances the search has as few vehicles as any plan can have, found by
//! trying all, and with so few no shorter plan exists; on other forms never more than the shortest plan.

use crate::random;
use crate::routing;
use kring::data::literature::{cordeau, solomon};
use kring::model::plan::Route;
use kring::{Cancel, Objective, Options, Routes, RoutingProblem, solve_routes};

fn search(problem: &RoutingProblem, objective: Objective, iterations: u64) -> Routes {
    let options = Options::default().with_iterations(iterations).with_threads(1).with_objective(objective);
    solve_routes(problem, &options, &Cancel::new(), |_| {}).expect("options in their ranges")
}

/// At most 8 customers on all sides of a depot, with short windows spread over a long day: a vehicle that goes
/// to and fro between them does what two could do on shorter ways.
fn to_and_fro(seed: u64) -> String {
    let chance = &mut random::Chance::new(seed);
    let (vehicles, capacity) = (1 + chance.below(6), 3 + chance.below(12));
    let mut text = format!("RANDOM{seed}\n\nVEHICLE\nNUMBER CAPACITY\n{vehicles} {capacity}\n\n");
    text += "CUSTOMER\nCUST NO.  XCOORD.\n\n0 20 20 0 0 400 0\n";
    for customer in 1..=4 + chance.below(5) {
        let (x, y, demand) = (chance.below(40), chance.below(40), chance.below(4));
        let open = 30 + chance.below(300);
        let (due, service) = (open + chance.below(12), chance.below(4));
        text += &format!("{customer} {x} {y} {demand} {open} {due} {service}\n");
    }
    text
}

/// The shortest tour of each set of customers, by the definition; infinite where there is none.
fn shortest_tours(instance: &solomon::Instance) -> Vec<f64> {
    let mut shortest = vec![f64::INFINITY; 1 << instance.customers()];
    let mut waiting = vec![Vec::new()];
    while let Some(sequence) = waiting.pop() {
        for next in (0..instance.customers() as u32).filter(|next| !sequence.contains(next)) {
            let mut customers: Vec<u32> = sequence.clone();
            customers.push(next);
            let route = [Route { depot: 0, driver: 0, day: 0, customers }];
            let worth = solomon::evaluate(instance, solomon::Rounding::Double, &route);
            // What cannot begin a tour cannot go on: legs obey the triangle inequality.
            if worth.violations.iter().all(|violation| violation.contains("is not served")) {
                let [Route { customers, .. }] = route;
                let set: usize = customers.iter().map(|customer| 1 << customer).sum();
                shortest[set] = worth.distance.min(shortest[set]);
                waiting.push(customers);
            }
        }
    }
    shortest
}

/// The shortest plan with exactly so many vehicles, from 0 on, that serves every customer.
fn shortest_plans(instance: &solomon::Instance) -> Vec<f64> {
    let tours = shortest_tours(instance);
    let all = tours.len() - 1;
    let mut plans = vec![f64::INFINITY; tours.len()];
    plans[0] = 0.0;
    let mut by_vehicles = vec![plans[all]];
    for _ in 0..instance.vehicles {
        let mut more = vec![f64::INFINITY; tours.len()];
        for (set, shortest) in more.iter_mut().enumerate().skip(1) {
            let mut tour = set;
            while tour > 0 {
                *shortest = shortest.min(tours[tour] + plans[set ^ tour]);
                tour = (tour - 1) & set;
            }
        }
        plans = more;
        by_vehicles.push(plans[all]);
    }
    by_vehicles
}

#[test]
fn as_few_vehicles_as_can_be_and_then_the_shortest_plan() {
    let (mut whole, mut differ) = (0, 0);
    for text in (0..40).map(routing::solomon).chain((0..60).map(to_and_fro)) {
        let instance = solomon::read(&text).expect("an instance");
        let problem = instance.problem(solomon::Rounding::Double).expect("not too large");
        let found = search(&problem, Objective::Vehicles, 400);
        let worth = solomon::evaluate(&instance, solomon::Rounding::Double, &found.routes);
        let plans = shortest_plans(&instance);
        let Some(fewest) = plans.iter().position(|distance| distance.is_finite()) else {
            assert!(!found.unplanned.is_empty(), "{text}");
            continue;
        };
        assert_eq!((worth.violations.len(), worth.vehicles), (0, fewest), "{text}\n{worth:?}");
        assert!((worth.distance - plans[fewest]).abs() < 1e-2, "{text}\n{plans:?} {worth:?}");
        let shortest = plans.iter().copied().fold(f64::INFINITY, f64::min);
        whole += 1;
        differ += usize::from(plans[fewest] > shortest + 1e-2);
    }
    // Instances on which the objectives differ, too.
    assert!(
        whole >= 50 && differ >= 10,
        "{whole} planned whole, {differ} with more than the fewest vehicles"
    );
}

#[test]
fn several_days_and_depots_need_no_more_vehicles_than_the_shortest_plan() {
    let (mut whole, mut fewer) = (0, 0);
    for (kind, seed) in [1, 2, 5, 6, 8].into_iter().flat_map(|kind| (0..40).map(move |seed| (kind, seed))) {
        let text = routing::cordeau(kind, seed);
        let instance = cordeau::read(&text).expect("an instance");
        let problem = instance.problem().expect("not too large");
        let [few, short] =
            [Objective::Vehicles, Objective::Cost].map(|objective| search(&problem, objective, 300));
        let worth = cordeau::evaluate(&instance, &few.routes);
        assert_eq!(worth.violations.is_empty(), few.unplanned.is_empty(), "{text}\n{worth:?}");
        if short.unplanned.is_empty() {
            assert!(few.unplanned.is_empty(), "{text}");
            assert!(few.routes.len() <= short.routes.len(), "{text}\n{few:?}\n{short:?}");
            whole += 1;
            fewer += usize::from(few.routes.len() < short.routes.len());
        }
    }
    assert!(whole >= 50 && fewer >= 5, "{whole} planned whole, {fewer} with fewer vehicles");
}

#[test]
fn the_same_seed_gives_the_same_routes_with_any_number_of_threads() {
    let text = routing::solomon(3);
    let problem =
        solomon::read(&text).and_then(|instance| instance.problem(solomon::Rounding::Double)).expect("fine");
    let run = |threads| {
        let options = Options::default().with_iterations(200).with_workers(3).with_threads(threads);
        solve_routes(&problem, &options.with_objective(Objective::Vehicles), &Cancel::new(), |_| {})
            .expect("options in their ranges")
    };
    let (one, two) = (run(1), run(2));
    assert_eq!((&one.routes, one.cost, one.run.iterations), (&two.routes, two.cost, two.run.iterations));
    assert_eq!(one.run.stop, kring::StopReason::Iterations);
}

#[test]
fn a_neighbourhood_is_planned_for_its_cost_only() {
    let problem = kring::prepare(&random::document(1), std::path::Path::new(".")).expect("a neighbourhood");
    let options = Options::default().with_iterations(5).with_objective(Objective::Vehicles);
    let error = kring::solve(&problem, &options).expect_err("an objective of the literature");
    assert!(error.to_string().contains("objective"), "{error}");
    assert!(kring::solve(&problem, &options.with_objective(Objective::Cost)).is_ok());
}

#[test]
fn a_search_stopped_before_it_begins_breaks_nothing() {
    let text = routing::solomon(5);
    let instance = solomon::read(&text).expect("an instance");
    let problem = instance.problem(solomon::Rounding::Double).expect("not too large");
    let cancel = Cancel::new();
    cancel.cancel();
    let options = Options::default().with_seconds(5.0).with_objective(Objective::Vehicles);
    let found = solve_routes(&problem, &options, &cancel, |_| {}).expect("options in their ranges");
    assert_eq!(found.run.stop, kring::StopReason::Cancelled);
    let worth = solomon::evaluate(&instance, solomon::Rounding::Double, &found.routes);
    assert_eq!(worth.unplanned, found.unplanned.len(), "{worth:?}");
}
