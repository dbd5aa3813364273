//! `kring compare`, `kring alternatives` and `kring standins` from end to end.

use crate::folder::Folder;
use serde_json::Value;
use std::fs;

/// A small village with two plans.
fn village(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.kring("generate village --nurses 4 --clients 12 --days 5 --out village.json", 0);
    for seed in [1, 2] {
        let line = format!(
            "solve village.json --iterations 50 --threads 1 --lenient --seed {seed} --out plan{seed}.json"
        );
        folder.kring(&line, 0);
    }
    folder
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn two_plans_are_compared_in_words_and_as_json() {
    let folder = village("compare");
    let page = folder.printed("compare village.json plan1.json plan2.json", 0);
    for part in [
        "Great care",
        "Great working lives",
        "Efficient use of resources",
        "The second plan",
        "Clients",
        "Nurses",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let found = folder.json("compare village.json plan1.json plan2.json --json", 0);
    let due = ["clients", "cost", "intentions", "measures", "nurses", "violations", "visits"];
    assert_eq!(keys(&found), due);
    // The figures are those of the check.
    for (number, cost) in found["cost"].as_array().expect("two costs").iter().enumerate() {
        let line = format!("check village.json plan{}.json --json", number + 1);
        assert_eq!(cost, &folder.json(&line, 0)["cost"]);
    }
}

#[test]
fn a_plan_that_does_not_fit_is_refused_under_its_name_with_its_place() {
    let folder = village("compare-refused");
    folder.kring("generate village --nurses 5 --clients 9 --days 5 --seed 9 --out other.json", 0);
    folder.kring("solve other.json --iterations 20 --threads 1 --lenient --out other-plan.json", 0);
    let message = folder.refused("compare village.json plan1.json other-plan.json");
    assert!(message.contains("other-plan.json:") && message.contains("tours["), "{message}");
    assert!(!message.contains("plan1.json:") && !message.contains("plans[1]"), "{message}");
    // Where neither is of this document, each stands under its name, a mistake a line.
    let other = fs::read_to_string(folder.file("other-plan.json")).expect("a plan");
    fs::write(folder.file("third-plan.json"), other).expect("a file");
    let message = folder.refused("compare village.json other-plan.json third-plan.json");
    let (_, message) = message.split_once("kring: ").expect("a message behind the warnings");
    let starts = |start: &str| message.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!([starts("other-plan.json:"), starts("third-plan.json:")], [1, 1], "{message}");
    assert!(message.lines().all(|line| line.ends_with(".json:") || line.starts_with("  ")), "{message}");
    fs::write(folder.file("broken.json"), "{").expect("a file");
    fs::write(folder.file("empty.json"), "").expect("a file");
    let message = folder.refused("compare village.json broken.json empty.json");
    assert!(message.contains("\nempty.json:") && message.starts_with("kring: broken.json:"), "{message}");
    let message = folder.refused("standins village.json other-plan.json");
    assert!(message.contains("other-plan.json:") && message.contains("tours["), "{message}");
    let message = folder.refused("alternatives village.json other-plan.json --iterations 1");
    assert!(message.contains("other-plan.json:") && message.contains("tours["), "{message}");
}

#[test]
fn alternatives_are_written_and_can_be_compared() {
    let folder = village("alternatives");
    let line = "alternatives village.json plan1.json --iterations 100 --threads 1";
    let page = folder.printed(line, 0);
    assert!(page.contains("cost in minutes") && page.contains("Less road"), "{page}");
    let found = folder.json(&format!("{line} --json --out other"), 0);
    assert_eq!(keys(&found), ["alternatives", "plan", "without"]);
    let all = found["alternatives"].as_array().expect("a list");
    assert!(!all.is_empty(), "{found}");
    for one in all {
        let name = one["aim"].as_str().expect("a name");
        let compared = folder.json(&format!("compare village.json plan1.json other/{name}.json --json"), 0);
        assert_eq!(compared["cost"][1], one["cost"], "{name}");
        assert_eq!(compared["cost"][0], found["plan"]["cost"], "{name}");
        for measure in compared["measures"].as_array().expect("a list") {
            let aim = measure["aim"].as_str().expect("a name");
            assert_eq!(measure["value"][1], one["measures"][aim], "{name} {aim}");
        }
    }
    let written = fs::read_dir(folder.file("other")).expect("a folder").count();
    assert_eq!(written, all.len());
    let message = folder.refused("alternatives village.json plan1.json --out plan1.json");
    assert!(message.contains("--out plan1.json: is a file; name a folder"), "{message}");
}

/// A published plan: changes are in the costs, the past is in each plan as it was, and 'kring check' says the same.
#[test]
fn alternatives_to_a_published_plan_price_its_changes() {
    let folder = village("alternatives-published");
    let now = "--now 2026-03-04T06:30:00+01:00";
    let line =
        format!("alternatives village.json plan1.json {now} --iterations 100 --threads 1 --out told --json");
    let found = folder.json(&line, 0);
    let all = found["alternatives"].as_array().expect("a list");
    assert!(!all.is_empty(), "{found}");
    for one in all {
        let name = one["aim"].as_str().expect("a name");
        let check = format!("check village.json told/{name}.json --published plan1.json {now} --json");
        let checked = folder.json(&check, 0);
        assert_eq!(checked["clean"], true, "{name}: {checked}");
        assert_eq!(checked["cost"], one["cost"], "{name}");
    }
    let same = folder.json(&format!("{line} --published plan1.json"), 0);
    assert_eq!(same["alternatives"], found["alternatives"]);
    let message = folder.refused("alternatives village.json plan1.json --now 2027-03-04T06:30:00+01:00");
    assert!(message.contains("--now: ") && message.contains("after the horizon"), "{message}");
}

#[test]
fn a_nurse_who_may_be_ill_is_prepared_for() {
    let folder = village("standins");
    let line = "standins village.json plan1.json --iterations 50";
    let page = folder.printed(&format!("{line} --threads 1"), 0);
    assert!(
        page.contains(" is ill, ") && page.contains("If a visit is missed, who could come instead"),
        "{page}"
    );
    assert_eq!(page, folder.printed(&format!("{line} --threads 2"), 0), "the same on any number of threads");
    let found = folder.json(&format!("{line} --json"), 0);
    assert_eq!(keys(&found), ["days", "fallbacks", "left"]);
    let day = &found["days"][0];
    assert_eq!(keys(day), ["cost", "date", "missed", "moved", "new_faces", "nurse", "uncovered", "visits"]);
    let (nurse, date) = (day["nurse"].as_str().expect("an id"), day["date"].as_str().expect("a date"));
    let one = folder.json(&format!("{line} --json --day {date} --nurse {nurse}"), 0);
    assert_eq!(one["days"].as_array().expect("a list"), std::slice::from_ref(day));
    let page = folder.printed(&format!("{line} --day {date} --nurse {nurse}"), 0);
    assert!(page.contains(" -> "), "each visit\n{page}");
    let message = folder.refused(&format!("{line} --day 1999-01-01"));
    assert!(message.contains("1999-01-01 is outside the horizon"), "{message}");
    let message = folder.refused(&format!("{line} --nurse nobody"));
    assert!(message.contains("\"nobody\" is not a nurse of the document"), "{message}");
}

#[test]
fn no_place_is_told_from_nothing_to_place() {
    let folder = village("fits");
    let plan = fs::read_to_string(folder.file("plan1.json")).expect("the plan");
    let plan: Value = serde_json::from_str(&plan).expect("JSON");
    let made = plan["tours"][0]["stops"].as_array().expect("stops").iter().find_map(|stop| stop.get("visit"));
    let client = made.expect("a visit")["client"].as_str().expect("an id");
    let line = format!("fits village.json plan1.json --client {client}");
    assert!(folder.printed(&line, 0).contains("nothing to place"));
    // Events that add nothing leave nothing to place.
    fs::write(folder.file("none.yaml"), "kring_events: 1\nevents: []\n").expect("no events");
    assert!(folder.printed(&format!("{line} --events none.yaml"), 0).contains("nothing to place"));
    // Nobody has this competence.
    let events = format!(
        "kring_events: 1
events:
  - visit_added:
      client: {client}
      care: {{id: rare, days: {{dates: [2026-03-03]}}, window: {{from: \"08:00\", to: \"12:00\"}}, minutes: 10, competences: [rare]}}
"
    );
    fs::write(folder.file("rare.yaml"), events).expect("the events");
    let none = folder.printed(&format!("{line} --care rare --events rare.yaml"), 1);
    assert!(none.starts_with(&format!("{client} rare on 2026-03-03: no place")), "{none}");
    // Beside a visit that has a place it is said, too.
    let two = fs::read_to_string(folder.file("rare.yaml")).expect("the events")
        + &format!(
            "  - visit_added:
      client: {client}
      care: {{id: easy, days: {{dates: [2026-03-03]}}, window: {{from: \"07:00\", to: \"22:00\"}}, minutes: 1}}
"
        );
    fs::write(folder.file("two.yaml"), two).expect("the events");
    let both = folder.printed(&format!("{line} --events two.yaml"), 1);
    assert!(both.starts_with(&format!("{client} easy on 2026-03-03\n  2026-03-03 ")), "{both}");
    assert!(both.contains(&format!("{client} rare on 2026-03-03: no place")), "{both}");
    let listed = folder.printed(&format!("{line} --events rare.yaml --json"), 1);
    let listed: Value = serde_json::from_str(&listed).expect("JSON");
    assert_eq!(listed["left_out"].as_array().expect("visits").len(), 1, "{listed}");
    assert_eq!(listed["left_out"][0]["care"], "rare");
}

#[test]
fn files_in_each_others_place_are_named_as_such() {
    let folder = village("swapped");
    fs::write(folder.file("events.yaml"), "kring_events: 1\nevents: []\n").expect("the events");
    for (line, due) in [
        ("check plan1.json village.json", "expected a neighbourhood, found a plan"),
        ("check village.json village.json", "expected a plan, found a neighbourhood"),
        ("solve events.yaml", "expected a neighbourhood, found events"),
        ("replan village.json plan1.json --events plan1.json", "expected events, found a plan"),
    ] {
        let message = folder.refused(line);
        assert!(message.contains(due) && message.lines().count() == 2, "{line}\n{message}");
    }
}
