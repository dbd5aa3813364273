//! Travel times: of whole documents, of road extracts, of addresses.

mod addresses;
mod documents;
#[cfg(feature = "cli")]
#[allow(dead_code)]
#[path = "../common/folder.rs"]
mod folder;
mod osm;
#[cfg(feature = "cli")]
#[allow(dead_code)]
#[path = "../common/pbf.rs"]
mod pbf;
mod roads;
