//! What the changes against a published plan cost, visit by visit.

use super::days::{Block, single};
use super::expand::Expanded;
use super::meetings;
use super::price::charge;
use super::read::ReadTour;
use super::told::{Held, Story, Told};
use crate::model::Plan;
use crate::model::cost::{CostByTerm, Term, cost_of_minutes, cost_per_second};
use crate::model::document::Kept;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Adds the price of each visit that is made by another nurse, at another hour or on another day than was published.
pub(super) fn check(
    expanded: &Expanded<'_>,
    tours: &[ReadTour<'_>],
    story: &Story<'_>,
    cost: &mut CostByTerm,
) {
    let prices = &expanded.document.prices;
    let calendar = &expanded.calendar;
    // The factors of notice and locks together multiply a price by at most 100.
    let times = |start: i64, held: &Held, kept: Kept| {
        (notice(expanded, story.now, start) * held.factor(kept)).min(100.0)
    };
    let tolerance = (prices.changed_hour_tolerance * 60.0).round() as i64;
    for tour in tours.iter().filter(|tour| tour.nurse.is_some()) {
        for (_, visit) in tour.visits() {
            let (Some(line), Some(day)) = (visit.line, visit.day) else { continue };
            let printed = visit.printed;
            let line = &expanded.lines[line];
            let told = story.told(&printed.client, &printed.care);
            if let Some(told) = told.get(&printed.date) {
                if told.nurse != tour.printed.nurse {
                    let factor = times(told.start, &told.held, Kept::Nurse);
                    charge(cost, Term::ChangedNurse, 1, cost_of_minutes(prices.changed_nurse * factor));
                }
                let moved = visit.start.abs_diff(told.start).min(1 << 40) as i64;
                let factor = times(told.start, &told.held, Kept::Hour);
                let price = cost_per_second(prices.changed_hour * factor);
                charge(cost, Term::ChangedHour, (moved - tolerance).max(0), price);
                continue;
            }
            let mut blocks = line.blocks.iter().filter(|block| block.possible() & single(day) != 0);
            let Some(block) = blocks.find(|block| block.choices.len() > 1) else { continue };
            // People have to hear of the move before the earlier of the two days, the old and the new one.
            let name = (printed.client.as_str(), printed.care.as_str(), printed.date);
            let Some(was) = nth_of_block(expanded, block, story, name) else { continue };
            let start = was.start.min(line.window(calendar, day).0);
            let factor = times(start, &was.held, Kept::Day);
            charge(cost, Term::ChangedDay, 1, cost_of_minutes(prices.changed_day * factor));
        }
    }
}

/// The published visits of a block, by day.
fn told_of_block<'b>(
    expanded: &'b Expanded<'_>,
    block: &'b Block,
    told: &'b BTreeMap<Date, Told<'b>>,
) -> impl Iterator<Item = &'b Told<'b>> {
    told.iter().filter(|(date, _)| is_of_block(expanded, block, **date)).map(|(_, told)| told)
}

fn is_of_block(expanded: &Expanded<'_>, block: &Block, date: Date) -> bool {
    expanded.calendar.day(date).is_some_and(|on| block.possible() & single(on) != 0)
}

/// The published visit that became this visit of a block: the n-th visit of the block that the plan names, made or left
/// out, was the n-th that was published.
fn nth_of_block<'b>(
    expanded: &'b Expanded<'_>,
    block: &'b Block,
    story: &'b Story<'_>,
    (client, care, date): (&'b str, &'b str, Date),
) -> Option<&'b Told<'b>> {
    let named = story.named(client, care).range(..date);
    let nth = named.filter(|&&date| is_of_block(expanded, block, date)).count();
    told_of_block(expanded, block, story.told(client, care)).nth(nth)
}

/// Adds the price of each visit that was published and is left out.
pub(super) fn check_withdrawn(
    expanded: &Expanded<'_>,
    plan: &Plan,
    story: &Story<'_>,
    cost: &mut CostByTerm,
) {
    for out in &plan.unplanned {
        let line = expanded.client(&out.client).and_then(|client| expanded.line(client, &out.care));
        let Some(line) = line.map(|line| &expanded.lines[line]) else { continue };
        let told = story.told(&out.client, &out.care);
        let mut blocks = line.blocks.iter().filter(|block| is_of_block(expanded, block, out.date));
        let Some(block) = blocks.next() else { continue };
        let was = if block.choices.len() > 1 {
            let is_whole = told_of_block(expanded, block, told).count() >= block.visits() as usize;
            let name = (out.client.as_str(), out.care.as_str(), out.date);
            nth_of_block(expanded, block, story, name).filter(|told| is_whole || told.is_frozen())
        } else {
            told.get(&out.date)
        };
        let Some(was) = was else { continue };
        let prices = &expanded.document.prices;
        let factor = notice(expanded, story.now, was.start) * was.held.factor_left_out();
        let minutes =
            if was.is_frozen() { meetings::price(prices) } else { prices.withdrawn * factor.min(100.0) };
        charge(cost, Term::Withdrawn, 1, cost_of_minutes(minutes));
    }
}

/// Factor on the price of a change by how much notice people get: they hear of it now, for a visit that starts at
/// `start`.
fn notice(expanded: &Expanded<'_>, now: i64, start: i64) -> f64 {
    let (calendar, prices) = (&expanded.calendar, &expanded.document.prices);
    if start - now < 3600 {
        prices.notice_hour
    } else if calendar.moment(start).date() == calendar.moment(now).date() {
        prices.notice_today
    } else if start - now < 7 * 24 * 3600 {
        1.0
    } else {
        prices.notice_later
    }
}
