//! What is legal and probably wrong: each kind of warning from one change to a document that has none.

use kring::data::starter::starter;
use kring::data::text::{Form, read_document};
use kring::model::document::{
    Absence, Away, Document, Lock, Paid, PastVisit, Pin, Place, Shift, TimeOfDay, Window,
};
use kring::model::{Warning, WarningKind};

fn quiet() -> Document {
    let first_day = jiff::civil::date(2026, 3, 2);
    let document =
        read_document(&starter(Form::Yaml, first_day).expect("a text"), Form::Yaml).expect("a document");
    assert_eq!(document.warnings(), []);
    document
}

fn warnings(change: impl FnOnce(&mut Document)) -> Vec<Warning> {
    let mut document = quiet();
    change(&mut document);
    document.validate().expect("warnings are of valid documents");
    document.warnings()
}

/// The only warning after a change.
fn warning(kind: WarningKind, change: impl FnOnce(&mut Document)) -> String {
    let all = warnings(change);
    assert_eq!(all.len(), 1, "{all:#?}");
    assert_eq!(all[0].kind, kind);
    all[0].to_string()
}

fn time(hour: u32) -> TimeOfDay {
    TimeOfDay::from_seconds(3600 * hour).expect("a time")
}

#[test]
fn competences_that_nobody_has() {
    let kind = WarningKind::Competence;
    assert_eq!(
        warning(kind, |d| d.clients[3].care[0].competences.push("catheter".into())),
        "clients[3].care[0].competences[1] (client \"c4\", care \"wound\"): no nurse has the competence \"catheter\"; \
         its visits stay unplanned; add it to a nurse who has it"
    );
    assert_eq!(
        warning(kind, |d| d.clients[3].care[0].competences[0] = "Wounds".into()),
        "clients[3].care[0].competences[0] (client \"c4\", care \"wound\"): no nurse has the competence \"Wounds\"; \
         did you mean \"wound\"?"
    );
    assert_eq!(
        warning(kind, |d| d.nurses[2].competences[0] = "wond".into()),
        "nurses[2].competences[0] (nurse \"n3\"): no care asks for \"wond\"; did you mean \"wound\"?"
    );
    assert!(
        warning(kind, |d| d.clients[0].care[1].level = Some(6))
            .contains("no nurse has level 6; the highest is 5")
    );
}

#[test]
fn care_that_never_takes_place() {
    let kind = WarningKind::CareOutsideHorizon;
    let day = |month, day| Some(jiff::civil::date(2026, month, day));
    assert!(
        warning(kind, |d| d.clients[4].care[0].until = day(3, 1)).contains("the care ended on 2026-03-01")
    );
    assert!(
        warning(kind, |d| d.clients[4].care[0].from = day(3, 16)).contains("the care begins on 2026-03-16")
    );
    let none = warning(WarningKind::ClientWithoutCare, |d| d.clients[4].care.clear());
    assert_eq!(none, "clients[4].care (client \"c5\"): no care; add a care line, or leave the client out");
    // Away all the time is said by the document itself.
    let away = kring::model::document::Away::new(day(3, 1).expect("a day"), day(3, 31).expect("a day"));
    assert_eq!(warnings(|d| d.clients[4].away = vec![away]), []);
}

#[test]
fn pins_to_somebody_who_is_away() {
    let date = jiff::civil::date(2026, 3, 3);
    let pin = |nurse: &str| Pin::new("c1", "wash", date).with(|pin| pin.nurse = Some(nurse.into()));
    let kind = WarningKind::PinnedNurseAway;
    let on_leave = warning(kind, |d| {
        d.agreements.pins.push(pin("n1"));
        d.agreements.absences.push(Absence::new("n1", date, date));
    });
    assert_eq!(
        on_leave,
        "agreements.pins[0].nurse: \"n1\" is on leave on 2026-03-03; pin the visit to somebody else, or lift the pin"
    );
    assert!(
        warning(kind, |d| d.agreements.pins.push(pin("n2"))).contains("\"n2\" has no shift on 2026-03-03")
    );
    assert_eq!(warnings(|d| d.agreements.pins.push(pin("n1"))), []);
}

#[test]
fn pins_of_one_nurse_at_one_time() {
    let date = jiff::civil::date(2026, 3, 3);
    let pin = |care: &str, hour| {
        Pin::new("c1", care, date).with(|pin| (pin.nurse, pin.start) = (Some("n1".into()), Some(time(hour))))
    };
    // A second care line of the same client, in the same window.
    let pinned = |d: &mut Document, hours: [u32; 2]| {
        let mut line = d.clients[0].care.iter().find(|line| line.id == "wash").expect("a care line").clone();
        line.id = "again".into();
        d.clients[0].care.push(line);
        d.agreements.pins.extend([pin("wash", hours[0]), pin("again", hours[1])]);
    };
    assert_eq!(
        warning(WarningKind::PinsAtOnce, |d| pinned(d, [8, 8])),
        "agreements.pins[1].start: agreements.pins[0] is another visit of \"n1\" at that time on 2026-03-03; \
         pin one of the two to another nurse or hour"
    );
    assert_eq!(warnings(|d| pinned(d, [8, 9])), []);
}

#[test]
fn locks_that_cannot_hold() {
    let date = jiff::civil::date(2026, 3, 3);
    let lock = |nurse: &str| Lock { nurse: Some(nurse.into()), date: Some(date), ..Lock::default() };
    let kind = WarningKind::LockCannotHold;
    assert_eq!(
        warning(kind, |d| d.agreements.locks.push(lock("n2"))),
        "agreements.locks[0].nurse: \"n2\" has no shift on the days of the lock; lift the lock, or lock the hour only"
    );
    let against = warning(kind, |d| {
        d.agreements.locks.push(Lock { client: Some("c1".into()), ..lock("n1") });
        let (client, care) = ("c1", "wash");
        d.agreements.pins.push(Pin::new(client, care, date).with(|pin| pin.nurse = Some("n3".into())));
    });
    assert!(against.contains("agreements.pins[0] names another nurse than \"n1\""), "{against}");
    let past = warning(kind, |d| {
        d.agreements.locks.push(Lock { date: Some(jiff::civil::date(2026, 4, 3)), ..lock("n1") });
    });
    assert_eq!(
        past,
        "agreements.locks[0].date: no day of the lock lies in the 14 days from 2026-03-02; mend the day, or leave the lock out"
    );
    assert_eq!(warnings(|d| d.agreements.locks.push(lock("n1"))), []);
    // At a price it is no promise.
    assert_eq!(warnings(|d| d.agreements.locks.push(Lock { factor: Some(2.0), ..lock("n2") })), []);
}

#[test]
fn shifts_that_no_visit_can_use_and_nurses_without_any() {
    let shift = |start, end| Shift::new(jiff::civil::date(2026, 3, 4), time(start), time(end));
    let idle = warning(WarningKind::IdleShift, |d| d.nurses[1].shifts.push(shift(14, 17)));
    assert!(idle.starts_with("nurses[1].shifts[0] (nurse \"n2\"): no time window"), "{idle}");
    let night = warning(WarningKind::IdleShift, |d| {
        d.nurses[2].recurring[1].start = time(21);
        d.nurses[2].recurring[1].end = time(5);
        d.nurses[2].recurring.remove(0);
    });
    assert!(night.starts_with("nurses[2].recurring[0]"), "{night}");
    assert!(warning(WarningKind::NurseWithoutShift, |d| d.nurses[0].recurring.clear()).contains("no shift"));
}

#[test]
fn past_visits_by_nobody_of_the_team() {
    let said = warning(WarningKind::UnknownPastNurse, |d| {
        for nurse in ["n1", "n9", "n9", "gone"] {
            let date = jiff::civil::date(2026, 2, 27);
            d.history.visits.push(PastVisit::new("c1", nurse, date));
        }
    });
    assert!(said.starts_with("history.visits["), "{said}");
    assert!(said.contains("not in the team: \"n9\"; right for those who have left"), "{said}");
}

#[test]
fn minutes_and_windows_that_are_rarely_meant() {
    let minutes = |minutes| move |d: &mut Document| d.clients[4].care[0].minutes = minutes;
    assert!(warning(WarningKind::UnusualMinutes, minutes(0.5)).contains("0.5 minutes with the client"));
    assert!(warning(WarningKind::UnusualMinutes, minutes(350.0)).contains("350 minutes"));
    assert_eq!(warnings(minutes(3.0)).len() + warnings(minutes(240.0)).len(), 0);
    let window = |from, to| {
        move |d: &mut Document| {
            d.clients[4].care[0].window = Window::new(time(from), time(to));
            d.clients[4].care[0].preferred_start = None;
        }
    };
    let said = warning(WarningKind::WindowOverMidnight, window(12, 7));
    assert!(
        said.ends_with("from 12:00 to 07:00 goes on past midnight; did you mean 07:00 to 12:00?"),
        "{said}"
    );
    assert_eq!(warnings(window(21, 7)), []);
}

#[test]
fn leave_outside_the_horizon() {
    let day = |month, day| jiff::civil::date(2026, month, day);
    let absent = |from, until| {
        move |d: &mut Document| {
            d.agreements.absences.push(Absence::new("n1", from, until));
        }
    };
    let kind = WarningKind::LeaveOutsideHorizon;
    let said = warning(kind, absent(day(4, 4), day(4, 5)));
    assert!(
        said.contains("2026-04-04 to 2026-04-05 lies outside the days to plan, 2026-03-02 to 2026-03-15")
    );
    assert_eq!(warnings(absent(day(2, 1), day(3, 2))), []);
    let away = warning(kind, |d| d.clients[4].away = vec![Away::new(day(1, 1), day(3, 1))]);
    assert!(away.starts_with("clients[4].away[0] (client \"c5\")"), "{away}");
}

#[test]
fn a_price_of_fair_load_where_shifts_are_paid() {
    let said = warning(WarningKind::PriceWithoutEffect, |d| d.prices.fair_load = 1.0);
    assert!(said.starts_with("prices.fair_load: whole shifts are paid"), "{said}");
    let span = |d: &mut Document| {
        d.prices.fair_load = 1.0;
        d.working_time.paid = Paid::Span;
    };
    assert_eq!(warnings(span), []);
}

#[test]
fn prices_for_which_a_visit_would_be_left_out() {
    let kind = WarningKind::CheapToLeaveOut;
    let said = |change: fn(&mut Document), start: &str| {
        let said = warning(kind, change);
        assert!(said.starts_with(start), "{said}");
    };
    let order = "prices.unplanned.needed: 299, less than that of wished visits, 300";
    said(|d| d.prices.unplanned.needed = 299.0, order);
    said(
        |d| d.prices.face = 1500.0,
        "prices.face: 1500, so that a needed visit may be left out instead, for 1500",
    );
    said(|d| d.prices.used_shift = 6000.0, "prices.used_shift: 6000, so that a vital visit may be left out");
    let heavy = |d: &mut Document| {
        (d.prices.new_face, d.prices.face_over_max) = (0.0, 0.0);
        d.clients[0].weight = 100.0;
    };
    said(heavy, "prices.face: 20 (for a client of weight 100), so that a needed visit may be left out");
    let equal = |d: &mut Document| (d.prices.unplanned.vital, d.prices.unplanned.needed) = (1500.0, 1500.0);
    assert_eq!(warnings(equal), []);
    assert_eq!(warnings(|d| d.prices.face = 1499.0), []);
}

#[test]
fn a_horizon_without_a_time_zone() {
    let said = warning(WarningKind::NoTimeZone, |d| d.horizon.time_zone = None);
    assert!(said.starts_with("horizon.time_zone: not given; calendars have local times"), "{said}");
}

#[test]
fn large_teams_and_far_places() {
    let large = warning(WarningKind::LargeTeam, |d| {
        for i in 4..=13 {
            let mut nurse = d.nurses[0].clone();
            nurse.id = format!("n{i}");
            d.nurses.push(nurse);
        }
    });
    assert!(large.contains("a team of 13, more than 12"), "{large}");
    let kind = WarningKind::FarPlace;
    assert_eq!(
        warning(kind, |d| d.clients[1].location = Place::at(52.9, 5.1155)),
        "clients[1].location (client \"c2\"): 90 km from the middle of the neighbourhood; check the coordinates"
    );
    let swapped = warning(kind, |d| d.clients[1].location = Place::at(5.1155, 52.0932));
    assert!(swapped.ends_with("lat and lon are probably exchanged"), "{swapped}");
    // All of them: the time zone tells.
    let exchange = |d: &mut Document| {
        let homes = d.nurses.iter_mut().map(|nurse| &mut nurse.home);
        for place in homes.chain(d.clients.iter_mut().map(|client| &mut client.location)) {
            let (lat, lon) = place.coordinates().expect("coordinates");
            *place = Place::at(lon, lat);
        }
    };
    assert_eq!(
        warning(kind, exchange),
        "clients: the places lie around lat 5.1, lon 52.1, far from where clocks show Europe/Amsterdam time; \
         lat and lon are probably exchanged in all places; else mend the time zone"
    );
    let elsewhere = |d: &mut Document| {
        exchange(d);
        d.horizon.time_zone = Some("Indian/Mahe".into());
    };
    assert_eq!(warnings(elsewhere), []);
}

#[test]
fn a_place_too_far_to_travel_to_is_named_itself_and_not_the_others() {
    let mut document = quiet();
    document.clients[1].location = Place::at(5.1155, 52.0932);
    document.nurses[0].home = Place::at(-52.09, 5.12);
    let error = kring::prepare(&document, std::path::Path::new(".")).expect_err("too far");
    let told: Vec<String> = error.mistakes().iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(
        told.iter().any(|t| t.starts_with("clients[1].location (client \"c2\")") && t.contains("exchanged"))
    );
    assert!(
        told.iter()
            .any(|t| t.starts_with("nurses[0].home (nurse \"n1\")") && t.contains("check the coordinates"))
    );
}

#[test]
fn a_household_of_one_is_probably_a_slip() {
    let mut document =
        read_document(&starter(Form::Yaml, jiff::civil::date(2026, 3, 2)).expect("a text"), Form::Yaml)
            .expect("a document");
    let lonely = |document: &Document| {
        let told = document.warnings().into_iter().filter(|told| told.kind == WarningKind::LonelyHousehold);
        told.map(|told| told.said.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(lonely(&document), [""; 0]);
    document.clients[0].household = Some("Church street 3".into());
    document.clients[1].household = Some("Church street 3 ".into());
    assert_eq!(
        lonely(&document),
        [
            "clients[0].household (client \"c1\"): no other client is of household \"Church street 3\"; write it alike for \
             each of them, or leave it out",
            "clients[1].household (client \"c2\"): no other client is of household \"Church street 3 \"; write it alike for \
             each of them, or leave it out",
        ]
    );
    document.clients[1].household = Some("Church street 3".into());
    assert_eq!(lonely(&document), [""; 0]);
}
