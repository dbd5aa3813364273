//! Why visits are left out, and the ways out.

use super::super::text::{filled, heading};
use super::phrases::Phrases;
use super::visit::{others, stopped, title};
use crate::model::explanation::{
    Audience, Insertion, LeftOut, Placement, UnplannedExplained, VisitExplained,
};

pub(super) fn page(say: &Phrases<'_>, unplanned: &UnplannedExplained) -> String {
    if unplanned.left_out == 0 {
        return format!("{}\n", say.say("none-left-out", &[]));
    }
    let mut page: Vec<String> = grouped(say, &unplanned.visits);
    let more = unplanned.left_out - unplanned.visits.len() as u32;
    if more > 0 {
        page.push(filled("", &say.say("left-out-more", &[("visits", say.count("visits", more).into())])));
    }
    if unplanned.stopped && unplanned.visits.is_empty() {
        page.push(filled("", &say.say("stopped", &[])));
    }
    page.join("\n") + &say.foot(Audience::Team)
}

/// The blocks of text of all visits. Visits of a care line whose texts differ only by the day share a block.
///
/// # Complexity
/// Visits squared; there are at most 100.
fn grouped(say: &Phrases<'_>, all: &[LeftOut]) -> Vec<String> {
    let mut groups: Vec<(Vec<&VisitExplained>, String)> = Vec::new();
    for left_out in all {
        let (visit, body) = (&left_out.visit, body(say, left_out));
        let is_same = |(days, text): &&mut (Vec<&VisitExplained>, String)| {
            (&days[0].client, &days[0].care) == (&visit.client, &visit.care) && *text == body
        };
        match groups.iter_mut().find(is_same) {
            Some((days, _)) => days.push(visit),
            None => groups.push((vec![visit], body)),
        }
    }
    let block = |(mut days, body): (Vec<&VisitExplained>, String)| {
        days.sort_by_key(|visit| visit.date);
        let mut text = heading(&title(say, days[0]));
        if days.len() > 1 {
            let dates = days[1..].iter().map(|visit| say.date(visit.date)).collect();
            text += &filled("", &say.say("the-same-on", &[("dates", say.list(dates).into())]));
        }
        text + &body
    };
    groups.into_iter().map(block).collect()
}

/// The text about a visit, without its name and its day.
fn body(say: &Phrases<'_>, left_out: &LeftOut) -> String {
    let visit = &left_out.visit;
    let mut text = filled("", &say.say("out-costs", &[("minutes", say.signed(left_out.price).into())]));
    let ways = ways_out(say, left_out);
    let found = match ways.is_empty() {
        true if visit.stopped => String::new(),
        true => filled("", &say.say("no-way-out", &[])),
        false => filled("", &say.say("ways-out", &[])),
    };
    text += &format!("\n{found}{ways}");
    text + &format!("\n{}\n{}{}", say.say("elsewhere", &[]), others(say, visit), stopped(say, visit))
}

/// The ways out: to move other visits, to leave out other visits, or to relax a rule.
fn ways_out(say: &Phrases<'_>, left_out: &LeftOut) -> String {
    let visit = &left_out.visit;
    let line = |title: String, place: &Insertion| {
        let moved: String = place.moved.iter().map(|moved| filled("        ", &say.moved(moved))).collect();
        say.of(&title, &say.place(&visit.client, visit.faces, visit.days, place)) + &moved
    };
    let mut ways = String::new();
    let first = visit.others.iter().find_map(|other| match &other.placement {
        Placement::Place(place) => Some((&other.nurse, place)),
        _ => None,
    });
    if let Some((nurse, place)) = first {
        ways += &line(say.say("out-move", &[("nurse", say.nurse(nurse).into())]), place);
    }
    if let Some(instead) = &left_out.conflict {
        ways += &line(say.say("out-instead", &[("nurse", say.nurse(&instead.nurse).into())]), &instead.place);
    }
    // To relax a rule is no way out if a place that keeps all rules costs no more.
    let is_cheaper = |at: &Insertion| first.is_none_or(|(_, place)| at.cost.price() < place.cost.price());
    for relaxed in left_out.relaxed.iter().filter(|relaxed| is_cheaper(&relaxed.place)) {
        let rule = say.rule(relaxed.rule);
        let args = [("rule", rule.into()), ("nurse", say.nurse(&relaxed.nurse).into())];
        ways += &line(say.say("out-rule", &args), &relaxed.place);
    }
    ways
}
