//! What fuzzing and oracles found, so that it stays mended. Seeds name neighbourhoods of `common/random.rs`.

use crate::random;
use kring::{Options, check, prepare, solve};
use std::path::Path;

/// While the first plan was built, the price of a nurse's hours was that of before her other tours of the week
/// changed: the cost of an insertion was not the change of cost.
#[test]
fn the_first_plan_counts_the_hours_of_a_nurses_other_tours() {
    let document = random::document(59_539);
    let problem = prepare(&document, Path::new(".")).expect("a problem");
    let outcome = solve(&problem, &Options::default().with_iterations(1)).expect("an outcome");
    let checked = check(&problem, &outcome.plan).expect("a plan that can be checked");
    assert!(checked.is_clean(), "{:#?}", checked.violations);
    assert_eq!(checked.cost, outcome.cost);
}
