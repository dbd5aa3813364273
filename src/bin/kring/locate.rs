//! `kring locate`.

use crate::args::Locate;
use crate::ending::{Ending, Failure};
use crate::files;
use crate::library::{Located, MOST_ASKED, NamedPlace, hides, locate_in};
use crate::output::{note, print, short};

/// Longest address, in characters.
const LONGEST: usize = 200;

pub fn run(asked: &Locate) -> Result<Ending, Failure> {
    if asked.addresses.len() > MOST_ASKED {
        return Err(Failure(format!("{} addresses; give at most {MOST_ASKED}", asked.addresses.len())));
    }
    if let Some(long) = asked.addresses.iter().find(|address| address.chars().count() > LONGEST) {
        return Err(Failure(format!("{:?}: give at most {LONGEST} characters", short(long))));
    }
    let found = locate_in(&asked.extract, &asked.addresses)
        .map_err(|error| files::failure(&asked.extract, &error))?;
    let mut ending = Ending::Done;
    for (address, located) in asked.addresses.iter().zip(&found) {
        match &located.places[..] {
            [place] => print(&line(place))?,
            _ => {
                ending = Ending::NotAll;
                note(&format!("kring: {}", not_found(address, located)));
            }
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

/// What is ambiguous or unknown, with what there is.
fn not_found(address: &str, located: &Located) -> String {
    let list =
        |places: &[NamedPlace]| places.iter().map(|place| format!("\n  {}", line(place))).collect::<String>();
    if !located.places.is_empty() {
        let (count, list) = (located.places.len(), list(&located.places));
        return format!(
            "{address:?} is the name of {count} places; say which, with the town behind a comma:{list}"
        );
    }
    if located.near.is_empty() {
        return format!(
            "{address:?} is not in the extract, nor anything like it; write a street and a number, or a name"
        );
    }
    format!("{address:?} is not in the extract; did you mean one of these?{}", list(&located.near))
}
