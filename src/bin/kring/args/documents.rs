//! Commands that write documents: a first one, a made-up one, that of the next days.

use crate::library::read_date;
use clap::{Args as ClapArgs, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// Write a small neighbourhood to start from
///
/// 3 nurses, 8 clients, two weeks: one page with comments, to change line by line into your own team.
/// It can be planned as it is. docs/guide.md goes on from there.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring new team.yaml                             then: kring solve team.yaml
  kring new team.toml --first-day 2026-11-30      in TOML, from a day on; .json has no comments
  kring new                                       prints it"
)]
pub struct New {
    /// The file to write; its ending chooses the form: .yaml, .toml or .json. Default: print YAML.
    pub file: Option<PathBuf>,
    /// First day to plan; default: next Monday.
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    pub first_day: Option<Date>,
}

/// Find the coordinates of addresses in a road extract
///
/// Offline: looks for street and house number, or for a name, in an OpenStreetMap extract, and prints
/// coordinates to put into a document. What is unknown or ambiguous is told with what there is.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring locate utrecht.osm.pbf 'Kerkstraat 12'              prints {lat: 52.102300, lon: 5.218300}
  kring locate utrecht.osm.pbf 'Kerkstraat 12, Zeist' 'De Wilgen'

Exit codes: 0 all found; 1 some are unknown or ambiguous; 2 the extract cannot be read."
)]
pub struct Locate {
    /// The extract: a file .osm.pbf, as 'travel: {osm: {file: ...}}' names it.
    pub extract: PathBuf,
    /// Street and number, or a name; a town behind a comma.
    #[arg(required = true, value_name = "ADDRESS")]
    pub addresses: Vec<String>,
}

/// Make up a neighbourhood to try kring on
///
/// People, homes on a street graph, care plans, shifts and an imperfect past. The same options and
/// seed give the same file. Nothing in it is a fact about anyone.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring generate town --out town.json
  kring generate village --nurses 7 --clients 42 --days 7 --seed 3 --out village.json"
)]
pub struct Generate {
    /// What kind of neighbourhood.
    #[arg(value_enum)]
    pub scenario: ScenarioName,
    /// Number of nurses; default: that of the scenario.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    pub nurses: Option<u16>,
    /// Number of clients; default: that of the scenario.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    pub clients: Option<u16>,
    /// Days to plan, 1 to 60; default: that of the scenario.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=60))]
    pub days: Option<u16>,
    /// Seed of the random numbers.
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true)]
    pub seed: u64,
    /// Write the document to this file: YAML where its name ends so, else JSON.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ScenarioName {
    /// 12 nurses by bicycle, 50 clients, 14 days
    Town,
    /// 7 nurses by bicycle and car, 42 clients far apart
    Village,
    /// 12 nurses on foot, 60 clients in towers
    Flats,
}

/// Go on to the next days: what was planned becomes history
///
/// Writes the document of the days that follow: the visits of the plan (or those that happened)
/// become history, the horizon moves on, what has passed is dropped, what recurs stays. Circles
/// and regular hours carry over.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring roll team.yaml plan.json --out next.yaml          the next horizon
  kring roll team.yaml plan.json --actual visits.csv      by what happened (columns client, nurse, date)
  kring roll team.yaml plan.json --to 2026-03-09          from a day within the horizon on"
)]
pub struct Roll {
    /// The neighbourhood: a kring document (JSON, YAML or TOML; - is standard input).
    pub file: PathBuf,
    /// The plan that was carried out, as 'kring solve --out' writes it.
    pub plan: PathBuf,
    /// First day of the next horizon; default: the day after the last.
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    pub to: Option<Date>,
    /// All visits that took place; they replace the plan. CSV with the columns client, nurse and date (a table of
    /// 'kring export --to csv', corrected, will do), or a JSON list.
    #[arg(long, value_name = "VISITS")]
    pub actual: Option<PathBuf>,
    /// Write the document to this file: YAML where its name ends so, else JSON; default: print it as JSON. Comments are lost.
    #[arg(long, value_name = "DOCUMENT")]
    pub out: Option<PathBuf>,
}
