//! Where a move begins: a random visit, and one near it.

use crate::rules::{BreakAt, Tour};
use crate::search::draft::Draft;
use crate::search::removal::random_planned;
use crate::search::rng::Rng;

/// Neighbours that a move considers.
const NEAR: usize = 16;

/// A planned visit: its shift, and its position in the tour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planned {
    pub(super) option: u32,
    pub(super) shift: u32,
    pub(super) at: usize,
}

/// A random planned visit.
pub(super) fn any(draft: &Draft<'_>, rng: &mut Rng) -> Option<Planned> {
    let (visit, _) = random_planned(draft, rng)?;
    of(draft, visit)
}

/// One of the nearest neighbours of a visit, drawn at random, if it is planned on that day.
pub(super) fn near(draft: &Draft<'_>, rng: &mut Rng, visit: &Planned) -> Option<Planned> {
    let near = draft.candidates.near(visit.option);
    let &option = near.get(rng.below(near.len().min(NEAR)))?;
    draft.shift_of_option(option)?;
    of(draft, draft.problem.options[option as usize].visit)
}

/// Where a visit is planned.
pub(super) fn of(draft: &Draft<'_>, visit: u32) -> Option<Planned> {
    let shift = draft.shift_of(visit)?;
    let at = draft.tour(shift).position(visit)?;
    Some(Planned { option: draft.option_of(visit), shift, at })
}

/// The number of stops before home at the end.
pub(super) fn end(tour: &Tour) -> usize {
    tour.stops.len() - 1
}

/// Whether some stops of a tour hold no break: a break must not go to another tour.
pub(super) fn without_break(tour: &Tour, from: usize, to: usize) -> bool {
    tour.break_at != BreakAt::Inside || tour.break_position().is_none_or(|at| !(from..to).contains(&at))
}
