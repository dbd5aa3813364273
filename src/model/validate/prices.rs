//! Prices, and that no plan's cost can overflow under them.

use super::clients::HEAVIEST;
use super::findings::Findings;
use super::scope::Scope;
use crate::model::cost::{cost_of_minutes, cost_per_second};
use crate::model::document::Client;
use crate::model::terms::{Price, Prices, Term, Unit};

/// Largest sum of cost that is accepted: an eighth of what fits, so that differences and sums of a
/// few plans fit as well.
const LARGEST_TOTAL: i128 = (i64::MAX / 8) as i128;

pub(super) fn check(scope: &Scope, findings: &mut Findings) {
    let prices = &scope.document.prices;
    let mut fine = true;
    let mut in_range = |path: &str, price: f64| {
        findings.number(format_args!("prices.{path}"), price, 0.0..=Prices::HIGHEST);
        fine &= (0.0..=Prices::HIGHEST).contains(&price);
    };
    for &term in Term::ALL {
        match prices.of(term) {
            Price::Each(price) => in_range(term.price_name(), price),
            Price::ByPriority(prices) => {
                for (priority, price) in prices.named() {
                    in_range(&format!("{}.{priority}", term.price_name()), price);
                }
            }
        }
    }
    let tolerance = prices.preferred_start_tolerance;
    findings.number("prices.preferred_start_tolerance", tolerance, 0.0..=1440.0);
    findings.number("prices.least_tour", prices.least_tour, 0.0..=1440.0);
    findings.number("prices.changed_hour_tolerance", prices.changed_hour_tolerance, 0.0..=1440.0);
    let notices =
        [("hour", prices.notice_hour), ("today", prices.notice_today), ("later", prices.notice_later)];
    for (name, factor) in notices {
        findings.number(format_args!("prices.notice_{name}"), factor, 0.0..=100.0);
    }
    let notice = notices.into_iter().map(|(_, factor)| factor.clamp(0.0, 100.0)).fold(1.0, f64::max);

    let total = largest_total(scope, prices, notice);
    if fine && total > LARGEST_TOTAL {
        let problem =
            format_args!("a plan could cost {total} thousandths of a second, more than can be counted");
        findings.add("prices", problem, "lower the prices per minute, or plan fewer days at a time");
    }
}

/// A bound from above on the cost of any plan; `notice` is the largest factor of the prices of changes.
fn largest_total(scope: &Scope, prices: &Prices, notice: f64) -> i128 {
    /// At least the seconds of a day on which the clock is put back.
    const DAY: i128 = 26 * 3600;
    let document = scope.document;
    let days = i128::from(document.horizon.days);
    let nurses = document.nurses.len() as i128;
    // A line has at most one visit a day; the shifts of a nurse do not overlap, and the last may end
    // on the day after the horizon.
    let lines: i128 = document.clients.iter().map(|client| client.care.len() as i128).sum();
    let visits = (lines * days).min(super::sizes::VISITS as i128);
    let worked = nurses * (days + 1) * DAY;

    // Between two leaves of a client lies at least one day.
    let leaves = (document.agreements.absences.len() as i128).min((days + 1) / 2);

    // The starts of a line with a hard regular hour spread over a day at most; the search prices what exceeds the
    // bound.
    let hard = visits * DAY * i128::from(cost_per_second(prices.beyond_hard_hour()));
    let most_of = |term: &Term| {
        let is_change = matches!(term, Term::ChangedNurse | Term::ChangedDay | Term::ChangedHour);
        let factor = if is_change { notice } else { 1.0 };
        let (unit, price) = (term.unit(), prices.of(*term).highest() * factor);
        let each = i128::from(unit.cost(price));
        let weighted = |count: &dyn Fn(&Client) -> i128| -> i128 {
            let of_client = |client: &Client| {
                let weight = client.weight.clamp(0.0, HEAVIEST);
                count(client) * i128::from(unit.cost(price * weight))
            };
            document.clients.iter().map(of_client).sum()
        };
        match unit {
            // (Of the nurses who come to a household on a day, each makes a visit.)
            Unit::Visit | Unit::Nurse => visits * each,
            Unit::Face => weighted(&|_| nurses),
            Unit::StandIn => weighted(&|_| nurses * leaves),
            Unit::Client => weighted(&|_| 1),
            Unit::Handover => weighted(&|client| client.care.len() as i128 * days),
            Unit::MinuteOfStart => visits * DAY * each,
            // A nurse has at most as many shifts as there are hours.
            Unit::Shift => nurses * (days + 1) * 26 * each,
            Unit::MinuteOfTour => worked * each,
            // Overtime comes on top of the paid shift.
            Unit::MinuteOfWeek => 2 * worked * each,
        }
    };
    let attended = document.meetings.len() as i128 * nurses * days;
    let missed = attended * i128::from(cost_of_minutes(prices.missed_meeting()));
    hard + missed + Term::ALL.iter().map(most_of).sum::<i128>()
}
