//! `kring roll`.

use crate::args::{Format, Roll};
use crate::ending::{Ending, Failure};
use crate::files;
use crate::library::{self, Form, json, read_visits};
use crate::output::{print, warn};

pub fn run(asked: &Roll) -> Result<Ending, Failure> {
    if let Some(out) = &asked.out {
        if matches!(Form::of_name(out), Some(form) if form != Form::Json) {
            return Err(Failure(format!(
                "--out {}: it is written as JSON; end the name with .json",
                out.display()
            )));
        }
        files::can_write("--out", out)?;
    }
    let text = files::text_of(&asked.file)?;
    let neighbourhood = files::neighbourhood(&asked.file, &text, Format::Kring)?;
    let plan_text = files::text_of(&asked.plan)?;
    let plan = json::read_plan(&plan_text).map_err(|error| files::failure(&asked.plan, &error))?;
    let happened = match &asked.actual {
        None => None,
        Some(file) => {
            Some(read_visits(&files::text_of(file)?).map_err(|error| files::failure(file, &error))?)
        }
    };
    let next = library::roll(&neighbourhood.document, &plan, happened.as_deref(), asked.to)
        .map_err(|error| files::failure(asked.actual.as_ref().unwrap_or(&asked.plan), &error))?;
    warn(&next.warnings());
    let text = json::write_document(&next);
    let Some(out) = &asked.out else {
        print(&text)?;
        return Ok(Ending::Done);
    };
    files::write(out, &text)?;
    let (first, days) = (next.horizon.first_day, next.horizon.days);
    let (name, known) = (out.display(), next.history.visits.len());
    print(&format!("{name}: {days} days from {first}, {known} past visits\nPlan them: kring solve {name}"))?;
    Ok(Ending::Done)
}
