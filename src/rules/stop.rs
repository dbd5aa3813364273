//! A stop of a tour: home at either end, the break, or a visit.

use super::schedule::Schedule;
use super::segment::TourSegment;
use crate::model::facts::{BreakFacts, Facts, ShiftFacts};

/// What a stop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StopKind {
    /// Home, or the office, at either end of the tour.
    Home,
    /// The break.
    Break,
    /// A visit on the day of one of its day options.
    Visit { visit: u32, option: u32 },
}

/// Home at either end, a break, or a visit. It takes 64 bytes, one cache line.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Stop {
    pub(crate) kind: StopKind,
    pub(crate) place: u32,
    pub(crate) own: Schedule,
    /// Travel to the next stop.
    pub(crate) leg: i32,
    /// The tour up to this stop, and from this stop on.
    pub(crate) prefix: TourSegment,
    pub(crate) suffix: TourSegment,
}

const _: () = assert!(size_of::<Stop>() == 64);

impl Stop {
    fn new(kind: StopKind, place: u32, own: Schedule) -> Self {
        let single = TourSegment::single(own);
        Self { kind, place, own, leg: 0, prefix: single, suffix: single }
    }

    /// A visit on one of its days.
    pub(crate) fn of_option(problem: &Facts, option: u32) -> Self {
        let facts = &problem.options[option as usize];
        let visit = &problem.visits[facts.visit as usize];
        let own = Schedule::visit(visit.duration, facts.open, facts.close);
        Self::new(StopKind::Visit { visit: facts.visit, option }, facts.place, own)
    }

    /// The two ends of a tour, with the windows in which it leaves and in which it is back.
    pub(crate) fn of_ends(shift: &ShiftFacts, [leave, back]: [Schedule; 2]) -> [Self; 2] {
        let home = |place, window| Self::new(StopKind::Home, place, window);
        [home(shift.leaves_from, leave), home(shift.returns_to, back)]
    }

    /// A break; its place is that of the stop before it.
    pub(crate) fn of_break(break_facts: BreakFacts) -> Self {
        Self::new(
            StopKind::Break,
            0,
            Schedule::visit(break_facts.seconds, break_facts.earliest, break_facts.latest),
        )
    }

    /// When it begins, at the earliest.
    #[inline]
    pub(crate) fn begin(&self) -> i32 {
        self.prefix.schedule.finish() - self.own.duration
    }

    /// The visit, if it is one.
    #[inline]
    pub(crate) fn visit(&self) -> Option<u32> {
        match self.kind {
            StopKind::Visit { visit, .. } => Some(visit),
            _ => None,
        }
    }

    /// The day option of the visit, if it is one.
    #[inline]
    pub(crate) fn option(&self) -> Option<u32> {
        match self.kind {
            StopKind::Visit { option, .. } => Some(option),
            _ => None,
        }
    }

    #[inline]
    pub(crate) fn is_visit(&self) -> bool {
        matches!(self.kind, StopKind::Visit { .. })
    }

    #[inline]
    pub(crate) fn is_break(&self) -> bool {
        self.kind == StopKind::Break
    }
}
