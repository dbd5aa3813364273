//! The made-up village, before anybody has a circle.

use kring::{Document, read_document};
use std::path::Path;

/// A neighbourhood in which nobody has a circle yet.
pub fn village() -> Document {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/neighbourhoods/village.json");
    let mut document = read_document(&std::fs::read_to_string(file).expect("a file")).expect("a document");
    document.clients.iter_mut().for_each(|client| client.circle.clear());
    document
}
