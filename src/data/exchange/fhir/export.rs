//! Writes a plan as a bundle.

use super::ids::{BASE, SYSTEM, resource_id};
use super::resources::{
    Appointment, CareTeam, Concept, Identifier, Member, Name, Participant, Period, Person, Reference,
    Schedule, ServiceRequest, Slot,
};
use super::timing;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::{Client, Nurse, Priority};
use crate::model::plan::{Stop, Tour};
use crate::model::recurrence::day_patterns;
use crate::model::roster::shifts_of;
use crate::model::{Calendar, Document, Moment, Plan};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// How a plan is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BundleOptions {
    /// Whether the team has agreed to the plan: appointments are then `booked`, otherwise `proposed`.
    pub is_booked: bool,
    /// Whether labels of the document are written as names. Default: ids only.
    pub has_labels: bool,
}

/// A plan as a bundle of FHIR R4 (type `collection`), in JSON.
///
/// | resource | of |
/// | --- | --- |
/// | Patient, Practitioner | each client and nurse: the id, nothing else |
/// | ServiceRequest | each care line, with its timing and the window of its start ([`WINDOW`](super::WINDOW)) |
/// | CareTeam | each client: its circle, with periods; stand-ins for the days of the leave |
/// | Schedule, Slot | each nurse: her shifts, in free and taken stretches without gaps |
/// | Appointment | each planned visit, from a Slot, based on its ServiceRequest |
///
/// The circle is that of the document, else the one planned before the tours, else the nurses who make visits.
/// Resources keep their ids from plan to plan. Days that FHIR cannot express (a weekday of the month, day patterns) are
/// written as dates of the horizon.
///
/// # Errors
/// `Document` for a horizon without a time zone, and for a horizon or days that cannot be read; `Plan` where the plan
/// names a nurse, a client or a care line that the document does not have.
pub fn bundle(document: &Document, plan: &Plan, options: BundleOptions) -> Result<String> {
    if document.horizon.time_zone.is_none() {
        return Err(timing::no_time_zone());
    }
    let calendar = Calendar::new(&document.horizon)?;
    let mut writer = Writer { document, plan, options, calendar, entries: Vec::new() };
    for client in &document.clients {
        writer.client(client)?;
    }
    for nurse in &document.nurses {
        writer.nurse(nurse)?;
    }
    for (at, tour) in plan.tours.iter().enumerate() {
        writer.appointments(at, tour)?;
    }
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": writer.entries});
    Ok(serde_json::to_string_pretty(&bundle).unwrap_or_default() + "\n")
}

struct Writer<'a> {
    document: &'a Document,
    plan: &'a Plan,
    options: BundleOptions,
    calendar: Calendar,
    entries: Vec<Value>,
}

impl<'a> Writer<'a> {
    fn add(&mut self, kind: &str, id: &str, resource: &impl Serialize) {
        let mut fields = Map::new();
        fields.insert("resourceType".to_owned(), kind.into());
        fields.insert("id".to_owned(), id.into());
        if let Ok(Value::Object(more)) = serde_json::to_value(resource) {
            fields.extend(more);
        }
        self.entries.push(json!({"fullUrl": format!("{BASE}/{kind}/{id}"), "resource": fields}));
    }

    fn person(&mut self, kind: &str, id: &str, label: Option<&str>) {
        let label = label.filter(|label| self.options.has_labels && !label.trim().is_empty());
        let person = Person {
            identifier: identifier(id),
            name: label.map(|label| Name { text: Some(plain(label)) }).into_iter().collect(),
            ..Person::default()
        };
        self.add(kind, &resource_id(&[id]), &person);
    }

    fn client(&mut self, client: &'a Client) -> Result<()> {
        self.person("Patient", &client.id, client.label.as_deref());
        let patient = Reference::to("Patient", &resource_id(&[&client.id]));
        for care in &client.care {
            let blocks = day_patterns(care, &client.away, &self.calendar)?;
            let (plan, calendar) = (self.plan, &self.calendar);
            let dates = || {
                // If the care line leaves a choice of days, the dates are those that the plan chose.
                let mut dates: Vec<Date> = if blocks.iter().all(|block| block.is_fixed()) {
                    let days = blocks.iter().flat_map(|block| block.patterns.iter().flatten());
                    days.map(|&day| calendar.date(i32::from(day))).collect()
                } else {
                    let of_line = |of: &str, line: &str| of == client.id && line == care.id;
                    let visits = plan.tours.iter().flat_map(Tour::visits);
                    let made = visits.filter(|v| of_line(&v.client, &v.care)).map(|visit| visit.date);
                    let left = plan.unplanned.iter().filter(|v| of_line(&v.client, &v.care));
                    made.chain(left.map(|visit| visit.date)).collect()
                };
                dates.sort();
                dates
            };
            let timing = timing::of_care(care, dates);
            if timing.event.is_empty() && timing.repeat.as_ref().is_none_or(|of| of.frequency.is_none()) {
                // The care line has no day in the horizon.
                continue;
            }
            let request = ServiceRequest {
                identifier: identifier(&care.id),
                status: text("active"),
                intent: text("plan"),
                priority: text(if care.priority == Priority::Vital { "urgent" } else { "routine" }),
                subject: Some(patient.clone()),
                occurrence_timing: Some(timing),
                ..ServiceRequest::default()
            };
            self.add("ServiceRequest", &resource_id(&[&client.id, &care.id]), &request);
        }
        self.care_team(client, patient);
        Ok(())
    }

    fn care_team(&mut self, client: &'a Client, patient: Reference) {
        let days = i32::from(self.calendar.days());
        let horizon = period(self.calendar.date(0), self.calendar.date(days - 1));
        let members: Vec<&str> = self.circle(client);
        let is_first = |nurse: &str| client.first_nurse.as_deref() == Some(nurse);
        let member = |nurse: &str, role: &str, period: Period| Member {
            role: vec![Concept::text(role)],
            member: Some(Reference::to("Practitioner", &resource_id(&[nurse]))),
            period: Some(period),
        };
        let circle = members
            .iter()
            .map(|nurse| member(nurse, if is_first(nurse) { FIRST_NURSE } else { CIRCLE }, horizon.clone()));
        let stand_ins = self.plan.stand_ins.iter().filter(|of| of.client == client.id);
        let stand_ins = stand_ins.map(|of| member(&of.nurse, STAND_IN, period(of.from, of.until)));
        let participant: Vec<Member> = circle.chain(stand_ins).collect();
        if participant.is_empty() {
            return;
        }
        let team = CareTeam {
            status: text(if self.options.is_booked { "active" } else { "proposed" }),
            subject: Some(patient),
            period: Some(horizon),
            participant,
        };
        self.add("CareTeam", &resource_id(&[&client.id]), &team);
    }

    /// The nurses of a client's circle, the first nurse first.
    fn circle(&self, client: &'a Client) -> Vec<&'a str> {
        let mut all: Vec<&str> = client.first_nurse.as_deref().into_iter().collect();
        let planned = self.plan.circles.iter().find(|circle| circle.client == client.id);
        let is_stand_in =
            |nurse: &str| self.plan.stand_ins.iter().any(|of| of.client == client.id && of.nurse == nurse);
        let mut add = |nurse: &'a str| {
            if !all.contains(&nurse) {
                all.push(nurse);
            }
        };
        match planned {
            _ if !client.circle.is_empty() => client.circle.iter().for_each(|nurse| add(nurse)),
            Some(planned) if !planned.nurses.is_empty() => planned.nurses.iter().for_each(|nurse| add(nurse)),
            _ => {
                let comes = |tour: &&Tour| tour.visits().any(|visit| visit.client == client.id);
                let tours = self.plan.tours.iter().filter(comes);
                tours.filter(|tour| !is_stand_in(&tour.nurse)).for_each(|tour| add(&tour.nurse));
            }
        }
        all
    }

    fn nurse(&mut self, nurse: &Nurse) -> Result<()> {
        self.person("Practitioner", &nurse.id, nurse.label.as_deref());
        let days = i32::from(self.calendar.days());
        let schedule = resource_id(&[&nurse.id]);
        let of_nurse = Schedule {
            active: None,
            actor: vec![Reference::to("Practitioner", &schedule)],
            planning_horizon: Some(period(self.calendar.date(0), self.calendar.date(days - 1))),
        };
        self.add("Schedule", &schedule, &of_nurse);
        let is_away = |date| self.document.agreements.is_away(&nurse.id, date);
        let shifts = shifts_of(nurse, &self.calendar);
        let mut spans = Vec::new();
        for shift in shifts.iter().map(|rostered| &rostered.shift).filter(|shift| !is_away(shift.date)) {
            if let Some(day) = self.calendar.day(shift.date).map(i32::from) {
                let start = self.calendar.seconds(day, shift.start);
                spans.push((start, self.calendar.end_seconds(day, shift.start, shift.end)));
            }
        }
        spans.sort_unstable();
        for (start, end) in spans {
            let plan = self.plan;
            let is_it = |tour: &&Tour| tour.nurse == nurse.id && self.calendar.elapsed(tour.shift) == start;
            let tour = plan.tours.iter().find(is_it);
            for (from, to, is_free) in stretches(start, end, tour, &self.calendar) {
                let taken = if self.options.is_booked { "busy" } else { "busy-tentative" };
                let is_over = from >= end;
                let (from, to) = (self.calendar.moment(from), self.calendar.moment(to));
                let slot = Slot {
                    schedule: Some(Reference::to("Schedule", &schedule)),
                    status: text(if is_free { "free" } else { taken }),
                    start: Some(from.to_string()),
                    end: Some(to.to_string()),
                    // Overtime is no part of the shift.
                    overbooked: is_over.then_some(true),
                };
                self.add("Slot", &slot_id(&nurse.id, from), &slot);
            }
        }
        Ok(())
    }

    fn appointments(&mut self, at: usize, tour: &Tour) -> Result<()> {
        let nurse_known = self.document.nurses.iter().any(|nurse| nurse.id == tour.nurse);
        if !nurse_known {
            return Err(unknown(format!("tours[{at}].nurse"), &tour.nurse, "nurse"));
        }
        let (status, answer) =
            if self.options.is_booked { ("booked", "accepted") } else { ("proposed", "needs-action") };
        for visit in tour.visits() {
            let client = self.document.clients.iter().find(|client| client.id == visit.client);
            let Some(client) = client else {
                return Err(unknown(format!("tours[{at}]"), &visit.client, "client"));
            };
            if !client.care.iter().any(|care| care.id == visit.care) {
                return Err(unknown(format!("tours[{at}]"), &visit.care, "care line"));
            }
            let seconds = self.calendar.elapsed(visit.end) - self.calendar.elapsed(visit.start);
            let with = |kind: &str, id: &str| Participant {
                actor: Some(Reference::to(kind, &resource_id(&[id]))),
                required: text("required"),
                status: text(answer),
            };
            let appointment = Appointment {
                status: text(status),
                start: Some(visit.start.to_string()),
                end: Some(visit.end.to_string()),
                minutes_duration: u32::try_from((seconds + 59) / 60).ok().map(|minutes| minutes.max(1)),
                slot: vec![Reference::to("Slot", &slot_id(&tour.nurse, visit.start))],
                based_on: vec![Reference::to("ServiceRequest", &resource_id(&[&client.id, &visit.care]))],
                participant: vec![with("Patient", &client.id), with("Practitioner", &tour.nurse)],
            };
            let id = resource_id(&[&client.id, &visit.care, &visit.date.to_string()]);
            self.add("Appointment", &id, &appointment);
        }
        Ok(())
    }
}

/// Roles in a CareTeam, as text: there is no code for them.
pub(super) const FIRST_NURSE: &str = "first nurse";
pub(super) const CIRCLE: &str = "circle";
pub(super) const STAND_IN: &str = "stand-in";

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn identifier(id: &str) -> Vec<Identifier> {
    vec![Identifier { system: text(SYSTEM), value: Some(id.to_owned()) }]
}

fn period(from: Date, until: Date) -> Period {
    Period { start: Some(from.to_string()), end: Some(until.to_string()) }
}

/// A label without control characters, which FHIR's strings must not have.
fn plain(label: &str) -> String {
    label.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The id has the start in UTC, so that different starts have different ids even in the night when the clock is put
/// back.
fn slot_id(nurse: &str, start: Moment) -> String {
    // A moment writes itself as RFC 3339, so that parsing never fails.
    let at: Timestamp = start.to_string().parse().unwrap_or_default();
    resource_id(&[nurse, &at.strftime("%Y%m%dT%H%M%SZ").to_string()])
}

/// Cuts a shift into periods without gaps, each with whether it is free: only the time before and after the tour is.
/// Each stop is a period of its own.
fn stretches(start: i64, end: i64, tour: Option<&Tour>, calendar: &Calendar) -> Vec<(i64, i64, bool)> {
    let Some(tour) = tour else { return vec![(start, end, true)] };
    let mut stops: Vec<(i64, i64)> = tour.stops.iter().map(|stop| span(stop, calendar)).collect();
    stops.sort_unstable();
    let (leave, back) = (calendar.elapsed(tour.leave), calendar.elapsed(tour.back));
    let first = stops.first().map_or(leave, |stop| stop.0.min(leave));
    let last = stops.iter().map(|stop| stop.1).fold(back, i64::max);
    let mut all = vec![(start, first, true)];
    let mut until = first;
    for (from, to) in stops {
        all.extend([(until, from, false), (from, to, false)]);
        until = until.max(to);
    }
    // The way home may end after the shift; it is cut in two at the end of the shift.
    let seam = until.max(end);
    all.extend([(until, last.min(seam), false), (seam, last, false), (last, end, true)]);
    all.retain(|(from, to, _)| from < to);
    all
}

fn span(stop: &Stop, calendar: &Calendar) -> (i64, i64) {
    let (from, to) = match stop {
        Stop::Visit(visit) => (visit.start, visit.end),
        Stop::Break(of) => (of.start, of.end),
        Stop::Meeting(of) => (of.start, of.end),
    };
    (calendar.elapsed(from), calendar.elapsed(to))
}

#[cold]
fn unknown(path: String, id: &str, what: &str) -> Error {
    let problem = format!("{} is not a {what} of the document", timing::shown(id));
    Error::new(ErrorKind::Plan, Mistake::new(path, problem, "give the plan of this document"))
}
