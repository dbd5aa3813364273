//! Reads and writes solutions.

use super::instance::Instance;
use super::read::LARGEST;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::plan;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// A solution: `{"days": [{"routes": [{"driver": 0, "stops": [3, 5, 7]}]}]}`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// The days, in order.
    pub days: Vec<Day>,
}

/// The routes of one day.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Day {
    /// The routes, in any order.
    pub routes: Vec<Route>,
}

/// Who drives, and who is served in which order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Route {
    /// Who drives: the same on every day.
    pub driver: Driver,
    /// The customers, by the numbers of the file.
    pub stops: Vec<u32>,
    /// When the route leaves the depot, in units of time of the instance. The problem allows 0 only.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub depart: f64,
}

fn is_zero(depart: &f64) -> bool {
    *depart == 0.0
}

/// The name of a driver.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Driver {
    /// A number.
    Number(i64),
    /// Any other name.
    Name(String),
}

impl fmt::Display for Driver {
    /// The name, or the start of a long one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Driver::Number(number) => write!(f, "{number}"),
            Driver::Name(name) => write!(f, "{name:.40}"),
        }
    }
}

impl Plan {
    /// The solution of routes that the search found. Drivers are numbered from 0; those without any route are left out.
    /// Days and customers that the instance does not have are left out as well.
    pub fn new(instance: &Instance, routes: &[plan::Route]) -> Self {
        let used: BTreeSet<u32> = routes.iter().map(|route| route.driver).collect();
        let mut days = vec![Day::default(); usize::from(instance.days)];
        for (number, driver) in (0..).zip(used) {
            for route in routes.iter().filter(|route| route.driver == driver) {
                let number_of = |customer: &u32| Some(instance.customers.get(*customer as usize)?.number);
                let stops = route.customers.iter().filter_map(number_of).collect();
                if let Some(day) = days.get_mut(usize::from(route.day)) {
                    day.routes.push(Route { driver: Driver::Number(number), stops, depart: 0.0 });
                }
            }
        }
        Self { days }
    }
}

/// Writes a solution as JSON on one line, with a line end. [`read_plan`] of the text gives the same solution.
pub fn write(plan: &Plan) -> String {
    serde_json::to_string(plan).map(|text| text + "\n").unwrap_or_default()
}

/// Reads a solution; fields that the format does not have are ignored. [`evaluate`](super::evaluate()) checks whether
/// days, drivers and customers are those of an instance.
///
/// # Errors
/// `Plan` with the place for text that is not in the format; `TooLarge` beyond [`LARGEST`] bytes.
pub fn read_plan(text: &str) -> Result<Plan> {
    if text.len() > LARGEST {
        let problem = format!("{} bytes", text.len());
        return Err(Error::new(ErrorKind::TooLarge, Mistake::new("file", problem, "give at most 64 MiB")));
    }
    let wrong = |path: String, why: serde_json::Error| {
        let mend = r#"write {"days": [{"routes": [{"driver": 0, "stops": [3, 5, 7]}]}]}"#;
        let why: String = why.to_string().chars().take(200).collect();
        Error::new(ErrorKind::Plan, Mistake::new(path, why, mend))
    };
    let mut parser = serde_json::Deserializer::from_str(text);
    let plan = serde_path_to_error::deserialize(&mut parser)
        .map_err(|error| wrong(error.path().to_string(), error.into_inner()))?;
    parser.end().map_err(|error| wrong("file".to_owned(), error))?;
    Ok(plan)
}
