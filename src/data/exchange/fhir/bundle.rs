//! The resources of a bundle that are read, and how they refer to one another.

use super::ids::SYSTEM;
use super::resources::{
    CarePlan, CareTeam, Identifier, Person, PractitionerRole, Reference, Schedule, ServiceRequest, Slot,
};
use super::timing::shown;
use crate::data::json;
use crate::error::{Error, ErrorKind, Mistake, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// Longest bundle that is read, in bytes: 32 MiB.
pub const LONGEST: usize = json::LONGEST_TEXT;

/// Most entries of a bundle.
pub const MOST_ENTRIES: usize = 200_000;

/// A resource with where it stands.
pub(super) struct Entry<T> {
    /// The path, such as `entry[3].resource`.
    path: String,
    /// Type and id, such as `Patient p1`.
    of: String,
    pub(super) id: String,
    /// Names of the resource by which others refer to it.
    names: Vec<String>,
    pub(super) resource: T,
}

impl<T> Entry<T> {
    /// A mistake in a field of it.
    pub(super) fn wrong(&self, field: &str, problem: impl Into<String>, mend: impl Into<String>) -> Mistake {
        let mut mistake = Mistake::new(format!("{}.{field}", self.path), problem, mend);
        mistake.of = Some(self.of.clone());
        mistake
    }
}

/// The resources of a bundle that are read, by type.
#[derive(Default)]
pub(super) struct Bundle {
    pub(super) patients: Vec<Entry<Person>>,
    pub(super) practitioners: Vec<Entry<Person>>,
    pub(super) requests: Vec<Entry<ServiceRequest>>,
    pub(super) plans: Vec<Entry<CarePlan>>,
    pub(super) teams: Vec<Entry<CareTeam>>,
    pub(super) roles: Vec<Entry<PractitionerRole>>,
    pub(super) schedules: Vec<Entry<Schedule>>,
    pub(super) slots: Vec<Entry<Slot>>,
    pub(super) mistakes: Vec<Mistake>,
    /// Reasons for which something was ignored, each with how often.
    pub(super) passed_over: BTreeMap<&'static str, usize>,
    /// Resources of other types, and their number.
    pub(super) others: BTreeMap<String, usize>,
}

/// Types of resources that are known and are ignored without a note.
const SILENT: [&str; 1] = ["Appointment"];

#[derive(Deserialize)]
struct Raw {
    #[serde(rename = "resourceType")]
    kind: Option<String>,
    #[serde(default)]
    entry: Vec<RawEntry>,
}

#[derive(Deserialize)]
struct RawEntry {
    #[serde(rename = "fullUrl")]
    url: Option<String>,
    resource: Option<Value>,
}

impl Bundle {
    pub(super) fn read(text: &str) -> Result<Self> {
        let text = json::bounded(text, "Bundle")?;
        let mut reader = serde_json::Deserializer::from_str(text);
        let raw: std::result::Result<Raw, _> = serde_path_to_error::deserialize(&mut reader);
        let raw = raw.map_err(|error| {
            let path = json::path_of(error.path(), "Bundle");
            let mistake = Mistake::new(path, plain(error.inner()), "give a Bundle of FHIR R4 in JSON");
            Error::new(ErrorKind::Syntax, mistake.on_line(error.inner().line()))
        })?;
        if let Err(error) = reader.end() {
            let mistake = Mistake::new("Bundle", plain(&error), "give one Bundle alone");
            return Err(Error::new(ErrorKind::Syntax, mistake.on_line(error.line())));
        }
        if raw.kind.as_deref() != Some("Bundle") {
            let kind = raw.kind.map_or("nothing".to_owned(), |kind| shown(&kind));
            let mistake = Mistake::new("resourceType", format!("is {kind}"), "give a Bundle");
            return Err(Error::new(ErrorKind::Format, mistake));
        }
        if raw.entry.len() > MOST_ENTRIES {
            let problem = format!("{} entries", raw.entry.len());
            let mistake = Mistake::new("Bundle", problem, format!("give at most {MOST_ENTRIES}"));
            return Err(Error::new(ErrorKind::TooLarge, mistake));
        }
        let mut bundle = Self::default();
        let mut seen = FxHashMap::default();
        for (at, entry) in raw.entry.into_iter().enumerate() {
            if let Some(resource) = entry.resource {
                bundle.add(at, entry.url, resource, &mut seen);
            }
        }
        Ok(bundle)
    }

    fn add(
        &mut self,
        at: usize,
        url: Option<String>,
        resource: Value,
        seen: &mut FxHashMap<(String, String), usize>,
    ) {
        let path = format!("entry[{at}].resource");
        let field = |name: &str| resource.get(name).and_then(Value::as_str).map(str::to_owned);
        let Some(kind) = field("resourceType") else {
            let mend = "say which resource it is";
            self.mistakes.push(Mistake::new(format!("{path}.resourceType"), "is missing", mend));
            return;
        };
        if !READ.contains(&kind.as_str()) {
            if !SILENT.contains(&kind.as_str()) {
                let kind: String = kind.chars().take(40).filter(|c| !c.is_control()).collect();
                *self.others.entry(kind).or_default() += 1;
            }
            return;
        }
        let from_url = || url.as_deref().and_then(|url| url.rsplit(['/', ':']).next()).map(str::to_owned);
        let Some(id) = field("id").or_else(from_url).filter(|id| !id.is_empty()) else {
            self.mistakes.push(Mistake::new(format!("{path}.id"), "is missing", "give the resource an id"));
            return;
        };
        let of = format!("{kind} {}", shown(&id));
        let wrong = |field: &str, problem: String, mend: &str| {
            let mut mistake = Mistake::new(format!("{path}{field}"), problem, mend);
            mistake.of = Some(of.clone());
            mistake
        };
        if let Some(first) = seen.insert((kind.clone(), id.clone()), at) {
            self.mistakes.push(wrong(".id", format!("is that of entry[{first}], too"), "give one only"));
            return;
        }
        if has_modifiers(&resource) {
            let problem = "an extension changes what it means and is not understood".to_owned();
            self.mistakes.push(wrong(".modifierExtension", problem, "leave it out, or the resource"));
            return;
        }
        let names = url.into_iter().chain([format!("{kind}/{id}")]).collect();
        let place = Entry { path: path.clone(), of: of.clone(), id, names, resource: () };
        let result = match kind.as_str() {
            "Patient" => put(&mut self.patients, place, resource),
            "Practitioner" => put(&mut self.practitioners, place, resource),
            "ServiceRequest" => put(&mut self.requests, place, resource),
            "CarePlan" => put(&mut self.plans, place, resource),
            "CareTeam" => put(&mut self.teams, place, resource),
            "PractitionerRole" => put(&mut self.roles, place, resource),
            "Schedule" => put(&mut self.schedules, place, resource),
            _ => put(&mut self.slots, place, resource),
        };
        if let Err((field, why)) = result {
            self.mistakes.push(wrong(&field, why, "write it as FHIR R4 says"));
        }
    }

    pub(super) fn pass_over(&mut self, why: &'static str) {
        *self.passed_over.entry(why).or_default() += 1;
    }
}

/// Types of resources that are read.
const READ: [&str; 8] = [
    "Patient",
    "Practitioner",
    "ServiceRequest",
    "CarePlan",
    "CareTeam",
    "PractitionerRole",
    "Schedule",
    "Slot",
];

/// Reads a resource into its list. On failure, the field and what is wrong with it.
fn put<T: DeserializeOwned>(
    list: &mut Vec<Entry<T>>,
    place: Entry<()>,
    resource: Value,
) -> std::result::Result<(), (String, String)> {
    let resource = serde_path_to_error::deserialize(resource).map_err(|error| {
        let field = json::path_of(error.path(), "");
        (if field.is_empty() { field } else { format!(".{field}") }, plain(error.inner()))
    })?;
    let Entry { path, of, id, names, .. } = place;
    list.push(Entry { path, of, id, names, resource });
    Ok(())
}

/// A message of the reader, short and on one line.
fn plain(error: &serde_json::Error) -> String {
    json::cut(&json::message(error))
}

fn has_modifiers(value: &Value) -> bool {
    match value {
        Value::Object(fields) => {
            fields.iter().any(|(name, value)| name == "modifierExtension" || has_modifiers(value))
        }
        Value::Array(list) => list.iter().any(has_modifiers),
        _ => false,
    }
}

/// What references to the people of one type lead to: positions in the document.
pub(super) struct People(FxHashMap<String, usize>);

impl People {
    pub(super) fn new() -> Self {
        Self(FxHashMap::default())
    }

    pub(super) fn add<T>(&mut self, entry: &Entry<T>, position: usize) {
        for name in &entry.names {
            self.0.insert(name.clone(), position);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The positions of the people whom the bundle names.
    pub(super) fn positions(&self) -> FxHashSet<usize> {
        self.0.values().copied().collect()
    }

    /// The position of the person that a reference means.
    pub(super) fn find(&self, reference: Option<&Reference>) -> Option<usize> {
        let name = reference?.reference.as_deref()?;
        let name = name.split("/_history/").next().unwrap_or(name);
        let relative = || {
            let mut parts = name.rsplit('/');
            let (id, kind) = (parts.next()?, parts.next()?);
            self.0.get(&format!("{kind}/{id}"))
        };
        self.0.get(name).or_else(relative).copied()
    }
}

/// What is wrong with a reference that leads to nobody, for a message.
pub(super) fn said(reference: Option<&Reference>) -> String {
    match reference.and_then(|of| of.reference.as_deref()) {
        Some(name) => format!("{} is not in the bundle", shown(name)),
        None => "is missing".to_owned(),
    }
}

/// The id in the document: that of an identifier that kring wrote, else that of the resource.
pub(super) fn own_id<T>(entry: &Entry<T>, identifiers: &[Identifier]) -> String {
    let ours = identifiers.iter().find(|of| of.system.as_deref() == Some(SYSTEM));
    ours.and_then(|of| of.value.clone()).unwrap_or_else(|| entry.id.clone())
}
