//! `kring generate`.

use crate::args::{Generate, ScenarioName};
use crate::ending::{Ending, Failure};
use crate::files;
use crate::library::{Scenario, ScenarioOptions, generate};
use crate::output::print;

pub fn run(asked: &Generate) -> Result<Ending, Failure> {
    files::can_write("--out", &asked.out)?;
    let form = files::form_of("--out", Some(&asked.out))?;
    let (name, scenario) = match asked.scenario {
        ScenarioName::Town => ("town", Scenario::Town),
        ScenarioName::Village => ("village", Scenario::Village),
        ScenarioName::Flats => ("flats", Scenario::Flats),
    };
    let made = generate(&ScenarioOptions {
        scenario,
        nurses: asked.nurses.map(usize::from),
        clients: asked.clients.map(usize::from),
        days: asked.days,
        seed: asked.seed,
    });
    let document = made.map_err(|error| {
        let mistakes: String = error.mistakes().iter().map(|mistake| format!("\n  {mistake}")).collect();
        Failure(format!("generate {name}:{mistakes}"))
    })?;
    files::write_document(&asked.out, &document, form)?;
    let out = asked.out.display();
    let (nurses, clients) = (document.nurses.len(), document.clients.len());
    print(&format!(
        "{out}: {name}, {nurses} nurses, {clients} clients, {} days\nPlan it: kring solve {out}",
        document.horizon.days
    ))?;
    Ok(Ending::Done)
}
