//! Commands that plan: tours, circles, a plan after events, a place for a visit.

use super::formats::{DocumentAndPlan, Format, Literature, NeighbourhoodFile};
use super::pages::{PageOptions, Pages};
use crate::library::Moment;
use clap::{ArgGroup, Args as ClapArgs};
use std::path::PathBuf;

/// The help of `--seconds`, with what holds without it.
pub fn seconds_help(default: &str) -> String {
    format!("Seconds in all, from the start of the command, reading and writing included; default{default}")
}

/// How long a command searches, on how many threads, and by which chance.
#[derive(Debug, Clone, ClapArgs)]
pub struct Limits {
    #[arg(
        long,
        value_name = "S",
        value_parser = seconds,
        allow_negative_numbers = true,
        help = seconds_help(" unless --iterations is given: 30")
    )]
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
    /// Seed of the random numbers.
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true)]
    pub seed: u64,
}

/// Plan a neighbourhood
///
/// Prints who comes to whom in the first week, and what the plan costs and is worth. The search
/// ends at the time or iteration limit, or at Ctrl-C; each keeps the best plan found. (A second
/// Ctrl-C ends at once, without it.) Progress goes to standard error, results to standard output or
/// --out.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    group = ArgGroup::new("drawn").args(["report", "progress_plot"]).multiple(true),
    mut_arg("no_labels", |arg| arg.requires("drawn")),
    mut_arg("language", |arg| arg.requires("report")),
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
    #[command(flatten)]
    pub limits: Limits,
    /// Workers that search side by side; default: 1 under --iterations, else the number of threads.
    #[arg(long, value_name = "W", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub workers: Option<u16>,
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
    /// Exit with 1 where any visit is left out; default: where a vital one is.
    #[arg(long)]
    pub strict: bool,
    /// Exit with 0 even where a vital visit is left out.
    #[arg(long, conflicts_with = "strict")]
    pub lenient: bool,
    /// Prove how far the plan is from the best possible, at most: beside the search on one of several threads (the
    /// line of progress shows it), after it and as long again on the only one.
    #[arg(long)]
    pub bound: bool,
    /// Seconds for --bound instead; it ends sooner where nothing more is to be had.
    #[arg(long, value_name = "S", value_parser = seconds, allow_negative_numbers = true, requires = "bound")]
    pub bound_seconds: Option<f64>,
    // (Its heading, and those of what follows, hold for every option behind it.)
    #[command(flatten)]
    pub page: PageOptions,
    #[command(flatten)]
    pub pages: Pages,
    #[command(flatten)]
    pub literature: Literature,
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
    #[command(flatten)]
    pub neighbourhood: NeighbourhoodFile,
    /// Plan all circles anew; default: those that the document names stay.
    #[arg(long)]
    pub anew: bool,
    /// Most seconds in all, from the start of the command; default: as much work as is the same on every machine, mostly a second or two.
    #[arg(long, value_name = "S", value_parser = seconds, allow_negative_numbers = true)]
    pub seconds: Option<f64>,
    /// Write the document with the circles named to this file: YAML where its name ends so, else JSON. Comments are lost.
    #[arg(long, value_name = "DOCUMENT")]
    pub out: Option<PathBuf>,
    /// Print one JSON object instead of a page.
    #[arg(long)]
    pub json: bool,
}

/// Plan again after events: a nurse is ill, a visit is added
///
/// Starts from the plan that people were told. What has begun before now, or a nurse is on the way to,
/// is frozen; every other change has a price (changed_nurse, changed_day, changed_hour and withdrawn in
/// 'prices' of the document, times notice), so that a change is made where it is needed or saves more.
/// Lists what changed for whom, and why.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    mut_arg("seconds", |arg| arg.help(seconds_help(" unless --iterations is given: 10"))),
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
    - visit_cancelled: {client: c14, care: wash, date: 2026-03-03}
    - visit_length: {client: c14, care: wash, date: 2026-03-04, minutes: 60}
    - client_away: {client: c30, from: 2026-03-04, until: 2026-03-06}
    - visit_added: {client: c07, care: {id: fall, days: {dates: [2026-03-03]}, minutes: 30,
                    window: {from: '10:00', to: '14:00'}, priority: vital}}
    - client_added: {...}                                       # as in 'clients' of the document
    - street_closed: {from: 3, to: 4}                           # nodes of 'streets'; before the first visit

What must not change is in 'agreements.locks' of the document."
)]
pub struct Replan {
    #[command(flatten)]
    pub of: DocumentAndPlan,
    /// What happened.
    #[arg(long, value_name = "EVENTS")]
    pub events: PathBuf,
    /// The moment of planning, with its offset; default: that of the events, else midnight of the first day.
    #[arg(long, value_name = "TIME")]
    pub now: Option<Moment>,
    #[command(flatten)]
    pub limits: Limits,
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
/// cheapest first, without moving any other visit; and where it is cheaper, with one or two others
/// moved. Prices are minutes of a nurse's time.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring fits town.json plan.json --client c07                        visits of c07 that are left out
  kring fits town.json plan.json --client c07 --care fall --events fall.yaml
                                  after events that add it, in the form of 'kring replan --help'"
)]
pub struct Fits {
    #[command(flatten)]
    pub of: DocumentAndPlan,
    /// Whose visits: a client id.
    #[arg(long, value_name = "ID")]
    pub client: String,
    /// Only those of this care line.
    #[arg(long, value_name = "ID", alias = "visit")]
    pub care: Option<String>,
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

/// A time limit in seconds: above 0, at most 10,000,000.
pub fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value > 0.0 && value <= 1e7 => Ok(value),
        _ => Err("give a number of seconds above 0 and at most 10000000".to_owned()),
    }
}
