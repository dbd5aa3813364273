//! The hours of the day as an axis, and a client's visits on it.

use super::facts::Facts;
use super::marks::mark;
use crate::model::document::Care;
use maud::{Markup, html};

/// The hours that every drawing of the page shows, from the work in the plan.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    /// First and last hour; the last may be beyond 24.
    from: i64,
    to: i64,
    /// Where the axis begins and how wide it is.
    pub left: f64,
    pub width: f64,
}

impl Axis {
    /// The hours of the plan, at least eight.
    pub fn of(facts: &Facts, left: f64, width: f64) -> Self {
        let [from, to] = facts.hours;
        Self { from, to: to.max(from + 8), left, width }
    }

    /// Where a time of the wall clock lies.
    pub fn x(&self, wall: i64) -> f64 {
        let span = (self.to - self.from) as f64 * 3600.0;
        let share = (wall - self.from * 3600) as f64 / span;
        self.left + self.width * share.clamp(0.0, 1.0)
    }

    /// Whole hours that carry a mark.
    pub fn hours(&self) -> impl Iterator<Item = i64> {
        let step = if self.to - self.from > 26 { 2 } else { 1 };
        (self.from..=self.to).step_by(step)
    }
}

/// A number of a drawing, to a tenth.
pub(super) fn at(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// Height of a day's row, in pixels. Horizontal positions are in per cent, so that type keeps its size on a phone.
const ROW: f64 = 26.0;
/// Height of the scale of hours above the days, in pixels.
const TOP: f64 = 24.0;

/// The axis of [`dots`] in per cent, and the height of the drawing in pixels.
fn days_axis(facts: &Facts) -> (Axis, f64) {
    (Axis::of(facts, 0.0, 100.0), TOP + f64::from(facts.days()) * ROW + 4.0)
}

/// The days and the hours behind a client's marks, drawn once for use by every client.
pub(super) fn days_grid(facts: &Facts) -> Markup {
    let (axis, height) = days_axis(facts);
    let y = |day: u16| TOP + f64::from(day) * ROW;
    let weekend = |day: u16| {
        html! {
            @if facts.is_weekend(day) { rect."end" x="0" y=(at(y(day))) width="100%" height=(at(ROW)) {} }
        }
    };
    html! {
        g #days {
            @for day in 0..facts.days() {
                (weekend(day))
                text."dy" x="54" y=(at(y(day) + 17.0)) { (facts.short_date(day)) }
            }
        }
        g #clock {
            @for day in 0..facts.days() { (weekend(day)) }
            @for hour in axis.hours() {
                @let x = percent(axis.x(hour * 3600));
                line."tick" x1=(x) x2=(x) y1=(at(TOP)) y2=(at(height - 4.0)) {}
                @if hour % 2 == 0 { text."hr" x=(x) y="15" { (hour.rem_euclid(24)) } }
            }
        }
    }
}

fn percent(share: f64) -> String {
    at(share) + "%"
}

/// A mark for each visit: days downwards, hours across.
pub(super) fn dots(facts: &Facts, client: usize) -> Markup {
    let (axis, height) = days_axis(facts);
    let y = |day: u16| TOP + f64::from(day) * ROW;
    let words = facts.words;
    let care = &facts.document().clients[client].care;
    let used = |line: &usize| facts.visits_of(client).any(|visit| visit.care == *line);
    let lines: Vec<usize> = (0..care.len()).filter(used).collect();
    html! {
        div.dots role="img" aria-label={
            (words.at_what_hour) ": " (facts.clients[client].shown) ". " (words.as_table) "."
        } {
            svg."names" height=(at(height)) { use href="#days" {} }
            svg."lanes" height=(at(height)) {
                @for &line in &lines { (band(&care[line], &axis, height)) }
                use href="#clock" {}
                @for visit in facts.visits_of(client) {
                    @let x = percent(axis.x(facts.wall(visit.start, visit.day)));
                    svg class={"m " (mark(visit.nurse, facts.tie(client, visit.nurse)))} x=(x) y=(at(y(visit.day) + 13.0)) {
                        circle {}
                        text { (facts.nurses[visit.nurse].short) }
                    }
                }
            }
        }
    }
}

/// Earliest and latest start of care on the wall clock of its day, in seconds; the latest may be on the next day.
pub(super) fn window(care: &Care) -> (i64, i64) {
    let (from, to) = (i64::from(care.window.from.seconds()), i64::from(care.window.to.seconds()));
    (from, if to < from { to + 86_400 } else { to })
}

/// The client's own hour on the wall clock of the day of the visit, in seconds.
pub(super) fn own_hour(care: &Care) -> Option<i64> {
    let hour = i64::from(care.preferred_start?.seconds());
    Some(if hour < window(care).0 && window(care).1 >= 86_400 { hour + 86_400 } else { hour })
}

/// When care of a line may start, and the client's own hour.
fn band(care: &Care, axis: &Axis, height: f64) -> Markup {
    let (from, to) = window(care);
    html! {
        rect."win" x=(percent(axis.x(from))) y=(at(TOP)) width=(percent((axis.x(to) - axis.x(from)).max(0.2)))
            height=(at(height - TOP - 4.0)) rx="4" {}
        @if let Some(hour) = own_hour(care) {
            @let x = percent(axis.x(hour));
            line."own" x1=(x) x2=(x) y1=(at(TOP)) y2=(at(height - 4.0)) {}
        }
    }
}
