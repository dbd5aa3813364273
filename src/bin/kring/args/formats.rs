//! Forms of the file that describes a neighbourhood, and the options of each.

use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

/// The file of a neighbourhood, for commands that do not take instances of vehicle routing.
#[derive(Debug, ClapArgs)]
pub struct NeighbourhoodFile {
    /// The neighbourhood: a kring document.
    pub file: PathBuf,
    /// Form of FILE; default: by its own look.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

/// A neighbourhood in kring's own form and a plan of it.
#[derive(Debug, ClapArgs)]
pub struct DocumentAndPlan {
    /// The neighbourhood: a kring document (JSON, YAML or TOML; - is standard input).
    pub file: PathBuf,
    /// The plan, as 'kring solve --out' writes it.
    pub plan: PathBuf,
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

impl Format {
    /// The name on the command line.
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// Whether files of this format are instances of vehicle routing.
    pub fn is_routing(self) -> bool {
        matches!(self, Format::Solomon | Format::Cordeau | Format::Convrp)
    }
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

/// A spread of times: a number of at least 0.
fn spread(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value >= 0.0 && value.is_finite() => Ok(value),
        _ => Err("give a number of at least 0, in the units of the file".to_owned()),
    }
}
