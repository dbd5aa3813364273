//! The price list, term by term under the three intentions, with what the plan costs.

use super::super::facts::Facts;
use super::super::words::fill;
use crate::model::Term;
use crate::report::summary::{INTENTIONS, cost_minutes};
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
                    @for (intention, (_, terms)) in intentions.iter().zip(INTENTIONS) {
                        tbody {
                            tr.sum {
                                th scope="rowgroup" { (intention) }
                                td { (cost_minutes(terms.iter().map(|&term| cost[term]).sum())) }
                                td {}
                            }
                            @for &term in terms {
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
    let (words, prices) = (facts.words, &facts.document().prices);
    let (unit, price) = match term {
        Term::Unplanned => {
            let of = &prices.unplanned;
            return format!("{}, {}, {}", of.vital, of.needed, of.wished);
        }
        Term::Faces => (words.per_face, prices.face),
        Term::NewFaces => (words.per_face, prices.new_face),
        Term::Unintroduced => (words.per_face, prices.unintroduced),
        Term::NotFirstNurse => (words.per_visit, prices.not_first_nurse),
        Term::NotCircle => (words.per_visit, prices.not_circle),
        Term::FacesOverMax => (words.per_face, prices.face_over_max),
        Term::Coc => (words.per_client, prices.coc),
        Term::Upc => (words.per_client, prices.upc),
        Term::Handovers => (words.per_time, prices.handover),
        Term::NotPreferred => (words.per_visit, prices.not_preferred),
        Term::PreferredStart => (words.per_minute, prices.preferred_start),
        Term::IrregularHour => (words.per_minute, prices.irregular_hour),
        Term::Overtime => (words.per_minute, prices.overtime),
        Term::OverContract => (words.per_minute, prices.over_contract),
        Term::UnderContract => (words.per_minute, prices.under_contract),
        Term::Travel => (words.per_minute, prices.travel),
        Term::Waiting => (words.per_minute, prices.waiting),
    };
    fill(unit, &[&price.to_string()])
}
