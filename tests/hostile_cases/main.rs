//! Careless and hostile input for every command, made by rule from good input: each case ends within its limit, with an
//! answer or with a message that names the file; none is silent, none panics.
//!
//! `cargo test --test hostile_cases -- --nocapture` prints the table that stands in SECURITY.md.

#![cfg(feature = "cli")]

mod calls;
mod cases;
#[allow(dead_code)]
#[path = "../common/folder.rs"]
mod folder;
#[allow(dead_code)]
#[path = "../common/pbf.rs"]
mod pbf;
mod texts;

use cases::Case;
use folder::{Folder, command};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::process::{Child, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The longest that a case may take. (A good input takes a hundredth of it; the machine may be busy.)
const LIMIT: Duration = Duration::from_secs(60);

/// Most bytes of an error message.
const LONGEST: usize = 256 << 10;

/// How a case ended.
struct Answer {
    code: Option<i32>,
    stdout: usize,
    stderr: String,
}

/// Waits for a process, or ends it and returns `None`.
fn wait(mut child: Child) -> Option<Answer> {
    let mut out = child.stdout.take();
    let mut err = child.stderr.take().expect("a pipe");
    let reading = std::thread::spawn(move || {
        let mut text = Vec::new();
        let _ = err.read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    });
    let counting = std::thread::spawn(move || {
        let mut text = Vec::new();
        out.as_mut().map(|out| out.read_to_end(&mut text));
        text.len()
    });
    let start = Instant::now();
    let status = loop {
        match child.try_wait().expect("a status") {
            Some(status) => break Some(status),
            None if start.elapsed() > LIMIT => {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let (stderr, stdout) = (reading.join().expect("text"), counting.join().expect("a number"));
    status.map(|status| Answer { code: status.code(), stdout, stderr })
}

fn run(folder: &Folder, number: usize, case: &Case) -> Result<i32, String> {
    let name = format!("h{number}{}", case.ending);
    let path = folder.file(&name);
    if let Some(bytes) = &case.bytes {
        fs::write(&path, bytes).expect("a file");
    }
    let line = case.line.replace("INPUT", &name).replace("OUT", &format!("out{number}"));
    let mut command = command(&folder.0, &line);
    command.stdin(Stdio::null()).stderr(Stdio::piped());
    match case.full {
        true => command.stdout(File::options().write(true).open("/dev/full").expect("/dev/full")),
        false => command.stdout(Stdio::piped()),
    };
    let answer = wait(command.spawn().expect("kring starts"));
    let _ = fs::remove_file(&path);
    let Some(Answer { code, stdout, stderr }) = answer else {
        return Err(format!("no end within {LIMIT:?}"));
    };
    let shown: String = stderr.chars().take(300).collect();
    let code = code.ok_or(format!("ended by a signal: {shown}"))?;
    if stderr.contains("panicked") || !(0..=2).contains(&code) {
        return Err(format!("code {code}: {shown}"));
    }
    if stderr.len() > LONGEST {
        return Err(format!("a message of {} bytes", stderr.len()));
    }
    // An id that is a number has 64 digits at most, and is shown whole.
    if stderr.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() > 80) {
        return Err(format!("a message with a number that nobody reads: {shown:?}"));
    }
    if stderr.chars().any(|c| c != '\n' && kring::report::hides(c)) {
        return Err(format!("a message with control characters: {shown:?}"));
    }
    if code == 2 {
        // Where a document and a plan do not belong together, either may be named.
        let mut files = line.split_whitespace().filter(|word| word.contains('.'));
        let is_named = match &case.names {
            Some(names) => stderr.contains(names),
            None => stderr.contains(&name) || files.any(|file| stderr.contains(file)),
        };
        if stderr.trim().is_empty() || !is_named {
            return Err(format!("the message names no file: {shown:?}"));
        }
    } else if stdout == 0 && stderr.is_empty() && !line.contains("--out") {
        return Err(format!("code {code} without a word"));
    }
    if case.refused && code != 2 {
        return Err(format!("accepted with code {code}: {shown}"));
    }
    Ok(code)
}

#[test]
fn every_command_answers_every_case() {
    let folder = Folder::new("hostile-cases");
    let all = cases::all(&folder);
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let codes: Mutex<BTreeMap<&str, [usize; 3]>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(case) = all.get(number) else { break };
                    match run(&folder, number, case) {
                        Ok(code) => {
                            let command = case.line.split_whitespace().next().unwrap_or_default();
                            codes.lock().unwrap().entry(command).or_default()[code as usize] += 1;
                        }
                        Err(why) => failed
                            .lock()
                            .unwrap()
                            .push(format!("{} ({}, {}): {why}", case.line, case.what, case.harm)),
                    }
                }
            });
        }
    });
    let codes = codes.into_inner().unwrap();
    println!(
        "| command | cases | refused (code 2) | told (1) | harmless (0) |\n| --- | --- | --- | --- | --- |"
    );
    for (command, [harmless, told, refused]) in &codes {
        println!("| `{command}` | {} | {refused} | {told} | {harmless} |", harmless + told + refused);
    }
    let total: usize = codes.values().flatten().sum();
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), all.len(), failed.join("\n"));
    // The page says how many there are. (It counts what is answered with which code on one machine.)
    let page = include_str!("../../SECURITY.md");
    let said = format!("| all | {},{:03} |", total / 1_000, total % 1_000);
    assert!(page.contains(&said), "SECURITY.md does not say {said}");
}
