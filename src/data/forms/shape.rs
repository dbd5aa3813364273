//! Whether a tree is of the form that a JSON Schema asks for: every mistake at once, in the words of documents.
//!
//! It knows the part of JSON Schema that the types of this crate make: objects with named fields, lists, choices
//! (`oneOf` of constants, of objects with one field, and of objects that a word in one of their fields tells apart), values of
//! one of several forms (`anyOf`), values that may be left out, whole numbers and numbers with
//! ranges, dates, times of day and moments.

use super::super::dates::read_date;
use super::tree::{Field, Node, Value, number};
use crate::error::Mistake;
use crate::model::Moment;
use crate::model::document::TimeOfDay;
use crate::model::spelling::distance;
use jiff::civil::Date;
use serde_json::Value as Json;

/// Mistakes kept; those beyond are only counted.
const MOST_KEPT: usize = 1_000;

/// Longest text of the document in a message, in characters.
const LONGEST_QUOTE: usize = 40;

/// Mistakes with which all names of fields are told.
const NAMED: usize = 20;

/// A moment, as examples have it.
const MOMENT: &str = "2026-03-02T06:30:00+01:00";

/// Characters of a date without a time.
const DATE_LENGTH: usize = "2026-03-02".len();

/// What is wrong about `52,3777`.
const POINT: &str = "decimals have a point, not a comma: write";

/// How deep values within values are written out in a mend.
const SKETCHED: usize = 3;

/// A schema, and what it found wrong so far.
pub(super) struct Shape<'a> {
    schema: &'a Json,
    /// Numbers without quotes may be read as text, as an id of digits.
    plain_text: bool,
    mistakes: Vec<Mistake>,
    not_kept: usize,
}

impl<'a> Shape<'a> {
    /// Every mistake in the form of a tree; numbers in place of text become text where `plain_text` says so.
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

    /// A value of one of several forms. One that has none of them is told by the mistakes beside the first form of its kind.
    fn any(&mut self, choices: &'a [Json], node: &mut Node, path: &str) {
        // Of a type that may be nothing, the other choice says what else.
        let is_nothing = matches!(node.value, Value::Nothing);
        let is_null = |choice: &&Json| choice.get("type") == Some(&Json::from("null"));
        if is_nothing && choices.iter().any(|choice| is_null(&choice)) {
            return;
        }
        let others: Vec<&Json> = choices.iter().filter(|choice| !is_null(choice)).collect();
        if let [other] = others[..] {
            return self.value(other, node, path);
        }
        let mut told: Option<Self> = None;
        for choice in others {
            let mut tried = Self { mistakes: Vec::new(), not_kept: 0, ..*self };
            let mut copy = node.clone();
            tried.value(choice, &mut copy, path);
            if tried.mistakes.is_empty() {
                *node = copy;
                return;
            }
            // (A value of another kind is one mistake at the value itself.)
            let is_of_kind = |shape: &Self| shape.mistakes.iter().any(|mistake| mistake.path != path);
            if told.as_ref().is_none_or(|first| !is_of_kind(first) && is_of_kind(&tried)) {
                told = Some(tried);
            }
        }
        let told = told.map(|told| told.mistakes).unwrap_or_default();
        let room = MOST_KEPT.saturating_sub(self.mistakes.len());
        self.not_kept += told.len().saturating_sub(room);
        self.mistakes.extend(told.into_iter().take(room));
    }

    /// An object of a form that the word in its field `tag` names.
    fn tagged(&mut self, tag: &str, choices: &'a [Json], node: &mut Node, path: &str) {
        let line = node.line;
        let named = node.text(tag).map(str::to_owned);
        let Value::Fields(fields) = &mut node.value else {
            let problem = format!("expected an object with fields, found {}", found(&node.value));
            return self.wrong(path, line, problem, format!("write an object with the field {tag}"));
        };
        let words = || choices.iter().filter_map(|choice| constant(choice, tag));
        let inside = joined(path, tag);
        let Some(named) = named else {
            return self.wrong(&inside, line, "the field is missing", "write it");
        };
        match choices.iter().find(|choice| constant(choice, tag) == Some(&named)) {
            Some(schema) => self.fields(schema, fields, line, path),
            None => {
                let all: Vec<&str> = words().collect();
                let mend = format!("{}write one of {}", alike(&named, words()), all.join(", "));
                self.wrong(&inside, line, format!("{} is not one of the choices", quoted(&named)), mend);
            }
        }
    }

    /// What to write in place of a value of another kind.
    fn mend(&self, kind: &str, schema: &'a Json, value: &Value) -> String {
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
            ("integer" | "number", _) => "write the number without quotes".to_owned(),
            ("boolean", _) => "write true or false without quotes".to_owned(),
            _ => "leave it out".to_owned(),
        }
    }

    /// The field of an object that is a list, where there is only one.
    fn list_within(&self, schema: &'a Json) -> Option<&'a str> {
        let fields = schema.get("properties").and_then(Json::as_object)?;
        let is_list = |schema: &'a Json| self.resolve(schema).0.get("type") == Some(&Json::from("array"));
        let mut lists = fields.iter().filter(|(_, schema)| is_list(schema)).map(|(name, _)| name.as_str());
        lists.next().filter(|_| lists.next().is_none())
    }

    /// What a value of a schema looks like: `{from: 7:00, to: 12:00}`. Of an object the fields that it must have, else its
    /// first two; `depth` bounds how far values within values are written out.
    fn sketch(&self, schema: &'a Json, field: &str, depth: usize) -> String {
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

    fn sketch_fields(&self, schema: &'a Json, depth: usize) -> String {
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

    /// Follows references; the name is that of the type.
    fn resolve(&self, mut schema: &'a Json) -> (&'a Json, &'a str) {
        let mut name = "";
        // References of types do not go in circles without a list or a field between them.
        while let Some(to) = schema.get("$ref").and_then(Json::as_str) {
            name = to.rsplit('/').next().unwrap_or_default();
            match self.schema.get("$defs").and_then(|defs| defs.get(name)) {
                Some(found) => schema = found,
                None => break,
            }
        }
        (schema, name)
    }

    /// One of some words, or an object with one of some fields.
    fn choice(&mut self, choices: &'a [Json], node: &mut Node, path: &str) {
        let words = choices.iter().flat_map(|choice| {
            let list = choice.get("enum").and_then(Json::as_array).into_iter().flatten();
            choice.get("const").into_iter().chain(list).filter_map(Json::as_str)
        });
        let words: Vec<&str> = words.collect();
        let property = |choice: &'a Json| choice.get("properties")?.as_object()?.iter().next();
        let objects: Vec<(&str, &Json)> =
            choices.iter().filter_map(property).map(|(name, schema)| (name.as_str(), schema)).collect();
        let mut all: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        all.extend(objects.iter().map(|(name, _)| format!("{name}: ...")));
        let all = all.join(", ");
        match &mut node.value {
            Value::Text(text) if words.contains(&text.as_str()) => {}
            Value::Text(text) => {
                let problem = format!("{} is not one of the choices", quoted(text));
                let mend = match objects.iter().find(|(name, _)| *name == text.as_str()) {
                    Some((name, schema)) => {
                        format!("say which: write {{{name}: {}}}", self.sketch(schema, name, SKETCHED))
                    }
                    None => {
                        let names = words.iter().chain(objects.iter().map(|(name, _)| name)).copied();
                        format!("{}write one of {all}", alike(text, names))
                    }
                };
                self.wrong(path, node.line, problem, mend);
            }
            Value::Fields(fields) if !objects.is_empty() => {
                let is_known = |field: &Field| objects.iter().any(|(name, _)| *name == field.name);
                let known = fields.iter().filter(|field| is_known(field)).count();
                if known == 1 && fields.len() > 1 {
                    for other in fields.iter().filter(|field| !is_known(field)) {
                        let problem = format!("the field {} is unknown here", quoted(&other.name));
                        self.wrong(&joined(path, &other.name), other.line, problem, "leave it out");
                    }
                    return;
                }
                let [field] = &mut fields[..] else {
                    let problem = format!("expected one field, found {}", fields.len());
                    return self.wrong(path, node.line, problem, format!("write one of {all}"));
                };
                let inside = joined(path, &field.name);
                match objects.iter().find(|(name, _)| *name == field.name) {
                    Some((_, schema)) => self.value(schema, &mut field.value, &inside),
                    None => {
                        let hint = alike(&field.name, objects.iter().map(|(name, _)| *name));
                        let problem = format!("{} is not one of the choices", quoted(&field.name));
                        self.wrong(&inside, field.line, problem, format!("{hint}write one of {all}"));
                    }
                }
            }
            other => {
                let problem = format!("expected one of {all}, found {}", found(other));
                // Of what is a list: which.
                let is_list =
                    |schema: &&'a Json| self.resolve(schema).0.get("type") == Some(&Json::from("array"));
                let lists = objects.iter().filter(|(_, schema)| is_list(schema));
                let lists: Vec<String> = lists.map(|(name, _)| format!("{{{name}: [...]}}")).collect();
                let mend = match other {
                    Value::List(_) if !lists.is_empty() => format!("say of what: {}", lists.join(" or ")),
                    _ => "write one of them".to_owned(),
                };
                self.wrong(path, node.line, problem, mend);
            }
        }
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
        let most = bound("maximum").or_else(|| match schema.get("format").and_then(Json::as_str) {
            Some("uint32") => Some(f64::from(u32::MAX)),
            _ => None,
        });
        if bound("minimum").is_some_and(|least| value < least) || most.is_some_and(|most| value > most) {
            let least = bound("minimum").unwrap_or(0.0);
            let mend = match most {
                Some(most) => format!("write a whole number from {least} to {most}"),
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

    /// For a field that is like no other: the names that there are. (Not with every one of many mistakes.)
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
        // Where unknown fields are passed over, one is a mistake only in the place of a field that is missing.
        let is_passed_over =
            |name: &str| others.is_none() && nearest(name, missing.iter().copied()).is_none();
        let mut meant = Vec::new();
        // The number of the field before, of which a decimal comma made two fields.
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
            // A name that was meant by another is told once.
            if !meant.contains(&name) {
                self.wrong(&joined(path, name), line, "the field is missing", "write it");
            }
        }
    }
}

/// Whether a text is a point in time.
fn is_moment(schema: &Json) -> bool {
    schema.get("format") == Some(&Json::from("date-time"))
}

/// The field whose word tells objects apart, where the choices are such objects.
fn tag(choices: &[Json]) -> Option<&str> {
    let first = choices.first()?.get("properties")?.as_object()?;
    let is_tag = |name: &&String| choices.iter().all(|choice| constant(choice, name).is_some());
    first.keys().find(is_tag).map(String::as_str)
}

/// The word that a field of an object must have.
fn constant<'a>(choice: &'a Json, field: &str) -> Option<&'a str> {
    choice.get("properties")?.get(field)?.get("const")?.as_str()
}

fn joined(path: &str, name: &str) -> String {
    let name = cut(name);
    if path.is_empty() { name } else { format!("{path}.{name}") }
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

/// A kind of value, in the words of documents.
fn expected(kind: &str, name: &str, schema: &Json) -> &'static str {
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
fn found(value: &Value) -> String {
    match value {
        Value::Nothing => "nothing".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => format!("the number {}", cut(text)),
        Value::Text(text) => format!("the text {}", quoted(text)),
        Value::List(list) => format!("a list of {}", list.len()),
        Value::Fields(_) => "an object with fields".to_owned(),
    }
}

fn cut(text: &str) -> String {
    let clean = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let mut short: String = clean.take(LONGEST_QUOTE).collect();
    if text.chars().nth(LONGEST_QUOTE).is_some() {
        short.push_str("...");
    }
    short
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", cut(text))
}

/// `did you mean "shifts"? ` where a known name differs by little; otherwise nothing.
fn alike<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    nearest(name, known).map(|near| format!("did you mean \"{near}\"? ")).unwrap_or_default()
}

/// The known name that differs least from a name, if by little; else the only one that begins with it.
fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
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
