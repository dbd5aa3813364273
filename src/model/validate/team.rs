//! Nurses.

use super::findings::Findings;
use super::scope::Scope;
use super::{shifts, travel};

pub(super) fn check(scope: &Scope, findings: &mut Findings) {
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
        shifts::check(scope, &path, nurse, findings);
    }
}
