//! Hard regular hours at the end of a search: what starts too far from the rest is left out.
//!
//! A search passes through plans whose hours spread more than agreed, at a price, and keeps one only for want of
//! a better.

use super::draft::Draft;
use super::insertion::NOT_IN;

impl Draft<'_> {
    /// Takes visits out until every hard regular hour is kept.
    ///
    /// # Complexity
    /// A removal for each visit at most.
    pub(crate) fn keep_hard_hours(&mut self) {
        while let Some(visits) = self.regular.too_far(&self.evaluator.regular) {
            for visit in visits {
                let shift = self.shift_of[visit as usize];
                if shift == NOT_IN {
                    continue;
                }
                let position = self.tours[shift as usize].position(visit);
                if !position.is_none_or(|position| self.remove(shift, &[position])) {
                    // The way past the visit is longer than by it: the whole tour goes.
                    self.roll_back();
                    let positions: Vec<usize> = (1..self.tours[shift as usize].stops.len() - 1).collect();
                    let emptied = self.remove(shift, &positions);
                    debug_assert!(emptied, "a tour without visits keeps its windows");
                }
                self.commit();
            }
        }
    }
}
