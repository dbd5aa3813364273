//! The first view: every client's week and its faces.

use super::client;
use super::facts::{Facts, care_minutes, care_name};
use super::marks::{self, strip};
use super::words::fill;
use maud::{Markup, html};
use std::ops::Range;

/// All clients, then each client on her own.
pub(super) fn view(facts: &Facts) -> Markup {
    let words = facts.words;
    html! {
        section.view id="view=clients" aria-labelledby="clients-title" {
            div.overview {
                div.title {
                    h2 #clients-title { (words.who_comes) }
                    (weeks(facts))
                }
                (legend(facts, false))
                @for week in 0..facts.weeks() {
                    section.weekof data-w=(week) aria-label=(fill(words.in_week, &[&(week + 1).to_string()])) {
                        (head(facts, facts.days_of(week)))
                        ol.rows {
                            @for client in 0..facts.clients.len() { (row(facts, client, week)) }
                        }
                    }
                }
                p.nomatch hidden { (words.no_match) }
            }
            div.details {
                div.up {
                    a href="#view=clients" { "← " (words.all_clients_back) }
                    (legend(facts, true))
                }
                @for client in 0..facts.clients.len() { (client::article(facts, client)) }
            }
        }
    }
}

/// Links to the weeks, where there are several.
pub(super) fn weeks(facts: &Facts) -> Markup {
    let words = facts.words;
    let range = |days: Range<u16>| {
        let last = days.end.saturating_sub(1).max(days.start);
        format!("{} – {}", facts.short_date(days.start), facts.short_date(last))
    };
    html! {
        @if facts.weeks() > 1 {
            ul.weeks {
                @for week in 0..facts.weeks() {
                    li {
                        a href={"#week=" (week + 1)} data-week=(week) {
                            (fill(words.in_week, &[&(week + 1).to_string()])) " "
                            small { (range(facts.days_of(week))) }
                        }
                    }
                }
            }
        } @else {
            p.weeks { (range(facts.days_of(0))) }
        }
    }
}

/// What the marks mean; with one client also what a circle is.
fn legend(facts: &Facts, of_one: bool) -> Markup {
    let words = facts.words;
    html! {
        ul.legend aria-label=(words.legend) {
            li { (words.legend_letters) }
            (marks::first(facts))
            @if facts.has_history() { (marks::new(facts)) }
            @if of_one && facts.document().clients.iter().any(|client| !client.circle.is_empty()) {
                li { (words.legend_circle) }
            }
            @if facts.report.unplanned() > 0 {
                li { span."v"."out" aria-hidden="true" { b { "!" } } " " (words.legend_out) }
            }
        }
    }
}

/// The days over the columns; the rows say them again for those who cannot see columns.
fn head(facts: &Facts, days: Range<u16>) -> Markup {
    html! {
        div.days aria-hidden="true" {
            span {}
            ol."week" { @for day in days { li data-d=(day) { (facts.short_date(day)) } } }
            span {}
        }
    }
}

fn row(facts: &Facts, client: usize, week: u16) -> Markup {
    let name = &facts.clients[client];
    let days = facts.days_of(week);
    let faces = facts.faces(client, days.clone());
    let nurses: Vec<String> = faces.iter().map(|face| face.nurse.to_string()).collect();
    let words = facts.words;
    html! {
        li.row data-c=(client) data-n=(nurses.join(" ")) {
            div.who {
                a href={"#client=" (name.key)} { (name.shown) }
                @if let Some(nurse) = facts.first_nurse(client) {
                    small { (words.first_nurse) " " (facts.nurses[nurse].short) }
                }
                small { (care_in_short(facts, client)) }
            }
            (strip(facts, client, days, true))
            p.count {
                b { (faces.len()) } " " (if faces.len() == 1 { words.face.0 } else { words.face.1 })
                @for part in in_all(facts, client) { small { (part) } }
            }
        }
    }
}

/// `wash 35 min, medication 10 min`: what a client is visited for.
fn care_in_short(facts: &Facts, client: usize) -> String {
    let care = facts.document().clients[client].care.iter();
    care.map(|of| format!("{} {}", care_name(of), care_minutes(facts, of))).collect::<Vec<_>>().join(", ")
}

/// `5 in 2 weeks, fewest in 2 weeks: 3`: over the whole plan, beside the fewest that any plan could do with.
fn in_all(facts: &Facts, client: usize) -> impl Iterator<Item = String> {
    let words = facts.words;
    let all = facts.faces(client, 0..facts.days()).len().to_string();
    let several = (facts.weeks() > 1).then(|| fill(words.in_weeks, &[&all, &facts.length()]));
    let possible = facts.report.attainable_of(client).and_then(|found| found.faces);
    let possible = possible.map(|fewest| fill(words.possible, &[&facts.length(), &fewest.to_string()]));
    several.into_iter().chain(possible)
}
