//! Where the hours go, and hours against contract.

use super::super::facts::Facts;
use super::super::hours::at;
use super::super::words::fill;
use crate::model::indicators::NurseHours;
use crate::report::text::{hours, signed_hours};
use maud::{Markup, html};

/// A bar of 100 %: what the shifts are spent on.
pub(super) fn time_use(facts: &Facts) -> Markup {
    let words = facts.words;
    let time = &facts.report.indicators.time;
    let room = Room::of(facts);
    let parts = [
        ("care", words.with_clients, time.care),
        ("road", words.travel, time.travel),
        ("wait", words.waiting, time.waiting),
        ("brk", words.break_, room.breaks),
        ("meet", words.meetings, time.meetings),
        ("rest", words.ends_of_shifts, room.ends),
        ("rest none", words.empty_shifts, room.empty),
    ];
    // Meetings and shifts without a tour have a row only if there are any.
    let parts = parts
        .into_iter()
        .filter(|&(class, _, seconds)| !["meet", "rest none"].contains(&class) || seconds > 0);
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
            p.note { (words.room_note) }
            p.big { b { (percent(time.client_facing_paid)) } " " (words.paid_share) }
            p.note { (words.paid_note) }
            p { b { (percent(time.client_facing_shift)) } " " (words.shift_share) }
        }
    }
}

/// The time of the shifts that is neither care, road, waiting nor meeting.
struct Room {
    /// Breaks, also those at home before or after the tour and in shifts without visits.
    breaks: i64,
    /// Before leaving and after coming back.
    ends: i64,
    /// Shifts without a tour.
    empty: i64,
}

impl Room {
    fn of(facts: &Facts) -> Self {
        let mut room = Self { breaks: 0, ends: 0, empty: 0 };
        for shift in &facts.report.reading.shifts {
            let Some(tour) = &shift.tour else {
                let breaks = shift.break_seconds.min(shift.length());
                room.breaks += breaks;
                room.empty += shift.length() - breaks;
                continue;
            };
            let ends = shift.length() - (tour.back - tour.leave);
            let at_home = (shift.break_seconds - tour.inner_break).clamp(0, ends.max(0));
            room.breaks += tour.inner_break + at_home;
            room.ends += ends - at_home;
        }
        room
    }
}

/// Paid hours against the contract, nurse by nurse in the order of the document; empty if nobody has a contract.
pub(super) fn contract(facts: &Facts) -> Markup {
    let words = facts.words;
    let weeks = usize::from(facts.weeks()).max(1);
    let all = facts.report.indicators.hours.chunks(weeks).enumerate();
    let rows: Vec<_> = all.filter(|(_, of)| of.iter().any(|week| week.contract.is_some())).collect();
    if rows.is_empty() {
        return html! {};
    }
    let apart = |week: &NurseHours| week.paid - week.contract.unwrap_or(week.paid);
    let sum = |of: &[NurseHours]| -> i64 { of.iter().map(apart).sum() };
    let most = rows.iter().map(|(_, of)| sum(of).abs()).max().unwrap_or(1).max(4 * 3600);
    let weekly = |of: fn(i64) -> i64| -> i64 {
        rows.iter().flat_map(|(_, weeks)| weeks.iter()).map(|week| of(apart(week))).sum()
    };
    let [above, below] = [weekly(|apart| apart.max(0)), weekly(|apart| (-apart).max(0))];
    html! {
        section.card {
            h3 { (words.hours_contract) }
            p.note { (words.hours_note) }
            div.scroll role="group" aria-label=(words.hours_contract) {
                table.figures {
                    thead { tr {
                        th scope="col" { (words.nurse.0) }
                        @for week in 1..=weeks { th scope="col" { (fill(words.in_week, &[&week.to_string()])) } }
                        @for word in [words.contract, words.difference] { th scope="col" { (word) } }
                        td {}
                    } }
                    tbody {
                        @for (nurse, of) in &rows {
                            tr {
                                th scope="row" { (facts.nurses.get(*nurse).map_or("", |name| &name.shown)) }
                                @for week in *of { td { (hours(week.paid)) small { " " (signed_hours(apart(week))) } } }
                                td { (hours(of.iter().filter_map(|week| week.contract).sum())) }
                                td { (signed_hours(sum(of))) }
                                td { (bar(sum(of), most)) }
                            }
                        }
                    }
                }
            }
            p.note { (fill(words.weeks_apart, &[&hours(above), &hours(below)])) }
        }
    }
}

/// A bar from the middle: to the right for more, to the left for less.
fn bar(difference: i64, most: i64) -> Markup {
    let width = 60.0 * difference.abs() as f64 / most as f64;
    let left = if difference < 0 { 62.0 - width } else { 62.0 };
    html! {
        svg.diff viewBox="0 0 124 16" aria-hidden="true" {
            path."mid" d="M62 0V16" {}
            rect class=(if difference < 0 { "less" } else { "more" }) x=(at(left)) y="2"
                width=(at(width.max(0.5))) height="12" rx="2" {}
        }
    }
}
