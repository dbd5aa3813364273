//! What a rule costs.

use super::super::text::{filled, heading, tenths};
use super::phrases::Phrases;
use crate::model::explanation::{Audience, RulePriced};
use fluent_bundle::FluentValue;

pub(super) fn page(say: &Phrases<'_>, priced: &RulePriced) -> String {
    let (with, without) = (&priced.with, &priced.without);
    let mut page = heading(&say.say("rule-title", &[("rule", say.rule(priced.rule).into())]));
    let args = [
        ("price", FluentValue::from(say.minutes(priced.price))),
        ("with", say.signed(with.cost.total()).into()),
        ("without", say.signed(without.cost.total()).into()),
    ];
    page += &filled("", &say.say("rule-price", &args));
    if priced.stopped {
        page += &filled("", &say.say("rule-stopped", &[]));
    }
    if let Some(most) = priced.at_most {
        page += &filled("", &say.say("rule-at-most", &[("minutes", say.minutes(most).into())]));
    }
    if with.left_out != without.left_out {
        let [with, without] =
            [with, without].map(|plan| FluentValue::from(say.count("visits", plan.left_out)));
        page += &filled("", &say.say("rule-left-out", &[("with", with), ("without", without)]));
    }
    let mut terms: Vec<_> = with
        .cost
        .iter()
        .map(|(term, cost)| (term, cost - without.cost[term]))
        .filter(|(_, cost)| tenths(*cost) != 0)
        .collect();
    terms.sort_by_key(|(_, cost)| -cost.abs());
    if !terms.is_empty() {
        page += &format!("\n{}\n", say.say("rule-terms", &[]));
        terms.iter().for_each(|(term, cost)| page += &say.line(*cost, &say.term(*term)));
    }
    page + &say.foot(Audience::Team)
}
