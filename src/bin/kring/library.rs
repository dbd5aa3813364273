//! Everything of the library that the commands use, in one place.

pub use kring::check::{Checked, Violation, check};
pub use kring::data::json;
pub use kring::data::literature::homecare;
pub use kring::error::Error;
pub use kring::model::{CostByTerm, Document, Indicators, Plan, Term};
pub use kring::report::Report;
pub use kring::{Cancel, Options, Outcome, Progress, prepare, solve_with};

/// Scenarios, until `data::scenario` is there.
pub mod scenario {
    use kring::error::{Error, ErrorKind, Mistake, Result};
    use kring::model::Document;

    pub fn generate(
        name: &str,
        _nurses: Option<u16>,
        _clients: Option<u16>,
        _days: Option<u16>,
        _seed: u64,
    ) -> Result<Document> {
        Err(Error::new(ErrorKind::Feature, Mistake::new(name, "is not built yet", "wait for it")))
    }
}
