//! Hard: pairs that must not meet, from either side. The reason is nobody's business.

use super::{Pair, PairingRule, Verdict};

pub(super) struct Forbidden;

impl PairingRule for Forbidden {
    fn judge(&self, pair: &Pair<'_>) -> Verdict {
        let by_client = pair.client.forbidden_nurses.contains(&pair.nurse.id);
        let by_nurse = pair.nurse.forbidden_clients.contains(&pair.client.id);
        if by_client || by_nurse {
            Verdict::Forbidden("does not visit this client".to_owned())
        } else {
            Verdict::Free
        }
    }
}
