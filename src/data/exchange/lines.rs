//! Tours and stops for maps (GeoJSON, RFC 7946).

use super::Names;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::Shift;
use crate::model::meetings::place_of;
use crate::model::plan::Stop as PlanStop;
use crate::model::roster::shifts_of;
use crate::model::{Calendar, Document, Plan};
use crate::travel::RoadLines;
use serde_json::{Value, json};

/// Every tour as a line, along the roads where they are given, and every visit as a point, in one feature
/// collection. Coordinates are longitude and latitude in degrees (WGS 84).
///
/// # Errors
/// `Document` where a place has no coordinates; `Plan` where the plan names a nurse or a client whom the document does
/// not have.
pub fn geojson(
    document: &Document,
    plan: &Plan,
    roads: Option<&RoadLines>,
    has_labels: bool,
) -> Result<String> {
    let names = Names::of(document, has_labels);
    let calendar = Calendar::new(&document.horizon)?;
    let mut features = Vec::new();
    for (number, tour) in plan.tours.iter().enumerate() {
        let Some(at) = document.nurses.iter().position(|nurse| nurse.id == tour.nurse) else {
            return Err(unknown(format!("tours[{number}].nurse"), &tour.nurse));
        };
        let nurse = &document.nurses[at];
        let shifts = shifts_of(nurse, &calendar).into_iter().map(|rostered| rostered.shift);
        let start = calendar.elapsed(tour.shift);
        let starts = |shift: &Shift| {
            calendar.day(shift.date).is_some_and(|day| calendar.seconds(i32::from(day), shift.start) == start)
        };
        let bases = shifts.into_iter().find(starts).map(|shift| nurse.bases_of(&shift));
        let [home, end] =
            bases.unwrap_or_default().map(|base| document.base_place(nurse, base).coordinates());
        let (Some(home), Some(end)) = (home, end) else { return Err(nowhere(format!("nurses[{at}].home"))) };
        let drawer = roads.and_then(|roads| roads.drawer(nurse.mode));
        let (home, end) = ([home.0, home.1], [end.0, end.1]);
        let (mut line, mut here) = (vec![home], home);
        let mut go = |next: [f64; 2]| {
            let leg = drawer.as_ref().and_then(|drawer| drawer.line(here, next));
            line.extend(leg.unwrap_or_else(|| vec![next]));
            here = next;
        };
        let mut order = 0;
        for stop in &tour.stops {
            let visit = match stop {
                PlanStop::Visit(visit) => visit,
                PlanStop::Meeting(meeting) => {
                    let found = document.meetings.iter().position(|of| of.id == meeting.meeting);
                    let place = found.and_then(|of| place_of(document, of, at).find(document)?.coordinates());
                    place.into_iter().for_each(|place| go([place.0, place.1]));
                    continue;
                }
                PlanStop::Break(_) => continue,
            };
            order += 1;
            let Some(at) = document.clients.iter().position(|client| client.id == visit.client) else {
                return Err(unknown(format!("tours[{number}]"), &visit.client));
            };
            let place = document.clients[at].location_on(visit.date).coordinates();
            let place = place.ok_or_else(|| nowhere(format!("clients[{at}].location")))?;
            go([place.0, place.1]);
            features.push(json!({
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [place.1, place.0]},
                "properties": {
                    "kind": "visit", "nurse": tour.nurse, "client": visit.client, "care": visit.care,
                    "name": names.client(&visit.client), "order": order, "date": visit.date.to_string(),
                    "start": visit.start.to_string(), "end": visit.end.to_string(),
                },
            }));
        }
        go(end);
        line.dedup();
        if line.len() < 2 {
            line.push(home);
        }
        let line: Vec<Value> = line.iter().map(|[lat, lon]| json!([lon, lat])).collect();
        features.push(json!({
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": line},
            "properties": {
                "kind": "tour", "nurse": tour.nurse, "name": names.nurse(&tour.nurse),
                "shift": tour.shift.to_string(), "travel_seconds": tour.travel_seconds,
                "is_on_roads": drawer.is_some(),
            },
        }));
    }
    Ok(json!({"type": "FeatureCollection", "features": features}).to_string() + "\n")
}

#[cold]
fn unknown(path: String, id: &str) -> Error {
    let problem = format!("{id:?} is not in the document");
    Error::new(ErrorKind::Plan, Mistake::new(path, problem, "give the document that the plan was made from"))
}

#[cold]
fn nowhere(path: String) -> Error {
    let mistake =
        Mistake::new(path, "has no coordinates", "give lat and lon; travel times alone draw no map");
    Error::new(ErrorKind::Document, mistake)
}
