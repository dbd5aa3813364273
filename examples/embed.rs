//! kring within a program: a document built in code, a search that tells how it stands and can be stopped, another after a
//! change, and two at once on the same threads.

#[path = "common/team.rs"]
mod team;

use kring::jiff::civil::date;
use kring::model::document::Absence;
use kring::rayon::ThreadPoolBuilder;
use kring::{Cancel, Options, Planner, Report, StopReason};
use std::path::Path;
use std::sync::Arc;

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut document = team::team()?;
    // Where a road extract that the document names would be looked for.
    let base = Path::new(".");
    let planner = Planner::prepare(&document, base, &Cancel::new())?;

    // Clones of a token stop the same search: keep one behind a button. Here the search stops itself when it has a plan
    // with every visit. The best plan so far could be shown with `now.plan()`.
    let cancel = Cancel::new();
    let options = Options::default().with_seconds(60.0);
    let first = planner.solve(&options, None, &cancel, |now| {
        println!("{:.1} s: {} minutes, {} left out", now.seconds, now.best.total() / 60_000, now.unplanned);
        if now.unplanned == 0 {
            cancel.cancel();
        }
    })?;
    assert_eq!(first.run.stop, StopReason::Cancelled);
    assert!(first.plan.unplanned.is_empty());

    // A nurse is ill on Tuesday. The new search starts from the plan, without what no longer fits.
    let ill = date(2026, 3, 3);
    let absence = Absence::new("nurse-1", ill, ill);
    document.agreements.absences.push(absence);
    let changed = Planner::prepare(&document, base, &Cancel::new())?;
    let options = Options::default().with_iterations(1_000);
    let second = changed.solve(&options, Some(&first.plan), &Cancel::new(), |_| {})?;
    assert!(second.plan.tours.iter().all(|tour| tour.nurse != "nurse-1" || tour.shift.date() != ill));
    println!("{}", Report::new(changed.problem(), &second.plan)?.summary_view());

    // Two searches at once share two threads. The same seed and iterations give the same plans as one after the other.
    let pool = Arc::new(ThreadPoolBuilder::new().num_threads(2).build()?);
    let planners = [planner.with_pool(pool.clone()), changed.with_pool(pool)];
    let costs = std::thread::scope(|scope| {
        let search = |planner| {
            let options = &options;
            scope.spawn(move || Planner::solve(planner, options, None, &Cancel::new(), |_| {}))
        };
        planners
            .iter()
            .map(search)
            .collect::<Vec<_>>()
            .into_iter()
            .map(|running| running.join())
            .collect::<Vec<_>>()
    });
    for outcome in costs {
        println!("{} minutes", outcome.map_err(|_| "a search panicked")??.cost.total() / 60_000);
    }
    Ok(())
}
