//! Warnings about care lines and prices that are legal but rarely meant.

use super::found::{Found, WarningKind};
use crate::model::Document;
use crate::model::Term;
use crate::model::document::{Client, Paid, TimeOfDay};
use crate::model::terms::Price;

/// Minutes with a client that need no second look, both included.
const USUAL_MINUTES: std::ops::RangeInclusive<f64> = 3.0..=240.0;

/// Longest window past midnight that needs no second look, in seconds: a night from 21:00 to 07:00.
const NIGHT: u32 = 10 * 3600;

/// Very short and very long visits, and windows that go on past midnight.
pub(super) fn unusual(document: &Document, found: &mut Found) {
    for (i, client) in document.clients.iter().enumerate() {
        for (j, care) in client.care.iter().enumerate() {
            let path = format!("clients[{i}].care[{j}]");
            if !USUAL_MINUTES.contains(&care.minutes) {
                let problem = format!("{} minutes with the client", care.minutes);
                let mend = "write minutes, not hours or seconds";
                found.add(WarningKind::UnusualMinutes, format!("{path}.minutes"), problem, mend);
            }
            let (from, to) = (care.window.from, care.window.to);
            let length = (to.seconds() + TimeOfDay::DAY).saturating_sub(from.seconds());
            if to < from && length > NIGHT {
                let problem = format!("from {from} to {to} goes on past midnight");
                let mend = format!("did you mean {to} to {from}?");
                found.add(WarningKind::WindowOverMidnight, format!("{path}.window"), problem, mend);
            }
        }
    }
}

/// Warns of a price of fair load without effect: where whole shifts are paid, hardly any plan pays the nurses
/// differently. And of prices for which visits would be left out.
pub(super) fn prices(document: &Document, found: &mut Found) {
    if document.prices.fair_load > 0.0 && document.working_time.paid == Paid::Shift {
        let problem = "whole shifts are paid, used or not, so that hardly any plan is fairer than another";
        let mend = "write working_time: {paid: span} to share out the hours worked";
        found.add(WarningKind::PriceWithoutEffect, "prices.fair_load", problem.to_owned(), mend);
    }
    let left_out = document.prices.unplanned.named();
    for [(higher, high), (lower, low)] in [[left_out[0], left_out[1]], [left_out[1], left_out[2]]] {
        if high < low {
            let problem = format!("{high}, less than that of {lower} visits, {low}");
            let mend = "let these prices fall: vital, needed, wished";
            found.add(WarningKind::CheapToLeaveOut, format!("prices.unplanned.{higher}"), problem, mend);
        }
    }
    for (term, times) in of_one_visit(document) {
        let Price::Each(price) = document.prices.of(term) else { continue };
        let all = price * times;
        // Wished visits may well be left out for the sake of others.
        let reached = left_out[..2].iter().find(|(_, least)| all > 0.0 && all >= *least);
        if let Some((priority, least)) = reached {
            let weighed =
                if times == 1.0 { String::new() } else { format!(" (for a client of weight {times})") };
            let problem =
                format!("{price}{weighed}, so that a {priority} visit may be left out instead, for {least}");
            let mend = format!("lower it far below prices.unplanned.{priority}");
            found.add(WarningKind::CheapToLeaveOut, format!("prices.{}", term.price_name()), problem, mend);
        }
    }
}

/// What making one visit can cost, by its nurse or its shift, so that leaving it out saves as much: terms, and how many times the price
/// of each; 0 for terms that do not count in this document.
fn of_one_visit(document: &Document) -> [(Term, f64); 9] {
    let if_any = |is_one: fn(&Client) -> bool| if document.clients.iter().any(is_one) { 1.0 } else { 0.0 };
    let heaviest = document.clients.iter().map(|client| client.weight).fold(0.0, f64::max);
    [
        (Term::Faces, heaviest),
        (Term::NewFaces, heaviest),
        (Term::FacesOverMax, heaviest * if_any(|client| client.max_faces.is_some())),
        (Term::NotFirstNurse, if_any(|client| client.first_nurse.is_some())),
        (Term::NotCircle, if_any(|client| !client.circle.is_empty())),
        (Term::NotPreferred, if_any(|client| !client.preferred_nurses.is_empty())),
        (Term::Handovers, heaviest),
        (Term::Households, if_any(|client| client.household.is_some())),
        (Term::UsedShifts, 1.0),
    ]
}
