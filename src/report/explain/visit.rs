//! Why a visit is with its nurse.

use super::super::text::{filled, heading};
use super::phrases::Phrases;
use crate::model::explanation::{Audience, Placement, VisitExplained};
use fluent_bundle::FluentValue;

pub(super) fn page(say: &Phrases<'_>, visit: &VisitExplained) -> String {
    let mut page = heading(&title(say, visit));
    if let Some(cost) = &visit.cost {
        let shares = say.shares(&cost.terms);
        let text = match cost.price() {
            _ if shares.is_empty() && visit.audience == Audience::Team => say.say("costs-here-nothing", &[]),
            _ if shares.is_empty() => String::new(),
            Some(total) => {
                say.say("costs-here", &[("minutes", say.signed(total).into()), ("terms", shares.into())])
            }
            None => say.say("costs-some", &[("terms", shares.into())]),
        };
        page += &filled("", &text);
    }
    let found = others(say, visit);
    let title = if found.is_empty() { "nobody-else" } else { "elsewhere" };
    page += &format!("\n{}\n{found}{}", say.say(title, &[]), stopped(say, visit));
    page + &say.foot(visit.audience)
}

/// A note that not everything was tried; empty if everything was.
pub(super) fn stopped(say: &Phrases<'_>, visit: &VisitExplained) -> String {
    if visit.stopped { filled("", &say.say("stopped", &[])) } else { String::new() }
}

pub(super) fn title(say: &Phrases<'_>, visit: &VisitExplained) -> String {
    let mut args = vec![
        ("care", FluentValue::from(say.text(&visit.care))),
        ("client", say.client(&visit.client).into()),
        ("date", say.date(visit.date).into()),
    ];
    let Some(made) = &visit.made else { return say.say("visit-out", &args) };
    args.push(("nurse", say.nurse(&made.nurse).into()));
    args.push(("time", say.time(made.start).into()));
    say.say("visit", &args)
}

/// A line for each other nurse.
pub(super) fn others(say: &Phrases<'_>, visit: &VisitExplained) -> String {
    let mut text = String::new();
    for other in &visit.others {
        let (said, moved) = match &other.placement {
            Placement::Place(place) => {
                (say.place(&visit.client, visit.faces, visit.days, place), place.moved.as_slice())
            }
            Placement::Why(why) => (say.why(why), &[][..]),
            Placement::Untold => (say.say("untold", &[]), &[][..]),
            Placement::Tied => (say.say("tied", &[]), &[][..]),
            Placement::Unknown => (say.say("unknown", &[]), &[][..]),
        };
        text += &say.of(&say.nurse(&other.nurse), &said);
        moved.iter().for_each(|moved| text += &filled("        ", &say.moved(moved)));
    }
    text
}
