//! Tours and stops for maps (GeoJSON, RFC 7946).
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let plan = kring::solve(&problem, &kring::Options::default().with_iterations(200))?.plan;
//! let geojson = kring::data::exchange::lines::geojson(problem.document(), &plan, None, false)?;
//! assert!(geojson.contains("FeatureCollection") && geojson.contains("client-1"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::Names;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::{Base, Shift};
use crate::model::meetings::place_of;
use crate::model::places::PlaceName;
use crate::model::plan::Stop as PlanStop;
use crate::model::roster::shifts_of;
use crate::model::{Calendar, Document, Plan};
use crate::travel::RoadLines;
use serde_json::{Value, json};

/// Every tour as a line, along the roads where they are given, and every visit as a point, in one feature
/// collection. Coordinates are longitude and latitude in degrees (WGS 84).
///
/// # Errors
/// `Document` where a place has no coordinates; `Plan` where the plan names a nurse, a client or a meeting that the
/// document does not have.
///
/// # Complexity
/// Linear in the plan times the nurses; along roads also one search for each pair of consecutive places of a tour.
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
        let [start, end] = bases.unwrap_or_default().map(|base| match base {
            Base::Office if document.office.is_some() => PlaceName::Office,
            _ => PlaceName::Home(at),
        });
        let start = point(document, start)?;
        let drawer = roads.and_then(|roads| roads.drawer(nurse.mode));
        let (mut line, mut here) = (vec![start], start);
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
                    let found = found.ok_or_else(|| unknown(format!("tours[{number}]"), &meeting.meeting))?;
                    go(point(document, place_of(document, found, at))?);
                    continue;
                }
                PlanStop::Break(_) => continue,
            };
            order += 1;
            let Some(at) = document.clients.iter().position(|client| client.id == visit.client) else {
                return Err(unknown(format!("tours[{number}]"), &visit.client));
            };
            let [lat, lon] = point(document, PlaceName::of_client(document, at, visit.date))?;
            go([lat, lon]);
            features.push(json!({
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [lon, lat]},
                "properties": {
                    "kind": "visit", "nurse": tour.nurse, "client": visit.client, "care": visit.care,
                    "name": names.client(&visit.client), "order": order, "date": visit.date.to_string(),
                    "start": visit.start.to_string(), "end": visit.end.to_string(),
                },
            }));
        }
        go(point(document, end)?);
        line.dedup();
        if line.len() < 2 {
            line.push(start);
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

/// Latitude and longitude of a place.
fn point(document: &Document, name: PlaceName) -> Result<[f64; 2]> {
    let place = name.find(document);
    let coordinates = place.and_then(|place| place.coordinates());
    let has_address = place.is_some_and(|place| place.address.is_some());
    coordinates.map(|(lat, lon)| [lat, lon]).ok_or_else(|| nowhere(name.to_string(), has_address))
}

#[cold]
fn unknown(path: String, id: &str) -> Error {
    let problem = format!("{id:?} is not in the document");
    Error::new(ErrorKind::Plan, Mistake::new(path, problem, "give the document that the plan was made from"))
}

#[cold]
fn nowhere(path: String, has_address: bool) -> Error {
    let mend = match has_address {
        true => {
            "give the document of the problem (Problem::document), which has the coordinates of addresses"
        }
        false => "give lat and lon; travel times alone draw no map",
    };
    Error::new(ErrorKind::Document, Mistake::new(path, "has no coordinates", mend))
}
