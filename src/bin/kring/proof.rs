//! `--bound`: how far from the best possible.

use crate::args::Solve;
use crate::ending::Failure;
use crate::library::{Bound, BoundOptions, Cancel, Error, ErrorKind, Mistake, Options, Run};
use crate::output::note;
use crate::progress::{Line, Proven, percent};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// Seconds for the bound at least, where the search had less and nothing else is asked.
const LEAST_SECONDS: f64 = 1.0;

/// Seconds for the bound where only the end of the search limits it.
const MOST_SECONDS: f64 = 1e7;

/// Between two looks whether the bound may end.
const LOOK: Duration = Duration::from_millis(20);

/// Computes a bound within limits, until it is cancelled, and tells how it stands.
pub type Prove<'a> =
    dyn Fn(&BoundOptions, &Cancel, &mut dyn FnMut(&Bound)) -> Result<Bound, Error> + Sync + 'a;

/// What a search found, what that costs, and how the search went.
pub type Searched<T> = Result<(T, i64, Run), Failure>;

/// Searches, and proves how far from the best possible the plan is where `--bound` asks for it: beside the search on one of several
/// threads, or after it on the only one. A bound that fails is told, and the plan stays.
///
/// `search` searches by such options, and shows what is proven on the way.
pub fn search_and_prove<T>(
    asked: &Solve,
    options: &Options,
    cancel: &Cancel,
    bound: Option<&Prove<'_>>,
    search: impl FnOnce(&Options, Option<&Arc<Proven>>) -> Searched<T>,
) -> Result<(T, Option<Bound>), Failure> {
    let Some(bound) = bound.filter(|_| asked.bound) else {
        return search(options, None).map(|(found, ..)| (found, None));
    };
    if options.threads > 1 {
        let search = |options: &Options, proven: &Arc<Proven>| {
            search(options, Some(proven)).map(|(found, cost, _)| (found, cost))
        };
        return beside(asked.bound_seconds, options, cancel, bound, search);
    }
    let (found, cost, run) = search(options, None)?;
    let seconds = asked.bound_seconds.unwrap_or(run.seconds.max(LEAST_SECONDS));
    Ok((found, after(seconds, cancel, bound, cost)))
}

/// None where somebody stopped the search, and would wait for nothing.
fn after(seconds: f64, cancel: &Cancel, bound: &Prove<'_>, cost: i64) -> Option<Bound> {
    if cancel.is_cancelled() {
        return None;
    }
    let options = BoundOptions::default().with_seconds(seconds).with_threads(1).with_cost(cost);
    let mut line = Line::new(Some(seconds));
    let answer = bound(&options, cancel, &mut |bound| tell(&mut line, bound, seconds, cost));
    line.end();
    told(answer, cancel.is_cancelled())
}

/// Until the search ends, where no seconds are asked for; a bound that proves the plan the best possible is enough.
fn beside<T>(
    asked_seconds: Option<f64>,
    options: &Options,
    cancel: &Cancel,
    bound: &Prove<'_>,
    search: impl FnOnce(&Options, &Arc<Proven>) -> Result<(T, i64), Failure>,
) -> Result<(T, Option<Bound>), Failure> {
    let begin = Instant::now();
    let rest = options.clone().with_threads(options.threads - 1);
    let most = asked_seconds.or(options.seconds.map(|seconds| seconds.max(LEAST_SECONDS)));
    let own = BoundOptions::default().with_seconds(most.unwrap_or(MOST_SECONDS)).with_threads(1);
    let (proven, proving) = (Arc::new(Proven::default()), cancel.child());
    // The cost of the plan, once the search is over: from then on the line is the bound's.
    let cost = AtomicI64::new(i64::MIN);
    std::thread::scope(|scope| {
        let rising = scope.spawn(|| {
            let mut line = None;
            let answer = bound(&own, &proving, &mut |bound| {
                proven.rise(bound.value);
                let cost = cost.load(Ordering::Relaxed);
                if let (Some(seconds), true) = (asked_seconds, cost != i64::MIN) {
                    tell(line.get_or_insert_with(|| Line::new(asked_seconds)), bound, seconds, cost);
                }
            });
            line.iter().for_each(Line::end);
            answer
        });
        let end = EndOnDrop(&proving);
        let (found, value) = search(&rest, &proven)?;
        cost.store(value, Ordering::Relaxed);
        let was_stopped = cancel.is_cancelled();
        let least = asked_seconds.unwrap_or(LEAST_SECONDS);
        let is_late = || begin.elapsed().as_secs_f64() >= least;
        while !rising.is_finished() && !is_late() && !proven.is_enough(value) && !cancel.is_cancelled() {
            std::thread::sleep(LOOK);
        }
        drop(end);
        let answer = rising.join();
        let is_stopped = cancel.is_cancelled() && !was_stopped;
        Ok((found, told(answer.unwrap_or_else(|_| Err(broken())), is_stopped)))
    })
}

/// Ends a part of the work, even where the other part breaks off.
struct EndOnDrop<'a>(&'a Cancel);

impl Drop for EndOnDrop<'_> {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

fn broken() -> Error {
    let problem = "it broke off, which is a mistake in kring".to_owned();
    Error::new(ErrorKind::Options, Mistake::new("--bound", problem, "leave it out"))
}

/// The bound, or a word where there is none. It is no reason to lose a plan.
fn told(answer: Result<Bound, Error>, is_stopped: bool) -> Option<Bound> {
    if is_stopped {
        note("kring: stopped; this is the best bound so far");
    }
    answer.map_err(|error| note(&format!("kring: no bound: {error}"))).ok()
}

fn tell(line: &mut Line, bound: &Bound, seconds: f64, cost: i64) {
    let percent = bound.gap(cost).map_or_else(|| "a bound of 0".to_owned(), percent);
    line.say(bound.seconds, &format!("{:.0} s of {seconds:.0}: {percent}", bound.seconds));
}

/// How far a plan of a cost is from the best possible; `least` is the bound in words.
pub fn sentence(bound: &Bound, cost: i64, least: &str) -> String {
    match bound.gap(cost) {
        None => "No bound above 0 was found.".to_owned(),
        Some(gap) if gap <= 0.0 => format!("The best possible: no plan costs less than {least}."),
        Some(gap) => {
            let percent = percent(gap);
            format!("{}{}: no plan costs less than {least}.", percent[..1].to_uppercase(), &percent[1..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bound that goes on until it is cancelled.
    fn endless(_: &BoundOptions, cancel: &Cancel, _: &mut dyn FnMut(&Bound)) -> Result<Bound, Error> {
        while !cancel.is_cancelled() {
            std::thread::sleep(LOOK);
        }
        Err(broken())
    }

    fn options() -> Options {
        Options::default().with_threads(2)
    }

    #[test]
    fn a_search_that_fails_ends_the_bound_beside_it() {
        let search = |_: &Options, _: &Arc<Proven>| Err::<((), i64), _>(Failure("no plan".to_owned()));
        let ended = beside(None, &options(), &Cancel::new(), &endless, search);
        assert_eq!(ended.err().map(|failure| failure.0), Some("no plan".to_owned()));
    }

    #[test]
    #[should_panic(expected = "of its own")]
    fn a_search_that_breaks_off_ends_the_bound_beside_it() {
        let search = |_: &Options, _: &Arc<Proven>| -> Result<((), i64), Failure> { panic!("of its own") };
        let _ = beside(None, &options(), &Cancel::new(), &endless, search);
    }

    #[test]
    fn a_plan_outlives_a_bound_that_fails_or_breaks_off() {
        let search = |_: &Options, _: &Arc<Proven>| Ok(("a plan", 7));
        let failing = |_: &BoundOptions, _: &Cancel, _: &mut dyn FnMut(&Bound)| Err(broken());
        let breaking = |_: &BoundOptions, _: &Cancel, _: &mut dyn FnMut(&Bound)| panic!("of its own");
        for bound in [&failing as &Prove<'_>, &breaking, &endless] {
            let found = beside(None, &options(), &Cancel::new(), bound, search).ok();
            assert!(matches!(found, Some(("a plan", None))));
        }
    }
}
