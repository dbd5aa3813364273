//! Who comes this week: client by client, a column for each day.

use super::names;
use super::text::{
    clean, column, count, filled, fit, heading, in_columns, long_date, rule, short_date, trimmed,
};
use super::view::Report;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

/// Width of a day's column: brackets, a short name, the mark of a new face.
const DAY: usize = names::LONGEST + 3;

/// Who comes to whom in one week: a line for each care line, a column for each day. Display it.
///
/// The first nurse stands in brackets, a new face has a star, a visit that was left out an
/// exclamation mark; no colours.
pub struct WeekView<'r> {
    pub(super) report: &'r Report<'r>,
    pub(super) week: u16,
}

impl WeekView<'_> {
    /// Day numbers of the week; the last week may be short.
    fn days(&self) -> Range<u16> {
        let first = self.week * 7;
        first..self.report.reading.calendar.days().min(first + 7)
    }

    fn head(&self) -> String {
        let calendar = &self.report.reading.calendar;
        let date = |day: u16| calendar.date(i32::from(day));
        let days = self.days();
        let (first, last) = (long_date(date(days.start)), long_date(date(days.end - 1)));
        let weeks = self.report.weeks();
        let which = if weeks > 1 { format!(" (week {} of {weeks})", self.week + 1) } else { String::new() };
        heading(&format!("Who comes this week: {first} to {last}{which}"))
    }

    /// What stands under a day: the nurse with her marks, a mark for a visit left out, a dot.
    fn cell(&self, client: usize, care: usize, day: u16) -> String {
        let reading = &self.report.reading;
        let visit = reading.visits[client].iter().find(|visit| visit.care == care && visit.day == day);
        let Some(visit) = visit else {
            let mut left_out = reading.unplanned.iter();
            let missing = left_out.any(|v| (v.client, v.care, v.day) == (client, care, day));
            return if missing { " !".to_owned() } else { " .".to_owned() };
        };
        let nurse = &reading.document.nurses[visit.nurse].id;
        let first = reading.document.clients[client].first_nurse.as_ref() == Some(nurse);
        let short = &self.report.short[visit.nurse];
        let star = if reading.is_known(client, visit.nurse) { "" } else { "*" };
        if first { format!("[{short}]{star}") } else { format!(" {short}{star}") }
    }

    /// Distinct nurses of a client in some days.
    fn faces(&self, client: usize, days: &Range<u16>) -> usize {
        let visits = self.report.reading.visits[client].iter();
        visits.filter(|v| days.contains(&v.day)).map(|v| v.nurse).collect::<BTreeSet<_>>().len()
    }

    /// The lines of one client; none without a visit, planned or left out, in this week.
    fn client_lines(&self, client: usize) -> Vec<(String, Vec<String>)> {
        let care = &self.report.reading.document.clients[client].care;
        let line = |(number, line): (usize, &crate::model::document::Care)| {
            let cells: Vec<String> = self.days().map(|day| self.cell(client, number, day)).collect();
            cells.iter().any(|cell| cell != " .").then(|| (clean(&line.id), cells))
        };
        care.iter().enumerate().filter_map(line).collect()
    }

    fn legend(&self) -> String {
        let weeks = self.report.reading.document.history.weeks;
        let known = count(usize::from(weeks), "week");
        let marks = format!(
            "[nurse] is the client's first nurse; * a new face: not met in the {known} before the first day; \
             ! a visit left out; . no visit that day. faces: different nurses this week{}.",
            if self.report.weeks() > 1 { "; in all: over all weeks" } else { "" }
        );
        filled("", &marks) + &in_columns("  ", &self.report.nurse_legend())
    }
}

impl fmt::Display for WeekView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reading = &self.report.reading;
        let clients = 0..reading.document.clients.len();
        let names: Vec<String> = clients.clone().map(|client| reading.client_name(client)).collect();
        let tables: Vec<_> = clients.clone().map(|client| self.client_lines(client)).collect();
        let widest = column(names.iter().map(String::as_str), 6, 22);
        let lines = tables.iter().flatten();
        let care = column(lines.map(|(care, _)| care.as_str()), 4, 14);
        let several = self.report.weeks() > 1;
        let all = 0..reading.calendar.days();

        let mut page = self.head();
        page += &format!("{:widest$}  {:care$} ", "client", "care");
        for day in self.days() {
            page += &format!(" {:DAY$}", format!(" {}", short_date(reading.calendar.date(i32::from(day)))));
        }
        page += if several { " faces  in all\n" } else { " faces\n" };
        for (client, lines) in tables.iter().enumerate() {
            for (i, (line, cells)) in lines.iter().enumerate() {
                let name = if i == 0 { names[client].as_str() } else { "" };
                page += &format!("{}  {} ", fit(name, widest), fit(line, care));
                page += &cells.iter().map(|cell| format!(" {cell:DAY$}")).collect::<String>();
                if i == 0 {
                    page += &format!(" {:>5}", self.faces(client, &self.days()));
                    if several {
                        page += &format!("  {:>6}", self.faces(client, &all));
                    }
                }
                page.push('\n');
            }
        }
        let without = tables.iter().filter(|lines| lines.is_empty()).count();
        if without > 0 {
            let verb = if without == 1 { "has" } else { "have" };
            page += &format!("{} {verb} no visit this week.\n", count(without, "client"));
        }
        page += &format!("{}\n{}", rule(super::text::WIDTH), self.legend());
        f.write_str(&trimmed(&page))
    }
}
