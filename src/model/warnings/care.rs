//! Warnings about care lines and prices that are legal but rarely meant.

use super::found::{Found, WarningKind};
use crate::model::Document;
use crate::model::Term;
use crate::model::document::{Paid, TimeOfDay};
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
        if high <= low {
            let problem = format!("{high}, no more than that of {lower} visits, {low}");
            let mend = "let these prices fall: vital, needed, wished";
            found.add(WarningKind::CheapToLeaveOut, format!("prices.unplanned.{higher}"), problem, mend);
        }
    }
    for term in OF_ONE_VISIT {
        let Price::Each(price) = document.prices.of(term) else { continue };
        // (Wished visits may well be left out for the sake of others.)
        if let Some((priority, least)) = left_out[..2].iter().rev().find(|(_, least)| price >= *least) {
            let problem = format!("{price}, so that a {priority} visit may be left out instead, for {least}");
            let mend = format!("lower it far below prices.unplanned.{priority}");
            found.add(WarningKind::CheapToLeaveOut, format!("prices.{}", term.price_name()), problem, mend);
        }
    }
}

/// What one visit can cost by the nurse who makes it: leaving it out saves as much.
const OF_ONE_VISIT: [Term; 8] = [
    Term::Faces,
    Term::NewFaces,
    Term::FacesOverMax,
    Term::Unintroduced,
    Term::NotFirstNurse,
    Term::NotCircle,
    Term::NotPreferred,
    Term::Households,
];
