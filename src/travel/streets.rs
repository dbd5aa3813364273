//! The street graph inside a document.

use super::geometry::{metres, milliseconds};
use super::stretches::{Stretch, Stretches};
use crate::model::document::{Mode, ModeTable, Street, Streets};

/// A place further than this from every street of the document is a mistake, in metres.
pub(super) const SNAP_METRES: f64 = 2_000.0;

/// The streets that a mode may use. Streets that are wrong, in a document that was not checked, are left out, and so
/// are those that take more than a day: [`too_long`] names the latter.
pub(super) fn stretches(streets: &Streets, mode: Mode) -> Stretches {
    let allowed = streets.streets.iter().filter(|street| street.use_by.allows(mode));
    Stretches {
        nodes: streets.nodes.clone(),
        stretches: allowed.filter_map(|street| stretch_of(streets, street, mode)).collect(),
        seconds_per_metre: off_road(&streets.modes, mode),
    }
}

/// Numbers of the streets that are open to a mode and take more than a day.
pub(super) fn too_long(streets: &Streets, mode: Mode) -> impl Iterator<Item = usize> {
    let open = streets.streets.iter().enumerate().filter(move |(_, street)| street.use_by.allows(mode));
    open.filter(move |(_, street)| stretch_of(streets, street, mode).is_none()).map(|(number, _)| number)
}

/// A street in a mode; `None` where a node is missing or it takes more than a day.
fn stretch_of(streets: &Streets, street: &Street, mode: Mode) -> Option<Stretch> {
    let (a, b) = (streets.nodes.get(street.from as usize)?, streets.nodes.get(street.to as usize)?);
    let length = street.metres.unwrap_or_else(|| metres(*a, *b));
    let kmh = street.kmh.unwrap_or(f64::INFINITY).min(streets.modes.of(mode).kmh);
    let time = milliseconds(length, kmh, Stretch::LONGEST)?;
    let two_way = !(street.one_way && mode == Mode::Car);
    Some(Stretch {
        from: street.from,
        to: street.to,
        ahead: Some(time),
        back: two_way.then_some(time),
        has_doors: true,
    })
}

/// Seconds per metre between a place and the road, at the mode's speed but no faster than walking.
pub(super) fn off_road(modes: &ModeTable, mode: Mode) -> f64 {
    3.6 / modes.of(mode).kmh.min(modes.walk.kmh)
}
