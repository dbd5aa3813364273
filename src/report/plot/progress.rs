//! The progress of a search: what the best plan cost, term by term, over time.

use super::frame::{Axis, FILLS, HEIGHT, WIDTH, at, axes, grouped, sheet};
use crate::model::cost::{Cost, CostByTerm, Term};
use maud::html;

/// How the search stood at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProgressPoint {
    /// Seconds since its start.
    pub seconds: f64,
    /// Cost of the best plan so far, by term, in milliseconds of a nurse's time.
    pub best: CostByTerm,
}

/// Most moments that are drawn. More of them could not be told apart by eye.
const MOST: usize = 300;

/// Ticks of cost in a minute.
const MINUTE: f64 = 60_000.0;

/// Cost over time, in minutes of a nurse's time: bands for the terms that cost most, one for all others, and the lower
/// bound on the cost of every plan as a dashed line, where it is known. The top of the axis is at most four times the
/// last cost: costs of the first plans above it are cut off, and the description says so.
pub fn progress(title: &str, points: &[ProgressPoint], bound: Option<Cost>) -> String {
    let step = points.len().div_ceil(MOST).max(1);
    let mut drawn: Vec<&ProgressPoint> = points.iter().step_by(step).collect();
    if let Some(last) = points.last() {
        drawn.push(last);
    }
    let last = drawn.last().map(|point| point.best).unwrap_or_default();
    let highest = drawn.iter().map(|point| point.best.total()).max().unwrap_or(0);
    let top = (highest as f64).min(4.0 * last.total() as f64).max(bound.unwrap_or(0) as f64).max(MINUTE);
    let seconds = drawn.last().map_or(1.0, |point| point.seconds);
    let across = Axis::around(0.0, seconds, 6.0, (80.0, WIDTH - 230.0));
    let up = Axis::around(0.0, top / MINUTE, 6.0, (HEIGHT - 60.0, 64.0));
    let bands = bands(&drawn);
    // A plan stays the best until a better one is found, so the outline has steps.
    let outline = |value: &dyn Fn(&ProgressPoint) -> f64| {
        let mut line = Vec::new();
        for (at_point, point) in drawn.iter().enumerate() {
            let (x, y) = (at(across.at(point.seconds)), at(up.at(value(point))));
            if let Some(before) = at_point.checked_sub(1).map(|before| value(drawn[before])) {
                line.push(format!("{x} {}", at(up.at(before))));
            }
            line.push(format!("{x} {y}"));
        }
        line
    };
    let sum = |point: &ProgressPoint, bands: &[Band]| {
        bands.iter().map(|band| band.cost(&point.best)).sum::<Cost>() as f64 / MINUTE
    };
    let cut = if highest as f64 > top { " The first plans cost more than the axis shows." } else { "" };
    let first = drawn.first().map_or(0, |point| point.best.total()) as f64 / MINUTE;
    let said = bound.map(|bound| format!(" No plan costs less than {}.", grouped(bound as f64 / MINUTE)));
    let description = format!(
        "Cost of the best plan: from {} to {} minutes of a nurse's time in {seconds:.0} seconds.{} At the end: {}.{cut}",
        grouped(first),
        grouped(last.total() as f64 / MINUTE),
        said.unwrap_or_default(),
        bands.iter().map(|band| band.said(&last)).collect::<Vec<_>>().join("; "),
    );
    let body = html! {
        @for number in 0..bands.len() {
            @let (below, above) = (&bands[..number], &bands[..=number]);
            @let edge = outline(&|point| sum(point, below)).into_iter().rev();
            @let upper = outline(&|point| sum(point, above));
            path class="edge" fill={"url(#p" (bands[number].fill) ")"}
                d={"M" (upper.into_iter().chain(edge).collect::<Vec<_>>().join("L")) "Z"} {}
        }
        (axes(&across, &up, "seconds of search", "minutes of a nurse's time"))
        @if let Some(bound) = bound {
            @let y = at(up.at(bound as f64 / MINUTE));
            path class="bound" d={"M80 " (y) "H" (at(WIDTH - 230.0))} {}
        }
        @for (row, band) in bands.iter().rev().enumerate() {
            @let y = 72.0 + 24.0 * row as f64;
            rect class="edge" x=(WIDTH - 214.0) y=(at(y)) width="16" height="16" fill={"url(#p" (band.fill) ")"} {}
            text x=(WIDTH - 192.0) y=(at(y + 13.0)) { (band.said(&last)) }
        }
        @if let Some(bound) = bound {
            @let y = 72.0 + 24.0 * bands.len() as f64;
            path class="bound" d={"M" (WIDTH - 214.0) " " (at(y + 8.0)) "h16"} {}
            text x=(WIDTH - 192.0) y=(at(y + 13.0)) { "no plan below: " (grouped(bound as f64 / MINUTE)) }
        }
    };
    sheet(title, &description, &body)
}

/// Terms that are drawn as one.
struct Band {
    terms: Vec<Term>,
    fill: usize,
}

impl Band {
    fn cost(&self, cost: &CostByTerm) -> Cost {
        self.terms.iter().map(|term| cost[*term]).sum()
    }

    fn said(&self, cost: &CostByTerm) -> String {
        let name = match self.terms.as_slice() {
            [term] if self.fill + 1 < FILLS => term.name().replace('_', " "),
            _ => "all other".to_owned(),
        };
        format!("{name}: {}", grouped(self.cost(cost) as f64 / MINUTE))
    }
}

/// One band for each of the terms that cost most over the whole search, the largest first, and one band for the rest.
fn bands(points: &[&ProgressPoint]) -> Vec<Band> {
    let weight = |term: Term| points.iter().map(|point| point.best[term] as f64).sum::<f64>();
    let mut terms: Vec<Term> = Term::ALL.iter().copied().filter(|term| weight(*term) > 0.0).collect();
    terms.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)));
    let rest = if terms.len() >= FILLS { terms.split_off(FILLS - 1) } else { Vec::new() };
    let mut all: Vec<Band> =
        terms.into_iter().enumerate().map(|(fill, term)| Band { terms: vec![term], fill }).collect();
    if !rest.is_empty() {
        all.push(Band { terms: rest, fill: FILLS - 1 });
    }
    all
}
