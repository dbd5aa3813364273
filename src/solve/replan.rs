//! Planning again after events, with a price on every change of what people were told.

use super::{Cancel, Options, Outcome, Progress, prepare, solve_with};
use crate::error::Result;
use crate::model::{Document, Events, Plan, Problem, Published};
use std::path::Path;

/// A plan made again.
#[derive(Debug)]
#[non_exhaustive]
pub struct Replanned {
    /// The problem as the events made it, with the price of changes: its document is the one to keep.
    pub problem: Problem,
    /// The plan that was published, in the words of that document, and the moment at which it was changed.
    pub published: Published,
    /// The new plan.
    pub outcome: Outcome,
}

/// Plans again from a published plan after events. What lies before *now* is frozen; each change of the rest has a price, by
/// kind and notice, in the price list of the document, so that a change is made where it is needed or saves more than that.
///
/// `base` is the folder that a file named in the document is relative to.
///
/// # Errors
/// Kind `Events` for events that name what does not exist; the mistakes of the document that they make; as
/// [`solve_with`].
pub fn replan(
    document: &Document,
    plan: &Plan,
    events: &Events,
    base: &Path,
    options: &Options,
    cancel: &Cancel,
    progress: impl FnMut(&Progress),
) -> Result<Replanned> {
    let (document, plan) = events.apply(document, plan)?;
    let published = Published { plan, now: events.now };
    let problem = prepare(&document, base)?.with_published(&published);
    let outcome = solve_with(&problem, options, Some(&published.plan), cancel, progress)?;
    Ok(Replanned { problem, published, outcome })
}
