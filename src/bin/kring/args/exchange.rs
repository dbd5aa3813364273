//! Commands that exchange data with calendars, spreadsheets, maps and record systems.

use super::formats::NeighbourhoodFile;
use crate::library::read_date;
use clap::{Args as ClapArgs, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// Give a plan to calendars, spreadsheets, maps or record systems
///
/// ics: a folder with a calendar for each nurse and each client. Against a plan published before,
/// changed visits update those in people's calendars, and visits no longer made are cancelled.
/// csv: a table with one row for each visit. geojson: tours as lines along the roads, visits as points.
/// fhir: a Bundle of HL7 FHIR R4: an Appointment for each visit ('proposed', or 'booked' after the team's
/// yes), the circles (CareTeam), the care lines (ServiceRequest), shifts (Schedule, Slot); ids only.
/// The plan is checked first; where rules are broken the exit code is 1.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring export town.json plan.json --to ics --out calendars
  kring export town.json new.json --to ics --published plan.json --out calendars
  kring export town.json plan.json --to csv --semicolons --out visits.csv
  kring export town.json plan.json --to geojson --no-labels --out tours.geojson
  kring export town.json plan.json --to fhir --out bundle.json            appointments as proposed
  kring export town.json plan.json --to fhir --booked --out bundle.json   after the team's yes"
)]
pub struct Export {
    #[command(flatten)]
    pub neighbourhood: NeighbourhoodFile,
    /// The plan, as 'kring solve --out' writes it.
    pub plan: PathBuf,
    /// What to write.
    #[arg(long, value_enum)]
    pub to: Target,
    /// Where to: a folder for ics, a file for the others.
    #[arg(long, value_name = "PATH")]
    pub out: PathBuf,
    /// ics: the plan that was published before.
    #[arg(long, value_name = "PLAN")]
    pub published: Option<PathBuf>,
    /// ics: how many plans were published before this one.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "published", allow_negative_numbers = true,
          value_parser = clap::value_parser!(u32).range(1..))]
    pub sequence: u32,
    /// csv: semicolons between the columns, for spreadsheets with a decimal comma.
    #[arg(long)]
    pub semicolons: bool,
    /// Leave out the labels of the document; people are shown by their ids.
    #[arg(long)]
    pub no_labels: bool,
    /// fhir: labels of the document as names; default: ids only.
    #[arg(long, conflicts_with = "no_labels")]
    pub labels: bool,
    /// fhir: the team has said yes; appointments are booked, not proposed.
    #[arg(long)]
    pub booked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    /// calendars (iCalendar)
    Ics,
    /// a table for spreadsheets
    Csv,
    /// lines and points for maps
    Geojson,
    /// a bundle for record systems (HL7 FHIR R4)
    Fhir,
}

/// Make a document from spreadsheets or from a record system
///
/// Sheets, saved as CSV in one folder: clients.csv, care.csv, nurses.csv, shifts.csv and, where there are
/// any, absences.csv and away.csv. --template makes them with their headings, --guide says what belongs in
/// each column. Commas, semicolons and tabs are understood, headings in English and Dutch, decimal commas,
/// and in the first column the blanks that merged cells leave. Mistakes and warnings are named by sheet, row
/// and column. --known names the document of the fortnight before, as 'kring roll' writes it: its history,
/// agreements, prices and streets stay.
///
/// From a file instead of a folder it reads a Bundle of HL7 FHIR R4 (JSON): Patient, ServiceRequest and
/// CarePlan become clients and care lines; Practitioner, PractitionerRole, Schedule and Slot nurses and
/// shifts; CareTeam circles. --known names a document that knows the rest: places, levels, streets,
/// prices. Mistakes are named by path, resource and id.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring import --template sheets                                       four sheets to fill in
  kring import --guide                                                 what belongs in each column
  kring import sheets --first-day 2026-03-02 --days 14 --out team.json
  kring solve team.json --out plan.json --report plan.html             and plans it
  kring import sheets --known next.json --first-day 2026-03-16 --out second.json
  kring import bundle.json --known team.json --first-day 2026-03-16 --out next.json"
)]
pub struct Import {
    /// The folder with the sheets, or the file of a FHIR bundle.
    #[arg(value_name = "FOLDER|BUNDLE")]
    pub folder: Option<PathBuf>,
    /// First day to plan (2026-03-02, or 2-3-2026).
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    pub first_day: Option<Date>,
    /// Days to plan, 1 to 60.
    #[arg(long, value_name = "N", default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=60))]
    pub days: u16,
    /// Time zone of the neighbourhood; default: that of --known, else Europe/Amsterdam.
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// A document that knows what the sheets or the bundle do not say.
    #[arg(long, value_name = "DOCUMENT")]
    pub known: Option<PathBuf>,
    /// FHIR: minutes before or after a named time of the day within which care may start, where no window is given.
    #[arg(long, value_name = "MINUTES", default_value_t = 30, value_parser = clap::value_parser!(u32).range(0..=720))]
    pub around: u32,
    /// A name of the neighbourhood, shown on pages.
    #[arg(long, value_name = "TEXT")]
    pub label: Option<String>,
    /// Write the document to this file: YAML where its name ends so, else JSON.
    #[arg(long, value_name = "DOCUMENT")]
    pub out: Option<PathBuf>,
    /// Print the guide to the columns.
    #[arg(long, conflicts_with_all = ["folder", "template"])]
    pub guide: bool,
    /// Make the sheets in this folder, to fill in.
    #[arg(long, value_name = "FOLDER", conflicts_with = "folder")]
    pub template: Option<PathBuf>,
}
