//! The columns of each sheet: their headings in English and Dutch, and what belongs in them.

use super::days;

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
    /// Its name, which is also the name of its file without the ending.
    pub name: &'static str,
    /// What a row is.
    pub row: &'static str,
    /// Whether an import must have it.
    pub is_needed: bool,
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

const FIRST_DAY_AWAY: Column =
    column("from", &["van", "vanaf"], true, "first day away: 2026-03-02, or day first: 2-3-2026", "");
const LAST_DAY_AWAY: Column = column(
    "until",
    &["tot en met", "t/m", "to"],
    false,
    "last day away: 2026-03-04; blank: that one day",
    "",
);

/// All sheets, the needed ones first.
pub const SHEETS: [Sheet; 6] = [
    Sheet {
        name: "clients",
        row: "a client",
        is_needed: true,
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
                "at most so many nurses, at a price: 4",
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
        is_needed: true,
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
            column("days", &["dagen"], true, days::GUIDE, "daily"),
            column(
                "from",
                &["van", "start from", "vanaf"],
                true,
                "earliest start of care: 08:30, 8.30",
                "07:00",
            ),
            column("to", &["tot", "start to"], true, "latest start of care: 10:00", "10:00"),
            column(
                "minutes",
                &["minuten", "duur", "duration"],
                true,
                "minutes with the client: 35, 0:35",
                "35",
            ),
            column(
                "preferred",
                &["preferred start", "eigen uur", "voorkeur"],
                false,
                "the client's own hour: 08:30",
                "08:30",
            ),
            LEVEL,
            COMPETENCES,
            column(
                "gap",
                &["gap between visits", "min gap", "dagen ertussen"],
                false,
                "of a number of times a week: days from one visit to the next, at least, 1 to 6: 2",
                "",
            ),
            column(
                "every_weeks",
                &["every weeks", "weken", "om de weken"],
                false,
                "only in every so many weeks, with the first day in since: 2, or fortnightly; om de week",
                "",
            ),
            column(
                "since",
                &["first day", "sinds", "eerste dag", "ingangsdatum"],
                false,
                "first day of the care: 2026-03-02, or day first: 2-3-2026; blank: all along",
                "",
            ),
            column(
                "regular_hour",
                &["regular hour", "regular within", "vast uur", "zelfde uur"],
                false,
                "starts of different days lie at most so many minutes apart, at a price: 60",
                "",
            ),
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
        is_needed: true,
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
            column(
                "wished_off",
                &["wished off", "wished days off", "liefst vrij", "wensdagen"],
                false,
                "days off that the nurse wishes, at a price, by name or date: wed + 2026-03-06",
                "",
            ),
        ],
    },
    Sheet {
        name: "shifts",
        row: "a shift",
        is_needed: true,
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
                "home later is impossible: 13:30; default: the end",
                "13:30",
            ),
        ],
    },
    Sheet {
        name: "absences",
        row: "days on which a nurse is away",
        is_needed: false,
        columns: &[
            column(
                "nurse",
                &["id", "collega", "medewerker"],
                true,
                "id of the nurse; blank: as in the row above",
                "",
            ),
            FIRST_DAY_AWAY,
            LAST_DAY_AWAY,
        ],
    },
    Sheet {
        name: "away",
        row: "days on which a client is away",
        is_needed: false,
        columns: &[
            column(
                "client",
                &["id", "cliënt", "client id", "cliëntnummer"],
                true,
                "id of the client; blank: as in the row above",
                "",
            ),
            FIRST_DAY_AWAY,
            LAST_DAY_AWAY,
        ],
    },
];

/// The guide to all columns, for people.
pub fn guide() -> String {
    let mut out = String::new();
    for sheet in SHEETS {
        let kind = if sheet.is_needed { "" } else { " (the file may be left out)" };
        out += &format!("{}.csv{kind}: each row is {}\n", sheet.name, sheet.row);
        for column in sheet.columns {
            let needed = if column.is_needed { "needed" } else { "" };
            out += &format!("  {:15} {needed:7} {}\n", column.name, column.guide);
            out += &format!("  {:15} {:7} also: {}\n", "", "", column.also.join(", "));
        }
        out.push('\n');
    }
    out + "Columns may stand in any order, others are passed over. Separated by commas, semicolons or tabs.\n"
}

/// A sheet with its headings and, if the sheet is needed, one example row to be overwritten.
pub fn template(sheet: &Sheet) -> String {
    let line = |cells: Vec<&str>| cells.join(";") + "\r\n";
    let head = line(sheet.columns.iter().map(|column| column.name).collect());
    let row = line(sheet.columns.iter().map(|column| column.example).collect());
    format!("\u{feff}{head}{}", if sheet.is_needed { row } else { String::new() })
}

impl Column {
    /// Whether a heading is that of this column; upper and lower case, blanks, `_`, `-`, `*` and `:` do not matter.
    pub(super) fn is_called(&self, heading: &str) -> bool {
        let plain = |text: &str| -> String {
            text.to_lowercase().chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '*' | ':')).collect()
        };
        let heading = plain(heading);
        std::iter::once(&self.name).chain(self.also).any(|name| plain(name) == heading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_understood_in_both_languages() {
        let first = &SHEETS[0].columns[4];
        assert!(["First nurse", "first_nurse", "EVV'er", "EVV"].iter().all(|name| first.is_called(name)));
        assert!(!first.is_called("nurse"));
    }
}
