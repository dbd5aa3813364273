//! The description of the service (OpenAPI 3.1), made from the types: those of the service by utoipa, those of kring by the
//! JSON schemas that kring derives for them.

use crate::problem::Warning;
use kring::{Document, Plan};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use utoipa::openapi::schema::{ObjectBuilder, Schema};
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder, RefOr};
use utoipa::{PartialSchema, ToSchema};

/// Stands for a type of kring until [`complete`] puts its schema there.
macro_rules! of_kring {
    ($($place:ident = $name:literal;)*) => {$(
        pub struct $place;

        impl PartialSchema for $place {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().into()
            }
        }

        impl ToSchema for $place {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }
        }
    )*};
}

of_kring! {
    DocumentBody = "Document";
    PlanBody = "Plan";
    EventsBody = "Events";
    UnplannedBody = "Unplanned";
}

pub type Events = EventsBody;

/// A place for a visit: `kring::Fit`.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what kring::Fit is written as")]
pub struct FitPlace {
    /// Client id.
    client: String,
    /// Which of the visits in `left_out`, from 0.
    visit: u32,
    /// Care line id.
    care: String,
    /// The day.
    #[schema(value_type = String, format = Date)]
    date: (),
    /// Nurse id.
    nurse: String,
    /// When care would start.
    #[schema(value_type = String)]
    start: (),
    /// What it would change: `total` and `terms`, in thousandths of a second of a nurse's time.
    #[schema(value_type = Object)]
    cost: (),
    /// Seconds more on the road.
    road_seconds: i64,
    /// Whether she would be a face more for the client.
    face: bool,
}

/// Where visits fit, and which visits were to be placed.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes the answer that is written")]
pub struct FitsAnswer {
    /// The visits to be placed, without reasons: those that the plan leaves out, that events added, and those of a nurse whom events
    /// took away. None: there is nothing to place.
    left_out: Vec<UnplannedBody>,
    /// The cheapest place with each nurse on each day, visit by visit, cheapest first. None although visits are left out: they have no place.
    fits: Vec<FitPlace>,
    /// What the events say and probably do not mean, the first 100 of it. Left out where there is nothing.
    #[schema(required = false)]
    warnings: Vec<Warning>,
}

/// What holds for all requests.
pub fn head() -> OpenApi {
    let info = InfoBuilder::new()
        .title("kring service")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Plans neighbourhood nursing. Every request but /health and /openapi.json needs the bearer token."));
    OpenApiBuilder::new().info(info.build()).build()
}

/// The description as JSON, with the schemas of kring and the token.
pub fn complete(description: &OpenApi) -> String {
    let mut whole = serde_json::to_value(description).unwrap_or_default();
    let components = &mut whole["components"];
    for (name, schema) in schemas_of_kring() {
        components["schemas"][name] = schema;
    }
    components["securitySchemes"] = json!({ "token": { "type": "http", "scheme": "bearer" } });
    whole["security"] = json!([{ "token": [] }]);
    whole.to_string()
}

/// The schemas of documents, plans and events, and of all that they hold.
fn schemas_of_kring() -> Map<String, Value> {
    let settings =
        SchemaSettings::draft2020_12().with(|all| all.definitions_path = "/components/schemas".into());
    let mut generator = settings.into_generator();
    for (name, found) in [
        (Document::schema_name(), generator.subschema_for::<Document>()),
        (Plan::schema_name(), generator.subschema_for::<Plan>()),
        (kring::model::Events::schema_name(), generator.subschema_for::<kring::model::Events>()),
    ] {
        debug_assert!(found.get("$ref").is_some(), "{name} is a definition");
    }
    generator.take_definitions(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names that both sides would use would hide one of the two.
    #[test]
    fn no_type_of_the_service_has_the_name_of_one_of_kring() {
        let of_kring = schemas_of_kring();
        for name in ["Document", "Plan", "Events"] {
            assert!(of_kring[name]["properties"].is_object(), "{name}");
        }
        for name in [
            "Job",
            "JobList",
            "Limits",
            "Found",
            "Problem",
            "Mistake",
            "Warning",
            "State",
            "Task",
            "FitPlace",
            "FitsAnswer",
            "FitsQuestion",
        ] {
            assert!(!of_kring.contains_key(name), "{name}");
        }
    }
}
