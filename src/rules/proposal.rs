//! Proposals: the tours that a move would make, described by parts of tours that exist.

use super::sequence::Piece;
use super::stop::Stop;
use super::tour::{BreakAt, Tour, ends};
use crate::model::facts::Facts;
use std::ops::Range;

/// Part of a proposed tour; home at both ends is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Stops of the tour of a shift as it is now, by position.
    Stops { shift: u32, from: usize, to: usize },
    /// A visit on the day of a day option.
    Visit(u32),
    /// The break of the shift.
    Break,
}

/// The tours that a move changes, as they would be.
///
/// Who gets and who loses visits follows from the parts: stops of another tour move with their visits. Every visit of a changed
/// tour must be in some part.
#[derive(Debug, Clone, Default)]
pub(crate) struct Proposal {
    tours: Vec<Proposed>,
    parts: Vec<Part>,
}

/// One proposed tour.
#[derive(Debug, Clone)]
struct Proposed {
    shift: u32,
    break_at: BreakAt,
    parts: Range<usize>,
}

impl Proposal {
    /// Empties the proposal, and keeps its memory for the next one.
    pub(crate) fn clear(&mut self) {
        self.tours.clear();
        self.parts.clear();
    }

    /// Begins the tour of a shift; its parts follow. Each shift at most once.
    pub(crate) fn tour(&mut self, shift: u32, break_at: BreakAt) -> &mut Self {
        debug_assert!(self.tours.iter().all(|tour| tour.shift != shift), "a shift has one tour");
        self.tours.push(Proposed { shift, break_at, parts: self.parts.len()..self.parts.len() });
        self
    }

    /// The next part of the tour begun last.
    pub(crate) fn part(&mut self, part: Part) -> &mut Self {
        let is_empty = matches!(part, Part::Stops { from, to, .. } if from >= to);
        if let Some(tour) = self.tours.last_mut()
            && !is_empty
        {
            self.parts.push(part);
            tour.parts.end = self.parts.len();
        }
        self
    }

    /// Stops of the tour of a shift, by position.
    pub(crate) fn stops(&mut self, shift: u32, positions: Range<usize>) -> &mut Self {
        self.part(Part::Stops { shift, from: positions.start, to: positions.end })
    }

    /// Whether it has a tour for a shift.
    pub(crate) fn has(&self, shift: u32) -> bool {
        self.tours.iter().any(|tour| tour.shift == shift)
    }

    /// Number of tours.
    pub(crate) fn len(&self) -> usize {
        self.tours.len()
    }

    /// The shift of a tour.
    pub(crate) fn shift(&self, tour: usize) -> u32 {
        self.tours[tour].shift
    }

    /// Shows the day option of each visit that a tour would have and that is not in the tour of its shift now.
    pub(crate) fn each_arrival(&self, tours: &[Tour], at: usize, mut show: impl FnMut(u32)) {
        let tour = &self.tours[at];
        for part in &self.parts[tour.parts.clone()] {
            match *part {
                Part::Stops { shift, from, to } if shift != tour.shift => {
                    tours[shift as usize].stops[from..to].iter().filter_map(Stop::option).for_each(&mut show);
                }
                Part::Visit(option) => show(option),
                _ => {}
            }
        }
    }

    /// Makes the pieces of a tour. Returns where its break is, or `None` if the parts do not hold exactly the break of
    /// its shift.
    pub(crate) fn make_pieces(
        &self,
        problem: &Facts,
        tours: &[Tour],
        at: usize,
        pieces: &mut Pieces,
    ) -> Option<BreakAt> {
        let proposed = &self.tours[at];
        let facts = &problem.shifts[proposed.shift as usize];
        let own = &tours[proposed.shift as usize];
        let mut parts = &self.parts[proposed.parts.clone()];
        let mut breaks = 0;
        for part in parts {
            breaks += match *part {
                Part::Visit(_) => 0,
                Part::Break => 1,
                Part::Stops { shift, from, to } => {
                    let position = tours[shift as usize].break_position();
                    let has_break = position.is_some_and(|position| (from..to).contains(&position));
                    // The break of another shift is taken at other times.
                    if has_break && shift != proposed.shift {
                        return None;
                    }
                    usize::from(has_break)
                }
            };
        }
        if breaks != usize::from(proposed.break_at == BreakAt::Inside)
            || facts.break_facts.is_none() != (proposed.break_at == BreakAt::Nowhere)
        {
            return None;
        }
        // A break before the first visit is a break before leaving.
        let mut break_at = proposed.break_at;
        let mut first = None;
        match *parts {
            [Part::Break, ref rest @ ..] => (break_at, parts) = (BreakAt::Before, rest),
            [Part::Stops { shift, from, to }, ref rest @ ..]
                if tours[shift as usize].stops[from].is_break() =>
            {
                (break_at, parts) = (BreakAt::Before, rest);
                first = (from + 1 < to).then_some(Part::Stops { shift, from: from + 1, to });
            }
            _ => {}
        }
        pieces.clear();
        let windows = ends(facts, break_at);
        let [leave_stop, back_stop] = Stop::of_ends(facts, windows);
        // If the windows of the ends do not change, the prefixes and suffixes of the tour remain right.
        let same_ends = ends(facts, own.break_at) == windows;
        match parts {
            [Part::Stops { shift, from: 1, to }, rest @ ..]
                if first.is_none() && *shift == proposed.shift && same_ends =>
            {
                parts = rest;
                pieces.list.push(PieceAt::Prefix { shift: *shift, to: *to });
            }
            _ => pieces.make(leave_stop),
        }
        let mut end = None;
        if let [rest @ .., Part::Stops { shift, from, to }] = parts
            && *shift == proposed.shift
            && same_ends
            && *to == own.stops.len() - 1
        {
            parts = rest;
            end = Some(PieceAt::Suffix { shift: *shift, from: *from });
        }
        for part in first.iter().chain(parts) {
            match *part {
                Part::Stops { shift, from, to } => pieces.list.push(PieceAt::Stops { shift, from, to }),
                Part::Visit(option) => pieces.make(Stop::of_option(problem, option)),
                Part::Break => facts
                    .break_facts
                    .into_iter()
                    .for_each(|break_facts| pieces.make(Stop::of_break(break_facts))),
            }
        }
        match end {
            Some(end) => pieces.list.push(end),
            None => pieces.make(back_stop),
        }
        Some(break_at)
    }
}

/// The pieces of one proposed tour; the memory is reused for the next.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pieces {
    list: Vec<PieceAt>,
    /// Stops that are in no tour.
    made: Vec<Stop>,
}

/// Where a piece is to be found.
#[derive(Debug, Clone, Copy)]
enum PieceAt {
    Prefix { shift: u32, to: usize },
    Stops { shift: u32, from: usize, to: usize },
    Suffix { shift: u32, from: usize },
    Made(usize),
}

impl Pieces {
    fn clear(&mut self) {
        self.list.clear();
        self.made.clear();
    }

    fn make(&mut self, stop: Stop) {
        self.list.push(PieceAt::Made(self.made.len()));
        self.made.push(stop);
    }

    /// The pieces in order, for the tours that they were made from.
    pub(crate) fn iter<'a>(
        &'a self,
        tours: &'a [Tour],
    ) -> impl DoubleEndedIterator<Item = Piece<'a>> + Clone + 'a {
        self.list.iter().map(move |at| match *at {
            PieceAt::Prefix { shift, to } => Piece::Prefix(&tours[shift as usize].stops[..to]),
            PieceAt::Stops { shift, from, to } => Piece::Stops(&tours[shift as usize].stops[from..to]),
            PieceAt::Suffix { shift, from } => Piece::Suffix(&tours[shift as usize].stops[from..]),
            PieceAt::Made(at) => Piece::one(&self.made[at]),
        })
    }
}
