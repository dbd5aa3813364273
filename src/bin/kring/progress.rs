//! The line that says how the search is doing, on standard error.

use crate::library::{CostByTerm, Progress, Term};
use crate::output::note;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Seconds between two lines where standard error is not a terminal.
const PAUSE: f64 = 2.0;

/// A line that is drawn anew on a terminal, and now and then a line elsewhere.
pub struct Line {
    bar: Option<ProgressBar>,
    limit: Option<f64>,
    /// Seconds that went by before the search, of the same limit.
    before: f64,
    next: f64,
    /// Ticks in a unit of distance, where costs are distances.
    ticks: Option<f64>,
    /// What no plan costs less than, where that is being proven beside the search.
    proven: Option<Arc<Proven>>,
}

impl Line {
    /// `limit`: seconds of search, if limited.
    pub fn new(limit: Option<f64>) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| bar(limit));
        Self { bar, limit, before: 0.0, next: PAUSE, ticks: None, proven: None }
    }

    /// The line of a search before which so many seconds went by.
    pub fn after(self, before: f64) -> Self {
        Self { before, ..self }
    }

    /// A line that shows distances.
    pub fn distance(limit: Option<f64>, ticks: f64) -> Self {
        Self { ticks: Some(ticks), ..Self::new(limit) }
    }

    /// Also shows how far the best plan is from what is proven so far.
    pub fn beside(mut self, proven: Option<&Arc<Proven>>) -> Self {
        self.proven = proven.cloned();
        self
    }

    pub fn show(&mut self, progress: &Progress) {
        self.show_at(self.before + progress.seconds, progress);
    }

    /// Shows one of several searches, some seconds after the start of all.
    pub fn show_at(&mut self, seconds: f64, progress: &Progress) {
        let standing = Standing { seconds, ..progress.into() };
        let mut text = match self.ticks {
            Some(ticks) => distance_message(&standing, self.limit, ticks),
            None => message(&standing, self.limit),
        };
        let proven = self.proven.as_ref().and_then(|proven| proven.gap(progress.best.total()));
        if let Some(gap) = proven.filter(|_| progress.iterations > 0) {
            text += &format!("; {}", percent(gap));
        }
        self.say(standing.seconds, &text);
    }

    /// Shows a text some seconds after the start.
    pub fn say(&mut self, seconds: f64, text: &str) {
        match &self.bar {
            Some(bar) => {
                bar.set_position((seconds * 1000.0) as u64);
                bar.set_message(text.to_owned());
            }
            None if seconds >= self.next => {
                note(text);
                self.next = seconds + PAUSE;
            }
            None => {}
        }
    }

    /// Takes the line off the terminal.
    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A bound that rises beside the search; 0 until there is one.
#[derive(Default)]
pub struct Proven(AtomicI64);

impl Proven {
    pub fn rise(&self, value: i64) {
        self.0.fetch_max(value, Ordering::Relaxed);
    }

    /// How far a plan of a cost is from the best possible, at most.
    pub fn gap(&self, cost: i64) -> Option<f64> {
        let value = self.0.load(Ordering::Relaxed);
        (value > 0).then(|| cost.saturating_sub(value).max(0) as f64 / value as f64)
    }

    /// Whether it proves that no plan costs less.
    pub fn is_enough(&self, cost: i64) -> bool {
        self.0.load(Ordering::Relaxed) >= cost
    }
}

/// Rounded up, so that it is true.
pub fn percent(gap: f64) -> String {
    format!("at most {:.1} % from the best possible", (gap * 1000.0).ceil() / 10.0)
}

fn bar(limit: Option<f64>) -> ProgressBar {
    let (bar, template) = match limit {
        Some(seconds) => (ProgressBar::new((seconds * 1000.0) as u64), "[{bar:10}] {wide_msg}"),
        None => (ProgressBar::new_spinner(), "{spinner} {wide_msg}"),
    };
    let style = ProgressStyle::with_template(template).map(|style| style.progress_chars("=> "));
    // The template is fixed text; were it wrong, the plain style would do.
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// What the line says of a [`Progress`].
struct Standing {
    seconds: f64,
    best: CostByTerm,
    unplanned: usize,
    tours: usize,
    iterations: u64,
    iterations_per_second: f64,
}

impl From<&Progress> for Standing {
    fn from(progress: &Progress) -> Self {
        Self {
            seconds: progress.seconds,
            best: progress.best,
            unplanned: progress.unplanned,
            tours: progress.tours,
            iterations: progress.iterations,
            iterations_per_second: progress.iterations_per_second,
        }
    }
}

/// Such as `3 s of 30: the first plan, 12,400 visits to go`, until there is one.
fn first_plan(standing: &Standing, limit: Option<f64>) -> Option<String> {
    let of = limit.map(|seconds| format!(" of {seconds:.0}")).unwrap_or_default();
    let (seconds, left) = (standing.seconds, thousands(standing.unplanned as u64));
    (standing.iterations == 0).then(|| format!("{seconds:.0} s{of}: the first plan, {left} visits to go"))
}

/// Such as `12 s of 30: distance 1,650, 19 vehicles (2 left out); 153,000 iter/s`.
fn distance_message(standing: &Standing, limit: Option<f64>, ticks: f64) -> String {
    if let Some(text) = first_plan(standing, limit) {
        return text;
    }
    let of = limit.map(|seconds| format!(" of {seconds:.0}")).unwrap_or_default();
    // A tick of travel costs 1,000.
    let distance = standing.best[Term::Travel] as f64 / 1000.0 / ticks;
    format!(
        "{:.0} s{of}: distance {}, {} vehicles ({} left out); {} iter/s",
        standing.seconds,
        thousands(distance as u64),
        standing.tours,
        standing.unplanned,
        thousands(standing.iterations_per_second.max(0.0) as u64)
    )
}

/// Such as `12 s of 30: cost 8,312 min (2 left out, travel 1,100, faces 640); 153,000 iter/s`.
fn message(standing: &Standing, limit: Option<f64>) -> String {
    if let Some(text) = first_plan(standing, limit) {
        return text;
    }
    let of = limit.map(|seconds| format!(" of {seconds:.0}")).unwrap_or_default();
    let minutes = |cost: i64| thousands((cost.max(0) as u64 + 30_000) / 60_000);
    let best: &CostByTerm = &standing.best;
    format!(
        "{:.0} s{of}: cost {} min ({} left out, travel {}, faces {}); {} iter/s",
        standing.seconds,
        minutes(best.total()),
        standing.unplanned,
        minutes(best[Term::Travel]),
        minutes(best[Term::Faces] + best[Term::NewFaces]),
        thousands(standing.iterations_per_second.max(0.0) as u64)
    )
}

/// A number with a comma after each three digits.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn the_line_says_how_far_and_how_good() {
        let mut best = CostByTerm::default();
        best[Term::Unplanned] = 1_500 * 60_000;
        best[Term::Travel] = 1_100 * 60_000;
        best[Term::Faces] = 640 * 60_000;
        let standing = Standing {
            seconds: 12.2,
            best,
            unplanned: 1,
            tours: 9,
            iterations: 9,
            iterations_per_second: 153_000.4,
        };
        assert_eq!(
            message(&standing, Some(30.0)),
            "12 s of 30: cost 3,240 min (1 left out, travel 1,100, faces 640); 153,000 iter/s"
        );
        assert!(message(&standing, None).starts_with("12 s: cost"));
        let first = Standing { iterations: 0, unplanned: 12_400, ..standing };
        assert_eq!(message(&first, Some(30.0)), "12 s of 30: the first plan, 12,400 visits to go");
    }

    #[test]
    fn the_line_of_routes_counts_distance() {
        let mut best = CostByTerm::default();
        best[Term::Travel] = 16_509 * 1_000;
        let standing = Standing {
            seconds: 12.2,
            best,
            unplanned: 2,
            tours: 19,
            iterations: 9,
            iterations_per_second: 153_000.4,
        };
        let expected = "12 s of 30: distance 1,650, 19 vehicles (2 left out); 153,000 iter/s";
        assert_eq!(distance_message(&standing, Some(30.0), 10.0), expected);
    }
}
