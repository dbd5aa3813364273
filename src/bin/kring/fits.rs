//! `kring fits`.

use crate::args::Fits;
use crate::ending::{Ending, Failure};
use crate::files::{self, EventsFile};
use crate::library::{self, Cancel, Fit, Published, Report, Unplanned};
use crate::opened::{Opened, warn_of};
use crate::output::{note, print, warn};
use crate::preparing::saying;
use crate::run::stop_at_ctrl_c;
use std::fmt::Write;

pub fn run(asked: &Fits) -> Result<Ending, Failure> {
    let mut opened = Opened::new(&asked.of)?;
    let mut now = None;
    // A plan whose people, care lines or shifts are not those of the document is refused; one that only breaks rules is not.
    if let Some(file) = &asked.events {
        let (document, folder) = (&opened.neighbourhood.document, &opened.neighbourhood.folder);
        let problem = saying("preparing", || library::prepare(document, folder))
            .map_err(|error| files::failure(&asked.of.file, &error))?;
        Report::new(&problem, &opened.plan).map_err(|error| opened.wrong(&error))?;
        let document = &mut opened.neighbourhood.document;
        let read = EventsFile::read(file)?;
        warn(&read.warnings(document, &opened.plan).unwrap_or_default());
        let applied = read.events.apply(document, &opened.plan).map_err(|error| read.wrong(error))?;
        (*document, opened.plan) = applied;
        now = read.events.now;
    }
    let wrong = |error| files::failure(asked.events.as_ref().unwrap_or(&asked.of.file), &error);
    let (document, folder) = (&opened.neighbourhood.document, &opened.neighbourhood.folder);
    let problem = saying("preparing", || library::prepare(document, folder)).map_err(wrong)?;
    warn(&problem.document().warnings());
    let plan = &opened.plan;
    // (What events break is why somebody asks.)
    if asked.events.is_none() {
        let report = saying("checking the plan", || Report::new(&problem, plan));
        let report = report.map_err(|error| opened.wrong(&error))?;
        warn_of(report.checked(), "Mend it first: 'kring solve --start'");
    }
    // People were told this plan, so that what moves in it has the price of a change.
    let problem = problem.with_published(&Published::new(plan.clone(), now));
    let planner = library::Planner::new(problem);
    let (client, care, cancel) = (asked.client.as_str(), asked.care.as_deref(), Cancel::default());
    stop_at_ctrl_c(&cancel);
    let left_out = planner.left_out(plan, client, care, &cancel).map_err(|error| opened.wrong(&error))?;
    let found = saying("looking for places", || planner.fits(plan, client, care, &cancel))
        .map_err(|error| opened.wrong(&error))?;
    let is_stopped = cancel.is_cancelled();
    if is_stopped {
        note("kring: stopped; these are the places so far");
    }
    // (Of a visit that was not come to nothing is known.)
    let has_place = |number: u32| is_stopped || found.iter().any(|fit| fit.visit == number);
    let without: Vec<&Unplanned> =
        (0..).zip(&left_out).filter(|(number, _)| !has_place(*number)).map(|(_, visit)| visit).collect();
    let text = if asked.json {
        serde_json::to_string(&serde_json::json!({ "left_out": left_out, "fits": found }))
            .map_err(|why| Failure(why.to_string()))?
    } else if left_out.is_empty() {
        "The plan makes every visit that was asked for: there is nothing to place.\n".to_owned()
    } else {
        in_words(&found, &without, usize::from(asked.most), asked.events.is_some())
    };
    print(&text)?;
    Ok(if without.is_empty() { Ending::Done } else { Ending::NotAll })
}

/// The cheapest places of each visit that is left out, a line each, and the visits that have none.
fn in_words(found: &[Fit], without: &[&Unplanned], most: usize, has_events: bool) -> String {
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
    for Unplanned { client, care, date, .. } in without {
        let _ = writeln!(
            text,
            "{client} {care} on {date}: no place, not even with one or two other visits moved"
        );
    }
    if !without.is_empty() {
        text += match has_events {
            true => "'kring replan' with these events, then 'kring explain --unplanned', says why.\n",
            false => "'kring explain --unplanned' says why.\n",
        };
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
    let _ = match terms.is_empty() {
        true => writeln!(text),
        false => writeln!(text, " ({})", terms.join(", ")),
    };
}
