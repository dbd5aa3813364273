//! From the schema and the examples to the page.

use crate::examples::Examples;
use kring::model::{Term, Unit};
use serde_json::Value;

const INTRODUCTION: &str = "\
# The document, field by field

<!-- Made by tests/document_page from the types; KRING_WRITE=1 cargo test --test document_page writes it anew. -->

A document describes one neighbourhood. This page lists every field of it; [guide.md](guide.md) builds a document step by step, and
[the JSON Schema](../schema/document.schema.json) is for editors and programs. Everything below holds for JSON, YAML and TOML alike.

- Field names are exact: an unknown field is a mistake, with a suggestion where the spelling is close.
- A field whose default is given as **required** must be there; every other may be left out. \"None\": nothing is filled in for it.
- Dates are `YYYY-MM-DD`. Times of day are local to the time zone of the horizon, from `00:00` to `24:00`. Both ends of a period
  (`from` and `until`) are included.
- All prices are minutes of a nurse's time. They and all other defaults are assumptions for a team to discuss.
- Mistakes of form are all reported at once, and where there are none those of meaning, each with its path, the id concerned and the line.
";

/// Longest value that is printed in a table.
const LONGEST: usize = 64;

/// Defaults that the schema does not state, because a field at its default is not written.
const UNSTATED: [(&str, &str); 8] = [
    ("Care.every_weeks", "1"),
    ("Client.weight", "1.0"),
    ("Meeting.every_weeks", "1"),
    ("Nurse.leaves_from", "\"home\""),
    ("Nurse.returns_to", "\"home\""),
    ("RecurringShift.every_weeks", "1"),
    ("Street.one_way", "false"),
    ("Street.use_by", "\"all\""),
];

/// Units of numbers other than prices. A name ending in a dot stands for all fields of a type.
const UNITS: [(&str, &[&str]); 13] = [
    (
        "minutes",
        &[
            "Care.minutes",
            "Client.known_faces_under_minutes",
            "Meeting.minutes",
            "Prices.changed_hour_tolerance",
            "Prices.least_tour",
            "Prices.preferred_start_tolerance",
            "RecurringShift.break_minutes",
            "RegularHour.within_minutes",
            "Shift.break_minutes",
        ],
    ),
    ("minutes of a nurse's time, each visit", &["UnplannedPrices."]),
    (
        "factor",
        &[
            "Client.weight",
            "Lock.factor",
            "Prices.notice_hour",
            "Prices.notice_later",
            "Prices.notice_today",
            "Straight.detour",
        ],
    ),
    ("weeks", &["Care.every_weeks", "History.weeks", "Meeting.every_weeks", "RecurringShift.every_weeks"]),
    ("days", &["History.half_life_days", "Horizon.days", "PerWeek.min_gap"]),
    ("hours a week", &["Nurse.contract_hours"]),
    ("visits a week", &["PerWeek.times"]),
    ("seconds", &["Matrices.", "ModeSpeed.stop_seconds"]),
    ("km/h", &["ModeSpeed.kmh", "Street.kmh"]),
    ("metres", &["Osm.snap_metres", "Street.metres"]),
    ("degrees", &["Place.lat", "Place.lon", "Streets.nodes"]),
    ("number of a node, from 0", &["Street.from", "Street.to"]),
    (
        "",
        &[
            "Care.level",
            "Days.patterns",
            "Document.kring",
            "MaxFaces.count",
            "Monthly.day",
            "Monthly.nth",
            "Nurse.level",
            "Place.index",
        ],
    ),
];

/// The whole page.
pub fn page(schema: &Value, examples: &Examples) -> String {
    let mut page = INTRODUCTION.to_owned();
    for of in types(schema) {
        let definition = definition(schema, &of);
        page += &format!("\n## {of}\n\n{}\n", paragraphs(&definition["description"]));
        if definition["properties"].is_object() {
            page += "\n| field | form and unit | default | example | meaning |\n| --- | --- | --- | --- | --- |\n";
            for field in fields(definition) {
                page += &row(schema, examples, &of, &field);
            }
        } else if let Some(choices) = definition["oneOf"].as_array() {
            page += "\n| value | meaning |\n| --- | --- |\n";
            for choice in choices {
                page += &format!(
                    "| {} | {} |\n",
                    written(examples, &of, choice),
                    meaning(&choice["description"])
                );
            }
        } else if let Some(values) = definition["enum"].as_array() {
            let values: Vec<String> = values.iter().map(code).collect();
            page += &format!("\nOne of {}.\n", values.join(", "));
        }
    }
    page
}

/// Default of a field that may be left out; `None` if it is required or if leaving it out has a meaning of its own.
pub fn default_of(schema: &Value, of: &str, field: &str) -> Option<Value> {
    let definition = definition(schema, of);
    let property = &definition["properties"][field];
    if property.is_null() || is_required(definition, field) {
        return None;
    }
    if let Some(default) = property.get("default") {
        return Some(default.clone());
    }
    let name = format!("{of}.{field}");
    if let Some((_, default)) = UNSTATED.iter().find(|(unstated, _)| *unstated == name) {
        return Some(serde_json::from_str(default).expect("JSON"));
    }
    if property["type"] == "array" {
        return Some(Value::Array(Vec::new()));
    }
    let may_be_null = property["type"].as_array().is_some_and(|types| types.contains(&"null".into()))
        || property["anyOf"].as_array().is_some_and(|any| any.iter().any(|one| one["type"] == "null"));
    if may_be_null {
        return None;
    }
    assert!(property["$ref"].is_string(), "{name} has no default: state it in UNSTATED");
    Some(serde_json::json!({}))
}

/// Every type, in the order in which a reader from the top meets it.
fn types(schema: &Value) -> Vec<String> {
    fn visit(schema: &Value, part: &Value, found: &mut Vec<String>) {
        for name in references(part) {
            if !found.contains(&name) {
                found.push(name.clone());
                let definition = definition(schema, &name);
                for field in fields(definition) {
                    visit(schema, &definition["properties"][&field], found);
                }
                visit(schema, &definition["oneOf"], found);
            }
        }
    }
    let mut found = vec!["Document".to_owned()];
    for field in fields(schema) {
        visit(schema, &schema["properties"][&field], &mut found);
    }
    let defined = schema["$defs"].as_object().expect("definitions").len();
    assert_eq!(found.len(), defined + 1, "a type that no field leads to");
    found
}

fn definition<'a>(schema: &'a Value, of: &str) -> &'a Value {
    if of == "Document" { schema } else { &schema["$defs"][of] }
}

/// Fields of a type: the required ones first, in the order of the type.
fn fields(definition: &Value) -> Vec<String> {
    let texts = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let mut fields = texts(&definition["required"]);
    let all = definition["properties"].as_object().into_iter().flat_map(|fields| fields.keys());
    let optional: Vec<String> = all.filter(|field| !fields.contains(field)).cloned().collect();
    fields.extend(optional);
    fields
}

fn is_required(definition: &Value, field: &str) -> bool {
    definition["required"].as_array().is_some_and(|required| required.iter().any(|one| one == field))
}

/// Names of the types that a part of the schema refers to.
fn references(part: &Value) -> Vec<String> {
    match part {
        Value::Object(object) => {
            let own =
                object.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix("#/$defs/"));
            own.map(str::to_owned).into_iter().chain(object.values().flat_map(references)).collect()
        }
        Value::Array(values) => values.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

fn row(schema: &Value, examples: &Examples, of: &str, field: &str) -> String {
    let definition = definition(schema, of);
    let property = &definition["properties"][field];
    let form = form(property);
    let unit = if form.contains("number") { unit(of, field) } else { String::new() };
    let comma = if unit.is_empty() { "" } else { ", " };
    let default = match default_of(schema, of, field) {
        _ if is_required(definition, field) => "**required**".to_owned(),
        Some(default) => short(&default, "each field at its default"),
        None => "none".to_owned(),
    };
    let example = short(examples.get(of, field), "see there");
    format!(
        "| `{field}` | {form}{comma}{unit} | {default} | {example} | {} |\n",
        meaning(&property["description"])
    )
}

/// The form of a value in words, with links to types.
fn form(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
        return link(name);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        return form(any.iter().find(|one| one["type"] != "null").expect("a form"));
    }
    let types = schema["type"].as_array().and_then(|types| types.iter().find(|one| *one != "null"));
    match types.unwrap_or(&schema["type"]).as_str().expect("a type") {
        "string" if schema["format"] == "date" => "date".to_owned(),
        "string" => "text".to_owned(),
        "boolean" => "`true` or `false`".to_owned(),
        "integer" => "whole number".to_owned(),
        "number" => "number".to_owned(),
        "array" => match form(&schema["items"]) {
            list if list.starts_with("list") => format!("list of {}", list.replacen("list", "lists", 1)),
            one if one.starts_with('[') => format!("list of {one}"),
            one if one == "text" => "list of texts".to_owned(),
            one => format!("list of {one}s"),
        },
        other => panic!("a form that the page has no words for: {other}"),
    }
}

fn link(name: &str) -> String {
    format!("[{name}](#{})", name.to_lowercase())
}

fn unit(of: &str, field: &str) -> String {
    let name = format!("{of}.{field}");
    let stands_for = |listed: &str| listed == name || (listed.ends_with('.') && name.starts_with(listed));
    if let Some((unit, _)) = UNITS.iter().find(|(_, names)| names.iter().any(|listed| stands_for(listed))) {
        return (*unit).to_owned();
    }
    let term = Term::ALL.iter().find(|term| of == "Prices" && term.price_name() == field);
    let term = term.unwrap_or_else(|| panic!("{name} is a number without a unit: state it in UNITS"));
    match term.unit() {
        Unit::MinuteOfStart | Unit::MinuteOfTour | Unit::MinuteOfWeek => {
            "minutes of a nurse's time, each minute".to_owned()
        }
        unit => format!("minutes of a nurse's time, each {unit}"),
    }
}

/// How a choice is written.
fn written(examples: &Examples, of: &str, choice: &Value) -> String {
    match fields(choice).first() {
        Some(field) => {
            let form = form(&choice["properties"][field]);
            let mut example = serde_json::Map::new();
            example.insert(field.clone(), examples.get(of, field).clone());
            let example = short(&Value::Object(example), "");
            format!("`{field}`: {form}{}{example}", if example.is_empty() { "" } else { "; " })
        }
        None => code(&choice["const"]),
    }
}

/// A value as code, or other words where it is long.
fn short(value: &Value, otherwise: &str) -> String {
    Some(code(value)).filter(|code| code.len() <= LONGEST).unwrap_or_else(|| otherwise.to_owned())
}

fn code(value: &Value) -> String {
    format!("`{}`", json(value))
}

/// JSON on one line, with a space behind colons and commas, and whole numbers without `.0`.
fn json(value: &Value) -> String {
    match value {
        Value::Array(values) => format!("[{}]", values.iter().map(json).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(name, value)| format!("\"{name}\": {}", json(value))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Number(number) => number.to_string().trim_end_matches(".0").to_owned(),
        other => other.to_string(),
    }
}

/// A description in a cell of a table.
fn meaning(description: &Value) -> String {
    linked(&description.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "))
        .replace('|', "\\|")
}

/// A description as paragraphs; headings of documentation are not headings of the page.
fn paragraphs(description: &Value) -> String {
    let text = description.as_str().unwrap_or_default();
    let lines = text
        .lines()
        .map(|line| line.strip_prefix("# ").map_or(line.to_owned(), |heading| format!("*{heading}:*")));
    linked(&lines.collect::<Vec<_>>().join("\n"))
}

/// Links of the API documentation as links of the page: ``[`Shift::end`]`` leads to the type.
fn linked(text: &str) -> String {
    let mut linked = String::new();
    let mut rest = text;
    while let Some((before, name, after)) = next_link(rest) {
        linked += before;
        linked += &match name.split_once("::") {
            Some((of, field)) => format!("`{field}` of {}", link(of)),
            None => link(name),
        };
        rest = after;
    }
    linked + rest
}

fn next_link(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("[`")?;
    let (name, after) = rest.split_once("`]")?;
    Some((before, name, after))
}
