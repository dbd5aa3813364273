//! Commands that set plans beside each other: two plans, other plans that differ in kind, plans for a nurse who falls ill.

use super::planning::Limits;
use clap::Args as ClapArgs;
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
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring alternatives town.json plan.json                           what there is to choose between
  kring alternatives town.json plan.json --out other               and each plan, such as other/fewer_faces.json
  kring compare town.json plan.json other/fewer_faces.json         what it changes, for whom"
)]
pub struct Alternatives {
    /// The neighbourhood: a kring document (JSON, YAML or TOML; - is standard input).
    pub file: PathBuf,
    /// The plan, as 'kring solve --out' writes it.
    pub plan: PathBuf,
    #[command(flatten)]
    pub limits: Limits,
    /// Write each plan to this folder: fewer_faces.json, fewer_new_faces.json, own_hours.json, fairer_hours.json, less_road.json.
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}
