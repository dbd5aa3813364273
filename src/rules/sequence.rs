//! A proposed tour, described by pieces of tours that exist.
//!
//! Nothing is copied: a piece points to stops that exist, and [`fold`] joins the segments that are stored with them.
//!
//! ```text
//! insertion     [prefix of the tour] [the visit] [suffix of the tour]
//! swap of tails [prefix of tour A] [stops of tour B] [home of A]
//! break moved   [prefix] [stops] [the break] [suffix]
//! ```
//!
//! [`fold`] says whether a proposed tour keeps its time windows, and how long it lasts; [`whole_tour`] adds the bounds on its length and
//! its load. [`walk`] says when each of its stops starts.
//!
//! Two other places compare windows, by [`Schedule::fits`](super::schedule::Schedule::fits) as `fold` does, and debug
//! builds compare each of them with `fold`. The scan of insertions in `search::scan` handles the first line above in
//! code tuned by hand. `Tour::refresh_between` recomputes the prefixes of a changed tour. A change that inserts or
//! moves visits was found feasible before; whether a tour still keeps its windows after visits were removed is found
//! out only there.

use super::segment::TourSegment;
use super::stop::Stop;
use crate::model::facts::{Facts, Roads, ShiftFacts};

/// A run of stops of a proposed tour.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Piece<'a> {
    /// The stops of a tour from its start on, home included: joined in one step.
    Prefix(&'a [Stop]),
    /// Any stops that stand side by side in a tour, or one stop: joined one by one.
    Stops(&'a [Stop]),
    /// The stops of a tour up to its end, home included: joined in one step.
    Suffix(&'a [Stop]),
}

impl<'a> Piece<'a> {
    /// A single stop.
    #[inline]
    pub(crate) fn one(stop: &'a Stop) -> Self {
        Self::Stops(std::slice::from_ref(stop))
    }

    /// Its stops.
    #[inline]
    pub(crate) fn stops(&self) -> &'a [Stop] {
        match *self {
            Self::Prefix(stops) | Self::Stops(stops) | Self::Suffix(stops) => stops,
        }
    }
}

/// The whole tour as one segment; `None` where a stop cannot start within its window.
///
/// # Complexity
/// A merge for each prefix and suffix, and one for each stop of the other pieces.
#[inline]
pub(crate) fn fold<'a>(roads: &Roads, pieces: impl IntoIterator<Item = Piece<'a>>) -> Option<TourSegment> {
    let mut whole: Option<(TourSegment, u32)> = None;
    let join = |whole: Option<(TourSegment, u32)>, stop: &Stop, next: TourSegment| match whole {
        None => Some((next, stop.place)),
        Some((before, place)) => {
            // A break is taken where the stop before it is.
            let there = if stop.is_break() { place } else { stop.place };
            let leg = roads.leg(place, there);
            before.schedule.fits(leg, next.schedule).then(|| (before.merge(leg, next), there))
        }
    };
    for piece in pieces {
        match piece {
            Piece::Prefix(stops) => {
                whole = stops.last().map(|last| (last.prefix, last.place));
            }
            Piece::Stops(stops) => {
                for stop in stops {
                    whole = Some(join(whole, stop, TourSegment::single(stop.own))?);
                }
            }
            Piece::Suffix(stops) => {
                let mut stops = stops;
                // A break that comes first takes the place of the stop that is now before it, so the leg from it in the
                // stored suffix may be wrong: it is joined by itself.
                if let [stop, rest @ ..] = stops
                    && stop.is_break()
                {
                    whole = Some(join(whole, stop, TourSegment::single(stop.own))?);
                    stops = rest;
                }
                if let Some(first) = stops.first() {
                    whole = Some(join(whole, first, first.suffix)?);
                }
            }
        }
    }
    whole.map(|(segment, _)| segment)
}

/// The whole tour of a shift, made of pieces whose visits load `load`; `None` where a window, the longest duration or
/// the capacity does not allow it.
#[inline]
pub(crate) fn whole_tour<'a>(
    problem: &Facts,
    shift: &ShiftFacts,
    pieces: impl IntoIterator<Item = Piece<'a>>,
    load: i32,
) -> Option<TourSegment> {
    if load > shift.capacity {
        return None;
    }
    let whole = fold(problem.roads_of(shift), pieces)?;
    shift.may_last(whole.schedule.duration).then_some(whole)
}

/// When a nurse sets out, and from which place; `None` is the place of the first stop that follows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Departure {
    pub(crate) time: i32,
    pub(crate) place: Option<u32>,
}

impl Departure {
    /// From the first stop of the pieces.
    #[inline]
    pub(crate) fn home(time: i32) -> Self {
        Self { time, place: None }
    }
}

/// Shows each stop with its start, after a departure; ends early where `show` returns false.
///
/// # Complexity
/// Linear in the stops.
#[inline(always)]
pub(crate) fn walk<'a>(
    roads: &Roads,
    from: Departure,
    pieces: impl IntoIterator<Item = Piece<'a>>,
    mut show: impl FnMut(&'a Stop, i32) -> bool,
) {
    let Departure { mut time, place: mut before } = from;
    for piece in pieces {
        // The stored legs hold within a prefix or a suffix, which are of the same tour; other stops may be of a tour by
        // another mode of travel.
        let (stops, known) = match piece {
            Piece::Prefix(stops) | Piece::Suffix(stops) => (stops, true),
            Piece::Stops(stops) => (stops, false),
        };
        let mut leg = None;
        for stop in stops {
            let (place, way) = match (leg, before) {
                (Some(leg), _) => (stop.place, leg),
                // A break is taken where the stop before it is, wherever it was in its tour.
                (None, Some(before)) if stop.is_break() => (before, roads.leg(before, before)),
                (None, Some(before)) => (stop.place, roads.leg(before, stop.place)),
                (None, None) => (stop.place, 0),
            };
            let start = (time + way).max(stop.own.earliest);
            if !show(stop, start) {
                return;
            }
            time = start + stop.own.duration;
            before = Some(place);
            leg = (known && (leg.is_some() || !stop.is_break())).then_some(stop.leg);
        }
    }
}

/// Seconds of the first and the last leg of a tour with visits that is made of pieces: from where it starts, and to where it ends.
pub(crate) fn end_legs<'a>(
    roads: &Roads,
    pieces: impl IntoIterator<Item = Piece<'a>, IntoIter: DoubleEndedIterator>,
) -> [i32; 2] {
    // A break is taken where the stop before it is.
    let stops = pieces.into_iter().flat_map(|piece| piece.stops());
    let mut places = stops.filter(|stop| !stop.is_break()).map(|stop| stop.place);
    let (start, first) = (places.next(), places.next());
    let end = places.next_back();
    let last = places.next_back().or(first);
    [(start, first), (last, end)].map(|(from, to)| from.zip(to).map_or(0, |(from, to)| roads.leg(from, to)))
}
