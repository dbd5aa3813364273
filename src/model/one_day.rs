//! A published plan in which only the tours of one day may change.

use super::cost::cost_of_minutes;
use super::problem::{Problem, Task};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

/// A start of care that no shift holds: nobody can be there then.
const NEVER: i32 = -1;

impl Problem {
    /// The same problem in which all tours of the [published plan](Problem::with_published) are frozen, except those of
    /// shifts that start on `date`. Frozen visits and meetings keep nurse, day and hour, and visits that the plan
    /// leaves out on other days stay out. A visit of `date` whose days kring chooses may still move to another day,
    /// between the frozen visits there. Leaving a frozen visit out costs as much as a missed meeting, so that no other
    /// visit takes its place. Without a published plan nothing is frozen.
    ///
    /// # Complexity
    /// Linear in the plan, and in the visits times the day patterns of each.
    #[must_use]
    pub(crate) fn with_other_days_frozen(mut self, date: Date) -> Self {
        let Some(published) = self.published.clone() else { return self };
        let calendar = self.calendar().clone();
        let nurses = self.nurse_numbers();
        let (mut frozen, mut of_day) = (FxHashMap::default(), FxHashSet::default());
        for tour in &published.plan.tours {
            let nurse = nurses.get(tour.nurse.as_str()).copied();
            for (name, start) in tour.stops.iter().filter_map(|stop| Task::in_plan(tour, stop)) {
                if tour.shift.date() == date {
                    of_day.insert(name);
                } else if let Some(nurse) = nurse {
                    frozen.insert(name, (nurse, i32::try_from(calendar.elapsed(start)).unwrap_or(NEVER)));
                }
            }
        }
        let left_out: FxHashSet<(Task<'_>, Date)> = published
            .plan
            .unplanned
            .iter()
            .map(|out| (Task::Care { client: &out.client, care: &out.care }, out.date))
            .collect();
        // The visits of a block may move if one of them is in a tour of `date` and none was left out: a visit that was
        // left out would take the place of one that moves.
        let mut may_move = vec![false; self.facts.blocks.len()];
        for (name, block) in self.blocks_by_name() {
            may_move[block as usize] |= of_day.contains(&name);
        }
        for (name, block) in self.blocks_by_name() {
            may_move[block as usize] &= !left_out.contains(&name);
        }
        let mut is_frozen = Vec::with_capacity(self.facts.options.len());
        for number in 0..self.facts.options.len() {
            let name = self.name_of(number as u32);
            let block = self.facts.visits[self.facts.options[number].visit as usize].block;
            let told = frozen.get(&name).copied();
            let is_free = name.1 == date || of_day.contains(&name);
            let may_come = block.is_some_and(|block| may_move[block as usize]);
            let option = &mut self.facts.options[number];
            if let Some((nurse, start)) = told {
                (option.open, option.close, option.pinned) = (start, start, Some(nurse));
            } else if !is_free && !may_come {
                (option.open, option.close) = (NEVER, NEVER);
            }
            is_frozen.push(told.is_some());
        }
        // Of each block, only the patterns that keep the frozen visits in the order of the week remain, so that each
        // visit is either frozen, and may not be left out, or free.
        let stays = self
            .facts
            .options_with_most(|option| is_frozen[option as usize] || of_day.contains(&self.name_of(option)));
        let stays: FxHashSet<u32> = stays.into_iter().filter(|&option| is_frozen[option as usize]).collect();
        for block in &mut self.facts.blocks {
            let kept = |pattern: &Vec<u32>| pattern.iter().filter(|option| stays.contains(option)).count();
            let most = block.patterns.iter().map(kept).max();
            block.patterns.retain(|pattern| Some(kept(pattern)) == most);
        }
        let price = cost_of_minutes(self.facts.prices.missed_meeting());
        for option in stays {
            let visit = self.facts.options[option as usize].visit;
            let unplanned = &mut self.facts.visits[visit as usize].unplanned;
            *unplanned = price.max(*unplanned);
        }
        self
    }
}
