//! Any bytes as a plan of the team of `kring new`: an error, or a second opinion, a report, and a search that goes on from it to a sound
//! plan.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run check -- -dict=fuzz/json.dict -max_total_time=300`

#![no_main]

#[path = "../common/mod.rs"]
mod common;

use kring::{Cancel, Options, Planner, Report, check, read_plan};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

fuzz_target!(|bytes: &[u8]| {
    static PLANNER: OnceLock<Planner> = OnceLock::new();
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(plan) = read_plan(text) else { return };
    let (problem, _) = common::planned();
    let Ok(checked) = check(problem, &plan) else { return };
    if let Ok(report) = Report::new(problem, &plan) {
        assert_eq!(report.checked().cost, checked.cost);
        let _ = (report.week_view(1).map(|week| week.to_string()), report.summary_view().to_string());
    }
    let planner = PLANNER.get_or_init(|| Planner::new(problem.clone()));
    let options = Options::default().with_iterations(1).with_threads(1);
    let outcome = planner.solve(&options, Some(&plan), &Cancel::new(), |_| {}).expect("a plan of the document");
    let checked = check(problem, &outcome.plan).expect("a plan of this document");
    assert!(checked.is_clean(), "{:?}", checked.violations);
    assert_eq!(checked.cost, outcome.cost);
});
