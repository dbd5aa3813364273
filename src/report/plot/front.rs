//! The front of faces against road.

use super::frame::{Axis, HEIGHT, WIDTH, at, axes, grouped, sheet};
use crate::report::page::label::shown;
use maud::html;

/// One plan of a front. Its numbers are as they are drawn: fractions and minutes, whereas indicators and comparisons
/// have whole seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontPoint {
    /// What it was planned with, such as `20 min`.
    pub label: String,
    /// Mean number of faces of a client, at least 0:
    /// [`TeamContinuity::faces`](crate::model::indicators::TeamContinuity::faces).
    pub faces: f64,
    /// Minutes on the road over the horizon, at least 0: a sixtieth of
    /// [`TimeUse::travel`](crate::model::indicators::TimeUse::travel).
    pub road: f64,
}

/// A plot of plans, with the faces of a client on the horizontal axis and the minutes on the road on the vertical one.
/// Lower and further to the left is better. A line joins them in the order of the list.
pub fn front(title: &str, points: &[FrontPoint]) -> String {
    let range = |value: fn(&FrontPoint) -> f64| {
        let values = points.iter().map(value).filter(|value| value.is_finite());
        let (low, high) = values
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low <= high { (low, high) } else { (0.0, 1.0) }
    };
    let (faces, road) = (range(|point| point.faces), range(|point| point.road));
    let across = Axis::around(faces.0, faces.1, 6.0, (80.0, WIDTH - 70.0));
    let up = Axis::around(road.0, road.1, 6.0, (HEIGHT - 60.0, 64.0));
    let said: Vec<String> = points
        .iter()
        .map(|point| {
            format!("{}: {:.2} faces, {} minutes", shown(&point.label), point.faces, grouped(point.road))
        })
        .collect();
    let description = format!("Mean faces of a client, and minutes on the road. {}.", said.join("; "));
    let line: Vec<String> = points
        .iter()
        .map(|point| format!("{} {}", at(across.at(point.faces)), at(up.at(point.road))))
        .collect();
    let body = html! {
        (axes(&across, &up, "faces of a client, mean", "minutes on the road"))
        polyline class="line" points=(line.join(" ")) {}
        @for point in points {
            @let (x, y) = (across.at(point.faces), up.at(point.road));
            circle class="dot" cx=(at(x)) cy=(at(y)) r="5" {}
            text x=(at(x + 8.0)) y=(at(y - 7.0)) { (shown(&point.label)) }
        }
    };
    sheet(title, &description, &body)
}
