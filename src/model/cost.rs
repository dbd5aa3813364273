//! Costs, by term, in the order of the three intentions.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::ops::{Index, IndexMut};

/// Cost in thousandths of a second of nurse time; lower is better.
pub type Cost = i64;

/// What can cost something. The order is that of the intentions: great care, great working lives,
/// efficient use of resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Term {
    /// A visit left out, by priority.
    Unplanned,
    /// Each face of a client beyond the first.
    Faces,
    /// Each face unknown to the client in the history window.
    NewFaces,
    /// Each stand-in during a leave whom the client did not meet before it.
    Unintroduced,
    /// Each visit not by the first nurse.
    NotFirstNurse,
    /// Each visit by a nurse outside the circle.
    NotCircle,
    /// Each face beyond a soft `max_faces`.
    FacesOverMax,
    /// The visits of a client divided among several nurses.
    Coc,
    /// The visits of a client by others than the usual nurse.
    Upc,
    /// Each two successive visits of a client by different nurses.
    Handovers,
    /// Each visit by a nurse outside the preferred ones.
    NotPreferred,
    /// Each second away from the preferred start, beyond the tolerance.
    PreferredStart,
    /// Each second that the starts of a care line spread beyond a soft `regular_hour`.
    IrregularHour,
    /// Each second home after the end of the shift.
    Overtime,
    /// Each second worked in a week above the contract.
    OverContract,
    /// Each second worked in a week below the contract.
    UnderContract,
    /// Each second on the road.
    Travel,
    /// Each second of waiting.
    Waiting,
}

impl Term {
    /// Every term, in order.
    pub const ALL: [Term; 18] = [
        Term::Unplanned,
        Term::Faces,
        Term::NewFaces,
        Term::Unintroduced,
        Term::NotFirstNurse,
        Term::NotCircle,
        Term::FacesOverMax,
        Term::Coc,
        Term::Upc,
        Term::Handovers,
        Term::NotPreferred,
        Term::PreferredStart,
        Term::IrregularHour,
        Term::Overtime,
        Term::OverContract,
        Term::UnderContract,
        Term::Travel,
        Term::Waiting,
    ];

    /// The name in JSON and reports.
    pub fn name(self) -> &'static str {
        match self {
            Term::Unplanned => "unplanned",
            Term::Faces => "faces",
            Term::NewFaces => "new_faces",
            Term::Unintroduced => "unintroduced",
            Term::NotFirstNurse => "not_first_nurse",
            Term::NotCircle => "not_circle",
            Term::FacesOverMax => "faces_over_max",
            Term::Coc => "coc",
            Term::Upc => "upc",
            Term::Handovers => "handovers",
            Term::NotPreferred => "not_preferred",
            Term::PreferredStart => "preferred_start",
            Term::IrregularHour => "irregular_hour",
            Term::Overtime => "overtime",
            Term::OverContract => "over_contract",
            Term::UnderContract => "under_contract",
            Term::Travel => "travel",
            Term::Waiting => "waiting",
        }
    }
}

/// Cost of a plan, term by term. Serialized: `{"total": 0, "unit": "ms", "terms": {"unplanned": 0, …}}`,
/// every term in its order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CostByTerm([Cost; Term::ALL.len()]);

impl CostByTerm {
    /// The sum of all terms.
    pub fn total(&self) -> Cost {
        self.0.iter().sum()
    }

    /// Terms with their cost, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Term, Cost)> + '_ {
        Term::ALL.into_iter().map(|term| (term, self[term]))
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

/// A price per unit in minutes of nurse time, as cost: rounded once, here.
pub fn cost_of_minutes(minutes: f64) -> Cost {
    (minutes * 60_000.0).round() as Cost
}

/// A price per minute of something, as cost per second of it.
pub fn cost_per_second(price: f64) -> Cost {
    (price * 1000.0).round() as Cost
}
