//! Reads a bundle as a document: first the resources, then the people and the care that they describe.

use super::bundle::Bundle;
use super::timing::{Reading, no_time_zone};
use super::{availability, people, requests};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::{Horizon, Travel};
use crate::model::{Calendar, Document};
use jiff::tz::TimeZone;

/// At most this many mistakes are reported.
const MOST_TOLD: usize = 100;

/// What was read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ImportedBundle {
    /// The document, validated.
    pub document: Document,
    /// What was ignored or assumed, a sentence each.
    pub notes: Vec<String>,
}

/// A document from a bundle of FHIR R4 in JSON, of any type.
///
/// | resource | becomes |
/// | --- | --- |
/// | Patient | a client: its id, and its place from the extension `geolocation` of an address |
/// | ServiceRequest (active), CarePlan (activities with a timing) | care lines; one for each time of the day |
/// | CareTeam | first nurse and circle |
/// | Practitioner | a nurse: her id, and her home as for clients |
/// | PractitionerRole | recurring shifts (`availableTime`), absences (`notAvailable`) |
/// | Schedule, Slot | shifts: slots that touch one another are one; instead of `availableTime` where there are any |
///
/// All else is ignored: names, birth dates, reasons and diagnoses never reach the document. `known` is a document that
/// gives what FHIR does not say (places, levels, competences, streets, prices). People of the bundle keep what they
/// have there, except their care and shifts; a care line with a known id keeps what the bundle leaves open. People whom
/// the bundle does not name stay as they are.
///
/// # Units
/// `around_minutes`: where the bundle names a time of the day (09:00) and gives no window, care may start this many
/// minutes before it and as many after it. 0 means exactly then; more than 720 counts as 720. Times with an offset are
/// converted to local times in the horizon's time zone, which must be given. Parts of the day (`MORN`) become fixed
/// windows.
///
/// # Errors
/// `Document` for a horizon without a time zone; `TooLarge` beyond [`LONGEST`](super::LONGEST),
/// [`MOST_ENTRIES`](super::MOST_ENTRIES) or the sizes of documents; `Format` with every mistake (at most 100), each
/// with its path and the type and id of the resource; the error of [`Document::validate`] for the whole document.
pub fn read(
    text: &str,
    horizon: Horizon,
    around_minutes: u32,
    known: Option<&Document>,
) -> Result<ImportedBundle> {
    let calendar = Calendar::new(&horizon)?;
    let Some(zone) = horizon.time_zone.as_deref().and_then(|id| TimeZone::get(id).ok()) else {
        return Err(no_time_zone());
    };
    let last = calendar.date(i32::from(calendar.days()) - 1);
    let reading = Reading {
        zone: &zone,
        horizon: (horizon.first_day, last),
        around: around_minutes.saturating_mul(60).min(12 * 3600),
    };
    let mut bundle = Bundle::read(text)?;
    let mut document = match known {
        Some(known) => Document { horizon, ..known.clone() },
        None => Document::new(horizon, Travel::straight(), Vec::new(), Vec::new()),
    };
    let nurses = people::nurses(&mut bundle, &mut document);
    let clients = people::clients(&mut bundle, &mut document);
    if clients.is_empty() && nurses.is_empty() {
        let mend = "give a Bundle with Patient and Practitioner";
        bundle.mistakes.push(Mistake::new("Bundle.entry", "there is nobody in it", mend));
    }
    requests::care(&mut bundle, &mut document, &clients, &reading);
    availability::shifts(&mut bundle, &mut document, &nurses, &reading);
    people::circles(&mut bundle, &mut document, &clients, &nurses);
    let more = bundle.mistakes.len().saturating_sub(MOST_TOLD);
    bundle.mistakes.truncate(MOST_TOLD);
    if more > 0 {
        bundle.mistakes.push(Mistake::new("Bundle", format!("{more} more mistakes"), "mend these first"));
    }
    Error::from_mistakes(ErrorKind::Format, std::mem::take(&mut bundle.mistakes))?;
    document.validate()?;
    let mut notes: Vec<String> = Vec::new();
    for (kind, number) in &bundle.others {
        notes.push(format!("passed over {number} of {kind}"));
    }
    for (why, number) in &bundle.passed_over {
        notes.push(format!("{why}: {number}"));
    }
    Ok(ImportedBundle { document, notes })
}
