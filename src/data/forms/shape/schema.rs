//! Questions about a schema: whether it describes a moment, and which field tells its choices apart.

use serde_json::Value as Json;

/// The moment that messages give as an example.
pub(super) const MOMENT: &str = "2026-03-02T06:30:00+01:00";

/// Whether a schema asks for a point in time.
pub(super) fn is_moment(schema: &Json) -> bool {
    schema.get("format") == Some(&Json::from("date-time"))
}

/// The field whose word tells the choices apart, if all of them are objects with such a field.
pub(super) fn tag(choices: &[Json]) -> Option<&str> {
    let first = choices.first()?.get("properties")?.as_object()?;
    let is_tag = |name: &&String| choices.iter().all(|choice| constant(choice, name).is_some());
    first.keys().find(is_tag).map(String::as_str)
}

/// The word that a field of an object must have.
pub(super) fn constant<'a>(choice: &'a Json, field: &str) -> Option<&'a str> {
    choice.get("properties")?.get(field)?.get("const")?.as_str()
}
