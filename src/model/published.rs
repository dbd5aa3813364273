//! A published plan: what people were told, and from when on it may still be changed.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let outcome = kring::solve(&problem, &kring::Options::default().with_iterations(200))?;
//! use kring::model::{Published, Term};
//!
//! // Nothing has changed, so nothing is charged.
//! let published = Published::new(outcome.plan.clone(), None);
//! let checked = kring::check(&problem.with_published(&published), &outcome.plan)?;
//! assert_eq!(checked.cost[Term::ChangedNurse], 0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::calendar::Moment;
use super::cost::{CostByTerm, Term, cost_of_minutes, cost_per_second};
use super::document::{Kept, Shift, TimeOfDay};
use super::facts::PublishedFacts;
use super::lock::{self, Held};
use super::notice::Notice;
use super::plan::Plan;
use super::problem::{Problem, Task};
use super::terms::Prices;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

pub use super::plan::Published;

impl PublishedFacts {
    /// The price of changes if a nurse makes the visit on this day; `start` is the start of care in elapsed seconds.
    pub(crate) fn cost(&self, nurse: u32, start: i64, prices: &Prices) -> CostByTerm {
        let mut cost = CostByTerm::default();
        match self.visit {
            Some((published, hour)) => {
                let tolerance = i64::from(prices.changed_hour_seconds());
                let beyond = ((start - i64::from(hour)).abs() - tolerance).max(0);
                cost[Term::ChangedNurse] = if nurse == published { 0 } else { self.nurse };
                cost[Term::ChangedHour] = beyond * self.second;
            }
            None => cost[Term::ChangedDay] = self.day,
        }
        cost
    }
}

/// A visit as it was published, in numbers.
#[derive(Debug, Clone, Copy)]
struct PublishedVisit {
    nurse: u32,
    /// Start of care, in elapsed seconds.
    start: i64,
    /// The shift in which the visit has begun by *now*, or in which its nurse is on the way to it. `None` if neither is
    /// so, or she is absent.
    under_way: Option<u32>,
    held: Held,
}

/// Elapsed seconds as an `i32`, as in the facts, bounded so that sums and differences of a few of them fit. Moments in
/// a plan that was written by hand may lie anywhere in time.
fn clamped(seconds: i64) -> i32 {
    const MOST: i64 = (i32::MAX / 4) as i64;
    seconds.clamp(-MOST, MOST) as i32
}

/// The visits and meetings of a published plan, by what they are and their date.
type Visits<'p> = FxHashMap<(Task<'p>, Date), PublishedVisit>;

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
        let visits = self.visits_of(&published.plan, now);
        let moved_from = self.published_in_order(&visits);
        let tolerance = i64::from(self.facts.prices.changed_hour_seconds());
        let on_duty: FxHashSet<(u32, u16)> =
            self.facts.shifts.iter().map(|shift| (shift.nurse, shift.day)).collect();
        // For each option: whether its visit is under way, and whether its day is locked.
        let mut stays = Vec::with_capacity(self.facts.options.len());
        let mut facts = Vec::with_capacity(self.facts.options.len());
        for number in 0..self.facts.options.len() {
            let option = &self.facts.options[number];
            let found = visits.get(&self.name_of(number as u32)).copied();
            let prices = &self.facts.prices;
            let notice_of = |start: i64| Notice::of(&calendar, start, now);
            // If a visit moves, people must hear of it before its old start and before its new day: the shorter notice
            // counts.
            let from = found.or(moved_from[option.visit as usize]);
            let notice = match (found, from) {
                (Some(was), _) => notice_of(was.start),
                (None, Some(from)) => notice_of(from.start).min(notice_of(i64::from(option.hour))),
                (None, None) => notice_of(i64::from(option.hour)),
            };
            let held = from.map_or(Held::FREE, |was| was.held);
            let factor = |kept| (notice.factor(prices) * held.factor(kept)).min(lock::MOST);
            let visit = found.map(|was| (was.nurse, clamped(was.start)));
            let has_choice = self.facts.visits[option.visit as usize].block.is_some();
            let moved = has_choice && visit.is_none() && from.is_some();
            let day = if moved { prices.changed_day } else { 0.0 };
            // Another hour or day of a meeting costs nothing: it concerns the nurse alone.
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
            let under_way = found.and_then(|was| was.under_way);
            let is_frozen = under_way.is_some();
            if let (Some(shift), Some(was), Task::Care { .. }) = (under_way, found, self.task(option.visit)) {
                self.let_finish(shift, number as u32, was.start);
            }
            let option = &mut self.facts.options[number];
            match visit.filter(|_| is_frozen) {
                Some((nurse, start)) => {
                    (option.open, option.close, option.pinned) = (start, start, Some(nurse));
                }
                None => option.open = option.open.max(clamped(now.max(0))),
            }
            if let Some((nurse, start)) = visit.filter(|_| !is_frozen) {
                if held.is_hard(Kept::Nurse) && on_duty.contains(&(nurse, option.day)) {
                    // A visit that is pinned to one nurse and locked to another can be made by nobody.
                    let other = option.pinned.is_some_and(|pinned| pinned != nurse);
                    option.pinned = Some(if other { u32::MAX } else { nurse });
                }
                if held.is_hard(Kept::Hour) {
                    option.open = option.open.max(clamped(i64::from(start) - tolerance));
                    option.close = option.close.min(clamped(i64::from(start) + tolerance));
                }
            }
            stays.push((is_frozen, found.is_some() && held.is_hard(Kept::Day)));
        }
        for block in &mut self.facts.blocks {
            // Visits that have begun, or to which a nurse is on the way, count before locked days.
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
        let begun: FxHashSet<u32> = visits.values().filter_map(|was| was.under_way).collect();
        for (number, shift) in (0..).zip(&mut self.facts.shifts) {
            if !begun.contains(&number) {
                // No later than a tour without visits has to leave: such a tour is always possible.
                let way = self.facts.roads[shift.roads as usize].leg(shift.leaves_from, shift.returns_to);
                let latest = (shift.latest_end - way).max(shift.start);
                shift.leave = now.clamp(shift.start.into(), latest.into()) as i32;
            }
        }
        self.price_withdrawn(&moved_from, now);
        self.published = Some(Arc::new(published.clone()));
        self
    }

    /// Extends a shift that was cut short, so that its nurse can finish the visit that is under way and go home.
    fn let_finish(&mut self, shift: u32, option: u32, start: i64) {
        let facts = &mut self.facts;
        let of_option = &facts.options[option as usize];
        let shift = &mut facts.shifts[shift as usize];
        let home = facts.roads[shift.roads as usize].leg(of_option.place, shift.returns_to);
        let ends = start + i64::from(facts.visits[of_option.visit as usize].duration + home);
        if i64::from(shift.latest_end) >= ends {
            return;
        }
        shift.latest_end = clamped(ends);
        // The document is changed as well, because the new plan is a plan of this document.
        let (begins, nurse) = (i64::from(shift.start), shift.nurse);
        let (calendar, nurse) = (&self.calendar, &mut self.document.nurses[nurse as usize]);
        let is_it = |shift: &&mut Shift| {
            calendar.seconds(calendar.days_from_first(shift.date) as i32, shift.start) == begins
        };
        if let Some(shift) = nurse.shifts.iter_mut().find(is_it) {
            shift.latest_end = Some(TimeOfDay::of(calendar.moment(ends).time()));
        }
    }

    /// The shift of a nurse in which a visit is under way: care has begun, or she has set out for it. Where a shift
    /// ends when the next one starts, the visit may lie in both; then the shift of its tour counts, which starts at
    /// `named`.
    fn shift_under_way(
        &self,
        nurse: u32,
        named: i64,
        (sets_out, start): (i64, i64),
        now: i64,
    ) -> Option<u32> {
        let shifts = self.facts.nurses.get(nurse as usize)?.shifts.clone();
        let begin = if start < now { start } else { sets_out };
        if begin >= now {
            return None;
        }
        let starts = |shift: u32| i64::from(self.facts.shifts[shift as usize].start);
        let latest_end = |shift: u32| i64::from(self.facts.shifts[shift as usize].latest_end);
        let holds = shifts.filter(|&shift| starts(shift) <= begin && start <= latest_end(shift));
        holds.min_by_key(|&shift| (starts(shift) != named, starts(shift)))
    }

    /// How long before its start people hear that a published visit changes; `None` without a published plan.
    pub(crate) fn notice_before(&self, start: Moment) -> Option<Notice> {
        let calendar = self.calendar();
        Some(Notice::of(calendar, calendar.elapsed(start), self.published()?.now(calendar)))
    }

    /// Puts a price on leaving out what was published.
    fn price_withdrawn(&mut self, moved_from: &[Option<PublishedVisit>], now: i64) {
        let calendar = self.calendar().clone();
        let facts = &mut self.facts;
        for (visit, was) in facts.visits.iter_mut().zip(moved_from) {
            visit.unplanned -= std::mem::take(&mut visit.withdrawn);
            let is_whole = |block: u32| {
                let block = &facts.blocks[block as usize];
                block.visits.clone().all(|visit| moved_from[visit as usize].is_some())
            };
            let Some(was) = was else { continue };
            let minutes = if was.under_way.is_some() {
                // A visit under way is left out only where it is no longer possible.
                facts.prices.missed_meeting()
            } else if visit.block.is_none_or(is_whole) {
                let notice = Notice::of(&calendar, was.start, now);
                let factor = notice.factor(&facts.prices) * was.held.factor_left_out();
                facts.prices.withdrawn * factor.min(lock::MOST)
            } else {
                0.0
            };
            visit.withdrawn = cost_of_minutes(minutes);
            visit.unplanned += visit.withdrawn;
        }
    }

    /// The visits and meetings of a published plan by their names. Locks hold visits only.
    fn visits_of<'p>(&self, plan: &'p Plan, now: i64) -> Visits<'p> {
        let calendar = self.calendar();
        let nurses = self.nurse_numbers();
        let locks = &self.document().agreements.locks;
        let mut visits = Visits::default();
        for tour in &plan.tours {
            let nurse = nurses.get(tour.nurse.as_str()).copied().unwrap_or(u32::MAX);
            let (named, mut leaves) = (calendar.elapsed(tour.shift), Some(calendar.elapsed(tour.leave)));
            let stops = tour.stops.iter().filter_map(|stop| Task::in_plan(tour, stop));
            for (((task, date), start), way) in stops.zip(tour.legs()) {
                let start = calendar.elapsed(start);
                // A break may lie between home and the first stop.
                let sets_out = start.saturating_sub(way.max(0)).min(leaves.take().unwrap_or(i64::MAX));
                let under_way = self.shift_under_way(nurse, named, (sets_out, start), now);
                visits.entry((task, date)).or_insert_with(|| {
                    let held = match task {
                        Task::Care { client, care } => {
                            let locked = lock::Locked { client, care, nurse: &tour.nurse, date, start };
                            Held::of(locks, &locked, calendar)
                        }
                        Task::Meeting { .. } => Held::FREE,
                    };
                    PublishedVisit { nurse, start, under_way, held }
                });
            }
        }
        visits
    }

    /// The block of each visit whose day kring chooses, by the names that the visit can have.
    ///
    /// # Complexity
    /// The day options of the blocks.
    pub(crate) fn blocks_by_name(&self) -> FxHashMap<(Task<'_>, Date), u32> {
        let mut names = FxHashMap::default();
        for (number, block) in (0..).zip(&self.facts.blocks) {
            for visit in block.visits.clone() {
                let options = self.facts.visits[visit as usize].options.clone();
                names.extend(options.map(|option| (self.name_of(option), number)));
            }
        }
        names
    }

    /// For each visit, the published visit to which it corresponds. Where kring chooses the days, the n-th visit of a
    /// week corresponds to the n-th published visit of that week. Meetings are not among them.
    fn published_in_order(&self, visits: &Visits<'_>) -> Vec<Option<PublishedVisit>> {
        let mut in_order = vec![None; self.facts.visits.len()];
        for (visit, facts) in (0..).zip(&self.facts.visits).filter(|(_, facts)| facts.block.is_none()) {
            if let (Task::Care { .. }, Some(option)) = (self.task(visit), facts.options.clone().next()) {
                in_order[visit as usize] = visits.get(&self.name_of(option)).copied();
            }
        }
        let is_care = |visit| matches!(self.task(visit), Task::Care { .. });
        for block in self.facts.blocks.iter().filter(|block| is_care(block.visits.start)) {
            let options =
                block.visits.clone().flat_map(|visit| self.facts.visits[visit as usize].options.clone());
            let in_week: BTreeMap<u16, PublishedVisit> = options
                .filter_map(|option| {
                    Some((self.facts.options[option as usize].day, *visits.get(&self.name_of(option))?))
                })
                .collect();
            for (visit, was) in block.visits.clone().zip(in_week.into_values()) {
                in_order[visit as usize] = Some(was);
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
        for option in self.facts.options_with_most(|option| names.contains(&self.name_of(option))) {
            if let Some(&name) = names.get(&self.name_of(option)) {
                options.insert(name, option);
            }
        }
        options
    }
}
