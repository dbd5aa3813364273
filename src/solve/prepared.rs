//! Preparation for planning: makes a problem of a document, and the data that all searches of a problem share.

use crate::error::{GO_ON, Result, Stop};
use crate::model::facts::Facts;
use crate::model::{Document, Problem};
use crate::rules::Evaluator;
use crate::search::candidates::Candidates;
use crate::search::draft::Draft;
use crate::travel::located_times;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Makes a document ready for [`Planner`](super::Planner) and [`solve`](super::solve()): validates it, finds its addresses, computes travel
/// times, builds the problem. [`Problem::document`] then has coordinates for every address.
///
/// `base` is the folder that a file named in the document (a road extract) is relative to.
/// [`Planner::prepare`](super::Planner::prepare) can be stopped before it is done.
///
/// # Errors
/// Every mistake of the document with its path; addresses that the extract does not have; places that no road reaches.
///
/// # Complexity
/// The travel times: places squared for straight lines and matrices, one search of the streets from each place otherwise. The rest is linear
/// in visits times nurses.
pub fn prepare(document: &Document, base: &Path) -> Result<Problem> {
    prepare_until(document, base, GO_ON)
}

/// [`prepare`], until somebody stops it.
pub(super) fn prepare_until(document: &Document, base: &Path, stop: Stop<'_>) -> Result<Problem> {
    document.validate()?;
    let (document, times) = located_times(document, base, stop)?;
    Problem::new(&document, times)
}

/// A problem with the data that all its searches share.
pub(super) struct Core {
    pub(super) problem: Arc<Problem>,
    evaluator: Evaluator,
    /// Made on first use: circles, bounds and attainable faces do not need them.
    candidates: OnceLock<Candidates>,
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = &self.problem;
        let counts = [problem.visit_count(), problem.shift_count()];
        write!(f, "{} visits, {} shifts", counts[0], counts[1])
    }
}

/// What a search reads: the facts of a problem, and the data made from them.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) facts: &'a Facts,
    pub(super) evaluator: &'a Evaluator,
    pub(super) candidates: &'a Candidates,
}

impl<'a> Parts<'a> {
    /// A draft without a visit.
    pub(super) fn draft(&self) -> Draft<'a> {
        Draft::empty(self.facts, self.evaluator, self.candidates)
    }
}

impl Core {
    pub(super) fn new(problem: Arc<Problem>) -> Self {
        let evaluator = Evaluator::new(&problem.facts);
        Self { problem, evaluator, candidates: OnceLock::new() }
    }

    /// Prices and rules.
    pub(super) fn evaluator(&self) -> &Evaluator {
        &self.evaluator
    }

    /// All that a search needs.
    pub(super) fn parts(&self) -> Parts<'_> {
        let facts = &self.problem.facts;
        let candidates = self.candidates.get_or_init(|| Candidates::new(facts, &self.evaluator));
        Parts { facts, evaluator: &self.evaluator, candidates }
    }

    /// The same, until `stop`; `None` if that came before the candidate lists were complete.
    pub(super) fn parts_until(&self, stop: Stop<'_>) -> Option<Parts<'_>> {
        if self.candidates.get().is_none() {
            let made = Candidates::until(&self.problem.facts, &self.evaluator, stop);
            if stop() {
                return None;
            }
            // If two threads made them at once, those of the first are kept: both are the same.
            let _ = self.candidates.set(made);
        }
        Some(self.parts())
    }
}
