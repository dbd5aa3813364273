//! The cheapest faces of one client as an integer programme, for clients with too many nurses to look at all sets of
//! them.
//!
//! ```text
//! y(n)      1 if nurse n is a face           cost: her price as a new face
//! z(k)      1 if there are k faces           cost: the price of k faces
//! p(c, i)   1 if choice c takes its pattern i
//! u(c, d)   part of day d of choice c left out   cost: leaving it out
//!
//! sum over k of z(k) = 1                                       one number of faces
//! sum over n of y(n) = sum over k of k z(k)                    which is that of the faces
//! sum over i of p(c, i) = 1                                    one pattern of each choice
//! sum over i with d of p(c, i) <= u(c, d) + sum over n who cover d of y(n)
//! ```
//! With `z`, the price of k faces may rise by any amount from face to face. A nurse covers a day for nothing, as in the
//! question of [`attainable`](super::attainable). The bound has a price for each pair of a day and a nurse, and asks
//! thousands of times: it uses [`ClientPart::cheapest`], and so does `attainable` for clients for whom that is quick.

use super::client::{ClientPart, NOBODY};
use super::programme::{Limits, Programme};
use crate::model::cost::Cost;
use good_lp::{Expression, Variable};

/// The cost of the cheapest faces; `None` where the limits were reached before it was proven.
///
/// Costs may be in any unit; the objective divides them by `unit`.
pub(super) fn cheapest(part: &ClientPart, unit: f64, limits: &Limits<'_>) -> Option<Cost> {
    let scaled = |cost: Cost| cost as f64 / unit;
    let mut programme = Programme::default();
    let faces: Vec<Variable> = part.new_face.iter().map(|&cost| programme.binary(scaled(cost))).collect();
    let mut one_number = Expression::default();
    let mut number: Expression = faces.iter().sum();
    for (count, &cost) in part.faces.iter().enumerate().take(faces.len() + 1) {
        let so_many = programme.binary(scaled(cost));
        one_number += so_many;
        number.add_mul(-(count as f64), so_many);
    }
    programme.require(one_number.eq(1.0));
    programme.require(number.eq(0.0));
    for patterns in &part.choices {
        cover(part, patterns, &faces, unit, &mut programme);
    }
    let answer = programme.solve(limits)?;
    let chosen = |&at: &usize| answer.takes(faces[at]);
    let chosen: Vec<usize> = (0..faces.len()).filter(chosen).collect();
    answer.is_optimal.then(|| part.cost_of(&chosen)).flatten()
}

/// Adds the constraints of one choice: one of its patterns is taken, each day of which is covered or left out.
fn cover(part: &ClientPart, patterns: &[Vec<u32>], faces: &[Variable], unit: f64, programme: &mut Programme) {
    let taken: Vec<Variable> = patterns.iter().map(|_| programme.binary(0.0)).collect();
    programme.require(taken.iter().sum::<Expression>().eq(1.0));
    let mut days: Vec<u32> = patterns.iter().flatten().copied().collect();
    days.sort_unstable();
    days.dedup();
    for number in days {
        let day = &part.days[number as usize];
        let with = patterns.iter().zip(&taken).filter(|(pattern, _)| pattern.contains(&number));
        let asked: Expression = with.map(|(_, taken)| taken).sum();
        let comes = day.prices.iter().zip(faces).filter(|&(&price, _)| price != NOBODY);
        let covered: Expression = comes.map(|(_, face)| face).sum();
        let left_out = programme.amount(day.unplanned as f64 / unit);
        programme.require((asked - covered - left_out).leq(0.0));
    }
}

#[cfg(test)]
mod tests {
    use super::super::client::DayPart;
    use super::*;
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    proptest! {
        #[test]
        fn the_programme_and_the_sets_agree(
            new in prop::collection::vec(0i64..30, 1..6),
            further in prop::collection::vec(0i64..40, 0..6),
            unplanned in prop::collection::vec(0i64..90, 6),
            covers in prop::collection::vec(any::<bool>(), 36),
        ) {
            let nurses = new.len();
            let mut part = ClientPart::new(new, further);
            for (day, &unplanned) in unplanned.iter().enumerate() {
                let price = |nurse: usize| if covers[day * 6 + nurse] { 0 } else { NOBODY };
                part.days.push(DayPart { unplanned, prices: (0..nurses).map(price).collect() });
            }
            // A fixed day, one of two days, and two days or two others.
            part.choices = vec![vec![vec![0]], vec![vec![1], vec![2]], vec![vec![2, 3], vec![4, 5]]];
            let end = Instant::now() + Duration::from_secs(60);
            let limits = Limits { nodes: 10_000, end, stop: &|| false };
            prop_assert_eq!(cheapest(&part, 1.0, &limits), Some(part.cheapest(&[0]).least));
        }
    }
}
