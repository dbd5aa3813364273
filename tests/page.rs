//! The page: what stands on it, what does not, and that nothing in a document can break out of it.

#![cfg(feature = "page")]

use jiff::ToSpan;
use kring::check::{Rule, Violation};
use kring::model::document::{Away, Document, RecurringShift, Weekday};
use kring::model::plan::Stop;
use kring::model::{CostByTerm, Plan};
use kring::report::Report;
use kring::report::page::{Language, Page};
use serde_json::Value;

fn fixture() -> (Document, Plan) {
    let document = include_str!("golden/report/neighbourhood.json");
    let plan = include_str!("golden/report/plan.json");
    (serde_json::from_str(document).expect("a document"), serde_json::from_str(plan).expect("a plan"))
}

fn report<'a>(document: &'a Document, plan: &'a Plan) -> Report<'a> {
    Report::new(document, plan, &CostByTerm::default()).expect("a report")
}

fn page(document: &Document, plan: &Plan) -> String {
    Page::new(&report(document, plan)).with_violations(&[]).to_html()
}

/// The texts between two marks.
fn between<'p>(page: &'p str, start: &str, end: &str) -> Vec<&'p str> {
    page.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

fn data(page: &str) -> Value {
    let block = between(page, "<script id=\"data\" type=\"application/json\">", "</script>");
    assert_eq!(block.len(), 1);
    serde_json::from_str(block[0]).expect("a block of JSON")
}

#[test]
fn every_visit_is_in_the_week_on_the_board_and_in_the_data() {
    let (document, plan) = fixture();
    let page = page(&document, &plan);
    let visits: usize = plan.tours.iter().map(|tour| tour.visits().count()).sum();
    let data = data(&page);
    assert_eq!(data["visits"].as_array().map(Vec::len), Some(visits));
    assert_eq!(page.matches("<a class=\"b h").count(), visits);
    // In the overview and with the client, and one mark in the drawing of hours.
    assert_eq!(page.matches("<span class=\"v h").count() - legend_and_rows(&page), 2 * visits);
    assert_eq!(page.matches("<g class=\"m h").count(), visits);
    for tour in &plan.tours {
        for visit in tour.visits() {
            let time = visit.start.time().strftime("%H:%M").to_string();
            assert!(page.contains(&time), "{time}");
        }
    }
}

/// Marks of nurses that are no visits: two in the legend, one a row of the board.
fn legend_and_rows(page: &str) -> usize {
    2 + page.matches("<li class=\"tour\"").count()
}

#[test]
fn clients_come_first() {
    let (document, plan) = fixture();
    let page = page(&document, &plan);
    let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("{part} is missing"));
    let order = ["clients", "board", "map", "team", "sheets"]
        .map(|view| at(&format!("<section class=\"view\" id=\"view={view}\"")));
    assert!(order.is_sorted(), "{order:?}");
    assert!(at("Who comes this week") < order[1]);
}

#[test]
fn nothing_is_loaded_and_only_the_own_style_and_script_run() {
    let (document, plan) = fixture();
    let page = page(&document, &plan);
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    assert!(policy[0].starts_with("default-src 'none'; style-src 'sha256-"), "{}", policy[0]);
    assert!(!policy[0].contains("unsafe"));
    for word in
        [" style=", " onclick", " onload", " src=", "http://", "https://", "url(http", "@import", "<link"]
    {
        assert!(!page.contains(word), "{word}");
    }
    let script = between(&page, "<script>", "</script>");
    assert_eq!(script.len(), 1);
    assert!(script[0].len() <= 15_000, "the script has {} bytes", script[0].len());
    for word in ["innerHTML", "insertAdjacentHTML", "eval(", "fetch(", "XMLHttpRequest", "localStorage"] {
        assert!(!script[0].contains(word), "{word}");
    }
}

#[test]
fn labels_cannot_break_out() {
    let hostile = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</script><!--",
        "'; --><svg/onload=alert(1)>",
        "\u{202e}txet desrever\u{2066}",
        "a\u{0}b\u{1b}[2J\u{200b}c",
        "👩‍⚕️🏥 ñ 漢字",
    ];
    let (mut document, plan) = fixture();
    document.label = Some(hostile[0].to_owned());
    for (client, label) in document.clients.iter_mut().zip(hostile.iter().cycle()) {
        client.label = Some((*label).to_owned());
    }
    for (nurse, label) in document.nurses.iter_mut().zip(hostile.iter().skip(3).cycle()) {
        nurse.label = Some((*label).to_owned());
    }
    document.nurses[0].label = Some("x<".repeat(10_000));
    let page = page(&document, &plan);
    assert_eq!(page.matches("<script").count(), 2, "the data and the script, nothing else");
    assert_eq!(page.matches("</script").count(), 2);
    for word in ["<img", "<svg/", "<!--", "\u{202e}", "\u{2066}", "\u{0}", "\u{1b}", "\u{200b}"] {
        assert!(!page.contains(word), "{word:?}");
    }
    assert!(!page.contains(&"x&lt;".repeat(40)), "long labels are cut");
    let data = data(&page);
    assert_eq!(data["clients"][0][0], hostile[0]);
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn ids_cannot_break_out_either() {
    let (document, plan) = fixture();
    let evil = "c 1&\"><xmp";
    let text = |value: &str| value.replace("client-1\"", "c 1&\\\"><xmp\"");
    let document: Document =
        serde_json::from_str(&text(&serde_json::to_string(&document).expect("text"))).expect("a document");
    let plan: Plan =
        serde_json::from_str(&text(&serde_json::to_string(&plan).expect("text"))).expect("a plan");
    assert!(document.clients.iter().any(|client| client.id == evil));
    let page = page(&document, &plan);
    assert!(!page.contains("\"><xmp"));
    assert!(page.contains("id=\"client=c%201%26%22%3E%3Cxmp\""));
    assert!(page.contains("href=\"#client=c%201%26%22%3E%3Cxmp\""));
}

#[test]
fn a_sheet_holds_nothing_about_anyone_else() {
    let (mut document, plan) = fixture();
    for (i, client) in document.clients.iter_mut().enumerate() {
        client.label = Some(format!("secret-person-{i}"));
        for (line, care) in client.care.iter_mut().enumerate() {
            care.competences = vec![format!("secret-need-{i}-{line}")];
        }
    }
    let names: Vec<String> = (0..document.nurses.len()).map(|i| format!("secret-nurse-{i}")).collect();
    for (nurse, name) in document.nurses.iter_mut().zip(&names) {
        nurse.label = Some(name.clone());
        nurse.contract_hours = Some(31.25);
    }
    let ids: Vec<String> = document.clients.iter().map(|client| client.id.clone()).collect();
    let report = report(&document, &plan);
    let whole = Page::new(&report).with_violations(&[]);
    let sheets = whole.to_html();
    let sheets: Vec<&str> = between(&sheets, "<article class=\"sheet\"", "</article>");
    for (i, id) in ids.iter().enumerate() {
        let alone = whole.sheet_of(id).expect("a sheet");
        let within = sheets.iter().find(|sheet| sheet.contains(&format!("secret-person-{i}<")));
        for sheet in [Some(alone.as_str()), within.copied()].into_iter().flatten() {
            let body = sheet.rsplit("</style>").next().expect("a body");
            assert!(body.contains(&format!("secret-person-{i}")));
            for other in (0..ids.len()).filter(|other| *other != i) {
                assert!(!body.contains(&format!("secret-person-{other}")), "{id} sees {other}");
                assert!(!body.contains(&ids[other]), "{id} sees {}", ids[other]);
            }
            assert!(!body.contains("secret-need"), "competences are the team's");
            assert!(!body.contains("31:15") && !body.contains("31.25"));
            // The nurses on it are those who come to this client.
            for (nurse, name) in document.nurses.iter().zip(&names) {
                let comes = plan
                    .tours
                    .iter()
                    .any(|tour| tour.nurse == nurse.id && tour.visits().any(|visit| visit.client == *id));
                assert_eq!(body.contains(name.as_str()), comes, "{id} and {name}");
            }
        }
    }
    let alone = whole.sheet_of(&ids[0]).expect("a sheet");
    assert!(!alone.contains("<script"), "a sheet needs no script");
    assert!(whole.sheet_of("nobody").is_err());
}

#[test]
fn labels_can_be_left_out() {
    let (mut document, plan) = fixture();
    document.label = Some("secret-place".to_owned());
    document.clients[0].label = Some("secret-client".to_owned());
    document.nurses[0].label = Some("secret-nurse".to_owned());
    let report = report(&document, &plan);
    assert!(Page::new(&report).to_html().contains("secret-client"));
    let page = Page::new(&report).without_labels();
    assert!(!page.to_html().contains("secret-"));
    assert!(!page.sheet_of(&document.clients[0].id).expect("a sheet").contains("secret-"));
}

#[test]
fn broken_rules_stand_before_everything_else() {
    let (document, plan) = fixture();
    let report = report(&document, &plan);
    let found = vec![Violation {
        rule: Rule::Window,
        place: "tours[0].stops[1]".to_owned(),
        message: "care starts <b>late</b>".to_owned(),
        amount: 60,
    }];
    let page = Page::new(&report).with_violations(&found).to_html();
    let at = page.find("This plan breaks rules").expect("a warning");
    assert!(at < page.find("<section class=\"view\"").expect("the clients"));
    assert!(page.contains("care starts &lt;b&gt;late&lt;/b&gt;") && page.contains("tours[0].stops[1]"));
    assert!(!page.contains("no rule is broken"));
    // A page that was told nothing claims nothing.
    let unchecked = Page::new(&report).to_html();
    assert!(!unchecked.contains("no rule is broken") && !unchecked.contains("breaks rules"));
}

#[test]
fn visits_left_out_are_said_where_people_look() {
    let (document, plan) = fixture();
    assert!(!plan.unplanned.is_empty());
    let page = page(&document, &plan);
    let rows = page.split("class=\"details\"").next().expect("the overview");
    assert!(rows.matches("<span class=\"v out\">").count() >= plan.unplanned.len());
    assert!(page.contains("Visits left out, and why"));
    assert!(page.contains("not planned yet; your nurse will call you"));
}

#[test]
fn dutch_has_no_english_left() {
    let (document, plan) = fixture();
    let report = report(&document, &plan);
    let page = Page::new(&report).with_violations(&[]).in_language(Language::Dutch).to_html();
    assert!(page.contains("<html lang=\"nl\">") && page.contains("Wie komt er deze week"));
    for word in
        ["Who comes", "Week board", "first nurse", "Monday", "left out", "Print the sheet", "minutes of"]
    {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn shifts_that_come_back_are_on_the_board_as_those_with_a_date() {
    let (document, plan) = fixture();
    let dated = page(&document, &plan);
    let mut recurring = document.clone();
    let mut moved = 0;
    for nurse in &mut recurring.nurses {
        for shift in nurse.shifts.drain(..) {
            nurse.recurring.push(RecurringShift {
                weekdays: vec![Weekday::of(shift.date)],
                every_weeks: 1,
                from: Some(shift.date),
                until: Some(shift.date),
                except: Vec::new(),
                start: shift.start,
                end: shift.end,
                latest_end: shift.latest_end,
                break_minutes: shift.break_minutes,
                leaves_from: shift.leaves_from,
                returns_to: shift.returns_to,
            });
            moved += 1;
        }
    }
    assert!(moved > 5);
    assert_eq!(page(&recurring, &plan), dated);
}

#[test]
fn days_on_which_a_client_is_away_are_said_to_the_team_and_on_the_sheet() {
    let (mut document, mut plan) = fixture();
    let client = document.clients[0].id.clone();
    let from = document.horizon.first_day;
    document.clients[0].away = vec![Away { from, until: from }];
    for tour in &mut plan.tours {
        tour.stops.retain(
            |stop| !matches!(stop, Stop::Visit(visit) if visit.client == client && visit.date == from),
        );
    }
    plan.unplanned.retain(|visit| visit.client != client || visit.date != from);
    let report = report(&document, &plan);
    let page = Page::new(&report).to_html();
    // In the overview and with the client; on the sheet.
    assert_eq!(page.matches("<span class=\"off\">away</span>").count(), 2 + absences(&document));
    assert_eq!(page.matches("<p class=\"off\">away</p>").count(), 1);
    let sheet = Page::new(&report).in_language(Language::Dutch).sheet_of(&client).expect("a sheet");
    assert!(sheet.contains("<p class=\"off\">afwezig</p>"));
}

/// Days of the horizon on which a nurse is away, each of which the board says.
fn absences(document: &Document) -> usize {
    let days = 0..i64::from(document.horizon.days);
    let dates: Vec<_> = days.map(|day| document.horizon.first_day.saturating_add(day.days())).collect();
    let all = document.agreements.absences.iter();
    all.map(|away| dates.iter().filter(|date| (away.from..=away.until).contains(*date)).count()).sum()
}

#[test]
fn changes_since_the_published_plan_are_listed() {
    let (document, plan) = fixture();
    let mut published = plan.clone();
    let lost = published.tours.pop().expect("a tour");
    let report = report(&document, &plan);
    let page = Page::new(&report).with_published(&published).to_html();
    let heading = format!("What changed since the published plan: {}", lost.visits().count());
    assert!(page.contains(&heading));
    let same = Page::new(&report).with_published(&plan).to_html();
    assert!(same.contains("Nothing changed"));
}

#[test]
fn places_without_coordinates_have_no_map() {
    let (document, plan) = fixture();
    let page = page(&document, &plan);
    assert!(page.contains("There is no map"), "the fixture gives a matrix");
    assert!(!page.contains("id=\"map\""));
}
