//! YAML 1.2 to a tree, by the core schema: `7:00` and `2026-03-02` are text, `12` is a number, `yes` is text.
//!
//! Two bounds protect the reader from hostile texts: [`DEEPEST`] on nesting, and [`HEAVIEST`] on all values, copies by
//! aliases included.

use super::tree::{Field, Node, Value};
use crate::error::Mistake;
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// Most levels of nesting.
const DEEPEST: usize = 64;

/// At most this many fields given twice are reported.
const MOST_TOLD: usize = 100;

/// Most values of a document, including those that aliases repeat.
const HEAVIEST: usize = 2_000_000;

/// The tree of a text, or what is wrong with the text. For each field that is given twice, a mistake is added to
/// `mistakes` and the first value stays.
pub(super) fn read(text: &str, mistakes: &mut Vec<Mistake>) -> Result<Node, Mistake> {
    let mut builder = Builder::new(mistakes);
    for event in Parser::new_from_str(text) {
        let (event, span) =
            event.map_err(|error| wrong(error.marker().line(), error.info(), "mend the YAML there"))?;
        builder.take(event, span)?;
    }
    builder.root.ok_or_else(|| {
        wrong(
            1,
            "the text is empty",
            "write one; 'kring new' makes a document to start from, and 'kring replan --help' shows events",
        )
    })
}

#[cold]
fn wrong(line: usize, problem: &str, mend: &str) -> Mistake {
    Mistake::new("document", problem, mend).on_line(line)
}

/// A value whose end is not read yet: a list, or an object with the name that waits for its value.
enum Open {
    List(Vec<Node>),
    Fields { fields: Vec<Field>, names: BTreeSet<String>, waiting: Option<(String, u32)> },
}

struct Level {
    line: u32,
    anchor: usize,
    open: Open,
}

struct Builder<'a> {
    stack: Vec<Level>,
    anchors: HashMap<usize, Node>,
    /// Values so far, with those copied for anchors and aliases.
    weight: usize,
    root: Option<Node>,
    mistakes: &'a mut Vec<Mistake>,
}

impl<'a> Builder<'a> {
    fn new(mistakes: &'a mut Vec<Mistake>) -> Self {
        Self { stack: Vec::new(), anchors: HashMap::new(), weight: 0, root: None, mistakes }
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Mistake> {
        let line = span.start.line();
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(wrong(line, "a second document begins", "write one document a file"))
            }
            Event::Scalar(text, style, anchor, tag) => {
                if self.waits_for_name() {
                    return self.name(text.into_owned(), line);
                }
                let value = scalar(text, style, tag.as_deref(), line)?;
                self.finish(Node { line: line as u32, value }, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(line, anchor, tag.as_deref(), Open::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                let open = Open::Fields { fields: Vec::new(), names: BTreeSet::new(), waiting: None };
                self.open(line, anchor, tag.as_deref(), open)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => {
                let copy = self.anchors.get(&anchor).cloned();
                let copy =
                    copy.ok_or_else(|| wrong(line, "an alias of what is not complete", "write it out"))?;
                self.weigh(copy.weight(), line)?;
                self.finish(copy, 0)
            }
            _ => Ok(()),
        }
    }

    fn weigh(&mut self, weight: usize, line: usize) -> Result<(), Mistake> {
        self.weight += weight;
        if self.weight > HEAVIEST {
            let problem = format!("more than {HEAVIEST} values, those that aliases repeat included");
            return Err(wrong(line, &problem, "write fewer, or use JSON"));
        }
        Ok(())
    }

    fn waits_for_name(&self) -> bool {
        matches!(self.stack.last(), Some(Level { open: Open::Fields { waiting: None, .. }, .. }))
    }

    fn name(&mut self, name: String, line: usize) -> Result<(), Mistake> {
        self.weigh(1 + name.len() / 32, line)?;
        if let Some(Level { open: Open::Fields { waiting, .. }, .. }) = self.stack.last_mut() {
            *waiting = Some((name, line as u32));
        }
        Ok(())
    }

    fn open(&mut self, line: usize, anchor: usize, tag: Option<&Tag>, open: Open) -> Result<(), Mistake> {
        if self.waits_for_name() {
            return Err(wrong(
                line,
                "a list or an object in place of a field's name",
                "name fields by plain words",
            ));
        }
        refuse_tag(tag, line)?;
        if self.stack.len() >= DEEPEST {
            return Err(wrong(
                line,
                &format!("more than {DEEPEST} levels of nesting"),
                "write a kring document",
            ));
        }
        self.stack.push(Level { line: line as u32, anchor, open });
        Ok(())
    }

    fn close(&mut self) -> Result<(), Mistake> {
        let Some(Level { line, anchor, open }) = self.stack.pop() else { return Ok(()) };
        let value = match open {
            Open::List(list) => Value::List(list),
            Open::Fields { fields, .. } => Value::Fields(fields),
        };
        self.finish(Node { line, value }, anchor)
    }

    /// Puts a complete value into the innermost open list or object, or makes it the root.
    fn finish(&mut self, node: Node, anchor: usize) -> Result<(), Mistake> {
        let line = node.line as usize;
        self.weigh(1, line)?;
        if anchor > 0 {
            self.weigh(node.weight(), line)?;
            self.anchors.insert(anchor, node.clone());
        }
        match self.stack.last_mut().map(|level| &mut level.open) {
            None => self.root = Some(node),
            Some(Open::List(list)) => list.push(node),
            Some(Open::Fields { fields, names, waiting }) => {
                // A value where a name is due can only be an alias.
                let (name, line) = waiting
                    .take()
                    .ok_or_else(|| wrong(line, "an alias in place of a field's name", "write the name"))?;
                if names.insert(name.clone()) {
                    fields.push(Field { name, line, value: node });
                } else {
                    let path = self.path(&name);
                    if self.mistakes.len() < MOST_TOLD {
                        let mistake = Mistake::new(path, "the field is given twice", "give it once");
                        self.mistakes.push(mistake.on_line(line as usize));
                    }
                }
            }
        }
        Ok(())
    }
}

impl Builder<'_> {
    /// The path of a field of the innermost open object.
    fn path(&self, name: &str) -> String {
        let mut path = String::new();
        for level in &self.stack {
            match &level.open {
                Open::List(list) => path += &format!("[{}]", list.len()),
                Open::Fields { waiting: Some((name, _)), .. } => path += &format!(".{}", cut(name)),
                Open::Fields { waiting: None, .. } => path += &format!(".{}", cut(name)),
            }
        }
        path.trim_start_matches('.').to_owned()
    }
}

/// The start of a name, which may be long.
fn cut(name: &str) -> String {
    name.chars().take(64).collect()
}

fn refuse_tag(tag: Option<&Tag>, line: usize) -> Result<(), Mistake> {
    const KNOWN: [&str; 7] = ["str", "int", "float", "bool", "null", "seq", "map"];
    match tag {
        Some(tag) if !tag.is_yaml_core_schema() || !KNOWN.contains(&tag.suffix.as_str()) => {
            Err(wrong(line, "a tag of YAML that is not of its core schema", "leave the tag out"))
        }
        _ => Ok(()),
    }
}

/// A plain scalar by the core schema of YAML 1.2; a quoted one is text.
fn scalar(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>, line: usize) -> Result<Value, Mistake> {
    refuse_tag(tag, line)?;
    if style != ScalarStyle::Plain || tag.is_some_and(|tag| tag.suffix == "str") {
        return Ok(Value::Text(text.into_owned()));
    }
    Ok(match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Nothing,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        plain if is_number(plain) => Value::Number(text.into_owned()),
        _ => Value::Text(text.into_owned()),
    })
}

/// Whether a text without quotes is read as text.
pub(super) fn is_plain_text(text: &str) -> bool {
    matches!(scalar(Cow::Borrowed(text), ScalarStyle::Plain, None, 1), Ok(Value::Text(_)))
}

/// Decimal digits with or without sign, point and exponent. (Octal and hexadecimal numbers stay text.)
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let starts = unsigned.trim_start_matches('.').starts_with(|first: char| first.is_ascii_digit());
    let plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+');
    starts && unsigned.bytes().all(plain) && unsigned.parse::<f64>().is_ok()
}
