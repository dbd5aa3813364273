//! Load with `kill -9` in the middle: nothing is lost and nothing happens twice.
//!
//! Ten seconds; `KRING_SERVICE_LOAD=60` makes it a minute. `-- --nocapture` prints the figures of README.md.

mod common;

use common::{Service, assert_sound, neighbourhood, post_to};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use ureq::Agent;

const CLIENTS: usize = 8;
const ARGUMENTS: [&str; 6] = ["--waiting", "16", "--runners", "2", "--kept", "1000000"];

/// What the clients counted.
#[derive(Default)]
struct Counts {
    requests: AtomicUsize,
    full: AtomicUsize,
    broken_off: AtomicUsize,
    repeated: AtomicUsize,
    /// The answer to each key: the job.
    jobs: Mutex<BTreeMap<String, String>>,
    milliseconds: Mutex<Vec<f64>>,
}

/// Hands in documents until the time is over. Each is sent until it is answered, and some are sent again after that.
fn client(number: usize, url: &str, document: &str, until: Instant, counts: &Counts) {
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(20)))
        .build()
        .into();
    for turn in 0.. {
        if Instant::now() >= until {
            return;
        }
        let key = format!("client {number}, document {turn}");
        let url = format!("{url}?iterations=20&seconds=20&seed={}", number * 1_000_000 + turn);
        let mut left = 1 + usize::from(turn % 3 == 0);
        let give_up = until + Duration::from_secs(120);
        while left > 0 {
            assert!(Instant::now() < give_up, "no answer to {key}");
            let begin = Instant::now();
            counts.requests.fetch_add(1, Ordering::Relaxed);
            let Ok(answer) = post_to(&agent, &url, document, Some(&key)) else {
                counts.broken_off.fetch_add(1, Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(50));
                continue;
            };
            match answer.status {
                200 | 202 => {
                    let id = answer.json()["id"].as_str().unwrap().to_owned();
                    let before = counts.jobs.lock().unwrap().insert(key.clone(), id.clone());
                    assert!(before.is_none_or(|before| before == id), "{key} became two jobs");
                    counts.repeated.fetch_add(usize::from(answer.status == 200), Ordering::Relaxed);
                    counts.milliseconds.lock().unwrap().push(begin.elapsed().as_secs_f64() * 1e3);
                    left -= 1;
                }
                429 | 503 => {
                    assert_eq!(answer.header("retry-after"), "5");
                    counts.full.fetch_add(1, Ordering::Relaxed);
                    // Sooner than asked: this is a load.
                    std::thread::sleep(Duration::from_millis(100));
                }
                other => panic!("{other}: {}", answer.text),
            }
        }
    }
}

#[test]
fn nothing_is_lost_and_nothing_happens_twice() {
    let seconds = std::env::var("KRING_SERVICE_LOAD").map_or(10, |seconds| seconds.parse().unwrap());
    let kills = (seconds / 20).max(1);
    let document = neighbourhood("village");
    let counts = Arc::new(Counts::default());
    let mut service = Service::start(&ARGUMENTS);
    let begin = Instant::now();
    let until = begin + Duration::from_secs(seconds);
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let (url, document, counts) = (service.url("/v1/jobs"), document.clone(), counts.clone());
            std::thread::spawn(move || client(number, &url, &document, until, &counts))
        })
        .collect();

    // Plans that were seen before a kill.
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut resumed = 0;
    for kill in 1..=kills {
        let at = begin + Duration::from_secs(seconds).mul_f64(kill as f64 / (kills + 1) as f64);
        std::thread::sleep(at.saturating_duration_since(Instant::now()));
        for job in service.jobs().iter().rev().filter(|job| job["state"] == "finished").take(20) {
            let id = job["id"].as_str().unwrap();
            seen.insert(id.to_owned(), service.get(&format!("/v1/jobs/{id}/plan")).text);
        }
        service.kill();
        service = service.again(&ARGUMENTS);
        let opened = service.log();
        let opened = opened.lines().find(|line| line.contains("store opened")).unwrap();
        let opened: Value = serde_json::from_str(opened).unwrap();
        resumed += opened["fields"]["resumed"].as_u64().unwrap();
    }
    for client in clients {
        client.join().unwrap();
    }
    let asked = counts.jobs.lock().unwrap().clone();
    // What waits is planned in the end.
    while service.jobs().iter().any(|job| job["ended"].is_null()) {
        assert!(begin.elapsed() < Duration::from_secs(seconds * 3 + 120));
        std::thread::sleep(Duration::from_millis(200));
    }
    let jobs = service.jobs();
    let stored: BTreeSet<&str> = jobs.iter().map(|job| job["id"].as_str().unwrap()).collect();
    let accepted: BTreeSet<&str> = asked.values().map(String::as_str).collect();
    assert_eq!(asked.len(), accepted.len(), "two requests share a job");
    // (Every client asks until it is answered, so that no job is there whose answer was lost.)
    assert_eq!(stored, accepted, "lost, or made twice");
    let begun_again = jobs.iter().filter(|job| job["begun"].as_u64() > Some(1)).count();
    for job in &jobs {
        assert_eq!(job["state"], "finished", "{job}");
    }
    // At most the jobs that ran when it was killed are begun again.
    assert!(begun_again as u64 <= 2 * kills, "{begun_again}");
    for (id, plan) in &seen {
        assert_eq!(&service.get(&format!("/v1/jobs/{id}/plan")).text, plan, "another plan after the kill");
    }
    for job in jobs.iter().step_by(jobs.len() / 10 + 1) {
        assert_sound(&document, &service.plan(job["id"].as_str().unwrap()));
    }
    let mut milliseconds = counts.milliseconds.lock().unwrap().clone();
    milliseconds.sort_by(f64::total_cmp);
    let count = |count: &AtomicUsize| count.load(Ordering::Relaxed);
    println!("seconds of load              {seconds}");
    println!("kill -9                      {kills}");
    println!("requests                     {}", count(&counts.requests));
    println!("  answered 429               {}", count(&counts.full));
    println!("  broken off by a kill       {}", count(&counts.broken_off));
    println!("  repeated, the same job     {}", count(&counts.repeated));
    println!("jobs accepted                {}", jobs.len());
    println!("  lost, or made twice        0");
    println!("  taken up after a kill      {resumed}");
    println!("  begun again                {begun_again}");
    println!("plans seen before a kill     {}, the same after it", seen.len());
    println!("answer to a document, median {:.0} ms", milliseconds[milliseconds.len() / 2]);
    println!("  99 in 100 within           {:.0} ms", milliseconds[milliseconds.len() * 99 / 100]);
    let size = std::fs::metadata(service.data.join("jobs.redb")).unwrap().len();
    println!("size of the store            {:.1} MB", size as f64 / 1e6);
    assert!(!service.log().contains("panicked"));
}
