//! What no plan can beat: against every set of nurses, against plans, and cases worked out by hand.

// Tests compare with what the platform computes.
#![allow(clippy::disallowed_methods)]

use crate::random::{self, Chance};
use kring::model::cost::{Cost, cost_of_minutes};
use kring::model::document::{Absence, Base, Care, Client, Document, Nurse, Pin, Shift};
use kring::model::recurrence::day_patterns;
use kring::solve::ClientAttainable;
use kring::{Options, Problem, Report, attainable, prepare, solve};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

/// A random neighbourhood, now and then with an absence and a pin.
fn document(seed: u64) -> Document {
    let mut document = random::document(seed);
    let chance = &mut Chance::new(seed ^ 0xA77A);
    let first = document.horizon.first_day;
    if chance.one_in(3) {
        let nurse = document.nurses[chance.below(2)].id.clone();
        document.agreements.absences.push(Absence::new(nurse, first, first));
    }
    if chance.one_in(3) {
        let client = &document.clients[0];
        let pin = Pin::new(client.id.clone(), client.care[0].id.clone(), first).with(|pin| {
            pin.nurse = Some("n0".to_owned());
            pin.start = chance.one_in(2).then_some(client.care[0].window.to);
        });
        document.agreements.pins.push(pin);
        if document.validate().is_err() {
            document.agreements.pins.clear();
        }
    }
    document
}

fn problem(document: &Document) -> Problem {
    prepare(document, Path::new(".")).expect("a problem")
}

/// The slow twin: from the words of the document, set by set of nurses.
struct Twin<'a> {
    document: &'a Document,
    problem: &'a Problem,
}

/// What a set of nurses can do for a client: visits made at most, and the least cost of those left out.
#[derive(Clone, Copy, PartialEq)]
struct Made {
    visits: u32,
    left_out: Cost,
}

impl Twin<'_> {
    fn has_met(&self, client: &Client, nurse: &Nurse) -> bool {
        self.ages(client, nurse).next().is_some()
    }

    /// Days since each visit of the history window.
    fn ages<'s>(&'s self, client: &'s Client, nurse: &'s Nurse) -> impl Iterator<Item = i64> + 's {
        let history = &self.document.history;
        let met = history.visits.iter().filter(|v| v.client == client.id && v.nurse == nurse.id);
        let ages = met.map(|visit| -self.problem.calendar().days_from_first(visit.date));
        ages.filter(|age| (1..=7 * i64::from(history.weeks)).contains(age))
    }

    fn pin(&self, client: &Client, care: &Care, day: u16) -> Option<&Pin> {
        let date = self.problem.calendar().date(i32::from(day));
        let mut pins = self.document.agreements.pins.iter();
        pins.find(|pin| pin.client == client.id && pin.care == care.id && pin.date == date)
    }

    fn may(&self, client: &Client, care: &Care, day: u16, nurse: &Nurse) -> bool {
        let knows = self.has_met(client, nurse)
            || client.first_nurse.as_ref() == Some(&nurse.id)
            || client.circle.contains(&nurse.id);
        let pin = self.pin(client, care, day).and_then(|pin| pin.nurse.as_ref());
        care.level.is_none_or(|level| nurse.level >= level)
            && care.competences.iter().all(|competence| nurse.competences.contains(competence))
            && !client.forbidden_nurses.contains(&nurse.id)
            && !nurse.forbidden_clients.contains(&client.id)
            && pin.is_none_or(|pinned| *pinned == nurse.id)
            && (knows || client.known_faces_under_minutes.is_none_or(|least| care.minutes >= least))
    }

    /// Whether the visit fits between leaving home and being back within a shift that is not called off.
    fn has_room(&self, shift: &Shift, nurse: usize, client: usize, care: &Care, day: u16) -> bool {
        let (document, calendar) = (self.document, self.problem.calendar());
        let facts = &document.nurses[nurse];
        let mut absences = document.agreements.absences.iter();
        if absences.any(|a| a.nurse == facts.id && a.from <= shift.date && shift.date <= a.until) {
            return false;
        }
        // Homes, locations, other addresses client by client, the office.
        let clients = &document.clients;
        let elsewhere = |all: &[Client]| all.iter().map(|client| client.elsewhere.len()).sum::<usize>();
        let behind = document.nurses.len() + clients.len();
        let date = calendar.date(i32::from(day));
        let stay = clients[client].elsewhere.iter().position(|stay| stay.from <= date && date <= stay.until);
        let place = match stay {
            Some(stay) => behind + elsewhere(&clients[..client]) + stay,
            None => document.nurses.len() + client,
        };
        let office = behind + elsewhere(clients);
        let [from, to] = facts.bases_of(shift).map(|base| if base == Base::Office { office } else { nurse });
        let leg = |from, to| i64::from(self.problem.times().seconds(facts.mode, from, to).expect("a way"));
        let on = i32::from(calendar.day(shift.date).expect("a day of the horizon"));
        let until = calendar.end_seconds(on, shift.start, shift.latest_end.unwrap_or(shift.end));
        let moment = |time| calendar.seconds(i32::from(day), time);
        let (open, close) = match self.pin(&document.clients[client], care, day).and_then(|pin| pin.start) {
            Some(start) => (moment(start), moment(start)),
            None => (moment(care.window.from), moment(care.window.to)),
        };
        let start = open.max(calendar.seconds(on, shift.start) + leg(from, place));
        start <= close && start + (care.minutes * 60.0).round() as i64 + leg(place, to) <= until
    }

    fn can(&self, nurse: usize, client: usize, care: &Care, day: u16) -> bool {
        let (facts, of) = (&self.document.nurses[nurse], &self.document.clients[client]);
        self.may(of, care, day, facts)
            && facts.shifts.iter().any(|shift| self.has_room(shift, nurse, client, care, day))
    }

    /// What the nurses of a bit set can do for a client at best, block of day patterns by block.
    fn made(&self, client: usize, set: u32) -> Made {
        let of = &self.document.clients[client];
        let calendar = self.problem.calendar();
        let mut made = Made { visits: 0, left_out: 0 };
        for care in &of.care {
            let price = cost_of_minutes(self.document.prices.unplanned.of(care.priority));
            for mut block in day_patterns(care, &[], calendar).expect("day patterns") {
                for day in 0..calendar.days() {
                    if self.pin(of, care, day).is_some() {
                        let _ = block.keep_with(day);
                    }
                }
                let somebody = |day: &&u16| {
                    (0..self.document.nurses.len())
                        .any(|n| set >> n & 1 == 1 && self.can(n, client, care, **day))
                };
                let most = block.patterns.iter().map(|days| days.iter().filter(somebody).count()).max();
                let most = most.unwrap_or(0);
                made.visits += most as u32;
                made.left_out += price * (block.visits() - most) as Cost;
            }
        }
        made
    }

    /// What the faces of a bit set cost a client; `None` where so many are forbidden.
    fn cost(&self, client: usize, set: u32) -> Option<Cost> {
        let (of, prices) = (&self.document.clients[client], &self.document.prices);
        let faces = set.count_ones();
        let mut cost = Cost::from(faces.saturating_sub(1)) * cost_of_minutes(prices.face * of.weight);
        if let Some(most) = of.max_faces {
            let over = faces.saturating_sub(most.count);
            if over > 0 && most.hard {
                return None;
            }
            cost += Cost::from(over) * cost_of_minutes(prices.face_over_max * of.weight);
        }
        let nurses = self.document.nurses.iter().enumerate();
        for (_, nurse) in nurses.filter(|(n, _)| set >> n & 1 == 1) {
            let known: f64 = match self.document.history.half_life_days {
                // From the oldest on, as the sum is defined.
                Some(half_life) => {
                    let mut ages: Vec<i64> = self.ages(of, nurse).collect();
                    ages.sort_unstable_by(|a, b| b.cmp(a));
                    ages.iter().map(|&age| (-age as f64 / half_life).exp2()).sum()
                }
                None => f64::from(u8::from(self.has_met(of, nurse))),
            };
            cost += cost_of_minutes(prices.new_face * of.weight * (1.0 - known).max(0.0));
        }
        Some(cost)
    }
}

fn assert_as_every_set(seed: u64) -> Vec<ClientAttainable> {
    let document = document(seed);
    let problem = problem(&document);
    let found = attainable(&problem);
    let twin = Twin { document: &document, problem: &problem };
    let sets = 1u32 << document.nurses.len();
    for (client, found) in found.clients.iter().enumerate() {
        let place = format!("neighbourhood {seed}, client {client}");
        let all = twin.made(client, sets - 1);
        let enough = (0..sets).filter(|&set| twin.made(client, set).visits == all.visits);
        let faces = enough.map(u32::count_ones).min().filter(|&faces| faces > 0);
        let cost = |set| Some(twin.cost(client, set)? + twin.made(client, set).left_out - all.left_out);
        assert_eq!(found.visits, all.visits, "{place}");
        assert_eq!(found.left_out, all.left_out, "{place}");
        assert_eq!((found.faces, found.proven), (faces, true), "{place}");
        assert_eq!(Some(found.face_cost), (0..sets).filter_map(cost).min(), "{place}");
    }
    let of = |value: fn(&ClientAttainable) -> Cost| found.clients.iter().map(value).sum::<Cost>();
    assert_eq!((found.face_cost, found.left_out), (of(|c| c.face_cost), of(|c| c.left_out)));
    found.clients
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn the_fewest_faces_are_those_of_every_set(seed in 0u64..1_000_000) {
        assert_as_every_set(seed);
    }
}

// The neighbourhoods must be worth the question.
#[test]
fn random_neighbourhoods_differ_in_what_is_possible() {
    let clients: Vec<ClientAttainable> = (0..120).flat_map(assert_as_every_set).collect();
    let with = |faces| clients.iter().filter(|client| client.faces == faces).count();
    let counts = [None, Some(1), Some(2), Some(3)].map(with);
    assert!(counts.iter().all(|&count| count >= 3), "{counts:?}");
    assert!(clients.iter().filter(|client| client.impossible > 0 && client.visits > 0).count() >= 10);
}

#[test]
fn no_plan_has_fewer_faces_or_cheaper_ones() {
    let (mut compared, mut least) = (0, 0);
    for seed in 0..80 {
        let document = document(seed);
        let problem = problem(&document);
        let found = attainable(&problem);
        let outcome =
            solve(&problem, &Options::default().with_iterations(600).with_seed(seed)).expect("an outcome");
        let report = Report::new(&problem, &outcome.plan).expect("a report");
        for (client, of) in report.indicators().clients.iter().zip(&found.clients) {
            assert!(client.plan.visits <= of.visits, "neighbourhood {seed}: {client:?} {of:?}");
            if client.plan.visits == of.visits {
                assert!(client.plan.faces >= of.faces, "neighbourhood {seed}: {client:?} {of:?}");
                compared += 1;
            }
        }
        let report = report.with_attainable(found);
        let regret = report.regret().expect("a regret");
        assert!(regret.cost >= regret.least_cost, "neighbourhood {seed}: {regret:?}");
        assert!(regret.faces >= regret.possible, "neighbourhood {seed}: {regret:?}");
        least += regret.at_least;
    }
    assert!(compared > 100 && least > 50, "{compared} clients compared, {least} at their least");
}

/// One client with care lines of 30 minutes, nurses with shifts `(day, from, to)`, everybody 5 minutes apart.
fn by_hand(shifts: &[&[(i8, &str, &str)]], care: &Value) -> Value {
    let date = |day: i8| format!("2026-03-{:02}", 2 + day);
    let nurses: Vec<Value> = (shifts.iter().enumerate())
        .map(|(n, shifts)| {
            let shifts: Vec<Value> = shifts
                .iter()
                .map(|&(day, from, to)| json!({"date": date(day), "start": from, "end": to}))
                .collect();
            json!({"id": format!("n{n}"), "home": {"index": n}, "shifts": shifts})
        })
        .collect();
    let places = shifts.len() + 1;
    let row = |from: usize| (0..places).map(|to| if from == to { 0 } else { 300 }).collect::<Vec<_>>();
    json!({"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 7}, "nurses": nurses,
        "clients": [{"id": "c", "location": {"index": shifts.len()}, "care": care}],
        "working_time": {"law": "none"},
        "travel": {"matrix": {"bicycle": (0..places).map(row).collect::<Vec<_>>()}}})
}

fn line(id: &str, days: Value, from: &str, to: &str) -> Value {
    json!({"id": id, "days": days, "minutes": 30, "window": {"from": from, "to": to}})
}

fn fewest(document: &Value) -> ClientAttainable {
    let document: Document = serde_json::from_value(document.clone()).expect("a document");
    attainable(&problem(&document)).clients.remove(0)
}

const MORNING: [&str; 2] = ["07:00", "12:00"];
const EVENING: [&str; 2] = ["17:00", "22:00"];

fn on(days: &[i8], [from, to]: [&'static str; 2]) -> Vec<(i8, &'static str, &'static str)> {
    days.iter().map(|&day| (day, from, to)).collect()
}

// ceil(7 / 4) nurses.
#[test]
fn daily_care_by_nurses_with_four_shifts_takes_two() {
    let rosters = [on(&[0, 1, 2, 3], MORNING), on(&[2, 3, 4, 5], MORNING), on(&[3, 4, 5, 6], MORNING)];
    let rosters: Vec<_> = rosters.iter().map(Vec::as_slice).collect();
    let daily = json!([line("wash", json!("daily"), "08:00", "10:00")]);
    let found = fewest(&by_hand(&rosters, &daily));
    assert_eq!((found.visits, found.impossible, found.faces, found.proven), (7, 0, Some(2), true));
    // One face more at 20 minutes, two new ones at 12.
    assert_eq!((found.face_cost, found.left_out), (cost_of_minutes(44.0), 0));
    // With whom she knows it is cheaper; on Sunday comes a stranger all the same.
    let mut document = by_hand(&rosters, &daily);
    document["history"] = json!({"visits": [{"client": "c", "nurse": "n0", "date": "2026-02-20"}]});
    assert_eq!(fewest(&document).face_cost, cost_of_minutes(32.0));
    document["clients"][0]["weight"] = json!(0.5);
    assert_eq!(fewest(&document).face_cost, cost_of_minutes(16.0));
}

// ceil(14 / 4) nurses: early and late, nobody both on one day.
#[test]
fn care_early_and_late_takes_four() {
    let rosters = [
        on(&[0, 1, 2, 3], MORNING),
        [on(&[4, 5, 6], MORNING), on(&[0], EVENING)].concat(),
        on(&[1, 2, 3, 4], EVENING),
        on(&[3, 4, 5, 6], EVENING),
        on(&[0, 1, 2, 3], EVENING),
    ];
    let rosters: Vec<_> = rosters.iter().map(Vec::as_slice).collect();
    let lines = json!([
        line("wash", json!("daily"), "08:00", "10:00"),
        line("night", json!("daily"), "20:00", "21:00")
    ]);
    let found = fewest(&by_hand(&rosters, &lines));
    assert_eq!((found.visits, found.faces, found.face_cost), (14, Some(4), cost_of_minutes(108.0)));
}

#[test]
fn days_are_chosen_for_fewer_faces() {
    let rosters = [on(&[0, 3], MORNING), on(&[1, 2], MORNING)];
    let rosters: Vec<_> = rosters.iter().map(Vec::as_slice).collect();
    let of = |patterns: Value| {
        let found = fewest(&by_hand(&rosters, &json!([line("wash", patterns, "08:00", "10:00")])));
        (found.visits, found.impossible, found.faces)
    };
    assert_eq!(of(json!({"patterns": [[0, 2], [1, 3]]})), (2, 0, Some(2)));
    assert_eq!(of(json!({"patterns": [[0, 2], [0, 3], [1, 3]]})), (2, 0, Some(1)));
    // Nobody works on the last days: one visit is possible, in either pattern.
    assert_eq!(of(json!({"patterns": [[0, 5], [1, 6]]})), (1, 1, Some(1)));
    assert_eq!(of(json!({"patterns": [[4, 5], [5, 6]]})), (0, 2, None));
}

#[test]
fn whoever_may_not_come_or_is_away_is_not_counted_on() {
    let rosters = [on(&[0, 1], MORNING), on(&[0], MORNING), on(&[1], MORNING)];
    let rosters: Vec<_> = rosters.iter().map(Vec::as_slice).collect();
    let days = json!({"dates": ["2026-03-02", "2026-03-03"]});
    let document = by_hand(&rosters, &json!([line("wash", days, "08:00", "10:00")]));
    assert_eq!(fewest(&document).faces, Some(1));
    let with = |pointer: &str, key: &str, value: Value| {
        let mut document = document.clone();
        document.pointer_mut(pointer).expect("a place")[key] = value;
        fewest(&document)
    };
    assert_eq!(with("/clients/0", "forbidden_nurses", json!(["n0"])).faces, Some(2));
    assert_eq!(with("/nurses/0", "forbidden_clients", json!(["c"])).faces, Some(2));
    assert_eq!(with("/nurses/0", "shifts", json!([])).faces, Some(2));
    let away = json!([{"nurse": "n0", "from": "2026-03-03", "until": "2026-03-03"}]);
    assert_eq!(with("", "agreements", json!({"absences": away})).faces, Some(2));
    let pin = json!([{"client": "c", "care": "wash", "date": "2026-03-02", "nurse": "n1"}]);
    assert_eq!(with("", "agreements", json!({"pins": pin})).faces, Some(2));
    // Known faces only, and she knows nobody.
    let stranger = with("/clients/0", "known_faces_under_minutes", json!(45));
    assert_eq!((stranger.visits, stranger.impossible, stranger.faces), (0, 2, None));
    assert_eq!((stranger.face_cost, stranger.left_out), (0, cost_of_minutes(2.0 * 1500.0)));
}

// A hard bound of one nurse: two are needed for both visits, so one is left out at its price, and the bound on
// cost counts that.
#[test]
fn a_hard_bound_of_faces_leaves_visits_out() {
    let rosters = [on(&[0], MORNING), on(&[1], MORNING)];
    let rosters: Vec<_> = rosters.iter().map(Vec::as_slice).collect();
    let days = json!({"dates": ["2026-03-02", "2026-03-03"]});
    let mut document = by_hand(&rosters, &json!([line("wash", days, "08:00", "10:00")]));
    document["clients"][0]["max_faces"] = json!({"count": 1});
    assert_eq!(fewest(&document).face_cost, cost_of_minutes(20.0 + 60.0 + 24.0));
    document["clients"][0]["max_faces"] = json!({"count": 1, "hard": true});
    let found = fewest(&document);
    assert_eq!((found.visits, found.faces, found.left_out), (2, Some(2), 0));
    assert_eq!(found.face_cost, cost_of_minutes(1500.0 + 12.0));
}

#[test]
fn without_visits_or_nurses_nothing_is_possible_or_asked() {
    let nothing = fewest(&by_hand(&[&[]], &json!([])));
    assert_eq!((nothing.visits, nothing.impossible, nothing.faces, nothing.proven), (0, 0, None, true));
    let nobody = fewest(&by_hand(&[&[]], &json!([line("wash", json!("daily"), "08:00", "10:00")])));
    assert_eq!((nobody.visits, nobody.impossible, nobody.faces), (0, 7, None));
    assert_eq!((nobody.face_cost, nobody.left_out), (0, cost_of_minutes(7.0 * 1500.0)));
}

// Too many nurses for every set of them: kring asks an integer programme. The fewest of 14 visits come from the sets of
// visits instead.
#[test]
fn the_fewest_faces_of_a_large_team_are_proven() {
    let random = |seed: u64, nurses: usize, one_in: usize| -> Vec<u32> {
        let chance = &mut Chance::new(seed);
        (0..nurses).map(|_| (0..14).map(|v| u32::from(chance.one_in(one_in)) << v).sum()).collect()
    };
    // A nurse for every two visits: seven are needed, which 20,000 sets do not show.
    let pairs = (0..14).flat_map(|a| (0..a).map(move |b| 1 << a | 1 << b)).collect();
    let mut teams = vec![pairs];
    teams.extend(
        [(1, 40, 2), (2, 40, 4), (3, 40, 7), (4, 100, 6)].map(|(seed, n, in_n)| random(seed, n, in_n)),
    );
    for covers in teams {
        let days = |set: u32| (0..7).filter(|day| set >> day & 1 == 1).collect::<Vec<i8>>();
        let shifts: Vec<_> = covers
            .iter()
            .map(|set| [on(&days(*set), MORNING), on(&days(set >> 7), EVENING)].concat())
            .collect();
        let rosters: Vec<_> = shifts.iter().map(Vec::as_slice).collect();
        let lines = json!([
            line("wash", json!("daily"), "08:00", "10:00"),
            line("night", json!("daily"), "20:00", "21:00")
        ]);
        let found = fewest(&by_hand(&rosters, &lines));
        // The fewest nurses for each set of visits.
        let mut least = vec![u32::MAX; 1 << 14];
        least[0] = 0;
        for set in 0..1usize << 14 {
            let one_more = least[set].saturating_add(1);
            for &more in &covers {
                let with = set | more as usize;
                least[with] = least[with].min(one_more);
            }
        }
        let all = covers.iter().fold(0, |all, &set| all | set);
        let (least, faces) = (least[all as usize], found.faces.expect("somebody can come"));
        assert_eq!(found.visits, all.count_ones());
        assert!(faces == least && found.proven, "{least}, {found:?}");
    }
}
