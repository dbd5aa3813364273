//! Where the hours go, and hours against contract.

use super::super::facts::Facts;
use super::super::hours::at;
use crate::report::text::{hours, signed_hours};
use maud::{Markup, html};

/// A bar of 100 %: what the shifts are spent on.
pub(super) fn time_use(facts: &Facts) -> Markup {
    let words = facts.words;
    let time = &facts.report.indicators.time;
    let parts = [
        ("care", words.with_clients, time.care),
        ("road", words.travel, time.travel),
        ("wait", words.waiting, time.waiting),
        ("brk", words.break_, time.breaks),
        ("meet", words.meetings, time.meetings),
        ("rest", words.other, time.other),
    ];
    let parts = parts.into_iter().filter(|&(class, _, seconds)| class != "meet" || seconds > 0);
    let all = time.shift.max(1) as f64;
    let mut left = 0.0;
    let placed: Vec<_> = parts
        .map(|(class, word, seconds)| {
            let width = 1000.0 * seconds.max(0) as f64 / all;
            let from = left;
            left += width;
            (class, word, seconds, from, width)
        })
        .collect();
    let percent = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.1} %"));
    html! {
        section.card {
            h3 { (words.hours_go) }
            svg.bar viewBox="0 0 1000 44" role="img" aria-label=(words.hours_go) preserveAspectRatio="none" {
                @for (class, _, _, from, width) in &placed {
                    rect class=(class) x=(at(*from)) y="0" width=(at((width - 2.0).max(0.5))) height="44" {}
                }
            }
            table.figures {
                thead { tr {
                    td {} th scope="col" { "h" } th scope="col" { "%" }
                } }
                tbody {
                    @for (class, word, seconds, _, width) in &placed {
                        tr {
                            th scope="row" {
                                svg.key viewBox="0 0 30 16" aria-hidden="true" {
                                    rect class=(class) x="1" y="1" width="28" height="14" rx="3" {}
                                }
                                " " (word)
                            }
                            td { (hours(*seconds)) }
                            td { (at(width / 10.0)) " %" }
                        }
                    }
                    tr.sum { th scope="row" { (words.shift) } td { (hours(time.shift)) } td { "100 %" } }
                }
            }
            p.big { b { (percent(time.client_facing_paid)) } " " (words.paid_share) }
            p.note { (words.paid_note) }
            p { b { (percent(time.client_facing_shift)) } " " (words.shift_share) }
        }
    }
}

/// Paid hours against the contract, nurse by nurse in the order of the document; nothing without contracts.
pub(super) fn contract(facts: &Facts) -> Markup {
    let words = facts.words;
    let weeks = usize::from(facts.weeks()).max(1);
    let rows: Vec<_> = facts
        .report
        .indicators
        .hours
        .chunks(weeks)
        .enumerate()
        .filter(|(_, of)| of.iter().any(|week| week.contract.is_some()))
        .map(|(nurse, of)| {
            let paid: i64 = of.iter().map(|week| week.paid).sum();
            let contract: i64 = of.iter().filter_map(|week| week.contract).sum();
            (nurse, paid, contract)
        })
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    let most =
        rows.iter().map(|(_, paid, contract)| (paid - contract).abs()).max().unwrap_or(1).max(4 * 3600);
    let bar = |difference: i64| {
        let width = 100.0 * difference.abs() as f64 / most as f64;
        let left = if difference < 0 { 104.0 - width } else { 104.0 };
        html! {
            svg.diff viewBox="0 0 208 16" aria-hidden="true" {
                path."mid" d="M104 0V16" {}
                rect class=(if difference < 0 { "less" } else { "more" }) x=(at(left)) y="2"
                    width=(at(width.max(0.5))) height="12" rx="2" {}
            }
        }
    };
    html! {
        section.card {
            h3 { (words.hours_contract) }
            p.note { (words.hours_note) }
            div.scroll role="group" aria-label=(words.hours_contract) {
                table.figures {
                    thead { tr {
                        th scope="col" { (words.nurse.0) }
                        @for word in [words.paid, words.contract, words.difference] { th scope="col" { (word) } }
                        td {}
                    } }
                    tbody {
                        @for (nurse, paid, contract) in &rows {
                            tr {
                                th scope="row" { (facts.nurses.get(*nurse).map_or("", |name| &name.shown)) }
                                td { (hours(*paid)) } td { (hours(*contract)) }
                                td { (signed_hours(paid - contract)) }
                                td { (bar(paid - contract)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
