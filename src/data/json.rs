//! Documents and plans as JSON: reading, writing and their JSON Schemas.
//!
//! Numbers are read exactly (`float_roundtrip`). Repeated fields are refused. Unknown fields are refused in documents
//! and ignored in plans. Text is bounded before it is parsed. Nesting deeper than serde_json's limit (128) is an error.
//! The reader accepts one thing that the schema refuses: in place of an object, a list of the values of its fields in
//! their order (`"home": [52.1, 5.1, null]`), as serde derives it.

mod layout;

use super::forms::Tree;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::PastVisit;
use crate::model::{Document, Plan};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;

/// Longest text that is read, in bytes: 32 MiB. The made-up town for 14 days has 0.22 MiB.
pub const LONGEST_TEXT: usize = 32 << 20;

/// Reads and validates a document.
///
/// # Errors
/// [`ErrorKind::TooLarge`] for a text beyond [`LONGEST_TEXT`] or a list beyond
/// [`sizes`](crate::model::validate::sizes); [`ErrorKind::Syntax`] with the path and the line where
/// the text is not JSON or not of the documented form; [`ErrorKind::Document`] with every
/// contradiction found.
///
/// # Example
/// ```
/// use kring::data::json::read_document;
///
/// let error = read_document(r#"{"kring": 1, "horizon": {"first_day": "2026-02-30", "days": 7}}"#).unwrap_err();
/// assert_eq!(error.mistakes()[0].path, "horizon.first_day");
/// ```
pub fn read_document(text: &str) -> Result<Document> {
    let text = bounded(text, "document")?;
    let document: Document = parse(text, "document")?;
    document.validate().map_err(|error| match Tree::of_json(text) {
        Some(tree) => error.map_mistakes(|mistake| tree.locate(mistake)),
        None => error,
    })?;
    Ok(document)
}

/// Reads a plan. [`check`](crate::check()) says whether it belongs to a document and whether it is feasible.
///
/// Fields that this version does not know, such as those that a newer version writes, are ignored; a warning in the log
/// (crate `log`) names them.
///
/// # Errors
/// [`ErrorKind::TooLarge`] and [`ErrorKind::Syntax`] as for documents, except that unknown fields are allowed;
/// [`ErrorKind::Plan`] for a version that this crate does not read.
pub fn read_plan(text: &str) -> Result<Plan> {
    let (plan, ignored) = parse_plan(text)?;
    if ignored.count > 0 {
        log::warn!("{ignored}");
    }
    Ok(plan)
}

/// Whether a text begins like neither an object nor a list. Where a plan is expected, it is then most often the wrong
/// file.
fn is_no_json(text: &str) -> bool {
    !text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}

fn parse_plan(text: &str) -> Result<(Plan, Ignored)> {
    if is_no_json(text) {
        let problem = "this is no plan: its text does not begin with a brace".to_owned();
        let mend = "give the file that 'kring solve --out' wrote";
        return Err(Error::new(ErrorKind::Syntax, Mistake::new("plan", problem, mend)));
    }
    let mut ignored = Ignored::default();
    let plan: Plan = parse_and(bounded(text, "plan")?, "plan", &mut |path| ignored.add(path))?;
    plan.check_version()?;
    Ok((plan, ignored))
}

/// Fields of a plan that this version does not know.
#[derive(Debug, Default)]
struct Ignored {
    /// Paths of the first few.
    named: Vec<String>,
    count: usize,
}

impl Ignored {
    /// At most this many fields are named.
    const MOST: usize = 5;

    fn add(&mut self, path: &serde_ignored::Path<'_>) {
        self.count += 1;
        if self.named.len() < Self::MOST {
            self.named.push(cut(&in_brackets(path)));
        }
    }
}

impl fmt::Display for Ignored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "fields of the plan that this kring does not know are passed over: {}",
            self.named.join(", ")
        )?;
        match self.count - self.named.len() {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// A path in the notation of mistakes: `tours[0].stops[1].visit`.
fn in_brackets(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => format!("{}[{index}]", in_brackets(parent)),
        Path::Map { parent, key } => match in_brackets(parent) {
            parent if parent.is_empty() => key.clone(),
            parent => format!("{parent}.{key}"),
        },
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
            in_brackets(parent)
        }
    }
}

/// Reads a list of visits that took place from a text that is [`bounded`].
///
/// # Errors
/// [`ErrorKind::Syntax`] as for documents.
pub(super) fn read_visits(text: &str) -> Result<Vec<PastVisit>> {
    parse(text, "visits")
}

/// Writes a document as JSON for people and programs: one line for each small value, and a final line break. [`read_document`] of it
/// gives the same document. It writes what it is given: a document that was not validated may be refused when it is read.
///
/// # Complexity
/// Linear in the document.
pub fn write_document(document: &Document) -> String {
    write(document)
}

/// Writes a plan as JSON for people and programs: one line for each stop, and a final line break. [`read_plan`] of it gives the same
/// plan.
///
/// # Complexity
/// Linear in the plan.
pub fn write_plan(plan: &Plan) -> String {
    write(plan)
}

/// The JSON Schema (2020-12) of documents. It knows the form only; contradictions are found by
/// [`Document::validate`].
pub fn schema() -> String {
    write(&schemars::schema_for!(Document))
}

/// The JSON Schema (2020-12) of plans.
pub fn plan_schema() -> String {
    write(&schemars::schema_for!(Plan))
}

/// A text without its byte order mark, of at most [`LONGEST_TEXT`] bytes; `what` names it in the error.
pub(super) fn bounded<'t>(text: &'t str, what: &str) -> Result<&'t str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() <= LONGEST_TEXT {
        return Ok(text);
    }
    let mend = format!("give at most {LONGEST_TEXT} bytes");
    Err(Error::new(ErrorKind::TooLarge, Mistake::new(what, format!("{} bytes", text.len()), mend)))
}

/// The path of a mistake within a value, or `whole` if the mistake is about the value itself.
pub(super) fn path_of(path: &serde_path_to_error::Path, whole: &str) -> String {
    let path = path.to_string();
    // If the text ends within the name of a field, the path ends in "?".
    let known = path.strip_suffix('?').map_or(path.as_str(), |parent| parent.trim_end_matches('.'));
    match known {
        // (A field without a name has an empty path.)
        "." | "" => whole.to_owned(),
        known => cut(known),
    }
}

/// The reader's message without the line and the column.
pub(super) fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&position).unwrap_or(&text).to_owned()
}

fn parse<T: DeserializeOwned + JsonSchema>(text: &str, what: &str) -> Result<T> {
    parse_and(text, what, &mut |_| ())
}

/// Parses a text, and calls `ignored` with the path of each field that the type does not know.
fn parse_and<T: DeserializeOwned + JsonSchema>(
    text: &str,
    what: &str,
    ignored: &mut dyn FnMut(&serde_ignored::Path<'_>),
) -> Result<T> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut reader, &mut track);
    let value = serde_ignored::deserialize(tracked, |path| ignored(&path))
        .map_err(|error| syntax::<T>(text, path_of(&track.path(), what), &error, what))?;
    reader.end().map_err(|error| syntax::<T>(text, what.to_owned(), &error, what))?;
    Ok(value)
}

/// The error of a text that could not be parsed: every mistake in the form if the text is JSON, else the first mistake
/// of JSON syntax.
#[cold]
fn syntax<T: JsonSchema>(text: &str, path: String, error: &serde_json::Error, what: &str) -> Error {
    use serde_json::error::Category;
    // For two fields where a choice has one, serde_json reports a mistake of syntax although the text is JSON.
    let is_json = || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    if (error.classify() == Category::Data || is_json())
        && let Some(mut tree) = Tree::of_json(text)
    {
        let mistakes = tree.mistakes(schemars::schema_for!(T).as_value(), false);
        if let Err(error) = Error::from_mistakes(ErrorKind::Syntax, mistakes) {
            return error;
        }
    }
    let (problem, mend) = match error.classify() {
        Category::Data => (in_words(&message(error)), format!("write it as the schema of the {what} says")),
        Category::Eof if text.trim().is_empty() => {
            ("the text is empty".to_owned(), format!("give the {what}"))
        }
        Category::Eof => {
            ("the text ends too soon".to_owned(), "a bracket or a quote is not closed".to_owned())
        }
        _ => (message(error), "mend the JSON there: a comma, a colon, a quote or a bracket".to_owned()),
    };
    Error::new(ErrorKind::Syntax, Mistake::new(path, cut(&problem), mend).on_line(error.line()))
}

/// Translates a message of serde_json into the words of documents, for texts that are too large to be read as a tree.
fn in_words(message: &str) -> String {
    const WORDS: [(&str, &str); 12] = [
        ("invalid type: ", "found "),
        ("invalid value: ", "found "),
        ("invalid length ", "found a list of "),
        ("sequence", "a list"),
        ("map", "an object"),
        ("floating point ", "the number "),
        ("integer ", "the whole number "),
        ("string ", "the text "),
        ("expected u8", "expected a whole number"),
        ("expected u16", "expected a whole number"),
        ("expected u32", "expected a whole number"),
        ("expected f64", "expected a number"),
    ];
    WORDS.iter().fold(message.to_owned(), |text, (from, to)| text.replacen(from, to, 1))
}

/// Shortens a message in the middle. Messages quote the text, which may be long; both ends of a message are worth
/// reading.
pub(super) fn cut(message: &str) -> String {
    const END: usize = 150;
    let characters: Vec<char> =
        message.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    match characters.len().checked_sub(2 * END) {
        None | Some(0) => characters.into_iter().collect(),
        Some(_) => {
            let (start, end) = (&characters[..END], &characters[characters.len() - END..]);
            start.iter().chain(&['.', '.', '.']).chain(end).collect()
        }
    }
}

fn write<T: Serialize>(value: &T) -> String {
    // The types of documents and plans have nothing that JSON cannot hold.
    layout::lay_out(&serde_json::to_string(value).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"{
  "kring": 1,
  "horizon": {"first_day": "2026-03-02", "days": 7, "time_zone": "UTC"},
  "nurses": [{"id": "n1", "home": {"lat": 52.1, "lon": 5.1}, "shifts": []}],
  "clients": [],
  "travel": {"straight": {}}
}"#;

    fn mistake(text: &str) -> (ErrorKind, Mistake) {
        let error = read_document(text).unwrap_err();
        (error.kind(), error.mistakes()[0].clone())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let document = read_document(SMALL).unwrap();
        let text = write_document(&document);
        assert_eq!(read_document(&text).unwrap(), document);
        assert_eq!(write_document(&read_document(&text).unwrap()), text);
    }

    #[test]
    fn unknown_and_repeated_fields_are_refused_with_their_path() {
        let (kind, unknown) = mistake(&SMALL.replace("\"shifts\"", "\"shift\""));
        assert_eq!((kind, unknown.path.as_str()), (ErrorKind::Syntax, "nurses[0].shift"));
        assert_eq!(unknown.problem, "the field \"shift\" is unknown here");
        assert_eq!((unknown.line, unknown.of.as_deref()), (Some(4), Some("nurse \"n1\"")));
        let (kind, twice) = mistake(&SMALL.replace("\"id\": \"n1\"", "\"id\": \"n1\", \"id\": \"n2\""));
        assert_eq!(kind, ErrorKind::Syntax);
        assert_eq!(
            (twice.path.as_str(), twice.problem.as_str()),
            ("nurses[0].id", "the field is given twice")
        );
    }

    #[test]
    fn wrong_values_are_named_with_path_and_line() {
        let (_, days) = mistake(&SMALL.replace("\"days\": 7", "\"days\": -7"));
        assert_eq!(days.path, "horizon.days");
        assert_eq!((days.problem.as_str(), days.line), ("-7 is out of range", Some(3)));
        let (_, huge) = mistake(&SMALL.replace("52.1", "1e999"));
        assert_eq!(huge.path, "nurses[0].home.lat");
        let (_, comma) = mistake(&SMALL.replace("52.1", "\"52,0885\""));
        assert_eq!(comma.mend, "decimals have a point, not a comma: write 52.0885");
        let (_, empty) = mistake(" \n");
        assert_eq!((empty.problem.as_str(), empty.mend.as_str()), ("the text is empty", "give the document"));
        let (_, end) = mistake(&format!("{SMALL} x"));
        assert_eq!(end.path, "document");
        for (whole, path) in [("{\"kring\": 1, \"hor", "document"), ("{\"horizon\": {\"first_", "horizon")] {
            let (_, cut_short) = mistake(whole);
            assert_eq!((cut_short.path.as_str(), cut_short.line), (path, Some(1)));
        }
    }

    #[test]
    fn lists_in_place_of_objects_are_read_in_the_order_of_the_fields() {
        let list = SMALL.replace(r#"{"lat": 52.1, "lon": 5.1}"#, "[52.1, 5.1, null]");
        assert_eq!(read_document(&list).unwrap(), read_document(SMALL).unwrap());
        assert_eq!(mistake(&list.replace(", null]", ", null, 1]")).0, ErrorKind::Syntax);
    }

    #[test]
    fn deep_and_large_texts_are_refused() {
        assert_eq!(mistake(&"[".repeat(100_000)).0, ErrorKind::Syntax);
        let deep = format!(r#"{{"clients": {}"#, "[".repeat(100_000));
        let (kind, deep) = mistake(&deep);
        assert_eq!(kind, ErrorKind::Syntax);
        assert!(deep.path.len() < 1_000, "{}", deep.path);
        let (kind, large) = mistake(&" ".repeat(LONGEST_TEXT + 1));
        assert_eq!((kind, large.problem.as_str()), (ErrorKind::TooLarge, "33554433 bytes"));
    }

    #[test]
    fn long_values_do_not_make_long_messages() {
        let (_, mistake) = mistake(&SMALL.replace("\"shifts\"", &format!("\"{}\"", "y".repeat(1_000_000))));
        assert!(mistake.to_string().len() < 1_000);
    }

    #[test]
    fn fields_of_newer_plans_are_passed_over_and_named() {
        let text = r#"{"kring_plan": 1, "new": {"deep": 1}, "tours": [], "unplanned": [
            {"client": "c", "care": "a", "date": "2026-03-02", "since": 1}]}"#;
        let (plan, ignored) = parse_plan(text).unwrap();
        assert_eq!(plan.unplanned[0].client, "c");
        assert_eq!(
            ignored.to_string(),
            "fields of the plan that this kring does not know are passed over: new, unplanned[0].since"
        );
        // Required fields are still required, and a great many unknown fields are counted but not all named.
        assert!(read_plan(&text.replace("tours", "tour")).is_err());
        let many: String = (0..100_000).map(|n| format!("\"f{n}\": 1, ")).collect();
        let (_, ignored) = parse_plan(&text.replace("\"new\"", &format!("{many}\"new\""))).unwrap();
        assert_eq!((ignored.named.len(), ignored.count), (5, 100_002));
        assert!(ignored.to_string().ends_with(" and 99997 more"));
    }

    #[test]
    fn what_is_wrong_in_a_plan_is_told_and_nothing_that_is_right() {
        let text = r#"{"kring_plan": 1, "newer": 1, "tours": [{"nurse": "n", "shift": "2026-03-02T07:00:00Z",
            "leave": "2026-03-02T07:00:00Z", "back": "2026-03-02T09:00:00Z", "travel_seconds": 0, "waiting_seconds": 0, "stops": [
            {"visit": {"client": "c", "care": "a", "date": "2026-03-02", "travel_seconds": 0,
             "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T08:30:00Z"}}]}],
            "unplanned": [{"client": "c", "care": "a", "date": "2026-03-02", "reasons": [
            {"nurse": "a", "why": {"kind": "no_gap", "minutes": 4, "text": "no gap"}},
            {"nurse": "b", "why": {"kind": "moon", "phase": 3, "text": "full"}}, {"nurse": "c", "why": "so it is"}]}]}"#;
        read_plan(text).unwrap();
        let told = |from: &str, to: &str| {
            assert!(text.contains(from));
            let error = read_plan(&text.replacen(from, to, 1)).unwrap_err();
            error.mistakes().iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let [leave] = &told(r#""leave": ""#, r#""leave": "x"#)[..] else { panic!("one") };
        assert!(
            leave.contains("tours[0].leave") && leave.contains("\"x2026-03-02T07:00:00Z\" is not a moment"),
            "{leave}"
        );
        let [field] = &told(r#""client""#, r#""cliet""#)[..] else { panic!("one") };
        assert!(field.contains("\"cliet\" is unknown here; did you mean \"client\"?"), "{field}");
        let [two] = &told(r#"{"visit""#, r#"{"minuts": 4, "visit""#)[..] else { panic!("one") };
        assert!(two.contains("stops[0].minuts, line 3: the field \"minuts\" is unknown here"), "{two}");
        let [minutes] = &told(r#""minutes": 4, "text": "no gap""#, r#""minutes": "4""#)[..] else {
            panic!("one")
        };
        assert!(minutes.contains("reasons[0].why.minutes"), "{minutes}");
        let [tag] = &told(r#""phase": 3, "text": "full""#, "\"phase\": 3")[..] else { panic!("one") };
        assert!(
            tag.contains("reasons[1].why.kind") && tag.contains("write one of level, competence,"),
            "{tag}"
        );
    }

    #[test]
    fn plans_have_a_version() {
        let plan = Plan { kring_plan: 1, ..Plan::default() };
        assert_eq!(read_plan(&write_plan(&plan)).unwrap(), plan);
        let error = read_plan(r#"{"kring_plan": 2, "tours": []}"#).unwrap_err();
        assert_eq!((error.kind(), error.mistakes()[0].path.as_str()), (ErrorKind::Plan, "kring_plan"));
    }
}
