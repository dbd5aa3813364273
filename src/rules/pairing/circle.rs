//! Priced: a visit by a nurse outside the circle, where one is named.

use super::rule::{Pair, PairingRule, Verdict};
use crate::model::cost::{Term, cost_of_minutes};

pub(super) struct Circle;

impl PairingRule for Circle {
    fn judge(&self, pair: &Pair<'_>) -> Verdict {
        let circle = &pair.client.circle;
        if circle.is_empty() || circle.contains(&pair.nurse_index) {
            Verdict::Free
        } else {
            Verdict::Priced(Term::NotCircle, cost_of_minutes(pair.prices.not_circle))
        }
    }
}
