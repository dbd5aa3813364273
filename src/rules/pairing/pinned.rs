//! Hard: a visit pinned to a nurse is hers.

use super::rule::{Pair, PairingRule, Verdict};
use crate::model::reason::Why;

pub(super) struct Pinned;

impl PairingRule for Pinned {
    fn judge(&self, pair: &Pair<'_>) -> Verdict {
        match pair.pinned {
            Some(nurse) if nurse != pair.nurse_index => Verdict::Forbidden(Why::Pinned),
            _ => Verdict::Free,
        }
    }
}
