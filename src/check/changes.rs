//! What the changes against a published plan cost, visit by visit, and whether what lies before now stayed as it was.

use super::days::single;
use super::expand::Expanded;
use super::price::charge;
use super::read::{ReadTour, stop_place};
use super::violation::{Findings, Rule, apart};
use crate::model::cost::{CostByTerm, Term, cost_of_minutes, cost_per_second};
use crate::model::{Moment, Plan, Published};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What people were told of each visit: nurse and start, by client, care line and day.
type Told<'a> = HashMap<(&'a str, &'a str, Date), (&'a str, Moment)>;

/// Adds the price of each visit that another nurse makes, or at another hour, or on a day that was not published. What was to start
/// before now has to be as it was published.
pub(super) fn check(
    expanded: &Expanded<'_>,
    plan: &Plan,
    tours: &[ReadTour<'_>],
    published: &Published,
    cost: &mut CostByTerm,
    found: &mut Findings,
) {
    let mut told = Told::new();
    for tour in &published.plan.tours {
        for visit in tour.visits() {
            let key = (visit.client.as_str(), visit.care.as_str(), visit.date);
            told.entry(key).or_insert((tour.nurse.as_str(), visit.start));
        }
    }
    let prices = &expanded.document.prices;
    let calendar = &expanded.calendar;
    let now = published.now.map_or(0, |now| calendar.elapsed(now));
    let notice = |start: i64| {
        if start - now < 3600 {
            prices.notice_hour
        } else if calendar.moment(start).date() == calendar.moment(now).date() {
            prices.notice_today
        } else if start - now < 7 * 24 * 3600 {
            1.0
        } else {
            prices.notice_later
        }
    };
    check_frozen(expanded, plan, tours, (&told, now), found);
    let tolerance = (prices.changed_hour_tolerance * 60.0).round() as i64;
    for tour in tours.iter().filter(|tour| tour.nurse.is_some()) {
        for (_, visit) in tour.visits() {
            let (Some(line), Some(day)) = (visit.line, visit.day) else { continue };
            let printed = visit.printed;
            let line = &expanded.lines[line];
            match told.get(&(printed.client.as_str(), printed.care.as_str(), printed.date)) {
                Some(&(nurse, start)) => {
                    let factor = notice(calendar.elapsed(start));
                    if nurse != tour.printed.nurse {
                        let price = cost_of_minutes(prices.changed_nurse * factor);
                        charge(cost, Term::ChangedNurse, 1, price);
                    }
                    let moved = visit.start.abs_diff(calendar.elapsed(start)).min(1 << 40) as i64;
                    let price = cost_per_second(prices.changed_hour * factor);
                    charge(cost, Term::ChangedHour, (moved - tolerance).max(0), price);
                }
                None => {
                    let bit = single(day);
                    let mut blocks = line.blocks.iter().filter(|block| block.possible() & bit != 0);
                    if let Some(block) = blocks.find(|block| block.choices.len() > 1) {
                        // The n-th visit of a block was the n-th that was published: it is told before both.
                        let of_block = |name: &(&str, &str, Date)| {
                            (name.0, name.1) == (&printed.client, &printed.care)
                                && calendar.day(name.2).is_some_and(|on| block.possible() & single(on) != 0)
                        };
                        let is: BTreeSet<Date> =
                            named(plan).filter(of_block).map(|(.., date)| date).collect();
                        let was: BTreeMap<Date, i64> = told
                            .iter()
                            .filter(|(name, _)| of_block(name))
                            .map(|(&(.., date), &(_, start))| (date, calendar.elapsed(start)))
                            .collect();
                        let nth = is.range(..printed.date).count();
                        let first = line.window(calendar, day).0;
                        let first = was.into_values().nth(nth).map_or(first, |start| start.min(first));
                        let factor = notice(first);
                        charge(cost, Term::ChangedDay, 1, cost_of_minutes(prices.changed_day * factor));
                    }
                }
            }
        }
    }
}

/// Finds what was to start before now and changed, and what starts before now and was not published there.
fn check_frozen(
    expanded: &Expanded<'_>,
    plan: &Plan,
    tours: &[ReadTour<'_>],
    (told, now): (&Told<'_>, i64),
    found: &mut Findings,
) {
    let calendar = &expanded.calendar;
    for (number, tour) in tours.iter().enumerate() {
        for (position, visit) in tour.visits() {
            let printed = visit.printed;
            let name = format!("{} {} on {}", printed.client, printed.care, printed.date);
            let mut add = |amount, message| {
                found.add(Rule::Frozen, stop_place(number, position), amount, message);
            };
            match told.get(&(printed.client.as_str(), printed.care.as_str(), printed.date)) {
                Some(&(nurse, start)) if calendar.elapsed(start) < now => {
                    if nurse != tour.printed.nurse {
                        add(1, format!("{name} lies before now and was published with {nurse}"));
                    }
                    if visit.start != calendar.elapsed(start) {
                        let moved = apart(visit.start, calendar.elapsed(start));
                        add(moved, format!("{name} lies before now and was published to start at {start}"));
                    }
                }
                _ if visit.start < now => {
                    let early = apart(now, visit.start);
                    add(early, format!("{name} starts before now and was not published to"));
                }
                _ => {}
            }
        }
    }
    // Days of the past that the plan gives up, though a choice of days keeps them.
    for line in &expanded.lines {
        let client = &expanded.document.clients[line.client].id;
        let of_line = |name: &(&str, &str, Date)| (name.0, name.1) == (client.as_str(), line.care.id.as_str());
        let days = |dates: &mut dyn Iterator<Item = Date>| {
            dates.filter_map(|date| calendar.day(date)).fold(0, |all, day| all | single(day))
        };
        for block in line.blocks.iter().filter(|block| block.choices.len() > 1) {
            let past = told.iter().filter(|(_, (_, start))| calendar.elapsed(*start) < now);
            let past = days(&mut past.map(|(name, _)| *name).filter(of_line).map(|(.., date)| date));
            let is = days(&mut named(plan).filter(of_line).map(|(.., date)| date));
            let missing = block.most_kept(past).saturating_sub((past & is & block.possible()).count_ones());
            if missing > 0 {
                let message = format!("{client} {} has another day than one before now", line.care.id);
                found.add(Rule::Frozen, "tours", missing.into(), message);
            }
        }
    }
}

/// Every visit that a plan names, made or left out.
fn named(plan: &Plan) -> impl Iterator<Item = (&str, &str, Date)> {
    let made = plan.tours.iter().flat_map(|tour| tour.visits());
    let made = made.map(|visit| (visit.client.as_str(), visit.care.as_str(), visit.date));
    made.chain(plan.unplanned.iter().map(|out| (out.client.as_str(), out.care.as_str(), out.date)))
}
