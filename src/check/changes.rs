//! What the changes against a published plan cost, visit by visit.

use super::expand::Expanded;
use super::price::charge;
use super::read::ReadTour;
use crate::model::cost::{CostByTerm, Term, cost_of_minutes, cost_per_second};
use crate::model::{Moment, Published};
use std::collections::HashMap;

/// Adds the price of each visit that another nurse makes, or at another hour, or on a day that was not published.
pub(super) fn check(
    expanded: &Expanded<'_>,
    tours: &[ReadTour<'_>],
    published: &Published,
    cost: &mut CostByTerm,
) {
    let mut told: HashMap<_, (&str, Moment)> = HashMap::new();
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
                    let bit = super::days::single(day);
                    let mut blocks = line.blocks.iter().filter(|block| block.possible() & bit != 0);
                    if blocks.any(|block| block.choices.len() > 1) {
                        let factor = notice(line.window(calendar, day).0);
                        charge(cost, Term::ChangedDay, 1, cost_of_minutes(prices.changed_day * factor));
                    }
                }
            }
        }
    }
}
