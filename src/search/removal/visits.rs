//! Drawing the visit that a removal begins with, and taking single visits out.

use crate::search::draft::Draft;
use crate::search::rng::Rng;

/// Most visits that a removal aimed at a client, a tour or an hour takes out. 30 against 16 and 40 on `homecare` standard.
pub(super) const MOST_AIMED: usize = 30;

/// Lists that a worker reuses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scratch {
    pub(super) positions: Vec<usize>,
    pub(super) visits: Vec<u32>,
}

/// A random planned visit and its shift.
pub(crate) fn random_planned(draft: &Draft<'_>, rng: &mut Rng) -> Option<(u32, u32)> {
    let visits = draft.visit_count();
    (0..32).map(|_| rng.below(visits) as u32).take_while(|_| visits > 0).find_map(|visit| {
        let shift = draft.shift_of(visit)?;
        Some((visit, shift))
    })
}

/// Takes a visit out of its tour, if it is in one. Returns false where the draft must be rolled back.
pub(super) fn take_out(draft: &mut Draft<'_>, visit: u32) -> bool {
    let Some(shift) = draft.shift_of(visit) else { return true };
    draft.tour(shift).position(visit).is_none_or(|position| draft.remove(shift, &[position]))
}

/// Takes the visits of `scratch.visits` out one by one, and calls `then` after each with the shift that it was in. Returns false, with the
/// draft to be rolled back, where that or `then` did.
pub(super) fn take_out_each<'p>(
    draft: &mut Draft<'p>,
    scratch: &mut Scratch,
    mut then: impl FnMut(&mut Draft<'p>, &mut Scratch, u32, Option<u32>) -> bool,
) -> bool {
    let visits = std::mem::take(&mut scratch.visits);
    let sound = visits.iter().all(|&visit| {
        let shift = draft.shift_of(visit);
        take_out(draft, visit) && then(draft, scratch, visit, shift)
    });
    scratch.visits = visits;
    sound
}
