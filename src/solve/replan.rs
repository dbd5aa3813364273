//! Planning again after events, with a price on every change of the published plan.

use super::cancel::Cancel;
use super::options::Options;
use super::outcome::{Outcome, Progress};
use super::planner::Planner;
use super::prepared::prepare_until;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::{Calendar, Events, Plan, Published};
use std::path::Path;
use std::time::Instant;

/// A plan made again.
#[derive(Debug)]
#[non_exhaustive]
pub struct Replanned {
    /// A planner of the problem after the events, in which changes of the published plan have a price. Keep its
    /// document, and send the next events to it. It has the pool of the planner before it.
    pub planner: Planner,
    /// The plan that was published, in terms of that document, and the moment at which it was changed.
    pub published: Published,
    /// The new plan.
    pub outcome: Outcome,
}

impl Planner {
    /// Plans again from a published plan after events. What lies before *now* is frozen; each change of the rest has a
    /// price, by kind and notice, in the price list of the document, so that a change is made only where it is
    /// necessary or saves more than its price.
    ///
    /// Tours of days that the document no longer has are past, and are ignored.
    ///
    /// Send the next events to [`Replanned::planner`]: this planner does not know what the present ones changed.
    ///
    /// Here as everywhere, a tour is as short as possible, and the nurse leaves home when the start times, deviations
    /// from the published ones included, cost least without making her come home late. So where the first visit falls
    /// out, the others start as published. Nobody waits only to keep an hour.
    ///
    /// `base` is the folder that a file named in the document is relative to.
    ///
    /// The seconds of `options` count from the start of this call: they include the preparation of the changed
    /// document.
    ///
    /// # Errors
    /// Kind `Events` for events that name what does not exist, and for a *now* after the horizon; `Plan` for a plan
    /// none of whose days are in the horizon; mistakes of the document after the events; otherwise as
    /// [`Planner::prepare`] and [`Planner::solve`].
    pub fn replan(
        &self,
        plan: &Plan,
        events: &Events,
        base: &Path,
        options: &Options,
        cancel: &Cancel,
        mut progress: impl FnMut(&Progress),
    ) -> Result<Replanned> {
        let begin = Instant::now();
        self.check(options)?;
        let stop = || cancel.is_cancelled();
        let plan = within(plan, self.problem().calendar())?;
        let (document, plan) = events.apply(self.problem().document(), &plan)?;
        let published = Published::new(plan, events.now);
        let problem = prepare_until(&document, base, &stop)?;
        let planner = self.of(problem.with_published(&published));
        let start = Some(&published.plan);
        let outcome = planner.solve_since(begin, options, start, cancel, &mut progress)?;
        Ok(Replanned { planner, published, outcome })
    }
}

/// The tours of a plan that are in the horizon.
fn within(plan: &Plan, calendar: &Calendar) -> Result<Plan> {
    let mut plan = plan.clone();
    let all = plan.days();
    let is_here = |date| calendar.day(date).is_some();
    plan.tours.retain(|tour| is_here(tour.shift.date()));
    plan.unplanned.retain(|out| is_here(out.date));
    plan.missed.retain(|missed| is_here(missed.date));
    match all {
        Some((from, until)) if plan.tours.is_empty() => {
            let problem = format!(
                "the plan is for {from} to {until}, and the document for {} days from {}",
                calendar.days(),
                calendar.date(0)
            );
            Err(Error::new(ErrorKind::Plan, Mistake::new("tours", problem, "give the plan of these days")))
        }
        _ => Ok(plan),
    }
}
