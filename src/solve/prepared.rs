//! Ready for planning: a document made a problem, and a problem with what its searches share.

use crate::error::{GO_ON, Result, Stop};
use crate::model::facts::Facts;
use crate::model::{Document, Problem};
use crate::rules::Evaluator;
use crate::search::candidates::Candidates;
use crate::search::draft::Draft;
use crate::travel::times_until;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Makes a document ready for [`Planner`](super::Planner) and [`solve`](super::solve()): validates it, computes travel times, builds the problem.
///
/// `base` is the folder that a file named in the document (a road extract) is relative to. To stop it before it is done:
/// [`Planner::prepare`](super::Planner::prepare).
///
/// # Errors
/// Every mistake of the document with its path; places that no road reaches.
pub fn prepare(document: &Document, base: &Path) -> Result<Problem> {
    prepare_until(document, base, GO_ON)
}

/// [`prepare`], until somebody stops it.
pub(super) fn prepare_until(document: &Document, base: &Path, stop: Stop<'_>) -> Result<Problem> {
    document.validate()?;
    Problem::new(document, times_until(document, base, stop)?)
}

/// What a planner knows of its problem.
pub(super) struct Core {
    pub(super) problem: Arc<Problem>,
    evaluator: Evaluator,
    candidates: Candidates,
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = &self.problem;
        let counts = [problem.visit_count(), problem.shift_count()];
        write!(f, "{} visits, {} shifts", counts[0], counts[1])
    }
}

/// What a search reads: the facts of a problem, and what was made of them.
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
    /// What is made of a problem, of no use if `stop` said so.
    pub(super) fn until(problem: Arc<Problem>, stop: Stop<'_>) -> Self {
        let evaluator = Evaluator::new(&problem.facts);
        let candidates = Candidates::until(&problem.facts, &evaluator, stop);
        Self { problem, evaluator, candidates }
    }

    pub(super) fn parts(&self) -> Parts<'_> {
        Parts { facts: &self.problem.facts, evaluator: &self.evaluator, candidates: &self.candidates }
    }
}
