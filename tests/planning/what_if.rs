//! Plans that differ in kind, and plans for a nurse who falls ill: what is promised about them, by the second opinion.

use crate::random;
use kring::check::Rule;
use kring::error::ErrorKind;
use kring::model::plan::{Plan, PlannedVisit, Stop};
use kring::model::{Aim, Event, Events, Moment, Published, Term};
use kring::solve::{Alternatives, Familiarity, NoAlternative, StandInDay, StandIns};
use kring::{Cancel, Options, Planner, check, prepare, read_document};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn planned(seed: u64) -> (Planner, Plan) {
    let planner = Planner::new(prepare(&random::document(seed), Path::new(".")).expect("a neighbourhood"));
    let options = Options::default().with_iterations(40).with_seed(seed);
    let plan = planner.solve(&options, None, &Cancel::new(), |_| {}).expect("an outcome").plan;
    (planner, plan)
}

fn few() -> Options {
    Options::default().with_iterations(60).with_threads(1)
}

fn alternatives(planner: &Planner, plan: &Plan, options: &Options) -> Alternatives {
    planner.alternatives(plan, options, &Cancel::new(), |_, _| {}).expect("alternatives")
}

#[test]
fn an_alternative_is_better_at_its_aim_and_no_other_plan_beats_it() {
    let mut by_aim: BTreeMap<Aim, usize> = BTreeMap::new();
    for seed in 0..200 {
        let (planner, plan) = planned(seed);
        let found = alternatives(&planner, &plan, &few());
        assert_eq!(found.worth.cost, check(planner.problem(), &plan).expect("a plan").cost);
        let mut aims: Vec<Aim> =
            found.found.iter().map(|one| one.aim).chain(found.without.iter().map(|(aim, _)| *aim)).collect();
        aims.sort_unstable();
        assert_eq!(aims, Aim::ALL, "each aim has an answer");
        for one in &found.found {
            let checked = check(planner.problem(), &one.plan).expect("a plan");
            assert!(checked.is_clean(), "neighbourhood {seed}: {:#?}", checked.violations);
            assert_eq!(one.worth.cost, checked.cost, "at the prices of the document");
            assert!(one.worth.measure(one.aim) < found.worth.measure(one.aim), "{seed}: {:?}", one.aim);
            assert!(one.worth.cost[Term::Unplanned] <= found.worth.cost[Term::Unplanned]);
            assert!(!found.worth.dominates(&one.worth), "neighbourhood {seed}: worse than the plan");
            assert!(found.found.iter().all(|other| !other.worth.dominates(&one.worth)));
            *by_aim.entry(one.aim).or_default() += 1;
        }
    }
    // Hours are shared out by contract, which few of these neighbourhoods have.
    assert!(Aim::ALL.iter().all(|aim| by_aim.get(aim).is_some_and(|&n| n > 2)), "{by_aim:?}");
}

#[test]
fn measures_are_counted_from_the_tours() {
    for seed in 0..40 {
        let (planner, plan) = planned(seed);
        let worth = alternatives(&planner, &plan, &Options::default().with_iterations(1)).worth;
        let mut pairs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for tour in &plan.tours {
            tour.visits().for_each(|visit| {
                pairs.entry(&visit.client).or_default().insert(&tour.nurse);
            });
        }
        let faces: usize = pairs.values().map(|nurses| nurses.len() - 1).sum();
        assert_eq!(worth.measure(Aim::FewerFaces), faces as f64);
        let new = pairs.iter().flat_map(|(client, nurses)| nurses.iter().map(move |nurse| (*client, *nurse)));
        let new = new.filter(|&(client, nurse)| !is_known(&planner, client, nurse)).count();
        assert_eq!(worth.measure(Aim::FewerNewFaces), new as f64);
        let road: i64 = plan.tours.iter().map(|tour| tour.travel_seconds).sum();
        assert!((worth.measure(Aim::LessRoad) - road as f64 / 60.0).abs() < 1e-6);
    }
}

/// Whether a client met a nurse in the eight weeks before.
fn is_known(planner: &Planner, client: &str, nurse: &str) -> bool {
    let document = planner.problem().document();
    let is = |visit: &&kring::model::document::PastVisit| visit.client == client && visit.nurse == nurse;
    let first = document.horizon.first_day;
    document
        .history
        .visits
        .iter()
        .filter(is)
        .any(|visit| visit.date.duration_since(first).as_hours() / 24 >= -56)
}

#[test]
fn threads_change_nothing_and_a_cancelled_search_says_what_is_missing() {
    let (planner, plan) = planned(7);
    let text = |found: &Alternatives| {
        serde_json::to_value(found.found.iter().map(|one| &one.plan).collect::<Vec<_>>()).expect("JSON")
    };
    let options = few().with_workers(2);
    let one = alternatives(&planner, &plan, &options);
    let two = alternatives(&planner, &plan, &options.with_threads(2));
    assert_eq!(text(&one), text(&two));
    let cancel = Cancel::new();
    cancel.cancel();
    let none = planner.alternatives(&plan, &few(), &cancel, |_, _| {}).expect("no alternatives");
    assert!(none.found.is_empty() && none.without.iter().all(|(_, why)| *why == NoAlternative::Stopped));
}

#[test]
fn a_cancel_from_the_progress_keeps_what_was_found() {
    let (planner, plan) = planned(7);
    let (cancel, options) = (Cancel::new(), Options::default().with_seconds(20.0).with_threads(1));
    let mut told = BTreeSet::new();
    let found = planner.alternatives(&plan, &options, &cancel, |aim, _| {
        told.insert(aim);
        cancel.cancel();
    });
    let found = found.expect("what was found");
    assert_eq!(told.len(), 1, "nothing is searched for after the cancel");
    let stopped = found.without.iter().filter(|(_, why)| *why == NoAlternative::Stopped).count();
    assert_eq!(stopped, Aim::ALL.len() - 1);
    let all = standins(&planner, &plan, &few()).days.len();
    for seed in 0..10 {
        // While one is told of, the others prepare and search.
        let (cancel, options) = (Cancel::new(), few().with_threads(4).with_seed(seed));
        let stopped = planner.standins(&plan, None, None, &options, &cancel, |_, _| cancel.cancel());
        let stopped = stopped.expect("what is ready");
        assert_eq!(stopped.days.len() + stopped.left as usize, all);
    }
}

#[test]
fn the_seconds_are_for_all_of_it() {
    let (planner, plan) = planned(11);
    let options = Options::default().with_seconds(1e-6).with_threads(1);
    let found = alternatives(&planner, &plan, &options);
    assert!(found.found.is_empty() && found.without.iter().all(|(_, why)| *why == NoAlternative::Stopped));
    let found = standins(&planner, &plan, &options);
    assert!(found.days.is_empty() && found.left > 0);
}

#[test]
fn alternatives_of_a_plan_made_again_price_its_changes() {
    let mut changed = 0;
    for seed in 0..90 {
        let (planner, plan) = planned(seed);
        let problem = planner.problem().clone().with_published(&Published::new(plan.clone(), None));
        let planner = Planner::new(problem);
        let found = alternatives(&planner, &plan, &few());
        assert_eq!(found.worth.cost, check(planner.problem(), &plan).expect("a plan").cost);
        for one in &found.found {
            let checked = check(planner.problem(), &one.plan).expect("a plan");
            assert_eq!(one.worth.cost, checked.cost, "neighbourhood {seed}");
            let terms = [Term::ChangedNurse, Term::ChangedDay, Term::ChangedHour];
            changed += usize::from(terms.iter().any(|&term| checked.cost[term] > 0));
        }
    }
    assert!(changed > 5, "{changed}");
}

/// Noon of a day in the middle: what has begun by then, or somebody is on the way to, is in every alternative as it was.
#[test]
fn alternatives_leave_what_is_frozen_as_it_is() {
    let (mut frozen, mut found) = (0, 0);
    for seed in 0..160 {
        let (planner, plan) = planned(seed);
        let calendar = planner.problem().calendar();
        let noon = calendar.seconds(i32::from(calendar.days()) / 2, "12:00".parse().expect("a time"));
        let published = Published::new(plan.clone(), Some(calendar.moment(noon)));
        let of = Planner::new(planner.problem().clone().with_published(&published));
        let begun: BTreeSet<String> = visits(&plan)
            .filter(|(_, _, visit)| calendar.elapsed(visit.start) < noon)
            .map(|(nurse, _, visit)| format!("{nurse} {visit:?}"))
            .collect();
        for one in alternatives(&of, &plan, &few()).found {
            // The second opinion has a rule of its own for what is frozen.
            let checked = check(of.problem(), &one.plan).expect("a plan");
            assert!(checked.is_clean(), "neighbourhood {seed}: {:#?}", checked.violations);
            let stops: BTreeSet<String> =
                visits(&one.plan).map(|(nurse, _, visit)| format!("{nurse} {visit:?}")).collect();
            assert!(begun.is_subset(&stops), "neighbourhood {seed}");
            (frozen, found) = (frozen + begun.len(), found + 1);
        }
    }
    assert!(frozen > 100 && found > 20, "{frozen} {found}");
}

#[test]
fn a_plan_of_another_document_has_no_alternatives_and_no_stand_ins() {
    let (planner, _) = planned(1);
    let other = planned(2).1;
    let refused = planner.alternatives(&other, &few(), &Cancel::new(), |_, _| {}).expect_err("refused");
    assert_eq!(refused.kind(), ErrorKind::Plan);
    let refused =
        planner.standins(&other, None, None, &few(), &Cancel::new(), |_, _| {}).expect_err("refused");
    assert_eq!(refused.kind(), ErrorKind::Plan);
}

fn standins(planner: &Planner, plan: &Plan, options: &Options) -> StandIns {
    planner.standins(plan, None, None, options, &Cancel::new(), |_, _| {}).expect("stand-ins")
}

/// Visits of a plan with their nurse and the day of the shift.
fn visits(plan: &Plan) -> impl Iterator<Item = (&str, Moment, &PlannedVisit)> {
    plan.tours.iter().flat_map(|tour| tour.visits().map(|visit| (tour.nurse.as_str(), tour.shift, visit)))
}

/// The number of visits of each care line.
fn lines(plan: &Plan) -> BTreeMap<(&str, &str), usize> {
    let mut lines = BTreeMap::new();
    visits(plan).for_each(|(_, _, visit)| {
        *lines.entry((visit.client.as_str(), visit.care.as_str())).or_default() += 1
    });
    lines
}

/// Nothing changes in the tours of other days: the same stops at the same hours, and what was left out stays out. A visit of the day
/// may come in where it moved.
fn only_that_day(plan: &Plan, day: &StandInDay, of: &str) {
    let of_day: BTreeSet<_> = visits(plan)
        .filter(|(_, shift, _)| shift.date() == day.date)
        .map(|(_, _, visit)| (visit.client.as_str(), visit.care.as_str()))
        .collect();
    let others = |plan: &Plan| -> BTreeMap<(Moment, String), Vec<Stop>> {
        let tours = plan.tours.iter().filter(|tour| tour.shift.date() != day.date);
        tours.map(|tour| ((tour.shift, tour.nurse.clone()), tour.stops.clone())).collect()
    };
    let (was, mut is) = (others(plan), others(&day.plan));
    let mut came = 0;
    for (tour, stops) in &was {
        let now = is
            .remove(tour)
            .unwrap_or_else(|| panic!("{of}: {} {}: a tour is gone: {tour:?}", day.nurse, day.date));
        let all = now.len();
        let at = |stop: &Stop| match stop {
            Stop::Visit(visit) => (visit.client.clone(), visit.care.clone(), Some(visit.start)),
            Stop::Meeting(at) => (tour.1.clone(), at.meeting.clone(), Some(at.start)),
            _ => (String::new(), String::new(), None),
        };
        let before: Vec<_> = stops.iter().map(at).filter(|(_, _, start)| start.is_some()).collect();
        let now: Vec<_> = now.iter().map(at).filter(|(_, _, start)| start.is_some()).collect();
        let new: Vec<_> = now.iter().filter(|stop| !before.contains(stop)).collect();
        for (client, care, _) in &new {
            assert!(
                of_day.contains(&(client.as_str(), care.as_str())),
                "{of}: {client} {care} comes to another day"
            );
        }
        assert!(
            before.iter().all(|stop| now.contains(stop)),
            "{of}: {} {}: {before:#?} {now:#?}",
            day.nurse,
            day.date
        );
        came += new.len();
        if new.is_empty() {
            assert_eq!(all, stops.len(), "{of}");
        }
    }
    for (tour, stops) in is {
        for stop in stops {
            if let Stop::Visit(visit) = stop {
                assert!(
                    of_day.contains(&(visit.client.as_str(), visit.care.as_str())),
                    "{of}: {tour:?} {visit:?}"
                );
                came += 1;
            }
        }
    }
    let on_day = |plan: &Plan| visits(plan).filter(|(_, shift, _)| shift.date() == day.date).count();
    let gone = on_day(plan).saturating_sub(on_day(&day.plan));
    assert!(came <= gone, "{of}: {came} come to other days, {gone} are gone from this one");
}

#[test]
fn only_the_day_changes_on_the_samples() {
    for name in ["village", "town", "flats"] {
        let text = std::fs::read_to_string(format!("examples/neighbourhoods/{name}.json")).expect("a sample");
        let document = read_document(&text).expect("a document");
        let planner = Planner::new(prepare(&document, Path::new(".")).expect("a neighbourhood"));
        let plan = planner.solve(&Options::default().with_iterations(300), None, &Cancel::new(), |_| {});
        let plan = plan.expect("an outcome").plan;
        let options = Options::default().with_iterations(150).with_threads(2);
        let found = planner.standins(&plan, None, None, &options, &Cancel::new(), |_, _| {}).expect("days");
        assert!(found.days.iter().any(|day| day.uncovered < day.visits.len() as u32));
        for day in &found.days {
            only_that_day(&plan, day, name);
        }
    }
}

fn hold(planner: &Planner, plan: &Plan, day: &StandInDay, seed: u64) {
    let problem = planner.problem();
    let calendar = problem.calendar();
    let midnight = calendar.moment(
        calendar.seconds(calendar.days_from_first(day.date) as i32, "00:00".parse().expect("a time")),
    );
    let absent = Event::NurseAbsent {
        nurse: day.nurse.clone(),
        date: day.date,
        until: None,
        from_time: None,
        to_time: None,
    };
    let events = Events::new(Some(midnight), vec![absent]);
    let (document, told) = events.apply(problem.document(), plan).expect("an absence");
    let published = Published::new(told, Some(midnight));
    let of_day = prepare(&document, Path::new(".")).expect("a neighbourhood").with_published(&published);
    let checked = check(&of_day, &day.plan).expect("a plan");
    // Time of her own that has room on no other day is all that may be missing.
    let mut broken = checked.violations.iter().filter(|broken| broken.rule != Rule::MissedMeeting);
    assert!(broken.next().is_none(), "neighbourhood {seed}: {:#?}", checked.violations);
    assert_eq!(checked.violations.len(), day.missed.len() + plan.missed.len(), "neighbourhood {seed}");
    let before = check(problem, plan).expect("a plan").cost;
    for (term, cost) in checked.cost.iter() {
        assert_eq!(day.cost[term], cost - before[term], "neighbourhood {seed}: {term:?}");
    }
    // Who is ill makes no visit, and everybody is looked at.
    assert!(visits(&day.plan).all(|(nurse, shift, _)| nurse != day.nurse || shift.date() != day.date));
    let hers = visits(plan).filter(|(nurse, shift, _)| *nurse == day.nurse && shift.date() == day.date);
    let hers: BTreeSet<_> = hers.map(|(_, _, v)| (v.client.as_str(), v.care.as_str(), v.date)).collect();
    let told: BTreeSet<_> = day.visits.iter().map(|v| (v.client.as_str(), v.care.as_str(), v.date)).collect();
    assert_eq!(hers, told, "neighbourhood {seed}");
    only_that_day(plan, day, &format!("neighbourhood {seed}"));
    let (was, is) = (lines(plan), lines(&day.plan));
    let missing = was.iter().map(|(line, &visits)| visits.saturating_sub(is.get(line).copied().unwrap_or(0)));
    assert_eq!(day.uncovered as usize, missing.sum::<usize>(), "neighbourhood {seed}");
    let told: BTreeSet<(&str, &str)> = day
        .visits
        .iter()
        .chain(&day.moved)
        .filter(|visit| visit.familiarity == Some(Familiarity::New))
        .map(|visit| (visit.client.as_str(), visit.now.as_ref().expect("somebody").nurse.as_str()))
        .collect();
    assert_eq!(told.len(), day.new_faces as usize);
    for (client, nurse) in told {
        assert!(!is_known(planner, client, nurse));
        assert!(visits(plan).all(|(of, _, visit)| of != nurse || visit.client != client));
        assert!(visits(&day.plan).any(|(of, _, visit)| of == nurse && visit.client == client));
    }
    for visit in &day.moved {
        assert!(!hers.contains(&(visit.client.as_str(), visit.care.as_str(), visit.date)));
    }
}

#[test]
fn a_plan_for_a_nurse_who_is_ill_can_be_carried_out_and_says_what_it_changes() {
    let (mut covered, mut uncovered, mut new, mut days) = (0, 0, 0, 0);
    for seed in 0..60 {
        let (planner, plan) = planned(seed);
        let found = standins(&planner, &plan, &few());
        assert_eq!(found.left, 0);
        let mut due: BTreeSet<(jiff::civil::Date, &str)> = BTreeSet::new();
        visits(&plan).for_each(|(nurse, shift, _)| {
            due.insert((shift.date(), nurse));
        });
        let told: BTreeSet<_> = found.days.iter().map(|day| (day.date, day.nurse.as_str())).collect();
        assert_eq!(told, due, "neighbourhood {seed}: every nurse and day with visits");
        for day in &found.days {
            hold(&planner, &plan, day, seed);
            covered += day.visits.iter().filter(|visit| visit.now.is_some()).count();
            uncovered += day.uncovered;
            new += day.new_faces;
            days += 1;
        }
        // Each visit of the plan is looked at once, so that clients add up.
        let all: u32 = found.fallbacks.iter().map(|of| of.visits).sum();
        assert_eq!(all as usize, visits(&plan).count());
        for of in &found.fallbacks {
            let by: u32 = of.nurses.iter().map(|nurse| nurse.visits).sum();
            assert_eq!(by as usize + of.nobody.len(), of.visits as usize);
            assert!(of.nurses.windows(2).all(|pair| pair[0].visits >= pair[1].visits));
        }
    }
    assert!(covered > 100 && uncovered > 50 && new > 20 && days > 200, "{covered} {uncovered} {new} {days}");
}

#[test]
fn stand_ins_are_the_same_on_any_number_of_threads_and_can_be_stopped() {
    let (planner, plan) = planned(11);
    let one = standins(&planner, &plan, &few());
    let many = standins(&planner, &plan, &few().with_threads(3));
    assert_eq!(one, many);
    let mut told = Vec::new();
    let cancel = Cancel::new();
    let stopped = planner.standins(&plan, None, None, &few(), &cancel, |done, all| {
        told.push((done, all));
        cancel.cancel();
    });
    let stopped = stopped.expect("what is ready");
    assert_eq!(stopped.days.len(), 1);
    assert_eq!(stopped.left as usize, one.days.len() - 1);
    assert_eq!(told.first(), Some(&(1, one.days.len())));
    assert_eq!(stopped.days[0], one.days[0]);
}

#[test]
fn one_day_and_one_nurse_can_be_asked_for_and_unknown_ones_are_refused() {
    let (planner, plan) = planned(11);
    let all = standins(&planner, &plan, &few());
    let day = &all.days[all.days.len() / 2];
    let ask = |date, nurse| planner.standins(&plan, date, nurse, &few(), &Cancel::new(), |_, _| {});
    let one = ask(Some(day.date), Some(&day.nurse)).expect("a day");
    assert_eq!(one.days, std::slice::from_ref(day));
    let of_nurse = ask(None, Some(&day.nurse)).expect("a nurse");
    let due: Vec<StandInDay> = all.days.iter().filter(|other| other.nurse == day.nurse).cloned().collect();
    assert_eq!(of_nurse.days, due);
    let wrong = ask(Some(jiff::civil::date(1999, 1, 1)), Some("nobody")).expect_err("refused");
    assert_eq!(wrong.kind(), ErrorKind::Options);
    let paths: Vec<&str> = wrong.mistakes().iter().map(|mistake| mistake.path.as_str()).collect();
    assert_eq!(paths, ["date", "nurse"]);
}

#[test]
fn stand_ins_are_refused_for_a_plan_that_breaks_a_rule() {
    let (planner, mut plan) = planned(11);
    plan.tours[0].waiting_seconds += 60;
    let wrong = planner.standins(&plan, None, None, &few(), &Cancel::new(), |_, _| {}).expect_err("refused");
    assert_eq!(
        (wrong.kind(), wrong.mistakes()[0].path.as_str()),
        (ErrorKind::Plan, "tours[0].waiting_seconds")
    );
}

#[test]
fn a_pin_to_the_nurse_who_is_ill_does_not_hold_on_that_day() {
    let mut lifted = 0;
    for seed in 0..30 {
        let (planner, plan) = planned(seed);
        let Some((nurse, shift, visit)) = visits(&plan).next() else { continue };
        let mut document = planner.problem().document().clone();
        document.agreements.pins.push(
            kring::model::document::Pin::new(visit.client.clone(), visit.care.clone(), visit.date)
                .with(|pin| pin.nurse = Some(nurse.to_owned())),
        );
        let pinned = Planner::new(prepare(&document, Path::new(".")).expect("a neighbourhood"));
        let (date, visit) = (shift.date(), visit.clone());
        let ask = |planner: &Planner| {
            let found = planner.standins(&plan, Some(date), Some(nurse), &few(), &Cancel::new(), |_, _| {});
            found.expect("a day").days.swap_remove(0)
        };
        let (with, without) = (ask(&pinned), ask(&planner));
        assert_eq!(with.plan.tours, without.plan.tours, "neighbourhood {seed}");
        let is_it =
            |other: &&kring::solve::StandInVisit| other.client == visit.client && other.care == visit.care;
        lifted += usize::from(with.visits.iter().find(is_it).is_some_and(|visit| visit.now.is_some()));
    }
    assert!(lifted > 5, "{lifted}: too little was tried");
}
