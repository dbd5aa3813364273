//! Hard: the nurse has the level and every named competence that the care asks for.

use super::rule::{Pair, PairingRule, Verdict};
use crate::model::reason::Why;

pub(super) struct Competence;

impl PairingRule for Competence {
    fn judge(&self, pair: &Pair<'_>) -> Verdict {
        if let Some(level) = pair.line.level
            && pair.nurse.level < level
        {
            return Verdict::Forbidden(Why::Level { has: pair.nurse.level, needs: level });
        }
        match pair.line.competences.iter().find(|c| !pair.nurse.competences.contains(c)) {
            Some(&missing) => {
                Verdict::Forbidden(Why::Competence { missing: pair.competences[missing as usize].clone() })
            }
            None => Verdict::Free,
        }
    }
}
