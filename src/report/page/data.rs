//! What the script needs, as one block of JSON that no text can break out of.

use super::facts::{Facts, care_name};
use super::first_nurse::not_first;
use super::hours::own_hour;
use super::words::fill;
use crate::report::view::priority_name;
use maud::{PreEscaped, html};
use serde_json::{Value, json};

/// The block: people, care and visits in short arrays, and the words of a visit.
pub(super) fn block(facts: &Facts) -> maud::Markup {
    // JSON in a script element ends at `</`, and `<!--` changes how it is read; as `\u003c` neither occurs.
    let text = of(facts).to_string();
    let safe = text
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    html! { script #data type="application/json" { (PreEscaped(safe)) } }
}

fn of(facts: &Facts) -> Value {
    let words = facts.words;
    let clients: Value = facts
        .clients
        .iter()
        .enumerate()
        .map(|(client, name)| json!([name.shown, name.key, facts.first_nurse(client)]))
        .collect();
    let nurses: Value = facts
        .nurses
        .iter()
        .zip(&facts.document().nurses)
        .map(|(name, nurse)| {
            json!([name.shown, name.key, skills(facts, Some(nurse.level), &nurse.competences)])
        })
        .collect();
    let days: Value =
        (0..facts.days()).map(|day| json!([facts.date(day).to_string(), facts.long_date(day)])).collect();
    json!({
        "clients": clients,
        "nurses": nurses,
        "days": days,
        "care": (0..facts.clients.len()).map(|client| care(facts, client)).collect::<Value>(),
        "visits": facts.visits.iter().map(|visit| one_visit(facts, visit)).collect::<Value>(),
        "history": facts.history(),
        "words": {
            "why": words.why, "first": words.is_first_nurse, "circle": words.in_circle, "new": words.not_met,
            "met": words.met, "pinned": words.pinned, "window": words.starts_between, "needs": words.needs,
            "priority": words.priority_is, "own": words.own_is, "notFirst": words.not_first, "way": words.way_before,
            "waits": words.waits,
            "visit": [words.visit.0, words.visit.1], "min": words.min,
        },
    })
}

/// `[name, from, to, own hour or null, needs or null, priority]` for each care line.
fn care(facts: &Facts, client: usize) -> Value {
    let line = |care: &crate::model::document::Care| {
        json!([
            care_name(care),
            care.window.from.to_string(),
            care.window.to.to_string(),
            care.preferred_start.map(|hour| hour.to_string()),
            skills(facts, care.level, &care.competences),
            facts.words.priority[priority_index(priority_name(care.priority))],
        ])
    };
    facts.document().clients[client].care.iter().map(line).collect()
}

/// `level 3, wound care`: what care needs, or a nurse has; null for nothing.
fn skills(facts: &Facts, level: Option<u8>, competences: &[String]) -> Option<String> {
    let level = level.map(|level| fill(facts.words.level, &[&level.to_string()]));
    let all: Vec<String> =
        level.into_iter().chain(competences.iter().map(|name| super::label::shown(name))).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

fn priority_index(name: &str) -> usize {
    ["vital", "needed", "wished"].iter().position(|word| *word == name).unwrap_or(1)
}

/// `[client, nurse, care, day, start, end, minutes of travel, of waiting, marks, earlier visits, why not the first
/// nurse, minutes after the own hour]`; marks: 1 first nurse, 2 circle, 4 new face, 8 fixed by agreement. "Why not the
/// first nurse" is the number of a sentence; it is null if the first nurse comes, if the client has none, or if the
/// visit is fixed by agreement.
fn one_visit(facts: &Facts, visit: &super::facts::Visit) -> Value {
    let tie = facts.tie(visit.client, visit.nurse);
    let client = &facts.document().clients[visit.client];
    let date = facts.date(visit.day);
    let is_pinned = facts
        .document()
        .agreements
        .pins
        .iter()
        .any(|pin| pin.client == client.id && pin.care == client.care[visit.care].id && pin.date == date);
    let marks = [tie.is_first, tie.in_circle, tie.is_new, is_pinned];
    let marks: u8 = marks.into_iter().zip([1, 2, 4, 8]).filter(|(is, _)| *is).map(|(_, mark)| mark).sum();
    json!([
        visit.client,
        visit.nurse,
        visit.care,
        visit.day,
        facts.clock(visit.start, visit.day),
        facts.clock(visit.end, visit.day),
        (visit.travel + 30) / 60,
        (visit.waiting + 30) / 60,
        marks,
        facts.met(visit.client, visit.nurse),
        not_first(facts, visit).filter(|_| !is_pinned).map(|why| why as usize),
        own_hour(facts.care(visit)).map(|own| (facts.wall(visit.start, visit.day) - own).div_euclid(60)),
    ])
}
