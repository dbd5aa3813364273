//! What all plots share: the sheet with its title, axes with round numbers, fills that differ by more than colour.

use crate::report::page::label::shown;
use maud::{Markup, PreEscaped, html};

/// Size of every plot.
pub(super) const WIDTH: f64 = 720.0;
pub(super) const HEIGHT: f64 = 420.0;

/// Colours of text, lines and fills in light and dark. Fills are numbered; each has its pattern as well.
const STYLE: &str = "
.plot { background: #fff; font: 13px system-ui, 'Liberation Sans', Arial, sans-serif }
.plot text { fill: #1b2220 } .plot .mute { fill: #58625d } .plot .head { font-size: 16px; font-weight: 600 }
.grid { stroke: #dcdfd9; fill: none } .line { stroke: #0d5b4c; fill: none; stroke-width: 2 } .dot { fill: #0d5b4c }
.bound { stroke: #97290f; fill: none; stroke-width: 2; stroke-dasharray: 7 4 } .edge { stroke: #1b2220; stroke-width: .7 }
.ground { fill: #fff } .f0 { fill: #9fd3c7 } .f1 { fill: #f0c48a } .f2 { fill: #b9b4e0 } .f3 { fill: #a9cdea }
.f4 { fill: #d9dc9a } .f5 { fill: #ecb6b6 } .f6 { fill: #d5d8d2 } .ink { stroke: #1b2220; fill: none; stroke-width: .9 }
@media (prefers-color-scheme: dark) {
  .plot { background: #191e1c } .ground { fill: #191e1c } .plot text { fill: #e9eeeb } .plot .mute { fill: #a4afaa }
  .grid { stroke: #2f3835 } .line { stroke: #7ecfbb } .dot { fill: #7ecfbb } .bound { stroke: #ffa58c }
  .edge, .ink { stroke: #e9eeeb } .f0 { fill: #1f574c } .f1 { fill: #6b4a1c } .f2 { fill: #443f77 } .f3 { fill: #26506f }
  .f4 { fill: #55581f } .f5 { fill: #6f3535 } .f6 { fill: #414945 }
}";

/// Number of fills.
pub(super) const FILLS: usize = 7;

/// What is drawn on a fill, within 8 by 8.
const PATTERNS: [&str; FILLS] =
    ["", "M0 8L8 0", "M0 4H8", "M2 2h1M6 6h1", "M0 0L8 8", "M4 0V8", "M0 4H8M4 0V8"];

/// A number of a drawing, to a tenth.
pub(super) fn at(value: f64) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// A whole number with a comma after each three digits.
pub(super) fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs().min(1e15));
    let mut out = if value <= -0.5 { "-".to_owned() } else { String::new() };
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A whole plot.
pub(super) fn sheet(title: &str, description: &str, body: &Markup) -> String {
    let title = shown(title);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={"0 0 " (WIDTH) " " (HEIGHT)} class="plot" role="img"
            aria-labelledby="title description" {
            title id="title" { (title) }
            desc id="description" { (description) }
            style { (PreEscaped(STYLE)) }
            defs {
                @for (fill, marks) in PATTERNS.iter().enumerate() {
                    pattern id={"p" (fill)} width="8" height="8" patternUnits="userSpaceOnUse" {
                        rect class={"f" (fill)} width="8" height="8" {}
                        path class="ink" d=(marks) {}
                    }
                }
            }
            rect class="ground" width=(WIDTH) height=(HEIGHT) {}
            text class="head" x="16" y="26" { (title) }
            (body)
        }
    }
    .into_string()
        + "\n"
}

/// A number line between two ends of the sheet.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    step: f64,
    /// Where both ends lie on the sheet.
    from: f64,
    to: f64,
}

impl Axis {
    /// From a round number below the lowest value to one above the highest, with about `marks` steps.
    pub(super) fn around(lowest: f64, highest: f64, marks: f64, (from, to): (f64, f64)) -> Self {
        let finite = |value: f64| if value.is_finite() { value.clamp(-1e15, 1e15) } else { 0.0 };
        let (lowest, highest) = (finite(lowest), finite(highest));
        let step = round_step((highest - lowest).max(1e-3 * highest.abs()).max(1e-9) / marks);
        let low = (lowest / step).floor() * step;
        let high = ((highest / step).ceil() * step).max(low + step);
        Self { low, high, step, from, to }
    }

    pub(super) fn at(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        // NaN is drawn at the start of the axis, so that every value has a place.
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        self.from + (self.to - self.from) * share
    }

    /// The same axis without numbers.
    pub(super) fn without_marks(self) -> Self {
        Self { step: f64::INFINITY, ..self }
    }

    /// The round numbers from end to end.
    fn marks(&self) -> impl Iterator<Item = f64> {
        let steps = ((self.high - self.low) / self.step).round().min(100.0) as u32;
        let count = if self.step.is_finite() { steps + 1 } else { 0 };
        (0..count).map(move |mark| self.low + f64::from(mark) * self.step)
    }

    fn text(&self, mark: f64) -> String {
        if self.step >= 1.0 {
            grouped(mark)
        } else {
            format!("{mark:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
        }
    }
}

/// 1, 2 or 5 times a power of ten, at least `least`.
fn round_step(least: f64) -> f64 {
    let mut power = 1e-9;
    while power * 10.0 <= least {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|digit| digit * power).find(|step| *step >= least).unwrap_or(power)
}

/// Grid and numbers of two axes, with their words.
pub(super) fn axes(across: &Axis, up: &Axis, across_words: &str, up_words: &str) -> Markup {
    html! {
        @for mark in up.marks() {
            path class="grid" d={"M" (at(across.from)) " " (at(up.at(mark))) "H" (at(across.to))} {}
            text class="mute" x=(at(across.from - 8.0)) y=(at(up.at(mark) + 4.0)) text-anchor="end" { (up.text(mark)) }
        }
        @for mark in across.marks() {
            path class="grid" d={"M" (at(across.at(mark))) " " (at(up.from)) "v5"} {}
            text class="mute" x=(at(across.at(mark))) y=(at(up.from + 20.0)) text-anchor="middle" { (across.text(mark)) }
        }
        text x=(at((across.from + across.to) / 2.0)) y=(at(HEIGHT - 12.0)) text-anchor="middle" { (across_words) }
        text class="mute" x="16" y="48" { (up_words) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        let axis = Axis::around(2_963.0, 3_501.0, 5.0, (0.0, 100.0));
        assert_eq!(axis.marks().collect::<Vec<_>>(), [2_800.0, 3_000.0, 3_200.0, 3_400.0, 3_600.0]);
        assert_eq!((axis.at(2_800.0), axis.at(3_600.0), axis.text(2_800.0).as_str()), (0.0, 100.0, "2,800"));
        let part = Axis::around(0.0, 1.0, 5.0, (0.0, 1.0));
        assert_eq!(
            part.marks().map(|mark| part.text(mark)).collect::<Vec<_>>().join(" "),
            "0 0.2 0.4 0.6 0.8 1"
        );
    }

    #[test]
    fn any_numbers_make_an_axis() {
        for (low, high) in [(0.0, 0.0), (5.0, 5.0), (f64::NAN, f64::INFINITY), (-1e300, 1e300), (3.0, 1.0)] {
            let axis = Axis::around(low, high, 5.0, (0.0, 100.0));
            assert!(axis.marks().count() <= 101 && axis.at(low).is_finite(), "{low} {high}");
        }
    }
}
