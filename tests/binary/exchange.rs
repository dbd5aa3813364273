//! The binary's pages, calendars, tables and spreadsheets, from end to end.

use crate::folder::Folder;
use std::fs;

/// A planned village in `village.json` and `plan.json`.
fn planned(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.kring("generate village --nurses 4 --clients 12 --days 5 --out village.json", 0);
    folder.kring("solve village.json --iterations 200 --threads 1 --out plan.json --report solved.html", 0);
    folder
}

fn text(folder: &Folder, file: &str) -> String {
    fs::read_to_string(folder.file(file)).expect("a file")
}

#[test]
fn solve_and_report_write_the_same_page() {
    let folder = planned("pages");
    let said = folder.printed("report village.json plan.json --out page.html", 0);
    assert!(said.starts_with("page.html: ") && said.contains("kB"), "{said}");
    let page = text(&folder, "page.html");
    assert_eq!(page, text(&folder, "solved.html"));
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Checked: times, qualifications"));
    folder.kring("report village.json plan.json --out nl.html --language nl --no-labels", 0);
    assert!(text(&folder, "nl.html").contains("Wie komt er deze week"));
    folder.kring("report village.json plan.json --out sheet.html --client c02", 0);
    assert!(!text(&folder, "sheet.html").contains("c03"));
    folder.kring("report village.json plan.json --out since.html --published plan.json", 0);
    assert!(text(&folder, "since.html").contains("Nothing changed"));
}

#[test]
fn a_broken_plan_is_shown_as_broken() {
    let folder = planned("broken");
    let plan = text(&folder, "plan.json");
    let mut broken = kring::read_plan(&plan).expect("a plan");
    broken.tours.remove(0);
    fs::write(folder.file("broken.json"), kring::write_plan(&broken)).expect("a file");
    folder.kring("report village.json broken.json --out page.html", 1);
    assert!(text(&folder, "page.html").contains("This plan breaks rules"));
    folder.kring("export village.json broken.json --to csv --out visits.csv", 1);
    // What does not fit the document at all is refused, with the place, and nothing is written.
    fs::write(folder.file("other.json"), plan.replace("\"c02\"", "\"c99\"")).expect("a file");
    let said = folder.refused("report village.json other.json --out other.html");
    assert!(said.contains("tours[") && said.contains("\"c99\" is not a client of the document"), "{said}");
    assert!(!folder.file("other.html").exists());
    for (line, part) in [
        ("report village.json plan.json --out page.html --client c99", "\"c99\" is not a client"),
        ("report village.json plan.json --out plan.json", "would overwrite the input"),
        ("report village.json plan.json --out no/page.html", "its folder does not exist"),
        ("solve village.json --iterations 1 --out a.json --report a.json", "the same file"),
        ("solve village.json --iterations 1 --report no/a.html", "--report no/a.html: its folder"),
    ] {
        let said = folder.refused(line);
        assert!(said.contains(part), "{line}: {said}");
    }
}

#[test]
fn plans_go_to_calendars_tables_and_maps() {
    let folder = planned("export");
    folder.kring("export village.json plan.json --to ics --out calendars", 0);
    let calendars = fs::read_dir(folder.file("calendars")).expect("a folder").count();
    assert_eq!(calendars, 4 + 12);
    assert!(text(&folder, "calendars/client-c02.ics").starts_with("BEGIN:VCALENDAR\r\n"));
    folder.kring(
        "export village.json plan.json --to ics --out calendars --published plan.json --sequence 2",
        0,
    );
    assert!(!text(&folder, "calendars/client-c02.ics").contains("SEQUENCE:2"), "nothing changed");
    folder.kring("export village.json plan.json --to csv --semicolons --out visits.csv", 0);
    assert!(text(&folder, "visits.csv").contains("date;start;end;nurse"));
    folder.kring("export village.json plan.json --to geojson --out tours.geojson", 0);
    let lines: serde_json::Value = serde_json::from_str(&text(&folder, "tours.geojson")).expect("JSON");
    assert_eq!(lines["type"], "FeatureCollection");
    assert!(
        folder.refused("export village.json plan.json --to csv --booked --out a.csv").contains("--to fhir")
    );
    let said = folder.refused("export village.json plan.json --to ics --out plan.json");
    assert!(said.contains("is a file; name a folder"), "{said}");
}

#[test]
fn spreadsheets_become_a_document_and_a_plan() {
    let folder = Folder::new("import");
    folder.kring("import --template sheets", 0);
    assert!(folder.printed("import --guide", 0).contains("care.csv: each row is a care line"));
    folder.kring("import sheets --first-day 2026-03-02 --days 7 --out team.json", 0);
    folder.kring("solve team.json --iterations 50 --threads 1 --out plan.json", 0);
    folder.kring("check team.json plan.json", 0);
    assert!(folder.refused("import --template sheets").contains("is there already"));
    assert!(folder.refused("import sheets --out team.json").contains("--first-day"));
    fs::write(folder.file("sheets/nurses.csv"), "nurse;lat;lon\nn01;north;5\n").expect("a file");
    let said = folder.refused("import sheets --first-day 02/03/2026 --out team.json");
    assert!(said.contains("day or the month comes first"), "{said}");
    let said = folder.refused("import sheets --first-day 2026-03-02 --out team.json");
    assert!(said.contains("nurses.csv row 2, column B (lat): \"north\""), "{said}");
}

// A team that keeps its roster in a spreadsheet plans a second fortnight: what happened and what was agreed stay.
#[test]
fn spreadsheets_go_on_to_the_next_fortnight() {
    let folder = Folder::new("second");
    folder.kring("import --template sheets", 0);
    folder.kring("import sheets --first-day 2-3-2026 --days 7 --out first.json", 0);
    folder.kring("solve first.json --iterations 50 --threads 1 --out plan.json", 0);
    folder.kring("roll first.json plan.json --out rolled.json", 0);
    fs::write(
        folder.file("sheets/shifts.csv"),
        "nurse;date;start;end\nn01;2-3-2026;7:00;13:00\n;9-3-2026;7:00;13:00\n",
    )
    .expect("a file");
    fs::write(folder.file("sheets/absences.csv"), "nurse;from\nn01;1-4-2026\n").expect("a file");
    let output =
        folder.kring("import sheets --known rolled.json --first-day 9-3-2026 --days 7 --out second.json", 0);
    let said = String::from_utf8(output.stderr).expect("text");
    for part in [
        "the first day, 2026-03-09, has passed",
        "shifts.csv: 1 shift outside the days to plan, 2026-03-09 to 2026-03-15, left out; the first: row 2, 2026-03-02",
        "shifts.csv: 1 row has no nurse and took the one of the row above: 3",
        "absences.csv row 2: 2026-04-01 to 2026-04-01 lies outside the days to plan",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    let second = kring::read_document(&text(&folder, "second.json")).expect("a document");
    assert_eq!(second.history.visits.len(), 1);
    assert_eq!((second.nurses[0].shifts.len(), second.agreements.absences.len()), (1, 1));
    folder.kring("solve second.json --iterations 50 --threads 1 --out plan.json", 0);
    folder.kring("check second.json plan.json", 0);
}

#[test]
fn bundles_go_to_record_systems_and_come_back() {
    let folder = planned("fhir");
    folder.kring("export village.json plan.json --to fhir --booked --out bundle.json", 0);
    assert!(text(&folder, "bundle.json").contains("\"booked\""));
    // Nobody knows where people live.
    let said = folder.refused("import bundle.json --first-day 2026-03-02 --out next.json");
    assert!(said.contains("(Patient \"c01\"): no place is given"), "{said}");
    folder
        .kring("import bundle.json --known village.json --first-day 2026-03-02 --days 7 --out next.json", 0);
    folder.kring("solve next.json --iterations 50 --threads 1 --out next-plan.json", 0);
    folder.kring("check next.json next-plan.json", 0);
    fs::write(folder.file("broken.json"), "{\"resourceType\": \"Bundle\", \"entry\": [").expect("a file");
    let said = folder.refused("import broken.json --first-day 2026-03-02 --out next.json");
    assert!(said.contains("kring: broken.json:"), "{said}");
}

#[test]
fn plots_are_drawn_beside_plans_and_pages() {
    let folder = planned("plots");
    folder.kring(
        "solve village.json --iterations 300 --threads 1 --bound --bound-seconds 1 --progress-plot search.svg",
        0,
    );
    let plot = text(&folder, "search.svg");
    assert!(plot.contains("no plan below: ") && plot.contains("travel: "), "{plot}");
    folder.kring("report village.json plan.json --out plan.html --plots plots --no-labels", 0);
    assert!(text(&folder, "plots/hours.svg").contains(" days from 2026-03-02</title>"));
    assert!(text(&folder, "plots/continuity.svg").contains("nurses who come to a client"));
    let said = folder.refused("solve village.json --out a.svg --progress-plot a.svg");
    assert!(said.contains("--out and --progress-plot name the same file"), "{said}");
    assert!(
        folder.refused("report village.json plan.json --out a.html --plots plan.json").contains("is a file")
    );
}

#[test]
fn many_teams_have_a_row_and_a_page_each() {
    let folder = planned("county");
    fs::create_dir(folder.file("county")).expect("a folder");
    let copy = |from: &str, to: &str| {
        fs::copy(folder.file(from), folder.file(&format!("county/{to}"))).expect("a copy");
    };
    for team in ["north", "south & <b>"] {
        copy("village.json", &format!("{team}.json"));
        copy("plan.json", &format!("{team}.plan.json"));
    }
    folder.kring("overview county --out index.html --title County", 0);
    let page = text(&folder, "index.html");
    assert_eq!(page.matches("<th scope=\"row\">").count(), 2);
    assert!(page.contains("href=\"north.html\"") && page.contains("south &amp; &lt;b&gt;</a>"));
    assert!(page.contains("href=\"south%2520%2526%2520%253Cb%253E.html\""), "{page}");
    assert!(folder.file("south%20%26%20%3Cb%3E.html").is_file());
    assert!(text(&folder, "north.html").contains("Checked: times, qualifications"));
    // A team that cannot be read has its row, with the reason.
    fs::write(folder.file("county/east.plan.json"), "{}").expect("a file");
    fs::write(folder.file("county/east.json"), "{").expect("a file");
    folder.kring("overview county --out index.html --language nl", 1);
    let page = text(&folder, "index.html");
    assert!(page.contains("niet te lezen") && page.contains("href=\"north.html\""));
    assert!(folder.refused("overview calendars --out index.html").contains("cannot be read"));
}

/// What is read is never written over, by no file of a folder either.
#[test]
fn no_page_drawing_or_calendar_replaces_an_input() {
    let folder = planned("inputs");
    fs::create_dir(folder.file("teams")).expect("a folder");
    for (from, to) in [("village.json", "index.json"), ("plan.json", "index.plan.json")] {
        fs::copy(folder.file(from), folder.file(&format!("teams/{to}"))).expect("a copy");
    }
    fs::create_dir(folder.file("plots")).expect("a folder");
    fs::copy(folder.file("plan.json"), folder.file("plots/hours.svg")).expect("a copy");
    fs::copy(folder.file("plan.json"), folder.file("plots/client-c01.ics")).expect("a copy");
    let overwrite = "would overwrite the input; name another file";
    for (line, part) in [
        ("overview teams --out teams/index.json", overwrite),
        ("overview teams --out teams/index.plan.json", overwrite),
        ("overview teams --out teams/index.html", "is the page of the team index; name another file"),
        ("overview teams --out teams/INDEX.html", "is the page of the team index; name another file"),
        ("report village.json plots/hours.svg --out page.html --plots plots", overwrite),
        ("report village.json plan.json --out plots/continuity.svg --plots plots", "is a drawing of --plots"),
        ("solve village.json --iterations 1 --out a.json --report ./a.json", "the same file"),
        ("export village.json plots/client-c01.ics --to ics --out plots", overwrite),
        ("solve village.json --iterations 1 --out -", "--out -: stands for standard input; name a file"),
        ("solve village.json --iterations 1 --no-labels", "--report <PAGE>"),
        ("solve village.json --iterations 1 --language nl", "--report <PAGE>"),
    ] {
        let said = folder.refused(line);
        assert!(said.contains(part), "{line}: {said}");
    }
    assert!(!folder.file("plots/nurse-n01.ics").exists(), "all files are looked at before one is written");
    folder.kring("solve village.json --iterations 1 --no-labels --progress-plot search.svg", 0);
    let plan = text(&folder, "plan.json");
    for copy in ["teams/index.plan.json", "plots/hours.svg", "plots/client-c01.ics"] {
        assert_eq!(text(&folder, copy), plan, "{copy}");
    }
}

#[test]
fn documents_are_written_in_the_form_of_their_name() {
    let folder = Folder::new("forms");
    folder.kring("generate village --nurses 3 --clients 6 --days 3 --out village.yaml", 0);
    assert!(text(&folder, "village.yaml").starts_with("kring: 1\n"));
    folder.kring("circles village.yaml --anew --out circles.yml", 0);
    assert!(text(&folder, "circles.yml").starts_with("kring: 1\n"));
    folder.kring("import --template sheets", 0);
    folder.kring("import sheets --first-day 2026-03-02 --days 14 --out team.yaml", 0);
    assert!(text(&folder, "team.yaml").starts_with("kring: 1\n"));
    for line in [
        "generate village --out village.toml",
        "circles village.yaml --anew --out circles.toml",
        "import sheets --first-day 2026-03-02 --days 14 --out team.toml",
    ] {
        assert!(folder.refused(line).contains("TOML is read and not written"), "{line}");
    }
}

#[test]
fn sheets_that_cannot_be_planned_say_so_at_once() {
    let folder = Folder::new("exchanged");
    folder.kring("import --template sheets", 0);
    let clients = text(&folder, "sheets/clients.csv").replace("52.1023;5.2183", "5.2183;52.1023");
    fs::write(folder.file("sheets/clients.csv"), clients).expect("a file");
    let said = folder.refused("import sheets --first-day 2026-03-02 --days 14 --out team.json");
    assert!(said.contains("more than a day to clients[0].location"), "{said}");
}
