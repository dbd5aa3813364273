//! Hard: the nurse has the level and every named competence that the care asks for.

use super::rule::{Pair, PairingRule, Verdict};

pub(super) struct Competence;

impl PairingRule for Competence {
    fn judge(&self, pair: &Pair<'_>) -> Verdict {
        if let Some(level) = pair.line.level
            && pair.nurse.level < level
        {
            return Verdict::Forbidden(format!("has level {}, the care needs {level}", pair.nurse.level));
        }
        match pair.line.competences.iter().find(|c| !pair.nurse.competences.contains(c)) {
            Some(&missing) => {
                Verdict::Forbidden(format!("lacks the competence {}", pair.competences[missing as usize]))
            }
            None => Verdict::Free,
        }
    }
}
