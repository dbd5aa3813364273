//! Values, kinds and names in the words of documents.

use super::super::tree::Value;
use super::schema::is_moment;
use crate::model::spelling::distance;
use serde_json::Value as Json;

/// Longest text of the document in a message, in characters.
const LONGEST_QUOTE: usize = 40;

/// What is wrong about `52,3777`.
pub(super) const POINT: &str = "decimals have a point, not a comma: write";

pub(super) fn joined(path: &str, name: &str) -> String {
    let name = cut(name);
    if path.is_empty() { name } else { format!("{path}.{name}") }
}

/// A kind of value, in the words of documents.
pub(super) fn expected(kind: &str, name: &str, schema: &Json) -> &'static str {
    match kind {
        _ if name == "TimeOfDay" => "a time of day",
        _ if schema.get("format") == Some(&Json::from("date")) => "a date",
        _ if is_moment(schema) => "a moment",
        "string" if schema.get("enum").is_some() => "a word",
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "an object with fields",
        _ => "nothing",
    }
}

/// A value, in the words of documents.
pub(super) fn found(value: &Value) -> String {
    match value {
        Value::Nothing => "nothing".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => format!("the number {}", cut(text)),
        Value::Text(text) => format!("the text {}", quoted(text)),
        Value::List(list) => format!("a list of {}", list.len()),
        Value::Fields(_) => "an object with fields".to_owned(),
    }
}

pub(super) fn cut(text: &str) -> String {
    let clean = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let mut short: String = clean.take(LONGEST_QUOTE).collect();
    if text.chars().nth(LONGEST_QUOTE).is_some() {
        short.push_str("...");
    }
    short
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", cut(text))
}

/// `did you mean "shifts"? ` where a known name differs by little; otherwise nothing.
pub(super) fn alike<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    nearest(name, known).map(|near| format!("did you mean \"{near}\"? ")).unwrap_or_default()
}

/// The known name that differs least from a name, if it differs by little; else the only one that begins with the name.
pub(super) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    if name.len() > 2 * LONGEST_QUOTE {
        return None;
    }
    let known: Vec<&str> = known.collect();
    let (edits, near) = known.iter().map(|known| (distance(name, known), *known)).min()?;
    if edits <= 1 + near.chars().count() / 5 {
        return Some(near);
    }
    let start = name.trim_end_matches('.').to_lowercase();
    let mut begun = known.into_iter().filter(|known| start.len() > 1 && known.starts_with(&start));
    begun.next().filter(|_| begun.next().is_none())
}
