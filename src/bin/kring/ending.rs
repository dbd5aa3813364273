//! How commands end.

/// How a command ended; the exit codes are part of the documented surface.
pub enum Ending {
    /// Done.
    Done,
    /// Done, but not all that was asked: a violation, a vital visit unplanned, or any under `--strict`.
    NotAll,
}

/// The input or the call was wrong; the text says how and how to mend it.
pub struct Failure(pub String);
