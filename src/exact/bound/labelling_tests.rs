//! Labelling against every order of a few visits, priced by the search's own tours.

use super::completion::Completion;
use super::labelling::{Effort, Priced, Values, cheapest_tours};
use super::relaxation::Relaxation;
use super::shift_class::ShiftClass;
use super::{Ascent, Limits, Rise};
use crate::error::GO_ON;
use crate::model::cost::Cost;
use crate::model::document::{Document, TimeOfDay};
use crate::model::facts::Facts;
use crate::model::problem::Problem;
use crate::random;
use crate::rules::{BreakAt, Evaluator, Stop, Tour};
use std::time::Instant;

fn problem_of(document: &Document) -> Facts {
    let times = crate::travel::times(document, std::path::Path::new(".")).expect("travel times");
    Problem::new(document, times).expect("a problem").facts
}

fn relaxation(problem: &Facts, evaluator: &Evaluator) -> Relaxation {
    Relaxation::new(problem, evaluator, 0, GO_ON).unwrap_or_else(|_| panic!("nobody stops it"))
}

/// Every order of some of the stops.
fn orders(stops: &[u32]) -> Vec<Vec<u32>> {
    let mut all = vec![vec![]];
    for &first in stops {
        let rest: Vec<u32> = stops.iter().copied().filter(|&other| other != first).collect();
        all.extend(orders(&rest).into_iter().map(|order| [vec![first], order].concat()));
    }
    all
}

/// The least reduced cost of all tours, an unused shift included. The first figure has start times as the search prices
/// them; in the second each start costs the least that the visits up to it allow.
fn slow(
    problem: &Facts,
    evaluator: &Evaluator,
    class: &ShiftClass,
    duals: &[Cost],
    triples: &[Cost],
) -> (Cost, Cost) {
    let stops: Vec<u32> = (0..class.stops.len() as u32).collect();
    let mut least = (0, 0);
    for order in orders(&stops).into_iter().filter(|order| !order.is_empty()) {
        let mut places = vec![(BreakAt::Nowhere, 0)];
        if class.facts.break_facts.is_some() {
            places = vec![(BreakAt::Before, 0), (BreakAt::After, 0)];
            places.extend((1..=order.len()).map(|at| (BreakAt::Inside, at)));
        }
        for (place, at) in places {
            let mut tour = Tour::empty(evaluator, &class.facts);
            let visits =
                order.iter().map(|&stop| Stop::of_option(problem, class.stops[stop as usize].option));
            tour.stops.splice(1..1, visits);
            if let (BreakAt::Inside, Some(facts)) = (place, class.facts.break_facts) {
                tour.stops.insert(at + 1, Stop::of_break(facts));
            }
            tour.set_break(&class.facts, place);
            if tour.refresh(problem, evaluator, &class.facts) {
                let earned: Cost =
                    order.iter().map(|&s| duals[s as usize] - class.stops[s as usize].pair).sum();
                let earned = earned - of_triples(class, triples, &order);
                let visits = tour.stops.iter().filter(|stop| stop.is_visit()).zip(&order);
                let starts: Cost = visits
                    .map(|(stop, &number)| {
                        let (run, own) = (stop.prefix.schedule, stop.own.duration);
                        let latest = run.latest + run.duration - own;
                        class.stops[number as usize].start.least(run.finish() - own, latest)
                    })
                    .sum();
                assert!(starts <= tour.start_cost, "a start costs no less than its least");
                least.0 = least.0.min(tour.time_cost + tour.start_cost - earned);
                least.1 = least.1.min(tour.time_cost + starts - earned);
            }
        }
    }
    least
}

/// What a tour pays for triples.
fn of_triples(class: &ShiftClass, triples: &[Cost], tour: &[u32]) -> Cost {
    class.triples.paid(tour).into_iter().map(|triple| triples[triple as usize]).sum()
}

/// Some triples of the stops of a class, remembered at some stops; their prices.
fn some_triples(class: &mut ShiftClass, chance: &mut random::Chance) -> Vec<Cost> {
    let options: Vec<u32> = class.stops.iter().map(|stop| stop.option).collect();
    let mut prices = Vec::new();
    for _ in 0..chance.below(4) {
        if let [_, _, _, ..] = options[..] {
            let first = chance.below(options.len() - 2);
            let mut triple = [options[first], options[first + 1], options[first + 2]];
            triple.sort_unstable();
            let at = options.iter().copied().filter(|_| chance.below(3) > 0).collect();
            class.triples.remember(&triple, prices.len() as u32, &options, &at);
            prices.push(chance.below(900_000) as Cost);
        }
    }
    prices
}

fn price(class: &ShiftClass, duals: &[Cost], triples: &[Cost]) -> Priced {
    let effort = Effort { tours: 3, labels: 100_000, below: 0, is_rough: false, stop: &|| false };
    cheapest_tours(class, Values { duals, triples }, &Completion::new(class, duals), &effort)
        .expect("an answer")
}

/// The least reduced cost by rough pricing, and then by exact pricing of tours that are cheaper still.
fn in_two_steps(class: &ShiftClass, duals: &[Cost], triples: &[Cost]) -> Cost {
    let (values, completion) = (Values { duals, triples }, Completion::new(class, duals));
    let rough = Effort { tours: 3, labels: 100_000, below: 0, is_rough: true, stop: &|| false };
    let below = cheapest_tours(class, values, &completion, &rough).expect("an answer").least;
    let exact = Effort { below, is_rough: false, ..rough };
    cheapest_tours(class, values, &completion, &exact).expect("an answer").least
}

/// Compares on every class of some neighbourhoods; returns how many tours paid.
fn compare(change: fn(&mut Document), judge: fn(Cost, (Cost, Cost)) -> bool) -> usize {
    let mut paid = 0;
    for seed in 0..300 {
        let mut document = random::document(seed);
        change(&mut document);
        let problem = problem_of(&document);
        let evaluator = Evaluator::new(&problem);
        let chance = &mut random::Chance::new(seed);
        for mut class in relaxation(&problem, &evaluator).classes {
            if class.stops.len() > 4 {
                continue;
            }
            class.remember_nearest(class.stops.len(), GO_ON);
            let duals: Vec<Cost> =
                class.stops.iter().map(|_| chance.below(2_400_000) as Cost - 200_000).collect();
            let triples = some_triples(&mut class, chance);
            let found = price(&class, &duals, &triples);
            let slow = slow(&problem, &evaluator, &class, &duals, &triples);
            assert!(
                judge(found.least, slow),
                "neighbourhood {seed}: {} found, {slow:?} is right",
                found.least
            );
            paid += usize::from(slow.0 < 0);
            assert_eq!(in_two_steps(&class, &duals, &triples), found.least, "neighbourhood {seed}");
            for tour in &found.tours {
                let earned: Cost = tour.stops.iter().map(|&stop| duals[stop as usize]).sum();
                assert_eq!(tour.cost - earned + of_triples(&class, &triples, &tour.stops), tour.reduced);
            }
        }
    }
    paid
}

/// Takes away the prices of tours that the relaxation leaves out.
fn without_what_is_relaxed(document: &mut Document) {
    (document.prices.used_shift, document.prices.short_tour) = (0.0, 0.0);
    document.prices.wished_off = 0.0;
}

#[test]
fn the_cheapest_tour_is_that_of_all_orders() {
    let exact = |document: &mut Document| {
        without_what_is_relaxed(document);
        document.prices.preferred_start = 0.0;
        document.prices.under_contract = 0.0;
    };
    let paid = compare(exact, |found, slow| found == slow.0);
    assert!(paid > 100, "only {paid} tours paid");
}

#[test]
fn prices_of_start_times_and_hours_are_never_counted_too_high() {
    let dear = |document: &mut Document| {
        document.prices.preferred_start = 3.0;
        document.prices.preferred_start_tolerance = 0.0;
        // Windows wide enough that two orders of the same visits are to be compared.
        for care in document.clients.iter_mut().flat_map(|client| &mut client.care) {
            let evening = TimeOfDay::from_seconds(20 * 3600).expect("a time of day");
            care.window.to = care.window.to.max(evening);
        }
        document.prices.under_contract = 0.25;
    };
    let paid = compare(dear, |found, slow| found <= slow.0);
    assert!(paid > 100, "only {paid} tours paid");
}

#[test]
fn the_cheapest_tour_is_that_of_the_least_that_each_start_costs() {
    let dear = |document: &mut Document| {
        without_what_is_relaxed(document);
        document.prices.preferred_start = 3.0;
        document.prices.preferred_start_tolerance = 0.0;
        document.prices.waiting = 0.0;
        document.prices.under_contract = 0.0;
    };
    let paid = compare(dear, |found, slow| found == slow.1);
    assert!(paid > 100, "only {paid} tours paid");
}

#[test]
fn paths_that_forget_are_never_dearer() {
    let mut cheaper = 0;
    for seed in 0..60 {
        let problem = problem_of(&random::document(seed));
        let evaluator = Evaluator::new(&problem);
        let chance = &mut random::Chance::new(seed);
        for mut class in relaxation(&problem, &evaluator).classes {
            let duals: Vec<Cost> = class.stops.iter().map(|_| chance.below(2_400_000) as Cost).collect();
            let triples = some_triples(&mut class, chance);
            class.remember_nearest(class.stops.len(), GO_ON);
            let all = price(&class, &duals, &triples).least;
            class.remember_nearest(0, GO_ON);
            let none = price(&class, &duals, &triples);
            assert!(none.least <= all);
            assert!(none.tours.iter().all(|tour| class.forgets_enough(&tour.stops)));
            cheaper += usize::from(none.least < all);
        }
    }
    assert!(cheaper > 10, "{cheaper} classes have a tour with a cycle that pays");
}

#[test]
fn triples_come_and_go_and_the_model_knows_what_tours_pay() {
    let mut came = 0;
    for seed in 0..40 {
        let problem = problem_of(&random::document(seed));
        let evaluator = Evaluator::new(&problem);
        let limits = Limits { start: Instant::now(), seconds: 60.0, enough: Cost::MAX, rounds: 120 };
        let mut ascent = Ascent::new(relaxation(&problem, &evaluator), &limits, GO_ON);
        let threads = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
        for _ in 0..8 {
            ascent.climb(&threads, &|| false, Rise::Steep, &mut |_| {});
            ascent.mend(GO_ON);
            for (number, class) in ascent.relaxation.classes.iter().enumerate() {
                assert!(class.triples.duals.iter().all(|&dual| ascent.triples.knows(dual)));
                for (stops, pays) in ascent.bundle.payments(number) {
                    let duals = ascent.relaxation.duals as u32;
                    let own = pays.iter().filter(|(dual, _)| *dual >= duals);
                    let own: Vec<u32> = own.flat_map(|&(dual, times)| vec![dual; times as usize]).collect();
                    let mut paid = class.triples.paid(stops);
                    paid.sort_unstable();
                    assert_eq!(own, paid, "neighbourhood {seed}");
                    came += own.len();
                }
            }
        }
    }
    assert!(came > 0, "no tour pays for a triple");
}

#[test]
fn a_climb_without_a_round_is_the_last() {
    let problem = problem_of(&random::document(1));
    let evaluator = Evaluator::new(&problem);
    let limits = Limits { start: Instant::now(), seconds: 60.0, enough: Cost::MAX, rounds: u32::MAX };
    let mut ascent = Ascent::new(relaxation(&problem, &evaluator), &limits, GO_ON);
    ascent.most_rounds = 0;
    let threads = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    ascent.climb_and_mend(&threads, &|| false, &mut |_| {});
    assert_eq!(ascent.standing.rounds, 0);
}
