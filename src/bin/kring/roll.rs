//! `kring roll`.

use crate::args::{Format, Roll};
use crate::ending::{Ending, Failure};
use crate::files::{self, Neighbourhood};
use crate::library::{self, Document, Mistake, PastVisit, Plan, read_visits, visits_of};
use crate::opened::warn_of_violations;
use crate::output::{count, note, print, warn};
use crate::preparing::saying;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Visits that took place are fewer than this part of those planned: probably a list of what went otherwise.
const FEW: f64 = 0.5;

/// Most nurses who are named.
const MOST_NAMED: usize = 10;

/// Says on standard error where the visits that took place are hardly those of the whole plan, or of other days.
fn compare(document: &Document, plan: &Plan, happened: &[PastVisit], to: Date) {
    let days = document.horizon.first_day..to;
    let planned = visits_of(plan).iter().filter(|visit| days.contains(&visit.date)).count();
    let within = happened.iter().filter(|visit| days.contains(&visit.date)).count();
    if let Some(first) = happened.iter().find(|visit| !days.contains(&visit.date)) {
        note(&format!(
            "warning: visits that took place outside {} up to {to} are passed over: {}; the first: client {:?}, nurse {:?}, {}",
            days.start,
            happened.len() - within,
            first.client,
            first.nurse,
            first.date
        ));
    }
    let team = |id: &str| document.nurses.iter().any(|nurse| nurse.id == id);
    let unknown: BTreeSet<&str> =
        happened.iter().map(|visit| visit.nurse.as_str()).filter(|nurse| !team(nurse)).collect();
    if !unknown.is_empty() {
        let named: Vec<String> = unknown.iter().take(MOST_NAMED).map(|nurse| format!("{nurse:?}")).collect();
        let more = if unknown.len() > MOST_NAMED { ", ..." } else { "" };
        note(&format!(
            "warning: visits took place by nurses who are not in the team: {}{more}",
            named.join(", ")
        ));
    }
    if (within as f64) < FEW * planned as f64 {
        note(&format!(
            "warning: visits that took place: {within}, planned: {planned}; those given replace the whole plan. To correct a \
             few: 'kring export DOCUMENT PLAN --to csv --out visits.csv', change the lines that went otherwise, and give \
             the file to --actual"
        ));
    }
}

/// Says on standard error where the plan is not one that this document allows: probably another one was carried out.
fn warn_of_another_plan(neighbourhood: &Neighbourhood, plan: &Plan) {
    // (What is wrong with the document itself is said of the next.)
    let Neighbourhood { document, folder, .. } = neighbourhood;
    let Ok(problem) = saying("preparing", || library::prepare(document, folder)) else { return };
    warn_of_violations(
        &problem,
        plan,
        "Give the plan that was carried out, or with --actual what took place",
    );
}

/// Says on standard error that days lie between a plan and those that come next.
fn name_gap(document: &Document, to: Date) {
    let end = document.horizon.first_day.saturating_add(i64::from(document.horizon.days).days());
    let between = (to - end).get_days();
    if between > 0 {
        note(&format!(
            "warning: {} between the last of the plan and --to {to} in no plan: who comes then is not known",
            match between {
                1 => "1 day lies".to_owned(),
                days => format!("{days} days lie"),
            }
        ));
    }
}

pub fn run(asked: &Roll) -> Result<Ending, Failure> {
    let form = files::form_of("--out", asked.out.as_deref())?;
    if let Some(out) = &asked.out {
        files::can_write("--out", out)?;
        files::keep_inputs("--out", out, [&asked.file, &asked.plan].into_iter().chain(&asked.actual))?;
    }
    let text = files::text_of(&asked.file)?;
    let neighbourhood = files::neighbourhood(&asked.file, &text, Format::Kring)?;
    let plan = files::plan_of(&asked.plan, &neighbourhood.document)?;
    let happened = match &asked.actual {
        None => None,
        Some(file) => {
            Some(read_visits(&files::text_of(file)?).map_err(|error| files::failure(file, &error))?)
        }
    };
    if happened.is_none() {
        warn_of_another_plan(&neighbourhood, &plan);
    }
    let next =
        library::roll(&neighbourhood.document, &plan, happened.as_deref(), asked.to).map_err(|error| {
            match error.mistakes() {
                [wrong] if wrong.path == "to" => {
                    Failure(Mistake::new("--to", &wrong.problem, &wrong.mend).to_string())
                }
                _ => files::failure(asked.actual.as_ref().unwrap_or(&asked.plan), &error),
            }
        })?;
    if let Some(happened) = &happened {
        compare(&neighbourhood.document, &plan, happened, next.horizon.first_day);
    }
    name_gap(&neighbourhood.document, next.horizon.first_day);
    warn(&next.warnings());
    let text = library::write_document(&next, form)
        .map_err(|error| files::failure(asked.out.as_ref().unwrap_or(&asked.file), &error))?;
    let Some(out) = &asked.out else {
        print(&text)?;
        return Ok(Ending::Done);
    };
    files::write(out, &text)?;
    let (first, days) = (next.horizon.first_day, next.horizon.days);
    let (name, known) = (out.display(), next.history.visits.len());
    print(&format!(
        "{name}: {} from {first}, {}\nPlan them: kring solve {name}",
        count(usize::from(days), "day"),
        count(known, "past visit")
    ))?;
    Ok(Ending::Done)
}
