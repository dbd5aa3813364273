//! The public API, one line an item, is listed in `docs/public-api.txt`: a change of it shows in the commit that makes it.
//!
//! `.ci/api` compares, and `KRING_WRITE=1 .ci/api` writes the list anew. A line that is gone or reads differently breaks
//! those who depend on kring, and the changelog says so; a new line does not.

use std::path::Path;

#[test]
#[ignore = "reads what .ci/api has made"]
fn the_public_api_is_the_listed_one() {
    let json =
        Path::new(&std::env::var("KRING_API").expect(".ci/api says where the JSON of rustdoc is")).to_owned();
    let api = public_api::Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .expect("JSON of rustdoc, as the crate public-api reads it");
    let found: String = api.items().map(|item| format!("{item}\n")).collect();
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/public-api.txt");
    if std::env::var_os("KRING_WRITE").is_some() {
        std::fs::write(&list, &found).expect("a file");
    }
    let due = std::fs::read_to_string(&list).unwrap_or_default();
    let lines = |text: &str, other: &str, sign: char| -> String {
        let lines = text.lines().filter(|line| !other.lines().any(|known| known == *line));
        lines.map(|line| format!("{sign} {line}\n")).collect()
    };
    let difference = lines(&due, &found, '-') + &lines(&found, &due, '+');
    assert!(
        due == found,
        "not what docs/public-api.txt lists (KRING_WRITE=1 .ci/api writes it anew):\n{difference}"
    );
}
