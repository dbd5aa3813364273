//! A planner for tests: cheapest insertion, one visit after the other, the tightest first. It knows
//! every hard rule of the documents that scenarios make, and nothing of costs. Ways are straight lines
//! with a generous detour, so that what fits here fits on the streets.

use kring::model::Calendar;
use kring::model::document::{Care, Client, Document, Mode, Nurse, Place, Travel, Window};
use kring::model::recurrence::day_patterns;
use std::collections::{BTreeMap, BTreeSet};

/// Way over straight line. Streets of the scenarios have about 1.3.
const DETOUR: f64 = 1.45;

/// Attempts with another order.
const ROUNDS: i64 = 200;

/// Client, care line and day of a visit.
pub type Name = (String, String, u16);

struct Visit<'a> {
    client: &'a Client,
    care: &'a Care,
    day: u16,
    from: i64,
    to: i64,
    length: i64,
    nurse: Option<&'a str>,
}

impl Visit<'_> {
    fn name(&self) -> Name {
        (self.client.id.clone(), self.care.id.clone(), self.day)
    }
}

struct Tour<'a> {
    nurse: &'a Nurse,
    day: u16,
    start: i64,
    end: i64,
    latest_end: i64,
    rest: i64,
    visits: Vec<usize>,
}

/// The visits that found no place, as client, care line and day.
pub fn plan(document: &Document) -> Vec<Name> {
    let calendar = Calendar::new(&document.horizon).unwrap();
    // What finds no place comes earlier in the next round, or on another day where there is a choice:
    // squeaky wheel optimisation (Joslin and Clements 1999, 10.1613/jair.561).
    let mut blame: BTreeMap<Name, i64> = BTreeMap::new();
    let mut best: Option<Vec<Name>> = None;
    for round in 0..ROUNDS {
        let visits = visits(document, &calendar, &blame);
        let mut order: Vec<usize> = (0..visits.len()).collect();
        let tightness = |visit: &Visit| (visit.nurse.is_none(), visit.to - visit.from, -visit.length);
        order.sort_by_key(|&number| {
            let visit = &visits[number];
            (-blame.get(&visit.name()).copied().unwrap_or(0), tightness(visit))
        });
        let left_out = insert_all(document, &visits, &order, tours(document, &calendar));
        let left_out: Vec<Name> = left_out.into_iter().map(|number| visits[number].name()).collect();
        for name in &left_out {
            *blame.entry(name.clone()).or_default() += 1 + round / 10;
        }
        if best.as_ref().is_none_or(|best| left_out.len() < best.len()) {
            best = Some(left_out);
        }
        if best.as_ref().is_some_and(Vec::is_empty) {
            break;
        }
    }
    best.unwrap_or_default()
}

/// The numbers of the visits for which no place is left when their turn comes.
fn insert_all(document: &Document, visits: &[Visit], order: &[usize], mut tours: Vec<Tour>) -> Vec<usize> {
    let mut left_out = Vec::new();
    for &number in order {
        let visit = &visits[number];
        let mut best: Option<(i64, usize, usize)> = None;
        for (t, tour) in tours.iter().enumerate() {
            if tour.day != visit.day
                || !may(tour.nurse, visit)
                || breaks_max_faces(visit, tour, &tours, visits)
            {
                continue;
            }
            let before = finish(document, tour, &tour.visits, visits).unwrap();
            for position in 0..=tour.visits.len() {
                let mut order = tour.visits.clone();
                order.insert(position, number);
                if let Some(after) = finish(document, tour, &order, visits)
                    && best.is_none_or(|(cost, ..)| after - before < cost)
                {
                    best = Some((after - before, t, position));
                }
            }
        }
        match best {
            Some((_, t, position)) => tours[t].visits.insert(position, number),
            None => left_out.push(number),
        }
    }
    left_out
}

/// Every visit; where there is a choice of days, the least busy ones.
fn visits<'a>(document: &'a Document, calendar: &Calendar, blame: &BTreeMap<Name, i64>) -> Vec<Visit<'a>> {
    // By the hour in which the window opens as well: mornings fill up first.
    let mut busy = vec![[0i64; 25]; calendar.days().into()];
    let mut lines = Vec::new();
    for client in &document.clients {
        for care in &client.care {
            for block in day_patterns(care, &[], calendar).unwrap() {
                lines.push((block.patterns.len(), client, care, block));
            }
        }
    }
    lines.sort_by_key(|(choices, ..)| *choices);
    let mut visits = Vec::new();
    for (_, client, care, mut block) in lines {
        let length = (care.minutes * 60.0).round() as i64;
        let pins: Vec<_> = document
            .agreements
            .pins
            .iter()
            .filter(|pin| pin.client == client.id && pin.care == care.id)
            .map(|pin| (calendar.day(pin.date).unwrap(), pin))
            .collect();
        for &(day, _) in &pins {
            let _ = block.keep_with(day);
        }
        let load = |pattern: &&Vec<u16>| -> i64 {
            let of_day = |&day: &u16| {
                let blamed = blame.get(&(client.id.clone(), care.id.clone(), day)).copied().unwrap_or(0);
                busy[usize::from(day)][..12].iter().sum::<i64>() + 3_600 * blamed
            };
            pattern.iter().map(of_day).sum()
        };
        let chosen = block.patterns.iter().min_by_key(load).unwrap();
        for &day in chosen {
            busy[usize::from(day)][(care.window.from.seconds() / 3600) as usize] += length;
            let pin = pins.iter().find(|(pinned, _)| *pinned == day).map(|(_, pin)| *pin);
            let Window { from, to } = care.window;
            let (from, to) = pin.and_then(|pin| pin.start).map_or((from, to), |start| (start, start));
            visits.push(Visit {
                client,
                care,
                day,
                from: calendar.seconds(day.into(), from),
                to: calendar.seconds(day.into(), to),
                length,
                nurse: pin.and_then(|pin| pin.nurse.as_deref()),
            });
        }
    }
    visits
}

fn tours<'a>(document: &'a Document, calendar: &Calendar) -> Vec<Tour<'a>> {
    let mut tours = Vec::new();
    for nurse in &document.nurses {
        for shift in &nurse.shifts {
            let away = &document.agreements.absences;
            if away.iter().any(|a| a.nurse == nurse.id && (a.from..=a.until).contains(&shift.date)) {
                continue;
            }
            let day = calendar.day(shift.date).unwrap();
            let start = calendar.seconds(day.into(), shift.start);
            let end = calendar.seconds(day.into(), shift.end);
            let latest = shift.latest_end.unwrap_or(shift.end);
            tours.push(Tour {
                nurse,
                day,
                start,
                end,
                latest_end: calendar.seconds(day.into(), latest),
                rest: document.working_time.law.break_seconds(end - start),
                visits: Vec::new(),
            });
        }
    }
    tours
}

fn may(nurse: &Nurse, visit: &Visit) -> bool {
    let (client, care) = (visit.client, visit.care);
    visit.nurse.is_none_or(|pinned| pinned == nurse.id)
        && care.level.is_none_or(|level| nurse.level >= level)
        && care.competences.iter().all(|needed| nurse.competences.contains(needed))
        && !client.forbidden_nurses.contains(&nurse.id)
        && !nurse.forbidden_clients.contains(&client.id)
}

fn breaks_max_faces(visit: &Visit, tour: &Tour, tours: &[Tour], visits: &[Visit]) -> bool {
    let Some(max) = visit.client.max_faces.filter(|max| max.hard) else { return false };
    let mut faces: BTreeSet<&str> = tours
        .iter()
        .filter(|tour| tour.visits.iter().any(|&number| visits[number].client.id == visit.client.id))
        .map(|tour| tour.nurse.id.as_str())
        .collect();
    faces.insert(&tour.nurse.id);
    faces.len() > max.count as usize
}

/// When the nurse is home at the earliest, over all places of the break; `None` where none is allowed.
fn finish(document: &Document, tour: &Tour, order: &[usize], visits: &[Visit]) -> Option<i64> {
    if order.is_empty() {
        return Some(tour.start);
    }
    let length = tour.end - tour.start;
    let (wb, we) = (tour.start + length / 4, tour.end - length / 4 - tour.rest);
    // Before leaving, after each visit, after return.
    let places = if tour.rest > 0 { order.len() + 2 } else { 1 };
    (0..places)
        .filter_map(|place| {
            let takes = |here: usize| tour.rest > 0 && place == here;
            let mut now = if takes(0) { wb + tour.rest } else { tour.start };
            let mut at = &tour.nurse.home;
            for (i, &number) in order.iter().enumerate() {
                let visit = &visits[number];
                let start =
                    (now + seconds(document, tour.nurse.mode, at, &visit.client.location)).max(visit.from);
                if start > visit.to {
                    return None;
                }
                now = start + visit.length;
                at = &visit.client.location;
                if takes(i + 1) {
                    let begins = now.max(wb);
                    if begins > we {
                        return None;
                    }
                    now = begins + tour.rest;
                }
            }
            let back = now + seconds(document, tour.nurse.mode, at, &tour.nurse.home);
            let fits = back <= tour.latest_end && (!takes(order.len() + 1) || back <= we);
            fits.then_some(back)
        })
        .min()
}

fn seconds(document: &Document, mode: Mode, a: &Place, b: &Place) -> i64 {
    if a == b {
        return 0;
    }
    let Travel::Streets(streets) = &document.travel else { panic!("scenarios have streets") };
    let speed = streets.modes.of(mode);
    // Car speeds on streets of 30 and 50 km/h.
    let kmh = speed.kmh.min(35.0);
    let ((lat_a, lon_a), (lat_b, lon_b)) = (a.coordinates().unwrap(), b.coordinates().unwrap());
    let (dy, dx) = ((lat_a - lat_b) * 111_260.0, (lon_a - lon_b) * 68_510.0);
    ((dx * dx + dy * dy).sqrt() * DETOUR * 3.6 / kmh) as i64 + i64::from(speed.stop_seconds)
}
