//! `kring solve`.

use crate::args::{Format, Solve};
use crate::ending::{Ending, Failure};
use crate::files::{self, Neighbourhood};
use crate::library::{
    self, Attainable, Bound, BoundOptions, Cancel, Document, Outcome, Plan, Planner, Priority, ProgressPoint,
    Report, Run, Unplanned, Warning, homecare, json, plot,
};
use crate::output::{note, print, warn};
use crate::preparing::saying;
use crate::progress::Line;
use crate::proof::{search_and_prove, sentence};
use crate::run::{TimeLimit, options_of_solve, stop_at_ctrl_c};
use crate::{literature, report};
use jiff::ToSpan;
use serde::Serialize;
use std::time::{Duration, Instant};

/// Most parts of a broken plan to start from that are told.
const MOST_TOLD: usize = 20;

/// Time to compare with what is possible at most, where the time of the search is limited.
const COMPARING: Duration = Duration::from_millis(100);

/// The object that `--json` prints: the report, the bound and the run.
#[derive(Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    report: &'a Report<'a>,
    warnings: &'a [Warning],
    bound: Option<i64>,
    gap: Option<f64>,
    run: &'a Run,
}

pub fn run(asked: &Solve) -> Result<Ending, Failure> {
    let begin = Instant::now();
    let outs =
        [("--out", &asked.out), ("--report", &asked.report), ("--progress-plot", &asked.progress_plot)];
    files::can_write_all(outs, &[&asked.file])?;
    let text = files::text_of(&asked.file)?;
    let format = files::format_of(&text, asked.format)?;
    literature::refuse_options(format, &asked.literature)?;
    if format.is_routing() {
        literature::refuse_pages(&asked.pages, asked.start.is_some(), asked.circles)?;
        let drawn = [("--report", &asked.report), ("--progress-plot", &asked.progress_plot)];
        if let Some((option, _)) = drawn.iter().find(|(_, out)| out.is_some()) {
            return Err(Failure(format!(
                "{option} is for neighbourhoods, not for this format; leave it out"
            )));
        }
        return literature::solve(asked, &text, format, begin);
    }
    let neighbourhood = files::neighbourhood(&asked.file, &text, format)?;
    can_show(&asked.pages, &neighbourhood)?;
    let Found { planner, outcome, attainable, bound, written, page } = search(asked, &neighbourhood, begin)?;
    let warnings = &neighbourhood.warnings_of(planner.problem());
    let report = Report::new(planner.problem(), &outcome.plan)
        .map_err(|error| files::failure(&asked.file, &error))?
        .with_attainable(attainable);
    // Printed even where nothing could be written: a full disk must not take the answer with it.
    let printed = print(&answer(asked, &report, &outcome, warnings, bound.as_ref())?);
    written?;
    page?;
    printed?;
    let vital = leaves_out_vital(&neighbourhood.document, &outcome.plan, "see why above");
    let left_out = misses_meetings(&outcome.plan)
        || (asked.strict && report.unplanned() > 0)
        || (vital && !asked.lenient);
    Ok(if left_out { Ending::NotAll } else { Ending::Done })
}

/// Whether nurses miss meetings, which is said.
pub fn misses_meetings(plan: &Plan) -> bool {
    let told: Vec<String> =
        plan.missed.iter().take(3).map(|one| format!("{} {} {}", one.meeting, one.nurse, one.date)).collect();
    let missed = plan.missed.len();
    if missed > 0 {
        let (meetings, are) = if missed == 1 { ("meeting", "is") } else { ("meetings", "are") };
        let more = if missed > told.len() { ", ..." } else { "" };
        note(&format!(
            "kring: {missed} {meetings} {are} missed, so that the plan breaks a rule: {}{more}",
            told.join(", ")
        ));
    }
    missed > 0
}

/// Whether visits are left out that cannot be missed, which is said with where to read `why`.
pub fn leaves_out_vital(document: &Document, plan: &Plan, why: &str) -> bool {
    let vital = plan.unplanned.iter().filter(|visit| is_vital(document, visit)).count();
    if vital > 0 {
        let (visits, are) = if vital == 1 { ("visit", "is") } else { ("visits", "are") };
        note(&format!("kring: {vital} vital {visits} {are} left out; {why}"));
    }
    vital > 0
}

/// Whether a visit cannot be missed.
pub fn is_vital(document: &Document, visit: &Unplanned) -> bool {
    let client = document.clients.iter().find(|client| client.id == visit.client);
    let care = client.and_then(|client| client.care.iter().find(|care| care.id == visit.care));
    care.is_some_and(|care| care.priority == Priority::Vital)
}

/// What was found, and whether the plan could be written to `--out`.
struct Found {
    planner: Planner,
    outcome: Outcome,
    attainable: Attainable,
    bound: Option<Bound>,
    written: Result<(), Failure>,
    /// The same of `--report` and `--progress-plot`.
    page: Result<(), Failure>,
}

/// Searches for what is left of the time limit, which counts from `begin`.
fn search(asked: &Solve, neighbourhood: &Neighbourhood, begin: Instant) -> Result<Found, Failure> {
    let wrong = |error| files::failure(&asked.file, &error);
    let planner = Planner::new(neighbourhood.prepare(&asked.file)?);
    // Not before: a place that nobody can travel to is a mistake, and would be told twice.
    warn(&neighbourhood.warnings_of(planner.problem()));
    let problem = planner.problem();
    let read = |file| files::plan(file, neighbourhood.format, problem);
    let start = asked.start.as_deref().map(read).transpose()?;
    let mut options = options_of_solve(asked);
    let limit = TimeLimit::since(begin, options.seconds);
    let attainable = match limit.share() {
        None => saying("comparing with what is possible", || planner.attainable(&Cancel::new())),
        // (Clients who are not reached within this time are shown as not proven.)
        Some(seconds) => planner.attainable(&Cancel::after(COMPARING.min(Duration::from_secs_f64(seconds)))),
    };
    // What comes before may be killed: there is no plan yet.
    let cancel = Cancel::default();
    stop_at_ctrl_c(&cancel);
    if asked.circles {
        note("kring: planning circles");
        options = options.with_circles(planner.circles(limit.share(), &cancel).map_err(wrong)?);
    }
    let before = limit.gone();
    options.seconds = limit.left();
    let mut points = Vec::new();
    let bound = |options: &BoundOptions, cancel: &Cancel, progress: &mut dyn FnMut(&Bound)| {
        planner.bound(options, cancel, progress)
    };
    let (found, bound) = search_and_prove(asked, &options, &cancel, Some(&bound), |options, proven| {
        let mut line = Line::new(limit.seconds).after(before).beside(proven);
        let progress = |progress: &library::Progress| {
            line.show(progress);
            if asked.progress_plot.is_some() {
                points.push(ProgressPoint { seconds: progress.seconds, best: progress.best });
            }
        };
        let outcome = planner.solve(options, start.as_ref(), &cancel, progress).map_err(wrong)?;
        line.end();
        if cancel.is_cancelled() {
            note("kring: stopped; this is the best plan so far");
        }
        tell_broken(&outcome);
        // Before the bound, which takes its time and can be killed.
        let written = write_plan(asked, neighbourhood, &outcome);
        let page =
            saying("drawing the page", || write_page(asked, neighbourhood, problem, &outcome, &attainable));
        let (cost, run) = (outcome.cost.total(), outcome.run.clone());
        Ok(((outcome, written, page), cost, run))
    })?;
    let (outcome, written, page) = found;
    points.push(ProgressPoint { seconds: outcome.run.seconds, best: outcome.cost });
    let page = page.and_then(|()| write_plot(asked, &neighbourhood.document, &points, bound.as_ref()));
    Ok(Found { planner, outcome, attainable, bound, written, page })
}

/// Says what was taken out of the plan to start from.
fn tell_broken(outcome: &Outcome) {
    if outcome.broken.is_empty() {
        return;
    }
    note("kring: of the plan to start from was taken out:");
    outcome.broken.iter().take(MOST_TOLD).for_each(|mistake| note(&format!("  {mistake}")));
    if let Some(more) = outcome.broken.len().checked_sub(MOST_TOLD).filter(|&more| more > 0) {
        note(&format!("  and {more} more"));
    }
}

/// Writes the plan to `--out`, in the form of the neighbourhood's format.
fn write_plan(asked: &Solve, neighbourhood: &Neighbourhood, outcome: &Outcome) -> Result<(), Failure> {
    let Some(out) = &asked.out else { return Ok(()) };
    let text = match neighbourhood.format {
        Format::Homecare => {
            homecare::write(&outcome.plan).map_err(|error| files::failure(&asked.file, &error))?
        }
        _ => json::write_plan(&outcome.plan),
    };
    files::write(out, &text)
}

/// Writes the progress of the search to `--progress-plot`.
fn write_plot(
    asked: &Solve,
    document: &Document,
    points: &[ProgressPoint],
    bound: Option<&Bound>,
) -> Result<(), Failure> {
    let Some(out) = &asked.progress_plot else { return Ok(()) };
    let title = report::title_of(document, asked.page.no_labels);
    files::write(out, &plot::progress(&title, points, bound.map(|bound| bound.value)))
}

/// Writes the page to `--report`.
fn write_page(
    asked: &Solve,
    neighbourhood: &Neighbourhood,
    problem: &library::Problem,
    outcome: &Outcome,
    attainable: &Attainable,
) -> Result<(), Failure> {
    let Some(out) = &asked.report else { return Ok(()) };
    let page =
        report::Asked { options: &asked.page, client: None, published: None, attainable: attainable.clone() };
    let made = report::make(page, neighbourhood, problem, &outcome.plan, &asked.file)?;
    files::write(out, &made.html)
}

/// What goes to standard output.
fn answer(
    asked: &Solve,
    report: &Report,
    outcome: &Outcome,
    warnings: &[Warning],
    bound: Option<&Bound>,
) -> Result<String, Failure> {
    let cost = outcome.cost.total();
    if asked.pages.json {
        let run = &outcome.run;
        let printed = Printed {
            report,
            warnings,
            bound: bound.map(|bound| bound.value),
            gap: bound.and_then(|bound| bound.gap(cost)),
            run,
        };
        return serde_json::to_string(&printed).map_err(|why| Failure(why.to_string()));
    }
    let minutes = |bound: &Bound| format!("{} minutes", bound.value / 60_000);
    let proof =
        bound.map(|bound| format!("\n{}\n", sentence(bound, cost, &minutes(bound)))).unwrap_or_default();
    if let Some(pages) = asked_pages(&asked.pages, report)? {
        return Ok(pages + &proof);
    }
    let week = report.week_view(1).map(|week| format!("{week}\n")).unwrap_or_default();
    Ok(week + &report.summary_view().to_string() + &proof)
}

/// Whether the pages asked for exist, asked before a long search rather than after it.
pub fn can_show(pages: &crate::args::Pages, neighbourhood: &Neighbourhood) -> Result<(), Failure> {
    let horizon = &neighbourhood.document.horizon;
    let weeks = horizon.days.div_ceil(7);
    if let Some(week) = pages.week.filter(|week| !(1..=weeks).contains(week)) {
        return Err(Failure(format!("--week {week}: the document has {weeks} weeks; give 1 to {weeks}")));
    }
    let last = horizon.first_day.saturating_add((i64::from(horizon.days) - 1).days());
    if let Some(day) = pages.day.filter(|day| !(horizon.first_day..=last).contains(day)) {
        return Err(Failure(format!("--day {day}: give a day from {} to {last}", horizon.first_day)));
    }
    Ok(())
}

/// The pages asked for by `--day` and `--week`, if any.
pub fn asked_pages(pages: &crate::args::Pages, report: &Report) -> Result<Option<String>, Failure> {
    let mut text = Vec::new();
    if let Some(date) = pages.day {
        let day = report.day_view(date);
        let outside = || Failure(format!("--day {date}: outside the days of the document"));
        text.push(day.ok_or_else(outside)?.to_string());
    }
    if let Some(number) = pages.week {
        let week = report.week_view(number);
        let outside = || Failure(format!("--week {number}: the document has {}", report.weeks()));
        text.push(week.ok_or_else(outside)?.to_string());
    }
    Ok((!text.is_empty()).then(|| text.join("\n")))
}
