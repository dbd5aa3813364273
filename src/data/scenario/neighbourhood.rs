//! The options of a scenario, and how a document is put together.

use super::draw::Draw;
use super::kinds::Scenario;
use super::{agreements, care, circles, history, people, roster, towns};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::{Agreements, Document, Horizon, Travel};
use crate::model::{Calendar, validate::sizes};
use jiff::civil::{Date, date};

/// What to make up. The same options give the same document, on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioOptions {
    /// The kind of neighbourhood.
    pub scenario: Scenario,
    /// Number of nurses, 2 to 100; `None`: what the scenario has.
    pub nurses: Option<usize>,
    /// Number of clients, 1 to 1,000; `None`: what the scenario has.
    pub clients: Option<usize>,
    /// Number of days, 1 to 60; `None`: 14.
    pub days: Option<u16>,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl ScenarioOptions {
    /// The usual size of a scenario, with seed 1: the documents in `examples/neighbourhoods`.
    pub fn new(scenario: Scenario) -> Self {
        Self { scenario, nurses: None, clients: None, days: None, seed: 1 }
    }
}

/// Monday; no clock change in the 14 days after it.
const FIRST_DAY: Date = date(2026, 3, 2);

/// Makes up a neighbourhood.
///
/// # Errors
/// [`ErrorKind::Options`] for a number outside its range, or for more care than the nurses can give
/// under the working-time law.
///
/// # Example
/// ```
/// use kring::data::scenario::{Scenario, ScenarioOptions, generate};
///
/// let options = ScenarioOptions { nurses: Some(4), clients: Some(10), ..ScenarioOptions::new(Scenario::Town) };
/// let document = generate(&options)?;
/// assert_eq!((document.nurses.len(), document.clients.len(), document.horizon.days), (4, 10, 14));
/// # Ok::<(), kring::error::Error>(())
/// ```
pub fn generate(options: &ScenarioOptions) -> Result<Document> {
    let setting = options.scenario.setting();
    let nurses = bounded("nurses", options.nurses.unwrap_or(setting.nurses), 2, sizes::NURSES)?;
    let clients = bounded("clients", options.clients.unwrap_or(setting.clients), 1, sizes::CLIENTS)?;
    let days = bounded("days", options.days.unwrap_or(14).into(), 1, Calendar::LONGEST.into())? as u16;
    let horizon = Horizon { first_day: FIRST_DAY, days, time_zone: Some("Europe/Amsterdam".into()) };
    let calendar = Calendar::new(&horizon)?;

    // A stream for each subject, so that a change in one leaves the others as they are.
    let draw = |subject| Draw::new(options.seed, subject);
    let town = towns::build(options.scenario, clients, &mut draw(0));
    let mut team = people::nurses(nurses, setting.modes, &town, &mut draw(1));
    let mut cared_for =
        people::clients(&town, care::plans(setting.mix, clients, &calendar, &mut draw(2)), &mut draw(3));
    let away = agreements::absence(&team, &calendar, &mut draw(4));
    roster::give_shifts(&mut team, &cared_for, &calendar, setting.fill, away.as_ref(), &mut draw(5))?;
    circles::draw_circles(&mut cared_for, &mut team, &mut draw(6));
    let pins = agreements::pins(&mut cared_for, &team, &calendar, away.as_ref(), &mut draw(7));
    let history = history::past(&cared_for, &team, FIRST_DAY, &mut draw(8))?;

    let document = Document {
        label: Some(format!("Made-up neighbourhood: {} {}", options.scenario.name(), options.seed)),
        agreements: Agreements { pins, absences: away.into_iter().collect(), ..Agreements::default() },
        history,
        ..Document::new(horizon, Travel::Streets(town.into_streets()), team, cared_for)
    };
    document.validate()?;
    Ok(document)
}

fn bounded(name: &str, value: usize, least: usize, most: usize) -> Result<usize> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    let mend = format!("give {least} to {most}");
    Err(Error::new(ErrorKind::Options, Mistake::new(name, format!("{value} {name}"), mend)))
}
