//! `kring replan`.

use crate::args::Replan;
use crate::ending::{Ending, Failure};
use crate::files::{self, EventsFile};
use crate::library::{
    Calendar, Cancel, Cause, CostByTerm, ErrorKind, Event, Face, Moment, Notice, Plan, Run, ScheduledVisit,
    Term, Unplanned, Warning, causes_beside, json, priced,
};
use crate::opened::{Opened, warn_of_violations};
use crate::output::{count, note, print, warn};
use crate::progress::Line;
use crate::run::{TimeLimit, options};
use crate::solve::{is_vital, leaves_out_vital, misses_meetings};
use serde::Serialize;
use std::collections::HashSet;
use std::fmt::Write;
use std::time::Instant;

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
    #[serde(skip)]
    is_moved: bool,
    /// Whether the client meets somebody for the first time who was not to come.
    #[serde(skip)]
    is_new_face: bool,
}

/// Who comes and when.
#[derive(Serialize)]
struct At<'a> {
    nurse: &'a str,
    start: String,
}

impl<'a> At<'a> {
    fn of(planned: ScheduledVisit<'a>) -> Self {
        Self { nurse: planned.nurse, start: planned.start.to_string() }
    }
}

pub fn run(asked: &Replan) -> Result<Ending, Failure> {
    let begin = Instant::now();
    let inputs = [&asked.of.file, &asked.of.plan, &asked.events];
    files::can_write_all([("--out", &asked.out), ("--document", &asked.document)], &inputs)?;
    let form = files::form_of("--document", asked.document.as_deref())?;
    let opened = Opened::new(&asked.of)?;
    let mut read = EventsFile::read(&asked.events)?;
    read.plan_at(asked.now);
    let events = &read.events;
    let mut options = options(&asked.limits, SECONDS);
    let limit = TimeLimit::since(begin, options.seconds);
    let cancel = Cancel::default();
    let planner = opened.planner(&cancel)?;
    warn_of_violations(
        planner.problem(),
        &opened.plan,
        "Visits concerned may move or be left out. Mend it first: 'kring solve --start'",
    );
    // (What is wrong with the events is said below.)
    warn(&read.warnings(&opened.neighbourhood.document, &opened.plan).unwrap_or_default());
    let mut line = Line::new(limit.seconds).after(limit.gone());
    options.seconds = limit.left();
    let folder = &opened.neighbourhood.folder;
    let replanned = planner
        .replan(&opened.plan, events, folder, &options, &cancel, |progress| line.show(progress))
        .map_err(|error| match error.kind() {
            ErrorKind::Plan | ErrorKind::Cancelled => opened.wrong(&error),
            _ => read.wrong(error),
        })?;
    line.end();
    if cancel.is_cancelled() {
        note("kring: stopped; this is the best plan so far");
    }
    let (document, outcome) = (replanned.planner.problem().document(), &replanned.outcome);
    // What the events brought, beside what was said of the document before.
    // (They have lines there.)
    let said = opened.neighbourhood.warnings_of(planner.problem());
    let is_said = |one: &Warning| {
        said.iter().any(|said| (&said.said.path, &said.said.problem) == (&one.said.path, &one.said.problem))
    };
    let mut warnings = document.warnings();
    warnings.retain(|warning| !is_said(warning));
    warn(&warnings);
    if let Some(out) = &asked.out {
        files::write(out, &json::write_plan(&outcome.plan))?;
    }
    if let Some(out) = &asked.document {
        files::write_document(out, document, form)?;
    } else if !events.events.is_empty() {
        note(
            "kring: the new plan is one of the document as the events made it: keep that with --document FILE",
        );
    }
    // (What is wrong with the events was said above.)
    let idle = events.without_effect(planner.problem().document(), &opened.plan).unwrap_or_default();
    let all = priced(replanned.planner.problem(), &replanned.published.plan, &outcome.plan);
    let (slight, changed): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.slight);
    let changes: Vec<_> = changed.iter().map(|one| one.change).collect();
    let mut new_faces = new_faces(&outcome.plan, &replanned.published.plan);
    let mut changed: Vec<Changed<'_>> = changed
        .iter()
        .zip(causes_beside(&changes, &events.events, &idle))
        .map(|(one, cause)| Changed {
            client: one.change.client,
            care: one.change.care,
            date: one.change.date.to_string(),
            before: one.change.before.map(At::of),
            now: one.change.now.map(At::of),
            cause,
            cost: one.cost,
            notice: one.notice,
            is_moved: one.change.is_moved(),
            is_new_face: false,
        })
        .collect();
    // Today comes first.
    changed.sort_by(|a, b| (&a.date, a.client, a.care).cmp(&(&b.date, b.client, b.care)));
    for one in &mut changed {
        one.is_new_face = one.now.as_ref().is_some_and(|now| new_faces.remove(&(one.client, now.nurse)));
    }
    let unplanned = outcome.plan.unplanned.len();
    let text = if asked.json {
        let run = &outcome.run;
        let printed = Printed { changes: changed, slight: slight.len(), unplanned, cost: &outcome.cost, run };
        serde_json::to_string(&printed).map_err(|why| Failure(why.to_string()))?
    } else {
        let known: HashSet<_> = changed.iter().map(|one| (one.client, one.care, one.date.as_str())).collect();
        let is_told = |out: &&Unplanned| {
            known.contains(&(out.client.as_str(), out.care.as_str(), out.date.to_string().as_str()))
        };
        let mut text = head(replanned.published.now, replanned.planner.problem().calendar(), &events.events);
        let was_left_out = left_out_of(&replanned.published.plan);
        let mut others = String::new();
        for out in outcome.plan.unplanned.iter().filter(|out| !is_told(out) && !was_left_out(out)) {
            let vital = if is_vital(document, out) { ", vital" } else { "" };
            let _ = writeln!(others, "  {} {} {}: left out{vital}", out.client, out.care, out.date);
        }
        text += &in_words(&changed, &others, slight.len(), unplanned, document.prices.changed_hour_tolerance);
        text
    };
    print(&text)?;
    let vital = leaves_out_vital(document, &outcome.plan, "'kring explain --unplanned' says why");
    Ok(if misses_meetings(&outcome.plan) || vital { Ending::NotAll } else { Ending::Done })
}

/// Clients with nurses whom they do not know and whom the published plan did not send them.
fn new_faces<'a>(plan: &'a Plan, published: &'a Plan) -> HashSet<(&'a str, &'a str)> {
    let new = of_faces(plan, |face| face.new);
    let expected: HashSet<_> = of_faces(published, |_| true).collect();
    new.filter(|pair| !expected.contains(pair)).collect()
}

/// Clients with those of their nurses that are asked for.
fn of_faces(plan: &Plan, asked: impl Fn(&Face) -> bool) -> impl Iterator<Item = (&str, &str)> {
    let of_client =
        plan.faces.iter().flat_map(|client| client.faces.iter().map(|face| (&client.client, face)));
    of_client
        .filter(move |(_, face)| asked(face))
        .map(|(client, face)| (client.as_str(), face.nurse.as_str()))
}

/// Whether a visit was left out of the published plan already.
fn left_out_of(plan: &Plan) -> impl Fn(&Unplanned) -> bool + use<> {
    let of = |out: &Unplanned| (out.client.clone(), out.care.clone(), out.date);
    let all: HashSet<_> = plan.unplanned.iter().map(of).collect();
    move |out| all.contains(&of(out))
}

/// The moment in the time of the team, and the events by their numbers.
fn head(now: Option<Moment>, calendar: &Calendar, events: &[Event]) -> String {
    let mut text = String::new();
    let given = now.map(|now| calendar.moment(calendar.elapsed(now)));
    let now = given.unwrap_or_else(|| calendar.moment(0));
    let _ = write!(text, "Now: {} {}", now.date().strftime("%A %-d %B %Y"), now.time().strftime("%H:%M"));
    let unsaid = ", where the plan begins, since no now is given (--now, or in the file of events)";
    let _ = writeln!(text, "{}", if given.is_none() { unsaid } else { "" });
    for (number, event) in events.iter().enumerate() {
        let _ = writeln!(text, "Event {}: {}", number + 1, event_in_words(event));
    }
    text
}

fn event_in_words(event: &Event) -> String {
    match event {
        Event::NurseAbsent { nurse, date, until: Some(until), .. } if until > date => {
            format!("{nurse} is absent from {date} to {until}")
        }
        Event::NurseAbsent { nurse, date, .. } => format!("{nurse} is absent on {date}"),
        Event::NurseLate { nurse, date, start } => format!("{nurse} begins at {start} on {date}"),
        Event::NurseBack { nurse, date } => format!("{nurse} is back on {date}"),
        Event::VisitAdded { client, care } => format!("care {} is added for {client}", care.id),
        Event::ClientAdded(client) => format!("client {} is added", client.id),
        Event::VisitCancelled { client, care, date } => format!("{care} of {client} on {date} is cancelled"),
        Event::VisitLength { client, care, date, minutes } => {
            format!("{care} of {client} on {date} takes {minutes} minutes")
        }
        Event::ClientAway { client, from, until } => format!("{client} is away from {from} to {until}"),
        Event::StreetClosed { from, to } => format!("the street between {from} and {to} is closed"),
        _ => "another".to_owned(),
    }
}

/// The changes, a line each, with what each costs, and the visits left out that were not published; changes that nobody would
/// notice are counted.
fn in_words(
    changed: &[Changed<'_>],
    others: &str,
    slight: usize,
    unplanned: usize,
    tolerance: f64,
) -> String {
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
        let new = if change.is_new_face { ", a new face" } else { "" };
        let _ = write!(text, "  {} {}: {before} -> {now}{new} ({why}; ", change.client, change.care);
        let mut parts = Vec::new();
        for (term, cost) in change.cost.iter().filter(|(_, cost)| *cost > 0) {
            parts.push(format!("{} {:.1} min", kind(term), cost as f64 / 60_000.0));
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
    let days = changed.iter().filter(|change| change.is_moved).count();
    let hours = changed.iter().filter(|change| change.cost[Term::ChangedHour] > 0).count();
    let gone = changed.iter().filter(|change| change.now.is_none()).count();
    text += others;
    let _ = match changed.len() {
        0 if others.is_empty() => writeln!(text, "Nothing changes that anybody would notice."),
        0 => writeln!(text, "Nothing that was published changes."),
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
