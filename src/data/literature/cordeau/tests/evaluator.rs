//! Plans that break nothing, and for every rule a plan that breaks it.

use super::*;

/// Violations of routes, as sentences.
fn broken(text: &str, routes: &[Route]) -> Vec<String> {
    evaluate(&read(text).unwrap(), routes).violations
}

#[test]
fn distances_add_up_and_nothing_is_broken() {
    // 5 + 5 + 10, 5 + 5, 10 + 10.
    let worth = evaluate(&read(PERIODIC).unwrap(), &periodic_routes());
    assert_eq!((worth.violations, worth.unplanned, worth.vehicles), (vec![], 0, 3));
    assert!((worth.distance - 50.0).abs() < 1e-9);
    // 5 + 5 + 10, and twice the root of 6² + 5².
    let worth = evaluate(&read(DEPOTS).unwrap(), &depot_routes());
    assert_eq!((worth.violations, worth.unplanned, worth.vehicles), (vec![], 0, 2));
    assert!((worth.distance - (20.0 + 2.0 * 61f64.sqrt())).abs() < 1e-9);
    // Three times out and back over 5.
    let worth = evaluate(&read(BOTH).unwrap(), &both_routes());
    assert_eq!((worth.violations, worth.unplanned, worth.vehicles), (vec![], 0, 3));
    assert!((worth.distance - 30.0).abs() < 1e-9);
}

#[test]
fn empty_routes_are_no_vehicles() {
    let mut routes = depot_routes();
    routes.extend([route(0, 0, &[]), route(0, 1, &[]), route(0, 7, &[])]);
    assert_eq!(broken(DEPOTS, &routes), Vec::<String>::new());
    assert_eq!(evaluate(&read(DEPOTS).unwrap(), &routes).vehicles, 2);
}

#[test]
fn the_duration_counts_from_the_best_departure() {
    let instance = read(DEPOTS).unwrap();
    let stops: Vec<&Customer> = instance.customers[..2].iter().collect();
    // Customer 2 opens at 20: service to 21, back at 31. Customer 1 is left at 15, begun at 14, so the
    // departure is at 9: 22, of which 20 are road and 2 service.
    assert!((super::super::evaluate::walk(&instance, 0, &stops).duration - 22.0).abs() < 1e-9);
    // Where customer 1 closes at 4, the departure is at -1 at the latest: late; at 6 it is at 1.
    let tight = read(&DEPOTS.replacen(" 0 100\n", " 0 6\n", 1)).unwrap();
    let stops: Vec<&Customer> = tight.customers[..2].iter().collect();
    assert!((super::super::evaluate::walk(&tight, 0, &stops).duration - 30.0).abs() < 1e-9);
}

#[test]
fn a_route_that_takes_too_long_is_told() {
    let text = DEPOTS.replacen("25 10", "21.9 10", 1);
    assert_eq!(broken(&text, &depot_routes()), ["route 1: takes 22.0000 of 21.9"]);
    assert_eq!(broken(&DEPOTS.replacen("25 10", "22 10", 1), &depot_routes()), Vec::<String>::new());
    // The limit belongs to the slot: the other depot has none.
    let routes = [route(0, 0, &[2]), route(0, 1, &[0, 1])];
    assert!(broken(DEPOTS, &routes).iter().all(|found| !found.contains("takes")));
    // Type 8: the limit of 30 is that of depot 0 on the second day, and the windows do not count.
    let far = BOTH.replacen("2  0 5", "2  0 25", 1);
    assert_eq!(broken(&far, &both_routes()), ["route 2: takes 51.0000 of 30"]);
}

#[test]
fn lateness_is_told_with_its_place() {
    // Customer 2 must be reached by 22. From depot 4 by way of 3 it is reached at 5 + 2 + the root of 6² + 13² =
    // 21.3178, without waiting.
    let text = DEPOTS.replacen(" 20 22\n", " 20 21\n", 1);
    let routes = [route(0, 0, &[2, 1]), route(0, 1, &[0])];
    assert_eq!(broken(&text, &routes)[0], "route 1: 0.3178 late at customer 2");
    assert!(broken(DEPOTS, &routes).iter().all(|found| !found.contains("late")));
    // Depot 5 opens at 10: at customer 2 at 20, back at 29.
    let routes = [route(0, 1, &[1]), route(0, 0, &[0, 2])];
    assert!(broken(DEPOTS, &routes).iter().all(|found| !found.contains("late")));
    let text = DEPOTS.replacen(" 10 30\n", " 10 28.5\n", 1);
    assert_eq!(broken(&text, &routes), ["route 1: 0.5000 late at the depot"]);
    // No earlier than the depot opens: 10 + 8 is after 17.
    let text = DEPOTS.replacen(" 20 22\n", " 2 17\n", 1);
    assert_eq!(broken(&text, &routes), ["route 1: 1.0000 late at customer 2"]);
}

#[test]
fn too_much_load_is_told() {
    assert_eq!(broken(&PERIODIC.replacen("0 10", "0 9", 1), &periodic_routes()), ["route 1: load 10 of 9"]);
    // The capacity of the second day is of no use on the first.
    let text = PERIODIC.replacen("0 10\n0 10", "0 9\n0 99", 1);
    assert_eq!(broken(&text, &periodic_routes()), ["route 1: load 10 of 9"]);
}

#[test]
fn too_many_vehicles_of_a_slot_are_told() {
    let text = PERIODIC.replacen("1 2 3 2", "1 1 3 2", 1);
    assert_eq!(broken(&text, &periodic_routes()), ["day 1: 2 vehicles of 1"]);
    let routes = [route(0, 1, &[0]), route(0, 1, &[2]), route(0, 0, &[1])];
    assert_eq!(broken(DEPOTS, &routes), ["depot 2: 2 vehicles of 1"]);
    let text = BOTH.replacen("3  10 5  1 5 1 2 1 2", "3  10 5  1 5 1 1 2", 1);
    let routes = [route(0, 0, &[0]), route(1, 0, &[0]), route(0, 0, &[1])];
    assert_eq!(broken(&text, &routes), ["depot 1 on day 1: 2 vehicles of 1"]);
}

#[test]
fn customers_have_to_be_served_once_on_the_days_of_a_combination() {
    let with = |change: &dyn Fn(&mut Vec<Route>)| {
        let mut routes = periodic_routes();
        change(&mut routes);
        let worth = evaluate(&read(PERIODIC).unwrap(), &routes);
        (worth.violations, worth.unplanned)
    };
    let told = |text: &str, unplanned| (vec![text.to_owned()], unplanned);
    assert_eq!(with(&|routes| routes[1].customers.clear()), told("customer 3 is not served", 1));
    assert_eq!(
        with(&|routes| routes[2].customers.clear()),
        told("customer 2 is served on days 1: not a combination", 1)
    );
    assert_eq!(
        with(&|routes| routes[2].customers.push(0)),
        told("customer 1 is served on days 1 2: not a combination", 0)
    );
    assert_eq!(with(&|routes| routes[1].customers.push(2)), told("customer 3 is served twice on a day", 0));
    // Twice on one day is not once on each of two.
    let (violations, unplanned) = with(&|routes| routes[2].day = 0);
    assert!(violations.contains(&"customer 2 is served twice on a day".to_owned()), "{violations:?}");
    assert_eq!(unplanned, 0);

    let mut routes = depot_routes();
    routes[1].customers = vec![2, 2];
    assert!(broken(DEPOTS, &routes).contains(&"customer 3 is served 2 times".to_owned()));
    routes[1].customers.clear();
    assert_eq!(broken(DEPOTS, &routes), ["customer 3 is not served"]);
}

#[test]
fn two_depots_for_a_customer_are_told() {
    let mut routes = both_routes();
    routes[0].depot = 1;
    assert_eq!(broken(BOTH, &routes), ["customer 2 is served from more than one depot"]);
}

#[test]
fn routes_of_nowhere_are_told() {
    for nowhere in [route(1, 0, &[2]), route(0, 2, &[2])] {
        let routes = [depot_routes().remove(0), nowhere];
        let violations = broken(DEPOTS, &routes);
        assert!(violations[0].starts_with("route 2: there is no depot"), "{violations:?}");
    }
    let mut routes = depot_routes();
    routes[1].customers.push(3);
    assert_eq!(
        broken(DEPOTS, &routes),
        ["route 2: serves a customer that does not exist", "customer 3 is not served"]
    );
}
