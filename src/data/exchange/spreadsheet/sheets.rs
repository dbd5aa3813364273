//! The four sheets, row by row, into a document.

use super::cells::{date, days, list, mode, number, priority, time};
use super::columns::{SHEETS, Sheet, Table};
use super::text::{Row, rows};
use crate::error::Mistake;
use crate::model::Document;
use crate::model::document::{
    Care, Client, Days, Horizon, MaxFaces, Nurse, Place, Shift, Straight, TimeOfDay, Travel, Window,
};

/// The content of the four files, with the names by which mistakes call them.
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
}

/// Reads cells of one table and notes what is wrong with them.
struct Reader<'t> {
    table: &'t Table,
    mistakes: &'t mut Vec<Mistake>,
}

impl Reader<'_> {
    fn wrong(&mut self, row: &Row, column: &str, why: &str) {
        self.mistakes.push(self.table.wrong(row, column, why));
    }

    /// A needed value; what stands for it where it is wrong keeps the rest readable.
    fn needed<T>(&mut self, row: &Row, column: &str, read: impl Fn(&str) -> Option<T>, instead: T) -> T {
        let cell = self.table.cell(row, column);
        read(cell).unwrap_or_else(|| {
            self.wrong(row, column, if cell.is_empty() { "is empty" } else { "is not understood" });
            instead
        })
    }

    /// A value that may be left out.
    fn optional<T>(&mut self, row: &Row, column: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let cell = self.table.cell(row, column);
        if cell.is_empty() {
            return None;
        }
        let value = read(cell);
        if value.is_none() {
            self.wrong(row, column, "is not understood");
        }
        value
    }

    fn text(&self, row: &Row, column: &str) -> Option<String> {
        let cell = self.table.cell(row, column);
        (!cell.is_empty()).then(|| cell.to_owned())
    }

    fn place(&mut self, row: &Row) -> Place {
        let lat = self.needed(row, "lat", |cell| number(cell).filter(|lat| lat.abs() <= 90.0), 0.0);
        let lon = self.needed(row, "lon", |cell| number(cell).filter(|lon| lon.abs() <= 180.0), 0.0);
        Place::at(lat, lon)
    }
}

pub(super) fn document(
    files: &Files,
    horizon: Horizon,
    label: Option<String>,
    mistakes: &mut Vec<Mistake>,
    ignored: &mut Vec<String>,
) -> Document {
    let [clients, care, nurses, shifts] = &SHEETS;
    let mut table = |sheet: &'static Sheet, (name, bytes): (&str, &[u8]), mistakes: &mut Vec<Mistake>| {
        Table::new(sheet, name, rows(bytes), mistakes, ignored)
    };
    let clients = table(clients, files.clients, mistakes);
    let care = table(care, files.care, mistakes);
    let nurses = table(nurses, files.nurses, mistakes);
    let shifts = table(shifts, files.shifts, mistakes);
    let mut people = nurses.map(|table| read_nurses(&table, mistakes)).unwrap_or_default();
    let mut cared_for = clients.map(|table| read_clients(&table, mistakes)).unwrap_or_default();
    if let Some(table) = care {
        read_care(&table, &mut cared_for, mistakes);
    }
    if let Some(table) = shifts {
        read_shifts(&table, &mut people, mistakes);
    }
    let travel = Travel::Straight(Straight::default());
    Document { label, ..Document::new(horizon, travel, people, cared_for) }
}

fn read_nurses(table: &Table, mistakes: &mut Vec<Mistake>) -> Vec<Nurse> {
    let mut reader = Reader { table, mistakes };
    let mut all: Vec<Nurse> = Vec::new();
    for row in &table.rows {
        let id = reader.needed(row, "nurse", filled, String::new());
        if !id.is_empty() && all.iter().any(|nurse| nurse.id == id) {
            reader.wrong(row, "nurse", "stands in an earlier row already");
        }
        let nurse = Nurse::new(id, reader.place(row));
        all.push(Nurse {
            label: reader.text(row, "label"),
            level: reader.optional(row, "level", level).unwrap_or(1),
            competences: list(table.cell(row, "competences")),
            mode: reader.optional(row, "mode", mode).unwrap_or_default(),
            contract_hours: reader.optional(row, "contract_hours", number),
            ..nurse
        });
    }
    all
}

fn read_clients(table: &Table, mistakes: &mut Vec<Mistake>) -> Vec<Client> {
    let mut reader = Reader { table, mistakes };
    let mut all: Vec<Client> = Vec::new();
    for row in &table.rows {
        let id = reader.needed(row, "client", filled, String::new());
        if !id.is_empty() && all.iter().any(|client| client.id == id) {
            reader.wrong(row, "client", "stands in an earlier row already");
        }
        let most =
            reader.optional(row, "max_faces", |cell| cell.parse::<u32>().ok().filter(|most| *most > 0));
        all.push(Client {
            label: reader.text(row, "label"),
            first_nurse: reader.text(row, "first_nurse"),
            circle: list(table.cell(row, "circle")),
            forbidden_nurses: list(table.cell(row, "forbidden")),
            max_faces: most.map(|count| MaxFaces { count, hard: false }),
            ..Client::new(id, reader.place(row), Vec::new())
        });
    }
    all
}

fn read_care(table: &Table, clients: &mut [Client], mistakes: &mut Vec<Mistake>) {
    let mut reader = Reader { table, mistakes };
    let mut above = String::new();
    for row in &table.rows {
        let Some(client) = named(&mut reader, row, "client", &mut above, |id| {
            clients.iter().position(|client| client.id == id)
        }) else {
            continue;
        };
        // In the order of the columns, in which mistakes are told.
        let id = reader.needed(row, "care", filled, String::new());
        let days = reader.needed(row, "days", days, Days::Daily);
        let window = Window {
            from: reader.needed(row, "from", time, TimeOfDay::MIDNIGHT),
            to: reader.needed(row, "to", time, TimeOfDay::MIDNIGHT),
        };
        let preferred_start = reader.optional(row, "preferred", time);
        let minutes = reader.needed(row, "minutes", |cell| number(cell).filter(|m| *m > 0.0), 1.0);
        let care = Care {
            preferred_start,
            level: reader.optional(row, "level", level),
            competences: list(table.cell(row, "competences")),
            priority: reader.optional(row, "priority", priority).unwrap_or_default(),
            ..Care::new(id, days, window, minutes)
        };
        if clients[client].care.iter().any(|line| line.id == care.id) {
            reader.wrong(row, "care", "is the word for another line of this client already");
        }
        clients[client].care.push(care);
    }
}

fn read_shifts(table: &Table, nurses: &mut [Nurse], mistakes: &mut Vec<Mistake>) {
    let mut reader = Reader { table, mistakes };
    let mut above = String::new();
    for row in &table.rows {
        let Some(nurse) =
            named(&mut reader, row, "nurse", &mut above, |id| nurses.iter().position(|nurse| nurse.id == id))
        else {
            continue;
        };
        let shift = Shift::new(
            reader.needed(row, "date", date, jiff::civil::Date::ZERO),
            reader.needed(row, "start", time, TimeOfDay::MIDNIGHT),
            reader.needed(row, "end", time, TimeOfDay::MIDNIGHT),
        );
        nurses[nurse].shifts.push(Shift { latest_end: reader.optional(row, "latest_end", time), ..shift });
    }
}

/// The person of a row: the cell, or where it is blank the one of the row above, as merged cells leave it.
fn named(
    reader: &mut Reader,
    row: &Row,
    column: &str,
    above: &mut String,
    find: impl Fn(&str) -> Option<usize>,
) -> Option<usize> {
    let cell = reader.table.cell(row, column);
    if !cell.is_empty() {
        cell.clone_into(above);
    }
    if above.is_empty() {
        reader.wrong(row, column, "is empty, and so is the row above");
        return None;
    }
    let found = find(above);
    if found.is_none() {
        reader.wrong(row, column, &format!("is not in the sheet of {column}s"));
    }
    found
}

fn filled(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn level(cell: &str) -> Option<u8> {
    cell.parse().ok().filter(|level| (1..=9).contains(level))
}
