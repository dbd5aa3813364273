//! Where the hours go, and how continuity is spread over the clients.

use super::frame::{Axis, HEIGHT, WIDTH, at, axes, grouped, sheet};
use crate::report::Report;
use maud::html;

/// The hours of all shifts as one bar of 100 %: with clients, on the road, waiting, breaks, the rest.
pub fn hours(title: &str, report: &Report) -> String {
    let time = &report.indicators().time;
    let all = time.shift.max(1) as f64;
    let mut parts = vec![
        ("with clients", time.care),
        ("on the road", time.travel),
        ("waiting", time.waiting),
        ("breaks on the way", time.breaks),
        ("at home or in the office", time.other),
    ];
    if time.meetings > 0 {
        parts.push(("in meetings", time.meetings));
    }
    let percent = |seconds: i64| 100.0 * seconds.max(0) as f64 / all;
    let words = |name: &str, seconds: i64| {
        format!("{name}: {:.1} % ({} hours)", percent(seconds), grouped(seconds as f64 / 3600.0))
    };
    let said: Vec<String> = parts.iter().map(|(name, seconds)| words(name, *seconds)).collect();
    let description =
        format!("Of {} hours of shifts, {}.", grouped(time.shift as f64 / 3600.0), said.join("; "));
    let (left, width) = (16.0, WIDTH - 32.0);
    let mut from = left;
    let bars: Vec<(f64, f64)> = parts
        .iter()
        .map(|(_, seconds)| {
            let wide = width * percent(*seconds) / 100.0;
            let bar = (from, wide);
            from += wide;
            bar
        })
        .collect();
    let body = html! {
        text class="mute" x="16" y="48" { "of all shifts, " (grouped(time.shift as f64 / 3600.0)) " hours" }
        @for (fill, (x, wide)) in bars.iter().enumerate() {
            rect class="edge" x=(at(*x)) y="70" width=(at(*wide)) height="90" fill={"url(#p" (fill) ")"} {}
        }
        @for (fill, text) in said.iter().enumerate() {
            @let y = 190.0 + 34.0 * fill as f64;
            rect class="edge" x="16" y=(at(y)) width="22" height="22" fill={"url(#p" (fill) ")"} {}
            text x="48" y=(at(y + 16.0)) { (text) }
        }
    };
    sheet(title, &description, &body)
}

/// Most faces that have a bar of their own.
const MOST_FACES: usize = 12;

/// How many clients see how many nurses over the plan: a bar for each number of faces.
pub fn continuity(title: &str, report: &Report) -> String {
    let indicators = report.indicators();
    let mut clients = [0u32; MOST_FACES];
    for faces in indicators.clients.iter().filter_map(|client| client.plan.faces) {
        clients[(faces.max(1) as usize).min(MOST_FACES) - 1] += 1;
    }
    let last = clients.iter().rposition(|number| *number > 0).unwrap_or(0);
    let name =
        |at: usize| if at + 1 == MOST_FACES { format!("{MOST_FACES} or more") } else { (at + 1).to_string() };
    let most = clients.iter().copied().max().unwrap_or(0);
    let across = Axis::around(0.0, (last + 1) as f64, (last + 1) as f64, (80.0, WIDTH - 40.0));
    let up = Axis::around(0.0, f64::from(most.max(5)), 5.0, (HEIGHT - 60.0, 84.0));
    let said: Vec<String> = (0..=last)
        .map(|at| format!("{} {}: {}", name(at), if at == 0 { "face" } else { "faces" }, clients[at]))
        .collect();
    let spread = &indicators.continuity.faces;
    let mean = match (spread.mean, spread.tenth) {
        (Some(mean), Some(tenth)) => {
            format!("{mean:.2} on average; of the tenth of clients who see most, at least {tenth:.0}")
        }
        _ => "no visits".to_owned(),
    };
    let description =
        format!("Clients by the number of nurses who come: {}. Faces: {mean}.", said.join("; "));
    let (left, width) = (80.0, (WIDTH - 120.0) / (last + 1) as f64);
    let body = html! {
        @for (at_bar, number) in clients.iter().take(last + 1).enumerate() {
            @let x = left + width * at_bar as f64;
            @let y = up.at(f64::from(*number));
            rect class="edge" x=(at(x + 0.15 * width)) y=(at(y)) width=(at(0.7 * width))
                height=(at(HEIGHT - 60.0 - y)) fill="url(#p0)" {}
            text x=(at(x + 0.5 * width)) y=(at(y - 6.0)) text-anchor="middle" { (number) }
            text class="mute" x=(at(x + 0.5 * width)) y=(at(HEIGHT - 40.0)) text-anchor="middle" { (name(at_bar)) }
        }
        text class="mute" x="16" y="66" { "faces: " (mean) }
    };
    let frame = axes(&across.without_marks(), &up, "nurses who come to a client", "clients");
    sheet(title, &description, &html! { (frame) (body) })
}
