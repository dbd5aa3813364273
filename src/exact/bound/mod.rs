//! A lower bound on the cost of every plan of a problem, by Lagrangian relaxation.
//!
//! A plan must agree with itself: if a nurse's tour makes a visit on a day, then the client receives that visit from
//! that nurse on that day. The relaxation drops this constraint and prices it instead. Each day option of a visit and
//! each nurse has a *dual value*, which the tour earns and the client pays. In a plan the two cancel out, so dual
//! values never change its cost. Without the constraint, each part of the problem minimizes its own cost: the tours of
//! each shift ([`labelling`]), the days and faces of each client ([`client`]). The sum of these minima and of a
//! constant ([`relaxation`]), less the dual values of triples of visits ([`triples`]), is a lower bound for any dual
//! values. The bound is computed in whole numbers, so the search for good dual values ([`bundle`]) may work in floating
//! point.
//!
//! ```text
//! dual values ──> labelling: the cheapest tours of each shift class ──┐
//!    ▲  └───────> client: the cheapest days and faces of each client ─┼──> bound = constant + sum
//!    └─────────── bundle: the best dual values for all cuts so far <──┘
//! ```
//!
//! What else is relaxed: a path may return to a visit that it no longer remembers (*ng*-routes), until that cycle is
//! forbidden. Contract hours count only as far as they do not depend on the tours. A preferred start counts only as far
//! as every departure that is still possible misses it. Some prices are left out, because they are never negative:
//! those of used shifts, days wished off, short tours, an uneven load, COC, UPC, hand-overs, households, strangers
//! during leave, changed starts of a published plan, and regular hours, priced or hard. Everything else is exact.

mod bundle;
mod class_triples;
mod completion;
mod labelling;
#[cfg(test)]
mod labelling_tests;
mod relaxation;
mod shift_class;
mod triples;

use crate::error::{GO_ON, Stop};
use crate::exact::client;
use crate::model::cost::Cost;
use crate::model::facts::Facts;
use crate::rules::Evaluator;
use bundle::{Bundle, Cut};
use completion::Completion;
use labelling::{Effort, Failed, Priced, Values, cheapest_tours};
use rayon::prelude::*;
use relaxation::Relaxation;
use shift_class::ShiftClass;
use std::time::{Duration, Instant};
use triples::Triples;

/// Dual values are kept within so many thousandths of a second either side of 0: no sum of them overflows.
const LARGEST_DUAL: f64 = 1e12;

/// Largest number of labels of a shift class. Beyond it, its paths remember fewer stops.
const MOST_LABELS: usize = 2_000_000;

/// Number of stops that a path remembers at each stop, at first. A higher number makes each round slower, and saves
/// rounds that forbid cycles one by one. On a week of 12 nurses, 5 gave 111 rounds in 25 s and 12 gave 78; on an
/// instance of vehicle routing with wide windows 12 did better. The value lies between the two.
const REMEMBERED: usize = 8;

/// Most stops that a path remembers at a stop, after cycles were forbidden one by one.
const MOST_REMEMBERED: u32 = 40;

/// How far the first step may raise the bound, as a share of it.
const FIRST_RISE: f64 = 0.05;

/// The bound has converged when it rose by less than this share of it in so many rounds.
const HARDLY: f64 = 1e-4;
const PATIENCE: u32 = 25;

/// Triples are looked for when the value rose by less than this share in so many rounds.
const STEEP_HARDLY: f64 = 5e-4;
const STEEP_PATIENCE: u32 = 6;

/// Rough pricing ends when the value rose by less than this share in so many rounds, or after this share of the time.
const ROUGH_HARDLY: f64 = 2e-3;
const ROUGH_PATIENCE: u32 = 5;
const ROUGH_SHARE: f64 = 0.3;

/// How long to look for a bound.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) start: Instant,
    pub(crate) seconds: f64,
    /// A bound that proves enough: the cost of a plan, where one is known.
    pub(crate) enough: Cost,
    /// Most rounds.
    pub(crate) rounds: u32,
}

/// Where the bound stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Standing {
    /// Every plan costs at least this.
    pub(crate) value: Cost,
    pub(crate) rounds: u32,
    /// Number of cuts: tours and choices of clients.
    pub(crate) cuts: usize,
    /// Whether it rose by less than a ten-thousandth in the last rounds.
    pub(crate) converged: bool,
}

/// A lower bound on the cost of every plan, the best one found within the limits.
pub(crate) fn lower_bound(
    problem: &Facts,
    limits: Limits,
    threads: &rayon::ThreadPool,
    cancel: &(dyn Fn() -> bool + Sync),
    told: &mut dyn FnMut(&Standing),
) -> Standing {
    let end = limits.start + Duration::from_secs_f64(limits.seconds.clamp(0.0, 1e7));
    let stop = || cancel() || Instant::now() >= end;
    let evaluator = Evaluator::new(problem);
    let relaxation = match Relaxation::new(problem, &evaluator, REMEMBERED, &stop) {
        Ok(relaxation) => relaxation,
        // No tour and no client has a negative cost, so the constant alone is a bound.
        Err(value) => return Standing { value, rounds: 0, cuts: 0, converged: false },
    };
    let mut ascent = Ascent::new(relaxation, &limits, &stop);
    // Rough pricing first: it teaches the model what tours there are, and proves nothing.
    let rough_end = limits.start + Duration::from_secs_f64((ROUGH_SHARE * limits.seconds).clamp(0.0, 1e7));
    ascent.climb(threads, &|| stop() || Instant::now() >= rough_end, Rise::Rough, told);
    ascent.climb_and_mend(threads, &stop, told);
    ascent.climb(threads, &stop, Rise::Whole, told);
    ascent.standing
}

/// How far to climb.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rise {
    /// With rough pricing, to learn what tours there are.
    Rough,
    /// As long as the bound rises much.
    Steep,
    /// Until the bound hardly rises.
    Whole,
}

/// The rise of the bound.
struct Ascent {
    relaxation: Relaxation,
    bundle: Bundle,
    triples: Triples,
    /// Stops that paths of each class remember at most; 0 once they had to forget.
    remembered: Vec<u32>,
    standing: Standing,
    /// A bound that proves enough.
    enough: Cost,
    most_rounds: u32,
}

/// The answers of all parts to some dual values.
struct Answer {
    /// A bound on the cost of every plan, unless the pricing was rough.
    value: i128,
    tours: Vec<Priced>,
    choices: Vec<client::Choice>,
}

impl Ascent {
    fn new(relaxation: Relaxation, limits: &Limits, stop: Stop<'_>) -> Self {
        let centre = first_duals(&relaxation, stop);
        let masses = relaxation.classes.iter().map(|class| f64::from(class.count));
        let masses = masses.chain(relaxation.clients.iter().map(|_| 1.0));
        let mut bundle = Bundle::new(masses, centre);
        // A shift may stay unused.
        for class in 0..relaxation.classes.len() {
            bundle.add(class, Cut::new(0, std::iter::empty(), -1.0, Vec::new()));
        }
        // With dual values of 0 the empty tour is the cheapest, since no tour has a negative cost.
        let nothing = vec![0; relaxation.duals];
        // No client has a negative cost either: those that are not asked in time count as 0.
        let asked = relaxation.clients.iter().take_while(|_| !stop());
        let least: i128 = asked.map(|client| i128::from(client.cheapest(&nothing).least)).sum();
        let value = round_up(i128::from(relaxation.constant) + least, relaxation.unit);
        let remembered = vec![MOST_REMEMBERED; relaxation.classes.len()];
        let standing = Standing { value, rounds: 0, cuts: 0, converged: false };
        let (enough, most_rounds) = (limits.enough, limits.rounds);
        Self { relaxation, bundle, triples: Triples::default(), remembered, standing, enough, most_rounds }
    }

    /// Raises the bound until it hardly rises, or until `stop`. With rough pricing only the model learns.
    fn climb(
        &mut self,
        threads: &rayon::ThreadPool,
        stop: &(dyn Fn() -> bool + Sync),
        rise: Rise,
        told: &mut dyn FnMut(&Standing),
    ) {
        let is_rough = rise == Rise::Rough;
        if self.standing.value >= self.enough {
            return;
        }
        let (hardly, patience) = match rise {
            Rise::Rough => (ROUGH_HARDLY, ROUGH_PATIENCE),
            Rise::Steep => (STEEP_HARDLY, STEEP_PATIENCE),
            Rise::Whole => (HARDLY, PATIENCE),
        };
        self.bundle.return_to_centre();
        // Exact pricing in any case: with the first dual values, which are small, it is quick, and it gives a first
        // bound.
        let Some(first) = self.ask(threads, stop, false) else { return };
        let mut known = first.value as f64;
        self.learn(&first);
        told(&self.standing);
        if self.standing.rounds == 1 {
            self.bundle.set_step_for(FIRST_RISE * known.abs().max(1.0));
        }
        let constant = self.relaxation.constant as f64;
        // The value some rounds ago, to tell whether it still rises.
        let (mut mark, mut since, mut failures) = (known, 0, 0);
        while !stop() && self.standing.rounds < self.most_rounds {
            let model = self.bundle.solve(known - constant, stop);
            let hoped = model.value + constant - known;
            since += 1;
            if known - mark > hardly * known.abs() {
                (mark, since) = (known, 0);
            }
            if since >= patience || self.standing.value >= self.enough {
                self.standing.converged = rise == Rise::Whole && since >= patience;
                break;
            }
            if hoped <= 0.1 * hardly * known.abs() {
                // If the model was not solved, the step is too long; if it was solved and promises hardly any rise
                // nearby, the step is too short.
                self.bundle.set_step(self.bundle.step() * if model.is_solved { 4.0 } else { 0.3 });
                continue;
            }
            let Some(answer) = self.ask(threads, stop, is_rough) else { return };
            let risen = answer.value as f64 - known;
            self.learn(&answer);
            if risen > 0.1 * hoped {
                let duals: Vec<f64> = self.asked().iter().map(|&dual| dual as f64).collect();
                self.bundle.move_centre(&duals);
                known += risen;
                failures = 0;
                if risen > 0.5 * hoped {
                    self.bundle.set_step(2.0 * self.bundle.step());
                }
            } else {
                failures += 1;
                if risen < -hoped || failures % 8 == 0 {
                    self.bundle.set_step(0.6 * self.bundle.step());
                }
            }
            told(&self.standing);
        }
    }

    /// Climbs, cuts off what no plan can do ([`Self::mend`]) and climbs on, until that hardly helps.
    fn climb_and_mend(
        &mut self,
        threads: &rayon::ThreadPool,
        stop: &(dyn Fn() -> bool + Sync),
        told: &mut dyn FnMut(&Standing),
    ) {
        let mut mark = None;
        loop {
            let before = self.standing.rounds;
            self.climb(threads, stop, Rise::Steep, told);
            let now = self.standing;
            // A climb without a round means that a class has more paths than can be priced.
            let is_over =
                stop() || now.value >= self.enough || now.rounds >= self.most_rounds || now.rounds == before;
            let known: &mut Standing = mark.get_or_insert(now);
            if (now.value - known.value) as f64 > HARDLY * (now.value as f64).abs() {
                *known = now;
            }
            let hardly_helps = now.rounds - known.rounds >= PATIENCE;
            if is_over || hardly_helps || !self.mend(stop) {
                return;
            }
        }
    }

    /// The dual values to try, in whole thousandths.
    fn asked(&self) -> Vec<Cost> {
        let whole = |dual: &f64| dual.clamp(-LARGEST_DUAL, LARGEST_DUAL).round() as Cost;
        self.bundle.duals().iter().map(whole).collect()
    }

    /// Solves all parts for the dual values to try; `None` if stopped before the end, or where no round is left.
    fn ask(
        &mut self,
        threads: &rayon::ThreadPool,
        stop: &(dyn Fn() -> bool + Sync),
        is_rough: bool,
    ) -> Option<Answer> {
        if stop() || self.standing.rounds >= self.most_rounds {
            return None;
        }
        let duals = self.asked();
        let relaxation = &mut self.relaxation;
        let remembered = &mut self.remembered;
        let tours: Option<Vec<Priced>> = threads.install(|| {
            let classes = relaxation.classes.par_iter_mut().zip(remembered.par_iter_mut());
            classes.map(|(class, most)| price(class, most, &duals, is_rough, stop)).collect()
        });
        let tours = tours?;
        let answers: Vec<client::Cheapest> =
            threads.install(|| relaxation.clients.par_iter().map(|client| client.cheapest(&duals)).collect());
        let mut value = i128::from(relaxation.constant);
        for (class, priced) in relaxation.classes.iter().zip(&tours) {
            value += i128::from(class.count) * i128::from(priced.least);
        }
        value += answers.iter().map(|answer| i128::from(answer.least)).sum::<i128>();
        value -= self.triples.cost(&duals);
        if !is_rough {
            self.standing.value = self.standing.value.max(round_up(value, relaxation.unit));
        }
        self.standing.rounds += 1;
        Some(Answer { value, tours, choices: answers.into_iter().map(|answer| answer.choice).collect() })
    }

    /// Cuts off what the tours that the model mixes do and no plan can: visits made twice, and violated triples.
    /// Returns whether there was anything to cut off.
    fn mend(&mut self, stop: Stop<'_>) -> bool {
        let mut mended = 0;
        for (number, class) in self.relaxation.classes.iter_mut().enumerate() {
            let most = self.remembered[number];
            let mut forbidden = 0;
            for (stops, _) in self.bundle.mixed(number) {
                forbidden += usize::from(forbid_cycle(class, stops, most));
            }
            if forbidden > 0 {
                let class = &*class;
                self.bundle.retain(number, |cut| class.forgets_enough(&cut.stops));
                mended += forbidden;
            }
        }
        mended + self.triples.renew(&mut self.relaxation.classes, &mut self.bundle, stop) > 0
    }

    /// Adds the answers to the model; paths remember what the cheapest tour of a class visited twice.
    fn learn(&mut self, answer: &Answer) {
        for (number, priced) in answer.tours.iter().enumerate() {
            let class = &mut self.relaxation.classes[number];
            for tour in &priced.tours {
                let duals = tour.stops.iter().map(|&stop| class.stops[stop as usize].dual);
                let cut = Cut::new(tour.cost, duals, -1.0, tour.stops.clone());
                self.bundle.add(number, cut.paying(class.triples.paid(&tour.stops)));
            }
            let most = self.remembered[number];
            if let Some(tour) = priced.tours.first()
                && forbid_cycle(class, &tour.stops, most)
            {
                let class = &*class;
                self.bundle.retain(number, |cut| class.forgets_enough(&cut.stops));
            }
        }
        let classes = self.relaxation.classes.len();
        for (number, choice) in answer.choices.iter().enumerate() {
            let cut = Cut::new(choice.cost, choice.prices.iter().copied(), 1.0, Vec::new());
            self.bundle.add(classes + number, cut);
        }
        self.triples.give_cuts(&mut self.bundle);
        self.standing.cuts = self.bundle.cuts();
    }
}

/// The cheapest tours of a class; where there are too many labels, its paths forget more.
fn price(
    class: &mut ShiftClass,
    most: &mut u32,
    duals: &[Cost],
    is_rough: bool,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Priced> {
    let of_triples: Vec<Cost> = class.triples.duals.iter().map(|&dual| duals[dual as usize].max(0)).collect();
    let duals: Vec<Cost> = class.stops.iter().map(|stop| duals[stop.dual as usize]).collect();
    // Many tours of one class are wanted at a time; they are looked for together.
    let tours = (4 + 2 * class.count as usize).min(60);
    let rough = Effort { tours, labels: MOST_LABELS, below: 0, is_rough: true, stop };
    let completion = Completion::new(class, &duals);
    let values = Values { duals: &duals, triples: &of_triples };
    let mut size = REMEMBERED;
    loop {
        // Rough pricing finds cheap tours. Exact pricing then looks only for cheaper ones: few paths can still lead to
        // one.
        let priced = cheapest_tours(class, values, &completion, &rough).and_then(|mut priced| {
            if !is_rough {
                let exact = Effort { below: priced.least, is_rough, ..rough };
                let mut better = cheapest_tours(class, values, &completion, &exact)?;
                better.tours.append(&mut priced.tours);
                better.tours.truncate(tours);
                priced = better;
            }
            Ok(priced)
        });
        match priced {
            Ok(priced) => return Some(priced),
            Err(Failed::Stopped) => return None,
            Err(Failed::TooMany) if size == 0 => return None,
            Err(Failed::TooMany) => {
                size /= 2;
                *most = 0;
                // `stop` does not interrupt this, because later rounds need it whole.
                class.remember_nearest(size, GO_ON);
            }
        }
    }
}

/// Lets paths remember a stop that a tour visits twice, at the stops between, where that is allowed. True if that
/// changed anything.
fn forbid_cycle(class: &mut ShiftClass, stops: &[u32], most: u32) -> bool {
    let mut changed = false;
    for (at, &stop) in stops.iter().enumerate() {
        let Some(from) = stops[..at].iter().rposition(|&other| other == stop) else { continue };
        for &between in &stops[from + 1..at] {
            let between = between as usize;
            let kept: u32 = class.memory[between * class.words..][..class.words]
                .iter()
                .map(|word| word.count_ones())
                .sum();
            if !class.remembers(between, stop as usize)
                && (stop as usize) < shift_class::MEMORABLE
                && kept < most
            {
                class.remember(between, stop as usize);
                changed = true;
            }
        }
    }
    changed
}

/// Initial dual values: half the travel cost of the shortest legs to and from a visit, plus its pairing cost.
fn first_duals(relaxation: &Relaxation, stop: Stop<'_>) -> Vec<f64> {
    let mut duals = vec![f64::INFINITY; relaxation.duals];
    // Any dual values will do; those of classes that are not reached in time are 0.
    for class in relaxation.classes.iter().take_while(|_| !stop()) {
        let home = class.home();
        for (at, stop) in class.stops.iter().enumerate() {
            let others = || (0..home).filter(|&other| other != at).chain([home]);
            let into = others().map(|other| class.leg(other, at)).min().unwrap_or(0);
            let out = others().map(|other| class.leg(at, other)).min().unwrap_or(0);
            let dual = (class.travel * i64::from(into + out)) as f64 / 2.0 + stop.pair as f64;
            let known = &mut duals[stop.dual as usize];
            *known = known.min(dual);
        }
    }
    duals.iter_mut().filter(|dual| !dual.is_finite()).for_each(|dual| *dual = 0.0);
    duals
}

/// The least multiple of a unit that is not below a value.
fn round_up(value: i128, unit: Cost) -> Cost {
    let unit = i128::from(unit);
    let up = value.div_euclid(unit) + i128::from(value.rem_euclid(unit) != 0);
    (up * unit).clamp(i128::from(Cost::MIN), i128::from(Cost::MAX)) as Cost
}
