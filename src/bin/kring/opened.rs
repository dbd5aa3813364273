//! What commands that ask about a plan begin with: the document, the plan of it, and a planner.

use crate::args::{DocumentAndPlan, Format};
use crate::ending::Failure;
use crate::files::{self, Neighbourhood};
use crate::library::{self, Cancel, Checked, Error, ErrorKind, Plan, Planner, Problem};
use crate::output::{count, note, warn};
use crate::preparing::saying;
use crate::run::stop_at_ctrl_c;

/// A document and a plan of it.
pub struct Opened<'a> {
    asked: &'a DocumentAndPlan,
    pub neighbourhood: Neighbourhood,
    pub plan: Plan,
}

impl<'a> Opened<'a> {
    pub fn new(asked: &'a DocumentAndPlan) -> Result<Self, Failure> {
        let written = files::text_of(&asked.file)?;
        let neighbourhood = files::neighbourhood(&asked.file, &written, Format::Kring)?;
        let plan = files::plan_of(&asked.plan, &neighbourhood.document)?;
        Ok(Self { asked, neighbourhood, plan })
    }

    /// A planner of the document. Ctrl-C ends the process until then, for there is nothing yet; from now on it cancels `cancel`.
    pub fn planner(&self, cancel: &Cancel) -> Result<Planner, Failure> {
        let planner = Planner::new(self.neighbourhood.prepare(&self.asked.file)?);
        warn(&self.neighbourhood.warnings_of(planner.problem()));
        stop_at_ctrl_c(cancel);
        Ok(planner)
    }

    /// The plan is wrong, or what was asked of it, which is no mistake of a file; or somebody stopped it.
    pub fn wrong(&self, error: &Error) -> Failure {
        match error.kind() {
            ErrorKind::Options => Failure(error.to_string()),
            ErrorKind::Cancelled => Failure("stopped before there was an answer".to_owned()),
            _ => files::failure(&self.asked.plan, error),
        }
    }
}

/// Says on standard error where a plan is not one that its document allows, with what to do about it.
pub fn warn_of_violations(problem: &Problem, plan: &Plan, mend: &str) {
    let Ok(checked) = saying("checking the plan", || library::check(problem, plan)) else { return };
    warn_of(&checked, mend);
}

/// The same of a plan that has been checked.
pub fn warn_of(checked: &Checked, mend: &str) {
    let Some(first) = checked.violations.first() else { return };
    note(&format!(
        "warning: the plan breaks the rules of this document in {}; the first: {}: {}. 'kring check' lists them. {mend}",
        count(checked.violations.len(), "place"),
        first.place,
        first.message
    ));
}
