//! Completion bounds: the least cost of the rest of a tour, from each stop and time on. A label that cannot lead to a
//! tour that is wanted is dropped.
//!
//! They are computed backwards over slices of time, for paths that forget at once where they have been and pay nothing
//! for waiting, so they never exceed the true cost.

use super::shift_class::ShiftClass;
use crate::model::cost::Cost;

/// Number of slices aimed at for the time of a shift. More slices give better bounds and take longer.
const SLICES: i32 = 96;

/// Most slices times pairs of stops: less than a second. Where visits are so short that there would be more, nothing is
/// bounded.
const MOST_WORK: i64 = 200_000_000;

/// Least costs from the end of care on.
pub(super) struct Completion {
    start: i32,
    /// Seconds of a slice; no longer than the shortest leg and the care behind it, so that each step ends in a later
    /// slice.
    slice: i32,
    slices: usize,
    /// `[(stop * 2 + rested) * slices + slice]`: for care that ends in the slice; [`Cost::MAX`] where no way home is
    /// left.
    least: Vec<Cost>,
}

impl Completion {
    /// # Complexity
    /// Slices times pairs of stops.
    pub(super) fn new(class: &ShiftClass, duals: &[Cost]) -> Self {
        let n = class.stops.len();
        let facts = &class.facts;
        let steps = (0..n).flat_map(|a| {
            class.next[a].iter().map(move |&b| class.leg(a, b as usize) + class.stops[b as usize].duration)
        });
        let shortest =
            steps.chain(facts.break_facts.map(|break_facts| break_facts.seconds)).min().unwrap_or(i32::MAX);
        let range = facts.latest_end - facts.leave;
        let slice = shortest.min(range / SLICES).max(1);
        let pairs: usize = class.next.iter().map(Vec::len).sum();
        if shortest < 1 || i64::from(range / slice) * pairs as i64 > MOST_WORK {
            return Self { start: facts.leave, slice: i32::MAX, slices: 0, least: Vec::new() };
        }
        let slices = (range / slice) as usize + 1;
        let mut made = Self { start: facts.leave, slice, slices, least: vec![Cost::MAX; 2 * n * slices] };
        let arcs: Vec<Vec<(u32, i32, Cost)>> = (0..n)
            .map(|a| {
                let arc = |&b: &u32| {
                    let (leg, stop) = (class.leg(a, b as usize), &class.stops[b as usize]);
                    (b, leg, Cost::from(leg) * class.travel + stop.pair - duals[b as usize])
                };
                class.next[a].iter().map(arc).collect()
            })
            .collect();
        for at in (0..slices).rev() {
            let end = facts.leave + at as i32 * slice;
            for (stop, arcs) in arcs.iter().enumerate() {
                for rested in [true, false] {
                    if rested || facts.break_facts.is_some() {
                        let least = made.of(class, arcs, stop, rested, end);
                        made.least[(2 * stop + usize::from(rested)) * slices + at] = least;
                    }
                }
            }
        }
        made
    }

    fn of(&self, class: &ShiftClass, arcs: &[(u32, i32, Cost)], stop: usize, rested: bool, end: i32) -> Cost {
        let facts = &class.facts;
        let home = class.leg(stop, class.home());
        let break_facts = facts.break_facts.filter(|_| !rested);
        let mut least = Cost::MAX;
        if end + home <= break_facts.map_or(facts.latest_end, |break_facts| break_facts.latest) {
            let overtime = Cost::from((end + home - facts.end).max(0));
            least = Cost::from(home) * class.travel + overtime * class.overtime;
        }
        if let Some(break_facts) = break_facts.filter(|break_facts| end <= break_facts.latest) {
            least = least.min(self.least(stop, true, end.max(break_facts.earliest) + break_facts.seconds));
        }
        for &(next, leg, cost) in arcs {
            let stop = &class.stops[next as usize];
            if end + leg > stop.close {
                continue;
            }
            let start = (end + leg).max(stop.open);
            let rest = self.least(next as usize, rested, start + stop.duration);
            if rest < Cost::MAX {
                let late = stop.start.least(start, i32::MAX);
                least = least.min(cost + late + rest);
            }
        }
        least
    }

    /// The least cost of what follows care at `stop` that ends at `end`; [`Cost::MAX`] where there is no way home.
    #[inline]
    pub(super) fn least(&self, stop: usize, rested: bool, end: i32) -> Cost {
        if self.slices == 0 {
            return Cost::MIN / 4;
        }
        let at = ((end - self.start) / self.slice) as usize;
        if at >= self.slices {
            return Cost::MAX;
        }
        self.least[(2 * stop + usize::from(rested)) * self.slices + at]
    }
}
