//! Priced: a visit by a nurse outside the preferred ones.

use super::rule::{Pair, PairingRule, Verdict};
use crate::model::cost::{Term, cost_of_minutes};

pub(super) struct Preferred;

impl PairingRule for Preferred {
    fn judge(&self, pair: &Pair<'_>) -> Verdict {
        let preferred = &pair.client.preferred;
        if preferred.is_empty() || preferred.contains(&pair.nurse_index) {
            Verdict::Free
        } else {
            Verdict::Priced(Term::NotPreferred, cost_of_minutes(pair.prices.not_preferred))
        }
    }
}
