//! A document as it was written, before it has a type: values with the lines on which they stand.

use serde_json::{Map, Number};

/// A value and its line.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Counted from 1.
    pub(super) line: u32,
    pub(super) value: Value,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Nothing,
    Bool(bool),
    /// A number as it was written, so that an id of digits can still be read as text.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Fields(Vec<Field>),
}

/// A field of an object. Names may repeat, which the reader reports.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) line: u32,
    pub(super) value: Node,
}

/// Bytes of text that weigh as much as one value.
const BYTES_PER_VALUE: usize = 32;

impl Node {
    /// How much memory a copy takes, in values.
    ///
    /// # Complexity
    /// Linear in the size of the value.
    pub(super) fn weight(&self) -> usize {
        1 + match &self.value {
            Value::Nothing | Value::Bool(_) => 0,
            Value::Number(text) | Value::Text(text) => text.len() / BYTES_PER_VALUE,
            Value::List(list) => list.iter().map(Node::weight).sum(),
            Value::Fields(fields) => {
                fields.iter().map(|field| field.name.len() / BYTES_PER_VALUE + field.value.weight()).sum()
            }
        }
    }

    /// The value of a field.
    pub(super) fn field(&self, name: &str) -> Option<&Node> {
        match &self.value {
            Value::Fields(fields) => fields.iter().find(|field| field.name == name).map(|field| &field.value),
            _ => None,
        }
    }

    /// The text of a field, such as an id.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match &self.field(name)?.value {
            Value::Text(text) | Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The value without its lines. A number that JSON cannot hold becomes null; the check of the shape has refused it
    /// before.
    pub(super) fn into_json(self) -> serde_json::Value {
        use serde_json::Value as Json;
        match self.value {
            Value::Nothing => Json::Null,
            Value::Bool(value) => Json::Bool(value),
            Value::Number(text) => number(&text).map_or(Json::Null, Json::Number),
            Value::Text(text) => Json::String(text),
            Value::List(list) => Json::Array(list.into_iter().map(Node::into_json).collect()),
            Value::Fields(fields) => {
                let named = fields.into_iter().map(|field| (field.name, field.value.into_json()));
                Json::Object(named.collect::<Map<String, Json>>())
            }
        }
    }
}

/// The number that a text stands for: decimal digits with or without sign, point and exponent.
pub(super) fn number(text: &str) -> Option<Number> {
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Ok(whole) = text.parse::<u64>() {
        return Some(whole.into());
    }
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    text.parse::<f64>().ok().and_then(Number::from_f64)
}
