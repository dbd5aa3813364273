//! Standard output and standard error. A reader that has gone away (`| head`) is no error.

use crate::ending::Failure;
use crate::library::{self, Warning};
use std::io::{ErrorKind, Write};

/// Results, on standard output. A full disk is a failure; a reader that has gone away is none.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let line_end: &[u8] = if text.ends_with('\n') { b"" } else { b"\n" };
    let written =
        out.write_all(text.as_bytes()).and_then(|()| out.write_all(line_end)).and_then(|()| out.flush());
    match written {
        Err(why) if why.kind() != ErrorKind::BrokenPipe => {
            Err(Failure(format!("standard output: cannot be written: {why}")))
        }
        _ => Ok(()),
    }
}

/// A note for people, on standard error. What it quotes of a file may not steer the terminal: characters that hide or turn
/// others become replacement characters.
pub fn note(text: &str) {
    let safe: String =
        text.chars().map(|c| if c != '\n' && library::hides(c) { '\u{fffd}' } else { c }).collect();
    let _ = writeln!(std::io::stderr(), "{safe}");
}

/// Prints on standard error what the library logs as a warning, for example that a solver of integer programmes failed. What
/// its dependencies log is for their developers.
struct Log;

impl log::Log for Log {
    fn enabled(&self, entry: &log::Metadata<'_>) -> bool {
        entry.level() <= log::Level::Warn && entry.target().starts_with("kring")
    }

    fn log(&self, entry: &log::Record<'_>) {
        if self.enabled(entry.metadata()) {
            note(&format!("warning: {}", entry.args()));
        }
    }

    fn flush(&self) {}
}

/// From here on warnings of the library's log are printed.
pub fn print_log() {
    // Fails only where there is a log already.
    if log::set_logger(&Log).is_ok() {
        log::set_max_level(log::LevelFilter::Warn);
    }
}

/// Most warnings that are printed.
const MOST_WARNINGS: usize = 20;

/// What a document probably does not mean, on standard error.
pub fn warn(warnings: &[Warning]) {
    for warning in warnings.iter().take(MOST_WARNINGS) {
        note(&format!("warning: {warning}"));
    }
    if let Some(more) = warnings.len().checked_sub(MOST_WARNINGS).filter(|&more| more > 0) {
        note(&format!("warning: and {more} more"));
    }
}

/// The text as a message quotes it: of a long one the beginning.
pub fn short(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// `1 visit`, `2 visits`.
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
