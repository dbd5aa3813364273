//! What the plan costs, by term, client and nurse.

use super::super::text::{filled, heading};
use super::phrases::Phrases;
use crate::model::explanation::{Audience, PartOf, PlanExplained};

/// Most clients and nurses in a table.
const MOST: usize = 12;

pub(super) fn page(say: &Phrases<'_>, plan: &PlanExplained) -> String {
    let mut page = heading(&say.say("plan", &[("minutes", say.signed(plan.cost.total()).into())]));
    let visits = say.count("visits", plan.visits);
    let args =
        [("visits", visits.into()), ("period", say.period(plan.days).into()), ("left", plan.left_out.into())];
    page += &filled("", &say.say("plan-visits", &args));
    let terms = plan.cost.iter().filter(|(_, cost)| *cost != 0);
    page += &table(say, "by-term", terms.map(|(term, cost)| (say.term(term), cost)).collect(), usize::MAX);
    let (mut clients, mut nurses) = (Vec::<(String, i64)>::new(), Vec::new());
    for part in &plan.parts {
        match &part.of {
            PartOf::Visit { client, .. } | PartOf::Client { client } => {
                add(&mut clients, say.client(client), part.total)
            }
            PartOf::Nurse { nurse } => add(&mut nurses, say.nurse(nurse), part.total),
            PartOf::Team => add(&mut nurses, say.say("of-team", &[]), part.total),
        }
    }
    page += &table(say, "by-client", clients, MOST);
    page += &table(say, "by-nurse", nurses, MOST);
    page + &say.foot(Audience::Team)
}

fn add(sums: &mut Vec<(String, i64)>, of: String, cost: i64) {
    match sums.iter_mut().find(|(one, _)| *one == of) {
        Some((_, sum)) => *sum += cost,
        None => sums.push((of, cost)),
    }
}

/// Amounts under a title, the largest first.
fn table(say: &Phrases<'_>, title: &str, mut rows: Vec<(String, i64)>, most: usize) -> String {
    if rows.is_empty() {
        return String::new();
    }
    rows.sort_by_key(|(_, cost)| -cost);
    let lines: String = rows.iter().take(most).map(|(what, cost)| say.line(*cost, what)).collect();
    format!("\n{}\n{lines}", say.say(title, &[]))
}
