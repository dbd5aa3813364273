//! The binary on instances of vehicle routing: texts in, routes, JSON and exit codes out.

use crate::folder::Folder;
use serde_json::{Value, json};
use std::fs;

/// One depot that closes at 100; 5, 10 and the root of 2 away; 5 between the first two customers.
const WINDOWS: &str = "SMALL\n\nVEHICLE\nNUMBER CAPACITY\n2 10\n\nCUSTOMER\nCUST NO. XCOORD. YCOORD. DEMAND\n\n\
                       0 0 0 0 0 100 0\n1 3 4 5 0 100 1\n2 6 8 5 20 22 1\n3 1 1 4 0 100 2\n";

/// Two days, one depot; customer 1 once, customer 2 on both days.
const DAYS: &str = "1 1 2 2\n0 10\n0 10\n0 0 0 0 0 0 0\n1 3 4 1 5 1 2 1 2\n2 6 8 1 5 2 1 3\n";

/// Two days, one depot, one driver a customer; 5 to customers 1 and 4, 10 to 2, 5 from 1 to 2, 10 from 1 to 4.
const DRIVERS: &str = "NAME: SMALL\nDIMENSION: 5\nNUM_DAYS: 2\nCAPACITY: 10\nDISTANCE: 30\n\
                       NODE_COORD_SECTION\n1 3 4\n2 6 8\n3 9 9\n4 -3 -4\nDEMAND_SECTION\n1 5 8\n2 5 -1\n3 -1 -1\n\
                       4 -1 2\nSVC_TIME_SECTION\n1 1 2\n2 1 1\n3 1 1\n4 1 3\nDEPOT_SECTION\n0 0\n-1\nEOF\n";

/// A solution of it: arrivals at customer 1 at 16 and at 5.
const DRIVERS_PLAN: &str =
    r#"{"days":[{"routes":[{"driver":0,"stops":[2,1]}]},{"routes":[{"driver":"b","stops":[1,4]}]}]}"#;

/// A folder with all.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    fs::write(folder.file("windows.txt"), WINDOWS).expect("a file");
    fs::write(folder.file("days.txt"), DAYS).expect("a file");
    fs::write(folder.file("drivers.vrp"), DRIVERS).expect("a file");
    fs::write(folder.file("drivers.json"), DRIVERS_PLAN).expect("a file");
    folder
}

fn read(folder: &Folder, file: &str) -> String {
    fs::read_to_string(folder.file(file)).expect("a file")
}

#[test]
fn instances_are_known_by_their_look_planned_and_checked() {
    let folder = folder("routing");
    let line = "solve windows.txt --iterations 50 --out routes.txt";
    assert_eq!(folder.printed(line, 0), "Distance 22.80, 2 vehicles, 0 left out\n");
    let routes = read(&folder, "routes.txt");
    assert!(routes.ends_with("\nCost 22.8\n") && routes.contains("Route #1: "), "{routes}");
    let clean = "Clean: no rule is broken.\nDistance 22.80, 2 vehicles, 0 left out\n";
    assert_eq!(folder.printed("check windows.txt routes.txt", 0), clean);

    // On one day both customers: 5 + 5 + 10; on the other 10 + 10.
    let line = "solve days.txt --iterations 50 --out routes.res";
    assert_eq!(folder.printed(line, 0), "Distance 40.00, 2 vehicles, 0 left out\n");
    let routes = read(&folder, "routes.res");
    assert!(routes.starts_with("40.000000\n1 1 2") && routes.ends_with(" 0\n"), "{routes}");
    let clean = "Clean: no rule is broken.\nDistance 40.00, 2 vehicles, 0 left out\n";
    assert_eq!(folder.printed("check days.txt routes.res", 0), clean);
    // Nothing half-written is left.
    assert_eq!(fs::read_dir(&folder.0).expect("a folder").count(), 6);
}

#[test]
fn the_object_for_programs_is_as_documented() {
    let folder = folder("routing-json");
    for (file, format, distance) in [("windows.txt", "solomon", 22.8), ("days.txt", "cordeau", 40.0)] {
        let solved =
            folder.json(&format!("solve {file} --format {format} --iterations 50 --seed 3 --json"), 0);
        let cost = json!({"total": distance, "unit": "distance", "terms": {"travel": distance}});
        let total = solved["cost"]["total"].as_f64().expect("a number");
        assert!((total - distance).abs() < 1e-9, "{solved}");
        assert_eq!(solved["cost"]["unit"], cost["unit"]);
        assert_eq!(solved["cost"]["terms"]["travel"], solved["cost"]["total"]);
        assert_eq!((&solved["unplanned"], &solved["vehicles"]), (&json!(0), &json!(2)));
        assert_eq!((&solved["bound"], &solved["gap"]), (&Value::Null, &Value::Null));
        assert_eq!(solved["indicators"], json!({}));
        let run = &solved["run"];
        assert_eq!(
            (&run["seed"], &run["iterations"], &run["stop"]),
            (&json!(3), &json!(50), &json!("iterations"))
        );
        for key in ["seconds", "evaluations", "workers", "threads"] {
            assert!(run[key].is_number(), "{key}: {run}");
        }
    }
    fs::write(folder.file("routes.res"), "1 1 22 10 0 1 2 0\n").expect("a file");
    let checked = folder.json("check days.txt routes.res --json", 1);
    assert_eq!(checked["clean"], false);
    assert_eq!(checked["violations"], json!(["customer 2 is served on days 1: not a combination"]));
    assert_eq!((&checked["cost"]["total"], &checked["unplanned"]), (&json!(20.0), &json!(1)));
}

#[test]
fn broken_routes_are_told_with_exit_code_1() {
    let folder = folder("routing-broken");
    fs::write(folder.file("routes.txt"), "Route #1: 1 2 3\n").expect("a file");
    let printed = folder.printed("check windows.txt routes.txt", 1);
    assert!(printed.starts_with("Not clean:\n  route 1: load 14 of 10\n"), "{printed}");
}

#[test]
fn both_conventions_of_distance_can_be_asked_for() {
    let folder = folder("routing-rounding");
    let line = "solve windows.txt --rounding double --objective distance --iterations 50 --out routes.txt";
    assert_eq!(folder.printed(line, 0), "Distance 22.83, 2 vehicles, 0 left out\n");
    assert!(read(&folder, "routes.txt").ends_with("Cost 22.828427\n"));
    assert!(folder.printed("check windows.txt routes.txt --rounding double", 0).contains("22.83"));
    assert!(folder.printed("check windows.txt routes.txt --rounding dimacs", 0).contains("22.80"));
}

#[test]
fn vehicles_can_count_first() {
    let folder = folder("routing-vehicles");
    // Two customers on either side of the depot, whose windows alternate. One vehicle for each side:
    // 2 (10 + 1 + root of 101); one for all: 10 + 20 + root of 401 + 20 + root of 101.
    let sides = "SIDES\n\nVEHICLE\nNUMBER CAPACITY\n4 10\n\nCUSTOMER\nCUST NO. XCOORD. YCOORD. DEMAND\n\n\
                 0 0 0 0 0 100 0\n1 10 0 1 10 12 0\n2 -10 0 1 30 32 0\n3 10 1 1 50 52 0\n4 -10 1 1 70 72 0\n";
    fs::write(folder.file("sides.txt"), sides).expect("a file");
    let line = "solve sides.txt --rounding double --iterations 100 --out routes.txt";
    assert_eq!(folder.printed(line, 0), "Distance 42.10, 2 vehicles, 0 left out\n");
    let fewest = "Distance 80.07, 1 vehicles, 0 left out\n";
    assert_eq!(folder.printed(&format!("{line} --objective vehicles"), 0), fewest);
    assert!(read(&folder, "routes.txt").starts_with("Route #1: 1 2 3 4\n"));
    let checked = folder.printed("check sides.txt routes.txt --rounding double --objective vehicles", 0);
    assert_eq!(checked, format!("Clean: no rule is broken.\n{fewest}"));
    let refused = folder.refused("solve sides.txt --objective vehicles --bound --iterations 5");
    assert!(refused.contains("--bound: proves how far a distance is from the best"), "{refused}");
}

#[test]
fn customers_keep_their_drivers_and_hours() {
    let folder = folder("routing-drivers");
    let line = "solve drivers.vrp --iterations 50 --out plan.json";
    let printed = folder.printed(line, 0);
    assert!(
        printed.starts_with("Travel 40.00, with service 47.00, 1 drivers, arrivals at most "),
        "{printed}"
    );
    assert!(printed.ends_with(" apart, 0 left out\n"), "{printed}");
    let plan: Value = serde_json::from_str(&read(&folder, "plan.json")).expect("JSON");
    assert_eq!(
        (&plan["days"][0]["routes"][0]["driver"], plan["days"].as_array().map(Vec::len)),
        (&json!(0), Some(2))
    );
    assert_eq!(
        folder.printed("check drivers.vrp plan.json", 0),
        format!("Clean: no rule is broken.\n{printed}")
    );
    // Two drivers are as good as any number: each customer has two days at most.
    let several = folder.json("solve drivers.vrp --iterations 50 --max-drivers 2 --json --format convrp", 0);
    assert_eq!((&several["cost"]["total"], &several["unplanned"]), (&json!(40.0), &json!(0)));
    assert_eq!(several["cost"]["unit"], "distance");
    assert_eq!(several["indicators"]["travel_and_service"], 47.0);
    assert!(
        several["indicators"]["drivers"].is_u64() && several["indicators"]["arrival_difference"].is_f64()
    );

    // The plan made by hand has two drivers, and arrivals 11 apart.
    let summary = "Travel 40.00, with service 47.00, 2 drivers, arrivals at most 11.00 apart, 0 left out\n";
    let printed = folder.printed("check drivers.vrp drivers.json --max-drivers 2 --arrival-spread 11", 0);
    assert_eq!(printed, format!("Clean: no rule is broken.\n{summary}"));
    let printed = folder.printed("check drivers.vrp drivers.json --arrival-spread 10.5", 1);
    let broken =
        "  customer 1 has 2 drivers of at most 1\n  customer 1: arrivals 11.0000 apart of at most 10.5\n";
    assert_eq!(printed, format!("Not clean:\n{broken}{summary}"));
    let checked = folder.json("check drivers.vrp drivers.json --json", 1);
    assert_eq!(checked["violations"], json!(["customer 1 has 2 drivers of at most 1"]));
    assert_eq!((&checked["cost"]["total"], &checked["vehicles"]), (&json!(40.0), &json!(2)));
    let indicators = json!({"drivers": 2, "travel_and_service": 47.0, "arrival_difference": 11.0});
    assert_eq!(checked["indicators"], indicators);
}

#[test]
fn a_customer_left_out_counts_under_strict_only() {
    let folder = folder("routing-strict");
    fs::write(folder.file("full.txt"), WINDOWS.replace("2 10\n", "1 10\n")).expect("a file");
    let printed = folder.printed("solve full.txt --iterations 50 --out routes.txt", 0);
    assert!(printed.ends_with("1 vehicles, 1 left out\n"), "{printed}");
    folder.kring("solve full.txt --iterations 50 --strict", 1);
    assert!(folder.printed("check full.txt routes.txt", 1).contains("is not served"));
}

#[test]
fn what_does_not_belong_to_the_form_is_refused() {
    let folder = folder("routing-refused");
    folder.kring("solve days.txt --iterations 5 --out routes.res", 0);
    for (line, expected) in [
        (
            "solve days.txt --rounding double",
            "--rounding: belongs to --format solomon, and this file is cordeau",
        ),
        ("solve days.txt --objective distance", "--objective: belongs to --format solomon"),
        ("solve days.txt --objective vehicles", "--objective: belongs to --format solomon"),
        ("check days.txt routes.res --rounding dimacs", "--rounding: belongs to --format solomon"),
        ("solve windows.txt --arrival-spread 5", "--arrival-spread: belongs to --format convrp"),
        ("solve windows.txt --week 1", "--week: belongs to neighbourhoods"),
        ("solve days.txt --day 2026-03-02", "--day: belongs to neighbourhoods"),
        ("check days.txt routes.res --week 1", "--week: belongs to neighbourhoods"),
        ("solve days.txt --start routes.res", "--start: belongs to neighbourhoods"),
        ("solve days.txt --format solomon", "line 2: expected the heading VEHICLE"),
        ("solve windows.txt --format cordeau", "line 1: no type"),
        ("solve days.txt --max-drivers 2", "--max-drivers: belongs to --format convrp"),
        ("solve windows.txt --format convrp", "windows.txt:\n  line 1: SMALL before any section"),
        ("solve windows.txt --format mankowska", "--format mankowska: not yet"),
        ("solve drivers.vrp --arrival-spread -1", "give a number of at least 0"),
        ("solve drivers.vrp --max-drivers 0", "--max-drivers <K>"),
        (
            "solve drivers.vrp --rounding double",
            "--rounding: belongs to --format solomon, and this file is convrp",
        ),
        ("solve drivers.vrp --objective vehicles", "--objective: belongs to --format solomon"),
        ("solve drivers.vrp --start drivers.json", "--start: belongs to neighbourhoods"),
        ("check drivers.vrp drivers.vrp", "drivers.vrp:\n  "),
        ("check drivers.vrp drivers.json --week 1", "--week: belongs to neighbourhoods"),
        ("check days.txt windows.txt", "windows.txt:"),
        ("solve days.txt --out days.txt", "would overwrite the input"),
    ] {
        let said = folder.refused(line);
        assert!(said.contains(expected), "{line}\n{said}");
    }
}

#[test]
fn a_bound_is_given_for_whole_distances_and_refused_for_rounded_ones() {
    let folder = folder("routing-bound");
    let output = folder.kring("solve days.txt --iterations 5 --bound --json", 0);
    assert!(String::from_utf8_lossy(&output.stderr).contains("planned rounded up"));
    assert!(String::from_utf8_lossy(&output.stdout).contains(r#""bound":null"#));
    let output = folder.kring("solve drivers.vrp --iterations 5 --bound --json", 0);
    assert!(String::from_utf8_lossy(&output.stderr).contains("planned rounded up"));
    assert!(String::from_utf8_lossy(&output.stdout).contains(r#""bound":null"#));
    let output = folder.kring("solve windows.txt --iterations 100 --bound --bound-seconds 5 --json", 0);
    let printed: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    let (bound, cost) = (printed["bound"].as_f64(), printed["cost"]["total"].as_f64());
    let (bound, cost) = (bound.expect("a bound"), cost.expect("a cost"));
    assert!(bound > 0.0 && bound <= cost, "a bound of {bound} for a plan of {cost}");
}
