//! The team's view: continuity, hours, what the plan costs, what was left out and what changed.

mod cost;
mod hours;
mod lists;

use super::facts::{Facts, Tie};
use super::words::fill;
use crate::model::Plan;
use crate::model::indicators::Spread;
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
                (lists::leave(facts))
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

/// Share of all visits of some clients that are by some nurses; `None` without visits.
fn of_all(facts: &Facts, clients: &dyn Fn(usize) -> bool, nurses: &dyn Fn(Tie) -> bool) -> Option<String> {
    let visits: Vec<_> = facts.visits.iter().filter(|visit| clients(visit.client)).collect();
    let by = visits.iter().filter(|visit| nurses(facts.tie(visit.client, visit.nurse))).count();
    let share = by as f64 / visits.len() as f64;
    (!visits.is_empty()).then(|| Form::Share.of(Some(share), false))
}

/// A measure of continuity over the clients.
struct Measure<'f> {
    spread: &'f Spread,
    form: Form,
    /// Whether a small value is a good one.
    less_is_better: bool,
    /// The share of all visits, beside the mean over clients.
    of_all: Option<String>,
}

fn continuity(facts: &Facts) -> Markup {
    let words = facts.words;
    let team = &facts.report.indicators.continuity;
    let clients = &facts.document().clients;
    let by_first = of_all(facts, &|client| clients[client].first_nurse.is_some(), &|tie| tie.is_first);
    let by_circle = of_all(facts, &|client| !clients[client].circle.is_empty(), &|tie| tie.in_circle);
    let less = |spread, form| Measure { spread, form, less_is_better: true, of_all: None };
    let more = |spread, form| Measure { spread, form, less_is_better: false, of_all: None };
    // In the order of `words.measures`.
    let measures = [
        less(&team.faces, Form::Count),
        less(&team.new_faces, Form::Count),
        more(&team.coc, Form::Index),
        more(&team.upc, Form::Index),
        more(&team.secon, Form::Index),
        more(&team.k, Form::Index),
        more(&team.mmci, Form::Index),
        more(&team.hhi, Form::Index),
        less(&team.entropy, Form::Index),
        Measure { of_all: by_circle, ..more(&team.circle_share, Form::Share) },
        Measure { of_all: by_first, ..more(&team.first_nurse_share, Form::Share) },
    ];
    let of_research = |(_, measure): &(_, &Measure)| matches!(measure.form, Form::Index);
    let named = || words.measures.iter().zip(&measures);
    let mean = |value: Option<f64>| value.map(|value| format!("{value:.1}"));
    let possible = facts.report.regret().and_then(|regret| mean(regret.faces).zip(mean(regret.possible)));
    html! {
        section.card {
            h3 { (words.continuity) }
            @if let Some((faces, possible)) = possible {
                p.big { (fill(words.faces_possible, &[&faces, &possible])) }
            }
            (table(facts, words.continuity, named().filter(|one| !of_research(one))))
            p.note { (words.tenth_note) }
            details {
                summary { (words.indices) }
                p.note { (words.indices_note) }
                (table(facts, words.indices, named().filter(of_research)))
            }
        }
    }
}

fn table<'m>(
    facts: &Facts,
    name: &str,
    measures: impl Iterator<Item = (&'m (&'static str, &'static str), &'m Measure<'m>)>,
) -> Markup {
    let words = facts.words;
    html! {
        div.scroll role="group" aria-label=(name) {
            table.figures {
                thead { tr {
                    td {}
                    @for word in [words.mean, words.tenth, words.worst, words.with_value] { th scope="col" { (word) } }
                } }
                tbody {
                    @for ((name, meaning), Measure { spread, form, less_is_better, of_all }) in measures {
                        tr {
                            th scope="row" {
                                (name) " "
                                small {
                                    (meaning) "; "
                                    @if let Some(share) = of_all { (fill(words.of_all_visits, &[share])) "; " }
                                    (if *less_is_better { words.less_is_better } else { words.more_is_better })
                                }
                            }
                            td { (form.of(spread.mean, false)) }
                            td { (form.of(spread.tenth, true)) }
                            td { (form.of(spread.worst, true)) }
                            td { (spread.clients) }
                        }
                    }
                }
            }
        }
    }
}
