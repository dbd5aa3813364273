//! `kring report`, and the page of `kring solve --report`.

use crate::args::{Language, PageOptions, ReportArgs};
use crate::ending::{Ending, Failure};
use crate::files::{self, Neighbourhood};
use crate::library::{self, CostByTerm, Page, Plan, Problem, Report, RoadLines};
use crate::literature;
use crate::output::{note, print};
use std::path::Path;

pub fn run(asked: &ReportArgs) -> Result<Ending, Failure> {
    files::can_write("--out", &asked.out)?;
    for read in [Some(&asked.file), Some(&asked.plan), asked.published.as_ref()].into_iter().flatten() {
        files::differ("--out", &asked.out, read)?;
    }
    let text = files::text_of(&asked.file)?;
    let format = files::format_of(&text, asked.format)?;
    if literature::has(format) {
        let why = "pages are of neighbourhoods: give a kring document";
        return Err(Failure(format!("{}: {why}", asked.file.display())));
    }
    let neighbourhood = files::neighbourhood(&asked.file, &text, format)?;
    let wrong = |error| files::failure(&asked.file, &error);
    let problem = library::prepare(&neighbourhood.document, &neighbourhood.folder).map_err(wrong)?;
    let plan = files::plan(&asked.plan, format, &problem)?;
    let published = asked.published.as_ref().map(|file| files::plan(file, format, &problem)).transpose()?;
    let page = Asked { options: &asked.page, client: asked.client.as_deref(), published: published.as_ref() };
    let made = make(&page, &neighbourhood, &problem, &plan, &asked.plan)?;
    files::write(&asked.out, &made.html)?;
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

/// What page is asked for.
pub struct Asked<'a> {
    pub options: &'a PageOptions,
    pub client: Option<&'a str>,
    pub published: Option<&'a Plan>,
}

/// A page and what the check said about its plan.
pub struct Made {
    pub html: String,
    pub violations: usize,
    pub cost: CostByTerm,
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
    asked: &Asked,
    neighbourhood: &Neighbourhood,
    problem: &Problem,
    plan: &Plan,
    file: &Path,
) -> Result<Made, Failure> {
    let wrong = |error| files::failure(file, &error);
    let document = &neighbourhood.document;
    let checked = library::check(document, problem.times(), plan).map_err(wrong)?;
    let report = Report::new(document, plan, &checked.cost)
        .map_err(wrong)?
        .with_attainable(library::attainable(problem));
    let roads = RoadLines::new(document, &neighbourhood.folder).map_err(wrong)?;
    let mut page = Page::new(&report)
        .with_violations(&checked.violations)
        .with_roads(&roads)
        .in_language(language(asked.options.language));
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
    Ok(Made { html, violations: checked.violations.len(), cost: checked.cost })
}
