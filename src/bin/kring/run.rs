//! What all commands share that search: the options, the time limit and Ctrl-C.

use crate::args::{Limits, Solve};
use crate::library::{Cancel, Options};
use crate::output::note;
use std::time::Instant;

/// Seconds of search where `kring solve` is given no limit.
const SECONDS: f64 = 30.0;

/// The part of a time limit that is left for the search at least, whatever came before it; and that each of the smaller parts of
/// the work may take.
const SHARE: f64 = 0.05;

/// The part of a time limit that is kept for writing and showing the answer at most.
const MOST_RESERVED: f64 = 0.25;

/// The time limit of a command, which counts from the start of the command: reading, preparing and writing included.
#[derive(Debug, Clone, Copy)]
pub struct TimeLimit {
    begin: Instant,
    /// Seconds; none where the time is not limited.
    pub seconds: Option<f64>,
    /// Seconds of them that are kept for writing and showing the answer.
    kept: f64,
}

impl TimeLimit {
    /// The limit of a command that began at a moment and has read its files by now. The answer is written and shown about as
    /// quickly.
    pub fn since(begin: Instant, seconds: Option<f64>) -> Self {
        let kept = begin.elapsed().as_secs_f64().min(seconds.unwrap_or_default() * MOST_RESERVED);
        Self { begin, seconds, kept }
    }

    /// Seconds since the command began.
    pub fn gone(&self) -> f64 {
        self.begin.elapsed().as_secs_f64()
    }

    /// Seconds that are left for the search: at least a small part of the limit, so that there is an answer.
    pub fn left(&self) -> Option<f64> {
        self.seconds.map(|seconds| (seconds - self.gone() - self.kept).max(seconds * SHARE))
    }

    /// Seconds for a smaller part of the work beside the search.
    pub fn share(&self) -> Option<f64> {
        self.seconds.map(|seconds| seconds * SHARE)
    }
}

/// The limits, the seed and the threads that were asked for; `default` seconds where there is no limit.
pub fn options(asked: &Limits, default: impl Into<Option<f64>>) -> Options {
    let mut options = Options::default().with_seed(asked.seed);
    options.iterations = asked.iterations;
    options.seconds = asked.seconds.or(default.into().filter(|_| asked.iterations.is_none()));
    match asked.threads {
        Some(threads) => options.with_threads(usize::from(threads)),
        None => options,
    }
}

/// The same for `kring solve`.
pub fn options_of_solve(asked: &Solve) -> Options {
    let mut options = options(&asked.limits, SECONDS);
    options.workers = asked.workers.map(usize::from);
    options
}

/// The first Ctrl-C ends the search and keeps its best plan; the second ends the process.
pub fn stop_at_ctrl_c(cancel: &Cancel) {
    let cancel = cancel.clone();
    let handler = move || {
        if cancel.is_cancelled() {
            std::process::exit(130);
        }
        cancel.cancel();
        note("kring: stopping with what there is; Ctrl-C once more ends at once, without it");
    };
    if ctrlc::set_handler(handler).is_err() {
        note("kring: Ctrl-C cannot be caught here; it will lose the plan");
    }
}

#[cfg(test)]
mod tests {
    use super::TimeLimit;
    use std::time::{Duration, Instant};

    /// The limit of a command that began some seconds ago.
    fn begun(before: u64, seconds: Option<f64>) -> TimeLimit {
        TimeLimit::since(Instant::now() - Duration::from_secs(before), seconds)
    }

    #[test]
    fn what_went_by_and_what_is_kept_is_not_left() {
        // 10 s of reading, and as many for writing.
        let left = begun(10, Some(100.0)).left().expect("a limit");
        assert!(left <= 80.0 && left > 20.0, "{left}");
        // Not more than a quarter for writing: 40 - 20 - 10.
        let left = begun(20, Some(40.0)).left().expect("a limit");
        assert!((2.0..=10.0).contains(&left), "{left}");
        assert_eq!(begun(10, None).left(), None);
    }

    #[test]
    fn of_a_limit_that_is_over_a_small_part_is_left() {
        assert_eq!(begun(100, Some(20.0)).left(), Some(1.0));
    }
}
