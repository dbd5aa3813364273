//! Documents of made-up neighbourhoods: plausible people, streets, rosters and pasts; never names.
//!
//! ```text
//! streets ─> addresses ─> care plans ─> roster (as much as the care asks) ─> circles ─> agreements
//!                                                                                └────> history
//! ```
//! The figures follow what is known of neighbourhood teams: up to 12 nurses, 40 to 60 clients, half
//! of the visits in the morning, a circle of three to five nurses a client. All of them are
//! assumptions, to try kring on and never to be quoted.

mod agreements;
mod care;
mod circles;
mod draw;
mod history;
mod kinds;
mod map;
mod neighbourhood;
mod people;
mod roster;
mod towns;

pub use kinds::Scenario;
pub use neighbourhood::{ScenarioOptions, generate};
