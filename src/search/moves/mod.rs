//! Local-search moves: each proposes one small change around a random visit, and the evaluator says what it costs.
//!
//! A move holds no arithmetic and decides nothing: it writes a [`Proposal`]. Moves complement ruin and recreate: a step
//! of ruin and recreate puts a dozen visits back one by one, and cannot find a change that pays only as a whole, such
//! as the tail of a tour going to another nurse. This file is the list.

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

/// Every move, with its name, its share, and whether it improves faces only. Such a move is not tried where faces have
/// no price.
const MOVES: [(&str, f64, bool, Move); 5] = [
    ("relocate", 0.30, false, relocate::relocate),
    ("swap", 0.20, false, swap::swap),
    ("or-opt", 0.20, false, or_opt::or_opt),
    ("swap_tails", 0.20, false, swap_tails::swap_tails),
    ("reassign_client", 0.10, true, reassign_client::reassign_client),
];

/// The moves that apply to a problem.
#[derive(Debug, Clone)]
pub(crate) struct Moves(Vec<(f64, (&'static str, Move))>);

impl Moves {
    pub(crate) fn new(draft: &Draft<'_>) -> Self {
        let moves = MOVES.iter().filter(|one| !one.2 || draft.evaluator.counts_assignments());
        Self(moves.map(|&(name, share, _, one)| (share, (name, one))).collect())
    }

    /// Proposes a move chosen at random; returns its name.
    pub(crate) fn propose(
        &self,
        draft: &Draft<'_>,
        rng: &mut Rng,
        proposal: &mut Proposal,
    ) -> Option<&'static str> {
        proposal.clear();
        let (name, propose) = rng.pick(&self.0)?;
        propose(draft, rng, proposal).map(|()| name)
    }
}
