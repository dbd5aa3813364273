//! The `kring` command: arguments, files and printing, nothing else.

mod alternatives;
mod args;
mod check;
mod circles;
mod compare;
mod ending;
mod explain;
mod export;
mod files;
mod fits;
mod generate;
mod import;
mod instance;
mod library;
mod literature;
mod locate;
mod new;
mod opened;
mod output;
mod overview;
mod preparing;
mod progress;
mod proof;
mod replan;
mod report;
mod roll;
mod run;
mod solve;
mod standins;

use args::{Args, Command};
use clap::{CommandFactory, Parser};
use ending::{Ending, Failure};
use std::process::ExitCode;

fn main() -> ExitCode {
    output::print_log();
    let ended = match asked().command {
        None => introduce(),
        Some(Command::New(new)) => new::run(&new),
        Some(Command::Replan(replan)) => replan::run(&replan),
        Some(Command::Fits(fits)) => fits::run(&fits),
        Some(Command::Explain(explain)) => explain::run(&explain),
        Some(Command::Compare(compare)) => compare::run(&compare),
        Some(Command::Alternatives(asked)) => alternatives::run(&asked),
        Some(Command::Standins(asked)) => standins::run(&asked),
        Some(Command::Roll(roll)) => roll::run(&roll),
        Some(Command::Solve(solve)) => solve::run(&solve),
        Some(Command::Check(check)) => check::run(&check),
        Some(Command::Circles(circles)) => circles::run(&circles),
        Some(Command::Report(report)) => report::run(&report),
        Some(Command::Overview(overview)) => overview::run(&overview),
        Some(Command::Export(export)) => export::run(&export),
        Some(Command::Import(import)) => import::run(&import),
        Some(Command::Locate(locate)) => locate::run(&locate),
        Some(Command::Generate(generate)) => generate::run(&generate),
    };
    match ended {
        Ok(Ending::Done) => ExitCode::from(0),
        Ok(Ending::NotAll) => ExitCode::from(1),
        Err(Failure(text)) => {
            output::note(&format!("kring: {text}"));
            ExitCode::from(2)
        }
    }
}

/// The arguments. What is wrong with them is told with the beginning of an argument that is long.
fn asked() -> Args {
    Args::try_parse().unwrap_or_else(|error| {
        let said = error.render().to_string();
        // (An argument need not be UTF-8: the name of a file.)
        let arguments = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
        let short = arguments.fold(said.clone(), |said, argument| {
            let value = argument.split_once('=').filter(|_| argument.starts_with("--"));
            let value = value.map_or(argument.as_str(), |(_, value)| value);
            match output::short(value) {
                short if short == value => said,
                short => said.replace(value, &short),
            }
        });
        if short == said {
            error.exit();
        }
        output::note(short.trim_end());
        std::process::exit(error.exit_code())
    })
}

/// `kring` alone says what it is and what to try.
fn introduce() -> Result<Ending, Failure> {
    output::print(&Args::command().render_long_help().to_string())?;
    Ok(Ending::Done)
}
