//! Everything of the library that the commands use, in one place.

pub use kring::check::{Checked, Violation, check};
pub use kring::data::json;
pub use kring::data::literature::{Evaluation, convrp, cordeau, homecare, solomon};
pub use kring::data::scenario::{Scenario, ScenarioOptions, generate};
pub use kring::error::Error;
pub use kring::model::plan::Route;
pub use kring::model::{CostByTerm, Document, Indicators, Plan, Problem, Term};
pub use kring::report::page::{Language, Page};
pub use kring::report::{CirclesView, Report};
pub use kring::travel::RoadLines;
pub use kring::{
    Attainable, Bound, Cancel, Objective, Options, Outcome, Progress, Routes, Run, attainable, bound,
    circles, prepare, solve_routes, solve_with,
};
