//! Costs, by term, in the order of the three intentions.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let outcome = kring::solve(&problem, &kring::Options::default().with_iterations(200))?;
//! assert_eq!(outcome.cost.total(), outcome.cost.iter().map(|(_, cost)| cost).sum::<i64>());
//! for (term, cost) in outcome.cost.iter().filter(|(_, cost)| *cost != 0) {
//!     println!("{:.1} minutes for {}", cost as f64 / 60_000.0, term.words());
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::ops::{Index, IndexMut};

pub use super::terms::Term;
pub use super::units::{Cost, cost_of_minutes, cost_per_second};

/// Cost of a plan, term by term, in milliseconds of a nurse's time ([`Cost`]). Serialized as
/// `{"total": 0, "unit": "ms", "terms": {"unplanned": 0, …}}`, with every term, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostByTerm([Cost; Term::ALL.len()]);

impl Default for CostByTerm {
    /// Nothing costs anything.
    fn default() -> Self {
        Self([0; Term::ALL.len()])
    }
}

impl CostByTerm {
    /// The sum of all terms. (A sum beyond the range of [`Cost`], which no plan of a valid document has, becomes the end of the range.)
    pub fn total(&self) -> Cost {
        self.0.iter().fold(0, |sum: Cost, &cost| sum.saturating_add(cost))
    }

    /// What leaving visits out costs: the terms [`Term::Unplanned`] and [`Term::Withdrawn`].
    pub fn left_out(&self) -> Cost {
        self[Term::Unplanned].saturating_add(self[Term::Withdrawn])
    }

    /// Terms with their cost, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Term, Cost)> + '_ {
        Term::ALL.iter().map(|&term| (term, self[term]))
    }
}

impl Index<Term> for CostByTerm {
    type Output = Cost;

    fn index(&self, term: Term) -> &Cost {
        &self.0[term as usize]
    }
}

impl IndexMut<Term> for CostByTerm {
    fn index_mut(&mut self, term: Term) -> &mut Cost {
        &mut self.0[term as usize]
    }
}

impl Serialize for CostByTerm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("CostByTerm", 3)?;
        object.serialize_field("total", &self.total())?;
        object.serialize_field("unit", "ms")?;
        object.serialize_field("terms", &Terms(self))?;
        object.end()
    }
}

/// The terms as a JSON object.
struct Terms<'a>(&'a CostByTerm);

impl Serialize for Terms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(term, cost)| (term.name(), cost)))
    }
}
