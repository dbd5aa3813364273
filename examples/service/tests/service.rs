//! The service as a team would use it.

mod common;

use common::{Service, TOKEN, assert_sound, neighbourhood};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;

#[test]
fn a_document_becomes_a_plan() {
    let service = Service::start(&[]);
    let document = neighbourhood("village");
    let answer = service.post_with_key("/v1/jobs?iterations=100&seed=3", &document, "monday");
    assert_eq!(answer.status, 202, "{}", answer.text);
    let job = answer.json();
    let id = job["id"].as_str().unwrap();
    assert_eq!(answer.header("location"), format!("/v1/jobs/{id}"));

    let waited = service.get(&format!("/v1/jobs/{id}/plan?wait=50"));
    assert_eq!((waited.status, waited.header("kring-state")), (200, "finished"));
    assert_sound(&document, &kring::read_plan(&waited.text).unwrap());
    let job = service.job(id);
    assert_eq!((&job["state"], &job["begun"]), (&json!("finished"), &json!(1)));
    assert_eq!(job["found"]["stop"], "iterations");
    assert_eq!(service.get(&format!("/v1/jobs/{id}/document")).text, document);

    // The same request does nothing twice; another one may not use the key.
    let again = service.post_with_key("/v1/jobs?iterations=100&seed=3", &document, "monday");
    assert_eq!((again.status, &again.json()["id"]), (200, &json!(id)));
    let other = service.post_with_key("/v1/jobs?iterations=100&seed=4", &document, "monday");
    assert_eq!(other.status, 422, "{}", other.text);
    assert_eq!(service.jobs().len(), 1);
}

#[test]
fn nobody_is_logged() {
    let service = Service::start(&[]);
    // Ids and labels that stand nowhere else.
    let mut document: Value = serde_json::from_str(&neighbourhood("village")).unwrap();
    for list in ["nurses", "clients"] {
        for one in document[list].as_array_mut().unwrap() {
            one["label"] = json!("PLANTED-LABEL");
        }
    }
    let document = document.to_string();
    let planted = document.replace("\"c01\"", "\"PLANTED-ID\"");
    let id = service.submit(&planted, "iterations=50");
    assert_eq!(service.get(&format!("/v1/jobs/{id}/plan?wait=50")).status, 200);
    let wrong = planted.replace("\"daily\"", "\"PLANTED-WORD\"");
    assert!(service.post("/v1/jobs", &wrong).status >= 400);
    assert!(service.post("/v1/jobs", &planted[..planted.len() / 2]).status >= 400);
    let questions = [
        ("fits", json!({"client": "PLANTED-NOBODY"})),
        ("fits", json!({"client": "PLANTED-ID", "care": "PLANTED-CARE"})),
        ("explain", json!({"client": "PLANTED-ID", "care": "PLANTED-CARE", "date": "2026-03-02"})),
        (
            "replan",
            json!({"kring_events": 1, "events": [{"client_away": {"client": "PLANTED-NOBODY",
            "from": "2026-03-02", "until": "2026-03-02"}}]}),
        ),
        ("replan", json!({"PLANTED-FIELD": 1})),
    ];
    for (question, body) in questions {
        let answer = service.post(&format!("/v1/jobs/{id}/{question}"), &body.to_string());
        assert!(answer.status >= 400, "{question}: {}", answer.text);
    }
    assert!(service.get("/v1/jobs/PLANTED-JOB").status >= 400);
    let log = service.log();
    assert!(log.contains("/v1/jobs/{id}/plan"), "{log}");
    for word in ["PLANTED", TOKEN] {
        assert!(!log.contains(word), "{word} is in the log");
    }
}

#[test]
fn a_folder_that_others_may_read_is_refused_and_left_as_it_is() {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let ended = common::program().arg("--data").arg(folder.path()).output().unwrap();
    assert!(!ended.status.success());
    assert!(String::from_utf8_lossy(&ended.stderr).contains("chmod 700"));
    assert_eq!(std::fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o755);
}

#[test]
fn only_the_owner_may_read_the_data() {
    let service = Service::start(&[]);
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(service.data.clone()), 0o700);
    assert_eq!(mode(service.data.join("jobs.redb")), 0o600);
}

#[test]
fn progress_is_told_while_it_searches_and_cancelling_keeps_the_best_plan() {
    let service = Service::start(&[]);
    let document = neighbourhood("town");
    let id = service.submit(&document, "seconds=300");
    let stream = service.agent.get(service.url(&format!("/v1/jobs/{id}/events")));
    let stream = stream.header("authorization", format!("Bearer {TOKEN}")).call().unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let mut lines = BufReader::new(stream.into_body().into_reader()).lines().map(Result::unwrap);
    let mut told = 0;
    while told < 3 {
        let line = lines.next().unwrap();
        if line == "event: progress" {
            let data = lines.next().unwrap();
            let progress: Value = serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap();
            assert!(progress["best"]["total"].is_i64(), "{progress}");
            told += 1;
        }
    }
    // What is best so far can be asked for meanwhile.
    let best = service.get(&format!("/v1/jobs/{id}/plan"));
    assert_eq!((best.status, best.header("kring-state")), (200, "running"), "{}", best.text);
    assert_sound(&document, &kring::read_plan(&best.text).unwrap());
    assert_eq!(service.delete(&format!("/v1/jobs/{id}")).status, 409);

    assert_eq!(service.post(&format!("/v1/jobs/{id}/cancel"), "").status, 200);
    let rest: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let end = rest.iter().position(|line| line == "event: job").unwrap();
    let job: Value = serde_json::from_str(rest[end + 1].strip_prefix("data: ").unwrap()).unwrap();
    assert_eq!((&job["state"], &job["found"]["stop"]), (&json!("finished"), &json!("cancelled")));
    assert_eq!(rest.len(), end + 2, "nothing follows the end");
    assert_sound(&document, &service.plan(&id));
    // Cancelling what has ended changes of_plan.
    assert_eq!(service.post(&format!("/v1/jobs/{id}/cancel"), "").json(), job);
}

#[test]
fn a_sick_morning_is_planned_again_and_a_new_visit_finds_its_place() {
    let service = Service::start(&[]);
    let document = neighbourhood("village");
    let first = service.submit(&document, "iterations=300");
    service.wait_for(&first, &["finished"]);
    let plan = service.plan(&first);
    let tour = &plan.tours[0];
    let (nurse, day) = (tour.nurse.clone(), tour.shift.date());
    let events =
        json!({"kring_events": 1, "events": [{"nurse_absent": {"nurse": nurse, "date": day}}]}).to_string();
    let answer = service.post_with_key(&format!("/v1/jobs/{first}/replan?iterations=300"), &events, "ill");
    assert_eq!(answer.status, 202, "{}", answer.text);
    let second = answer.json()["id"].as_str().unwrap().to_owned();
    let again = service.post_with_key(&format!("/v1/jobs/{first}/replan?iterations=300"), &events, "ill");
    assert_eq!((again.status, &again.json()["id"]), (200, &json!(second)));
    // It stands on its own: the job that it starts from may go.
    assert_eq!(service.delete(&format!("/v1/jobs/{first}")).status, 204);
    assert_eq!(service.get(&format!("/v1/jobs/{first}")).status, 404);

    let job = service.wait_for(&second, &["finished", "failed"]);
    assert_eq!(
        (&job["state"], &job["task"], &job["of"]),
        (&json!("finished"), &json!("replan"), &json!(first))
    );
    let made = service.get(&format!("/v1/jobs/{second}/document")).text;
    assert_ne!(made, document);
    let plan = service.plan(&second);
    assert!(plan.tours.iter().all(|tour| tour.nurse != nurse || tour.shift.date() != day));
    assert_sound(&made, &plan);

    let visit = plan.tours.iter().flat_map(|tour| tour.visits()).next().unwrap();
    let question = json!({"client": visit.client, "care": visit.care, "date": visit.date});
    let why = service.post(&format!("/v1/jobs/{second}/explain"), &question.to_string());
    assert_eq!(why.status, 200, "{}", why.text);
    let why = why.json();
    assert_eq!((&why["about"], &why["client"]), (&json!("visit"), &json!(visit.client)));
    assert!(!why["others"].as_array().unwrap().is_empty(), "{why}");
    // What a client is told has no costs of colleagues.
    let mut for_client = question;
    for_client["audience"] = json!("client");
    let told = service.post(&format!("/v1/jobs/{second}/explain"), &for_client.to_string()).json();
    assert_eq!(told["audience"], "client");
    assert!(told.to_string().len() < why.to_string().len());

    let read: Value = serde_json::from_str(&document).unwrap();
    let client = &read["clients"][0];
    let mut care = client["care"][0].clone();
    care["id"] = json!("new");
    let added = json!({"visit_added": {"client": client["id"], "care": care}});
    let question =
        json!({"client": client["id"], "care": "new", "events": {"kring_events": 1, "events": [added]}});
    let fits = service.post(&format!("/v1/jobs/{second}/fits"), &question.to_string());
    assert_eq!(fits.status, 200, "{}", fits.text);
    let answer = fits.json();
    let (left_out, fits) = (answer["left_out"].as_array().unwrap(), answer["fits"].as_array().unwrap());
    // As many visits as the line has days, each with the number by which places name it.
    assert!(!left_out.is_empty() && !fits.is_empty(), "{answer}");
    for visit in left_out {
        assert_eq!((&visit["care"], &visit["client"]), (&json!("new"), &client["id"]), "{visit}");
    }
    for fit in fits {
        assert_eq!((&fit["care"], &fit["client"]), (&json!("new"), &client["id"]));
        assert!(fit["visit"].as_u64().unwrap() < left_out.len() as u64, "{fit}");
    }
    // Nothing is placed before now: on the last evening there is no place left for most of them.
    let mut late = question;
    let last = fits.iter().map(|fit| fit["start"].as_str().unwrap()).max().unwrap();
    late["events"]["now"] = json!(last);
    let late = service.post(&format!("/v1/jobs/{second}/fits"), &late.to_string()).json();
    let starts = late["fits"].as_array().unwrap().iter().map(|fit| fit["start"].as_str().unwrap());
    assert!(starts.clone().all(|start| start >= last), "{late}");
    assert!(late["fits"].as_array().unwrap().len() < fits.len());
    // Without events it is what the plan leaves out.
    let own = json!({"client": visit.client, "care": visit.care});
    let of_plan = service.post(&format!("/v1/jobs/{second}/fits"), &own.to_string());
    assert_eq!(of_plan.status, 200, "{}", of_plan.text);
    let out = plan.unplanned.iter().filter(|out| (&out.client, &out.care) == (&visit.client, &visit.care));
    assert_eq!(of_plan.json()["left_out"].as_array().unwrap().len(), out.count(), "{}", of_plan.text);
    let nobody = service.post(&format!("/v1/jobs/{second}/fits"), r#"{"client": "nobody"}"#);
    assert_eq!((nobody.status, &nobody.json()["mistakes"][0]["path"]), (422, &json!("client")));
}

#[test]
fn events_that_probably_mean_something_else_are_planned_with_a_warning() {
    let service = Service::start(&[]);
    let document = neighbourhood("village");
    let first = service.submit(&document, "iterations=300");
    service.wait_for(&first, &["finished"]);
    let plan = service.plan(&first);
    let (nurse, day) = (&plan.tours[0].nurse, plan.tours[0].shift.date());
    let busy = json!({"nurse_absent": {"nurse": nurse, "date": day}});
    // By now she has no shift left there.
    let idle = busy.clone();
    let events = json!({"kring_events": 1, "events": [busy, idle]});
    let text = serde_json::to_string_pretty(&events).unwrap();
    // An event begins with its brace, on the line before its name; lines count from 1.
    let mut names = (0..).zip(text.lines()).filter(|(_, line)| line.contains("nurse_absent"));
    let line = names.nth(1).unwrap().0;
    let answer = service.post(&format!("/v1/jobs/{first}/replan?iterations=300"), &text);
    assert_eq!(answer.status, 202, "{}", answer.text);
    let warned = |warnings: &Value, line: Option<u64>| {
        let [warning] = &warnings.as_array().unwrap()[..] else { panic!("{warnings}") };
        assert_eq!(
            (&warning["kind"], &warning["path"]),
            (&json!("event_without_effect"), &json!("events[1]")),
            "{warning}"
        );
        assert_eq!(warning["of"], json!(format!("nurse {nurse:?}")));
        assert!(warning["problem"].as_str().unwrap().contains("nothing changes"), "{warning}");
        assert!(!warning["mend"].as_str().unwrap().is_empty());
        assert_eq!(warning.get("line").and_then(Value::as_u64), line);
    };
    let job = answer.json();
    warned(&job["warnings"], Some(line));
    // They stay with the job, and are not of the one that it starts from.
    let second = job["id"].as_str().unwrap();
    assert_eq!(service.wait_for(second, &["finished"])["warnings"], job["warnings"]);
    assert!(service.get(&format!("/v1/jobs/{first}")).json().get("warnings").is_none());
    let mut question = json!({"client": plan.tours[0].visits().next().unwrap().client, "events": events});
    let fits = service.post(&format!("/v1/jobs/{first}/fits"), &question.to_string());
    assert_eq!(fits.status, 200, "{}", fits.text);
    warned(&fits.json()["warnings"], None);
    question["events"]["events"].as_array_mut().unwrap().pop();
    let fits = service.post(&format!("/v1/jobs/{first}/fits"), &question.to_string()).json();
    assert!(fits.get("warnings").is_none(), "{fits}");
}

#[test]
fn jobs_that_cannot_be_planned_say_why() {
    let service = Service::start(&[]);
    let mut document: Value = serde_json::from_str(&neighbourhood("village")).unwrap();
    document["clients"][0]["care"][0]["minutes"] = json!(-1);
    let wrong = service.post("/v1/jobs", &document.to_string());
    assert_eq!((wrong.status, wrong.header("content-type")), (422, "application/problem+json"));
    assert_eq!(wrong.json()["mistakes"][0]["path"], "clients[0].care[0].minutes");
    // A file is asked for only when it is planned: there are none for documents of this service.
    let mut document: Value = serde_json::from_str(&neighbourhood("village")).unwrap();
    document["travel"] = json!({"osm": {"file": "../../etc/passwd"}});
    let answer = service.post("/v1/jobs", &document.to_string());
    if answer.status == 202 {
        let id = answer.json()["id"].as_str().unwrap().to_owned();
        let job = service.wait_for(&id, &["failed", "finished"]);
        assert_eq!(job["state"], "failed");
        assert!(!job["failure"]["mistakes"].as_array().unwrap().is_empty(), "{job}");
        assert_eq!(service.get(&format!("/v1/jobs/{id}/plan")).status, 409);
    } else {
        assert_eq!(answer.status, 422, "{}", answer.text);
    }
}

#[test]
fn a_full_queue_is_answered_429_with_a_time_and_cancelling_makes_room() {
    let service = Service::start(&["--runners", "1", "--waiting", "2", "--kept", "4"]);
    let document = neighbourhood("village");
    let running = service.submit(&document, "seconds=300");
    service.wait_for(&running, &["running"]);
    let waiting = [(); 2].map(|()| service.submit(&document, "seconds=300"));
    let refused = service.post_with_key("/v1/jobs?seconds=300", &document, "late");
    assert_eq!((refused.status, refused.header("retry-after")), (429, "5"), "{}", refused.text);

    let cancelled = service.post(&format!("/v1/jobs/{}/cancel", waiting[0]), "");
    assert_eq!(cancelled.json()["state"], "cancelled");
    let accepted = service.post_with_key("/v1/jobs?seconds=300", &document, "late");
    assert_eq!(accepted.status, 202, "{}", accepted.text);
    // The queue is full again, but a repeated request needs no place.
    assert_eq!(service.post_with_key("/v1/jobs?seconds=300", &document, "late").status, 200);

    // Four are kept: the store is full as well, until an ended job is removed.
    service.post(&format!("/v1/jobs/{}/cancel", waiting[1]), "");
    assert_eq!(service.post("/v1/jobs?seconds=300", &document).status, 507);
    assert_eq!(service.delete(&format!("/v1/jobs/{}", waiting[1])).status, 204);
    service.submit(&document, "seconds=300");

    let figures = service.get("/metrics").text;
    for line in [
        "kring_jobs_accepted_total 5",
        "kring_jobs_running 1",
        "kring_jobs_waiting 2",
        "kring_jobs_ended_total{state=\"cancelled\"} 2",
        "kring_refused_total{reason=\"queue full\"} 1",
        "kring_refused_total{reason=\"store full\"} 1",
    ] {
        assert!(figures.contains(line), "{line} in\n{figures}");
    }
}

#[test]
fn the_description_names_every_route_and_each_reference_leads_somewhere() {
    let service = Service::start(&[]);
    // (Needs no token.)
    let mut answer = service.agent.get(service.url("/openapi.json")).call().unwrap();
    let text = answer.body_mut().read_to_string().unwrap();
    let description: Value = serde_json::from_str(&text).unwrap();
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths: Vec<&String> = description["paths"].as_object().unwrap().keys().collect();
    for path in [
        "",
        "/{id}",
        "/{id}/cancel",
        "/{id}/events",
        "/{id}/plan",
        "/{id}/document",
        "/{id}/replan",
        "/{id}/fits",
        "/{id}/explain",
    ] {
        assert!(paths.contains(&&format!("/v1/jobs{path}")), "{path} in {paths:?}");
    }
    let mut pieces = text.split("\"$ref\":\"");
    pieces.next();
    let mut references = 0;
    for piece in pieces {
        let reference = piece.split('"').next().unwrap().strip_prefix('#').unwrap();
        assert!(description.pointer(reference).is_some(), "{reference}");
        references += 1;
    }
    assert!(references > 50, "{references}");
    let answer = &description["components"]["schemas"]["FitsAnswer"]["properties"];
    assert_eq!(answer["left_out"]["items"]["$ref"], "#/components/schemas/Unplanned");
    let warnings = &description["components"]["schemas"]["Job"]["properties"]["warnings"];
    for warnings in [warnings, &answer["warnings"]] {
        assert_eq!(warnings["items"]["$ref"], "#/components/schemas/Warning");
    }
}
