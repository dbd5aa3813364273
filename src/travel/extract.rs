//! The file of an extract that a document names: a plain one below the folder of the document.

use crate::error::{Error, ErrorKind, Mistake, Result};
use std::path::{Component, Path, PathBuf};

/// The path of a file named in a document, if it lies within the folder of the document, links followed.
pub(super) fn within(base: &Path, file: &str) -> Result<PathBuf> {
    let wrong = |problem: String| {
        let mend = "name a .osm.pbf file within the folder of the document";
        Error::new(ErrorKind::File, Mistake::new("travel.osm.file", problem, mend))
    };
    let shown: String = file.chars().take(80).collect();
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    if !Path::new(file).components().all(is_plain) {
        return Err(wrong(format!("{shown:?} leads out of the folder of the document")));
    }
    // The folder of a document without one is the present one.
    let base = if base.as_os_str().is_empty() { Path::new(".") } else { base };
    let real = |path: &Path| path.canonicalize().map_err(|why| wrong(format!("{shown:?}: {why}")));
    let (folder, path) = (real(base)?, real(&base.join(file))?);
    if !path.starts_with(&folder) {
        return Err(wrong(format!("{shown:?} is a link out of the folder of the document")));
    }
    Ok(path)
}
