//! Or-opt: a run of visits goes elsewhere in its tour, or next to a visit of another.
//!
//! I. Or (1976), "Traveling salesman-type combinatorial problems and their relation to the logistics of regional blood
//! banking", PhD thesis, Northwestern University.

use super::visits::{any, end, near, without_break};
use crate::rules::Proposal;
use crate::search::draft::Draft;
use crate::search::rng::Rng;

/// Longest run.
const LONGEST: usize = 3;

/// ```text
/// … p [v w] n … u x …      ->      … p n … u [v w] x …
/// ```
pub(super) fn or_opt(draft: &Draft<'_>, rng: &mut Rng, proposal: &mut Proposal) -> Option<()> {
    let visit = any(draft, rng)?;
    let to = near(draft, rng, &visit)?;
    let tour = draft.tour(visit.shift);
    let (from, until) = (visit.at, (visit.at + 1 + rng.below(LONGEST)).min(end(tour)));
    if !without_break(tour, from, until) {
        return None;
    }
    let behind = to.at + rng.below(2);
    let (shift, run) = (visit.shift, from..until);
    if to.shift != shift {
        let other = draft.tour(to.shift);
        proposal.tour(shift, tour.break_at).stops(shift, 1..from).stops(shift, until..end(tour));
        proposal.tour(to.shift, other.break_at);
        proposal.stops(to.shift, 1..behind).stops(shift, run).stops(to.shift, behind..end(other));
    } else if behind < from {
        proposal.tour(shift, tour.break_at).stops(shift, 1..behind).stops(shift, run);
        proposal.stops(shift, behind..from).stops(shift, until..end(tour));
    } else if behind > until {
        proposal.tour(shift, tour.break_at).stops(shift, 1..from).stops(shift, until..behind);
        proposal.stops(shift, run).stops(shift, behind..end(tour));
    } else {
        return None;
    }
    Some(())
}
