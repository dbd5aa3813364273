//! Restarts: where the limits allow more than one search, short searches from the first plan come before the long one,
//! which goes on from the best of them.
//!
//! Annealing ends in one of many basins of attraction, which differ in who visits whom, or in which nurse or depot has
//! tours at all. Beyond some thousand iterations for each visit, slower annealing hardly ends in a better basin, but
//! another start may. The number of starts depends on iterations and visits: with an iteration limit, it does not
//! depend on the machine.

use super::snapshot::Snapshot;

/// The part of the search that all short searches get together.
const SHARE: f64 = 0.5;

/// Iterations for each visit that a short search should have.
const EACH: f64 = 4_000.0;

/// Most short searches.
const MOST: u32 = 8;

/// The part of the search after which its number of iterations can be estimated well enough.
const DECIDED_AT: f64 = 0.02;

/// Where a worker stands among its starts.
#[derive(Debug, Clone)]
pub(crate) struct Restarts {
    /// The plan that short searches start from.
    pub(crate) first: Snapshot,
    /// Number of short searches, once decided.
    short: Option<u32>,
    /// Searches begun before the one at hand.
    turn: u32,
}

impl Restarts {
    /// From a first plan.
    pub(crate) fn new(first: Snapshot) -> Self {
        Self { first, short: None, turn: 0 }
    }

    /// Progress of the search at hand, 0 to 1, and whether it has just begun, when the part `done` of the whole is over
    /// and took so many iterations.
    pub(crate) fn progress(&mut self, done: f64, iterations: u64) -> (f64, bool) {
        if self.short.is_none() && done >= DECIDED_AT {
            let expected = iterations as f64 / done;
            let short = expected * SHARE / (EACH * self.first.options.len().max(1) as f64);
            self.short = Some(if short < 2.0 { 0 } else { MOST.min(short as u32) });
        }
        let Some(short @ 1..) = self.short else { return (done, false) };
        let (turn, progress) = if done < SHARE {
            let at = done / SHARE * f64::from(short);
            (at as u32, at.fract())
        } else {
            (short, (done - SHARE) / (1.0 - SHARE))
        };
        let before = std::mem::replace(&mut self.turn, turn);
        (progress, before != turn)
    }

    /// Whether the search at hand is a short one.
    pub(crate) fn is_short(&self) -> bool {
        self.short.is_some_and(|short| self.turn < short)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;
    use crate::rules::Evaluator;
    use crate::search::candidates::Candidates;
    use crate::search::draft::Draft;

    /// The progress at every hundredth of a search of so many iterations, over one visit.
    fn course(iterations: u64) -> Vec<(f64, bool)> {
        let document: Document = serde_json::from_str(
            r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 1},
                "nurses": [{"id": "n", "home": {"index": 0}, "shifts": []}],
                "clients": [{"id": "c", "location": {"index": 1}, "care": [
                    {"id": "a", "days": "daily", "minutes": 30, "window": {"from": "08:00", "to": "10:00"}}]}],
                "travel": {"matrix": {"bicycle": [[0, 300], [300, 0]]}}}"#,
        )
        .unwrap();
        let problem = crate::solve::prepare(&document, std::path::Path::new(".")).unwrap().facts;
        let evaluator = Evaluator::new(&problem);
        let candidates = Candidates::new(&problem, &evaluator);
        let draft = Draft::empty(&problem, &evaluator, &candidates);
        let mut starts = Restarts::new(Snapshot::of(&draft));
        let at = |part: u64| (part as f64 / 100.0, iterations * part / 100);
        (0..=100).map(at).map(|(done, iterations)| starts.progress(done, iterations)).collect()
    }

    #[test]
    fn a_short_limit_allows_one_search() {
        let course = course((3.9 * EACH) as u64);
        assert!(course.iter().all(|&(_, begins)| !begins));
        assert!((0..=100).zip(&course).all(|(part, &(progress, _))| progress == f64::from(part) / 100.0));
    }

    #[test]
    fn a_long_limit_allows_several_and_each_cools_down_wholly() {
        for (times, short) in [(4.1, 2), (10.1, 5), (1e6, 8)] {
            let course = course((times * EACH) as u64);
            let begun: Vec<usize> = (0..=100).filter(|&part| course[part].1).collect();
            assert_eq!(begun.len(), short, "{begun:?}");
            assert_eq!(*begun.last().unwrap(), 50);
            for &at in &begun {
                assert!(course[at - 1].0 > 0.8 && course[at].0 < 0.2, "{course:?}");
            }
            assert_eq!(course[100].0, 1.0);
        }
    }
}
