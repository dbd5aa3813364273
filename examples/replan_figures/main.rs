//! What replanning costs and changes, as tables: the sick morning, beside the fewest changes on small ones, ten events of each kind, and
//! rows of ten events.
//!
//! `cargo run --release --example replan_figures` prints the tables of docs/replan.md; some minutes of one core. With `-- quick` a small part of
//! them in seconds.

#[path = "fewest.rs"]
mod fewest;
#[path = "in_a_row.rs"]
mod in_a_row;

use fewest::{Changes, Morning};
use kring::jiff::ToSpan;
use kring::jiff::civil::{Date, Weekday};
use kring::model::document::{Document, Travel};
use kring::model::plan::Stop;
use kring::model::{Event, Events, Moment, Plan, Problem};
use kring::report::causes::{Cause, causes};
use kring::report::changes::priced;
use kring::{Cancel, Options, Planner, Replanned, check, prepare, read_document, solve};
use std::path::Path;

const SAMPLES: [(&str, &str); 3] = [
    ("village", include_str!("../neighbourhoods/village.json")),
    ("town", include_str!("../neighbourhoods/town.json")),
    ("flats", include_str!("../neighbourhoods/flats.json")),
];

/// User time of this process so far, in seconds, from Linux; elsewhere 0.
fn user_seconds() -> f64 {
    // The 14th field counts from behind the name, which ends in the last parenthesis; a hundredth of a second each.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let mut fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.nth(11).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or_default() / 100.0
}

/// Time that this thread has been at work, in seconds, from Linux; elsewhere 0.
fn busy_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().and_then(|text| text.parse::<f64>().ok());
    nanoseconds.unwrap_or_default() / 1e9
}

/// How much is measured.
#[derive(Clone, Copy)]
pub struct Size {
    /// Iterations of the published plans, and of those from scratch.
    plan: u64,
    /// Iterations of a replan.
    replan: u64,
    /// Iterations of each of several replans in a row; the plans that know all events have as many as these together.
    in_a_row: u64,
    /// Rows of events.
    rows: u64,
    /// Events of each kind, and in a row.
    events: usize,
}

pub fn main() -> kring::Result<()> {
    let quick = std::env::args().any(|argument| argument == "quick");
    run(if quick { QUICK } else { Size { plan: 10_000, replan: 500, in_a_row: 20_000, rows: 5, events: 10 } })
}

/// A small part of the tables.
pub const QUICK: Size = Size { plan: 200, replan: 50, in_a_row: 50, rows: 1, events: 1 };

fn run(size: Size) -> kring::Result<()> {
    let teams =
        SAMPLES.iter().map(|(name, text)| Team::new(name, text, size)).collect::<Result<Vec<_>, _>>()?;
    sick_morning(&teams[1], size)?;
    fewest_changes(size)?;
    where_it_fits(&teams, size)?;
    in_a_row::in_a_row(&teams, size)?;
    each_kind(&teams, size)
}

/// A sample with its published plan.
struct Team {
    name: &'static str,
    document: Document,
    problem: Problem,
    plan: Plan,
}

impl Team {
    fn new(name: &'static str, text: &str, size: Size) -> kring::Result<Self> {
        let document = read_document(text)?;
        let problem = prepare(&document, Path::new("."))?;
        let plan = solve(&problem, &Options::default().with_iterations(size.plan))?.plan;
        Ok(Self { name, document, problem, plan })
    }

    /// A day of the horizon.
    fn date(&self, day: usize) -> Date {
        self.document.horizon.first_day.saturating_add((day as i64).days())
    }

    /// Half past six on a day.
    fn morning(&self, date: Date) -> Option<Moment> {
        let calendar = self.problem.calendar();
        let time = "06:30".parse().ok()?;
        Some(calendar.moment(calendar.seconds(calendar.days_from_first(date) as i32, time)))
    }
}

/// Counts of what a new plan changed after now.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    nurses: usize,
    clients: usize,
    hours: usize,
    days: usize,
    unasked: usize,
    unplanned: usize,
}

/// Compares a plan with the published one. `problem` prices the changes.
fn counts(problem: &Problem, published: &Plan, plan: &Plan, now: Option<Moment>, events: &[Event]) -> Counts {
    let calendar = problem.calendar();
    let now = now.map_or(0, |now| calendar.elapsed(now));
    let mut counts = Counts { unplanned: plan.unplanned.len(), ..Counts::default() };
    let mut clients = std::collections::BTreeSet::new();
    let all = priced(problem, published, plan);
    let changes: Vec<_> = all.iter().filter(|one| !one.slight).map(|one| one.change).collect();
    for (change, cause) in changes.iter().zip(causes(&changes, events)) {
        let Some(before) = change.before.filter(|before| calendar.elapsed(before.start) >= now) else {
            continue;
        };
        let Some(after) = change.now else { continue };
        let (nurse, day) = (before.nurse != after.nurse, change.date != change.to);
        counts.nurses += usize::from(nurse);
        counts.days += usize::from(day);
        counts.hours += usize::from(!nurse && !day);
        counts.unasked += usize::from(!matches!(cause, Cause::Event(_)));
        if nurse {
            clients.insert(change.client);
        }
    }
    counts.clients = clients.len();
    counts
}

/// The nurse whose tour of a day begins first is ill that morning.
fn sick_morning(team: &Team, size: Size) -> kring::Result<()> {
    let working = |date: &Date| date.weekday() == Weekday::Tuesday;
    let date = (1..usize::from(team.document.horizon.days)).map(|day| team.date(day)).find(working);
    let date = date.unwrap_or_else(|| team.date(0));
    let tours = team.plan.tours.iter().filter(|tour| tour.shift.date() == date);
    let calendar = team.problem.calendar();
    let Some(early) = tours.min_by_key(|tour| calendar.elapsed(tour.leave)) else { return Ok(()) };
    let event =
        Event::NurseAbsent { nurse: early.nurse.clone(), date, until: None, from_time: None, to_time: None };
    let now = team.morning(date);
    let events = Events::new(now, vec![event]);
    println!(
        "The sick morning: {}, {} is ill on {date} with {} visits",
        team.name,
        early.nurse,
        early.visits().count()
    );
    println!(
        "| plan | another nurse: visits | clients | another hour | another day | left out | seconds | cost without changes, min |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let begun = user_seconds();
    let options = Options::default().with_iterations(size.replan);
    let again = replanned(team, &team.document, &team.plan, &events, &options)?;
    let problem = again.planner.problem();
    let plain = prepare(problem.document(), Path::new("."))?;
    let row = |name: &str, plan: &Plan, seconds: f64| -> kring::Result<()> {
        let found = counts(problem, &again.published.plan, plan, now, &events.events);
        let cost = check(&plain, plan)?.cost.total() as f64 / 60_000.0;
        println!(
            "| {name} | {} | {} | {} | {} | {} | {seconds:.2} | {cost:.0} |",
            found.nurses, found.clients, found.hours, found.days, found.unplanned
        );
        Ok(())
    };
    row("replan", &again.outcome.plan, user_seconds() - begun)?;
    let begun = user_seconds();
    let planner = Planner::new(plain.clone());
    let warm = planner.solve(&options, Some(&again.published.plan), &Cancel::new(), |_| {})?;
    row("warm start, changes cost nothing", &warm.plan, user_seconds() - begun)?;
    let begun = user_seconds();
    let scratch = solve(&plain, &Options::default().with_iterations(size.plan))?;
    row("from scratch", &scratch.plan, user_seconds() - begun)
}

/// Small sick mornings beside the best of all plans.
pub fn fewest_changes(size: Size) -> kring::Result<()> {
    let count = 2 * size.events as u64;
    let (mut made, mut fewest) = (Changes::default(), Changes::default());
    let (mut cheapest, mut dearer) = (0, 0.0f64);
    for number in 0..count {
        let (cost, changes, best) = small_morning(number, size)?;
        let add = |sum: &mut Changes, one: Changes| {
            *sum = Changes {
                left_out: sum.left_out + one.left_out,
                nurses: sum.nurses + one.nurses,
                hours: sum.hours + one.hours,
            };
        };
        add(&mut made, changes);
        add(&mut fewest, best.changes);
        assert!(cost >= best.cost, "morning {number}: {cost} is less than the least, {}", best.cost);
        cheapest += u32::from(cost == best.cost);
        dearer = dearer.max(100.0 * (cost as f64 / best.cost as f64 - 1.0));
    }
    println!(
        "\n{count} small sick mornings: 3 nurses, 9 clients; sums. Of the least cost: {cheapest}; the dearest {dearer:.1} % above it"
    );
    println!("| plan | left out | clients with another nurse | at another hour |");
    println!("| --- | --- | --- | --- |");
    for (name, sum) in [("replan", made), ("fewest possible, one after the other", fewest)] {
        println!("| {name} | {} | {} | {} |", sum.left_out, sum.nurses, sum.hours);
    }
    Ok(())
}

/// The cost and the changes of one, and the best.
fn small_morning(number: u64, size: Size) -> kring::Result<(i64, Changes, fewest::Best)> {
    let morning = Morning::new(number);
    let problem = prepare(&morning.document, Path::new("."))?;
    let plan = solve(&problem, &Options::default().with_iterations(size.replan))?.plan;
    let calendar = problem.calendar();
    let elapsed = |moment| calendar.elapsed(moment);
    let early = plan.tours.iter().min_by_key(|tour| elapsed(tour.leave)).expect("a tour");
    let (nurse, date) = (early.nurse.clone(), early.shift.date());
    let now = 6 * 3600 + 1800;
    let event =
        Event::NurseAbsent { nurse: nurse.clone(), date, until: None, from_time: None, to_time: None };
    let events = Events::new(Some(calendar.moment(now)), vec![event]);
    let options = Options::default().with_iterations(size.replan);
    let again = Planner::new(problem.clone()).replan(
        &plan,
        &events,
        Path::new("."),
        &options,
        &Cancel::new(),
        |_| {},
    )?;
    let mut changes = Changes { left_out: again.outcome.plan.unplanned.len() as u32, ..Changes::default() };
    let all = priced(again.planner.problem(), &plan, &again.outcome.plan);
    let tolerance = (60.0 * morning.document.prices.changed_hour_tolerance) as i64;
    for (before, after) in all.iter().filter_map(|one| one.change.before.zip(one.change.now)) {
        changes.nurses += u32::from(before.nurse != after.nurse);
        changes.hours += u32::from((elapsed(before.start) - elapsed(after.start)).abs() > tolerance);
    }
    let best = morning.best(&plan, &nurse, now, elapsed);
    Ok((again.outcome.cost.total(), changes, best))
}

fn replanned(
    team: &Team,
    document: &Document,
    plan: &Plan,
    events: &Events,
    options: &Options,
) -> kring::Result<Replanned> {
    let planner = Planner::new(prepare(document, Path::new("."))?);
    let again = planner.replan(plan, events, Path::new("."), options, &Cancel::new(), |_| {})?;
    // Every plan is looked at by the second opinion.
    let problem = again.planner.problem();
    let checked = check(problem, &again.outcome.plan)?;
    assert!(checked.violations.is_empty(), "{}: {:#?}", team.name, checked.violations);
    assert_eq!(checked.cost, again.outcome.cost, "{}", team.name);
    Ok(again)
}

/// A stable source of chance.
pub struct Chance(u64);

impl Chance {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

const KINDS: [&str; 9] = [
    "nurse_absent",
    "nurse_late",
    "nurse_back",
    "visit_added",
    "client_added",
    "visit_cancelled",
    "visit_length",
    "client_away",
    "street_closed",
];

/// An event of a kind on the day of a random visit, and the morning on which it is known. `number` makes ids unlike others.
fn event(
    team: &Team,
    document: &Document,
    plan: &Plan,
    kind: &str,
    chance: &mut Chance,
    number: usize,
) -> (Event, Option<Moment>) {
    let tour = &plan.tours[chance.below(plan.tours.len())];
    let visits: Vec<_> = tour.visits().collect();
    let visit = visits[chance.below(visits.len())];
    let (nurse, date) = (tour.nurse.clone(), tour.shift.date());
    let (client, care) = (visit.client.clone(), visit.care.clone());
    let mut line = document.clients.iter().flat_map(|one| &one.care).next().expect("a care line").clone();
    line.id = format!("added{number}");
    line.days = kring::model::document::Days::Dates(vec![date]);
    (line.from, line.until, line.every_weeks) = (None, None, 1);
    let noon = "10:00".parse().expect("a time of day");
    let event = match kind {
        "nurse_absent" => Event::NurseAbsent { nurse, date, until: None, from_time: None, to_time: None },
        "nurse_late" => Event::NurseLate { nurse, date, start: noon },
        "nurse_back" => Event::NurseBack { nurse, date },
        "visit_added" => Event::VisitAdded { client, care: line },
        "client_added" => {
            let mut new = document.clients[chance.below(document.clients.len())].clone();
            new.id = format!("new{number}");
            new.label = None;
            Event::ClientAdded(Box::new(new))
        }
        "visit_cancelled" => Event::VisitCancelled { client, care, date: visit.date },
        "visit_length" => Event::VisitLength { client, care, date: visit.date, minutes: 45.0 },
        "street_closed" => {
            let Travel::Streets(graph) = &document.travel else { panic!("a sample with streets") };
            let street = &graph.streets[chance.below(graph.streets.len())];
            return (Event::StreetClosed { from: street.from, to: street.to }, None);
        }
        _ => Event::ClientAway { client, from: date, until: date.saturating_add(2.days()) },
    };
    (event, team.morning(date))
}

fn each_kind(teams: &[Team], size: Size) -> kring::Result<()> {
    println!("\n{} events of each kind; means of each", size.events);
    println!(
        "| event | sample | another nurse: visits | another hour | another day | not of the event | left out, more | seconds | longest | refused |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for kind in KINDS {
        for team in teams {
            let (mut sum, mut seconds, mut longest, mut more, mut refused) =
                (Counts::default(), 0.0, 0.0f64, 0i64, 0);
            for number in 0..size.events {
                let mut chance = Chance(number as u64 * 77 + 5);
                let (mut document, mut plan) = (team.document.clone(), team.plan.clone());
                let (event, now) = event(team, &document, &plan, kind, &mut chance, number);
                let options = Options::default().with_iterations(size.replan);
                if let Event::NurseBack { nurse, date } = &event {
                    // She was away from the day before on.
                    let from = date.yesterday().map_or(*date, |before| before.max(team.date(0)));
                    let until = Some(date.saturating_add(2.days()));
                    let away = Event::NurseAbsent {
                        nurse: nurse.clone(),
                        date: from,
                        until,
                        from_time: None,
                        to_time: None,
                    };
                    let events = Events::new(team.morning(from), vec![away]);
                    let again = replanned(team, &document, &plan, &events, &options)?;
                    (document, plan) = (again.planner.problem().document().clone(), again.outcome.plan);
                }
                let events = Events::new(now, vec![event]);
                let begun = user_seconds();
                let Ok(again) = replanned(team, &document, &plan, &events, &options) else {
                    // A street whose closing cuts off a place.
                    refused += 1;
                    continue;
                };
                let took = user_seconds() - begun;
                let one = counts(
                    again.planner.problem(),
                    &again.published.plan,
                    &again.outcome.plan,
                    now,
                    &events.events,
                );
                more += one.unplanned as i64 - plan.unplanned.len() as i64;
                (seconds, longest) = (seconds + took, longest.max(took));
                sum.nurses += one.nurses;
                sum.hours += one.hours;
                sum.days += one.days;
                sum.unasked += one.unasked;
            }
            let done = (size.events - refused).max(1) as f64;
            let mean = |sum: usize| sum as f64 / done;
            println!(
                "| {kind} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {:+.1} | {:.2} | {longest:.2} | {refused} |",
                team.name,
                mean(sum.nurses),
                mean(sum.hours),
                mean(sum.days),
                mean(sum.unasked),
                more as f64 / done,
                seconds / done
            );
        }
    }
    Ok(())
}

/// The time for all places of a visit that is taken out of the plan.
fn where_it_fits(teams: &[Team], size: Size) -> kring::Result<()> {
    println!("\nWhere does it fit: all places of a visit taken out of the plan, {} times", size.events);
    println!("| sample | places | with moves | milliseconds | longest |");
    println!("| --- | --- | --- | --- | --- |");
    for team in teams {
        let planner = Planner::new(team.problem.clone());
        let mut chance = Chance(3);
        let (mut places, mut moves, mut sum, mut longest) = (0, 0, 0.0, 0.0f64);
        for _ in 0..size.events {
            let mut plan = team.plan.clone();
            let tour = chance.below(plan.tours.len());
            let stops = &mut plan.tours[tour].stops;
            let at: Vec<usize> = (0..stops.len()).filter(|&at| matches!(stops[at], Stop::Visit(_))).collect();
            let Stop::Visit(visit) = stops.remove(at[chance.below(at.len())]) else { continue };
            plan.tours.retain(|tour| tour.visits().next().is_some());
            let begun = busy_seconds();
            let found = planner.fits(&plan, &visit.client, Some(&visit.care), &Cancel::new())?;
            let took = (busy_seconds() - begun) * 1000.0;
            (sum, longest) = (sum + took, longest.max(took));
            places += found.len();
            moves += found.iter().filter(|fit| !fit.moves.is_empty()).count();
        }
        let mean = |sum: usize| sum as f64 / size.events as f64;
        println!(
            "| {} | {:.1} | {:.1} | {:.1} | {longest:.1} |",
            team.name,
            mean(places),
            mean(moves),
            sum / size.events as f64
        );
    }
    Ok(())
}
