//! Who comes this week: client by client, a column for each day.

use super::names;
use super::reading::ReadVisit;
use super::text::{
    clean, column, count, filled, fit, heading, in_columns, long_date, rule, short_date, trimmed,
};
use super::view::Report;
use crate::model::attainable::ClientAttainable;
use crate::model::weeks::days_of;
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
    /// From 1.
    pub(super) week: u16,
}

impl Report<'_> {
    /// Who comes to whom in one week, as text for a terminal; `None` for a week outside the horizon. Weeks count from
    /// 1, as everywhere: the first seven days of the horizon are week 1. The last week may be short.
    ///
    /// # Complexity
    /// Constant; displaying it is linear in the visits.
    pub fn week_view(&self, week: u16) -> Option<WeekView<'_>> {
        (1..=self.weeks()).contains(&week).then_some(WeekView { report: self, week })
    }
}

impl WeekView<'_> {
    /// Day numbers of the week; the last week may be short.
    fn days(&self) -> Range<u16> {
        days_of(self.week - 1, self.report.reading.calendar.days())
    }

    fn head(&self) -> String {
        let calendar = &self.report.reading.calendar;
        let date = |day: u16| calendar.date(i32::from(day));
        let days = self.days();
        let (first, last) = (long_date(date(days.start)), long_date(date(days.end - 1)));
        let weeks = self.report.weeks();
        let which = if weeks > 1 { format!(" (week {} of {weeks})", self.week) } else { String::new() };
        heading(&format!("Who comes this week: {first} to {last}{which}"))
    }

    /// The cell of a planned visit: the nurse with her marks.
    fn visit_cell(&self, client: usize, visit: &ReadVisit) -> String {
        let reading = &self.report.reading;
        let nurse = &reading.document.nurses[visit.nurse].id;
        let first = reading.document.clients[client].first_nurse.as_ref() == Some(nurse);
        let short = &self.report.short[visit.nurse];
        let new = self.has_history() && !reading.is_known(client, visit.nurse);
        let star = if new { "*" } else { "" };
        if first { format!("[{short}]{star}") } else { format!(" {short}{star}") }
    }

    /// Whether the history window has any visit. Without one every face would have a star, which would say nothing.
    fn has_history(&self) -> bool {
        self.report.reading.past.iter().any(|past| !past.is_empty())
    }

    /// `cells[day]`: care line and cell of each visit of a client, by start; visits left out come last.
    fn cells(&self, client: usize) -> Vec<Vec<(usize, String)>> {
        let reading = &self.report.reading;
        let of_day = |day| {
            let planned = reading.visits[client].iter().filter(|visit| visit.day == day);
            let left_out = reading.left_out_of(client).filter(|v| v.day == day);
            let planned = planned.map(|visit| (visit.care, self.visit_cell(client, visit)));
            planned.chain(left_out.map(|v| (v.care, " !".to_owned()))).collect()
        };
        self.days().map(of_day).collect()
    }

    /// Distinct nurses of a client in some days.
    fn faces(&self, client: usize, days: &Range<u16>) -> usize {
        let visits = self.report.reading.visits[client].iter();
        visits.filter(|v| days.contains(&v.day)).map(|v| v.nurse).collect::<BTreeSet<_>>().len()
    }

    /// The lines of one client; none without a visit, planned or left out, in this week.
    ///
    /// A line for each care line. Where there are many and most have one visit only, a line for the
    /// first visit of each day, one for the second, and so on.
    fn client_lines(&self, client: usize) -> Vec<(String, Vec<String>)> {
        let days = self.cells(client);
        let care = &self.report.reading.document.clients[client].care;
        let visited = |number: &usize| days.iter().flatten().any(|(of, _)| of == number);
        let lines: Vec<usize> = (0..care.len()).filter(visited).collect();
        let most = days.iter().map(Vec::len).max().unwrap_or(0);
        let dot = || " .".to_owned();
        let visits: usize = days.iter().map(Vec::len).sum();
        if lines.len() > 3 && visits < 2 * lines.len() {
            let nth =
                |n: usize| days.iter().map(move |day| day.get(n).map_or_else(dot, |(_, cell)| cell.clone()));
            return (0..most).map(|n| (format!("visit {}", n + 1), nth(n).collect())).collect();
        }
        let under = |day: &Vec<(usize, String)>, line: usize| {
            day.iter().find(|(of, _)| *of == line).map_or_else(dot, |(_, cell)| cell.clone())
        };
        let cells = |line: usize| days.iter().map(|day| under(day, line)).collect();
        lines.into_iter().map(|line| (clean(&care[line].id), cells(line))).collect()
    }

    fn legend(&self) -> String {
        let weeks = count(usize::from(self.report.reading.document.history.weeks), "week");
        let star = if self.has_history() {
            format!("* a new face: not met in the {weeks} before the first day; ")
        } else {
            String::new()
        };
        let several = self.report.weeks() > 1;
        let possible = match self.report.attainable() {
            None => "",
            Some(_) if several => {
                "; possible: no fewer over all weeks can make all visits that the rosters have room for"
            }
            Some(_) => "; possible: no fewer can make all visits that the rosters have room for",
        };
        let marks = format!(
            "[nurse] is the client's first nurse; {star}! a visit left out; . no visit that day. \
             faces: different nurses this week{}{possible}.",
            if several { "; in all: over all weeks" } else { "" }
        );
        filled("", &marks) + &in_columns("  ", &self.report.nurse_legend())
    }
}

/// The fewest faces possible; `-` where nobody can come.
fn fewest(found: &ClientAttainable) -> String {
    found.faces.map_or_else(|| "-".to_owned(), |faces| faces.to_string())
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
        page += if several { " faces  in all" } else { " faces" };
        page += if self.report.attainable().is_some() { "  possible\n" } else { "\n" };
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
                    if let Some(found) = self.report.attainable_of(client) {
                        page += &format!("  {:>8}", fewest(found));
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
