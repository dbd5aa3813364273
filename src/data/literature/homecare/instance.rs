//! Reads an instance as a document.

use super::parse::{FIRST_DAY, parse};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::{
    Care, Client, Days, Document, Horizon, Law, Matrices, Mode, Nurse, Paid, Place, Prices, Shift, TimeOfDay,
    Travel, UnplannedPrices, Window, WorkingTime,
};
use jiff::ToSpan;
use serde::Deserialize;

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

/// Whether a text looks like this format rather than a kring document.
pub fn looks_like(text: &str) -> bool {
    let head: String = text.chars().take(4096).collect();
    !head.contains("\"kring\"") && (head.contains("\"locations\"") || text.contains("\"tw\""))
}

/// Reads an instance as a document: a care line for each visit, and prices that follow the score.
///
/// Ids become texts: nurse 3 is `3`; visit 17 is care line `17` of its client.
///
/// # Units
/// Times of the format are seconds within a day. Prices of the document are chosen so that the cost of a plan is its
/// score.
///
/// # Errors
/// `TooLarge` beyond [`LARGEST`](super::LARGEST) bytes or the [`sizes`](crate::model::validate::sizes) of documents.
/// `Format` with the place for text that is not in the format, for ids that are not 0, 1, 2, … in order, and for times
/// that are not within one day. `Document` with what [`Document::validate`] finds in the whole document.
///
/// # Complexity
/// Linear in the length of the text, and in the pairs of places.
pub fn read(text: &str) -> Result<Document> {
    let instance: Instance = parse(text)?;
    let mut mistakes = Vec::new();
    let document = convert(instance, &mut mistakes);
    Error::from_mistakes(ErrorKind::Format, mistakes)?;
    document.validate()?;
    Ok(document)
}

fn convert(instance: Instance, mistakes: &mut Vec<Mistake>) -> Document {
    order_mistakes(&instance, mistakes);
    let mut clock = |path: String, seconds: u32| {
        TimeOfDay::from_seconds(seconds).unwrap_or_else(|| {
            mistakes.push(Mistake::new(
                path,
                format!("{seconds} s"),
                "give seconds of one day, at most 86,400",
            ));
            TimeOfDay::MIDNIGHT
        })
    };
    let date = |day: u16| FIRST_DAY.saturating_add(i64::from(day).days());
    let nurses = instance.nurses.iter().enumerate().map(|(i, nurse)| {
        let shifts = nurse.shifts.iter().enumerate().map(|(j, &(day, start, end))| {
            let mut at = |seconds| clock(format!("nurses[{i}].shifts[{j}]"), seconds);
            Shift::new(date(day), at(start), at(end))
        });
        Nurse {
            level: nurse.skill,
            mode: Mode::Bicycle,
            shifts: shifts.collect(),
            ..Nurse::new(nurse.id.to_string(), Place::row(nurse.home))
        }
    });
    let nurses = nurses.collect();
    let mut clients: Vec<Client> = instance
        .clients
        .iter()
        .map(|client| Client::new(client.id.to_string(), Place::row(client.location), Vec::new()))
        .collect();
    let mut strangers = Vec::new();
    for (i, visit) in instance.visits.iter().enumerate() {
        let mut at = |seconds| clock(format!("visits[{i}].tw"), seconds);
        let window = Window::new(at(visit.tw.0), at(visit.tw.1));
        let days = Days::Dates(vec![date(visit.day)]);
        let minutes = f64::from(visit.duration) / 60.0;
        let care =
            Care { level: Some(visit.skill), ..Care::new(visit.id.to_string(), days, window, minutes) };
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
    // Instances have times since midnight and no place on earth.
    let horizon = Horizon { time_zone: Some("UTC".to_owned()), ..Horizon::new(FIRST_DAY, instance.days) };
    let travel = Travel::Matrix(Matrices { bicycle: Some(instance.travel), ..Matrices::default() });
    Document {
        working_time: WorkingTime { law: Law::None, paid: Paid::Shift, ..WorkingTime::default() },
        prices: prices(),
        ..Document::new(horizon, travel, nurses, clients)
    }
}

/// Reports days outside the instance, visits without a duration, and times that run backwards. A document would give
/// them another meaning (a day that does not count, the next day).
fn order_mistakes(instance: &Instance, mistakes: &mut Vec<Mistake>) {
    let mut backwards = |path: String, from: u32, to: u32| {
        mistakes.push(Mistake::new(path, format!("from {from} to {to}"), "give the earlier time first"));
    };
    for (i, nurse) in instance.nurses.iter().enumerate() {
        for (j, &(_, start, end)) in nurse.shifts.iter().enumerate().filter(|(_, shift)| shift.1 >= shift.2) {
            backwards(format!("nurses[{i}].shifts[{j}]"), start, end);
        }
    }
    for (i, visit) in instance.visits.iter().enumerate().filter(|(_, visit)| visit.tw.0 > visit.tw.1) {
        backwards(format!("visits[{i}].tw"), visit.tw.0, visit.tw.1);
    }
    for (i, visit) in instance.visits.iter().enumerate() {
        let mut wrong = |field: &str, value: String, mend: String| {
            mistakes.push(Mistake::new(format!("visits[{i}].{field}"), value, mend));
        };
        if visit.day >= instance.days {
            let last = instance.days.saturating_sub(1);
            wrong("day", format!("day {}", visit.day), format!("give 0 to {last}"));
        }
        if visit.duration == 0 {
            wrong("duration", "0 s".to_owned(), "give at least a second".to_owned());
        }
    }
}

/// The score as a price list, in minutes.
fn prices() -> Prices {
    let unplanned = 100_000.0 / 60.0;
    Prices {
        unplanned: UnplannedPrices { vital: unplanned, needed: unplanned, wished: unplanned },
        face: 10.0,
        ..Prices::travel_only()
    }
}
