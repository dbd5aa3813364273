//! Chooses the number of drivers that the search gets: the file leaves it free.

use crate::model::fleet::{Customer, Service};

/// The limits on every route, in ticks.
pub(super) struct Bounds {
    /// Longest route.
    pub(super) longest: i32,
    pub(super) capacity: i32,
    /// Most ticks between the arrivals at a customer; `None` without a limit.
    pub(super) spread: Option<i32>,
}

/// A driver's route on one day, as far as it is built.
#[derive(Clone)]
struct Built {
    at: usize,
    time: i64,
    load: i64,
}

/// A number of drivers that certainly suffices to serve every visit that fits into a route of its own; the count stops
/// at `most + 1`.
///
/// First fit over the customers in the order given: each is appended to the routes of the first driver for whom all
/// bounds hold on all of its days, without changing the arrival at any other customer; if there is none, it gets a new
/// driver. Alone with a driver, a customer is reached at the same time every day, so no bound excludes it. The plan
/// built in this way proves that no more drivers are ever needed.
///
/// `legs` are the travel times between the depot (0) and the customers (from 1), row by row; each customer has one
/// pattern of days.
///
/// # Complexity
/// Visits times drivers.
pub(super) fn first_fit(
    customers: &[(usize, &Customer)],
    legs: &[i32],
    days: u16,
    bounds: &Bounds,
    most: usize,
) -> usize {
    let places = legs.len().isqrt();
    let leg = |from: usize, to: usize| i64::from(legs[from * places + to]);
    // The route with one more stop, and the arrival there.
    let extended = |route: &Built, to: usize, service: &Service| {
        let arrival = route.time + leg(route.at, to);
        let time = arrival + i64::from(service.duration);
        let load = route.load + i64::from(service.load);
        let fits = time + leg(to, 0) <= i64::from(bounds.longest) && load <= i64::from(bounds.capacity);
        fits.then_some((Built { at: to, time, load }, arrival))
    };
    let empty = Built { at: 0, time: 0, load: 0 };
    let mut drivers: Vec<Vec<Built>> = Vec::new();
    let mut changed = Vec::new();
    for &(number, customer) in customers {
        let place = number + 1;
        let visits = customer.patterns.iter().flatten().map(|day| usize::from(*day)).zip(&customer.visits);
        let visits: Vec<_> =
            visits.filter(|(_, service)| extended(&empty, place, service).is_some()).collect();
        if visits.is_empty() {
            continue;
        }
        let mut fits = |routes: &[Built]| {
            changed.clear();
            let (mut first, mut last) = (i64::MAX, i64::MIN);
            for (day, service) in &visits {
                let Some((route, arrival)) = extended(&routes[*day], place, service) else { return false };
                (first, last) = (first.min(arrival), last.max(arrival));
                if bounds.spread.is_some_and(|spread| last - first > i64::from(spread)) {
                    return false;
                }
                changed.push((*day, route));
            }
            true
        };
        let driver = match drivers.iter().position(|routes| fits(routes)) {
            Some(driver) => driver,
            None if drivers.len() > most => return drivers.len(),
            None => {
                drivers.push(vec![empty.clone(); usize::from(days)]);
                fits(&drivers[drivers.len() - 1]);
                drivers.len() - 1
            }
        };
        for (day, route) in changed.drain(..) {
            drivers[driver][day] = route;
        }
    }
    drivers.len()
}
