//! Where each part of the document stands in the sheets, so that mistakes in the whole document are reported by file,
//! row and column.

use super::table::Table;
use crate::error::Mistake;
use rustc_hash::FxHashMap;

/// Rows, each by the path of the part of the document that it became: `clients[3].care[0]`.
#[derive(Default)]
pub(super) struct Origins {
    rows: FxHashMap<String, (&'static str, usize)>,
    tables: Vec<Table>,
}

impl Origins {
    /// Notes which row became the part of the document at a path.
    pub(super) fn add(&mut self, path: String, table: &Table, row: usize) {
        self.rows.insert(path, (table.sheet.name, row));
    }

    /// Keeps a sheet, to say where its cells stand.
    pub(super) fn keep(&mut self, table: Table) {
        self.tables.push(table);
    }

    /// Replaces the path in the document by the place in the sheets. A path that does not come from the sheets stays as
    /// it is.
    pub(super) fn translate(&self, mistake: &mut Mistake) {
        self.translate_others(mistake);
        let path = &mistake.path;
        let mut end = path.len();
        loop {
            if let Some(&(sheet, row)) = self.rows.get(&path[..end])
                && let Some(table) = self.table(sheet)
            {
                let column = column_of(sheet, path[end..].trim_start_matches('.'));
                mistake.path = table.cell_place(row, column);
                return;
            }
            match path[..end].rfind(['.', '[']) {
                Some(before) => end = before,
                None => return,
            }
        }
    }

    /// Replaces other shifts of the nurse that a problem names (`shifts[3]`) by their rows.
    fn translate_others(&self, mistake: &mut Mistake) {
        let Some((nurse, _)) = mistake.path.split_once(".shifts[") else { return };
        let mut said = String::new();
        for (i, part) in mistake.problem.split("shifts[").enumerate() {
            let number = part.split_once(']').filter(|_| i > 0);
            let row = number.and_then(|(number, _)| self.rows.get(&format!("{nurse}.shifts[{number}]")));
            match (row, number) {
                (Some((_, row)), Some((_, rest))) => said += &format!("the shift of row {row}{rest}"),
                _ if i > 0 => said += &format!("shifts[{part}"),
                _ => said += part,
            }
        }
        mistake.problem = said;
    }

    fn table(&self, sheet: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.sheet.name == sheet)
    }
}

/// The column of a field; where the whole row is meant, a name that no sheet has.
fn column_of<'p>(sheet: &str, field: &'p str) -> &'p str {
    let first = field.split(['.', '[']).next().unwrap_or_default();
    match (sheet, first, field) {
        ("clients", "id", _) => "client",
        ("clients", "location", "location.lon") | ("nurses", "home", "home.lon") => "lon",
        ("clients", "location", _) | ("nurses", "home", _) => "lat",
        ("clients", "forbidden_nurses", _) => "forbidden",
        ("nurses", "id", _) => "nurse",
        ("care", "id", _) => "care",
        ("care", "window", "window.to") => "to",
        ("care", "window", _) => "from",
        ("care", "preferred_start", _) => "preferred",
        ("care", "from", _) => "since",
        _ => first,
    }
}
