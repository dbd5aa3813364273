//! A service that shows progress and lets people stop: the best plan so far is kept.

use kring::{Cancel, Options, Planner, StopReason, prepare, read_document};
use std::path::Path;
use std::time::Duration;

pub fn main() -> kring::Result<()> {
    let document = read_document(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/neighbourhoods/village.json"
    )))?;
    let problem = prepare(&document, Path::new("."))?;

    let cancel = Cancel::new();
    let someone = cancel.clone();
    let waiting = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(900));
        someone.cancel();
    });
    let options = Options::default().with_seconds(60.0).with_threads(1);
    let outcome = Planner::new(problem.clone()).solve(&options, None, &cancel, |progress| {
        println!("{:.1} s: {} min", progress.seconds, progress.best.total() / 60_000);
    })?;
    let _ = waiting.join();

    assert_eq!(outcome.run.stop, StopReason::Cancelled);
    println!("{} tours after {:.1} s", outcome.plan.tours.len(), outcome.run.seconds);
    Ok(())
}
