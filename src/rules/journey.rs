//! Segment: time on the road.

/// Seconds on the road between the first and the last visit of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Journey {
    pub(crate) travel: i32,
}

impl Journey {
    /// A single visit: no road.
    pub(crate) const NONE: Self = Self { travel: 0 };
}

impl Journey {
    #[inline]
    pub(crate) fn merge(self, leg: i32, next: Self) -> Self {
        Self { travel: self.travel + leg + next.travel }
    }
}
