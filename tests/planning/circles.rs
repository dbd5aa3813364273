//! Circles planned before tours: what they keep to, and what they do to a plan.

use crate::random;
use crate::village::village;
use kring::check::{Checked, Rule};
use kring::error::ErrorKind;
use kring::model::document::Document;
use kring::report::CirclesView;
use kring::{Cancel, Options, Planner, Problem, Report, check, prepare, solve};
use proptest::prelude::*;
use std::path::Path;

fn problem(document: &Document) -> Problem {
    prepare(document, Path::new(".")).expect("a problem")
}

/// Whether a plan breaks no rule but for a meeting that cannot be held, which the plan says itself.
fn is_sound(checked: &Checked) -> bool {
    checked.violations.iter().all(|one| one.rule == Rule::MissedMeeting)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn circles_keep_to_who_may_come(seed in any::<u64>()) {
        let document = random::document(seed);
        let problem = problem(&document);
        let found = Planner::new(problem.clone()).circles(None, &Cancel::new()).expect("circles");
        prop_assert_eq!(&found, &Planner::new(problem.clone()).circles(None, &Cancel::new()).expect("circles"));
        prop_assert!(found.bound <= found.cost);
        prop_assert_eq!(found.clients.len(), document.clients.len());
        let (mut meant, mut free) = (0, true);
        for (client, circle) in document.clients.iter().zip(&found.clients) {
            prop_assert_eq!(&client.id, &circle.client);
            prop_assert_eq!(circle.visits.len(), circle.nurses.len());
            if !client.circle.is_empty() {
                // A named circle stays as it is.
                prop_assert_eq!(&client.circle, &circle.nurses);
                free = false;
                continue;
            }
            free &= client.known_faces_under_minutes.is_none();
            prop_assert!(circle.visits.is_sorted_by(|a, b| a >= b) && circle.visits.iter().all(|&n| n > 0));
            meant += circle.visits.iter().sum::<u32>();
            for id in &circle.nurses {
                let nurse = document.nurses.iter().find(|nurse| nurse.id == *id).expect("a nurse");
                prop_assert!(!client.forbidden_nurses.contains(id) && !nurse.forbidden_clients.contains(&client.id));
                prop_assert!(!nurse.shifts.is_empty());
            }
            if let Some(most) = client.max_faces.filter(|most| most.hard) {
                prop_assert!(circle.nurses.len() <= most.count as usize);
            }
            if client.first_nurse.is_some() && !circle.nurses.is_empty() {
                prop_assert_eq!(&client.first_nurse, &circle.first_nurse);
            }
        }
        if free {
            prop_assert_eq!(meant + found.left_out, problem.visit_count() as u32);
        }
        let mut named = document.clone();
        found.name_in(&mut named);
        prop_assert!(named.validate().is_ok());
        prop_assert!(!CirclesView::new(&document, &found).to_string().is_empty());
    }

    #[test]
    fn a_guided_plan_breaks_nothing_and_is_the_same_with_any_threads(seed in any::<u64>()) {
        let document = random::document(seed);
        let problem = problem(&document);
        let planned = Planner::new(problem.clone()).circles(None, &Cancel::new()).expect("circles");
        let options = Options::default().with_iterations(400).with_workers(2).with_circles(planned.clone());
        let outcome = solve(&problem, &options.clone().with_threads(1)).expect("a plan");
        let other = solve(&problem, &options.with_threads(2)).expect("a plan");
        prop_assert_eq!(&outcome.plan, &other.plan);
        let nothing = problem.visit_count() == 0 || problem.shift_count() == 0;
        prop_assert_eq!(outcome.run.iterations, if nothing { 0 } else { 800 });
        let checked = check(&problem, &outcome.plan).expect("a check");
        prop_assert!(is_sound(&checked), "{:?}", checked.violations);
        prop_assert_eq!(checked.cost, outcome.cost);
        // Named in the document, circles lift no rule: who is named is known already where that is asked for.
        let mut named = document.clone();
        planned.name_in(&mut named);
        let mut plan = solve(&self::problem(&named), &Options::default().with_iterations(100)).expect("a plan").plan;
        // (Who stands in for whom depends on the circle.)
        plan.stand_ins.clear();
        let checked = check(&problem, &plan).expect("a check");
        prop_assert!(is_sound(&checked), "{:?}", checked.violations);
        // What was planned and who comes, from the plan alone.
        let report = Report::new(&problem, &outcome.plan).expect("a report");
        for kept in report.circles() {
            let faces = outcome.plan.faces.iter().find(|faces| faces.client == kept.client);
            let by_others: u32 = faces.map_or(0, |faces| {
                faces.faces.iter().filter(|face| !kept.planned.contains(&face.nurse)).map(|face| face.visits).sum()
            });
            prop_assert_eq!((kept.by_others, kept.kept), (by_others, by_others == 0));
        }
        let with = planned.clients.iter().filter(|circle| !circle.nurses.is_empty()).count();
        prop_assert_eq!(report.circles().len(), with);
    }
}

/// Overruled at a price, and not at any: by the prices of the document the plan is about as good as without a guide.
#[test]
fn a_guided_plan_is_about_as_good() {
    let document = village();
    let problem = problem(&document);
    let planned = Planner::new(problem.clone()).circles(None, &Cancel::new()).expect("circles");
    let options = Options::default().with_iterations(6_000);
    let alone = solve(&problem, &options).expect("a plan").cost.total();
    let guided = solve(&problem, &options.with_circles(planned)).expect("a plan").cost.total();
    assert!(guided <= alone + alone / 20, "{guided} {alone}");
}

#[test]
fn a_plan_to_start_from_goes_before_the_guide() {
    let document = village();
    let problem = problem(&document);
    let planned = Planner::new(problem.clone()).circles(None, &Cancel::new()).expect("circles");
    let start = solve(&problem, &Options::default().with_iterations(500)).expect("a plan").plan;
    let options = Options::default().with_iterations(500);
    let plain =
        Planner::new(problem.clone()).solve(&options, Some(&start), &Cancel::new(), |_| {}).expect("a plan");
    let options = options.with_circles(planned);
    let with =
        Planner::new(problem.clone()).solve(&options, Some(&start), &Cancel::new(), |_| {}).expect("a plan");
    assert_eq!((plain.cost, plain.plan.tours), (with.cost, with.plan.tours));
    assert!(!with.plan.circles.is_empty());
}

#[test]
fn circles_of_another_neighbourhood_are_refused() {
    let one = random::document(1);
    let mut other = one.clone();
    let planned = Planner::new(problem(&one)).circles(None, &Cancel::new()).expect("circles");
    other.clients[0].id = "somebody".to_owned();
    other.agreements.pins.clear();
    other.history.visits.clear();
    let refused = solve(&problem(&other), &Options::default().with_iterations(1).with_circles(planned));
    assert_eq!(refused.expect_err("refused").kind(), ErrorKind::Options);
    for seconds in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(Planner::new(problem(&one)).circles(Some(seconds), &Cancel::new()).is_err(), "{seconds}");
    }
}
