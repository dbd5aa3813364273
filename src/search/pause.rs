//! Where the break of a tour goes.

use super::dice::Dice;
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
    /// Moves the break of a tour to its cheapest place, start times and hours aside, unless with them the old
    /// place is cheaper; nothing where the shift has none or the tour has no visits.
    ///
    /// # Complexity
    /// Linear in the tour.
    pub(crate) fn place_break(&mut self, shift: u32) {
        self.move_break(shift, cheapest, true);
    }

    /// Moves the break of a tour to a place chosen by chance, for the sake of visits to come: the cheapest
    /// place leaves no room for some of them.
    ///
    /// # Complexity
    /// Linear in the tour.
    pub(crate) fn shake_break(&mut self, shift: u32, dice: &mut Dice) {
        let chosen = |_: &Evaluator, facts: &ShiftFacts, tour: &Tour| {
            let mut seen = 0;
            let mut chosen = None;
            each_place(facts, tour, |_, _, place| {
                seen += 1;
                if dice.below(seen) == 0 {
                    chosen = Some(place);
                }
            });
            chosen
        };
        self.move_break(shift, chosen, false);
    }

    fn move_break(
        &mut self,
        shift: u32,
        choose: impl FnOnce(&Evaluator, &ShiftFacts, &Tour) -> Option<Place>,
        only_if_better: bool,
    ) {
        let facts = &self.problem.shifts[shift as usize];
        if facts.pause.is_none() || self.tours[shift as usize].visits() == 0 {
            return;
        }
        self.edit_tour(shift, |problem, evaluator, tour| {
            let old_cost = tour.time_cost + tour.start_cost;
            let old = (tour.pause, tour.position(BREAK).unwrap_or(0).saturating_sub(1));
            tour.drop_break();
            tour.set_pause(facts, PauseAt::Nowhere);
            let found = tour.refresh(problem, evaluator, facts).then(|| choose(evaluator, facts, tour));
            let new = found.flatten().unwrap_or(old);
            put(problem, evaluator, facts, tour, new);
            if only_if_better && tour.time_cost + tour.start_cost > old_cost {
                tour.drop_break();
                put(problem, evaluator, facts, tour, old);
            }
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
    let mut best: Option<(Cost, Place)> = None;
    each_place(facts, tour, |segment, inner_break, place| {
        let totals = TourTotals { segment, care: tour.care, inner_break };
        let cost = evaluator.tour.cost(facts, &totals);
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, place));
        }
    });
    best.map(|(_, place)| place)
}

/// Shows every feasible place in a tour that was refreshed without its break: the whole tour with
/// the break there, the seconds of the break between leaving and being back, and the place.
fn each_place(facts: &ShiftFacts, tour: &Tour, mut show: impl FnMut(TourSegment, i32, Place)) {
    let Some(pause) = facts.pause else { return };
    let last = tour.stops.len() - 1;
    let mut consider = |segment: Option<TourSegment>, inner_break: i32, place: Place| {
        if let Some(segment) = segment {
            show(segment, inner_break, place);
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
}
