//! The week board: every shift as a row of time, by day.

use super::clients::weeks;
use super::facts::{Facts, Piece, Work, care_name};
use super::hours::{Axis, at};
use super::marks::mark;
use super::words::{count, fill};
use maud::{Markup, html};
use std::ops::Range;

/// Height of a row's drawing.
const HEIGHT: f64 = 36.0;
/// Top and height of the blocks. The style sheet repeats both for the blocks of a lane, because a page has a thousand
/// of them.
const TOP: f64 = 4.0;
const BLOCK: f64 = 28.0;
/// Width of a character on a block: of text written across, and of text written upwards in a narrow block.
const CHARACTER: [f64; 2] = [6.6, 5.6];
/// Width of the drawing.
const WIDTH: f64 = 1000.0;

pub(super) fn view(facts: &Facts) -> Markup {
    let words = facts.words;
    let axis = axis(facts);
    html! {
        section.view id="view=board" aria-labelledby="board-title" {
            div.title { h2 #board-title { (words.board) } (weeks(facts)) }
            p.note { (words.board_note) }
            (key(facts))
            details.glance open {
                summary { (words.overview) }
                @for week in 0..facts.weeks() { (glance(facts, facts.days_of(week), week)) }
            }
            @for day in 0..facts.days() { (one_day(facts, day, &axis)) }
            p.nomatch hidden { (words.no_match) }
        }
    }
}

/// What the shapes mean.
fn key(facts: &Facts) -> Markup {
    let words = facts.words;
    let sample = |class: &str, body: Markup| {
        html! { svg class={"key " (class)} viewBox="0 0 30 16" aria-hidden="true" { (body) } }
    };
    let block = |class: &str| {
        html! { g class={"b" (class)} { rect x="1" y="1" width="28" height="14" rx="3" {} } }
    };
    html! {
        ul.legend aria-label=(words.legend) {
            li { (sample("", block(" f"))) " " (words.visit_by_first) }
            @if facts.has_history() { li { (sample("", block(" n"))) " " (words.met_never) } }
            li { (sample("", html! { path."go" d="M1 8H29" {} })) " " (words.travel) }
            li { (sample("", html! { path."wait" d="M1 8H29" {} })) " " (words.waiting) }
            li { (sample("", html! { rect."brk" x="1" y="1" width="28" height="14" rx="3" {} })) " " (words.break_) }
            @if !facts.document().meetings.is_empty() {
                li { (sample("", html! { rect."meet" x="1" y="1" width="28" height="14" rx="3" {} })) " " (words.meetings) }
            }
        }
    }
}

/// The hours of a row.
pub(super) fn axis(facts: &Facts) -> Axis {
    Axis::of(facts, 0.0, WIDTH)
}

/// The hour lines behind a row and the scale above all rows of a day, drawn once for use in every one of them.
pub(super) fn hours(axis: &Axis) -> Markup {
    html! {
        g #axis {
            @for hour in axis.hours() { path."tick" d={"M" (at(axis.x(hour * 3600))) " 0V" (at(HEIGHT))} {} }
        }
        g #scale {
            @for hour in axis.hours() {
                @let x = axis.x(hour * 3600);
                @if x < WIDTH - 10.0 { text."hr" x=(at(x)) y="12" { (hour.rem_euclid(24)) } }
            }
        }
    }
}

/// Nurses by days: shift hours and number of visits.
fn glance(facts: &Facts, days: Range<u16>, week: u16) -> Markup {
    let words = facts.words;
    html! {
        div.scroll.weekof data-w=(week) role="group" aria-label={(words.overview) " " (week + 1)} {
            table."grid" {
                caption."sr" { (words.overview) ", " (fill(words.in_week, &[&(week + 1).to_string()])) }
                thead { tr {
                    td {}
                    @for day in days.clone() {
                        th scope="col" { a href={"#view=board&day=" (facts.date(day))} { (facts.short_date(day)) } }
                    }
                } }
                tbody {
                    @for (nurse, name) in facts.nurses.iter().enumerate() {
                        tr data-n=(nurse) {
                            th scope="row" { a href={"#nurse=" (name.key)} { (name.shown) } }
                            @for day in days.clone() {
                                td {
                                    @if facts.is_nurse_away(nurse, day) { span."off" { (words.away) } }
                                    @for work in facts.work.iter().filter(|w| (w.nurse, w.day) == (nurse, day)) {
                                        a."sh" href={"#view=board&nurse=" (name.key) "&day=" (facts.date(day))} {
                                            (short_hours(facts, work)) span."sr" { ", " (count(visits(work), words.visit)) }
                                            small aria-hidden="true" { (visits(work)) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `07–13`, `16:30–22:30`.
fn short_hours(facts: &Facts, work: &Work) -> String {
    let short = |seconds: i64| {
        let text = facts.clock(seconds, work.day);
        text.strip_suffix(":00").map(str::to_owned).unwrap_or(text)
    };
    format!("{}–{}", short(work.start), short(work.end))
}

fn visits(work: &Work) -> usize {
    work.pieces.iter().filter(|piece| matches!(piece, Piece::Visit(_))).count()
}

fn one_day(facts: &Facts, day: u16, axis: &Axis) -> Markup {
    let words = facts.words;
    let away: Vec<&str> = (0..facts.nurses.len())
        .filter(|&nurse| facts.is_nurse_away(nurse, day))
        .map(|nurse| facts.nurses[nurse].shown.as_str())
        .collect();
    html! {
        section.day data-d=(day) {
            h3 id={"day=" (facts.date(day))} { (facts.long_date(day)) }
            div.scroll.tours role="group" aria-label={(words.board) ", " (facts.short_date(day))} {
                div."scale" aria-hidden="true" {
                    span {}
                    svg viewBox={"0 0 " (at(WIDTH)) " 16"} { use href="#scale" {} }
                }
                ol {
                    @for work in facts.work.iter().filter(|work| work.day == day) { (shift(facts, work, axis)) }
                }
            }
            (table(facts, day))
            @if !away.is_empty() { p.note { (words.away) ": " (away.join(", ")) } }
            @for out in facts.report.reading.unplanned.iter().filter(|out| out.day == day) {
                p."outline" data-c=(out.client) {
                    b."outword" { (words.left_out) } ": " (facts.clients[out.client].shown) ", "
                    (care_name(&facts.document().clients[out.client].care[out.care]))
                }
            }
        }
    }
}

fn shift(facts: &Facts, work: &Work, axis: &Axis) -> Markup {
    let (words, name) = (facts.words, &facts.nurses[work.nurse]);
    let clients: Vec<String> = work
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Visit(visit) => Some(facts.visits[*visit].client.to_string()),
            _ => None,
        })
        .collect();
    let hours = format!("{}–{}", facts.clock(work.start, work.day), facts.clock(work.end, work.day));
    html! {
        li.tour data-n=(work.nurse) data-d=(work.day) data-c=(clients.join(" ")) {
            p.of {
                span class={"v h" (work.nurse % 12)} aria-hidden="true" { b { (name.short) } }
                a href={"#nurse=" (name.key)} { (name.shown) }
                small {
                    (hours) " · "
                    @if work.tour.is_some() { (count(clients.len(), words.visit)) } @else { (words.no_tour) }
                }
            }
            div.lane { (drawing(facts, work, axis)) }
        }
    }
}

fn drawing(facts: &Facts, work: &Work, axis: &Axis) -> Markup {
    let x = |seconds: i64| axis.x(facts.wall(seconds, work.day));
    let line = |from: i64, to: i64| format!("M{} {}H{}", at(x(from)), at(TOP + BLOCK / 2.0), at(x(to)));
    let width = |from: i64, to: i64| (x(to) - x(from)).max(1.5);
    html! {
        svg viewBox={"0 0 " (at(WIDTH)) " " (at(HEIGHT))} role="group" aria-label=(facts.nurses[work.nurse].shown) {
            use href="#axis" {}
            rect."shift" x=(at(x(work.start))) y=(at(TOP - 2.0)) width=(at(width(work.start, work.end)))
                height=(at(BLOCK + 4.0)) rx="5" {}
            @for piece in &work.pieces {
                @match piece {
                    Piece::Travel(from, to) => { path."go" d=(line(*from, *to)) {} }
                    Piece::Waiting(from, to) => { path."wait" d=(line(*from, *to)) {} }
                    Piece::Break(from, to) => {
                        rect."brk" x=(at(x(*from))) width=(at(width(*from, *to))) {}
                    }
                    Piece::Meeting { meeting, from, to, .. } => {
                        g."meet" {
                            title { (facts.clock(*from, work.day)) " " (facts.meeting(*meeting)) }
                            rect x=(at(x(*from))) width=(at(width(*from, *to))) {}
                            (written(&facts.meeting(*meeting), x(*from), width(*from, *to)))
                        }
                    }
                    Piece::Visit(_) => {}
                }
            }
            @for piece in &work.pieces {
                @if let Piece::Visit(number) = piece { (block(facts, *number, &x)) }
            }
        }
    }
}

fn block(facts: &Facts, number: usize, x: &dyn Fn(i64) -> f64) -> Markup {
    let visit = &facts.visits[number];
    let tie = facts.tie(visit.client, visit.nurse);
    let (left, width) = (x(visit.start), (x(visit.end) - x(visit.start)).max(3.0));
    let name = &facts.clients[visit.client];
    // The accessible name contains the text that is written on the block, so that voice control finds the block.
    let who = if name.shown.contains(&name.short) { String::new() } else { format!("{}, ", name.short) };
    let time = facts.clock(visit.start, visit.day);
    let label = format!("{time} {who}{}, {}", name.shown, care_name(facts.care(visit)));
    html! {
        a class={"b " (mark(visit.nurse, tie))} href={"#visit=" (number)} data-c=(visit.client) aria-label=(label) {
            rect x=(at(left)) width=(at(width)) {}
            (written(&name.short, left, width))
        }
    }
}

/// What is written on a block: across, upwards where the block is narrow, or nothing.
fn written(text: &str, left: f64, width: f64) -> Markup {
    let (length, middle) = (text.chars().count() as f64, left + width / 2.0);
    let [across, upwards] = CHARACTER.map(|character| length * character + 3.0);
    html! {
        @if across <= width {
            text x=(at(middle)) y=(at(TOP + BLOCK / 2.0 + 4.0)) { (text) }
        } @else if width >= 8.0 && upwards <= BLOCK {
            text."up" x=(at(middle)) y=(at(TOP + BLOCK / 2.0 + 3.5)) { (text) }
        }
    }
}

/// The table behind the drawings of a day.
fn table(facts: &Facts, day: u16) -> Markup {
    let words = facts.words;
    html! {
        details {
            summary { (words.as_table) }
            div.scroll role="group" aria-label={(words.as_table) ": " (facts.long_date(day))} {
                table {
                    thead { tr {
                        @for word in [words.time, words.client.0, words.care, words.travel, words.waiting] {
                            th scope="col" { (word) }
                        }
                    } }
                    @for work in facts.work.iter().filter(|work| work.day == day) {
                        @if let Some(tour) = work.tour { (rows(facts, work, tour)) }
                    }
                }
            }
        }
    }
}

/// The rows of one tour: leaving, visits and the break, the return.
fn rows(facts: &Facts, work: &Work, (leave, back): (i64, i64)) -> Markup {
    let (words, day) = (facts.words, work.day);
    let times = |from: i64, to: i64| format!("{}–{}", facts.clock(from, day), facts.clock(to, day));
    let late = (back - work.end).max(0);
    let to_visits = |sum: i64, piece: &Piece| match piece {
        Piece::Visit(visit) => sum + facts.visits[*visit].travel,
        Piece::Meeting { travel, .. } => sum + travel,
        _ => sum,
    };
    let home = work.travel - work.pieces.iter().fold(0, to_visits);
    let some = |seconds: i64| if seconds > 0 { facts.minutes(seconds) } else { String::new() };
    html! {
        tbody data-n=(work.nurse) {
            tr.sum { th colspan="5" scope="rowgroup" { (facts.nurses[work.nurse].shown) } }
            tr { th scope="row" { (facts.clock(leave, day)) } td colspan="4" { (words.leaves) } }
            @for piece in &work.pieces {
                @match piece {
                    Piece::Visit(number) => {
                        @let visit = &facts.visits[*number];
                        tr {
                            th scope="row" { (times(visit.start, visit.end)) }
                            td { a href={"#visit=" (number)} { (facts.clients[visit.client].shown) } }
                            td { (care_name(facts.care(visit))) }
                            td { (some(visit.travel)) }
                            td { (some(visit.waiting)) }
                        }
                    }
                    Piece::Meeting { meeting, from, to, travel } => {
                        tr {
                            th scope="row" { (times(*from, *to)) }
                            td colspan="2" { (facts.meeting(*meeting)) }
                            td colspan="2" { (some(*travel)) }
                        }
                    }
                    Piece::Break(from, to) => {
                        tr { th scope="row" { (times(*from, *to)) } td colspan="4" { (words.break_) } }
                    }
                    _ => {}
                }
            }
            tr {
                th scope="row" { (facts.clock(back, day)) }
                td colspan="2" {
                    (words.back)
                    @if late > 0 { ", " (fill(words.overtime, &[&facts.minutes(late)])) }
                }
                td colspan="2" { (some(home)) }
            }
        }
    }
}
