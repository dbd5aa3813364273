//! A sheet whose headings were found: rows, and cells by the names of columns.

use super::columns::{Column, Sheet};
use super::text::Row;
use crate::error::Mistake;

/// A sheet with its rows and where each column stands.
pub(super) struct Table {
    pub file: String,
    pub rows: Vec<Row>,
    pub sheet: &'static Sheet,
    /// `at[column]`: its place in the file.
    at: Vec<Option<usize>>,
}

/// The headings are looked for in this many rows from the top, since a title may stand above them.
const HEADINGS_WITHIN: usize = 10;

impl Table {
    /// Finds the headings; `None`, with the mistake noted, where there are none. A needed column that is missing is
    /// reported here once, rather than in each row.
    pub fn new(
        sheet: &'static Sheet,
        file: &str,
        rows: Vec<Row>,
        mistakes: &mut Vec<Mistake>,
        ignored: &mut Vec<String>,
    ) -> Option<Self> {
        let find = |row: &Row| -> Vec<Option<usize>> {
            let places = |column: &Column| row.cells.iter().position(|cell| column.is_called(cell));
            sheet.columns.iter().map(places).collect()
        };
        let needed = |at: &[Option<usize>]| {
            let found = sheet.columns.iter().zip(at).filter(|(column, at)| column.is_needed && at.is_some());
            found.count()
        };
        // The headings are the row near the top that has most of the needed ones; the first of several such rows.
        let candidates = rows.iter().take(HEADINGS_WITHIN).enumerate();
        let best =
            candidates.map(|(i, row)| (i, find(row))).max_by_key(|(i, at)| (needed(at), usize::MAX - i));
        let Some((head, at)) = best.filter(|(_, at)| needed(at) > 0) else {
            let names: Vec<&str> = sheet.columns.iter().filter(|c| c.is_needed).map(|c| c.name).collect();
            let mend = format!("begin with a row of headings: {}", names.join(", "));
            mistakes.push(Mistake::new(file, "no headings found", mend));
            return None;
        };
        for (column, at) in sheet.columns.iter().zip(&at) {
            if column.is_needed && at.is_none() {
                let place = format!("{file} row {}", rows[head].number);
                let problem = format!("no column {}", column.name);
                mistakes.push(Mistake::new(place, problem, format!("add it: {}", column.guide)));
            }
        }
        for (i, cell) in rows[head].cells.iter().enumerate() {
            if !cell.is_empty() && !at.contains(&Some(i)) {
                ignored.push(format!("{file}: {}", cell.chars().take(40).collect::<String>()));
            }
        }
        let rows = rows.into_iter().skip(head + 1).collect();
        Some(Self { file: file.to_owned(), rows, sheet, at })
    }

    /// The cell of a column in a row; empty where the sheet does not have it.
    pub fn cell<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        self.place(name).map_or("", |at| row.cell(at))
    }

    /// Whether every needed column is there.
    pub fn is_whole(&self) -> bool {
        self.sheet.columns.iter().all(|column| !column.is_needed || self.has(column.name))
    }

    /// Whether the sheet has a column.
    pub fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    fn place(&self, name: &str) -> Option<usize> {
        let column = self.sheet.columns.iter().position(|column| column.name == name)?;
        self.at.get(column).copied().flatten()
    }

    /// Where a cell stands: `care.csv row 4, column C (days)`.
    pub fn cell_place(&self, row: usize, name: &str) -> String {
        let place = format!("{} row {row}", self.file);
        match self.place(name) {
            Some(column) => format!("{place}, column {} ({name})", letters(column)),
            None => place,
        }
    }

    /// A mistake in a cell, by row and column. The mend is what follows a semicolon in `why`, else the guide to the column.
    pub fn wrong(&self, row: &Row, name: &str, why: &str) -> Mistake {
        let cell: String = self.cell(row, name).chars().take(40).collect();
        let guide = self.sheet.columns.iter().find(|column| column.name == name).map_or("", |c| c.guide);
        let (problem, mend) = match why.split_once("; ") {
            Some((problem, mend)) => (problem, mend.to_owned()),
            None => (why, format!("write {guide}")),
        };
        Mistake::new(self.cell_place(row.number, name), format!("{cell:?} {problem}"), mend)
    }
}

/// `A`, `Z`, `AA`: a column as spreadsheets call it.
fn letters(column: usize) -> String {
    let (mut rest, mut out) = (column, Vec::new());
    loop {
        out.push(char::from(b'A' + (rest % 26) as u8));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    out.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_in_spreadsheets() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(letters), ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
