//! `--bound`: how far from the best possible.

use crate::args::Solve;
use crate::library::{Bound, Cancel, Error, Run};
use crate::output::note;
use crate::progress::Line;

/// Seconds for the bound at least, where the search had less and nothing else is asked.
const LEAST_SECONDS: f64 = 1.0;

/// The bound asked for, with `--bound-seconds`, or as long as the search had; `None` where none is asked, or
/// where someone stopped the search, and would wait for nothing. `bound` computes it within so many seconds, and
/// tells how it stands.
pub fn prove(
    asked: &Solve,
    cost: i64,
    run: &Run,
    cancel: &Cancel,
    bound: impl FnOnce(f64, &mut dyn FnMut(&Bound)) -> Result<Bound, Error>,
) -> Result<Option<Bound>, Error> {
    if !asked.bound || cancel.is_cancelled() {
        return Ok(None);
    }
    let seconds = asked.bound_seconds.or(asked.limits.seconds).unwrap_or(run.seconds.max(LEAST_SECONDS));
    let mut line = Line::new(Some(seconds));
    let mut progress = |bound: &Bound| {
        let percent = bound.gap(cost).map_or_else(|| "a bound of 0".to_owned(), percent);
        line.say(bound.seconds, &format!("{:.0} s of {seconds:.0}: {percent}", bound.seconds));
    };
    let bound = bound(seconds, &mut progress)?;
    line.end();
    if cancel.is_cancelled() {
        note("kring: stopped; this is the best bound so far");
    }
    Ok(Some(bound))
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

/// Rounded up, so that it is true.
fn percent(gap: f64) -> String {
    format!("at most {:.1} % from the best possible", (gap * 1000.0).ceil() / 10.0)
}
