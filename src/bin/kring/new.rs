//! `kring new`.

use crate::args::New;
use crate::ending::{Ending, Failure};
use crate::files;
use crate::library::{Form, starter};
use crate::output::print;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

pub fn run(asked: &New) -> Result<Ending, Failure> {
    let first_day = asked.first_day.unwrap_or_else(next_monday);
    let form = match &asked.file {
        None => Form::Yaml,
        Some(file) => Form::of_name(file)
            .ok_or_else(|| Failure(format!("{}: end the name with .yaml, .toml or .json", file.display())))?,
    };
    let text =
        starter(form, first_day).map_err(|error| Failure(format!("--first-day {first_day}: {error}")))?;
    let Some(file) = &asked.file else {
        print(&text)?;
        return Ok(Ending::Done);
    };
    if file.exists() {
        return Err(Failure(format!("{}: is there already; name a new file", file.display())));
    }
    files::can_write("FILE", file)?;
    files::write(file, &text)?;
    let name = file.display();
    print(&format!("{name}: 3 nurses, 8 clients, 14 days from {first_day}\nPlan it: kring solve {name}"))?;
    Ok(Ending::Done)
}

/// The Monday after today. (UTC will do: the day can be given.)
fn next_monday() -> Date {
    let today = TimeZone::UTC.to_datetime(Timestamp::now()).date();
    let since = today.weekday().since(Weekday::Monday);
    today.saturating_add((7 - i64::from(since)).days())
}
