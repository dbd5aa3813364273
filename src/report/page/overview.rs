//! Many teams on one page: a row for each, with a link to its own page.

use super::super::language::Language;
use super::html::frame;
use super::label::{sentence, shown};
use super::words::Words;
use crate::report::Report;
use maud::{Markup, html};

/// One team in the overview: its name, the figures of its plan, and an address to which the name leads.
#[derive(Debug, Clone)]
pub struct TeamRow {
    name: String,
    link: Option<String>,
    figures: Result<Figures, String>,
}

/// What the row of a team shows.
#[derive(Debug, Clone)]
struct Figures {
    clients: usize,
    nurses: usize,
    visits: u32,
    left_out: usize,
    faces: Option<f64>,
    tenth: Option<f64>,
    paid_share: Option<f64>,
    travel_share: Option<f64>,
    violations: usize,
}

impl TeamRow {
    /// The row of a plan. `link` is the address to which the name of the team leads, such as the page of its plan:
    /// relative to the overview (`team-1.html`, `../team-1/index.html#view=board`), or with the scheme `http` or
    /// `https`.
    ///
    /// The overview writes the address as it is given, escaped for HTML. Parts that are made from ids or names must be
    /// percent-encoded by the caller. An address with another scheme (`javascript:`, `data:`, `file:`), with a blank at
    /// an end, or with a control character is not used: the row then has no link.
    ///
    /// A fragment links to a part of a [`Page`](super::Page): `#client=` or `#nurse=` with an id whose bytes other than
    /// letters, digits and `-_.~` are percent-encoded; `#view=board&day=2026-03-03`; `#week=2`, from 1. `#visit=12` is
    /// a position, which another plan gives to another visit.
    pub fn new(name: impl Into<String>, report: &Report, link: Option<String>) -> Self {
        let document = report.reading.document;
        let (team, time) = (&report.indicators.continuity, &report.indicators.time);
        let share = (time.shift > 0).then(|| 100.0 * time.travel as f64 / time.shift as f64);
        let figures = Figures {
            clients: document.clients.len(),
            nurses: document.nurses.len(),
            visits: report.indicators.visits.planned,
            left_out: report.unplanned(),
            faces: team.faces.mean,
            tenth: team.faces.tenth,
            paid_share: time.client_facing_paid,
            travel_share: share,
            violations: report.checked.violations.len(),
        };
        Self { name: name.into(), link: link.filter(|link| is_safe(link)), figures: Ok(figures) }
    }

    /// The row of a team whose document or plan cannot be read, and why. It has no link.
    pub fn unreadable(name: impl Into<String>, why: impl Into<String>) -> Self {
        Self { name: name.into(), link: None, figures: Err(why.into()) }
    }
}

/// Whether an address cannot be a script: it is relative, or its scheme is that of a web page. Addresses with control
/// characters or outer blanks are refused too, because browsers ignore these within and before a scheme.
fn is_safe(link: &str) -> bool {
    let before = link.split(['/', '?', '#']).next().unwrap_or_default();
    let is_page = before.split_once(':').is_none_or(|(scheme, _)| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    });
    is_page && link.trim() == link && !link.chars().any(char::is_control)
}

/// A page with a row for each team, in the order given, and their sums. It ranks nobody: figures of teams with
/// other clients, streets and rosters do not compare as they stand, which the page says.
pub fn overview(title: &str, rows: &[TeamRow], language: Language) -> String {
    let words = language.words();
    let title = if title.is_empty() { words.teams.1.to_owned() } else { shown(title) };
    let read = || rows.iter().filter_map(|row| row.figures.as_ref().ok());
    let sum = |of: fn(&Figures) -> usize| read().map(of).sum::<usize>();
    let visits: u64 = read().map(|figures| u64::from(figures.visits)).sum();
    let left_out = sum(|figures| figures.left_out);
    let body = html! {
        a.skip href="#main" { (words.skip) }
        header.top {
            div {
                h1 { (title) }
                p.facts {
                    span { (rows.len()) " " (if rows.len() == 1 { words.teams.0 } else { words.teams.1 }) }
                    span { (sum(|f| f.clients)) " " (words.client.1) ", " (sum(|f| f.nurses)) " " (words.nurse.1) }
                    span {
                        (visits) " " (words.visit.1) ", "
                        @if left_out == 0 { (words.none_left_out) }
                        @else { b.outword { (left_out) " " (words.left_out_of) } }
                    }
                }
            }
        }
        main #main tabindex="-1" {
            p.note { (words.teams_note) }
            div.scroll role="group" tabindex="0" aria-label=(title) {
                table.figures.teams {
                    caption.sr { (title) }
                    thead { tr {
                        th scope="col" { (words.teams.0) }
                        @for word in columns(words) { th scope="col" { (word) } }
                    } }
                    tbody { @for row in rows { (line(row, words)) } }
                }
            }
        }
        footer { p { (words.foot) } }
    };
    frame(language.code(), &title, &body, false).into_string()
}

fn columns(words: &Words) -> [&str; 9] {
    [
        words.client.1,
        words.nurse.1,
        words.visit.1,
        words.left_out_of,
        words.teams_faces,
        words.teams_tenth,
        words.teams_paid,
        words.teams_road,
        words.teams_rules,
    ]
}

fn line(row: &TeamRow, words: &Words) -> Markup {
    let number =
        |value: Option<f64>, digits: usize| value.map_or_else(|| "–".to_owned(), |v| format!("{v:.digits$}"));
    let percent = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |v| format!("{v:.1} %"));
    // What needs attention stands out by weight and a mark, not by colour alone.
    let alarm = |count: usize| {
        html! { @if count == 0 { "0" } @else { b.outword { "! " (count) } } }
    };
    html! {
        tr {
            th scope="row" {
                @match &row.link {
                    Some(link) => { a href=(link) { (shown(&row.name)) } }
                    None => { (shown(&row.name)) }
                }
            }
            @match &row.figures {
                Ok(figures) => {
                    td { (figures.clients) }
                    td { (figures.nurses) }
                    td { (figures.visits) }
                    td { (alarm(figures.left_out)) }
                    td { (number(figures.faces, 2)) }
                    td { (number(figures.tenth, 0)) }
                    td { (percent(figures.paid_share)) }
                    td { (percent(figures.travel_share)) }
                    td { (alarm(figures.violations)) }
                }
                Err(why) => {
                    td.why colspan="9" { b.outword { "! " (words.teams_unreadable) } " " span lang="en" { (sentence(why)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages_only() {
        for link in [
            "a.html",
            "%25C3.html#board",
            "../b/?day=1:2",
            "https://x.example/a",
            "HTTP://x.example",
            "./a:b",
        ] {
            assert!(is_safe(link), "{link}");
        }
        for link in [
            "javascript:alert(1)",
            "JavaScript:x",
            " javascript:x",
            "java\nscript:x",
            "data:text/html,x",
            "a:b.html",
        ] {
            assert!(!is_safe(link), "{link}");
        }
    }
}
