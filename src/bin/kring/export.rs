//! `kring export`.

use crate::args::{Export, Target};
use crate::ending::{Ending, Failure};
use crate::files::{self, Neighbourhood};
use crate::library::{
    BundleOptions, Calendars, Plan, Problem, Report, RoadLines, TableOptions, bundle, geojson, safe_name,
    visits,
};
use crate::output::{count, note, print};
use crate::preparing::saying;

pub fn run(asked: &Export) -> Result<Ending, Failure> {
    if asked.to != Target::Fhir && (asked.booked || asked.labels) {
        return Err(Failure("--booked and --labels belong to --to fhir; leave them out".to_owned()));
    }
    match asked.to {
        Target::Ics => files::can_hold("--out", &asked.out)?,
        _ => files::can_write("--out", &asked.out)?,
    }
    let file = &asked.neighbourhood.file;
    files::keep_inputs("--out", &asked.out, [file, &asked.plan].into_iter().chain(&asked.published))?;
    let why = "what is exported are plans of neighbourhoods";
    let neighbourhood = files::neighbourhood_of(&asked.neighbourhood, why)?;
    let problem = neighbourhood.prepare(file)?;
    let plan = files::plan(&asked.plan, neighbourhood.format, &problem)?;
    let violations = check(asked, &problem, &plan)?;
    let done = saying("writing", || write(asked, &neighbourhood, &problem, &plan))?;
    print(&format!("{}: {done}", asked.out.display()))?;
    if violations == 0 {
        return Ok(Ending::Done);
    }
    let plan = asked.plan.display();
    note(&format!("kring: {plan}: not clean, {violations} broken rules; 'kring check' lists them"));
    Ok(Ending::NotAll)
}

/// Writes what was asked for, and says what it is.
fn write(
    asked: &Export,
    neighbourhood: &Neighbourhood,
    problem: &Problem,
    plan: &Plan,
) -> Result<String, Failure> {
    let document = &neighbourhood.document;
    let wrong = |error| files::failure(&asked.neighbourhood.file, &error);
    Ok(match asked.to {
        Target::Ics => calendars(asked, neighbourhood, problem, plan)?,
        Target::Csv => {
            let options = TableOptions { without_labels: asked.no_labels, has_semicolons: asked.semicolons };
            files::write(&asked.out, &visits(document, plan, options))?;
            "one row for each visit".to_owned()
        }
        Target::Geojson => {
            let roads = RoadLines::new(document, &neighbourhood.folder).map_err(wrong)?;
            let lines = geojson(problem.document(), plan, Some(&roads), !asked.no_labels).map_err(wrong)?;
            files::write(&asked.out, &lines)?;
            "tours as lines, visits as points".to_owned()
        }
        Target::Fhir => {
            let options = BundleOptions { is_booked: asked.booked, has_labels: asked.labels };
            files::write(&asked.out, &bundle(document, plan, options).map_err(wrong)?)?;
            let visits: usize = plan.tours.iter().map(|tour| tour.visits().count()).sum();
            format!("{visits} appointments {}", if asked.booked { "booked" } else { "proposed" })
        }
    })
}

/// How many rules the plan breaks; a plan that does not fit the document is refused.
fn check(asked: &Export, problem: &Problem, plan: &Plan) -> Result<usize, Failure> {
    let wrong = |error| files::failure(&asked.plan, &error);
    Ok(Report::new(problem, plan).map_err(wrong)?.checked().violations.len())
}

fn calendars(
    asked: &Export,
    neighbourhood: &Neighbourhood,
    problem: &Problem,
    plan: &Plan,
) -> Result<String, Failure> {
    let document = &neighbourhood.document;
    let wrong = |error| files::failure(&asked.neighbourhood.file, &error);
    let read = |file| files::plan(file, neighbourhood.format, problem);
    let published = asked.published.as_deref().map(read).transpose()?;
    let mut all = Calendars::new(document, plan, jiff::Timestamp::now()).map_err(wrong)?;
    if let Some(published) = &published {
        all = all.since(published, asked.sequence);
    }
    if asked.no_labels {
        all = all.without_labels();
    }
    let file = |kind: &str, id: &str| asked.out.join(format!("{kind}-{}.ics", safe_name(id)));
    let of_nurses = document.nurses.iter().map(|nurse| file("nurse", &nurse.id));
    let of_clients = document.clients.iter().map(|client| file("client", &client.id));
    for file in of_nurses.chain(of_clients) {
        let inputs = [&asked.neighbourhood.file, &asked.plan].into_iter().chain(&asked.published);
        files::keep_inputs("--out", &file, inputs)?;
    }
    for nurse in &document.nurses {
        files::write(&file("nurse", &nurse.id), &all.of_nurse(&nurse.id).map_err(wrong)?)?;
    }
    for client in &document.clients {
        files::write(&file("client", &client.id), &all.of_client(&client.id).map_err(wrong)?)?;
    }
    Ok(format!(
        "{} of nurses, {} of clients",
        count(document.nurses.len(), "calendar"),
        document.clients.len()
    ))
}
