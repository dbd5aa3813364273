//! What changed between a published plan and a new one, visit by visit.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let outcome = kring::solve(&problem, &kring::Options::default().with_iterations(200))?;
//! use kring::report::changes::changes;
//!
//! assert!(changes(&outcome.plan, &outcome.plan).is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::model::cost::{CostByTerm, Term};
use crate::model::plan::Plan;
use crate::model::problem::Task;
use crate::model::{Moment, Notice, Problem};
use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Days in a week. Visits that may move to another day mostly stay within a week.
const WEEK: i64 = 7;

/// Who makes a visit and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScheduledVisit<'p> {
    /// Nurse id.
    pub nurse: &'p str,
    /// Start of care.
    pub start: Moment,
    /// End of care.
    pub end: Moment,
}

impl ScheduledVisit<'_> {
    /// Whether the same nurse makes it at the same points in time, whatever the offsets that they are written with.
    fn is_as(&self, other: &ScheduledVisit<'_>) -> bool {
        let times = |of: &ScheduledVisit<'_>| (of.start.timestamp(), of.end.timestamp());
        self.nurse == other.nurse && times(self) == times(other)
    }
}

/// A visit that is not as it was published: `before` is `None` where it is new, `now` where it was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change<'p> {
    /// Client id.
    pub client: &'p str,
    /// Care line id.
    pub care: &'p str,
    /// Day of the visit as it was published; for a new visit, its day now.
    pub date: Date,
    /// Day of the visit as it is now. It differs from `date` if the visit moved.
    pub to: Date,
    /// As published.
    pub before: Option<ScheduledVisit<'p>>,
    /// As it is now.
    pub now: Option<ScheduledVisit<'p>>,
}

impl Change<'_> {
    /// Whether the visit is in both plans, and on another day.
    pub fn is_moved(&self) -> bool {
        self.before.is_some() && self.now.is_some() && self.date != self.to
    }
}

/// Visits of both plans by client, care line and date.
type Visits<'p> = BTreeMap<(&'p str, &'p str), BTreeMap<Date, ScheduledVisit<'p>>>;

fn visits(plan: &Plan) -> Visits<'_> {
    let mut all = Visits::new();
    for tour in &plan.tours {
        for visit in tour.visits() {
            let planned = ScheduledVisit { nurse: &tour.nurse, start: visit.start, end: visit.end };
            all.entry((&visit.client, &visit.care)).or_default().insert(visit.date, planned);
        }
    }
    all
}

/// Every visit whose nurse, day, start or end differs, by client, care line and day.
///
/// A care line has at most one visit a day, so two visits of the same day are matched. Of the remaining visits, a
/// dropped one is matched with the new one that is nearest by days, if that is less than a week away: it moved to
/// another day. Dropped and new visits that still remain are matched in the order of their days.
///
/// # Complexity
/// O(v log v) for v visits in both plans.
pub fn changes<'p>(published: &'p Plan, now: &'p Plan) -> Vec<Change<'p>> {
    let (mut old, mut new) = (visits(published), visits(now));
    let mut lines: Vec<(&str, &str)> = old.keys().chain(new.keys()).copied().collect();
    lines.sort_unstable();
    lines.dedup();
    let mut found = Vec::new();
    for (client, care) in lines {
        let mut was = old.remove(&(client, care)).unwrap_or_default();
        let mut is = new.remove(&(client, care)).unwrap_or_default();
        let both: Vec<Date> = was.keys().filter(|date| is.contains_key(date)).copied().collect();
        let mut of_line = Vec::new();
        for date in both {
            let (before, now) = (was.remove(&date), is.remove(&date));
            if before.zip(now).is_none_or(|(before, now)| !before.is_as(&now)) {
                of_line.push(Change { client, care, date, to: date, before, now });
            }
        }
        let mut moved = |date, before, to, now| {
            of_line.push(Change { client, care, date, to, before: Some(before), now: Some(now) });
        };
        for days in 1..WEEK {
            was.retain(|&date, &mut before| {
                let near = [date.checked_sub(days.days()), date.checked_add(days.days())];
                let to = near.into_iter().flatten().find(|to| is.contains_key(to));
                let now = to.and_then(|to| is.remove(&to).map(|now| (to, now)));
                now.map(|(to, now)| moved(date, before, to, now)).is_none()
            });
        }
        while !was.is_empty() && !is.is_empty() {
            let first = was.pop_first().zip(is.pop_first());
            first.into_iter().for_each(|((date, before), (to, now))| moved(date, before, to, now));
        }
        for (date, before) in was {
            of_line.push(Change { client, care, date, to: date, before: Some(before), now: None });
        }
        for (date, planned) in is {
            of_line.push(Change { client, care, date, to: date, before: None, now: Some(planned) });
        }
        of_line.sort_by_key(|change| change.date);
        found.extend(of_line);
    }
    found
}

/// A change and what it costs.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PricedChange<'p> {
    /// The change.
    pub change: Change<'p>,
    /// What it costs: another nurse, day or hour, or being left out. In milliseconds of a nurse's time.
    pub cost: CostByTerm,
    /// How long before the visit people hear of it; `None` for a visit that the document no longer has.
    pub notice: Option<Notice>,
    /// Whether nobody would notice the change: nurse, day and duration are the same, and the start moved within the
    /// tolerance of changed hours. Such a change costs nothing.
    pub slight: bool,
}

/// The changes between a published plan and a new one, each with its cost. The problem must have
/// [prices of changes](Problem::with_published).
///
/// The costs of changed nurses, days and hours add up to those of the whole plan.
///
/// # Complexity
/// As [`changes`], and linear in the day options and patterns of the problem; for each dropped visit, the visits of its
/// line that are left out.
pub fn priced<'p>(problem: &'p Problem, published: &'p Plan, now: &'p Plan) -> Vec<PricedChange<'p>> {
    let facts = &problem.facts;
    let (numbers, mut options) = (problem.nurse_numbers(), problem.options_of(now));
    let elapsed = |moment| problem.calendar().elapsed(moment);
    let tolerance = i64::from(facts.prices.changed_hour_seconds());
    let blocks = problem.blocks_by_name();
    let mut left_out: FxHashMap<(&str, &str), Vec<Date>> = FxHashMap::default();
    for out in &now.unplanned {
        left_out.entry((&out.client, &out.care)).or_default().push(out.date);
    }
    let mut all = Vec::new();
    for change in changes(published, now) {
        let (mut cost, mut notice) = (CostByTerm::default(), None);
        let task = Task::Care { client: change.client, care: change.care };
        // The plan may list a dropped visit as left out on another day than it was published; it is still the same
        // visit.
        let out = || {
            let block = blocks.get(&(task, change.date))?;
            let of_line = left_out.get(&(change.client, change.care))?.iter().copied();
            let mut of_block = of_line.filter(|&date| blocks.get(&(task, date)) == Some(block));
            of_block.find(|&date| options.contains_key(&(task, date)))
        };
        let is_named = change.now.is_some() || options.contains_key(&(task, change.to));
        let on = if is_named { Some(change.to) } else { out() };
        if let Some(option) = on.and_then(|on| options.remove(&(task, on))) {
            let told = facts.published.get(option as usize);
            notice = told.and_then(|told| told.notice);
            match (change.now, told) {
                (Some(is), Some(told)) => {
                    let nurse = numbers.get(is.nurse).copied().unwrap_or(u32::MAX);
                    cost = told.cost(nurse, elapsed(is.start), &facts.prices);
                }
                (Some(_), None) => {}
                (None, _) => {
                    notice = change.before.and_then(|before| problem.notice_before(before.start));
                    let visit = &facts.visits[facts.options[option as usize].visit as usize];
                    cost[Term::Unplanned] = visit.unplanned - visit.withdrawn;
                    cost[Term::Withdrawn] = visit.withdrawn;
                }
            }
        }
        let slight = change.before.zip(change.now).is_some_and(|(was, is)| {
            let moved = elapsed(is.start) - elapsed(was.start);
            let longer = elapsed(is.end) - elapsed(was.end) - moved;
            (was.nurse, longer) == (is.nurse, 0) && !change.is_moved() && moved.abs() <= tolerance
        });
        all.push(PricedChange { change, cost, notice, slight });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::golden::plan;

    #[test]
    fn a_plan_does_not_differ_from_itself() {
        let plan = plan();
        assert_eq!(changes(&plan, &plan), []);
    }

    #[test]
    fn the_same_moment_with_another_offset_is_no_change() {
        let published = plan();
        let mut now = plan();
        for stop in now.tours.iter_mut().flat_map(|tour| &mut tour.stops) {
            if let crate::model::plan::Stop::Visit(visit) = stop {
                visit.start = Moment::new(visit.start.timestamp(), jiff::tz::offset(5));
            }
        }
        assert_ne!(now, published);
        assert_eq!(changes(&published, &now), []);
    }

    #[test]
    fn another_nurse_is_one_change_and_a_lost_tour_drops_its_visits() {
        let published = plan();
        let mut now = plan();
        now.tours[0].nurse = "nurse-9".to_owned();
        let lost = now.tours.pop().expect("a tour");
        let changed = changes(&published, &now);
        let first: Vec<_> = changed.iter().filter(|change| change.now.is_some()).collect();
        assert_eq!(first.len(), published.tours[0].visits().count());
        assert!(first.iter().all(|change| change.now.map(|now| now.nurse) == Some("nurse-9")));
        assert_eq!(changed.len() - first.len(), lost.visits().count());
    }

    #[test]
    fn of_two_visits_of_a_line_the_nearer_one_moved() {
        let mut published = plan();
        let mut now = plan();
        let visit_of = |plan: &mut Plan, days: i64| {
            let tour = &mut plan.tours[0];
            tour.stops.retain(|stop| matches!(stop, crate::model::plan::Stop::Visit(_)));
            tour.stops.truncate(1);
            let crate::model::plan::Stop::Visit(visit) = &mut tour.stops[0] else { panic!("no visit") };
            visit.date = visit.date.saturating_add(days.days());
            visit.date
        };
        // A tour on the first day and one ten days later; the second moves by a day, the first is dropped.
        let first = visit_of(&mut published, 0);
        let mut second = published.clone();
        let later = visit_of(&mut second, 10);
        published.tours = vec![published.tours[0].clone(), second.tours[0].clone()];
        let moved = visit_of(&mut now, 11);
        now.tours.truncate(1);
        let found: Vec<_> =
            changes(&published, &now).iter().map(|one| (one.date, one.to, one.now.is_some())).collect();
        assert_eq!(found, [(first, first, false), (later, moved, true)]);
    }

    #[test]
    fn a_visit_on_another_day_moved() {
        let published = plan();
        let mut now = plan();
        let stop = now.tours[0].stops.iter_mut().find_map(|stop| match stop {
            crate::model::plan::Stop::Visit(visit) => Some(visit),
            _ => None,
        });
        let visit = stop.expect("a visit");
        visit.date = visit.date.saturating_add(jiff::ToSpan::days(40));
        let changed = changes(&published, &now);
        assert_eq!(changed.len(), 1);
        assert!(changed[0].is_moved());
    }
}
