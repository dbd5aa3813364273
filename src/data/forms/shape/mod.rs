//! Checks whether a tree has the form that a JSON Schema asks for. It reports every mistake at once, in the words of
//! documents.
//!
//! It knows the part of JSON Schema that is generated from the types of this crate: objects with named fields, lists,
//! choices (`oneOf` of constants, of objects with one field, and of objects that are told apart by a word in one of
//! their fields), values of one of several forms (`anyOf`), values that may be left out, whole numbers and numbers with
//! ranges, dates, times of day and moments.

mod choices;
mod mend;
mod schema;
mod words;

use super::super::dates::read_date;
use super::tree::{Field, Node, Value, number};
use crate::error::Mistake;
use crate::model::Moment;
use crate::model::document::TimeOfDay;
use jiff::civil::Date;
use schema::{MOMENT, is_moment, tag};
use serde_json::Value as Json;
use words::{POINT, alike, cut, expected, found, joined, nearest, quoted};

/// At most this many mistakes are kept; further ones are only counted.
const MOST_KEPT: usize = 1_000;

/// Once there are this many mistakes, messages about unknown fields no longer list all known names.
const NAMED: usize = 20;

/// Characters of a date without a time.
const DATE_LENGTH: usize = "2026-03-02".len();

/// A schema, and the mistakes that were found against it so far.
pub(super) struct Shape<'a> {
    schema: &'a Json,
    /// Whether a number without quotes is read as text where the schema asks for text, for example as an id of digits.
    plain_text: bool,
    mistakes: Vec<Mistake>,
    not_kept: usize,
}

impl<'a> Shape<'a> {
    /// Every mistake in the form of a tree. With `plain_text`, numbers in place of text become text.
    pub(super) fn check(schema: &'a Json, node: &mut Node, plain_text: bool) -> Vec<Mistake> {
        let mut shape = Self { schema, plain_text, mistakes: Vec::new(), not_kept: 0 };
        shape.value(schema, node, "");
        if shape.not_kept > 0 {
            let problem = format!("{} more mistakes", shape.not_kept);
            shape.mistakes.push(Mistake::new("document", problem, "mend those above first"));
        }
        shape.mistakes
    }

    #[cold]
    fn wrong(&mut self, path: &str, line: u32, problem: impl Into<String>, mend: impl Into<String>) {
        if self.mistakes.len() >= MOST_KEPT {
            self.not_kept += 1;
            return;
        }
        let path = if path.is_empty() { "document" } else { path };
        self.mistakes.push(Mistake::new(path, problem, mend).on_line(line as usize));
    }

    fn value(&mut self, schema: &'a Json, node: &mut Node, path: &str) {
        let (schema, name) = self.resolve(schema);
        if let Some(choices) = schema.get("anyOf").and_then(Json::as_array) {
            return self.any(choices, node, path);
        }
        if let Some(choices) = schema.get("oneOf").and_then(Json::as_array) {
            return match tag(choices) {
                Some(tag) => self.tagged(tag, choices, node, path),
                None => self.choice(choices, node, path),
            };
        }
        let types: Vec<&str> = match schema.get("type") {
            Some(Json::String(one)) => vec![one],
            Some(Json::Array(all)) => all.iter().filter_map(Json::as_str).collect(),
            _ => return,
        };
        if self.plain_text
            && types.contains(&"string")
            && let Value::Number(text) = &mut node.value
        {
            node.value = Value::Text(std::mem::take(text));
        }
        let fits = types.iter().any(|&kind| is_of(kind, &node.value));
        if !fits {
            let kind = types.first().copied().unwrap_or_default();
            let expected = expected(kind, name, schema);
            return self.wrong(
                path,
                node.line,
                format!("expected {expected}, found {}", found(&node.value)),
                self.mend(kind, schema, &node.value),
            );
        }
        let line = node.line;
        match &mut node.value {
            Value::Text(text) => self.text(schema, name, text, line, path),
            Value::Number(text) => self.range(schema, text, line, path),
            Value::List(list) => self.list(schema, list, line, path),
            Value::Fields(fields) => self.fields(schema, fields, line, path),
            Value::Nothing | Value::Bool(_) => {}
        }
    }

    /// Follows references. Returns the schema referred to and the name of its type.
    fn resolve(&self, mut schema: &'a Json) -> (&'a Json, &'a str) {
        let mut name = "";
        // The loop ends: types refer to each other in a circle only through a list or a field.
        while let Some(to) = schema.get("$ref").and_then(Json::as_str) {
            name = to.rsplit('/').next().unwrap_or_default();
            match self.schema.get("$defs").and_then(|defs| defs.get(name)) {
                Some(found) => schema = found,
                None => break,
            }
        }
        (schema, name)
    }

    fn text(&mut self, schema: &'a Json, name: &str, text: &str, line: u32, path: &str) {
        if let Some(words) = schema.get("enum").and_then(Json::as_array) {
            let words: Vec<&str> = words.iter().filter_map(Json::as_str).collect();
            if !words.contains(&text) {
                let hint = alike(text, words.iter().copied());
                let problem = format!("{} is not one of the choices", quoted(text));
                self.wrong(path, line, problem, format!("{hint}write one of {}", words.join(", ")));
            }
        } else if schema.get("format") == Some(&Json::from("date")) {
            if text.parse::<Date>().is_err() {
                let problem = format!("{} is not a date", quoted(text));
                let mend = match read_date(text) {
                    Ok(date) => format!("write year, month and day: {date}"),
                    Err(_) => "write year, month and day: 2026-03-02".to_owned(),
                };
                self.wrong(path, line, problem, mend);
            }
        } else if is_moment(schema) {
            if text.parse::<Moment>().is_err() {
                let problem = format!("{} is not a moment", quoted(text));
                let mend = match text.parse::<jiff::civil::DateTime>() {
                    Ok(local) if text.len() > DATE_LENGTH => {
                        format!("add the offset from UTC: {local}+01:00, or {local}Z for UTC")
                    }
                    _ => format!("write day, time and offset from UTC: {MOMENT}"),
                };
                self.wrong(path, line, problem, mend);
            }
        } else if name == "TimeOfDay" && text.parse::<TimeOfDay>().is_err() {
            let problem = format!("{} is not a time of day", quoted(text));
            self.wrong(path, line, problem, "write HH:MM or HH:MM:SS, at most 24:00");
        }
    }

    fn range(&mut self, schema: &'a Json, text: &str, line: u32, path: &str) {
        let Some(value) = number(text).and_then(|number| number.as_f64()) else {
            let problem = format!("{} is not a number that can be held", cut(text));
            return self.wrong(path, line, problem, "write a smaller number");
        };
        let bound = |name: &str| schema.get(name).and_then(Json::as_f64);
        // Whole numbers have a range by their type; the document's own ranges are checked when it is validated.
        let is_u32 = schema.get("format").and_then(Json::as_str) == Some("uint32");
        let most = bound("maximum").or_else(|| is_u32.then_some(f64::from(u32::MAX)));
        let is_too_large = most.is_some_and(|most| value > most);
        if is_too_large || bound("minimum").is_some_and(|least| value < least) {
            let least = bound("minimum").unwrap_or(0.0);
            let mend = match bound("maximum") {
                Some(most) => format!("write a whole number from {least} to {most}"),
                None if is_too_large => "write a smaller whole number".to_owned(),
                None => format!("write a whole number of at least {least}"),
            };
            self.wrong(path, line, format!("{} is out of range", cut(text)), mend);
        }
    }

    fn list(&mut self, schema: &'a Json, list: &mut [Node], line: u32, path: &str) {
        let length = |name: &str| schema.get(name).and_then(Json::as_u64).map(|length| length as usize);
        let (least, most) = (length("minItems").unwrap_or(0), length("maxItems").unwrap_or(usize::MAX));
        if !(least..=most).contains(&list.len()) {
            let problem = format!("expected {least} entries, found {}", list.len());
            return self.wrong(path, line, problem, format!("write {least} entries"));
        }
        let Some(items) = schema.get("items") else { return };
        for (i, entry) in list.iter_mut().enumerate() {
            self.value(items, entry, &format!("{path}[{i}]"));
        }
    }

    /// What to write in place of a field that resembles no known one: the known names, unless there are many mistakes
    /// already.
    fn names_here(&self, known: Option<&serde_json::Map<String, Json>>) -> String {
        match known {
            Some(known) if !known.is_empty() && self.mistakes.len() < NAMED => {
                let names: Vec<&str> = known.keys().map(String::as_str).collect();
                format!("leave it out, or write one of {}", names.join(", "))
            }
            _ => "leave it out, or see the schema for the names".to_owned(),
        }
    }

    fn fields(&mut self, schema: &'a Json, fields: &mut [Field], line: u32, path: &str) {
        let none = serde_json::Map::new();
        let known = schema.get("properties").and_then(Json::as_object);
        let others = schema.get("additionalProperties");
        let required = schema.get("required").and_then(Json::as_array).into_iter().flatten();
        let missing: Vec<&str> = required
            .filter_map(Json::as_str)
            .filter(|name| fields.iter().all(|field| field.name != *name))
            .collect();
        // Where the schema allows unknown fields, one is a mistake only if its name resembles that of a missing field.
        let is_passed_over =
            |name: &str| others.is_none() && nearest(name, missing.iter().copied()).is_none();
        let mut meant = Vec::new();
        // The value of the field before if it is a number: in `{lat: 52,3777}` the comma makes two fields, `lat: 52`
        // and `3777`.
        let mut before: Option<String> = None;
        for field in fields.iter_mut() {
            let inside = joined(path, &field.name);
            let whole = before.take();
            if let Value::Number(text) = &field.value.value {
                before = Some(text.clone());
            }
            match (known.and_then(|known| known.get(&field.name)), others) {
                (Some(schema), _) => self.value(schema, &mut field.value, &inside),
                (None, Some(schema)) if schema.is_object() => self.value(schema, &mut field.value, &inside),
                (None, _) if is_passed_over(&field.name) => {}
                (None, _) => {
                    let names = known.unwrap_or(&none).keys().map(String::as_str);
                    let near = nearest(&field.name, names);
                    meant.extend(near);
                    let is_number =
                        !field.name.is_empty() && field.name.bytes().all(|byte| byte.is_ascii_digit());
                    let mend = match near {
                        _ if is_number => match &whole {
                            Some(whole) => format!("{POINT} {}.{}", cut(whole), cut(&field.name)),
                            None => format!("{POINT} 52.3777"),
                        },
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => self.names_here(known),
                    };
                    let problem = format!("the field {} is unknown here", quoted(&field.name));
                    self.wrong(&inside, field.line, problem, mend);
                }
            }
        }
        for name in missing {
            // A missing field is not reported again if an unknown field was already taken for it.
            if !meant.contains(&name) {
                let schema = known.and_then(|known| known.get(name));
                let mend = match schema.map(|schema| self.sketch(schema, name, 1)) {
                    Some(sketch) if !sketch.contains("...") => format!("write it, such as {name}: {sketch}"),
                    _ => "write it".to_owned(),
                };
                self.wrong(&joined(path, name), line, "the field is missing", mend);
            }
        }
    }
}

fn is_of(kind: &str, value: &Value) -> bool {
    match value {
        Value::Nothing => kind == "null",
        Value::Bool(_) => kind == "boolean",
        Value::Number(text) => match kind {
            "number" => true,
            "integer" => !text.contains(['.', 'e', 'E']),
            _ => false,
        },
        Value::Text(_) => kind == "string",
        Value::List(_) => kind == "array",
        Value::Fields(_) => kind == "object",
    }
}
