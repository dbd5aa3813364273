//! The second opinion on a plan of a problem.

use crate::check::{Checked, recompute};
use crate::error::Result;
use crate::model::{Plan, Problem};

/// Recomputes a plan of a problem from the definitions: every broken rule, the cost and the indicators. Ask it before a plan
/// that was changed by hand, or made elsewhere, is carried out.
///
/// It shares no code with the search: see [`kring::check`](mod@crate::check). It reads the tours of the plan, their
/// order and their times. The reasons of unplanned visits are for people and are not checked; the list of faces is
/// compared with the tours unless it is empty. If the problem has a published plan ([`Problem::with_published`]), as
/// that of [`Replanned::planner`](super::Replanned) does, changes of it are priced as well.
///
/// # Errors
/// Kind `Plan` for a plan of another version or of [another document](crate::Document::accept). A plan that names what
/// does not exist is no error: the result lists the violations.
///
/// # Complexity
/// O(s log s + v + e + c p) time for s stops, v possible visits of the care plans, e entries of the
/// plan's lists and c care lines with p day patterns each; O(s + v + c p) space.
///
/// # Example
/// ```
/// use kring::{check, prepare, read_document, read_plan};
///
/// let document = read_document(
///     r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 1},
///         "nurses": [{"id": "n1", "home": {"index": 0},
///                     "shifts": [{"date": "2026-03-02", "start": "07:00", "end": "12:00"}]}],
///         "clients": [{"id": "c1", "location": {"index": 1},
///                      "care": [{"id": "wash", "days": "daily", "minutes": 30,
///                                "window": {"from": "08:00", "to": "10:00"}}]}],
///         "travel": {"matrix": {"bicycle": [[0, 300], [300, 0]]}}}"#,
/// )?;
/// let plan = read_plan(
///     r#"{"kring_plan": 1, "tours": [
///         {"nurse": "n1", "shift": "2026-03-02T07:00:00Z", "travel_seconds": 600, "waiting_seconds": 0,
///          "leave": "2026-03-02T07:54:00Z", "back": "2026-03-02T08:34:00Z", "stops": [
///             {"visit": {"client": "c1", "care": "wash", "date": "2026-03-02", "travel_seconds": 300,
///                        "start": "2026-03-02T07:59:00Z", "end": "2026-03-02T08:29:00Z"}}]}]}"#,
/// )?;
/// let checked = check(&prepare(&document, ".".as_ref())?, &plan)?;
/// assert_eq!(checked.violations.len(), 1);
/// let early = &checked.violations[0];
/// assert_eq!((early.rule.name(), early.amount), ("window", 60));
/// # Ok::<(), kring::Error>(())
/// ```
pub fn check(problem: &Problem, plan: &Plan) -> Result<Checked> {
    recompute(problem.document(), problem.times(), plan, problem.published())
}
