//! Checks of plans that are to be compared: whether they belong to the document at all, and what they measure.

use super::recompute::{Checked, recompute};
use super::violation::Rule;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::aim::Aim;
use crate::model::{Document, Plan, Published, TravelTimes};

/// Largest number of mistakes in an error.
const MOST: usize = 100;

/// [`recompute`] that fails for a plan that does not belong to this document: one that names what the document does not
/// have, or does not account for every visit once. Other violations are left to the caller.
///
/// # Errors
/// As [`recompute`]; kind `Plan`, with the place of each such violation.
pub(crate) fn check_fitting(
    document: &Document,
    times: &TravelTimes,
    plan: &Plan,
    published: Option<&Published>,
) -> Result<Checked> {
    let checked = recompute(document, times, plan, published)?;
    let misfits = checked.violations.iter().filter(|found| found.rule < Rule::FacesList);
    let mend = "give a plan of this document: after events, of the one that 'kring replan --document' wrote";
    let mistakes = misfits.take(MOST).map(|found| Mistake::new(&found.place, &found.message, mend));
    Error::from_mistakes(ErrorKind::Plan, mistakes.collect())?;
    Ok(checked)
}

/// The measures of a plan, one for each aim in the order of [`Aim::ALL`]. Each is a count or minutes, times the cost of
/// a minute. Less is better.
///
/// # Errors
/// As [`recompute`].
pub(crate) fn measures(
    document: &Document,
    times: &TravelTimes,
    plan: &Plan,
) -> Result<[i64; Aim::ALL.len()]> {
    let mut all = [0; Aim::ALL.len()];
    for (aim, measure) in Aim::ALL.into_iter().zip(&mut all) {
        let checked = recompute(&aim.yardstick(document), times, plan, None)?;
        *measure = checked.cost.iter().filter(|(term, _)| aim.is_of(*term)).map(|(_, cost)| cost).sum();
    }
    Ok(all)
}
