//! `kring alternatives`.

use crate::args::Alternatives;
use crate::ending::{Ending, Failure};
use crate::files;
use crate::library::{
    self, Aim, Alternatives as Found, Cancel, NoAlternative, Plan, Planner, Published, Worth, changes, json,
};
use crate::opened::{Opened, warn_of_violations};
use crate::output::{note, print};
use crate::progress::Line;
use crate::run::{TimeLimit, options};
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

/// Seconds of search for all alternatives together where no limit is given.
const SECONDS: f64 = 30.0;

/// The object that `--json` prints.
#[derive(Serialize)]
struct Printed<'a> {
    plan: &'a Worth,
    alternatives: Vec<One<'a>>,
    without: &'a [(Aim, NoAlternative)],
}

#[derive(Serialize)]
struct One<'a> {
    aim: Aim,
    #[serde(flatten)]
    worth: &'a Worth,
    /// Visits with another nurse, or on another day, than in the plan.
    changed: usize,
    /// Whether it is better than the plan at something and worse at nothing.
    dominates: bool,
}

pub fn run(asked: &Alternatives) -> Result<Ending, Failure> {
    let begin = Instant::now();
    let opened = Opened::new(&asked.of)?;
    let plan = &opened.plan;
    if let Some(folder) = &asked.out {
        files::can_hold("--out", folder)?;
        for aim in Aim::ALL {
            let reads = [&asked.of.file, &asked.of.plan].into_iter().chain(&asked.published);
            files::keep_inputs("--out", &file_of(folder, aim), reads)?;
        }
    }
    let mut options = options(&asked.limits, SECONDS);
    let limit = TimeLimit::since(begin, options.seconds);
    let cancel = Cancel::default();
    let mut planner = opened.planner(&cancel)?;
    warn_of_violations(planner.problem(), plan, "Mend it first: 'kring solve --start'");
    let is_told = asked.now.is_some() || asked.published.is_some();
    if is_told {
        let published = match &asked.published {
            Some(file) => files::plan_of(file, &opened.neighbourhood.document)?,
            None => plan.clone(),
        };
        files::check_now(asked.now, &opened.neighbourhood.document, &published)?;
        let published = Published::new(published, asked.now);
        planner = Planner::new(planner.problem().clone().with_published(&published));
    }
    let mut line = Line::new(limit.seconds);
    options.seconds = limit.left();
    let found = planner
        .alternatives(plan, &options, &cancel, |aim, now| {
            let cost = now.best.total() as f64 / 60_000.0;
            let text = format!("{}: {cost:.1} at shifted prices, {} left out", aim.title(), now.unplanned);
            line.say(limit.gone(), &text);
        })
        .map_err(|error| opened.wrong(&error))?;
    line.end();
    if cancel.is_cancelled() {
        note("kring: stopped; these are the alternatives so far");
    }
    if let Some(folder) = &asked.out {
        for aim in Aim::ALL {
            let file = file_of(folder, aim);
            match found.found.iter().find(|alternative| alternative.aim == aim) {
                Some(alternative) => files::write(&file, &json::write_plan(&alternative.plan))?,
                // A plan of an earlier call would pass for one of this.
                None => files::remove(&file)?,
            }
        }
    }
    let alternatives = found.found.iter().map(|one| One {
        aim: one.aim,
        worth: &one.worth,
        changed: changed(plan, &one.plan),
        dominates: one.worth.dominates(&found.worth),
    });
    let alternatives: Vec<One<'_>> = alternatives.collect();
    print(&if asked.json {
        let printed = Printed { plan: &found.worth, alternatives, without: &found.without };
        serde_json::to_string(&printed).map_err(|why| Failure(why.to_string()))?
    } else {
        in_words(&found, &alternatives, is_told)
    })?;
    Ok(Ending::Done)
}

fn file_of(folder: &Path, aim: Aim) -> std::path::PathBuf {
    folder.join(format!("{}.json", aim.name()))
}

/// Visits with another nurse or on another day, or in one plan only.
fn changed(plan: &Plan, other: &Plan) -> usize {
    let differs = |change: &library::Change<'_>| match (change.before, change.now) {
        (Some(before), Some(now)) => before.nurse != now.nurse || change.is_moved(),
        _ => true,
    };
    changes(plan, other).iter().filter(|change| differs(change)).count()
}

/// A column for the plan and for each alternative.
fn in_words(found: &Found, alternatives: &[One<'_>], is_told: bool) -> String {
    let mut text = format!("{:32}{:>9}", "", "the plan");
    for number in 1..=alternatives.len() {
        let _ = write!(text, "{:>9}", format!("({number})"));
    }
    let mut row = |title: &str, value: &dyn Fn(&Worth) -> String| {
        let _ = write!(text, "\n{title:32}{:>9}", value(&found.worth));
        for one in alternatives {
            let _ = write!(text, "{:>9}", value(one.worth));
        }
    };
    row("cost in minutes", &|worth| format!("{:.0}", worth.cost.total() as f64 / 60_000.0));
    for aim in Aim::ALL {
        row(aim.words(), &|worth| format!("{:.0}", worth.measure(aim)));
    }
    let _ = write!(text, "\n{:32}{:>9}", "visits changed", "");
    for one in alternatives {
        let _ = write!(text, "{:>9}", one.changed);
    }
    text += "\n\n";
    for (number, one) in (1..).zip(alternatives) {
        let apart = (one.worth.cost.total() - found.worth.cost.total()) as f64 / 60_000.0;
        let (before, now) = (found.worth.measure(one.aim), one.worth.measure(one.aim));
        let price = match apart {
            less if less <= 0.0 => format!("costs {:.1} minutes less", -less),
            more => format!("costs {more:.1} minutes more"),
        };
        let words = one.aim.words();
        let _ = writeln!(
            text,
            "({number}) {}: {now:.0} instead of {before:.0} {words}; {price}",
            one.aim.title()
        );
    }
    if is_told {
        text += "Costs hold the price of each change of what people were told.\n";
    }
    let total = |worth: &Worth| worth.cost.total();
    if alternatives.iter().any(|one| total(one.worth) < total(&found.worth)) && !is_told {
        text += "Some cost less than the plan: it can still be made better, and 'kring solve --start' goes on from it.\n";
    }
    for (aim, why) in &found.without {
        let why = match why {
            NoAlternative::NotBetter => "none found that is better at it and leaves out no more",
            NoAlternative::Dominated => "another plan is at least as good at everything",
            _ => "stopped, or out of time, before its turn",
        };
        let _ = writeln!(text, "    {}: {why}", aim.title());
    }
    text
}
