//! Whatever text comes in: an answer or an error, never a panic; and an error of bounded length.

use kring::data::json::{LONGEST_TEXT, read_document, read_plan, write_document};
use kring::data::scenario::{Scenario, ScenarioOptions, generate};
use kring::error::ErrorKind;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// A small town: everything that a document can have, in some ten thousand bytes.
static TOWN: LazyLock<String> = LazyLock::new(|| {
    let options = ScenarioOptions {
        nurses: Some(6),
        clients: Some(8),
        days: Some(14),
        ..ScenarioOptions::new(Scenario::Flats)
    };
    let mut document = generate(&options).unwrap();
    document.history.visits.truncate(20);
    write_document(&document)
});

/// Reads a text as a document and as a plan. Documents that are accepted are written and read again.
fn read(text: &str) {
    match read_document(text) {
        Ok(document) => assert_eq!(read_document(&write_document(&document)).unwrap(), document),
        Err(error) => {
            assert!(!error.mistakes().is_empty());
            assert!(
                error.mistakes().iter().all(|mistake| !mistake.path.is_empty() && !mistake.mend.is_empty())
            );
            let shown = error.to_string();
            assert!(shown.len() < 1_000 * error.mistakes().len(), "{} bytes", shown.len());
        }
    }
    let _ = read_plan(text);
}

#[test]
fn a_field_without_a_name_is_in_the_document() {
    read("{\"\"");
    assert_eq!(read_document("{\"\": 1}").unwrap_err().mistakes()[0].path, "document");
}

/// Values that a field may not be made for.
fn hostile_value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        Just("NaN".to_owned()),
        Just("\"NaN\"".to_owned()),
        Just("Infinity".to_owned()),
        Just("1e309".to_owned()),
        Just("-1e308".to_owned()),
        Just("1e-320".to_owned()),
        Just("-0.0".to_owned()),
        Just("18446744073709551615".to_owned()),
        Just("18446744073709551616".to_owned()),
        Just("-9223372036854775809".to_owned()),
        Just("4294967296".to_owned()),
        Just("\"24:00\"".to_owned()),
        Just("\"00:00\"".to_owned()),
        Just("\"9999-12-31\"".to_owned()),
        Just("\"-009999-01-01\"".to_owned()),
        Just("\"2026-03-29\"".to_owned()),
        Just("\"\\u0000\"".to_owned()),
        Just("\"\\ud800\"".to_owned()),
        Just("[]".to_owned()),
        Just("{}".to_owned()),
        Just("[".repeat(200)),
        Just("{\"a\":".repeat(200)),
        any::<f64>().prop_map(|number| number.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<String>().prop_map(|text| Value::from(text).to_string()),
    ]
}

/// Every place in a document at which a value stands, as a JSON pointer.
fn pointers(value: &Value, at: String, all: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, part) in fields {
                pointers(part, format!("{at}/{key}"), all);
            }
        }
        // The first three of a list stand for the rest.
        Value::Array(list) => {
            for (i, part) in list.iter().enumerate().take(3) {
                pointers(part, format!("{at}/{i}"), all);
            }
        }
        _ => {}
    }
    all.push(at);
}

static TOWN_VALUE: LazyLock<(Value, Vec<String>)> = LazyLock::new(|| {
    let value: Value = serde_json::from_str(&TOWN).unwrap();
    let mut all = Vec::new();
    pointers(&value, String::new(), &mut all);
    (value, all)
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_cut_document_is_an_error(cut in any::<prop::sample::Index>()) {
        let text = TOWN.trim_end();
        let mut end = cut.index(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        prop_assert_eq!(read_document(&text[..end]).unwrap_err().kind(), ErrorKind::Syntax);
        read(&text[..end]);
    }

    #[test]
    fn bytes_changed_at_random_do_no_harm(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let mut bytes = TOWN.as_bytes().to_vec();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_hostile_value_anywhere_does_no_harm(place in any::<prop::sample::Index>(), value in hostile_value()) {
        // A mark in the place of the value, so that values that are not JSON can be tried as well.
        let (town, pointers) = &*TOWN_VALUE;
        let pointer = &pointers[place.index(pointers.len())];
        let mut document = town.clone();
        *document.pointer_mut(pointer).unwrap() = json!("<here>");
        read(&document.to_string().replace("\"<here>\"", &value));
    }

    #[test]
    fn two_parts_exchanged_do_no_harm(a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
        let (town, pointers) = &*TOWN_VALUE;
        let (a, b) = (&pointers[a.index(pointers.len())], &pointers[b.index(pointers.len())]);
        let mut document = town.clone();
        let part = town.pointer(b).unwrap().clone();
        *document.pointer_mut(a).unwrap() = part;
        read(&document.to_string());
    }

    #[test]
    fn any_text_does_no_harm(text in any::<String>()) {
        read(&text);
    }
}

#[test]
fn the_unharmed_document_is_read() {
    assert!(read_document(&TOWN).is_ok());
    assert!(TOWN_VALUE.1.len() > 200, "{} places", TOWN_VALUE.1.len());
}

#[test]
fn fields_given_twice_are_refused() {
    for field in ["kring", "horizon", "nurses", "clients", "travel", "agreements", "history", "prices"] {
        let value = &TOWN_VALUE.0[field];
        let twice = TOWN.replacen('{', &format!("{{\"{field}\": {value},"), 1);
        let error = read_document(&twice).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Syntax, "{field}");
        assert!(error.to_string().contains("given twice"), "{error}");
    }
}

#[test]
fn giant_lists_are_refused_soon() {
    let with = |pointer: &str, value: Value| {
        let mut document = TOWN_VALUE.0.clone();
        *document.pointer_mut(pointer).unwrap() = value;
        document.to_string()
    };
    let town = &TOWN_VALUE.0;
    let cases = [
        with("/nurses", vec![town["nurses"][0].clone(); 101].into()),
        with("/clients", vec![town["clients"][0].clone(); 1_001].into()),
        with("/history/visits", vec![town["history"]["visits"][0].clone(); 200_001].into()),
        with("/travel/streets/nodes", vec![json!([52.1, 5.2]); 20_001].into()),
        with("/travel/streets/streets", vec![json!({"from": 0, "to": 1}); 60_001].into()),
        with("/clients/0/care", vec![town["clients"][0]["care"][0].clone(); 501].into()),
        " ".repeat(LONGEST_TEXT + 1),
    ];
    for text in cases {
        let error = read_document(&text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    }
}

#[test]
fn deep_nesting_is_refused() {
    for open in ["[", "{\"a\":", "{\"nurses\":[", "{\"kring_plan\":1,\"tours\":["] {
        let text = open.repeat(1_000_000);
        assert_eq!(read_document(&text).unwrap_err().kind(), ErrorKind::Syntax);
        assert_eq!(read_plan(&text).unwrap_err().kind(), ErrorKind::Syntax);
    }
}
