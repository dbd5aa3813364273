//! Standard output and standard error. A reader that has gone away (`| head`) is no error.

use crate::library::Warning;
use std::io::Write;

/// Results, on standard output.
pub fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    if !text.ends_with('\n') {
        let _ = out.write_all(b"\n");
    }
    let _ = out.flush();
}

/// A note for people, on standard error.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Most warnings that are printed.
const MOST_WARNINGS: usize = 20;

/// What a document probably does not mean, on standard error.
pub fn warn(warnings: &[Warning]) {
    for warning in warnings.iter().take(MOST_WARNINGS) {
        note(&format!("warning: {warning}"));
    }
    if let Some(more) = warnings.len().checked_sub(MOST_WARNINGS).filter(|&more| more > 0) {
        note(&format!("warning: and {more} more; --json lists them"));
    }
}
