//! A nurse's mark, and the days of a client as marks.

use super::facts::{Facts, Tie, Visit};
use super::words::fill;
use maud::{Markup, html};
use std::ops::Range;

/// Classes of a nurse's mark: her hue, and what she is to the client.
pub(super) fn mark(nurse: usize, tie: Tie) -> String {
    let first = if tie.is_first { " f" } else { "" };
    let new = if tie.is_new { " n" } else { "" };
    format!("h{}{first}{new}", nurse % 12)
}

/// The key of the dark mark.
pub(super) fn first(facts: &Facts) -> Markup {
    html! { li { span."v"."f" aria-hidden="true" { b { "ab" } } " " (facts.words.legend_first) } }
}

/// The key of the dashed mark.
pub(super) fn new(facts: &Facts) -> Markup {
    html! {
        li { span."v"."n" aria-hidden="true" { b { "ab" } } " " (fill(facts.words.legend_new, &[&facts.history()])) }
    }
}

/// One client's days: who comes and at what hour. In the overview, where a day can be chosen, days carry their number.
pub(super) fn strip(facts: &Facts, client: usize, days: Range<u16>, in_overview: bool) -> Markup {
    let left_out = |day: u16| facts.report.reading.left_out_of(client).filter(move |out| out.day == day);
    html! {
        ol.week {
            @for day in days {
                li data-d=[in_overview.then_some(day)] {
                    small { (facts.short_date(day)) }
                    @for visit in facts.visits_of(client).filter(|visit| visit.day == day) { (chip(facts, visit)) }
                    @if facts.is_client_away(client, day) { span."off" { (facts.words.away) } }
                    @for _ in left_out(day) { span."v"."out" { b { "!" } " " (facts.words.left_out) } }
                }
            }
        }
    }
}

fn chip(facts: &Facts, visit: &Visit) -> Markup {
    let tie = facts.tie(visit.client, visit.nurse);
    html! {
        span class={"v " (mark(visit.nurse, tie))} {
            b { (facts.nurses[visit.nurse].short) }
            " " (facts.clock(visit.start, visit.day))
            @if tie.is_first { i { " " (facts.words.first_nurse) } }
            @if tie.is_new { i { " " (facts.words.met_never) } }
        }
    }
}
