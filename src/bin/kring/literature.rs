//! `kring solve` and `kring check` on instances of vehicle routing: routes instead of a week.

use crate::args::{Check, Format, Objective, Rounding, Solve};
use crate::library::{self, Cancel, Routes, solomon};
use crate::output::{note, print};
use crate::progress::Line;
use crate::solve::{Run, options, stop_at_ctrl_c};
use crate::{Ending, Failure, files};
use serde::Serialize;

/// The object that `--json` of `solve` prints.
#[derive(Serialize)]
struct Solved {
    cost: Cost,
    unplanned: usize,
    vehicles: usize,
    indicators: serde_json::Map<String, serde_json::Value>,
    bound: Option<f64>,
    gap: Option<f64>,
    run: Run,
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
}

fn cost(distance: f64) -> Cost {
    Cost { total: distance, unit: "distance", terms: Terms { travel: distance } }
}

pub fn solve(asked: &Solve, text: &str) -> Result<Ending, Failure> {
    let wrong = |error| files::failure(&asked.file, &error);
    let instance = solomon::read(text).map_err(wrong)?;
    let rounding = rounding(asked.literature.rounding);
    if asked.literature.objective == Some(Objective::Vehicles) {
        return Err(Failure("--objective vehicles: not yet".to_owned()));
    }
    let problem = instance.problem(rounding).map_err(wrong)?;
    let cancel = Cancel::default();
    stop_at_ctrl_c(&cancel);
    let asked_options = options(asked);
    let mut line = Line::distance(asked_options.seconds, instance.ticks_per_unit(rounding));
    let found = library::solve_routes(&problem, &asked_options, &cancel, |progress| line.show(progress))
        .map_err(wrong)?;
    line.end();
    if cancel.is_cancelled() {
        note("kring: stopped; these are the best routes so far");
    }
    let worth = solomon::evaluate(&instance, rounding, &found.routes);
    print(&answer(asked, &found, &worth)?);
    if let Some(out) = &asked.out {
        files::write(out, &solomon::write(&instance, rounding, &found.routes))?;
    }
    let left_out = asked.strict && worth.unplanned > 0;
    Ok(if left_out { Ending::NotAll } else { Ending::Done })
}

fn answer(asked: &Solve, found: &Routes, worth: &solomon::Evaluation) -> Result<String, Failure> {
    if asked.pages.json {
        let solved = Solved {
            cost: cost(worth.distance),
            unplanned: worth.unplanned,
            vehicles: worth.vehicles,
            indicators: serde_json::Map::new(),
            bound: None,
            gap: None,
            run: Run::of(&found.run),
        };
        return serde_json::to_string(&solved).map_err(|why| Failure(why.to_string()));
    }
    Ok(summary(worth))
}

fn summary(worth: &solomon::Evaluation) -> String {
    format!("Distance {:.1}, {} vehicles, {} left out\n", worth.distance, worth.vehicles, worth.unplanned)
}

pub fn check(asked: &Check, text: &str) -> Result<Ending, Failure> {
    let instance = solomon::read(text).map_err(|error| files::failure(&asked.file, &error))?;
    let rounding = rounding(asked.literature.rounding);
    let plan = files::text_of(&asked.plan)?;
    let routes =
        solomon::read_routes(&instance, &plan).map_err(|error| files::failure(&asked.plan, &error))?;
    let worth = solomon::evaluate(&instance, rounding, &routes);
    let clean = worth.violations.is_empty();
    print(&if asked.pages.json {
        let checked = Checked {
            clean,
            cost: cost(worth.distance),
            unplanned: worth.unplanned,
            vehicles: worth.vehicles,
            violations: worth.violations,
        };
        serde_json::to_string(&checked).map_err(|why| Failure(why.to_string()))?
    } else {
        let each: String = worth.violations.iter().map(|found| format!("  {found}\n")).collect();
        let verdict = if clean { "Clean: no rule is broken." } else { "Not clean:" };
        format!("{verdict}\n{each}{}", summary(&worth))
    });
    Ok(if clean { Ending::Done } else { Ending::NotAll })
}

fn rounding(asked: Option<Rounding>) -> solomon::Rounding {
    match asked {
        Some(Rounding::Double) => solomon::Rounding::Double,
        Some(Rounding::Dimacs) | None => solomon::Rounding::Dimacs,
    }
}

/// Whether a format is one of vehicle routing.
pub fn has(format: Format) -> bool {
    format == Format::Solomon
}
