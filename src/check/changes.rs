//! What the changes against a published plan cost, visit by visit.

use super::days::single;
use super::expand::Expanded;
use super::price::charge;
use super::read::ReadTour;
use super::told::{Held, Story};
use crate::model::cost::{CostByTerm, Term, cost_of_minutes, cost_per_second};
use crate::model::document::Kept;

/// Adds the price of each visit that another nurse makes, or at another hour, or on a day that was not published.
pub(super) fn check(
    expanded: &Expanded<'_>,
    tours: &[ReadTour<'_>],
    story: &Story<'_>,
    cost: &mut CostByTerm,
) {
    let prices = &expanded.document.prices;
    let calendar = &expanded.calendar;
    let now = story.now;
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
    // Notice and locks together count a hundred times at most.
    let times = |start: i64, held: &Held, kept: Kept| (notice(start) * held.factor(kept)).min(100.0);
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
            // The n-th visit of a block was the n-th that was published: people hear of it before both.
            let of_block = |date| calendar.day(date).is_some_and(|on| block.possible() & single(on) != 0);
            let named = story.named(&printed.client, &printed.care);
            let nth = named.range(..printed.date).filter(|&&date| of_block(date)).count();
            let was = told.iter().filter(|(date, _)| of_block(**date)).map(|(_, told)| told).nth(nth);
            let opens = line.window(calendar, day).0;
            let start = was.map_or(opens, |told| told.start.min(opens));
            let factor = times(start, &was.map_or(Held::FREE, |told| told.held), Kept::Day);
            charge(cost, Term::ChangedDay, 1, cost_of_minutes(prices.changed_day * factor));
        }
    }
}
