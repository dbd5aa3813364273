//! The price list, term by term under the three intentions, with what the plan costs.

use super::super::facts::Facts;
use super::super::words::fill;
use crate::model::{Intention, Price, Term, Unit};
use crate::report::summary::cost_minutes;
use maud::{Markup, html};

pub(super) fn prices(facts: &Facts) -> Markup {
    let words = facts.words;
    let cost = &facts.report.cost;
    let intentions = [words.great_care, words.working_lives, words.resources];
    html! {
        section.card {
            h3 { (words.price_list) }
            p.note { (words.price_note) }
            div.scroll role="group" aria-label=(words.price_list) {
                table.figures {
                    thead { tr {
                        td {}
                        th scope="col" { (words.costs) }
                        th scope="col" { (words.price) }
                    } }
                    @for (intention, terms) in intentions.iter().zip(Intention::ALL.iter().map(|of| of.terms().collect::<Vec<_>>())) {
                        tbody {
                            tr.sum {
                                th scope="rowgroup" { (intention) }
                                td { (cost_minutes(terms.iter().map(|&term| cost[term]).sum())) }
                                td {}
                            }
                            @for term in terms {
                                tr {
                                    th scope="row" { (words.terms[term as usize]) }
                                    td { (cost_minutes(cost[term])) }
                                    td { (price(facts, term)) }
                                }
                            }
                        }
                    }
                    tbody { tr.sum {
                        th scope="row" { (words.total) } td { (cost_minutes(cost.total())) } td {}
                    } }
                }
            }
        }
    }
}

/// The price of a term with its unit.
fn price(facts: &Facts, term: Term) -> String {
    let words = facts.words;
    let price = match facts.document().prices.of(term) {
        Price::ByPriority(of) => return format!("{}, {}, {}", of.vital, of.needed, of.wished),
        Price::Each(price) => price,
    };
    let unit = match term.unit() {
        Unit::Visit => words.per_visit,
        Unit::Face | Unit::StandIn => words.per_face,
        Unit::Client => words.per_client,
        Unit::Handover => words.per_time,
        Unit::Shift => words.per_shift,
        Unit::MinuteOfStart | Unit::MinuteOfTour | Unit::MinuteOfWeek => words.per_minute,
    };
    fill(unit, &[&price.to_string()])
}
