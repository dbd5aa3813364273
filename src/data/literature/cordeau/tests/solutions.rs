//! Solutions, written and read; and what the search finds.

use super::*;

#[test]
fn a_solution_is_written_slot_by_slot_and_read_again() {
    for (text, routes, expected) in [
        (
            PERIODIC,
            periodic_routes(),
            "50.000000\n1 1 22.000000 10 0 1 2 0\n1 2 12.000000 4 0 3 0\n2 1 21.000000 5 0 2 0\n",
        ),
        (DEPOTS, depot_routes(), "35.620499\n1 1 22.000000 10 0 1 2 0\n2 1 17.620499 4 0 3 0\n"),
        (
            BOTH,
            both_routes(),
            "30.000000\n1 1 11.000000 5 0 2 0\n3 1 11.000000 5 0 2 0\n4 1 11.000000 5 0 3 0\n",
        ),
    ] {
        let instance = read(text).unwrap();
        let written = write(&instance, &routes);
        assert_eq!(written, expected);
        assert_eq!(read_routes(&instance, &written).unwrap(), routes);
    }
}

#[test]
fn empty_routes_are_not_written() {
    let instance = read(DEPOTS).unwrap();
    let mut routes = depot_routes();
    routes.insert(0, route(0, 0, &[]));
    assert_eq!(write(&instance, &routes), write(&instance, &depot_routes()));
}

#[test]
fn solutions_of_others_are_read() {
    let instance = read(DEPOTS).unwrap();
    for text in [
        // Without the cost, with blank lines.
        "1 1 22 10 0 1 2 0\n\n2 1 17.6 4 0 3 0\n",
        // With times of service in parentheses, and the numbers of depots.
        "35.62\n1 1 22 10 4(9.0) 1 (14.0) 2(20.0) 4(31)\n2 1 17.6 4 5 ( 10 ) 3 (17.8) 5\n",
        // With a start before the stops.
        "35.62\r\n 1\t1 22.0 10.0 9.00 1 2\r\n 2 1 17.6 4.0 10.0 3\r\n",
    ] {
        assert_eq!(read_routes(&instance, text).unwrap(), depot_routes(), "{text}");
    }
    assert_eq!(read_routes(&instance, "").unwrap(), []);
    assert_eq!(read_routes(&instance, "0\n").unwrap(), []);
}

#[test]
fn solutions_that_do_not_fit_are_refused_with_their_line() {
    let instance = read(DEPOTS).unwrap();
    for (text, expected) in [
        ("cost\n", "line 1: no cost"),
        ("35\n1 1 22\n", "line 2: 3 numbers"),
        ("35\n35\n", "line 2: 1 numbers"),
        ("35\n0 1 22 10 0 1 0\n", "line 2: there is no slot 0"),
        ("35\n3 1 22 10 0 1 0\n", "line 2: there is no slot 3"),
        ("35\n-1 1 22 10 0 1 0\n", "line 2: there is no slot -1"),
        ("35\n1 1 22 10 0 6 0\n", "line 2: there is no customer 6"),
        ("35\n1 1 22 10 0 1.5 0\n", "line 2: there is no customer 1.5"),
        ("35\n1 1 22 10 0 99999999999 0\n", "line 2: there is no customer 99999999999"),
    ] {
        let error = read_routes(&instance, text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Plan);
        assert!(error.to_string().starts_with(expected), "{error} instead of {expected}");
    }
}

#[test]
fn ticks_are_fine_and_days_fit() {
    for text in [PERIODIC, DEPOTS, BOTH] {
        assert_eq!(read(text).unwrap().ticks_per_unit(), 100_000.0);
    }
    // Two days of some 39,050 units, and room for a service after the end of each: 1.5e9 ticks in all.
    let text =
        PERIODIC.replacen("0 10\n0 10", "40000 10\n40000 10", 1).replacen("1  3 4  1", "1  3 4  39000", 1);
    let ticks = read(&text).unwrap().ticks_per_unit();
    assert!((9_000.0..10_000.0).contains(&ticks) && ticks.fract() == 0.0, "{ticks}");
}
