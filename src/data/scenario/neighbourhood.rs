//! The scenarios, their options, and how a document is put together.

use super::care::{Mix, Profile};
use super::draw::Draw;
use super::{agreements, care, circles, history, people, roster, towns};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::{Agreements, Document, Horizon, Mode, Travel};
use crate::model::{Calendar, validate::sizes};
use jiff::civil::{Date, date};

/// The kinds of neighbourhood that can be made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scenario {
    /// 12 nurses on bicycles and 50 clients within 1.5 km: the default to show kring with.
    Town,
    /// 7 nurses on e-bikes and in cars and 42 clients in hamlets up to 8 km away: travel against
    /// continuity.
    Village,
    /// 12 nurses on foot and 60 clients, most of them in towers: many short legs and many stairs.
    Flats,
}

impl Scenario {
    /// Every scenario.
    pub const ALL: [Scenario; 3] = [Scenario::Town, Scenario::Village, Scenario::Flats];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Scenario::Town => "town",
            Scenario::Village => "village",
            Scenario::Flats => "flats",
        }
    }

    /// The scenario of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scenario| scenario.name() == name)
    }

    fn setting(self) -> Setting {
        match self {
            Scenario::Town => {
                Setting { nurses: 12, clients: 50, modes: &[Mode::Bicycle], fill: 0.70, mix: &TOWN_MIX }
            }
            Scenario::Village => Setting {
                nurses: 7,
                clients: 42,
                modes: &[Mode::Bicycle, Mode::Car, Mode::Bicycle, Mode::Bicycle, Mode::Car],
                fill: 0.64,
                mix: &VILLAGE_MIX,
            },
            Scenario::Flats => {
                Setting { nurses: 12, clients: 60, modes: &[Mode::Walk], fill: 0.72, mix: &TOWN_MIX }
            }
        }
    }
}

/// What a scenario fixes besides its streets.
struct Setting {
    nurses: usize,
    clients: usize,
    /// Taken by the nurses in turn.
    modes: &'static [Mode],
    /// Share of shift time at clients for which the roster is made; lower where travel is longer.
    fill: f64,
    mix: &'static Mix,
}

/// Clients by kind of care, in hundredths.
const TOWN_MIX: Mix = [
    (Profile::Stockings, 6),
    (Profile::Insulin, 6),
    (Profile::Medication, 6),
    (Profile::Wash, 10),
    (Profile::WashAndEvening, 8),
    (Profile::Shower, 27),
    (Profile::Wound, 13),
    (Profile::Dementia, 8),
    (Profile::Catheter, 13),
    (Profile::EyeDrops, 3),
];

/// The same for a village, where fewer come daily.
const VILLAGE_MIX: Mix = [
    (Profile::Stockings, 5),
    (Profile::Insulin, 5),
    (Profile::Medication, 2),
    (Profile::Wash, 3),
    (Profile::WashAndEvening, 5),
    (Profile::Shower, 30),
    (Profile::Wound, 18),
    (Profile::Dementia, 3),
    (Profile::Catheter, 27),
    (Profile::EyeDrops, 2),
];

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
    let horizon = Horizon { first_day: FIRST_DAY, days, time_zone: "Europe/Amsterdam".into() };
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
        label: Some(format!("Made-up neighbourhood: {}, seed {}", options.scenario.name(), options.seed)),
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
