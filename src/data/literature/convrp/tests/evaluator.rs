use super::*;

fn worth(text: &str, plan: &str, asked: &Consistency) -> Evaluation {
    evaluate(&read(text).unwrap(), &read_plan(plan).unwrap(), asked)
}

/// Violations of a plan of an instance, as sentences, where one driver is asked for.
fn broken(text: &str, plan: &str) -> Vec<String> {
    worth(text, plan, &Consistency::default()).violations
}

fn plan(days: [&str; 2]) -> String {
    format!(r#"{{"days":[{{"routes":[{}]}},{{"routes":[{}]}}]}}"#, days[0], days[1])
}

fn route(driver: &str, stops: &str) -> String {
    format!(r#"{{"driver":{driver},"stops":[{stops}]}}"#)
}

#[test]
fn a_plan_is_worth_its_travel() {
    let found = worth(SMALL, PLAN, &Consistency::default());
    assert_eq!((found.travel, found.service, found.total()), (40.0, 7.0, 47.0));
    assert_eq!((found.drivers, found.vehicles, found.unplanned), (1, 2, 0));
    // Customer 1: 16 on the first day, 5 on the second.
    assert_eq!(found.arrival_difference, 11.0);
    assert_eq!(found.violations, Vec::<String>::new());
}

#[test]
fn arrivals_are_as_far_apart_as_asked() {
    assert_eq!(worth(SMALL, PLAN, &asked(1, Some(11.0))).violations, Vec::<String>::new());
    let found = worth(SMALL, PLAN, &asked(1, Some(10.5))).violations;
    assert_eq!(found, ["customer 1: arrivals 11.0000 apart of at most 10.5"]);
    // The other way round on the first day: 5 on both.
    let equal = PLAN.replace("[2,1]", "[1,2]");
    let found = worth(SMALL, &equal, &asked(1, Some(0.0)));
    assert_eq!((found.arrival_difference, found.violations.len()), (0.0, 0));
    // Days are compared over all of a customer, not day by day.
    assert_eq!(worth(SMALL, r#"{"days":[]}"#, &asked(1, Some(0.0))).arrival_difference, 0.0);
}

#[test]
fn a_customer_has_as_many_drivers_as_asked() {
    let two = PLAN.replacen("\"driver\":0", "\"driver\":\"a\"", 1);
    assert_eq!(broken(SMALL, &two), ["customer 1 has 2 drivers of at most 1"]);
    let found = worth(SMALL, &two, &asked(2, None));
    assert_eq!((found.drivers, found.violations.len()), (2, 0));
    // The number 0 and the name "0" are two drivers.
    let named = PLAN.replacen("\"driver\":0", "\"driver\":\"0\"", 1);
    assert_eq!(worth(SMALL, &named, &asked(1, None)).drivers, 2);
}

#[test]
fn every_broken_rule_of_a_route_is_told() {
    assert_eq!(
        broken(&with("CAPACITY: 10", "CAPACITY: 9"), PLAN),
        ["day 1, driver 0: load 10 of 9", "day 2, driver 0: load 10 of 9"]
    );
    assert_eq!(
        broken(&with("DISTANCE: 30", "DISTANCE: 24.5"), PLAN),
        ["day 2, driver 0: takes 25.0000 of 24.5"]
    );
    // A route that is exactly as long as the limit is allowed.
    assert_eq!(broken(&with("DISTANCE: 30", "DISTANCE: 25"), PLAN), Vec::<String>::new());
    let late = PLAN.replace("[2,1]", "[2,1],\"depart\":3.5");
    assert_eq!(broken(SMALL, &late), ["day 1, driver 0: leaves at 3.5, not at 0"]);
    // A later departure makes arrivals later, but the route no longer.
    assert_eq!(worth(SMALL, &late, &Consistency::default()).arrival_difference, 14.5);
    let twice = plan([&route("0", "2,1"), &(route("0", "1") + "," + &route("0", "4"))]);
    assert_eq!(broken(SMALL, &twice), ["day 2: driver 0 has 2 routes"]);
    // Routes without stops are none.
    let empty = plan([&route("0", "2,1"), &(route("0", "1,4") + "," + &route("0", ""))]);
    assert_eq!(broken(SMALL, &empty), Vec::<String>::new());
}

#[test]
fn every_customer_is_served_once_on_each_of_its_days_and_on_no_other() {
    let found = worth(SMALL, &plan([&route("0", "2"), &route("0", "1,4")]), &Consistency::default());
    assert_eq!(found.violations, ["customer 1 is not served on day 1"]);
    assert_eq!((found.unplanned, found.travel), (1, 40.0));
    let twice = plan([&(route("0", "2") + "," + &route("1", "1,2")), &route("1", "1,4")]);
    assert_eq!(
        broken(SMALL, &twice),
        ["customer 2 is served 2 times on day 1", "customer 2 has 2 drivers of at most 1"]
    );
    assert_eq!(
        broken(SMALL, &plan([&route("0", "2,1"), &route("0", "1,4,2")])),
        ["day 2, driver 0: takes 45.0000 of 30", "customer 2 is served on day 2, without a demand"]
    );
    // Nobody is numbered 9, and customer 3 has no day.
    assert_eq!(
        broken(SMALL, &plan([&route("0", "2,1,9"), &route("0", "1,3,4")])),
        ["day 1, driver 0: there is no customer 9", "day 2, driver 0: there is no customer 3"]
    );
    let none = worth(SMALL, r#"{"days":[]}"#, &Consistency::default());
    assert_eq!((none.unplanned, none.travel, none.violations.len()), (4, 0.0, 5));
    assert_eq!(none.violations[0], "0 days of 2");
    let more = PLAN.trim_end().replace("}]}]}", "}]},{\"routes\":[]}]}");
    assert_eq!(broken(SMALL, &more), ["3 days of 2"]);
}

#[test]
fn plans_are_read_and_written() {
    let plan = read_plan(PLAN).unwrap();
    assert_eq!(write(&plan), PLAN);
    let odd =
        r#" { "by": "hand", "days": [ { "routes": [ {"stops": [7], "depart": 2.5, "driver": "Ann"} ] } ] } "#;
    let odd = read_plan(odd).unwrap();
    let route = Route { driver: Driver::Name("Ann".to_owned()), stops: vec![7], depart: 2.5 };
    assert_eq!(odd.days, [Day { routes: vec![route] }]);
    assert_eq!(read_plan(&write(&odd)).unwrap(), odd);
    for (text, expected) in [
        ("", "EOF"),
        ("{}", "missing field `days`"),
        (r#"{"days":[]} x"#, "file: trailing characters"),
        (r#"{"days":[{"routes":[{"driver":0,"stops":[-1]}]}]}"#, "days[0].routes[0].stops[0]: invalid value"),
        (
            r#"{"days":[{"routes":[{"driver":0.5,"stops":[]}]}]}"#,
            "days[0].routes[0].driver: data did not match",
        ),
        (r#"{"days":[{"routes":[{"stops":[]}]}]}"#, "days[0].routes[0]: missing field `driver`"),
        (
            r#"{"days":[{"routes":[{"driver":0,"stops":[],"depart":"x"}]}]}"#,
            "days[0].routes[0].depart: invalid type",
        ),
    ] {
        let error = read_plan(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Plan);
        assert!(error.to_string().contains(expected), "{error} instead of {expected}");
    }
    assert_eq!(read_plan(&" ".repeat(LARGEST + 1)).unwrap_err().kind(), ErrorKind::TooLarge);
}
