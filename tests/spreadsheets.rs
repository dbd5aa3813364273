//! A document from spreadsheets: what people really save, and mistakes by row and column.

#![cfg(feature = "exchange")]

use kring::data::exchange::spreadsheet::{Files, Imported, SHEETS, guide, read, template};
use kring::error::Result;
use kring::model::document::{Days, Horizon, Mode, Priority};

const CLIENTS: &str =
    "client,label,lat,lon,first_nurse,circle\nc01,,52.10,5.21,n01,n01 + n02\nc02,,52.11,5.22,,\n";
const CARE: &str = "client,care,days,from,to,minutes,preferred,priority\n\
                    c01,wash,daily,07:00,11:00,35,08:30,\nc01,stockings,mon wed fri,19:00,22:00,10,,vital\n\
                    c02,wound,3 a week,09:00,15:00,40,,wished\n";
const NURSES: &str = "nurse,lat,lon,level,competences,mode,contract_hours\nn01,52.10,5.20,4,wound-care + catheter,walk,24\n\
                      n02,52.09,5.20,,,,\n";
const SHIFTS: &str =
    "nurse,date,start,end,latest_end\nn01,2026-03-02,07:00,13:00,13:30\nn02,2026-03-03,18:00,22:30,\n";

fn horizon() -> Horizon {
    let first_day = "2026-03-02".parse().expect("a date");
    Horizon { first_day, days: 7, time_zone: Some("Europe/Amsterdam".to_owned()) }
}

fn import(clients: &[u8], care: &[u8], nurses: &[u8], shifts: &[u8]) -> Result<Imported> {
    let files = Files {
        clients: ("clients.csv", clients),
        care: ("care.csv", care),
        nurses: ("nurses.csv", nurses),
        shifts: ("shifts.csv", shifts),
    };
    read(&files, horizon(), None)
}

fn usual() -> Imported {
    import(CLIENTS.as_bytes(), CARE.as_bytes(), NURSES.as_bytes(), SHIFTS.as_bytes()).expect("a document")
}

#[test]
fn four_sheets_make_a_document() {
    let Imported { document, ignored } = usual();
    assert!(ignored.is_empty());
    assert_eq!((document.nurses.len(), document.clients.len()), (2, 2));
    let client = &document.clients[0];
    assert_eq!((client.first_nurse.as_deref(), client.circle.len(), client.care.len()), (Some("n01"), 2, 2));
    assert_eq!(client.care[0].preferred_start.map(|hour| hour.to_string()).as_deref(), Some("08:30"));
    assert!(matches!(&client.care[1].days, Days::Weekdays(days) if days.len() == 3));
    assert_eq!(client.care[1].priority, Priority::Vital);
    let nurse = &document.nurses[0];
    assert_eq!((nurse.level, nurse.mode, nurse.contract_hours), (4, Mode::Walk, Some(24.0)));
    assert_eq!((nurse.competences.len(), nurse.shifts.len()), (2, 1));
    assert_eq!(document.nurses[1].mode, Mode::Bicycle);
}

// Semicolons, decimal commas, Dutch headings in another order, a title, blank rows and columns, Windows-1252, a mark,
// merged cells: the same document.
#[test]
fn what_spreadsheets_really_write_is_the_same() {
    let clients = "\u{feff}Onze cliënten;;;;;;\r\n;;;;;;\r\nCliënt;Lengtegraad;Breedtegraad;EVV'er;Vaste gezichten;Telefoon;\r\n\
                   c01;5,21;52,10;n01;n01, n02;06-1;\r\nc02;5,22;52,11;;;;\r\n;;;;;;\r\n";
    let care = "Cliënt;Zorg;Dagen;Van;Tot;Minuten;Eigen uur;Prioriteit\r\n\
                c01;wash;dagelijks;7.00;11.00;35;8.30;\r\n;stockings;ma, wo, vr;19u00;22:00;10,0;;Onmisbaar\r\n\
                c02;wound;3x per week;9:00;15:00:00;40;;gewenst\r\n";
    let care: Vec<u8> = care.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    let nurses = "sep=;\nMedewerker;Breedtegraad;Lengtegraad;Niveau;Bekwaamheden;Vervoer;Contracturen\n\
                  n01;52,10;5,20;4;wound-care, catheter;lopend;24\nn02;52,09;5,20;;;;\n";
    let nurses = nurses.replace("wound-care, catheter", "\"wound-care, catheter\"");
    let shifts = "nurse\tdatum\tbegin\teinde\tuiterlijk\nn01\t2-3-2026\t7:00\t13:00\t13:30\nn02\t03.03.2026\t18\t22:30\t\n";
    let shifts: Vec<u8> = format!("\u{feff}{shifts}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let read = import(clients.as_bytes(), &care, nurses.as_bytes(), &shifts).expect("a document");
    assert_eq!(read.document, usual().document);
    assert_eq!(read.ignored, ["clients.csv: Telefoon"]);
}

#[test]
fn mistakes_are_named_by_row_and_column_all_at_once() {
    let clients = "client,lat,lon\nc01,north,5.2\nc01,52.1,500\n,52,5\n";
    let care = "client,care,days,from,to,minutes\n,wash,daily,8,9,30\nc09,wash,daily,8,9,30\n\
                c01,wash,sometimes,half past,9,0\nc01,wash,daily,8:00,9:00,30\n";
    let shifts = "nurse,date,start,end\nn01,02/03/2026,7,13\n";
    let error = import(clients.as_bytes(), care.as_bytes(), NURSES.as_bytes(), shifts.as_bytes())
        .expect_err("mistakes");
    let said: Vec<String> = error.mistakes().iter().map(ToString::to_string).collect();
    for place in [
        "clients.csv row 2, column B (lat): \"north\" is not understood; write latitude",
        "clients.csv row 3, column A (client): \"c01\" stands in an earlier row already",
        "clients.csv row 3, column C (lon): \"500\" is not understood",
        "clients.csv row 4, column A (client): \"\" is empty",
        "care.csv row 2, column A (client): \"\" is empty, and so is the row above",
        "care.csv row 3, column A (client): \"c09\" is not in the sheet of clients",
        "care.csv row 4, column C (days): \"sometimes\" is not understood; write daily; mon wed fri",
        "care.csv row 4, column D (from): \"half past\" is not understood",
        "care.csv row 4, column F (minutes): \"0\" is not understood",
        "care.csv row 5, column B (care): \"wash\" is the word for another line",
        "shifts.csv row 2, column B (date): \"02/03/2026\" is not understood; write 2026-03-02",
    ] {
        assert!(said.iter().any(|mistake| mistake.starts_with(place)), "{place}\n{said:#?}");
    }
    assert_eq!(said.len(), 11, "{said:#?}");
    // The same rows where lines end as spreadsheets end them.
    let crlf = |text: &str| text.replace('\n', "\r\n").into_bytes();
    let error =
        import(&crlf(clients), &crlf(care), &crlf(NURSES), &crlf(shifts)).expect_err("the same mistakes");
    assert_eq!(error.mistakes().iter().map(ToString::to_string).collect::<Vec<_>>(), said);
}

#[test]
fn sheets_without_headings_say_what_they_should_begin_with() {
    let error =
        import(b"", CARE.as_bytes(), b"nurse,lat\nn01,52\n", SHIFTS.as_bytes()).expect_err("mistakes");
    let said: Vec<String> = error.mistakes().iter().map(ToString::to_string).collect();
    assert!(
        said[0].starts_with("clients.csv: no headings found; begin with a row of headings: client, lat, lon")
    );
    assert!(
        said.iter().any(|mistake| mistake.starts_with("nurses.csv row 1: no column lon; add it: longitude"))
    );
}

#[test]
fn any_bytes_are_an_error_or_a_document() {
    let hostile: [&[u8]; 7] = [
        b"\"",
        b"\xff\xfe\x00",
        b"\xfe\xff\xd8",
        b"client,lat,lon\n\"unclosed",
        b"\0\0\0",
        b";;;\n;;;",
        b"client;lat;lon\n=cmd|' /C calc'!A0;1e308;NaN\n",
    ];
    for bytes in hostile {
        assert!(import(bytes, CARE.as_bytes(), NURSES.as_bytes(), SHIFTS.as_bytes()).is_err());
        assert!(import(CLIENTS.as_bytes(), bytes, NURSES.as_bytes(), SHIFTS.as_bytes()).is_err());
    }
    let long = vec![b';'; kring::data::exchange::spreadsheet::LONGEST + 1];
    let error = import(&long, CARE.as_bytes(), NURSES.as_bytes(), SHIFTS.as_bytes()).expect_err("too large");
    assert_eq!(error.kind(), kring::error::ErrorKind::TooLarge);
}

// Labels are only shown, and escaped where they are; what no page could show is refused, by whose it is.
#[test]
fn hostile_labels_are_text_or_refused() {
    let clients =
        |label: &str| format!("client,label,lat,lon\nc01,\"{label}\",52.10,5.21\nc02,,52.11,5.22\n");
    let with = |label: &str| {
        import(clients(label).as_bytes(), CARE.as_bytes(), NURSES.as_bytes(), SHIFTS.as_bytes())
    };
    for label in ["<script>alert(1)</script>", "=HYPERLINK(1)", "\u{202e}txet", "👩‍⚕️ née", "a;b", "two\nlines"]
    {
        let read = with(label).expect("a document");
        assert_eq!(read.document.clients[0].label, Some(label.replace('\n', " ")));
    }
    let error = with(&"long".repeat(2_500)).expect_err("too long");
    assert!(error.to_string().len() < 500 && error.mistakes()[0].path == "clients[0].label", "{error}");
}

#[test]
fn the_templates_are_a_document_and_the_guide_names_every_column() {
    let [clients, care, nurses, shifts] = SHEETS.each_ref().map(template);
    let read = import(clients.as_bytes(), care.as_bytes(), nurses.as_bytes(), shifts.as_bytes());
    assert_eq!(read.expect("a document").document.clients[0].care.len(), 1);
    let guide = guide();
    for column in SHEETS.iter().flat_map(|sheet| sheet.columns) {
        assert!(guide.contains(column.name) && guide.contains(column.guide), "{}", column.name);
    }
}
