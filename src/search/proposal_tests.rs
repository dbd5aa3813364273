//! Proposals of all kinds on random drafts: what the evaluator says is what the plan costs afterwards, asking changes nothing, and
//! what it calls infeasible cannot be made.

use super::candidates::Candidates;
use super::draft::Draft;
use super::moves::Moves;
use super::recreate::construct;
use super::rng::Rng;
use crate::model::document::Document;
use crate::rules::{BreakAt, Evaluator, Part, Penalty, Proposal};
use proptest::prelude::*;
use std::path::Path;

#[path = "../../tests/common/random.rs"]
#[allow(clippy::duplicate_mod)]
mod random;

/// A proposal without sense: what two random shifts do, cut at random places and put together anew, with breaks that are lost,
/// doubled or of the other shift, a visit moved, or one that was unplanned between.
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

/// Asks for many proposals of a neighbourhood and makes those that are feasible. Returns how many were feasible, and how many not.
fn try_many(document: &Document, seed: u64) -> (usize, usize) {
    let problem = crate::prepare(document, Path::new(".")).expect("a problem").facts;
    let evaluator = Evaluator::new(&problem);
    let candidates = Candidates::new(&problem, &evaluator);
    let mut draft = Draft::empty(&problem, &evaluator, &candidates);
    construct(&mut draft, &mut || false);
    let (moves, mut rng, mut proposal) = (Moves::new(&draft), Rng::new(seed, 0), Proposal::default());
    draft.set_penalty(Penalty::INITIAL);
    let (mut feasible, mut not) = (0, 0);
    for _ in 0..60 {
        let proposed = match rng.chance(0.5) {
            true => moves.propose(&draft, &mut rng, &mut proposal),
            false => wild(&draft, &mut rng, &mut proposal),
        };
        if proposed.is_none() {
            continue;
        }
        let (cost, terms, before) = (draft.cost(), draft.terms(), draft.clone());
        let asked = draft.delta(&proposal, i64::MAX);
        draft.assert_sound();
        assert_eq!(draft.terms(), terms, "asking changes nothing");
        assert_eq!(draft.delta(&proposal, i64::MAX), asked, "asked twice");
        if let Some(delta) = asked {
            // Below its own cost there is nothing.
            assert_eq!(draft.delta(&proposal, delta), None);
            assert_eq!(draft.apply(&proposal), Some(delta));
            draft.assert_sound();
            assert_eq!(draft.cost(), cost + delta, "cost before + delta = cost after");
            feasible += 1;
            if rng.chance(0.5) {
                draft.roll_back();
                draft.assert_sound();
                assert_eq!((draft.cost(), draft.options()), (cost, before.options()), "taken back");
            }
        } else {
            assert_eq!(draft.apply(&proposal), None);
            not += 1;
        }
        draft.commit();
    }
    (feasible, not)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_proposal_costs_what_it_was_said_to(neighbourhood in 0u64..5_000, seed in any::<u64>()) {
        try_many(&random::document(neighbourhood), seed);
    }
}

#[test]
fn the_proposals_are_worth_trying() {
    let tried = (0..40).map(|seed| try_many(&random::document(seed), seed));
    let (feasible, not) = tried.fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    assert!(feasible > 200 && not > 200, "{feasible} feasible, {not} not");
}
