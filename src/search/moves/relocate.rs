//! Relocate: a visit goes next to one near it, in another tour.

use super::visits::{any, end, near};
use crate::rules::{Part, Proposal};
use crate::search::draft::Draft;
use crate::search::rng::Rng;

/// ```text
/// A: … p v n …   B: … u x …      ->      A: … p n …   B: … u v x …
/// ```
pub(super) fn relocate(draft: &Draft<'_>, rng: &mut Rng, proposal: &mut Proposal) -> Option<()> {
    let visit = any(draft, rng)?;
    let to = near(draft, rng, &visit).filter(|to| to.shift != visit.shift)?;
    let (tour, other) = (draft.tour(visit.shift), draft.tour(to.shift));
    let behind = to.at + rng.below(2);
    proposal.tour(visit.shift, tour.break_at);
    proposal.stops(visit.shift, 1..visit.at).stops(visit.shift, visit.at + 1..end(tour));
    proposal.tour(to.shift, other.break_at);
    proposal.stops(to.shift, 1..behind).part(Part::Visit(visit.option)).stops(to.shift, behind..end(other));
    Some(())
}
