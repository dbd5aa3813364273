//! Trials of proposals for tests and fuzzing: what the evaluator says is what the plan costs afterwards, asking changes nothing,
//! and what it calls infeasible cannot be made.

use super::draft::Draft;
use super::moves::Moves;
use super::rng::Rng;
use crate::rules::{BreakAt, Part, Proposal};

/// A proposal without sense: the tours of two random shifts, cut at random places and put together anew. Breaks may be
/// lost, doubled or from the other shift; visits may be swapped, and an unplanned visit may be added.
fn wild(draft: &Draft<'_>, rng: &mut Rng, proposal: &mut Proposal) -> Option<()> {
    proposal.clear();
    let shifts = draft.tours().len();
    let (one, two) = (rng.below(shifts) as u32, rng.below(shifts) as u32);
    if shifts == 0 || one == two {
        return None;
    }
    let cut = |rng: &mut Rng, shift: u32| 1 + rng.below(draft.tour(shift).stops.len() - 1);
    let (here, there) = (cut(rng, one), cut(rng, two));
    let last = |shift: u32| draft.tour(shift).stops.len() - 1;
    let one_by_one = rng.chance(0.5);
    let added = rng.chance(0.3).then(|| draft.unplanned().get(rng.below(draft.unplanned().len()))).flatten();
    for (shift, at, other, from) in [(one, here, two, there), (two, there, one, here)] {
        let break_at = match draft.problem.shifts[shift as usize].break_facts {
            None => BreakAt::Nowhere,
            Some(_) => {
                [BreakAt::Before, BreakAt::Inside, BreakAt::After, draft.tour(shift).break_at][rng.below(4)]
            }
        };
        proposal.tour(shift, break_at);
        if one_by_one {
            // The same visits, some of them swapped, and a break anywhere.
            let mut options: Vec<u32> =
                draft.tour(shift).visits_and_options().map(|(_, option)| option).collect();
            if rng.chance(0.3) && options.len() > 1 {
                let (a, b) = (rng.below(options.len()), rng.below(options.len()));
                options.swap(a, b);
            }
            let at = rng.below(options.len() + 1);
            for (nth, &option) in options.iter().enumerate() {
                if nth == at && rng.chance(0.5) {
                    proposal.part(Part::Break);
                }
                proposal.part(Part::Visit(option));
            }
        } else {
            proposal.stops(shift, 1..at);
            if rng.chance(0.2) {
                proposal.part(Part::Break);
            }
            proposal.stops(other, from..last(other));
        }
        if let Some(&visit) = added.filter(|_| shift == one) {
            proposal.part(Part::Visit(draft.option_of(visit)));
        }
    }
    Some(())
}

/// A proposal, sensible or not, and its kind.
pub(crate) fn propose(
    draft: &Draft<'_>,
    moves: &Moves,
    rng: &mut Rng,
    sensible: bool,
) -> Option<(&'static str, Proposal)> {
    let mut proposal = Proposal::default();
    let kind = if sensible {
        moves.propose(draft, rng, &mut proposal)?
    } else {
        wild(draft, rng, &mut proposal)?;
        "without sense"
    };
    Some((kind, proposal))
}

/// Proposes something, sensible or not, asks what it costs, makes it where it is feasible and half of the time takes it
/// back, and compares with full recomputation all along. Returns the kind of proposal, and whether it was feasible;
/// `None` where nothing was proposed.
///
/// # Panics
///
/// Where the evaluator and the plan disagree: that is what it is for.
pub fn try_proposal(
    draft: &mut Draft<'_>,
    moves: &Moves,
    rng: &mut Rng,
    sensible: bool,
) -> Option<(&'static str, bool)> {
    draft.commit();
    let (kind, proposal) = propose(draft, moves, rng, sensible)?;
    let (cost, terms, options) = (draft.cost(), draft.terms(), draft.options().to_vec());
    let asked = draft.delta(&proposal, i64::MAX);
    draft.assert_sound();
    assert_eq!(draft.terms(), terms, "asking changes nothing");
    assert_eq!(draft.delta(&proposal, i64::MAX), asked, "asked twice");
    let Some(delta) = asked else {
        assert_eq!(draft.apply(&proposal), None);
        draft.commit();
        return Some((kind, false));
    };
    // With its own cost as the limit, it is refused.
    assert_eq!(draft.delta(&proposal, delta), None);
    assert_eq!(draft.apply(&proposal), Some(delta));
    draft.assert_sound();
    assert_eq!(draft.cost(), cost + delta, "cost before + delta = cost after");
    if rng.chance(0.5) {
        draft.roll_back();
        draft.assert_sound();
        assert_eq!(
            (draft.cost(), draft.terms(), draft.options().to_vec()),
            (cost, terms, options),
            "taken back"
        );
    }
    draft.commit();
    Some((kind, true))
}
