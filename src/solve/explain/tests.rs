//! Explanations agree to the unit with the second opinion, which shares no code with them.

use super::super::places::take_out;
use super::relax::relax_for;
use super::repair::{apply, cheapest_way};
use super::scene::Scene;
use super::unplanned::{cheapest_place, without_rule};
use crate::check::Checked;
use crate::error::GO_ON;
use crate::model::explanation::{Audience, Explanation, PlanExplained, Question, Relaxation};
use crate::model::{CostByTerm, Plan, Problem};
use crate::random;
use crate::rules::Evaluator;
use crate::search::draft::Draft;
use crate::search::output;
use crate::search::snapshot::Snapshot;
use crate::solve::{Cancel, Options, Planner, check, prepare, solve};
use std::path::Path;

fn planned(seed: u64) -> (Problem, Plan) {
    let problem = prepare(&random::document(seed), Path::new("."))
        .unwrap_or_else(|e| panic!("neighbourhood {seed}: {e}"));
    let options = Options::default().with_iterations(100).with_seed(seed).with_threads(1);
    let plan = solve(&problem, &options).expect("a plan").plan;
    (problem, plan)
}

fn checked(problem: &Problem, plan: &Plan) -> Checked {
    check(problem, plan).expect("a plan")
}

fn ask(planner: &Planner, plan: &Plan, question: &Question) -> Explanation {
    planner.explain(plan, question, Audience::Team, &Cancel::new()).expect("an answer")
}

#[test]
fn the_plan_with_a_visit_elsewhere_costs_what_was_said() {
    let (mut places, mut with_moves) = (0, 0);
    for seed in 0..30 {
        let (problem, plan) = planned(seed);
        let planner = Planner::new(problem.clone());
        let mut draft = planner.core.parts().draft();
        assert_eq!(draft.start_from(&plan, &problem), []);
        let scene = Scene::new(&problem, draft, Audience::Team);
        let before = checked(&problem, &plan);
        assert_eq!(scene.cost, before.cost, "neighbourhood {seed}");
        for visit in 0..scene.draft.visit_count() as u32 {
            let mut draft = scene.draft.clone();
            if scene.name(visit).is_none() || draft.is_planned(visit) && !take_out(&mut draft, visit) {
                continue;
            }
            draft.commit();
            for nurse in 0..draft.problem.nurses.len() as u32 {
                let option = draft.option_of(visit);
                let Some(placement) =
                    cheapest_way(&mut draft, option, nurse, scene.draft.excess(), &|| false)
                else {
                    continue;
                };
                let mut changed = draft.clone();
                assert!(apply(&mut changed, &placement, scene.draft.excess()));
                changed.commit();
                let said = scene.place(&changed, visit, nurse, &placement.others);
                let after = checked(&problem, &output::plan(&mut changed, &problem, GO_ON));
                assert_eq!(after.violations, before.violations, "neighbourhood {seed}");
                assert_eq!(said.cost.total, Some(after.cost.total() - before.cost.total()));
                for (term, cost) in after.cost.iter() {
                    let name = term.name();
                    assert_eq!(said.cost.of(term), cost - before.cost[term], "neighbourhood {seed}: {name}");
                }
                places += 1;
                with_moves += usize::from(said.moves > 0);
            }
        }
    }
    assert!(places > 200 && with_moves > 5, "{places} places, {with_moves} with moves");
}

#[test]
fn the_parts_of_the_cost_are_what_the_check_says_term_by_term() {
    let mut parts = 0;
    for seed in 0..60 {
        let (problem, plan) = planned(seed);
        let planner = Planner::new(problem.clone());
        let checked = checked(&problem, &plan);
        let Explanation::Plan(whole) = ask(&planner, &plan, &Question::Plan) else { panic!("of the plan") };
        assert_eq!(whole.cost, checked.cost, "neighbourhood {seed}");
        assert_eq!(sum(&whole), checked.cost, "neighbourhood {seed}");
        parts += whole.parts.len();
    }
    assert!(parts > 300, "{parts}");
}

/// The slow twin reads the plan anew without the rule, by the names in it.
#[test]
fn the_plan_without_a_rule_is_the_plan_read_anew_without_it() {
    let rules = [
        Relaxation::Window { minutes: 60 },
        Relaxation::Overtime { minutes: 60 },
        Relaxation::Competence,
        Relaxation::Faces,
        Relaxation::KnownFaces,
        Relaxation::RegularHour,
    ];
    let mut places = [0; 6];
    for seed in 0..40 {
        let (problem, mut plan) = planned(seed);
        // Every third tour falls out, so that there are visits to place.
        let mut number = 0;
        plan.tours.retain(|_| {
            number += 1;
            number % 3 != 0
        });
        let planner = Planner::new(problem.clone());
        let mut draft = planner.core.parts().draft();
        assert_eq!(draft.start_from(&plan, &problem), []);
        let scene = Scene::new(&problem, draft, Audience::Team);
        let kept = Snapshot::of(&scene.draft);
        for &visit in scene.draft.unplanned().iter().filter(|&&visit| scene.name(visit).is_some()).take(4) {
            for (rule, places) in rules.into_iter().zip(&mut places) {
                let mut facts = problem.facts.clone();
                relax_for(&mut facts, scene.draft.option_of(visit), rule);
                let evaluator = Evaluator::new(&facts);
                let mut anew = Draft::empty(&facts, &evaluator, scene.draft.candidates);
                assert_eq!(anew.start_from(&plan, &problem), []);
                let expected = cheapest_place(&scene, anew, visit, rule, GO_ON);
                let found = without_rule(&scene, &kept, visit, rule, GO_ON);
                assert_eq!(format!("{found:?}"), format!("{expected:?}"), "neighbourhood {seed}, {rule:?}");
                *places += usize::from(found.is_some());
            }
        }
    }
    assert!(places.iter().all(|&places| places > 20), "{places:?}");
}

fn sum(whole: &PlanExplained) -> CostByTerm {
    let mut sum = CostByTerm::default();
    for part in &whole.parts {
        assert_eq!(part.total, part.terms.iter().map(|(_, cost)| cost).sum::<i64>());
        part.terms.iter().for_each(|&(term, cost)| sum[term] += cost);
    }
    sum
}
