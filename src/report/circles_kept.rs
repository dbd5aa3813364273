//! What became of the circles that were planned before the tours.

use super::reading::Reading;
use crate::model::circles::ClientCircle;
use serde::Serialize;
use std::collections::BTreeSet;

/// A planned circle beside the nurses who come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CircleKept {
    /// Client id.
    pub client: String,
    /// The first nurse planned.
    pub first_nurse: Option<String>,
    /// The circle planned.
    pub planned: Vec<String>,
    /// The nurses who come, in the order of the document.
    pub came: Vec<String>,
    /// Whether nobody comes from outside the circle.
    pub kept: bool,
    /// Visits in the plan.
    pub visits: u32,
    /// Visits by nurses outside the circle.
    pub by_others: u32,
}

/// What became of the circles that a plan says were planned; clients that the document does not have are passed
/// over.
pub(super) fn kept(reading: &Reading, planned: &[ClientCircle]) -> Vec<CircleKept> {
    let mut all = Vec::new();
    for circle in planned {
        let Some(client) = reading.document.clients.iter().position(|client| client.id == circle.client)
        else {
            continue;
        };
        let visits = &reading.visits[client];
        let nurses: BTreeSet<usize> = visits.iter().map(|visit| visit.nurse).collect();
        let id = |nurse: usize| &reading.document.nurses[nurse].id;
        let by_others = visits.iter().filter(|visit| !circle.nurses.contains(id(visit.nurse))).count() as u32;
        all.push(CircleKept {
            client: circle.client.clone(),
            first_nurse: circle.first_nurse.clone(),
            planned: circle.nurses.clone(),
            came: nurses.into_iter().map(|nurse| id(nurse).clone()).collect(),
            kept: by_others == 0,
            visits: visits.len() as u32,
            by_others,
        });
    }
    all
}
