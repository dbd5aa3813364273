//! A layout of JSON that people can read and compare line by line: what is small stands in one line,
//! lists of plain numbers fill their lines, everything else has a line for each part.

/// Longest line that holds a whole list or object, in bytes, indentation included.
const WIDTH: usize = 110;

/// Lists and objects with more levels than this are not put in one line.
const LEVELS_IN_LINE: usize = 2;

/// Lays out compact JSON as serde_json writes it. It works on text because that keeps the order of the fields; a
/// `serde_json::Value` would sort them.
///
/// # Complexity
/// O(length of the text x levels).
pub(super) fn lay_out(compact: &str) -> String {
    let mut text = String::with_capacity(compact.len() * 2);
    write(compact, 0, &mut text);
    text.push('\n');
    text
}

/// Appends one value at a depth of indentation.
fn write(value: &str, depth: usize, text: &mut String) {
    let (parts, levels) = parts(value);
    if parts.is_empty() {
        return text.push_str(value);
    }
    if levels <= LEVELS_IN_LINE && value.len() + 2 * depth <= WIDTH {
        let line = in_line(value);
        if line.len() + 2 * depth <= WIDTH {
            return text.push_str(&line);
        }
    }
    let is_list = value.starts_with('[');
    text.push_str(&value[..1]);
    let mut column = WIDTH;
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            text.push(',');
        }
        // Only the parts of a list without further levels share lines.
        let length = if is_list && levels == 1 { part.len() + 2 } else { WIDTH };
        if column + length > WIDTH {
            text.push('\n');
            text.push_str(&"  ".repeat(depth + 1));
            column = 2 * (depth + 1);
        } else {
            text.push(' ');
        }
        column += length;
        let start = if is_list { 0 } else { key_length(part) };
        text.push_str(&part[..start]);
        if start > 0 {
            text.push(' ');
        }
        write(&part[start..], depth + 1, text);
    }
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
    text.push_str(&value[value.len() - 1..]);
}

/// Calls `visit` with offset, value and level of every byte outside of strings. A bracket counts on the level outside
/// of it.
fn scan(json: &str, mut visit: impl FnMut(usize, u8, usize)) {
    let (mut in_string, mut escaped, mut level) = (false, false, 0usize);
    for (i, byte) in json.bytes().enumerate() {
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = byte == b'\\' && !escaped;
            continue;
        }
        if matches!(byte, b']' | b'}') {
            level = level.saturating_sub(1);
        }
        visit(i, byte, level);
        in_string = byte == b'"';
        if matches!(byte, b'[' | b'{') {
            level += 1;
        }
    }
}

/// The parts of a list or object, and its number of levels. Other values, empty lists and empty objects have no parts.
fn parts(value: &str) -> (Vec<&str>, usize) {
    let (mut cuts, mut levels) = (Vec::new(), 0);
    scan(value, |i, byte, level| match byte {
        b'[' | b'{' => {
            levels = levels.max(level + 1);
            if level == 0 {
                cuts.push(i);
            }
        }
        b']' | b'}' if level == 0 => cuts.push(i),
        b',' if level == 1 => cuts.push(i),
        _ => {}
    });
    let parts = cuts.windows(2).map(|cut| &value[cut[0] + 1..cut[1]]).filter(|part| !part.is_empty());
    (parts.collect(), levels)
}

/// Length of `"key":` at the start of a field.
fn key_length(field: &str) -> usize {
    let mut length = None;
    scan(field, |i, byte, _| {
        if byte == b':' && length.is_none() {
            length = Some(i + 1);
        }
    });
    length.unwrap_or(0)
}

/// The value with a space after each comma and colon.
fn in_line(value: &str) -> String {
    let (mut line, mut start) = (String::with_capacity(value.len() + 16), 0);
    scan(value, |i, byte, _| {
        if matches!(byte, b',' | b':') {
            line.push_str(&value[start..=i]);
            line.push(' ');
            start = i + 1;
        }
    });
    line.push_str(&value[start..]);
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    #[test]
    fn small_things_stand_in_a_line() {
        let value = json!({"a": [], "b": {"c": [1, 2]}, "d": [{"e": "x:,[\"\\"}, {"f": null}]});
        let expected = "{\n  \"a\": [],\n  \"b\": {\"c\": [1, 2]},\n  \"d\": [{\"e\": \"x:,[\\\"\\\\\"}, {\"f\": null}]\n}\n";
        assert_eq!(lay_out(&value.to_string()), expected);
    }

    #[test]
    fn long_lists_of_numbers_fill_their_lines() {
        let text = lay_out(&json!(vec![100_000; 30]).to_string());
        // Eight bytes a number, a line break after 13: 2 + 13 * 8 = 106.
        assert_eq!(text.lines().count(), 2 + 3);
        assert!(text.lines().all(|line| line.len() <= WIDTH));
    }

    /// Any JSON of up to four levels.
    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..8)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_layout_does_not_change_the_value(value in any_json()) {
            let text = lay_out(&value.to_string());
            prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        }
    }
}
