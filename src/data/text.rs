//! Documents as text in three forms: JSON for programs, YAML or TOML with comments for people. All three share the
//! types, the schema and the messages.

use super::forms::Tree;
use super::json;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::{Document, Events, Plan, Warning};
use std::path::Path;

/// A form of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2, core schema; one document, nesting and aliases bounded.
    Yaml,
    /// TOML 1.1; dates and times may stand without quotes.
    Toml,
}

impl Form {
    /// The form that a file's name asks for: `.json`, `.yaml`, `.yml` or `.toml`.
    pub fn of_name(file: &Path) -> Option<Self> {
        let ending = file.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "json" => Some(Form::Json),
            "yaml" | "yml" => Some(Form::Yaml),
            "toml" => Some(Form::Toml),
            _ => None,
        }
    }

    /// The form that a text looks like, by its first line that is not empty, a comment or `---`: TOML where this line
    /// begins a table, JSON where it begins with another bracket or a quote, TOML where it gives a field by `=`, YAML
    /// where it gives one by `:`, else JSON.
    pub fn of_look(text: &str) -> Self {
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        let first =
            lines.filter(|line| !line.is_empty() && !line.starts_with('#')).find(|line| *line != "---");
        let first = first.unwrap_or_default();
        let name = first.find(['=', ':']).map(|at| first.as_bytes()[at]);
        match first.as_bytes() {
            [b'[', b'[', ..] => Form::Toml,
            [b'[', .., b']'] if first.len() > 2 && !first.contains(['"', ',', '{']) => Form::Toml,
            [b'{' | b'[' | b'"', ..] => Form::Json,
            _ if name == Some(b'=') => Form::Toml,
            _ if name == Some(b':') => Form::Yaml,
            _ => Form::Json,
        }
    }
}

/// Reads and validates a document in a form of text. A byte order mark and any line ends are understood.
///
/// # Errors
/// [`ErrorKind::TooLarge`] for a text or a list that is too long; [`ErrorKind::Syntax`] with every mistake in the form;
/// [`ErrorKind::Document`] with every contradiction. Each mistake has its path, the ids on the way and its line.
///
/// # Example
/// ```
/// use kring::data::text::{Form, read_document};
///
/// let text = "
/// kring: 1
/// horizon: {first_day: 2026-03-02, days: 7}
/// nurses:
///   - id: n1   # a comment
///     home: {lat: 52.1, lon: 5.1}
///     shfits: []
/// clients: []
/// travel: {straight: {}}
/// ";
/// let error = read_document(text, Form::Yaml).unwrap_err();
/// let first = &error.mistakes()[0];
/// assert_eq!((first.path.as_str(), first.line), ("nurses[0].shfits", Some(7)));
/// assert_eq!(first.of.as_deref(), Some(r#"nurse "n1""#));
/// assert_eq!(first.mend, r#"did you mean "shifts"?"#);
/// ```
pub fn read_document(text: &str, form: Form) -> Result<Document> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut tree = match form {
        Form::Json => return json::read_document(text),
        Form::Yaml => Tree::of_yaml(text)?,
        Form::Toml => Tree::of_toml(text)?,
    };
    let schema = schemars::schema_for!(Document);
    Error::from_mistakes(ErrorKind::Syntax, tree.mistakes(schema.as_value(), true))?;
    // The copy tells the line of a contradiction. Only texts that people write are read in this way, so it is small.
    let copy = tree.clone();
    let document: Document = tree.into_value()?;
    document.validate().map_err(|error| error.map_mistakes(|mistake| copy.locate(mistake)))?;
    Ok(document)
}

/// Writes a document in a form of text. [`read_document`] of the result gives the same document. Comments are not part
/// of a document: those of the text that it was read from are lost.
///
/// # Errors
/// [`ErrorKind::TooLarge`] for a document that is too long to be read as YAML; [`ErrorKind::Options`] for TOML, which
/// is read but never written, because lists within lists are hard to read in it.
pub fn write_document(document: &Document, form: Form) -> Result<String> {
    let json = json::write_document(document);
    let wrong =
        |kind, problem: String, mend: &str| Err(Error::new(kind, Mistake::new("document", problem, mend)));
    match form {
        Form::Json => Ok(json),
        Form::Yaml => match Tree::of_json(&json) {
            Some(tree) => Ok(tree.to_yaml()),
            None => wrong(ErrorKind::TooLarge, format!("{} bytes", json.len()), "write JSON"),
        },
        Form::Toml => {
            wrong(ErrorKind::Options, "TOML is read and not written".to_owned(), "write YAML or JSON")
        }
    }
}

/// The warnings of a document ([`Document::warnings`]) with the lines of the text that it was read from.
pub fn warnings(document: &Document, text: &str, form: Form) -> Vec<Warning> {
    let mut warnings = document.warnings();
    if warnings.is_empty() {
        return warnings;
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(tree) = tree_of(text, form) {
        warnings.iter_mut().for_each(|warning| tree.locate(&mut warning.said));
    }
    warnings
}

/// Warnings about what events say but probably do not mean, as [`Events::warnings`], with the lines of the text that
/// the events were read from.
///
/// # Errors
/// As [`Events::apply`], with the lines.
pub fn event_warnings(
    events: &Events,
    document: &Document,
    published: &Plan,
    text: &str,
    form: Form,
) -> Result<Vec<Warning>> {
    let mut warnings = events.warnings(document, published).map_err(|error| located(error, text, form))?;
    if let Some(tree) = tree_of(text.strip_prefix('\u{feff}').unwrap_or(text), form) {
        warnings.iter_mut().for_each(|warning| tree.locate(&mut warning.said));
    }
    Ok(warnings)
}

/// Adds to each mistake of an error its line in the text that the mistakes are about. For an error of [`Events::apply`]
/// this is the text of the events.
pub fn located(error: Error, text: &str, form: Form) -> Error {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match tree_of(text, form) {
        Some(tree) => error.map_mistakes(|mistake| tree.locate(mistake)),
        None => error,
    }
}

/// The tree of a text, in which the lines of mistakes are looked up; `None` where the text is too long or cannot be
/// parsed.
fn tree_of(text: &str, form: Form) -> Option<Tree> {
    match form {
        Form::Json => Tree::of_json(text),
        Form::Yaml => Tree::of_yaml(text).ok(),
        Form::Toml => Tree::of_toml(text).ok(),
    }
}

/// Reads events in a form of text, as [`read_document`] reads a document. [`Events::apply`] checks whether they suit a
/// document.
///
/// # Errors
/// [`ErrorKind::TooLarge`] beyond 8 MiB; [`ErrorKind::Syntax`] with every mistake in the form, each with its path and line.
pub fn read_events(text: &str, form: Form) -> Result<Events> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut tree = match form {
        Form::Toml => Tree::of_toml(text)?,
        // The YAML reader reads JSON too.
        Form::Json | Form::Yaml => Tree::of_yaml(text)?,
    };
    let schema = schemars::schema_for!(Events);
    Error::from_mistakes(ErrorKind::Syntax, tree.mistakes(schema.as_value(), true))?;
    let copy = tree.clone();
    tree.into_value().map_err(|error| error.map_mistakes(|mistake| copy.locate(mistake)))
}
