//! `docs/guide.md`, followed: its blocks are the files, its commands are run, its messages are those that come.

use crate::folder::Folder;
use kring::data::text::{Form, read_document};
use std::fs;

const GUIDE: &str = include_str!("../../docs/guide.md");

/// The blocks of a language under the headings of some steps.
fn blocks(language: &str, steps: &[u32]) -> Vec<String> {
    let (mut step, mut open, mut found) = (0, None::<String>, Vec::new());
    for line in GUIDE.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            step = heading.split('.').next().and_then(|number| number.parse().ok()).expect("a number");
        }
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(name)) if name == language && steps.contains(&step) => open = Some(String::new()),
            (None, Some(_)) => open = Some("\0".to_owned()),
            (Some(text), None) => *text += &format!("{line}\n"),
            (Some(text), Some(_)) => {
                found.extend((!text.starts_with('\0')).then(|| text.clone()));
                open = None;
            }
            (None, None) => {}
        }
    }
    assert!(!found.is_empty(), "no {language} in {steps:?}");
    found
}

/// Runs the commands of a step, with few iterations in place of seconds.
fn run(folder: &Folder, step: u32) -> Vec<String> {
    let lines = blocks("sh", &[step]).concat();
    let commands = lines.lines().map(|line| line.strip_prefix("kring ").expect("a command of kring"));
    commands.map(|line| folder.printed(&line.replace("--seconds 2", "--iterations 400"), 0)).collect()
}

#[test]
fn the_guide_can_be_followed() {
    let folder = Folder::new("guide");
    let started = run(&folder, 1);
    assert!(started[1].contains("none left out"), "{}", started[1]);

    let own = blocks("yaml", &[2, 3, 4, 5]).concat();
    fs::write(folder.file("own.yaml"), &own).expect("a file");
    let document = read_document(&own, Form::Yaml).expect("a document");
    assert_eq!((document.nurses.len(), document.clients.len()), (5, 5));
    assert_eq!(document.warnings(), []);
    let planned = run(&folder, 5);
    assert!(planned[1].starts_with("Clean: no rule is broken."), "{}", planned[1]);

    // The morning that nobody works.
    let plan =
        kring::read_plan(&fs::read_to_string(folder.file("plan.json")).expect("a file")).expect("a plan");
    let vital: Vec<String> =
        plan.unplanned.iter().filter(|v| v.client == "c1").map(|v| v.date.to_string()).collect();
    assert_eq!(vital, ["2026-03-11"]);
    let all: std::collections::BTreeSet<String> = plan.unplanned.iter().map(|v| v.date.to_string()).collect();
    assert_eq!(
        (plan.unplanned.len(), Vec::from_iter(all)),
        (5, vec!["2026-03-11".into(), "2026-03-14".into()])
    );
    assert!(folder.file("page.html").is_file() && folder.file("calendars").is_dir());
    let room = planned[2].matches("Nothing was found that would make room").count();
    assert!(room > 0 && room < 5, "{}", planned[2]);
    folder.kring("solve own.yaml --iterations 10", 1);

    run(&folder, 7);
    let text = fs::read_to_string(folder.file("next.yaml")).expect("a file");
    let next = kring::data::text::read_document(&text, kring::data::text::Form::Yaml).expect("a document");
    assert_eq!(next.horizon.first_day.to_string(), "2026-03-16");
    // Two before the horizon, and those of the table, which are those of the plan.
    let planned: usize = plan.tours.iter().map(|tour| tour.visits().count()).sum();
    assert_eq!(next.history.visits.len(), 2 + planned);

    // The one visit that differed is not what took place: that is said, and so is a day outside the plan.
    fs::write(folder.file("one.csv"), "client;nurse;date\nc1;stand-in;2-3-2026\nc1;n1;1-1-2026\n")
        .expect("a file");
    let rolled = folder.kring("roll own.yaml plan.json --actual one.csv --out next.json", 0);
    let said = String::from_utf8(rolled.stderr).expect("text");
    assert!(said.contains(&format!("visits that took place: 1, planned: {planned};")), "{said}");
    assert!(said.contains("outside 2026-03-02 up to 2026-03-16 are passed over: 1; the first"), "{said}");
    assert!(said.contains("not in the team: \"stand-in\""), "{said}");
}

#[test]
fn the_mistakes_of_the_guide_are_told_as_it_says() {
    let error = read_document(&blocks("yaml", &[6])[0], Form::Yaml).expect_err("mistakes");
    assert_eq!(format!("{error}\n"), blocks("text", &[6])[0]);
}
