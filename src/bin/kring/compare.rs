//! `kring compare`.

use crate::args::{Compare, Format};
use crate::ending::{Ending, Failure};
use crate::files;
use crate::library::{Comparison, Error};
use crate::output::{print, warn};
use crate::preparing::saying;

pub fn run(asked: &Compare) -> Result<Ending, Failure> {
    let written = files::text_of(&asked.file)?;
    let neighbourhood = files::neighbourhood(&asked.file, &written, Format::Kring)?;
    let plans = [&asked.first, &asked.second];
    let read = |file| files::plan_of(file, &neighbourhood.document);
    let (first, second) = match plans.map(|file| read(file)) {
        [Ok(first), Ok(second)] => (first, second),
        [Err(first), Err(second)] if asked.first != asked.second => {
            return Err(Failure(format!("{}\n{}", first.0, second.0)));
        }
        [Err(failure), _] | [_, Err(failure)] => return Err(failure),
    };
    let problem = neighbourhood.prepare(&asked.file)?;
    warn(&neighbourhood.warnings_of(&problem));
    let compared =
        saying("comparing", || Comparison::new(&problem, &first, &second)).map_err(|e| wrong(asked, &e))?;
    print(&if asked.json {
        serde_json::to_string(&compared).map_err(|why| Failure(why.to_string()))?
    } else {
        compared.to_string()
    })?;
    Ok(Ending::Done)
}

/// The mistakes of each plan under its file's name.
fn wrong(asked: &Compare, error: &Error) -> Failure {
    let mut lines = Vec::new();
    for (file, start) in [(&asked.first, "plans[0]."), (&asked.second, "plans[1].")] {
        let of = error.mistakes().iter().filter(|mistake| mistake.path.starts_with(start));
        let of: Vec<String> = of.map(|mistake| mistake.to_string().replacen(start, "  ", 1)).collect();
        if !of.is_empty() {
            lines.push(format!("{}:", file.display()));
            lines.extend(of);
        }
    }
    match lines.is_empty() {
        true => files::failure(&asked.file, error),
        false => Failure(lines.join("\n")),
    }
}
