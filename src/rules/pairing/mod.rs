//! Pairing rules: they look at a visit and a nurse alone, so their verdicts are known before the search and computed
//! once, into a table.

mod changed;
mod circle;
mod competence;
mod first_nurse;
mod forbidden;
mod known_face;
mod pinned;
mod preferred;
mod rule;

use crate::model::cost::{Cost, CostByTerm};
use crate::model::facts::Facts;
use crate::model::reason::Why;
use rule::{Pair, PairingRule, Verdict};
use rustc_hash::FxHashMap;

/// Every pairing rule.
const RULES: [&dyn PairingRule; 8] = [
    &competence::Competence,
    &forbidden::Forbidden,
    &pinned::Pinned,
    &known_face::KnownFace,
    &preferred::Preferred,
    &first_nurse::FirstNurse,
    &circle::Circle,
    &changed::Changed,
];

/// Marks a pair that a rule forbids.
pub(crate) const FORBIDDEN: Cost = Cost::MAX;

/// The verdict of all rules on every pair.
#[derive(Debug, Clone)]
pub(crate) struct Pairing {
    nurses: usize,
    /// Options of one care line that are pinned to the same nurse, or to none, share a row; with a published plan, each
    /// option has its own.
    row_of: Vec<u32>,
    costs: Vec<Cost>,
}

impl Pairing {
    pub(crate) fn new(problem: &Facts) -> Self {
        let nurses = problem.nurses.len();
        let mut rows: FxHashMap<(u32, Option<u32>, Option<u32>), u32> = FxHashMap::default();
        let mut table = Self { nurses, row_of: Vec::with_capacity(problem.options.len()), costs: Vec::new() };
        let apart = !problem.published.is_empty();
        for (number, option) in (0..).zip(&problem.options) {
            let line = problem.visits[option.visit as usize].line;
            let next = rows.len() as u32;
            let row = *rows.entry((line, option.pinned, apart.then_some(number))).or_insert(next);
            if row == next {
                for nurse in 0..nurses as u32 {
                    let terms = judge(problem, number, nurse);
                    table.costs.push(terms.map_or(FORBIDDEN, |terms| terms.total()));
                }
            }
            table.row_of.push(row);
        }
        table
    }

    /// The cost of each nurse for an option of a visit; [`FORBIDDEN`] where she may not make it.
    #[inline]
    pub(crate) fn row(&self, option: u32) -> &[Cost] {
        &self.costs[self.row_of[option as usize] as usize * self.nurses..][..self.nurses]
    }
}

/// Cost by term if a nurse makes a day option of a visit, or the reason of the first rule that forbids it.
pub(crate) fn judge(problem: &Facts, option: u32, nurse: u32) -> Result<CostByTerm, Why> {
    let facts = &problem.options[option as usize];
    let line = &problem.lines[problem.visits[facts.visit as usize].line as usize];
    let pair = Pair {
        nurse: &problem.nurses[nurse as usize],
        nurse_index: nurse,
        client: &problem.clients[line.client as usize],
        line,
        pinned: facts.pinned,
        published: problem.published.get(option as usize),
        have_met: problem.acquaintance.has_met(line.client, nurse),
        prices: &problem.prices,
        competences: &problem.competences,
    };
    let mut terms = CostByTerm::default();
    for rule in RULES {
        match rule.judge(&pair) {
            Verdict::Free => {}
            Verdict::Priced(term, cost) => terms[term] += cost,
            Verdict::Forbidden(why) => return Err(why),
        }
    }
    Ok(terms)
}
