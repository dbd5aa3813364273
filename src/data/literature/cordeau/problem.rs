//! Turns an instance into a problem: real numbers become ticks, so that what fits in ticks fits in real numbers.

use super::instance::{Customer, Instance};
use crate::data::literature::routing::{
    FINEST, HORIZON_TICKS, MOST_OPTIONS, MOST_PAIRS, MOST_VEHICLES, MOST_VISITS, legs, too_large, unplanned,
    widest, window,
};
use crate::error::Result;
use crate::model::RoutingProblem;
use crate::model::fleet::{self, Fleet, Service, Vehicles};

/// Most days, summed over all combinations of all customers.
const MOST_COMBINED_DAYS: usize = 5_000_000;

impl Instance {
    /// Ticks in a unit of distance in [`Instance::problem`]: at most 100,000, fewer where days are long.
    pub fn ticks_per_unit(&self) -> f64 {
        (HORIZON_TICKS / (f64::from(self.days) * self.longest_day())).floor().min(FINEST)
    }

    /// The instance as a problem: depots are homes, and every vehicle of a slot is a shift.
    ///
    /// Legs, services and earliest times are rounded up to ticks, latest times and durations down.
    ///
    /// # Errors
    /// `TooLarge` where days, times and distances are too long for ticks, or visits, days and vehicles too
    /// many for the search.
    pub fn problem(&self) -> Result<RoutingProblem> {
        self.check_sizes()?;
        let ticks = self.ticks_per_unit();
        if ticks < 1.0 {
            return Err(too_large("days, times and distances are too long", "give smaller numbers"));
        }
        let legs = legs(&self.places(), ticks);
        let price = unplanned(legs.iter().copied().max().unwrap_or(0));
        let vehicles = self.all_vehicles(ticks);
        let latest = vehicles.iter().map(|vehicles| vehicles.close).max().unwrap_or(0);
        let customers = self.customers.iter().map(|customer| {
            let (open, close, more) = window(customer.open, customer.close, ticks);
            let duration = (customer.service * ticks).ceil() as i32 + more;
            fleet::Customer {
                visits: vec![Service { duration, load: customer.demand }; customer.visits()],
                open,
                // No later than any vehicle can be there, so that the sums stay small.
                close: close.min(latest.max(open)),
                patterns: customer.combinations.iter().map(|&code| self.days_of(code).collect()).collect(),
                unplanned: price,
            }
        });
        RoutingProblem::new(&Fleet {
            days: self.days,
            day_ticks: (self.longest_day() * ticks).ceil() as i32 + self.rounded_up(self.customers.len()),
            depots: self.depots.len(),
            drivers: self.depots.len(),
            customers: customers.collect(),
            vehicles,
            legs,
            // One depot on all days.
            most_drivers: (self.depots.len() > 1 && self.kind.is_periodic()).then_some(1),
            spread: None,
        })
    }

    /// The vehicles of each slot, depot by depot.
    fn all_vehicles(&self, ticks: f64) -> Vec<Vehicles> {
        let mut all = Vec::with_capacity(self.limits.len());
        let work = self.work();
        for (at, depot) in (0..).zip(&self.depots) {
            for day in 0..self.days {
                let Some(limit) = self.slot(day, at).map(|slot| &self.limits[slot]) else { continue };
                let stops = self.most_stops(limit.capacity);
                // Without needless waiting, no route ends later. There is one tick more for each number that is rounded
                // up.
                let bound = ((self.last_open() + work[stops]) * ticks).ceil() as i32;
                let bound = bound.saturating_add(self.rounded_up(stops));
                let most = limit.duration.map_or(i32::MAX, |duration| (duration * ticks) as i32);
                // Without windows a route may as well leave at 0, and the shift itself is the limit.
                let (open, close, longest) = match self.kind.has_windows() {
                    true => ((depot.open * ticks).ceil() as i32, (depot.close * ticks) as i32, most),
                    false => (0, most, i32::MAX),
                };
                let close = close.min(bound);
                if open <= close {
                    let longest = if longest >= close - open { i32::MAX } else { longest };
                    let (count, capacity) = (self.vehicles_on(day), limit.capacity);
                    all.push(Vehicles { driver: at, depot: at, day, count, open, close, longest, capacity });
                }
            }
        }
        all
    }

    /// The number of vehicles of a slot that can be useful on a day: at most one for each customer who may be visited.
    fn vehicles_on(&self, day: u16) -> u32 {
        let bit = 1u64 << (self.days - 1 - day);
        let served = self.customers.iter().filter(|c| c.combinations.iter().any(|code| code & bit != 0));
        self.vehicles.min(served.count() as u32)
    }

    /// For each number of stops, the longest total time of the legs and services of a route.
    fn work(&self) -> Vec<f64> {
        let mut services: Vec<f64> = self.customers.iter().map(|customer| customer.service).collect();
        services.sort_by(|a, b| b.total_cmp(a));
        let widest = widest(&self.places());
        let mut work = vec![widest];
        for service in services {
            work.push(work.last().copied().unwrap_or(0.0) + service + widest);
        }
        work
    }

    /// The largest number of customers whose demands fit into one vehicle.
    fn most_stops(&self, capacity: i32) -> usize {
        let mut demands: Vec<i32> = self.customers.iter().map(|customer| customer.demand).collect();
        demands.sort_unstable();
        let mut load = 0;
        let fits = |demand: &i32| {
            load += i64::from(*demand);
            load <= i64::from(capacity)
        };
        demands.iter().copied().take_while(fits).count()
    }

    /// Ticks that a route of so many stops may gain by rounding up.
    fn rounded_up(&self, stops: usize) -> i32 {
        3 * stops as i32 + 3
    }

    /// The latest opening time of any depot or customer.
    fn last_open(&self) -> f64 {
        let depots = self.depots.iter().map(|depot| depot.open);
        depots.chain(self.customers.iter().map(|customer| customer.open)).fold(0.0, f64::max)
    }

    /// The coordinates of the depots and then of the customers, in their order.
    fn places(&self) -> Vec<(f64, f64)> {
        let depots = self.depots.iter().map(|depot| (depot.x, depot.y));
        depots.chain(self.customers.iter().map(|customer| (customer.x, customer.y))).collect()
    }

    /// Length of a day in units of time, with room for a visit after its end, so that days never touch.
    fn longest_day(&self) -> f64 {
        let work = self.work();
        let last_open = self.last_open();
        let mut latest: f64 = last_open;
        for (slot, limit) in self.limits.iter().enumerate() {
            let close = match self.kind.has_windows() {
                true => self.depots[slot % self.depots.len()].close,
                false => limit.duration.unwrap_or(f64::INFINITY),
            };
            latest = latest.max(close.min(last_open + work[self.most_stops(limit.capacity)]));
        }
        let service = self.customers.iter().map(|customer| customer.service).fold(0.0, f64::max);
        (latest + service + 2.0 * widest(&self.places())).max(1.0)
    }

    fn check_sizes(&self) -> Result<()> {
        let all = |of: &dyn Fn(&Customer) -> usize| self.customers.iter().map(of).sum::<usize>();
        let visits = all(&Customer::visits);
        if visits > MOST_VISITS {
            return Err(too_large(&format!("{visits} visits"), &format!("give at most {MOST_VISITS}")));
        }
        let combined = all(&|customer| customer.combinations.len() * customer.visits());
        if combined > MOST_COMBINED_DAYS {
            let mend = "give fewer combinations, or combinations of fewer days";
            return Err(too_large(&format!("{combined} days in all combinations"), mend));
        }
        let options = all(&|customer| self.options(customer));
        if options > MOST_OPTIONS {
            let problem = format!("{options} days on which the visits may take place");
            return Err(too_large(&problem, &format!("give at most {MOST_OPTIONS}")));
        }
        let of_day = |day| self.vehicles_on(day) as usize * self.depots.len();
        let vehicles: usize = (0..self.days).map(of_day).sum();
        if vehicles > MOST_VEHICLES || vehicles.saturating_mul(options) > MOST_PAIRS {
            let problem = format!("{vehicles} vehicles for visits on {options} days");
            return Err(too_large(&problem, "give fewer vehicles, at most as many as can be of use"));
        }
        Ok(())
    }

    /// The number of days that each visit of a customer may take place on, summed up.
    fn options(&self, customer: &Customer) -> usize {
        let mut days_of_visit = vec![0u64; customer.visits()];
        for &code in &customer.combinations {
            for (nth, day) in days_of_visit.iter_mut().zip(self.days_of(code)) {
                *nth |= 1 << day;
            }
        }
        days_of_visit.iter().map(|days| days.count_ones() as usize).sum()
    }
}
