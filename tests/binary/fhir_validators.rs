//! Bundles of FHIR R4 before two validators of others: the models of `fhir.resources` in Python, and Medplum's validator in
//! Node.js, which reads HL7's own definitions. Both must find nothing in ours, and something in broken ones.
//!
//! Skipped with a message where they are absent; to have them, in `tests/fhir`:
//! `python3 -m venv venv && venv/bin/pip install 'fhir.resources==6.4.0' 'pydantic<2'`, and `npm install`.

use crate::folder::Folder;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn tools() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fhir")
}

/// Bundles as they go out, and with one mistake each.
const CLEAN: [&str; 2] = ["proposed.json", "booked.json"];
const BROKEN: [(&str, &str, &str); 3] = [
    ("field.json", "\"minutesDuration\": ", "\"minutes\": "),
    ("status.json", "\"status\": \"proposed\"", "\"status\": [\"proposed\"]"),
    ("start.json", "\"start\": \"2026-", "\"start\": \"soon 2026-"),
];

fn bundles(folder: &Folder) {
    folder.kring("generate village --nurses 5 --clients 12 --days 14 --out village.json", 0);
    folder.kring("solve village.json --iterations 300 --threads 1 --out plan.json --circles", 0);
    folder.kring("export village.json plan.json --to fhir --out proposed.json", 0);
    let text = fs::read_to_string(folder.file("village.json")).expect("a document");
    let mut document = kring::read_document(&text).expect("a document");
    for (i, client) in document.clients.iter_mut().enumerate() {
        client.label = Some(format!("\u{202e}<b>{i}</b>'\"& 👩‍⚕️ {}", "long".repeat(30)));
    }
    fs::write(folder.file("hostile.json"), kring::write_document(&document)).expect("a file");
    folder.kring("export hostile.json plan.json --to fhir --booked --labels --out booked.json", 0);
    let proposed = fs::read_to_string(folder.file("proposed.json")).expect("a bundle");
    for (file, right, wrong) in BROKEN {
        assert!(proposed.contains(right), "{right}");
        fs::write(folder.file(file), proposed.replacen(right, wrong, 1)).expect("a file");
    }
}

/// The clean ones pass, each of the others is refused.
fn judge(folder: &Folder, program: &Path, script: &str) {
    bundles(folder);
    let said = |file: &str| {
        let mut command = Command::new(program);
        command.arg(tools().join(script)).arg(file).current_dir(&folder.0);
        let said = command.output().expect("the validator starts");
        let shown =
            String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
        (said.status.success(), shown)
    };
    for file in CLEAN {
        let (is_fine, shown) = said(file);
        println!("{shown}");
        assert!(is_fine, "{shown}");
    }
    for (file, ..) in BROKEN {
        let (is_fine, shown) = said(file);
        assert!(!is_fine && shown.contains(file), "{script} finds nothing wrong with {file}: {shown}");
    }
}

#[test]
fn python_models_accept_the_bundles() {
    let python = std::env::var_os("KRING_FHIR_PYTHON").map(PathBuf::from);
    let python = python.unwrap_or_else(|| tools().join("venv/bin/python"));
    let has = Command::new(&python).args(["-c", "import fhir.resources"]).output();
    if !has.is_ok_and(|said| said.status.success()) {
        return eprintln!("skipped: no Python with fhir.resources; see the head of this file");
    }
    let folder = Folder::new("fhir-python");
    judge(&folder, &python, "judge.py");
}

#[test]
fn definitions_of_hl7_accept_the_bundles() {
    if !tools().join("node_modules/@medplum/core").is_dir() {
        return eprintln!("skipped: tests/fhir has no node_modules; see the head of this file");
    }
    let folder = Folder::new("fhir-node");
    judge(&folder, Path::new("node"), "judge.mjs");
}
