//! Turns an instance into a problem: real numbers become ticks, so that what fits in ticks fits in real numbers.

use super::drivers::{Bounds, first_fit};
use super::instance::{Consistency, Instance};
use crate::data::literature::routing::{
    FINEST, HORIZON_TICKS, MOST_PAIRS, MOST_VEHICLES, MOST_VISITS, legs, too_large, unplanned, widest,
};
use crate::error::Result;
use crate::model::RoutingProblem;
use crate::model::fleet::{self, Customer, Fleet, Vehicles};

impl Instance {
    /// Ticks in a unit of distance in [`Instance::problem`]: at most 100,000, fewer where days are long.
    pub fn ticks_per_unit(&self) -> f64 {
        let day = self.latest() + self.longest_service() + 2.0 * widest(&self.places());
        (HORIZON_TICKS / (f64::from(self.days) * day.max(1.0))).floor().min(FINEST)
    }

    /// The instance as a problem: drivers are nurses with a shift on each day and the depot as home.
    ///
    /// Legs and services are rounded up to ticks; durations and the arrival spread are rounded down. An arrival in
    /// ticks is late by less than a tick for each leg and service before it, so the spread in ticks is reduced by as
    /// many ticks as the longest route can gain. It is never less than 0; at 0, arrivals are equal in ticks.
    ///
    /// The number of drivers is free in the definition. The problem has at least as many as certainly suffice for every
    /// visit that fits into a route of its own. To give the search freedom, it has at least a third and 3 more than
    /// suffice without a limit on arrivals, where sizes allow it, but never more than customers; the search leaves out
    /// drivers whom it does not need. A limit on drivers per customer that cannot be exceeded is left out.
    ///
    /// # Errors
    /// `TooLarge` where days, times and distances are too long for ticks, or visits, days and drivers too many
    /// for the search.
    ///
    /// # Complexity
    /// The square of the number of customers, and visits times drivers.
    pub fn problem(&self, asked: &Consistency) -> Result<RoutingProblem> {
        let visits = self.visits();
        if visits > MOST_VISITS {
            return Err(too_large(&format!("{visits} visits"), &format!("give at most {MOST_VISITS}")));
        }
        let ticks = self.ticks_per_unit();
        if ticks < 1.0 {
            return Err(too_large("days, times and distances are too long", "give smaller numbers"));
        }
        let legs = legs(&self.places(), ticks);
        let close = self.close(ticks);
        let price = unplanned(legs.iter().copied().max().unwrap_or(0));
        let customers: Vec<Customer> = self
            .customers
            .iter()
            .map(|customer| {
                let service = |(_, service): (u16, super::Service)| fleet::Service {
                    duration: (service.duration * ticks).ceil() as i32,
                    load: service.demand,
                };
                Customer {
                    visits: customer.visits().map(service).collect(),
                    open: 0,
                    close,
                    patterns: vec![customer.visits().map(|(day, _)| day).collect()],
                    unplanned: price,
                }
            })
            .collect();
        let spread = asked.arrival_spread.map(|spread| self.spread(spread, ticks));
        let bounds = Bounds {
            longest: close,
            capacity: self.capacity,
            spread: spread.filter(|spread| *spread < close),
        };
        let drivers = self.drivers(&customers, &legs, &bounds)?;
        let most_visits = customers.iter().map(|customer| customer.visits.len()).max().unwrap_or(0);
        let most_drivers = Some(asked.most_drivers.max(1));
        let work = (self.longest_service() * ticks).ceil() as i32;
        let way = 2 * (widest(&self.places()) * ticks).ceil() as i32;
        RoutingProblem::new(&Fleet {
            days: self.days,
            day_ticks: close + work + way,
            depots: 1,
            drivers,
            vehicles: self.vehicles(drivers as u32, close),
            customers,
            legs,
            most_drivers: most_drivers.filter(|most| (*most as usize) < drivers.min(most_visits)),
            spread: bounds.spread,
        })
    }

    /// The coordinates of the depot and then of the customers, in their order.
    fn places(&self) -> Vec<(f64, f64)> {
        std::iter::once(self.depot)
            .chain(self.customers.iter().map(|customer| (customer.x, customer.y)))
            .collect()
    }

    /// A vehicle for each driver on each day with a visit.
    fn vehicles(&self, drivers: u32, close: i32) -> Vec<Vehicles> {
        let is_used = |day: &u16| self.customers.iter().any(|c| c.days[usize::from(*day)].is_some());
        let days: Vec<u16> = (0..self.days).filter(is_used).collect();
        let of_driver = |driver| {
            days.iter().map(move |&day| Vehicles {
                driver,
                depot: 0,
                day,
                count: 1,
                // Nobody waits, so a route leaves at 0, and the shift is the limit of its duration.
                open: 0,
                close,
                longest: i32::MAX,
                capacity: self.capacity,
            })
        };
        (0..drivers).flat_map(of_driver).collect()
    }

    /// The number of drivers that the search gets.
    fn drivers(&self, customers: &[Customer], legs: &[i32], bounds: &Bounds) -> Result<usize> {
        let (days, visits) = (usize::from(self.days), self.visits().max(1));
        let most = (MOST_PAIRS / visits).min(MOST_VEHICLES) / days;
        // A sweep round the depot, so that customers near each other get the same driver.
        let angle = |at: usize| {
            let customer = &self.customers[at];
            libm::atan2(customer.y - self.depot.1, customer.x - self.depot.0)
        };
        let mut sweep: Vec<(usize, &Customer)> = customers.iter().enumerate().collect();
        sweep.sort_by(|a, b| angle(a.0).total_cmp(&angle(b.0)));
        let enough = first_fit(&sweep, legs, self.days, bounds, most);
        let free = match bounds.spread {
            Some(_) => first_fit(&sweep, legs, self.days, &Bounds { spread: None, ..*bounds }, most),
            None => enough,
        };
        let drivers = (free + free.div_ceil(3) + 3).min(most).max(enough).min(customers.len());
        if drivers > most {
            let problem = format!("{drivers} drivers or more for {visits} visits on {days} days");
            return Err(too_large(&problem, "give fewer customers, or routes that serve more of them"));
        }
        Ok(drivers)
    }

    /// The arrival spread in ticks, reduced by the most that rounding up delays arrivals.
    fn spread(&self, spread: f64, ticks: f64) -> i32 {
        let rounded_up = 2 * self.most_stops() as i32 - 1;
        ((spread * ticks).floor() as i32).saturating_sub(rounded_up).max(0)
    }

    /// The longest route in ticks: at most the limit, and at most what a route with as many stops as fit can take.
    fn close(&self, ticks: f64) -> i32 {
        // One tick more for each number that is rounded up; the limit itself is rounded down.
        let rounded_up = 2 * self.most_stops() as i32 + 1;
        let work = ((self.work() * ticks).ceil() as i32).saturating_add(rounded_up);
        self.limit.map_or(work, |limit| work.min((limit * ticks) as i32))
    }

    /// The latest time at which a route can be back.
    fn latest(&self) -> f64 {
        self.work().min(self.limit.unwrap_or(f64::INFINITY))
    }

    /// The longest total time of the legs and services of a route.
    fn work(&self) -> f64 {
        let mut services: Vec<f64> = self
            .customers
            .iter()
            .map(|c| c.visits().map(|(_, service)| service.duration).fold(0.0, f64::max))
            .collect();
        services.sort_by(|a, b| b.total_cmp(a));
        let stops = self.most_stops();
        services.iter().take(stops).sum::<f64>() + (stops + 1) as f64 * widest(&self.places())
    }

    fn longest_service(&self) -> f64 {
        let services = self.customers.iter().flat_map(|customer| customer.visits());
        services.map(|(_, service)| service.duration).fold(0.0, f64::max)
    }

    /// The largest number of visits of one day whose demands fit into one vehicle.
    fn most_stops(&self) -> usize {
        let of_day = |day: u16| {
            let services = self.customers.iter().filter_map(|customer| customer.days[usize::from(day)]);
            let mut demands: Vec<i32> = services.map(|service| service.demand).collect();
            demands.sort_unstable();
            let mut load = 0;
            let fits = |demand: &i32| {
                load += i64::from(*demand);
                load <= i64::from(self.capacity)
            };
            demands.iter().copied().take_while(fits).count()
        };
        (0..self.days).map(of_day).max().unwrap_or(0)
    }
}
