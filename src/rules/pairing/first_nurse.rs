//! Priced: a visit not by the first nurse, where one is named.

use super::rule::{Pair, PairingRule, Verdict};
use crate::model::cost::{Term, cost_of_minutes};

pub(super) struct FirstNurse;

impl PairingRule for FirstNurse {
    fn judge(&self, pair: &Pair<'_>) -> Verdict {
        match pair.client.first_nurse {
            Some(first) if first != pair.nurse_index => {
                Verdict::Priced(Term::NotFirstNurse, cost_of_minutes(pair.prices.not_first_nurse))
            }
            _ => Verdict::Free,
        }
    }
}
