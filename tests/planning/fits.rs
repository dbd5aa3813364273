//! Where does it fit: the prices against all places tried one by one by the second opinion.

use crate::random;
use kring::check::{Rule, recompute};
use kring::model::document::{Base, Days, Law};
use kring::model::plan::{Plan, PlannedVisit, Stop, Tour};
use kring::model::{Calendar, TravelTimes};
use kring::{Cancel, Document, Options, Planner, prepare, solve};
use std::collections::BTreeMap;
use std::path::Path;

/// Small documents whose tours a simple schedule can time: without breaks, meetings, offices and other addresses; and without regular
/// hours, which tie tours.
fn document(seed: u64) -> Document {
    let mut document = random::document(seed);
    document.working_time.law = Law::None;
    for nurse in &mut document.nurses {
        (nurse.leaves_from, nurse.returns_to) = (Base::Home, Base::Home);
        for shift in &mut nurse.shifts {
            (shift.break_minutes, shift.leaves_from, shift.returns_to) = (None, None, None);
        }
        for shift in &mut nurse.recurring {
            (shift.break_minutes, shift.leaves_from, shift.returns_to) = (None, None, None);
        }
    }
    document.clients.iter_mut().for_each(|client| client.elsewhere.clear());
    for care in document.clients.iter_mut().flat_map(|client| &mut client.care) {
        care.regular_hour = None;
    }
    document.meetings.clear();
    document
}

/// Takes a visit out of a plan; the plan lists it as left out.
fn without(plan: &Plan, number: usize) -> Option<(Plan, PlannedVisit)> {
    let mut plan = plan.clone();
    let all: Vec<(usize, usize)> = plan
        .tours
        .iter()
        .enumerate()
        .filter(|(_, tour)| tour.stops.len() > 1)
        .flat_map(|(at, tour)| (0..tour.stops.len()).map(move |stop| (at, stop)))
        .collect();
    let &(tour, stop) = all.get(number % all.len().max(1))?;
    match plan.tours[tour].stops.remove(stop) {
        Stop::Visit(visit) => Some((plan, visit)),
        Stop::Break(_) | Stop::Meeting(_) => None,
    }
}

/// A document with its places.
struct Town<'a> {
    document: &'a Document,
    calendar: &'a Calendar,
    times: &'a TravelTimes,
}

impl Town<'_> {
    /// Times a tour: every visit as early as can be, and leaving home as late as keeps the end; or still later, where it is no longer for
    /// that and keeps the shift, if preferred starts are missed by less, and then as near to the first of them as can be.
    fn timed(&self, tour: &mut Tour, latest: bool) {
        let nurse = self.document.nurses.iter().position(|nurse| nurse.id == tour.nurse).expect("a nurse");
        let leg = |from: usize, to: usize| {
            i64::from(self.times.seconds(self.document.nurses[nurse].mode, from, to).expect("a way"))
        };
        let mut places = vec![nurse];
        let (mut windows, mut lengths, mut preferred) = (Vec::new(), Vec::new(), Vec::new());
        for visit in tour.visits() {
            let client =
                self.document.clients.iter().position(|one| one.id == visit.client).expect("a client");
            let care = self.document.clients[client].care.iter().find(|care| care.id == visit.care);
            let care = care.expect("a care line");
            let day = self.calendar.days_from_first(visit.date) as i32;
            let last = day + i32::from(care.window.to < care.window.from);
            let mut window =
                (self.calendar.seconds(day, care.window.from), self.calendar.seconds(last, care.window.to));
            let pins = &self.document.agreements.pins;
            let pin = pins
                .iter()
                .find(|pin| (&pin.client, &pin.care, pin.date) == (&visit.client, &visit.care, visit.date));
            if let Some(start) = pin.and_then(|pin| pin.start) {
                let wraps = care.window.to < care.window.from && start < care.window.from;
                let at = self.calendar.seconds(day + i32::from(wraps), start);
                window = (at, at);
            }
            places.push(self.document.nurses.len() + client);
            windows.push(window);
            preferred.push(care.preferred_start.filter(|_| self.document.prices.preferred_start > 0.0).map(
                |start| {
                    let wraps = care.window.to < care.window.from && start < care.window.from;
                    self.calendar.seconds(day + i32::from(wraps), start)
                },
            ));
            lengths.push((care.minutes * 60.0).round() as i64);
        }
        places.push(nurse);
        let run = |leave: i64| {
            let (mut clock, mut starts) = (leave, Vec::new());
            for (at, (&(open, _), &length)) in windows.iter().zip(&lengths).enumerate() {
                let start = (clock + leg(places[at], places[at + 1])).max(open);
                starts.push(start);
                clock = start + length;
            }
            (starts, clock + leg(places[places.len() - 2], nurse))
        };
        let mut leave = self.calendar.elapsed(tour.shift);
        let (starts, back) = run(leave);
        if latest {
            // Back from the end: the latest start of each visit that keeps the end.
            let mut clock = back - leg(places[places.len() - 2], nurse);
            for at in (0..starts.len()).rev() {
                clock = (clock - lengths[at]).min(windows[at].1);
                clock -= leg(places[at], places[at + 1]);
            }
            leave = clock.max(leave);
            let end = self.end_of(nurse, self.calendar.elapsed(tour.shift));
            let tolerance = (self.document.prices.preferred_start_tolerance * 60.0).round() as i64;
            let keeps =
                |starts: &[i64]| starts.iter().zip(&windows).all(|(start, (_, close))| start <= close);
            let missed = |later: &i64| {
                let starts = run(*later).0;
                let far: Vec<i64> = preferred
                    .iter()
                    .zip(&starts)
                    .filter_map(|(due, at)| Some((at - (*due)?).abs()))
                    .collect();
                let beyond: i64 = far.iter().map(|far| (far - tolerance).max(0)).sum();
                (beyond, far.first().copied().unwrap_or(0), *later)
            };
            let span = run(leave).1 - leave;
            let later = (leave..=leave.max(end - span))
                .take_while(|later| run(*later).1 - later == span && keeps(&run(*later).0));
            leave = later.min_by_key(missed).unwrap_or(leave);
        }
        let (starts, back) = run(leave);
        let moment = |seconds| self.calendar.moment(seconds);
        let mut care = 0;
        let mut at = 0;
        for stop in &mut tour.stops {
            if let Stop::Visit(visit) = stop {
                visit.travel_seconds = leg(places[at], places[at + 1]);
                (visit.start, visit.end) = (moment(starts[at]), moment(starts[at] + lengths[at]));
                care += lengths[at];
                at += 1;
            }
        }
        tour.travel_seconds = (0..places.len() - 1).map(|at| leg(places[at], places[at + 1])).sum();
        (tour.leave, tour.back) = (moment(leave), moment(back));
        tour.waiting_seconds = back - leave - care - tour.travel_seconds;
    }

    /// The end of the shift of a nurse that starts at a moment.
    fn end_of(&self, nurse: usize, start: i64) -> i64 {
        let shifts = self.document.nurses[nurse].shifts.iter();
        let mut ends = shifts.filter_map(|shift| {
            let day = i32::from(self.calendar.day(shift.date)?);
            let begins = self.calendar.seconds(day, shift.start);
            (begins == start).then(|| self.calendar.end_seconds(day, shift.start, shift.end))
        });
        ends.next().expect("a shift")
    }

    /// The cost of a plan; `None` where it breaks a rule.
    fn cost(&self, plan: &Plan) -> Option<i64> {
        let mut plan = plan.clone();
        plan.faces.clear();
        plan.stand_ins.clear();
        let checked = recompute(self.document, self.times, &plan, None).expect("a plan");
        let lists = [Rule::UnplannedList, Rule::FacesList];
        let clean = checked.violations.iter().all(|one| lists.contains(&one.rule));
        clean.then(|| checked.cost.total())
    }
}

#[test]
fn the_best_place_with_each_nurse_is_that_of_all_places_tried() {
    let (mut asked, mut places, mut moved, mut new_tours) = (0, 0, 0, 0);
    for seed in 0..300 {
        let document = document(seed);
        let problem = prepare(&document, Path::new(".")).expect("a neighbourhood");
        let options = Options::default().with_iterations(200).with_seed(seed);
        let plan = solve(&problem, &options).expect("an outcome").plan;
        let town = Town { document: &document, calendar: problem.calendar(), times: problem.times() };
        let Some((mut without, visit)) = without(&plan, seed as usize) else { continue };
        let care = document.clients.iter().find(|client| client.id == visit.client);
        let care = care.and_then(|client| client.care.iter().find(|care| care.id == visit.care));
        if !matches!(care.map(|care| &care.days), Some(Days::Daily | Days::Weekdays(_) | Days::Dates(_))) {
            continue;
        }
        without.tours.iter_mut().for_each(|tour| town.timed(tour, true));
        let before = town.cost(&without).expect("a plan without a visit");
        // Every shift of the day, with its tour or empty; every position.
        let mut best: BTreeMap<String, i64> = BTreeMap::new();
        for nurse in &document.nurses {
            let shifts = kring::model::roster::shifts_of(nurse, problem.calendar());
            for shift in shifts.into_iter().map(|rostered| rostered.shift) {
                let day = problem.calendar().days_from_first(shift.date) as i32;
                let start = problem.calendar().moment(problem.calendar().seconds(day, shift.start));
                let of_shift = |tour: &Tour| tour.nurse == nurse.id && tour.shift == start;
                let found = without.tours.iter().position(of_shift);
                let length = found.map_or(0, |at| without.tours[at].stops.len());
                for position in 0..=length {
                    let mut with = without.clone();
                    let at = found.unwrap_or_else(|| {
                        let zero = Tour::new(nurse.id.as_str(), start, start, start, Vec::new());
                        with.tours.push(zero);
                        with.tours.len() - 1
                    });
                    with.tours[at].stops.insert(position, Stop::Visit(visit.clone()));
                    town.timed(&mut with.tours[at], true);
                    if let Some(cost) = town.cost(&with) {
                        new_tours += usize::from(found.is_none());
                        let least = best.entry(nurse.id.clone()).or_insert(i64::MAX);
                        *least = (*least).min(cost - before);
                    }
                }
            }
        }
        let found = Planner::new(problem.clone())
            .fits(&without, &visit.client, Some(&visit.care), &Cancel::new())
            .expect("places");
        let of_day = found.iter().filter(|fit| fit.date == visit.date);
        let direct: BTreeMap<String, i64> = of_day
            .clone()
            .filter(|fit| fit.moves.is_empty())
            .map(|fit| (fit.nurse.clone(), fit.cost.total()))
            .collect();
        assert_eq!(direct, best, "neighbourhood {seed}: {visit:?}");
        for fit in of_day.filter(|fit| !fit.moves.is_empty()) {
            assert!(fit.moves.len() <= 2, "{fit:?}");
            let least = best.get(&fit.nurse).copied().unwrap_or(i64::MAX);
            assert!(fit.cost.total() < least, "neighbourhood {seed}: moves that save nothing: {fit:?}");
            moved += 1;
        }
        asked += 1;
        places += best.len();
    }
    assert!(
        asked > 40 && places > 60 && moved > 1 && new_tours > 5,
        "too little was tried: {asked} visits, {places} places, {moved} with moves, {new_tours} in new tours"
    );
}

/// Only n1 may give the injection, at nine; at nine she is with c1, whom n2 may see, too.
#[test]
fn a_visit_moves_where_there_is_no_other_place() {
    let text = r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 1},
        "nurses": [
            {"id": "n1", "home": {"index": 0}, "competences": ["injection"],
             "shifts": [{"date": "2026-03-02", "start": "07:00", "end": "12:00"}]},
            {"id": "n2", "home": {"index": 1},
             "shifts": [{"date": "2026-03-02", "start": "07:00", "end": "12:00"}]}],
        "clients": [
            {"id": "c1", "location": {"index": 2}, "care": [{"id": "wash", "days": "daily", "minutes": 30,
                "window": {"from": "09:00", "to": "09:10"}}]},
            {"id": "c2", "location": {"index": 3}, "care": [{"id": "jab", "days": "daily", "minutes": 30,
                "window": {"from": "09:00", "to": "09:10"}, "competences": ["injection"]}]}],
        "travel": {"matrix": {"bicycle": [[0, 300, 300, 300], [300, 0, 300, 300], [300, 300, 0, 300], [300, 300, 300, 0]]}}}"#;
    let document = kring::read_document(text).expect("a document");
    let problem = prepare(&document, Path::new(".")).expect("a problem");
    let plan = kring::read_plan(
        r#"{"kring_plan": 1, "tours": [{"nurse": "n1", "shift": "2026-03-02T07:00:00Z", "travel_seconds": 600,
            "waiting_seconds": 0, "leave": "2026-03-02T08:55:00Z", "back": "2026-03-02T09:35:00Z", "stops": [
            {"visit": {"client": "c1", "care": "wash", "date": "2026-03-02", "travel_seconds": 300,
                       "start": "2026-03-02T09:00:00Z", "end": "2026-03-02T09:30:00Z"}}]}]}"#,
    )
    .expect("a plan");
    let found = Planner::new(problem).fits(&plan, "c2", None, &Cancel::new()).expect("places");
    assert_eq!(found.len(), 1, "{found:#?}");
    let fit = &found[0];
    assert_eq!((fit.nurse.as_str(), fit.start.to_string().as_str()), ("n1", "2026-03-02T09:00:00+00:00"));
    assert_eq!(fit.moves.len(), 1);
    let moved = &fit.moves[0];
    assert_eq!((moved.client.as_str(), moved.care.as_str()), ("c1", "wash"));
    assert_eq!((moved.before.0.as_str(), moved.after.0.as_str()), ("n1", "n2"));
    // Ten minutes more on the road, for n2; five of n1's are those that she has already.
    assert_eq!(fit.road_seconds, 600);
}

#[test]
fn what_events_leave_to_place_is_listed() {
    let text = r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 2},
        "nurses": [
            {"id": "n1", "home": {"index": 0}, "shifts": [
                {"date": "2026-03-02", "start": "07:00", "end": "12:00"},
                {"date": "2026-03-03", "start": "07:00", "end": "12:00"}]},
            {"id": "n2", "home": {"index": 0}, "shifts": [
                {"date": "2026-03-02", "start": "07:00", "end": "12:00"}]}],
        "clients": [{"id": "c", "location": {"index": 1}, "care": [{"id": "wash", "days": "daily", "minutes": 30,
            "window": {"from": "09:00", "to": "11:00"}}]}],
        "travel": {"matrix": {"bicycle": [[0, 300], [300, 0]]}}}"#;
    let document = kring::read_document(text).expect("a document");
    let problem = prepare(&document, Path::new(".")).expect("a problem");
    let plan = solve(&problem, &Options::default().with_iterations(100)).expect("a plan").plan;
    let nurse = &plan.tours[0].nurse;
    let left = |events: &str, care: Option<&str>| {
        let events = format!(r#"{{"kring_events": 1, "events": [{events}]}}"#);
        let events = kring::data::text::read_events(&events, kring::data::text::Form::Json).expect("events");
        let (document, plan) = events.apply(&document, &plan).expect("events");
        let planner = Planner::new(prepare(&document, Path::new(".")).expect("a problem"));
        let left = planner.left_out(&plan, "c", care, &Cancel::new()).expect("an answer");
        let found = planner.fits(&plan, "c", care, &Cancel::new()).expect("places");
        assert!(found.iter().all(|fit| left[fit.visit as usize].care == fit.care), "{left:?} {found:?}");
        left.into_iter().map(|out| (out.care, out.date.to_string())).collect::<Vec<_>>()
    };
    let named = |care: &str, date: &str| (care.to_owned(), date.to_owned());
    assert_eq!(left("", None), []);
    let added = r#"{"visit_added": {"client": "c", "care": {"id": "fall", "days": {"dates": ["2026-03-03"]},
        "minutes": 20, "window": {"from": "09:00", "to": "11:00"}}}}"#;
    assert_eq!(left(added, None), [named("fall", "2026-03-03")]);
    assert_eq!(left(added, Some("wash")), []);
    // Added, and cancelled before anybody was asked.
    let cancelled = r#"{"visit_cancelled": {"client": "c", "care": "fall", "date": "2026-03-03"}}"#;
    assert_eq!(left(&format!("{added}, {cancelled}"), None), []);
    // Whose nurse is ill has to be placed, too.
    let ill = format!(r#"{{"nurse_absent": {{"nurse": "{nurse}", "date": "2026-03-02"}}}}"#);
    assert_eq!(left(&ill, None), [named("wash", "2026-03-02")]);
}
