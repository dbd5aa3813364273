//! The tours of one day, nurse by nurse.

use super::reading::{BreakPlace, GivenShift, ReadTour, break_place};
use super::text::{clock, clocks, column, count, filled, fit, heading, hours, long_date, minutes, trimmed};
use super::view::{Report, priority_name};
use crate::model::document::{Base, Mode};
use crate::model::plan::{PlannedVisit, Stop};
use jiff::civil::Date;
use std::fmt;

/// The tours of the shifts that start on one day: leaving, visits, the break, the return; then the
/// shifts without a tour and the visits left out. Display it.
pub struct DayView<'r> {
    pub(super) report: &'r Report<'r>,
    pub(super) day: u16,
}

/// One line of a tour.
struct Row {
    time: String,
    what: String,
    care: String,
    travel: i64,
    waiting: i64,
}

impl Report<'_> {
    /// The tours of the shifts that start on a day, nurse by nurse, as text for a terminal of 96 columns or more;
    /// `None` for a date outside the horizon. Times are those of the team's clock; `+1` marks those of the next day.
    ///
    /// # Complexity
    /// Constant; displaying it is linear in the visits.
    pub fn day_view(&self, date: Date) -> Option<DayView<'_>> {
        let day = self.reading.calendar.day(date)?;
        Some(DayView { report: self, day })
    }
}

impl DayView<'_> {
    fn date(&self) -> Date {
        self.report.reading.calendar.date(i32::from(self.day))
    }

    fn head(&self, tours: &[(&GivenShift, &ReadTour)]) -> String {
        let visits: usize = tours.iter().map(|(_, tour)| tour.tour.visits().count()).sum();
        let days = self.report.reading.calendar.days();
        let date = long_date(self.date());
        let counts = format!("{}, {}", count(tours.len(), "tour"), count(visits, "visit"));
        heading(&format!("{date} (day {} of {days}): {counts}", self.day + 1))
    }

    fn shift_times(&self, shift: &GivenShift) -> String {
        clocks(&self.report.reading.calendar, shift.start, shift.end, self.date())
    }

    fn tour_rows(&self, shift: &GivenShift, tour: &ReadTour) -> Vec<Row> {
        let reading = &self.report.reading;
        let at = |seconds| clock(&reading.calendar, seconds, self.date());
        let from_to = |from, to| clocks(&reading.calendar, from, to, self.date());
        let row = |time, what: &str| Row {
            time,
            what: what.to_owned(),
            care: String::new(),
            travel: 0,
            waiting: 0,
        };
        let late = match shift.overtime() {
            0 => String::new(),
            seconds => format!(", {} after the shift", minutes(seconds)),
        };
        let [from_office, to_office] = shift.bases.map(|base| base == Base::Office);
        let leaves = if from_office { "leaves the office" } else { "leaves" };
        let is_back = if to_office { "is back at the office" } else { "is back" };
        let mut rows = vec![row(at(tour.leave), leaves)];
        let mut back = row(at(tour.back), &format!("{is_back}{late}"));
        back.travel = tour.travel - tour.tour.legs().sum::<i64>();
        let mut after = None;
        let mut free_from = tour.leave;
        for (i, stop) in tour.tour.stops.iter().enumerate() {
            match stop {
                Stop::Visit(visit) => {
                    let start = reading.calendar.elapsed(visit.start);
                    let end = reading.calendar.elapsed(visit.end);
                    rows.push(Row {
                        time: from_to(start, end),
                        what: self.client_of(visit),
                        care: super::text::clean(&visit.care),
                        travel: visit.travel_seconds,
                        waiting: start - free_from - visit.travel_seconds,
                    });
                    free_from = end;
                }
                Stop::Meeting(meeting) => {
                    let start = reading.calendar.elapsed(meeting.start);
                    let end = reading.calendar.elapsed(meeting.end);
                    rows.push(Row {
                        travel: meeting.travel_seconds,
                        waiting: start - free_from - meeting.travel_seconds,
                        ..row(from_to(start, end), &reading.meeting_name(&meeting.meeting))
                    });
                    free_from = end;
                }
                Stop::Break(taken) => {
                    let start = reading.calendar.elapsed(taken.start);
                    let end = reading.calendar.elapsed(taken.end);
                    let time = from_to(start, end);
                    match break_place(tour.tour, i, taken, &reading.calendar) {
                        BreakPlace::BeforeLeaving => rows.insert(0, row(time, "break, before leaving")),
                        BreakPlace::AfterReturn => after = Some(row(time, "break, after the return")),
                        BreakPlace::OnTour => {
                            rows.push(Row { waiting: start - free_from, ..row(time, "break") });
                            free_from = end;
                        }
                    }
                }
            }
        }
        back.waiting = tour.back - free_from - back.travel;
        rows.push(back);
        rows.extend(after);
        rows
    }

    fn client_of(&self, visit: &PlannedVisit) -> String {
        let clients = &self.report.reading.document.clients;
        let found = clients.iter().find(|client| client.id == visit.client);
        super::text::name(&visit.client, found.and_then(|client| client.label.as_deref()))
    }

    /// Shifts that start on this day without a tour, in one sentence.
    fn idle(&self) -> String {
        let reading = &self.report.reading;
        let today = reading.shifts.iter().filter(|shift| shift.day == self.day && shift.tour.is_none());
        let each =
            |shift: &GivenShift| format!("{} {}", reading.nurse_name(shift.nurse), self.shift_times(shift));
        let idle: Vec<String> = today.map(each).collect();
        match idle.is_empty() {
            true => String::new(),
            false => filled("", &format!("No visits in the shifts of: {}.", idle.join("; "))) + "\n",
        }
    }

    /// The visits of this day that were left out.
    fn left_out(&self) -> String {
        let reading = &self.report.reading;
        let lines: String = reading
            .unplanned
            .iter()
            .filter(|left_out| left_out.day == self.day)
            .map(|left_out| {
                let line = &reading.document.clients[left_out.client].care[left_out.care];
                let care = super::text::clean(&line.id);
                let client = reading.client_name(left_out.client);
                filled("  ", &format!("{client}, {care} ({})", priority_name(line.priority)))
            })
            .collect();
        if lines.is_empty() { lines } else { format!("Left out, see the summary for the reasons:\n{lines}") }
    }
}

impl fmt::Display for DayView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reading = &self.report.reading;
        let tours: Vec<_> = reading.tours().filter(|(shift, _)| shift.day == self.day).collect();
        let tables: Vec<Vec<Row>> = tours.iter().map(|(shift, tour)| self.tour_rows(shift, tour)).collect();
        let rows = || tables.iter().flatten();
        let time = column(rows().map(|row| row.time.as_str()), 11, 17);
        let what = column(rows().map(|row| row.what.as_str()), 24, 40);
        let care = column(rows().map(|row| row.care.as_str()), 12, 20);
        let mut page = self.head(&tours);
        for ((shift, tour), rows) in tours.iter().zip(&tables) {
            let nurse = reading.nurse_name(shift.nurse);
            let on_the_road = by(reading.document.nurses[shift.nurse].mode);
            page += &filled("", &format!("{nurse}: shift {}, {on_the_road}", self.shift_times(shift)));
            page += &format!("  {:time$}  {:what$}  {:care$}  travel  waiting\n", "time", "client", "care");
            for row in rows {
                page += &format!("  {:time$}  ", row.time);
                page += &format!("{}  {}  ", fit(&row.what, what), fit(&row.care, care));
                page += &format!("{:>6}  {:>7}\n", minutes(row.travel), minutes(row.waiting));
            }
            page += &format!(
                "  {:time$}  care {}, travel {}, waiting {}, break {}{}\n\n",
                "in all",
                hours(tour.care),
                hours(tour.travel),
                hours(tour.waiting),
                hours(tour.inner_break),
                if tour.meetings > 0 {
                    format!(", meetings {}", hours(tour.meetings))
                } else {
                    String::new()
                }
            );
        }
        if rows().any(|row| row.time.contains('+')) {
            page += "+1: on the next day\n\n";
        }
        page += &self.idle();
        page += &self.left_out();
        f.write_str(&trimmed(&page))
    }
}

/// How a nurse travels, in words.
fn by(mode: Mode) -> &'static str {
    match mode {
        Mode::Walk => "on foot",
        Mode::Bicycle => "by bicycle",
        Mode::Car => "by car",
    }
}
