//! Questions about a plan.

use super::pages::Language;
use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

/// Why is the plan as it is, and what would it cost otherwise
///
/// --visit: the visit is taken out of its tour and put in with each other nurse, in the cheapest place; one of her other
/// visits may move, or two where that is not enough. Each line says what that would change, and what the plan would cost
/// more: in minutes of a nurse's time, exactly as 'kring check' says of the plan before and after. Where a nurse has no
/// place, the line says why.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring explain town.json plan.json --visit c12/wash/2026-03-03            why this nurse, what would another cost
  kring explain town.json plan.json --visit c12/wash/2026-03-03 --audience client --language nl
                                                       in Dutch, with what the client may know
  kring explain town.json plan.json --visit c12/wash/2026-03-03 --json     for programs"
)]
pub struct Explain {
    /// The neighbourhood: a kring document (JSON, YAML or TOML; - is standard input).
    pub file: PathBuf,
    /// The plan, as 'kring solve --out' writes it.
    pub plan: PathBuf,
    /// A visit: its client, care line and date.
    #[arg(long, value_name = "CLIENT/CARE/DATE", group = "question", required = true)]
    pub visit: Option<String>,
    /// For whom the answer is. A client or a nurse is told nothing of other clients and no reasons of colleagues.
    #[arg(long, value_enum, default_value = "team", value_name = "WHOM")]
    pub audience: Audience,
    /// Language of the answer.
    #[arg(long, value_enum, default_value = "en")]
    pub language: Language,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Audience {
    /// The team that plans together
    Team,
    /// The client whom the question is about
    Client,
    /// The nurse whom the question is about, or who makes the visit
    Nurse,
}
