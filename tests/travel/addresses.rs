//! Homes by address, from the document to the calendar: looked up in an extract, without a network.

#![cfg(all(feature = "cli", feature = "osm"))]

use crate::folder::Folder;
use crate::pbf::{Tags, block, file};
use kring::{Options, Planner, check, read_document};
use serde_json::Value;
use std::fs;

const DOCUMENT: &str = "
kring: 1
id: church-street
horizon: {first_day: 2026-03-02, days: 3, time_zone: Europe/Amsterdam}
travel: {osm: {file: region.osm.pbf}}
nurses:
  - id: n1
    home: {address: 'Kerkstraat 2, Zeist'}
    recurring: [{weekdays: [monday, tuesday, wednesday], start: '07:00', end: '12:00'}]
clients:
  - {id: c1, location: {address: kerkstraat 12}, care: [{id: wash, days: daily, minutes: 30, window: {from: '08:00', to: '10:00'}}]}
  - {id: c2, location: {address: De Wilgen}, care: [{id: wound, days: daily, minutes: 20, window: {from: '08:00', to: '11:00'}}]}
  - {id: c3, location: {address: Kerkstraat 22}, care: [{id: eyes, days: daily, minutes: 10, window: {from: '08:00', to: '11:00'}}]}
";

/// A street of 4 houses some hundred metres apart, and a house 70 km down the road.
fn with_street(name: &str, document: &str) -> Folder {
    let house =
        |number| [("addr:street", "Kerkstraat"), ("addr:housenumber", number), ("addr:city", "Zeist")];
    let [second, twelfth, last] = ["2", "12", "22"].map(house);
    let wilgen: Tags<'_> = &[("name", "De Wilgen")];
    let far: Tags<'_> = &[("addr:street", "Verweg"), ("addr:housenumber", "1")];
    let nodes = [
        (1, 520_900_000, 51_200_000, &second[..]),
        (2, 520_920_000, 51_200_000, &twelfth[..]),
        (3, 520_940_000, 51_200_000, wilgen),
        (4, 520_960_000, 51_200_000, &last[..]),
        (5, 527_300_000, 51_200_000, far),
    ];
    let ways: [(Tags<'_>, &[i64]); 1] =
        [(&[("highway", "residential"), ("name", "Kerkstraat")], &[1, 2, 3, 4, 5])];
    let folder = Folder::new(name);
    let extract = file(&["OsmSchema-V0.6", "DenseNodes"], &block(&nodes, &ways));
    fs::write(folder.file("region.osm.pbf"), extract).expect("a file");
    fs::write(folder.file("team.yaml"), document).expect("a file");
    folder
}

#[test]
fn a_team_by_address_is_planned_checked_and_shown() {
    let folder = with_street("addresses", DOCUMENT);
    folder.kring("solve team.yaml --iterations 50 --workers 1 --out plan.json --report page.html", 0);
    let checked = folder.json("check team.yaml plan.json --json", 0);
    assert_eq!((&checked["clean"], &checked["unplanned"]), (&Value::Bool(true), &Value::from(0)));
    let plan =
        kring::read_plan(&fs::read_to_string(folder.file("plan.json")).expect("a file")).expect("a plan");
    assert!(plan.tours.iter().all(|tour| tour.travel_seconds > 0));

    folder.kring("export team.yaml plan.json --to geojson --out map.json", 0);
    let map: Value =
        serde_json::from_str(&fs::read_to_string(folder.file("map.json")).expect("a file")).expect("JSON");
    let features = map["features"].as_array().expect("features");
    let visits: Vec<&Value> = features.iter().filter(|one| one["properties"]["kind"] == "visit").collect();
    assert_eq!(visits.len(), 9);
    for visit in visits {
        let lat = match visit["properties"]["client"].as_str() {
            Some("c1") => 52.092,
            Some("c2") => 52.094,
            _ => 52.096,
        };
        let at = &visit["geometry"]["coordinates"];
        let [lon_is, lat_is] = [0, 1].map(|axis| at[axis].as_f64().expect("a number"));
        assert!((lat_is - lat).abs() < 1e-6 && (lon_is - 5.12).abs() < 1e-6, "{visit}");
    }
    for line in [
        "export team.yaml plan.json --to ics --out calendars",
        "export team.yaml plan.json --to csv --out visits.csv",
        "report team.yaml plan.json --out page.html",
        "explain team.yaml plan.json --client c2",
        "compare team.yaml plan.json plan.json",
        "circles team.yaml --seconds 1",
        "roll team.yaml plan.json --out next.yaml",
        "solve next.yaml --iterations 5",
    ] {
        folder.kring(line, 0);
    }
    // The next document has the addresses, and no coordinates that would win over a new one.
    let next = fs::read_to_string(folder.file("next.yaml")).expect("a file");
    assert!(next.contains("De Wilgen") && !next.contains("lat:"), "{next}");
}

#[test]
fn the_library_gives_the_coordinates_of_addresses() {
    let folder = with_street("addresses-library", DOCUMENT);
    let document =
        kring::data::text::read_document(DOCUMENT, kring::data::text::Form::Yaml).expect("a document");
    let planner =
        Planner::prepare(&document, &folder.0, &kring::Cancel::new()).expect("addresses of the extract");
    let problem = planner.problem();
    assert_eq!(problem.document().clients[1].location.coordinates(), Some((52.094, 5.12)));
    assert!(document.clients[1].location.coordinates().is_none());
    let options = Options::default().with_iterations(50).with_workers(1);
    let plan = planner.solve(&options, None, &kring::Cancel::new(), |_| {}).expect("a plan").plan;
    assert!(check(problem, &plan).expect("a second opinion").is_clean());
    // A plan belongs to the document with and without the coordinates.
    assert_eq!(document.accept(&plan), Ok(None));
    assert!(read_document(&kring::write_document(problem.document())).is_ok());
}

#[test]
fn an_address_that_is_not_there_is_named_with_the_nearest() {
    let wrong = DOCUMENT.replace("kerkstraat 12", "Kerkstraat 13").replace("De Wilgen", "De Beuken");
    let folder = with_street("addresses-wrong", &wrong);
    for line in ["solve team.yaml --iterations 5", "circles team.yaml --seconds 1"] {
        let said = folder.refused(line);
        assert!(
            said.contains(
                r#"clients[0].location.address (client "c1"), line 11: "Kerkstraat 13" is not in the extract"#
            ),
            "{said}"
        );
        assert!(
            said.contains("one of these may be meant: Kerkstraat 12, Zeist (52.09200, 5.12000)"),
            "{said}"
        );
        assert!(said.contains(r#""De Beuken" is not in the extract, nor anything like it"#), "{said}");
    }
    // The same words for an address on the command line.
    let output = folder.kring("locate region.osm.pbf Kerkstraat", 1);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.starts_with(
            r#"kring: address 1: "Kerkstraat" is not in the extract, nor anything like it; write a street"#
        ),
        "{said}"
    );
    assert_eq!(folder.printed("locate region.osm.pbf Wilgen", 1), "");
}

#[test]
fn a_place_far_off_is_a_warning_though_only_its_address_is_given() {
    let far = DOCUMENT.replace("kerkstraat 12", "Verweg 1");
    let folder = with_street("addresses-far", &far);
    for line in ["solve team.yaml --iterations 5 --out plan.json", "check team.yaml plan.json"] {
        let output = folder.kring(line, 0);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            said.contains(r#"clients[0].location (client "c1")"#) && said.contains("km from the middle"),
            "{said}"
        );
    }
}
