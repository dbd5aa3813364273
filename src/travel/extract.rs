//! The file of an extract, read once for its addresses and its roads.

use super::osm::{Located, OsmRoads, bytes_of, locate_all, roads_of};
use crate::error::{Error, ErrorKind, Mistake, Result, Stop};
use std::path::{Component, Path, PathBuf};

/// The bytes of an extract.
pub(super) struct Extract(Vec<u8>);

impl Extract {
    /// The extract that a document in the folder `base` names: a plain file below this folder.
    pub(super) fn of_document(base: &Path, file: &str) -> Result<Self> {
        Self::open(&within(base, file)?)
    }

    pub(super) fn open(path: &Path) -> Result<Self> {
        bytes_of(path).map(Self)
    }

    /// The places that it has for each address.
    pub(super) fn locate(&self, asked: &[&str], stop: Stop<'_>) -> Result<Vec<Located>> {
        locate_all(&self.0, asked, stop)
    }

    pub(super) fn roads(&self, stop: Stop<'_>) -> Result<OsmRoads> {
        roads_of(&self.0, stop)
    }
}

/// The path of a file named in a document, if it lies within the folder of the document, links followed.
fn within(base: &Path, file: &str) -> Result<PathBuf> {
    let wrong = |problem: String| {
        let mend = "name a .osm.pbf file within the folder of the document";
        Error::new(ErrorKind::File, Mistake::new("travel.osm.file", problem, mend))
    };
    let shown: String = file.chars().take(80).collect();
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    if !Path::new(file).components().all(is_plain) {
        return Err(wrong(format!("{shown:?} leads out of the folder of the document")));
    }
    // A document without a folder lies in the current one.
    let base = if base.as_os_str().is_empty() { Path::new(".") } else { base };
    let real = |path: &Path| path.canonicalize().map_err(|why| wrong(format!("{shown:?}: {why}")));
    let (folder, path) = (real(base)?, real(&base.join(file))?);
    if !path.starts_with(&folder) {
        return Err(wrong(format!("{shown:?} is a link out of the folder of the document")));
    }
    Ok(path)
}
