//! Prices, and that no plan's cost can overflow under them.

use super::clients::HEAVIEST;
use super::findings::Findings;
use super::scope::Scope;
use crate::model::cost::{cost_of_minutes, cost_per_second};
use crate::model::document::Prices;

/// Highest price, in minutes.
const HIGHEST: f64 = 1e6;

/// Largest sum of cost that is accepted: an eighth of what fits, so that differences and sums of a
/// few plans fit as well.
const LARGEST_TOTAL: i128 = (i64::MAX / 8) as i128;

pub(super) fn check(scope: &Scope, findings: &mut Findings) {
    let prices = &scope.document.prices;
    let named = [
        ("unplanned.vital", prices.unplanned.vital),
        ("unplanned.needed", prices.unplanned.needed),
        ("unplanned.wished", prices.unplanned.wished),
        ("face", prices.face),
        ("new_face", prices.new_face),
        ("unintroduced", prices.unintroduced),
        ("not_first_nurse", prices.not_first_nurse),
        ("not_circle", prices.not_circle),
        ("face_over_max", prices.face_over_max),
        ("coc", prices.coc),
        ("upc", prices.upc),
        ("handover", prices.handover),
        ("not_preferred", prices.not_preferred),
        ("preferred_start", prices.preferred_start),
        ("irregular_hour", prices.irregular_hour),
        ("overtime", prices.overtime),
        ("over_contract", prices.over_contract),
        ("under_contract", prices.under_contract),
        ("travel", prices.travel),
        ("waiting", prices.waiting),
    ];
    for (name, price) in named {
        findings.number(format_args!("prices.{name}"), price, 0.0..=HIGHEST);
    }
    let tolerance = prices.preferred_start_tolerance;
    findings.number("prices.preferred_start_tolerance", tolerance, 0.0..=1440.0);

    let fine = named.iter().all(|(_, price)| (0.0..=HIGHEST).contains(price));
    let total = largest_total(scope, prices);
    if fine && total > LARGEST_TOTAL {
        let problem =
            format_args!("a plan could cost {total} thousandths of a second, more than can be counted");
        findings.add("prices", problem, "lower the prices per minute, or plan fewer days at a time");
    }
}

/// A bound from above on the cost of any plan.
fn largest_total(scope: &Scope, prices: &Prices) -> i128 {
    /// A day on which the clock is put back, and then some.
    const DAY: i128 = 26 * 3600;
    let document = scope.document;
    let days = i128::from(document.horizon.days);
    let nurses = document.nurses.len() as i128;
    // A line has at most one visit a day; the shifts of a nurse do not overlap, and the last may end
    // on the day after the horizon.
    let lines: i128 = document.clients.iter().map(|client| client.care.len() as i128).sum();
    let visits = (lines * days).min(super::sizes::VISITS as i128);
    let worked = nurses * (days + 1) * DAY;

    let piece = |price: f64| i128::from(cost_of_minutes(price));
    let second = |price: f64| i128::from(cost_per_second(price));
    let unplanned = &prices.unplanned;
    let hard = prices.beyond_hard_hour();
    let per_visit = piece(unplanned.vital).max(piece(unplanned.needed)).max(piece(unplanned.wished))
        + piece(prices.not_first_nurse)
        + piece(prices.not_circle)
        + piece(prices.not_preferred)
        // (A line spreads at most a day, once for all its visits; where that is forbidden, at a price of the search.)
        + (second(prices.preferred_start) + second(prices.irregular_hour) + second(hard)) * DAY;
    // (Between two leaves of a client is a day at least.)
    let leaves = (document.agreements.absences.len() as i128).min((days + 1) / 2);
    let faces: i128 = document
        .clients
        .iter()
        .map(|client| {
            let weight = client.weight.clamp(0.0, HEAVIEST);
            let weighted = |price: f64| piece(price * weight);
            let visits = client.care.len() as i128 * days;
            let shared = weighted(prices.coc) + weighted(prices.upc) + visits * weighted(prices.handover);
            shared
                + nurses
                    * (weighted(prices.face) + weighted(prices.new_face) + weighted(prices.face_over_max))
                + nurses * leaves * weighted(prices.unintroduced)
        })
        .sum();
    let per_second = second(prices.travel)
        + second(prices.waiting)
        + second(prices.overtime)
        // Overtime comes on top of the paid shift.
        + 2 * second(prices.over_contract)
        + second(prices.under_contract);
    visits * per_visit + faces + worked * per_second
}
