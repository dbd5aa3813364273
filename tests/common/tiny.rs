//! Neighbourhoods so small that every plan can be tried: two nurses, two days, at most six visits.

use super::random::{self, Chance};
use jiff::ToSpan;
use kring::model::document::{Absence, Base, Days, Document, Pin};

/// Most visits, and most visits that may take place on one day.
const MOST: (usize, usize) = (6, 4);

/// The tiny neighbourhood of a number, and a word on how many visits it has; `None` where the number
/// makes none worth trying.
pub fn document(seed: u64) -> Option<Document> {
    let chance = &mut Chance::new(seed ^ 0xBEEF);
    let mut document = random::document(seed);
    let days = 1 + chance.below(2) as u16;
    let first = document.horizon.first_day;
    let is_known = |nurse: &String| nurse == "n0" || nurse == "n1";
    document.horizon.days = days;
    document.nurses.truncate(2);
    // The slow twin of whole plans does not know these yet.
    document.meetings.clear();
    document.office = None;
    for nurse in &mut document.nurses {
        (nurse.leaves_from, nurse.returns_to) = (Base::Home, Base::Home);
        nurse.shifts.iter_mut().for_each(|shift| (shift.leaves_from, shift.returns_to) = (None, None));
        nurse.shifts.retain(|shift| shift.date < first.saturating_add(i64::from(days).days()));
    }
    for client in &mut document.clients {
        client.elsewhere.clear();
        client.household = None;
        client.first_nurse = client.first_nurse.take().filter(is_known);
        for nurses in [&mut client.circle, &mut client.preferred_nurses, &mut client.forbidden_nurses] {
            nurses.retain(is_known);
        }
        for care in &mut client.care {
            if let Days::Patterns(patterns) = &mut care.days {
                *patterns = (0..days).map(|day| vec![day]).collect();
            }
            // A number of times a week needs a week.
            if let Days::PerWeek(_) = care.days {
                care.days = Days::Patterns((0..days).map(|day| vec![day]).collect());
            }
        }
    }
    document.history.visits.retain(|visit| is_known(&visit.nurse));
    while !fits(&document) {
        let client = document.clients.pop()?;
        document.history.visits.retain(|visit| visit.client != client.id);
    }
    if chance.one_in(6) {
        let nurse = document.nurses[chance.below(2)].id.clone();
        document.agreements.absences.push(Absence::new(nurse, first, first));
    }
    if chance.one_in(4) {
        let client = document.clients.first()?;
        if !client.forbidden_nurses.contains(&"n0".to_owned()) {
            document.agreements.pins.push(
                Pin::new(client.id.clone(), client.care[0].id.clone(), first).with(|pin| {
                    pin.nurse = chance.one_in(2).then(|| "n0".to_owned());
                    pin.start = chance.one_in(2).then_some(client.care[0].window.to);
                }),
            );
        }
    }
    (document.clients.len() > 1 && document.validate().is_ok()).then_some(document)
}

/// Whether every plan can be tried.
fn fits(document: &Document) -> bool {
    let days = usize::from(document.horizon.days);
    let (mut visits, mut of_a_day) = (0, 0);
    for care in document.clients.iter().flat_map(|client| &client.care) {
        visits += if matches!(care.days, Days::Daily) { days } else { 1 };
        of_a_day += 1;
    }
    visits <= MOST.0 && of_a_day <= MOST.1
}
