//! Road graphs from OpenStreetMap extracts.
//!
//! ```text
//! bytes ── guard ──> osmpbf ── profile ──> OsmRoads ──> Stretches (one per mode)
//!          sizes,    decodes   tags to
//!          sums                passages
//! ```
//! The file is read once for all modes. With the feature `osm` off, everything here answers with
//! [`ErrorKind::Feature`].

#[cfg(feature = "osm")]
mod addresses;
#[cfg(feature = "osm")]
mod guard;
mod located;
#[cfg(feature = "osm")]
mod maxspeed;
#[cfg(all(test, feature = "osm"))]
#[path = "../../../tests/common/pbf.rs"]
pub(super) mod pbf_tests;
#[cfg(feature = "osm")]
mod profile;
#[cfg(feature = "osm")]
mod read;
#[cfg(all(test, feature = "osm"))]
mod read_tests;
mod roads;
#[cfg(feature = "osm")]
mod wire;

#[cfg(feature = "osm")]
pub use addresses::locate;
pub use located::{Located, MOST_ASKED, NamedPlace};
pub use roads::OsmRoads;

#[cfg(feature = "osm")]
use crate::error::GO_ON;
use crate::error::{Error, ErrorKind, Mistake, Result, Stop};
use roads::PATH;
use std::path::Path;

/// Reads the roads of an OpenStreetMap extract from the bytes of an `.osm.pbf` file.
///
/// Any bytes end in roads or in an error: lengths, counts and sums are checked before the decoder
/// sees them.
///
/// # Errors
/// `Format` for bytes that are not an OpenStreetMap extract, `TooLarge` for a file of more than 512 MiB, more
/// than 2 GiB unpacked, or more roads than a region has; `Feature` without the feature `osm`.
///
/// # Complexity
/// O(n log n) for n bytes unpacked.
#[cfg(feature = "osm")]
pub fn read_osm(bytes: &[u8]) -> Result<OsmRoads> {
    read::roads(bytes, GO_ON)
}

/// Says that the feature `osm` was not compiled in.
///
/// # Errors
/// `Feature`, always.
#[cfg(not(feature = "osm"))]
pub fn read_osm(_bytes: &[u8]) -> Result<OsmRoads> {
    let problem = "kring was compiled without the feature osm";
    let mend = "compile it with --features osm, or give travel in another way";
    Err(Error::new(ErrorKind::Feature, Mistake::new(PATH, problem, mend)))
}

/// Looks up addresses and names in a file: see [`locate`].
///
/// # Errors
/// `File` for anything but a readable plain file, otherwise as [`read_osm`].
#[cfg(feature = "osm")]
pub fn locate_in(file: &Path, asked: &[String]) -> Result<Vec<Located>> {
    locate(&bytes_of(file)?, asked)
}

/// Says that the feature `osm` was not compiled in.
///
/// # Errors
/// `Feature`, always.
#[cfg(not(feature = "osm"))]
pub fn locate_in(_file: &Path, _asked: &[String]) -> Result<Vec<Located>> {
    read_osm(&[]).map(|_| Vec::new())
}

/// [`locate`] for any number of addresses; `stop` ends the work early.
#[cfg(feature = "osm")]
pub(super) fn locate_all(bytes: &[u8], asked: &[&str], stop: Stop<'_>) -> Result<Vec<Located>> {
    let mut found = Vec::with_capacity(asked.len());
    for some in asked.chunks(MOST_ASKED) {
        found.extend(addresses::locate_until(bytes, some, stop)?);
    }
    Ok(found)
}

#[cfg(not(feature = "osm"))]
pub(super) fn locate_all(_bytes: &[u8], _asked: &[&str], _: Stop<'_>) -> Result<Vec<Located>> {
    read_osm(&[]).map(|_| Vec::new())
}

/// [`read_osm`]; `stop` ends the work early.
#[cfg(feature = "osm")]
pub(super) fn roads_of(bytes: &[u8], stop: Stop<'_>) -> Result<OsmRoads> {
    read::roads(bytes, stop)
}

#[cfg(not(feature = "osm"))]
pub(super) fn roads_of(_bytes: &[u8], _: Stop<'_>) -> Result<OsmRoads> {
    read_osm(&[])
}

/// The bytes of a plain file that is not too large.
#[cfg(feature = "osm")]
pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    use std::io::Read;
    let unreadable = |why: String| {
        let problem = format!("{}: {why}", path.display());
        let mend = "name a readable .osm.pbf file; that of a document is relative to its folder";
        Error::new(ErrorKind::File, Mistake::new(PATH, problem, mend))
    };
    // Checked before the file is opened: opening a pipe would wait for somebody who writes to it.
    let about = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?;
    if !about.is_file() {
        return Err(unreadable("not a plain file".to_owned()));
    }
    let file = std::fs::File::open(path).map_err(|error| unreadable(error.to_string()))?;
    let mut bytes = Vec::new();
    // Reads at most one byte more than is accepted, in case the file grows meanwhile.
    let mut limited = file.take(read::MAX_BYTES as u64 + 1);
    if about.len() <= read::MAX_BYTES as u64 {
        limited.read_to_end(&mut bytes).map_err(|error| unreadable(error.to_string()))?;
    }
    if about.len() > read::MAX_BYTES as u64 {
        return Err(read::too_large("bytes", about.len(), read::MAX_BYTES as u64));
    }
    Ok(bytes)
}

#[cfg(not(feature = "osm"))]
pub(super) fn bytes_of(_path: &Path) -> Result<Vec<u8>> {
    read_osm(&[]).map(|_| Vec::new())
}
