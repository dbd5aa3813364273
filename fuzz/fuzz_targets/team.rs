//! Any bytes as fields of a small team's document (its own, a nurse's, a client's, a care line's, parted by `%`): an error, or a document
//! of which the plan is found sound, and as dear as the search says, by the second opinion.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run team -- -dict=fuzz/json.dict -max_len=400 -max_total_time=300`

#![no_main]

use kring::{Cancel, Options, Planner, check, prepare, read_document};
use libfuzzer_sys::fuzz_target;
use std::path::Path;

/// Most visits times shifts that are planned: more take long, and find nothing that fewer do not.
const MOST: usize = 2_000;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut parts = text.split('%').map(|part| if part.trim().is_empty() { String::new() } else { format!(",{part}") });
    let [own, nurse, client, care] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    let text = format!(
        r#"{{"kring": 1, "horizon": {{"first_day": "2026-03-23", "days": 14, "time_zone": "Europe/Amsterdam"}},
        "travel": {{"matrix": {{"bicycle": [[0, 300, 600], [300, 0, 300], [600, 300, 0]]}}}},
        "nurses": [
          {{"id": "n1", "home": {{"index": 0}}, "shifts": [{{"date": "2026-03-23", "start": "07:00", "end": "12:00"}}]{nurse}}},
          {{"id": "n2", "home": {{"index": 1}}, "shifts": [{{"date": "2026-03-29", "start": "00:00", "end": "06:00"}}]}}],
        "clients": [
          {{"id": "c1", "location": {{"index": 1}}{client}, "care": [{{"id": "wash", "minutes": 30, "days": "daily",
            "window": {{"from": "08:00", "to": "10:00"}}}}]}},
          {{"id": "c2", "location": {{"index": 2}}, "care": [{{"id": "help", "minutes": 45{care}}}]}}]{own}}}"#
    );
    let document = match read_document(&text) {
        Ok(document) => document,
        Err(error) => return assert!(!error.mistakes().is_empty()),
    };
    document.warnings();
    let problem = match prepare(&document, Path::new(".")) {
        Ok(problem) => problem,
        Err(error) => return assert!(!error.mistakes().is_empty()),
    };
    if problem.visit_count() * problem.shift_count() > MOST {
        return;
    }
    let options = Options::default().with_iterations(5).with_threads(1);
    let outcome = Planner::new(problem.clone()).solve(&options, None, &Cancel::new(), |_| {}).expect("a plan");
    let checked = check(&problem, &outcome.plan).expect("a plan of this document");
    assert_eq!(checked.cost, outcome.cost);
    let missed = outcome.plan.missed.len();
    assert!(checked.violations.len() <= missed, "{:?}", checked.violations);
});
