//! `docs/document.md` lists every field of the document: form and unit, default, example, meaning. It is made from the JSON
//! Schema, so from the types and their documentation.
//!
//! `KRING_WRITE=1 cargo test --test document_page` writes the page anew after a change of the types.

mod examples;
mod render;

use examples::{DOCUMENTS, Examples};
use kring::Document;
use kring::data::json::schema;
use serde_json::Value;

#[test]
fn the_kept_page_is_current() {
    let schema: Value = serde_json::from_str(&schema()).expect("a schema");
    let page = render::page(&schema, &Examples::of(&schema));
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/document.md");
    if std::env::var_os("KRING_WRITE").is_some() {
        std::fs::write(&path, &page).expect("a file");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == page,
        "docs/document.md is not current; write it with KRING_WRITE=1 cargo test --test document_page"
    );
}

#[test]
fn the_examples_are_documents() {
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema()).expect("a schema"));
    let validator = validator.expect("a validator");
    for text in DOCUMENTS {
        let document: Value = serde_json::from_str(text).expect("JSON");
        if let Err(error) = validator.validate(&document) {
            panic!("{error} at {}", error.instance_path());
        }
        kring::read_document(text).expect("a document without mistakes");
    }
}

/// A default that the page states must be what the reader fills in, also where the schema does not state it.
#[test]
fn a_field_at_its_default_means_the_same_as_no_field() {
    let schema: Value = serde_json::from_str(&schema()).expect("a schema");
    let read = |document: &Value| serde_json::from_value::<Document>(document.clone()).expect("a document");
    let mut compared = 0;
    for ((of, field), example) in Examples::of(&schema).iter() {
        let Some(default) = render::default_of(&schema, of, field) else { continue };
        let mut without: Value = serde_json::from_str(DOCUMENTS[example.document]).expect("JSON");
        let mut stated = without.clone();
        let object = without.pointer_mut(&example.object).and_then(Value::as_object_mut);
        object.expect("an object").remove(field.as_str());
        let object = stated.pointer_mut(&example.object).and_then(Value::as_object_mut);
        object.expect("an object").insert(field.clone(), default);
        assert_eq!(read(&without), read(&stated), "{of}.{field}");
        compared += 1;
    }
    assert!(compared > 50, "{compared}");
}
