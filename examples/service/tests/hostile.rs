//! Requests by the careless and the hostile. `cargo test --test hostile -- --nocapture` prints the table of README.md.

mod common;

use common::{Service, TOKEN, first_line, neighbourhood};
use serde_json::json;
use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// What was tried and what came back.
struct Table {
    service: Service,
    rows: Vec<(String, String)>,
    wrong: Vec<String>,
}

impl Table {
    fn expect(&mut self, tried: &str, expected: &str, answered: String) {
        if !answered.starts_with(expected) {
            self.wrong.push(format!("{tried}: {answered} instead of {expected}"));
        }
        self.rows.push((tried.to_owned(), answered));
        // Whatever it was, the service goes on.
        assert_eq!(self.service.get("/health").status, 200, "{tried}");
    }

    /// A request as text. `{TOKEN}` is filled in.
    fn raw(&mut self, tried: &str, expected: &str, request: &str) {
        let answered = self.service.raw(request.replace("{TOKEN}", TOKEN).as_bytes());
        self.expect(tried, expected, answered);
    }

    fn post(&mut self, tried: &str, expected: &str, path: &str, body: &str) {
        let answer = self.service.post(path, body);
        assert!(answer.text.len() < 400_000, "{tried}: {} bytes", answer.text.len());
        assert!(!answer.text.contains("panicked"), "{tried}");
        let title = if answer.status < 300 {
            String::new()
        } else {
            answer.json()["title"].as_str().unwrap().to_owned()
        };
        self.expect(tried, expected, format!("{} {title}", answer.status));
    }
}

fn head(line: &str, more: &str) -> String {
    format!("{line} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {{TOKEN}}\r\n{more}\r\n")
}

#[test]
fn hostile_requests_are_answered_and_the_service_goes_on() {
    let mut table = Table {
        service: Service::start(&["--patience", "2", "--body", "512"]),
        rows: Vec::new(),
        wrong: Vec::new(),
    };
    let village = neighbourhood("village");
    let json_of = |length: usize| format!("content-type: application/json\r\ncontent-length: {length}\r\n");

    // Who asks.
    for (tried, header) in [
        ("no token", String::new()),
        ("a wrong token", "authorization: Bearer wrong\r\n".to_owned()),
        ("a token cut short", format!("authorization: Bearer {}\r\n", &TOKEN[..TOKEN.len() - 1])),
        ("a token of 50,000 characters", format!("authorization: Bearer {}\r\n", "x".repeat(50_000))),
        ("the token by another scheme", format!("authorization: Basic {TOKEN}\r\n")),
        ("the scheme alone", "authorization: Bearer\r\n".to_owned()),
    ] {
        table.raw(tried, "401", &format!("GET /v1/jobs HTTP/1.1\r\nhost: x\r\n{header}\r\n"));
    }
    table.raw(
        "the token in the query",
        "401",
        &format!("GET /v1/jobs?token={TOKEN} HTTP/1.1\r\nhost: x\r\n\r\n"),
    );
    table.raw(
        "no token, and a body of 1 TB announced",
        "401",
        "POST /v1/jobs HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000000000\r\n\r\n",
    );
    table.raw("no token at a path that does not exist", "401", "GET /secret HTTP/1.1\r\nhost: x\r\n\r\n");

    // What is asked.
    table.raw("a path that does not exist", "404", &head("GET /v2/jobs", ""));
    table.raw("an unknown job", "404", &head("GET /v1/jobs/00000000-0000-0000-0000-000000000000", ""));
    table.raw("a job that is no id", "404", &head("GET /v1/jobs/1", ""));
    table.raw("a job named ../../etc/passwd", "404", &head("GET /v1/jobs/../../etc/passwd", ""));
    table.raw("the same, encoded", "404", &head("GET /v1/jobs/..%2f..%2fetc%2fpasswd/plan", ""));
    table.raw("a job named %00", "404", &head("GET /v1/jobs/%00/plan", ""));
    table.raw("a job that is not UTF-8", "404", &head("GET /v1/jobs/%ff%fe/document", ""));
    table.raw("DELETE of all jobs", "405", &head("DELETE /v1/jobs", ""));
    table.raw("PUT of a plan", "405", &head("PUT /v1/jobs/00000000-0000-0000-0000-000000000000/plan", ""));
    table.raw("a method of its own", "405", &head("HARM /v1/jobs", ""));
    table.raw("a path of 60,000 characters", "404", &head(&format!("GET /{}", "a".repeat(60_000)), ""));
    table.raw("a path of 100,000 characters", "414", &head(&format!("GET /{}", "a".repeat(100_000)), ""));
    table.raw(
        "200 headers",
        "431",
        &head("GET /v1/jobs", &(0..200).map(|n| format!("x{n}: 1\r\n")).collect::<String>()),
    );
    table.raw("no HTTP at all", "400", "\x16\x03\x01 hello\r\n\r\n");
    table.raw(
        "length and chunks at once: chunks count, and none came",
        "408",
        &head(
            "POST /v1/jobs",
            "content-length: 5\r\ntransfer-encoding: chunked\r\ncontent-type: application/json\r\n",
        ),
    );
    table.raw("two lengths", "400", &head("POST /v1/jobs", "content-length: 5\r\ncontent-length: 6\r\n"));
    table.post("a limit of 0 seconds", "400", "/v1/jobs?seconds=0", &village);
    table.post("a limit of NaN seconds", "400", "/v1/jobs?seconds=NaN", &village);
    table.post("a limit of a year", "400", "/v1/jobs?seconds=31536000", &village);
    table.post("an unknown parameter", "400", "/v1/jobs?priority=1", &village);
    let long = table.service.post_with_key("/v1/jobs", &village, &"k".repeat(1_000)).status.to_string();
    table.expect("an idempotency key of 1,000 characters", "400", long);

    // What is sent.
    table.raw(
        "a body that is no JSON by its header",
        "415",
        &(head("POST /v1/jobs", "content-type: text/plain\r\ncontent-length: 2\r\n") + "{}"),
    );
    table.raw(
        "a body of 1 TB announced",
        "413",
        &head("POST /v1/jobs", "content-type: application/json\r\ncontent-length: 1000000000000\r\n"),
    );
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    table.raw(
        "an endless body in chunks",
        "413",
        &(head("POST /v1/jobs", "content-type: application/json\r\ntransfer-encoding: chunked\r\n")
            + &chunk.repeat(40)),
    );
    table.post("an empty body", "400", "/v1/jobs", "");
    table.post("a body that ends too soon", "400", "/v1/jobs", &village[..village.len() / 2]);
    table.post("brackets 250,000 deep", "400", "/v1/jobs", &"[".repeat(250_000));
    table.post("objects 80,000 deep", "400", "/v1/jobs", &r#"{"a":"#.repeat(80_000));
    table.post(
        "a number of 300,000 digits",
        "400",
        "/v1/jobs",
        &format!(r#"{{"kring": {}}}"#, "9".repeat(300_000)),
    );
    table.post("a field of another form", "400", "/v1/jobs", r#"{"kring": 1, "horizon": []}"#);
    table.post(
        "30,000 unknown fields",
        "400",
        "/v1/jobs",
        &format!("{{{}\"kring\":1}}", (0..30_000).map(|n| format!("\"f{n}\":1,")).collect::<String>()),
    );
    table.post(
        "60 days of a document for none",
        "400",
        "/v1/jobs",
        r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 70000}}"#,
    );
    let utf8 = head("POST /v1/jobs", &json_of(2)).replace("{TOKEN}", TOKEN).into_bytes();
    let answered = table.service.raw(&[&utf8[..], &[0xff, 0xfe]].concat());
    table.expect("a body that is not UTF-8", "400", answered);

    // About a plan.
    let id = table.service.submit(&village, "iterations=20");
    table.service.wait_for(&id, &["finished"]);
    let path = |what: &str| format!("/v1/jobs/{id}/{what}");
    table.post("events 100,000 deep", "400", &path("replan"), &"[".repeat(100_000));
    table.post("events as YAML with aliases", "400", &path("replan"), "a: &a [1]\nb: *a\n");
    table.post("events of another version", "422", &path("replan"), r#"{"kring_events": 9, "events": []}"#);
    let absent = json!({"nurse_absent": {"nurse": "nobody", "date": "2026-03-03"}});
    table.post(
        "events about nobody",
        "422",
        &path("replan"),
        &json!({"kring_events": 1, "events": [absent]}).to_string(),
    );
    let many = json!({"kring_events": 1, "events": vec![absent; 2_000]}).to_string();
    table.post("2,000 events", "422", &path("replan"), &many);
    table.post("a place for nobody", "422", &path("fits"), r#"{"client": "nobody"}"#);
    table.post("a place for a number", "400", &path("fits"), r#"{"client": 7}"#);

    // How it is sent.
    let (answered, seconds) = slowly(&table.service, b"GET /v1/jobs HTTP/1.1\r\n", b"x: 1\r\n");
    assert!((1.0..30.0).contains(&seconds), "{seconds}");
    table.expect("headers, a line each half second", "", format!("{answered} after {seconds:.0} s"));
    let request = head("POST /v1/jobs", &json_of(1_000)).replace("{TOKEN}", TOKEN);
    let (answered, seconds) = slowly(&table.service, request.as_bytes(), b" ");
    assert!((1.0..30.0).contains(&seconds), "{seconds}");
    table.expect("a body, a byte each half second", "408", format!("{answered} after {seconds:.0} s"));
    for _ in 0..50 {
        // Broken off in the middle of the body.
        let mut stream = TcpStream::connect(table.service.address).unwrap();
        stream.write_all((request.clone() + "{").as_bytes()).unwrap();
    }
    table.expect("50 requests broken off in the middle", "", "nobody to answer".to_owned());

    println!("| tried | answered |\n| --- | --- |");
    for (tried, answered) in &table.rows {
        println!("| {tried} | {answered} |");
    }
    assert!(table.wrong.is_empty(), "{:#?}", table.wrong);
    println!("{} requests tried", table.rows.len());
    assert!(!table.service.log().contains("panicked"));
    assert_eq!(table.service.jobs().len(), 1, "nothing but the one job was accepted");
}

/// Sends a beginning, and then a part each half second until the service answers or ends the connection.
fn slowly(service: &Service, beginning: &[u8], part: &[u8]) -> (String, f64) {
    let begin = Instant::now();
    let mut stream = TcpStream::connect(service.address).unwrap();
    stream.write_all(beginning).unwrap();
    let mut sender = stream.try_clone().unwrap();
    let part = part.to_vec();
    let sending = std::thread::spawn(move || {
        for _ in 0..60 {
            std::thread::sleep(Duration::from_millis(500));
            if sender.write_all(&part).is_err() {
                return;
            }
        }
    });
    stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    let answered = first_line(&mut stream);
    let seconds = begin.elapsed().as_secs_f64();
    drop(stream);
    let _ = sending.join();
    (answered, seconds)
}

#[test]
fn idle_connections_beyond_the_limit_do_not_lock_others_out() {
    let service = Service::start(&["--patience", "2", "--connections", "40"]);
    let idle: Vec<TcpStream> = (0..200).map(|_| TcpStream::connect(service.address).unwrap()).collect();
    let begin = Instant::now();
    assert_eq!(service.get("/health").status, 200);
    // 200 idle connections by 40 at a time, 2 seconds each: at most five turns.
    assert!(begin.elapsed() < Duration::from_secs(40), "{:?}", begin.elapsed());
    drop(idle);

    // Connections that are kept alive and say nothing more are closed as well.
    let mut kept: Vec<TcpStream> = (0..40)
        .map(|_| {
            let mut stream = TcpStream::connect(service.address).unwrap();
            stream.write_all(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
            stream
        })
        .collect();
    assert_eq!(first_line(&mut kept[0]), "200 OK");
    assert_eq!(service.get("/health").status, 200);
}

#[test]
fn listeners_who_do_not_read_are_cut_off_and_the_search_goes_on() {
    let service = Service::start(&["--patience", "2"]);
    let id = service.submit(&neighbourhood("village"), "seconds=6");
    let listeners: Vec<TcpStream> = (0..30)
        .map(|_| {
            let mut stream = TcpStream::connect(service.address).unwrap();
            let request = format!(
                "GET /v1/jobs/{id}/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {TOKEN}\r\n\r\n"
            );
            stream.write_all(request.as_bytes()).unwrap();
            stream
        })
        .collect();
    service.wait_for(&id, &["finished"]);
    drop(listeners);
    assert_eq!(service.get("/health").status, 200);
}
