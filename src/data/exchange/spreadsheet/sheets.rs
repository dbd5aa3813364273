//! Reads the sheets, row by row, into a document.

use super::cells::{count, gap, hours, level, list, minutes, mode, priority, time, weeks, within, word};
use super::columns::SHEETS;
use super::days::{days, wished_off};
use super::known::{Said, keep_what_fits};
use super::origin::Origins;
use super::reader::Reader;
use super::table::Table;
use super::text::rows;
use crate::data::dates::read_date;
use crate::error::Mistake;
use crate::model::Document;
use crate::model::document::{
    Absence, Away, Care, Client, Days, Horizon, MaxFaces, Nurse, Place, RegularHour, Shift, TimeOfDay,
    Travel, Window,
};
use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::FxHashSet;

/// The sheets to read, each as the name that mistakes use for it and the bytes of the file: CSV in UTF-8, UTF-16 or
/// Windows-1252, with commas, semicolons or tabs. [`SHEETS`](super::SHEETS) has their columns.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// One row for each client.
    pub clients: (&'a str, &'a [u8]),
    /// One row for each care line.
    pub care: (&'a str, &'a [u8]),
    /// One row for each nurse.
    pub nurses: (&'a str, &'a [u8]),
    /// One row for each shift.
    pub shifts: (&'a str, &'a [u8]),
    /// Days on which nurses are away, where there is such a sheet.
    pub absences: Option<(&'a str, &'a [u8])>,
    /// Days on which clients are away, where there is such a sheet.
    pub away: Option<(&'a str, &'a [u8])>,
}

/// What the sheets became, before it is validated.
pub(super) struct Sheets {
    pub(super) document: Document,
    pub(super) origins: Origins,
    pub(super) mistakes: Vec<Mistake>,
    pub(super) ignored: Vec<String>,
    pub(super) notes: Vec<String>,
    /// What comes from the sheets and not from a known document.
    said: Said,
    /// Whether every sheet has its needed columns. If not, other parts may be missing only for this reason.
    pub(super) is_whole: bool,
}

/// Reads one sheet into the document.
type Part = fn(&mut Sheets, &Table, Option<&Document>);

/// Reads the sheets. What they do not say comes from a known document: the history, agreements, prices and streets and,
/// of the people whom the sheets name, what no column holds.
pub(super) fn read(
    files: &Files,
    horizon: Horizon,
    label: Option<String>,
    known: Option<&Document>,
) -> Sheets {
    let document = match known {
        Some(known) => Document {
            horizon,
            label: label.or_else(|| known.label.clone()),
            nurses: Vec::new(),
            clients: Vec::new(),
            ..known.clone()
        },
        None => {
            let travel = Travel::straight();
            Document { label, ..Document::new(horizon, travel, Vec::new(), Vec::new()) }
        }
    };
    let mut sheets = Sheets {
        document,
        origins: Origins::default(),
        mistakes: Vec::new(),
        ignored: Vec::new(),
        notes: Vec::new(),
        said: Said::default(),
        is_whole: true,
    };
    let [clients, care, nurses, shifts, absences, away] = &SHEETS;
    let parts: [(_, _, Part); 6] = [
        (clients, Some(files.clients), Sheets::clients),
        (nurses, Some(files.nurses), Sheets::nurses),
        (care, Some(files.care), Sheets::care),
        (shifts, Some(files.shifts), Sheets::shifts),
        (absences, files.absences, Sheets::absences),
        (away, files.away, Sheets::away),
    ];
    for (sheet, file, read) in parts {
        let Some((name, bytes)) = file else { continue };
        let table = Table::new(sheet, name, rows(bytes), &mut sheets.mistakes, &mut sheets.ignored);
        sheets.is_whole &= table.as_ref().is_some_and(Table::is_whole);
        if let Some(table) = table {
            read(&mut sheets, &table, known);
            sheets.origins.keep(table);
        }
    }
    if known.is_some() {
        let notes = keep_what_fits(&mut sheets.document, sheets.said);
        sheets.notes.extend(notes);
    }
    sheets
}

impl Sheets {
    fn nurses(&mut self, table: &Table, known: Option<&Document>) {
        let mut reader = Reader::new(table, &mut self.mistakes);
        let all = &mut self.document.nurses;
        for row in &table.rows {
            let id = reader.needed(row, "nurse", word, String::new());
            if !id.is_empty() && all.iter().any(|nurse| nurse.id == id) {
                reader.wrong(row, "nurse", "stands in an earlier row already; name each once");
            }
            let before = known.and_then(|known| known.nurses.iter().find(|nurse| nurse.id == id));
            let home = reader.place(row, before.map(|nurse| &nurse.home));
            let mut nurse = before.cloned().unwrap_or_else(|| Nurse::new(id, Place::default()));
            nurse.home = home;
            // Nurses of the sheets get their shifts from the sheets only.
            nurse.shifts.clear();
            nurse.recurring.clear();
            if table.has("label") {
                nurse.label = reader.text(row, "label");
            }
            if table.has("level") {
                nurse.level = reader.optional(row, "level", level).unwrap_or(1);
            }
            if table.has("competences") {
                nurse.competences = list(table.cell(row, "competences"));
            }
            if table.has("mode") {
                nurse.mode = reader.optional(row, "mode", mode).unwrap_or_default();
            }
            if table.has("contract_hours") {
                nurse.contract_hours = reader.optional(row, "contract_hours", hours);
            }
            if table.has("wished_off") {
                nurse.wished_off = reader.optional(row, "wished_off", wished_off).unwrap_or_default();
            }
            self.origins.add(format!("nurses[{}]", all.len()), table, row.number);
            all.push(nurse);
        }
    }

    fn clients(&mut self, table: &Table, known: Option<&Document>) {
        let [first_nurse, circle, forbidden] =
            ["first_nurse", "circle", "forbidden"].map(|name| table.has(name));
        self.said = Said { first_nurse, circle, forbidden, ..self.said };
        let mut reader = Reader::new(table, &mut self.mistakes);
        let all = &mut self.document.clients;
        for row in &table.rows {
            let id = reader.needed(row, "client", word, String::new());
            if !id.is_empty() && all.iter().any(|client| client.id == id) {
                reader.wrong(row, "client", "stands in an earlier row already; name each once");
            }
            let before = known.and_then(|known| known.clients.iter().find(|client| client.id == id));
            let location = reader.place(row, before.map(|client| &client.location));
            let mut client = before.cloned().unwrap_or_else(|| Client::new(id, Place::default(), Vec::new()));
            client.location = location;
            client.care.clear();
            if table.has("label") {
                client.label = reader.text(row, "label");
            }
            if table.has("first_nurse") {
                client.first_nurse = reader.text(row, "first_nurse");
            }
            if table.has("circle") {
                client.circle = list(table.cell(row, "circle"));
            }
            if table.has("forbidden") {
                client.forbidden_nurses = list(table.cell(row, "forbidden"));
            }
            if table.has("max_faces") {
                let hard = client.max_faces.as_ref().is_some_and(|most| most.hard);
                let most = reader.optional(row, "max_faces", count);
                client.max_faces = most.map(|count| MaxFaces { count, hard });
            }
            self.origins.add(format!("clients[{}]", all.len()), table, row.number);
            all.push(client);
        }
    }

    fn care(&mut self, table: &Table, known: Option<&Document>) {
        let mut reader = Reader::new(table, &mut self.mistakes);
        let clients = &mut self.document.clients;
        let mut seen = FxHashSet::default();
        for row in &table.rows {
            let before = reader.mistakes.len();
            let client = reader.person(row, "client", clients.iter().map(|client| client.id.as_str()));
            // The cells are read in the order of the columns, so that mistakes are reported in this order.
            let id = reader.needed(row, "care", word, String::new());
            let mut days = reader.needed(row, "days", days, Days::Daily);
            let days_are_read = reader.mistakes.len() == before;
            let window = Window {
                from: reader.needed(row, "from", time, TimeOfDay::MIDNIGHT),
                to: reader.needed(row, "to", time, TimeOfDay::MIDNIGHT),
            };
            let minutes = reader.needed(row, "minutes", minutes, 1.0);
            let preferred_start = reader.optional(row, "preferred", time);
            let level = reader.optional(row, "level", level);
            if let Some(gap) = reader.optional(row, "gap", gap) {
                match &mut days {
                    Days::PerWeek(times) => times.min_gap = gap,
                    _ if days_are_read => {
                        let why = "is for a number of times a week; write 3 a week as days, or leave it out";
                        reader.wrong(row, "gap", why);
                    }
                    _ => {}
                }
            }
            let every_weeks = reader.optional(row, "every_weeks", weeks);
            let since = reader.optional(row, "since", read_date);
            let regular_hour = reader.optional(row, "regular_hour", within);
            let priority = reader.optional(row, "priority", priority);
            let Some(client) = client else { continue };
            let of = known.and_then(|known| known.clients.iter().find(|of| of.id == clients[client].id));
            let line = of.and_then(|client| client.care.iter().find(|care| care.id == id));
            let mut care = Care {
                days,
                window,
                minutes,
                ..match line {
                    Some(line) => line.clone(),
                    None => Care::new(id, Days::Daily, window, minutes),
                }
            };
            if table.has("preferred") {
                care.preferred_start = preferred_start;
            }
            if table.has("since") {
                care.from = since;
            }
            if table.has("every_weeks") {
                care.every_weeks = every_weeks.unwrap_or(1);
                if care.every_weeks > 1 && care.from.is_none() {
                    reader.wrong(row, "every_weeks", "needs the first day; write it in the column since");
                }
            }
            if table.has("regular_hour") {
                let hard = care.regular_hour.is_some_and(|regular| regular.hard);
                care.regular_hour = regular_hour.map(|within_minutes| RegularHour { within_minutes, hard });
            }
            if table.has("level") {
                care.level = level;
            }
            if table.has("competences") {
                care.competences = list(table.cell(row, "competences"));
            }
            if table.has("priority") {
                care.priority = priority.unwrap_or_default();
            }
            if !care.id.is_empty() && !seen.insert((client, care.id.clone())) {
                let why = "is the word for another line of this client already; take another word";
                reader.wrong(row, "care", why);
            }
            let lines = &mut clients[client].care;
            // A care line with mistakes would only cause more of them later.
            if reader.mistakes.len() == before {
                self.origins.add(format!("clients[{client}].care[{}]", lines.len()), table, row.number);
                lines.push(care);
            }
        }
        self.notes.extend(reader.filled("client"));
    }

    fn shifts(&mut self, table: &Table, _known: Option<&Document>) {
        let horizon = &self.document.horizon;
        let (first_day, days) = (horizon.first_day, i64::from(horizon.days));
        let last = first_day.saturating_add((days - 1).days());
        let mut reader = Reader::new(table, &mut self.mistakes);
        let nurses = &mut self.document.nurses;
        // A roster may be longer than the horizon: (row, date) of the shifts outside it, and the number of shifts
        // within.
        let (mut outside, mut within): (Vec<(usize, Date)>, usize) = (Vec::new(), 0);
        for row in &table.rows {
            let before = reader.mistakes.len();
            let nurse = reader.person(row, "nurse", nurses.iter().map(|nurse| nurse.id.as_str()));
            let mut shift = Shift::new(
                reader.needed(row, "date", read_date, Date::ZERO),
                reader.needed(row, "start", time, TimeOfDay::MIDNIGHT),
                reader.needed(row, "end", time, TimeOfDay::MIDNIGHT),
            );
            shift.latest_end = reader.optional(row, "latest_end", time);
            let Some(nurse) = nurse.filter(|_| reader.mistakes.len() == before) else { continue };
            if !(first_day..=last).contains(&shift.date) {
                outside.push((row.number, shift.date));
                continue;
            }
            within += 1;
            let shifts = &mut nurses[nurse].shifts;
            self.origins.add(format!("nurses[{nurse}].shifts[{}]", shifts.len()), table, row.number);
            shifts.push(shift);
        }
        let filled = reader.filled("nurse");
        self.notes.extend(filled);
        let Some(&(row, date)) = outside.first() else { return };
        let earliest = outside.iter().map(|(_, date)| *date).min().unwrap_or(date);
        let plan = format!("the days to plan, {first_day} to {last}");
        if within == 0 {
            let shifts = match outside.len() {
                1 => "its only shift does not lie".to_owned(),
                number => format!("none of its {number} shifts lies"),
            };
            let problem = format!("{shifts} within {plan}");
            let mend = format!(
                "add shifts of these days, or mend the first day; the earliest shift is on {earliest}"
            );
            self.mistakes.push(Mistake::new(&table.file, problem, mend));
        } else {
            let shifts = if outside.len() == 1 { "shift" } else { "shifts" };
            self.notes.push(format!(
                "{}: {} {shifts} outside {plan}, left out; the first: row {row}, {date}",
                table.file,
                outside.len()
            ));
        }
    }

    fn absences(&mut self, table: &Table, _known: Option<&Document>) {
        let mut reader = Reader::new(table, &mut self.mistakes);
        let nurses = &self.document.nurses;
        // The sheet replaces all absences of a known document.
        self.said.absences = true;
        let absences = &mut self.document.agreements.absences;
        absences.clear();
        for row in &table.rows {
            let nurse = reader.person(row, "nurse", nurses.iter().map(|nurse| nurse.id.as_str()));
            let Some((from, until)) = reader.period(row) else { continue };
            let Some(nurse) = nurse else { continue };
            self.origins.add(format!("agreements.absences[{}]", absences.len()), table, row.number);
            absences.push(Absence { nurse: nurses[nurse].id.clone(), from, until });
        }
        self.notes.extend(reader.filled("nurse"));
    }

    fn away(&mut self, table: &Table, _known: Option<&Document>) {
        let mut reader = Reader::new(table, &mut self.mistakes);
        let clients = &mut self.document.clients;
        clients.iter_mut().for_each(|client| client.away.clear());
        for row in &table.rows {
            let client = reader.person(row, "client", clients.iter().map(|client| client.id.as_str()));
            let Some((from, until)) = reader.period(row) else { continue };
            let Some(client) = client else { continue };
            let away = &mut clients[client].away;
            self.origins.add(format!("clients[{client}].away[{}]", away.len()), table, row.number);
            away.push(Away { from, until });
        }
        self.notes.extend(reader.filled("client"));
    }
}

impl Reader<'_> {
    /// First and last day of a row.
    fn period(&mut self, row: &super::text::Row) -> Option<(Date, Date)> {
        let before = self.mistakes.len();
        let from = self.needed(row, "from", read_date, Date::ZERO);
        let until = self.optional(row, "until", read_date).unwrap_or(from);
        (self.mistakes.len() == before).then_some((from, until))
    }
}
