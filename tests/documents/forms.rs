//! Documents in JSON, YAML and TOML: one meaning, one set of messages, and nothing that blows up a reader.

use kring::data::text::{Form, read_document};
use kring::error::{Error, ErrorKind};
use std::path::Path;

const YAML: &str = "\
# A neighbourhood of one.
kring: 1
horizon: {first_day: 2026-03-02, days: 7, time_zone: Europe/Amsterdam}
nurses:
  - id: 007          # digits without quotes are an id as well
    home: &office {lat: 52.1, lon: 5.1}
    shifts:
      - {date: 2026-03-02, start: 7:00, end: 13:00}
clients:
  - id: c1
    location: *office
    care:
      - id: wash
        days: {weekdays: [monday, thursday]}
        window: {from: 8:00, to: 10:30}
        minutes: 30
travel: {straight: {}}
";

const TOML: &str = "\
kring = 1
[horizon]
first_day = 2026-03-02
days = 7
time_zone = 'Europe/Amsterdam'

[[nurses]] # somebody
id = '007'
home = { lat = 52.1, lon = 5.1 }
shifts = [{ date = 2026-03-02, start = '7:00', end = 13:00:00 }]

[[clients]]
id = 'c1'
location = { lat = 52.1, lon = 5.1 }
[[clients.care]]
id = 'wash'
days.weekdays = ['monday', 'thursday']
window = { from = 08:00:00, to = '10:30' }
minutes = 30

[travel.straight]
";

#[test]
fn a_field_without_a_name_is_no_number() {
    let error =
        read_document(&YAML.replace("lon: 5.1}", "lon: 5.1, '': 3}"), Form::Yaml).expect_err("a field");
    let said = error.to_string();
    assert!(said.contains("the field \"\" is unknown here") && !said.contains("decimals"), "{said}");
}

const JSON: &str = r#"{
  "kring": 1,
  "horizon": {"first_day": "2026-03-02", "days": 7, "time_zone": "Europe/Amsterdam"},
  "nurses": [{"id": "007", "home": {"lat": 52.1, "lon": 5.1}, "shifts": [
    {"date": "2026-03-02", "start": "7:00", "end": "13:00"}]}],
  "clients": [{"id": "c1", "location": {"lat": 52.1, "lon": 5.1}, "care": [
    {"id": "wash", "days": {"weekdays": ["monday", "thursday"]},
     "window": {"from": "8:00", "to": "10:30"}, "minutes": 30}]}],
  "travel": {"straight": {}}
}"#;

const ALL: [(Form, &str); 3] = [(Form::Json, JSON), (Form::Yaml, YAML), (Form::Toml, TOML)];

fn error(text: &str, form: Form) -> Error {
    read_document(text, form).expect_err("a mistake")
}

/// Path, ids, line and problem of each mistake.
fn told(error: &Error) -> Vec<String> {
    error.mistakes().iter().map(ToString::to_string).collect()
}

#[test]
fn the_three_forms_say_the_same() {
    let [json, yaml, toml] = ALL.map(|(form, text)| read_document(text, form).expect("a document"));
    assert_eq!(json, yaml);
    assert_eq!(json, toml);
}

#[test]
fn forms_are_known_by_name_and_by_look() {
    for (form, text) in ALL {
        assert_eq!(Form::of_look(text), form);
        assert_eq!(Form::of_look(&format!("\u{feff}\r\n{text}")), form);
    }
    assert_eq!(Form::of_look("---\nkring: 1"), Form::Yaml);
    assert_eq!(Form::of_look("[horizon]\ndays = 1"), Form::Toml);
    assert_eq!(Form::of_look(""), Form::Json);
    for (name, form) in [
        ("a.json", Some(Form::Json)),
        ("b/a.YAML", Some(Form::Yaml)),
        ("a.yml", Some(Form::Yaml)),
        ("a.toml", Some(Form::Toml)),
        ("a.txt", None),
        ("-", None),
    ] {
        assert_eq!(Form::of_name(Path::new(name)), form, "{name}");
    }
}

#[test]
fn byte_order_marks_and_line_ends_of_other_systems_are_understood() {
    for (form, text) in ALL {
        let other = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(read_document(&other, form), read_document(text, form), "{form:?}");
    }
}

#[test]
fn all_mistakes_in_the_form_are_told_at_once_with_ids_and_lines() {
    let change = |text: &str| {
        // A field's name, a kind of value, a word, a time.
        text.replace("minutes", "minuts")
            .replace("window", "opening")
            .replace("days: 7", "days: seven")
            .replace("days = 7", "days = 'seven'")
            .replace("\"days\": 7", "\"days\": \"seven\"")
            .replace("thursday", "thurdsay")
    };
    let expected = |lines: [u32; 5]| {
        let [days, weekday, to, minutes, care] = lines;
        let whose = r#"(client "c1", care "wash")"#;
        vec![
            format!(
                "horizon.days, line {days}: expected a whole number, found the text \"seven\"; \
                     write a number: 3"
            ),
            format!(
                "clients[0].care[0].days.weekdays[1] {whose}, line {weekday}: \"thurdsay\" is not one of the choices; \
                     did you mean \"thursday\"? write one of monday, tuesday, wednesday, thursday, friday, saturday, sunday"
            ),
            format!(
                "clients[0].care[0].opening {whose}, line {to}: the field \"opening\" is unknown here; \
                     leave it out, or write one of competences, days, every_weeks, from, id, level, minutes, preferred_start, \
                     priority, regular_hour, until, window"
            ),
            format!(
                "clients[0].care[0].minuts {whose}, line {minutes}: the field \"minuts\" is unknown here; \
                     did you mean \"minutes\"?"
            ),
            format!(
                "clients[0].care[0].window {whose}, line {care}: the field is missing; write it, such as window: {{from: 7:00, to: 12:00}}"
            ),
        ]
    };
    assert_eq!(told(&error(&change(YAML), Form::Yaml)), expected([3, 14, 15, 16, 13]));
    assert_eq!(told(&error(&change(TOML), Form::Toml)), expected([4, 17, 18, 19, 15]));
    assert_eq!(told(&error(&change(JSON), Form::Json)), expected([3, 7, 8, 8, 7]));
}

#[test]
fn kinds_of_values_are_named_in_the_words_of_documents() {
    for (from, to, part) in [
        ("travel: {straight: {}}", "travel: straight", "\"straight\" is not one of the choices"),
        ("travel: {straight: {}}", "travel: {}", "expected one field, found 0"),
        ("travel: {straight: {}}", "travel: [1]", "found a list of 1"),
        ("minutes: 30", "minutes: soon", "expected a number, found the text \"soon\""),
        ("minutes: 30", "minutes:", "expected a number, found nothing"),
        ("days: 7,", "days: 7.0,", "expected a whole number, found the number 7.0"),
        ("days: 7,", "days: 70000,", "70000 is out of range; write a whole number from 1 to 60"),
        ("first_day: 2026-03-02", "first_day: 2026-02-30", "\"2026-02-30\" is not a date"),
        ("first_day: 2026-03-02", "first_day: 2", "\"2\" is not a date"),
        (
            "first_day: 2026-03-02",
            "first_day: 7-12-2026",
            "is not a date; write year, month and day: 2026-12-07",
        ),
        ("{date: 2026-03-02, start: 7:00, end: 13:00}", "2026-03-02", "expected an object with fields"),
        ("weekdays: [monday, thursday]", "weekdays: monday", "expected a list, found the text \"monday\""),
        ("to: 10:30", "to: 25:30", "\"25:30\" is not a time of day; write HH:MM or HH:MM:SS, at most 24:00"),
        ("kring: 1", "kring: 1\nkring: 2", "kring, line 3: the field is given twice"),
        ("id: c1", "id: true", "expected text, found true"),
    ] {
        let text = YAML.replace(from, to);
        assert_ne!(text, YAML, "{from}");
        let all = told(&error(&text, Form::Yaml)).join("\n");
        assert!(all.contains(part), "{part}\n{all}");
        for rust in ["invalid type", "u16", "u32", "f64", "struct", "enum", "variant", "sequence"] {
            assert!(!all.contains(rust), "{rust}\n{all}");
        }
    }
}

// What people write in place of a value, with what the message must say.
#[test]
fn mends_show_what_to_write() {
    let with = |line: &str| {
        let text = format!(
            "kring: 1\nhorizon: {{first_day: 2026-03-02, days: 7, time_zone: Europe/Amsterdam}}\ntravel: {{straight: {{}}}}\n{line}\n"
        );
        told(&error(&text, Form::Yaml)).join("\n")
    };
    let client = |fields: &str| {
        with(&format!("nurses: []\nclients: [{{id: c1, location: {{lat: 52.1, lon: 5.1}}, {fields}}}]"))
    };
    let care = |fields: &str| client(&format!("care: [{{id: wash, minutes: 30, {fields}}}]"));
    for (said, part) in [
        (care("days: weekdays, window: {from: 7:00, to: 9:00}"), "say which: write {weekdays: [monday]}"),
        (care("days: daily, window: 7:00-12:00"), "write {from: 7:00, to: 12:00}"),
        (client("care: [], max_faces: 3"), "write {count: 3}"),
        (
            care("days: daily, window: {from: 7:00, to: 9:00}, competences: insulin"),
            "write a list: [insulin]",
        ),
        (
            care("days: {weekdays: [mon, sunday]}, window: {from: 7:00, to: 9:00}"),
            "\"mon\" is not one of the choices; did you mean \"monday\"?",
        ),
        (
            with("clients: []\nnurses: [{id: n1, home: {lat: 52,3777, lon: 5.1}}]"),
            "decimals have a point, not a comma: write 52.3777",
        ),
        (
            with("clients: []\nnurses: [{id: n1, home: {lat: 52.3, lon: 5.1}, wished_off: wednesday}]"),
            "write {",
        ),
        (with("clients: []\nnurses: []\nhistory: [{client: c1}]"), "name the list: {visits: [...]}"),
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    let said = told(&error("null", Form::Json)).join("\n");
    assert!(said.contains("write {kring: 1, horizon: "), "{said}");
    let unknown = with(
        "nurses: [{id: an, home: {lat: 52.1, lon: 5.1}}]\n\
         clients: [{id: c1, location: {lat: 52.1, lon: 5.1}, care: [], first_nurse: An}]",
    );
    assert!(unknown.ends_with("no nurse has the id \"An\"; did you mean \"an\"?"), "{unknown}");
}

#[test]
fn warnings_have_lines_in_every_form() {
    let yaml = "kring: 1\nhorizon: {first_day: 2026-03-02, days: 7, time_zone: Europe/Amsterdam}\n\
                travel: {straight: {}}\nnurses:\n  - id: n1\n    home: {lat: 52.1, lon: 5.1}\nclients:\n  - id: c1\n    location: {lat: 52.1, lon: 5.1}\n    care: []\n";
    let document = read_document(yaml, Form::Yaml).expect("a document");
    let warnings = kring::data::text::warnings(&document, yaml, Form::Yaml);
    let said: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("clients[0].care (client \"c1\"), line 10: no care"), "{said:?}");
    assert!(said[1].starts_with("nurses[0] (nurse \"n1\"), line 5: no shift"), "{said:?}");
    let json = kring::write_document(&document);
    let lines: Vec<_> = kring::data::text::warnings(&document, &json, Form::Json)
        .iter()
        .map(|warning| warning.said.line)
        .collect();
    assert!(lines.iter().all(Option::is_some) && lines.len() == 2, "{lines:?}");
}

#[test]
fn contradictions_have_ids_and_lines_in_every_form() {
    for ((form, text), line) in ALL.into_iter().zip([8, 16, 19]) {
        let error = error(&text.replace("30\n", "0\n").replace("30}]", "0}]"), form);
        assert_eq!(error.kind(), ErrorKind::Document);
        let expected = format!(
            "clients[0].care[0].minutes (client \"c1\", care \"wash\"), line {line}: 0; give minutes above 0 and at most 1,440"
        );
        assert_eq!(told(&error), [expected], "{form:?}");
    }
}

#[test]
fn what_blows_up_a_reader_is_refused() {
    let mut laughs = "a: &a0 [ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned();
    for i in 0..30 {
        laughs += &format!("b{i}: &a{} [{}*a{i}]\n", i + 1, format!("*a{i}, ").repeat(7));
    }
    let long = format!("a: &a {}\nb: [{}*a]\n", "x".repeat(1_000_000), "*a, ".repeat(100_000));
    let yaml = [
        (laughs, "values"),
        (long, "values"),
        ("a: &a [*a]".to_owned(), "alias"),
        ("[".repeat(100_000), "recursion"),
        ("- ".repeat(100_000), "nesting"),
        ("? ".repeat(100_000), "in place of a field's name"),
        ("a: 1\n---\nb: 1\n".to_owned(), "second document"),
        ("a: !!python/object 1".to_owned(), "core schema"),
        ("a: !secret 1".to_owned(), "tag"),
        ("# nothing".to_owned(), "empty"),
        ("a: 1\n\tb: 2".to_owned(), "tab"),
        (format!("a: {}", "[1, ".repeat(2_500_000)), "bytes"),
    ];
    for (text, part) in yaml {
        let error = error(&text, Form::Yaml).to_string();
        assert!(error.contains(part) && error.len() < 1_000, "{part}\n{error}");
    }
    for text in
        ["a = ".to_owned() + &"[".repeat(100_000), "a.".repeat(100_000) + "b = 1", "[a]\n".repeat(100_000)]
    {
        let error = error(&text, Form::Toml);
        assert!(error.to_string().len() < 10_000, "{error}");
    }
}

#[test]
fn many_mistakes_are_counted() {
    let text = YAML.replace("[monday, thursday]", &format!("[{}]", "x, ".repeat(50_000)));
    let error = error(&text, Form::Yaml);
    assert_eq!(error.mistakes().len(), 1_001);
    assert_eq!(error.mistakes()[1_000].problem, "49000 more mistakes");
}
