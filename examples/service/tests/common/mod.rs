//! A started service, asked over HTTP as any client asks it.

#![allow(dead_code, reason = "each test file uses a part")]

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use ureq::{Agent, Body, http::Response};

pub const TOKEN: &str = "a-token-for-tests-that-is-long-enough";

/// A running service.
pub struct Service {
    child: Child,
    pub address: SocketAddr,
    log: Arc<Mutex<String>>,
    pub data: PathBuf,
    /// Removed with the last service that uses it.
    folder: Arc<TempDir>,
    pub agent: Agent,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub text: String,
    pub headers: ureq::http::HeaderMap,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// The program, with its token.
pub fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_kring-service"));
    program.env_clear().env("KRING_SERVICE_TOKEN", TOKEN);
    program
}

impl Service {
    pub fn start(arguments: &[&str]) -> Self {
        let folder = Arc::new(TempDir::new().unwrap());
        Self::on(folder, "127.0.0.1:0".parse().unwrap(), arguments)
    }

    /// Another service on the same folder and address, after the end of this one.
    pub fn again(&self, arguments: &[&str]) -> Self {
        Self::on(self.folder.clone(), self.address, arguments)
    }

    fn on(folder: Arc<TempDir>, address: SocketAddr, arguments: &[&str]) -> Self {
        let data = folder.path().join("data");
        let mut child = program()
            .args(["--address", &address.to_string(), "--data"])
            .arg(&data)
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (told, listens) = mpsc::channel();
        let (lines, noted) = (BufReader::new(child.stderr.take().unwrap()).lines(), log.clone());
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let entry: Value = serde_json::from_str(&line).unwrap_or_default();
                if entry["fields"]["message"] == "listens" {
                    let address = entry["fields"]["address"].as_str().unwrap().parse().unwrap();
                    let _ = told.send(address);
                }
                let mut log = noted.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        let address = listens
            .recv_timeout(Duration::from_secs(60))
            .unwrap_or_else(|_| panic!("it did not start: {}", log.lock().unwrap()));
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(90)))
            .build()
            .into();
        Self { child, address, log, data, folder, agent }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn get(&self, path: &str) -> Answer {
        let request = self.agent.get(self.url(path)).header("authorization", format!("Bearer {TOKEN}"));
        read(request.call().unwrap())
    }

    pub fn delete(&self, path: &str) -> Answer {
        let request = self.agent.delete(self.url(path)).header("authorization", format!("Bearer {TOKEN}"));
        read(request.call().unwrap())
    }

    pub fn post(&self, path: &str, body: &str) -> Answer {
        self.try_post(path, body, None).unwrap()
    }

    pub fn post_with_key(&self, path: &str, body: &str, key: &str) -> Answer {
        self.try_post(path, body, Some(key)).unwrap()
    }

    pub fn try_post(&self, path: &str, body: &str, key: Option<&str>) -> Result<Answer, ureq::Error> {
        post_to(&self.agent, &self.url(path), body, key)
    }

    /// Hands in a document; the id of the job.
    pub fn submit(&self, document: &str, query: &str) -> String {
        let answer = self.post(&format!("/v1/jobs?{query}"), document);
        assert_eq!(answer.status, 202, "{}", answer.text);
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    pub fn job(&self, id: &str) -> Value {
        self.get(&format!("/v1/jobs/{id}")).json()
    }

    /// Waits until a job has a state.
    pub fn wait_for(&self, id: &str, states: &[&str]) -> Value {
        let begin = Instant::now();
        loop {
            let job = self.job(id);
            if states.contains(&job["state"].as_str().unwrap()) {
                return job;
            }
            assert!(begin.elapsed() < Duration::from_secs(120), "{states:?}: {job}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// A plan by kring's own reader.
    pub fn plan(&self, id: &str) -> kring::Plan {
        let answer = self.get(&format!("/v1/jobs/{id}/plan"));
        assert_eq!(answer.status, 200, "{}", answer.text);
        kring::read_plan(&answer.text).unwrap()
    }

    /// All jobs, page by page.
    pub fn jobs(&self) -> Vec<Value> {
        let mut all: Vec<Value> = Vec::new();
        loop {
            let after = all.last().map(|job| format!("?after={}", job["id"].as_str().unwrap()));
            let page = self.get(&format!("/v1/jobs{}", after.unwrap_or_default())).json();
            all.extend(page["jobs"].as_array().unwrap().iter().cloned());
            if page["more"] == false {
                return all;
            }
        }
    }

    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), &id]).status().unwrap().success());
    }

    /// The code with which it ends.
    pub fn wait(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// Sends bytes as they are; the first line of the answer, or what happened instead.
    pub fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        // (Whoever is refused early may find the connection closed.)
        let _ = stream.write_all(bytes);
        first_line(&mut stream)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn first_line(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let mut part = [0; 1024];
    while !answer.contains(&b'\n') {
        match stream.read(&mut part) {
            Ok(0) | Err(_) => break,
            Ok(length) => answer.extend_from_slice(&part[..length]),
        }
    }
    let line = String::from_utf8_lossy(&answer).lines().next().unwrap_or("closed").to_owned();
    line.trim_start_matches("HTTP/1.1 ").to_owned()
}

pub fn post_to(agent: &Agent, url: &str, body: &str, key: Option<&str>) -> Result<Answer, ureq::Error> {
    let request = agent
        .post(url)
        .header("authorization", format!("Bearer {TOKEN}"))
        .header("content-type", "application/json");
    let request = match key {
        Some(key) => request.header("idempotency-key", key),
        None => request,
    };
    try_read(request.send(body)?)
}

fn read(response: Response<Body>) -> Answer {
    try_read(response).unwrap()
}

fn try_read(mut response: Response<Body>) -> Result<Answer, ureq::Error> {
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let text = response.body_mut().with_config().limit(64 << 20).read_to_string()?;
    Ok(Answer { status, text, headers })
}

/// One of the made-up neighbourhoods.
pub fn neighbourhood(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../neighbourhoods");
    std::fs::read_to_string(folder.join(name).with_extension("json")).unwrap()
}

/// A plan must belong to its document and break no rule, by the second opinion.
pub fn assert_sound(document: &str, plan: &kring::Plan) {
    let document = kring::read_document(document).unwrap();
    let times = kring::travel::times(&document, Path::new(".")).unwrap();
    let checked = kring::check(&document, &times, plan).unwrap();
    assert!(checked.is_clean(), "{:?}", checked.violations);
}
