//! What to write in place of a value of another kind.

use super::super::tree::{Value, number};
use super::Shape;
use super::schema::{MOMENT, is_moment};
use super::words::{POINT, cut};
use serde_json::Value as Json;

/// How many levels of values within values a mend writes out.
pub(super) const SKETCHED: usize = 3;

impl<'a> Shape<'a> {
    /// What to write in place of a value of another kind.
    pub(super) fn mend(&self, kind: &str, schema: &'a Json, value: &Value) -> String {
        let sketch = || self.sketch(schema, "", SKETCHED);
        match (kind, value) {
            ("array", Value::Text(text)) => format!("write a list: [{}]", cut(text)),
            ("array", Value::Number(text)) => format!("write a list: [{}]", cut(text)),
            ("array", _) => format!("write a list: {}; [] is an empty one", sketch()),
            ("object", Value::List(_)) => match self.list_within(schema) {
                Some(name) => format!("name the list: {{{name}: [...]}}"),
                None => format!("write {}", sketch()),
            },
            ("object", _) => format!("write {}", sketch()),
            ("string", _) if is_moment(schema) => format!("write it in quotes: {MOMENT}"),
            ("string", _) => "write it in quotes".to_owned(),
            ("integer" | "number", Value::Text(text)) if number(text).is_none() => {
                let point = text.replacen(',', ".", 1);
                match number(point.trim()) {
                    Some(_) if kind == "number" => format!("{POINT} {}", cut(point.trim())),
                    _ => format!("write a number: {}", sketch()),
                }
            }
            ("integer", Value::Number(_)) => "write a whole number".to_owned(),
            ("integer" | "number", Value::Nothing | Value::Bool(_) | Value::List(_) | Value::Fields(_)) => {
                format!("write a number: {}", sketch())
            }
            ("integer" | "number", _) => "write the number without quotes".to_owned(),
            ("boolean", _) => "write true or false without quotes".to_owned(),
            _ => "leave it out".to_owned(),
        }
    }

    /// The field of an object that is a list, if exactly one of its fields is.
    pub(super) fn list_within(&self, schema: &'a Json) -> Option<&'a str> {
        let fields = schema.get("properties").and_then(Json::as_object)?;
        let is_list = |schema: &'a Json| self.resolve(schema).0.get("type") == Some(&Json::from("array"));
        let mut lists = fields.iter().filter(|(_, schema)| is_list(schema)).map(|(name, _)| name.as_str());
        lists.next().filter(|_| lists.next().is_none())
    }

    /// An example of a value of a schema, such as `{from: 7:00, to: 12:00}`. An object shows its required fields, or
    /// its first two if none is required; `depth` bounds how many levels of values within values are written out.
    pub(super) fn sketch(&self, schema: &'a Json, field: &str, depth: usize) -> String {
        let (schema, name) = self.resolve(schema);
        let choices = |name: &str| schema.get(name).and_then(Json::as_array);
        if let Some(first) = choices("anyOf").and_then(|all| all.first()) {
            return self.sketch(first, field, depth);
        }
        if let Some(word) = choices("enum").or_else(|| choices("oneOf")).and_then(|all| all.first()) {
            let word = word.get("const").unwrap_or(word);
            return word.as_str().unwrap_or("...").to_owned();
        }
        let kind = match schema.get("type") {
            Some(Json::String(kind)) => kind.as_str(),
            Some(Json::Array(all)) => all.first().and_then(Json::as_str).unwrap_or_default(),
            _ => "",
        };
        match kind {
            "string" if name == "TimeOfDay" && matches!(field, "to" | "end" | "latest_end") => {
                "12:00".to_owned()
            }
            "string" if name == "TimeOfDay" => "7:00".to_owned(),
            "string" if schema.get("format") == Some(&Json::from("date")) => "2026-03-02".to_owned(),
            "string" if is_moment(schema) => MOMENT.to_owned(),
            // The field holds the version of the format.
            "integer" if field.starts_with("kring") => "1".to_owned(),
            "integer" => "3".to_owned(),
            "number" => "30".to_owned(),
            "boolean" => "true".to_owned(),
            "array" | "object" if depth == 0 => "...".to_owned(),
            "array" => match schema.get("items") {
                Some(items) => format!("[{}]", self.sketch(items, field, depth - 1)),
                None => "[...]".to_owned(),
            },
            "object" => self.sketch_fields(schema, depth - 1),
            _ => "...".to_owned(),
        }
    }

    pub(super) fn sketch_fields(&self, schema: &'a Json, depth: usize) -> String {
        let Some(fields) = schema.get("properties").and_then(Json::as_object) else {
            return "{...}".to_owned();
        };
        let required = schema.get("required").and_then(Json::as_array).into_iter().flatten();
        let mut names: Vec<&str> = required.filter_map(Json::as_str).collect();
        if names.is_empty() {
            names.extend(fields.keys().map(String::as_str).take(2));
        }
        let known = names.iter().filter_map(|name| Some((*name, fields.get(*name)?)));
        let parts: Vec<String> =
            known.map(|(name, schema)| format!("{name}: {}", self.sketch(schema, name, depth))).collect();
        format!("{{{}}}", parts.join(", "))
    }
}
