//! `kring overview`.

use crate::args::{Format, Overview};
use crate::ending::{Ending, Failure};
use crate::files;
use crate::library::{Planner, Report, TeamRow, overview, safe_name};
use crate::output::{note, print};
use crate::preparing::{attainable, saying};
use crate::report::{self, Asked};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What the name of a plan ends with.
const PLAN: &str = ".plan.json";
/// What the name of a document ends with; of several the first is taken.
const DOCUMENT: [&str; 4] = [".json", ".yaml", ".yml", ".toml"];

pub fn run(asked: &Overview) -> Result<Ending, Failure> {
    files::can_write("--out", &asked.out)?;
    let teams = teams(&asked.folder)?;
    let beside = asked.out.parent().map(Path::to_owned).unwrap_or_default();
    let page_of = |name: &str| format!("{}.html", safe_name(name));
    let inputs = || teams.iter().flat_map(|(_, document, plan)| [document, plan]);
    files::keep_inputs("--out", &asked.out, inputs())?;
    for (name, ..) in &teams {
        let page = beside.join(page_of(name));
        files::keep_inputs("--out", &page, inputs())?;
        if files::are_one(&asked.out, &page) {
            let out = asked.out.display();
            return Err(Failure(format!("--out {out}: is the page of the team {name}; name another file")));
        }
    }
    let mut rows = Vec::new();
    let mut is_well = true;
    for (name, document, plan) in &teams {
        match team(asked, name, [document, plan], &beside, page_of(name)) {
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
    print(&format!("{}: {} teams", asked.out.display(), rows.len()))?;
    Ok(if is_well { Ending::Done } else { Ending::NotAll })
}

/// Name, document and plan of each team in a folder, by name. Either file makes a team; that the other is missing
/// is said in its row.
fn teams(folder: &Path) -> Result<Vec<(String, PathBuf, PathBuf)>, Failure> {
    let wrong = |why: std::io::Error| {
        Failure(format!(
            "{}: cannot be read: {why}; name a folder with documents and plans",
            folder.display()
        ))
    };
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        let file = path.file_name().and_then(|name| name.to_str());
        let endings = || std::iter::once(PLAN).chain(DOCUMENT);
        if let Some(name) = file.and_then(|file| endings().find_map(|ending| file.strip_suffix(ending))) {
            names.insert(name.to_owned());
        }
    }
    if names.is_empty() {
        let why = "has no documents; put NAME.json (or .yaml, .toml) and NAME.plan.json there for each team";
        return Err(Failure(format!("{}: {why}", folder.display())));
    }
    let files = |name: String| {
        let file = |ending| folder.join(format!("{name}{ending}"));
        let document = DOCUMENT.map(file).into_iter().find(|file| file.exists());
        (name.clone(), document.unwrap_or_else(|| file(DOCUMENT[0])), file(PLAN))
    };
    Ok(names.into_iter().map(files).collect())
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
    let planner = Planner::new(neighbourhood.prepare(file)?);
    let problem = planner.problem();
    let plan = files::plan(plan_file, Format::Kring, problem)?;
    let page =
        Asked { options: &asked.page, client: None, published: None, attainable: attainable(&planner) };
    let drawing = format!("drawing the page of {name}");
    let made = saying(&drawing, || report::make(page, &neighbourhood, problem, &plan, plan_file))?;
    files::write(&beside.join(&link), &made.html)?;
    let report = Report::new(problem, &plan).map_err(wrong)?;
    // As an address: the marks that stand for others in the name are themselves.
    let address = link.replace('%', "%25");
    Ok((TeamRow::new(name, &report, Some(address)), made.violations))
}
