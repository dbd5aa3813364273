//! One client: the few faces, the weeks, and at what hour.

use super::facts::{Face, Facts, care_minutes, care_name, clock_of};
use super::hours::dots;
use super::marks::{mark, strip};
use super::words::{count, fill};
use maud::{Markup, html};

/// Everything about one client.
pub(super) fn article(facts: &Facts, client: usize) -> Markup {
    let (words, name) = (facts.words, &facts.clients[client]);
    let faces = facts.faces(client, 0..facts.days());
    let has_own_hour = facts.visits_of(client).any(|visit| facts.care(visit).preferred_start.is_some());
    html! {
        article.client id={"client=" (name.key)} data-c=(client) aria-label=(name.shown) {
            header {
                h2 tabindex="-1" { (name.shown) @if let Some(id) = &name.id { " " small { (id) } } }
                div.lead { p { (lead(facts, client, &faces)) } (care(facts, client)) }
                p.actions { button type="button" data-print=(client) { (words.print_sheet) } }
            }
            @if !faces.is_empty() { (discs(facts, &faces)) }
            @for week in 0..facts.weeks() {
                section."oneweek" {
                    h3 { (fill(words.in_week, &[&(week + 1).to_string()])) }
                    (strip(facts, client, facts.days_of(week), false))
                }
            }
            @if !facts.of_client[client].is_empty() {
                section {
                    h3 { (words.at_what_hour) }
                    p.note { (words.dots_say) @if has_own_hour { " " (words.dots_own) } }
                    (dots(facts, client))
                    (table(facts, client))
                }
            }
        }
    }
}

/// The visits of the client over the plan, in a few sentences.
fn lead(facts: &Facts, client: usize, faces: &[Face]) -> Markup {
    let words = facts.words;
    let visits = facts.of_client[client].len();
    if visits == 0 {
        return html! { (words.no_visits) };
    }
    let nurses = count(faces.len(), words.face);
    let all = fill(words.sentence_faces, &[&count(visits, words.visit), &facts.length(), &nurses]);
    let most = match faces.iter().find(|face| face.tie.is_first) {
        Some(first) => {
            let name = facts.nurses[first.nurse].shown.as_str();
            fill(words.sentence_first, &[&first.visits.to_string(), name])
        }
        None => faces.first().map_or_else(String::new, |face| {
            let name = facts.nurses[face.nurse].shown.as_str();
            fill(words.sentence_most, &[name, &count(face.visits, words.visit)])
        }),
    };
    let found = facts.report.attainable_of(client).and_then(|found| found.faces);
    let fewest =
        found.map(|fewest| fill(words.fewest_is, &[&count(fewest as usize, words.face)])).unwrap_or_default();
    let new: Vec<&str> = faces
        .iter()
        .filter(|face| face.tie.is_new)
        .map(|face| facts.nurses[face.nurse].shown.as_str())
        .collect();
    // Without a circle in the document nobody is outside it.
    let has_circle = !facts.document().clients[client].circle.is_empty();
    let outside: usize = faces.iter().filter(|face| !face.tie.in_circle).map(|face| face.visits).sum();
    html! {
        strong { (all) } " " (most)
        @if has_circle && outside > 0 { " " (fill(words.outside_circle, &[&count(outside, words.visit)])) }
        @if !new.is_empty() { " " (fill(words.sentence_new, &[&new.join(", ")])) }
        @else if facts.has_history() { " " (fill(words.sentence_known, &[&facts.history()])) }
        " " span.note { (fewest) }
    }
}

/// The faces, most visits first.
fn discs(facts: &Facts, faces: &[Face]) -> Markup {
    let words = facts.words;
    html! {
        ul.discs {
            @for face in faces {
                li {
                    span class={"disc " (mark(face.nurse, face.tie))} aria-hidden="true" {
                        (facts.nurses[face.nurse].short)
                    }
                    span."dt" {
                        a href={"#nurse=" (facts.nurses[face.nurse].key)} { (facts.nurses[face.nurse].shown) }
                        span { (count(face.visits, words.visit)) }
                        @if face.tie.is_first { em { (words.first_nurse) } }
                        @else if face.tie.in_circle { em { (words.circle) } }
                        @if face.tie.is_new { em."newface" { (words.met_never) } }
                    }
                }
            }
        }
    }
}

/// Each care line in a sentence: how long, when it may start, and when it does start in this plan.
fn care(facts: &Facts, client: usize) -> Markup {
    let words = facts.words;
    let spread = |line: usize| {
        let starts = facts.visits_of(client).filter(|visit| visit.care == line);
        // Rounded down to minutes, as they are shown, so that the reader's own subtraction agrees.
        let starts: Vec<i64> =
            starts.map(|visit| facts.wall(visit.start, visit.day).div_euclid(60) * 60).collect();
        let (low, high) = (*starts.iter().min()?, *starts.iter().max()?);
        (starts.len() > 1).then_some((low, high))
    };
    html! {
        ul.cares aria-label=(words.care) {
            @for (line, of) in facts.document().clients[client].care.iter().enumerate() {
                li {
                    b { (care_name(of)) } ", " (care_minutes(facts, of)) ": "
                    (fill(words.may_start, &[&of.window.from.to_string(), &of.window.to.to_string()]))
                    @if let Some((low, high)) = spread(line) {
                        "; "
                        (fill(words.spread, &[&clock_of(low), &clock_of(high), &facts.minutes(high - low)]))
                    }
                }
            }
        }
    }
}

/// The table behind the drawing.
fn table(facts: &Facts, client: usize) -> Markup {
    let words = facts.words;
    let reading = &facts.report.reading;
    html! {
        details {
            summary { (words.as_table) }
            div.scroll role="group" aria-label=(words.all_of_them) {
                table {
                    caption."sr" { (facts.clients[client].shown) ": " (words.all_of_them) }
                    thead { tr {
                        @for word in [words.date, words.time, words.who, words.care] { th scope="col" { (word) } }
                    } }
                    tbody {
                        @for &number in &facts.of_client[client] {
                            @let visit = &facts.visits[number];
                            tr {
                                th scope="row" { (facts.short_date(visit.day)) }
                                td {
                                    a href={"#visit=" (number)} {
                                        (facts.clock(visit.start, visit.day)) "–" (facts.clock(visit.end, visit.day))
                                    }
                                }
                                td { (facts.nurses[visit.nurse].shown) }
                                td { (care_name(facts.care(visit))) }
                            }
                        }
                        @for out in reading.left_out_of(client) {
                            tr {
                                th scope="row" { (facts.short_date(out.day)) }
                                td { b."outword" { (words.left_out) } }
                                td { (words.nobody) }
                                td { (care_name(&facts.document().clients[client].care[out.care])) }
                            }
                        }
                    }
                }
            }
        }
    }
}
