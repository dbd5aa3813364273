//! Clients: their place, and the nurses they name.

use super::findings::{Findings, quoted};
use super::scope::Scope;
use super::{care, travel};
use crate::model::document::{Client, Elsewhere};

/// Largest weight of a client.
pub(super) const HEAVIEST: f64 = 100.0;

pub(super) fn check(scope: &Scope, findings: &mut Findings) {
    let mut visits = 0;
    for (i, client) in scope.document.clients.iter().enumerate() {
        let path = format!("clients[{i}]");
        findings.label(format_args!("{path}.label"), client.label.as_deref());
        travel::check_place(scope.document, &format!("{path}.location"), &client.location, findings);
        if let Some(household) = &client.household {
            findings.id(format_args!("{path}.household"), household);
        }
        check_nurses(scope, &path, client, findings);
        for (j, away) in client.away.iter().enumerate().filter(|(_, away)| away.until < away.from) {
            let problem = format_args!("{} is before from, {}", away.until, away.from);
            let path = format_args!("{path}.away[{j}].until");
            findings.add(path, problem, "give a last day on or after the first");
        }
        check_elsewhere(scope, &path, client, findings);
        visits += care::check(scope, &path, client, findings);
    }
    if visits > super::sizes::VISITS {
        let mend = format!("plan fewer days or clients at a time, at most {} visits", super::sizes::VISITS);
        findings.add("clients", format_args!("{visits} visits in all"), mend);
    }
}

/// Checks the other addresses: each has a valid place, and a last day that is not before its first; no two share a day.
fn check_elsewhere(scope: &Scope, path: &str, client: &Client, findings: &mut Findings) {
    for (j, stay) in client.elsewhere.iter().enumerate() {
        let path = format!("{path}.elsewhere[{j}]");
        travel::check_place(scope.document, &format!("{path}.location"), &stay.location, findings);
        if stay.until < stay.from {
            let problem = format_args!("{} is before from, {}", stay.until, stay.from);
            findings.add(format_args!("{path}.until"), problem, "give a last day on or after the first");
        }
        let meets = |other: &Elsewhere| stay.from <= other.until && other.from <= stay.until;
        if let Some(other) = client.elsewhere[..j].iter().position(meets) {
            let problem = format_args!("shares a day with elsewhere[{other}]");
            findings.add(path, problem, "a client is at one address on a day: give days apart");
        }
    }
}

fn check_nurses(scope: &Scope, path: &str, client: &Client, findings: &mut Findings) {
    let named = |field: &str, id: &str, i: Option<usize>, findings: &mut Findings| {
        let path = match i {
            Some(i) => format!("{path}.{field}[{i}]"),
            None => format!("{path}.{field}"),
        };
        let Some(nurse) = scope.find_nurse(&path, id, findings) else { return };
        if field != "forbidden_nurses" && scope.forbids(client, nurse) {
            let problem = format_args!("{} must not visit this client", quoted(id));
            findings.add(path, problem, "drop the nurse here, or lift what forbids the visit");
        }
    };
    if let Some(first) = &client.first_nurse {
        named("first_nurse", first, None, findings);
    }
    let lists = [
        ("circle", &client.circle),
        ("preferred_nurses", &client.preferred_nurses),
        ("forbidden_nurses", &client.forbidden_nurses),
    ];
    for (field, list) in lists {
        findings.names(format_args!("{path}.{field}"), list);
        for (i, id) in list.iter().enumerate() {
            named(field, id, Some(i), findings);
        }
    }
    if let Some(max) = &client.max_faces {
        findings.whole(format_args!("{path}.max_faces.count"), max.count.into(), 1..=u32::MAX.into());
    }
    if let Some(minutes) = client.known_faces_under_minutes {
        findings.number(format_args!("{path}.known_faces_under_minutes"), minutes, 0.0..=1440.0);
    }
    findings.number(format_args!("{path}.weight"), client.weight, 0.0..=HEAVIEST);
}
