//! A document from spreadsheets: what people really save, and mistakes by row and column.

#![cfg(feature = "exchange")]

use kring::data::exchange::spreadsheet::{Files, ImportedSheets, SHEETS, guide, read, template};
use kring::error::Result;
use kring::model::document::{Away, Days, Horizon, Lock, Mode, PastVisit, Pin, Priority};

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
    Horizon::new(first_day, 7).with(|horizon| horizon.time_zone = Some("Europe/Amsterdam".to_owned()))
}

fn files<'a>(clients: &'a [u8], care: &'a [u8], nurses: &'a [u8], shifts: &'a [u8]) -> Files<'a> {
    Files {
        clients: ("clients.csv", clients),
        care: ("care.csv", care),
        nurses: ("nurses.csv", nurses),
        shifts: ("shifts.csv", shifts),
        absences: None,
        away: None,
    }
}

fn import(clients: &[u8], care: &[u8], nurses: &[u8], shifts: &[u8]) -> Result<ImportedSheets> {
    read(&files(clients, care, nurses, shifts), horizon(), None, None)
}

fn usual_files() -> Files<'static> {
    files(CLIENTS.as_bytes(), CARE.as_bytes(), NURSES.as_bytes(), SHIFTS.as_bytes())
}

/// The mistakes of an import, a line each.
fn said(result: Result<ImportedSheets>) -> Vec<String> {
    result.expect_err("mistakes").mistakes().iter().map(ToString::to_string).collect()
}

fn usual() -> ImportedSheets {
    import(CLIENTS.as_bytes(), CARE.as_bytes(), NURSES.as_bytes(), SHIFTS.as_bytes()).expect("a document")
}

#[test]
fn four_sheets_make_a_document() {
    let ImportedSheets { document, ignored, notes, .. } = usual();
    assert!(ignored.is_empty() && notes.is_empty(), "{ignored:?} {notes:?}");
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
    let clients = "client,lat,lon,first_nurse\nc01,north,5.2,N01\nc01,52.1,500,\n,52,5,\nc02,52.1,5.2,N01\n";
    let care = "client,care,days,from,to,minutes\n,wash,daily,8,9,30\nc09,wash,daily,8,9,30\n\
                c01,wash,sometimes,half past,9,0\nc01,wash,daily,8:00,9:00,30\n";
    let shifts = "nurse,date,start,end\nn01,02/03/2026,7,13\n";
    let error = import(clients.as_bytes(), care.as_bytes(), NURSES.as_bytes(), shifts.as_bytes())
        .expect_err("mistakes");
    let said: Vec<String> = error.mistakes().iter().map(ToString::to_string).collect();
    for place in [
        "clients.csv row 2, column B (lat): \"north\" is not a number; write latitude",
        "clients.csv row 3, column A (client): \"c01\" stands in an earlier row already",
        "clients.csv row 3, column C (lon): \"500\" is more than 180 degrees",
        // What only the whole can tell, in the same round; of a row with other mistakes not.
        "clients.csv row 5, column D (first_nurse) (client \"c02\"): no nurse has the id \"N01\"; did you mean \"n01\"?",
        "clients.csv row 4, column A (client): \"\" is empty",
        "care.csv row 2, column A (client): \"\" is empty, and so is the row above",
        "care.csv row 3, column A (client): \"c09\" is not in the sheet of clients",
        "care.csv row 4, column C (days): \"sometimes\" is no day of the week; write daily; mon wed fri",
        "care.csv row 4, column D (from): \"half past\" is no time of day; write one from 0:00 to 24:00",
        "care.csv row 4, column F (minutes): \"0\" is no time at all; write minutes: 35",
        "care.csv row 5, column B (care): \"wash\" is the word for another line",
        "shifts.csv row 2, column B (date): \"02/03/2026\" does not say whether the day or the month comes first; write 2026-03-02",
    ] {
        assert!(said.iter().any(|mistake| mistake.starts_with(place)), "{place}\n{said:#?}");
    }
    assert_eq!(said.len(), 12, "{said:#?}");
    // The same rows where lines end as spreadsheets end them.
    let crlf = |text: &str| text.replace('\n', "\r\n").into_bytes();
    let error =
        import(&crlf(clients), &crlf(care), &crlf(NURSES), &crlf(shifts)).expect_err("the same mistakes");
    assert_eq!(error.mistakes().iter().map(ToString::to_string).collect::<Vec<_>>(), said);
}

// What `Document::validate` finds in the whole, by the row and column that it came from.
#[test]
fn contradictions_are_named_by_row_and_column() {
    let shifts = "nurse,date,start,end\nn01,2026-03-02,7:00,13:00\nn02,2026-03-02,7:00,21:00\nn01,2026-03-02,12:00,15:00\n";
    let care = "client,care,days,from,to,minutes,preferred\nc01,wash,daily,07:00,11:00,35,12:00\nc02,wash,daily,7,9,30,\n";
    let clients = "client,lat,lon,circle\nc01,52.10,5.21,n01 + n09\nc02,52.11,5.22,\n";
    let said = said(import(clients.as_bytes(), care.as_bytes(), NURSES.as_bytes(), shifts.as_bytes()));
    for place in [
        "clients.csv row 2, column D (circle) (client \"c01\"): no nurse has the id \"n09\"",
        "care.csv row 2, column G (preferred) (client \"c01\", care \"wash\"): ",
        "shifts.csv row 3 (nurse \"n02\"): 14 h 0 min from start to latest end",
        "shifts.csv row 4 (nurse \"n01\"): starts 1 h 0 min before the shift of row 2 is over at the latest",
    ] {
        assert!(said.iter().any(|mistake| mistake.starts_with(place)), "{place}\n{said:#?}");
    }
    assert_eq!(said.len(), 4, "{said:#?}");
}

#[test]
fn one_slip_is_told_once() {
    // A column that is missing, not each of its cells, nor what lacks for want of it.
    let care = "client,care,days,from,to\nc01,wash,daily,7,9\nc02,wash,daily,7,9\n";
    let without = said(import(CLIENTS.as_bytes(), care.as_bytes(), NURSES.as_bytes(), SHIFTS.as_bytes()));
    assert_eq!(without, ["care.csv row 1: no column minutes; add it: minutes with the client: 35, 0:35"]);
    // Somebody unknown above rows that were merged.
    let shifts = "nurse,date,start,end\nn1,2026-03-02,7,13\n,2026-03-03,7,13\n,2026-03-04,7,13\n";
    let unknown = said(import(CLIENTS.as_bytes(), CARE.as_bytes(), NURSES.as_bytes(), shifts.as_bytes()));
    assert_eq!(unknown.len(), 1, "{unknown:#?}");
    // A first day that is none of the roster's.
    let shifts: String = (1..=28).map(|day| format!("n01,2026-04-{day:02},7:00,13:00\n")).collect();
    let shifts = format!("nurse,date,start,end\n{shifts}");
    let wrong = said(import(CLIENTS.as_bytes(), CARE.as_bytes(), NURSES.as_bytes(), shifts.as_bytes()));
    assert_eq!(
        wrong,
        ["shifts.csv: none of its 28 shifts lies within the days to plan, 2026-03-02 to 2026-03-08; \
          add shifts of these days, or mend the first day; the earliest shift is on 2026-04-01"]
    );
}

#[test]
fn a_roster_that_is_longer_than_the_horizon_is_cut() {
    let shifts = format!("{SHIFTS}n01,2026-03-09,7:00,13:00,\nn02,2026-03-16,7:00,13:00,\n");
    let read = import(CLIENTS.as_bytes(), CARE.as_bytes(), NURSES.as_bytes(), shifts.as_bytes());
    let read = read.expect("a document");
    assert_eq!(read.document, usual().document);
    assert_eq!(
        read.notes,
        ["shifts.csv: 2 shifts outside the days to plan, 2026-03-02 to 2026-03-08, left out; \
          the first: row 4, 2026-03-09"]
    );
}

#[test]
fn blanks_that_were_filled_are_counted() {
    let care = CARE.replace("c01,stockings", ",stockings");
    let read = import(CLIENTS.as_bytes(), care.as_bytes(), NURSES.as_bytes(), SHIFTS.as_bytes());
    let read = read.expect("a document");
    assert_eq!(read.document, usual().document);
    assert_eq!(read.notes, ["care.csv: 1 row has no client and took the one of the row above: 3"]);
}

#[test]
fn warnings_are_named_by_row_and_column() {
    let care = "client,care,days,from,to,minutes,competences\nc01,wash,daily,12:00,7:00,\"0,5\",wound-car\n";
    let read = import(CLIENTS.as_bytes(), care.as_bytes(), NURSES.as_bytes(), SHIFTS.as_bytes());
    let warnings: Vec<String> = read.expect("a document").warnings.iter().map(ToString::to_string).collect();
    let line = "(client \"c01\", care \"wash\")";
    for part in [
        format!(
            "care.csv row 2, column G (competences) {line}: no nurse has the competence \"wound-car\"; did you mean \"wound-care\"?"
        ),
        format!("care.csv row 2, column F (minutes) {line}: 0.5 minutes with the client"),
        format!(
            "care.csv row 2, column D (from) {line}: from 12:00 to 07:00 goes on past midnight; did you mean 07:00 to 12:00?"
        ),
        "clients.csv row 3 (client \"c02\"): no care".to_owned(),
    ] {
        assert!(warnings.iter().any(|warning| warning.starts_with(&part)), "{part}\n{warnings:#?}");
    }
}

#[test]
fn absences_and_days_away_have_sheets_of_their_own() {
    let absences = "nurse;van;t/m\nn02;3-3-2026;5-3-2026\n;7-3-2026;\n";
    let away = "client,from,until\nc02,2026-03-02,2026-03-04\nc09,2026-03-02,soon\n";
    let with = |away: &'static str| Files {
        absences: Some(("absences.csv", absences.as_bytes())),
        away: Some(("away.csv", away.as_bytes())),
        ..usual_files()
    };
    let wrong = said(read(&with(away), horizon(), None, None));
    assert!(
        wrong[0].starts_with("away.csv row 3, column A (client): \"c09\" is not in the sheet of clients")
    );
    assert!(wrong[1].starts_with("away.csv row 3, column C (until): \"soon\" is not a date"), "{wrong:#?}");
    let read = read(&with("client,from\nc02,2026-03-02\n"), horizon(), None, None).expect("a document");
    let absences = &read.document.agreements.absences;
    let days = |n: usize| (absences[n].nurse.as_str(), absences[n].from.day(), absences[n].until.day());
    assert_eq!((absences.len(), days(0), days(1)), (2, ("n02", 3, 5), ("n02", 7, 7)));
    let away = read.document.clients[1].away[0];
    assert_eq!((away.from, away.until), (horizon().first_day, horizon().first_day));
}

// The second fortnight: what the team agreed since, and what happened, is in the document that `roll` wrote.
#[test]
fn a_known_document_keeps_what_the_sheets_do_not_say() {
    let mut known = usual().document;
    let day = |text: &str| text.parse::<jiff::civil::Date>().expect("a date");
    let visit = |client: &str, date| PastVisit::new(client, "n01", day(date));
    known.history.visits =
        vec![visit("c01", "2026-02-27"), visit("gone", "2026-02-27"), visit("c01", "2026-03-03")];
    known.prices.new_face = 77.0;
    known.nurses[0].wished_off.weekdays = vec![kring::model::document::Weekday::Friday];
    known.clients[1].away = vec![Away::new(day("2026-03-04"), day("2026-03-05"))];
    known.clients[0].care[0].regular_hour =
        serde_json::from_str(r#"{"within_minutes": 60}"#).expect("an hour");
    let pin =
        |client: &str, date| Pin::new(client, "wash", day(date)).with(|pin| pin.nurse = Some("n01".into()));
    known.agreements.pins =
        vec![pin("c01", "2026-03-02"), pin("c01", "2026-02-02"), pin("gone", "2026-03-02")];
    let second = read(&usual_files(), horizon(), None, Some(&known)).expect("a document");
    let document = &second.document;
    assert_eq!(document.history.visits, [visit("c01", "2026-02-27")]);
    assert_eq!(document.agreements.pins, [pin("c01", "2026-03-02")]);
    assert_eq!(document.prices, known.prices);
    assert_eq!(document.nurses[0].wished_off, known.nurses[0].wished_off);
    assert_eq!(document.clients[1].away, known.clients[1].away);
    assert_eq!(document.clients[0].care[0].regular_hour, known.clients[0].care[0].regular_hour);
    // People, care and shifts are those of the sheets.
    assert_eq!((document.nurses.len(), document.clients.len()), (2, 2));
    assert_eq!(document.nurses[0].shifts, known.nurses[0].shifts);
    assert_eq!(second.notes.len(), 2, "{:?}", second.notes);
    let clients = "client,lat,lon\nc02,52.11,5.22\n";
    let care = "client,care,days,from,to,minutes\nc02,wound,daily,9,15,40\n";
    let fewer = files(clients.as_bytes(), care.as_bytes(), NURSES.as_bytes(), SHIFTS.as_bytes());
    let fewer = read(&fewer, horizon(), None, Some(&known)).expect("a document").document;
    assert_eq!((fewer.clients.len(), fewer.history.visits.len(), fewer.agreements.pins.len()), (1, 0, 0));
}

// Somebody left since: whoever is named in the known document only is dropped, whoever is named in a sheet is a mistake.
#[test]
fn people_who_left_are_dropped_from_what_is_known_and_not_from_the_sheets() {
    let mut known = usual().document;
    let meeting = |id: &str, start: &str, nurses: &[&str]| {
        serde_json::from_value(
            serde_json::json!({"id": id, "nurses": nurses, "days": {"weekdays": ["monday"]},
            "start": start, "minutes": 30}),
        )
        .expect("a meeting")
    };
    known.meetings = vec![
        meeting("all", "8:00", &[]),
        meeting("two", "9:00", &["n01", "n02"]),
        meeting("gone", "10:00", &["n02"]),
    ];
    known.nurses[0].forbidden_clients = vec!["c09".into()];
    known.clients[0].preferred_nurses = vec!["n02".into()];
    known.clients[0].forbidden_nurses = vec!["n02".into()];
    (known.clients[1].first_nurse, known.clients[1].circle) =
        (Some("n02".into()), vec!["n02".into(), "n01".into()]);
    known.agreements.pins = ["2026-03-02", "2026-03-09"]
        .map(|date| {
            Pin::new("c01", "wash", date.parse().expect("a date")).with(|pin| pin.nurse = Some("n01".into()))
        })
        .to_vec();
    let lock = |client: Option<&str>, care: Option<&str>, nurse: Option<&str>, until: Option<&str>| Lock {
        client: client.map(str::to_owned),
        care: care.map(str::to_owned),
        nurse: nurse.map(str::to_owned),
        date: Some("2026-02-23".parse().expect("a date")),
        until: until.map(|until| until.parse().expect("a date")),
        ..Lock::default()
    };
    let until = Some("2026-03-02");
    known.agreements.locks = vec![
        lock(Some("c01"), Some("wash"), Some("n01"), until),
        lock(Some("c01"), None, Some("n02"), until),
        lock(Some("c01"), Some("gone"), None, until),
        lock(Some("c09"), None, None, until),
        lock(Some("c01"), None, None, None),
        lock(None, None, Some("n01"), Some("2026-03-01")),
        Lock { date: None, ..lock(None, None, Some("n01"), None) },
    ];
    let clients = "client,lat,lon\nc01,52.10,5.21\nc02,52.11,5.22\n";
    let nurses = "nurse,lat,lon\nn01,52.10,5.20\n";
    let shifts = "nurse,date,start,end\nn01,2026-03-02,7:00,13:00\n";
    let sheets = |clients: &'static str| {
        files(clients.as_bytes(), CARE.as_bytes(), nurses.as_bytes(), shifts.as_bytes())
    };
    let left = read(&sheets(clients), horizon(), None, Some(&known)).expect("a document");
    let document = &left.document;
    let meetings = document.meetings.iter().map(|meeting| (meeting.id.as_str(), meeting.nurses.len()));
    assert_eq!(meetings.collect::<Vec<_>>(), [("all", 0), ("two", 1)]);
    assert!(document.nurses[0].forbidden_clients.is_empty());
    let [first, second] = &document.clients[..] else { panic!("two clients") };
    assert!(first.preferred_nurses.is_empty() && first.forbidden_nurses.is_empty());
    // (c01 had n01 as first nurse, and n01 and n02 as circle.)
    assert_eq!((first.first_nurse.as_deref(), &first.circle[..]), (Some("n01"), &["n01".to_owned()][..]));
    assert_eq!((&second.first_nurse, &second.circle[..]), (&None, &["n01".to_owned()][..]));
    // The second is beyond the last day.
    assert_eq!(document.agreements.pins.len(), 1);
    // Those of people, care and days that are still there.
    let locks = &known.agreements.locks;
    assert_eq!(document.agreements.locks, [locks[0].clone(), locks[6].clone()]);
    assert_eq!(left.notes.len(), 4, "{:?}", left.notes);
    // In a sheet, the nurse who left is a mistake.
    let wrong = said(read(&sheets(CLIENTS), horizon(), None, Some(&known)));
    assert!(wrong.iter().any(|told| told.starts_with("clients.csv row 2, column F (circle)")), "{wrong:#?}");
    // Absences of the sheet stay, past or not.
    let absences = "nurse,from,until\nn01,2026-01-05,2026-01-06\n";
    let with = Files { absences: Some(("absences.csv", absences.as_bytes())), ..sheets(clients) };
    let document = read(&with, horizon(), None, Some(&known)).expect("a document").document;
    assert_eq!(document.agreements.absences.len(), 1);
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
    assert!(
        error.to_string().len() < 500 && error.mistakes()[0].path.starts_with("clients.csv row 2, column B"),
        "{error}"
    );
}

#[test]
fn the_templates_are_a_document_and_the_guide_names_every_column() {
    let [clients, care, nurses, shifts, absences, away] = SHEETS.each_ref().map(template);
    let files = Files {
        absences: Some(("absences.csv", absences.as_bytes())),
        away: Some(("away.csv", away.as_bytes())),
        ..files(clients.as_bytes(), care.as_bytes(), nurses.as_bytes(), shifts.as_bytes())
    };
    let read = kring::data::exchange::spreadsheet::read(&files, horizon(), None, None);
    assert_eq!(read.expect("a document").document.clients[0].care.len(), 1);
    let guide = guide();
    for column in SHEETS.iter().flat_map(|sheet| sheet.columns) {
        assert!(guide.contains(column.name) && guide.contains(column.guide), "{}", column.name);
    }
}

#[test]
fn wishes_gaps_weeks_and_hours_have_columns() {
    let care = "client,care,days,gap between visits,from,to,minutes,every weeks,since,vast uur\n\
                c01,wash,daily,,07:00,11:00,35,,,60\nc01,feet,tue,,9,12,30,om de week,24-2-2026,\n\
                c02,wound,3 a week,1,09:00,15:00,40,,,\n";
    let nurses = "nurse,lat,lon,Liefst vrij\nn01,52.10,5.20,wo + 2026-03-06\nn02,52.09,5.20,\n";
    let read_care =
        |care: &str| import(CLIENTS.as_bytes(), care.as_bytes(), nurses.as_bytes(), SHIFTS.as_bytes());
    let read = read_care(care).expect("a document");
    assert_eq!(read.ignored, [""; 0]);
    let document = &read.document;
    let wished = &document.nurses[0].wished_off;
    assert_eq!(wished.weekdays, [kring::model::document::Weekday::Wednesday]);
    assert_eq!(wished.dates, ["2026-03-06".parse::<jiff::civil::Date>().expect("a date")]);
    let [wash, feet] = &document.clients[0].care[..] else { panic!("two lines") };
    assert_eq!(wash.regular_hour.map(|regular| (regular.within_minutes, regular.hard)), Some((60.0, false)));
    assert_eq!(
        (feet.every_weeks, feet.from.map(|date| date.to_string()).as_deref()),
        (2, Some("2026-02-24"))
    );
    let Days::PerWeek(times) = &document.clients[1].care[0].days else { panic!("times a week") };
    assert_eq!((times.times, times.min_gap), (3, 1));
    // What does not go together is said, by its cell.
    let wrong = said(read_care(&care.replace("daily,,", "daily,2,").replace("24-2-2026", "")));
    assert!(
        wrong[0].starts_with("care.csv row 2, column D (gap): \"2\" is for a number of times a week"),
        "{wrong:#?}"
    );
    assert!(
        wrong[1].starts_with("care.csv row 3, column H (every_weeks): \"om de week\" needs the first day"),
        "{wrong:#?}"
    );
    assert_eq!(wrong.len(), 2, "{wrong:#?}");
}
