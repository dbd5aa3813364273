//! `kring compare`.

use crate::args::{Compare, Format};
use crate::ending::{Ending, Failure};
use crate::files;
use crate::library::{self, Comparison, Error, json};
use crate::output::{print, warn};
use std::fmt::Write;

pub fn run(asked: &Compare) -> Result<Ending, Failure> {
    let written = files::text_of(&asked.file)?;
    let neighbourhood = files::neighbourhood(&asked.file, &written, Format::Kring)?;
    let plans = [&asked.first, &asked.second];
    let read = |file| json::read_plan(&files::text_of(file)?).map_err(|error| files::failure(file, &error));
    let [first, second] = [read(plans[0])?, read(plans[1])?];
    let document = &neighbourhood.document;
    let problem = library::prepare(document, &neighbourhood.folder)
        .map_err(|error| files::failure(&asked.file, &error))?;
    warn(&neighbourhood.warnings);
    let compared =
        Comparison::new(document, problem.times(), &first, &second).map_err(|e| wrong(asked, &e))?;
    print(&if asked.json {
        serde_json::to_string(&compared).map_err(|why| Failure(why.to_string()))?
    } else {
        compared.to_string()
    })?;
    Ok(Ending::Done)
}

/// The mistakes of each plan under its file's name.
fn wrong(asked: &Compare, error: &Error) -> Failure {
    let mut text = String::new();
    let files = [(&asked.first, "plans[0]."), (&asked.second, "plans[1].")];
    for (file, start) in files {
        let of = error.mistakes().iter().filter(|mistake| mistake.path.starts_with(start));
        let lines: Vec<String> = of.map(|mistake| mistake.to_string().replacen(start, "", 1)).collect();
        if !lines.is_empty() {
            let _ = write!(text, "{}:\n  {}", file.display(), lines.join("\n  "));
        }
    }
    match text.is_empty() {
        true => files::failure(&asked.file, error),
        false => Failure(text),
    }
}
