//! Instances of vehicle routing in their forms, and what routes for them are worth.

use crate::args::{Format, Literature, Rounding};
use crate::library::{Error, Evaluation, Route, RoutingProblem, convrp, cordeau, solomon};
use serde_json::{Map, Value};

/// An instance of vehicle routing in one of its forms, with what was asked of it.
pub enum Instance {
    Solomon(solomon::Instance, solomon::Rounding),
    Cordeau(cordeau::Instance),
    Convrp(convrp::Instance, convrp::Consistency),
}

impl Instance {
    pub fn read(text: &str, format: Format, asked: &Literature) -> Result<Self, Error> {
        match format {
            Format::Cordeau => return Ok(Instance::Cordeau(cordeau::read(text)?)),
            Format::Convrp => {
                let most_drivers = asked.max_drivers.unwrap_or(1);
                let consistency = convrp::Consistency { most_drivers, arrival_spread: asked.arrival_spread };
                return Ok(Instance::Convrp(convrp::read(text)?, consistency));
            }
            _ => {}
        }
        let rounding = match asked.rounding {
            Some(Rounding::Double) => solomon::Rounding::Double,
            Some(Rounding::Dimacs) | None => solomon::Rounding::Dimacs,
        };
        Ok(Instance::Solomon(solomon::read(text)?, rounding))
    }

    pub fn problem(&self) -> Result<RoutingProblem, Error> {
        match self {
            Instance::Solomon(instance, rounding) => instance.problem(*rounding),
            Instance::Cordeau(instance) => instance.problem(),
            Instance::Convrp(instance, consistency) => instance.problem(consistency),
        }
    }

    /// Whether a distance is a whole number of ticks: what is proven in ticks is proven of distances.
    pub fn is_whole(&self) -> bool {
        matches!(self, Instance::Solomon(_, solomon::Rounding::Dimacs))
    }

    pub fn ticks_per_unit(&self) -> f64 {
        match self {
            Instance::Solomon(instance, rounding) => instance.ticks_per_unit(*rounding),
            Instance::Cordeau(instance) => instance.ticks_per_unit(),
            Instance::Convrp(instance, _) => instance.ticks_per_unit(),
        }
    }

    /// What the routes of a search are worth.
    pub fn evaluate(&self, routes: &[Route]) -> Worth {
        match self {
            Instance::Solomon(instance, rounding) => {
                Worth::from(solomon::evaluate(instance, *rounding, routes))
            }
            Instance::Cordeau(instance) => Worth::from(cordeau::evaluate(instance, routes)),
            Instance::Convrp(instance, consistency) => {
                let plan = convrp::Plan::new(instance, routes);
                Worth::from(convrp::evaluate(instance, &plan, consistency))
            }
        }
    }

    /// What a solution is worth that somebody wrote.
    pub fn check(&self, text: &str) -> Result<Worth, Error> {
        Ok(match self {
            Instance::Solomon(instance, _) => self.evaluate(&solomon::read_routes(instance, text)?),
            Instance::Cordeau(instance) => self.evaluate(&cordeau::read_routes(instance, text)?),
            Instance::Convrp(instance, consistency) => {
                Worth::from(convrp::evaluate(instance, &convrp::read_plan(text)?, consistency))
            }
        })
    }

    pub fn write(&self, routes: &[Route]) -> String {
        match self {
            Instance::Solomon(instance, rounding) => solomon::write(instance, *rounding, routes),
            Instance::Cordeau(instance) => cordeau::write(instance, routes),
            Instance::Convrp(instance, _) => convrp::write(&convrp::Plan::new(instance, routes)),
        }
    }
}

/// What routes are worth, and what is wrong with them.
pub struct Worth {
    pub distance: f64,
    pub vehicles: usize,
    pub unplanned: usize,
    pub violations: Vec<String>,
    /// What only instances with drivers have.
    drivers: Option<Drivers>,
}

struct Drivers {
    count: usize,
    /// Travel and service time: the total of the literature.
    total: f64,
    arrival_difference: f64,
}

impl From<Evaluation> for Worth {
    fn from(found: Evaluation) -> Self {
        let Evaluation { distance, vehicles, unplanned, violations } = found;
        Self { distance, vehicles, unplanned, violations, drivers: None }
    }
}

impl From<convrp::Evaluation> for Worth {
    fn from(found: convrp::Evaluation) -> Self {
        let (count, total, arrival_difference) = (found.drivers, found.total(), found.arrival_difference);
        let drivers = Some(Drivers { count, total, arrival_difference });
        let convrp::Evaluation { travel, vehicles, unplanned, violations, .. } = found;
        Self { distance: travel, vehicles, unplanned, violations, drivers }
    }
}

impl Worth {
    /// A line for people.
    pub fn summary(&self) -> String {
        let (distance, left_out) = (self.distance, self.unplanned);
        match &self.drivers {
            None => format!("Distance {distance:.2}, {} vehicles, {left_out} left out\n", self.vehicles),
            Some(Drivers { count, total, arrival_difference }) => format!(
                "Travel {distance:.2}, with service {total:.2}, {count} drivers, arrivals at most \
                 {arrival_difference:.2} apart, {left_out} left out\n"
            ),
        }
    }

    /// What the object for programs says beside cost and vehicles.
    pub fn indicators(&self) -> Map<String, Value> {
        let Some(Drivers { count, total, arrival_difference }) = &self.drivers else { return Map::new() };
        let named = [
            ("drivers", Value::from(*count)),
            ("travel_and_service", Value::from(*total)),
            ("arrival_difference", Value::from(*arrival_difference)),
        ];
        named.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}
