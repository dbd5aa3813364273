//! A nurse falls ill: last night's plan is the start, what no longer fits is planned anew.

use kring::model::document::Absence;
use kring::{Cancel, Options, Planner, prepare, read_document, solve};
use std::path::Path;

pub fn main() -> kring::Result<()> {
    let mut document = read_document(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/neighbourhoods/village.json"
    )))?;
    let options = Options::default().with_iterations(5_000);
    let evening = solve(&prepare(&document, Path::new("."))?, &options)?;

    let ill = evening.plan.tours[0].nurse.clone();
    let today = evening.plan.tours[0].shift.date();
    document.agreements.absences.push(Absence::new(ill.clone(), today, today));

    let problem = prepare(&document, Path::new("."))?;
    let morning =
        Planner::new(problem.clone()).solve(&options, Some(&evening.plan), &Cancel::new(), |_| {})?;
    for lost in &morning.broken {
        println!("{lost}");
    }
    assert!(!morning.broken.is_empty());
    assert!(morning.plan.tours.iter().all(|tour| tour.nurse != ill || tour.shift.date() != today));
    println!("{} visits left out after the change", morning.plan.unplanned.len());
    Ok(())
}
