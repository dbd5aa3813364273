//! The first plan: read a document, search, ask what came out. The example on the front page.

use kring::{Options, Report, check, prepare, read_document, solve};
use std::path::Path;

pub fn main() -> kring::Result<()> {
    let document = read_document(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/neighbourhoods/village.json"
    )))?;
    let problem = prepare(&document, Path::new("."))?;
    let outcome = solve(&problem, &Options::default().with_iterations(20_000))?;

    // The second opinion recomputes every rule, price and indicator from the document and the plan.
    let checked = check(&problem, &outcome.plan)?;
    assert!(checked.is_clean());
    assert_eq!(checked.cost, outcome.cost);

    let report = Report::new(&problem, &outcome.plan)?;
    println!("{}", report.summary_view());
    Ok(())
}
