//! A plan as a table for spreadsheets: one row for each visit.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let plan = kring::solve(&problem, &kring::Options::default().with_iterations(200))?.plan;
//! use kring::data::exchange::table::{COLUMNS, TableOptions, visits};
//!
//! let table = visits(problem.document(), &plan, TableOptions { has_semicolons: true, ..Default::default() });
//! assert!(table.trim_start_matches('\u{feff}').starts_with(&COLUMNS.join(";")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::Names;
use crate::model::{Document, Moment, Plan};

/// How the table is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// Ids instead of labels.
    pub without_labels: bool,
    /// Semicolons between the columns, as spreadsheets expect where the comma is the decimal mark.
    pub has_semicolons: bool,
}

/// The columns of [`visits`].
pub const COLUMNS: [&str; 12] = [
    "date",
    "start",
    "end",
    "nurse",
    "nurse_name",
    "client",
    "client_name",
    "care",
    "minutes",
    "travel_minutes",
    "first_nurse",
    "status",
];

/// Every visit of a plan in a row, by day and start, and every meeting, which has no client and the status `meeting`;
/// then the visits that are left out. The text is UTF-8 with a byte order mark, by which spreadsheets recognise it; CR
/// and LF end the rows.
///
/// A cell that begins like a formula gets an apostrophe before it, so that opening the table runs nothing.
pub fn visits(document: &Document, plan: &Plan, options: TableOptions) -> String {
    let names = Names::of(document, !options.without_labels);
    let first_nurse = |client: &str| {
        document.clients.iter().find(|of| of.id == client).and_then(|client| client.first_nurse.as_deref())
    };
    let mut rows: Vec<[String; 12]> = Vec::new();
    for tour in &plan.tours {
        for visit in tour.visits() {
            let seconds = seconds(visit.start, visit.end);
            rows.push([
                visit.date.to_string(),
                clock(visit.start),
                clock(visit.end),
                tour.nurse.clone(),
                names.nurse(&tour.nurse).to_owned(),
                visit.client.clone(),
                names.client(&visit.client).to_owned(),
                visit.care.clone(),
                format!("{:.0}", seconds as f64 / 60.0),
                format!("{:.0}", visit.travel_seconds as f64 / 60.0),
                if first_nurse(&visit.client) == Some(&tour.nurse) { "yes" } else { "no" }.to_owned(),
                "planned".to_owned(),
            ]);
        }
    }
    for (tour, meeting) in plan.tours.iter().flat_map(|tour| tour.meetings().map(move |of| (tour, of))) {
        let mut row: [String; 12] = Default::default();
        row[0] = meeting.date.to_string();
        (row[1], row[2]) = (clock(meeting.start), clock(meeting.end));
        row[3].clone_from(&tour.nurse);
        row[4] = names.nurse(&tour.nurse).to_owned();
        row[7].clone_from(&meeting.meeting);
        row[8] = format!("{:.0}", seconds(meeting.start, meeting.end) as f64 / 60.0);
        row[9] = format!("{:.0}", meeting.travel_seconds as f64 / 60.0);
        row[11] = "meeting".to_owned();
        rows.push(row);
    }
    rows.sort();
    let left_out = plan.unplanned.iter().map(|out| {
        let mut row: [String; 12] = Default::default();
        row[0] = out.date.to_string();
        row[5].clone_from(&out.client);
        row[6] = names.client(&out.client).to_owned();
        row[7].clone_from(&out.care);
        row[11] = "left out".to_owned();
        row
    });
    rows.extend(left_out);
    let separator = if options.has_semicolons { ';' } else { ',' };
    let mut out = String::from("\u{feff}");
    line(&mut out, COLUMNS.iter().copied(), separator);
    for row in &rows {
        line(&mut out, row.iter().map(String::as_str), separator);
    }
    out
}

fn line<'c>(out: &mut String, cells: impl Iterator<Item = &'c str>, separator: char) {
    let cells: Vec<String> = cells.map(|cell| quoted(cell, separator)).collect();
    out.push_str(&cells.join(separator.to_string().as_str()));
    out.push_str("\r\n");
}

/// A cell in the notation of RFC 4180, with an apostrophe before a formula.
fn quoted(cell: &str, separator: char) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    let needs_quotes = cell.contains([separator, '"', '\n', '\r', ';', ',']);
    if needs_quotes { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

fn clock(moment: Moment) -> String {
    moment.time().strftime("%H:%M").to_string()
}

/// Seconds between two moments of a visit, on the wall clock.
fn seconds(from: Moment, to: Moment) -> i64 {
    let at = |moment: Moment| moment.date().to_datetime(moment.time());
    at(to).duration_since(at(from)).as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_run_nothing() {
        assert_eq!(quoted("a\"b;c", ';'), "\"a\"\"b;c\"");
        assert_eq!(quoted("=1+1", ','), "'=1+1");
        assert_eq!(quoted("plain", ','), "plain");
    }
}
