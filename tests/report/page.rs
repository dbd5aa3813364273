//! The page: what stands on it, what does not, and that nothing in a document can break out of it.

#![cfg(feature = "page")]

use jiff::ToSpan;
use kring::check::{Checked, Rule, Violation};
use kring::model::Plan;
use kring::model::document::{Away, Document, RecurringShift, Weekday};
use kring::model::plan::{StandIn, Stop};
use kring::report::Language;
use kring::report::Report;
use kring::report::page::Page;
use serde_json::{Value, json};

fn fixture() -> (Document, Plan) {
    let document = include_str!("../golden/report/neighbourhood.json");
    let plan = include_str!("../golden/report/plan.json");
    (serde_json::from_str(document).expect("a document"), serde_json::from_str(plan).expect("a plan"))
}

fn report<'a>(document: &'a Document, plan: &'a Plan) -> Report<'a> {
    Report::of(document, plan, Checked::default()).expect("a report")
}

fn page(document: &Document, plan: &Plan) -> String {
    Page::new(&report(document, plan)).to_html()
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
    let rows = page.matches("<li class=\"tour\"").count();
    assert_eq!(page.matches("<span class=\"v h").count() - rows, 2 * visits);
    assert_eq!(page.matches("<svg class=\"m h").count(), visits);
    for tour in &plan.tours {
        for visit in tour.visits() {
            let time = visit.start.time().strftime("%H:%M").to_string();
            assert!(page.contains(&time), "{time}");
        }
    }
}

// The fixture's nurse 1 comes in on her Mondays whatever she wished.
#[test]
fn wishes_that_were_not_kept_are_named() {
    let (mut document, plan) = fixture();
    let tour = &plan.tours[0];
    let date = tour.shift.date();
    let nurse = document.nurses.iter().position(|nurse| nurse.id == tour.nurse).expect("a nurse");
    let said =
        |document: &Document| (report(document, &plan).summary_view().to_string(), page(document, &plan));
    let (summary, html) = said(&document);
    assert!(!summary.contains("Wishes not kept") && !html.contains("could not be given"));
    document.nurses[nurse].wished_off.dates = vec![date, date.saturating_add(200.days())];
    let (summary, html) = said(&document);
    let day = date.strftime("%a %-d").to_string();
    let block = summary.split("Wishes not kept").nth(1).expect("a block");
    let line = block.lines().find(|line| line.contains(&document.nurses[nurse].id)).expect("a line");
    assert!(line.ends_with(&format!(": {day}")), "{line}");
    assert!(html.contains("Days off that were wished for and could not be given"));
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
    let whole = Page::new(&report);
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
    let mut checked = Checked::default();
    checked.violations.push(Violation::new(Rule::Window, "tours[0].stops[1]", "care starts <b>late</b>", 60));
    let page = Page::new(&Report::of(&document, &plan, checked).expect("a report")).to_html();
    let at = page.find("This plan breaks rules").expect("a warning");
    assert!(at < page.find("<section class=\"view\"").expect("the clients"));
    assert!(page.contains("care starts &lt;b&gt;late&lt;/b&gt;") && page.contains("tours[0].stops[1]"));
    assert!(!page.contains("agreements are kept"));
    // Of a clean plan it says so.
    let clean = Page::new(&report(&document, &plan)).to_html();
    assert!(clean.contains("agreements are kept") && !clean.contains("breaks rules"));
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
    let page = Page::new(&report).in_language(Language::Dutch).to_html();
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
            nurse.recurring.push(
                RecurringShift::new(vec![Weekday::of(shift.date)], shift.start, shift.end).with(|new| {
                    (new.from, new.until) = (Some(shift.date), Some(shift.date));
                    (new.latest_end, new.break_minutes) = (shift.latest_end, shift.break_minutes);
                    (new.leaves_from, new.returns_to) = (shift.leaves_from, shift.returns_to);
                }),
            );
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
    document.clients[0].away = vec![Away::new(from, from)];
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

/// Seconds of `36:20`, with or without a sign.
fn seconds(hours: &str) -> i64 {
    let (hour, minute) = hours.trim_start_matches(['+', '-']).split_once(':').expect("hours and minutes");
    let all = hour.parse::<i64>().expect("hours") * 3600 + minute.parse::<i64>().expect("minutes") * 60;
    if hours.starts_with('-') { -all } else { all }
}

// Shifts last 36:20 with 10 minutes of overtime. Three shifts of six hours and the night of eight carry a break of half
// an hour, one of them on a tour; nurse-2 is away on the day of her second shift.
#[test]
fn the_hours_of_the_shifts_add_up_row_by_row_and_agree_with_the_paid_hours() {
    let (document, plan) = fixture();
    let report = report(&document, &plan);
    let page = Page::new(&report).to_html();
    let card = between(&page, "<h3>Where the hours of the shifts go</h3>", "</table>")[0];
    let rows: Vec<i64> =
        between(card, "<td>", "</td>").into_iter().filter(|cell| cell.contains(':')).map(seconds).collect();
    let (sum, parts) = rows.split_last().expect("rows");
    assert_eq!((*sum, parts.iter().sum::<i64>()), (36 * 3600 + 20 * 60, *sum));
    let time = &report.indicators().time;
    assert!(card.contains("> break</th><td>2:00</td>"), "{card}");
    assert_eq!(time.shift - 2 * 3600, time.paid);
    // A shift in which nobody comes is said to be one.
    assert!(!card.contains("shifts without visits"));
    let mut fewer = plan.clone();
    fewer.tours.retain(|tour| tour.nurse != "nurse-2");
    let page = self::page(&document, &fewer);
    assert!(page.contains("> shifts without visits</th><td>4:00</td>"));
}

#[test]
fn hours_and_contract_are_week_by_week_as_the_price_list_counts_them() {
    let (document, plan) = fixture();
    let report = report(&document, &plan);
    let page = Page::new(&report).to_html();
    let card = between(&page, "<h3>Hours against contract</h3>", "</section>")[0];
    // nurse-1: 11:00 against 12:00, then 5:30 against three days of seven, 5:08:34.
    assert!(card.contains("<td>11:00<small> -1:00</small></td><td>5:30<small> +0:21</small></td>"), "{card}");
    let apart = report.indicators().hours.iter().filter_map(|week| Some(week.paid - week.contract?));
    let above: i64 = apart.clone().filter(|apart| *apart > 0).sum();
    let below: i64 = apart.filter(|apart| *apart < 0).sum();
    let said = between(card, "Week by week: ", " below.")[0];
    let (said_above, said_below) = said.split_once(" above the contracts, ").expect("a sentence");
    assert!((seconds(said_above) - above).abs() < 60 && (seconds(said_below) + below).abs() < 60, "{said}");
}

#[test]
fn a_stand_in_is_met_on_the_first_day_she_comes() {
    let (document, mut plan) = fixture();
    // nurse-1 comes to client-1 on 2, 3 and 9 March: her last visit before the leave introduces nobody.
    let date = |day| jiff::civil::date(2026, 3, day);
    let stand_in = |nurse: &str, from| -> StandIn {
        let written = json!({"client": "client-1", "nurse": nurse, "away": ["nurse-2"], "from": from, "until": date(9),
            "visits": 1, "introduced": date(3)});
        serde_json::from_value(written).expect("a stand-in")
    };
    plan.stand_ins = vec![stand_in("nurse-1", date(9)), stand_in("nurse-3", date(3))];
    let page = page(&document, &plan);
    let said = "nurse-1 comes during the leave of nurse-2, Monday 9 March: 1 visit. First comes on Monday 2 March, so is \
                known by then.";
    assert!(page.contains(said));
    assert!(page.contains("stand-in comes during the leave of nurse-2, Tuesday 3 March – Monday 9 March: 1 visit. Comes as a stranger."));
}

#[test]
fn a_spread_is_the_difference_of_the_times_that_are_shown() {
    let (document, plan) = fixture();
    // The first of the starts 55 seconds later: the difference in seconds is no longer one of whole minutes.
    let text = serde_json::to_string(&plan).expect("text");
    let later = text.replace("\"start\":\"2026-03-02T08:00:00", "\"start\":\"2026-03-02T08:00:55");
    assert_ne!(text, later);
    let plan: Plan = serde_json::from_str(&later).expect("a plan");
    let page = page(&document, &plan);
    let said = between(&page, "starts between ", " apart");
    assert!(said.len() >= 2);
    for spread in said {
        let (from, rest) = spread.split_once(" and ").expect("two times");
        let (to, minutes) = rest.split_once(", ").expect("minutes");
        assert_eq!(format!("{} min", (seconds(to) - seconds(from)) / 60), minutes);
    }
}

#[test]
fn a_line_for_the_own_hour_is_promised_only_where_it_is_drawn() {
    let (document, plan) = fixture();
    let page = page(&document, &plan);
    for client in &document.clients {
        let article =
            between(&page, &format!("<article class=\"client\" id=\"client={}\"", client.id), "</article>");
        let has_own = client.care.iter().any(|care| care.preferred_start.is_some());
        assert_eq!(article[0].contains("dashed line"), has_own, "{}", client.id);
        assert_eq!(article[0].contains("class=\"own\""), has_own, "{}", client.id);
    }
}

#[test]
fn a_visit_says_how_far_it_is_from_the_own_hour_and_why_the_first_nurse_does_not_come() {
    let of = |document: &Document, plan: &Plan, client: usize, day: u16, field: usize| {
        let data = data(&page(document, plan));
        let visits = data["visits"].as_array().expect("visits").clone();
        let found: Vec<_> = visits.iter().filter(|visit| visit[0] == client && visit[3] == day).collect();
        found.last().expect("a visit")[field].clone()
    };
    let (mut document, plan) = fixture();
    let [why, after] = [10, 11];
    // 08:00 for 07:30; an evening visit while the first nurse works in the morning; at night, without a shift.
    let data = data(&page(&document, &plan));
    assert_eq!((&data["visits"][0][why], &data["visits"][0][after]), (&Value::Null, &Value::from(30)));
    assert_eq!(of(&document, &plan, 0, 1, why), 2);
    assert_eq!(of(&document, &plan, 2, 8, why), 1);
    assert_eq!(of(&document, &plan, 2, 8, after), Value::Null);
    // client-2 on the second day, by nurse-3: the first nurse is away; not of the level; at work in these hours.
    document.clients[1].first_nurse = Some("nurse-2".to_owned());
    assert_eq!(of(&document, &plan, 1, 1, why), 0);
    document.clients[1].first_nurse = Some("nurse-1".to_owned());
    assert_eq!(of(&document, &plan, 1, 1, why), 4);
    assert_eq!(of(&document, &plan, 1, 0, why), Value::Null);
    document.clients[1].forbidden_nurses = vec!["nurse-1".to_owned()];
    assert_eq!(of(&document, &plan, 1, 1, why), 3);
}
