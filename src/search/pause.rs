//! Where the break of a tour goes.

use super::dice::Dice;
use super::draft::Draft;
use super::tour::{BREAK, PauseAt, Stop, Tour, ends};
use crate::model::cost::Cost;
use crate::model::facts::{Facts, ShiftFacts};
use crate::rules::Evaluator;
use crate::rules::segment::{Segment, TourSegment};
use crate::rules::tour_cost::TourTotals;

/// A place for the break: at home, or after the stop at a position.
type Place = (PauseAt, usize);

impl Draft<'_> {
    /// Moves the break of a tour to its cheapest place, start times and hours aside, unless with them (regular hours aside still) the old
    /// place is cheaper; nothing where the shift has none, the tour has no visits, or is as this left it.
    ///
    /// # Complexity
    /// Linear in the tour.
    pub(crate) fn place_break(&mut self, shift: u32) {
        if self.memory.has_settled(shift) {
            return;
        }
        self.move_break(shift, cheapest, true);
        self.memory.settle(shift);
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
            let found = tour.refresh_stops(problem, evaluator, facts).then(|| choose(evaluator, facts, tour));
            let new = found.flatten().unwrap_or(old);
            put(problem, evaluator, facts, tour, new);
            if only_if_better && tour.time_cost + tour.start_cost > old_cost {
                tour.drop_break();
                put(problem, evaluator, facts, tour, old);
            }
        });
    }
}

fn put(problem: &Facts, evaluator: &Evaluator, facts: &ShiftFacts, tour: &mut Tour, (pause, after): Place) {
    tour.set_pause(facts, pause);
    if let (PauseAt::Inside, Some(pause)) = (pause, facts.pause) {
        tour.stops.insert(after + 1, Stop::of_break(pause));
    }
    let feasible = tour.refresh_stops(problem, evaluator, facts);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;
    use crate::search::candidates::Candidates;
    use crate::search::insertion::Blinks;

    /// One nurse with a shift from 8 to 16 and a break of half an hour between 10 and 13:30, places 10 minutes
    /// apart, and visits of half an hour that start at given times: from and to.
    fn problem(windows: &[(&str, &str)]) -> Facts {
        let care: Vec<String> = windows
            .iter()
            .enumerate()
            .map(|(i, (from, to))| {
                format!(
                    r#"{{"id": "k{i}", "days": "daily", "minutes": 30,
                        "window": {{"from": "{from}", "to": "{to}"}}}}"#
                )
            })
            .collect();
        let text = format!(
            r#"{{"kring": 1, "horizon": {{"first_day": "2026-03-02", "days": 1, "time_zone": "UTC"}},
                "nurses": [{{"id": "n", "home": {{"index": 0}},
                    "shifts": [{{"date": "2026-03-02", "start": "08:00", "end": "16:00"}}]}}],
                "clients": [{{"id": "c", "location": {{"index": 1}}, "care": [{}]}}],
                "travel": {{"matrix": {{"bicycle": [[0, 600], [600, 0]]}}}}}}"#,
            care.join(",")
        );
        let document: Document = serde_json::from_str(&text).unwrap();
        crate::prepare(&document, std::path::Path::new(".")).unwrap().facts
    }

    /// The place that `place_break` chooses in a tour of all visits, after trying that each place is feasible
    /// and none is cheaper.
    fn placed(windows: &[(&str, &str)]) -> Place {
        let problem = problem(windows);
        let evaluator = Evaluator::new(&problem);
        let candidates = Candidates::new(&problem, &evaluator);
        let mut draft = Draft::empty(&problem, &evaluator, &candidates);
        for option in 0..windows.len() as u32 {
            let found = draft.best_insertion(option, &mut Blinks::never(), &crate::search::aim::Aim::NONE);
            draft.insert(&found.expect("room for the visit"));
            draft.place_break(0);
        }
        draft.commit();
        draft.assert_sound();
        let facts = &problem.shifts[0];
        let tour = &draft.tours[0];
        let chosen = (tour.pause, tour.position(BREAK).unwrap_or(1) - 1);
        let places = [(PauseAt::Before, 0), (PauseAt::After, 0)].into_iter();
        for (pause, after) in places.chain((1..=windows.len()).map(|after| (PauseAt::Inside, after))) {
            let mut other = tour.clone();
            other.drop_break();
            other.set_pause(facts, pause);
            if let (PauseAt::Inside, Some(pause)) = (pause, facts.pause) {
                other.stops.insert(after + 1, Stop::of_break(pause));
            }
            if other.refresh(&problem, &evaluator, facts) {
                assert!(tour.time_cost <= other.time_cost, "{chosen:?} is dearer than {pause:?} {after}");
            }
        }
        chosen
    }

    #[test]
    fn the_break_of_a_late_tour_is_before_leaving() {
        assert_eq!(placed(&[("13:00", "13:30"), ("14:00", "14:30")]), (PauseAt::Before, 0));
    }

    #[test]
    fn the_break_of_an_early_tour_is_after_the_return() {
        assert_eq!(placed(&[("08:30", "09:00"), ("09:05", "09:30")]), (PauseAt::After, 0));
    }

    #[test]
    fn the_break_of_a_long_tour_fills_its_longest_wait() {
        let windows = [("08:30", "08:40"), ("09:20", "09:30"), ("12:00", "12:10"), ("14:30", "14:40")];
        // In the waits after the second visit and after the third it costs no more time; the first of them is chosen.
        assert_eq!(placed(&windows), (PauseAt::Inside, 2));
    }

    #[test]
    fn a_shaken_break_comes_to_every_place_and_the_tour_stays_sound() {
        let windows = [("08:30", "08:40"), ("09:20", "09:30"), ("12:00", "12:10")];
        let problem = problem(&windows);
        let evaluator = Evaluator::new(&problem);
        let candidates = Candidates::new(&problem, &evaluator);
        let mut draft = Draft::empty(&problem, &evaluator, &candidates);
        for option in 0..windows.len() as u32 {
            let found = draft.best_insertion(option, &mut Blinks::never(), &crate::search::aim::Aim::NONE);
            draft.insert(&found.expect("room for the visit"));
        }
        let (mut dice, mut seen) = (Dice::new(1, 0), std::collections::BTreeSet::new());
        for _ in 0..100 {
            draft.shake_break(0, &mut dice);
            draft.assert_sound();
            let tour = &draft.tours[0];
            seen.insert((tour.pause == PauseAt::After, tour.position(BREAK)));
        }
        // After the second visit, after the third, at home at the end. After the first it would end at 10:30,
        // when the second should have begun; before leaving all the more.
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), [(false, Some(3)), (false, Some(4)), (true, None)]);
    }
}
