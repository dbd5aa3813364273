//! Reads patients and practitioners as clients and nurses, and care teams as circles.

use super::bundle::{Bundle, Entry, People, own_id, said};
use super::export::{FIRST_NURSE, STAND_IN};
use super::ids::GEOLOCATION;
use super::resources::Person;
use crate::error::Mistake;
use crate::model::Document;
use crate::model::document::{Client, Nurse, Place};

/// The place of a person, if the bundle says it.
fn place(entry: &Entry<Person>) -> Result<Option<Place>, Mistake> {
    let extensions = entry.resource.address.iter().flat_map(|address| &address.extension);
    let mut found = extensions.filter(|of| of.url.as_deref() == Some(GEOLOCATION));
    let Some(place) = found.next() else { return Ok(None) };
    let part = |name: &str, most: f64| {
        let part = place.extension.iter().find(|of| of.url.as_deref() == Some(name));
        part.and_then(|of| of.value_decimal).filter(|value| value.abs() <= most)
    };
    match part("latitude", 90.0).zip(part("longitude", 180.0)) {
        Some((lat, lon)) => Ok(Some(Place::at(lat, lon))),
        None => {
            let mend = "give latitude and longitude with valueDecimal, in degrees";
            Err(entry.wrong("address.extension", "the geolocation is not understood", mend))
        }
    }
}

/// The place that the bundle gives, else the known one; a mistake if there is neither.
fn placed(entry: &Entry<Person>, known: Option<Place>, mistakes: &mut Vec<Mistake>) -> Place {
    let found = place(entry).and_then(|place| {
        let mend = "give an address the extension geolocation, or name a document that knows the place";
        place.or(known).ok_or_else(|| entry.wrong("address", "no place is given", mend))
    });
    found.unwrap_or_else(|mistake| {
        mistakes.push(mistake);
        Place::at(0.0, 0.0)
    })
}

/// Adds the people of a list to those of the document, and returns their positions there.
fn all<T>(
    bundle: &mut Bundle,
    entries: Vec<Entry<Person>>,
    known: &mut Vec<T>,
    id_of: impl Fn(&T) -> &str,
    place_of: impl Fn(&mut T) -> &mut Place,
    new: impl Fn(String, Place) -> T,
) -> People {
    let mut people = People::new();
    for entry in &entries {
        if entry.resource.active == Some(false) {
            bundle.pass_over("people who are not active");
            continue;
        }
        let id = own_id(entry, &entry.resource.identifier);
        let at = known.iter().position(|one| id_of(one) == id);
        let before = at.map(|at| place_of(&mut known[at]).clone());
        let place = placed(entry, before, &mut bundle.mistakes);
        let at = match at {
            Some(at) => {
                *place_of(&mut known[at]) = place;
                at
            }
            None => {
                known.push(new(id, place));
                known.len() - 1
            }
        };
        people.add(entry, at);
    }
    people
}

pub(super) fn nurses(bundle: &mut Bundle, document: &mut Document) -> People {
    let entries = std::mem::take(&mut bundle.practitioners);
    all(bundle, entries, &mut document.nurses, |nurse| &nurse.id, |nurse| &mut nurse.home, Nurse::new)
}

pub(super) fn clients(bundle: &mut Bundle, document: &mut Document) -> People {
    let new = |id, location| Client::new(id, location, Vec::new());
    let entries = std::mem::take(&mut bundle.patients);
    all(bundle, entries, &mut document.clients, |client| &client.id, |client| &mut client.location, new)
}

/// First nurses and circles from care teams that are proposed or active.
pub(super) fn circles(bundle: &mut Bundle, document: &mut Document, clients: &People, nurses: &People) {
    for entry in std::mem::take(&mut bundle.teams) {
        let team = &entry.resource;
        if !matches!(team.status.as_deref(), None | Some("active" | "proposed")) {
            bundle.pass_over("care teams that are not active");
            continue;
        }
        let Some(client) = clients.find(team.subject.as_ref()) else {
            let mend = "give the Patient as well";
            bundle.mistakes.push(entry.wrong("subject.reference", said(team.subject.as_ref()), mend));
            continue;
        };
        let client = &mut document.clients[client];
        let mut circle: Vec<String> = Vec::new();
        for member in &team.participant {
            let has_role = |name: &str| member.role.iter().any(|role| role.text.as_deref() == Some(name));
            // Other members of a care team, such as a physician or the family, are not nurses of this team.
            let Some(nurse) = nurses.find(member.member.as_ref()).filter(|_| !has_role(STAND_IN)) else {
                continue;
            };
            let id = &document.nurses[nurse].id;
            if has_role(FIRST_NURSE) {
                client.first_nurse = Some(id.clone());
            }
            if !circle.contains(id) {
                circle.push(id.clone());
            }
        }
        if !circle.is_empty() {
            client.circle = circle;
        }
    }
}
