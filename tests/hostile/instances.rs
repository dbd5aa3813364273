//! Whatever text comes in as an instance of vehicle routing or as its solution: an answer or an error of
//! bounded length, never a panic. What is accepted is planned as well.

use crate::routing;
use kring::data::literature::convrp::{self, Consistency};
use kring::data::literature::{cordeau, solomon};
use kring::error::Error;
use kring::{Cancel, Options, Routes, RoutingProblem, solve_routes};
use proptest::prelude::*;

fn assert_mends(error: &Error) {
    assert!(!error.mistakes().is_empty());
    assert!(error.mistakes().iter().all(|mistake| !mistake.path.is_empty() && !mistake.mend.is_empty()));
    assert!(error.to_string().len() < 1_000 * error.mistakes().len());
}

fn search(problem: &RoutingProblem) -> Routes {
    let options = Options::default().with_iterations(5).with_threads(1);
    solve_routes(problem, &options, &Cancel::new(), |_| {}).expect("options in their ranges")
}

/// Reads a text as a ConVRP, plans what is accepted, and reads a solution for it.
fn read_convrp(text: &str, solution: &str) {
    let asked = Consistency::default();
    match convrp::read(text).and_then(|instance| Ok((instance.problem(&asked)?, instance))) {
        Ok((problem, instance)) => {
            let found = search(&problem);
            let plan = convrp::Plan::new(&instance, &found.routes);
            let worth = convrp::evaluate(&instance, &plan, &asked);
            assert_eq!(worth.violations.is_empty(), found.unplanned.is_empty(), "{text}\n{worth:?}");
            for (most_drivers, arrival_spread) in [(2, 0.0), (u32::MAX, 1e-9), (1, 5.0), (3, f64::MAX)] {
                let asked = Consistency { most_drivers, arrival_spread: Some(arrival_spread) };
                instance.problem(&asked).expect("no larger than without a limit");
                convrp::evaluate(&instance, &plan, &asked);
            }
            match convrp::read_plan(solution) {
                Ok(plan) => {
                    convrp::evaluate(&instance, &plan, &asked);
                    convrp::write(&plan);
                }
                Err(error) => assert_mends(&error),
            }
        }
        Err(error) => assert_mends(&error),
    }
}

/// Reads a text in all forms, plans what is accepted, and reads a solution for it.
fn read(text: &str, solution: &str) {
    let _ = (cordeau::looks_like(text), solomon::looks_like(text), convrp::looks_like(text));
    read_convrp(text, solution);
    match cordeau::read(text).and_then(|instance| Ok((instance.problem()?, instance))) {
        Ok((problem, instance)) => {
            let found = search(&problem);
            let worth = cordeau::evaluate(&instance, &found.routes);
            assert_eq!(worth.violations.is_empty(), found.unplanned.is_empty(), "{text}\n{worth:?}");
            match cordeau::read_routes(&instance, solution) {
                Ok(routes) => {
                    cordeau::evaluate(&instance, &routes);
                    cordeau::write(&instance, &routes);
                }
                Err(error) => assert_mends(&error),
            }
        }
        Err(error) => assert_mends(&error),
    }
    for rounding in [solomon::Rounding::Dimacs, solomon::Rounding::Double] {
        match solomon::read(text).and_then(|instance| Ok((instance.problem(rounding)?, instance))) {
            Ok((problem, instance)) => {
                let found = search(&problem);
                let worth = solomon::evaluate(&instance, rounding, &found.routes);
                assert_eq!(worth.violations.is_empty(), found.unplanned.is_empty(), "{text}\n{worth:?}");
                match solomon::read_routes(&instance, solution) {
                    Ok(routes) => {
                        solomon::evaluate(&instance, rounding, &routes);
                        solomon::write(&instance, rounding, &routes);
                    }
                    Err(error) => assert_mends(&error),
                }
            }
            Err(error) => assert_mends(&error),
        }
    }
}

/// A small instance of any form.
fn instance() -> impl Strategy<Value = String> {
    let kinds = vec![0, 1, 2, 5, 6, 8, 9];
    (prop::sample::select(kinds), 0..1_000u64).prop_map(|(kind, seed)| match kind {
        0 => routing::solomon(seed),
        9 => routing::convrp(seed),
        _ => routing::cordeau(kind, seed),
    })
}

/// Words that a column may not be made for.
fn hostile_word() -> impl Strategy<Value = String> {
    let words = [
        "NaN",
        "inf",
        "-inf",
        "1e309",
        "-1e308",
        "1e-320",
        "-0",
        "0",
        "-1",
        "1",
        "2",
        "3",
        "8",
        "60",
        "61",
        "0.5",
        "1e6",
        "999999.999999",
        "-1e6",
        "1000001",
        "1000000000",
        "2147483648",
        "4294967296",
        "18446744073709551616",
        "(",
        ")",
        "",
        "x",
        "1 1",
        "\n",
        "é",
        "9999999",
        "1e+07",
        "EOF",
        "NUM_DAYS:",
        "DISTANCE: 1e6\n",
        "DEMAND_SECTION\n",
    ];
    prop_oneof![
        4 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => any::<f64>().prop_map(|number| number.to_string()),
        1 => any::<i32>().prop_map(|number| number.to_string()),
        1 => Just("9".repeat(2_000)),
    ]
}

/// The text with some of its words replaced.
fn with_words(text: &str, changes: &[(prop::sample::Index, String)]) -> String {
    let mut lines: Vec<Vec<String>> =
        text.lines().map(|line| line.split_whitespace().map(str::to_owned).collect()).collect();
    for (place, word) in changes {
        let words: usize = lines.iter().map(Vec::len).sum();
        let nth = place.index(words);
        if let Some(changed) = lines.iter_mut().flatten().nth(nth) {
            changed.clone_from(word);
        }
    }
    lines.iter().map(|line| line.join(" ") + "\n").collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn hostile_words_anywhere_do_no_harm(
        text in instance(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), hostile_word()), 1..4),
        solution in prop::collection::vec(hostile_word(), 0..12),
    ) {
        let words = solution.join(" ");
        read(&with_words(&text, &changes), &words);
        read(&text, &format!("Route #1: {words}"));
        read(&text, &format!("1 1 1 1 {words}"));
        let stops = solution.join(", ");
        read_convrp(&routing::convrp(1), &format!(r#"{{"days":[{{"routes":[{{"driver":0,"stops":[{stops}]}}]}}]}}"#));
        let depart = solution.first().map_or("0", String::as_str);
        let driver = solution.last().map_or("0", String::as_str);
        let route = format!(r#"{{"driver":"{driver}","stops":[1,2,1,3],"depart":{depart}}}"#);
        read_convrp(&routing::convrp(2), &format!(r#"{{"days":[{{"routes":[{route}, {route}]}}]}}"#));
    }

    #[test]
    fn a_cut_instance_is_read_or_refused(text in instance(), cut in any::<prop::sample::Index>()) {
        read(&text[..cut.index(text.len())], "");
    }

    #[test]
    fn lines_in_another_order_do_no_harm(
        text in instance(), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()
    ) {
        let mut lines: Vec<&str> = text.lines().collect();
        let (a, b) = (a.index(lines.len()), b.index(lines.len()));
        lines.swap(a, b);
        read(&lines.join("\n"), "");
    }

    #[test]
    fn any_text_does_no_harm(text in any::<String>(), solution in any::<String>()) {
        read(&text, &solution);
        read(&routing::cordeau(8, 1), &text);
        read(&routing::solomon(1), &text);
        read(&routing::convrp(1), &text);
    }
}

#[test]
fn numbers_at_their_bounds_are_planned_or_refused() {
    for kind in [1, 2, 5, 6, 8, 9] {
        let text = if kind == 9 { routing::convrp(3) } else { routing::cordeau(kind, 3) };
        // Everything after the first line as large as may be, then each column alone.
        for column in 0..12 {
            for value in ["1000000", "-1000000", "999999.99", "0.000001", "1000000000"] {
                let changed: Vec<String> = text
                    .lines()
                    .enumerate()
                    .map(|(at, line)| {
                        let mut words: Vec<&str> = line.split_whitespace().collect();
                        if at > 0 && column < words.len() {
                            words[column] = value;
                        }
                        words.join(" ")
                    })
                    .collect();
                read(&changed.join("\n"), "");
            }
        }
    }
}
