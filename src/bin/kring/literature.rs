//! `kring solve` and `kring check` on instances of vehicle routing: routes instead of a week.

use crate::args::{Check, Format, Literature, Objective, Pages, Rounding, Solve};
use crate::library::{self, Bound, Cancel, Error, Evaluation, Problem, Route, Routes, cordeau, solomon};
use crate::output::{note, print};
use crate::progress::Line;
use crate::proof::{prove, sentence};
use crate::solve::{Run, options, stop_at_ctrl_c};
use crate::{Ending, Failure, files};
use clap::ValueEnum;
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

/// An instance of vehicle routing in one of its forms.
enum Instance {
    Solomon(solomon::Instance, solomon::Rounding),
    Cordeau(cordeau::Instance),
}

impl Instance {
    fn read(text: &str, format: Format, asked: &Literature) -> Result<Self, Error> {
        if format == Format::Cordeau {
            return Ok(Instance::Cordeau(cordeau::read(text)?));
        }
        let rounding = match asked.rounding {
            Some(Rounding::Double) => solomon::Rounding::Double,
            Some(Rounding::Dimacs) | None => solomon::Rounding::Dimacs,
        };
        Ok(Instance::Solomon(solomon::read(text)?, rounding))
    }

    fn problem(&self) -> Result<Problem, Error> {
        match self {
            Instance::Solomon(instance, rounding) => instance.problem(*rounding),
            Instance::Cordeau(instance) => instance.problem(),
        }
    }

    /// Whether a distance is a whole number of ticks: what is proven in ticks is proven of distances.
    fn is_whole(&self) -> bool {
        matches!(self, Instance::Solomon(_, solomon::Rounding::Dimacs))
    }

    fn ticks_per_unit(&self) -> f64 {
        match self {
            Instance::Solomon(instance, rounding) => instance.ticks_per_unit(*rounding),
            Instance::Cordeau(instance) => instance.ticks_per_unit(),
        }
    }

    fn read_routes(&self, text: &str) -> Result<Vec<Route>, Error> {
        match self {
            Instance::Solomon(instance, _) => solomon::read_routes(instance, text),
            Instance::Cordeau(instance) => cordeau::read_routes(instance, text),
        }
    }

    fn evaluate(&self, routes: &[Route]) -> Evaluation {
        match self {
            Instance::Solomon(instance, rounding) => solomon::evaluate(instance, *rounding, routes),
            Instance::Cordeau(instance) => cordeau::evaluate(instance, routes),
        }
    }

    fn write(&self, routes: &[Route]) -> String {
        match self {
            Instance::Solomon(instance, rounding) => solomon::write(instance, *rounding, routes),
            Instance::Cordeau(instance) => cordeau::write(instance, routes),
        }
    }
}

pub fn solve(asked: &Solve, text: &str, format: Format) -> Result<Ending, Failure> {
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
    let asked_options = options(asked).with_objective(objective);
    let mut line = Line::distance(asked_options.seconds, instance.ticks_per_unit());
    let found = library::solve_routes(&problem, &asked_options, &cancel, |progress| line.show(progress))
        .map_err(wrong)?;
    line.end();
    if cancel.is_cancelled() {
        note("kring: stopped; these are the best routes so far");
    }
    let worth = instance.evaluate(&found.routes);
    // Before the bound, which takes its time and can be killed.
    let written = asked.out.as_ref().map(|out| files::write(out, &instance.write(&found.routes)));
    let bound = if instance.is_whole() {
        prove(asked, &problem, found.cost.total(), &found.run, &cancel).map_err(wrong)?
    } else {
        if asked.bound {
            note("kring: --bound: these distances are planned rounded up, which proves nothing of them");
        }
        None
    };
    // A tick of travel costs 1,000.
    let proof = bound.as_ref().map(|bound| (bound, bound.value as f64 / 1000.0 / instance.ticks_per_unit()));
    // Printed even where nothing could be written: a full disk must not take the answer with it.
    print(&answer(asked, &found, &worth, proof)?);
    written.transpose()?;
    let left_out = asked.strict && worth.unplanned > 0;
    Ok(if left_out { Ending::NotAll } else { Ending::Done })
}

/// `proof` is the bound, and the same as a distance.
fn answer(
    asked: &Solve,
    found: &Routes,
    worth: &Evaluation,
    proof: Option<(&Bound, f64)>,
) -> Result<String, Failure> {
    let cost_of_all = found.cost.total();
    if asked.pages.json {
        let solved = Solved {
            cost: cost(worth.distance),
            unplanned: worth.unplanned,
            vehicles: worth.vehicles,
            indicators: serde_json::Map::new(),
            bound: proof.map(|(_, distance)| distance),
            gap: proof.and_then(|(bound, _)| bound.gap(cost_of_all)),
            run: Run::of(&found.run),
        };
        return serde_json::to_string(&solved).map_err(|why| Failure(why.to_string()));
    }
    let proof = proof.map(|(bound, distance)| sentence(bound, cost_of_all, &format!("{distance:.1}")) + "\n");
    Ok(summary(worth) + &proof.unwrap_or_default())
}

fn summary(worth: &Evaluation) -> String {
    format!("Distance {:.2}, {} vehicles, {} left out\n", worth.distance, worth.vehicles, worth.unplanned)
}

pub fn check(asked: &Check, text: &str, format: Format) -> Result<Ending, Failure> {
    let instance = Instance::read(text, format, &asked.literature)
        .map_err(|error| files::failure(&asked.file, &error))?;
    let plan = files::text_of(&asked.plan)?;
    let routes = instance.read_routes(&plan).map_err(|error| files::failure(&asked.plan, &error))?;
    let worth = instance.evaluate(&routes);
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

/// Whether a format is one of vehicle routing.
pub fn has(format: Format) -> bool {
    matches!(format, Format::Solomon | Format::Cordeau)
}

/// Refuses options of another format than that of the file.
pub fn refuse_options(format: Format, asked: &Literature) -> Result<(), Failure> {
    match asked.given().find(|(_, belongs)| *belongs != format) {
        Some((option, belongs)) => Err(Failure(format!(
            "{option}: belongs to --format {}, and this file is {}; leave it out",
            name(belongs),
            name(format)
        ))),
        None => Ok(()),
    }
}

/// Refuses options of neighbourhoods: routes have no days of a calendar, and no start from a plan yet.
pub fn refuse_pages(pages: &Pages, start: bool) -> Result<(), Failure> {
    let given = [(pages.day.is_some(), "--day"), (pages.week.is_some(), "--week"), (start, "--start")];
    match given.into_iter().find(|(given, _)| *given) {
        Some((_, option)) => Err(Failure(format!(
            "{option}: belongs to neighbourhoods, and this file is an instance of vehicle routing; leave it out"
        ))),
        None => Ok(()),
    }
}

/// The name of a format on the command line.
pub fn name(format: Format) -> String {
    format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
