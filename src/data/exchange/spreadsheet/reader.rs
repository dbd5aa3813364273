//! Reads the cells of a sheet and notes what is wrong with them.

use super::cells::{Read, degrees};
use super::table::Table;
use super::text::Row;
use crate::error::Mistake;
use crate::model::document::Place;

pub(super) struct Reader<'t> {
    pub(super) table: &'t Table,
    pub(super) mistakes: &'t mut Vec<Mistake>,
    /// The person whom the rows above are about.
    above: Above,
}

/// The person whom the rows above are about. Rows that name nobody are about the same person.
#[derive(Default)]
struct Above {
    id: String,
    at: Option<usize>,
    /// Rows that were filled from above.
    filled: Vec<usize>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(table: &'t Table, mistakes: &'t mut Vec<Mistake>) -> Self {
        Self { table, mistakes, above: Above::default() }
    }

    pub(super) fn wrong(&mut self, row: &Row, column: &str, why: &str) {
        self.mistakes.push(self.table.wrong(row, column, why));
    }

    /// A value that the sheet must give. Where it is wrong, `instead` takes its place, so that the rest can still be
    /// read. A missing column was reported before.
    pub(super) fn needed<T>(
        &mut self,
        row: &Row,
        column: &str,
        read: impl Fn(&str) -> Read<T>,
        instead: T,
    ) -> T {
        if self.table.has(column) && self.table.cell(row, column).is_empty() {
            self.wrong(row, column, "is empty");
        }
        self.optional(row, column, read).unwrap_or(instead)
    }

    /// A value that may be left out.
    pub(super) fn optional<T>(
        &mut self,
        row: &Row,
        column: &str,
        read: impl Fn(&str) -> Read<T>,
    ) -> Option<T> {
        let cell = self.table.cell(row, column);
        if cell.is_empty() {
            return None;
        }
        read(cell).map_err(|why| self.wrong(row, column, &why)).ok()
    }

    pub(super) fn text(&self, row: &Row, column: &str) -> Option<String> {
        let cell = self.table.cell(row, column);
        (!cell.is_empty()).then(|| cell.to_owned())
    }

    /// The place of a person: the coordinates of the row; all else as in a known document.
    pub(super) fn place(&mut self, row: &Row, known: Option<&Place>) -> Place {
        let lat = self.needed(row, "lat", |cell| degrees(cell, 90.0), 0.0);
        let lon = self.needed(row, "lon", |cell| degrees(cell, 180.0), 0.0);
        Place { lat: Some(lat), lon: Some(lon), ..known.cloned().unwrap_or_default() }
    }

    /// The person of a row: the cell or, where it is blank, the person of the row above, as merged cells leave it. A
    /// person who is not in the sheet of people is reported once, not again for each row below.
    pub(super) fn person<'i>(
        &mut self,
        row: &Row,
        column: &str,
        mut ids: impl Iterator<Item = &'i str> + Clone,
    ) -> Option<usize> {
        let cell = self.table.cell(row, column);
        if cell.is_empty() && self.above.id.is_empty() {
            if self.table.has(column) {
                self.wrong(row, column, "is empty, and so is the row above");
            }
            return None;
        }
        if cell.is_empty() {
            self.above.filled.push(row.number);
            return self.above.at;
        }
        cell.clone_into(&mut self.above.id);
        self.above.at = ids.clone().position(|id| id == cell);
        if self.above.at.is_none() {
            let near = ids.find(|id| id.to_lowercase() == cell.to_lowercase());
            let hint = near.map(|id| format!("; did you mean {id:?}?")).unwrap_or_default();
            self.wrong(row, column, &format!("is not in the sheet of {column}s{hint}"));
        }
        self.above.at
    }

    /// A note about the rows that took their person from the row above.
    pub(super) fn filled(&self, column: &str) -> Option<String> {
        /// At most this many rows are named.
        const MOST: usize = 10;
        let rows = &self.above.filled;
        let named: Vec<String> = rows.iter().take(MOST).map(ToString::to_string).collect();
        let more = if rows.len() > MOST { ", ..." } else { "" };
        let (file, count, named) = (&self.table.file, rows.len(), named.join(", "));
        let rows_have = if count == 1 { "row has" } else { "rows have" };
        (count > 0).then(|| {
            format!(
                "{file}: {count} {rows_have} no {column} and took the one of the row above: {named}{more}"
            )
        })
    }
}
