//! Commands that set plans beside each other: two plans, other plans that differ in kind, plans for a nurse who falls ill.

use super::formats::DocumentAndPlan;
use super::planning::{Limits, seconds_help};
use crate::library::{Moment, read_date};
use clap::Args as ClapArgs;
use jiff::civil::Date;
use std::path::PathBuf;

/// Compare two plans: what differs for clients, for nurses, and in cost
///
/// Both are plans of the same document. Every figure is recomputed as 'kring check' does, so the plans
/// may be of anyone. Differences run from the first plan to the second.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring compare town.json plan.json other.json            in words
  kring compare town.json plan.json other.json --json     for programs: one JSON object, ids only"
)]
pub struct Compare {
    /// The neighbourhood: a kring document (JSON, YAML or TOML; - is standard input).
    pub file: PathBuf,
    /// The first plan, as 'kring solve --out' writes it.
    pub first: PathBuf,
    /// The second plan.
    pub second: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// Look for other plans that differ in kind: fewer faces, less road, fairer hours
///
/// Plans again from a plan, once for each aim, at prices shifted towards it, and values what it finds at
/// the prices of the document. Shown are plans that are better at their aim and that no other one beats
/// at everything: five at most. Limits: --seconds for all together (default 30), --iterations for each.
///
/// Once people were told a plan, name it (--published) and the moment (--now): each change of it then has
/// the price that it has in 'kring replan', and what is under way by then stays as it is.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring alternatives town.json plan.json                           what there is to choose between
  kring alternatives town.json plan.json --out other               and each plan, such as other/fewer_faces.json
  kring compare town.json plan.json other/fewer_faces.json         what it changes, for whom
  kring alternatives town.json plan.json --now 2026-03-03T06:30:00+01:00
                                                   plan.json was published; the past stays
  kring alternatives today.json new.json --published plan.json --now 2026-03-03T06:30:00+01:00
                                                   after 'kring replan', against what people were told"
)]
pub struct Alternatives {
    #[command(flatten)]
    pub of: DocumentAndPlan,
    #[command(flatten)]
    pub limits: Limits,
    /// The plan that people were told: its changes are priced; default with --now: PLAN itself.
    #[arg(long, value_name = "PLAN")]
    pub published: Option<PathBuf>,
    /// The moment from which on it may change, with the offset; default with --published: midnight of the first day.
    #[arg(long, value_name = "TIME")]
    pub now: Option<Moment>,
    /// Write each plan to this folder: fewer_faces.json, fewer_new_faces.json, own_hours.json, fairer_hours.json, less_road.json.
    /// Those for which nothing was found are removed.
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// Prepare ahead: who takes over if a nurse falls ill, for every nurse and day
///
/// For each: who takes which visit, how many new faces, what stays uncovered, which visits of others
/// change; then for each client who could come instead if a visit is missed. Planned as 'kring replan'
/// plans after an absence that is known at midnight, with changes at their price. Only that day changes:
/// visits of other days keep nurse, day and hour, and a visit of the day may move to another day where it
/// fits between them. Nothing of it is published: on the day itself, 'kring replan' knows more.
///
/// Limits: --iterations for each nurse and day (default 16000), --seconds for all together (default:
/// none). Without --seconds the answer is the same on every machine.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    mut_arg("seconds", |arg| arg.help(seconds_help(": no limit"))),
    after_help = "\
Examples:
  kring standins town.json plan.json                                a line for each nurse and day
  kring standins town.json plan.json --day 2026-03-03               each visit of that day
  kring standins town.json plan.json --day 2026-03-03 --nurse n04   if n04 is ill tomorrow
  kring standins town.json plan.json --json                         for programs: one JSON object"
)]
pub struct StandIns {
    #[command(flatten)]
    pub of: DocumentAndPlan,
    /// Only this day (2026-03-02, or 2-3-2026), with each visit.
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    pub day: Option<Date>,
    /// Only this nurse, with each visit.
    #[arg(long, value_name = "ID")]
    pub nurse: Option<String>,
    #[command(flatten)]
    pub limits: Limits,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}
