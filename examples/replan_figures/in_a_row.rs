//! Events one after the other, each replanned when it is known, beside one replan that knows all of them.

use super::{Chance, KINDS, Size, Team, event, replanned};
use kring::model::{Events, Plan};
use kring::{Options, check, prepare, solve};
use std::path::Path;

/// Costs in minutes of a plan made event by event, of one replan that knows all of them, and of one made from scratch: with the
/// prices of all changes of the first plan (not from scratch), and without.
#[derive(Default)]
struct InARow {
    one_by_one: [f64; 2],
    at_once: [f64; 2],
    scratch: f64,
}

/// Events in a row, each planned when it is known, beside one plan that knows all of them.
pub fn in_a_row(teams: &[Team], size: Size) -> kring::Result<()> {
    println!(
        "\n{} rows of {} events; costs in minutes, summed: with the prices of all changes of the first plan, and without",
        size.rows, size.events
    );
    println!(
        "| sample | with changes: one by one | all known | one by one beside that | least and most | without: one by one | all known | from scratch |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for team in teams {
        let (mut sum, mut ratios) = (InARow::default(), Vec::new());
        for number in 0..size.rows {
            let row = one_row(team, size, &mut Chance(11 + number))?;
            ratios.push(row.one_by_one[0] / row.at_once[0]);
            for with in 0..2 {
                sum.one_by_one[with] += row.one_by_one[with];
                sum.at_once[with] += row.at_once[with];
            }
            sum.scratch += row.scratch;
        }
        ratios.sort_by(f64::total_cmp);
        let dearer = |ratio: f64| 100.0 * (ratio - 1.0);
        let (InARow { one_by_one, at_once, scratch }, name) = (sum, team.name);
        println!(
            "| {name} | {:.0} | {:.0} | {:+.1} % | {:+.1}, {:+.1} % | {:.0} | {:.0} | {scratch:.0} |",
            one_by_one[0],
            at_once[0],
            dearer(one_by_one[0] / at_once[0]),
            dearer(ratios.first().copied().unwrap_or(1.0)),
            dearer(ratios.last().copied().unwrap_or(1.0)),
            one_by_one[1],
            at_once[1]
        );
    }
    Ok(())
}

/// One row of events.
fn one_row(team: &Team, size: Size, chance: &mut Chance) -> kring::Result<InARow> {
    let (mut document, mut plan) = (team.document.clone(), team.plan.clone());
    let mut all = Vec::new();
    let options = Options::default().with_iterations(size.in_a_row);
    for number in 0..size.events {
        let kinds: Vec<&str> = KINDS.into_iter().filter(|kind| *kind != "nurse_back").collect();
        let kind = kinds[number % kinds.len()];
        let (event, _) = event(team, &document, &plan, kind, chance, number);
        let events = Events::new(None, vec![event]);
        // What an earlier event did away with cannot happen again.
        let Ok((made, _)) = events.apply(&document, &plan) else { continue };
        // Nor what the plan that knows all of them could not be told, because a visit of a client who was not published has no day
        // yet, or would be told otherwise: a visit that was on that day in the first plan only, or has come to it since.
        let known = Events::new(None, all.iter().chain(&events.events).cloned().collect());
        let at_once = known.apply(&team.document, &team.plan);
        if made.validate().is_err() || at_once.map_or(true, |(at_once, _)| at_once != made) {
            continue;
        }
        let Ok(again) = replanned(team, &document, &plan, &events, &options) else { continue };
        (document, plan) = (again.planner.problem().document().clone(), again.outcome.plan);
        all.extend(events.events);
    }
    let iterations = size.in_a_row * all.len().max(1) as u64;
    let options = Options::default().with_iterations(iterations);
    let known = replanned(team, &team.document, &team.plan, &Events::new(None, all), &options)?;
    let problem = prepare(&document, Path::new("."))?;
    let scratch = solve(&problem, &options)?;
    let minutes = |problem, plan: &Plan| -> kring::Result<f64> {
        Ok(check(problem, plan)?.cost.total() as f64 / 60_000.0)
    };
    // What the one plan that knows all of them was made for: the first plan, and what it costs to change it.
    let both = |plan: &Plan| -> kring::Result<[f64; 2]> {
        Ok([minutes(known.planner.problem(), plan)?, minutes(&problem, plan)?])
    };
    Ok(InARow {
        one_by_one: both(&plan)?,
        at_once: both(&known.outcome.plan)?,
        scratch: minutes(&problem, &scratch.plan)?,
    })
}
