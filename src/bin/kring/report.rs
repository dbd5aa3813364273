//! `kring report`, and the page of `kring solve --report`.

use crate::args::{Language, PageOptions, ReportArgs};
use crate::ending::{Ending, Failure};
use crate::files::{self, Neighbourhood};
use crate::library::{self, Attainable, Document, Page, Plan, Planner, Problem, Report, RoadLines, plot};
use crate::output::{note, print};
use crate::preparing::{attainable, saying};
use std::path::Path;

pub fn run(asked: &ReportArgs) -> Result<Ending, Failure> {
    let file = &asked.neighbourhood.file;
    files::can_write("--out", &asked.out)?;
    let inputs = || [file, &asked.plan].into_iter().chain(&asked.published);
    files::keep_inputs("--out", &asked.out, inputs())?;
    let neighbourhood = files::neighbourhood_of(&asked.neighbourhood, "pages are of neighbourhoods")?;
    let format = neighbourhood.format;
    let planner = Planner::new(neighbourhood.prepare(file)?);
    let problem = planner.problem();
    let plan = files::plan(&asked.plan, format, problem)?;
    let published = asked.published.as_ref().map(|file| files::plan(file, format, problem)).transpose()?;
    let page = Asked {
        options: &asked.page,
        client: asked.client.as_deref(),
        published: published.as_ref(),
        attainable: attainable(&planner),
    };
    let plots = [("hours", plot::hours as fn(&str, &Report) -> String), ("continuity", plot::continuity)];
    let drawing = |folder: &Path, name: &str| folder.join(format!("{name}.svg"));
    if let Some(folder) = &asked.plots {
        files::can_hold("--plots", folder)?;
        for (name, _) in plots {
            files::keep_inputs("--plots", &drawing(folder, name), inputs())?;
            if files::are_one(&asked.out, &drawing(folder, name)) {
                let out = asked.out.display();
                return Err(Failure(format!("--out {out}: is a drawing of --plots; name another file")));
            }
        }
    }
    let made = saying("drawing the page", || make(page, &neighbourhood, problem, &plan, &asked.plan))?;
    files::write(&asked.out, &made.html)?;
    if let Some(folder) = &asked.plots {
        let document = &neighbourhood.document;
        let report = Report::new(problem, &plan).map_err(|error| files::failure(&asked.plan, &error))?;
        let title = title_of(document, asked.page.no_labels);
        for (name, draw) in plots {
            files::write(&drawing(folder, name), &draw(&title, &report))?;
        }
    }
    let out = asked.out.display();
    print(&format!("{out}: {} kB; open it in a browser", made.html.len().div_ceil(1000)))?;
    if made.violations == 0 {
        return Ok(Ending::Done);
    }
    note(&format!(
        "kring: {}: not clean, {} broken rules; the page says so, and 'kring check' lists them",
        asked.plan.display(),
        made.violations
    ));
    Ok(Ending::NotAll)
}

/// What stands above a plot.
pub fn title_of(document: &Document, without_labels: bool) -> String {
    let label = document.label.as_deref().filter(|label| !without_labels && !label.trim().is_empty());
    let horizon = &document.horizon;
    let days = format!("{} days from {}", horizon.days, horizon.first_day);
    label.map_or_else(|| days.clone(), |label| format!("{label}, {days}"))
}

/// What page is asked for.
pub struct Asked<'a> {
    pub options: &'a PageOptions,
    pub client: Option<&'a str>,
    pub published: Option<&'a Plan>,
    pub attainable: Attainable,
}

/// A page and what the check said about its plan.
pub struct Made {
    pub html: String,
    pub violations: usize,
}

/// The library's language for the one asked for.
pub fn language(asked: Language) -> library::Language {
    match asked {
        Language::En => library::Language::English,
        Language::Nl => library::Language::Dutch,
    }
}

/// Checks a plan and makes its page; `file` is where mistakes of the plan are said to stand.
pub fn make(
    asked: Asked,
    neighbourhood: &Neighbourhood,
    problem: &Problem,
    plan: &Plan,
    file: &Path,
) -> Result<Made, Failure> {
    let wrong = |error| files::failure(file, &error);
    let document = &neighbourhood.document;
    let report = Report::new(problem, plan).map_err(wrong)?.with_attainable(asked.attainable);
    let roads = RoadLines::new(document, &neighbourhood.folder).map_err(wrong)?;
    let mut page = Page::new(&report).with_roads(&roads).in_language(language(asked.options.language));
    if asked.options.no_labels {
        page = page.without_labels();
    }
    if let Some(published) = asked.published {
        page = page.with_published(published);
    }
    let html = match asked.client {
        Some(client) => page.sheet_of(client).map_err(|error| Failure(format!("--client: {error}")))?,
        None => page.to_html(),
    };
    Ok(Made { html, violations: report.checked().violations.len() })
}
