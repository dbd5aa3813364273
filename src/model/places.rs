//! The places of a document, in the order in which travel times count them.

use super::document::{Document, Place};
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
}

impl fmt::Display for PlaceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PlaceName::Home(nurse) => write!(f, "nurses[{nurse}].home"),
            PlaceName::Client(client) => write!(f, "clients[{client}].location"),
            PlaceName::Office => f.write_str("office"),
            PlaceName::Elsewhere { client, stay } => write!(f, "clients[{client}].elsewhere[{stay}].location"),
        }
    }
}

/// Every place of a document, in the order of [`TravelTimes`](super::TravelTimes): homes of nurses, locations of clients,
/// their other addresses client by client, then the office.
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
    homes.chain(locations).chain(elsewhere).chain(office).collect()
}
