//! What explanations say, and what they keep to themselves.

#![cfg(feature = "explain")]

use kring::model::document::{Absence, Client, Document, MaxFaces};
use kring::model::explanation::Placement;
use kring::model::reason::{Reason, Why};
use kring::model::{Audience, Explanation, Question};
use kring::report::{ExplainView, Language};
use kring::{Cancel, Options, Plan, Planner, prepare, solve};
use std::path::Path;

fn village() -> Document {
    let text = std::fs::read_to_string("examples/neighbourhoods/village.json").expect("the sample");
    kring::read_document(&text).expect("a document")
}

/// The sample with a secret in every text that belongs to somebody: of clients `SECRET-C…`, of nurses `SECRET-N…`.
fn with_secrets() -> Document {
    let mut document = village();
    for (number, client) in document.clients.iter_mut().enumerate() {
        client.label = Some(format!("SECRET-C{number}-label"));
        for (line, care) in client.care.iter_mut().enumerate() {
            care.id = format!("SECRET-C{number}-care{line}");
            care.competences = match number % 3 {
                0 => vec![format!("SECRET-C{number}-need")],
                _ => vec![],
            };
        }
        client.max_faces = (number % 4 == 0).then_some(MaxFaces { count: 3, hard: true });
    }
    let mut needs: Vec<String> =
        document.clients.iter().flat_map(|c| &c.care).flat_map(|c| c.competences.clone()).collect();
    needs.dedup();
    for (number, nurse) in document.nurses.iter_mut().enumerate() {
        // All but two have every competence, so that lacking one is a reason.
        nurse.competences = if number < 2 { vec![] } else { needs.clone() };
        nurse.contract_hours = Some(20.0 + number as f64);
        let counts_on = |client: &&Client| {
            client.circle.contains(&nurse.id) || client.first_nurse.as_ref() == Some(&nurse.id)
        };
        let is_free = |client: &&Client| !counts_on(client) && !client.preferred_nurses.contains(&nurse.id);
        let forbidden = document.clients.iter().skip(number).find(is_free).expect("a client");
        nurse.forbidden_clients = vec![forbidden.id.clone()];
        nurse.wished_off.dates = vec![document.horizon.first_day];
    }
    document.prices.wished_off = 77.0;
    document.agreements.pins.clear();
    let (first, nurse) = (document.horizon.first_day, document.nurses[3].id.clone());
    document.agreements.absences.push(Absence::new(nurse, first, first));
    document.history.visits.clear();
    document
}

/// A plan whose visits left out have reasons in free text, as older plans have them.
fn planned(document: &Document) -> (Planner, Plan) {
    let problem = prepare(document, Path::new(".")).unwrap_or_else(|e| panic!("{e}"));
    let mut plan =
        solve(&problem, &Options::default().with_iterations(200).with_threads(1)).expect("a plan").plan;
    for (number, left_out) in plan.unplanned.iter_mut().enumerate() {
        let why = Why::Text { text: format!("SECRET-N{number}-is-ill") };
        left_out.reasons = vec![Reason { nurse: document.nurses[0].id.clone(), why, date: None }];
    }
    (Planner::new(problem), plan)
}

fn ask(
    planner: &Planner,
    plan: &Plan,
    question: &Question,
    audience: Audience,
) -> kring::Result<Explanation> {
    planner.explain(plan, question, audience, &Cancel::new())
}

/// An answer in every form: the words in each language, and JSON.
fn forms(document: &Document, answer: &Explanation) -> Vec<String> {
    let words =
        Language::ALL.iter().map(|&language| ExplainView::new(document, answer, language).to_string());
    words.chain([serde_json::to_string(answer).expect("JSON")]).collect()
}

/// Some visits of a plan, and all that it leaves out, as questions.
fn visits(plan: &Plan) -> Vec<Question> {
    let made = plan.tours.iter().flat_map(|tour| tour.visits());
    let made = made.map(|visit| (&visit.client, &visit.care, visit.date));
    let out = plan.unplanned.iter().map(|visit| (&visit.client, &visit.care, visit.date));
    let question = |(client, care, date): (&String, &String, _)| Question::Visit {
        client: client.clone(),
        care: care.clone(),
        date,
    };
    made.step_by(17).chain(out.take(20)).map(question).collect()
}

fn number_of(document: &Document, question: &Question) -> usize {
    let (Question::Visit { client: id, .. } | Question::Client(id)) = question else { panic!("of a client") };
    document.clients.iter().position(|client| client.id == *id).expect("a client")
}

/// Whether an id stands in a text as a word of its own.
fn names(text: &str, id: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').any(|word| word == id)
}

/// No absence, contract, wish, overtime, road, competence or conflict of a nurse, in JSON or in words.
fn assert_keeps_reasons(text: &str) {
    let reasons = [
        "\"kind\":\"level\"",
        "\"kind\":\"competence\"",
        "forbidden_pair",
        "no_shift",
        "outside_window",
        "no_gap",
        "wished_off",
        "contract",
        "overtime",
        "fair_load",
        "used_shift",
        "\"travel\"",
        "has no shift",
        "does not visit",
        "lacks the",
        "has level",
        "no gap",
        "geen dienst",
        "komt niet bij",
        "mist de",
        "heeft niveau",
        "geen ruimte",
        "on the road",
        "onderweg",
        "wished off",
        "vrij was gevraagd",
        "overwerk",
        "dearer",
        "cheaper",
        "duurder",
    ];
    for reason in reasons {
        assert!(!text.contains(reason), "{reason}: {text}");
    }
}

#[test]
fn a_client_is_told_nothing_of_other_clients_and_no_reasons_of_nurses() {
    let document = with_secrets();
    let (planner, plan) = planned(&document);
    let clients = document.clients.iter().map(|client| Question::Client(client.id.clone()));
    let mut asked = 0;
    for question in visits(&plan).into_iter().chain(clients) {
        let number = number_of(&document, &question);
        let answer = ask(&planner, &plan, &question, Audience::Client).expect("an answer");
        for text in forms(&document, &answer) {
            let others = text.replace(&format!("SECRET-C{number}-"), "");
            assert!(!others.contains("SECRET"), "{question:?}: {text}");
            assert_keeps_reasons(&text);
            for other in document.clients.iter().filter(|other| other.id != document.clients[number].id) {
                assert!(!names(&text, &other.id), "{question:?} names {}: {text}", other.id);
            }
        }
        asked += 1;
    }
    assert!(asked > 20, "{asked}");
}

#[test]
fn a_nurse_is_told_nothing_of_other_clients_and_no_reasons_of_colleagues() {
    let document = with_secrets();
    let (planner, plan) = planned(&document);
    let mut asked = 0;
    for question in visits(&plan) {
        let number = number_of(&document, &question);
        let answer = match ask(&planner, &plan, &question, Audience::Nurse) {
            Ok(answer) => answer,
            // Left out: nobody makes it.
            Err(error) => {
                assert_eq!(error.kind(), kring::error::ErrorKind::Options);
                continue;
            }
        };
        let Explanation::Visit(visit) = &answer else { panic!("{answer:?}") };
        for other in &visit.others {
            assert_keeps_reasons(&serde_json::to_string(other).expect("JSON"));
        }
        for text in forms(&document, &answer) {
            let others = text.replace(&format!("SECRET-C{number}-"), "");
            assert!(!others.contains("SECRET"), "{question:?}: {text}");
            for other in document.clients.iter().filter(|other| other.id != document.clients[number].id) {
                assert!(!names(&text, &other.id), "{question:?} names {}: {text}", other.id);
            }
        }
        asked += 1;
    }
    assert!(asked > 5, "{asked}");
    for nurse in &document.nurses {
        let question = Question::Nurse(nurse.id.clone());
        let answer = ask(&planner, &plan, &question, Audience::Nurse).expect("an answer");
        for text in forms(&document, &answer) {
            assert!(!text.contains("SECRET"), "{text}");
            for other in document.nurses.iter().filter(|other| other.id != nurse.id) {
                assert!(!names(&text, &other.id), "{text}");
            }
        }
    }
}

/// Otherwise the tests above would pass because nothing is said at all.
#[test]
fn the_team_is_told_everything() {
    let document = with_secrets();
    let (planner, plan) = planned(&document);
    let told = |question: &Question| -> String {
        forms(&document, &ask(&planner, &plan, question, Audience::Team).expect("an answer")).join("\n")
    };
    let all: String = visits(&plan).iter().map(told).collect();
    let said =
        ["has no shift", "geen dienst", "lacks the competence SECRET", "does not visit", "dearer", "duurder"];
    for said in said {
        assert!(all.contains(said), "{said}: {all}");
    }
    let whole = told(&Question::Plan);
    assert!(whole.contains("What the plan costs") && whole.contains("Wat de planning kost"), "{whole}");
}

#[test]
fn a_first_nurse_who_does_not_come_is_named_with_the_reason() {
    let mut document = village();
    let (_, plan) = planned(&document);
    let faces = &plan.faces.iter().find(|one| one.client == document.clients[0].id).expect("faces").faces;
    let comes = |id: &str| faces.iter().any(|face| face.nurse == id);
    let nurse = document.nurses.iter().find(|nurse| !comes(&nurse.id)).expect("a nurse").id.clone();
    document.clients[0].forbidden_nurses.clear();
    document.nurses.iter_mut().for_each(|nurse| nurse.forbidden_clients.clear());
    document.clients[0].first_nurse = Some(nurse.clone());
    let missing = |document: &Document, plan: &Plan, audience| {
        let planner = Planner::new(prepare(document, Path::new(".")).expect("a problem"));
        let question = Question::Client(document.clients[0].id.clone());
        let answer = ask(&planner, plan, &question, audience).expect("an answer");
        let text = ExplainView::new(document, &answer, Language::English).to_string();
        let Explanation::Client(client) = answer else { panic!("of a client") };
        let first = client.missing[0].clone();
        // Each visit has a place with her, or a reason.
        assert_eq!(first.places + first.reasons.iter().map(|one| one.visits).sum::<u32>(), client.visits);
        assert!(text.contains(&format!("{nurse}, first nurse, does not come: ")), "{text}");
        (first, text)
    };
    let (first, text) = missing(&document, &plan, Audience::Team);
    assert!(first.is_first_nurse && first.nurse == nurse);
    assert_eq!(first.cheapest.is_some(), first.places > 0, "{text}");
    let (told, _) = missing(&document, &plan, Audience::Client);
    assert_eq!((told.places, told.cheapest), (first.places, None));
    // On leave all the time she has no place, and the client is not told why.
    let (from, days) = (document.horizon.first_day, i64::from(document.horizon.days));
    let until = from.saturating_add(jiff::ToSpan::days(days - 1));
    document.agreements.absences.push(Absence::new(&nurse, from, until));
    document.agreements.pins.retain(|pin| pin.nurse.as_ref() != Some(&nurse));
    let (_, plan) = planned(&document);
    let (away, text) = missing(&document, &plan, Audience::Team);
    assert_eq!(away.places, 0);
    assert!(away.reasons.iter().any(|one| one.placement == Placement::Why(Why::OnLeave)), "{text}");
    let (told, text) = missing(&document, &plan, Audience::Client);
    assert!(
        told.reasons.iter().all(|one| one.placement == Placement::Untold) && !text.contains("leave"),
        "{text}"
    );
}

#[test]
fn a_visit_left_out_has_a_smallest_set_of_visits_in_its_way() {
    let mut document = village();
    // Far too few hours: only half of the team is left.
    document.nurses.truncate(document.nurses.len().div_ceil(2));
    let ids: Vec<String> = document.nurses.iter().map(|nurse| nurse.id.clone()).collect();
    document.agreements.absences.retain(|one| ids.contains(&one.nurse));
    document.agreements.pins.clear();
    document.history.visits.clear();
    document.meetings.clear();
    for client in &mut document.clients {
        client.first_nurse = None;
        client.circle.clear();
        client.preferred_nurses.clear();
        client.forbidden_nurses.clear();
    }
    let (planner, plan) = planned(&document);
    assert!(!plan.unplanned.is_empty(), "the case needs visits left out");
    let answer = ask(&planner, &plan, &Question::Unplanned, Audience::Team).expect("an answer");
    let Explanation::Unplanned(told) = &answer else { panic!("{answer:?}") };
    assert_eq!(told.left_out as usize, plan.unplanned.len());
    let conflicts: Vec<_> = told.visits.iter().filter_map(|visit| visit.conflict.as_ref()).collect();
    assert!(!conflicts.is_empty());
    for conflict in conflicts {
        let place = &conflict.place;
        assert!((1..=3).contains(&place.moves) && place.moved.len() == place.moves);
        assert!(
            place.moved.iter().all(|moved| moved.after.is_none() && moved.before.nurse == conflict.nurse)
        );
    }
    // The reasons are found anew; free text of the plan is not repeated.
    assert!(forms(&document, &answer).iter().all(|text| !text.contains("SECRET")));
}

#[test]
fn days_on_which_the_same_is_to_be_said_are_told_together() {
    let text = r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 4},
        "nurses": [{"id": "n", "home": {"index": 0}, "recurring": [
            {"weekdays": ["monday", "tuesday", "thursday"], "start": "07:00", "end": "12:00"}]}],
        "clients": [{"id": "c", "location": {"index": 1}, "care": [
            {"id": "bed", "minutes": 30, "days": "daily", "window": {"from": "20:00", "to": "21:00"}}]}],
        "travel": {"matrix": {"bicycle": [[0, 300], [300, 0]]}}}"#;
    let document = kring::read_document(text).expect("a document");
    let (planner, plan) = planned(&document);
    assert_eq!(plan.unplanned.len(), 4);
    let answer = ask(&planner, &plan, &Question::Unplanned, Audience::Team).expect("an answer");
    let told = ExplainView::new(&document, &answer, Language::English).to_string();
    // On three days her shift ends too early, and on one she has none.
    assert_eq!(told.matches("Leaving it out costs").count(), 2, "{told}");
    assert!(told.contains("The same on Tuesday 3 March 2026 and Thursday 5 March 2026."), "{told}");
}

#[test]
fn questions_of_others_and_of_strangers_are_refused_with_the_reason() {
    let document = village();
    let (planner, plan) = planned(&document);
    let stranger = |client: &str, care: &str| Question::Visit {
        client: client.into(),
        care: care.into(),
        date: document.horizon.first_day,
    };
    for (question, audience) in [
        (Question::Plan, Audience::Client),
        (Question::Unplanned, Audience::Client),
        (Question::Nurse(document.nurses[0].id.clone()), Audience::Client),
        (Question::Plan, Audience::Nurse),
        (Question::Unplanned, Audience::Nurse),
        (Question::Client(document.clients[0].id.clone()), Audience::Nurse),
        (Question::Client("nobody".into()), Audience::Team),
        (Question::Nurse("nobody".into()), Audience::Team),
        (stranger("nobody", "wash"), Audience::Team),
        (stranger(&document.clients[0].id, "nothing"), Audience::Team),
    ] {
        let error = ask(&planner, &plan, &question, audience).expect_err("a refusal");
        assert_eq!(error.kind(), kring::error::ErrorKind::Options, "{question:?}");
    }
    let mut broken = plan.clone();
    broken.tours[0].nurse = "nobody".to_owned();
    for audience in [Audience::Team, Audience::Client] {
        let question = Question::Client(document.clients[0].id.clone());
        let error = ask(&planner, &broken, &question, audience).expect_err("a refusal");
        assert_eq!(error.kind(), kring::error::ErrorKind::Plan);
        assert_eq!(error.to_string().contains("nobody"), audience == Audience::Team, "{error}");
    }
}

#[test]
fn hostile_labels_do_not_reach_the_terminal() {
    let mut document = village();
    for client in &mut document.clients {
        client.label = Some("{ $x } \u{202e}{ \u{200b}".into());
    }
    let (planner, plan) = planned(&document);
    for question in visits(&plan).into_iter().chain([Question::Unplanned, Question::Plan]) {
        let answer = ask(&planner, &plan, &question, Audience::Team).expect("an answer");
        for language in Language::ALL {
            let text = ExplainView::new(&document, &answer, *language).to_string();
            assert!(text.chars().all(|c| c == '\n' || !kring::report::hides(c)), "{text:?}");
        }
    }
}

#[test]
fn a_cancelled_question_ends_and_panics_nowhere() {
    let document = village();
    let (planner, plan) = planned(&document);
    // (The first question makes the lists of candidates, without which there is no answer.)
    ask(&planner, &plan, &Question::Plan, Audience::Team).expect("an answer");
    let cancel = Cancel::new();
    cancel.cancel();
    for question in visits(&plan).into_iter().chain([Question::Plan, Question::Unplanned]) {
        let answer = planner.explain(&plan, &question, Audience::Team, &cancel).expect("an answer");
        if let Explanation::Visit(visit) = &answer {
            assert!(visit.stopped);
            for (language, said) in [(Language::English, "Stopped"), (Language::Dutch, "Gestopt")] {
                let text = ExplainView::new(&document, &answer, language).to_string();
                assert!(text.contains(said), "{text}");
            }
        }
    }
    let options = Options::default().with_iterations(10).with_threads(1);
    let rule = kring::model::explanation::Relaxation::Competence;
    let planner = Planner::new(planner.problem().clone());
    match planner.price_of_rule(&plan, rule, &options, None, &cancel, |_| {}) {
        Ok(priced) => assert!(priced.stopped),
        Err(error) => assert_eq!(error.kind(), kring::error::ErrorKind::Cancelled),
    }
    let error =
        planner.explain(&plan, &Question::Plan, Audience::Team, &cancel).expect_err("nothing is ready");
    assert_eq!(error.kind(), kring::error::ErrorKind::Cancelled);
    let client = &document.clients[0].id;
    let error = planner.fits(&plan, client, None, &cancel).expect_err("nothing is ready");
    assert_eq!(error.kind(), kring::error::ErrorKind::Cancelled);
    // A search ends with what it was given.
    let outcome = planner.solve(&options, Some(&plan), &cancel, |_| {}).expect("an outcome");
    assert_eq!(outcome.run.stop, kring::StopReason::Cancelled);
    let visits = |plan: &Plan| plan.tours.iter().flat_map(|tour| tour.visits()).count();
    assert_eq!(visits(&outcome.plan), visits(&plan));
}
