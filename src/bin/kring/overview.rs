//! `kring overview`.

use crate::args::{Format, Overview};
use crate::files;
use crate::library::{self, Report, TeamRow, overview, safe_name};
use crate::output::{note, print};
use crate::report::{self, Asked};
use crate::{Ending, Failure};
use std::fs;
use std::path::{Path, PathBuf};

/// What the name of a plan ends with.
const PLAN: &str = ".plan.json";

pub fn run(asked: &Overview) -> Result<Ending, Failure> {
    files::can_write("--out", &asked.out)?;
    let teams = teams(&asked.folder)?;
    let beside = asked.out.parent().map(Path::to_owned).unwrap_or_default();
    let mut rows = Vec::new();
    let mut is_well = true;
    for (name, document, plan) in &teams {
        let link = format!("{}.html", safe_name(name));
        match team(asked, name, [document, plan], &beside, link) {
            Ok((row, violations)) => {
                is_well &= violations == 0;
                rows.push(row);
            }
            Err(Failure(why)) => {
                is_well = false;
                note(&format!("kring: {why}"));
                let first = why.lines().map(str::trim).collect::<Vec<_>>().join(" ");
                rows.push(TeamRow::unreadable(name, first));
            }
        }
    }
    files::write(&asked.out, &overview(&asked.title, &rows, report::language(asked.page.language)))?;
    print(&format!("{}: {} teams", asked.out.display(), rows.len()));
    Ok(if is_well { Ending::Done } else { Ending::NotAll })
}

/// Name, document and plan of each team in a folder, by name.
fn teams(folder: &Path) -> Result<Vec<(String, PathBuf, PathBuf)>, Failure> {
    let wrong = |why: std::io::Error| {
        Failure(format!(
            "{}: cannot be read: {why}; name a folder with documents and plans",
            folder.display()
        ))
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let plan = entry.map_err(wrong)?.path();
        let Some(name) =
            plan.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(PLAN))
        else {
            continue;
        };
        found.push((name.to_owned(), folder.join(format!("{name}.json")), plan.clone()));
    }
    if found.is_empty() {
        let why = "has no plans; put NAME.json and NAME.plan.json there for each team";
        return Err(Failure(format!("{}: {why}", folder.display())));
    }
    found.sort();
    Ok(found)
}

/// Writes the page of a team; its row, and how many rules its plan breaks.
fn team(
    asked: &Overview,
    name: &str,
    [file, plan_file]: [&Path; 2],
    beside: &Path,
    link: String,
) -> Result<(TeamRow, usize), Failure> {
    let text = files::text_of(file)?;
    let neighbourhood = files::neighbourhood(file, &text, Format::Kring)?;
    let wrong = |error| files::failure(file, &error);
    let problem = library::prepare(&neighbourhood.document, &neighbourhood.folder).map_err(wrong)?;
    let plan = files::plan(plan_file, Format::Kring, &problem)?;
    let options = Asked { options: &asked.page, client: None, published: None };
    let made = report::make(&options, &neighbourhood, &problem, &plan, plan_file)?;
    files::write(&beside.join(&link), &made.html)?;
    let report = Report::new(&neighbourhood.document, &plan, &made.cost).map_err(wrong)?;
    // As an address: the marks that stand for others in the name are themselves.
    let address = link.replace('%', "%25");
    Ok((TeamRow::new(name, &report, made.violations, Some(address)), made.violations))
}
