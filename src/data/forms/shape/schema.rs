//! What a schema says of itself.

use serde_json::Value as Json;

/// A moment, as examples have it.
pub(super) const MOMENT: &str = "2026-03-02T06:30:00+01:00";

/// Whether a text is a point in time.
pub(super) fn is_moment(schema: &Json) -> bool {
    schema.get("format") == Some(&Json::from("date-time"))
}

/// The field whose word tells objects apart, where the choices are such objects.
pub(super) fn tag(choices: &[Json]) -> Option<&str> {
    let first = choices.first()?.get("properties")?.as_object()?;
    let is_tag = |name: &&String| choices.iter().all(|choice| constant(choice, name).is_some());
    first.keys().find(is_tag).map(String::as_str)
}

/// The word that a field of an object must have.
pub(super) fn constant<'a>(choice: &'a Json, field: &str) -> Option<&'a str> {
    choice.get("properties")?.get(field)?.get("const")?.as_str()
}
