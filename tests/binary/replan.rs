//! `kring replan` from end to end, and what comes after it.

use crate::folder::Folder;
use serde_json::Value;
use std::fs;

/// A small village with a plan for two weeks.
fn village(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.kring("generate village --nurses 6 --clients 12 --days 14 --out village.json", 0);
    folder.kring("solve village.json --iterations 100 --threads 1 --lenient --out plan.json", 0);
    folder
}

fn read(folder: &Folder, name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.file(name)).expect("a file")).expect("JSON")
}

fn write(folder: &Folder, name: &str, now: &str, events: &str) {
    let text = format!("kring_events: 1\nnow: {now}\nevents:\n{events}");
    fs::write(folder.file(name), text).expect("the events");
}

const REPLAN: &str = "--iterations 200 --threads 1 --out new.json --document today.yaml";

#[test]
fn what_is_vital_and_left_out_is_said_and_told_by_the_exit_code() {
    let folder = village("replan-vital");
    let care = "{id: drip, priority: vital, days: {dates: [2026-03-05]}, window: {from: \"08:00\", to: \"09:00\"}, \
                minutes: 20, competences: [nobody has it]}";
    let events = format!("  - visit_added: {{client: c01, care: {care}}}\n");
    write(&folder, "events.yaml", "2026-03-04T05:30:00Z", &events);
    let output = folder.kring(&format!("replan village.json plan.json --events events.yaml {REPLAN}"), 1);
    let page = String::from_utf8_lossy(&output.stdout);
    for part in [
        "Now: Wednesday 4 March 2026 06:30",
        "Event 1: care drip is added for c01",
        "c01 drip 2026-03-05: left out, vital",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!page.contains("Nothing changes that anybody"), "{page}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("1 vital visit is left out"), "{output:?}");
}

#[test]
fn the_plan_after_an_illness_within_a_shift_is_one_of_the_new_document() {
    let folder = village("replan-within");
    // At half of a visit of the second week, so that its nurse has to finish it and to go home.
    let plan = read(&folder, "plan.json");
    let tours = plan["tours"].as_array().expect("tours");
    let late = |tour: &&Value| tour["shift"].as_str().is_some_and(|start| start >= "2026-03-10");
    let tour = tours.iter().find(late).expect("a tour");
    let visit = tour["stops"].as_array().expect("stops").iter().find_map(|stop| stop.get("visit"));
    let start = visit.expect("a visit")["start"].as_str().expect("a moment");
    let (now, nurse) =
        (format!("{}:59{}", &start[..16], &start[19..]), tour["nurse"].as_str().expect("an id"));
    write(
        &folder,
        "ill.yaml",
        &now,
        &format!("  - nurse_absent: {{nurse: {nurse}, date: {}}}\n", &now[..10]),
    );
    folder.kring(&format!("replan village.json plan.json --events ill.yaml {REPLAN}"), 0);
    folder.kring(&format!("check today.yaml new.json --published plan.json --now {now}"), 0);
    // Whoever gets the new document and the new plan needs no more than these.
    assert!(folder.printed("check today.yaml new.json", 0).starts_with("Clean"));
    folder.kring("explain today.yaml new.json --client c01", 0);
    folder.kring("report today.yaml new.json --out page.html", 0);
    assert_eq!(folder.json("check today.yaml new.json --json", 0)["clean"], true);
    // The plan before it was not carried out.
    let said = |line: &str| {
        let output = folder.kring(line, 0);
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let old = said("roll today.yaml plan.json --out old.yaml");
    assert!(old.contains("the plan breaks the rules of this document in "), "{old}");
    let next = said("roll today.yaml new.json --out next.yaml");
    assert!(!next.contains("breaks the rules") && !next.contains("in no plan"), "{next}");
    let far = said("roll today.yaml new.json --to 2036-03-16 --out far.yaml");
    assert!(
        far.contains("3653 days lie between the last of the plan and --to 2036-03-16 in no plan"),
        "{far}"
    );
}

#[test]
fn a_mistake_in_an_event_has_its_line() {
    let folder = village("replan-line");
    write(
        &folder,
        "event.yaml",
        "2026-03-04T05:30:00Z",
        "  - nurse_absent: {nurse: n99, date: 2026-03-04}\n",
    );
    let message = folder.refused(&format!("replan village.json plan.json --events event.yaml {REPLAN}"));
    assert!(message.contains("events[0], line 4: \"n99\" is not a nurse"), "{message}");
    let message = folder.refused("check village.json event.yaml");
    assert!(message.contains("this is no plan"), "{message}");
    // A plan of other people, with the same days.
    let plan = fs::read_to_string(folder.file("plan.json")).expect("a plan");
    fs::write(folder.file("other.json"), plan.replace("\"c02\"", "\"x02\"")).expect("a file");
    let message = folder.refused("fits village.json other.json --client c01");
    assert!(message.contains("\"x02\" is not a client of the document"), "{message}");
    write(&folder, "none.yaml", "2026-03-02T05:30:00Z", "  []\n");
    let message = folder.refused("fits village.json other.json --client c01 --events none.yaml");
    assert!(message.contains("\"x02\" is not a client of the document"), "{message}");
}

#[test]
fn days_that_have_passed_are_passed_over_and_nothing_is_rolled_twice() {
    let folder = village("replan-rolled");
    folder.kring("roll village.json plan.json --to 2026-03-09 --out mid.json", 0);
    let tour =
        read(&folder, "plan.json")["tours"].as_array().expect("tours").last().cloned().expect("a tour");
    let (nurse, date) =
        (tour["nurse"].as_str().expect("an id"), &tour["shift"].as_str().expect("a moment")[..10]);
    let event = format!("  - nurse_absent: {{nurse: {nurse}, date: {date}}}\n");
    write(&folder, "ill.yaml", "2026-03-09T05:30:00Z", &event);
    let page = folder.printed(&format!("replan mid.json plan.json --events ill.yaml {REPLAN}"), 0);
    assert!(!page.contains("2026-03-02") && !page.contains("2026-03-08"), "days of the week before\n{page}");
    folder.kring("roll village.json plan.json --out next.json", 0);
    let message = folder.refused("roll next.json plan.json --out after.json");
    assert!(message.contains("it was rolled already"), "{message}");
    write(&folder, "none.yaml", "2026-03-16T05:30:00Z", "  []\n");
    let message = folder.refused(&format!("replan next.json plan.json --events none.yaml {REPLAN}"));
    assert!(message.contains("the plan is for 2026-03-02 to 2026-03-15"), "{message}");
}

/// A careless morning: an offset from somewhere else, and a nurse who has no shift.
#[test]
fn what_events_probably_do_not_mean_is_said_with_its_line() {
    let folder = village("replan-careless");
    let events = "  - nurse_back: {nurse: n02, date: 2026-03-04}\n";
    write(&folder, "events.yaml", "2026-03-04T06:30:00+05:00", events);
    let call = format!("replan village.json plan.json --events events.yaml {REPLAN}");
    let said = |call: &str| String::from_utf8_lossy(&folder.kring(call, 0).stderr).into_owned();
    let text = said(&call);
    assert!(
        text.contains("now, line 2: 2026-03-04T06:30:00+05:00 is 2026-03-04T02:30:00+01:00 in"),
        "{text}"
    );
    assert!(text.contains("write 2026-03-04T06:30:00+01:00 if that hour is meant"), "{text}");
    assert!(text.contains("events[0] (nurse \"n02\"), line 4: the nurse is not absent"), "{text}");
    // The option is named where it is the option.
    let text = said(&format!("{call} --now 2026-03-04T07:30:00+02:00"));
    assert!(text.contains("--now: 2026-03-04T07:30:00+02:00 is 2026-03-04T06:30:00+01:00 in"), "{text}");
    let text = folder.refused(&format!("{call} --now 2027-03-04T07:30:00+01:00"));
    assert!(text.contains("--now: ") && text.contains("is after the horizon"), "{text}");
}

#[test]
fn a_place_that_cannot_be_reached_is_told_with_its_line() {
    let folder = Folder::new("replan-far");
    let text = "kring: 1
horizon: {first_day: 2026-03-02, days: 2, time_zone: UTC}
travel: {straight: {}}
nurses:
  - {id: ann, home: {lat: 52.1, lon: 5.1}, recurring: [{weekdays: [monday], start: 7:00, end: 12:00}]}
clients:
  - id: c1
    location: {lat: 5.1, lon: 52.1}
    care: [{id: wash, days: daily, window: {from: 8:00, to: 9:00}, minutes: 20}]
";
    fs::write(folder.file("far.yaml"), text).expect("the document");
    let message = folder.refused("solve far.yaml --iterations 1");
    assert!(message.contains("clients[0].location (client \"c1\"), line 8: "), "{message}");
}

#[test]
fn a_plan_that_breaks_the_rules_is_told_by_whatever_asks_about_it() {
    let folder = village("replan-doubt");
    write(&folder, "none.yaml", "2026-03-01T05:30:00Z", "  []\n");
    let mut plan = read(&folder, "plan.json");
    let left_out = plan["unplanned"].to_string();
    let tours = plan["tours"].as_array_mut().expect("tours");
    // (In a tour of several visits, of a client none of whose visits is left out.)
    let long = |tour: &mut Value| {
        let stops = tour["stops"].as_array_mut()?;
        let visits: Vec<usize> = (0..stops.len()).filter(|&at| stops[at]["visit"].is_object()).collect();
        let is_whole = |at: &&usize| !left_out.contains(&stops[**at]["visit"]["client"].to_string());
        let at = *visits.iter().find(is_whole)?;
        (visits.len() > 1).then(|| stops.remove(at))
    };
    let stop = tours.iter_mut().find_map(long).expect("a tour of two visits");
    fs::write(folder.file("short.json"), plan.to_string()).expect("a plan");
    let client = stop["visit"]["client"].as_str().expect("an id");
    for (line, code) in [
        (format!("replan village.json PLAN --events none.yaml {REPLAN}"), 0),
        ("explain village.json PLAN".to_owned(), 0),
        (format!("fits village.json PLAN --client {client}"), 0),
        // (Which refuses it after that.)
        ("alternatives village.json PLAN --iterations 10 --threads 1".to_owned(), 2),
    ] {
        let said = |plan: &str, code: i32| {
            let output = folder.kring(&line.replace("PLAN", plan), code);
            String::from_utf8_lossy(&output.stderr).into_owned()
        };
        let whole = said("plan.json", 0);
        assert!(!whole.contains("breaks the rules"), "{line}: {whole}");
        let short = said("short.json", code);
        assert!(short.contains("the plan breaks the rules of this document in "), "{line}: {short}");
    }
    // Others are not told about whom it is.
    let output =
        folder.kring(&format!("explain village.json short.json --client {client} --audience client"), 0);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("breaks"), "{output:?}");
}
