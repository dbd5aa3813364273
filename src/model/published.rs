//! A published plan: what people were told, and from when on it may still be changed.

use super::calendar::{Calendar, Moment};
use super::cost::{CostByTerm, Term, cost_of_minutes, cost_per_second};
use super::document::Kept;
use super::facts::PublishedFacts;
use super::lock::{self, Held};
use super::notice::Notice;
use super::plan::Plan;
use super::problem::{Problem, Task};
use super::terms::Prices;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// The plan that people were told, and the moment at which it is changed.
///
/// A visit of the plan belongs to the visit with the same client, care line and date, a meeting to the same meeting of the same
/// nurse on that date; the rest of the plan is not read.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The plan.
    pub plan: Plan,
    /// Now: visits published to start before it keep nurse, day and hour, and no other visit starts before it. Notice is
    /// counted from it. None: midnight of the first day.
    pub now: Option<Moment>,
}

impl PublishedFacts {
    /// What it costs that a nurse makes the visit on this day from a start on, in elapsed seconds.
    pub(crate) fn cost(&self, nurse: u32, start: i64, prices: &Prices) -> CostByTerm {
        let mut cost = CostByTerm::default();
        match self.visit {
            Some((published, hour)) => {
                let tolerance = (prices.changed_hour_tolerance * 60.0).round() as i64;
                let beyond = ((start - i64::from(hour)).abs() - tolerance).max(0);
                cost[Term::ChangedNurse] = if nurse == published { 0 } else { self.nurse };
                cost[Term::ChangedHour] = beyond * self.second;
            }
            None => cost[Term::ChangedDay] = self.day,
        }
        cost
    }
}

impl Published {
    /// Now, in elapsed seconds.
    pub(crate) fn now(&self, calendar: &Calendar) -> i64 {
        self.now.map_or(0, |now| calendar.elapsed(now))
    }
}

/// A visit as it was published, in numbers.
#[derive(Debug, Clone, Copy)]
struct Told {
    nurse: u32,
    /// Elapsed seconds.
    start: i64,
    held: Held,
}

/// The visits and meetings of a published plan, by what they are and their date.
type Visits<'p> = FxHashMap<(Task<'p>, Date), Told>;

impl Problem {
    /// The same problem with a price on each change of a published plan, and with what lies before *now* frozen.
    ///
    /// The prices are `changed_nurse`, `changed_day` and `changed_hour` of the document, and its locks hold. A frozen visit that its
    /// nurse can no longer make is left out, with the reasons.
    ///
    /// # Complexity
    /// Linear in the plan times the locks, and in the visits times the day patterns of each.
    #[must_use]
    pub fn with_published(mut self, published: &Published) -> Self {
        let calendar = self.calendar().clone();
        let now = published.now(&calendar);
        let today = calendar.moment(now).date();
        let visits = self.told(&published.plan);
        let moved_from = self.published_in_order(&visits);
        let tolerance = (self.facts.prices.changed_hour_tolerance * 60.0).round() as i32;
        let on_duty: FxHashSet<(u32, u16)> =
            self.facts.shifts.iter().map(|shift| (shift.nurse, shift.day)).collect();
        // Of each option: whether it is frozen, and whether its day is locked.
        let mut stays = Vec::with_capacity(self.facts.options.len());
        let mut facts = Vec::with_capacity(self.facts.options.len());
        for number in 0..self.facts.options.len() {
            let option = &self.facts.options[number];
            let found = visits.get(&self.name_of(number as u32)).copied();
            let prices = &self.facts.prices;
            let notice_of = |start: i64| Notice::of(start - now, calendar.moment(start).date() == today);
            // A visit that moves is told before its old day and before its new one.
            let from = found.or(moved_from[option.visit as usize]);
            let notice = match (found, from) {
                (Some(told), _) => notice_of(told.start),
                (None, Some(from)) => notice_of(from.start).min(notice_of(i64::from(option.hour))),
                (None, None) => notice_of(i64::from(option.hour)),
            };
            let held = from.map_or(Held::FREE, |told| told.held);
            let factor = |kept| (notice.factor(prices) * held.factor(kept)).min(lock::MOST);
            let visit = found.map(|told| (told.nurse, i32::try_from(told.start).unwrap_or(i32::MAX / 2)));
            let has_choice = self.facts.visits[option.visit as usize].block.is_some();
            let day = if has_choice && visit.is_none() { prices.changed_day } else { 0.0 };
            // Another hour or day of a meeting costs nothing: it is the nurse's own.
            facts.push(match self.task(option.visit) {
                Task::Care { .. } => PublishedFacts {
                    visit,
                    notice: Some(notice),
                    nurse: cost_of_minutes(prices.changed_nurse * factor(Kept::Nurse)),
                    day: cost_of_minutes(day * factor(Kept::Day)),
                    second: cost_per_second(prices.changed_hour * factor(Kept::Hour)),
                },
                Task::Meeting { .. } => PublishedFacts::default(),
            });
            let option = &mut self.facts.options[number];
            let mut is_frozen = false;
            match visit {
                Some((nurse, start)) if i64::from(start) < now => {
                    (option.open, option.close, option.pinned) = (start, start, Some(nurse));
                    is_frozen = true;
                }
                _ => option.open = option.open.max(now.clamp(0, i64::from(i32::MAX / 2)) as i32),
            }
            if let Some((nurse, start)) = visit.filter(|_| !is_frozen) {
                if held.is_hard(Kept::Nurse) && on_duty.contains(&(nurse, option.day)) {
                    // A visit that is pinned to one nurse and locked to another has nobody.
                    let other = option.pinned.is_some_and(|pinned| pinned != nurse);
                    option.pinned = Some(if other { u32::MAX } else { nurse });
                }
                if held.is_hard(Kept::Hour) {
                    option.open = option.open.max(start - tolerance);
                    option.close = option.close.min(start + tolerance);
                }
            }
            stays.push((is_frozen, found.is_some() && held.is_hard(Kept::Day)));
        }
        for block in &mut self.facts.blocks {
            // The past counts first.
            let kept = |pattern: &Vec<u32>| {
                let of = |is: fn(&(bool, bool)) -> bool| {
                    pattern.iter().filter(|&&option| is(&stays[option as usize])).count()
                };
                (of(|stays| stays.0), of(|stays| stays.1))
            };
            let most = block.patterns.iter().map(kept).max();
            block.patterns.retain(|pattern| Some(kept(pattern)) == most);
        }
        self.facts.published = facts;
        self
    }

    /// The visits and meetings of a published plan by their names. Locks hold visits only.
    fn told<'p>(&self, plan: &'p Plan) -> Visits<'p> {
        let calendar = self.calendar();
        let nurses = self.nurse_numbers();
        let locks = &self.document().agreements.locks;
        let mut visits = Visits::default();
        for tour in &plan.tours {
            let nurse = nurses.get(tour.nurse.as_str()).copied().unwrap_or(u32::MAX);
            for stop in &tour.stops {
                let Some(((task, date), start)) = Task::in_plan(tour, stop) else { continue };
                let start = calendar.elapsed(start);
                visits.entry((task, date)).or_insert_with(|| {
                    let held = match task {
                        Task::Care { client, care } => {
                            let told = lock::Told { client, care, nurse: &tour.nurse, date, start };
                            Held::of(locks, &told, calendar)
                        }
                        Task::Meeting { .. } => Held::FREE,
                    };
                    Told { nurse, start, held }
                });
            }
        }
        visits
    }

    /// Each visit whose day is kring's to choose, as it was published: the n-th visit of its week is the n-th that was.
    fn published_in_order(&self, visits: &Visits<'_>) -> Vec<Option<Told>> {
        let mut in_order = vec![None; self.facts.visits.len()];
        for block in &self.facts.blocks {
            let options =
                block.visits.clone().flat_map(|visit| self.facts.visits[visit as usize].options.clone());
            let told: BTreeMap<u16, Told> = options
                .filter_map(|option| {
                    Some((self.facts.options[option as usize].day, *visits.get(&self.name_of(option))?))
                })
                .collect();
            for (visit, told) in block.visits.clone().zip(told.into_values()) {
                in_order[visit as usize] = Some(told);
            }
        }
        in_order
    }

    /// The visit of a day option, as plans name it: what it is, and the date.
    pub(crate) fn name_of(&self, option: u32) -> (Task<'_>, Date) {
        let option = &self.facts.options[option as usize];
        (self.task(option.visit), self.calendar().date(i32::from(option.day)))
    }

    /// The day option of each visit that a plan makes or leaves out, by its name.
    pub(crate) fn options_of<'p>(&'p self, plan: &'p Plan) -> FxHashMap<(Task<'p>, Date), u32> {
        let planned = plan.tours.iter().flat_map(|tour| tour.visits());
        let planned = planned.map(|visit| (&visit.client, &visit.care, visit.date));
        let out = plan.unplanned.iter().map(|out| (&out.client, &out.care, out.date));
        let names: FxHashSet<(Task<'_>, Date)> =
            planned.chain(out).map(|(client, care, date)| (Task::Care { client, care }, date)).collect();
        let mut options: FxHashMap<(Task<'_>, Date), u32> = FxHashMap::default();
        let mut take = |option: u32| {
            if let Some(&name) = names.get(&self.name_of(option)) {
                options.insert(name, option);
            }
        };
        let fixed = self.facts.visits.iter().filter(|visit| visit.block.is_none());
        fixed.flat_map(|visit| visit.options.clone()).for_each(&mut take);
        for block in &self.facts.blocks {
            let named = |pattern: &&Vec<u32>| {
                pattern.iter().filter(|&&option| names.contains(&self.name_of(option))).count()
            };
            block.patterns.iter().max_by_key(named).into_iter().flatten().copied().for_each(&mut take);
        }
        options
    }
}
