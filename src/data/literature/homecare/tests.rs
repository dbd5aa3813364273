use super::*;
use crate::check::{Checked, Rule};
use crate::error::{ErrorKind, Result};
use crate::model::{Plan, Problem};
use crate::solve::{Options, check, prepare, solve};
use proptest::prelude::*;
use serde_json::json;
use std::path::Path;
use std::sync::LazyLock;

/// Two nurses, day 0 and 1 from 07:00 (25,200 s) to 12:00; nurse 1 has an evening on day 0 too. Rows 0
/// and 1 are homes, 2 to 4 clients; every way takes 600 s. Visit 4 asks for the skill of nurse 1.
static INSTANCE: LazyLock<String> = LazyLock::new(|| {
    let ways: Vec<Vec<u32>> =
        (0..5).map(|a| (0..5).map(|b| if a == b { 0 } else { 600 }).collect()).collect();
    let visit = |id: u32, client: u32, day: u32, from: u32, to: u32, skill: u32| json!({"id": id, "client": client, "day": day, "tw": [from, to], "duration": 1800, "skill": skill});
    json!({
        "days": 2,
        "locations": [],
        "travel": ways,
        "nurses": [
            {"id": 0, "home": 0, "skill": 1, "shifts": [[0, 25_200, 43_200], [1, 25_200, 43_200]]},
            {"id": 1, "home": 1, "skill": 2, "shifts": [[0, 25_200, 43_200], [0, 61_200, 79_200]]}
        ],
        "clients": [{"id": 0, "location": 2}, {"id": 1, "location": 3}, {"id": 2, "location": 4}],
        "visits": [
            visit(0, 0, 0, 28_800, 30_600, 1),
            visit(1, 1, 0, 36_000, 37_800, 1),
            visit(2, 2, 0, 28_800, 30_600, 1),
            visit(3, 0, 1, 28_800, 30_600, 1),
            visit(4, 1, 0, 64_800, 68_400, 2),
            visit(5, 2, 1, 28_800, 29_400, 2),
        ]
    })
    .to_string()
});

static PROBLEM: LazyLock<Problem> =
    LazyLock::new(|| prepare(&read(&INSTANCE).unwrap(), Path::new(".")).unwrap());

fn checked(plan: &Plan) -> Checked {
    check(&PROBLEM, plan).unwrap()
}

/// The plan of some routes as (nurse, day, visits).
fn plan(routes: &[(u32, u32, &[u32])]) -> Result<Plan> {
    let routes: Vec<_> = routes
        .iter()
        .map(|(nurse, day, visits)| json!({"nurse": nurse, "day": day, "visits": visits}))
        .collect();
    read_plan(&PROBLEM, &json!({ "routes": routes }).to_string())
}

/// Broken rules and their amounts in the plan of some routes.
fn broken(routes: &[(u32, u32, &[u32])]) -> Vec<(Rule, i64)> {
    checked(&plan(routes).unwrap()).violations.iter().map(|found| (found.rule, found.amount)).collect()
}

#[test]
fn a_plan_written_and_read_again_is_the_same() {
    let outcome = solve(&PROBLEM, &Options::default().with_iterations(300).with_threads(1)).unwrap();
    let again = read_plan(&PROBLEM, &write(&outcome.plan).unwrap()).unwrap();
    assert_eq!(again.tours, outcome.plan.tours);
    let checked = checked(&again);
    assert!(checked.is_clean(), "{:?}", checked.violations);
    assert_eq!(checked.cost, outcome.cost);
    // Visit 5 cannot be made: nurse 0 lacks the skill, and nurse 1 has no shift on day 1.
    assert_eq!(again.unplanned.len(), 1);
    assert_eq!(score(&checked.cost) / 100_000, 1);
}

#[test]
fn times_are_as_early_as_they_can_be_and_leaving_as_late() {
    let plan = plan(&[(0, 0, &[0, 1])]).unwrap();
    let [tour] = &plan.tours[..] else { panic!("one tour") };
    let seconds = |moment| PROBLEM.calendar().elapsed(moment);
    // Leaving later than 30,000 would miss the window of visit 0, 28,800 to 30,600. From there: care to
    // 32,400, way to 33,000, waiting 3,000 s to 36,000, care to 37,800, home at 38,400.
    assert_eq!((seconds(tour.leave), seconds(tour.back)), (30_000, 38_400));
    let starts: Vec<i64> = tour.visits().map(|visit| seconds(visit.start)).collect();
    assert_eq!(starts, [30_600, 36_000]);
    assert_eq!((tour.travel_seconds, tour.waiting_seconds), (1_800, 3_000));
    // Four visits left out, one face each, 1,800 s on the road.
    assert_eq!(score(&checked(&plan).cost), 401_800);
}

#[test]
fn what_is_wrong_with_a_solution_is_not_hidden() {
    assert_eq!(broken(&[(0, 0, &[0, 1]), (0, 1, &[3])]), []);
    // After visit 1 (36,000 to 37,800, way 600), visit 0 starts at 38,400; its window ends at 30,600.
    assert_eq!(broken(&[(0, 0, &[1, 0])]), [(Rule::Window, 7_800)]);
    // Visit 4 opens at 64,800, so back at 67,200; the shift ends at 43,200.
    assert_eq!(broken(&[(0, 0, &[4])]), [(Rule::Level, 1), (Rule::LatestEnd, 24_000)]);
    assert_eq!(broken(&[(1, 1, &[5])]), [(Rule::UnknownShift, 1)]);
    assert_eq!(broken(&[(0, 0, &[0]), (1, 0, &[0])]), [(Rule::VisitTwice, 1)]);
    let twice = broken(&[(0, 0, &[0]), (0, 0, &[1])]);
    assert!(twice.iter().any(|(rule, _)| *rule == Rule::ShiftTwice), "{twice:?}");
    // A visit of day 0 in a tour of day 1: the shift opens at 111,600, the window ends at 30,600.
    let late = broken(&[(0, 1, &[0])]);
    assert!(late.contains(&(Rule::Window, 111_600 + 600 - 30_600)), "{late:?}");
}

#[test]
fn a_second_shift_of_a_day_is_found_by_what_fits() {
    let evening = plan(&[(1, 0, &[4])]).unwrap();
    assert_eq!(PROBLEM.calendar().elapsed(evening.tours[0].shift), 61_200);
    assert_eq!(broken(&[(1, 0, &[4]), (1, 0, &[2, 1])]), []);
}

#[test]
fn strangers_are_named_with_their_place() {
    let error = plan(&[(0, 0, &[0, 99]), (7, 9, &[1])]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Plan);
    let said: Vec<String> = error.mistakes().iter().map(|m| format!("{}: {}", m.path, m.problem)).collect();
    assert_eq!(
        said,
        [
            "routes[0].visits[1]: the instance has no visit 99",
            "routes[1].nurse: the instance has no nurse 7",
            "routes[1].day: the instance has no day 9",
        ]
    );
    let many = vec![99; 1_000];
    assert_eq!(plan(&[(0, 0, &many)]).unwrap_err().mistakes().len(), 100);
}

#[test]
fn texts_of_another_form_are_refused() {
    for text in [
        "",
        "[]",
        "{}",
        "null",
        r#"{"routes": 3}"#,
        r#"{"routes": [{"nurse": -1, "day": 0, "visits": []}]}"#,
        r#"{"routes": [{"nurse": 0, "day": 0, "visits": [1.5]}]}"#,
        r#"{"routes": [{"nurse": 0, "day": 0}]}"#,
        r#"{"routes": []} {}"#,
    ] {
        assert_eq!(read_plan(&PROBLEM, text).unwrap_err().kind(), ErrorKind::Format, "{text}");
    }
    let empty =
        read_plan(&PROBLEM, r#"{"routes": [{"nurse": 0, "day": 0, "visits": [], "end": 1}]}"#).unwrap();
    assert_eq!((empty.tours.len(), empty.unplanned.len()), (0, 6), "a route without visits is no tour");
}

proptest! {
    #[test]
    fn any_routes_are_read_and_checked(
        routes in prop::collection::vec((0u32..3, 0u32..3, prop::collection::vec(0u32..8, 0..8)), 0..6),
    ) {
        let borrowed: Vec<_> = routes.iter().map(|(n, d, visits)| (*n, *d, &visits[..])).collect();
        let known = routes.iter().all(|(n, d, visits)| *n < 2 && *d < 2 && visits.iter().all(|v| *v < 6));
        let plan = plan(&borrowed);
        prop_assert_eq!(plan.is_ok(), known);
        if let Ok(plan) = plan {
            // Travel, waiting, arrival and lists are always right; what may break is what was asked.
            let may_break = [Rule::Window, Rule::LatestEnd, Rule::UnknownShift, Rule::VisitTwice, Rule::ShiftTwice,
                Rule::Level, Rule::Overlap];
            for found in checked(&plan).violations {
                prop_assert!(may_break.contains(&found.rule), "{}", found);
            }
        }
    }

    #[test]
    fn any_text_is_an_answer_or_an_error(text in r#"[\[\]{}":,0-9a-z ]{0,40}"#, cut in 0usize..80) {
        let _ = read_plan(&PROBLEM, &text);
        let whole = r#"{"routes": [{"nurse": 0, "day": 0, "visits": [0, 1]}, {"nurse": 1, "day": 0, "visits": [4]}]}"#;
        prop_assert!(read_plan(&PROBLEM, &whole[..cut]).is_err());
        let _ = read(&text);
    }
}
