//! What is worth looking at: the shifts that a visit could be in, and the visits near each other.
//! Computed once per problem, shared by all workers.

use crate::error::{GO_ON, Stop};
use crate::model::facts::{Facts, ShiftFacts};
use crate::rules::{self, BreakAt, Evaluator, FORBIDDEN, Piece, ends, whole_tour};
use std::ops::Range;

/// Neighbours kept per day option of a visit: how far strings and insertions look. Measured on four VRPTW of
/// 200 to 600 customers: 100 against 48 and 200; no difference seen on neighbourhoods of 40 to 90 visits a day.
pub(crate) const NEIGHBOURS: usize = 100;

/// Where an option could be in more shifts than this, only those of near visits are evaluated.
const WIDE: usize = 24;

/// Most options of a day with which one of them is compared to find its neighbours. If there are more, it is compared
/// with every second or third, and so on.
const COMPARED: usize = 4_000;

/// Seconds of travel that a second of waiting between two visits, or of being late for the second, counts
/// for when they are compared as neighbours.
const TIME_WEIGHT: f64 = 0.2;

/// Lists per day option, flat.
#[derive(Debug, Clone)]
pub(crate) struct Candidates {
    nurse_of: Vec<u32>,
    class: Vec<u32>,
    class_end: Vec<u32>,
    shift_start: Vec<u32>,
    shifts: Vec<u32>,
    near_start: Vec<u32>,
    near: Vec<u32>,
    near_visits: Vec<u32>,
    of_client: Vec<Vec<u32>>,
    of_day: Vec<Vec<u32>>,
    some_breaks: bool,
}

impl Candidates {
    /// # Complexity
    /// Options times the shifts that overlap their windows, and the square of the options of each day, up to some thousand a day.
    pub(crate) fn new(problem: &Facts, evaluator: &Evaluator) -> Self {
        Self::until(problem, evaluator, GO_ON)
    }

    /// The same, until `stop`: lists that were not made by then are empty.
    pub(crate) fn until(problem: &Facts, evaluator: &Evaluator, stop: Stop<'_>) -> Self {
        let mut shift_start = vec![0];
        let mut shifts = Vec::new();
        let by_start = ShiftsByStart::new(problem);
        for option in 0..problem.options.len() as u32 {
            if stop() {
                break;
            }
            let pairs = evaluator.pairs(option);
            shifts.extend(by_start.that_hold(problem, option, |nurse| pairs[nurse as usize] != FORBIDDEN));
            shift_start.push(shifts.len() as u32);
        }
        shift_start.resize(problem.options.len() + 1, shifts.len() as u32);
        let (near_start, near) = neighbours(problem, stop);
        let near_visits = near.iter().map(|&near| problem.options[near as usize].visit).collect();
        let nurse_of = problem.shifts.iter().map(|shift| shift.nurse).collect();
        let of_client = problem.visits_by_client();
        let mut of_day = vec![Vec::new(); usize::from(problem.days)];
        for (shift, facts) in problem.shifts.iter().enumerate() {
            of_day[usize::from(facts.day)].push(shift as u32);
        }
        let some_breaks = problem.shifts.iter().any(|shift| shift.break_facts.is_some());
        let class = problem.shift_classes();
        let class_end = class_end(&class);
        Self {
            nurse_of,
            class,
            class_end,
            shift_start,
            shifts,
            near_start,
            near,
            near_visits,
            of_client,
            of_day,
            some_breaks,
        }
    }

    /// Shifts in which the visit could stand alone, by nurse and start.
    #[inline]
    pub(crate) fn shifts(&self, option: u32) -> &[u32] {
        &self.shifts[self.slots_of(option)]
    }

    /// The slots of an option: a number for each shift in which it could stand alone.
    #[inline]
    pub(crate) fn slots_of(&self, option: u32) -> Range<usize> {
        let at = option as usize;
        self.shift_start[at] as usize..self.shift_start[at + 1] as usize
    }

    /// The shift of a slot.
    #[inline]
    pub(crate) fn shift_of_slot(&self, slot: usize) -> u32 {
        self.shifts[slot]
    }

    /// Number of slots of all options.
    pub(crate) fn slots(&self) -> usize {
        self.shifts.len()
    }

    /// The first candidate shift of an option that has more than [`WIDE`], all with consecutive numbers.
    #[inline]
    pub(crate) fn wide(&self, option: u32) -> Option<u32> {
        let shifts = self.shifts(option);
        match shifts {
            [first, .., last] if shifts.len() > WIDE && (last - first) as usize + 1 == shifts.len() => {
                Some(*first)
            }
            _ => None,
        }
    }

    /// The end, excluded, of the shifts that do not differ from this one.
    #[inline]
    pub(crate) fn end_of_class(&self, shift: u32) -> u32 {
        self.class_end[shift as usize]
    }

    /// The class of a shift: the first of the shifts that do not differ from it.
    #[inline]
    pub(crate) fn class_of(&self, shift: u32) -> u32 {
        self.class[shift as usize]
    }

    /// Whether a shift has the class `last`, that of the shift asked for before; sets `last` to its class. Of empty
    /// shifts, one of each class is enough.
    #[inline]
    pub(crate) fn repeats_class(&self, shift: u32, last: &mut u32) -> bool {
        let class = self.class_of(shift);
        std::mem::replace(last, class) == class
    }

    /// Options of other visits near in place and time on the same day, nearest first.
    #[inline]
    pub(crate) fn near(&self, option: u32) -> &[u32] {
        let at = option as usize;
        &self.near[self.near_start[at] as usize..self.near_start[at + 1] as usize]
    }

    /// The visits of these options.
    #[inline]
    pub(crate) fn near_visits(&self, option: u32) -> &[u32] {
        let at = option as usize;
        &self.near_visits[self.near_start[at] as usize..self.near_start[at + 1] as usize]
    }

    /// The visits of a client.
    pub(crate) fn visits_of(&self, client: u32) -> &[u32] {
        &self.of_client[client as usize]
    }

    /// The shifts that start on a day.
    pub(crate) fn shifts_of_day(&self, day: u16) -> &[u32] {
        &self.of_day[usize::from(day)]
    }

    /// Number of shifts, used or not.
    pub(crate) fn shift_count(&self) -> usize {
        self.nurse_of.len()
    }

    /// Whether any shift has a break.
    pub(crate) fn some_breaks(&self) -> bool {
        self.some_breaks
    }

    /// The nurse of a shift.
    #[inline]
    pub(crate) fn nurse(&self, shift: u32) -> u32 {
        self.nurse_of[shift as usize]
    }
}

/// The shifts in the order of their starts, so that only the shifts of one or two days are looked at for a visit.
pub(crate) struct ShiftsByStart {
    /// The start of each, and its number.
    shifts: Vec<(i32, u32)>,
    /// Longest time from the start of a shift to its latest end.
    longest: i32,
}

impl ShiftsByStart {
    pub(crate) fn new(problem: &Facts) -> Self {
        let starts = problem.shifts.iter().map(|shift| shift.start);
        let mut shifts: Vec<(i32, u32)> = starts.zip(0..).collect();
        shifts.sort_unstable();
        let lengths = problem.shifts.iter().map(|shift| shift.latest_end.saturating_sub(shift.start));
        Self { shifts, longest: lengths.max().unwrap_or(0) }
    }

    /// The shifts of nurses who `may` make the visit that [could hold](can_hold) it alone, by number.
    ///
    /// # Complexity
    /// The shifts that overlap its window, and as many days before it as the longest shift lasts.
    pub(crate) fn that_hold(&self, problem: &Facts, option: u32, may: impl Fn(u32) -> bool) -> Vec<u32> {
        let facts = &problem.options[option as usize];
        let earliest = facts.open.saturating_sub(self.longest);
        let from = self.shifts.partition_point(|&(start, _)| start < earliest);
        let near = self.shifts[from..].iter().take_while(|&&(start, _)| start <= facts.close);
        let holds = |shift: &ShiftFacts| may(shift.nurse) && can_hold(problem, shift, option);
        let mut found: Vec<u32> =
            near.map(|&(_, shift)| shift).filter(|&s| holds(&problem.shifts[s as usize])).collect();
        found.sort_unstable();
        found
    }
}

fn class_end(class: &[u32]) -> Vec<u32> {
    let mut end = vec![class.len() as u32; class.len()];
    for shift in (1..class.len()).rev() {
        end[shift - 1] = if class[shift - 1] == class[shift] { end[shift] } else { shift as u32 };
    }
    end
}

/// Whether a shift could hold the visit alone, breaks aside.
pub(crate) fn can_hold(problem: &Facts, shift: &ShiftFacts, option: u32) -> bool {
    let day = &problem.options[option as usize];
    // Most shifts are on other days. (And a window may be empty.)
    if day.open > day.close || day.close < shift.start || day.open > shift.latest_end {
        return false;
    }
    let [leave, back] = rules::Stop::of_ends(shift, ends(shift, BreakAt::Nowhere));
    let stop = rules::Stop::of_option(problem, option);
    let load = problem.visits[day.visit as usize].load;
    whole_tour(problem, shift, [&leave, &stop, &back].map(Piece::one), load).is_some()
}

fn neighbours(problem: &Facts, stop: Stop<'_>) -> (Vec<u32>, Vec<u32>) {
    let mut of_day: Vec<Vec<u32>> = vec![Vec::new(); usize::from(problem.days)];
    for (option, facts) in problem.options.iter().enumerate() {
        of_day[usize::from(facts.day)].push(option as u32);
    }
    let roads = problem.roads.first();
    let (mut start, mut near) = (vec![0], Vec::new());
    let mut ranked: Vec<(f64, u32)> = Vec::new();
    for (option, facts) in problem.options.iter().enumerate() {
        if stop() {
            break;
        }
        ranked.clear();
        let of_day = &of_day[usize::from(facts.day)];
        let step = of_day.len().div_ceil(COMPARED);
        // Each option begins at another offset, so that every visit is compared with some.
        for &other in of_day.iter().skip(option % step).step_by(step) {
            if problem.options[other as usize].visit != facts.visit {
                let away = |a: u32, b: u32| -> f64 {
                    let (from, to) = (&problem.options[a as usize], &problem.options[b as usize]);
                    let u = &problem.visits[from.visit as usize];
                    let leg = roads.map_or(0, |roads| roads.leg(from.place, to.place));
                    let wait = (to.open - from.close - u.duration - leg).max(0);
                    let late = (from.open + u.duration + leg - to.close).max(0);
                    f64::from(leg) + TIME_WEIGHT * f64::from(wait + late)
                };
                let a = option as u32;
                ranked.push((away(a, other).min(away(other, a)), other));
            }
        }
        let nearer = |a: &(f64, u32), b: &(f64, u32)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        if ranked.len() > NEIGHBOURS {
            ranked.select_nth_unstable_by(NEIGHBOURS, nearer);
            ranked.truncate(NEIGHBOURS);
        }
        ranked.sort_by(nearer);
        near.extend(ranked.iter().map(|(_, other)| other));
        start.push(near.len() as u32);
    }
    start.resize(problem.options.len() + 1, near.len() as u32);
    (start, near)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random;
    use std::path::Path;

    /// The slow twin: every shift is looked at for every option.
    fn shifts_of(problem: &Facts, evaluator: &Evaluator, option: u32) -> Vec<u32> {
        let may = |shift: &ShiftFacts| evaluator.pairs_up(option, shift.nurse);
        let all = (0..).zip(&problem.shifts);
        let fitting = all.filter(|(_, shift)| may(shift) && can_hold(problem, shift, option));
        fitting.map(|(number, _)| number).collect()
    }

    #[test]
    fn the_shifts_of_an_option_are_those_that_can_hold_it_in_order() {
        let mut found = 0;
        for seed in 0..60 {
            let problem = crate::prepare(&random::document(seed), Path::new(".")).expect("a problem");
            let mut facts = problem.facts;
            if let Some(first) = facts.shifts.first_mut().filter(|_| seed % 2 == 0) {
                // A shift that lasts into the next day.
                first.latest_end += 86_400;
            }
            let evaluator = Evaluator::new(&facts);
            let candidates = Candidates::new(&facts, &evaluator);
            for option in 0..facts.options.len() as u32 {
                let expected = shifts_of(&facts, &evaluator, option);
                assert_eq!(candidates.shifts(option), expected, "neighbourhood {seed}, option {option}");
                found += expected.len();
            }
        }
        assert!(found > 1_000, "{found}");
    }
}
