//! Why a plan is as it is: questions about it, answered by changing it and asking the evaluator what that costs.
//!
//! ```text
//! Plan ──> Scene ──> visit: taken out, put in with each nurse ──> Explanation ──> audience: what may be told
//!          (draft)
//! ```
//! Every figure is the difference of two full costs of plans, term by term, so that it is what [`check`](crate::check()) says of
//! the two plans.

mod audience;
mod client;
mod nurse;
mod relax;
mod repair;
mod rule;
mod scene;
mod unplanned;
mod visit;
mod whole;

#[cfg(test)]
mod tests;

use super::cancel::Cancel;
use super::planner::Planner;
use crate::error::{Error, ErrorKind, Mistake, Result, stopped};
use crate::model::Plan;
use crate::model::explanation::{Audience, Explanation, Question};
use scene::Scene;

impl Planner {
    /// Answers a question about a plan, with what an audience may know. `ExplainView` of [`report`](crate::report) puts
    /// it into words (feature `explain`).
    ///
    /// The plan must keep every hard rule. Its visits keep nurse, day and order, and are timed as kring times plans:
    /// for a plan that kring made, these are its own times.
    ///
    /// # Errors
    /// Kind `Plan` for a plan of another version, or with visits that the document or its rules do not admit where they are;
    /// `Options` for a question about what the document does not have, or that this audience may not ask; `Cancelled` before the
    /// planner's lists of candidates are made.
    ///
    /// # Complexity
    /// For a visit: the nurses, times the visits in their tours on that day, times the stops of all tours of the day;
    /// where a nurse has no place, at most 1,000 pairs of her visits instead. For visits left out: the same for each of
    /// at most 100, plus the sets of at most three visits of a tour (2,000 of each size), and a copy of the problem for
    /// each rule in the way. For a client: that of a visit, for each of its visits and at most three nurses. The rest
    /// is linear in visits, and clients times nurses.
    pub fn explain(
        &self,
        plan: &Plan,
        question: &Question,
        audience: Audience,
        cancel: &Cancel,
    ) -> Result<Explanation> {
        let stop = &|| cancel.is_cancelled();
        audience::check(question, audience)?;
        plan.check_version()?;
        self.problem().document().accept(plan)?;
        let mut draft = self.core.parts_until(stop).ok_or_else(stopped)?.draft();
        let broken = draft.start_from(plan, self.problem());
        Error::from_mistakes(ErrorKind::Plan, of_another_plan(broken, audience))?;
        let scene = Scene::new(self.problem(), draft, audience);
        let explained = match question {
            Question::Visit { client, care, date } => {
                Explanation::Visit(visit::explain(&scene, client, care, *date, stop)?)
            }
            Question::Client(client) => Explanation::Client(client::explain(&scene, client, stop)?),
            Question::Nurse(nurse) => Explanation::Nurse(nurse::explain(&scene, plan, nurse)?),
            Question::Unplanned => Explanation::Unplanned(unplanned::explain(&scene, stop)),
            Question::Plan => Explanation::Plan(whole::explain(&scene)),
        };
        audience::told(explained, audience)
    }
}

/// Most parts of a plan that are named because they do not fit the document.
const MOST_BROKEN: usize = 5;

/// The mistakes of a plan that does not fit the document, with the advice that applies here.
fn of_another_plan(mut broken: Vec<Mistake>, audience: Audience) -> Vec<Mistake> {
    if !broken.is_empty() && audience != Audience::Team {
        // The mistakes name other clients and what they need, so only the team may see them.
        let problem = "the plan does not fit the document or breaks its rules";
        return vec![Mistake::new("tours", problem, "ask for the team, which is told more")];
    }
    let left = broken.len().saturating_sub(MOST_BROKEN);
    broken.truncate(MOST_BROKEN);
    let mend = "explain a plan of this document that keeps its rules: see 'kring check'";
    broken.iter_mut().for_each(|mistake| mend.clone_into(&mut mistake.mend));
    if left > 0 {
        broken.push(Mistake::new("tours", format!("{left} more do not fit the document"), mend));
    }
    broken
}
