//! What the pages show is typed in as it stands: the events of `docs/replan.md` and the questions of `docs/explain.md`, on the
//! town that comes with kring.

use crate::folder::Folder;
use std::fs;

const TOWN: &str = include_str!("../../examples/neighbourhoods/town.json");

/// The town with a plan.
fn town(name: &str) -> Folder {
    let folder = Folder::new(name);
    fs::write(folder.file("town.json"), TOWN).expect("a file");
    folder.kring("solve town.json --iterations 300 --threads 1 --lenient --out plan.json", 0);
    folder
}

/// The first block of a language on a page.
fn block<'p>(page: &'p str, language: &str) -> &'p str {
    let start = format!("```{language}\n");
    let (_, rest) = page.split_once(&start).expect("a block");
    rest.split_once("\n```").expect("its end").0
}

#[test]
fn the_events_of_the_page_and_of_the_help_are_those_of_the_town() {
    let folder = town("page-replan");
    let page = include_str!("../../docs/replan.md");
    let help = folder.printed("replan --help", 0);
    let (_, of_help) = help.split_once("Events (YAML or JSON):\n").expect("events");
    let of_help: Vec<&str> = of_help
        .lines()
        .take_while(|line| !line.starts_with("What must not change"))
        // The page has no whole client, and the way to visits changes before the first one only.
        .filter(|line| !line.contains("client_added") && !line.contains("street_closed"))
        .collect();
    for events in [block(page, "yaml").to_owned(), of_help.join("\n")] {
        fs::write(folder.file("today.yaml"), &events).expect("a file");
        let line = "replan town.json plan.json --events today.yaml --iterations 50 --threads 1 --out new.json \
                    --document today.json --json";
        assert!(folder.json(line, 0)["changes"].as_array().is_some_and(|changes| !changes.is_empty()));
        let line = "check today.json new.json --published plan.json --now 2026-03-03T06:30:00+01:00";
        folder.kring(line, 0);
    }
    let twice = "replan town.json plan.json --events today.yaml --out same.json --document same.json";
    assert!(folder.refused(twice).contains("name two"));
}

#[test]
fn the_questions_of_the_page_are_answered() {
    let folder = town("page-explain");
    let page = include_str!("../../docs/explain.md");
    let mut asked = 0;
    for line in block(page, "sh").lines() {
        let line = line.split(" #").next().expect("a line").trim().replace("--seconds 20", "--iterations 20");
        let line = line.strip_prefix("kring ").expect("a call");
        assert!(!folder.printed(line, 0).is_empty(), "{line}");
        asked += 1;
    }
    assert!(asked >= 6, "{asked}");
    let limits = folder.refused("explain town.json plan.json --client c12 --seconds 3");
    assert!(limits.contains("--rule"), "{limits}");
    let nobody = folder.refused("standins town.json plan.json --nurse nobody");
    assert!(nobody.contains("nobody") && !nobody.contains("plan.json"), "{nobody}");
}
