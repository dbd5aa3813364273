//! Hard: a client and a nurse who must not meet, whichever of them says so. The reason is private.

use super::rule::{Pair, PairingRule, Verdict};
use crate::model::reason::Why;

pub(super) struct Forbidden;

impl PairingRule for Forbidden {
    fn judge(&self, pair: &Pair<'_>) -> Verdict {
        if pair.client.forbidden.contains(&pair.nurse_index) {
            Verdict::Forbidden(Why::ForbiddenPair)
        } else {
            Verdict::Free
        }
    }
}
