//! Made-up neighbourhoods: the examples are current, sound, as busy as they should be, and can be
//! planned without leaving a visit out.
//!
//! `KRING_WRITE=1 cargo test --test documents scenarios` writes the examples anew after a change of the scenarios.

use crate::witness;
use kring::data::json::{read_document, write_document};
use kring::data::scenario::{Scenario, ScenarioOptions, generate};
use kring::error::ErrorKind;
use kring::model::document::{Document, Mode};
use kring::model::{Calendar, recurrence::day_patterns};
use std::path::Path;

fn example(scenario: Scenario) -> Document {
    generate(&ScenarioOptions::new(scenario)).unwrap()
}

#[test]
fn the_kept_examples_are_current() {
    for scenario in Scenario::ALL {
        let file = format!("examples/neighbourhoods/{}.json", scenario.name());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        let document = example(scenario);
        let text = write_document(&document);
        if std::env::var_os("KRING_WRITE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == text,
            "{file} is not current; write it with KRING_WRITE=1 cargo test --test documents scenarios"
        );
        assert_eq!(read_document(&kept).unwrap(), document);
        let schema = serde_json::from_str(&kring::data::json::schema()).unwrap();
        let kept = serde_json::from_str(&kept).unwrap();
        assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&kept), "{file} against the schema");
    }
}

/// Visits, minutes of care and minutes of the shifts that take place.
fn load(document: &Document) -> (usize, f64, f64) {
    let calendar = Calendar::new(&document.horizon).unwrap();
    let (mut visits, mut care) = (0, 0.0);
    for line in document.clients.iter().flat_map(|client| &client.care) {
        let count: usize =
            day_patterns(line, &[], &calendar).unwrap().iter().map(|block| block.visits()).sum();
        visits += count;
        care += count as f64 * line.minutes;
    }
    let shifts =
        document.nurses.iter().flat_map(|nurse| nurse.shifts.iter().map(move |shift| (nurse, shift)));
    let present = shifts.filter(|(nurse, shift)| {
        let away = &document.agreements.absences;
        !away.iter().any(|a| a.nurse == nurse.id && (a.from..=a.until).contains(&shift.date))
    });
    let minutes =
        present.map(|(_, shift)| f64::from(shift.end.seconds() - shift.start.seconds()) / 60.0).sum();
    (visits, care, minutes)
}

#[test]
fn the_examples_are_as_busy_as_a_team_is() {
    let expected = [
        (Scenario::Town, 560..=640, 0.58..0.72),
        (Scenario::Village, 300..=420, 0.45..0.62),
        (Scenario::Flats, 640..=780, 0.60..0.74),
    ];
    for (scenario, visits, fill) in expected {
        let document = example(scenario);
        let (count, care, shifts) = load(&document);
        eprintln!(
            "{}: {count} visits, {:.1} minutes each, {:.0} % of the shifts, {} nodes, {} streets, {} past visits",
            scenario.name(),
            care / count as f64,
            100.0 * care / shifts,
            match &document.travel {
                kring::model::document::Travel::Streets(streets) => streets.nodes.len(),
                _ => 0,
            },
            match &document.travel {
                kring::model::document::Travel::Streets(streets) => streets.streets.len(),
                _ => 0,
            },
            document.history.visits.len(),
        );
        assert!(visits.contains(&count), "{}: {count} visits", scenario.name());
        assert!(fill.contains(&(care / shifts)), "{}: {care} of {shifts} minutes", scenario.name());
    }
}

#[test]
fn a_simple_planner_leaves_no_visit_out() {
    for scenario in Scenario::ALL {
        for seed in 1..6 {
            let document = generate(&ScenarioOptions { seed, ..ScenarioOptions::new(scenario) }).unwrap();
            let left_out = witness::plan(&document);
            assert!(left_out.is_empty(), "{} with seed {seed}: {left_out:?}", scenario.name());
        }
    }
}

#[test]
fn any_size_and_seed_gives_a_sound_document() {
    for scenario in Scenario::ALL {
        for seed in 0..12 {
            let clients = [1, 3, 20, 50, 61][seed as usize % 5];
            let days = [1, 2, 7, 9, 14, 30][seed as usize % 6];
            let nurses = clients / 3 + 4;
            let options = ScenarioOptions {
                nurses: Some(nurses),
                clients: Some(clients),
                days: Some(days),
                ..ScenarioOptions { seed, ..ScenarioOptions::new(scenario) }
            };
            let document = generate(&options).unwrap_or_else(|error| panic!("{options:?}: {error}"));
            assert_eq!((document.nurses.len(), document.clients.len()), (nurses, clients));
            assert_eq!(document, generate(&options).unwrap());
        }
    }
}

/// Long paths for cyclists lead through country without roads for cars: nobody may live there.
#[test]
fn every_home_is_reached_in_every_mode() {
    for (scenario, seeds) in [(Scenario::Village, 97), (Scenario::Town, 10), (Scenario::Flats, 10)] {
        for seed in 1..=seeds {
            let document = generate(&ScenarioOptions { seed, ..ScenarioOptions::new(scenario) }).unwrap();
            let times = kring::travel::times(&document, "".as_ref());
            times.unwrap_or_else(|error| panic!("{} with seed {seed}: {error}", scenario.name()));
        }
    }
}

#[test]
fn other_seeds_give_other_neighbourhoods() {
    let other = generate(&ScenarioOptions { seed: 2, ..ScenarioOptions::new(Scenario::Town) }).unwrap();
    let document = example(Scenario::Town);
    assert_ne!(other.clients, document.clients);
    assert_ne!(other.travel, document.travel);
}

#[test]
fn options_outside_their_range_are_refused() {
    let town = || ScenarioOptions::new(Scenario::Town);
    let cases = [
        ("nurses", ScenarioOptions { nurses: Some(0), ..town() }),
        ("nurses", ScenarioOptions { nurses: Some(101), ..town() }),
        ("clients", ScenarioOptions { clients: Some(0), ..town() }),
        ("clients", ScenarioOptions { clients: Some(usize::MAX), ..town() }),
        ("days", ScenarioOptions { days: Some(61), ..town() }),
        // In range, but two nurses cannot care for fifty clients.
        ("nurses", ScenarioOptions { nurses: Some(2), ..town() }),
    ];
    for (path, options) in cases {
        let error = generate(&options).unwrap_err();
        assert_eq!(
            (error.kind(), error.mistakes()[0].path.as_str()),
            (ErrorKind::Options, path),
            "{options:?}"
        );
    }
    assert_eq!(Scenario::from_name("village"), Some(Scenario::Village));
    assert_eq!(Scenario::from_name("Atlantis"), None);
}

#[test]
fn the_past_is_mostly_the_circle_and_not_perfect() {
    for scenario in Scenario::ALL {
        let document = example(scenario);
        let circle_of = |id: &str| &document.clients.iter().find(|client| client.id == id).unwrap().circle;
        let visits = &document.history.visits;
        let by_circle = visits.iter().filter(|visit| circle_of(&visit.client).contains(&visit.nurse)).count();
        let share = by_circle as f64 / visits.len() as f64;
        assert!((0.80..0.95).contains(&share), "{}: {share}", scenario.name());
        let circles: Vec<usize> = document.clients.iter().map(|client| client.circle.len()).collect();
        assert!(circles.iter().all(|size| (2..=5).contains(size)), "{}: {circles:?}", scenario.name());
        // New faces can be seen: somebody has no history at all.
        assert!(document.clients.iter().any(|client| visits.iter().all(|visit| visit.client != client.id)));
    }
}

#[test]
fn each_scenario_travels_in_its_own_way() {
    let modes = |scenario| {
        let mut modes: Vec<Mode> = example(scenario).nurses.iter().map(|nurse| nurse.mode).collect();
        modes.sort();
        modes.dedup();
        modes
    };
    assert_eq!(modes(Scenario::Town), [Mode::Bicycle]);
    assert_eq!(modes(Scenario::Village), [Mode::Bicycle, Mode::Car]);
    assert_eq!(modes(Scenario::Flats), [Mode::Walk]);
    // Towers: some address has many clients.
    let flats = example(Scenario::Flats);
    let at = |lat: Option<f64>| flats.clients.iter().filter(|client| client.location.lat == lat).count();
    assert!(flats.clients.iter().any(|client| at(client.location.lat) >= 5));
}
