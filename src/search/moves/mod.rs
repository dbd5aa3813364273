//! Local-search moves: each proposes one small change around a random visit, and the evaluator says what it costs.
//!
//! A move holds no arithmetic and decides nothing: it writes a [`Proposal`]. They stand beside ruin and recreate: a step of
//! ruin and recreate rebuilds a dozen visits one by one, and cannot see what pays only at once, such as the tail of a
//! tour in other hands. This page is the list.

mod or_opt;
mod reassign_client;
mod relocate;
mod swap;
mod swap_tails;
mod visits;

use super::draft::Draft;
use super::rng::Rng;
use crate::rules::Proposal;

/// Proposes a move; `None` where there is none around the visit that was drawn.
type Move = fn(&Draft<'_>, &mut Rng, &mut Proposal) -> Option<()>;

/// What a move is about: it is not tried where that does not occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Tours,
    Faces,
}

/// Every move, with its share.
const MOVES: [(f64, About, Move); 5] = [
    (0.30, About::Tours, relocate::relocate),
    (0.20, About::Tours, swap::swap),
    (0.20, About::Tours, or_opt::or_opt),
    (0.20, About::Tours, swap_tails::swap_tails),
    (0.10, About::Faces, reassign_client::reassign_client),
];

/// The moves that apply to a problem.
#[derive(Debug, Clone)]
pub(crate) struct Moves(Vec<(f64, Move)>);

impl Moves {
    pub(crate) fn new(draft: &Draft<'_>) -> Self {
        let applies = |about| about == About::Tours || draft.evaluator.faces_matter();
        let moves = MOVES.iter().filter(|one| applies(one.1));
        Self(moves.map(|&(share, _, one)| (share, one)).collect())
    }

    /// Proposes a move chosen at random.
    pub(crate) fn propose(&self, draft: &Draft<'_>, rng: &mut Rng, proposal: &mut Proposal) -> Option<()> {
        proposal.clear();
        rng.pick(&self.0)?(draft, rng, proposal)
    }
}
