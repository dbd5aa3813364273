//! What the plan costs, by term, client and nurse.

use super::super::text::{filled, heading, tenths};
use super::phrases::Phrases;
use crate::model::explanation::{Audience, CostBearer, PlanExplained};
use rustc_hash::FxHashMap;

/// Most clients in a table.
const MOST: usize = 12;

pub(super) fn page(say: &Phrases<'_>, plan: &PlanExplained) -> String {
    let mut page = heading(&say.say("plan", &[("minutes", say.signed(plan.cost.total()).into())]));
    let visits = say.count("visits", plan.visits);
    let args =
        [("visits", visits.into()), ("period", say.period(plan.days).into()), ("left", plan.left_out.into())];
    page += &filled("", &say.say("plan-visits", &args));
    let mut terms: Vec<_> = plan.cost.iter().filter(|(_, cost)| tenths(*cost) != 0).collect();
    terms.sort_by_key(|(_, cost)| -cost);
    page += &table(say, "by-term", &terms, terms.len(), |term| say.term(term));
    let (mut clients, mut nurses) = (Sums::default(), Sums::default());
    for part in &plan.parts {
        match &part.of {
            CostBearer::Visit { client, .. } | CostBearer::Client { client } => {
                clients.add(Some(client), part.total)
            }
            CostBearer::Nurse { nurse } => nurses.add(Some(nurse), part.total),
            CostBearer::Team => nurses.add(None, part.total),
        }
    }
    let of_team = || say.say("of-team", &[]);
    let client = |id: Option<&str>| id.map_or_else(of_team, |id| say.client(id));
    let nurse = |id: Option<&str>| id.map_or_else(of_team, |id| say.nurse(id));
    clients.rows.sort_by_key(|(_, cost)| -cost);
    page += &table(say, "by-client", &clients.rows, MOST, client);
    // In the order of the document: this is no ranking of people.
    page += &table(say, "by-nurse", &nurses.rows, nurses.rows.len(), nurse);
    page + &say.foot(Audience::Team)
}

/// Costs by id, in the order of their first part; `None` is the team.
#[derive(Default)]
struct Sums<'a> {
    rows: Vec<(Option<&'a str>, i64)>,
    row_of: FxHashMap<Option<&'a str>, usize>,
}

impl<'a> Sums<'a> {
    fn add(&mut self, of: Option<&'a str>, cost: i64) {
        let row = *self.row_of.entry(of).or_insert(self.rows.len());
        match self.rows.get_mut(row) {
            Some((_, sum)) => *sum += cost,
            None => self.rows.push((of, cost)),
        }
    }
}

/// A table of amounts under a title: the first `most` rows by name, and the others as one sum.
fn table<T: Copy>(
    say: &Phrases<'_>,
    title: &str,
    rows: &[(T, i64)],
    most: usize,
    name: impl Fn(T) -> String,
) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let (named, others) = rows.split_at(most.min(rows.len()));
    let mut lines: String = named.iter().map(|(of, cost)| say.line(*cost, &name(*of))).collect();
    if !others.is_empty() {
        let sum = others.iter().map(|(_, cost)| cost).sum();
        lines += &say.line(sum, &say.say("others", &[("count", others.len().into())]));
    }
    format!("\n{}\n{lines}", say.say(title, &[]))
}
