//! The places of a document, in the order in which travel times count them.

use super::document::{Document, Place};
use jiff::civil::Date;
use std::fmt;

/// What a place is in the document. Displayed as its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum PlaceName {
    /// The home of a nurse.
    Home(usize),
    /// The location of a client.
    Client(usize),
    /// Another address of a client for some days.
    Elsewhere { client: usize, stay: usize },
    /// The office.
    Office,
    /// The place of a meeting.
    Meeting(usize),
}

impl PlaceName {
    /// Where a client is on a date.
    pub(crate) fn of_client(document: &Document, client: usize, date: Date) -> Self {
        let stay = document.clients.get(client).and_then(|client| client.stay_on(date));
        stay.map_or(PlaceName::Client(client), |stay| PlaceName::Elsewhere { client, stay })
    }

    /// The place of this name, if the document has it.
    #[cfg(any(feature = "page", feature = "exchange"))]
    pub(crate) fn find(self, document: &Document) -> Option<&Place> {
        match self {
            PlaceName::Home(nurse) => document.nurses.get(nurse).map(|nurse| &nurse.home),
            PlaceName::Client(client) => document.clients.get(client).map(|client| &client.location),
            PlaceName::Elsewhere { client, stay } => {
                document.clients.get(client)?.elsewhere.get(stay).map(|stay| &stay.location)
            }
            PlaceName::Office => document.office.as_ref(),
            PlaceName::Meeting(meeting) => document.meetings.get(meeting)?.location.as_ref(),
        }
    }
}

impl fmt::Display for PlaceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PlaceName::Home(nurse) => write!(f, "nurses[{nurse}].home"),
            PlaceName::Client(client) => write!(f, "clients[{client}].location"),
            PlaceName::Meeting(meeting) => write!(f, "meetings[{meeting}].location"),
            PlaceName::Office => f.write_str("office"),
            PlaceName::Elsewhere { client, stay } => {
                write!(f, "clients[{client}].elsewhere[{stay}].location")
            }
        }
    }
}

/// Every place of a document, in the order of [`TravelTimes`](super::TravelTimes): homes of nurses, locations of clients,
/// their other addresses client by client, the office, then places of meetings.
///
/// # Complexity
/// Linear in the places.
pub(crate) fn places(document: &Document) -> Vec<(PlaceName, &Place)> {
    let homes = document.nurses.iter().enumerate().map(|(i, nurse)| (PlaceName::Home(i), &nurse.home));
    let clients = || document.clients.iter().enumerate();
    let locations = clients().map(|(i, client)| (PlaceName::Client(i), &client.location));
    let elsewhere = clients().flat_map(|(client, facts)| {
        let name = move |stay| PlaceName::Elsewhere { client, stay };
        facts.elsewhere.iter().enumerate().map(move |(stay, other)| (name(stay), &other.location))
    });
    let office = document.office.iter().map(|office| (PlaceName::Office, office));
    let meetings = document.meetings.iter().enumerate();
    let meetings =
        meetings.filter_map(|(i, meeting)| Some((PlaceName::Meeting(i), meeting.location.as_ref()?)));
    homes.chain(locations).chain(elsewhere).chain(office).chain(meetings).collect()
}

/// The same places in the same order, to be changed.
pub(crate) fn places_mut(document: &mut Document) -> Vec<&mut Place> {
    let mut all: Vec<&mut Place> = document.nurses.iter_mut().map(|nurse| &mut nurse.home).collect();
    let mut elsewhere = Vec::new();
    for client in &mut document.clients {
        all.push(&mut client.location);
        elsewhere.extend(client.elsewhere.iter_mut().map(|stay| &mut stay.location));
    }
    all.extend(elsewhere);
    all.extend(&mut document.office);
    all.extend(document.meetings.iter_mut().filter_map(|meeting| meeting.location.as_mut()));
    all
}
