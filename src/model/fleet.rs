//! Instances of vehicle routing, as the literature states them: depots are homes, vehicles are shifts, drivers are
//! nurses, customers are clients. Search and rules are those of neighbourhoods.

use super::acquaintance::Acquaintance;
use super::calendar::Calendar;
use super::cost::Cost;
use super::document::{Law, MaxFaces, Paid, WorkingTime};
use super::facts::{
    Block, ClientFacts, DayOption, Facts, Line, NurseFacts, Regular, Roads, ShiftFacts, VisitFacts,
};
use super::terms::Prices;
use crate::error::{Error, ErrorKind, Mistake, Result};
use std::collections::BTreeSet;

/// Vehicles, depots and customers; times, windows and legs in ticks of any length.
///
/// Places are numbered depots first, then customers. Times of day count from the start of the day. Days begin
/// `day_ticks` apart and never touch. The caller keeps `days * day_ticks` and every sum of legs and durations of a day
/// within `i32`.
#[derive(Debug, Clone)]
pub(crate) struct Fleet {
    pub(crate) days: u16,
    pub(crate) day_ticks: i32,
    pub(crate) depots: usize,
    /// Number of drivers, each of whom should keep her own customers. Where drivers are not distinguished, one stands
    /// for all drivers of a depot.
    pub(crate) drivers: usize,
    /// In the order of drivers.
    pub(crate) vehicles: Vec<Vehicles>,
    pub(crate) customers: Vec<Customer>,
    /// Row by row between all places; the cost of a plan is 1,000 for each tick on the road.
    pub(crate) legs: Vec<i32>,
    /// Most drivers of a customer over all days; `None` without a limit.
    pub(crate) most_drivers: Option<u32>,
    /// Most ticks between the earliest and the latest start of service of a customer, each counted from the
    /// start of its day; `None` without a limit.
    pub(crate) spread: Option<i32>,
}

/// Vehicles of one driver on one day that do not differ.
#[derive(Debug, Clone)]
pub(crate) struct Vehicles {
    pub(crate) driver: u32,
    /// Where they leave and return.
    pub(crate) depot: u32,
    pub(crate) day: u16,
    pub(crate) count: u32,
    /// Earliest departure and latest return.
    pub(crate) open: i32,
    pub(crate) close: i32,
    /// Longest time from departure to return.
    pub(crate) longest: i32,
    pub(crate) capacity: i32,
}

/// A customer: a visit on each day of one of several day patterns.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    /// The visits, as many as a pattern has days, in their order.
    pub(crate) visits: Vec<Service>,
    /// Start of service.
    pub(crate) open: i32,
    pub(crate) close: i32,
    /// Sorted lists of days, of equal length.
    pub(crate) patterns: Vec<Vec<u16>>,
    /// Cost of leaving out one visit.
    pub(crate) unplanned: Cost,
}

/// The duration and the load of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) duration: i32,
    pub(crate) load: i32,
}

/// An instance of vehicle routing made ready for planning. It has no document: its answer is
/// [`Routes`](crate::solve::Routes), not a plan. Functions that plan neighbourhoods do not accept it:
///
/// ```compile_fail,E0308
/// fn plan(instance: &kring::RoutingProblem) {
///     kring::solve(instance, &kring::Options::default()).ok();
/// }
/// ```
#[derive(Debug, Clone)]
pub struct RoutingProblem {
    pub(crate) facts: Facts,
}

impl RoutingProblem {
    /// Builds a problem from a fleet that its reader has checked.
    ///
    /// # Errors
    /// No day, or more than 60.
    pub(crate) fn new(fleet: &Fleet) -> Result<Self> {
        if !(1..=Calendar::LONGEST).contains(&fleet.days) {
            let mend = format!("give 1 to {}", Calendar::LONGEST);
            let mistake = Mistake::new("days", format!("{} days", fleet.days), mend);
            return Err(Error::new(ErrorKind::TooLarge, mistake));
        }
        let max_faces = fleet.most_drivers.map(|count| MaxFaces { count, hard: true });
        let customers = fleet.customers.len();
        let mut facts = Facts {
            days: fleet.days,
            prices: Prices::travel_only(),
            working_time: WorkingTime { law: Law::None, paid: Paid::Shift, ..WorkingTime::default() },
            roads: vec![Roads::new(fleet.depots + customers, fleet.legs.clone())],
            nurses: Vec::with_capacity(fleet.drivers),
            clients: vec![ClientFacts { max_faces, ..ClientFacts::default() }; customers],
            competences: Vec::new(),
            acquaintance: Acquaintance::none(fleet.drivers, customers),
            leaves: Vec::new(),
            shifts: Vec::new(),
            lines: Vec::new(),
            visits: Vec::new(),
            options: Vec::new(),
            published: Vec::new(),
            blocks: Vec::new(),
        };
        let mut groups = fleet.vehicles.iter().peekable();
        for driver in 0..fleet.drivers as u32 {
            let first = facts.shifts.len() as u32;
            while let Some(vehicles) = groups.next_if(|vehicles| vehicles.driver == driver) {
                let offset = i32::from(vehicles.day) * fleet.day_ticks;
                let shift = ShiftFacts {
                    nurse: driver,
                    leaves_from: vehicles.depot,
                    returns_to: vehicles.depot,
                    is_home: [true; 2],
                    roads: 0,
                    day: vehicles.day,
                    start: offset + vehicles.open,
                    leave: offset + vehicles.open,
                    end: offset + vehicles.close,
                    latest_end: offset + vehicles.close,
                    break_facts: None,
                    longest: vehicles.longest,
                    capacity: vehicles.capacity,
                    wished_off: false,
                };
                facts.shifts.extend(std::iter::repeat_n(shift, vehicles.count as usize));
            }
            let shifts = first..facts.shifts.len() as u32;
            facts.nurses.push(NurseFacts { shifts, ..NurseFacts::default() });
        }
        for (client, customer) in (0..).zip(&fleet.customers) {
            add_customer(&mut facts, fleet, client, customer);
        }
        Ok(Self { facts })
    }

    /// Number of visits to plan.
    pub fn visit_count(&self) -> usize {
        self.facts.visits.len()
    }

    /// Number of vehicles on all days together.
    pub fn vehicle_count(&self) -> usize {
        self.facts.shifts.len()
    }

    /// Number of drivers. Where drivers are not distinguished, one stands for all drivers of a depot.
    pub fn driver_count(&self) -> usize {
        self.facts.nurses.len()
    }
}

fn add_customer(facts: &mut Facts, fleet: &Fleet, client: u32, customer: &Customer) {
    let visits_each = customer.patterns.first().map_or(0, Vec::len);
    // A single visit has no spread.
    let spread = fleet.spread.filter(|_| visits_each > 1);
    let regular = spread.map(|within| Regular { within, hard: true });
    facts.lines.push(Line { client, regular, ..Line::default() });
    let first_visit = facts.visits.len() as u32;
    let block = (customer.patterns.len() > 1).then_some(facts.blocks.len() as u32);
    let mut patterns = vec![Vec::with_capacity(visits_each); customer.patterns.len()];
    for (nth, service) in customer.visits.iter().enumerate().take(visits_each) {
        let visit = facts.visits.len() as u32;
        let first = facts.options.len() as u32;
        let days: BTreeSet<u16> = customer.patterns.iter().map(|pattern| pattern[nth]).collect();
        for (pattern, chosen) in customer.patterns.iter().zip(&mut patterns) {
            chosen.push(first + days.range(..pattern[nth]).count() as u32);
        }
        for day in days {
            let offset = i32::from(day) * fleet.day_ticks;
            facts.options.push(DayOption {
                visit,
                day,
                place: fleet.depots as u32 + client,
                open: offset + customer.open,
                close: offset + customer.close,
                hour: offset,
                preferred: None,
                pinned: None,
            });
        }
        facts.visits.push(VisitFacts {
            line: facts.lines.len() as u32 - 1,
            client,
            duration: service.duration,
            load: service.load,
            unplanned: customer.unplanned,
            withdrawn: 0,
            options: first..facts.options.len() as u32,
            block,
        });
    }
    if block.is_some() {
        facts.blocks.push(Block { visits: first_visit..facts.visits.len() as u32, patterns });
    }
}
