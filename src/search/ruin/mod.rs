//! Ruin: takes visits that have to do with each other out of their tours.
//!
//! Each way in a file of its subject: [`strings`] of one day near each other, [`faces`] of a client,
//! visits [`together`], [`slices`] of time. This page is the list.

mod faces;
mod slices;
mod strings;
mod together;

use super::aim::Aim;
use super::dice::Dice;
use super::draft::Draft;
use super::exchange::exchange;
use super::insertion::NOT_IN;

/// Most visits that an aimed removal takes out. 30 against 16 and 40 on `homecare` standard.
const MOST_AIMED: usize = 30;

/// Lists that a worker reuses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scratch {
    pub(super) positions: Vec<usize>,
    pub(super) visits: Vec<u32>,
}

/// A way to ruin. Returns what the step is after, or `None` if the draft must be rolled back.
type Ruin = fn(&mut Draft<'_>, &mut Dice, &mut Scratch) -> Option<Aim>;

/// What a way to ruin is about: it gets no steps where that does not occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// Every problem.
    Tours,
    /// Problems in which it matters who comes. (Not tried where only the road counts.)
    Faces,
    /// Problems in which days are chosen.
    Days,
}

/// Every way to ruin, with the share of steps that it gets among those that apply.
const WAYS: [(f64, About, Ruin); 10] = [
    (0.55, About::Tours, strings::strings),
    (0.01, About::Tours, strings::strings_and_a_new_tour),
    (0.01, About::Tours, slices::shift),
    (0.11, About::Faces, faces::rare_pair),
    (0.15, About::Faces, faces::hand_over),
    (0.04, About::Faces, faces::client),
    (0.06, About::Faces, faces::swap_clients),
    (0.03, About::Faces, exchange),
    (0.02, About::Faces, slices::time_slice),
    (0.01, About::Days, together::day_pattern),
];

/// Share of the steps in which visits whose days, or whose nurse, are chosen together come out together. 0.5
/// against 0, 0.3, 0.7 and 1 on ConVRP of 100 to 199 customers.
const FREED: f64 = 0.5;

/// The ways that apply to a problem.
#[derive(Debug, Clone)]
pub(crate) struct Ways(Vec<(f64, Ruin)>);

impl Ways {
    pub(crate) fn new(draft: &Draft<'_>) -> Self {
        let applies = |about| match about {
            About::Tours => true,
            About::Faces => draft.evaluator.faces_matter,
            About::Days => !draft.problem.blocks.is_empty(),
        };
        Self(WAYS.iter().filter(|way| applies(way.1)).map(|&(share, _, ruin)| (share, ruin)).collect())
    }

    /// Ruins in a way chosen by chance. Returns what the step is after, or `None` if the draft must be
    /// rolled back.
    pub(crate) fn ruin(&self, draft: &mut Draft<'_>, dice: &mut Dice, scratch: &mut Scratch) -> Option<Aim> {
        let mut roll = dice.unit() * self.0.iter().map(|(share, _)| share).sum::<f64>();
        let way = self.0.iter().find(|(share, _)| {
            roll -= share;
            roll < 0.0
        });
        let (_, ruin) = way.or(self.0.last())?;
        let aim = ruin(draft, dice, scratch)?;
        let together = !draft.problem.blocks.is_empty() || draft.evaluator.continuity.some_one_face();
        let free = together && dice.chance(FREED);
        (!free || together::free(draft)).then_some(aim)
    }
}

pub(super) fn random_planned(draft: &Draft<'_>, dice: &mut Dice) -> Option<u32> {
    (0..32)
        .map(|_| dice.below(draft.shift_of.len()) as u32)
        .find(|&visit| draft.shift_of.get(visit as usize).is_some_and(|&shift| shift != NOT_IN))
}

/// Takes a visit out of its tour, if it is in one. Returns false where the draft must be rolled back.
fn take_out(draft: &mut Draft<'_>, visit: u32) -> bool {
    let shift = draft.shift_of[visit as usize];
    let position = (shift != NOT_IN).then(|| draft.tours[shift as usize].position(visit)).flatten();
    position.is_none_or(|position| draft.remove(shift, &[position]))
}
