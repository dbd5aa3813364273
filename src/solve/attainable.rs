//! What no plan can beat: the fewest faces of each client.

use super::cancel::Cancel;
use super::planner::Planner;
use crate::exact::attainable as fewest;
use crate::model::problem::Problem;

pub use crate::model::attainable::{Attainable, ClientAttainable, Regret};

/// The fewest faces of each client with whom all its visits can be made that can be made at all, and the least
/// that faces cost: what the faces of a plan are to be compared with, rather than with one nurse for everybody.
///
/// A nurse can make a visit on a day if she may (competence, forbidden pairs, pins, known faces) and one of her
/// shifts could hold it alone: window, bounds of the shift, absences, the ways from and to home. Day patterns
/// are chosen freely; rest is as the roster gives it. Each client is looked at alone, so that the fewest of all
/// at once may be more: these are bounds, not a plan. Not looked at either: breaks, contract hours, regular
/// hours, and two visits of a client that one nurse cannot make because they overlap. The ways from and to home
/// are the direct ones, as in [`solve`](super::solve()): where a matrix has shorter ways by another place,
/// plans made elsewhere may have fewer.
///
/// That a client with `b` bands of care has `ceil(b / s)` faces at least where every nurse has at most `s`
/// shifts that reach them, one band each, is a corollary: daily care by nurses with 4 shifts a week takes 2 of
/// them, care early and late takes 4.
///
/// # Complexity
/// Day options times the shifts of a day; for each client a branch and bound over the sets of its nurses, without those whom
/// another can stand in for everywhere: exact up to 14 of them. Beyond, where 20,000 sets are not all, an integer programme of
/// at most 300 nodes, five seconds for all clients together ([`ClientAttainable::proven`]).
///
/// # References
/// Set cover: R. M. Karp, Reducibility among combinatorial problems, 1972; by branch and bound: E. Balas and A.
/// Ho, Set covering algorithms using cutting planes, heuristics, and subgradient optimization, Mathematical
/// Programming Study 12, 1980.
pub fn attainable(problem: &Problem) -> Attainable {
    fewest::attainable(problem, &|| false, None)
}

impl Planner {
    /// The fewest faces of each client: see [`attainable()`]. Of clients that are not reached before `cancel` it says only that one
    /// face is the fewest, and that this is not [proven](ClientAttainable::proven).
    pub fn attainable(&self, cancel: &Cancel) -> Attainable {
        fewest::attainable(self.problem(), &|| cancel.is_cancelled(), cancel.end())
    }
}
