//! Text of the document made safe to show: cut, and without characters that hide or turn other text.

use crate::report::text::hides;

/// Most characters of a name on the page.
pub(super) const LONGEST: usize = 60;

/// Free text as the page shows it: characters that would be invisible or change the direction of the
/// text around them become `\u{fffd}`; what is longer than [`LONGEST`] characters is cut with an
/// ellipsis. Markup needs nothing here: it is escaped where it is printed.
pub(in crate::report) fn shown(text: &str) -> String {
    let mut out: String = text.chars().take(LONGEST).map(|c| if hides(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

/// As [`shown`], but without a cut: free text of any length.
pub(super) fn sentence(text: &str) -> String {
    text.chars().map(|c| if hides(c) { '\u{fffd}' } else { c }).collect()
}

/// Text as part of an address after `#`: letters, digits and a few marks as they are, all else as
/// `%XX` of its UTF-8.
pub(super) fn fragment(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_direction_become_visible() {
        assert_eq!(shown("a\u{202e}b\u{2066}c\u{0}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(shown("👩‍⚕️ é"), "👩‍⚕️ é");
    }

    #[test]
    fn long_text_is_cut() {
        let long = "x".repeat(10_000);
        assert_eq!(shown(&long).chars().count(), LONGEST + 1);
        assert_eq!(shown(&"x".repeat(LONGEST)), "x".repeat(LONGEST));
    }

    #[test]
    fn fragments_hold_no_blank_and_no_mark() {
        assert_eq!(fragment("c 1&é"), "c%201%26%C3%A9");
    }
}
