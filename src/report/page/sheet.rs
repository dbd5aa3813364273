//! The sheet for one client: who comes when, in large type and plain words, and nothing about anyone else.
//!
//! A sheet names this client and the nurses who come to it. It holds no other client, no figure and no reason.

use super::facts::{Facts, Visit, care_name};
use super::words::fill;
use maud::{Markup, html};

/// All sheets, one below the other; each is printed on a page of its own.
pub(super) fn view(facts: &Facts) -> Markup {
    let words = facts.words;
    html! {
        section.view id="view=sheets" aria-labelledby="sheets-title" {
            div.title {
                h2 #sheets-title { (words.sheets) }
                p.note { (words.print_hint) }
                p { button type="button" data-print="all" { (words.print_all) } }
            }
            @for client in 0..facts.clients.len() {
                @if !is_empty(facts, client) { (sheet(facts, client, false)) }
            }
            p.nomatch hidden { (words.no_match) }
        }
    }
}

fn is_empty(facts: &Facts, client: usize) -> bool {
    facts.of_client[client].is_empty() && facts.report.reading.left_out_of(client).next().is_none()
}

/// One sheet, either among others or as a page of its own.
pub(super) fn sheet(facts: &Facts, client: usize, is_alone: bool) -> Markup {
    let (words, name) = (facts.words, &facts.clients[client]);
    let days = facts.days();
    let from_to = [facts.long_date(0), facts.long_date(days.saturating_sub(1))];
    let mut faces = facts.faces(client, 0..days);
    faces.sort_by_key(|face| !face.tie.is_first);
    html! {
        article.sheet data-c=(client) aria-label={(words.sheet_title) ", " (name.shown)} {
            header {
                p.name { (name.shown) }
                @if is_alone { h1 { (words.sheet_title) } } @else { h3 { (words.sheet_title) } }
                p { (fill(words.sheet_intro, &[&from_to[0], &from_to[1]])) }
            }
            @if !faces.is_empty() {
                section."people" {
                    @if is_alone { h2 { (words.sheet_faces) } } @else { h4 { (words.sheet_faces) } }
                    ul {
                        @for face in &faces {
                            li {
                                b { (facts.nurses[face.nurse].shown) }
                                @if face.tie.is_first { span { (words.sheet_first) } }
                                @else if face.tie.is_new { span { (words.sheet_new) } }
                            }
                        }
                    }
                }
            }
            div."weeks2" {
                @for week in 0..facts.weeks() {
                    @let of = facts.days_of(week);
                    table {
                        caption { (fill(words.in_week, &[&(week + 1).to_string()])) }
                        tbody { @for day in of { (one_day(facts, client, day)) } }
                    }
                }
            }
            p.foot { (words.sheet_note) }
            p.phone { (words.sheet_phone) }
        }
    }
}

/// Whether this is the first visit of a nurse whom the client has not met.
fn is_first_time(facts: &Facts, visit: &Visit) -> bool {
    let is_earlier = |other: &Visit| other.nurse == visit.nurse && other.start < visit.start;
    facts.tie(visit.client, visit.nurse).is_new && !facts.visits_of(visit.client).any(is_earlier)
}

fn one_day(facts: &Facts, client: usize, day: u16) -> Markup {
    let words = facts.words;
    let care = &facts.document().clients[client].care;
    let visits: Vec<_> = facts.visits_of(client).filter(|visit| visit.day == day).collect();
    let left_out: Vec<_> = facts.report.reading.left_out_of(client).filter(|out| out.day == day).collect();
    let is_away = facts.is_client_away(client, day);
    html! {
        @if !visits.is_empty() || !left_out.is_empty() || is_away {
            tr {
                th scope="row" { (facts.long_date(day)) }
                td {
                    @if is_away { p."off" { (words.away) } }
                    @for visit in &visits {
                        p {
                            b { (fill(words.sheet_about, &[&facts.about(visit.start, day)])) }
                            " " (facts.nurses[visit.nurse].shown)
                            @if is_first_time(facts, visit) { ", " (words.sheet_first_time) }
                            " " small { (care_name(facts.care(visit))) }
                        }
                    }
                    @for out in &left_out {
                        p { (care_name(&care[out.care])) ": " (words.sheet_out) }
                    }
                }
            }
        }
    }
}
