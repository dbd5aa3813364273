//! The cases that need no changed input: files that are none, places that cannot be written, and words that mean nothing.

use super::cases::{Case, SOLVE};
use super::folder::Folder;
use super::pbf::{block, file};
use super::texts::{LONG, values};
use serde_json::{Value, json};
use std::fs;

/// Names of files that are not what they should be.
pub fn files(folder: &Folder, document: &Value, cases: &mut Vec<Case>) {
    let harm = "a file that is none";
    let readers = [
        "solve X --iterations 1",
        "check X plan.json",
        "check village.json X",
        "circles X",
        "report X plan.json --out OUT.html",
        "report village.json X --out OUT.html",
        "export X plan.json --to csv --out OUT.csv",
        "fits X plan.json --client c01",
        "explain X plan.json",
        "compare X plan.json plan.json",
        "compare village.json X plan.json",
        "compare village.json plan.json X",
        "alternatives X plan.json --iterations 1",
        "standins X plan.json --iterations 1",
        "roll X plan.json --out OUT.json",
        "roll village.json X --out OUT.json",
        "replan X plan.json --events events.yaml",
        "replan village.json plan.json --events X",
        "import X --first-day 2026-03-02 --out OUT.json",
        "solve village.json --iterations 1 --start X",
        "roll village.json plan.json --actual X --out OUT.json",
        "locate X Kerkstraat",
    ];
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.file("loop"), folder.file("loop")).expect("a link");
    fs::create_dir_all(folder.file("empty")).expect("a folder");
    // Sheets of a folder that nobody named one by one.
    #[cfg(unix)]
    for (name, to) in [("endless", "/dev/zero"), ("looped", "clients.csv")] {
        fs::create_dir_all(folder.file(name)).expect("a folder");
        std::os::unix::fs::symlink(to, folder.file(&format!("{name}/clients.csv"))).expect("a link");
        let line = format!("import {name} --first-day 2026-03-02 --out OUT.json");
        cases.push(
            Case { names: Some("clients.csv".to_owned()), ..Case::new(&line, name, "a spreadsheet") }
                .refused(),
        );
    }
    let names = if cfg!(unix) {
        &["missing", "empty", "loop", "/dev/null", "/dev/zero"][..]
    } else {
        &["missing", "empty"]
    };
    for line in readers {
        for name in names {
            let line = line.replace('X', name);
            cases.push(Case { names: Some((*name).to_owned()), ..Case::new(&line, name, harm) }.refused());
        }
    }
    let writers = [
        "solve village.json --iterations 1 --lenient --out Y",
        "solve village.json --iterations 1 --lenient --report Y",
        "report village.json plan.json --out Y",
        "export village.json plan.json --to csv --out Y",
        "new Y",
        "roll village.json plan.json --out Y",
        "circles village.json --seconds 1 --out Y",
        "generate village --out Y",
        "replan village.json plan.json --events events.yaml --iterations 1 --out Y",
        "import sheets --first-day 2026-03-02 --out Y",
        "overview sheets --out Y",
    ];
    for line in writers {
        for name in ["no/such/folder.json", "empty", "village.json/below.json"] {
            let line = line.replace('Y', name);
            cases.push(
                Case {
                    names: Some(name.to_owned()),
                    ..Case::new(&line, name, "a place that cannot be written")
                }
                .refused(),
            );
        }
    }
    if cfg!(unix) {
        for line in [
            "solve village.json --iterations 1 --lenient",
            "solve village.json --iterations 1 --lenient --json",
            "check village.json plan.json",
            "circles village.json --seconds 1",
            "fits village.json plan.json --client c01",
            "explain village.json plan.json",
            "compare village.json plan.json plan.json",
            "alternatives village.json plan.json --iterations 1",
            "standins village.json plan.json --iterations 1",
            "new",
            "roll village.json plan.json",
            "replan village.json plan.json --events events.yaml --iterations 1",
            "generate village --out OUT.json",
            "import --guide",
        ] {
            let case = Case {
                full: true,
                names: Some("standard output".to_owned()),
                ..Case::new(line, "a full disk", "a full disk")
            };
            cases.push(case.refused());
        }
    }
    // What a document may name itself.
    for name in [
        "missing",
        "empty",
        "loop",
        ".",
        "..",
        "/etc/passwd",
        "../plan.json",
        "/dev/zero",
        "village.json",
        "",
        "a\u{0}b",
    ] {
        let mut with = document.clone();
        with["travel"] = json!({"osm": {"file": name}});
        cases.push(
            Case::new(SOLVE, &format!("travel.osm.file {name:?}"), "a road extract")
                .with(with.to_string(), ".json")
                .refused(),
        );
    }
    addresses(folder, document, cases);
}

/// Addresses that an extract does not have, in a document and on the command line.
fn addresses(folder: &Folder, document: &Value, cases: &mut Vec<Case>) {
    let church = [("addr:street", "Kerkstraat"), ("addr:housenumber", "12")];
    let marks = [("addr:street", "\u{202e}Weg\u{1b}[31m"), ("addr:housenumber", "1")];
    let nodes = [(1, 520_900_000, 51_200_000, &church[..]), (2, 520_910_000, 51_200_000, &marks[..])];
    let ways = [(&[("highway", "residential")][..], &[1, 2][..])];
    let extract = file(&["OsmSchema-V0.6", "DenseNodes"], &block(&nodes, &ways));
    fs::write(folder.file("region.osm.pbf"), extract).expect("a file");
    let texts =
        ["Kerkstraat", "Kerkstraat 999999999999999999999", ", ,", "12", "\u{202e}Weg 1", &"x".repeat(200)];
    let texts = texts.map(|text| ("a text", json!(text).to_string()));
    for (what, address) in values().into_iter().chain(texts) {
        let mut with = document.clone();
        with["travel"] = json!({"osm": {"file": "region.osm.pbf"}});
        with["nurses"][0]["home"] = json!({"address": "<here>"});
        let text = with.to_string().replacen("\"<here>\"", &address, 1);
        let case = Case::new(SOLVE, &format!("an address: {what}"), "an address");
        cases.push(case.with(text, ".json").refused());
    }
    for address in ["Weg", "999999999999999999999", "\u{202e}", &"x".repeat(201), LONG] {
        let line = format!("locate region.osm.pbf {address}");
        cases.push(Case::new(&line, "an address that is nowhere", "an address"));
    }
}

/// Words behind the command that mean nothing.
pub fn calls(cases: &mut Vec<Case>) {
    for (option, values) in [
        ("solve village.json --seconds", &["0", "-1", "NaN", "inf", "1e99", "", "x"][..]),
        ("solve village.json --threads", &["0", "-1", "99999", "x"]),
        ("solve village.json --workers", &["0", "-1", "99999", "x"]),
        ("solve village.json --iterations", &["-1", "1e9", "99999999999999999999", "x"]),
        ("solve village.json --iterations 1 --seed", &["x", "1.5", "99999999999999999999"]),
        ("solve village.json --iterations 1 --day", &["2026-02-31", "0", "9999-12-31", "x"]),
        ("solve village.json --iterations 1 --week", &["0", "99", "-1", "x"]),
        ("solve village.json --iterations 1 --bound --bound-seconds", &["0", "-1", "NaN", "inf"]),
        ("circles village.json --seconds", &["0", "-1", "NaN", "1e99"]),
        ("generate village --out g.json --nurses", &["0", "-1", "65536", "65535", "x"]),
        ("generate village --out g.json --clients", &["0", "-1", "65536", "65535"]),
        ("generate village --out g.json --days", &["0", "61", "-1"]),
        ("new x.yaml --first-day", &["2026-02-31", "-9999-01-01", "9999-12-31", "x"]),
        ("fits village.json plan.json --client", &["nobody", "\u{202e}c", "\u{1b}[31m"]),
        ("explain village.json plan.json --client", &["nobody", "\u{202e}c", "\u{1b}[31m"]),
        ("explain village.json plan.json --nurse", &["nobody", "\u{1b}[31m"]),
        (
            "explain village.json plan.json --visit",
            &["x", "/", "//", "c01/wash", "c01/wash/x", "nobody/wash/2026-03-02", "\u{1b}[31m/x/2026-03-02"],
        ),
        ("explain village.json plan.json --rule contract --seconds", &["0", "-1", "NaN", "1e99"]),
        ("explain village.json plan.json --audience", &["nobody", "client", "nurse --unplanned"]),
        ("standins village.json plan.json --day", &["1999-01-01", "2026-02-31", "x"]),
        ("standins village.json plan.json --nurse", &["nobody", "\u{202e}n", "\u{1b}[31m"]),
        ("standins village.json plan.json --iterations", &["0", "-1", "x"]),
        ("alternatives village.json plan.json --seconds", &["0", "-1", "NaN", "inf"]),
        ("alternatives village.json plan.json --out", &["plan.json"]),
        ("report village.json plan.json --out r.html --client", &["nobody", "\u{1b}[31m"]),
        ("roll village.json plan.json --to", &["2000-01-01", "9999-12-31", "x"]),
        ("import sheets --days", &["0", "61", "x"]),
        (
            "import sheets --first-day 2026-03-02 --out zone.json --time-zone",
            &["Moon/Base", "../../etc", "\u{1b}[31m"],
        ),
        ("check village.json plan.json --now", &["yesterday", "2026-02-31T00:00Z"]),
        ("locate village.json", &["", "Kerkstraat", "\u{1b}[31m"]),
        ("overview", &["missing --out o.html", "empty --out o.html", "sheets --out o.html"]),
    ] {
        for value in values {
            cases.push(Case::new(&format!("{option} {value}"), value, "a call").refused());
        }
    }
    // Numbers that nobody reads must not come back in full.
    for option in [
        "solve village.json --seconds",
        "solve village.json --seed",
        "solve village.json --iterations",
        "solve village.json --iterations 1 --day",
        "solve village.json --iterations 1 --arrival-spread",
        "solve village.json --iterations 1 --bound --bound-seconds",
        "circles village.json --seconds",
        "generate village --out g.json --nurses",
        "generate village --out g.json --days",
        "new x.yaml --first-day",
        "fits village.json plan.json --client",
        "explain village.json plan.json --nurse",
        "explain village.json plan.json --visit",
        "explain village.json plan.json --rule",
        "explain village.json plan.json --rule contract --seconds",
        "standins village.json plan.json --nurse",
        "standins village.json plan.json --day",
        "alternatives village.json plan.json --seconds",
        "report village.json plan.json --out r.html --client",
        "export village.json plan.json --to ics --out r --sequence",
        "roll village.json plan.json --to",
        "import sheets --days",
        "import sheets --first-day 2026-03-02 --out zone.json --time-zone",
        "import bundle.json --first-day 2026-03-02 --out r.json --around",
        "check village.json plan.json --now",
        "replan village.json plan.json --events events.yaml --seconds",
    ] {
        for value in [LONG, "1e300", "-1e300"] {
            cases.push(Case::new(&format!("{option} {value}"), value, "a call").refused());
        }
        let _ = option.rsplit_once(' ').filter(|(_, name)| name.starts_with("--")).map(|(line, name)| {
            cases.push(Case::new(&format!("{line} {name}={LONG}"), "300 digits", "a call").refused());
        });
    }
}
