//! Reads service requests and care plans as care lines.

use super::bundle::{Bundle, Entry, People, own_id, said};
use super::resources::{CarePlan, ServiceRequest, Timing};
use super::timing::{self, Reading};
use crate::model::Document;
use crate::model::document::{Care, Days, Priority};

/// Gives the clients of the bundle the care of the bundle.
pub(super) fn care(bundle: &mut Bundle, document: &mut Document, clients: &People, reading: &Reading) {
    let mut all = Found { lines: vec![Vec::new(); document.clients.len()], clients, reading };
    for entry in std::mem::take(&mut bundle.requests) {
        all.request(bundle, &entry);
    }
    for entry in std::mem::take(&mut bundle.plans) {
        all.plan(bundle, &entry);
    }
    // Clients whom the bundle does not name stay as they were.
    let named = clients.positions();
    let lines = document.clients.iter_mut().zip(all.lines).enumerate();
    for (_, (client, lines)) in lines.filter(|(at, _)| named.contains(at)) {
        let before = std::mem::take(&mut client.care);
        let merged = lines.into_iter().map(|line| match before.iter().find(|old| old.id == line.care.id) {
            Some(old) => with_known(line, old),
            None => line.care,
        });
        client.care = merged.collect();
    }
}

/// A care line of the bundle.
#[derive(Clone)]
struct Line {
    care: Care,
    /// Whether the bundle gives its priority.
    has_priority: bool,
}

/// A line of the bundle; what FHIR does not say comes from the known line.
fn with_known(Line { mut care, has_priority }: Line, old: &Care) -> Care {
    if let (Days::PerWeek(now), Days::PerWeek(before)) = (&mut care.days, &old.days) {
        now.min_gap = before.min_gap;
    }
    // The export writes both needed and wished care as routine, so the bundle does not tell them apart.
    let is_lower = care.priority == Priority::Needed && old.priority == Priority::Wished;
    if !has_priority || is_lower {
        care.priority = old.priority;
    }
    Care { level: old.level, competences: old.competences.clone(), regular_hour: old.regular_hour, ..care }
}

struct Found<'a> {
    /// Lines client by client, in the order of the document.
    lines: Vec<Vec<Line>>,
    clients: &'a People,
    reading: &'a Reading<'a>,
}

impl Found<'_> {
    fn request(&mut self, bundle: &mut Bundle, entry: &Entry<ServiceRequest>) {
        let request = &entry.resource;
        if request.status.as_deref() != Some("active") || request.do_not_perform == Some(true) {
            return bundle.pass_over("requests that are not active, or not to be carried out");
        }
        if request.as_needed_boolean == Some(true) || request.as_needed_codeable_concept.is_some() {
            return bundle.pass_over("requests for care as needed");
        }
        let priority = request.priority.as_deref().map(|priority| match priority {
            "urgent" | "asap" | "stat" => Priority::Vital,
            _ => Priority::Needed,
        });
        let Some(client) = self.clients.find(request.subject.as_ref()) else {
            let mend = "give the Patient as well";
            bundle.mistakes.push(entry.wrong("subject.reference", said(request.subject.as_ref()), mend));
            return;
        };
        match &request.occurrence_timing {
            Some(timing) => {
                let id = own_id(entry, &request.identifier);
                self.add(bundle, entry, "occurrenceTiming", (&id, client, priority), timing);
            }
            None => {
                let mend = "give occurrenceTiming with repeat: a visit has days and a duration";
                bundle.mistakes.push(entry.wrong("occurrenceTiming", "is missing", mend));
            }
        }
    }

    fn plan(&mut self, bundle: &mut Bundle, entry: &Entry<CarePlan>) {
        let plan = &entry.resource;
        if plan.status.as_deref() != Some("active") {
            return bundle.pass_over("care plans that are not active");
        }
        let Some(client) = self.clients.find(plan.subject.as_ref()) else {
            let mend = "give the Patient as well";
            bundle.mistakes.push(entry.wrong("subject.reference", said(plan.subject.as_ref()), mend));
            return;
        };
        for (at, activity) in plan.activity.iter().enumerate() {
            // Activities by reference are resources of their own.
            let Some(detail) = &activity.detail else { continue };
            let is_over = matches!(
                detail.status.as_deref(),
                Some("on-hold" | "completed" | "cancelled" | "stopped" | "entered-in-error")
            );
            if is_over || detail.do_not_perform == Some(true) {
                bundle.pass_over("activities that are over, or not to be carried out");
                continue;
            }
            let field = format!("activity[{at}].detail.scheduledTiming");
            match &detail.scheduled_timing {
                Some(timing) => {
                    let id = format!("{}-{}", entry.id, at + 1);
                    self.add(bundle, entry, &field, (&id, client, None), timing);
                }
                None if detail.scheduled_string.is_none() && detail.scheduled_period.is_none() => {
                    bundle.pass_over("activities without a timing");
                }
                None => {
                    let mend = "give scheduledTiming with repeat";
                    bundle.mistakes.push(entry.wrong(&field, "is missing", mend));
                }
            }
        }
    }

    fn add<T>(
        &mut self,
        bundle: &mut Bundle,
        entry: &Entry<T>,
        field: &str,
        (id, client, priority): (&str, usize, Option<Priority>),
        timing: &Timing,
    ) {
        match timing::to_care(timing, id, priority.unwrap_or_default(), self.reading) {
            Ok(lines) => {
                for care in lines {
                    if self.lines[client].iter().any(|other| other.care.id == care.id) {
                        let problem = format!("the client has a line {} already", timing::shown(&care.id));
                        bundle.mistakes.push(entry.wrong("id", problem, "give each request its own id"));
                    } else {
                        self.lines[client].push(Line { care, has_priority: priority.is_some() });
                    }
                }
            }
            Err((part, problem, mend)) => {
                bundle.mistakes.push(entry.wrong(&format!("{field}.{part}"), problem, mend));
            }
        }
    }
}
