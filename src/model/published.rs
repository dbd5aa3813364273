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
//! let published = Published { plan: outcome.plan.clone(), now: None };
//! let checked = kring::check(&problem.with_published(&published), &outcome.plan)?;
//! assert_eq!(checked.cost[Term::ChangedNurse], 0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::calendar::{Calendar, Moment};
use super::cost::{cost_of_minutes, cost_per_second};
use super::facts::PublishedFacts;
use super::plan::{Plan, Stop};
use super::problem::{Problem, Task};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::Arc;

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

impl Published {
    /// Now, in elapsed seconds.
    pub(crate) fn now(&self, calendar: &Calendar) -> i64 {
        self.now.map_or(0, |now| calendar.elapsed(now))
    }
}

impl Problem {
    /// The same problem with a price on each change of a published plan, and with what lies before *now* frozen.
    ///
    /// The prices are `changed_nurse`, `changed_day` and `changed_hour` of the document. A frozen visit that its nurse
    /// can no longer make is left out, with the reasons.
    ///
    /// # Complexity
    /// Linear in the plan, and in the visits times the day patterns of each.
    #[must_use]
    pub fn with_published(mut self, published: &Published) -> Self {
        let calendar = self.calendar().clone();
        let now = published.now(&calendar);
        let today = calendar.moment(now).date();
        let numbers = (0..).zip(&self.document().nurses);
        let nurses: FxHashMap<String, u32> = numbers.map(|(n, nurse)| (nurse.id.clone(), n)).collect();
        let mut visits: FxHashMap<(Task<'_>, Date), (u32, i64)> = FxHashMap::default();
        for tour in &published.plan.tours {
            let nurse = nurses.get(&tour.nurse).copied().unwrap_or(u32::MAX);
            for stop in &tour.stops {
                let (task, date, start) = match stop {
                    Stop::Visit(visit) => {
                        (Task::Care { client: &visit.client, care: &visit.care }, visit.date, visit.start)
                    }
                    Stop::Meeting(at) => {
                        (Task::Meeting { nurse: &tour.nurse, meeting: &at.meeting }, at.date, at.start)
                    }
                    Stop::Break(_) => continue,
                };
                visits.entry((task, date)).or_insert((nurse, calendar.elapsed(start)));
            }
        }
        let mut frozen = vec![false; self.facts.options.len()];
        let mut facts = Vec::with_capacity(self.facts.options.len());
        for (number, frozen) in frozen.iter_mut().enumerate() {
            let option = &self.facts.options[number];
            let task = self.task(option.visit);
            let date = calendar.date(i32::from(option.day));
            let found = visits.get(&(task, date));
            let start = found.map_or(i64::from(option.hour), |&(_, start)| start);
            let prices = &self.facts.prices;
            let notice = prices.notice(start - now, calendar.moment(start).date() == today);
            let start = i32::try_from(start).unwrap_or(i32::MAX / 2);
            let visit = found.map(|&(nurse, _)| (nurse, start));
            let has_choice = self.facts.visits[option.visit as usize].block.is_some();
            let day = if has_choice && visit.is_none() { prices.changed_day } else { 0.0 };
            // Another hour or day of a meeting costs nothing: it is the nurse's own.
            let is_care = matches!(task, Task::Care { .. });
            facts.push(if is_care {
                PublishedFacts {
                    visit,
                    nurse: cost_of_minutes(prices.changed_nurse * notice),
                    day: cost_of_minutes(day * notice),
                    second: cost_per_second(prices.changed_hour * notice),
                }
            } else {
                PublishedFacts::default()
            });
            let option = &mut self.facts.options[number];
            match visit {
                Some((nurse, start)) if i64::from(start) < now => {
                    (option.open, option.close, option.pinned) = (start, start, Some(nurse));
                    *frozen = true;
                }
                _ => option.open = option.open.max(now.clamp(0, i64::from(i32::MAX / 2)) as i32),
            }
        }
        for block in &mut self.facts.blocks {
            let kept = |pattern: &[u32]| pattern.iter().filter(|&&option| frozen[option as usize]).count();
            let most = block.patterns.iter().map(|pattern| kept(pattern)).max().unwrap_or(0);
            block.patterns.retain(|pattern| kept(pattern) == most);
        }
        self.facts.published = facts;
        self.published = Some(Arc::new(published.clone()));
        self
    }
}
