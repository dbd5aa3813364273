//! Where names stand on the map, so that they neither cover each other nor a mark.

use maud::{Markup, html};

/// Units of the drawing per pixel at the usual width of the map.
const UNIT: f64 = 6.5;
/// The same on a phone, where names must not run out of the map.
const PHONE_UNIT: f64 = 11.0;
/// Half the size of a mark, with some room around it.
const MARK: f64 = 9.0;
/// Width of a character and height of a line.
const CHARACTER: f64 = 6.4;
const LINE: f64 = 12.0;

/// The place of a name relative to its mark, in pixels, and which part of the text stands there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Label {
    x: f64,
    y: f64,
    anchor: &'static str,
}

/// Above, to the right, to the left, below.
const PLACES: [Label; 4] = [
    Label { x: 0.0, y: -12.0, anchor: "middle" },
    Label { x: 11.0, y: 4.0, anchor: "start" },
    Label { x: -11.0, y: 4.0, anchor: "end" },
    Label { x: 0.0, y: 21.0, anchor: "middle" },
];

impl Label {
    pub fn text(self, text: &str) -> Markup {
        html! { text x=(self.x) y=(self.y) text-anchor=(self.anchor) { (text) } }
    }

    /// Left, top, right and bottom in pixels.
    fn extent(self, (x, y): (i64, i64), text: &str) -> [f64; 4] {
        let width = text.chars().count() as f64 * CHARACTER;
        let left = match self.anchor {
            "start" => 0.0,
            "end" => -width,
            _ => -width / 2.0,
        };
        let (x, y) = (x as f64 / UNIT + self.x + left, y as f64 / UNIT + self.y);
        [x, y - LINE + 2.0, x + width, y + 2.0]
    }
}

fn overlap(a: &[f64; 4], b: &[f64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// A place for each name in turn: the first that is free, else the one that covers least. `width` is that of the
/// drawing.
pub(super) fn placed(names: &[((i64, i64), String)], width: f64) -> Vec<Label> {
    let mark = |&((x, y), _): &((i64, i64), String)| {
        let (x, y) = (x as f64 / UNIT, y as f64 / UNIT);
        [x - MARK, y - MARK, x + MARK, y + MARK]
    };
    let mut taken: Vec<[f64; 4]> = names.iter().map(mark).collect();
    let mut labels = Vec::with_capacity(names.len());
    for (point, text) in names {
        let covers = |label: &Label| {
            let extent = label.extent(*point, text);
            let outside = |end: f64| {
                let phone = point.0 as f64 + (end - point.0 as f64 / UNIT) * PHONE_UNIT;
                phone < 0.0 || phone > width
            };
            let out = [extent[0], extent[2]].into_iter().filter(|&end| outside(end)).count();
            taken.iter().filter(|other| overlap(&extent, other)).count() + out
        };
        let label = PLACES.into_iter().min_by_key(covers).unwrap_or(PLACES[0]);
        taken.push(label.extent(*point, text));
        labels.push(label);
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_close_places_stand_on_different_sides() {
        // 20 pixels beside each other: the first name stands above, the second would run into it.
        let names = [((1000, 1000), "c11, c13".to_owned()), ((1130, 1000), "c12".to_owned())];
        let labels = placed(&names, 4000.0);
        assert_eq!(labels[0], PLACES[0]);
        let extents: Vec<_> =
            names.iter().zip(&labels).map(|((at, text), label)| label.extent(*at, text)).collect();
        assert!(!overlap(&extents[0], &extents[1]), "{extents:?}");
    }

    #[test]
    fn a_name_stays_within_the_map() {
        assert_eq!(placed(&[((3990, 1000), "c02".to_owned())], 4000.0)[0].anchor, "end");
    }

    #[test]
    fn a_name_does_not_cover_a_mark() {
        let names = [((1000, 1000), "c01".to_owned()), ((1000, 880), "c02".to_owned())];
        let labels = placed(&names, 4000.0);
        assert_ne!(labels[0], PLACES[0], "c02 lives just above");
    }
}
