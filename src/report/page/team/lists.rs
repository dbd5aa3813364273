//! What was left out and why, stand-ins, circles kept, and changes since the published plan.

use super::super::facts::{Facts, Visit, care_name, said};
use super::super::words::{count, fill};
use crate::model::Plan;
use crate::model::plan::StandIn;
use crate::report::changes::{Change, changes as compare};
use crate::report::left_out::groups;
use crate::report::view::priority_name;
use jiff::civil::Date;
use maud::{Markup, html};

/// Most lines of a list.
const MOST: usize = 200;

/// Every visit left out, with the reason for each nurse. Nurses with the same reason share a line, and so do days.
pub(super) fn left_out(facts: &Facts) -> Markup {
    let words = facts.words;
    let unplanned = &facts.report.reading.unplanned;
    if unplanned.is_empty() {
        return html! {};
    }
    let groups = groups(unplanned);
    html! {
        section.card.alert {
            h3 { (words.why_left_out) }
            ul {
                @for group in groups.iter().take(MOST) {
                    @let out = group.first;
                    @let line = &facts.document().clients[out.client].care[out.care];
                    li data-c=(out.client) {
                        b { (facts.clients[out.client].shown) } ", " (care_name(line)) ", " (group.dates(|day| facts.long_date(day)))
                        " (" (priority(facts, priority_name(line.priority))) "). "
                        (fill(words.starts_between, &[&line.window.from.to_string(), &line.window.to.to_string()]))
                        @let reasons = out.unplanned.by_reason();
                        @if reasons.is_empty() { p.note { (words.no_reason) } }
                        ul {
                            @for (reason, nurses) in &reasons {
                                @let nurses: Vec<String> = nurses.iter().map(|id| name_of(facts, id)).collect();
                                li { (nurses.join(", ")) ": " span lang="en" { (said(&reason.to_string())) } }
                            }
                            @if let Some((nurse, mend)) = group.mend() {
                                li { (words.first_try) " (" (name_of(facts, nurse)) "): " span lang="en" { (said(&mend)) } }
                            }
                        }
                    }
                }
                @if groups.len() > MOST { li { (fill(words.more, &[&(groups.len() - MOST).to_string()])) } }
            }
        }
    }
}

fn priority(facts: &Facts, name: &str) -> &'static str {
    let at = ["vital", "needed", "wished"].iter().position(|word| *word == name);
    facts.words.priority[at.unwrap_or(1)]
}

/// A nurse by her id; the id itself where the document does not know her.
fn name_of(facts: &Facts, id: &str) -> String {
    let at = facts.document().nurses.iter().position(|nurse| nurse.id == id);
    at.map_or_else(|| super::super::label::shown(id), |at| facts.nurses[at].shown.clone())
}

fn client_of(facts: &Facts, id: &str) -> String {
    let at = facts.document().clients.iter().position(|client| client.id == id);
    at.map_or_else(|| super::super::label::shown(id), |at| facts.clients[at].shown.clone())
}

/// Days that nurses wished off, but on which they work all the same.
pub(super) fn wishes(facts: &Facts) -> Markup {
    let all = crate::report::wishes::not_kept(&facts.report.reading);
    if all.is_empty() {
        return html! {};
    }
    html! {
        section.card {
            h3 { (facts.words.wishes_not_kept) }
            ul {
                @for (nurse, days) in &all {
                    @let days: Vec<String> = days.iter().map(|&day| facts.long_date(day)).collect();
                    li { b { (facts.nurses[*nurse].shown) } ": " (days.join(", ")) }
                }
            }
        }
    }
}

/// Who is away on days of the plan.
pub(super) fn leave(facts: &Facts) -> Markup {
    let words = facts.words;
    let last = facts.days().saturating_sub(1);
    let horizon = facts.date(0)..=facts.date(last);
    let absences = facts.document().agreements.absences.iter();
    let all: Vec<_> =
        absences.filter(|of| of.from <= *horizon.end() && of.until >= *horizon.start()).collect();
    html! {
        @if !all.is_empty() {
            section.card {
                h3 { (words.leave) }
                ul {
                    @for of in all.iter().take(MOST) {
                        li {
                            b { (name_of(facts, &of.nurse)) } ": " (facts.long(of.from))
                            @if of.until != of.from { " – " (facts.long(of.until)) }
                        }
                    }
                    @if all.len() > MOST { li { (fill(words.more, &[&(all.len() - MOST).to_string()])) } }
                }
            }
        }
    }
}

pub(super) fn stand_ins(facts: &Facts) -> Markup {
    let words = facts.words;
    let all = facts.report.reading.stand_ins;
    if all.is_empty() {
        return html! {};
    }
    html! {
        section.card {
            h3 { (words.stand_ins) }
            ul {
                @for one in all.iter().take(MOST) {
                    @let away: Vec<String> = one.away.iter().map(|id| name_of(facts, id)).collect();
                    @let days = format!("{} – {}", facts.long(one.from), facts.long(one.until));
                    @let days = if one.from == one.until { facts.long(one.from) } else { days };
                    li {
                        b { (client_of(facts, &one.client)) } ": "
                        (fill(words.stand_in, &[
                            &name_of(facts, &one.nurse), &away.join(", "), &days, &count(one.visits as usize, words.visit),
                        ]))
                        " "
                        @match first_visit(facts, one) {
                            Some(date) => { (fill(words.introduced, &[&facts.long(date)])) }
                            None => { (words.stranger) }
                        }
                    }
                }
                @if all.len() > MOST { li { (fill(words.more, &[&(all.len() - MOST).to_string()])) } }
            }
        }
    }
}

/// The date of the stand-in's first visit before the leave. The plan names her last visit before the leave, which is no
/// introduction if she has come earlier.
fn first_visit(facts: &Facts, one: &StandIn) -> Option<Date> {
    let client = facts.document().clients.iter().position(|client| client.id == one.client)?;
    let by_her = |visit: &&Visit| facts.document().nurses[visit.nurse].id == one.nurse;
    facts.visits_of(client).filter(by_her).map(|visit| facts.date(visit.day)).find(|date| *date < one.from)
}

pub(super) fn circles(facts: &Facts) -> Markup {
    let words = facts.words;
    let all = facts.report.circles();
    if all.is_empty() {
        return html! {};
    }
    let kept = all.iter().filter(|circle| circle.kept).count();
    html! {
        section.card {
            h3 { (fill(words.circles_kept, &[&kept.to_string(), &all.len().to_string()])) }
            ul {
                @for circle in all.iter().filter(|circle| !circle.kept) {
                    @let others: Vec<String> = circle.came.iter().filter(|id| !circle.planned.contains(id))
                        .map(|id| name_of(facts, id)).collect();
                    li {
                        b { (client_of(facts, &circle.client)) } ": "
                        (fill(words.by_others, &[
                            &circle.by_others.to_string(), &circle.visits.to_string(), &others.join(", "),
                        ]))
                    }
                }
            }
        }
    }
}

pub(super) fn changes(facts: &Facts, published: &Plan) -> Markup {
    let words = facts.words;
    let all = compare(published, facts.report.plan);
    let minute = |moment: crate::model::Moment| {
        let (date, time) = (moment.date(), moment.time());
        format!("{} {:02}:{:02}", facts.long(date), time.hour(), time.minute())
    };
    let side = |planned: Option<&crate::report::changes::ScheduledVisit>| match planned {
        Some(planned) => format!("{}, {}", name_of(facts, planned.nurse), minute(planned.start)),
        None => words.nobody.to_owned(),
    };
    html! {
        section.card {
            h3 { (words.changes) ": " (all.len()) }
            @if all.is_empty() { p { (words.changes_none) } }
            @else {
                div.scroll role="group" aria-label=(words.changes) {
                    table {
                        thead { tr {
                            @for word in [words.client.0, words.care, words.before, words.now] { th scope="col" { (word) } }
                        } }
                        tbody {
                            @for Change { client, care, before, now, .. } in all.iter().take(MOST) {
                                tr {
                                    th scope="row" { (client_of(facts, client)) }
                                    td { (super::super::label::shown(&care.replace(['-', '_'], " "))) }
                                    td { (side(before.as_ref())) }
                                    td { (side(now.as_ref())) }
                                }
                            }
                        }
                    }
                }
                @if all.len() > MOST { p { (fill(words.more, &[&(all.len() - MOST).to_string()])) } }
            }
        }
    }
}
