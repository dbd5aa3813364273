//! The neutral home-care form: nurses with a shift a day, clients, dated visits, a travel matrix.
//!
//! Its score is 100,000 s for each visit left out, the seconds on the road, and 600 s for each nurse of a
//! client beyond the first. Waiting costs nothing; there are no breaks, contracts, history or rest.

use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::{
    Agreements, Care, Client, Days, Document, History, Horizon, Law, Matrices, Mode, Nurse, Paid, Place,
    Prices, Priority, Shift, TimeOfDay, Travel, UnplannedPrices, Window, WorkingTime,
};
use crate::model::plan::Plan;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Largest file accepted, in bytes.
pub const LARGEST: usize = 64 << 20;

/// Day 0 of every instance; a Monday.
const FIRST_DAY: Date = jiff::civil::date(2026, 1, 5);

#[derive(Deserialize)]
struct Instance {
    days: u16,
    travel: Vec<Vec<u32>>,
    nurses: Vec<InstanceNurse>,
    clients: Vec<InstanceClient>,
    visits: Vec<InstanceVisit>,
}

#[derive(Deserialize)]
struct InstanceNurse {
    id: u32,
    home: u32,
    skill: u8,
    shifts: Vec<(u16, u32, u32)>,
}

#[derive(Deserialize)]
struct InstanceClient {
    id: u32,
    location: u32,
}

#[derive(Deserialize)]
struct InstanceVisit {
    id: u32,
    client: u32,
    day: u16,
    tw: (u32, u32),
    duration: u32,
    skill: u8,
}

#[derive(Serialize)]
struct Solution {
    routes: Vec<Route>,
}

#[derive(Serialize)]
struct Route {
    nurse: u32,
    day: u16,
    visits: Vec<u32>,
}

/// Whether a text looks like this form rather than a kring document.
pub fn looks_like(text: &str) -> bool {
    let head: String = text.chars().take(4096).collect();
    !head.contains("\"kring\"") && (head.contains("\"locations\"") || text.contains("\"tw\""))
}

/// Reads an instance as a document: a care line for each visit, prices as the score has them.
///
/// Ids become texts: nurse 3 is `3`; visit 17 is care line `17` of its client.
///
/// # Errors
/// Text that is not of the form, with the place; ids that are not 0, 1, 2, … in order; times that
/// are not of one day.
pub fn read(text: &str) -> Result<Document> {
    if text.len() > LARGEST {
        let problem = format!("{} bytes", text.len());
        return Err(Error::new(ErrorKind::TooLarge, Mistake::new("file", problem, "give at most 64 MiB")));
    }
    let parser = &mut serde_json::Deserializer::from_str(text);
    let instance: Instance = serde_path_to_error::deserialize(parser).map_err(|e| {
        let path = e.path().to_string();
        Error::new(
            ErrorKind::Format,
            Mistake::new(path, e.into_inner().to_string(), "see the home-care form"),
        )
    })?;
    let mut mistakes = Vec::new();
    let document = convert(instance, &mut mistakes);
    Error::from_mistakes(ErrorKind::Format, mistakes)?;
    document.validate()?;
    Ok(document)
}

fn convert(instance: Instance, mistakes: &mut Vec<Mistake>) -> Document {
    let mut clock = |path: String, seconds: u32| {
        TimeOfDay::from_seconds(seconds).unwrap_or_else(|| {
            mistakes.push(Mistake::new(
                path,
                format!("{seconds} s"),
                "give seconds of one day, at most 86,400",
            ));
            TimeOfDay::from_seconds(0).unwrap_or_else(|| unreachable!("midnight is a time of day"))
        })
    };
    let date = |day: u16| FIRST_DAY.saturating_add(i64::from(day).days());
    let nurses = instance.nurses.iter().enumerate().map(|(i, nurse)| Nurse {
        id: nurse.id.to_string(),
        label: None,
        home: Place::row(nurse.home),
        level: nurse.skill,
        competences: Vec::new(),
        mode: Mode::Bicycle,
        contract_hours: None,
        first_day: None,
        forbidden_clients: Vec::new(),
        shifts: nurse
            .shifts
            .iter()
            .enumerate()
            .map(|(j, &(day, start, end))| Shift {
                date: date(day),
                start: clock(format!("nurses[{i}].shifts[{j}]"), start),
                end: clock(format!("nurses[{i}].shifts[{j}]"), end),
                latest_end: None,
                break_minutes: None,
            })
            .collect(),
    });
    let nurses = nurses.collect();
    let mut clients: Vec<Client> = instance
        .clients
        .iter()
        .map(|client| Client {
            id: client.id.to_string(),
            label: None,
            location: Place::row(client.location),
            care: Vec::new(),
            first_nurse: None,
            circle: Vec::new(),
            preferred_nurses: Vec::new(),
            forbidden_nurses: Vec::new(),
            max_faces: None,
        })
        .collect();
    let mut strangers = Vec::new();
    for (i, visit) in instance.visits.iter().enumerate() {
        let care = Care {
            id: visit.id.to_string(),
            days: Days::Dates(vec![date(visit.day)]),
            from: None,
            until: None,
            window: Window {
                from: clock(format!("visits[{i}].tw"), visit.tw.0),
                to: clock(format!("visits[{i}].tw"), visit.tw.1),
            },
            preferred_start: None,
            minutes: f64::from(visit.duration) / 60.0,
            level: Some(visit.skill),
            competences: Vec::new(),
            priority: Priority::Needed,
        };
        match clients.get_mut(visit.client as usize) {
            Some(client) if visit.id as usize == i => client.care.push(care),
            Some(_) => strangers.push((format!("visits[{i}].id"), visit.id)),
            None => strangers.push((format!("visits[{i}].client"), visit.client)),
        }
    }
    for (i, nurse) in instance.nurses.iter().enumerate().filter(|(i, nurse)| nurse.id as usize != *i) {
        strangers.push((format!("nurses[{i}].id"), nurse.id));
    }
    for (i, client) in instance.clients.iter().enumerate().filter(|(i, client)| client.id as usize != *i) {
        strangers.push((format!("clients[{i}].id"), client.id));
    }
    mistakes.extend(
        strangers.into_iter().map(|(path, id)| {
            Mistake::new(path, format!("id {id}"), "number from 0 in the order of the list")
        }),
    );
    Document {
        kring: Document::VERSION,
        label: None,
        horizon: Horizon { first_day: FIRST_DAY, days: instance.days, time_zone: "UTC".to_owned() },
        working_time: WorkingTime { law: Law::None, paid: Paid::Shift, ..WorkingTime::default() },
        prices: prices(),
        nurses,
        clients,
        agreements: Agreements::default(),
        history: History::default(),
        travel: Travel::Matrix(Matrices { bicycle: Some(instance.travel), ..Matrices::default() }),
    }
}

/// The score as a price list, in minutes.
fn prices() -> Prices {
    let unplanned = 100_000.0 / 60.0;
    Prices {
        unplanned: UnplannedPrices { vital: unplanned, needed: unplanned, wished: unplanned },
        face: 10.0,
        new_face: 0.0,
        not_first_nurse: 0.0,
        face_over_max: 0.0,
        not_preferred: 0.0,
        preferred_start: 0.0,
        preferred_start_tolerance: 0.0,
        overtime: 0.0,
        over_contract: 0.0,
        under_contract: 0.0,
        travel: 1.0,
        waiting: 0.0,
    }
}

/// Writes a plan in the form's own way: the order of visits for each nurse and day.
///
/// # Errors
/// A plan whose ids are not of an instance.
pub fn write(plan: &Plan) -> Result<String> {
    let number = |text: &str| {
        text.parse::<u32>().map_err(|_| {
            let problem = format!("id {text:?} is not a number");
            Error::new(
                ErrorKind::Plan,
                Mistake::new("plan", problem, "write plans of home-care instances only"),
            )
        })
    };
    let mut routes = Vec::with_capacity(plan.tours.len());
    for tour in &plan.tours {
        let days = tour.shift.date().duration_since(FIRST_DAY).as_hours() / 24;
        routes.push(Route {
            nurse: number(&tour.nurse)?,
            day: days as u16,
            visits: tour.visits().map(|visit| number(&visit.care)).collect::<Result<_>>()?,
        });
    }
    Ok(serde_json::to_string(&Solution { routes }).unwrap_or_default())
}
