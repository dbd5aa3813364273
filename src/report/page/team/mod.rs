//! The team's view: continuity, hours, what the plan costs, what was left out and what changed.

mod cost;
mod hours;
mod lists;

use super::facts::Facts;
use crate::model::Plan;
use maud::{Markup, html};

pub(super) fn view(facts: &Facts, published: Option<&Plan>) -> Markup {
    let words = facts.words;
    html! {
        section.view id="view=team" aria-labelledby="team-title" {
            div.title { h2 #team-title { (words.team) } p.note { (words.team_note) } }
            @if let Some(published) = published { (lists::changes(facts, published)) }
            (lists::left_out(facts))
            div #cards {
                (continuity(facts))
                (hours::time_use(facts))
                (hours::contract(facts))
                (cost::prices(facts))
                (lists::wishes(facts))
                (lists::stand_ins(facts))
                (lists::circles(facts))
            }
        }
    }
}

/// How a measure is printed.
#[derive(Clone, Copy)]
enum Form {
    Count,
    Index,
    Share,
}

impl Form {
    fn of(self, value: Option<f64>, is_one_client: bool) -> String {
        match (self, value) {
            (_, None) => "–".to_owned(),
            (Form::Count, Some(value)) if is_one_client => format!("{value:.0}"),
            (Form::Share, Some(value)) => format!("{:.0} %", 100.0 * value),
            (_, Some(value)) => format!("{value:.2}"),
        }
    }
}

fn continuity(facts: &Facts) -> Markup {
    let words = facts.words;
    let team = &facts.report.indicators.continuity;
    let (count, index, share) = (Form::Count, Form::Index, Form::Share);
    let spreads = [
        (&team.faces, count),
        (&team.new_faces, count),
        (&team.coc, index),
        (&team.upc, index),
        (&team.secon, index),
        (&team.k, index),
        (&team.mmci, index),
        (&team.hhi, index),
        (&team.entropy, index),
        (&team.circle_share, share),
        (&team.first_nurse_share, share),
    ];
    let mean = |value: Option<f64>| value.map(|value| format!("{value:.1}"));
    let possible = facts.report.regret().and_then(|regret| mean(regret.faces).zip(mean(regret.possible)));
    html! {
        section.card {
            h3 { (words.continuity) }
            @if let Some((faces, possible)) = possible {
                p.big { (super::words::fill(words.faces_possible, &[&faces, &possible])) }
            }
            div.scroll role="group" aria-label=(words.continuity) {
                table.figures {
                    thead { tr {
                        td {}
                        @for word in [words.mean, words.tenth, words.worst, words.with_value] {
                            th scope="col" { (word) }
                        }
                    } }
                    tbody {
                        @for ((name, meaning), (spread, form)) in words.measures.iter().zip(spreads) {
                            tr {
                                th scope="row" { (name) " " small { (meaning) } }
                                td { (form.of(spread.mean, false)) }
                                td { (form.of(spread.tenth, true)) }
                                td { (form.of(spread.worst, true)) }
                                td { (spread.clients) }
                            }
                        }
                    }
                }
            }
            p.note { (words.tenth_note) }
        }
    }
}
