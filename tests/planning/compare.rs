//! Two plans beside each other: figures of the second opinion, differences that add up, plans that do not fit.

use crate::random;
use kring::error::ErrorKind;
use kring::model::Aim;
use kring::model::plan::{Plan, Stop};
use kring::report::Comparison;
use kring::{Options, Problem, check, prepare, solve};
use std::collections::BTreeSet;
use std::path::Path;

fn planned(seed: u64) -> (Problem, [Plan; 2]) {
    let problem = prepare(&random::document(seed), Path::new(".")).expect("a neighbourhood");
    let plan = |seed| {
        let options = Options::default().with_iterations(30).with_seed(seed);
        solve(&problem, &options).expect("an outcome").plan
    };
    let plans = [plan(seed), plan(seed + 1_000)];
    (problem, plans)
}

/// The nurses who come to a client, from the tours alone.
fn nurses<'p>(plan: &'p Plan, client: &str) -> BTreeSet<&'p str> {
    let comes = plan.tours.iter().filter(|tour| tour.visits().any(|visit| visit.client == client));
    comes.map(|tour| tour.nurse.as_str()).collect()
}

#[test]
fn a_plan_does_not_differ_from_itself() {
    for seed in 0..40 {
        let (problem, [plan, _]) = planned(seed);
        let compared = Comparison::new(&problem, &plan, &plan).expect("a plan");
        assert_eq!(compared.difference(), 0);
        assert!(compared.clients.is_empty() && compared.nurses.is_empty(), "{compared}");
        assert!(compared.intentions.iter().all(|of| of.terms.is_empty()));
        assert!(compared.to_string().contains("No visit differs"), "{compared}");
    }
}

#[test]
fn figures_are_those_of_the_second_opinion_and_differences_add_up() {
    let (mut clients, mut moved) = (0, 0);
    for seed in 0..240 {
        let (problem, [first, second]) = planned(seed);
        let document = problem.document();
        let compared = Comparison::new(&problem, &first, &second).expect("two plans");
        let costs = [&first, &second].map(|plan| check(&problem, plan).expect("a plan").cost);
        assert_eq!(compared.cost, costs, "neighbourhood {seed}");
        for (plan, cost) in costs.iter().enumerate() {
            let sum: i64 = compared.intentions.iter().map(|of| of.cost[plan]).sum();
            assert_eq!(sum, cost.total(), "neighbourhood {seed}");
        }
        let text = compared.to_string();
        assert!(
            !text.contains("-0.0\n") && !text.contains("-0.00\n") && !text.contains("(0.0 minutes)"),
            "{text}"
        );
        for of in &compared.intentions {
            let terms: i64 = of.terms.iter().map(|term| term.cost[1] - term.cost[0]).sum();
            assert_eq!(terms, of.cost[1] - of.cost[0], "neighbourhood {seed}");
        }
        // What clients see is what the team sees.
        let sum = |value: &dyn Fn(&kring::report::compare::VisitDifferences) -> u32| -> u32 {
            compared.clients.iter().map(|client| value(&client.visits)).sum()
        };
        let all = &compared.visits;
        let by_client =
            [sum(&|v| v.nurse), sum(&|v| v.day), sum(&|v| v.hour), sum(&|v| v.only[0]), sum(&|v| v.only[1])];
        assert_eq!(by_client, [all.nurse, all.day, all.hour, all.only[0], all.only[1]]);
        let planned = |plan: &Plan| plan.tours.iter().map(|tour| tour.visits().count()).sum::<usize>() as u32;
        assert_eq!(all.planned, [planned(&first), planned(&second)]);
        for client in &compared.clients {
            let (before, now) = (nurses(&first, &client.client), nurses(&second, &client.client));
            let faces = |of: &BTreeSet<&str>| (!of.is_empty()).then_some(of.len() as u32);
            assert_eq!(client.faces, [faces(&before), faces(&now)]);
            assert!(client.gone.iter().map(String::as_str).eq(before.difference(&now).copied()));
            assert!(client.come.iter().map(String::as_str).eq(now.difference(&before).copied()));
            clients += 1;
        }
        let faces: usize =
            document.clients.iter().map(|client| nurses(&first, &client.id).len().saturating_sub(1)).sum();
        let measured =
            compared.measures.iter().find(|measure| measure.aim == Aim::FewerFaces).expect("faces");
        assert_eq!(measured.value[0], faces as f64, "neighbourhood {seed}");
        let road: i64 = second.tours.iter().map(|tour| tour.travel_seconds).sum();
        let measured =
            compared.measures.iter().find(|measure| measure.aim == Aim::LessRoad).expect("the road");
        assert!((measured.value[1] - road as f64 / 60.0).abs() < 1e-6, "neighbourhood {seed}");
        for nurse in &compared.nurses {
            let tours = || second.tours.iter().filter(|tour| tour.nurse == nurse.nurse);
            let road: i64 = tours().map(|tour| tour.travel_seconds).sum();
            let visits: usize = tours().map(|tour| tour.visits().count()).sum();
            assert_eq!((nurse.road[1], nurse.visits[1]), (road, visits as u32));
        }
        moved += all.nurse;
    }
    assert!(clients > 100 && moved > 80, "{clients} {moved}: too little was tried");
}

#[test]
fn the_other_way_round_the_differences_turn_round() {
    for seed in 0..40 {
        let (problem, [first, second]) = planned(seed);
        let compare = |a, b| Comparison::new(&problem, a, b).expect("two plans");
        let (there, back) = (compare(&first, &second), compare(&second, &first));
        assert_eq!(there.difference(), -back.difference());
        assert_eq!((there.visits.nurse, there.visits.day), (back.visits.nurse, back.visits.day));
        for (one, other) in there.clients.iter().zip(&back.clients) {
            assert_eq!((&one.client, &one.gone, &one.come), (&other.client, &other.come, &other.gone));
        }
        assert_eq!(there.clients.len(), back.clients.len());
    }
}

#[test]
fn a_plan_that_does_not_fit_is_refused_with_its_place() {
    let (problem, [first, second]) = planned(3);
    let refused = |plan: &Plan| {
        let error = Comparison::new(&problem, &first, plan).expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Plan);
        assert!(error.mistakes().iter().all(|mistake| mistake.path.starts_with("plans[1].")), "{error}");
        error.to_string()
    };
    let mut unknown = second.clone();
    unknown.tours[0].nurse = "nobody".to_owned();
    assert!(refused(&unknown).contains("plans[1].tours[0]") && refused(&unknown).contains("nobody"));
    let mut short = second.clone();
    let tour = short.tours.iter_mut().find(|tour| tour.visits().count() > 0).expect("a tour");
    tour.stops.retain(|stop| !matches!(stop, Stop::Visit(_)));
    refused(&short);
    let mut version = second.clone();
    version.kring_plan = 2;
    assert!(refused(&version).contains("plans[1].kring_plan"));
    // A plan of another neighbourhood.
    refused(&planned(4).1[0]);
    // Where neither fits, the mistakes of both are told.
    let error = Comparison::new(&problem, &unknown, &version).expect_err("refused");
    let paths: Vec<&str> = error.mistakes().iter().map(|mistake| mistake.path.as_str()).collect();
    assert!(paths[0].starts_with("plans[0].tours[0]"), "{error}");
    assert_eq!(paths.last(), Some(&"plans[1].kring_plan"));
}

#[test]
fn a_plan_that_breaks_a_rule_is_compared_and_says_so() {
    let (problem, [first, second]) = planned(5);
    let mut late = second.clone();
    let tour = late.tours.first_mut().expect("a tour");
    tour.waiting_seconds += 60;
    let compared = Comparison::new(&problem, &first, &late).expect("two plans");
    assert_eq!(compared.violations, [0, 1]);
    assert!(compared.to_string().contains("The second plan has 1 broken rule"), "{compared}");
}

#[test]
fn json_has_ids_and_no_labels() {
    let mut differed = 0;
    for seed in 0..20 {
        let mut document = random::document(seed);
        document.clients.iter_mut().for_each(|client| client.label = Some("Client Secret".to_owned()));
        document.nurses.iter_mut().for_each(|nurse| nurse.label = Some("Nurse Secret".to_owned()));
        let problem = prepare(&document, Path::new(".")).expect("a neighbourhood");
        let plan = |seed| {
            let options = Options::default().with_iterations(20).with_seed(seed);
            solve(&problem, &options).expect("an outcome").plan
        };
        let (first, second) = (plan(1), plan(5));
        let compared = Comparison::new(&problem, &first, &second).expect("two plans");
        let json = serde_json::to_string(&compared).expect("JSON");
        assert!(!json.contains("Secret"), "{json}");
        if !compared.clients.is_empty() && !compared.nurses.is_empty() {
            let text = compared.to_string();
            assert!(text.contains("Client Secret") && text.contains("Nurse Secret"), "{text}");
            differed += 1;
        }
    }
    assert!(differed > 2, "{differed}: too few plans differ");
}

/// Each nurse has one visit in both plans, and as many minutes: who makes which is exchanged.
#[test]
fn nurses_whose_visits_are_exchanged_are_told() {
    let shifts = r#"[{"date": "2026-03-02", "start": "07:00", "end": "12:00"}, {"date": "2026-03-03", "start": "07:00", "end": "12:00"}]"#;
    let text = format!(
        r#"{{"kring": 1, "horizon": {{"first_day": "2026-03-02", "days": 2}},
        "nurses": [{{"id": "ann", "home": {{"index": 0}}, "shifts": {shifts}}}, {{"id": "bea", "home": {{"index": 0}}, "shifts": {shifts}}}],
        "clients": [{{"id": "c", "location": {{"index": 1}}, "care": [
            {{"id": "wash", "days": "daily", "minutes": 30, "window": {{"from": "08:00", "to": "10:00"}}}}]}}],
        "travel": {{"matrix": {{"bicycle": [[0, 300], [300, 0]]}}}}}}"#
    );
    let problem =
        prepare(&kring::read_document(&text).expect("a document"), Path::new(".")).expect("a problem");
    let plan = |nurses: [&str; 2]| {
        let tour = |(day, nurse): (u32, &str)| {
            let date = format!("2026-03-0{day}");
            format!(
                r#"{{"nurse": "{nurse}", "shift": "{date}T07:00:00Z", "leave": "{date}T07:55:00Z", "back": "{date}T08:35:00Z",
                "travel_seconds": 600, "waiting_seconds": 0, "stops": [{{"visit": {{"client": "c", "care": "wash",
                "date": "{date}", "travel_seconds": 300, "start": "{date}T08:00:00Z", "end": "{date}T08:30:00Z"}}}}]}}"#
            )
        };
        let tours: Vec<String> = (2..).zip(nurses).map(tour).collect();
        kring::read_plan(&format!(r#"{{"kring_plan": 1, "tours": [{}]}}"#, tours.join(", "))).expect("a plan")
    };
    let (first, second) = (plan(["ann", "bea"]), plan(["bea", "ann"]));
    let compared = Comparison::new(&problem, &first, &second).expect("two plans");
    assert_eq!((compared.visits.nurse, compared.difference()), (2, 0));
    let named: Vec<&str> = compared.nurses.iter().map(|nurse| nurse.nurse.as_str()).collect();
    assert_eq!(named, ["ann", "bea"]);
}
