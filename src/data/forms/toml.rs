//! TOML 1.1 to a tree. Dates and times without quotes become text.

use super::tree::{Field, Node, Value};
use crate::error::{Error, ErrorKind, Mistake, Result};
use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

/// At most this many syntax errors are reported.
const MOST_TOLD: usize = 20;

/// The tree of a text.
///
/// # Errors
/// [`ErrorKind::Syntax`], with several mistakes at once.
pub(super) fn read(text: &str) -> Result<Node> {
    let lines = Lines::new(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let told = errors.iter().take(MOST_TOLD).map(|error| {
        let line = error.span().map_or(1, |span| lines.of(span.start));
        Mistake::new("document", error.message(), "mend the TOML there").on_line(line as usize)
    });
    Error::from_mistakes(ErrorKind::Syntax, told.collect())?;
    Ok(Node { line: 1, value: fields(table.into_inner(), &lines) })
}

/// The offset of the first byte of each line.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(i, _)| i + 1);
        Self(std::iter::once(0).chain(breaks).collect())
    }

    fn of(&self, byte: usize) -> u32 {
        self.0.partition_point(|&start| start <= byte) as u32
    }
}

// The parser bounds the nesting.
fn node(value: Spanned<DeValue<'_>>, lines: &Lines) -> Node {
    let line = lines.of(value.span().start);
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => Value::Number(decimal(&number)),
        DeValue::Float(number) => Value::Number(number.as_str().to_owned()),
        DeValue::Boolean(value) => Value::Bool(value),
        DeValue::Datetime(moment) => Value::Text(moment.to_string()),
        DeValue::Array(list) => Value::List(list.into_iter().map(|entry| node(entry, lines)).collect()),
        DeValue::Table(table) => fields(table, lines),
    };
    Node { line, value }
}

fn fields(table: DeTable<'_>, lines: &Lines) -> Value {
    let fields = table.into_iter().map(|(name, value)| {
        let line = lines.of(name.span().start);
        Field { name: name.into_inner().into_owned(), line, value: node(value, lines) }
    });
    let mut fields: Vec<Field> = fields.collect();
    fields.sort_by_key(|field| field.line);
    Value::Fields(fields)
}

fn decimal(number: &DeInteger<'_>) -> String {
    match i128::from_str_radix(number.as_str(), number.radix()) {
        Ok(value) => value.to_string(),
        Err(_) => number.as_str().to_owned(),
    }
}
