//! Reassignment of a client: all its visits by one nurse go to another, at about the same time of the same days.
//!
//! Greedy insertion takes the visits one by one, and each alone costs an additional face; only all together save one.

use super::visits::{any, end, of};
use crate::rules::{Part, Proposal};
use crate::search::draft::Draft;
use crate::search::rng::Rng;

/// Most visits that go at once.
const MOST: usize = 12;

/// The visits of a client by nurse `a` go to nurse `b` on all days on which she works; the others stay.
pub(super) fn reassign_client(draft: &Draft<'_>, rng: &mut Rng, proposal: &mut Proposal) -> Option<()> {
    let visit = any(draft, rng)?;
    let candidates = draft.candidates;
    let client = draft.client_of(draft.problem.options[visit.option as usize].visit);
    let from = candidates.nurse(visit.shift);
    let shifts = candidates.shifts(visit.option);
    let to = candidates.nurse(*shifts.get(rng.below(shifts.len()))?);
    if to == from {
        return None;
    }
    let mut moved = 0;
    for &other in candidates.visits_of(client) {
        let Some(one) = of(draft, other).filter(|one| candidates.nurse(one.shift) == from) else { continue };
        let mut shifts = candidates.shifts(one.option).iter().copied();
        let Some(shift) = shifts.find(|&shift| candidates.nurse(shift) == to) else { continue };
        // A proposal has each tour only once, so two visits from or to the same tour are not handled.
        if moved == MOST || proposal.has(one.shift) || proposal.has(shift) {
            return None;
        }
        let (tour, new) = (draft.tour(one.shift), draft.tour(shift));
        if new.is_empty() && draft.used_tours() >= draft.most_tours {
            return None;
        }
        let begin = tour.stops[one.at].begin();
        let at = (1..end(new)).find(|&at| new.stops[at].begin() > begin).unwrap_or(end(new));
        proposal.tour(one.shift, tour.break_at);
        proposal.stops(one.shift, 1..one.at).stops(one.shift, one.at + 1..end(tour));
        proposal.tour(shift, new.break_at);
        proposal.stops(shift, 1..at).part(Part::Visit(one.option)).stops(shift, at..end(new));
        moved += 1;
    }
    (moved > 0).then_some(())
}
