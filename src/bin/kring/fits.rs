//! `kring fits`.

use crate::args::Fits;
use crate::ending::{Ending, Failure};
use crate::files::{self, EventsFile};
use crate::library::{self, Cancel, Fit, Published};
use crate::opened::Opened;
use crate::output::{note, print, warn};
use crate::preparing::saying;
use crate::run::stop_at_ctrl_c;
use std::fmt::Write;

pub fn run(asked: &Fits) -> Result<Ending, Failure> {
    let mut opened = Opened::new(&asked.of)?;
    let mut now = None;
    let document = &mut opened.neighbourhood.document;
    if let Some(file) = &asked.events {
        let read = EventsFile::read(file)?;
        warn(&read.warnings(document, &opened.plan).unwrap_or_default());
        let applied = read.events.apply(document, &opened.plan).map_err(|error| read.wrong(error))?;
        (*document, opened.plan) = applied;
        now = read.events.now;
    }
    let wrong = |error| files::failure(asked.events.as_ref().unwrap_or(&asked.of.file), &error);
    let folder = &opened.neighbourhood.folder;
    let problem = saying("preparing", || library::prepare(document, folder)).map_err(wrong)?;
    warn(&problem.document().warnings());
    let plan = &opened.plan;
    // People were told this plan, so that what moves in it has the price of a change.
    let problem = problem.with_published(&Published::new(plan.clone(), now));
    let planner = library::Planner::new(problem);
    let (client, care, cancel) = (asked.client.as_str(), asked.care.as_deref(), Cancel::default());
    stop_at_ctrl_c(&cancel);
    let left_out = planner.left_out(plan, client, care, &cancel).map_err(|error| opened.wrong(&error))?;
    let found = saying("looking for places", || planner.fits(plan, client, care, &cancel))
        .map_err(|error| opened.wrong(&error))?;
    if cancel.is_cancelled() {
        note("kring: stopped; these are the places so far");
    }
    let is_any = !left_out.is_empty();
    let text = if asked.json {
        serde_json::to_string(&serde_json::json!({ "left_out": left_out, "fits": found }))
            .map_err(|why| Failure(why.to_string()))?
    } else {
        in_words(&found, is_any, usize::from(asked.most))
    };
    print(&text)?;
    Ok(if found.is_empty() && is_any { Ending::NotAll } else { Ending::Done })
}

/// The cheapest places of each care line, a line each.
fn in_words(found: &[Fit], is_any: bool, most: usize) -> String {
    if found.is_empty() {
        return match is_any {
            true => {
                "No place for what the plan leaves out, not even with one or two other visits moved. \
                'kring explain --unplanned' says why.\n"
            }
            false => "The plan makes every visit that was asked for: there is nothing to place.\n",
        }
        .to_owned();
    }
    let mut text = String::new();
    for of_visit in found.chunk_by(|a, b| a.visit == b.visit) {
        let one_day = of_visit.iter().all(|fit| fit.date == of_visit[0].date);
        let on =
            if one_day { format!(" on {}", of_visit[0].date) } else { ", on one of its days".to_owned() };
        let _ = writeln!(text, "{} {}{on}", of_visit[0].client, of_visit[0].care);
        of_visit.iter().take(most).for_each(|fit| place_in_words(fit, &mut text));
        if of_visit.len() > most {
            let _ = writeln!(text, "  and {} more: --most", of_visit.len() - most);
        }
    }
    text
}

/// A place on a line.
fn place_in_words(fit: &Fit, text: &mut String) {
    let start = fit.start.to_string();
    let _ = write!(
        text,
        "  {} {} with {}: {:.1} minutes, {:+.1} on the road{}",
        fit.date,
        start.get(11..16).unwrap_or(&start),
        fit.nurse,
        fit.price() as f64 / 60_000.0,
        fit.road_seconds as f64 / 60.0,
        if fit.face { ", a face more" } else { "" }
    );
    for moved in &fit.moves {
        let ((from, _), (to, start)) = (&moved.before, &moved.after);
        let time = start.to_string();
        let time = time.get(11..16).unwrap_or(&time);
        let _ = write!(text, ", {} {} moves from {from} to {to} {time}", moved.client, moved.care);
    }
    let terms = fit.cost.iter().filter(|(term, cost)| *cost != 0 && term.name() != "unplanned");
    let terms: Vec<String> =
        terms.map(|(term, cost)| format!("{} {:+.1}", term.name(), cost as f64 / 60_000.0)).collect();
    let _ = writeln!(text, " ({})", terms.join(", "));
}
