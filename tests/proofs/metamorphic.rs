//! Changes of a neighbourhood that leave its best plan alone, or may only make it better. The
//! neighbourhoods are so tiny that the search finds the best plan (see `oracle.rs`).

use crate::tiny;
use jiff::ToSpan;
use jiff::civil::Date;
use kring::model::document::{Client, Days, Document, TimeOfDay};
use kring::{Options, prepare, solve};
use std::path::Path;

/// The tiny neighbourhoods to try, each with its least cost.
fn neighbourhoods() -> Vec<(u64, Document, i64)> {
    (0..)
        .filter_map(|seed| tiny::document(seed).map(|document| (seed, document)))
        .take(40)
        .map(|(seed, document)| {
            let cost = least(&document);
            (seed, document, cost)
        })
        .collect()
}

fn least(document: &Document) -> i64 {
    let problem = prepare(document, Path::new(".")).expect("a problem");
    let options = Options::default().with_iterations(6000);
    solve(&problem, &options).expect("an outcome").cost.total()
}

fn rename(document: &mut Document, nurse: impl Fn(&mut String), client: impl Fn(&mut String)) {
    for facts in &mut document.nurses {
        nurse(&mut facts.id);
        facts.forbidden_clients.iter_mut().for_each(&client);
    }
    for facts in &mut document.clients {
        client(&mut facts.id);
        let Client { circle, preferred_nurses, first_nurse, forbidden_nurses, .. } = facts;
        let lists = circle.iter_mut().chain(preferred_nurses).chain(forbidden_nurses).chain(first_nurse);
        lists.for_each(&nurse);
    }
    for visit in &mut document.history.visits {
        client(&mut visit.client);
        nurse(&mut visit.nurse);
    }
    for pin in &mut document.agreements.pins {
        client(&mut pin.client);
        pin.nurse.iter_mut().for_each(&nurse);
    }
    document.agreements.absences.iter_mut().for_each(|absence| nurse(&mut absence.nurse));
}

#[test]
fn names_mean_nothing() {
    for (seed, mut document, cost) in neighbourhoods() {
        rename(
            &mut document,
            |nurse| *nurse = format!("zuster {nurse} é"),
            |client| *client = format!("{client}/n0"),
        );
        document.validate().expect("a document without mistakes");
        assert_eq!(least(&document), cost, "neighbourhood {seed}");
    }
}

#[test]
fn the_order_of_lists_means_nothing() {
    for (seed, mut document, cost) in neighbourhoods() {
        document.nurses.reverse();
        document.clients.reverse();
        document.history.visits.reverse();
        for client in &mut document.clients {
            client.care.reverse();
            for care in &mut client.care {
                if let Days::Patterns(patterns) = &mut care.days {
                    patterns.reverse();
                }
            }
        }
        document.nurses.iter_mut().for_each(|nurse| nurse.shifts.reverse());
        assert_eq!(least(&document), cost, "neighbourhood {seed}");
    }
}

#[test]
fn the_week_means_nothing() {
    let later = |date: &mut Date| *date = date.saturating_add(7.days());
    for (seed, mut document, _) in neighbourhoods() {
        // Without summer time, so that no hour goes missing.
        document.horizon.time_zone = Some("UTC".to_owned());
        let cost = least(&document);
        later(&mut document.horizon.first_day);
        for shift in document.nurses.iter_mut().flat_map(|nurse| &mut nurse.shifts) {
            later(&mut shift.date);
        }
        document.nurses.iter_mut().flat_map(|nurse| &mut nurse.wished_off.dates).for_each(later);
        document.history.visits.iter_mut().for_each(|visit| later(&mut visit.date));
        document.agreements.pins.iter_mut().for_each(|pin| later(&mut pin.date));
        for absence in &mut document.agreements.absences {
            later(&mut absence.from);
            later(&mut absence.until);
        }
        assert_eq!(least(&document), cost, "neighbourhood {seed}");
    }
}

#[test]
fn a_wider_window_never_makes_a_plan_dearer() {
    let mut cheaper = 0;
    for (seed, mut document, _) in neighbourhoods() {
        // Not with regular hours nor preferred starts: a wider window lets a tour leave later, and its starts move.
        for care in document.clients.iter_mut().flat_map(|client| &mut client.care) {
            (care.regular_hour, care.preferred_start) = (None, None);
        }
        // Nor with prices of short tours and of an uneven load: without waiting a tour is shorter.
        (document.prices.short_tour, document.prices.fair_load) = (0.0, 0.0);
        let cost = least(&document);
        for care in document.clients.iter_mut().flat_map(|client| &mut client.care) {
            let later = care.window.to.seconds() + 3600;
            care.window.to = TimeOfDay::from_seconds(later).expect("a time of day");
        }
        let wider = least(&document);
        assert!(wider <= cost, "neighbourhood {seed}: {wider} with wider windows, {cost} before");
        cheaper += usize::from(wider < cost);
    }
    assert!(cheaper > 5, "{cheaper} of 40 got cheaper");
}

#[test]
fn a_further_nurse_never_makes_a_plan_dearer() {
    for (seed, mut document, cost) in neighbourhoods() {
        // Without a contract, so that her idle hours cost nothing.
        let mut nurse = document.nurses[0].clone();
        nurse.id = "another".to_owned();
        nurse.contract_hours = None;
        nurse.forbidden_clients.clear();
        document.nurses.push(nurse);
        let further = least(&document);
        assert!(further <= cost, "neighbourhood {seed}: {further} with a further nurse, {cost} before");
    }
}
