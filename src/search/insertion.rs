//! What an insertion is: a visit put behind a stop of a tour, and what that costs.

use crate::model::cost::Cost;
use crate::rules::BreakAt;

/// No shift, no nurse.
pub(super) const NONE: u32 = u32::MAX;

/// A visit put behind a stop of a tour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Insertion {
    /// Change of cost, without the price of leaving the visit out.
    pub(crate) cost: Cost,
    /// [`Self::nowhere`] has none.
    pub(crate) shift: u32,
    /// Position of the stop before it.
    pub(crate) after: u32,
    pub(crate) option: u32,
    /// Where the break of an empty tour goes; `None`: as it is.
    pub(crate) break_at: Option<BreakAt>,
}

impl Insertion {
    /// No position for a day option yet: worse than any.
    pub(crate) fn nowhere(option: u32) -> Self {
        Self { cost: Cost::MAX, shift: NONE, after: 0, option, break_at: None }
    }

    /// The insertion, if there is one.
    #[inline]
    pub(crate) fn found(self) -> Option<Self> {
        (self.shift != NONE).then_some(self)
    }
}

/// Makes a search overlook good places now and then, as in Christiaens and Vanden Berghe (2020).
#[derive(Debug, Clone)]
pub(crate) struct Blinks {
    /// Evaluations until the next one is overlooked.
    pub(crate) left: u32,
    /// Evaluations between two blinks.
    pub(crate) every: u32,
}

impl Blinks {
    /// Overlooks nothing, but for one blink in 2^32 evaluations.
    pub(crate) fn never() -> Self {
        Self { left: u32::MAX, every: u32::MAX }
    }

    #[inline]
    pub(super) fn now(&mut self) -> bool {
        if self.left > 0 {
            self.left -= 1;
            return false;
        }
        self.left = self.every;
        true
    }
}

/// A position for a visit that is decided together with others, and when care would start there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Position {
    /// Its cost leaves out how far the starts of its own group lie apart.
    pub(super) insertion: Insertion,
    /// Counted from [`DayOption::hour`](crate::model::facts::DayOption).
    pub(super) hour: i32,
    /// The visit's place among those decided together.
    pub(super) of: usize,
    /// Its cost minus that of the cheapest position of the visit, or of leaving the visit out if that is cheaper.
    pub(super) dearer: Cost,
}

/// Lists of joint insertions that a draft keeps for their capacity.
#[derive(Debug, Clone, Default)]
pub(super) struct JointScratch {
    pub(super) costs: Vec<Cost>,
    pub(super) positions: Vec<Position>,
}
