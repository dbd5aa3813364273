//! `kring replan`.

use crate::args::Replan;
use crate::ending::{Ending, Failure};
use crate::files;
use crate::library::{Cancel, Cause, CostByTerm, Notice, Planned, Run, Term, causes, json, priced};
use crate::opened::Opened;
use crate::output::{count, note, print, warn};
use crate::progress::Line;
use crate::run::options;
use crate::solve::misses_meetings;
use serde::Serialize;
use std::fmt::Write;

/// Seconds of search where no limit is given.
const SECONDS: f64 = 10.0;

/// The object that `--json` prints.
#[derive(Serialize)]
struct Printed<'a> {
    changes: Vec<Changed<'a>>,
    /// Changes that nobody would notice.
    slight: usize,
    unplanned: usize,
    cost: &'a CostByTerm,
    run: &'a Run,
}

/// A visit that is not as it was published.
#[derive(Serialize)]
struct Changed<'a> {
    client: &'a str,
    care: &'a str,
    date: String,
    before: Option<At<'a>>,
    now: Option<At<'a>>,
    cause: Cause,
    cost: CostByTerm,
    notice: Option<Notice>,
}

/// Who comes and when.
#[derive(Serialize)]
struct At<'a> {
    nurse: &'a str,
    start: String,
}

impl<'a> At<'a> {
    fn of(planned: Planned<'a>) -> Self {
        Self { nurse: planned.nurse, start: planned.start.to_string() }
    }
}

pub fn run(asked: &Replan) -> Result<Ending, Failure> {
    let inputs = [&asked.of.file, &asked.of.plan, &asked.events];
    files::can_write_all([("--out", &asked.out), ("--document", &asked.document)], &inputs)?;
    let opened = Opened::new(&asked.of)?;
    let mut events = files::events_of(&asked.events)?;
    events.now = asked.now.or(events.now);
    let options = options(&asked.limits, SECONDS);
    let cancel = Cancel::default();
    let planner = opened.planner(&cancel)?;
    let mut line = Line::new(options.seconds);
    let folder = &opened.neighbourhood.folder;
    let replanned = planner
        .replan(&opened.plan, &events, folder, &options, &cancel, |progress| line.show(progress))
        .map_err(|error| files::failure(&asked.events, &error))?;
    line.end();
    if cancel.is_cancelled() {
        note("kring: stopped; this is the best plan so far");
    }
    let (document, outcome) = (replanned.planner.problem().document(), &replanned.outcome);
    // What the events brought, beside what was said of the document before.
    let known: Vec<_> = opened.neighbourhood.warnings.iter().map(ToString::to_string).collect();
    let mut warnings = document.warnings();
    warnings.retain(|warning| !known.contains(&warning.to_string()));
    warn(&warnings);
    if let Some(out) = &asked.out {
        files::write(out, &json::write_plan(&outcome.plan))?;
    }
    if let Some(out) = &asked.document {
        files::write(out, &json::write_document(document))?;
    }
    let all = priced(replanned.planner.problem(), &replanned.published.plan, &outcome.plan);
    let (slight, changed): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.slight);
    let changes: Vec<_> = changed.iter().map(|one| one.change).collect();
    let changed: Vec<Changed<'_>> = changed
        .iter()
        .zip(causes(&changes, &events.events))
        .map(|(one, cause)| Changed {
            client: one.change.client,
            care: one.change.care,
            date: one.change.date.to_string(),
            before: one.change.before.map(At::of),
            now: one.change.now.map(At::of),
            cause,
            cost: one.cost,
            notice: one.notice,
        })
        .collect();
    let unplanned = outcome.plan.unplanned.len();
    let text = if asked.json {
        let run = &outcome.run;
        let printed = Printed { changes: changed, slight: slight.len(), unplanned, cost: &outcome.cost, run };
        serde_json::to_string(&printed).map_err(|why| Failure(why.to_string()))?
    } else {
        in_words(&changed, slight.len(), unplanned, document.prices.changed_hour_tolerance)
    };
    print(&text)?;
    Ok(if misses_meetings(&outcome.plan) { Ending::NotAll } else { Ending::Done })
}

/// The changes, a line each, with what each costs; those that nobody would notice are counted.
fn in_words(changed: &[Changed<'_>], slight: usize, unplanned: usize, tolerance: f64) -> String {
    let mut text = String::new();
    let at = |at: &Option<At<'_>>| match at {
        Some(At { nurse, start }) => {
            format!("{nurse} {}", start.get(..16).unwrap_or(start).replace('T', " "))
        }
        None => "nobody".to_owned(),
    };
    let mut costs = CostByTerm::default();
    for change in changed {
        let why = match change.cause {
            Cause::Event(number) => format!("event {}", number + 1),
            Cause::Follows(number) => format!("follows from event {}", number + 1),
            Cause::Saving => "saves more than it costs".to_owned(),
        };
        let (before, now) = (at(&change.before), at(&change.now));
        let _ = write!(text, "  {} {}: {before} -> {now} ({why}; ", change.client, change.care);
        let mut parts = Vec::new();
        for (term, cost) in change.cost.iter().filter(|(_, cost)| *cost > 0) {
            parts.push(format!("{} {:.1}", kind(term), cost as f64 / 60_000.0));
            costs[term] += cost;
        }
        let _ = match change.notice {
            _ if parts.is_empty() => writeln!(text, "costs nothing)"),
            Some(notice) => writeln!(text, "{}; notice: {})", parts.join(", "), notice.words()),
            None => writeln!(text, "{})", parts.join(", ")),
        };
    }
    let both = || changed.iter().filter_map(|c| Some((c.before.as_ref()?, c.now.as_ref()?)));
    let nurses = both().filter(|(before, now)| before.nurse != now.nurse).count();
    let days = both().filter(|(before, now)| before.start.get(..10) != now.start.get(..10)).count();
    let hours = changed.iter().filter(|change| change.cost[Term::ChangedHour] > 0).count();
    let gone = changed.iter().filter(|change| change.now.is_none()).count();
    let _ = match changed.len() {
        0 => writeln!(text, "Nothing changes that anybody would notice."),
        all => writeln!(
            text,
            "{} not as published; of these, and one visit may count more than once: {nurses} with another nurse, \
             {days} on another day, {hours} at another hour, {gone} no longer made.",
            are(all, "visit")
        ),
    };
    if slight > 0 {
        let _ = writeln!(
            text,
            "{slight} more start{} within {tolerance} minutes of the published start.",
            if slight == 1 { "s" } else { "" }
        );
    }
    let _ = writeln!(text, "{} left out.", are(unplanned, "visit"));
    for (term, cost) in costs.iter().filter(|(_, cost)| *cost > 0) {
        let _ = writeln!(text, "{:.1} minutes for {}", cost as f64 / 60_000.0, term.words());
    }
    text
}

/// `1 visit is`, `2 visits are`.
fn are(number: usize, one: &str) -> String {
    format!("{} {}", count(number, one), if number == 1 { "is" } else { "are" })
}

/// What a change is called beside its price.
fn kind(term: Term) -> &'static str {
    match term {
        Term::ChangedNurse => "another nurse",
        Term::ChangedDay => "another day",
        Term::ChangedHour => "another hour",
        Term::Unplanned => "left out",
        Term::Withdrawn => "withdrawn",
        _ => term.name(),
    }
}
