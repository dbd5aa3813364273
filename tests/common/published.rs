//! A plan that people were told.

use kring::model::Plan;
use kring::{Document, Options, Problem, prepare, solve};
use std::path::Path;

/// The problem of a document, and its plan after 300 iterations.
pub fn published(document: &Document, seed: u64) -> (Problem, Plan) {
    let problem = prepare(document, Path::new(".")).expect("a neighbourhood");
    let options = Options::default().with_iterations(300).with_seed(seed);
    let plan = solve(&problem, &options).expect("an outcome").plan;
    (problem, plan)
}
