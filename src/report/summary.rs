//! The summary: what the plan costs, how continuous it is, where the hours go, what was left out.

use super::left_out::{self, Group};
use super::text::{
    clean, column, cost_minutes, count, cut, filled, fit, heading, hours, long_date, name, short_date,
    signed_hours, trimmed,
};
use super::view::{Report, priority_name};
use super::{circles, leave, wishes};
use crate::model::indicators::{NurseHours, Spread};
use crate::model::{Intention, Price, Unit};
use std::fmt;

/// Cost term by term under the three intentions, continuity, where the hours go, hours against
/// contract, and the visits left out with their reasons. Display it.
pub struct SummaryView<'r> {
    pub(super) report: &'r Report<'r>,
}

/// Twice the columns of the longest bar.
const BAR: usize = 40;

impl Report<'_> {
    /// The cost term by term, continuity, hours, and the visits left out, as text for a terminal. Costs are in minutes
    /// of a nurse's time, times in hours and minutes, weeks count from 1.
    ///
    /// # Complexity
    /// Constant; displaying it is linear in the visits, and in the reasons for those left out.
    pub fn summary_view(&self) -> SummaryView<'_> {
        SummaryView { report: self }
    }
}

impl SummaryView<'_> {
    fn head(&self) -> String {
        let document = self.report.reading.document;
        let title = document.label.as_deref().map_or("The plan".to_owned(), |label| cut(&clean(label), 40));
        let calendar = &self.report.reading.calendar;
        heading(&format!(
            "{title}: {}, {}, {} from {}",
            count(document.nurses.len(), "nurse"),
            count(document.clients.len(), "client"),
            count(usize::from(calendar.days()), "day"),
            long_date(calendar.date(0))
        ))
    }

    fn visits(&self) -> String {
        let counts = &self.report.indicators.visits;
        let left_out = match self.report.unplanned() {
            0 => "none left out".to_owned(),
            all => {
                let of = [
                    (counts.unplanned_vital, "vital"),
                    (counts.unplanned_needed, "needed"),
                    (counts.unplanned_wished, "wished"),
                ];
                let each: Vec<String> =
                    of.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
                format!("{all} left out ({}), see below", each.join(", "))
            }
        };
        format!("{} planned, {left_out}\n\n", count(counts.planned as usize, "visit"))
    }

    fn cost(&self) -> String {
        let cost = &self.report.checked.cost;
        let prices = &self.report.reading.document.prices;
        let mut out = heading(&format!(
            "{:61}{:>10}   price in minutes",
            "What the plan costs, in minutes of a nurse's time", "minutes"
        ));
        for intention in Intention::ALL {
            let sum = intention.terms().map(|term| cost[term]).sum();
            out += &format!("{:61}{:>10}\n", intention.name(), cost_minutes(sum));
            for term in intention.terms() {
                let (minutes, price) = (cost_minutes(cost[term]), priced(prices.of(term), term.unit()));
                out += &format!("  {:16} {:42}{minutes:>10}   {price}\n", term.name(), term.words());
            }
        }
        out + &format!("{:61}{:>10}\n\n", "Total", cost_minutes(cost.total()))
    }

    fn continuity(&self) -> String {
        let team = &self.report.indicators.continuity;
        let weeks = self.report.reading.document.history.weeks;
        let new = format!("nurses not met in the {} before", count(usize::from(weeks), "week"));
        let share = Format::Percent;
        let rows: [(&str, &str, &Spread, Format); 11] = [
            ("faces", "different nurses of a client", &team.faces, Format::Count),
            ("new faces", &new, &team.new_faces, Format::Count),
            ("COC", "chance that two visits share a nurse", &team.coc, Format::Index),
            ("UPC", "share of visits by the usual nurse", &team.upc, Format::Index),
            ("SECON", "next visit by the same nurse", &team.secon, Format::Index),
            ("K", "1: one nurse; 0: a new one each time", &team.k, Format::Index),
            ("MMCI", "K, damped", &team.mmci, Format::Index),
            ("HHI", "concentration on few nurses", &team.hhi, Format::Index),
            ("entropy", "0: one nurse; 1: a new one each time", &team.entropy, Format::Index),
            ("circle", "visits by the client's circle", &team.circle_share, share),
            ("first nurse", "visits by the first nurse", &team.first_nurse_share, share),
        ];
        let mut out = heading(&format!(
            "{:53}{:>8}{:>12}{:>8}{:>10}",
            "Continuity, one vote for each client", "mean", "bad tenth", "worst", "clients"
        ));
        for (short, words, spread, format) in rows {
            let of = |value: Option<f64>| format.print(value);
            out += &format!(
                "  {short:12} {words:38}{:>8}{:>12}{:>8}{:>10}\n",
                of(spread.mean),
                format.print_one(spread.tenth),
                format.print_one(spread.worst),
                spread.clients
            );
        }
        out + &filled(
            "",
            "bad tenth: one client in ten is at or beyond this. Indices run from 0 to 1, more is better \
             (less of entropy); '-' where nothing can be said: they need two visits.",
        ) + "\n"
    }

    /// Faces against the fewest possible; empty if those are not known.
    fn attainable(&self) -> String {
        let (Some(regret), Some(attainable)) = (self.report.regret(), self.report.attainable()) else {
            return String::new();
        };
        let mean = |value: Option<f64>| Format::Count.print(value);
        let more = regret.faces.zip(regret.possible).map(|(faces, possible)| faces - possible);
        let line = |short: &str, words: &str, cells: [String; 3]| {
            format!("  {short:12} {words:38}{:>8}{:>12}{:>8}\n", cells[0], cells[1], cells[2])
        };
        let mut out = heading(&format!(
            "{:53}{:>8}{:>12}{:>8}",
            "Faces against the fewest possible", "planned", "possible", "more"
        ));
        let of = format!("mean; {} of {} have the fewest", regret.at_least, count(regret.clients, "client"));
        out += &line("faces", &of, [mean(regret.faces), mean(regret.possible), mean(more)]);
        let cost = [regret.cost, regret.least_cost, regret.cost - regret.least_cost];
        let cost = cost.map(|cost| (cost / 60_000).to_string());
        out += &line("cost", "faces and visits left out, in minutes", cost);
        let mut note =
            "possible: the rosters, absences and rules allow no client fewer, and no plan a lower \
             cost; not all clients may have their fewest in one plan."
                .to_owned();
        if regret.with_visits_left_out > 0 {
            let verb = if regret.with_visits_left_out == 1 { "is" } else { "are" };
            let clients = count(regret.with_visits_left_out, "client");
            note += &format!(" {clients} with visits left out that could be made {verb} not compared.");
        }
        let impossible = attainable.clients.iter().map(|client| client.impossible as usize).sum();
        if impossible > 0 {
            let verb = if impossible == 1 { "is" } else { "are" };
            note += &format!(" {} that nobody can make {verb} not counted.", count(impossible, "visit"));
        }
        let unproven = attainable.clients.iter().filter(|client| !client.proven).count();
        if unproven > 0 {
            note += &format!(" Of {} the fewest may be more than found here.", count(unproven, "client"));
        }
        out + &filled("", &note) + "\n"
    }

    fn time(&self) -> String {
        let time = &self.report.indicators.time;
        let rows = [
            ("care", "with clients", time.care),
            ("travel", "on the road, from and to home as well", time.travel),
            ("waiting", "early at the door", time.waiting),
            ("break", "between leaving and the return", time.breaks),
            ("meetings", "meetings, training and role time", time.meetings),
            ("other", "the rest of the shifts, at home or the office", time.other),
        ];
        let rows = rows.into_iter().filter(|&(short, _, seconds)| short != "meetings" || seconds > 0);
        let mut out =
            heading(&format!("{:55}{:>9}{:>9}", "Where the hours of the shifts go", "hours", "share"));
        for (short, words, seconds) in rows {
            let share = (time.shift > 0).then(|| seconds as f64 / time.shift as f64);
            let bar = "#".repeat((share.unwrap_or(0.0).clamp(0.0, 1.0) * BAR as f64 / 2.0).round() as usize);
            let percent = Format::Percent1.print(share);
            out += &format!("  {short:8} {words:44}{:>9}{percent:>9}  {bar}\n", hours(seconds));
        }
        let all = Format::Percent1.print((time.shift > 0).then_some(1.0));
        out += &format!("  {:53}{:>9}{all:>9}", "shifts", hours(time.shift));
        out += &match time.overtime {
            0 => "\n".to_owned(),
            overtime => format!("  {} of it overtime\n", hours(overtime)),
        };
        out += &format!("  {:53}{:>9}\n\n", "paid", hours(time.paid));
        let paid = Format::Percent1.print(time.client_facing_paid.map(|percent| percent / 100.0));
        let shift = Format::Percent1.print(time.client_facing_shift.map(|percent| percent / 100.0));
        out += &format!("  {:62}{paid:>11}\n", "Client-facing share of paid time");
        out += &filled(
            "    ",
            "For orientation: Buurtzorg 61 %, Dutch mean 51 % (KPMG). Those are of all paid hours, with the \
             meetings, training and administration outside these shifts; over all of its paid hours this \
             team's share is lower than the figure above.",
        );
        out += &format!("  {:62}{shift:>11}\n", "Client-facing share of shift time");
        out + "\n"
    }

    /// Hours against contract; nothing where no nurse has a contract.
    fn hours(&self) -> String {
        let report = self.report;
        let weeks = usize::from(report.weeks());
        let document = report.reading.document;
        let rows: Vec<&[NurseHours]> = report
            .indicators
            .hours
            .chunks(weeks)
            .filter(|of| of.iter().any(|h| h.contract.is_some()))
            .collect();
        if rows.is_empty() {
            return String::new();
        }
        let label = |id: &str| {
            let found = document.nurses.iter().find(|nurse| nurse.id == id);
            name(id, found.and_then(|nurse| nurse.label.as_deref()))
        };
        let names: Vec<String> = rows.iter().map(|of| label(&of[0].nurse)).collect();
        let widest = column(names.iter().map(String::as_str), 12, 22);
        let mut head = format!(
            "{:w$}  {:>8}{:>10}{:>12}",
            "Hours against contract",
            "paid",
            "contract",
            "difference",
            w = widest + 2
        );
        if weeks > 1 {
            head += "   ";
            head += &(1..=weeks).map(|week| format!("{:>8}", format!("week {week}"))).collect::<String>();
        }
        let mut out = heading(&head);
        for (name, weeks_of) in names.iter().zip(&rows) {
            let paid: i64 = weeks_of.iter().map(|week| week.paid).sum();
            let contract: i64 = weeks_of.iter().filter_map(|week| week.contract).sum();
            let sums = [hours(paid), hours(contract), signed_hours(paid - contract)];
            out += &format!("  {}  {:>8}{:>10}{:>12}", fit(name, widest), sums[0], sums[1], sums[2]);
            if weeks > 1 {
                out += "   ";
                for week in *weeks_of {
                    let difference = week.contract.map(|contract| signed_hours(week.paid - contract));
                    out += &format!("{:>8}", difference.unwrap_or_default());
                }
            }
            out.push('\n');
        }
        out + "\n"
    }

    /// Every meeting that a nurse misses, and why.
    fn missed(&self) -> String {
        let reading = &self.report.reading;
        if reading.missed.is_empty() {
            return String::new();
        }
        let mut out = heading("Meetings missed: this plan must not be carried out as it is");
        for missed in reading.missed {
            let nurse = reading.document.nurses.iter().position(|nurse| nurse.id == missed.nurse);
            let nurse = nurse.map_or_else(|| clean(&missed.nurse), |nurse| reading.nurse_name(nurse));
            let meeting = reading.meeting_name(&missed.meeting);
            let why = if missed.why.is_empty() { "the plan gives no reason" } else { &missed.why };
            out += &filled("", &format!("{}: {meeting}, {nurse}: {}", short_date(missed.date), clean(why)));
        }
        out + "\n"
    }

    /// Every visit left out, with the reason for each nurse. Nurses with the same reason share a line, and so do days.
    fn left_out(&self) -> String {
        let unplanned = &self.report.reading.unplanned;
        if unplanned.is_empty() {
            return String::new();
        }
        let mut out = heading("Visits left out, and why no nurse can make them");
        for group in left_out::groups(unplanned) {
            out += &self.left_out_visits(&group);
        }
        out
    }

    fn left_out_visits(&self, group: &Group<'_>) -> String {
        let left_out = group.first;
        let reading = &self.report.reading;
        let line = &reading.document.clients[left_out.client].care[left_out.care];
        let visit = format!(
            "{}: {}, {} ({}), start {} to {}",
            group.dates(|day| short_date(reading.calendar.date(i32::from(day)))),
            reading.client_name(left_out.client),
            clean(&line.id),
            priority_name(line.priority),
            line.window.from,
            line.window.to
        );
        let mut out = filled("", &visit);
        let reasons = left_out.unplanned.by_reason();
        if reasons.is_empty() {
            out += "    the plan gives no reason\n";
        }
        for (reason, nurses) in reasons {
            let nurses: Vec<String> = nurses.into_iter().map(clean).collect();
            out += &filled("    ", &format!("{}: {}", nurses.join(", "), clean(&reason.to_string())));
        }
        if let Some((nurse, mend)) = group.mend() {
            out += &filled("    ", &format!("first try ({}): {mend}", clean(nurse)));
        }
        out
    }
}

impl fmt::Display for SummaryView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pieces = [
            self.head(),
            self.visits(),
            self.missed(),
            wishes::block(&self.report.reading),
            self.cost(),
            self.continuity(),
            self.attainable(),
            leave::block(self.report),
            circles::block(self.report),
            self.time(),
            self.hours(),
            self.left_out(),
        ];
        f.write_str(&trimmed(&pieces.concat()))
    }
}

/// How a figure is printed; `-` where there is none.
#[derive(Clone, Copy)]
enum Format {
    Count,
    Index,
    Percent,
    Percent1,
}

impl Format {
    fn print(self, value: Option<f64>) -> String {
        let Some(value) = value else { return "-".to_owned() };
        match self {
            Format::Count | Format::Index => format!("{value:.2}"),
            Format::Percent => format!("{:.0} %", 100.0 * value),
            Format::Percent1 => format!("{:.1} %", 100.0 * value),
        }
    }

    /// The value of a single client. A count is then a whole number.
    fn print_one(self, value: Option<f64>) -> String {
        match (self, value) {
            (Format::Count, Some(value)) => format!("{value:.0}"),
            _ => self.print(value),
        }
    }
}

/// A price with its unit.
fn priced(price: Price, unit: Unit) -> String {
    match price {
        Price::ByPriority(of) => format!("{}, {}, {}", of.vital, of.needed, of.wished),
        Price::Each(price) => format!("{price} a {unit}"),
    }
}
