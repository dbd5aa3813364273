//! What all commands share that search: the options and Ctrl-C.

use crate::args::{Limits, Solve};
use crate::library::{Cancel, Options};
use crate::output::note;

/// Seconds of search where `kring solve` is given no limit.
const SECONDS: f64 = 30.0;

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
    };
    if ctrlc::set_handler(handler).is_err() {
        note("kring: Ctrl-C cannot be caught here; it will lose the plan");
    }
}
