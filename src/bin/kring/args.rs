//! What can be asked on the command line.

use crate::library::Moment;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// Plans neighbourhood nursing: few and familiar faces, hours spent with clients
///
/// One file describes a neighbourhood: a team of nurses and their shifts, the clients and their
/// care plans, the roads, what was agreed and what happened before. kring proposes a plan: for
/// every nurse and day a tour with times, for every client the nurses who come, and for every
/// number the reason. The team decides.
#[derive(Debug, Parser)]
#[command(name = "kring", version, verbatim_doc_comment, after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXAMPLES: &str = "\
Try it:
  kring new team.yaml                             a small team to change into your own, with comments
  kring generate town --out town.json             makes up a neighbourhood: 12 nurses, 50 clients
  kring solve town.json --out plan.json           plans it for 30 seconds, prints who comes this week
  kring circles town.json                         says which few nurses could look after whom
  kring check town.json plan.json                 recomputes every rule, cost and indicator on its own
  kring report town.json plan.json --out plan.html  a page for the browser: clients, week, map, team
  kring import sheets --first-day 2026-03-02 --out team.json   a document from four spreadsheets
  kring export town.json plan.json --to ics --out calendars    calendars for nurses and clients
  kring export town.json plan.json --to fhir --out bundle.json  appointments for the record system

'kring solve --help' and so on say more.

Exit codes: 0 done; 1 done, but not all that was asked (a violation; a vital visit left out, or any
under --strict); 2 the input or the call was wrong.";

#[derive(Debug, Subcommand)]
pub enum Command {
    New(New),
    Solve(Solve),
    Circles(Circles),
    Check(Check),
    Report(ReportArgs),
    Overview(Overview),
    Export(Export),
    Import(Import),
    Replan(Replan),
    Fits(Fits),
    Roll(Roll),
    Generate(Generate),
}

/// Plan a neighbourhood
///
/// Prints who comes to whom in the first week, and what the plan costs and is worth. The search
/// ends at the time or iteration limit, or at Ctrl-C; each keeps the best plan found. Progress
/// goes to standard error, results to standard output or --out.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring solve town.json                                  30 seconds, all cores; prints the first week
  kring solve town.json --seconds 5 --out plan.json      quick; keeps the plan
  kring solve town.json --start plan.json                goes on from a plan; a broken one is repaired
  kring solve town.json --day 2026-03-03                 the tours of one day instead
  kring solve town.json --iterations 100000 --seed 7     the same plan on every machine
  kring solve town.json --report plan.html               a page for the browser as well
  kring solve town.json --bound --progress-plot search.svg   how the search went, as a drawing
  kring solve town.json --strict --json                  for programs: one JSON object, exit code 1
                                                         where a visit is left out

Instances of vehicle routing (known by their own look; solomon, cordeau, convrp) are planned by the
same search; --out writes routes in the form of the literature:
  kring solve R101.txt --seconds 60 --out R101.sol       distances cut off after one decimal
  kring solve R101.txt --rounding double                 distances in double precision
  kring solve R101.txt --objective vehicles              fewest vehicles, then distance
  kring solve pr01.txt --seconds 60 --out pr01.res       several depots, several days, or both
  kring solve c1.vrp --arrival-spread 30 --out c1.json   one driver a customer, at about the same time"
)]
pub struct Solve {
    /// The neighbourhood: a kring document (JSON, YAML or TOML; - is standard input), or an instance in another format.
    pub file: PathBuf,
    /// Form of FILE; default: by its own look.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Seconds of search; default 30 unless --iterations is given.
    #[arg(long, value_name = "S", value_parser = seconds, allow_negative_numbers = true)]
    pub seconds: Option<f64>,
    /// Iterations of each worker
    ///
    /// With the same document, seed and workers the plan is the same, bit for bit, whatever the
    /// number of threads.
    #[arg(long, verbatim_doc_comment, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub iterations: Option<u64>,
    /// Threads; default: the cores of this machine.
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Workers that search side by side; default: 1 under --iterations, else the number of threads.
    #[arg(long, value_name = "W", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub workers: Option<u16>,
    /// Seed of the random numbers.
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true)]
    pub seed: u64,
    /// Start from this plan; what of it breaks a rule is taken out, and said.
    #[arg(long, value_name = "PLAN")]
    pub start: Option<PathBuf>,
    /// Plan circles first, to guide the search; the summary says which were kept.
    #[arg(long, conflicts_with = "start")]
    pub circles: bool,
    /// Write the plan to this file, in the form of FILE's format.
    #[arg(long, value_name = "PLAN")]
    pub out: Option<PathBuf>,
    /// Write the plan as a page for the browser to this file; 'kring report --help' says what is on it.
    #[arg(long, value_name = "PAGE")]
    pub report: Option<PathBuf>,
    /// Draw what the best plan cost over time, term by term, to this file (SVG); with --bound, the bound beside it.
    #[arg(long, value_name = "PLOT")]
    pub progress_plot: Option<PathBuf>,
    #[command(flatten)]
    pub page: PageOptions,
    /// Exit with 1 where any visit is left out; default: where a vital one is.
    #[arg(long)]
    pub strict: bool,
    /// Exit with 0 even where a vital visit is left out.
    #[arg(long, conflicts_with = "strict")]
    pub lenient: bool,
    /// Prove how far the plan is from the best possible, at most; afterwards, as long as --seconds.
    #[arg(long)]
    pub bound: bool,
    /// Seconds for --bound instead; it ends sooner where nothing more is to be had.
    #[arg(long, value_name = "S", value_parser = seconds, allow_negative_numbers = true, requires = "bound")]
    pub bound_seconds: Option<f64>,
    #[command(flatten)]
    pub pages: Pages,
    #[command(flatten)]
    pub literature: Literature,
}

/// Check a plan against its neighbourhood
///
/// Recomputes every hard rule, the cost term by term and the indicators from the document and the
/// plan, sharing no code with the search. Exit code 1 where a rule is broken.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring check town.json plan.json                        says what is broken, or that nothing is
  kring check town.json plan.json --week 2               and prints who comes in the second week
  kring check town.json plan.json --json                 for programs: one JSON object
  kring check R101.txt R101.sol --rounding double        routes of an instance of vehicle routing
  kring check c1.vrp c1.json --arrival-spread 30         drivers and arrivals of customers as well"
)]
pub struct Check {
    /// The neighbourhood: a kring document (JSON, YAML or TOML; - is standard input), or an instance in another format.
    pub file: PathBuf,
    /// The plan, as 'kring solve --out' writes it.
    pub plan: PathBuf,
    /// Form of FILE; default: by its own look.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// The plan that people were told before: its changes are priced.
    #[arg(long, value_name = "PLAN")]
    pub published: Option<PathBuf>,
    /// When it was changed, with the offset; default: midnight of the first day.
    #[arg(long, value_name = "TIME", requires = "published")]
    pub now: Option<Moment>,
    #[command(flatten)]
    pub pages: Pages,
    #[command(flatten)]
    pub literature: Literature,
}

/// Show a plan as a page for the browser
///
/// One file without any other: open it, mail it, print it; it loads nothing and sends nothing. Clients
/// come first: each client's week, the few faces, the hours. Then a board of the week, a map with the
/// tours along the roads, the team's figures, and a sheet to print for every client. The plan is checked
/// first; broken rules stand at the top of the page, and the exit code is 1.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring report town.json plan.json --out plan.html                    the page for the team
  kring report town.json plan.json --out plan.html --language nl      in Dutch
  kring report town.json plan.json --out plan.html --no-labels        ids only, to show elsewhere
  kring report town.json new.json --published plan.json --out new.html   and what changed since
  kring report town.json plan.json --client c29 --out c29.html        the sheet of one client, to give away
  kring report town.json plan.json --out plan.html --plots plots      and drawings for a slide

Addresses within the page: plan.html#client=c29, #nurse=n04, #view=board&day=2026-03-03, #week=2"
)]
pub struct ReportArgs {
    /// The neighbourhood: a kring document.
    pub file: PathBuf,
    /// The plan, as 'kring solve --out' writes it.
    pub plan: PathBuf,
    /// Form of FILE; default: by its own look.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Write the page to this file.
    #[arg(long, value_name = "PAGE")]
    pub out: PathBuf,
    /// List what changed since this plan, the one that people were told.
    #[arg(long, value_name = "PLAN")]
    pub published: Option<PathBuf>,
    /// Only the sheet of this client, with nothing about anyone else.
    #[arg(long, value_name = "ID", conflicts_with_all = ["published", "plots"])]
    pub client: Option<String>,
    /// Draw the use of hours and the faces of clients to this folder as well: hours.svg, continuity.svg.
    #[arg(long, value_name = "FOLDER")]
    pub plots: Option<PathBuf>,
    #[command(flatten)]
    pub page: PageOptions,
}

/// How a page is written.
#[derive(Debug, Clone, ClapArgs)]
#[command(next_help_heading = "Pages for the browser")]
pub struct PageOptions {
    /// Language of the page.
    #[arg(long, value_enum, default_value = "en")]
    pub language: Language,
    /// Leave out the labels of the document; people are shown by their ids.
    #[arg(long)]
    pub no_labels: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// English
    En,
    /// Dutch
    Nl,
}

/// Show many teams on one page
///
/// From a folder with a document and a plan for each team: NAME.json and NAME.plan.json. Writes a page
/// with one row a team, in the order of their names, and beside it the page of each team, to which the
/// rows lead. A team that cannot be read has its row too, with the reason. Exit code 1 where one cannot
/// be read or breaks rules.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring overview county --out county/index.html --title \"Our county\"
  kring overview county --out county/index.html --language nl --no-labels"
)]
pub struct Overview {
    /// The folder with documents and plans.
    pub folder: PathBuf,
    /// Write the page to this file, and the pages of the teams beside it.
    #[arg(long, value_name = "PAGE")]
    pub out: PathBuf,
    /// What stands at the top of the page.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub title: String,
    #[command(flatten)]
    pub page: PageOptions,
}

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
    /// The neighbourhood: a kring document.
    pub file: PathBuf,
    /// The plan, as 'kring solve --out' writes it.
    pub plan: PathBuf,
    /// Form of FILE; default: by its own look.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
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
    #[arg(long, value_name = "N", default_value_t = 1, requires = "published",
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
/// Four sheets, saved as CSV in one folder: clients.csv, care.csv, nurses.csv and shifts.csv. --template
/// makes them with their headings, --guide says what belongs in each column. Commas, semicolons and tabs
/// are understood, headings in English and Dutch, decimal commas, and the blanks that merged cells leave.
/// Mistakes are named by sheet, row and column.
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
  kring import bundle.json --known team.json --first-day 2026-03-16 --out next.json"
)]
pub struct Import {
    /// The folder with the four sheets, or the file of a FHIR bundle.
    #[arg(value_name = "FOLDER|BUNDLE")]
    pub folder: Option<PathBuf>,
    /// First day to plan (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    pub first_day: Option<Date>,
    /// Days to plan, 1 to 60.
    #[arg(long, value_name = "N", default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=60))]
    pub days: u16,
    /// Time zone of the neighbourhood; default: that of --known, else Europe/Amsterdam.
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// FHIR: a document that knows what the bundle does not say.
    #[arg(long, value_name = "DOCUMENT")]
    pub known: Option<PathBuf>,
    /// FHIR: minutes before or after a named time of the day within which care may start, where no window is given.
    #[arg(long, value_name = "MINUTES", default_value_t = 30, value_parser = clap::value_parser!(u32).range(0..=720))]
    pub around: u32,
    /// A name of the neighbourhood, shown on pages.
    #[arg(long, value_name = "TEXT")]
    pub label: Option<String>,
    /// Write the document to this file.
    #[arg(long, value_name = "DOCUMENT")]
    pub out: Option<PathBuf>,
    /// Print the guide to the columns.
    #[arg(long, conflicts_with_all = ["folder", "template"])]
    pub guide: bool,
    /// Make the four sheets in this folder, to fill in.
    #[arg(long, value_name = "FOLDER", conflicts_with = "folder")]
    pub template: Option<PathBuf>,
}

/// Plan circles: which few nurses look after which client
///
/// Before any tour, from who may and can come, the hours of all shifts, who knows whom, and estimates
/// of the way. Clients whose circle the document names keep it. Prints the circle of every client and
/// what is asked of every nurse; --out writes the document with the circles named, to look at, to
/// change, and to plan tours with. Tours keep to named circles at the price 'not_circle' of the
/// document; at 0, the default, they are only reported.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring circles town.json                             prints them
  kring circles town.json --anew                      plans those that the document names as well
  kring circles town.json --anew --out named.json     names them in a copy of the document; give
                                                      that a price 'not_circle', and:
  kring solve named.json                              plans tours that keep to them
  kring solve town.json --circles                     both in one go, circles as a guide only"
)]
pub struct Circles {
    /// The neighbourhood: a kring document.
    pub file: PathBuf,
    /// Form of FILE; default: by its own look.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Plan all circles anew; default: those that the document names stay.
    #[arg(long)]
    pub anew: bool,
    /// Most seconds, about; default: as much work as is the same on every machine, mostly a second or two.
    #[arg(long, value_name = "S", value_parser = seconds, allow_negative_numbers = true)]
    pub seconds: Option<f64>,
    /// Write the document with the circles named to this file.
    #[arg(long, value_name = "DOCUMENT")]
    pub out: Option<PathBuf>,
    /// Print one JSON object instead of a page.
    #[arg(long)]
    pub json: bool,
}

/// Plan again after events: a nurse is ill, a visit is added
///
/// Starts from the plan that people were told. What lies before now is frozen; every other change has
/// a price (changed_nurse, changed_day, changed_hour in 'prices' of the document, times notice), so
/// that a change is made where it is needed or saves more. Lists what changed for whom, and why.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring replan town.json plan.json --events today.yaml --out new.json
  kring replan town.json plan.json --events today.yaml --now 2026-03-03T06:30:00+01:00 --document today.json
  kring check today.json new.json --published plan.json --now 2026-03-03T06:30:00+01:00

Events (YAML or JSON):
  kring_events: 1
  now: 2026-03-03T06:30:00+01:00
  events:
    - nurse_absent: {nurse: n04, date: 2026-03-03}              # until, from_time, to_time
    - nurse_late: {nurse: n05, date: 2026-03-03, start: '09:00'}
    - nurse_back: {nurse: n06, date: 2026-03-04}
    - visit_cancelled: {client: c12, care: wash, date: 2026-03-03}
    - visit_length: {client: c12, care: wash, date: 2026-03-04, minutes: 60}
    - client_away: {client: c30, from: 2026-03-04, until: 2026-03-06}
    - visit_added: {client: c07, care: {id: fall, days: {dates: [2026-03-03]}, minutes: 30,
                    window: {from: '10:00', to: '14:00'}, priority: vital}}
    - client_added: {...}                                       # as in 'clients' of the document"
)]
pub struct Replan {
    /// The neighbourhood: a kring document (JSON, YAML or TOML; - is standard input).
    pub file: PathBuf,
    /// The published plan, as 'kring solve --out' writes it.
    pub plan: PathBuf,
    /// What happened.
    #[arg(long, value_name = "EVENTS")]
    pub events: PathBuf,
    /// The moment of planning, with its offset; default: that of the events, else midnight of the first day.
    #[arg(long, value_name = "TIME")]
    pub now: Option<Moment>,
    /// Seconds of search; default 10 unless --iterations is given.
    #[arg(long, value_name = "S", value_parser = seconds, allow_negative_numbers = true)]
    pub seconds: Option<f64>,
    /// Iterations of each worker.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub iterations: Option<u64>,
    /// Threads; default: the cores of this machine.
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Seed of the random numbers.
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true)]
    pub seed: u64,
    /// Write the new plan to this file.
    #[arg(long, value_name = "PLAN")]
    pub out: Option<PathBuf>,
    /// Write the document as the events made it to this file; the new plan is a plan of it.
    #[arg(long, value_name = "DOCUMENT")]
    pub document: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// Where does it fit: places for the visits of a client that a plan leaves out
///
/// For a client who comes into care, or a visit more: the cheapest place with each nurse on each day,
/// cheapest first, without moving any other visit. Prices are minutes of a nurse's time.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring fits town.json plan.json --client c07                        visits of c07 that are left out
  kring fits town.json plan.json --client c07 --visit fall --events fall.yaml
                                  after events that add it, in the form of 'kring replan --help'"
)]
pub struct Fits {
    /// The neighbourhood: a kring document (JSON, YAML or TOML; - is standard input).
    pub file: PathBuf,
    /// The plan, as 'kring solve --out' writes it.
    pub plan: PathBuf,
    /// Whose visits: a client id.
    #[arg(long, value_name = "ID")]
    pub client: String,
    /// Only those of this care line.
    #[arg(long, value_name = "CARE")]
    pub visit: Option<String>,
    /// Events that add the client or the visit first; nothing is placed before their 'now'.
    #[arg(long, value_name = "EVENTS")]
    pub events: Option<PathBuf>,
    /// Most places to print for each visit.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    pub most: u16,
    /// Print one JSON object with every place.
    #[arg(long)]
    pub json: bool,
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
  kring roll team.yaml plan.json --out next.json          the next horizon
  kring roll team.yaml plan.json --actual visits.csv      by what happened (columns client, nurse, date)
  kring roll team.yaml plan.json --to 2026-03-09          from a day within the horizon on"
)]
pub struct Roll {
    /// The neighbourhood: a kring document (JSON, YAML or TOML; - is standard input).
    pub file: PathBuf,
    /// The plan that was carried out, as 'kring solve --out' writes it.
    pub plan: PathBuf,
    /// First day of the next horizon; default: the day after the last.
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
    /// What happened instead of what was planned: CSV with the columns client, nurse and date, or a JSON list.
    #[arg(long, value_name = "VISITS")]
    pub actual: Option<PathBuf>,
    /// Write the document to this file, in JSON; default: print it.
    #[arg(long, value_name = "DOCUMENT")]
    pub out: Option<PathBuf>,
}

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
    #[arg(long, value_name = "DATE")]
    pub first_day: Option<Date>,
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
    /// Write the document to this file.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// What to print instead of the first week and the summary.
#[derive(Debug, Clone, Default, ClapArgs)]
#[command(next_help_heading = "Pages")]
pub struct Pages {
    /// Print one JSON object instead of pages.
    #[arg(long, conflicts_with_all = ["day", "week"])]
    pub json: bool,
    /// Print the tours of this day (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    pub day: Option<Date>,
    /// Print who comes in this week, counted from 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub week: Option<u16>,
}

/// Options that belong to one format of the literature.
#[derive(Debug, Clone, Default, ClapArgs)]
#[command(next_help_heading = "Formats of the literature")]
pub struct Literature {
    /// solomon: how distances are rounded; default: dimacs.
    #[arg(long, value_enum)]
    pub rounding: Option<Rounding>,
    /// solomon: what counts first; default: distance.
    #[arg(long, value_enum)]
    pub objective: Option<Objective>,
    /// convrp: longest time between the arrivals at a customer on its days; default: no limit.
    #[arg(long, value_name = "L", value_parser = spread, allow_negative_numbers = true)]
    pub arrival_spread: Option<f64>,
    /// convrp: most drivers of a customer; default: 1.
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..), allow_negative_numbers = true)]
    pub max_drivers: Option<u32>,
}

impl Literature {
    /// The options given, each with the format that it belongs to.
    pub fn given(&self) -> impl Iterator<Item = (&'static str, Format)> {
        let options = [
            (self.rounding.is_some(), "--rounding", Format::Solomon),
            (self.objective.is_some(), "--objective", Format::Solomon),
            (self.arrival_spread.is_some(), "--arrival-spread", Format::Convrp),
            (self.max_drivers.is_some(), "--max-drivers", Format::Convrp),
        ];
        options.into_iter().filter(|(given, ..)| *given).map(|(_, name, format)| (name, format))
    }
}

/// Form of a neighbourhood's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// kring's own document
    Kring,
    /// the neutral home-care instance of the comparison with other planners
    Homecare,
    /// VRPTW, Solomon, Gehring and Homberger
    Solomon,
    /// MDVRP, PVRP, both, and with time windows, Cordeau and others
    Cordeau,
    /// ConVRP, Groer, Golden and Wasil
    Convrp,
    /// HHCRSP, Mankowska and others (not yet)
    Mankowska,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Rounding {
    /// one decimal, cut off
    Dimacs,
    /// double precision
    Double,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Objective {
    /// total distance
    Distance,
    /// number of vehicles, then distance
    Vehicles,
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

/// Seconds of search: above 0, at most 10,000,000.
fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value > 0.0 && value <= 1e7 => Ok(value),
        _ => Err("give a number of seconds above 0 and at most 10000000".to_owned()),
    }
}

/// A spread of times: a number of at least 0.
fn spread(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value >= 0.0 && value.is_finite() => Ok(value),
        _ => Err("give a number of at least 0, in the units of the file".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn solve(line: &str) -> Result<Solve, clap::Error> {
        let words = ["kring", "solve"].into_iter().chain(line.split_whitespace());
        Args::try_parse_from(words).map(|args| match args.command {
            Some(Command::Solve(solve)) => solve,
            other => panic!("{other:?} is not solve"),
        })
    }

    #[test]
    fn the_definition_holds_together() {
        Args::command().debug_assert();
    }

    // Measurements outside the project call exactly these.
    #[test]
    fn the_fixed_surface_is_understood() {
        let all = "town.json --format homecare --seconds 3.5 --iterations 10 --threads 2 --workers 4 --seed 9 \
                   --out plan.json --json --strict --bound --bound-seconds 4";
        let solve = solve(all).unwrap();
        assert_eq!((solve.seconds, solve.iterations), (Some(3.5), Some(10)));
        assert_eq!((solve.threads, solve.workers, solve.seed), (Some(2), Some(4), 9));
        assert_eq!(solve.format, Some(Format::Homecare));
        assert!(solve.pages.json && solve.strict && solve.bound);
        assert_eq!(solve.bound_seconds, Some(4.0));
        for literature in [
            "a --rounding dimacs --objective vehicles",
            "a --arrival-spread 20 --max-drivers 3 --format convrp",
        ] {
            assert!(self::solve(literature).unwrap().literature.given().next().is_some());
        }
        assert!(Args::try_parse_from(["kring", "check", "a", "b", "--json", "--format", "kring"]).is_ok());
        let generate = "kring generate town --nurses 3 --clients 5 --days 7 --seed 2 --out a.json";
        assert!(Args::try_parse_from(generate.split(' ')).is_ok());
        assert!(Args::try_parse_from(["kring"]).unwrap().command.is_none());
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        for wrong in [
            "--seconds 0",
            "--bound-seconds 3",
            "--seconds inf",
            "--seconds nan",
            "--threads 0",
            "--iterations 0",
            "--week 0",
            "--arrival-spread -1",
            "--arrival-spread inf",
            "--arrival-spread nan",
            "--max-drivers 0",
            "--max-drivers -1",
            "--max-drivers 1.5",
        ] {
            assert!(solve(&format!("town.json {wrong}")).is_err(), "{wrong}");
        }
    }
}
