//! The columns of each sheet: their headings in English and Dutch, and what belongs in them.

use super::text::Row;
use crate::error::Mistake;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: &'static str,
    /// Other headings that are understood.
    pub also: &'static [&'static str],
    /// Whether the sheet must have it.
    pub is_needed: bool,
    /// What to write in it, with an example.
    pub guide: &'static str,
    /// A cell of the template.
    pub example: &'static str,
}

/// A sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, and that of its file without the ending.
    pub name: &'static str,
    /// What a row is.
    pub row: &'static str,
    /// Its columns, in the order of the template.
    pub columns: &'static [Column],
}

const fn column(
    name: &'static str,
    also: &'static [&'static str],
    is_needed: bool,
    guide: &'static str,
    example: &'static str,
) -> Column {
    Column { name, also, is_needed, guide, example }
}

const LAT: Column =
    column("lat", &["latitude", "breedtegraad"], true, "latitude in degrees: 52.1023 or 52,1023", "52.1023");
const LON: Column = column("lon", &["longitude", "lengtegraad"], true, "longitude in degrees", "5.2183");
const LABEL: Column = column("label", &["name", "naam"], false, "what pages show; may be left out", "");
const LEVEL: Column = column("level", &["niveau"], false, "1 to 9", "3");
const COMPETENCES: Column = column(
    "competences",
    &["competence", "competenties", "bekwaamheden"],
    false,
    "names, with + between them: wound-care + catheter",
    "wound-care",
);

/// All sheets.
pub const SHEETS: [Sheet; 4] = [
    Sheet {
        name: "clients",
        row: "a client",
        columns: &[
            column(
                "client",
                &["id", "cliënt", "client id", "cliëntnummer"],
                true,
                "an id of the team's own, no name: c01",
                "c01",
            ),
            LABEL,
            LAT,
            LON,
            column("first_nurse", &["first nurse", "evv", "evv'er"], false, "id of the first nurse", "n01"),
            column(
                "circle",
                &["kring", "vaste gezichten"],
                false,
                "ids of the nurses meant to come, with + between them",
                "n01",
            ),
            column(
                "max_faces",
                &["max faces", "hoogstens"],
                false,
                "at most so many nurses, at a price",
                "4",
            ),
            column(
                "forbidden",
                &["forbidden nurses", "niet door"],
                false,
                "ids of nurses who must not come, with + between them",
                "",
            ),
        ],
    },
    Sheet {
        name: "care",
        row: "a care line: the same visit on recurring days",
        columns: &[
            column(
                "client",
                &["id", "cliënt", "client id", "cliëntnummer"],
                true,
                "id of the client; blank: as in the row above",
                "c01",
            ),
            column(
                "care",
                &["care line", "zorg", "zorgmoment"],
                true,
                "a word for the care, another one for each line: wash",
                "wash",
            ),
            column("days", &["dagen"], true, "daily; mon wed fri; 3 a week; or dates", "daily"),
            column(
                "from",
                &["van", "start from", "vanaf"],
                true,
                "earliest start of care: 08:30, 8.30",
                "07:00",
            ),
            column("to", &["tot", "start to"], true, "latest start of care", "10:00"),
            column("minutes", &["minuten", "duur", "duration"], true, "minutes with the client", "35"),
            column(
                "preferred",
                &["preferred start", "eigen uur", "voorkeur"],
                false,
                "the client's own hour",
                "08:30",
            ),
            LEVEL,
            COMPETENCES,
            column(
                "priority",
                &["prioriteit"],
                false,
                "vital, needed (default) or wished; onmisbaar, nodig, gewenst",
                "needed",
            ),
        ],
    },
    Sheet {
        name: "nurses",
        row: "a nurse",
        columns: &[
            column("nurse", &["id", "collega", "medewerker"], true, "an id of the team's own: n01", "n01"),
            LABEL,
            LAT,
            LON,
            LEVEL,
            COMPETENCES,
            column(
                "mode",
                &["vervoer", "travel"],
                false,
                "walk, bicycle (default) or car; lopend, fiets, auto",
                "bicycle",
            ),
            column(
                "contract_hours",
                &["contract hours", "contract", "contracturen", "uren"],
                false,
                "hours a week: 24",
                "24",
            ),
        ],
    },
    Sheet {
        name: "shifts",
        row: "a shift",
        columns: &[
            column(
                "nurse",
                &["id", "collega", "medewerker"],
                true,
                "id of the nurse; blank: as in the row above",
                "n01",
            ),
            column(
                "date",
                &["datum", "day", "dag"],
                true,
                "2026-03-02, or day first: 2-3-2026",
                "2026-03-02",
            ),
            column("start", &["van", "from", "begin"], true, "earliest departure: 07:00", "07:00"),
            column(
                "end",
                &["tot", "to", "einde", "eind"],
                true,
                "end of the shift; before the start: on the next day",
                "13:00",
            ),
            column(
                "latest_end",
                &["latest end", "uiterlijk"],
                false,
                "home later is impossible; default: the end",
                "13:30",
            ),
        ],
    },
];

/// The guide to all columns, for people.
pub fn guide() -> String {
    let mut out = String::new();
    for sheet in SHEETS {
        out += &format!("{}.csv: each row is {}\n", sheet.name, sheet.row);
        for column in sheet.columns {
            let needed = if column.is_needed { "needed" } else { "" };
            out += &format!("  {:15} {needed:7} {}\n", column.name, column.guide);
            out += &format!("  {:15} {:7} also: {}\n", "", "", column.also.join(", "));
        }
        out.push('\n');
    }
    out + "Columns may stand in any order, others are passed over. Separated by commas, semicolons or tabs.\n"
}

/// A sheet with its headings and one row to write over.
pub fn template(sheet: &Sheet) -> String {
    let line = |cells: Vec<&str>| cells.join(";") + "\r\n";
    let head = sheet.columns.iter().map(|column| column.name).collect();
    format!("\u{feff}{}{}", line(head), line(sheet.columns.iter().map(|column| column.example).collect()))
}

/// A sheet with its rows and where each column stands.
pub(super) struct Table {
    pub file: String,
    pub rows: Vec<Row>,
    sheet: &'static Sheet,
    /// `at[column]`: its place in the file.
    at: Vec<Option<usize>>,
}

/// Rows from the top in which the headings are looked for; above them may be a title.
const HEADINGS_WITHIN: usize = 10;

impl Table {
    /// Finds the headings; `None`, with the mistake noted, where a needed one is missing.
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
        // Of the rows near the top the one with most of the needed headings; of equals the first.
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

    fn place(&self, name: &str) -> Option<usize> {
        let column = self.sheet.columns.iter().position(|column| column.name == name)?;
        self.at.get(column).copied().flatten()
    }

    /// A mistake in a cell, by row and column.
    pub fn wrong(&self, row: &Row, name: &str, why: &str) -> Mistake {
        let column = self.place(name).map(letters).unwrap_or_default();
        let place = format!("{} row {}, column {column} ({name})", self.file, row.number);
        let cell: String = self.cell(row, name).chars().take(40).collect();
        let guide = self.sheet.columns.iter().find(|column| column.name == name).map_or("", |c| c.guide);
        Mistake::new(place, format!("{cell:?} {why}"), format!("write {guide}"))
    }
}

impl Column {
    /// Whether a heading is this column's: case, blanks, `_` and `-` do not matter.
    fn is_called(&self, heading: &str) -> bool {
        let plain = |text: &str| -> String {
            text.to_lowercase().chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '*' | ':')).collect()
        };
        let heading = plain(heading);
        std::iter::once(&self.name).chain(self.also).any(|name| plain(name) == heading)
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

    #[test]
    fn headings_are_understood_in_both_languages() {
        let first = &SHEETS[0].columns[4];
        assert!(["First nurse", "first_nurse", "EVV'er", "EVV"].iter().all(|name| first.is_called(name)));
        assert!(!first.is_called("nurse"));
    }
}
