//! Small random neighbourhoods that use every rule: for properties, oracles and fuzzing.

use jiff::ToSpan;
use kring::model::document::*;

/// A stable little source of chance, so that a number names a neighbourhood for ever.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678_9ABC_DEF1)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    #[allow(dead_code)]
    pub fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }
}

fn time(minutes: usize) -> TimeOfDay {
    TimeOfDay::from_seconds(minutes as u32 * 60).expect("a time of day")
}

/// 2 to 4 nurses, 2 to 6 clients, 2 to 9 days.
pub fn document(seed: u64) -> Document {
    let mut document = plain(seed);
    add_wishes(&mut document, &mut Chance::new(seed ^ 0xFACE));
    add_leave(&mut document, &mut Chance::new(seed ^ 0x1EA7E));
    add_working_lives(&mut document, &mut Chance::new(seed ^ 0x5047));
    add_wished_off(&mut document, &mut Chance::new(seed ^ 0x0FF));
    add_places(&mut document, &mut Chance::new(seed ^ 0x91ACE));
    add_meetings(&mut document, &mut Chance::new(seed ^ 0x3EE7));
    add_households(&mut document, &mut Chance::new(seed ^ 0xC0B1E));
    add_preferred_starts(&mut document, &mut Chance::new(seed ^ 0x57A27));
    document
}

/// Preferred starts move to anywhere in their windows, with a price and a tolerance; drawn apart as well.
fn add_preferred_starts(document: &mut Document, chance: &mut Chance) {
    document.prices.preferred_start = chance.pick(&[0.0, 0.1, 0.1, 1.0]);
    document.prices.preferred_start_tolerance = chance.pick(&[0.0, 5.0, 15.0]);
    for care in document.clients.iter_mut().flat_map(|client| &mut client.care) {
        let from = care.window.from.seconds() as usize / 60;
        let minutes = (care.window.to.seconds() as usize / 60).saturating_sub(from);
        care.preferred_start = care.preferred_start.map(|_| time(from + 5 * chance.below(minutes / 5 + 1)));
    }
}

/// Couples, now and then; drawn apart as well.
fn add_households(document: &mut Document, chance: &mut Chance) {
    document.prices.household = chance.pick(&[0.0, 10.0, 45.0]);
    if chance.one_in(2) {
        for client in document.clients.iter_mut().take(2 + chance.below(2)) {
            client.household = Some("h".into());
        }
    }
}

/// Meetings that can be held, now and then; drawn apart as well.
fn add_meetings(document: &mut Document, chance: &mut Chance) {
    let first_shift = |nurse: &Nurse| {
        // Long enough for the ways, short enough to have no break.
        let length = |shift: &Shift| shift.end.seconds() - shift.start.seconds();
        let fits =
            |shift: &&Shift| shift.break_minutes.is_none() && (14_400..=19_800).contains(&length(shift));
        nurse.shifts.iter().find(fits).cloned()
    };
    if chance.one_in(3)
        && let Some((nurse, shift)) =
            document.nurses.iter().find_map(|nurse| Some((nurse, first_shift(nurse)?)))
    {
        let start = TimeOfDay::from_seconds(shift.start.seconds() + 90 * 60).expect("a time of day");
        let mut meeting = Meeting::new("fixed", Days::Dates(vec![shift.date]), start, 30.0);
        meeting.nurses = vec![nurse.id.clone()];
        meeting.location = chance.one_in(2).then(|| Place::at(52.01, 4.33));
        document.meetings.push(meeting);
    } else if chance.one_in(3) {
        let days = chance.pick(&[Days::Weekdays(vec![Weekday::Tuesday]), Days::PerWeek(PerWeek::new(1))]);
        let mut meeting = Meeting::new("role", days, time(8 * 60), 20.0);
        (meeting.start, meeting.window) = (None, Some(Window::new(time(7 * 60), time(21 * 60))));
        meeting.at = Some(Base::Home);
        document.meetings.push(meeting);
    }
}

/// Other addresses and an office, now and then; drawn apart as well.
fn add_places(document: &mut Document, chance: &mut Chance) {
    if chance.one_in(4) {
        document.office = Some(Place::at(52.02, 4.32));
        for nurse in &mut document.nurses {
            nurse.leaves_from = chance.pick(&[Base::Home, Base::Office]);
            nurse.returns_to = chance.pick(&[Base::Home, Base::Home, Base::Office]);
            for shift in &mut nurse.shifts {
                if !chance.one_in(4) {
                    continue;
                }
                shift.leaves_from = chance.pick(&[None, Some(Base::Home), Some(Base::Office)]);
                shift.returns_to = chance.pick(&[None, Some(Base::Home), Some(Base::Office)]);
            }
        }
    }
    let day = |n: usize| document.horizon.first_day.saturating_add((n as i64).days());
    for client in &mut document.clients {
        if chance.one_in(5) {
            let from = chance.below(usize::from(document.horizon.days));
            let location = Place::at(52.0 + chance.below(40) as f64 * 0.001, 4.32);
            client.elsewhere = vec![Elsewhere::new(day(from), day(from + chance.below(3)), location)];
        }
    }
}

/// Prices of how nurses work, now and then; drawn apart as well.
fn add_working_lives(document: &mut Document, chance: &mut Chance) {
    if chance.one_in(3) {
        let prices = &mut document.prices;
        prices.used_shift = chance.pick(&[0.0, 7.0, 30.0]);
        prices.fair_load = chance.pick(&[0.0, 0.0, 0.5, 2.0]);
        (prices.short_tour, prices.least_tour) = (chance.pick(&[0.0, 0.5, 1.5]), chance.pick(&[60.0, 150.0]));
    }
}

/// Days wished off, now and then; drawn apart as well.
fn add_wished_off(document: &mut Document, chance: &mut Chance) {
    document.prices.wished_off = chance.pick(&[0.0, 5.0, 40.0]);
    let second_day = document.horizon.first_day.saturating_add(1.days());
    for nurse in &mut document.nurses {
        if chance.one_in(6) {
            nurse.wished_off.weekdays = vec![chance.pick(&[Weekday::Monday, Weekday::Thursday])];
            nurse.wished_off.dates = vec![second_day];
        }
    }
}

/// Planned leave of a nurse or two, now and then; drawn apart as well.
fn add_leave(document: &mut Document, chance: &mut Chance) {
    if !document.agreements.pins.is_empty() {
        return;
    }
    for _ in 0..[0, 0, 0, 1, 2][chance.below(5)] {
        let day = |n: usize| document.horizon.first_day.saturating_add((n as i64).days());
        let from = chance.below(usize::from(document.horizon.days));
        let nurse = document.nurses[chance.below(2)].id.clone();
        let absence = Absence::new(nurse, day(from), day(from + chance.below(3)));
        document.agreements.absences.push(absence);
    }
    document.prices.unintroduced = chance.pick(&[0.0, 10.0, 45.0]);
}

/// Wishes about who comes, now and then; drawn apart, so that the rest of a neighbourhood stays as it is.
fn add_wishes(document: &mut Document, chance: &mut Chance) {
    if chance.one_in(3) {
        document.history.half_life_days = Some(chance.pick(&[5.0, 14.0, 45.5]));
    }
    document.prices.not_circle = chance.pick(&[0.0, 0.0, 3.0]);
    if chance.one_in(4) {
        document.prices.coc = chance.pick(&[0.0, 40.0]);
        document.prices.upc = chance.pick(&[0.0, 25.0]);
        document.prices.handover = chance.pick(&[0.0, 0.0, 4.0]);
    }
    for client in &mut document.clients {
        client.known_faces_under_minutes = chance.one_in(6).then(|| chance.pick(&[15.0, 25.0, 30.0]));
        client.weight = chance.pick(&[1.0, 1.0, 1.0, 0.0, 0.3, 2.5]);
    }
    for care in document.clients.iter_mut().flat_map(|client| &mut client.care) {
        let within_minutes = chance.pick(&[0.0, 10.0, 30.0]);
        let regular = RegularHour { within_minutes, hard: chance.one_in(2) };
        care.regular_hour = chance.one_in(4).then_some(regular);
    }
}

fn plain(seed: u64) -> Document {
    let chance = &mut Chance::new(seed);
    let first_day = chance.pick(&[jiff::civil::date(2026, 3, 2), jiff::civil::date(2026, 3, 26)]);
    let days = 2 + chance.below(8) as u16;
    let date = |day: usize| first_day.saturating_add((day as i64).days());
    let place = |chance: &mut Chance| {
        Place::at(52.0 + chance.below(40) as f64 * 0.001, 4.3 + chance.below(40) as f64 * 0.001)
    };
    let law = chance.pick(&[Law::Netherlands, Law::None]);
    let nurse_count = 2 + chance.below(3);
    let client_count = 2 + chance.below(5);
    let nurses: Vec<Nurse> = (0..nurse_count)
        .map(|i| {
            let late = chance.one_in(3);
            let shifts = (0..usize::from(days))
                .filter(|_| !chance.one_in(4))
                .collect::<Vec<_>>()
                .into_iter()
                .map(|day| {
                    let start = if late { 15 * 60 } else { 7 * 60 } + 15 * chance.below(5);
                    let end = start + 60 * (3 + chance.below(5));
                    let over = chance.pick(&[0, 0, 30]);
                    Shift::new(date(day), time(start), time(end)).with(|shift| {
                        shift.latest_end = (over > 0).then(|| time(end + over));
                        shift.break_minutes = chance.one_in(6).then_some(30);
                    })
                })
                .collect();
            Nurse::new(format!("n{i}"), place(chance)).with(|nurse| {
                nurse.level = 2 + chance.below(3) as u8;
                nurse.competences = if chance.one_in(2) { vec!["wounds".into()] } else { vec![] };
                nurse.mode = chance.pick(&[Mode::Bicycle, Mode::Bicycle, Mode::Car]);
                nurse.contract_hours = chance.one_in(2).then(|| 8.0 + chance.below(28) as f64);
                nurse.shifts = shifts;
            })
        })
        .collect();
    let clients: Vec<Client> = (0..client_count)
        .map(|i| {
            let first = chance.one_in(2).then(|| format!("n{}", chance.below(nurse_count)));
            let forbidden: Vec<String> = if chance.one_in(5) {
                vec![format!("n{}", chance.below(nurse_count))]
                    .into_iter()
                    .filter(|n| Some(n) != first.as_ref())
                    .collect()
            } else {
                vec![]
            };
            let preferred = (0..nurse_count).map(|n| format!("n{n}")).filter(|n| !forbidden.contains(n));
            let location = place(chance);
            let care = (0..1 + chance.below(2)).map(|k| care(chance, k, usize::from(days))).collect();
            Client::new(format!("c{i}"), location, care).with(|client| {
                client.circle = if chance.one_in(2) { preferred.clone().take(2).collect() } else { vec![] };
                client.preferred_nurses =
                    if chance.one_in(4) { preferred.clone().take(1).collect() } else { vec![] };
                client.first_nurse = first;
                client.forbidden_nurses.clone_from(&forbidden);
                client.max_faces = chance
                    .one_in(3)
                    .then(|| MaxFaces { count: 1 + chance.below(2) as u32, hard: chance.one_in(2) });
            })
        })
        .collect();
    let visits = (0..chance.below(12))
        .map(|_| {
            PastVisit::new(
                format!("c{}", chance.below(client_count)),
                format!("n{}", chance.below(nurse_count)),
                first_day.saturating_sub((1 + chance.below(80) as i64).days()),
            )
        })
        .collect();
    let horizon =
        Horizon::new(first_day, days).with(|horizon| horizon.time_zone = Some("Europe/Amsterdam".into()));
    Document::new(horizon, Travel::straight(), nurses, clients).with(|document| {
        let time = &mut document.working_time;
        time.law = law;
        time.paid = chance.pick(&[Paid::Shift, Paid::Span]);
        time.home_legs_unpaid = chance.one_in(2);
        time.breaks_paid = chance.one_in(2);
        document.prices.under_contract = chance.pick(&[0.0, 0.25]);
        (document.history.weeks, document.history.visits) = (8, visits);
    })
}

fn care(chance: &mut Chance, k: usize, days: usize) -> Care {
    let from = chance.pick(&[7 * 60, 8 * 60, 9 * 60, 12 * 60, 17 * 60]) + 15 * chance.below(4);
    let to = from + chance.pick(&[30, 60, 90, 180]);
    let two = 2.min(days);
    let days = match chance.below(5) {
        0 | 1 => Days::Daily,
        2 => Days::Weekdays(vec![Weekday::Monday, Weekday::Thursday, Weekday::Saturday]),
        3 => Days::PerWeek(PerWeek::new(1 + chance.below(two) as u8)),
        _ => Days::Patterns(vec![vec![0], vec![days as u16 - 1]]),
    };
    let preferred_start = chance.one_in(2).then(|| time(from + 15));
    let minutes = 10.0 + 5.0 * chance.below(9) as f64;
    Care::new(format!("k{k}"), days, Window::new(time(from), time(to)), minutes).with(|care| {
        care.preferred_start = preferred_start;
        care.level = chance.one_in(3).then_some(3);
        care.competences = if chance.one_in(5) { vec!["wounds".into()] } else { vec![] };
        care.priority = chance.pick(&[Priority::Vital, Priority::Needed, Priority::Wished]);
    })
}
