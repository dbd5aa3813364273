//! What is too much ends in time, and is told in a bounded number of words.

#[cfg(feature = "cli")]
#[path = "common/folder.rs"]
#[allow(dead_code)]
mod folder;

use kring::data::starter::starter;
use kring::data::text::Form;
use kring::jiff::civil::date;
use kring::model::explanation::Relaxation;
use kring::model::plan::Stop;
use kring::{Cancel, Document, Options, Planner, Problem, StopReason, check, prepare, read_document};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

fn team() -> Problem {
    let text = starter(Form::Json, date(2026, 3, 2)).expect("a starter");
    prepare(&read_document(&text).expect("a document"), Path::new(".")).expect("a problem")
}

#[test]
fn the_stops_of_a_start_plan_repeated_are_named_up_to_a_thousand() {
    let planner = Planner::new(team());
    let options = Options::default().with_iterations(20).with_workers(1);
    let plan = planner.solve(&options, None, &Cancel::new(), |_| {}).expect("a plan").plan;
    let mut repeated = plan.clone();
    let stops: Vec<Stop> = repeated.tours.iter().flat_map(|tour| tour.stops.clone()).collect();
    repeated.tours[0].stops = stops.into_iter().cycle().take(5_000).collect();
    let checked = check(planner.problem(), &repeated).expect("a second opinion");
    assert!(checked.violations.len() > 1_000);
    let again = planner.solve(&options, Some(&repeated), &Cancel::new(), |_| {}).expect("a plan");
    assert_eq!(again.broken.len(), 1_001);
    assert!(again.broken[1_000].problem.ends_with(" more such parts"), "{}", again.broken[1_000]);
    assert!(check(planner.problem(), &again.plan).expect("a second opinion").is_clean());
}

#[test]
fn a_plan_has_no_more_than_twenty_thousand_reasons() {
    let nurses: Vec<Value> = (0..100)
        .map(|number| json!({"id": format!("n{number}"), "home": {"index": 0}, "shifts": []}))
        .collect();
    let lines: Vec<Value> = (0..8)
        .map(|number| json!({"id": format!("{number}"), "days": "daily", "minutes": 5, "window": {"from": "08:00", "to": "09:00"}}))
        .collect();
    let document = json!({
        "kring": 1, "horizon": {"first_day": "2026-03-02", "days": 60}, "nurses": nurses,
        "clients": [{"id": "c", "location": {"index": 0}, "care": lines}], "travel": {"matrix": {"bicycle": [[0]]}}
    });
    let document: Document = serde_json::from_value(document).expect("a document");
    let problem = prepare(&document, Path::new(".")).expect("a problem");
    let plan = kring::solve(&problem, &Options::default().with_iterations(1)).expect("a plan").plan;
    assert_eq!(plan.unplanned.len(), 480);
    let reasons: usize = plan.unplanned.iter().map(|visit| visit.reasons.len()).sum();
    assert_eq!(reasons, 20_000);
}

#[test]
fn a_limit_that_is_over_at_once_leaves_every_visit_out() {
    let planner = Planner::new(team());
    let options = Options::default().with_seconds(1e-9);
    let outcome = planner.solve(&options, None, &Cancel::new(), |_| {}).expect("a plan");
    assert_eq!(outcome.run.stop, StopReason::Time);
    assert_eq!(outcome.plan.unplanned.len(), planner.problem().visit_count());
    assert!(check(planner.problem(), &outcome.plan).expect("a second opinion").is_clean());
    // Nothing of it stays with the planner.
    let options = Options::default().with_iterations(50).with_workers(1);
    let outcome = planner.solve(&options, None, &Cancel::new(), |_| {}).expect("a plan");
    assert!(outcome.plan.unplanned.is_empty());
}

#[test]
fn the_searches_for_the_price_of_a_rule_share_one_limit() {
    let planner = Planner::new(team());
    let options = Options::default().with_iterations(20).with_workers(1);
    let plan = planner.solve(&options, None, &Cancel::new(), |_| {}).expect("a plan").plan;
    let begin = Instant::now();
    let options = Options::default().with_seconds(2.0).with_threads(1);
    let priced = planner.price_of_rule(&plan, Relaxation::Competence, &options, None, &Cancel::new(), |_| {});
    assert!(!priced.expect("a price").stopped);
    // Three searches of two seconds each would take six.
    let taken = begin.elapsed();
    assert!(taken < Duration::from_secs(5), "{taken:?}");
}

/// A document that arrives six seconds after a command with a limit of eight seconds began: hardly any time is left for the search.
#[cfg(feature = "cli")]
#[test]
fn limits_count_from_the_start_of_the_command() {
    use std::io::Write;
    use std::process::Stdio;
    let folder = folder::Folder::new("limits");
    folder.kring("generate village --nurses 4 --clients 12 --days 5 --out village.json", 0);
    folder.kring("solve village.json --iterations 50 --threads 1 --lenient --out plan.json", 0);
    let village = std::fs::read_to_string(folder.file("village.json")).expect("a document");
    let events = "kring_events: 1\nevents: []\n";
    std::fs::write(folder.file("events.yaml"), events).expect("a file");
    let routes = "SMALL\n\nVEHICLE\nNUMBER CAPACITY\n2 10\n\nCUSTOMER\nCUST NO. XCOORD. YCOORD. DEMAND\n\n\
                  0 0 0 0 0 100 0\n1 3 4 5 0 100 1\n2 6 8 5 20 22 1\n3 1 1 4 0 100 2\n";
    // Whether the answer says how long the search took.
    let commands = [
        ("solve - --lenient --json", village.as_str(), true),
        ("solve - --json", routes, true),
        ("solve - --objective vehicles --json", routes, true),
        ("circles - --json", &village, false),
        ("replan - plan.json --events events.yaml --json", &village, true),
        ("alternatives - plan.json --json", &village, false),
        ("standins - plan.json --iterations 1000000000 --json", &village, false),
        ("explain - plan.json --rule competence --json", &village, false),
    ];
    let begin = Instant::now();
    let started = commands.map(|(line, text, has_run)| {
        let threads = if line.starts_with("circles") { "" } else { " --threads 1" };
        let mut command = folder::command(&folder.0, &format!("{line} --seconds 8{threads}"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        (line, text, has_run, command.spawn().expect("kring starts"))
    });
    std::thread::sleep(Duration::from_secs(6));
    let fed = started.map(|(line, text, has_run, mut child)| {
        child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("a reader");
        (line, has_run, child)
    });
    for (line, has_run, child) in fed {
        let output = child.wait_with_output().expect("an end");
        let taken = begin.elapsed();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "kring {line}\n{said}");
        // A limit that counts from the end of reading would be over after fourteen seconds. (Eight programs at once on a busy machine
        // may be late by some seconds.)
        assert!(taken < Duration::from_millis(13_500), "kring {line}: {taken:?}\n{said}");
        if has_run {
            let answer: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
            let seconds = answer["run"]["seconds"].as_f64().expect("seconds");
            assert!(seconds < 6.0, "kring {line}: {seconds} s of search");
        }
    }
}
