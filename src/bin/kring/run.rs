//! What all commands share that search: the options, Ctrl-C, and how the search went.

use crate::args::Solve;
use crate::library::{self, Cancel, Options};
use crate::output::note;
use serde::Serialize;

/// Seconds of search where no limit is given.
const SECONDS: f64 = 30.0;

/// How the search went.
#[derive(Serialize)]
pub struct Run {
    seconds: f64,
    iterations: u64,
    evaluations: u64,
    seed: u64,
    workers: usize,
    threads: usize,
    stop: &'static str,
}

impl Run {
    pub fn of(run: &library::Run) -> Self {
        Self {
            seconds: run.seconds,
            iterations: run.iterations,
            evaluations: run.evaluations,
            seed: run.seed,
            workers: run.workers,
            threads: run.threads,
            stop: run.stop.name(),
        }
    }
}

/// The limits, the seed and the threads that were asked for.
pub fn options(asked: &Solve) -> Options {
    let mut options = Options::default().with_seed(asked.seed);
    options.iterations = asked.iterations;
    options.seconds = asked.seconds.or(asked.iterations.is_none().then_some(SECONDS));
    options.workers = asked.workers.map(usize::from);
    match asked.threads {
        Some(threads) => options.with_threads(usize::from(threads)),
        None => options,
    }
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
