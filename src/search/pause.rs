//! Where the break of a tour goes.

use super::draft::Draft;
use super::tour::{BREAK, PauseAt, Stop, Tour, ends};
use crate::model::cost::Cost;
use crate::model::problem::{Problem, ShiftFacts};
use crate::rules::Evaluator;
use crate::rules::segment::{Segment, TourSegment};
use crate::rules::tour_cost::TourTotals;

/// A place for the break: at home, or after the stop at a position.
type Place = (PauseAt, usize);

impl Draft<'_> {
    /// Moves the break of a tour to its cheapest place, start times and hours aside; nothing where the shift
    /// has none or the tour has no visits.
    ///
    /// # Complexity
    /// Linear in the tour.
    pub(crate) fn place_break(&mut self, shift: u32) {
        let facts = &self.problem.shifts[shift as usize];
        if facts.pause.is_none() || self.tours[shift as usize].visits() == 0 {
            return;
        }
        self.edit_tour(shift, |problem, evaluator, tour| {
            let old = tour.pause;
            let old_at = tour.position(BREAK).unwrap_or(0);
            tour.drop_break();
            tour.set_pause(facts, PauseAt::Nowhere);
            let found = tour.refresh(problem, evaluator, facts).then(|| cheapest(evaluator, facts, tour));
            let (pause, after) = found.flatten().unwrap_or((old, old_at.saturating_sub(1)));
            put(problem, evaluator, facts, tour, (pause, after));
        });
    }
}

fn put(problem: &Problem, evaluator: &Evaluator, facts: &ShiftFacts, tour: &mut Tour, (pause, after): Place) {
    tour.set_pause(facts, pause);
    if let (PauseAt::Inside, Some(pause)) = (pause, facts.pause) {
        tour.stops.insert(after + 1, Stop::of_break(pause));
    }
    let feasible = tour.refresh(problem, evaluator, facts);
    debug_assert!(feasible, "a break was put where it does not fit");
}

/// The cheapest feasible place in a tour that was refreshed without its break.
fn cheapest(evaluator: &Evaluator, facts: &ShiftFacts, tour: &Tour) -> Option<Place> {
    let pause = facts.pause?;
    let last = tour.stops.len() - 1;
    let mut best: Option<(Cost, Place)> = None;
    let mut consider = |segment: Option<TourSegment>, inner_break: i32, place: Place| {
        if let Some(segment) = segment {
            let totals = TourTotals { segment, care: tour.care, inner_break };
            let cost = evaluator.tour.cost(facts, &totals);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, place));
            }
        }
    };
    let join =
        |a: TourSegment, leg: i32, b: TourSegment| a.schedule.fits(leg, b.schedule).then(|| a.merge(leg, b));
    let (home, _) = ends(facts, PauseAt::Before);
    consider(
        join(TourSegment::single(home), tour.stops[0].leg, tour.stops[1].suffix),
        0,
        (PauseAt::Before, 0),
    );
    let (_, end) = ends(facts, PauseAt::After);
    let before_end = &tour.stops[last - 1];
    consider(join(before_end.prefix, before_end.leg, TourSegment::single(end)), 0, (PauseAt::After, 0));
    let stop = TourSegment::single(Stop::of_break(pause).own);
    for i in 1..last {
        let head = join(tour.stops[i].prefix, 0, stop);
        let whole = head.and_then(|head| join(head, tour.stops[i].leg, tour.stops[i + 1].suffix));
        consider(whole, pause.seconds, (PauseAt::Inside, i));
    }
    best.map(|(_, place)| place)
}
