//! Circles before tours: which few nurses look after each client.

use super::cancel::Cancel;
use super::options::Options;
use super::planner::Planner;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::exact::circles as exact;

pub use crate::model::circles::{Circles, ClientCircle, NurseLoad};

/// Most pairs of a visit on a day and a nurse.
const MOST_PAIRS: usize = 4_000_000;

impl Planner {
    /// Plans a circle for each client: which few nurses look after it in the days of the horizon, and who is its first
    /// nurse.
    ///
    /// The cost consists of the document's prices of faces, new faces, first and preferred nurses and visits left out,
    /// and of an estimate of travel (a part of the way between the nurse's home and the client, and the way from the
    /// nearest clients). The constraints are competence, forbidden pairs, pins, known faces and hard bounds on faces;
    /// who is on duty when a visit may take place; and the time of each shift and of its parts: in each part that is
    /// too full, a second too many costs three. Day patterns are chosen as well. Tours, contract hours, COC, UPC,
    /// hand-overs and introductions are not considered. Clients whose circle the document names keep it; a visit by
    /// others costs them twenty minutes here.
    ///
    /// Without `seconds` the answer is the same on every machine, unless the integer programme takes twenty seconds and
    /// is cut off. With `seconds`, it takes at most about that long, and may depend on the machine. Either way, it is
    /// by the estimates never dearer than what changing one client or two clients at a time finds. [`Circles::gap`]
    /// says how far it can be from the best. A `cancel` ends the planning early.
    ///
    /// # Errors
    /// Seconds that are not above 0, or above 10,000,000. `TooLarge` where visits on their possible days times nurses are more
    /// than 4,000,000.
    ///
    /// # Complexity
    /// Sixty rounds at most, each of a branch and bound over the sets of nurses of each client, 2,000 of them at most; pairs
    /// of clients; and up to some hundred clients an integer programme with a variable for each circle listed, 24 a client at most.
    ///
    /// # References
    /// M. L. Fisher and R. Jaikumar (1981), "A generalized assignment heuristic for vehicle routing", Networks 11(2);
    /// C. F. Daganzo (1984), "The distance traveled to visit N points with a maximum of C stops per vehicle",
    /// Transportation Science 18(4).
    pub fn circles(&self, seconds: Option<f64>, cancel: &Cancel) -> Result<Circles> {
        let problem = self.problem();
        if let Some(seconds) = seconds {
            Options::default().with_seconds(seconds).check()?;
        }
        let pairs = problem.facts.options.len().saturating_mul(problem.facts.nurses.len());
        if pairs > MOST_PAIRS {
            let problem = format!("{pairs} pairs of a visit on a day and a nurse");
            let mistake = Mistake::new("clients", problem, "plan circles for fewer days, clients or nurses");
            return Err(Error::new(ErrorKind::TooLarge, mistake));
        }
        Ok(exact::circles(problem, seconds, &|| cancel.is_cancelled()))
    }
}
