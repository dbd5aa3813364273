//! The cases: good input, changed by rule.

use super::calls::{calls, files};
use super::folder::Folder;
use super::texts::{CONVRP, CORDEAU, EVENTS, LONG, SOLOMON, TABLES, TOML, YAML, values};
use serde_json::{Value, json};
use std::fs;

/// What is asked of one command with one input.
pub struct Case {
    /// The words behind `kring`; INPUT is the file of the case, OUT a name for what is written.
    pub line: String,
    /// How the input is wrong.
    pub what: String,
    /// The kind of harm.
    pub harm: &'static str,
    /// What INPUT holds; `None` where the case has no file of its own.
    pub bytes: Option<Vec<u8>>,
    /// The ending of INPUT.
    pub ending: &'static str,
    /// What a message names; by default INPUT.
    pub names: Option<String>,
    /// Whether nothing but a refusal will do.
    pub refused: bool,
    /// Whether standard output is a full disk.
    pub full: bool,
}

impl Case {
    pub fn new(line: &str, what: &str, harm: &'static str) -> Self {
        let (line, what) = (line.to_owned(), what.to_owned());
        let names = Some(String::new());
        Self { line, what, harm, bytes: None, ending: "", names, refused: false, full: false }
    }

    pub fn with(self, bytes: impl Into<Vec<u8>>, ending: &'static str) -> Self {
        Self { bytes: Some(bytes.into()), ending, names: None, ..self }
    }

    pub fn refused(self) -> Self {
        Self { refused: true, ..self }
    }
}

/// Small searches.
pub const SOLVE: &str = "solve INPUT --iterations 5 --workers 1 --threads 1 --lenient";

/// What is done with a good document and a plan of it, for each command that reads a plan.
const PLANS: [&str; 13] = [
    "check village.json INPUT",
    "solve village.json --start INPUT --iterations 5 --workers 1 --threads 1 --lenient",
    "report village.json INPUT --out OUT.html",
    "export village.json INPUT --to csv --out OUT.csv",
    "export village.json INPUT --to fhir --out OUT.json",
    "export village.json INPUT --to ics --out OUT",
    "fits village.json INPUT --client c01",
    "explain village.json INPUT --unplanned",
    "compare village.json plan.json INPUT",
    "alternatives village.json INPUT --iterations 1 --threads 1",
    "standins village.json INPUT --iterations 1 --threads 1",
    "roll village.json INPUT --out OUT.json",
    "replan village.json INPUT --events events.yaml --iterations 5 --threads 1",
];

/// Fields of a document that the values replace.
const FIELDS: [&str; 31] = [
    "/kring",
    "/horizon",
    "/horizon/first_day",
    "/horizon/days",
    "/horizon/time_zone",
    "/nurses",
    "/nurses/0",
    "/nurses/0/id",
    "/nurses/0/home",
    "/nurses/0/home/lat",
    "/nurses/0/home/address",
    "/nurses/0/contract_hours",
    "/nurses/0/shifts",
    "/nurses/0/shifts/0/start",
    "/clients",
    "/clients/0/id",
    "/clients/0/location",
    "/clients/0/care/0/minutes",
    "/clients/0/care/0/days",
    "/clients/0/care/0/window/from",
    "/clients/0/care/0/priority",
    "/travel",
    "/prices",
    "/prices/face",
    "/prices/unplanned/vital",
    "/prices/notice_hour",
    "/clients/0/weight",
    "/clients/0/location/lon",
    "/history/half_life_days",
    "/history/visits",
    "/agreements",
];

/// Fields of a plan.
const PLAN_FIELDS: [&str; 12] = [
    "/kring_plan",
    "/tours",
    "/tours/0",
    "/tours/0/nurse",
    "/tours/0/shift",
    "/tours/0/leave",
    "/tours/0/travel_seconds",
    "/tours/0/stops",
    "/tours/0/stops/0",
    "/unplanned",
    "/faces",
    "/faces/0/client",
];

/// A good input with one value in the place of another; `None` where it has no such place.
fn replaced(good: &Value, field: &str, value: &str) -> Option<String> {
    let mut changed = good.clone();
    *changed.pointer_mut(field)? = json!("<here>");
    Some(changed.to_string().replacen("\"<here>\"", value, 1))
}

/// The same without the field, with one more beside it, with it twice, and with entries of its list twice.
fn restructured(good: &Value, field: &str) -> Vec<(&'static str, String)> {
    let (above, name) = field.rsplit_once('/').expect("a path");
    let mut all = Vec::new();
    let mut without = good.clone();
    if let Some(Value::Object(fields)) = without.pointer_mut(above) {
        let old = fields.remove(name);
        let mut more = fields.clone();
        all.push(("a field missing", without.to_string()));
        more.insert(name.to_owned(), old.unwrap_or_default());
        more.insert("unheard_of".to_owned(), json!(1));
        let mut with_more = good.clone();
        *with_more.pointer_mut(above).expect("a place") = more.into();
        all.push(("a field too many", with_more.to_string()));
    }
    let mut twice = good.clone();
    if let Some(Value::Array(list)) = twice.pointer_mut(field) {
        list.extend(list.clone());
        all.push(("entries twice", twice.to_string()));
    }
    all
}

/// Texts cut short and wrapped: for every form.
fn broken(good: &str) -> Vec<(&'static str, Vec<u8>)> {
    let half = (good.len() / 2..).find(|&at| good.is_char_boundary(at)).unwrap_or(0);
    vec![
        ("empty", Vec::new()),
        ("blanks", b" \n\t\r\n".to_vec()),
        ("cut short", good.as_bytes()[..half].to_vec()),
        ("twice", [good, good].concat().into_bytes()),
        ("not UTF-8", [b"\xff\xfe\x00\x80", good.as_bytes()].concat()),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("behind control characters", [b"\x1b[2J\x07", good.as_bytes()].concat()),
        ("one long line", vec![b'x'; 1 << 20]),
        ("100,000 brackets", vec![b'['; 100_000]),
        ("100,000 braces", b"{\"a\":".repeat(100_000)),
        ("NULs", vec![0; 10_000]),
    ]
}

fn json_of(folder: &Folder, name: &str) -> Value {
    serde_json::from_str(&text_of(folder, name)).expect("JSON")
}

fn text_of(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.file(name)).expect("a file")
}

/// Makes the good inputs in the folder, and all cases.
pub fn all(folder: &Folder) -> Vec<Case> {
    for line in [
        "generate village --nurses 4 --clients 8 --days 3 --out village.json",
        "solve village.json --iterations 20 --workers 1 --threads 1 --lenient --out plan.json",
        "new team.yaml --first-day 2026-03-02",
        "new team.toml --first-day 2026-03-02",
        "export village.json plan.json --to fhir --out bundle.json",
        "import --template sheets",
    ] {
        folder.kring(line, 0);
    }
    let mut document = json_of(folder, "village.json");
    // Legal beside coordinates, so that it is one of the fields.
    document["nurses"][0]["home"]["address"] = json!("Kerkstraat 12");
    let plan = json_of(folder, "plan.json");
    let stops = plan.pointer("/tours/0/stops").and_then(Value::as_array).expect("stops");
    let visit = stops.iter().find_map(|stop| stop.get("visit")).expect("a visit");
    let word = |value: &Value| value.as_str().expect("a text").to_owned();
    let words = [
        ("DAY", word(&visit["date"])),
        ("NURSE", word(&document["nurses"][0]["id"])),
        ("CLIENT", word(&visit["client"])),
        ("CARE", word(&visit["care"])),
    ];
    let events = words.iter().fold(EVENTS.to_owned(), |text, (key, value)| text.replace(key, value));
    fs::write(folder.file("events.yaml"), &events).expect("a file");
    let mut cases = Vec::new();
    documents(folder, &document, &mut cases);
    plans(folder, &plan, &mut cases);
    exchange(folder, &events, &mut cases);
    instances(&mut cases);
    files(folder, &document, &mut cases);
    calls(&mut cases);
    cases
}

fn documents(folder: &Folder, document: &Value, cases: &mut Vec<Case>) {
    let lines = [
        SOLVE,
        "check INPUT plan.json",
        "circles INPUT --seconds 1",
        "roll INPUT plan.json --out OUT.json",
        "report INPUT plan.json --out OUT.html",
    ];
    let mut next = lines.iter().cycle();
    let mut add = |what: String, text: String, harm| {
        let line = next.next().expect("a line");
        cases.push(Case::new(line, &what, harm).with(text, ".json"));
    };
    for field in FIELDS {
        for (what, value) in values() {
            if let Some(text) = replaced(document, field, &value) {
                add(format!("{field}: {what}"), text, "a value in a document");
            }
        }
        for (what, text) in restructured(document, field) {
            add(format!("{field}: {what}"), text, "the shape of a document");
        }
    }
    for (what, bytes) in broken(&document.to_string()) {
        for line in lines {
            cases.push(
                Case::new(line, what, "a document that is none").with(bytes.clone(), ".json").refused(),
            );
        }
    }
    let team = text_of(folder, "team.yaml");
    for &(what, text) in YAML {
        cases.push(Case::new(SOLVE, what, "YAML").with(text, ".yaml").refused());
        cases.push(
            Case::new(SOLVE, &format!("{what}, behind a team"), "YAML")
                .with(format!("{team}\n{text}"), ".yaml"),
        );
    }
    for &(what, text) in TOML {
        cases.push(Case::new(SOLVE, what, "TOML").with(text, ".toml").refused());
    }
    for (what, bytes) in broken(&team) {
        cases.push(Case::new(SOLVE, what, "YAML").with(bytes, ".yaml"));
    }
    for (what, bytes) in broken(&text_of(folder, "team.toml")) {
        cases.push(Case::new(SOLVE, what, "TOML").with(bytes, ".toml"));
    }
}

fn plans(folder: &Folder, plan: &Value, cases: &mut Vec<Case>) {
    let mut next = PLANS.iter().cycle();
    let mut add = |what: String, text: String, harm| {
        let line = next.next().expect("a line");
        cases.push(Case::new(line, &what, harm).with(text, ".json"));
    };
    for field in PLAN_FIELDS {
        for (what, value) in values() {
            if let Some(text) = replaced(plan, field, &value) {
                add(format!("{field}: {what}"), text, "a value in a plan");
            }
        }
        for (what, text) in restructured(plan, field) {
            add(format!("{field}: {what}"), text, "the shape of a plan");
        }
    }
    for (what, bytes) in broken(&text_of(folder, "plan.json")) {
        for line in PLANS {
            cases.push(Case::new(line, what, "a plan that is none").with(bytes.clone(), ".json").refused());
        }
    }
}

fn exchange(folder: &Folder, events: &str, cases: &mut Vec<Case>) {
    let replan = "replan village.json plan.json --events INPUT --iterations 5 --threads 1";
    for (what, bytes) in broken(events) {
        for line in [replan, "fits village.json plan.json --client c01 --events INPUT"] {
            cases.push(Case::new(line, what, "events").with(bytes.clone(), ".yaml").refused());
        }
    }
    for (what, value) in values() {
        for part in ["kring_events: 1", "nurse_absent", "visit_length"] {
            let text = match part {
                "nurse_absent" => {
                    format!("kring_events: 1\nevents:\n  - nurse_absent: {{nurse: {value}, date: {value}}}\n")
                }
                "visit_length" => {
                    events.replace("visit_cancelled: {", &format!("visit_length: {{minutes: {value}, "))
                }
                _ => events.replace(part, &format!("kring_events: {value}")),
            };
            cases.push(Case::new(replan, &format!("{part}: {what}"), "events").with(text, ".yaml"));
        }
    }
    for &(what, text) in TABLES {
        let line = "roll village.json plan.json --actual INPUT --out OUT.json";
        cases.push(Case::new(line, what, "a table of visits").with(text, ".csv"));
    }
    let import = "import INPUT --first-day 2026-03-02 --out OUT.json";
    let bundle = json_of(folder, "bundle.json");
    for field in [
        "/resourceType",
        "/type",
        "/entry",
        "/entry/0",
        "/entry/0/resource",
        "/entry/0/resource/id",
        "/entry/0/fullUrl",
    ] {
        for (what, value) in values() {
            if let Some(text) = replaced(&bundle, field, &value) {
                cases.push(
                    Case::new(import, &format!("{field}: {what}"), "a FHIR bundle").with(text, ".json"),
                );
            }
        }
    }
    for (what, bytes) in broken(&bundle.to_string()) {
        cases.push(Case::new(import, what, "a FHIR bundle").with(bytes, ".json").refused());
    }
    for sheet in ["nurses", "shifts", "clients", "care"] {
        for (what, bytes) in broken(&text_of(folder, &format!("sheets/{sheet}.csv"))) {
            let name = format!("sheets-{sheet}-{}", what.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
            fs::create_dir_all(folder.file(&name)).expect("a folder");
            for other in ["nurses", "shifts", "clients", "care"] {
                fs::copy(
                    folder.file(&format!("sheets/{other}.csv")),
                    folder.file(&format!("{name}/{other}.csv")),
                )
                .expect("a copy");
            }
            fs::write(folder.file(&format!("{name}/{sheet}.csv")), bytes).expect("a file");
            let line = format!("import {name} --first-day 2026-03-02 --out OUT.json");
            cases.push(Case { names: Some(sheet.to_owned()), ..Case::new(&line, what, "a spreadsheet") });
        }
    }
}

fn instances(cases: &mut Vec<Case>) {
    let line = "solve INPUT --iterations 5 --workers 1 --threads 1 --format";
    for (format, good) in [("solomon", SOLOMON), ("cordeau", CORDEAU), ("convrp", CONVRP)] {
        let line = format!("{line} {format}");
        cases.push(Case::new(&line, "nothing", "an instance of the literature").with(good, ".txt"));
        for (what, bytes) in broken(good) {
            cases.push(Case::new(&line, what, "an instance of the literature").with(bytes, ".txt"));
        }
        // Each number in its turn by what is none.
        for (number, word) in
            good.split_whitespace().enumerate().filter(|(_, word)| word.parse::<f64>().is_ok())
        {
            let (what, other) = [
                ("negative", "-1"),
                ("huge", "1e308"),
                ("not a number", "NaN"),
                ("a word", "many"),
                ("too long", "99999999999999999999"),
                ("300 digits", LONG),
                ("a fraction", "0.3333"),
                ("without end", "inf"),
            ][number % 8];
            let mut at = 0;
            let parts = good.split_inclusive(char::is_whitespace).map(|part| {
                let is_word = !part.trim().is_empty();
                at += usize::from(is_word);
                if is_word && at == number + 1 { part.replacen(word, other, 1) } else { part.to_owned() }
            });
            let text: String = parts.collect();
            let what = format!("word {number} {what}");
            cases.push(Case::new(&line, &what, "an instance of the literature").with(text, ".txt"));
        }
    }
    for (what, bytes) in broken("{\"patients\": []}") {
        let line = "solve INPUT --format homecare --iterations 5 --threads 1";
        cases.push(Case::new(line, what, "an instance of the literature").with(bytes, ".json").refused());
    }
}
