//! Documents as people write them: trees of values with their lines, read from JSON, YAML or TOML and checked against a
//! JSON Schema.
//!
//! ```text
//! JSON (only where something is wrong) ─┐
//! YAML ─────────────────────────────────┼─> Tree ── shape ──> every mistake, with path, ids and line
//! TOML ─────────────────────────────────┘     └──────────────> the typed document
//! ```

mod shape;
mod toml;
mod tree;
mod write;
mod yaml;

use crate::error::{Error, ErrorKind, Mistake, Result};
use serde::de::DeserializeOwned;
use shape::Shape;
use tree::{Node, Value};

/// Longest text that is read as a tree, in bytes: 8 MiB. Larger documents are written by programs, in JSON.
pub const LONGEST_WRITTEN: usize = 8 << 20;

/// The kinds of text that kring reads and writes, each after the field that holds its version.
const KINDS: [(&str, &str); 3] =
    [("kring", "a neighbourhood"), ("kring_plan", "a plan"), ("kring_events", "events")];

/// A text as a tree of values with their lines.
#[derive(Clone)]
pub(super) struct Tree {
    root: Node,
    /// A mistake for each field that is given twice.
    twice: Vec<Mistake>,
}

impl Tree {
    /// The tree of a JSON text, in which mistakes are located; `None` where the text is too long or cannot be read.
    pub(super) fn of_json(text: &str) -> Option<Self> {
        if text.len() > LONGEST_WRITTEN {
            return None;
        }
        // YAML includes all of JSON except tabs, which JSON allows between values only.
        let mut twice = Vec::new();
        let root = yaml::read(&text.replace('\t', " "), &mut twice).ok()?;
        Some(Self { root, twice })
    }

    /// The tree of a YAML text.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`], [`ErrorKind::Syntax`].
    pub(super) fn of_yaml(text: &str) -> Result<Self> {
        let text = bounded(text)?;
        let mut twice = Vec::new();
        let root = yaml::read(text, &mut twice).map_err(|wrong| Error::new(ErrorKind::Syntax, wrong))?;
        Ok(Self { root, twice })
    }

    /// The tree of a TOML text.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`], [`ErrorKind::Syntax`].
    pub(super) fn of_toml(text: &str) -> Result<Self> {
        let root = toml::read(bounded(text)?)?;
        Ok(Self { root, twice: Vec::new() })
    }

    /// The tree as YAML.
    pub(super) fn to_yaml(&self) -> String {
        write::yaml(&self.root)
    }

    /// Every mistake in the form: first the fields that are given twice, then the others in the order of the text, but
    /// missing fields after the other mistakes of their object.
    pub(super) fn mistakes(&mut self, schema: &serde_json::Value, plain_text: bool) -> Vec<Mistake> {
        if let Some(other) = self.is_another_kind(schema) {
            return vec![other];
        }
        let mut mistakes = std::mem::take(&mut self.twice);
        mistakes.extend(Shape::check(schema, &mut self.root, plain_text));
        mistakes.iter_mut().for_each(|mistake| self.locate(mistake));
        mistakes
    }

    /// A mistake if the text is of another kind than the schema describes, for example because two files were swapped.
    fn is_another_kind(&self, schema: &serde_json::Value) -> Option<Mistake> {
        let properties = schema.get("properties")?;
        let (due, asked) = KINDS.iter().find(|(version, _)| properties.get(version).is_some())?;
        let (given, found) = KINDS.iter().find(|(version, _)| self.root.field(version).is_some())?;
        let problem = format!("expected {asked}, found {found}: a text with the field \"{given}\"");
        let mend = format!("give the file with the field \"{due}\"; are two files in each other's place?");
        (due != given && self.root.field(due).is_none()).then(|| Mistake::new(*due, problem, mend))
    }

    /// Converts a tree, whose form was checked and has no mistake, to a typed value.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] for mistakes that the schema does not describe and only the type itself finds.
    pub(super) fn into_value<T: DeserializeOwned>(self) -> Result<T> {
        serde_path_to_error::deserialize(self.root.into_json()).map_err(|error| {
            let mistake = Mistake::new(error.path().to_string(), error.inner().to_string(), "see the schema");
            Error::new(ErrorKind::Syntax, mistake)
        })
    }

    /// Adds to a mistake the ids on the way and the line of its place, or of the innermost value around a place that is
    /// missing.
    pub(super) fn locate(&self, mistake: &mut Mistake) {
        let mut at = Some(&self.root);
        let mut line = None;
        for step in steps(&mistake.path) {
            at = at.and_then(|node| follow(node, step));
            let Some(found) = at else { break };
            line = Some(found.line);
        }
        mistake.line = mistake.line.or(line);
        let id_of = |path: &str| self.at(path)?.text("id").map(|id| id.chars().take(64).collect());
        mistake.of = mistake.of.take().or_else(|| Mistake::whose(&mistake.path, id_of));
    }

    fn at(&self, path: &str) -> Option<&Node> {
        steps(path).try_fold(&self.root, follow)
    }
}

fn bounded(text: &str) -> Result<&str> {
    if text.len() <= LONGEST_WRITTEN {
        return Ok(text);
    }
    let mend = format!("give at most {LONGEST_WRITTEN} bytes, or write JSON");
    Err(Error::new(ErrorKind::TooLarge, Mistake::new("document", format!("{} bytes", text.len()), mend)))
}

/// A step of a path: the name of a field or a position in a list.
enum Step<'a> {
    Field(&'a str),
    Entry(usize),
}

/// The steps of `clients[12].care[0].window`.
fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split(['.', '[']).filter(|step| !step.is_empty()).map(|step| match step.strip_suffix(']') {
        Some(entry) => Step::Entry(entry.parse().unwrap_or(usize::MAX)),
        None => Step::Field(step),
    })
}

fn follow<'a>(node: &'a Node, step: Step<'_>) -> Option<&'a Node> {
    match (step, &node.value) {
        (Step::Field(name), _) => node.field(name),
        (Step::Entry(entry), Value::List(list)) => list.get(entry),
        (Step::Entry(_), _) => None,
    }
}
