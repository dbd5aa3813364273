//! Commands that look at plans: the check, the page of a team, the page of many teams.

use super::formats::{Format, Literature, NeighbourhoodFile};
use super::pages::{PageOptions, Pages};
use crate::library::Moment;
use clap::Args as ClapArgs;
use std::path::PathBuf;

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
    #[command(flatten)]
    pub neighbourhood: NeighbourhoodFile,
    /// The plan, as 'kring solve --out' writes it.
    pub plan: PathBuf,
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
