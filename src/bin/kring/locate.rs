//! `kring locate`.

use crate::args::Locate;
use crate::ending::{Ending, Failure};
use crate::files;
use crate::library::{LONGEST_ADDRESS, MOST_ASKED, NamedPlace, hides, locate_in};
use crate::output::{note, print, short};
use crate::preparing::saying;

pub fn run(asked: &Locate) -> Result<Ending, Failure> {
    if asked.addresses.len() > MOST_ASKED {
        return Err(Failure(format!("{} addresses; give at most {MOST_ASKED}", asked.addresses.len())));
    }
    if let Some(long) = asked.addresses.iter().find(|address| address.chars().count() > LONGEST_ADDRESS) {
        return Err(Failure(format!("{:?}: give at most {LONGEST_ADDRESS} characters", short(long))));
    }
    let found = saying("reading the extract", || locate_in(&asked.extract, &asked.addresses))
        .map_err(|error| files::failure(&asked.extract, &error))?;
    let mut ending = Ending::Done;
    for (number, (address, located)) in (1..).zip(asked.addresses.iter().zip(&found)) {
        if let Some(mistake) = located.mistake(&format!("address {number}"), address) {
            ending = Ending::NotAll;
            note(&format!("kring: {mistake}"));
        } else if let Some(place) = located.places.first() {
            print(&line(place))?;
        }
    }
    Ok(ending)
}

/// Such as `{lat: 52.10231, lon: 5.21830}  # Kerkstraat 12, Zeist`, to be put in a document.
fn line(place: &NamedPlace) -> String {
    let NamedPlace { name, lat, lon } = place;
    let name: String = name.chars().map(|c| if hides(c) { '\u{fffd}' } else { c }).collect();
    format!("{{lat: {lat:.6}, lon: {lon:.6}}}  # {name}")
}
