//! What the literature of vehicle routing asks, as a problem: depots are homes, vehicles are shifts,
//! drivers are nurses, customers are clients. Same search, same rules.

use super::acquaintance::Acquaintance;
use super::calendar::Calendar;
use super::cost::Cost;
use super::document::{
    Agreements, Care, Client, Days, Document, History, Horizon, Law, Matrices, MaxFaces, Mode, Nurse, Paid,
    Place, Prices, Priority, TimeOfDay, Travel, Window, WorkingTime,
};
use super::problem::{Block, DayOption, Line, NurseFacts, Problem, Regular, Roads, ShiftFacts, VisitFacts};
use super::times::TravelTimes;
use crate::error::Result;
use std::collections::BTreeSet;

/// Vehicles, depots and customers; times, windows and legs in ticks of any length.
///
/// Places are numbered depots first, then customers. Times of day count from the start of the day;
/// `day_ticks` apart, days never touch. The caller keeps `days * day_ticks` and every sum of legs and
/// durations of a day within `i32`.
#[derive(Debug, Clone)]
pub(crate) struct Fleet {
    pub(crate) days: u16,
    pub(crate) day_ticks: i32,
    pub(crate) depots: usize,
    /// Whoever keeps her own customers: where drivers are not told apart, one stands for all of a depot.
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

/// What a visit takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) duration: i32,
    pub(crate) load: i32,
}

const FIRST_DAY: jiff::civil::Date = jiff::civil::date(2026, 1, 5);

impl Problem {
    /// Builds a problem from a fleet that its reader has checked.
    ///
    /// # Errors
    /// More days than a horizon has.
    pub(crate) fn of_fleet(fleet: &Fleet) -> Result<Self> {
        let document = document(fleet);
        let calendar = Calendar::new(&document.horizon)?;
        let places = fleet.depots + fleet.customers.len();
        let mut roads = [None, None, None];
        roads[Mode::Car.index()] = Some(Roads::new(places, fleet.legs.clone()));
        let mut problem = Self {
            leaves: Vec::new(),
            acquaintance: Acquaintance::new(&document, &calendar),
            document,
            times: TravelTimes::new(places),
            calendar,
            roads,
            nurses: Vec::new(),
            shifts: Vec::new(),
            lines: Vec::new(),
            visits: Vec::new(),
            options: Vec::new(),
            blocks: Vec::new(),
        };
        let mut groups = fleet.vehicles.iter().peekable();
        for driver in 0..fleet.drivers as u32 {
            let first = problem.shifts.len() as u32;
            while let Some(vehicles) = groups.next_if(|vehicles| vehicles.driver == driver) {
                let offset = i32::from(vehicles.day) * fleet.day_ticks;
                let shift = ShiftFacts {
                    nurse: driver,
                    home: vehicles.depot,
                    mode: Mode::Car,
                    day: vehicles.day,
                    start: offset + vehicles.open,
                    end: offset + vehicles.close,
                    latest_end: offset + vehicles.close,
                    pause: None,
                    longest: vehicles.longest,
                    capacity: vehicles.capacity,
                };
                problem.shifts.extend(std::iter::repeat_n(shift, vehicles.count as usize));
            }
            problem.nurses.push(NurseFacts { contract: None, shifts: first..problem.shifts.len() as u32 });
        }
        for (client, customer) in fleet.customers.iter().enumerate() {
            problem.add_customer(fleet, client as u32, customer);
        }
        Ok(problem)
    }

    fn add_customer(&mut self, fleet: &Fleet, client: u32, customer: &Customer) {
        let visits_each = customer.patterns.first().map_or(0, Vec::len);
        // One visit is at one time.
        let spread = fleet.spread.filter(|_| visits_each > 1);
        let regular = spread.map(|within| Regular { within, hard: true });
        self.lines.push(Line { client, care: 0, regular });
        let first_visit = self.visits.len() as u32;
        let block = (customer.patterns.len() > 1).then_some(self.blocks.len() as u32);
        let mut patterns = vec![Vec::with_capacity(visits_each); customer.patterns.len()];
        for (nth, service) in customer.visits.iter().enumerate().take(visits_each) {
            let visit = self.visits.len() as u32;
            let first = self.options.len() as u32;
            let days: BTreeSet<u16> = customer.patterns.iter().map(|pattern| pattern[nth]).collect();
            for (pattern, chosen) in customer.patterns.iter().zip(&mut patterns) {
                chosen.push(first + days.range(..pattern[nth]).count() as u32);
            }
            for day in days {
                let offset = i32::from(day) * fleet.day_ticks;
                self.options.push(DayOption {
                    visit,
                    day,
                    open: offset + customer.open,
                    close: offset + customer.close,
                    hour: offset,
                    preferred: None,
                    pinned: None,
                });
            }
            self.visits.push(VisitFacts {
                line: self.lines.len() as u32 - 1,
                client,
                place: fleet.depots as u32 + client,
                duration: service.duration,
                load: service.load,
                unplanned: customer.unplanned,
                options: first..self.options.len() as u32,
                block,
            });
        }
        if block.is_some() {
            self.blocks.push(Block { visits: first_visit..self.visits.len() as u32, patterns });
        }
    }
}

/// The document that the rules read: drivers without shifts, customers without wishes, and no price but
/// that of the road.
fn document(fleet: &Fleet) -> Document {
    let mut homes = vec![0; fleet.drivers];
    for vehicles in &fleet.vehicles {
        if let Some(home) = homes.get_mut(vehicles.driver as usize) {
            *home = vehicles.depot;
        }
    }
    let nurse = |(driver, depot): (usize, &u32)| Nurse {
        id: driver.to_string(),
        label: None,
        home: Place::row(*depot),
        level: 1,
        competences: Vec::new(),
        mode: Mode::Car,
        contract_hours: None,
        first_day: None,
        forbidden_clients: Vec::new(),
        shifts: Vec::new(),
    };
    let care = Care {
        id: "visit".to_owned(),
        days: Days::Daily,
        from: None,
        until: None,
        window: Window { from: TimeOfDay::MIDNIGHT, to: TimeOfDay::MIDNIGHT },
        preferred_start: None,
        regular_hour: None,
        minutes: 0.0,
        level: None,
        competences: Vec::new(),
        priority: Priority::Needed,
    };
    let client = |customer: usize| Client {
        id: customer.to_string(),
        label: None,
        location: Place::row((fleet.depots + customer) as u32),
        care: vec![care.clone()],
        first_nurse: None,
        circle: Vec::new(),
        preferred_nurses: Vec::new(),
        forbidden_nurses: Vec::new(),
        max_faces: fleet.most_drivers.map(|count| MaxFaces { count, hard: true }),
        known_faces_under_minutes: None,
        weight: 1.0,
    };
    Document {
        kring: Document::VERSION,
        label: None,
        horizon: Horizon { first_day: FIRST_DAY, days: fleet.days, time_zone: "UTC".to_owned() },
        working_time: WorkingTime { law: Law::None, paid: Paid::Shift, ..WorkingTime::default() },
        prices: Prices::travel_only(),
        nurses: homes.iter().enumerate().map(nurse).collect(),
        clients: (0..fleet.customers.len()).map(client).collect(),
        agreements: Agreements::default(),
        history: History::default(),
        travel: Travel::Matrix(Matrices::default()),
    }
}
