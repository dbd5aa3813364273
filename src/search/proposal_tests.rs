//! Proposals of all kinds on random drafts.

use super::candidates::Candidates;
use super::construct::construct;
use super::draft::Draft;
use super::moves::Moves;
use super::output;
use super::proposal_trial::try_proposal;
use super::rng::Rng;
use crate::check::{Rule, Violation, recompute};
use crate::error::GO_ON;
use crate::model::Problem;
use crate::model::document::Document;
use crate::random;
use crate::rules::{Evaluator, Penalty};
use proptest::prelude::*;
use std::path::Path;

/// What the evaluator calls feasible, the second opinion finds nothing against. (A plan with excess is not for anybody to see.)
fn assert_checked(draft: &mut Draft<'_>, problem: &Problem) {
    if draft.excess() == 0 {
        let plan = output::plan(draft, problem, GO_ON);
        let checked =
            recompute(problem.document(), problem.times(), &plan, None).expect("a plan that can be checked");
        // (A meeting that is not planned breaks a rule, and the plan says so itself.)
        let is_said = |found: &Violation| found.rule == Rule::MissedMeeting && !plan.missed.is_empty();
        assert!(checked.violations.iter().all(is_said), "{:?} in {plan:?}", checked.violations);
        assert_eq!(checked.cost, draft.terms(), "{plan:?}");
    }
}

/// Asks for many proposals of a neighbourhood and makes those that are feasible. Returns how many were feasible, and how many not.
fn try_many(document: &Document, seed: u64) -> (usize, usize) {
    let prepared = crate::prepare(document, Path::new(".")).expect("a problem");
    let problem = prepared.facts.clone();
    let evaluator = Evaluator::new(&problem);
    let candidates = Candidates::new(&problem, &evaluator);
    let mut draft = Draft::empty(&problem, &evaluator, &candidates);
    construct(&mut draft, &mut |_| false);
    let (moves, mut rng) = (Moves::new(&draft), Rng::new(seed, 0));
    draft.set_penalty(Penalty::INITIAL);
    let (mut feasible, mut not) = (0, 0);
    for _ in 0..60 {
        let sensible = rng.chance(0.5);
        match try_proposal(&mut draft, &moves, &mut rng, sensible) {
            Some((_, true)) => {
                feasible += 1;
                assert_checked(&mut draft, &prepared);
            }
            Some((_, false)) => not += 1,
            None => {}
        }
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

/// Takes some minutes: `cargo test --release --lib a_million_proposals -- --ignored`.
#[test]
#[ignore = "takes some minutes"]
fn a_million_proposals_cost_what_they_were_said_to() {
    let tried = (0..40_000).map(|seed| try_many(&random::document(seed), seed));
    let (feasible, not) = tried.fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    println!("{feasible} feasible, {not} not");
    assert!(feasible + not > 1_000_000);
}
