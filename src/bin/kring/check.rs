//! `kring check`.

use crate::args::{Check, Format};
use crate::ending::{Ending, Failure};
use crate::library::{self, Checked, CostByTerm, Indicators, Planner, Report, Violation, Warning, homecare};
use crate::output::{note, print, warn};
use crate::preparing::{attainable, saying};
use crate::solve::{asked_pages, can_show};
use crate::{files, literature};
use serde::Serialize;

/// Most violations that are told in words.
const MOST_TOLD: usize = 100;

/// The object that `--json` prints: everything recomputed.
#[derive(Serialize)]
struct Printed<'a> {
    clean: bool,
    violations: &'a [Violation],
    cost: &'a CostByTerm,
    unplanned: usize,
    /// What the literature calls the objective, in its own unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<i64>,
    indicators: &'a Indicators,
    warnings: &'a [Warning],
}

pub fn run(asked: &Check) -> Result<Ending, Failure> {
    let text = files::text_of(&asked.file)?;
    let format = files::format_of(&text, asked.format)?;
    literature::refuse_options(format, &asked.literature)?;
    if format.is_routing() {
        literature::refuse_pages(&asked.pages, false, false)?;
        return literature::check(asked, &text, format);
    }
    let neighbourhood = files::neighbourhood(&asked.file, &text, format)?;
    can_show(&asked.pages, &neighbourhood)?;
    let problem = neighbourhood.prepare(&asked.file)?;
    let warnings = neighbourhood.warnings_of(&problem).into_owned();
    warn(&warnings);
    let plan = files::plan(&asked.plan, neighbourhood.format, &problem)?;
    let problem = match &asked.published {
        None => problem,
        Some(file) => {
            let published = files::plan(file, neighbourhood.format, &problem)?;
            if asked.now.is_none() {
                note(
                    "kring: no --now: notice is counted from midnight of the first day, and nothing is frozen",
                );
            }
            files::check_now(asked.now, problem.document(), &published)?;
            problem.with_published(&library::Published::new(published, asked.now))
        }
    };
    let planner = Planner::new(problem);
    let checked = saying("checking", || library::check(planner.problem(), &plan))
        .map_err(|error| files::failure(&asked.plan, &error))?;
    let score = (neighbourhood.format == Format::Homecare).then(|| homecare::score(&checked.cost));
    let text = if asked.pages.json {
        let printed = Printed {
            clean: checked.is_clean(),
            violations: &checked.violations,
            cost: &checked.cost,
            unplanned: unplanned(&checked),
            score,
            indicators: &checked.indicators,
            warnings: &[warnings, checked.warnings.clone()].concat(),
        };
        serde_json::to_string(&printed).map_err(|why| Failure(why.to_string()))?
    } else {
        let score =
            score.map(|score| format!("Score of the home-care form: {score} s\n")).unwrap_or_default();
        verdict(&checked) + &score + &pages(asked, &planner, &plan)?
    };
    print(&text)?;
    Ok(if checked.is_clean() { Ending::Done } else { Ending::NotAll })
}

/// Visits of the care plans that the plan does not make, counted by the check itself.
fn unplanned(checked: &Checked) -> usize {
    let visits = &checked.indicators.visits;
    (visits.unplanned_vital + visits.unplanned_needed + visits.unplanned_wished) as usize
}

/// What was found, in words.
fn verdict(checked: &Checked) -> String {
    let visits = checked.indicators.visits.planned;
    let left_out = unplanned(checked);
    // Cost is in thousandths of a second: 6,000 to a tenth of a minute.
    let tenths = (checked.cost.total() + 3_000) / 6_000;
    let figures = format!(
        "{visits} visits planned, {left_out} left out; cost {}.{} minutes of a nurse's time\n",
        tenths / 10,
        tenths % 10
    );
    if checked.is_clean() {
        return format!("Clean: no rule is broken.\n{figures}");
    }
    let told = checked.violations.iter().take(MOST_TOLD);
    let mut each: String = told.map(|found| format!("  {found}\n")).collect();
    if let Some(more) = checked.violations.len().checked_sub(MOST_TOLD).filter(|&more| more > 0) {
        each += &format!("  and {more} more; --json lists them\n");
    }
    let violations = if checked.violations.len() == 1 { "violation" } else { "violations" };
    format!("Not clean: {} {violations}.\n{each}{figures}", checked.violations.len())
}

/// The pages asked for, with the recomputed cost.
fn pages(asked: &Check, planner: &Planner, plan: &library::Plan) -> Result<String, Failure> {
    if asked.pages.day.is_none() && asked.pages.week.is_none() {
        return Ok(String::new());
    }
    let report = Report::new(planner.problem(), plan).map_err(|error| files::failure(&asked.plan, &error))?;
    let report = report.with_attainable(attainable(planner));
    Ok(asked_pages(&asked.pages, &report)?.map(|pages| format!("\n{pages}")).unwrap_or_default())
}
