//! Questions about a plan.

use super::formats::DocumentAndPlan;
use super::pages::Language;
use super::planning::{Limits, seconds};
use clap::{Args as ClapArgs, ValueEnum};

/// Why is the plan as it is, and what would it cost otherwise
///
/// Without a question: what the plan costs, by term, client and nurse.
/// --visit: the visit is taken out of its tour and put in with each other nurse, in the cheapest
/// place; one of her other visits may move, or two where that is not enough. Each line says what
/// that would change, and what the plan would cost more, in minutes of a nurse's time, exactly as
/// 'kring check' says of the plan before and after. Where a nurse has no place, the line says why.
/// --client: who comes, what that costs, and what it would cost without each of them.
/// --nurse: her visits, hours and costs.
/// --unplanned: for each visit left out the smallest set of visits in its way, the rules that could
/// give way, and the reason of every nurse.
/// --rule: the plan is improved with the rule and without it, three searches of --iterations each or
/// within --seconds (30) together, and the two are compared.
#[derive(Debug, ClapArgs)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  kring explain town.json plan.json                    what the plan costs, and for whom most
  kring explain town.json plan.json --client c12       who comes to c12, and why
  kring explain town.json plan.json --unplanned        why visits are left out, and what would make room
  kring explain town.json plan.json --visit c14/wash/2026-03-03            why this nurse, what would another cost
  kring explain town.json plan.json --visit c14/wash/2026-03-03 --audience client --language nl
                                                       in Dutch, with what the client may know
  kring explain town.json plan.json --rule competence --seconds 20 --bound-seconds 30
                                                       what the need for competences costs, and at most
  kring explain town.json plan.json --visit c14/wash/2026-03-03 --json     for programs"
)]
pub struct Explain {
    #[command(flatten)]
    pub of: DocumentAndPlan,
    /// A visit: its client, care line and date.
    #[arg(long, value_name = "CLIENT/CARE/DATE", group = "question")]
    pub visit: Option<String>,
    /// A client: who comes, and why.
    #[arg(long, value_name = "ID", group = "question")]
    pub client: Option<String>,
    /// A nurse: what she does, and what that costs.
    #[arg(long, value_name = "ID", group = "question")]
    pub nurse: Option<String>,
    /// The visits left out: why, and what would make room.
    #[arg(long, group = "question")]
    pub unplanned: bool,
    /// What a rule costs.
    #[arg(long, value_enum, group = "question", value_name = "RULE")]
    pub rule: Option<Rule>,
    /// For --rule: seconds to prove what the rule costs at most, after --seconds.
    #[arg(long, value_name = "S", requires = "rule", value_parser = seconds, allow_negative_numbers = true)]
    pub bound_seconds: Option<f64>,
    #[command(flatten)]
    pub limits: Limits,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Rule {
    /// Time windows, if they were an hour wider at either end
    Windows,
    /// Levels and competences
    Competence,
    /// Contract hours
    Contract,
    /// The most faces of a client
    MaxFaces,
    /// Known faces in short visits
    KnownFaces,
    /// Regular hours
    RegularHour,
    /// Forbidden pairs
    ForbiddenPairs,
    /// Visits pinned to a nurse
    Pins,
    /// The ends of shifts, if they were an hour later
    ShiftEnds,
}
