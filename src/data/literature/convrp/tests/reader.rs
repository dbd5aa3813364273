use super::*;

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
    assert_eq!((instance.name.as_str(), instance.days, instance.capacity), ("SMALL", 2, 10));
    assert_eq!((instance.limit, instance.depot, instance.visits()), (Some(30.0), (0.0, 0.0), 4));
    // Customer 3 has no day.
    let numbers: Vec<u32> = instance.customers.iter().map(|customer| customer.number).collect();
    assert_eq!(numbers, [1, 2, 4]);
    let service = |demand, duration| Some(Service { demand, duration });
    let first = Customer { number: 1, x: 3.0, y: 4.0, days: vec![service(5, 1.0), service(8, 2.0)] };
    assert_eq!(instance.customers[0], first);
    assert_eq!(instance.customers[2].days, [None, service(2, 3.0)]);
    assert_eq!(
        instance.customers[2].visits().collect::<Vec<_>>(),
        [(1, Service { demand: 2, duration: 3.0 })]
    );
}

#[test]
fn what_does_not_matter_is_not_read() {
    let instance = read(SMALL).unwrap();
    let odd = SMALL.replace('\n', "\r\n\r\n").replace('\t', "  ").replace(": ", " : ");
    let colons = SMALL.replace("_SECTION\n", "_SECTION:\n");
    let after = SMALL.to_owned() + "1 2 3\nNODE_COORD_SECTION\n";
    let open = SMALL.replace("-1\nEOF\n", "");
    let uncounted = with("DIMENSION: 5\n", "");
    for text in [&odd, &colons, &after, &open, &uncounted] {
        assert_eq!(read(text).unwrap(), instance, "{text}");
        assert!(looks_like(text), "{text}");
    }
    // The order of customers is that of the first section.
    let swapped = with("1\t5\t8\n2\t5\t-1\n", "2\t5\t-1\n1\t5\t8\n");
    assert_eq!(read(&swapped).unwrap(), instance);
    let other = with("1\t3 4\n2\t6 8\n", "2\t6 8\n1\t3 4\n");
    assert_eq!(read(&other).unwrap().customers[0].number, 2);
    for text in ["", "SMALL\n", "{\"kring\": 1}", "1 1 2 2\n0 10", "NAME: x\nDEMAND_SECTION\nNUM_DAYS: 2\n"] {
        assert!(!looks_like(text), "{text}");
    }
}

#[test]
fn without_a_limit_or_services() {
    for limit in ["9999999", "1e+07", "inf"] {
        let text = with("DISTANCE: 30", &format!("DISTANCE: {limit}"));
        // The format does not allow infinity as a number.
        let limit = if limit == "inf" { Err("line 6: DISTANCE inf".to_owned()) } else { Ok(None) };
        let read = read(&text).map(|instance| instance.limit);
        assert_eq!(read.map_err(|error| error.to_string()[..20].to_owned()), limit);
    }
    let (before, rest) = SMALL.split_once("SVC_TIME_SECTION").unwrap();
    let (_, after) = rest.split_once("DEPOT_SECTION").unwrap();
    let instance = read(&format!("{before}DEPOT_SECTION{after}")).unwrap();
    assert!(instance.customers.iter().flat_map(Customer::visits).all(|(_, service)| service.duration == 0.0));
    // A capacity that is not whole, and an instance without customers.
    assert_eq!(read(&with("CAPACITY: 10", "CAPACITY: 10.9")).unwrap().capacity, 10);
    let none =
        "NUM_DAYS: 1\nCAPACITY: 1\nDISTANCE: 1\nNODE_COORD_SECTION\nDEMAND_SECTION\nDEPOT_SECTION\n0 0\n";
    assert_eq!(read(none).unwrap().customers, []);
}

#[test]
fn texts_that_are_not_of_the_form_are_refused_with_their_line() {
    for (from, to, expected) in [
        ("NUM_DAYS: 2\n", "", "end of the file: NUM_DAYS is missing"),
        ("CAPACITY: 10\n", "", "end of the file: CAPACITY is missing"),
        ("DISTANCE: 30\n", "", "end of the file: DISTANCE is missing"),
        ("DISTANCE: 30\n", "DISTANCE: 30\nDISTANCE: 40\n", "line 7: a second DISTANCE"),
        ("DISTANCE: 30\n", "DISTANCE: 0\n", "line 6: DISTANCE 0"),
        ("DISTANCE: 30\n", "DISTANCE: -1\n", "line 6: DISTANCE -1"),
        ("NUM_DAYS: 2\n", "NUM_DAYS: 1.5\n", "line 4: 1.5 days"),
        ("NUM_DAYS: 2\n", "NUM_DAYS: 0\n", "line 4: NUM_DAYS 0"),
        ("CAPACITY: 10\n", "CAPACITY: NaN\n", "line 5: CAPACITY NaN"),
        ("DIMENSION: 5\n", "DIMENSION: 4\n", "line 3: DIMENSION 4 for a depot and 4 customers"),
        ("DIMENSION: 5\n", "DIMENSION: x\n", "line 3: DIMENSION x"),
        ("NODE_COORD_SECTION\n", "5 0 0\nNODE_COORD_SECTION\n", "line 7: 5 0 0 before any section"),
        (
            "NODE_COORD_SECTION\n",
            "WINDOW_SECTION\n1 0 5\nNODE_COORD_SECTION\n",
            "line 7: WINDOW_SECTION is not read",
        ),
        ("DEPOT_SECTION\n", "DEMAND_SECTION\nDEPOT_SECTION\n", "line 22: a second DEMAND_SECTION"),
        ("1\t3 4\n", "1\t3\n", "line 8: no y"),
        ("1\t3 4\n", "1\t3 inf\n", "line 8: y inf"),
        ("1\t3 4\n", "1\t3 1000001\n", "line 8: y 1000001"),
        ("1\t3 4\n", "0\t3 4\n1\t3 4\n", "line 8: no number of a customer"),
        ("1\t3 4\n", "1\t3 4\n1\t3 4\n", "line 9: customer 1 a second time in NODE_COORD_SECTION"),
        ("1\t5\t8\n", "1\t5\n", "line 13: 1 columns for 2 days"),
        ("1\t5\t8\n", "1\t5\t8\t9\n", "line 13: more columns for 2 days"),
        ("1\t5\t8\n", "1\t5\t0.5\n", "line 13: demand on day 2 0.5"),
        ("1\t5\t8\n", "1\t5\t-0.5\n", "line 13: demand on day 2 -0.5"),
        ("1\t5\t8\n", "1\t5\t-2\n", "line 13: demand on day 2 -2"),
        ("1\t1.0\t2.0", "1\t1.0\t-1", "line 18: customer 1 has a demand and no service time on day 2"),
        ("1\t1.0\t2.0", "1\t1.0\tx", "line 18: service time on day 2 x"),
        ("0. 0.\n-1\n", "0.\n-1\n", "line 23: no y of the depot"),
        ("0. 0.\n-1\n", "0. 0.\n1 1\n-1\n", "line 24: a second depot"),
        ("0. 0.\n-1\n", "-1\n", "end of the file: the depot is missing"),
    ] {
        let text = with(from, to);
        // A mistake may cause others, which are reported as well; the first one is the cause.
        let told = read(&text).unwrap_err();
        assert!(told.to_string().starts_with(expected), "{told} instead of {expected}");
        assert_eq!(told.kind(), ErrorKind::Format);
    }
    assert!(mistake(&with("2\t5\t-1\n", "")).starts_with("line 9: customer 2 is not in DEMAND_SECTION"));
    assert!(mistake(&with("4\t1.0\t3.0", "")).starts_with("line 11: customer 4 is not in SVC_TIME_SECTION"));
    let unplaced = with("4\t-3 -4\n", "").replace("DIMENSION: 5\n", "");
    assert!(mistake(&unplaced).starts_with("line 14: customer 4 is not in NODE_COORD_SECTION"));
    assert!(mistake("x").starts_with("line 1: x before any section"));
    assert_eq!(read("").unwrap_err().mistakes().len(), 4);
}

#[test]
fn the_first_mistakes_are_told_and_no_more() {
    let many: String = (1..=100).map(|number| format!("{number} x 0\n")).collect();
    let text = with("NODE_COORD_SECTION\n", &format!("NODE_COORD_SECTION\n{many}"));
    assert_eq!(read(&text).unwrap_err().mistakes().len(), 20);
}

#[test]
fn sizes_are_bounded() {
    for text in [
        " ".repeat(LARGEST + 1),
        with("NUM_DAYS: 2", "NUM_DAYS: 61"),
        with("DEMAND_SECTION\n", &format!("DEMAND_SECTION\n{}", "1 1 1\n".repeat(MOST_CUSTOMERS + 1))),
    ] {
        let error = read(&text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
        assert!(error.mistakes().iter().all(|mistake| mistake.mend.starts_with("give at most")), "{error}");
    }
}
