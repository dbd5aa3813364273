//! Any bytes as a document in YAML (first byte even) or TOML (odd): an error, or a document that is written as YAML and JSON and
//! read again unchanged.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run forms -- -max_total_time=300`

#![no_main]

use kring::data::text::{Form, read_document, warnings, write_document};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, text)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let form = if first % 2 == 0 { Form::Yaml } else { Form::Toml };
    match read_document(text, form) {
        Ok(document) => {
            warnings(&document, text, form);
            for form in [Form::Yaml, Form::Json] {
                let written = write_document(&document, form).expect("a small document");
                assert_eq!(read_document(&written, form).as_ref(), Ok(&document), "{written}");
            }
        }
        Err(error) => assert!(!error.mistakes().is_empty()),
    }
});
