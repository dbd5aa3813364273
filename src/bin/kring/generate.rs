//! `kring generate`.

use crate::args::{Generate, ScenarioName};
use crate::library::{json, scenario};
use crate::output::print;
use crate::{Ending, Failure, files};

pub fn run(asked: &Generate) -> Result<Ending, Failure> {
    files::can_write(&asked.out)?;
    let name = match asked.scenario {
        ScenarioName::Town => "town",
        ScenarioName::Village => "village",
        ScenarioName::Flats => "flats",
    };
    let made = scenario::generate(name, asked.nurses, asked.clients, asked.days, asked.seed);
    let document = made.map_err(|error| {
        let mistakes: String = error.mistakes().iter().map(|mistake| format!("\n  {mistake}")).collect();
        Failure(format!("generate {name}:{mistakes}"))
    })?;
    files::write(&asked.out, &json::write_document(&document))?;
    let out = asked.out.display();
    let (nurses, clients) = (document.nurses.len(), document.clients.len());
    print(&format!(
        "{out}: {name}, {nurses} nurses, {clients} clients, {} days\nPlan it: kring solve {out}",
        document.horizon.days
    ));
    Ok(Ending::Done)
}
