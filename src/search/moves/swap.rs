//! Swap: two visits of different tours near each other change places.

use super::visits::{any, end, near};
use crate::rules::{Part, Proposal};
use crate::search::draft::Draft;
use crate::search::rng::Rng;

/// ```text
/// A: … v …   B: … u …      ->      A: … u …   B: … v …
/// ```
pub(super) fn swap(draft: &Draft<'_>, rng: &mut Rng, proposal: &mut Proposal) -> Option<()> {
    let one = any(draft, rng)?;
    let two = near(draft, rng, &one).filter(|two| two.shift != one.shift)?;
    for (here, there) in [(one, two), (two, one)] {
        let tour = draft.tour(here.shift);
        proposal.tour(here.shift, tour.break_at);
        proposal.stops(here.shift, 1..here.at).part(Part::Visit(there.option));
        proposal.stops(here.shift, here.at + 1..end(tour));
    }
    Some(())
}
