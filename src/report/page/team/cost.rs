//! The price list, term by term under the three intentions, with what the plan costs.

use super::super::facts::Facts;
use super::super::words::fill;
use crate::model::Term;
use crate::model::terms::{Intention, Price};
use crate::report::text::cost_minutes;
use maud::{Markup, html};

pub(super) fn prices(facts: &Facts) -> Markup {
    let words = facts.words;
    let cost = &facts.report.checked.cost;
    let name = |intention| match intention {
        Intention::GreatCare => words.great_care,
        Intention::GreatWorkingLives => words.working_lives,
        Intention::EfficientResources => words.resources,
    };
    let row = |term: Term| {
        html! {
            tr {
                th scope="row" {
                    @match (words.term)(term) {
                        Some(name) => { (name) }
                        None => { span lang="en" { (term.words()) } }
                    }
                }
                td { (cost_minutes(cost[term])) }
                td { (price(facts, term)) }
            }
        }
    };
    let head = html! {
        thead { tr { td {} th scope="col" { (words.costs) } th scope="col" { (words.price) } } }
    };
    let costs = |term: &Term| cost[*term] != 0;
    let nothing: Vec<Term> =
        Intention::ALL.iter().flat_map(|of| of.terms()).filter(|term| !costs(term)).collect();
    html! {
        section.card {
            h3 { (words.price_list) }
            p.note { (words.price_note) }
            div.scroll role="group" aria-label=(words.price_list) {
                table.figures {
                    (head)
                    @for &intention in Intention::ALL {
                        tbody {
                            tr.sum {
                                th scope="rowgroup" { (name(intention)) }
                                td { (cost_minutes(intention.terms().map(|term| cost[term]).sum())) }
                                td {}
                            }
                            @for term in intention.terms().filter(costs) { (row(term)) }
                        }
                    }
                    tbody { tr.sum {
                        th scope="row" { (words.total) } td { (cost_minutes(cost.total())) } td {}
                    } }
                }
            }
            @if !nothing.is_empty() {
                details {
                    summary { (fill(words.costs_nothing, &[&nothing.len().to_string()])) }
                    div.scroll role="group" aria-label=(words.price) {
                        table.figures { (head) tbody { @for term in &nothing { (row(*term)) } } }
                    }
                }
            }
        }
    }
}

/// The price of a term with its unit: `20 a face`.
fn price(facts: &Facts, term: Term) -> String {
    match facts.document().prices.of(term) {
        Price::ByPriority(of) => format!("{}, {}, {}", of.vital, of.needed, of.wished),
        Price::Each(price) => format!("{price} {}", (facts.words.unit)(term.unit())),
    }
}
