//! What the evaluator refuses breaks a rule: the second opinion finds a violation in the plan that it would have made.

use super::candidates::Candidates;
use super::construct::construct;
use super::draft::Draft;
use super::moves::Moves;
use super::output;
use super::proposal_trial::propose;
use super::rng::Rng;
use crate::check::{Rule, recompute};
use crate::error::GO_ON;
use crate::model::Problem;
use crate::model::facts::ShiftFacts;
use crate::model::plan::{Break, Plan, Stop as PlanStop, Tour as PlanTour};
use crate::random;
use crate::rules::{BreakAt, Evaluator, Penalty, Pieces, Proposal, StopKind};
use proptest::prelude::*;
use std::path::Path;

fn is_work(stop: &PlanStop) -> bool {
    !matches!(stop, PlanStop::Break(_))
}

/// The tour that the pieces make, each stop as early as it can be; the ends of windows and the limits of the shift are
/// ignored.
fn forced(
    problem: &Problem,
    draft: &Draft<'_>,
    shift: &ShiftFacts,
    pieces: &Pieces,
    break_at: BreakAt,
) -> PlanTour {
    let facts = &problem.facts;
    let roads = facts.roads_of(shift);
    let moment = |seconds: i32| problem.calendar().moment(i64::from(seconds));
    let mut stops = Vec::new();
    let mut leave = shift.leave;
    if let (BreakAt::Before, Some(of)) = (break_at, shift.break_facts) {
        let end = of.earliest + of.seconds;
        stops.push(PlanStop::Break(Break { start: moment(of.earliest), end: moment(end) }));
        leave = leave.max(end);
    }
    let (mut here, mut now, mut travel, mut stood) = (shift.leaves_from, leave, 0, 0);
    for stop in pieces.iter(draft.tours()).flat_map(|piece| piece.stops().to_vec()) {
        match stop.kind {
            StopKind::Home => {}
            StopKind::Break => {
                let of = shift.break_facts.expect("the break of the shift");
                let start = now.max(of.earliest);
                now = start + of.seconds;
                stood += of.seconds;
                stops.push(PlanStop::Break(Break { start: moment(start), end: moment(now) }));
            }
            StopKind::Visit { visit, option } => {
                let leg = roads.leg(here, stop.place);
                let start = (now + leg).max(facts.options[option as usize].open);
                // She leaves as late as the first stop allows.
                leave = if stops.iter().any(is_work) { leave } else { leave.max(start - leg) };
                (here, now, travel) = (stop.place, start + stop.own.duration, travel + leg);
                stood += stop.own.duration;
                let times = [moment(start), moment(now)];
                stops.push(output::stop_of(problem, visit, option, i64::from(leg), times));
            }
        }
    }
    let leg = roads.leg(here, shift.returns_to);
    let back = now + leg;
    travel += leg;
    if let (BreakAt::After, Some(of)) = (break_at, shift.break_facts) {
        let start = back.max(of.earliest);
        stops.push(PlanStop::Break(Break { start: moment(start), end: moment(start + of.seconds) }));
    }
    PlanTour {
        nurse: problem.nurse_id(shift.nurse).to_owned(),
        shift: moment(shift.start),
        leave: moment(leave),
        back: moment(back),
        travel_seconds: i64::from(travel),
        waiting_seconds: i64::from(back - leave - travel - stood),
        stops,
    }
}

/// The plan that a proposal would make; `None` where a tour does not have the one break of its shift, for which there is no form.
fn plan_of(problem: &Problem, draft: &mut Draft<'_>, proposal: &Proposal) -> Option<Plan> {
    let mut plan = output::plan(draft, problem, GO_ON);
    for at in 0..proposal.len() {
        let shift = &problem.facts.shifts[proposal.shift(at) as usize];
        let mut pieces = Pieces::default();
        let break_at = proposal.make_pieces(&problem.facts, draft.tours(), at, &mut pieces)?;
        let tour = forced(problem, draft, shift, &pieces, break_at);
        plan.tours.retain(|one| one.nurse != tour.nurse || one.shift != tour.shift);
        if tour.stops.iter().any(is_work) {
            plan.tours.push(tour);
        }
    }
    Some(plan)
}

/// Asks for many proposals of a neighbourhood. Returns how many were refused and looked at.
fn refused(neighbourhood: u64, seed: u64) -> usize {
    let document = random::document(neighbourhood);
    let problem = crate::prepare(&document, Path::new(".")).expect("a problem");
    let evaluator = Evaluator::new(&problem.facts);
    let candidates = Candidates::new(&problem.facts, &evaluator);
    let mut draft = Draft::empty(&problem.facts, &evaluator, &candidates);
    construct(&mut draft, &mut |_| false);
    draft.set_penalty(Penalty::INITIAL);
    draft.commit();
    if draft.excess() > 0 {
        return 0;
    }
    let (moves, mut rng) = (Moves::new(&draft), Rng::new(seed, 0));
    let mut looked_at = 0;
    for _ in 0..60 {
        let sensible = rng.chance(0.5);
        let Some((kind, proposal)) = propose(&draft, &moves, &mut rng, sensible) else { continue };
        if draft.delta(&proposal, i64::MAX).is_some() {
            continue;
        }
        let Some(plan) = plan_of(&problem, &mut draft, &proposal) else { continue };
        let checked = recompute(&document, problem.times(), &plan, None).expect("a plan that can be checked");
        // (Its lists are those of the plan before.)
        let is_list = |rule: Rule| matches!(rule, Rule::UnplannedList | Rule::FacesList);
        let broken = checked.violations.iter().filter(|one| !is_list(one.rule)).count();
        assert!(broken > 0, "{kind}: {proposal:?} of neighbourhood {neighbourhood} breaks no rule: {plan:?}");
        looked_at += 1;
    }
    looked_at
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn what_is_refused_breaks_a_rule(neighbourhood in 0u64..5_000, seed in any::<u64>()) {
        refused(neighbourhood, seed);
    }
}

#[test]
fn many_proposals_are_refused() {
    let looked_at: usize = (0..40).map(|seed| refused(seed, seed)).sum();
    assert!(looked_at > 150, "{looked_at}");
}
