//! Priced: a visit by another nurse, or on another day, than was published.

use super::rule::{Pair, PairingRule, Verdict};
use crate::model::cost::Term;

pub(super) struct Changed;

impl PairingRule for Changed {
    fn judge(&self, pair: &Pair<'_>) -> Verdict {
        match pair.published {
            None => Verdict::Free,
            Some(published) => match published.visit {
                Some((nurse, _)) if nurse == pair.nurse_index => Verdict::Free,
                Some(_) => Verdict::Priced(Term::ChangedNurse, published.nurse),
                None if published.day > 0 => Verdict::Priced(Term::ChangedDay, published.day),
                None => Verdict::Free,
            },
        }
    }
}
