//! The indices of continuity against the second opinion, and what it takes to be caught.
//!
//! `report` and `check` compute them apart. Here sequences of carers go through both as the history of one
//! client, and so do formulas that are wrong on purpose: each must differ from the second opinion somewhere.

// Tests compare with what the platform computes.
#![allow(clippy::disallowed_methods)]

use jiff::ToSpan;
use kring::model::indicators::Indices;
use kring::model::{Document, Plan, TravelTimes, document::Mode};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

/// The worked sequences of the literature, and those of no and of one visit.
const WORKED: [&str; 10] =
    ["", "A", "AA", "AB", "AABAC", "ABABAB", "AAABBB", "ABCDEF", "AAAAAAAAAAAAAB", "AABBCCDDEEFFGG"];

/// A client who was visited once a day until yesterday, by these carers, and is not visited any more.
fn document(carers: &str) -> Document {
    let first_day = jiff::civil::date(2026, 3, 2);
    let visits: Vec<_> = carers
        .chars()
        .rev()
        .zip(1i64..)
        .map(|(carer, age)| {
            let date = first_day.saturating_sub(age.days());
            json!({"client": "c", "nurse": carer.to_string(), "date": date.to_string()})
        })
        .collect();
    let document = json!({
        "kring": 1,
        "horizon": {"first_day": first_day.to_string(), "days": 1},
        "nurses": [{"id": "n", "home": {"index": 0}, "shifts": []}],
        "clients": [{"id": "c", "location": {"index": 1}, "care": []}],
        "history": {"visits": visits},
        "travel": {"matrix": {}}
    });
    serde_json::from_value(document).expect("a document")
}

/// What the second opinion says of a sequence.
fn second_opinion(carers: &str) -> Indices {
    let mut times = TravelTimes::new(2);
    assert!(times.set(Mode::Bicycle, vec![0, 300, 300, 0]));
    let plan = Plan::new(Vec::new());
    let checked =
        kring::check::recompute(&document(carers), &times, &plan, None).expect("what can be checked");
    checked.indicators.clients[0].rolling
}

/// What the report says of it.
fn reported(carers: &str) -> Indices {
    let plan = Plan::new(Vec::new());
    let indicators = kring::report::indicators(&document(carers), &plan).expect("indicators");
    indicators.clients[0].rolling
}

/// A sequence taken apart: N, M, the visits of each carer, and the pairs in succession by one carer.
struct Taken {
    n: f64,
    m: f64,
    counts: Vec<f64>,
    same: f64,
}

fn taken(carers: &str) -> Taken {
    let letters: Vec<char> = carers.chars().collect();
    let mut counts: BTreeMap<char, f64> = BTreeMap::new();
    letters.iter().for_each(|&letter| *counts.entry(letter).or_default() += 1.0);
    let same = letters.windows(2).filter(|pair| pair[0] == pair[1]).count() as f64;
    let counts: Vec<f64> = counts.into_values().collect();
    Taken { n: letters.len() as f64, m: counts.len() as f64, counts, same }
}

type Wrong = (&'static str, fn(&Indices) -> Option<f64>, fn(&Taken) -> Option<f64>);

/// Mistakes that are easily made, each with the index it would replace.
const WRONG: [Wrong; 14] = [
    ("UPC of one visit", |i| i.upc, |t| (t.n > 0.0).then(|| most(t) / t.n)),
    ("UPC over carers", |i| i.upc, |t| (t.n > 1.0).then(|| most(t) / t.m)),
    ("COC with visits paired with themselves", |i| i.coc, |t| (t.n > 1.0).then(|| squares(t) / (t.n * t.n))),
    ("COC of one visit", |i| i.coc, |t| (t.n > 0.0).then(|| if t.n < 2.0 { 1.0 } else { coc(t) })),
    ("COC over unordered pairs", |i| i.coc, |t| (t.n > 1.0).then(|| 2.0 * coc(t))),
    ("SECON over visits", |i| i.secon, |t| (t.n > 1.0).then(|| t.same / t.n)),
    ("SECON as hand-overs", |i| i.secon, |t| (t.n > 1.0).then(|| 1.0 - t.same / (t.n - 1.0))),
    ("SECON of the sorted sequence", |i| i.secon, |t| (t.n > 1.0).then(|| (t.n - t.m) / (t.n - 1.0))),
    ("K over visits", |i| i.k, |t| (t.n > 1.0).then(|| (t.n - t.m) / t.n)),
    ("MMCI without its tenth", |i| i.mmci, |t| (t.n > 1.0).then(|| (1.0 - t.m / t.n) / (1.0 - 1.0 / t.n))),
    ("MMCI not scaled", |i| i.mmci, |t| (t.n > 1.0).then(|| 1.0 - t.m / (t.n + 0.1))),
    ("HHI over pairs", |i| i.hhi, |t| (t.n > 1.0).then(|| coc(t))),
    ("entropy not normalised", |i| i.entropy, |t| (t.n > 1.0).then(|| entropy(t))),
    ("entropy over carers", |i| i.entropy, |t| (t.n > 1.0 && t.m > 1.0).then(|| entropy(t) / t.m.ln())),
];

fn most(taken: &Taken) -> f64 {
    taken.counts.iter().copied().fold(0.0, f64::max)
}

fn squares(taken: &Taken) -> f64 {
    taken.counts.iter().map(|count| count * count).sum()
}

fn coc(taken: &Taken) -> f64 {
    (squares(taken) - taken.n) / (taken.n * (taken.n - 1.0))
}

fn entropy(taken: &Taken) -> f64 {
    taken.counts.iter().map(|count| -count / taken.n * (count / taken.n).ln()).sum()
}

fn differ(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() > 1e-9,
        (a, b) => a.is_some() != b.is_some(),
    }
}

#[test]
fn the_report_agrees_with_the_second_opinion_on_worked_sequences() {
    for carers in WORKED {
        assert_eq!(reported(carers), second_opinion(carers), "{carers}");
        assert_eq!(reported(carers).visits as usize, carers.len());
    }
}

#[test]
fn a_wrong_index_is_caught_by_the_worked_sequences() {
    for (mistake, index, wrong) in WRONG {
        let caught =
            WORKED.iter().any(|carers| differ(index(&second_opinion(carers)), wrong(&taken(carers))));
        assert!(caught, "{mistake} would not be noticed");
    }
    // The right formulas are not.
    let right: Wrong = ("COC", |i| i.coc, |t| (t.n > 1.0).then(|| coc(t)));
    for carers in WORKED {
        assert!(!differ(right.1(&second_opinion(carers)), right.2(&taken(carers))), "{carers}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_report_agrees_with_the_second_opinion_on_any_sequence(carers in "[A-F]{0,50}") {
        prop_assert_eq!(reported(&carers), second_opinion(&carers));
    }

    #[test]
    fn a_wrong_index_is_caught_by_a_long_sequence(carers in "[A-F]{6,50}") {
        // Where all carers differ, or all are one, some look right.
        let shape = taken(&carers);
        prop_assume!(shape.m > 1.0 && shape.m < shape.n && shape.same > 0.0);
        let said = second_opinion(&carers);
        for (mistake, index, wrong) in WRONG {
            // Right from two visits on; right where the carers stand in order; right where every other visit is
            // by the carer before.
            let rarely = ["UPC of one visit", "COC of one visit", "SECON of the sorted sequence", "SECON as hand-overs"];
            if !rarely.contains(&mistake) {
                prop_assert!(differ(index(&said), wrong(&shape)), "{} is not noticed in {}", mistake, carers);
            }
        }
    }
}
