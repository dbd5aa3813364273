//! The service ends, by a signal or by force, and is started again.

mod common;

use common::{Service, TOKEN, assert_sound, neighbourhood, program};
use serde_json::json;
use std::process::Stdio;
use std::time::{Duration, Instant};

#[test]
fn a_signal_ends_the_search_with_its_best_plan_and_what_waits_is_planned_later() {
    for signal in ["TERM", "INT"] {
        let mut service = Service::start(&["--runners", "1"]);
        let document = neighbourhood("village");
        let running = service.submit(&document, "seconds=300");
        let waiting = service.submit(&document, "iterations=50");
        let (url, agent) = (service.url(&format!("/v1/jobs/{running}/plan?wait=50")), service.agent.clone());
        let listener = std::thread::spawn(move || {
            let answer = agent.get(url).header("authorization", format!("Bearer {TOKEN}")).call();
            answer.unwrap().body_mut().with_config().limit(64 << 20).read_to_string().unwrap()
        });
        // There is a plan before it is stopped.
        let begin = Instant::now();
        while service.get(&format!("/v1/jobs/{running}/plan")).status != 200 {
            assert!(begin.elapsed() < Duration::from_secs(60));
            std::thread::sleep(Duration::from_millis(50));
        }
        service.signal(signal);
        // Whoever waits for the plan gets the best one.
        let returned = listener.join().unwrap();
        assert_sound(&document, &kring::read_plan(&returned).unwrap());
        assert_eq!(service.wait(), Some(0), "{}", service.log());

        let service = service.again(&[]);
        let job = service.job(&running);
        assert_eq!((&job["state"], &job["found"]["stop"]), (&json!("finished"), &json!("service stopped")));
        assert_eq!(service.get(&format!("/v1/jobs/{running}/plan")).text, returned);
        let job = service.wait_for(&waiting, &["finished"]);
        assert_eq!(job["begun"], 1);
        assert_sound(&document, &service.plan(&waiting));
    }
}

#[test]
fn a_job_that_ends_the_service_three_times_is_given_up() {
    let document = neighbourhood("village");
    let mut service = Service::start(&["--runners", "1"]);
    let bad = service.submit(&document, "seconds=300");
    let good = service.submit(&document, "iterations=50");
    for _ in 0..3 {
        service.wait_for(&bad, &["running"]);
        service.kill();
        service = service.again(&["--runners", "1"]);
    }
    let job = service.job(&bad);
    assert_eq!((&job["state"], &job["begun"]), (&json!("failed"), &json!(3)), "{job}");
    service.wait_for(&good, &["finished"]);
}

#[test]
fn two_services_do_not_share_a_folder() {
    let service = Service::start(&[]);
    let mut second = program();
    second.args(["--address", "127.0.0.1:0", "--data"]).arg(&service.data).stderr(Stdio::piped());
    let ended = second.output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert!(String::from_utf8(ended.stderr).unwrap().contains("cannot start"));
}

#[test]
fn without_a_good_token_it_does_not_start() {
    let folder = tempfile::TempDir::new().unwrap();
    for token in [None, Some("short"), Some("a token with spaces that is long enough")] {
        let mut service = program();
        service.env_remove("KRING_SERVICE_TOKEN").envs(token.map(|token| ("KRING_SERVICE_TOKEN", token)));
        let ended = service.args(["--data"]).arg(folder.path()).output().unwrap();
        assert_eq!(ended.status.code(), Some(1), "{token:?}");
        let log = String::from_utf8(ended.stderr).unwrap();
        assert!(
            log.contains("KRING_SERVICE_TOKEN") && token.is_none_or(|token| !log.contains(token)),
            "{log}"
        );
    }
}
