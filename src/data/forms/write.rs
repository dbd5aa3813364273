//! A tree as YAML for people: what fits a line stands in one, the rest is indented by two.

use super::tree::{Field, Node, Value};
use super::yaml::is_plain_text;

/// Longest line that holds a whole list or object, indentation included.
const WIDTH: usize = 110;

/// Lists and objects with more levels are not put in one line.
const LEVELS_IN_LINE: usize = 2;

/// The text of a tree; YAML reads the same values from it.
///
/// # Complexity
/// O(length of the text x levels).
pub(super) fn yaml(root: &Node) -> String {
    let mut text = String::new();
    block(&root.value, 0, &mut text);
    text
}

/// Appends a value on lines of its own.
fn block(value: &Value, indent: usize, text: &mut String) {
    let blank = " ".repeat(indent);
    match value {
        Value::Fields(fields) if !fields.is_empty() => {
            for Field { name, value, .. } in fields {
                text.push_str(&format!("{blank}{}:", scalar(name)));
                let room = WIDTH.saturating_sub(indent + name.len() + 2);
                match in_line(&value.value, LEVELS_IN_LINE).filter(|line| line.chars().count() <= room) {
                    Some(line) => text.push_str(&format!(" {line}\n")),
                    None => {
                        text.push('\n');
                        block(&value.value, indent + 2, text);
                    }
                }
            }
        }
        Value::List(list) if !list.is_empty() => {
            for entry in list {
                let room = WIDTH.saturating_sub(indent + 2);
                match in_line(&entry.value, LEVELS_IN_LINE).filter(|line| line.chars().count() <= room) {
                    Some(line) => text.push_str(&format!("{blank}- {line}\n")),
                    None => {
                        // The first line of the entry stands behind the mark.
                        let start = text.len();
                        block(&entry.value, indent + 2, text);
                        text.replace_range(start + indent..start + indent + 2, "- ");
                    }
                }
            }
        }
        // A text that does not fit on the line of its field.
        other => text.push_str(&format!("{blank}{}\n", in_line(other, 0).unwrap_or_default())),
    }
}

/// A value in one line; `None` if it has more than `levels` levels.
fn in_line(value: &Value, levels: usize) -> Option<String> {
    Some(match value {
        Value::Nothing => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => text.clone(),
        Value::Text(text) => scalar(text),
        Value::List(list) if list.is_empty() => "[]".to_owned(),
        Value::Fields(fields) if fields.is_empty() => "{}".to_owned(),
        Value::List(_) | Value::Fields(_) if levels == 0 => return None,
        Value::List(list) => {
            let parts: Option<Vec<String>> =
                list.iter().map(|entry| in_line(&entry.value, levels - 1)).collect();
            format!("[{}]", parts?.join(", "))
        }
        Value::Fields(fields) => {
            let part = |field: &Field| {
                Some(format!("{}: {}", scalar(&field.name), in_line(&field.value.value, levels - 1)?))
            };
            format!("{{{}}}", fields.iter().map(part).collect::<Option<Vec<String>>>()?.join(", "))
        }
    })
}

/// A text, in quotes where it could be read as something else.
fn scalar(text: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    let mut letters = text.chars().peekable();
    let mut is_plain = text.starts_with(|c: char| c.is_alphanumeric()) && !text.ends_with([' ', ':']);
    while let Some(c) = letters.next() {
        // A colon, as in a time of day, is part of a word before a digit only.
        let within = match c {
            ' ' => true,
            ':' => letters.peek().is_some_and(char::is_ascii_digit),
            c => is_word(c),
        };
        is_plain &= within;
    }
    if is_plain && is_plain_text(text) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::super::yaml::read;
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value as Json;

    fn written(json: &Json) -> String {
        yaml(&read(&json.to_string(), &mut Vec::new()).unwrap())
    }

    #[test]
    fn what_is_small_stands_in_a_line_and_what_looks_like_something_else_in_quotes() {
        let json = serde_json::json!({
            "horizon": {"first_day": "2026-03-02", "days": 7},
            "list": [{"id": "007", "at": "07:00", "label": "Ann: the first", "many": [[1, [2]], []]}, "true", "a b"],
        });
        let expected = "horizon: {days: 7, first_day: 2026-03-02}\nlist:\n  - at: 07:00\n    id: \"007\"\n    \
                        label: \"Ann: the first\"\n    many:\n      - [1, [2]]\n      - []\n  - \"true\"\n  - a b\n";
        assert_eq!(written(&json), expected);
    }

    fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<i64>().prop_map(Json::from),
            any::<String>().prop_map(Json::from),
            "[a-z0-9:.,#'\" {}\\[\\]&*!|>%@`?~+-]{0,12}".prop_map(Json::from),
            Just(Json::from("1e5")),
        ];
        leaf.prop_recursive(4, 48, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
                prop::collection::btree_map("[a-z0-9:.,#'\" {}&*!?-]{0,9}", inner, 0..6)
                    .prop_map(|fields| Json::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same(json in any_json()) {
            let text = written(&json);
            let again = read(&text, &mut Vec::new()).unwrap_or_else(|wrong| panic!("{wrong:?}\n{text}"));
            prop_assert_eq!(again.into_json(), json, "{}", text);
        }
    }
}
