//! `kring solve` and `kring check` on instances of vehicle routing: routes instead of a week.

use crate::args::{Check, Format, Literature, Objective, Pages, Solve};
use crate::ending::{Ending, Failure};
use crate::files;
use crate::instance::{Instance, Worth};
use crate::library::{self, Bound, Cancel, Routes, Run};
use crate::output::{note, print};
use crate::progress::Line;
use crate::proof::{Prove, search_and_prove, sentence};
use crate::run::{TimeLimit, options_of_solve, stop_at_ctrl_c};
use serde::Serialize;
use std::time::Instant;

/// The object that `--json` of `solve` prints.
#[derive(Serialize)]
struct Solved<'a> {
    cost: Cost,
    unplanned: usize,
    vehicles: usize,
    indicators: serde_json::Map<String, serde_json::Value>,
    bound: Option<f64>,
    gap: Option<f64>,
    run: &'a Run,
}

#[derive(Serialize)]
struct Cost {
    total: f64,
    unit: &'static str,
    terms: Terms,
}

#[derive(Serialize)]
struct Terms {
    travel: f64,
}

/// The object that `--json` of `check` prints.
#[derive(Serialize)]
struct Checked {
    clean: bool,
    violations: Vec<String>,
    cost: Cost,
    unplanned: usize,
    vehicles: usize,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    indicators: serde_json::Map<String, serde_json::Value>,
}

fn cost(distance: f64) -> Cost {
    Cost { total: distance, unit: "distance", terms: Terms { travel: distance } }
}

/// The time limit counts from `begin`, the start of the command.
pub fn solve(asked: &Solve, text: &str, format: Format, begin: Instant) -> Result<Ending, Failure> {
    let wrong = |error| files::failure(&asked.file, &error);
    if asked.bound && asked.literature.objective == Some(Objective::Vehicles) {
        let why = "--bound: proves how far a distance is from the best, and --objective vehicles counts \
                   vehicles first; leave one of them out";
        return Err(Failure(why.to_owned()));
    }
    let instance = Instance::read(text, format, &asked.literature).map_err(wrong)?;
    let problem = instance.problem().map_err(wrong)?;
    let cancel = Cancel::default();
    stop_at_ctrl_c(&cancel);
    let objective = match asked.literature.objective {
        Some(Objective::Vehicles) => library::Objective::Vehicles,
        Some(Objective::Distance) | None => library::Objective::Cost,
    };
    let mut options = options_of_solve(asked).with_objective(objective);
    let limit = TimeLimit::since(begin, options.seconds);
    options.seconds = limit.left();
    let before = limit.gone();
    let prove = |options: &library::BoundOptions, cancel: &Cancel, progress: &mut dyn FnMut(&Bound)| {
        library::bound_routes(&problem, options, cancel, progress)
    };
    let prove: Option<&Prove<'_>> = if instance.is_whole() { Some(&prove) } else { None };
    if asked.bound && prove.is_none() {
        note("kring: --bound: these distances are planned rounded up, which proves nothing of them");
    }
    let (found, bound) = search_and_prove(asked, &options, &cancel, prove, |options, proven| {
        let line = Line::distance(limit.seconds, instance.ticks_per_unit());
        let mut line = line.after(before).beside(proven);
        let found = library::solve_routes(&problem, options, &cancel, |progress| line.show(progress))
            .map_err(wrong)?;
        line.end();
        if cancel.is_cancelled() {
            note("kring: stopped; these are the best routes so far");
        }
        let worth = instance.evaluate(&found.routes);
        // Before the bound, which takes its time and can be killed.
        let written = asked.out.as_ref().map(|out| files::write(out, &instance.write(&found.routes)));
        let (cost, run) = (found.cost.total(), found.run.clone());
        Ok(((found, worth, written), cost, run))
    })?;
    let (found, worth, written) = found;
    // A tick of travel costs 1,000.
    let proof = bound.as_ref().map(|bound| (bound, bound.value as f64 / 1000.0 / instance.ticks_per_unit()));
    // Printed even where nothing could be written: a full disk must not take the answer with it.
    let printed = print(&answer(asked, &found, &worth, proof)?);
    written.transpose()?;
    printed?;
    let left_out = asked.strict && worth.unplanned > 0;
    Ok(if left_out { Ending::NotAll } else { Ending::Done })
}

/// `proof` is the bound, and the same as a distance.
fn answer(
    asked: &Solve,
    found: &Routes,
    worth: &Worth,
    proof: Option<(&Bound, f64)>,
) -> Result<String, Failure> {
    let cost_of_all = found.cost.total();
    if asked.pages.json {
        let solved = Solved {
            cost: cost(worth.distance),
            unplanned: worth.unplanned,
            vehicles: worth.vehicles,
            indicators: worth.indicators(),
            bound: proof.map(|(_, distance)| distance),
            gap: proof.and_then(|(bound, _)| bound.gap(cost_of_all)),
            run: &found.run,
        };
        return serde_json::to_string(&solved).map_err(|why| Failure(why.to_string()));
    }
    let proof = proof.map(|(bound, distance)| sentence(bound, cost_of_all, &format!("{distance:.1}")) + "\n");
    Ok(worth.summary() + &proof.unwrap_or_default())
}

pub fn check(asked: &Check, text: &str, format: Format) -> Result<Ending, Failure> {
    let instance = Instance::read(text, format, &asked.literature)
        .map_err(|error| files::failure(&asked.file, &error))?;
    let plan = files::text_of(&asked.plan)?;
    let worth = instance.check(&plan).map_err(|error| files::failure(&asked.plan, &error))?;
    let clean = worth.violations.is_empty();
    print(&if asked.pages.json {
        let checked = Checked {
            clean,
            cost: cost(worth.distance),
            unplanned: worth.unplanned,
            vehicles: worth.vehicles,
            indicators: worth.indicators(),
            violations: worth.violations,
        };
        serde_json::to_string(&checked).map_err(|why| Failure(why.to_string()))?
    } else {
        let each: String = worth.violations.iter().map(|found| format!("  {found}\n")).collect();
        let verdict = if clean { "Clean: no rule is broken." } else { "Not clean:" };
        format!("{verdict}\n{each}{}", worth.summary())
    })?;
    Ok(if clean { Ending::Done } else { Ending::NotAll })
}

/// Refuses options of another format than that of the file.
pub fn refuse_options(format: Format, asked: &Literature) -> Result<(), Failure> {
    match asked.given().find(|(_, belongs)| *belongs != format) {
        Some((option, belongs)) => Err(Failure(format!(
            "{option}: belongs to --format {}, and this file is {}; leave it out",
            belongs.name(),
            format.name()
        ))),
        None => Ok(()),
    }
}

/// Refuses options of neighbourhoods: routes have no days of a calendar, and no start from a plan yet.
pub fn refuse_pages(pages: &Pages, start: bool, circles: bool) -> Result<(), Failure> {
    let given = [
        (pages.day.is_some(), "--day"),
        (pages.week.is_some(), "--week"),
        (start, "--start"),
        (circles, "--circles"),
    ];
    match given.into_iter().find(|(given, _)| *given) {
        Some((_, option)) => Err(Failure(format!(
            "{option}: belongs to neighbourhoods, and this file is an instance of vehicle routing; leave it out"
        ))),
        None => Ok(()),
    }
}
