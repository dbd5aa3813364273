//! Planning again after events, with a price on every change of what people were told.

use super::cancel::Cancel;
use super::options::Options;
use super::outcome::{Outcome, Progress};
use super::planner::Planner;
use super::prepared::prepare_until;
use crate::error::Result;
use crate::model::{Events, Plan, Published};
use std::path::Path;

/// A plan made again.
#[derive(Debug)]
#[non_exhaustive]
pub struct Replanned {
    /// A planner of the problem as the events made it, with the price of changes: its document is the one to keep, and the
    /// next events go to it. It has the pool of the planner before it.
    pub planner: Planner,
    /// The plan that was published, in the words of that document, and the moment at which it was changed.
    pub published: Published,
    /// The new plan.
    pub outcome: Outcome,
}

impl Planner {
    /// Plans again from a published plan after events. What lies before *now* is frozen; each change of the rest has a price,
    /// by kind and notice, in the price list of the document, so that a change is made where it is needed or saves more than
    /// that.
    ///
    /// `base` is the folder that a file named in the document is relative to.
    ///
    /// # Errors
    /// Kind `Events` for events that name what does not exist, and for a *now* after the horizon; the mistakes of the document that they make; as
    /// [`Planner::prepare`] and [`Planner::solve`].
    pub fn replan(
        &self,
        plan: &Plan,
        events: &Events,
        base: &Path,
        options: &Options,
        cancel: &Cancel,
        progress: impl FnMut(&Progress),
    ) -> Result<Replanned> {
        self.check(options)?;
        let stop = || cancel.is_cancelled();
        let (document, plan) = events.apply(self.problem().document(), plan)?;
        let published = Published::new(plan, events.now);
        let problem = prepare_until(&document, base, &stop)?;
        let planner = self.of(problem.with_published(&published), &stop)?;
        let outcome = planner.solve(options, Some(&published.plan), cancel, progress)?;
        Ok(Replanned { planner, published, outcome })
    }
}
