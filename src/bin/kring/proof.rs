//! `--bound`: how far from the best possible.

use crate::args::Solve;
use crate::ending::Failure;
use crate::files;
use crate::library::{Bound, BoundOptions, Cancel, Error, Options, Run};
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
/// threads, or after it on the only one.
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
    let (found, bound) = if options.threads > 1 {
        beside(asked, options, cancel, bound, |options, proven| search(options, Some(proven)))?
    } else {
        after(asked, cancel, bound, search(options, None)?)?
    };
    Ok((found, bound.transpose().map_err(|error| files::failure(&asked.file, &error))?))
}

/// A bound asked for, or none because somebody stopped the search, and would wait for nothing.
type Answer = Option<Result<Bound, Error>>;

/// As long as the search had, where nothing else is asked.
fn after<T>(
    asked: &Solve,
    cancel: &Cancel,
    bound: &Prove<'_>,
    (found, cost, run): (T, i64, Run),
) -> Result<(T, Answer), Failure> {
    if cancel.is_cancelled() {
        return Ok((found, None));
    }
    let seconds = seconds(asked).unwrap_or(run.seconds.max(LEAST_SECONDS));
    let options = BoundOptions::default().with_seconds(seconds).with_threads(1).with_cost(cost);
    let mut line = Line::new(Some(seconds));
    let answer = bound(&options, cancel, &mut |bound| tell(&mut line, bound, seconds, cost));
    line.end();
    if cancel.is_cancelled() {
        note("kring: stopped; this is the best bound so far");
    }
    Ok((found, Some(answer)))
}

/// Until the search ends, where nothing else is asked; a bound that proves the plan the best possible is enough.
fn beside<T>(
    asked: &Solve,
    options: &Options,
    cancel: &Cancel,
    bound: &Prove<'_>,
    search: impl FnOnce(&Options, &Arc<Proven>) -> Searched<T>,
) -> Result<(T, Answer), Failure> {
    let begin = Instant::now();
    let (asked_seconds, rest) = (seconds(asked), options.clone().with_threads(options.threads - 1));
    let own = BoundOptions::default().with_seconds(asked_seconds.unwrap_or(MOST_SECONDS)).with_threads(1);
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
        let found = search(&rest, &proven);
        if let Ok((_, found, _)) = &found {
            cost.store(*found, Ordering::Relaxed);
            let least = asked_seconds.unwrap_or(LEAST_SECONDS);
            let is_late = || begin.elapsed().as_secs_f64() >= least;
            while !rising.is_finished() && !is_late() && !proven.is_enough(*found) && !cancel.is_cancelled() {
                std::thread::sleep(LOOK);
            }
        }
        proving.cancel();
        let answer = rising.join();
        let (found, ..) = found?;
        let broken = |_| Failure("--bound: it broke off with an error of its own; leave it out".to_owned());
        Ok((found, Some(answer.map_err(broken)?)))
    })
}

/// The seconds asked for, if any.
fn seconds(asked: &Solve) -> Option<f64> {
    asked.bound_seconds.or(asked.limits.seconds)
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
