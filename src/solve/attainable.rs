//! What no plan can beat: the fewest faces of each client.

use super::cancel::Cancel;
use super::planner::Planner;
use crate::exact::attainable as fewest;
use crate::model::problem::Problem;

pub use crate::model::attainable::{Attainable, ClientAttainable, Regret};

/// For each client, the fewest nurses who can make all its visits (those that can be made at all), and the least that
/// faces cost. Compare the faces of a plan with these figures rather than with one nurse for everybody.
///
/// A nurse can make a visit on a day if she may (competence, forbidden pairs, pins, known faces) and one of her shifts
/// could hold it alone: window, bounds of the shift, absences, the ways from and to home. Day patterns are chosen
/// freely; rest is as the roster gives it. Each client is considered alone; all clients at once may need more faces.
/// These are bounds, not a plan. Breaks, contract hours, regular hours, and two visits of a client that one nurse
/// cannot make because they overlap, are not considered. The ways from and to home are the direct ones, as in
/// [`solve`](super::solve()): where a matrix has shorter ways by another place, plans made elsewhere may have fewer
/// faces.
///
/// Corollary: if every nurse has at most `s` shifts that reach the `b` bands of care of a client, one band each, the
/// client has at least `ceil(b / s)` faces. Daily care by nurses with 4 shifts a week takes 2 of them, care early and
/// late takes 4.
///
/// # Complexity
/// Day options times the shifts of a day; for each client a branch and bound over the sets of its nurses, without those
/// whom another can replace everywhere. It is exact for up to 14 nurses. For more, if 20,000 sets do not suffice, an
/// integer programme of at most 300 nodes follows, with five seconds for all clients together
/// ([`ClientAttainable::proven`]).
///
/// # References
/// Set cover: R. M. Karp, Reducibility among combinatorial problems, 1972; by branch and bound: E. Balas and A.
/// Ho, Set covering algorithms using cutting planes, heuristics, and subgradient optimization, Mathematical
/// Programming Study 12, 1980.
pub fn attainable(problem: &Problem) -> Attainable {
    fewest::attainable(problem, &|| false, None)
}

impl Planner {
    /// The fewest faces of each client: see [`attainable()`]. For clients that are not reached before `cancel`, the
    /// result is one face, which is not [proven](ClientAttainable::proven).
    pub fn attainable(&self, cancel: &Cancel) -> Attainable {
        fewest::attainable(self.problem(), &|| cancel.is_cancelled(), cancel.end())
    }
}
