//! The binary from end to end: files in, pages, JSON and exit codes out.

use crate::folder::{Folder, command};
use kring::model::document::{Days, Priority};
use serde_json::Value;
use std::fs;
use std::process::Command;
use std::sync::LazyLock;

/// The folder with the small village in `village.json`.
fn with_village(name: &str) -> Folder {
    let folder = Folder::new(name);
    fs::write(folder.file("village.json"), VILLAGE.as_str()).expect("a file");
    folder
}

/// A village of 4 nurses and 12 clients in a week of work, as `kring generate` writes it.
static VILLAGE: LazyLock<String> = LazyLock::new(|| {
    let folder = Folder::new("made");
    folder.kring("generate village --nurses 4 --clients 12 --days 5 --out village.json", 0);
    fs::read_to_string(folder.file("village.json")).expect("a file")
});

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn without_a_word_it_says_what_it_is_and_what_to_try() {
    let folder = Folder::new("word");
    let page = folder.printed("", 0);
    for part in
        ["Plans neighbourhood nursing", "kring generate town", "kring solve", "kring check", "Exit codes"]
    {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert_eq!(folder.printed("--help", 0), page);
    assert!(folder.printed("--version", 0).starts_with("kring "));
    for command in ["solve", "check", "generate"] {
        let page = folder.printed(&format!("{command} --help"), 0);
        assert!(page.contains("Examples:") && page.contains(&format!("kring {command}")), "{page}");
    }
}

#[test]
fn a_neighbourhood_is_made_planned_and_checked() {
    let folder = with_village("round");
    let document = kring::read_document(&VILLAGE).expect("a document");
    let size = (document.nurses.len(), document.clients.len(), document.horizon.days);
    assert_eq!(size, (4, 12, 5));

    let pages = folder.printed("solve village.json --iterations 200 --out plan.json", 0);
    assert!(pages.lines().count() > 12, "a line for each client at least\n{pages}");
    let plan = fs::read_to_string(folder.file("plan.json")).expect("a file");
    assert!(!kring::read_plan(&plan).expect("a plan").tours.is_empty());
    assert!(folder.printed("check village.json plan.json", 0).starts_with("Clean: no rule is broken."));

    // Nothing but the two files: no half-written ones.
    let left = fs::read_dir(&folder.0).expect("a folder").count();
    assert_eq!(left, 2);
}

#[test]
fn the_same_seed_makes_the_same_files() {
    let folder = with_village("seed");
    folder.kring("generate village --nurses 4 --clients 12 --days 5 --seed 1 --out again.json", 0);
    assert_eq!(fs::read_to_string(folder.file("again.json")).expect("a file"), *VILLAGE);
    let solve = |threads, out| {
        let line = format!("solve village.json --iterations 100 --workers 2 --threads {threads} --out {out}");
        folder.kring(&line, 0);
        fs::read(folder.file(out)).expect("a file")
    };
    assert_eq!(solve(1, "one.json"), solve(2, "two.json"));
}

#[test]
fn json_is_one_object_of_the_documented_form() {
    let folder = with_village("json");
    let solved =
        folder.json("solve village.json --iterations 100 --seed 9 --threads 1 --json --out plan.json", 0);
    assert_eq!(keys(&solved), ["bound", "cost", "gap", "indicators", "run", "unplanned", "warnings"]);
    assert_eq!(keys(&solved["cost"]), ["terms", "total", "unit"]);
    assert_eq!(solved["cost"]["unit"], "ms");
    let terms = solved["cost"]["terms"].as_object().expect("an object");
    assert_eq!(terms.len(), kring::model::Term::ALL.len());
    assert_eq!(terms.values().filter_map(Value::as_i64).sum::<i64>(), solved["cost"]["total"]);
    let run = &solved["run"];
    let due = ["evaluations", "iterations", "seconds", "seed", "stop", "threads", "workers"];
    assert_eq!(keys(run), due);
    assert_eq!(
        (&run["iterations"], &run["seed"], &run["stop"]),
        (&100.into(), &9.into(), &"iterations".into())
    );
    assert!(solved["bound"].is_null() && solved["gap"].is_null());

    let proven =
        folder.json("solve village.json --iterations 100 --threads 1 --json --bound --bound-seconds 5", 0);
    let (cost, bound) = (&proven["cost"]["total"], &proven["bound"]);
    let (cost, bound) = (cost.as_i64().expect("a cost"), bound.as_i64().expect("a bound"));
    assert!(0 < bound && bound <= cost, "the bound is {bound}, a plan costs {cost}");
    assert_eq!(proven["gap"].as_f64(), Some((cost - bound) as f64 / bound as f64));
    let page = folder.printed("solve village.json --iterations 100 --threads 1 --bound --bound-seconds 5", 0);
    let last = page.lines().last().expect("a line");
    assert!(last.contains("best possible: no plan costs less than "), "{last}");

    // On two threads the proof rises beside the search, and the line of progress tells it.
    let beside = folder.kring("solve village.json --seconds 6 --threads 2 --bound --json", 0);
    let told = String::from_utf8_lossy(&beside.stderr);
    let is_proven =
        |line: &str| line.contains("iter/s; at most ") && line.contains(" % from the best possible");
    assert!(told.lines().any(is_proven), "{told}");
    let proven: Value = serde_json::from_slice(&beside.stdout).expect("an answer");
    assert!(
        proven["bound"].as_i64() > Some(0) && proven["bound"].as_i64() <= proven["cost"]["total"].as_i64()
    );
    let seconds = proven["run"]["seconds"].as_f64().expect("seconds");
    assert!(seconds < 12.0, "the search took {seconds} s");

    // The plan is that of one thread.
    let plan = |threads: u8| {
        folder.printed(&format!("solve village.json --iterations 200 --threads {threads} --bound --bound-seconds 1 --out p{threads}.json"), 0);
        std::fs::read_to_string(folder.file(&format!("p{threads}.json"))).expect("a plan")
    };
    assert_eq!(plan(1), plan(2));

    // What is possible is no property of the plan: the second opinion recomputes the rest.
    let mut solved = solved;
    let attainable = solved["indicators"].as_object_mut().and_then(|all| all.remove("attainable"));
    let attainable = attainable.expect("what is attainable");
    assert_eq!(keys(&attainable), ["clients", "face_cost", "left_out", "regret"]);
    let regret = &attainable["regret"];
    assert!(
        0.0 < regret["possible"].as_f64().expect("a mean")
            && regret["possible"].as_f64() <= regret["faces"].as_f64()
    );

    let checked = folder.json("check village.json plan.json --json", 0);
    assert_eq!(checked["clean"], true);
    assert_eq!(checked["violations"], Value::Array(vec![]));
    for part in ["cost", "unplanned", "indicators"] {
        assert_eq!(checked[part], solved[part], "{part}");
    }
}

#[test]
fn a_broken_plan_is_not_clean() {
    let folder = with_village("broken");
    folder.kring("solve village.json --iterations 50 --out plan.json", 0);
    let text = fs::read_to_string(folder.file("plan.json")).expect("a file");
    let mut plan = kring::read_plan(&text).expect("a plan");
    plan.tours[0].travel_seconds += 1;
    plan.tours.pop();
    fs::write(folder.file("broken.json"), kring::write_plan(&plan)).expect("a file");
    assert!(folder.printed("check village.json broken.json", 1).starts_with("Not clean: "));
    let checked = folder.json("check village.json broken.json --json", 1);
    assert_eq!(checked["clean"], false);
    assert!(checked["violations"].as_array().expect("a list").len() >= 2);
}

#[test]
fn strict_asks_for_every_visit() {
    let folder = with_village("strict");
    let mut document = kring::read_document(&VILLAGE).expect("a document");
    // Care that no nurse may give.
    document.clients[0].care[0].level = Some(8);
    document.nurses.iter_mut().for_each(|nurse| nurse.level = nurse.level.min(7));
    fs::write(folder.file("hard.json"), kring::write_document(&document)).expect("a file");
    let solved = folder.json("solve hard.json --iterations 50 --strict --json --out plan.json", 1);
    assert!(solved["unplanned"].as_u64().expect("a number") > 0);
    // Whether a vital visit is among them decides without --strict.
    folder.kring("solve hard.json --iterations 50 --lenient", 0);
    // Visits left out are no violation.
    folder.kring("check hard.json plan.json", 0);
}

#[test]
fn wrong_calls_and_files_are_said_with_exit_code_2() {
    let folder = with_village("wrong");
    fs::write(folder.file("cut.json"), &VILLAGE[..VILLAGE.len() / 2]).expect("a file");
    fs::write(folder.file("binary.json"), [0xFF, 0xFE, 0x00]).expect("a file");
    for (line, part) in [
        ("solve", "FILE"),
        ("plan village.json", "unrecognized subcommand"),
        ("solve village.json --fast", "--fast"),
        ("solve village.json --seconds 0", "--seconds"),
        ("solve village.json --iterations none", "--iterations"),
        ("solve village.json --threads 0", "--threads"),
        ("solve village.json --json --week 1", "--week"),
        ("solve village.json --rounding dimacs", "--rounding"),
        ("solve village.json --iterations 1 --week 2", "--week 2"),
        ("solve village.json --iterations 1 --day 2000-01-01", "--day 2000-01-01"),
        ("solve missing.json", "missing.json: cannot be read"),
        ("solve cut.json", "cut.json:"),
        ("solve binary.json", "binary.json: cannot be read"),
        ("solve village.json --format homecare", "village.json:"),
        ("solve village.json --iterations 1 --start missing.json", "missing.json"),
        ("solve village.json --iterations 1 --out nowhere/plan.json", "its folder does not exist"),
        ("solve village.json --iterations 1 --out .", "is a folder"),
        ("check village.json missing.json", "missing.json: cannot be read"),
        ("check village.json village.json", "village.json:"),
        ("check missing.json village.json", "missing.json: cannot be read"),
        ("generate city --out city.json", "city"),
        ("generate town", "--out"),
        ("generate town --days 61 --out town.json", "--days"),
        ("generate town --clients 0 --out town.json", "--clients"),
    ] {
        let said = folder.refused(line);
        assert!(said.contains(part), "kring {line}\n{said}");
    }
    assert!(!folder.file("town.json").exists() && !folder.file("city.json").exists());
}

#[test]
fn no_command_writes_over_what_it_reads() {
    let folder = with_village("inputs");
    folder.kring("solve village.json --iterations 20 --threads 1 --out plan.json", 0);
    folder.kring("export village.json plan.json --to csv --out visits.csv", 0);
    folder.kring("import --template sheets", 0);
    fs::write(folder.file("events.yaml"), "events: []\n").expect("a file");
    let reads = ["village.json", "plan.json", "visits.csv", "events.yaml", "sheets/care.csv"];
    let contents = || reads.map(|file| fs::read_to_string(folder.file(file)).expect("a file"));
    let before = contents();
    for line in [
        "solve village.json --iterations 1 --out village.json",
        "solve village.json --iterations 1 --report village.json",
        "circles village.json --out village.json",
        "report village.json plan.json --out plan.json",
        "export village.json plan.json --to csv --published visits.csv --out visits.csv",
        "roll village.json plan.json --out village.json",
        "roll village.json plan.json --out plan.json",
        "roll village.json plan.json --actual visits.csv --out visits.csv",
        "replan village.json plan.json --events events.yaml --out events.yaml",
        "replan village.json plan.json --events events.yaml --document plan.json --out new.json",
        "import sheets --first-day 2026-03-02 --out sheets/care.csv",
        "import sheets --first-day 2026-03-02 --known village.json --out village.json",
    ] {
        let said = String::from_utf8(folder.kring(line, 2).stderr).expect("text");
        assert!(said.contains("would overwrite the input"), "{line}: {said}");
    }
    assert_eq!(contents(), before);
}

#[test]
fn a_day_and_a_week_are_printed_when_asked_for() {
    let folder = with_village("pages");
    folder.kring("solve village.json --iterations 100 --out plan.json", 0);
    let document = kring::read_document(&VILLAGE).expect("a document");
    let day = format!("--day {}", document.horizon.first_day);
    let solved = folder.printed(&format!("solve village.json --iterations 100 {day}"), 0);
    let checked = folder.printed(&format!("check village.json plan.json {day}"), 0);
    assert!(checked.ends_with(&solved), "the same page of the same plan\n{solved}\n{checked}");
    assert!(folder.printed("check village.json plan.json --week 1", 0).lines().count() > 12);
}

#[test]
fn a_search_goes_on_from_a_plan_and_mends_a_broken_one() {
    let folder = with_village("start");
    let total = |solved: &Value| solved["cost"]["total"].as_i64().expect("a number");
    let first = folder.json("solve village.json --iterations 200 --json --out plan.json", 0);
    let second = folder.json("solve village.json --iterations 10 --json --start plan.json", 0);
    assert!(total(&second) <= total(&first), "{} after {}", total(&second), total(&first));

    let text = fs::read_to_string(folder.file("plan.json")).expect("a file");
    let mut plan = kring::read_plan(&text).expect("a plan");
    plan.tours[0].nurse = "nobody".to_owned();
    fs::write(folder.file("broken.json"), kring::write_plan(&plan)).expect("a file");
    let output = folder.kring("solve village.json --iterations 10 --start broken.json --out mended.json", 0);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("was taken out") && said.contains("tours[0]"), "{said}");
    folder.kring("check village.json mended.json", 0);
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_the_best_plan() {
    use std::io::{BufRead, BufReader, Read};
    use std::process::Stdio;

    let folder = with_village("stopped");
    let mut child = command(&folder.0, "solve village.json --seconds 60 --threads 1 --json --out plan.json")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("kring starts");
    // The first line of progress, two seconds after the start: on the slowest machine it searches by now.
    let mut notes = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut said = String::new();
    notes.read_line(&mut said).expect("text");
    assert!(said.contains("2 s of 60: cost "), "{said}");
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(sent.success());
    notes.read_to_string(&mut said).expect("text");
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("this is the best plan so far"), "{said}");
    let solved: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    assert_eq!(solved["run"]["stop"], "cancelled");
    assert!(solved["run"]["seconds"].as_f64().expect("a number") < 30.0);
    folder.kring("check village.json plan.json", 0);
}

#[cfg(unix)]
#[test]
fn termination_keeps_the_best_plan_as_well() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    let folder = with_village("terminated");
    let mut child = command(&folder.0, "solve village.json --seconds 60 --threads 1 --json --out plan.json")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("kring starts");
    let mut notes = BufReader::new(child.stderr.take().expect("a pipe")).lines();
    let is_progress = |line: &String| line.contains(" of 60: cost ");
    assert!(notes.by_ref().map_while(Result::ok).any(|line| is_progress(&line)), "no progress");
    let sent = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill");
    assert!(sent.success());
    assert_eq!(child.wait().expect("an end").code(), Some(0));
    folder.kring("check village.json plan.json", 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let folder = with_village("full");
    for line in ["", "solve village.json --iterations 1", "new"] {
        let full = fs::File::options().write(true).open("/dev/full").expect("the device");
        let output = command(&folder.0, line).stdout(full).output().expect("kring starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "kring {line}\n{said}");
        assert!(said.contains("standard output: cannot be written"), "kring {line}\n{said}");
    }
}

#[test]
fn standard_input_is_read_in_every_form() {
    use std::io::Write;
    use std::process::Stdio;

    let folder = Folder::new("input");
    for (name, form) in [("a.yaml", "YAML"), ("a.toml", "TOML"), ("a.json", "JSON")] {
        folder.kring(&format!("new {name} --first-day 2026-03-02"), 0);
        let mut child = command(&folder.0, "solve - --iterations 100 --strict --json")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("kring starts");
        let text = fs::read(folder.file(name)).expect("a file");
        child.stdin.take().expect("a pipe").write_all(&text).expect("read");
        let output = child.wait_with_output().expect("an end");
        assert_eq!(output.status.code(), Some(0), "{form}");
        let solved: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
        assert_eq!(solved["warnings"], Value::Array(vec![]), "{form}");
    }
    // A starter never takes the place of a file.
    assert!(folder.refused("new a.yaml").contains("is there already"));
    assert!(folder.refused("new a.txt").contains("end the name with .yaml, .toml or .json"));
    assert!(folder.refused("roll a.json a.json --out b.toml").contains("end the name with .yaml or .json"));
}

#[test]
fn a_vital_visit_left_out_is_said_loudly() {
    let folder = with_village("vital");
    let mut document = kring::read_document(&VILLAGE).expect("a document");
    document.agreements.pins.clear();
    let mut lines = document.clients.iter_mut().flat_map(|client| &mut client.care);
    let care = lines.find(|care| care.days == Days::Daily).expect("daily care");
    (care.level, care.priority) = (Some(9), Priority::Vital);
    document.agreements.pins.clear();
    fs::write(folder.file("vital.json"), kring::write_document(&document)).expect("a file");
    let output = folder.kring("solve vital.json --iterations 50 --json", 1);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("vital visits are left out") || said.contains("vital visit is left out"), "{said}");
    assert!(said.contains("warning: clients[") && said.contains("no nurse has level 9"), "{said}");
    let solved: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    assert_eq!(solved["warnings"][0]["kind"], "competence");
    folder.kring("solve vital.json --iterations 50 --lenient", 0);
    assert!(folder.refused("solve vital.json --lenient --strict").contains("--strict"));
}
