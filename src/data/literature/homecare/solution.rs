//! Reads and writes solutions of the format: the order of visits for each nurse and day, without times.

use super::parse::{FIRST_DAY, parse};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::{Mode, TimeOfDay};
use crate::model::plan::{Plan, PlannedVisit, Stop, Tour, Unplanned};
use crate::model::problem::Problem;
use crate::model::validate::sizes;
use crate::model::{CostByTerm, Moment};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// At most this many mistakes are reported: a solution of another instance would have one for every visit.
const MOST_NAMED: usize = 100;

#[derive(Serialize, Deserialize)]
struct Solution {
    routes: Vec<Route>,
}

#[derive(Serialize, Deserialize)]
struct Route {
    nurse: u32,
    day: u32,
    visits: Vec<u32>,
}

/// The score of a plan of an instance as the format counts it, in whole seconds; lower is better.
pub fn score(cost: &CostByTerm) -> i64 {
    cost.total() / 1000
}

/// Writes a plan as a solution in the format's own JSON: the order of visits for each nurse and day. Times are not
/// written: readers compute them again.
///
/// # Errors
/// `Plan` for a plan whose nurses or care lines have ids that are no numbers, or whose tours are before the first day of instances.
///
/// # Complexity
/// Linear in the visits, up to a logarithm.
pub fn write(plan: &Plan) -> Result<String> {
    let foreign = |problem: String| {
        Error::new(ErrorKind::Plan, Mistake::new("plan", problem, "write plans of home-care instances only"))
    };
    let number =
        |text: &str| text.parse::<u32>().map_err(|_| foreign(format!("id {text:?} is not a number")));
    let mut routes = Vec::with_capacity(plan.tours.len());
    for tour in &plan.tours {
        let date = tour.shift.date();
        routes.push(Route {
            nurse: number(&tour.nurse)?,
            day: u32::try_from(date.duration_since(FIRST_DAY).as_hours() / 24)
                .map_err(|_| foreign(format!("{date} is before day 0")))?,
            visits: tour.visits().map(|visit| number(&visit.care)).collect::<Result<_>>()?,
        });
    }
    Ok(serde_json::to_string(&Solution { routes }).unwrap_or_default())
}

/// Reads a solution of an instance as a plan, with kring's times: every visit as early as the order allows, and the
/// latest departure that does not delay the return.
///
/// Only nurse, day and order count; other fields are not read. Nothing is repaired: a visit that starts after its
/// window, a return after the shift, a nurse without a shift that day and a visit made twice stay in the plan, and
/// [`check`](crate::check()) finds them. A nurse with several shifts a day takes the first free one in which the order
/// fits.
///
/// # Errors
/// `Format` for text that is not in the format; `Plan` for a nurse, day or visit that the instance does not have;
/// `TooLarge` beyond [`LARGEST`](super::LARGEST) or [`sizes::VISITS`] visits.
///
/// # Complexity
/// Linear in the solution and in the visits of the instance.
pub fn read_plan(problem: &Problem, text: &str) -> Result<Plan> {
    let solution: Solution = parse(text)?;
    let visits: usize = solution.routes.iter().map(|route| route.visits.len()).sum();
    if visits > sizes::VISITS {
        let mend = format!("give at most {}", sizes::VISITS);
        return Err(Error::new(
            ErrorKind::TooLarge,
            Mistake::new("routes", format!("{visits} visits"), mend),
        ));
    }
    let mut reader = Reader::new(problem);
    for (number, route) in solution.routes.iter().enumerate() {
        reader.route(number, route);
    }
    reader.finish()
}

/// A plan in the making.
struct Reader<'p> {
    problem: &'p Problem,
    nurses: FxHashMap<&'p str, u32>,
    /// The option of each visit, by the id of its care line.
    options: FxHashMap<&'p str, u32>,
    /// Shifts that have a tour.
    taken: Vec<bool>,
    /// Visits that some tour makes.
    made: Vec<bool>,
    tours: Vec<Tour>,
    mistakes: Vec<Mistake>,
}

impl<'p> Reader<'p> {
    fn new(problem: &'p Problem) -> Self {
        let nurses = problem.document().nurses.iter().zip(0u32..);
        let options = problem.facts.options.iter().zip(0u32..);
        Self {
            problem,
            nurses: nurses.map(|(nurse, number)| (nurse.id.as_str(), number)).collect(),
            options: options.map(|(o, number)| (problem.task(o.visit).name(), number)).collect(),
            taken: vec![false; problem.facts.shifts.len()],
            made: vec![false; problem.facts.visits.len()],
            tours: Vec::new(),
            mistakes: Vec::new(),
        }
    }

    fn route(&mut self, number: usize, route: &Route) {
        let nurse = self.nurses.get(route.nurse.to_string().as_str()).copied();
        if nurse.is_none() {
            self.unknown(format!("routes[{number}].nurse"), "nurse", route.nurse);
        }
        let day = u16::try_from(route.day).ok().filter(|&day| day < self.problem.calendar().days());
        if day.is_none() {
            self.unknown(format!("routes[{number}].day"), "day", route.day);
        }
        let mut options = Vec::with_capacity(route.visits.len());
        for (position, visit) in route.visits.iter().enumerate() {
            match self.options.get(visit.to_string().as_str()) {
                Some(&option) => options.push(option),
                None => self.unknown(format!("routes[{number}].visits[{position}]"), "visit", *visit),
            }
        }
        if let (Some(nurse), Some(day), false) = (nurse, day, options.is_empty()) {
            self.tour(nurse, day, &options);
        }
    }

    #[cold]
    fn unknown(&mut self, path: String, what: &str, id: u32) {
        if self.mistakes.len() < MOST_NAMED {
            let problem = format!("the instance has no {what} {id}");
            self.mistakes.push(Mistake::new(path, problem, "check a solution against its own instance"));
        }
    }

    fn tour(&mut self, nurse: u32, day: u16, options: &[u32]) {
        let problem = self.problem;
        let calls = self.calls(nurse, options);
        let shifts = problem.facts.nurses[nurse as usize].shifts.clone();
        let of_day: Vec<u32> = shifts.filter(|&s| problem.facts.shifts[s as usize].day == day).collect();
        let fits = |&&shift: &&u32| {
            let facts = &problem.facts.shifts[shift as usize];
            let times = Times::from(i64::from(facts.start), &calls);
            times.is_punctual(&calls) && times.back() <= i64::from(facts.latest_end)
        };
        let free = || of_day.iter().filter(|&&shift| !self.taken[shift as usize]);
        let shift = free().find(fits).or_else(|| free().next()).or(of_day.first()).copied();
        let start = match shift {
            Some(shift) => {
                self.taken[shift as usize] = true;
                i64::from(problem.facts.shifts[shift as usize].start)
            }
            None => problem.calendar().seconds(i32::from(day), TimeOfDay::MIDNIGHT),
        };
        let earliest = Times::from(start, &calls);
        let times = Times::from(start + earliest.delay(&calls), &calls);
        let travel: i64 = calls.iter().map(|call| call.leg).sum();
        let care: i64 = calls.iter().map(|call| call.duration).sum();
        let moment = |seconds: i64| -> Moment { problem.calendar().moment(seconds) };
        let mut stops = Vec::with_capacity(options.len());
        for ((&option, call), &start) in options.iter().zip(&calls).zip(&times.starts) {
            let facts = &problem.facts.options[option as usize];
            let (client, care) = self.names(facts.visit);
            self.made[facts.visit as usize] = true;
            stops.push(Stop::Visit(PlannedVisit {
                client,
                care,
                date: problem.calendar().date(i32::from(facts.day)),
                travel_seconds: call.leg,
                start: moment(start),
                end: moment(start + call.duration),
            }));
        }
        self.tours.push(Tour {
            nurse: problem.document().nurses[nurse as usize].id.clone(),
            shift: moment(start),
            leave: moment(times.leave),
            back: moment(times.back()),
            travel_seconds: travel,
            waiting_seconds: times.back() - times.leave - travel - care,
            stops,
        });
    }

    /// The visits in order, and the return home as the last call.
    fn calls(&self, nurse: u32, options: &[u32]) -> Vec<Call> {
        let problem = self.problem;
        let mode: Mode = problem.document().nurses[nurse as usize].mode;
        let mut here = nurse as usize;
        let mut leg = |to: usize| {
            let seconds = problem.times().seconds(mode, here, to).unwrap_or(0);
            here = to;
            i64::from(seconds)
        };
        let mut calls: Vec<Call> = options
            .iter()
            .map(|&option| {
                let facts = &problem.facts.options[option as usize];
                let visit = &problem.facts.visits[facts.visit as usize];
                Call {
                    leg: leg(facts.place as usize),
                    open: facts.open.into(),
                    close: facts.close.into(),
                    duration: visit.duration.into(),
                }
            })
            .collect();
        calls.push(Call { leg: leg(nurse as usize), open: i64::MIN, close: i64::MAX, duration: 0 });
        calls
    }

    /// The ids of a visit's client and care line.
    fn names(&self, visit: u32) -> (String, String) {
        let client = self.problem.facts.visits[visit as usize].client as usize;
        (self.problem.document().clients[client].id.clone(), self.problem.task(visit).name().to_owned())
    }

    fn finish(mut self) -> Result<Plan> {
        Error::from_mistakes(ErrorKind::Plan, std::mem::take(&mut self.mistakes))?;
        let left_out = (0..self.made.len()).filter(|&visit| !self.made[visit]);
        let unplanned = left_out.map(|visit| {
            let (client, care) = self.names(visit as u32);
            let option = self.problem.facts.visits[visit].options.start as usize;
            let date = self.problem.calendar().date(i32::from(self.problem.facts.options[option].day));
            Unplanned { client, care, date, reasons: Vec::new() }
        });
        let unplanned = unplanned.collect();
        Ok(Plan { kring_plan: Plan::VERSION, tours: self.tours, unplanned, ..Plan::default() })
    }
}

/// A visit of a tour, or being home again.
struct Call {
    /// Travel to it.
    leg: i64,
    open: i64,
    close: i64,
    duration: i64,
}

/// When a tour leaves, and when each of its calls begins.
struct Times {
    leave: i64,
    starts: Vec<i64>,
}

impl Times {
    /// Every call as early as possible.
    fn from(leave: i64, calls: &[Call]) -> Self {
        let mut ready = leave;
        let starts = calls.iter().map(|call| {
            let start = (ready + call.leg).max(call.open);
            ready = start + call.duration;
            start
        });
        Self { leave, starts: starts.collect() }
    }

    fn back(&self) -> i64 {
        self.starts.last().copied().unwrap_or(self.leave)
    }

    fn is_punctual(&self, calls: &[Call]) -> bool {
        self.starts.iter().zip(calls).all(|(&start, call)| start <= call.close)
    }

    /// How much later the tour may leave without a later return and without more lateness at any visit.
    ///
    /// A delay of the departure shrinks by the waiting at every visit. What is left of it at a visit must not move the
    /// start past the window, and nothing of it may be left at home.
    fn delay(&self, calls: &[Call]) -> i64 {
        let mut most = 0;
        for (i, call) in calls.iter().enumerate().rev() {
            let is_home = i + 1 == calls.len();
            let slack = if is_home { 0 } else { (call.close - self.starts[i]).max(0) };
            let ready = if i == 0 { self.leave } else { self.starts[i - 1] + calls[i - 1].duration };
            let waiting = self.starts[i] - ready - call.leg;
            most = slack.min(most) + waiting;
        }
        most
    }
}
