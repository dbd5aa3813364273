//! What a step is after: visits of a client that should pass from one nurse to another, or a tour more.

/// No nurse, no client.
pub(super) const NOBODY: u32 = u32::MAX;

/// A client's visits by one nurse should go to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct HandOver {
    client: u32,
    /// Must not come back in this step.
    from: u32,
    /// Is looked at as if the client knew her: what she costs as a further face pays off over several
    /// visits, which one insertion cannot see.
    to: Option<u32>,
}

/// What a step is after.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Aim {
    hand_over: Option<HandOver>,
    /// Days (by number, modulo 64, a bit each) on which the first visit to open a tour may do so as if the way
    /// there and back were free: a new tour pays off over several visits, which one insertion cannot see.
    opens: u64,
}

impl Aim {
    /// After nothing: any nurse may come.
    pub(crate) const NONE: Self = Self { hand_over: None, opens: 0 };

    /// After one tour more, each day.
    pub(crate) const OPEN: Self = Self { hand_over: None, opens: u64::MAX };

    /// After one hand-over.
    pub(crate) fn one(client: u32, from: u32, to: Option<u32>) -> Self {
        Self { hand_over: Some(HandOver { client, from, to }), opens: 0 }
    }

    /// The nurse barred from a client and the one favoured, by number; [`u32::MAX`] for nobody.
    #[inline]
    pub(crate) fn of(&self, client: u32) -> (u32, u32) {
        let hand_over = self.hand_over.filter(|hand_over| hand_over.client == client);
        hand_over.map_or((NOBODY, NOBODY), |h| (h.from, h.to.unwrap_or(NOBODY)))
    }

    /// Whether a tour may be opened at a discount on a day.
    #[inline]
    pub(crate) fn opens(&self, day: u16) -> bool {
        self.opens >> (day % 64) & 1 == 1
    }

    /// Notes that a tour was opened on a day: the others must be worth it.
    pub(crate) fn opened(&mut self, day: u16) {
        self.opens &= !(1 << (day % 64));
    }

    /// Whether any nurse may come to a client.
    pub(crate) fn leaves_free(&self, client: u32) -> bool {
        self.of(client) == (NOBODY, NOBODY)
    }
}
