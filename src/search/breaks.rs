//! Where the break of a tour goes.

use super::draft::Draft;
use super::rng::{Reservoir, Rng};
use crate::model::cost::Cost;
use crate::model::facts::ShiftFacts;
use crate::rules::{BreakAt, Part, Piece, Proposal, Stop, Tour, TourSegment, TourTotals, ends, fold};

/// A place for the break: at home, or after the stop at a position of the tour without its break.
type Place = (BreakAt, usize);

impl Draft<'_> {
    /// [Places the break](Self::place_break) of each tour that changed since the last commit.
    pub(crate) fn place_breaks(&mut self) {
        self.each_touched(Self::place_break);
    }

    /// [Shakes the break](Self::shake_break) of each tour that changed since the last commit, and of one that an unplanned visit could
    /// be in.
    pub(crate) fn shake_breaks(&mut self, rng: &mut Rng) {
        let mut other = None;
        if let Some(&visit) = self.unplanned().get(rng.below(self.unplanned().len())) {
            let shifts = self.candidates.shifts(self.option_of(visit));
            other = shifts.get(rng.below(shifts.len())).copied();
        }
        self.each_touched(|draft, shift| draft.shake_break(shift, rng));
        if let Some(shift) = other {
            self.shake_break(shift, rng);
        }
    }

    /// Calls `change` with each shift whose tour changed since the last commit. Nothing where no shift has a break.
    fn each_touched(&mut self, mut change: impl FnMut(&mut Self, u32)) {
        if self.candidates.some_breaks() {
            // Moving the break of a tour that changed touches no other tour, so the list does not grow.
            for at in 0..self.touched_count() {
                change(self, self.touched_at(at));
            }
        }
    }

    /// Moves the break of a tour to the place where the tour's time costs least, if all costs together do not rise by it. Does nothing
    /// where the shift has no break, the tour has no visits, or is as this left it.
    ///
    /// # Complexity
    /// Linear in the tour.
    pub(crate) fn place_break(&mut self, shift: u32) {
        if self.cache.is_break_placed(shift) {
            return;
        }
        self.with_places(shift, |draft, facts, bare| {
            let mut best: Option<(Cost, Place)> = None;
            each_place(draft, facts, bare, |segment, inner_break, place| {
                let totals = TourTotals { segment, care: bare.care, inner_break };
                let cost = draft.evaluator.time_cost(facts, &totals);
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, place));
                }
            });
            if let Some((_, place)) = best {
                draft.move_break(shift, place, 1);
            }
        });
        self.cache.note_break_placed(shift);
    }

    /// Moves the break of a tour to a place chosen at random, for the sake of visits to come: the cheapest
    /// place leaves no room for some of them.
    ///
    /// # Complexity
    /// Linear in the tour.
    pub(crate) fn shake_break(&mut self, shift: u32, rng: &mut Rng) {
        self.with_places(shift, |draft, facts, bare| {
            let mut places = Reservoir::empty();
            each_place(draft, facts, bare, |_, _, place| places.show(place, rng));
            if let Some(place) = places.chosen() {
                draft.move_break(shift, place, Cost::MAX);
            }
        });
    }

    /// Calls `choose` with a tour that has a break to place, as it would be without it.
    fn with_places(&mut self, shift: u32, choose: impl FnOnce(&mut Self, &ShiftFacts, &Tour)) {
        let facts = &self.problem.shifts[shift as usize];
        if facts.break_facts.is_none() || self.tour(shift).is_empty() {
            return;
        }
        let mut bare = self.bare_tour.take().unwrap_or_else(|| self.tour(shift).clone());
        bare.copy_from(self.tour(shift));
        bare.stops.retain(|stop| !stop.is_break());
        bare.set_break(facts, BreakAt::Nowhere);
        if bare.refresh(self.problem, self.evaluator, facts) {
            choose(self, facts, &bare);
        }
        self.bare_tour = Some(bare);
    }

    /// Moves the break of a tour, if that changes the cost by less than `limit`.
    fn move_break(&mut self, shift: u32, (break_at, after): Place, limit: Cost) {
        let tour = &self.tours[shift as usize];
        let now = (tour.break_at, tour.break_position().map_or(0, |at| at - 1));
        if now == (break_at, after) {
            return;
        }
        let mut proposal = std::mem::take(&mut self.proposal);
        proposal.clear();
        proposal.tour(shift, break_at);
        let last = tour.stops.len() - 1;
        // Positions with the old break: it stands behind the stop at `now.1`.
        let is_inside = tour.break_at == BreakAt::Inside;
        let with_break = |at: usize| if is_inside && at > now.1 { at + 1 } else { at };
        let stops = |proposal: &mut Proposal, from: usize, to: usize| {
            // Stops `from..to` of the tour without its break.
            if is_inside && from <= now.1 && now.1 + 1 < to {
                proposal.stops(shift, from..now.1 + 1).stops(shift, now.1 + 2..to + 1);
            } else {
                proposal.stops(shift, with_break(from)..with_break(to - 1) + 1);
            }
        };
        let last = if is_inside { last - 1 } else { last };
        match break_at {
            BreakAt::Inside => {
                stops(&mut proposal, 1, after + 1);
                proposal.part(Part::Break);
                if after + 1 < last {
                    stops(&mut proposal, after + 1, last);
                }
            }
            _ => stops(&mut proposal, 1, last),
        }
        let moved = self.apply_below(&proposal, limit);
        debug_assert!(moved.is_some() || limit != Cost::MAX, "a break was put where it does not fit");
        self.proposal = proposal;
    }
}

/// Shows every feasible place for the break in a tour that was refreshed without it: the whole tour with the break
/// there, the seconds of the break between leaving and being back, and the place. First before leaving, then after the
/// return, then inside, from the first stop on.
fn each_place(
    draft: &Draft<'_>,
    facts: &ShiftFacts,
    bare: &Tour,
    mut show: impl FnMut(TourSegment, i32, Place),
) {
    let Some(break_facts) = facts.break_facts else { return };
    let roads = draft.problem.roads_of(facts);
    let last = bare.stops.len() - 1;
    let [leave, _] = Stop::of_ends(facts, ends(facts, BreakAt::Before));
    let [_, back] = Stop::of_ends(facts, ends(facts, BreakAt::After));
    let mut consider = |segment: Option<TourSegment>, inner_break: i32, place: Place| {
        if let Some(segment) = segment.filter(|segment| facts.may_last(segment.schedule.duration)) {
            show(segment, inner_break, place);
        }
    };
    let before = fold(roads, [Piece::one(&leave), Piece::Suffix(&bare.stops[1..])]);
    consider(before, 0, (BreakAt::Before, 0));
    let after = fold(roads, [Piece::Prefix(&bare.stops[..last]), Piece::one(&back)]);
    consider(after, 0, (BreakAt::After, 0));
    let stop = Stop::of_break(break_facts);
    for at in 1..last {
        let (head, tail) = bare.stops.split_at(at + 1);
        let inside = fold(roads, [Piece::Prefix(head), Piece::one(&stop), Piece::Suffix(tail)]);
        consider(inside, break_facts.seconds, (BreakAt::Inside, at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;
    use crate::model::facts::Facts;
    use crate::rules::Evaluator;
    use crate::search::candidates::Candidates;
    use crate::search::insertion::Blinks;
    use crate::search::repair_bias::RepairBias;

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
            let found = draft.best_insertion(option, &mut Blinks::never(), &RepairBias::NONE);
            draft.insert(&found.expect("room for the visit"));
            draft.place_break(0);
        }
        draft.commit();
        draft.assert_sound();
        let facts = &problem.shifts[0];
        let tour = draft.tour(0);
        let chosen = (tour.break_at, tour.break_position().unwrap_or(1) - 1);
        let places = [(BreakAt::Before, 0), (BreakAt::After, 0)].into_iter();
        for (break_at, after) in places.chain((1..=windows.len()).map(|after| (BreakAt::Inside, after))) {
            let mut other = tour.clone();
            other.stops.retain(|stop| !stop.is_break());
            other.set_break(facts, break_at);
            if let (BreakAt::Inside, Some(break_facts)) = (break_at, facts.break_facts) {
                other.stops.insert(after + 1, Stop::of_break(break_facts));
            }
            if other.refresh(&problem, &evaluator, facts) {
                assert!(tour.time_cost <= other.time_cost, "{chosen:?} is dearer than {break_at:?} {after}");
            }
        }
        chosen
    }

    #[test]
    fn the_break_of_a_late_tour_is_before_leaving() {
        assert_eq!(placed(&[("13:00", "13:30"), ("14:00", "14:30")]), (BreakAt::Before, 0));
    }

    #[test]
    fn the_break_of_an_early_tour_is_after_the_return() {
        assert_eq!(placed(&[("08:30", "09:00"), ("09:05", "09:30")]), (BreakAt::After, 0));
    }

    #[test]
    fn the_break_of_a_long_tour_fills_its_longest_wait() {
        let windows = [("08:30", "08:40"), ("09:20", "09:30"), ("12:00", "12:10"), ("14:30", "14:40")];
        // In the waits after the second visit and after the third it costs no more time; the first of them is chosen.
        assert_eq!(placed(&windows), (BreakAt::Inside, 2));
    }

    #[test]
    fn a_shaken_break_comes_to_every_place_and_the_tour_stays_sound() {
        let windows = [("08:30", "08:40"), ("09:20", "09:30"), ("12:00", "12:10")];
        let problem = problem(&windows);
        let evaluator = Evaluator::new(&problem);
        let candidates = Candidates::new(&problem, &evaluator);
        let mut draft = Draft::empty(&problem, &evaluator, &candidates);
        for option in 0..windows.len() as u32 {
            let found = draft.best_insertion(option, &mut Blinks::never(), &RepairBias::NONE);
            draft.insert(&found.expect("room for the visit"));
        }
        let (mut rng, mut seen) = (Rng::new(1, 0), std::collections::BTreeSet::new());
        for _ in 0..100 {
            draft.shake_break(0, &mut rng);
            draft.assert_sound();
            let tour = draft.tour(0);
            seen.insert((tour.break_at == BreakAt::After, tour.break_position()));
        }
        // After the second visit, after the third, at home at the end. After the first it would end at 10:30,
        // when the second should have begun; before leaving all the more.
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), [(false, Some(3)), (false, Some(4)), (true, None)]);
    }
}
