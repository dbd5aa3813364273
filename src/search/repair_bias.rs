//! Repair bias: what the repair of one step prefers beside a low cost.
//!
//! Some moves pay off over several visits, which the insertion of one cannot see: another nurse for all visits of a client, a
//! further tour. A bias makes the first of them look cheaper, or the old way impossible, for one step. Costs booked are always the full ones.

/// A client's visits by one nurse should go to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reassignment {
    client: u32,
    /// Must not get visits of the client in this step.
    from: u32,
    /// Is evaluated as if the client knew her.
    to: Option<u32>,
}

/// What the repair of one step prefers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RepairBias {
    reassignment: Option<Reassignment>,
    /// Days (by number, modulo 64, a bit each) on which the first visit to open a tour may do so as if the way
    /// there and back were free.
    opens: u64,
}

impl RepairBias {
    /// The cost alone counts.
    pub(crate) const NONE: Self = Self { reassignment: None, opens: 0 };

    /// On each day, one more tour may be opened at a discount.
    pub(crate) const OPEN: Self = Self { reassignment: None, opens: u64::MAX };

    /// Visits of a client go from a nurse to others, or to a certain one.
    pub(crate) fn reassign(client: u32, from: u32, to: Option<u32>) -> Self {
        Self { reassignment: Some(Reassignment { client, from, to }), opens: 0 }
    }

    /// The nurse barred from a client, and the one favoured.
    #[inline]
    pub(crate) fn of(&self, client: u32) -> (Option<u32>, Option<u32>) {
        match self.reassignment {
            Some(reassignment) if reassignment.client == client => (Some(reassignment.from), reassignment.to),
            _ => (None, None),
        }
    }

    /// Whether a tour may be opened at a discount on a day.
    #[inline]
    pub(crate) fn opens(&self, day: u16) -> bool {
        self.opens >> (day % 64) & 1 == 1
    }

    /// Notes that a tour was opened on a day: further tours get no discount.
    pub(crate) fn opened(&mut self, day: u16) {
        self.opens &= !(1 << (day % 64));
    }

    /// Whether any nurse may come to a client.
    pub(crate) fn leaves_free(&self, client: u32) -> bool {
        self.reassignment.is_none_or(|reassignment| reassignment.client != client)
    }
}
