use super::*;
use crate::error::ErrorKind;
use crate::model::plan::Route;

/// A depot at (0, 0) that closes at 100, two vehicles of 10. Legs: 5 to customer 1, 10 to customer 2, 5
/// between them; the root of 2 to customer 3, and the root of 13 from 1 to 3.
const SMALL: &str = "\
SMALL

VEHICLE
NUMBER     CAPACITY
2          10

CUSTOMER
CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME

0  0 0  0  0 100  0
1  3 4  5  0 100  1
2  6 8  5  20 22  1
3  1 1  4  0 100  2
";

fn route(customers: &[u32]) -> Route {
    Route { depot: 0, driver: 0, day: 0, customers: customers.to_vec() }
}

/// Routes that break nothing.
fn routes() -> Vec<Route> {
    vec![route(&[0, 1]), route(&[2])]
}

/// Violations of routes, as sentences, the same by both conventions.
fn broken(text: &str, routes: &[Route]) -> Vec<String> {
    let instance = read(text).unwrap();
    let found = evaluate(&instance, Rounding::Double, routes).violations;
    assert_eq!(evaluate(&instance, Rounding::Dimacs, routes).violations, found);
    found
}

/// The only mistake of a text, as a user sees it.
fn mistake(text: &str) -> String {
    let error = read(text).unwrap_err();
    assert!(error.mistakes().iter().all(|mistake| !mistake.mend.is_empty()), "{error}");
    assert_eq!(error.mistakes().len(), 1, "{error}");
    error.to_string()
}

#[test]
fn an_instance_is_read() {
    let instance = read(SMALL).unwrap();
    assert_eq!((instance.name.as_str(), instance.vehicles, instance.capacity), ("SMALL", 2, 10));
    assert_eq!(instance.customers(), 3);
    assert_eq!(instance.nodes[2], Node { x: 6.0, y: 8.0, demand: 5, ready: 20.0, due: 22.0, service: 1.0 });
    // Blank lines, line ends and spaces do not count.
    let odd = SMALL.replace('\n', "\r\n\r\n").replace("  ", "\t ");
    assert_eq!(read(&odd).unwrap(), instance);
    assert!(looks_like(SMALL) && looks_like(&odd));
    assert!(!looks_like("") && !looks_like("SMALL\n") && !looks_like("{\"kring\": 1}\n{}"));
}

#[test]
fn the_first_customers_are_an_instance() {
    let instance = read(SMALL).unwrap();
    let first = instance.first(2);
    assert_eq!((first.customers(), &first.nodes[..]), (2, &instance.nodes[..3]));
    assert_eq!(instance.first(usize::MAX), instance);
}

#[test]
fn both_conventions_of_distance() {
    let instance = read(SMALL).unwrap();
    // The root of 2 is 1.414..., that of 13 is 3.605...
    assert_eq!(instance.distance(Rounding::Dimacs, 0, 3), 1.4);
    assert_eq!(instance.distance(Rounding::Double, 3, 0), 2f64.sqrt());
    assert_eq!(instance.distance(Rounding::Dimacs, 1, 3), 3.6);
    // 5 + 5 + 10, and out and back.
    let dimacs = evaluate(&instance, Rounding::Dimacs, &routes());
    assert_eq!((dimacs.distance, dimacs.vehicles, dimacs.unplanned), (22.8, 2, 0));
    let double = evaluate(&instance, Rounding::Double, &routes());
    assert!((double.distance - 20.0 - 2.0 * 2f64.sqrt()).abs() < 1e-12);
    assert_eq!(broken(SMALL, &routes()), Vec::<String>::new());
}

#[test]
fn a_window_met_by_a_distance_cut_off_is_missed_in_double_precision() {
    let text = SMALL.replacen("3  1 1  4  0 100", "3  1 1  4  0 1.4", 1);
    let instance = read(&text).unwrap();
    assert_eq!(evaluate(&instance, Rounding::Dimacs, &routes()).violations, Vec::<String>::new());
    assert_eq!(
        evaluate(&instance, Rounding::Double, &routes()).violations,
        ["route 2: 0.0142 late at customer 3"]
    );
}

#[test]
fn empty_routes_are_no_vehicles() {
    let mut routes = routes();
    routes.splice(0..0, [route(&[]), route(&[])]);
    assert_eq!(broken(SMALL, &routes), Vec::<String>::new());
    assert_eq!(evaluate(&read(SMALL).unwrap(), Rounding::Double, &routes).vehicles, 2);
}

#[test]
fn every_broken_rule_is_told() {
    // From 1, left at 6, it is 5 to 2; from 2, opened at 20 and left at 21, 5 to 1 and 5 home: 32.
    let late = SMALL.replacen("1  3 4  5  0 100", "1  3 4  5  0 25", 1);
    assert_eq!(broken(&late, &[route(&[1, 0]), route(&[2])]), ["route 1: 1.0000 late at customer 1"]);
    let late = SMALL.replacen("0  0 0  0  0 100", "0  0 0  0  0 30", 1);
    assert_eq!(broken(&late, &routes()), ["route 1: 1.0000 late at the depot"]);
    // Nobody leaves before the depot opens: 13 + 5 + 1 + 5.
    let late = SMALL.replacen("0  0 0  0  0 100", "0  0 0  0  13 100", 1);
    assert_eq!(broken(&late, &routes()), ["route 1: 2.0000 late at customer 2"]);
    let load = SMALL.replacen("2          10", "2          9", 1);
    assert_eq!(broken(&load, &routes()), ["route 1: load 10 of 9"]);
    let few = SMALL.replacen("2          10", "1          10", 1);
    assert_eq!(broken(&few, &routes()), ["2 vehicles of 1"]);
    assert_eq!(broken(SMALL, &routes()[..1]), ["customer 3 is not served"]);
    assert_eq!(broken(SMALL, &[route(&[0, 1]), route(&[2, 2])]), ["customer 3 is served 2 times"]);
    assert_eq!(broken(SMALL, &[route(&[0, 1]), route(&[2, 3])]), ["route 2: there is no customer 4"]);
    assert_eq!(evaluate(&read(SMALL).unwrap(), Rounding::Double, &[]).unplanned, 3);
}

#[test]
fn routes_are_written_and_read_again() {
    let instance = read(SMALL).unwrap();
    let dimacs = write(&instance, Rounding::Dimacs, &routes());
    assert_eq!(dimacs, "Route #1: 1 2\nRoute #2: 3\nCost 22.8\n");
    let double = write(&instance, Rounding::Double, &routes());
    assert_eq!(double, "Route #1: 1 2\nRoute #2: 3\nCost 22.828427\n");
    for text in [dimacs.as_str(), &double, "a note\n route 1 : 0 1 2 0\r\n\r\nRoute 2: 3\nCost: 7"] {
        assert_eq!(read_routes(&instance, text).unwrap(), routes(), "{text}");
    }
    assert_eq!(read_routes(&instance, "Cost 0\n").unwrap(), []);
}

#[test]
fn routes_that_do_not_fit_are_refused_with_their_line() {
    let instance = read(SMALL).unwrap();
    for (text, expected) in [
        ("Route #1: 1 2\nRoute #2 3\n", "line 2: no colon"),
        ("Route #1: 1 4\n", "line 1: there is no customer 4"),
        ("\nRoute #1: 1 x\n", "line 2: there is no customer x"),
        ("Route #1: -1\n", "line 1: there is no customer -1"),
        ("Route #1: 99999999999999999999\n", "line 1: there is no customer 99999999999999999999"),
    ] {
        let error = read_routes(&instance, text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Plan);
        assert!(error.to_string().starts_with(expected), "{error} instead of {expected}");
    }
}

#[test]
fn texts_that_are_not_of_the_form_are_refused_with_their_line() {
    for (from, to, expected) in [
        ("VEHICLE\n", "", "line 3: expected the heading VEHICLE"),
        ("NUMBER     CAPACITY", "COUNT", "line 4: expected the heading NUMBER"),
        ("2          10", "2", "line 5: expected number and capacity"),
        ("2          10", "0          10", "line 5: expected number and capacity"),
        ("2          10", "2          1000000001", "line 5: expected number and capacity"),
        ("CUSTOMER\n", "\n", "line 8: expected the heading CUSTOMER"),
        ("2  6 8  5  20 22  1", "2  6 8  5  20 22", "line 12: no service time"),
        ("2  6 8  5  20 22  1", "2  6 8  5  20 22  1 1", "line 12: more than seven numbers"),
        ("2  6 8  5  20 22  1", "4  6 8  5  20 22  1", "line 12: customer 4, expected 2"),
        ("2  6 8  5  20 22  1", "2  NaN 8  5  20 22  1", "line 12: no x"),
        ("2  6 8  5  20 22  1", "2  6 inf  5  20 22  1", "line 12: no y"),
        ("2  6 8  5  20 22  1", "2  6 8  5  20 1e7  1", "line 12: no due date"),
        ("2  6 8  5  20 22  1", "2  6 8  -5  20 22  1", "line 12: a demand or time that cannot be"),
        ("2  6 8  5  20 22  1", "2  6 8  0.5  20 22  1", "line 12: a demand or time that cannot be"),
        ("2  6 8  5  20 22  1", "2  6 8  5  -20 22  1", "line 12: a demand or time that cannot be"),
        ("2  6 8  5  20 22  1", "2  6 8  5  20 22  -1", "line 12: a demand or time that cannot be"),
        ("2  6 8  5  20 22  1", "2  6 8  5  22 20  1", "line 12: due 20 before ready 22"),
    ] {
        let text = SMALL.replacen(from, to, 1);
        assert_ne!(text, SMALL, "{from}");
        assert!(mistake(&text).starts_with(expected), "{} instead of {expected}", mistake(&text));
    }
    assert!(mistake("").starts_with("end of the file: the name is missing"));
    let head = &SMALL[..SMALL.find("0  0 0").unwrap()];
    assert!(mistake(head).starts_with("end of the file: no depot"));
    let many: String = (0..=MOST_CUSTOMERS + 1).map(|number| format!("{number} 0 0 0 0 9 0\n")).collect();
    assert_eq!(read(&(head.to_owned() + &many)).unwrap_err().kind(), ErrorKind::TooLarge);
}

#[test]
fn ticks_are_tenths_or_fine_and_days_fit() {
    let instance = read(SMALL).unwrap();
    assert_eq!(instance.ticks_per_unit(Rounding::Dimacs), 10.0);
    assert_eq!(instance.ticks_per_unit(Rounding::Double), 10_000.0);
    // A day of 1,000,000: 1e9 ticks for it and the widest way.
    let long = read(&SMALL.replacen("0 100", "0 1000000", 1)).unwrap();
    assert_eq!(long.ticks_per_unit(Rounding::Double), 999.0);
    assert!(long.problem(Rounding::Double).is_ok());
}
