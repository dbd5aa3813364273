//! How large a document may be. Generous for one neighbourhood (a team has at most 12 nurses and 60
//! clients), small enough that nothing derived from a document overflows or fills the memory.

use crate::error::Mistake;
use crate::model::Document;
use crate::model::document::{Days, Mode, Travel};

/// Most nurses.
pub const NURSES: usize = 100;
/// Most clients.
pub const CLIENTS: usize = 1_000;
/// Most care lines of a client.
pub const CARE_LINES: usize = 500;
/// Most shifts of a nurse.
pub const SHIFTS: usize = 200;
/// Most recurring shifts of a nurse.
pub const RECURRING: usize = 50;
/// Most exceptions of a recurring shift, and most dates that a nurse wishes off.
pub const EXCEPTIONS: usize = 1_000;
/// Most times that a client is away.
pub const AWAY: usize = 200;
/// Most other addresses of a client; of all clients together as many as there may be clients.
pub const ELSEWHERE: usize = 50;
/// Most meetings.
pub const MEETINGS: usize = 50;
/// Most visits over the horizon, all care lines together.
pub const VISITS: usize = 200_000;
/// Most entries of `competences`.
pub const COMPETENCES: usize = 50;
/// Most past visits.
pub const HISTORY: usize = 200_000;
/// Most pins.
pub const PINS: usize = 50_000;
/// Most locks.
pub const LOCKS: usize = 1_000;
/// Most absences.
pub const ABSENCES: usize = 10_000;
/// Most rows of a travel matrix.
pub const MATRIX_ROWS: usize = 2_000;
/// Most nodes of a street graph inside the document.
pub const STREET_NODES: usize = 20_000;
/// Most stretches of street.
pub const STREETS: usize = 60_000;
/// Most dates of a care line.
pub const DATES: usize = 10_000;
/// Most characters of an address.
pub const ADDRESS: usize = 200;

/// One mistake for each list that is too long.
pub(super) fn mistakes(document: &Document) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut bound = |length: usize, most: usize, path: &dyn Fn() -> String| {
        if length > most {
            mistakes.push(Mistake::new(path(), format!("{length} entries"), format!("give at most {most}")));
        }
    };
    bound(document.nurses.len(), NURSES, &|| "nurses".into());
    bound(document.clients.len(), CLIENTS, &|| "clients".into());
    bound(document.meetings.len(), MEETINGS, &|| "meetings".into());
    bound(document.history.visits.len(), HISTORY, &|| "history.visits".into());
    bound(document.agreements.pins.len(), PINS, &|| "agreements.pins".into());
    bound(document.agreements.locks.len(), LOCKS, &|| "agreements.locks".into());
    bound(document.agreements.absences.len(), ABSENCES, &|| "agreements.absences".into());

    let addresses = document.clients.iter().take(CLIENTS).map(|client| client.elsewhere.len()).sum();
    bound(addresses, CLIENTS, &|| "clients".to_owned() + " (elsewhere, all together)");

    // Entries beyond the bound of a list are not read: the message must not grow with the list.
    for (i, nurse) in document.nurses.iter().enumerate().take(NURSES) {
        bound(nurse.shifts.len(), SHIFTS, &|| format!("nurses[{i}].shifts"));
        bound(nurse.wished_off.weekdays.len(), 7, &|| format!("nurses[{i}].wished_off.weekdays"));
        bound(nurse.wished_off.dates.len(), EXCEPTIONS, &|| format!("nurses[{i}].wished_off.dates"));
        bound(nurse.recurring.len(), RECURRING, &|| format!("nurses[{i}].recurring"));
        for (j, shift) in nurse.recurring.iter().enumerate().take(RECURRING) {
            bound(shift.except.len(), EXCEPTIONS, &|| format!("nurses[{i}].recurring[{j}].except"));
            bound(shift.weekdays.len(), 7, &|| format!("nurses[{i}].recurring[{j}].weekdays"));
        }
        bound(nurse.competences.len(), COMPETENCES, &|| format!("nurses[{i}].competences"));
        bound(nurse.forbidden_clients.len(), CLIENTS, &|| format!("nurses[{i}].forbidden_clients"));
    }
    for (i, client) in document.clients.iter().enumerate().take(CLIENTS) {
        bound(client.care.len(), CARE_LINES, &|| format!("clients[{i}].care"));
        bound(client.away.len(), AWAY, &|| format!("clients[{i}].away"));
        bound(client.elsewhere.len(), ELSEWHERE, &|| format!("clients[{i}].elsewhere"));
        bound(client.circle.len(), NURSES, &|| format!("clients[{i}].circle"));
        bound(client.preferred_nurses.len(), NURSES, &|| format!("clients[{i}].preferred_nurses"));
        bound(client.forbidden_nurses.len(), NURSES, &|| format!("clients[{i}].forbidden_nurses"));
        for (j, care) in client.care.iter().enumerate().take(CARE_LINES) {
            bound(care.competences.len(), COMPETENCES, &|| format!("clients[{i}].care[{j}].competences"));
            if let Days::Dates(dates) = &care.days {
                bound(dates.len(), DATES, &|| format!("clients[{i}].care[{j}].days.dates"));
            }
        }
    }
    for (i, meeting) in document.meetings.iter().enumerate().take(MEETINGS) {
        bound(meeting.nurses.len(), NURSES, &|| format!("meetings[{i}].nurses"));
        if let Days::Dates(dates) = &meeting.days {
            bound(dates.len(), DATES, &|| format!("meetings[{i}].days.dates"));
        }
    }
    match &document.travel {
        Travel::Matrix(matrices) => {
            for mode in Mode::ALL {
                let rows = matrices.of(mode).map_or(0, Vec::len);
                bound(rows, MATRIX_ROWS, &|| format!("travel.matrix.{}", mode.name()));
            }
        }
        Travel::Streets(streets) => {
            bound(streets.nodes.len(), STREET_NODES, &|| "travel.streets.nodes".into());
            bound(streets.streets.len(), STREETS, &|| "travel.streets.streets".into());
        }
        Travel::Straight(_) | Travel::Osm(_) => {}
    }
    mistakes
}
