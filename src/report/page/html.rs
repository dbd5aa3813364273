//! The document: head, views in order, data, script; nothing from elsewhere.

use super::facts::Facts;
use super::label::{sentence, shown};
use super::words::{count, fill};
use super::{board, clients, data, hours, map, sheet, team};
use crate::check::Violation;
use crate::model::Plan;
use crate::report::text::hours as clock_hours;
use crate::travel::RoadLines;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// Style and script as they go into the page.
static STYLE: LazyLock<String> = LazyLock::new(|| compact(include_str!("style.css")));
static SCRIPT: LazyLock<String> = LazyLock::new(|| compact(include_str!("script.js")));

/// What a page holds beside its facts.
pub(super) struct Parts<'a> {
    pub has_labels: bool,
    pub violations: &'a [Violation],
    pub roads: Option<&'a RoadLines>,
    pub published: Option<&'a Plan>,
}

/// Most violations that are listed.
const MOST: usize = 100;

/// A text without indentation, blank lines and comments that fill a line.
fn compact(text: &str) -> String {
    let is_comment = |line: &str| line.starts_with("//") || line.starts_with("/*") && line.ends_with("*/");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// The content security policy: the browser may load exactly this style and, if there is one, this script, and nothing
/// else.
fn policy(has_script: bool) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
    let script = if has_script { hash(&SCRIPT) } else { "'none'".to_owned() };
    let style = hash(&STYLE);
    format!("default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'")
}

pub(super) fn document(page: &Parts, facts: &Facts) -> Markup {
    let title = title(page, facts);
    let body = html! {
        a.skip href="#main" { (facts.words.skip) }
        (head(page, facts, &title))
        (broken(page, facts))
        (filter(facts))
        (defs(facts))
        main #main tabindex="-1" {
            (clients::view(facts))
            (board::view(facts))
            (map::view(facts, page.roads))
            (team::view(facts, page.published))
            (sheet::view(facts))
        }
        footer { p { (facts.words.foot) } }
        dialog #visit aria-labelledby="visit-title" {
            form method="dialog" { button { (facts.words.close) } }
            h2 #visit-title {}
            div #visit-body {}
        }
        (data::block(facts))
    };
    frame(facts.language.code(), &title, &body, true)
}

/// What several drawings share, drawn once: the pattern of breaks, the hours of the board, and the days and hours
/// behind a client's marks.
fn defs(facts: &Facts) -> Markup {
    html! {
        svg.defs aria-hidden="true" width="0" height="0" {
            defs {
                pattern #hatch width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    path."hatch" d="M0 0V6" {}
                }
                (board::hours(&board::axis(facts)))
                (hours::days_grid(facts))
            }
        }
    }
}

/// The sheet of one client as a document of its own.
pub(super) fn one_sheet(facts: &Facts, client: usize) -> Markup {
    let title = format!("{}: {}", facts.words.sheet_title, facts.clients[client].shown);
    let body = html! { main #main."alone" { (sheet::sheet(facts, client, true)) } };
    frame(facts.language.code(), &title, &body, false)
}

pub(super) fn frame(language: &str, title: &str, body: &Markup, has_script: bool) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(has_script));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE.as_str())) }
            }
            body {
                (body)
                @if has_script { script { (PreEscaped(SCRIPT.as_str())) } }
            }
        }
    }
}

fn title(page: &Parts, facts: &Facts) -> String {
    let label = facts.document().label.as_deref().filter(|_| page.has_labels);
    label.map_or_else(|| facts.words.the_plan.to_owned(), shown)
}

fn head(page: &Parts, facts: &Facts, title: &str) -> Markup {
    let words = facts.words;
    let (nurses, clients) = (facts.nurses.len(), facts.clients.len());
    let days = [facts.long_date(0), facts.long_date(facts.days().saturating_sub(1))];
    let year = facts.date(0).year();
    let left_out = facts.report.unplanned();
    let late = facts.report.indicators.time.overtime;
    let views = [
        ("clients", words.clients),
        ("board", words.board),
        ("map", words.map),
        ("team", words.team),
        ("sheets", words.sheets),
    ];
    html! {
        header.top {
            div {
                h1 { (title) }
                p.facts {
                    span { (days[0]) " – " (days[1]) " " (year) }
                    span { (count(clients, words.client)) ", " (count(nurses, words.nurse)) }
                    span {
                        (count(facts.visits.len(), words.visit)) ", "
                        @if left_out == 0 { (words.none_left_out) } @else { b."outword" { (left_out) " " (words.left_out_of) } }
                    }
                    @if page.violations.is_empty() { span.good { "✓ " (words.checked) } }
                    @if late > 0 { span { (fill(words.checked_late, &[&clock_hours(late)])) } }
                }
            }
            nav aria-label=(words.views) {
                ul { @for (view, word) in views { li { a href={"#view=" (view)} data-view=(view) { (word) } } } }
            }
        }
    }
}

/// What the check found, before everything else.
fn broken(page: &Parts, facts: &Facts) -> Markup {
    let words = facts.words;
    let found = page.violations;
    if found.is_empty() {
        return html! {};
    }
    html! {
        section.broken aria-labelledby="broken" {
            h2 #broken { "⚠ " (words.broken) ": " (found.len()) }
            p { (words.broken_note) }
            ul.scroll lang="en" {
                @for one in found.iter().take(MOST) { li { (sentence(&one.message)) " " small { (sentence(&one.place)) ": " (one.rule) } } }
                @if found.len() > MOST { li { (fill(words.more, &[&(found.len() - MOST).to_string()])) } }
            }
        }
    }
}

fn filter(facts: &Facts) -> Markup {
    let words = facts.words;
    let options = |names: &[super::facts::Name]| {
        html! { @for name in names { option value=(name.key) { (name.shown) } } }
    };
    html! {
        form.filter aria-label=(words.filter) {
            label { span { (words.client.0) } select #f-client {
                option value="" { (words.all_clients) } (options(&facts.clients))
            } }
            label { span { (words.nurse.0) } select #f-nurse {
                option value="" { (words.all_nurses) } (options(&facts.nurses))
            } }
            label { span { (words.day) } select #f-day {
                option value="" { (words.all_days) }
                @for day in 0..facts.days() { option value=(facts.date(day)) { (facts.short_date(day)) } }
            } }
            button #f-clear type="button" { (words.clear) }
        }
    }
}
