//! Why visits are left out, and the ways out.

use super::super::text::{filled, heading};
use super::phrases::Phrases;
use super::visit::{others, stopped, title};
use crate::model::explanation::{Audience, Insertion, LeftOut, UnplannedExplained, Way};

pub(super) fn page(say: &Phrases<'_>, unplanned: &UnplannedExplained) -> String {
    if unplanned.left_out == 0 {
        return format!("{}\n", say.say("none-left-out", &[]));
    }
    let mut page: Vec<String> = unplanned.visits.iter().map(|visit| one(say, visit)).collect();
    let more = unplanned.left_out - unplanned.visits.len() as u32;
    if more > 0 {
        page.push(filled("", &say.say("left-out-more", &[("visits", say.count("visits", more).into())])));
    }
    if unplanned.stopped && unplanned.visits.is_empty() {
        page.push(filled("", &say.say("stopped", &[])));
    }
    page.join("\n") + &say.foot(Audience::Team)
}

fn one(say: &Phrases<'_>, left_out: &LeftOut) -> String {
    let visit = &left_out.visit;
    let mut text = heading(&title(say, visit));
    text += &filled("", &say.say("out-costs", &[("minutes", say.signed(left_out.price).into())]));
    let ways = ways_out(say, left_out);
    let found = match ways.is_empty() {
        true if visit.stopped => String::new(),
        true => filled("", &say.say("no-way-out", &[])),
        false => filled("", &say.say("ways-out", &[])),
    };
    text += &format!("\n{found}{ways}");
    text + &format!("\n{}\n{}{}", say.say("elsewhere", &[]), others(say, visit), stopped(say, visit))
}

/// The ways out: other visits that move, other visits left out, a rule less.
fn ways_out(say: &Phrases<'_>, left_out: &LeftOut) -> String {
    let visit = &left_out.visit;
    let line = |title: String, place: &Insertion| {
        let moved: String = place.moved.iter().map(|moved| filled("        ", &say.moved(moved))).collect();
        say.of(&title, &say.place(&visit.client, visit.faces, visit.days, place)) + &moved
    };
    let mut ways = String::new();
    let first = visit.others.iter().find_map(|other| match &other.way {
        Way::Place(place) => Some((&other.nurse, place)),
        _ => None,
    });
    if let Some((nurse, place)) = first {
        ways += &line(say.say("out-move", &[("nurse", say.nurse(nurse).into())]), place);
    }
    if let Some(instead) = &left_out.conflict {
        ways += &line(say.say("out-instead", &[("nurse", say.nurse(&instead.nurse).into())]), &instead.place);
    }
    for relaxed in &left_out.relaxed {
        let rule = say.rule(relaxed.rule);
        let args = [("rule", rule.into()), ("nurse", say.nurse(&relaxed.nurse).into())];
        ways += &line(say.say("out-rule", &args), &relaxed.place);
    }
    ways
}
