//! Everything of the library that the commands use, in one place.

pub use kring::check::{Checked, Violation};
pub use kring::data::dates::read_date;
pub use kring::data::exchange::calendar::Calendars;
pub use kring::data::exchange::fhir::{BundleOptions, bundle, read as read_bundle};
pub use kring::data::exchange::lines::geojson;
pub use kring::data::exchange::safe_name;
pub use kring::data::exchange::spreadsheet::{
    Files as SheetFiles, LONGEST as LONGEST_SHEET, SHEETS, guide as sheet_guide, read as read_sheets,
    template as sheet_template,
};
pub use kring::data::exchange::table::{TableOptions, visits};
pub use kring::data::json;
pub use kring::data::literature::{Evaluation, convrp, cordeau, homecare, solomon};
pub use kring::data::scenario::{Scenario, ScenarioOptions, generate};
pub use kring::data::starter::starter;
pub use kring::data::text::{self, Form, write_document};
pub use kring::data::visits::read_visits;
pub use kring::error::{Error, ErrorKind, Mistake};
pub use kring::model::document::{Horizon, PastVisit, Priority};
pub use kring::model::explanation::{NurseAndStart, Relaxation};
pub use kring::model::plan::{Face, Route, Unplanned};
pub use kring::model::roll::{roll, visits_of};
pub use kring::model::validate::sizes::ADDRESS as LONGEST_ADDRESS;
pub use kring::model::warnings::WarningKind;
pub use kring::model::{
    Aim, Audience, Calendar, CostByTerm, Document, Event, Events, Explanation, Indicators, Moment, Notice,
    Plan, Problem, Published, Question, RoutingProblem, Term, Warning,
};
pub use kring::report::causes::{Cause, causes_beside};
pub use kring::report::changes::{Change, ScheduledVisit, changes, priced};
pub use kring::report::page::{Page, TeamRow, overview};
pub use kring::report::plot::{self, ProgressPoint};
pub use kring::report::{CirclesView, Comparison, ExplainView, Language, Report, hides};
pub use kring::solve::{Fallback, Familiarity, NoAlternative, StandInDay, StandInVisit, Worth};
pub use kring::travel::{MOST_ASKED, NamedPlace, RoadLines, locate_in};
pub use kring::{
    Alternatives, Attainable, Bound, BoundOptions, Cancel, Fit, Objective, Options, Outcome, Planner,
    Progress, Routes, Run, StandIns, bound_routes, check, prepare, solve_routes,
};
