//! Ten fortnights in a row of the made-up neighbourhoods, each planned from what the one before left: continuity over twenty
//! weeks, not only within a plan.
//!
//! `cargo test --test planning ten_fortnights -- --nocapture` prints the table of `docs/continuity.md`; `KRING_ITERATIONS` lets it search longer.

use jiff::ToSpan;
use kring::model::document::{Absence, Nurse, Shift};
use kring::model::roll::{roll, visits_of};
use kring::{Document, Options, Plan, check, prepare, read_document, solve};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const FORTNIGHTS: i64 = 10;

/// Clients' nurses since the start, and each fortnight's figures.
#[derive(Debug, Default)]
struct Story {
    met: BTreeMap<String, BTreeSet<String>>,
    fortnights: Vec<Fortnight>,
}

#[derive(Debug)]
struct Fortnight {
    planned: usize,
    left_out: usize,
    /// Nurses of a client in this fortnight, and all whom the client ever met, the history before the first included; means over
    /// clients.
    faces: f64,
    faces_so_far: f64,
    /// Visits by somebody whom the client had not met since the start or in the history before it.
    by_strangers: usize,
    /// Share of the visits by the client's circle.
    by_circle: f64,
}

impl Story {
    fn add(&mut self, document: &Document, plan: &Plan) {
        let visits = visits_of(plan);
        let mut now: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut by_strangers = 0;
        let mut by_circle = 0;
        let circles: BTreeMap<&str, &[String]> =
            document.clients.iter().map(|client| (client.id.as_str(), client.circle.as_slice())).collect();
        let before = self.met.clone();
        for visit in &visits {
            now.entry(&visit.client).or_default().insert(&visit.nurse);
            by_strangers +=
                usize::from(!before.get(&visit.client).is_some_and(|met| met.contains(&visit.nurse)));
            by_circle += usize::from(circles[visit.client.as_str()].contains(&visit.nurse));
            self.met.entry(visit.client.clone()).or_default().insert(visit.nurse.clone());
        }
        let mean = |sum: usize| sum as f64 / now.len() as f64;
        self.fortnights.push(Fortnight {
            planned: visits.len(),
            left_out: plan.unplanned.len(),
            faces: mean(now.values().map(BTreeSet::len).sum()),
            faces_so_far: mean(now.keys().map(|client| self.met[*client].len()).sum()),
            by_strangers,
            by_circle: by_circle as f64 / visits.len() as f64,
        });
    }
}

fn iterations(usual: u64) -> u64 {
    std::env::var("KRING_ITERATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Ten fortnights of a sample. Its rosters are dated, so that each fortnight has the shifts of the first, moved on.
fn ten_fortnights(name: &str, usual: u64) -> Story {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/neighbourhoods");
    let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).expect("a sample");
    let mut document = read_document(&text).expect("a document");
    // Without the shifts of days on leave: some are so near to others that nobody could work both.
    let absences = document.agreements.absences.clone();
    let works = |nurse: &str, shift: &Shift| {
        let is_away = |absence: &Absence| {
            absence.nurse == nurse && (absence.from..=absence.until).contains(&shift.date)
        };
        !absences.iter().any(is_away)
    };
    let roster =
        |nurse: &Nurse| nurse.shifts.iter().filter(|shift| works(&nurse.id, shift)).cloned().collect();
    let rosters: Vec<Vec<Shift>> = document.nurses.iter().map(roster).collect();
    let first_day = document.horizon.first_day;
    let mut story = Story::default();
    for visit in &document.history.visits {
        story.met.entry(visit.client.clone()).or_default().insert(visit.nurse.clone());
    }
    println!(
        "{name}\n{:>9} {:>8} {:>8} {:>6} {:>9} {:>12} {:>9}",
        "fortnight", "visits", "left out", "faces", "ever met", "by strangers", "by circle"
    );
    for fortnight in 0..FORTNIGHTS {
        assert_eq!(document.horizon.first_day, first_day.saturating_add((14 * fortnight).days()));
        let problem = prepare(&document, &folder).expect("a problem");
        let options = Options::default().with_iterations(iterations(usual)).with_threads(1);
        let outcome = solve(&problem, &options).expect("a plan");
        let checked = check(&problem, &outcome.plan).expect("a plan of this document");
        assert!(checked.is_clean(), "{:#?}", checked.violations);
        assert_eq!(checked.cost, outcome.cost);
        story.add(&document, &outcome.plan);
        let Some(row) = story.fortnights.last() else { continue };
        println!(
            "{:>9} {:>8} {:>8} {:>6.2} {:>9.2} {:>12} {:>7.1} %",
            fortnight + 1,
            row.planned,
            row.left_out,
            row.faces,
            row.faces_so_far,
            row.by_strangers,
            100.0 * row.by_circle
        );
        document = roll(&document, &outcome.plan, None, None).expect("the next fortnight");
        for (nurse, roster) in document.nurses.iter_mut().zip(&rosters) {
            let moved = |shift: &Shift| {
                let date = shift.date.saturating_add((14 * (fortnight + 1)).days());
                shift.clone().with(|shift| shift.date = date)
            };
            nurse.shifts = roster.iter().map(moved).collect();
        }
        // What is remembered is what the history window sees.
        let seen_from = document.horizon.first_day.saturating_sub(56.days());
        let seen = |date| (seen_from..document.horizon.first_day).contains(&date);
        assert!(document.history.visits.iter().all(|visit| seen(visit.date)));
    }
    story
}

/// Twenty weeks: care, faces and strangers.
fn keeps_its_faces(name: &str) {
    let story = ten_fortnights(name, 2_000);
    let [first, .., last] = &story.fortnights[..] else { panic!("ten fortnights") };
    // All visits are made all along.
    assert!(story.fortnights.iter().all(|row| row.left_out == 0), "{story:#?}");
    // A fortnight has about as many faces at the end as at the start, and few are added over the whole time.
    assert!(last.faces <= first.faces + 0.5, "{story:#?}");
    assert!(last.faces_so_far <= 1.3 * first.faces_so_far, "{story:#?}");
    // Strangers become rare.
    let strangers = |rows: &[Fortnight]| rows.iter().map(|row| row.by_strangers).sum::<usize>();
    assert!(strangers(&story.fortnights[5..]) <= strangers(&story.fortnights[..5]), "{story:#?}");
}

#[test]
fn a_village_keeps_its_faces_for_twenty_weeks() {
    keeps_its_faces("village");
}

#[test]
fn a_town_keeps_its_faces_for_twenty_weeks() {
    keeps_its_faces("town");
}

#[test]
fn flats_keep_their_faces_for_twenty_weeks() {
    keeps_its_faces("flats");
}
