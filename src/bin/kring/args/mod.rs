//! What can be asked on the command line, a file for each group of commands.

mod documents;
mod exchange;
mod explain;
mod formats;
mod pages;
mod planning;
mod showing;
mod what_if;

pub use documents::{Generate, Locate, New, Roll, ScenarioName};
pub use exchange::{Export, Import, Target};
pub use explain::{Audience as ExplainAudience, Explain, Rule};
pub use formats::{DocumentAndPlan, Format, Literature, NeighbourhoodFile, Objective, Rounding};
pub use pages::{Language, PageOptions, Pages};
pub use planning::{Circles, Fits, Limits, Replan, Solve};
pub use showing::{Check, Overview, ReportArgs};
pub use what_if::{Alternatives, Compare, StandIns};

use clap::{Parser, Subcommand};

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
  kring standins town.json plan.json              prepares for every nurse who may fall ill
  kring check town.json plan.json                 recomputes every rule, cost and indicator on its own
  kring explain town.json plan.json --visit c14/wash/2026-03-03   why this nurse, what another would cost
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
    Explain(Explain),
    Compare(Compare),
    Alternatives(Alternatives),
    Standins(StandIns),
    Roll(Roll),
    Locate(Locate),
    Generate(Generate),
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

    #[test]
    fn options_stand_under_the_heading_of_their_subject() {
        let command = Args::command();
        let solve = command.find_subcommand("solve").unwrap();
        let heading = |name: &str| {
            solve.get_arguments().find(|one| one.get_id() == name).and_then(|one| one.get_help_heading())
        };
        for name in ["strict", "lenient", "bound", "bound_seconds", "out", "seconds"] {
            assert_eq!(heading(name), None, "{name}");
        }
        assert_eq!(heading("language"), Some("Pages for the browser"));
    }

    // Measurements outside the project call exactly these.
    #[test]
    fn the_fixed_surface_is_understood() {
        let all = "town.json --format homecare --seconds 3.5 --iterations 10 --threads 2 --workers 4 --seed 9 \
                   --out plan.json --json --strict --bound --bound-seconds 4";
        let solve = solve(all).unwrap();
        assert_eq!((solve.limits.seconds, solve.limits.iterations), (Some(3.5), Some(10)));
        assert_eq!((solve.limits.threads, solve.workers, solve.limits.seed), (Some(2), Some(4), 9));
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
