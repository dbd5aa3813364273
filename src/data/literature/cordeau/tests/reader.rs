//! What is read, and what is refused with its line.

use super::*;

/// The only mistake of a text, as a user sees it.
fn mistake(text: &str) -> String {
    let error = read(text).unwrap_err();
    assert!(error.mistakes().iter().all(|mistake| !mistake.mend.is_empty()), "{error}");
    assert_eq!(error.mistakes().len(), 1, "{error}");
    error.to_string()
}

#[test]
fn a_periodic_instance_has_its_depot_first_and_combinations_of_days() {
    let instance = read(PERIODIC).unwrap();
    assert_eq!((instance.kind, instance.vehicles, instance.days), (Kind::Pvrp, 2, 2));
    assert_eq!(instance.limits, [Limit { duration: None, capacity: 10 }; 2]);
    assert_eq!(instance.depots.len(), 1);
    assert_eq!((instance.depots[0].number, instance.depots[0].close), (0, f64::INFINITY));
    let [one, two, three] = &instance.customers[..] else { panic!("three customers") };
    assert_eq!((one.number, one.x, one.y, one.service, one.demand), (1, 3.0, 4.0, 1.0, 5));
    // With two days, 2 is 10, the first day; 1 is 01, the second; 3 is both.
    assert_eq!(instance.days_of(2).collect::<Vec<_>>(), [0]);
    assert_eq!(instance.days_of(1).collect::<Vec<_>>(), [1]);
    assert_eq!((&two.combinations[..], two.visits()), (&[3][..], 2));
    assert_eq!(three.combinations, [1, 2]);
}

#[test]
fn an_instance_of_several_depots_has_them_last_and_one_day() {
    let instance = read(DEPOTS).unwrap();
    assert_eq!((instance.kind, instance.days, instance.depots.len()), (Kind::Mdvrptw, 1, 2));
    assert_eq!(instance.limits[0], Limit { duration: Some(25.0), capacity: 10 });
    assert_eq!(instance.limits[1].duration, None);
    assert_eq!(instance.depots[1], Depot { number: 5, x: 6.0, y: 0.0, open: 10.0, close: 30.0 });
    let customer = &instance.customers[1];
    assert_eq!((customer.open, customer.close, customer.visits()), (20.0, 22.0, 1));
    assert_eq!(instance.slot(0, 1), Some(1));
    assert_eq!(instance.slot(0, 2), None);
    assert_eq!(instance.slot(1, 0), None);
}

#[test]
fn days_and_depots_have_a_slot_each_day_by_day() {
    let instance = read(BOTH).unwrap();
    assert_eq!((instance.kind, instance.days, instance.depots.len()), (Kind::Mdpvrp, 2, 2));
    assert_eq!(instance.slot(1, 0), Some(2));
    assert_eq!(instance.limits[2].duration, Some(30.0));
    assert_eq!(instance.depots[1].number, 1);
    // Windows of this type do not count.
    assert!(instance.depots.iter().all(|depot| depot.close == f64::INFINITY));
    assert!(instance.customers.iter().all(|customer| customer.close == f64::INFINITY));
    assert_eq!(instance.customers[0].number, 2);
}

#[test]
fn the_other_types_differ_in_windows_only() {
    let windows = PERIODIC.replace("1 2 3 2\n", "5 2 3 2\n").replace("1 2 1 2\n", "1 2 1 2 7 9\n");
    let instance = read(&windows).unwrap();
    assert_eq!(instance.kind, Kind::Pvrptw);
    assert_eq!((instance.customers[0].open, instance.customers[0].close), (7.0, 9.0));
    // Left out, a window is no bound.
    assert_eq!((instance.customers[1].open, instance.customers[1].close), (0.0, f64::INFINITY));
    assert_eq!(instance.depots[0].close, f64::INFINITY);

    let instance = read(&DEPOTS.replace("6 1 3 2\n", "2 1 3 2\n")).unwrap();
    assert_eq!(instance.kind, Kind::Mdvrp);
    assert_eq!(instance.customers[1].close, f64::INFINITY);
    assert_eq!(instance.limits[0].duration, Some(25.0));
}

#[test]
fn blank_lines_line_ends_and_further_columns_do_not_count() {
    let odd = PERIODIC.replace('\n', "\r\n\r\n").replace("0 10\r\n", "0\t10 \r\n");
    assert_eq!(read(&odd).unwrap(), read(PERIODIC).unwrap());
    let further = PERIODIC
        .replace("1 2 3 2\n", "1 2 3 2 9 9\n")
        .replace("2  6 8  1 5 2 1 3\n", "2  6 8  1 5 2 1 3 7 7 7\n");
    assert_eq!(read(&further).unwrap(), read(PERIODIC).unwrap());
    let further = DEPOTS.replace(" 20 22\n", " 20 22 5\n");
    assert_eq!(read(&further).unwrap(), read(DEPOTS).unwrap());
    // Customers of several depots need no columns for days, depots not even service and demand.
    let short = DEPOTS
        .replace("6 1 3 2\n", "2 1 3 2\n")
        .replace(" 1 2 1 2 0 100\n", "\n")
        .replace(" 1 2 1 2 20 22\n", "\n")
        .replace("0 0 0 0 0 100\n", "\n");
    assert_eq!(read(&short).unwrap().customers.len(), 3);
}

#[test]
fn the_form_is_known_by_its_look() {
    for text in [PERIODIC, DEPOTS, BOTH, &PERIODIC.replace('\n', "\r\n\n")] {
        assert!(looks_like(text));
    }
    for text in [
        "",
        "1",
        "{\"kring\": 1}",
        "R101\n\nVEHICLE\n",
        "4 1 2 3\n0 10\n",
        "1 2 3 4\n1 2 3\n",
        "1.5 2 3 4\n0 1",
    ] {
        assert!(!looks_like(text), "{text}");
    }
}

#[test]
fn a_first_line_that_cannot_be_is_refused() {
    assert!(mistake("").contains("end of the file: the first line"));
    assert!(mistake("\n4 2 3 2\n").contains("line 2: type 4 is not read"));
    assert!(mistake("1 2 3\n").contains("line 1: no number of days"));
    assert!(mistake("8 2 3 2\n").contains("line 1: no number of depots"));
    assert!(mistake("1 0 3 2\n").contains("line 1: no vehicles"));
    assert!(mistake("1 2 3 0\n").contains("line 1: no days"));
    assert!(mistake("1 -2 3 1\n").contains("line 1: no number of vehicles"));
    for too_large in ["1 2 3 61\n", "1 2 6001 2\n", "2 1 3 501\n", "8 1 3 2 501\n", "1 1000000001 3 2\n"] {
        assert_eq!(read(too_large).unwrap_err().kind(), ErrorKind::TooLarge, "{too_large}");
    }
}

#[test]
fn counts_have_to_match_the_lines() {
    let missing = PERIODIC.replace("1 2 3 2\n", "1 2 4 2\n");
    assert!(mistake(&missing).contains("end of the file: a line for each customer is missing"));
    let more = PERIODIC.replace("1 2 3 2\n", "1 2 2 2\n");
    assert!(mistake(&more).contains("line 7: more lines than 2 customers and 1 depots"));
    // With a day too many, the depot is read as a limit; with a limit too many, the limit is read as the depot.
    let days = PERIODIC.replace("1 2 3 2\n", "1 2 2 3\n");
    assert!(mistake(&days).contains("line 4: a node where D and Q belong"));
    let days = read(&PERIODIC.replace("1 2 3 2\n", "1 2 4 1\n")).unwrap_err();
    assert!(days.to_string().starts_with("line 3: no y"), "{days}");
}

#[test]
fn wrong_numbers_are_refused_with_their_line() {
    for (from, to, expected) in [
        ("2  6 8  1 5", "x  6 8  1 5", "line 6: no node number"),
        ("2  6 8  1 5", "0  6 8  1 5", "line 6: no node number"),
        ("2  6 8  1 5", "2  6 NaN  1 5", "line 6: y NaN"),
        ("2  6 8  1 5", "2  inf 8  1 5", "line 6: x inf"),
        ("2  6 8  1 5", "2  1e7 8  1 5", "line 6: x 1e7"),
        ("2  6 8  1 5", "2  6 8  -1 5", "line 6: service time -1"),
        ("2  6 8  1 5", "2  6 8  1 -5", "line 6: demand -5"),
        ("2  6 8  1 5", "2  6 8  1 1.5", "line 6: demand 1.5"),
        ("2  6 8  1 5 2 1 3", "2  6 8  1", "line 6: no demand"),
        ("2  6 8  1 5 2 1 3", "2  6 8  1 5", "line 6: no combination of days"),
        ("2  6 8  1 5 2 1 3", "2  6 8  1 5 2 x 3", "line 6: no number of combinations"),
        ("2  6 8  1 5 2 1 3", "2  6 8  1 5 2 99999999999999999999 3", "line 6: no number of combinations"),
        ("2  6 8  1 5 2 1 3", "2  6 8  1 5 2 2 3", "line 6: 1 of 2 combinations"),
        ("2  6 8  1 5 2 1 3", "2  6 8  1 5 2 1 4", "line 6: combination 4"),
        ("2  6 8  1 5 2 1 3", "2  6 8  1 5 2 1 0", "line 6: combination 0"),
        ("2  6 8  1 5 2 1 3", "2  6 8  1 5 2 2 3 1", "line 6: combinations of unequal numbers of days"),
        ("2  6 8  1 5", "1  6 8  1 5", "file: 1 is the number of two nodes"),
        ("\n0 10\n0 10\n", "\n0 10\n-1 10\n", "line 3: longest duration D -1"),
        ("\n0 10\n0 10\n", "\n0 10\n0 -1\n", "line 3: no capacity Q"),
        ("\n0 10\n0 10\n", "\n0 10\n0 1e10\n", "line 3: no capacity Q"),
    ] {
        let text = PERIODIC.replacen(from, to, 1);
        assert_ne!(text, PERIODIC, "{from}");
        assert!(mistake(&text).contains(expected), "{} instead of {expected}", mistake(&text));
    }
    for (from, to, expected) in [
        (" 20 22\n", " 22 20\n", "line 5: window from 22 to 20"),
        (" 20 22\n", " 20\n", "line 5: no latest time"),
        (" 20 22\n", " NaN 22\n", "line 5: earliest time NaN"),
        (" 10 30\n", " 30 10\n", "line 8: window from 30 to 10"),
    ] {
        let text = DEPOTS.replacen(from, to, 1);
        assert!(mistake(&text).contains(expected), "{} instead of {expected}", mistake(&text));
    }
}

#[test]
fn every_mistake_is_told_but_not_without_end() {
    let two = PERIODIC.replace("1  3 4", "1  3 four").replace("3  0 -5", "3  0 five");
    let error = read(&two).unwrap_err();
    let paths: Vec<&str> = error.mistakes().iter().map(|mistake| mistake.path.as_str()).collect();
    assert_eq!(paths, ["line 5", "line 7"]);
    let many = format!("1 1 5000 1\n0 10\n{}", "x\n".repeat(5_001));
    assert_eq!(read(&many).unwrap_err().mistakes().len(), 20);
}

#[test]
fn what_is_too_long_for_ticks_or_tables_is_refused() {
    // Ten days of a hundred services of a million.
    let mut text = "1 1 300 10\n".to_owned() + &"0 1000\n".repeat(10) + "0 0 0 0 0 0 0\n";
    for customer in 1..=300 {
        text += &format!("{customer} 1 1 1000000 1 1 1 1\n");
    }
    let error = read(&text).unwrap().problem().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.to_string().contains("too long"), "{error}");
    // 6,000 customers on 60 days.
    let mut text = "1 9 6000 60\n".to_owned() + &"0 1000\n".repeat(60) + "0 0 0 0 0 0 0\n";
    for customer in 1..=6_000 {
        text += &format!("{customer} 1 1 0 1 60 1 {}\n", (1u64 << 60) - 1);
    }
    let error = read(&text).unwrap().problem().unwrap_err();
    assert!(error.to_string().contains("360000 visits"), "{error}");
}
