//! Nurses.

use super::findings::Findings;
use super::scope::Scope;
use super::{shifts, travel};
use crate::model::document::{Base, Nurse};

pub(super) fn check(scope: &Scope, findings: &mut Findings) {
    if let Some(office) = &scope.document.office {
        travel::check_place(scope.document, "office", office, findings);
    }
    if scope.document.nurses.is_empty() {
        findings.add("nurses", "the team is empty", "give at least one nurse");
    }
    for (i, nurse) in scope.document.nurses.iter().enumerate() {
        let path = format!("nurses[{i}]");
        findings.label(format_args!("{path}.label"), nurse.label.as_deref());
        travel::check_place(scope.document, &format!("{path}.home"), &nurse.home, findings);
        findings.whole(format_args!("{path}.level"), nurse.level.into(), 1..=9);
        findings.names(format_args!("{path}.competences"), &nurse.competences);
        if let Some(hours) = nurse.contract_hours {
            findings.number(format_args!("{path}.contract_hours"), hours, 0.0..=60.0);
        }
        findings.names(format_args!("{path}.forbidden_clients"), &nurse.forbidden_clients);
        for (j, client) in nurse.forbidden_clients.iter().enumerate() {
            scope.find_client(&format!("{path}.forbidden_clients[{j}]"), client, findings);
        }
        check_bases(scope, &path, nurse, findings);
        shifts::check(scope, &path, nurse, findings);
    }
}

/// A tour that starts or ends at the office needs one.
fn check_bases(scope: &Scope, path: &str, nurse: &Nurse, findings: &mut Findings) {
    if scope.document.office.is_some() {
        return;
    }
    let own = [("leaves_from", nurse.leaves_from), ("returns_to", nurse.returns_to)];
    let own = own.map(|(field, base)| (format!("{path}.{field}"), Some(base)));
    let dated = nurse.shifts.iter().enumerate().flat_map(|(i, shift)| {
        let path = format!("{path}.shifts[{i}]");
        [(format!("{path}.leaves_from"), shift.leaves_from), (format!("{path}.returns_to"), shift.returns_to)]
    });
    let recurring = nurse.recurring.iter().enumerate().flat_map(|(i, shift)| {
        let path = format!("{path}.recurring[{i}]");
        [(format!("{path}.leaves_from"), shift.leaves_from), (format!("{path}.returns_to"), shift.returns_to)]
    });
    for (path, _) in
        own.into_iter().chain(dated).chain(recurring).filter(|(_, base)| *base == Some(Base::Office))
    {
        findings.add(path, "the document has no office", "give its place as office, or say home");
    }
}
