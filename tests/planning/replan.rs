//! Planning again after events: changes have a price, the past stays, and the second opinion agrees.

use crate::published::published;
use crate::random;
use jiff::ToSpan;
use kring::check::{Checked, Rule, recompute};
use kring::model::document::{Days, Kept, Lock};
use kring::model::plan::{Plan, PlannedVisit, Stop};
use kring::model::{Audience, Event, Events, Explanation, Moment, Published, Question, Term};
use kring::report::changes::priced;
use kring::{Cancel, Document, Options, Planner, check, prepare, solve};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn planned(plan: &Plan) -> BTreeMap<(String, String, String), (String, String)> {
    let of = |nurse: &str, visit: &PlannedVisit| {
        let key = (visit.client.clone(), visit.care.clone(), visit.date.to_string());
        (key, (nurse.to_owned(), visit.start.to_string()))
    };
    plan.tours.iter().flat_map(|tour| tour.visits().map(|visit| of(&tour.nurse, visit))).collect()
}

/// The visits that have begun at a time, and those to which a nurse is on the way: she has left home or the stop before.
fn under_way(problem: &kring::Problem, plan: &Plan, now: Moment) -> BTreeSet<(String, String, String)> {
    let elapsed = |moment| problem.calendar().elapsed(moment);
    let mut found = BTreeSet::new();
    for tour in &plan.tours {
        let mut leave = Some(elapsed(tour.leave));
        for stop in &tour.stops {
            match stop {
                Stop::Visit(visit) => {
                    let start = elapsed(visit.start);
                    let sets_out = (start - visit.travel_seconds).min(leave.take().unwrap_or(start));
                    if sets_out < elapsed(now) {
                        found.insert((visit.client.clone(), visit.care.clone(), visit.date.to_string()));
                    }
                }
                Stop::Meeting(_) => leave = None,
                Stop::Break(_) => {}
            }
        }
    }
    found
}

fn noon(problem: &kring::Problem, day: i32) -> Moment {
    let calendar = problem.calendar();
    calendar.moment(calendar.seconds(day, "12:00".parse().expect("a time of day")))
}

/// A plan as the second opinion sees it beside a published one; the document may differ from that of the problem in prices and locks.
fn check_changes(
    document: &Document,
    problem: &kring::Problem,
    plan: &Plan,
    told: &Published,
) -> kring::Result<Checked> {
    recompute(document, problem.times(), plan, Some(told))
}

#[test]
fn nothing_happened_and_nothing_changes_that_does_not_pay_for_itself() {
    for seed in 0..40 {
        let document = random::document(seed);
        let (problem, plan) = published(&document, seed);
        let events = Events::new(None, Vec::new());
        let options = Options::default().with_iterations(200);
        let again = Planner::new(prepare(&document, Path::new(".")).expect("a problem"))
            .replan(&plan, &events, Path::new("."), &options, &Cancel::new(), |_| {})
            .expect("an outcome");
        let before = check(&problem, &plan).expect("a plan").cost.total();
        assert!(again.outcome.cost.total() <= before, "neighbourhood {seed}");
    }
}

#[test]
fn the_second_opinion_agrees_on_the_price_of_changes_and_the_past_stays() {
    let (mut nurses, mut days, mut hours, mut withdrawn, mut frozen) = (0, 0, 0, 0, 0);
    for seed in 0..400 {
        let mut document = random::document(seed);
        let (problem, plan) = published(&document, seed);
        document.agreements.locks = locks(&document, seed);
        let date = document.horizon.first_day.tomorrow().expect("a day");
        let nurse = document.nurses[seed as usize % document.nurses.len()].id.clone();
        let absent = Event::NurseAbsent { nurse, date, until: None, from_time: None, to_time: None };
        let now = noon(&problem, 0);
        let events = Events::new(Some(now), vec![absent]);
        let options = Options::default().with_iterations(200).with_seed(seed);
        let again = Planner::new(prepare(&document, Path::new(".")).expect("a problem"))
            .replan(&plan, &events, Path::new("."), &options, &Cancel::new(), |_| {})
            .unwrap_or_else(|error| panic!("neighbourhood {seed}: {error}"));
        let (problem, outcome) = (again.planner.problem(), &again.outcome);
        let checked = check(problem, &outcome.plan).expect("a plan");
        assert!(checked.violations.is_empty(), "neighbourhood {seed}: {:#?}", checked.violations);
        assert_eq!(checked.cost, outcome.cost, "neighbourhood {seed}: cost by term");
        let mut sum = kring::model::CostByTerm::default();
        for one in priced(problem, &again.published.plan, &outcome.plan) {
            assert!(!one.slight || one.cost.total() == 0, "neighbourhood {seed}: {one:?}");
            one.cost.iter().for_each(|(term, cost)| sum[term] += cost);
        }
        for term in [Term::ChangedNurse, Term::ChangedDay, Term::ChangedHour, Term::Withdrawn] {
            assert_eq!(sum[term], outcome.cost[term], "neighbourhood {seed}: {term:?} change by change");
        }
        days += usize::from(outcome.cost[Term::ChangedDay] > 0);
        withdrawn += usize::from(outcome.cost[Term::Withdrawn] > 0);
        nurses += usize::from(outcome.cost[Term::ChangedNurse] > 0);
        hours += usize::from(outcome.cost[Term::ChangedHour] > 0);
        let (before, after) = (planned(&plan), planned(&outcome.plan));
        let past = |start: &str| {
            let start = start.parse::<Moment>().expect("a moment");
            problem.calendar().elapsed(start) < problem.calendar().elapsed(now)
        };
        let fixed = under_way(problem, &plan, now);
        for (visit, (nurse, start)) in before.iter().filter(|(visit, _)| fixed.contains(*visit)) {
            let now = after.get(visit);
            assert_eq!(now, Some(&(nurse.clone(), start.clone())), "neighbourhood {seed}: {visit:?}");
            frozen += 1;
        }
        for (visit, at) in after.iter().filter(|(_, (_, start))| past(start)) {
            assert_eq!(before.get(visit), Some(at), "neighbourhood {seed}: planned in the past");
        }
        for tour in &outcome.plan.tours {
            let is_fixed = |visit: &PlannedVisit| {
                fixed.contains(&(visit.client.clone(), visit.care.clone(), visit.date.to_string()))
            };
            let has_begun =
                tour.visits().any(is_fixed) || tour.stops.iter().any(|stop| matches!(stop, Stop::Meeting(_)));
            assert!(has_begun || !past(&tour.leave.to_string()), "neighbourhood {seed}: leaves in the past");
        }
    }
    let tried = nurses > 10 && days > 3 && hours > 3 && withdrawn > 3 && frozen > 50;
    assert!(tried, "{nurses} {days} {hours} {withdrawn} {frozen}: too little was tried");
}

/// Locks of every kind, on about half of the neighbourhoods.
fn locks(document: &kring::Document, seed: u64) -> Vec<Lock> {
    let mut chance = random::Chance::new(seed ^ 0x10C);
    let mut locks = Vec::new();
    for _ in 0..[0, 0, 1, 2, 3][chance.below(5)] {
        let client = &document.clients[chance.below(document.clients.len())];
        let nurse = Some(document.nurses[chance.below(document.nurses.len())].id.clone());
        let date = Some(document.horizon.first_day.saturating_add((chance.below(4) as i64).days()));
        let before = Some("09:30".parse().expect("a time of day"));
        let mut lock = match chance.below(5) {
            0 => Lock { client: Some(client.id.clone()), date, ..Lock::default() },
            1 => Lock { client: Some(client.id.clone()), keep: vec![Kept::Hour], ..Lock::default() },
            2 => Lock { nurse, date, ..Lock::default() },
            3 => Lock { nurse, before, keep: vec![Kept::Nurse, Kept::Hour], ..Lock::default() },
            _ => {
                let care = client.care.first().map(|care| care.id.clone());
                Lock { client: Some(client.id.clone()), care, keep: vec![Kept::Day], ..Lock::default() }
            }
        };
        if chance.one_in(2) {
            lock.factor = Some(chance.pick(&[0.0, 0.5, 3.0, 100.0]));
        }
        locks.push(lock);
    }
    locks
}

/// What is locked stays when a search from scratch, with prices of changes at nothing, would change it.
#[test]
fn what_is_locked_stays_or_is_left_out() {
    let (mut kept, mut broken) = (0, 0);
    for seed in 0..120 {
        let mut document = random::document(seed);
        let prices = &mut document.prices;
        (prices.changed_nurse, prices.changed_day, prices.changed_hour, prices.withdrawn) =
            (0.0, 0.0, 0.0, 0.0);
        let (problem, plan) = published(&document, seed);
        let client = document.clients[seed as usize % document.clients.len()].id.clone();
        document.agreements.locks = vec![Lock { client: Some(client.clone()), ..Lock::default() }];
        document.validate().expect("a lock");
        let told = Published::new(plan.clone(), None);
        let locked = prepare(&document, Path::new(".")).expect("a problem").with_published(&told);
        let (_, anew) = published(&document, seed + 1);
        let options = Options::default().with_iterations(300).with_seed(seed);
        let again = solve(&locked, &options).expect("an outcome").plan;
        let tolerance = (document.prices.changed_hour_tolerance * 60.0) as i64;
        let elapsed = |start: &str| problem.calendar().elapsed(start.parse::<Moment>().expect("a moment"));
        let (before, after) = (planned(&plan), planned(&again));
        for (visit, (nurse, start)) in before.iter().filter(|((id, ..), _)| *id == client) {
            let Some((who, when)) = after.get(visit) else {
                let named = |out: &&kring::model::plan::Unplanned| {
                    (out.client.as_str(), out.care.as_str()) == (visit.0.as_str(), visit.1.as_str())
                };
                assert!(again.unplanned.iter().any(|out| named(&out)), "neighbourhood {seed}: {visit:?}");
                continue;
            };
            assert_eq!(who, nurse, "neighbourhood {seed}: {visit:?}");
            assert!((elapsed(when) - elapsed(start)).abs() <= tolerance, "neighbourhood {seed}: {visit:?}");
            kept += 1;
        }
        let violations = |plan: &Plan| {
            let checked = check_changes(&document, &problem, plan, &told).expect("a plan");
            checked.violations.iter().filter(|one| one.rule == Rule::Locked).count()
        };
        assert_eq!(violations(&again), 0, "neighbourhood {seed}");
        broken += violations(&anew);
    }
    assert!(kept > 200 && broken > 10, "too little was tried: {kept} kept, {broken} broken");
}

/// A nurse who falls ill during a visit finishes it and goes home; the visits after it are with others or left out.
#[test]
fn a_nurse_who_falls_ill_during_a_visit_finishes_it() {
    let (mut finished, mut given_up) = (0, 0);
    for seed in 0..120 {
        let document = random::document(seed);
        let (problem, plan) = published(&document, seed);
        let calendar = problem.calendar();
        let Some(tour) = plan.tours.iter().find(|tour| tour.visits().count() > 1) else { continue };
        let Some(visit) = tour.visits().next().filter(|visit| visit.start.date() == visit.date) else {
            continue;
        };
        let now = calendar.moment(calendar.elapsed(visit.start) + 60);
        let (nurse, date) = (tour.nurse.clone(), tour.shift.date());
        let absent = Event::NurseAbsent { nurse, date, until: None, from_time: None, to_time: None };
        let events = Events::new(Some(now), vec![absent]);
        let options = Options::default().with_iterations(100).with_seed(seed);
        let again = Planner::new(problem.clone())
            .replan(&plan, &events, Path::new("."), &options, &Cancel::new(), |_| {})
            .unwrap_or_else(|error| panic!("neighbourhood {seed}: {error}"));
        let (problem, outcome) = (again.planner.problem(), &again.outcome);
        let checked = check(problem, &outcome.plan);
        let mut found = checked.expect("a plan").violations;
        found.retain(|one| one.rule != Rule::MissedMeeting);
        assert_eq!(found, [], "neighbourhood {seed}");
        let (before, after) = (planned(&plan), planned(&outcome.plan));
        let fixed = under_way(problem, &plan, now);
        for stop in tour.visits() {
            let name = (stop.client.clone(), stop.care.clone(), stop.date.to_string());
            let (was, is) = (&before[&name], after.get(&name));
            if problem.calendar().elapsed(stop.start) < problem.calendar().elapsed(now) {
                assert_eq!(is, Some(was), "neighbourhood {seed}: {name:?} is under way");
                finished += 1;
            } else if !fixed.contains(&name) {
                assert!(is.is_none_or(|is| is.0 != was.0), "neighbourhood {seed}: {name:?}");
                given_up += 1;
            }
        }
    }
    assert!(finished > 20 && given_up > 20, "{finished} {given_up}: too little was tried");
}

/// A visit is made dearer to change by a lock with a factor, in the plan and in the second opinion.
#[test]
fn a_lock_at_a_price_multiplies_the_price_of_a_change() {
    let mut document = random::document(3);
    let (problem, plan) = published(&document, 3);
    let mut changed = plan.clone();
    let told = Published::new(plan, None);
    let team: Vec<String> = document.nurses.iter().map(|nurse| nurse.id.clone()).collect();
    for tour in &mut changed.tours {
        let other = team.iter().find(|id| **id != tour.nurse).expect("a colleague");
        tour.nurse.clone_from(other);
    }
    let cost = |document: &kring::Document| {
        let checked = check_changes(document, &problem, &changed, &told).expect("a plan");
        checked.cost[Term::ChangedNurse]
    };
    let once = cost(&document);
    let locks: Vec<Lock> = document
        .clients
        .iter()
        .map(|client| Lock { client: Some(client.id.clone()), factor: Some(3.0), ..Lock::default() })
        .collect();
    document.agreements.locks = locks;
    assert!(once > 0);
    assert_eq!(cost(&document), 3 * once);
}

/// A plan made anew changes the past: the second opinion finds each visit of it that has another nurse, another start, or was not
/// published at all, and nothing else.
#[test]
fn a_change_of_the_past_is_a_violation() {
    let mut violations = 0;
    for seed in 0..160 {
        let document = random::document(seed);
        let (problem, plan) = published(&document, seed);
        let (_, anew) = published(&document, seed + 1);
        let now = noon(&problem, 1);
        let told = Published::new(plan.clone(), Some(now));
        let frozen = |plan: &Plan| {
            let checked = check_changes(&document, &problem, plan, &told).expect("a plan");
            checked.violations.into_iter().filter(|one| one.rule == Rule::Frozen).collect::<Vec<_>>()
        };
        assert_eq!(frozen(&plan), [], "neighbourhood {seed}: nothing changed");
        let elapsed = |start: &str| problem.calendar().elapsed(start.parse::<Moment>().expect("a moment"));
        let is_past = |start: &str| elapsed(start) < problem.calendar().elapsed(now);
        let (before, after) = (planned(&plan), planned(&anew));
        let fixed = under_way(&problem, &plan, now);
        let mut expected = 0;
        for (visit, (nurse, start)) in &after {
            match before.get(visit).filter(|_| fixed.contains(visit)) {
                Some((first, at)) => expected += usize::from(first != nurse) + usize::from(at != start),
                None => expected += usize::from(is_past(start)),
            }
        }
        let found = frozen(&anew);
        let is_of_visit = |one: &&kring::check::Violation| {
            one.place.contains(".stops") && !one.message.starts_with("meeting")
        };
        let of_visits = found.iter().filter(is_of_visit).count();
        assert_eq!(of_visits, expected, "neighbourhood {seed}: {found:#?}");
        violations += expected;
    }
    assert!(violations > 40, "only {violations} changes of the past were tried");
}

/// Once a week, on any day: the notice of a move is that of the day given up, or of the new one where that comes first.
#[test]
fn a_visit_that_moves_is_told_before_its_old_and_its_new_day() {
    let text = r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 14},
        "nurses": [{"id": "n", "home": {"index": 0}, "recurring": [
            {"weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"], "start": "07:00", "end": "12:00"}]}],
        "clients": [{"id": "c", "location": {"index": 1}, "care": [{"id": "bath", "minutes": 30,
            "days": {"per_week": {"times": 1}}, "window": {"from": "08:00", "to": "10:00"}}]}],
        "travel": {"matrix": {"bicycle": [[0, 300], [300, 0]]}}}"#;
    let document = kring::read_document(text).expect("a document");
    let problem = prepare(&document, Path::new(".")).expect("a problem");
    let on = |date: &str| {
        let visit = format!(
            r#"{{"kring_plan": 1, "tours": [{{"nurse": "n", "shift": "{date}T07:00:00Z", "travel_seconds": 600,
                "waiting_seconds": 0, "leave": "{date}T07:55:00Z", "back": "{date}T08:35:00Z", "stops": [
                {{"visit": {{"client": "c", "care": "bath", "date": "{date}", "travel_seconds": 300,
                "start": "{date}T08:00:00Z", "end": "{date}T08:30:00Z"}}}}]}}]}}"#
        );
        kring::read_plan(&visit).expect("a plan")
    };
    let price = document.prices.changed_day;
    let minutes = |from: &str, to: &str, now: &str| {
        let told = Published::new(on(from), Some(now.parse().expect("a moment")));
        let checked = check_changes(&document, &problem, &on(to), &told).expect("a plan");
        let with = problem.clone().with_published(&told);
        let (was, is) = (on(from), on(to));
        let all = priced(&with, &was, &is);
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].cost[Term::ChangedDay], checked.cost[Term::ChangedDay]);
        checked.cost[Term::ChangedDay] as f64 / 60_000.0 / price
    };
    let (hour, today) = (document.prices.notice_hour, document.prices.notice_today);
    assert_eq!(minutes("2026-03-03", "2026-03-05", "2026-03-02T06:30:00Z"), 1.0);
    assert_eq!(
        minutes("2026-03-02", "2026-03-05", "2026-03-02T06:30:00Z"),
        today,
        "the day given up is today"
    );
    assert_eq!(minutes("2026-03-02", "2026-03-05", "2026-03-02T07:30:00Z"), hour);
    assert_eq!(minutes("2026-03-05", "2026-03-02", "2026-03-02T06:30:00Z"), today, "the new day is today");
    assert_eq!(minutes("2026-03-10", "2026-03-12", "2026-03-02T06:30:00Z"), document.prices.notice_later);
}

/// A visit taken out of a plan fits at least where it was. (That each price is the difference of two full costs is asserted in
/// debug builds.)
#[test]
fn a_visit_taken_out_fits_where_it_was() {
    let (mut asked, mut withdrawn, mut explained) = (0, 0, 0);
    for seed in 0..400 {
        let mut document = random::document(seed);
        for care in document.clients.iter_mut().flat_map(|client| &mut client.care) {
            care.regular_hour = None;
        }
        let (problem, plan) = published(&document, seed);
        let problem = problem.with_published(&Published::new(plan.clone(), None));
        let Some((without, nurse, visit)) = without_a_visit(&plan, seed as usize) else { continue };
        let care = document.clients.iter().find(|client| client.id == visit.client);
        let care = care.and_then(|client| client.care.iter().find(|care| care.id == visit.care));
        if !matches!(care.map(|care| &care.days), Some(Days::Daily | Days::Weekdays(_) | Days::Dates(_))) {
            continue;
        }
        let found = Planner::new(problem.clone())
            .fits(&without, &visit.client, Some(&visit.care), &Cancel::new())
            .expect("places");
        let there = found.iter().find(|fit| fit.nurse == nurse && fit.date == visit.date);
        assert!(there.is_some(), "neighbourhood {seed}: {visit:?} no longer fits with {nurse}");
        let of_day = found.iter().filter(|fit| fit.date == visit.date);
        assert!(of_day.map(|fit| fit.price()).is_sorted(), "neighbourhood {seed}: not the cheapest first");
        for fit in &found {
            let left_out = |term| [Term::Unplanned, Term::Withdrawn].contains(&term);
            let others = fit.cost.iter().filter(|(term, _)| !left_out(*term));
            assert_eq!(fit.price(), others.map(|(_, cost)| cost).sum::<i64>(), "neighbourhood {seed}");
            withdrawn += usize::from(fit.cost[Term::Withdrawn] < 0);
        }
        let question =
            Question::Visit { client: visit.client.clone(), care: visit.care.clone(), date: visit.date };
        let told = Planner::new(problem).explain(&plan, &question, Audience::Team, &Cancel::new());
        let Ok(Explanation::Visit(told)) = told else { panic!("neighbourhood {seed}: {told:?}") };
        if let Some(cost) = told.cost {
            assert_eq!((cost.of(Term::Unplanned), cost.of(Term::Withdrawn)), (0, 0), "neighbourhood {seed}");
            explained += 1;
        }
        asked += 1;
    }
    assert!(asked > 20 && withdrawn > 20 && explained > 20, "{asked} asked {withdrawn} {explained}");
}

/// Takes the first visit out of a tour of several without a break, which would stay where it is when the plan is read: the plan, whose it was, and the visit.
fn without_a_visit(plan: &Plan, number: usize) -> Option<(Plan, String, PlannedVisit)> {
    let mut plan = plan.clone();
    let several: Vec<usize> = (0..plan.tours.len())
        .filter(|&at| {
            plan.tours[at].visits().count() > 1
                && plan.tours[at].visits().count() == plan.tours[at].stops.len()
        })
        .collect();
    let tour = &mut plan.tours[*several.get(number % several.len().max(1))?];
    let at = tour.stops.iter().position(|stop| matches!(stop, Stop::Visit(_)))?;
    match tour.stops.remove(at) {
        Stop::Visit(visit) => {
            let nurse = tour.nurse.clone();
            Some((plan, nurse, visit))
        }
        Stop::Break(_) | Stop::Meeting(_) => None,
    }
}

/// Where a shift begins when another one of the nurse is over, a meeting at that moment belongs to the tour that it was published
/// in: the tour stays under way.
#[test]
fn a_meeting_at_the_start_of_a_second_shift_stays_in_it() {
    let text = r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 1},
        "nurses": [{"id": "n", "home": {"index": 0}, "shifts": [
            {"date": "2026-03-02", "start": "07:00", "end": "09:00"},
            {"date": "2026-03-02", "start": "09:00", "end": "12:00"}]}],
        "clients": [{"id": "c", "location": {"index": 1}, "care": [
            {"id": "wash", "days": "daily", "minutes": 30, "window": {"from": "07:30", "to": "08:00"}},
            {"id": "bath", "days": "daily", "minutes": 30, "window": {"from": "10:00", "to": "11:00"}}]}],
        "meetings": [{"id": "talk", "days": "daily", "at": "home", "start": "09:00", "minutes": 30}],
        "travel": {"matrix": {"bicycle": [[0, 300], [300, 0]]}}}"#;
    let document = kring::read_document(text).expect("a document");
    let (problem, plan) = published(&document, 1);
    assert!(plan.missed.is_empty());
    let told = Published::new(plan, Some("2026-03-02T09:10:00Z".parse().expect("a moment")));
    let told = problem.with_published(&told);
    let again = solve(&told, &Options::default().with_iterations(100)).expect("an outcome");
    assert!(again.plan.missed.is_empty() && again.plan.unplanned.is_empty(), "{:?}", again.plan);
    let checked = check(&told, &again.plan).expect("a plan");
    assert_eq!((checked.violations, checked.cost), (Vec::new(), again.cost));
}

/// A meeting whose day kring chooses is missed for the sake of two that are new: it concerns the nurse alone, and nobody who was told of
/// it is paid for.
#[test]
fn a_published_meeting_that_is_missed_costs_what_any_missed_meeting_costs() {
    let document = |more: &str| {
        let text = r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 2},
            "nurses": [{"id": "n", "home": {"index": 0}, "shifts": [
                {"date": "2026-03-02", "start": "08:00", "end": "12:00"},
                {"date": "2026-03-03", "start": "08:00", "end": "12:00"}]}],
            "clients": [],
            "meetings": [MORE
                {"id": "talk", "days": {"per_week": {"times": 4}}, "at": "home", "start": "09:00", "minutes": 60}],
            "travel": {"matrix": {"bicycle": [[0]]}}}"#;
        kring::read_document(&text.replace("MORE", more)).expect("a document")
    };
    let (_, plan) = published(&document(""), 1);
    let document = document(
        r#"{"id": "a", "days": "daily", "at": "home", "start": "09:00", "minutes": 30},
           {"id": "b", "days": "daily", "at": "home", "start": "09:30", "minutes": 30},"#,
    );
    let problem = prepare(&document, Path::new(".")).expect("a problem");
    let problem = problem.with_published(&Published::new(plan, None));
    let again = solve(&problem, &Options::default().with_iterations(100)).expect("an outcome");
    let missed: Vec<&str> = again.plan.missed.iter().map(|missed| missed.meeting.as_str()).collect();
    assert_eq!(missed, ["talk"]);
    let checked = check(&problem, &again.plan).expect("a plan");
    assert_eq!(checked.cost, again.cost);
}

/// A published plan of anybody may say anything.
#[test]
fn starts_far_outside_the_horizon_are_no_overflow() {
    let mut document = random::document(1);
    let locks =
        document.clients.iter().map(|client| Lock { client: Some(client.id.clone()), ..Lock::default() });
    document.agreements.locks = locks.collect();
    let (problem, plan) = published(&document, 1);
    // The second is 8 seconds from the least 32-bit number.
    for start in
        ["-009000-01-01T00:00:00Z", "1958-02-11T20:46:00Z", "2094-03-20T03:14:00Z", "9999-01-01T00:00:00Z"]
    {
        let mut told = Published::new(plan.clone(), None);
        for stop in told.plan.tours.iter_mut().flat_map(|tour| &mut tour.stops) {
            if let Stop::Visit(visit) = stop {
                visit.start = start.parse().expect("a moment");
            }
        }
        let problem = problem.clone().with_published(&told);
        let outcome = solve(&problem, &Options::default().with_iterations(20)).expect("an outcome");
        check(&problem, &outcome.plan).expect("a plan");
    }
}
