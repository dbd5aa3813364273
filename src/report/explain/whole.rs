//! What the plan costs, by term, client and nurse.

use super::super::text::{filled, heading};
use super::phrases::Phrases;
use crate::model::explanation::{Audience, PartOf, PlanExplained};
use rustc_hash::FxHashMap;

/// Most clients and nurses in a table.
const MOST: usize = 12;

pub(super) fn page(say: &Phrases<'_>, plan: &PlanExplained) -> String {
    let mut page = heading(&say.say("plan", &[("minutes", say.signed(plan.cost.total()).into())]));
    let visits = say.count("visits", plan.visits);
    let args =
        [("visits", visits.into()), ("period", say.period(plan.days).into()), ("left", plan.left_out.into())];
    page += &filled("", &say.say("plan-visits", &args));
    let terms = plan.cost.iter().filter(|(_, cost)| *cost != 0).collect();
    page += &table(say, "by-term", terms, usize::MAX, |term| say.term(term));
    let (mut clients, mut nurses) = (Sums::default(), Sums::default());
    for part in &plan.parts {
        match &part.of {
            PartOf::Visit { client, .. } | PartOf::Client { client } => clients.add(Some(client), part.total),
            PartOf::Nurse { nurse } => nurses.add(Some(nurse), part.total),
            PartOf::Team => nurses.add(None, part.total),
        }
    }
    let of_team = || say.say("of-team", &[]);
    let client = |id: Option<&str>| id.map_or_else(of_team, |id| say.client(id));
    let nurse = |id: Option<&str>| id.map_or_else(of_team, |id| say.nurse(id));
    page += &table(say, "by-client", clients.rows, MOST, client);
    page += &table(say, "by-nurse", nurses.rows, MOST, nurse);
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

/// Amounts under a title, the largest first. Only those that are shown are named.
fn table<T: Copy>(
    say: &Phrases<'_>,
    title: &str,
    mut rows: Vec<(T, i64)>,
    most: usize,
    name: impl Fn(T) -> String,
) -> String {
    if rows.is_empty() {
        return String::new();
    }
    rows.sort_by_key(|(_, cost)| -cost);
    let lines: String = rows.iter().take(most).map(|(of, cost)| say.line(*cost, &name(*of))).collect();
    format!("\n{}\n{lines}", say.say(title, &[]))
}
